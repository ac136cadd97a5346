// The sheet shows a copy of the header's menu, so that pages hold it once, with the numbers of products.
const sheet = document.getElementById("menu");

async function count() {
  const answer = await fetch(sheet.dataset.counts);
  const counts = await answer.json();
  for (const link of sheet.querySelectorAll(".menu a")) {
    const found = counts[link.getAttribute("href")];
    if (found === undefined) continue;
    const place = document.createElement("span");
    place.className = "menu-sheet__count";
    place.textContent = found;
    link.append(place);
  }
}

function fill() {
  sheet.querySelector("nav").append(document.querySelector(".masthead .menu").cloneNode(true));
  count().catch(() => undefined); // without a connection the menu has no numbers
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
