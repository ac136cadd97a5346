adapters.meta = ({ script, settings, events }) => {
  const fbq = (...call) => (fbq.callMethod ? fbq.callMethod(...call) : fbq.queue.push(call));
  Object.assign(fbq, { push: fbq, loaded: true, version: "2.0", queue: [] });
  window.fbq ??= fbq;
  window._fbq ??= fbq;
  fetchScript(script);
  // Without this the pixel reads buttons and page data of its own accord.
  fbq("set", "autoConfig", false, settings.id);
  fbq("init", settings.id);
  return {
    send(name, { items = [], currency, value, order }) {
      if (name === "page_view") fbq("track", "PageView");
      if (!events[name]) return;
      const facts = {
        content_ids: items.map(({ id }) => id),
        content_type: items[0]?.group ? "product_group" : "product",
        contents: items.map(({ id, quantity = 1 }) => ({ id, quantity })),
        ...(items.length === 1 && items[0].name && { content_name: items[0].name }),
        ...(currency && { currency, value }),
        ...(name !== "view_item" && { num_items: items.reduce((all, { quantity = 1 }) => all + quantity, 0) }),
      };
      if (order) fbq("track", events[name], facts, { eventID: order });
      else fbq("track", events[name], facts);
    },
    stop() {
      fbq("consent", "revoke");
    },
  };
};
