// Buttons created by a provider's script, loaded with that script when the visitor presses the page's button.
let initialized = false;

// Stripe's button sells one variant, so it replaces the page's button only until another variant is chosen.
let ours;
function stripe(data, place) {
  const element = document.createElement("stripe-buy-button");
  for (const [name, value] of Object.entries(data)) element.setAttribute(name, value);
  if (!ours) {
    ours = [...place.children];
    const restore = () => {
      place.replaceChildren(...ours);
      ours = undefined;
    };
    place.closest("product-buy").addEventListener("change", restore, { once: true, capture: true });
  }
  place.replaceChildren(element);
}

// Open Paddle's checkout as an overlay.
function paddle({ price, token, article, locale, code }) {
  if (!initialized) {
    if (token.startsWith("test_")) window.Paddle.Environment.set("sandbox");
    window.Paddle.Initialize({ token });
    initialized = true;
  }
  window.Paddle.Checkout.open({
    items: [{ priceId: price, quantity: 1 }],
    customData: { article },
    ...(code && { discountCode: code }),
    settings: { locale },
  });
}

window.storegen.buttons = { stripe, paddle };
