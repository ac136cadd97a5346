// Buttons and carts of providers' scripts; loaded only in shops that use them.
const { shop, load } = window.storegen;

// Load a provider's scripts when the visitor acts, and only once. A failed request can be repeated.
const loading = {};
function loadProvider(kind) {
  loading[kind] ??= Promise.all((shop.scripts?.[kind] ?? []).map(load));
  loading[kind].catch(() => delete loading[kind]);
  return loading[kind];
}

// Snipcart's cart can only be used after its ready event.
async function snipcart() {
  await loadProvider("snipcart");
  if (window.Snipcart?.ready) await window.Snipcart.ready;
  else await new Promise((done) => document.addEventListener("snipcart.ready", done, { once: true }));
  return window.Snipcart;
}

window.storegen.provider ??= {
  // Put the article into the provider's cart, or replace the page's button in *box* with the provider's button.
  async press({ kind, sku, data = {} }, box) {
    const buttons = box.querySelector("[data-part=buttons]");
    buttons.setAttribute("aria-busy", "true");
    try {
      if (kind === "snipcart") {
        await snipcart();
        box.querySelector(`.snipcart-add-item[data-item-id="${CSS.escape(sku)}"]`)?.click();
      } else {
        await Promise.all([loadProvider(kind), loadProvider("buttons")]);
        window.storegen.buttons[kind](data, buttons);
      }
    } finally {
      buttons.removeAttribute("aria-busy");
    }
  },

  async open() {
    const { api } = await snipcart();
    api.theme.cart.open();
  },
};
