// The numbers of products beside the menu's links.
const menu = document.getElementById("menu");

async function count() {
  const answer = await fetch(menu.dataset.counts, { cache: "no-cache" });
  const counts = await answer.json();
  for (const link of menu.querySelectorAll(".menu a")) {
    const found = counts[link.getAttribute("href")];
    if (found === undefined) continue;
    const place = document.createElement("span");
    place.className = "menu-sheet__count";
    place.textContent = found;
    link.append(place);
  }
}

count().catch(() => undefined); // without a connection the menu has no numbers
