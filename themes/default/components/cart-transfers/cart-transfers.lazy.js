// Transfers of the shop's own cart other than mail; loaded only in shops that offer them.
const { shop, word, cart } = window.storegen;

// Copy a text that a link can't contain, and show a message.
async function copyText(text) {
  const toast = document.querySelector("short-toast");
  try {
    await navigator.clipboard.writeText(text);
    toast?.say(word("order_copied"));
  } catch {
    toast?.say(word("failed", { email: shop.cart?.email ?? "" }));
  }
}

// A line that is older than this payment method. Opening its product page updates it.
const unknown = ({ provider, kind }, lines) =>
  ["path", "form"].includes(kind) && lines.find(({ tokens }) => !tokens?.[provider]);

// The order's text, as the cart last wrote it.
const plainText = () => (window.storegen.orderText ?? "").replaceAll("\r\n", "\n");

// The address of a transfer, with the cart's content as far as it fits.
function address({ provider, kind, to, query = "", longest = 0 }, lines) {
  const old = unknown({ provider, kind }, lines);
  if (old) return old.page;
  if (kind === "path") return `${to}${lines.map(({ tokens, count }) => `${tokens[provider]}:${count}`)}${query}`;
  if (kind !== "message") return to;
  const whole = to + encodeURIComponent(plainText());
  return whole.length > longest ? to : whole;
}

// Prefixes number the fields of each product. A field without a value is the quantity.
function send({ provider, to, query }, lines, tags) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: to, hidden: true });
  const field = (name, value) => form.append(Object.assign(document.createElement("input"), { name, value }));
  lines.forEach(({ tokens, count }, index) => {
    for (const [name, value] of Object.entries(tokens[provider])) field(`${index + 1}:${name}`, value || count);
  });
  for (const [name, value] of [...new URLSearchParams(query), ...tags]) field(name, value);
  document.body.append(form);
  form.submit();
}

class CartTransfers extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.press(event));
    for (const change of ["cart-change", "order-change"]) document.addEventListener(change, () => this.show());
    this.show();
  }

  show() {
    const lines = cart.read();
    for (const link of /** @type {any} */ (this.children))
      link.href = address(JSON.parse(link.dataset.transfer), lines);
  }

  press(event) {
    const link = event.target.closest("[data-transfer]");
    if (!link) return;
    const transfer = JSON.parse(link.dataset.transfer);
    const lines = cart.read();
    if (transfer.kind === "form" && !unknown(transfer, lines)) {
      event.preventDefault();
      send(transfer, lines, new URL(link.href).searchParams); // with the link's campaign parameters
    } else if (transfer.kind === "copy" || (transfer.kind === "message" && link.href === transfer.to))
      copyText(plainText());
  }
}

window.storegen.copyText = copyText;
customElements.define("cart-transfers", CartTransfers);
