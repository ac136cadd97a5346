// Whether the shop is open at this moment in its time zone, and until when or from when.
const { clock, weekday, longDay, fill, shop } = window.storegen;
const DAY = 86400000;
const AHEAD = 60; // days
const language = shop.language === "en" ? "en-GB" : shop.language;
const format = (options) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
const timeFormat = format({ hour: "numeric", minute: "2-digit" });
const dateFormat = format({ weekday: "long", day: "numeric", month: "long" });

const minuteOf = (time) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

class OpeningHours extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.zone) return;
    this.words = JSON.parse(this.dataset.words);
    this.show();
    this.timer = setInterval(() => this.show(), 30000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  // The row of a day: that of closed days, else that of its weekday.
  row(day) {
    const date = new Date(day).toISOString().slice(0, 10);
    const rows = [...this.querySelectorAll("[data-first]")];
    const closed = rows.find(({ dataset }) => dataset.first <= date && date <= dataset.last);
    return closed ?? this.querySelector(`[data-day="${weekday(day)}"]`);
  }

  // The first and the last minute of a day's hours; none if the shop is closed.
  hours(day) {
    const { hours = "" } = this.row(day)?.dataset ?? {};
    return hours ? hours.split(/[-–]/).map(minuteOf) : [];
  }

  state({ day, minutes }) {
    const [first, last] = this.hours(day);
    if (first <= minutes && minutes < last) return { key: "open", minute: last, day };
    for (let ahead = 0; ahead < AHEAD; ahead += 1) {
      const then = day + ahead * DAY;
      const [opens] = this.hours(then);
      if (opens === undefined || (!ahead && opens <= minutes)) continue;
      const key = ["opens_today", "opens_tomorrow"][ahead] ?? (ahead < 7 ? "opens" : "opens_date");
      return { key, minute: opens, day: then };
    }
    return undefined;
  }

  show() {
    const now = clock(this.dataset.zone);
    for (const row of this.querySelectorAll(".hours__row")) {
      const today = row === this.row(now.day);
      row.toggleAttribute("data-today", today);
      row.querySelector(".badge").hidden = !today;
    }
    const state = this.state(now);
    const place = this.querySelector("[data-part=now]");
    if (!state || !place) return;
    const day = (state.key === "opens" ? longDay : dateFormat).format(state.day);
    place.textContent = fill(this.words[state.key], { day, time: timeFormat.format(state.minute * 60000) });
    place.toggleAttribute("data-open", state.key === "open");
    place.hidden = false;
  }
}

customElements.define("opening-hours", OpeningHours);
