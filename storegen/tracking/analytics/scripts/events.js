// What happens in the shop: read off the page, and told by its cart and buttons.
const lineItem = ({ sku, name, choice, price, count = 1 }) => ({
  id: sku,
  name,
  variant: choice,
  price: price.amount,
  currency: price.currency,
  quantity: count,
});

// The product that this page is about, by its structured data; a chosen variant counts for itself.
function pageItem() {
  const data = document.querySelector("product-buy") && document.querySelector('script[type="application/ld+json"]');
  const about = data && JSON.parse(data.textContent)["@graph"]?.find(({ offers, hasVariant }) => offers ?? hasVariant);
  if (!about) return undefined;
  const variants = about.hasVariant ?? [about];
  const wanted = new URLSearchParams(location.search).get("variant");
  const one = variants.find(({ sku }) => sku === wanted) ?? (variants.length === 1 ? variants[0] : undefined);
  const shown = one ?? variants.reduce((least, each) => (+each.offers.price < +least.offers.price ? each : least));
  return {
    id: one ? one.sku : about.productGroupID,
    name: about.name,
    group: !one,
    brand: about.brand?.name,
    category: about.category,
    variant: one?.name.slice(about.name.length + 2),
    price: shown.offers.price,
    currency: shown.offers.priceCurrency,
  };
}

const lists = [...document.querySelectorAll("script.measured")].map(({ textContent }) => JSON.parse(textContent));
for (const { items } of lists) items.forEach((item, index) => Object.assign(item, { index }));

const shown = pageItem();
if (shown) tell("view_item", { items: [shown], ...worth([shown]) });
for (const list of lists) tell("view_item_list", { list, items: list.items });
tell("page_view", {});

document.addEventListener(
  "click",
  ({ target }) => {
    const path = target.closest?.("a[href]")?.pathname;
    const list = lists.find(({ items }) => items.some(({ href }) => href === path));
    const items = list?.items.filter(({ href }) => href === path);
    if (list) tell("select_item", { list, items, ...worth(items) });
  },
  true,
);

document.addEventListener("shop-event", ({ detail: { name, lines = [], order } }) => {
  const items = lines.map(lineItem);
  const cart = window.storegen.cart.read().map(lineItem);
  // Who comes back from paying has acted, if not on this page.
  if (name === "purchase") acted = true;
  tell(name, { items, ...worth(items), ...order?.sum, cart, order: order?.id, tax: order?.tax, shipping: order?.shipping });
  start();
});

const cartPage = document.querySelector(".cart--page") && window.storegen.cart.read();
if (cartPage?.length) window.storegen.tell("view_cart", cartPage);

addEventListener("load", start);
