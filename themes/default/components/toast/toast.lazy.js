class ShortToast extends HTMLElement {
  connectedCallback() {
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, () => clearTimeout(this.timer));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.wait());
  }

  // An open dialog would cover the toast and block clicks on it, so the toast is moved into the dialog.
  /** @param {string} text @param {{ act?: string, run?: () => void }} [button] */
  say(text, { act = "", run } = {}) {
    const home = document.querySelector("dialog[open]") ?? document.body;
    if (this.parentElement !== home) home.append(this);
    this.replaceChildren();
    this.classList.add("toast--open");
    requestAnimationFrame(() => {
      this.append(text);
      if (!act) return;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "toast__act", textContent: act });
      button.addEventListener("click", () => {
        this.hide();
        run();
      });
      this.append(button);
    });
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), 6000);
  }

  hide() {
    this.classList.remove("toast--open");
    this.replaceChildren();
  }
}

customElements.define("short-toast", ShortToast);
