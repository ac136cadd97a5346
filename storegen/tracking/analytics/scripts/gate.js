// Whether anything may be told to a tool: not before the visitor acts, not without consent where a tool needs it, and
// never after a no.
const { minor, decimal } = window.storegen;
const KEY = "storegen.privacy";
const KEPT = 180 * 86400000;
const adapters = {};
const running = new Map();
const over = new Set();
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
    return kept?.until > Date.now() ? kept.answer : "";
  } catch {
    return "";
  }
}

const answer = () => said || (refuses ? "no" : "");

function may(tool) {
  if (!here || over.has(tool.name) || answer() === "no") return false;
  return answer() === "yes" || (!tool.consent && (acted || tool.own));
}

function start() {
  for (const tool of TOOLS) {
    if (running.has(tool.name) || !may(tool)) continue;
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

// What a tool set on this host, on the host above it too: www.shop.example sets cookies for shop.example.
function forget(beginnings) {
  const names = document.cookie.split(/; */).map((pair) => pair.split("=")[0]);
  const hosts = location.hostname.split(".").map((_, place, parts) => parts.slice(place).join("."));
  for (const name of names.filter((each) => beginnings.some((start) => each.startsWith(start))))
    for (const host of ["", ...hosts.map((each) => `;domain=${each}`)]) document.cookie = `${name}=;path=/;max-age=0${host}`;
}

function stop() {
  told.length = 0;
  let stays = false;
  for (const [name, adapter] of running) {
    over.add(name);
    if (adapter.stop) adapter.stop();
    else stays = true;
  }
  running.clear();
  for (const { cookies } of TOOLS) forget(cookies);
  if (stays) location.reload();
}

function choose(value) {
  said = value;
  try {
    localStorage.setItem(KEY, JSON.stringify({ answer: value, until: Date.now() + KEPT }));
  } catch {
    // The answer then holds for this page.
  }
  if (value === "no") stop();
  else start();
}

for (const name of ["pointerdown", "keydown", "wheel", "touchstart"])
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
  const currency = items[0]?.currency ?? "";
  if (!currency) return {};
  const sum = items.reduce((all, { price, quantity = 1 }) => all + minor({ amount: price, currency }) * quantity, 0);
  return { currency, value: Number(decimal(sum, currency)) };
}

// One line about one or several things, for tools that know no items.
function summed({ items = [], currency, value, list }) {
  const one = items.length === 1 ? items[0] : undefined;
  const found = {
    list: list?.name,
    sku: list && !one ? undefined : items.map(({ id }) => id).join(", ").slice(0, 500),
    product: list && !one ? undefined : items.map(({ name }) => name).filter(Boolean).join(", ").slice(0, 500),
    price: one && Number(one.price),
    quantity: items.reduce((all, { quantity = 1 }) => all + quantity, 0),
    value,
    currency,
  };
  return Object.fromEntries(Object.entries(found).filter(([, each]) => each !== undefined && each !== ""));
}
