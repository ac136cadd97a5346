// Whether anything may be told to a tool: not before the visitor acts, not without consent where a tool needs it, and
// never after a no.
const { cart, tell, storage } = window.storegen;
const KEY = "storegen.privacy";
const running = new Map();
const noted = [];
// A preview, and a copy of the shop elsewhere, are not counted.
const here = location.origin === new URL(SHOP).origin;
// A browser that asks not to be tracked has answered for its owner, who may still say yes.
const refuses = navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";
// Who comes from another page of the shop has pressed something there.
let acted = document.referrer.startsWith(`${location.origin}/`);
let said = recall();

function recall() {
  const kept = storage.read(KEY);
  return kept?.until > Date.now() && ["yes", "no"].includes(kept.answer) ? kept.answer : "";
}

const answer = () => said || (refuses ? "no" : "");

const due = ({ name, consent, own }) => !running.has(name) && (answer() === "yes" || (!consent && (acted || own)));

// Only once all scripts of the page ran: some take out of its address what no tool may read.
function start() {
  if (!here || answer() === "no" || document.readyState !== "complete" || !TOOLS.some(due)) return;
  const { openTool } = window.storegen;
  if (!openTool) return void fetchTools();
  for (const { name } of TOOLS.filter(due)) {
    const tool = openTool(name);
    running.set(name, tool);
    for (const what of noted) tool.tell(...what);
  }
}

// What happens, as it was when it happened; a tool is told of it in its own words once it may be.
function note(...what) {
  if (answer() === "no") return;
  noted.push(what);
  for (const tool of running.values()) tool.tell(...what);
}

for (const name of ["pointerdown", "keydown", "wheel"])
  addEventListener(
    name,
    ({ target, isTrusted }) => {
      if (acted || !isTrusted || target.closest?.("section.consent")) return;
      acted = true;
      start();
    },
    { capture: true, passive: true },
  );

note("page", location.search);
document.addEventListener("click", ({ target }) => note("press", target.closest?.("a[href]")?.pathname), true);
document.addEventListener("shop-event", ({ detail }) => {
  // Who comes back from paying has acted, if not on this page.
  if (detail.name === "purchase") acted = true;
  note("event", { ...detail, cart: cart?.read() ?? [] });
  start();
});

const inside = document.querySelector("shop-cart.cart--page") && cart?.read();
if (inside?.length) tell("view_cart", inside);

addEventListener("load", start);
