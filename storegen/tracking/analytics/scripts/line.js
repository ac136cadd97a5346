// A summary of one or several items, for tools without items.
function summed({ items = [], currency, value, list, order, search }) {
  const one = items.length === 1 ? items[0] : undefined;
  const joined = (key) =>
    list && !one
      ? ""
      : items
          .map((item) => item[key])
          .filter(Boolean)
          .join(", ")
          .slice(0, 500);
  if (search) return search;
  const found = {
    list: list?.name,
    sku: joined("id"),
    product: joined("name"),
    price: one?.price && Number(one.price),
    quantity: pieces(items),
    value,
    currency,
    order,
  };
  return Object.fromEntries(Object.entries(found).filter(([, each]) => each !== undefined && each !== ""));
}
