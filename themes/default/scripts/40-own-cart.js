const { word, cart, open, load, loadCart } = window.storegen;

// Load the cart's script early if the cart is a page or isn't empty. On a product's page, load it at once, because the
// page may have new data for lines in the cart.
const { length } = cart.read();
if (document.querySelector(length ? "shop-cart.cart--page,product-buy" : "shop-cart.cart--page")) loadCart();
else if (length) addEventListener("load", () => setTimeout(loadCart, 500));

// Open the order sheet with lines, or with the cart's lines, instead of following the link that was clicked. If the sheet
// can't be loaded, follow the link. *news* is a text on what happened before.
window.storegen.order = (event, lines, news) => {
  const link = event.target.closest("a");
  event.preventDefault();
  link.ariaBusy = "true";
  return Promise.all([loadCart(), window.storegen.openSheet ?? load("static:order-sheet.js")])
    .then(() => window.storegen.openSheet(lines, news))
    .catch(() => location.assign(link.href))
    .finally(() => (link.ariaBusy = null));
};

class CartCount extends HTMLElement {
  connectedCallback() {
    document.addEventListener("cart-change", () => this.show());
    this.show();
  }

  show() {
    const count = cart.read().reduce((sum, line) => sum + line.count, 0);
    this.textContent = count ? `${count}` : "";
  }
}

customElements.define("cart-count", CartCount);

class AddToCart extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => {
      const line = { ...JSON.parse(this.dataset.line), stock: JSON.parse(this.dataset.stock) };
      if (!cart.put(line)) return;
      const toast = document.querySelector("short-toast");
      toast?.say(word("added_one", { name: line.name }), {
        act: word("see"),
        run: () => open(document.getElementById("cart")),
      });
    });
  }
}

customElements.define("add-to-cart", AddToCart);
