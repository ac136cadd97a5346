// The sheet shows a copy of the header's menu, so that pages hold it once.
const { load } = window.storegen;

function fill() {
  const menu = document.querySelector(".masthead .menu").cloneNode(true);
  document.querySelector("#menu nav").append(menu);
  load("static:menu-counts.js").catch(() => undefined);
}

document.querySelector("[data-opens=menu]")?.addEventListener("click", fill, { once: true });
