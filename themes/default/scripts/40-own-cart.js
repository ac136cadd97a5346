const { word, cart, open, load, say, loadCart } = window.storegen;

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

function count() {
  const sum = cart.read().reduce((all, line) => all + line.count, 0);
  for (const each of document.querySelectorAll("cart-count")) each.textContent = sum || "";
}

document.addEventListener("cart-change", count);
count();

document.addEventListener("click", ({ target }) => {
  const place = target.closest("add-to-cart");
  if (!place) return;
  const line = { ...JSON.parse(place.dataset.line), stock: JSON.parse(place.dataset.stock) };
  if (cart.put(line))
    say(word("added_one", { name: line.name }), {
      act: word("see"),
      run: () => open(document.getElementById("cart")),
    });
});
