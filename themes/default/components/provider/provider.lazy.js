// Buttons and carts that a provider's own script makes; only in shops where one does.
const { shop, load } = window.storegen;

// Providers' scripts come only when the visitor acts, and only once; one that did not come is asked for again.
const loading = {};
function loadProvider(kind) {
  loading[kind] ??= Promise.all((shop.scripts?.[kind] ?? []).map(load));
  loading[kind].catch(() => delete loading[kind]);
  return loading[kind];
}

// Snipcart's cart answers only once it says that it is ready.
async function snipcart() {
  await loadProvider("snipcart");
  if (window.Snipcart?.ready) await window.Snipcart.ready;
  else await new Promise((done) => document.addEventListener("snipcart.ready", done, { once: true }));
  return window.Snipcart;
}

window.storegen.provider ??= {
  // What is sold is put into the provider's cart, or its own button takes the place of ours in *box*.
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
