// Whether anything may be told to a tool: not before the visitor acts, not without consent where a tool needs it, and
// never after a no.
const { minor, decimal } = window.storegen;
const KEY = "storegen.privacy";
const adapters = {};
const running = new Map();
const told = [];
// A preview, and a copy of the shop elsewhere, are not counted.
const here = location.origin === new URL(SHOP).origin;
// A browser that asks not to be tracked has answered for its owner, who may still say yes.
const refuses = navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";
// Who comes from another page of the shop has pressed something there.
let acted = document.referrer.startsWith(`${location.origin}/`);
let said = recall();

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept.until > Date.now() ? kept.answer : "";
  } catch {
    return "";
  }
}

const answer = () => said || (refuses ? "no" : "");

// Only once all scripts of the page ran: some take out of its address what no tool may read.
function start() {
  if (!here || answer() === "no" || document.readyState !== "complete") return;
  for (const tool of TOOLS) {
    if (running.has(tool.name) || (answer() !== "yes" && (tool.consent || !(acted || tool.own)))) continue;
    const adapter = adapters[tool.name](tool);
    running.set(tool.name, adapter);
    for (const event of told) adapter.send(...event);
  }
}

function tell(name, data) {
  if (answer() === "no") return;
  told.push([name, data]);
  for (const adapter of running.values()) adapter.send(name, data);
}

for (const name of ["pointerdown", "keydown", "wheel"])
  addEventListener(
    name,
    ({ target, isTrusted }) => {
      if (acted || !isTrusted || target.closest?.(".consent")) return;
      acted = true;
      start();
    },
    { capture: true, passive: true },
  );

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
