// Changes in the shop since an article was put into the cart; loaded by a cart that isn't empty.
const { word, minor, money, cart, current } = window.storegen;

const tell = (price) => money(minor(price), price.currency);

// Texts on changes that the buyer hasn't seen yet, in the order in which they were found.
const unseen = [];

// The line as the shop sells it now, from the variants on its page, in a list; empty if it is no longer sold.
function renewed(line, variants) {
  const now = variants.find(({ sku }) => sku === line.sku);
  const buy = now?.buy && current(now.buy);
  const name = [line.name, line.shown ?? line.choice].filter(Boolean).join(", ");
  const said = (what, values) => unseen.push(word(`news_${what}`, { name, ...values }));
  if (!buy) {
    said(now ? "out" : "gone");
    return [];
  }
  // A page in another language has other words for the choice.
  const shown = new URL(buy.page, location.href).pathname === line.page ? line.shown : buy.choice;
  const next = { ...buy, stock: now.stock, shown };
  const most = cart.mostOf(next);
  if (buy.price.amount !== line.price.amount) said("price", { price: tell(buy.price), before: tell(line.price) });
  if (line.count > most) said("few", { count: most });
  return cart.lineOf({ ...next, count: Math.min(line.count, most) });
}

// Update the cart's lines from a page.
function refresh(page, variants) {
  const before = cart.read();
  // A page in another language has the same articles.
  const concerns = (line) => line.page === page || variants.some(({ sku }) => sku === line.sku);
  const lines = before.flatMap((line) => (concerns(line) ? renewed(line, variants) : [line]));
  if (JSON.stringify(lines) !== JSON.stringify(before)) cart.keep({ lines });
}

// Read the pages of the cart's products again with *variantsOf*, and return a text on the changes for the buyer.
window.storegen.cartNews = async (variantsOf) => {
  let known = true;
  for (const page of new Set(cart.read().map((line) => line.page))) {
    const variants = page ? await variantsOf(page) : undefined;
    if (variants) refresh(page, variants);
    else known = false;
  }
  const news = [...unseen.splice(0), ...(known ? [] : [word("news_offline")])];
  return news.join(" ");
};

// A product page updates the cart without a request.
const box = document.querySelector("product-buy");
if (box) refresh(location.pathname, box.variants);
