// Transfers of the shop's own cart to providers that calculate the total; loaded only in shops that offer them.
const { cart, fill } = window.storegen;

// A line that is older than this payment method. Opening its product page updates it.
const unknown = ({ provider }, lines) => lines.find(({ tokens }) => !tokens?.[provider]);

// The address of a transfer, with the cart's content if it is in the address.
function address({ provider, kind, to, query = "" }, lines) {
  const old = unknown({ provider }, lines);
  if (old) return old.page;
  return kind === "path" ? `${to}${lines.map(({ tokens, count }) => `${tokens[provider]}:${count}`)}${query}` : to;
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
    document.addEventListener("cart-change", () => this.show());
    this.show();
  }

  show() {
    const lines = cart.read();
    for (const link of /** @type {any} */ (this.querySelectorAll("[data-transfer]"))) {
      const transfer = JSON.parse(link.dataset.transfer);
      // Providers that calculate the total know no services.
      const without = lines.filter(
        ({ not_by = [], services }) => services?.length || not_by.includes(transfer.provider),
      );
      link.href = address(transfer, lines);
      link.hidden = without.length > 0;
      const note = link.nextElementSibling;
      if (!note?.dataset.not) continue;
      note.hidden = !link.hidden;
      note.textContent = fill(note.dataset.not, { names: without.map(({ name }) => name).join(", ") });
    }
  }

  press(event) {
    const link = event.target.closest("[data-transfer]");
    if (!link) return;
    const transfer = JSON.parse(link.dataset.transfer);
    const lines = cart.read();
    if (transfer.kind !== "form" || unknown(transfer, lines)) return;
    event.preventDefault();
    send(transfer, lines, new URL(link.href).searchParams); // with the link's campaign parameters
  }
}

customElements.define("cart-transfers", CartTransfers);
