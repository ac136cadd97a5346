// Carts that the visitor has in other markets of the shop. cart-market.lazy.js moves their articles.
const { shop, storage, loadCart } = window.storegen;
const KEY = /^storegen\.cart([A-Z0-9]*)$/;

/** @import { OtherCart } from "./types" */
/** @returns {OtherCart[]} */
function otherCarts() {
  try {
    return Object.keys(localStorage).flatMap((key) => {
      const [, market] = KEY.exec(key) ?? [];
      const cart = market === undefined || market === (shop.cart.market ?? "") ? undefined : storage.read(key);
      return cart?.until > Date.now() && Array.isArray(cart.lines) && cart.lines.length ? [{ key, cart }] : [];
    });
  } catch {
    return []; // the browser keeps nothing
  }
}

window.storegen.otherCarts = otherCarts;
if (otherCarts().length) addEventListener("load", () => setTimeout(loadCart, 500));
