// Parameters that the payment provider added to the return address: shown, reported as a purchase and applied once.
const { cart, fill, shop, tell, storage } = window.storegen;
const KEY = "storegen.orders";
const AFTER = "storegen.after";
const given = new URLSearchParams(location.search);
const first = (...names) => names.map((name) => given.get(name)).find(Boolean) ?? "";
const amount = (...names) => (/^\d{1,9}([.,]\d{1,3})?$/.test(first(...names)) ? first(...names).replace(",", ".") : "");

// The shop's own parameters, then those of Stripe (session_id) and PayPal (tx, amt, cc, item_number).
const id = first("order", "session_id", "tx", "order_id", "token").slice(0, 100);
const optional = (name) => (amount(name) ? Number(amount(name)) : undefined);
const value = amount("value", "amt");
const tax = optional("tax");
const shipping = optional("shipping");
const currency = first("currency", "cc").toUpperCase();
const shown = !first("session_id") && id.length < 40;
const sku = first("sku", "item_number", "client_reference_id");
const state = first("st", "status").toLowerCase();
const paid = given.has("paid");
const failed = ["failed", "denied", "cancelled", "canceled"].includes(state);

// Payment data is private: remove it from the address before analytics tools run. Campaign parameters are kept.
for (const name of [...given.keys()]) if (!name.startsWith("utm_")) given.delete(name);
history.replaceState(null, "", location.pathname + `?${given}`.replace(/\?$/, "") + location.hash);

function known() {
  const kept = storage.read(KEY);
  return Array.isArray(kept) ? kept : [];
}

const money = /^[A-Z]{3}$/.test(currency) && value ? { currency, value: Number(value) } : undefined;

const inCart = cart?.read() ?? [];

// What the order sheet sent or paid last on this device.
const DAY = 86400000;
const stored = storage.read("storegen.order");
const recent = stored?.at > Date.now() - DAY && Array.isArray(stored.lines) ? stored : undefined;
const paidThere = recent?.pay && !sku ? recent : undefined;
// A form service leads here after an order. Before a mail that was sent by hand, the sheet has emptied the cart itself.
const posted = recent?.form && location.hash === "#sent" ? recent : undefined;

// The lines that were paid. If the address names an article, the link sold one piece of it.
function linesOf() {
  if (paidThere) return paidThere.lines;
  if (!sku) return paid || id ? inCart : [];
  const kept = inCart.find((line) => line.sku === sku);
  const price = money ? { amount: value, currency } : { amount: "", currency: "" };
  return [kept ? { ...kept, count: 1 } : { sku, price }];
}

// The cart without what was paid. The order sheet pays a single article without the cart.
function left() {
  if (paidThere?.single) return inCart;
  if (paidThere) return inCart.filter((line) => !cart.find(paidThere.lines, line));
  return sku ? inCart.filter((line) => line.sku !== sku) : [];
}

if (id && !failed) {
  const part = (name) => document.querySelector(`[data-part=${name}]`);
  if (shown) {
    part("number").textContent = id;
    part("order").hidden = false;
  }
}
const bought = linesOf();
if (!failed && (paid || (id && !known().includes(id)))) {
  const order = { id, sum: money, tax, shipping };
  if (id) storage.write(KEY, [id, ...known()].slice(0, 20));
  // Remove the bought lines from the cart, without a remove_from_cart event.
  if (bought.length) cart?.keep({ lines: left(), code: undefined });
  if (id) tell("purchase", bought, { order });
}

if (posted) {
  if (!posted.single) cart?.keep({ lines: inCart.filter((line) => !cart.find(posted.lines, line)), code: undefined });
  storage.write("storegen.order", { ...posted, form: false });
}

const goods = bought.length || !recent ? bought : recent.lines;
const lines = goods.flatMap((line) => cart?.lineOf({ count: 1, ...line }) ?? []);

// Offers for those who have just ordered, each with its own time on this device.
function offerAfter(box) {
  const { after, hours, products, until = "" } = box.dataset;
  const wanted = JSON.parse(products);
  if (!lines.some(({ product }) => !wanted.length || wanted.includes(product))) return;
  const times = storage.read(AFTER) ?? {};
  times[after] ??= Math.min(
    (recent?.at ?? Date.now()) + hours * 3600000,
    Date.parse(until) || Number.POSITIVE_INFINITY,
  );
  storage.write(AFTER, times);
  if (times[after] <= Date.now()) return;
  const language = shop.language === "en" ? "en-GB" : shop.language;
  const tell = (options) => new Intl.DateTimeFormat(language, options).format(times[after]);
  const place = box.querySelector("[data-part=until]");
  place.textContent = fill(place.textContent, {
    day: tell({ weekday: "long", day: "numeric", month: "long" }),
    time: tell({ hour: "2-digit", minute: "2-digit" }),
  });
  box.hidden = false;
}

// A link to a product's page of support, or to the care on its own page, if it has any.
async function careOf({ page, name }) {
  const answer = await fetch(page);
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { support = "" } = document.querySelector("[data-part=care]").dataset;
  const help = support && there.querySelector(`main a[href^="${CSS.escape(support)}"]`)?.getAttribute("href");
  if (!help && !there.getElementById("care")) return;
  const link = Object.assign(document.createElement("a"), { href: help || `${page}#care`, textContent: name });
  const item = document.createElement("li");
  item.append(link);
  document.querySelector("[data-part=care-links]").append(item);
  document.querySelector("[data-part=care]").hidden = false;
}

const ordered = location.hash === "#sent" || (id && !failed) || paid;
if (ordered) {
  document.querySelectorAll("[data-after]").forEach(offerAfter);
  // Files come by e-mail, without a parcel.
  const mailed = lines.length > 0 && lines.every(({ carried }) => carried === false);
  document.querySelector("[data-part=mailed]")?.toggleAttribute("hidden", !mailed);
  for (const step of document.querySelectorAll("[data-parcel]")) step.hidden = mailed;
  const pages = [...new Map(lines.filter(({ page }) => page).map((line) => [line.page, line])).values()].slice(0, 3);
  for (const line of pages) careOf(line).catch(() => undefined);
}
