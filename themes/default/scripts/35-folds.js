// In the header, a list closes when the visitor goes elsewhere, or by Escape.
function shut(/** @type {any} */ { target, key, type }) {
  for (const fold of document.querySelectorAll(".masthead details[open]")) {
    if (type === "keydown" ? key !== "Escape" : fold.contains(target)) continue;
    if (type === "keydown") fold.firstElementChild.focus();
    fold.open = false;
  }
}

for (const type of ["click", "focusin", "keydown"]) document.addEventListener(type, shut);
