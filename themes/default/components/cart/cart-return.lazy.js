// The return from the payment function to the cart's page: prices changed (#changed), or nobody could be paid (#later).
// Without scripts the page shows the same texts.
const { storage, cart } = window.storegen;
const { single, lines: ordered } = storage.read("storegen.order") ?? {};
const alone = single ? (ordered ?? []).flatMap(cart.lineOf) : [];
const later = location.hash === "#later";

// An article that was bought without the cart would be lost: it goes into the cart, whose prices are read anew.
if (!later) for (const line of alone) if (!cart.find(cart.read(), line)) cart.put(line, line.shown, line.count);

// The other ways to order are in the sheet.
const target = document.querySelector("shop-cart [data-part=order]");
if (later && target && (alone.length || cart.read().length)) {
  const news = document.getElementById("later").textContent;
  window.storegen.order({ target, preventDefault() {} }, alone.length ? alone : undefined, news);
}
