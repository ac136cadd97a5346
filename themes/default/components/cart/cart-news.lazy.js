// Changes in the shop since an article was put into the cart; loaded by a cart that isn't empty.
const { word, minor, money, cart, current } = window.storegen;

// Update the cart's lines with the variants of a product page, and return the changes.
function refresh(variants) {
  const changes = [];
  const lines = cart.read().flatMap((line) => {
    const now = variants.find(({ sku }) => sku === line.sku);
    if (!now) return [line];
    const buy = now.buy && current(now.buy);
    if (!buy) {
      changes.push({ what: "gone", line });
      return [];
    }
    const most = now.stock.state === "few" ? now.stock.left : Infinity;
    if (buy.price.amount !== line.price.amount) changes.push({ what: "price", line, price: buy.price });
    if (line.count > most) changes.push({ what: "few", line, count: most });
    return cart.lineOf({ ...buy, shown: line.shown, count: Math.min(line.count, most) });
  });
  if (JSON.stringify(lines) !== JSON.stringify(cart.read())) cart.keep({ lines });
  return changes;
}

const tell = (price) => money(minor(price), price.currency);

// Read the pages of the cart's products again with *variantsOf*, and return a text on the changes for the buyer.
window.storegen.cartNews = async (variantsOf) => {
  const pages = new Set(cart.read().map(({ page }) => page));
  const news = [];
  for (const page of pages) {
    const variants = page ? await variantsOf(page) : [];
    if (variants.length) news.push(...refresh(variants));
  }
  return news
    .map(({ what, line, price, count }) =>
      word(`news_${what}`, { name: line.name, count, price: price && tell(price), before: tell(line.price) }),
    )
    .join(" ");
};

// A product page updates the cart without a request.
refresh(document.querySelector("product-buy")?.variants ?? []);
