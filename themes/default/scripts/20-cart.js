// The cart's lines on this device, the same in every tab; kept for 30 days after the last change.
const KEY = "storegen.cart";
const KEPT = 30 * 86400000;
let memory = [];

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept && kept.until > Date.now() ? kept.lines : [];
  } catch {
    return memory;
  }
}

function write(lines) {
  memory = lines;
  try {
    if (lines.length) localStorage.setItem(KEY, JSON.stringify({ until: Date.now() + KEPT, lines }));
    else localStorage.removeItem(KEY);
  } catch {
    // Where the browser keeps nothing, the cart lasts as long as the page.
  }
  changed();
}

const changed = () => document.dispatchEvent(new Event("cart-change"));
addEventListener("storage", ({ key }) => (key === KEY || key === null) && changed());

// *shown* is the choice in words; the order's own line needs the bare choice.
function put(buy, shown = buy.choice, count = 1) {
  const lines = read();
  const there = lines.find((line) => line.sku === buy.sku);
  const { sku, name, choice, price, page, picture, code, tokens } = buy;
  if (there)
    Object.assign(there, {
      name,
      choice,
      shown,
      price,
      page,
      picture,
      code,
      tokens,
      count: Math.min(999, there.count + count),
    });
  else lines.push({ sku, name, choice, shown, price, page, picture, code, tokens, count });
  write(lines);
}

function setCount(sku, count) {
  write(
    read()
      .map((line) => (line.sku === sku ? { ...line, count } : line))
      .filter((line) => line.count > 0),
  );
}

// A price that changed since a thing was put in: the page that shows it now is right.
function refresh(buys) {
  const lines = read();
  let stale = false;
  for (const line of lines) {
    const now = buys.find((buy) => buy.sku === line.sku);
    if (now && (now.price.amount !== line.price.amount || now.code !== line.code || !line.tokens !== !now.tokens)) {
      Object.assign(line, { price: now.price, code: now.code, tokens: now.tokens });
      stale = true;
    }
  }
  if (stale) write(lines);
}

window.storegen.cart = { read, write, put, setCount, refresh };
