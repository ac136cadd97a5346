const KEY = "storegen.scheme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

try {
  const kept = localStorage.getItem(KEY);
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
} catch {
  // Without storage the browser's own setting counts.
}

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
    try {
      if ((next === "dark") === dark.matches) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // The choice then lasts as long as the page.
    }
    this.show();
  }

  show() {
    this.button.setAttribute("aria-pressed", String(this.dark));
  }
}

customElements.define("color-scheme", ColorScheme);
