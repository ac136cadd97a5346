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
  if (!document.querySelector("product-buy")) return undefined;
  const graph = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap(
    ({ textContent }) => JSON.parse(textContent)["@graph"] ?? [],
  );
  const about = graph.find((each) => ["Product", "ProductGroup"].includes(each["@type"]));
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
    price: shown.offers.price,
    currency: shown.offers.priceCurrency,
    quantity: 1,
  };
}

const lists = [...document.querySelectorAll("script.measured")].map(({ textContent }) => {
  const list = JSON.parse(textContent);
  return { ...list, items: list.items.map((item, index) => ({ ...item, index, quantity: 1 })) };
});
const listed = (list, items) => ({ list, items, ...worth(items) });

const shown = pageItem();
if (shown) tell("view_item", { items: [shown], ...worth([shown]) });
for (const { items, ...list } of lists) tell("view_item_list", { list, items });
tell("page_view", {});

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target.closest?.("a[href]");
    if (!link) return;
    for (const { items, ...list } of lists) {
      const item = items.find(({ href }) => href === link.pathname);
      if (item) {
        tell("select_item", listed(list, [item]));
        return;
      }
    }
  },
  true,
);

document.addEventListener("shop-event", ({ detail: { name, lines = [], order } }) => {
  const items = lines.map(lineItem);
  const sum = { ...worth(items), ...order?.sum };
  const cart = window.storegen.cart.read().map(lineItem);
  // Who comes back from paying has acted, if not on this page.
  if (name === "purchase") acted = true;
  tell(name, { items, ...sum, cart, ...(order && { order: order.id, tax: order.tax, shipping: order.shipping }) });
  if (name === "purchase") start();
});

const cartPage = document.querySelector(".cart--page") && window.storegen.cart.read();
if (cartPage?.length) window.storegen.tell("view_cart", cartPage);

if (document.readyState === "complete") start();
else addEventListener("load", () => setTimeout(start));
