// Buttons that open and close dialogs; the browser traps the focus and gives it back.
const { cart, tell, loadCart } = window.storegen;
const root = document.documentElement;

// Where the page's scroll bar goes, its width stays, so that nothing jumps.
function open(dialog) {
  if (!dialog?.showModal || dialog.open) return;
  root.style.paddingRight = `${innerWidth - root.clientWidth}px`;
  dialog.addEventListener("close", () => (root.style.paddingRight = ""), { once: true });
  if (dialog.id === "cart") loadCart();
  dialog.showModal();
  if (dialog.id === "cart" && cart.read().length) tell("view_cart", cart.read());
}

// A press on the veil counts as one on its dialog, but lies outside of it.
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
