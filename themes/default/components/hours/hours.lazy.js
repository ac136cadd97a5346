const { clock, weekday } = window.storegen;

class OpeningHours extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.zone) return;
    const row = this.querySelector(`[data-day="${weekday(clock(this.dataset.zone).day)}"]`);
    if (!row) return;
    row.dataset.today = "";
    row.querySelector(".badge").hidden = false;
  }
}

customElements.define("opening-hours", OpeningHours);
