// Decide when events may be sent to a tool: after the visitor's first action, with consent if the tool needs it, and
// never after a no.
const { cart, tell, storage } = window.storegen;
const KEY = "storegen.privacy";
const running = new Map();
const noted = [];
// Previews and copies of the shop on other hosts send nothing.
const here = location.origin === new URL(SHOP).origin;
// A do-not-track setting counts as a no, until the visitor says yes.
const refuses = navigator.globalPrivacyControl === true || navigator.doNotTrack === "1";
// A visitor from another page of the shop has acted there.
let acted = document.referrer.startsWith(`${location.origin}/`);
let said = recall();

function recall() {
  const kept = storage.read(KEY);
  return kept?.until > Date.now() && ["yes", "no"].includes(kept.answer) ? kept.answer : "";
}

const answer = () => said || (refuses ? "no" : "");

const due = ({ name, consent, own }) => !running.has(name) && (answer() === "yes" || (!consent && (acted || own)));

// Start after all scripts of the page, because some remove private data from its address.
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

// Record an event with its present data. Tools receive it as soon as that is allowed.
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
  // A buyer returning from payment has acted on another page.
  if (detail.name === "purchase") acted = true;
  note("event", { ...detail, cart: cart?.read() ?? [] });
  start();
});

const inside = document.querySelector("shop-cart.cart--page") && cart?.read();
if (inside?.length) tell("view_cart", inside);

addEventListener("load", start);
