// Articles that the visitor put into the cart in another market, at the prices of this one; loaded if there are any.
const { shop, word, minor, money, cart, current } = window.storegen;
const market = shop.cart.market ?? "";

// The address in this language of the product on a page; empty if this market doesn't sell it, undefined if nobody
// knows.
async function pageHere(page) {
  try {
    const answer = await fetch(page);
    const document = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = document.querySelector(`link[rel=alternate][hreflang="${shop.language}"]`);
    if (link) return new URL(link.href).pathname;
    return answer.status < 500 && document.querySelector("[data-shop]") ? "" : undefined;
  } catch {
    return undefined;
  }
}

// The line of an article as this market sells it; null if it doesn't, undefined if nobody knows.
/** @param {import("../../scripts/types").OtherLine} line @param {(page: string) => Promise<any[]>} variantsOf */
async function lineHere({ sku, page, count, none }, variantsOf) {
  if (none === market) return null;
  const address = await pageHere(page);
  const variants = address ? await variantsOf(address) : address && [];
  if (address !== "" && !variants) return undefined;
  const found = (variants || []).find((each) => each.sku === sku);
  const buy = found?.buy && current(found.buy);
  if (buy?.kind !== "cart") return null;
  const line = { ...buy, stock: found.stock };
  return cart.lineOf({ ...line, count: Math.min(count, cart.mostOf(line)) })[0];
}

// Take over the articles with *variantsOf*, which reads the variants on a page. Returns a text on them for the buyer.
// What this market doesn't sell stays in the other market's cart.
window.storegen.cartMarket = async (variantsOf) => {
  const said = [];
  for (const other of cart.kept().others) {
    const line = await lineHere(other, variantsOf);
    if (line === undefined) continue;
    const { lines, others } = cart.kept();
    const rest = others.filter((each) => each.sku !== other.sku);
    const name = [other.name, other.shown ?? other.choice].filter(Boolean).join(", ");
    if (!line) {
      said.push(word("news_elsewhere", { name }));
      if (other.none !== market) cart.keep({ others: [...rest, { ...other, none: market }] });
      continue;
    }
    said.push(word("news_market", { name, price: money(minor(line.price), line.price.currency) }));
    const there = lines.some(({ sku }) => sku === line.sku);
    cart.keep({ lines: there ? lines : [...lines, line], others: rest });
  }
  return said.join(" ");
};
