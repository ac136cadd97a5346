const { storage } = window.storegen;
const KEY = "storegen.scheme";
const system = matchMedia("(prefers-color-scheme: dark)");
const { dataset } = document.documentElement;
const button = document.querySelector("color-scheme button");
const isDark = () => (dataset.theme ? dataset.theme === "dark" : system.matches);
const show = () => button && (button.ariaPressed = isDark());

const kept = storage.read(KEY);
if (kept === "dark" || kept === "light") dataset.theme = kept;
button?.addEventListener("click", () => {
  const next = isDark() ? "light" : "dark";
  dataset.theme = next;
  storage.write(KEY, (next === "dark") !== system.matches && next);
  show();
});
system.addEventListener("change", show);
show();
