// The sheet shows a copy of the header's menu, so that pages hold it once.
const { load } = window.storegen;

function fill() {
  const menu = document.querySelector(".masthead .menu").cloneNode(true);
  document.querySelector("#menu nav").append(menu);
  load("static:menu-counts.js").catch(() => undefined);
}

document.querySelector("[data-opens=menu]")?.addEventListener("click", fill, { once: true });

// In the header, a panel closes when the visitor goes elsewhere.
function shut(/** @type {any} */ { target, key, type }) {
  for (const fold of document.querySelectorAll(".masthead .menu__fold[open]")) {
    if (type === "keydown" ? key !== "Escape" : fold.contains(target)) continue;
    if (type === "keydown" && fold.contains(target)) fold.firstElementChild.focus();
    fold.open = false;
  }
}

for (const type of ["click", "focusin", "keydown"]) document.addEventListener(type, shut);
