// Convert recorded facts about a page to the shop's events with their items.
const lineItem = ({ sku, name, choice, price, count = 1 }) => ({
  id: sku,
  name,
  variant: choice,
  price: price.amount,
  currency: price.currency,
  quantity: count,
});

// The product of this page, from its structured data, or the chosen variant.
function pageItem(search) {
  const data = document.querySelector("product-buy") && document.querySelector('script[type="application/ld+json"]');
  const about = data && JSON.parse(data.textContent)["@graph"]?.find(({ offers, hasVariant }) => offers ?? hasVariant);
  if (!about) return undefined;
  const variants = about.hasVariant ?? [about];
  const wanted = new URLSearchParams(search).get("variant");
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

const lists = [...document.querySelectorAll(".analytics-data")].map(({ textContent }) => JSON.parse(textContent));
for (const { items } of lists) items.forEach((item, index) => Object.assign(item, { index }));

const kinds = {
  page(search) {
    const shown = pageItem(search);
    return [
      ...(shown ? [["view_item", { items: [shown], ...worth([shown]) }]] : []),
      ...lists.map((list) => ["view_item_list", { list, items: list.items }]),
      ["page_view", {}],
    ];
  },
  press(path) {
    const list = lists.find(({ items }) => items.some(({ href }) => href === path));
    const items = list?.items.filter(({ href }) => href === path);
    return list ? [["select_item", { list, items, ...worth(items) }]] : [];
  },
  event({ name, lines = [], order, cart, search }) {
    const items = lines.map(lineItem);
    const { id, sum, tax, shipping } = order ?? {};
    return [[name, { items, ...worth(items), ...sum, cart: cart.map(lineItem), order: id, tax, shipping, search }]];
  },
};

window.storegen.openTool = (name) => {
  const { send, stop } = adapters[name](TOLD[name]);
  return { stop, tell: (kind, facts) => kinds[kind](facts).forEach((event) => send(...event)) };
};
