// Surcharges for postcodes and weight limits in the cart. Loaded if a delivery method has them.
const { shop, word, money, cart } = window.storegen;

// The price of delivery may depend on the postcode, and a heavy parcel leaves out a method.
window.storegen.cartAreas = (box, { heavy, surcharge, postcode }) => {
  const field = box.find("postcode");
  box.hide({ "postcode-field": postcode === undefined });
  if (field && field !== document.activeElement) field.value = cart.kept().postcode ?? "";
  const texts = heavy.map(({ name, limit }) => word("heavy", { name, weight: limit }));
  if (surcharge) {
    const price = money(surcharge.price, shop.cart.currency);
    texts.push(word("surcharge", { name: surcharge.name || postcode, price }));
  } else if (postcode === "") texts.push(word("areas"));
  box.write({ areas: texts.join(" ") });
};

document.addEventListener(
  "change",
  /** @param {{ target: any }} event */ ({ target }) => {
    if (target.matches("[data-part=postcode]")) cart.keep({ postcode: target.value.trim() });
  },
);
document.dispatchEvent(new Event("cart-change"));
