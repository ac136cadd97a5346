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
  // Matomo is told all that is in the cart, each time.
  const fill = (items) => {
    push("clearEcommerceCart");
    for (const { id, name = "", category = "", price, quantity } of items)
      push("addEcommerceItem", id, name, category, Number(price), quantity);
  };
  return {
    send(name, data) {
      const { items = [], value, list, order, tax, shipping, cart } = data;
      const [first] = items;
      if (name === "page_view") push("trackPageView");
      else if (name === "view_item") push(events[name], first.id, first.name, first.category ?? "", Number(first.price));
      else if (name === "view_item_list" && list.main) push(events[name], false, false, list.name);
      else if (name === "add_to_cart" || name === "remove_from_cart") {
        fill(cart);
        push(events[name], worth(cart).value ?? 0);
      } else if (name === "purchase") {
        fill(items);
        push(events[name], order, value ?? 0, undefined, tax, shipping);
      } else if (events[name] === "trackEvent") {
        push("trackEvent", "Shop", name, items.map(({ id }) => id).join(", "), value);
      }
    },
    stop() {
      push("deleteCookies");
    },
  };
};
