// Articles that the visitor put into the cart of another market, at the prices of this market. Loaded if there are any.
const { shop, storage, word, minor, money, cart, current } = window.storegen;
const market = shop.cart.market ?? "";

// The address in this language of the product on a page; empty if this market doesn't sell it, undefined if it is not
// known.
async function pageHere(page) {
  try {
    const answer = await fetch(page, { cache: "no-cache" });
    const document = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = document.querySelector(`link[rel=alternate][hreflang="${shop.language}"]`);
    if (link) return new URL(link.href).pathname;
    return answer.status < 500 && document.querySelector("[data-shop]") ? "" : undefined;
  } catch {
    return undefined;
  }
}

// The line of an article with this market's price; null if it is not sold here, undefined if it is not known.
/** @param {import("../../scripts/types").OtherLine} line @param {(page: string) => Promise<any[]>} variantsOf */
async function lineHere({ sku, page, count, none, services }, variantsOf) {
  if (none === market) return null;
  const address = await pageHere(page);
  const variants = address ? await variantsOf(address) : address && [];
  if (address !== "" && !variants) return undefined;
  const found = (variants || []).find((each) => each.sku === sku);
  const buy = found?.buy && current(found.buy);
  if (buy?.kind !== "cart") return null;
  const kept = services?.filter(({ id }) => found.offered?.includes(id));
  const line = { ...buy, stock: found.stock, services: kept };
  return cart.lineOf({ ...line, count: Math.min(count, cart.mostOf(line)) })[0];
}

// Move a line from the cart of another market to this one, and return a text about it. A line that this market doesn't
// sell stays there. A note in the line saves the requests next time.
async function take(other, variantsOf) {
  const line = await lineHere(other, variantsOf);
  if (line === undefined) return { kept: other, said: "" };
  const name = [other.name, other.shown ?? other.choice].filter(Boolean).join(", ");
  if (!line) return { kept: { ...other, none: market }, said: word("not_sold_here", { name }) };
  const lines = cart.read();
  if (!cart.find(lines, line)) cart.keep({ lines: [...lines, line] });
  return { said: word("costs_here", { name, price: money(minor(line.price), line.price.currency) }) };
}

// Move the articles to this market's cart, and return a text about them for the buyer. *variantsOf* reads the variants
// on a page.
window.storegen.cartMarket = async (variantsOf) => {
  const said = [];
  for (const { key, cart: found } of window.storegen.otherCarts()) {
    const lines = [];
    for (const other of found.lines.filter((line) => line?.sku)) {
      const taken = await take(other, variantsOf);
      if (taken.kept) lines.push(taken.kept);
      said.push(taken.said);
    }
    storage.write(key, lines.length && { ...found, lines });
  }
  return said.filter(Boolean).join(" ");
};
