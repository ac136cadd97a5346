const { storage } = window.storegen;
const KEY = "storegen.scheme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

const kept = storage.read(KEY);
if (kept === "dark" || kept === "light") root.dataset.theme = kept;

class ColorScheme extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.turn());
    dark.addEventListener("change", () => this.show());
    this.show();
  }

  get dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  turn() {
    const next = this.dark ? "light" : "dark";
    root.dataset.theme = next;
    storage.write(KEY, (next === "dark") !== dark.matches && next);
    this.show();
  }

  show() {
    this.button.setAttribute("aria-pressed", String(this.dark));
  }
}

customElements.define("color-scheme", ColorScheme);
