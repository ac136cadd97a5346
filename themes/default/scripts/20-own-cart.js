// The cart's lines on this device, shared by all tabs; kept for 30 days after the last change.
const { shop, storage, current, say, word } = window.storegen;
// Each market of a shop has its own cart, because it has its own prices.
const KEY = `storegen.cart${shop.cart.market ?? ""}`;
const KEPT = 30 * 86400000;
const MOST = 999;
const NUMBER = /^\d{1,11}(\.\d{1,4})?$/;

const text = (value) => typeof value === "string";
const texts = (value) => Array.isArray(value) && value.every(text);
const sum = ({ amount, currency }) => NUMBER.test(amount) && currency === shop.cart.currency;
const path = (value) => /^\/(?!\/)/.test(value);
const partOf = (address, part) => address && new URL(address.trim(), /** @type {any} */ (location))[part];
// The fields of a line, each with a check of its value.
const FIELDS = {
  sku: text,
  name: text,
  count: (value) => Number.isInteger(value) && value > 0 && value <= MOST,
  price: sum,
  choice: text,
  shown: text,
  code: text,
  product: text,
  page: path,
  picture: (value) => /^https?:/.test(value),
  tokens: Object.values,
  not_by: texts,
  weight: Number.isFinite,
  stock: ({ state, text: words, left = 1, ready, available = "2000-01-01" }) =>
    [state, words].every(text) && left > 0 && (!ready || ready.every(Number.isFinite)) && Date.parse(available),
  carried: (value) => value === !!value,
  voucher: (value) => value === !!value,
  methods: texts,
  offers: texts,
  tax: (value) => NUMBER.test(value),
  services: (value) => value.every(({ id, text: words = "" }) => [id, words].every(text)),
  until: Date.parse,
  // biome-ignore lint/suspicious/noThenProperty: a function by a field's name, never awaited
  then: ({ price, then }) => sum(price) && (!then || FIELDS.then(then)),
};

// A list with the line in the cart's format, or an empty list if the stored value isn't a valid line.
/** @returns {any[]} */
function lineOf(kept) {
  try {
    const found = current(kept);
    // A picture may be on another host.
    const line = { ...found, page: partOf(found.page, "pathname"), picture: partOf(found.picture, "href") };
    const names = Object.keys(FIELDS).filter((name) => line[name] !== undefined);
    if (line.sku && line.name && line.count && line.price && names.every((name) => FIELDS[name](line[name])))
      return [Object.fromEntries(names.map((name) => [name, line[name]]))];
  } catch {
    // written by an older version of the shop or by another program
  }
  return [];
}

// What tells a line from others of the same article: its services.
const keyOf = ({ sku, services }) => (services?.length ? sku + JSON.stringify(services) : sku);
const find = (lines, line) => lines.find((each) => keyOf(each) === keyOf(line));

const first = (line, _, lines) => find(lines, line) === line;

function kept() {
  const found = storage.read(KEY);
  const { lines, code, ...rest } = found?.until > Date.now() ? found : {};
  return {
    ...rest,
    lines: Array.isArray(lines) ? lines.flatMap(lineOf).filter(first) : [],
    code: text(code) ? code : undefined,
  };
}

const read = () => kept().lines;

function keep(changes) {
  const now = { ...kept(), ...changes, until: Date.now() + KEPT };
  storage.write(KEY, (now.lines.length || now.code || now.country || now.method || now.postcode) && now);
  changed();
}

function write(lines) {
  const before = read();
  keep({ lines });
  difference("add_to_cart", lines, before);
  difference("remove_from_cart", before, lines);
}

// Dispatch an event with the lines that have more pieces than in *others*. Only the tab of the change dispatches it.
function difference(name, lines, others) {
  const more = lines
    .map((line) => ({ ...line, count: line.count - (find(others, line)?.count ?? 0) }))
    .filter(({ count }) => count > 0);
  if (more.length) window.storegen.tell(name, more);
}

const changed = () => document.dispatchEvent(new Event("cart-change"));
addEventListener("storage", ({ key }) => (key === KEY || key === null) && changed());
// A page restored from the back/forward cache has missed the events since then.
addEventListener("pageshow", ({ persisted }) => persisted && changed());

// The number of pieces of an article that a line can have: not those that other lines of the cart have.
const mostOf = (line) =>
  read().reduce(
    (left, each) => (each.sku === line.sku && keyOf(each) !== keyOf(line) ? left - each.count : left),
    Math.min(MOST, line.stock?.left ?? MOST),
  );

// Tell that the whole stock is in the cart.
const full = (line) => say(word("most", { count: mostOf(line) }));

// Put pieces of an article into the cart, and return whether there are any left. *shown* is the choice as text for the
// visitor; the order's line uses the plain choice.
function put(buy, shown = buy.choice, count = 1) {
  const lines = read();
  const there = find(lines, buy);
  const most = mostOf(buy);
  if (most < 1 || there?.count >= most) {
    full(buy);
    return false;
  }
  const line = lineOf({ ...buy, shown, count: Math.min(most, count + (there?.count ?? 0)) });
  write(there ? lines.flatMap((each) => (each === there ? line : each)) : [...lines, ...line]);
  return true;
}

window.storegen.cart = {
  key: KEY,
  read,
  write,
  put,
  lineOf,
  keyOf,
  find,
  mostOf,
  full,
  kept,
  keep,
  unkept: () => KEY in storage.held,
};
