// What all tools' words are made of.
const { minor, decimal } = window.storegen;
const adapters = {};

// A tool's own script, once.
function fetchScript(src, data = {}) {
  const element = Object.assign(document.createElement("script"), { src, async: true });
  Object.assign(element.dataset, data);
  document.head.append(element);
  return element;
}

// What several things come to, added up in whole minor units.
function worth(items) {
  const currency = items[0]?.currency;
  if (!currency) return {};
  const sum = items.reduce((all, { price, quantity = 1 }) => all + minor({ amount: price, currency }) * quantity, 0);
  return { currency, value: Number(decimal(sum, currency)) };
}

const pieces = (items) => items.reduce((all, { quantity = 1 }) => all + quantity, 0);
