// The question, and the way back to it from the foot. It takes no focus by itself and covers no more than a corner.
const panel = document.querySelector(".consent");
const opener = document.querySelector("[data-part=privacy]");

function show(open) {
  panel.hidden = !open;
  document.documentElement.classList.toggle("has-consent", open);
}

function mark() {
  for (const button of panel.querySelectorAll("[data-answer]"))
    button.setAttribute("aria-pressed", String(answer() === button.dataset.answer));
}

// Who opened it from the foot is brought to it and back.
function close() {
  const inside = panel.contains(document.activeElement);
  show(false);
  if (inside) (opener ?? document.querySelector("main")).focus({ preventScroll: true });
}

panel.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-answer]");
  if (!button) return;
  choose(button.dataset.answer);
  close();
});
panel.addEventListener("keydown", ({ key }) => key === "Escape" && answer() && close());
opener?.addEventListener("click", () => {
  mark();
  show(true);
  panel.querySelector("[tabindex]").focus();
});
// An answer in one tab holds in all.
addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  const before = answer();
  said = recall();
  if (answer() === before) return;
  show(!answer());
  if (answer() === "no") stop();
  else start();
});
mark();
show(!answer());
