// Delivery to the country chosen in the cart. The build wrote the delivery to the shop's own country.
const { shop, fill, money, cart, loadCart } = window.storegen;
const box = document.querySelector("product-buy");
const place = box.find("delivery");
const home = { dispatch: box.dispatch, text: place?.textContent };

// The totals for one piece sent to the chosen country; undefined if the page's text already fits.
function there() {
  const { buy } = box.chosen ?? box.variants.find((variant) => variant.buy) ?? {};
  const found = buy && buy.carried !== false && window.storegen.sumsOf([{ ...buy, count: 1 }]);
  return found && found.to === cart.kept().country && found.to !== shop.cart.country ? found : undefined;
}

// A text no longer than the built one, so that no line is added. The cart shows the limit for free delivery.
function words({ apart, delivery, to }) {
  const key = apart ? "not_there" : delivery ? "price" : "free";
  const country = window.storegen.countryName(to);
  return fill(box.elsewhere[key], { country, price: money(delivery, shop.cart.currency) });
}

/** @param {import("../../scripts/types").Sums} sums */
function rule({ method, to }) {
  const carrier = method.carrier && `${method.carrier} (${window.storegen.countryName(to)})`;
  return { ...home.dispatch, days: method.days, carrier };
}

async function show() {
  await loadCart();
  const found = there();
  if (place) place.textContent = found ? words(found) : home.text;
  box.dispatch = !found ? home.dispatch : found.apart || !home.dispatch ? undefined : rule(found);
  box.promise();
}

document.addEventListener("cart-change", show);
box.addEventListener("change", show);
show();
