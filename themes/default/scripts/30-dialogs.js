// Buttons that open and close dialogs. The browser traps the focus and restores it.
const { cart, tell, load, loadCart } = window.storegen;
const root = document.documentElement;

// Open a dialog, with its own style first if that is a file of its own. Keep the width of the removed scroll bar, so that the page does not shift.
function open(dialog) {
  if (!dialog?.showModal || dialog.open) return;
  const { style } = dialog.dataset;
  delete dialog.dataset.style;
  if (style) {
    load(style)
      .catch(() => undefined)
      .then(() => open(dialog));
    return;
  }
  root.style.paddingRight = `${innerWidth - root.clientWidth}px`;
  dialog.addEventListener("close", () => (root.style.paddingRight = ""), { once: true });
  if (dialog.id === "cart") loadCart();
  dialog.showModal();
  if (dialog.id === "cart" && cart.read().length) tell("view_cart", cart.read());
}

// The target of a click on the backdrop is the dialog, but the position is outside of it.
function beside({ target, clientX, clientY }) {
  if (!target.matches("dialog[open]")) return false;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

window.storegen.open = open;
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(dialog);
  } else if (event.target.closest("[data-closes]") || beside(event)) {
    event.target.closest("dialog").close();
  }
});
