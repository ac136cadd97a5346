// Changes in the shop since an article was put into the cart; loaded by a cart that isn't empty.
const { shop, word, minor, money, cart, current, storage } = window.storegen;

const tell = (price) => money(minor(price), price.currency);

// Texts on changes that the buyer hasn't seen yet, in the order in which they were found.
const unseen = [];

const nameOf = (line) => [line.name, line.shown ?? line.choice].filter(Boolean).join(", ");

function sayPrice(line, { price }) {
  if (line.price.amount !== price.amount)
    unseen.push(word("news_price", { name: nameOf(line), price: tell(price), before: tell(line.price) }));
}

// Store the prices that changed because a sale has begun or ended.
function follow() {
  const lines = cart.read();
  const stored = storage.read(cart.key)?.lines ?? [];
  const old = (line) => stored.find((each) => each?.price && cart.keyOf(each) === cart.keyOf(line)) ?? line;
  if (lines.every((line) => old(line).price.amount === line.price.amount)) return;
  for (const line of lines) sayPrice({ ...line, price: old(line).price }, line);
  cart.keep({ lines });
}

// The line as the shop sells it now, from the variants on its page, in a list; empty if it is no longer sold.
function renewed(line, variants) {
  const now = variants.find(({ sku }) => sku === line.sku);
  const buy = now?.buy && current(now.buy);
  const said = (what, values) => unseen.push(word(`news_${what}`, { name: nameOf(line), ...values }));
  if (!buy) {
    said(now ? "out" : "gone");
    return [];
  }
  // A page in another language has other words for the choice.
  const shown = new URL(buy.page, location.href).pathname === line.page ? line.shown : buy.choice;
  const services = line.services?.filter(({ id }) => now.offered?.includes(id));
  if (services?.length !== line.services?.length) said("service");
  const next = { ...buy, stock: now.stock, shown, services };
  const most = cart.mostOf(next);
  sayPrice(line, buy);
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

// Tell the cart and the page when a price changes, or when an offer begins or ends.
let timer;
function wait() {
  clearTimeout(timer);
  const offers = (shop.cart.offers ?? []).flatMap(({ starts, ends }) => [starts, ends]);
  const moments = [...cart.read().map(({ until }) => until), ...offers];
  const left = moments.map((each) => Date.parse(each) - Date.now()).filter((each) => each > 0);
  const tell = () => document.dispatchEvent(new Event("offers-change"));
  if (left.length) timer = setTimeout(tell, Math.min(2 ** 31 - 1, ...left));
}

for (const change of ["cart-change", "offers-change"]) document.addEventListener(change, wait);

// Read the pages of the cart's products again with *variantsOf*, and return a text on the changes for the buyer.
window.storegen.cartNews = async (variantsOf) => {
  let known = true;
  follow();
  for (const page of new Set(cart.read().map((line) => line.page))) {
    const variants = page ? await variantsOf(page) : undefined;
    if (variants) refresh(page, variants);
    else known = false;
  }
  const news = [...unseen.splice(0), ...(known ? [] : [word("news_offline")])];
  return news.join(" ");
};

follow();
wait();
// A product page updates the cart without a request.
const box = document.querySelector("product-buy");
if (box) {
  const offered = window.storegen.cartServices?.offered(document);
  const variants = box.variants.map((each) => ({ ...each, offered }));
  refresh(location.pathname, variants);
}
