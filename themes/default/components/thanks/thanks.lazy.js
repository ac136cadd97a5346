// Parameters that the payment provider added to the return address: shown, reported as a purchase and applied once.
const { cart, tell, storage } = window.storegen;
const KEY = "storegen.orders";
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
history.replaceState(null, "", location.pathname + `?${given}`.replace(/\?$/, ""));

function known() {
  const kept = storage.read(KEY);
  return Array.isArray(kept) ? kept : [];
}

const money = /^[A-Z]{3}$/.test(currency) && value ? { currency, value: Number(value) } : undefined;

const inCart = cart?.read() ?? [];

// If the address names an article, the link sold one piece of it.
function lines() {
  if (!sku) return inCart;
  const kept = inCart.find((line) => line.sku === sku);
  const price = money ? { amount: value, currency } : { amount: "", currency: "" };
  return [kept ? { ...kept, count: 1 } : { sku, price }];
}

if (id && !failed) {
  const part = (name) => document.querySelector(`[data-part=${name}]`);
  if (shown) {
    part("number").textContent = id;
    part("order").hidden = false;
  }
}
if (!failed && (paid || (id && !known().includes(id)))) {
  const order = { id, sum: money, tax, shipping };
  const bought = lines();
  if (id) storage.write(KEY, [id, ...known()].slice(0, 20));
  // Remove the bought lines from the cart, without a remove_from_cart event.
  if (bought.length) cart?.keep({ lines: sku ? inCart.filter((line) => line.sku !== sku) : [], code: undefined });
  if (id) tell("purchase", bought, { order });
}
