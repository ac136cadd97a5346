// Functions shared by all adapters.
const { minor, decimal } = window.storegen;
const adapters = {};

// Load a tool's own script.
function fetchScript(src, data = {}) {
  const element = Object.assign(document.createElement("script"), { src, async: true });
  Object.assign(element.dataset, data);
  document.head.append(element);
  return element;
}

// The total value of items, added in minor units.
function worth(items) {
  const currency = items[0]?.currency;
  if (!currency) return {};
  const sum = items.reduce((all, { price, quantity = 1 }) => all + minor({ amount: price, currency }) * quantity, 0);
  return { currency, value: Number(decimal(sum, currency)) };
}

const pieces = (items) => items.reduce((all, { quantity = 1 }) => all + quantity, 0);
