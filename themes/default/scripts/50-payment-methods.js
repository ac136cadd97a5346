// The payment methods of a product, in shops with several: not all variants are paid in the same ways.
window.storegen.showMethods = (box, variant) => {
  for (const link of box.querySelectorAll("[data-method]")) {
    const other = variant?.others?.[link.dataset.method];
    link.hidden = variant && !other?.href && !other?.data && !other?.post;
    link.href = other?.href || "#buy";
  }
  if (!variant?.buy) return;
  box.find("add")?.toggleAttribute("hidden", !/cart/.test(variant.buy.kind));
  for (const note of box.querySelectorAll("[data-note]")) {
    note.hidden = note.dataset.note !== variant.buy.provider;
    if (note.hidden) continue;
    box.find("now").firstElementChild.textContent = note.dataset.now;
    for (const name of ["now", "bar-now"])
      box.find(name)?.toggleAttribute("data-sheet", "opensSheet" in note.dataset && variant.buy.kind === "cart");
  }
};
