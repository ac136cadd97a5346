// The cart's lines on this device, the same in every tab; kept for 30 days after the last change.
const KEY = "storegen.cart";
const KEPT = 30 * 86400000;
let memory = { lines: [] };

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return found && found.until > Date.now() ? found : { lines: [] };
  } catch {
    return memory;
  }
}

// When a sale has ended, the price that was there before it holds.
const current = (line) =>
  line.then && Date.parse(line.ends) <= Date.now() ? { ...line, ...line.then, ends: undefined, then: undefined } : line;
const read = () => kept().lines.map(current);

function keep(changes) {
  memory = { ...kept(), ...changes, until: Date.now() + KEPT };
  try {
    if (memory.lines.length || memory.code) localStorage.setItem(KEY, JSON.stringify(memory));
    else localStorage.removeItem(KEY);
  } catch {
    // Where the browser keeps nothing, the cart lasts as long as the page.
  }
  changed();
}

function write(lines) {
  const before = read();
  keep({ lines });
  difference("add_to_cart", lines, before);
  difference("remove_from_cart", before, lines);
}

// Tells by how much some lines are more than others; the tab where it happened tells it, the others don't.
function difference(name, lines, others) {
  const countOf = (sku) => others.find((line) => line.sku === sku)?.count ?? 0;
  const more = lines.map((line) => ({ ...line, count: line.count - countOf(line.sku) })).filter(({ count }) => count > 0);
  if (more.length) window.storegen.tell(name, more);
}


const changed = () => document.dispatchEvent(new Event("cart-change"));
addEventListener("storage", ({ key }) => (key === KEY || key === null) && changed());

// What the shop says of a thing; the rest of a line is the visitor's.
function told(buy) {
  const { name, choice, price, page, picture, code, tokens, product, weight, carried, methods, offers, tax, ends, then } = buy;
  return { name, choice, price, page, picture, code, tokens, product, weight, carried, methods, offers, tax, ends, then };
}

// *shown* is the choice in words; the order's own line needs the bare choice.
function put(buy, shown = buy.choice, count = 1) {
  const lines = read();
  const there = lines.find((line) => line.sku === buy.sku);
  const line = { ...told(buy), sku: buy.sku, shown };
  if (there) Object.assign(there, line, { count: Math.min(999, there.count + count) });
  else lines.push({ ...line, count });
  write(lines);
}

function setCount(sku, count) {
  write(
    read()
      .map((line) => (line.sku === sku ? { ...line, count } : line))
      .filter((line) => line.count > 0),
  );
}

// What a page of the shop says of its variants now; returns what had changed of those in the cart.
function refresh(variants) {
  const changes = [];
  const lines = read().flatMap((line) => {
    const now = variants.find(({ sku }) => sku === line.sku);
    if (!now) return [line];
    const buy = now.buy && current(now.buy);
    if (!buy) {
      changes.push({ what: "gone", line });
      return [];
    }
    const most = now.stock.state === "few" ? now.stock.left : 999;
    if (buy.price.amount !== line.price.amount) changes.push({ what: "price", line, price: buy.price });
    if (line.count > most) changes.push({ what: "few", line, count: most });
    return [{ ...line, ...told(buy), count: Math.min(line.count, most) }];
  });
  if (JSON.stringify(lines) !== JSON.stringify(read())) keep({ lines });
  return changes;
}

// What was bought leaves the cart, all of it or one article; nobody took it out.
const empty = (sku) => keep({ lines: sku ? read().filter((line) => line.sku !== sku) : [], code: undefined });

window.storegen.cart = { read, write, put, setCount, refresh, empty, kept, keep, current };
