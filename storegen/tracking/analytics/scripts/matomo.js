adapters.matomo = ({ script, settings, events }) => {
  window._paq ??= [];
  const push = (...call) => window._paq.push(call);
  push("setTrackerUrl", settings.tracker);
  push("setSiteId", settings.site);
  if (!settings.cookies) {
    push("disableCookies");
    push("disableBrowserFeatureDetection");
  }
  fetchScript(script);
  // Matomo receives the whole cart each time.
  const fill = (items) => {
    push("clearEcommerceCart");
    for (const { id, name = "", price, quantity } of items)
      push("addEcommerceItem", id, name, "", Number(price), quantity);
  };
  return {
    send(name, { items = [], value, list, order, tax, shipping, cart, search }) {
      const [first] = items;
      const call = events[name];
      if (name === "page_view") push("trackPageView");
      else if (name === "view_item") push(call, first.id, first.name, first.category ?? "", Number(first.price));
      else if (name === "view_item_list" && list.main) push(call, false, false, list.name);
      else if (search) push(call, search.search_term, false, search.results);
      else if (name === "add_to_cart" || name === "remove_from_cart") {
        fill(cart);
        push(call, worth(cart).value ?? 0);
      } else if (name === "purchase") {
        fill(items);
        push(call, order, value ?? 0, undefined, tax, shipping);
      } else if (call === "trackEvent") {
        push(call, "Shop", name, items.map(({ id }) => id).join(", "), value);
      }
    },
  };
};
