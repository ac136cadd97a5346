adapters.meta = ({ script, settings: { id: pixel }, events }) => {
  const fbq = (...call) => (fbq.callMethod ? fbq.callMethod(...call) : fbq.queue.push(call));
  // Without disablePushState, choosing a variant would count as a page view, because it changes the address.
  Object.assign(fbq, { push: fbq, loaded: true, version: "2.0", queue: [], disablePushState: true });
  window.fbq ??= fbq;
  window._fbq ??= fbq;
  fetchScript(script);
  // Without this, the pixel reads buttons and page data automatically.
  fbq("set", "autoConfig", false, pixel);
  fbq("init", pixel);
  return {
    send(name, { items = [], currency, value, order, search }) {
      if (name === "page_view") fbq("track", "PageView");
      // Meta requires the total of a purchase.
      if (!events[name] || (order && !currency)) return;
      if (search) return fbq("track", events[name], { search_string: search.search_term });
      const facts = {
        content_ids: items.map(({ id }) => id),
        content_type: items[0]?.group ? "product_group" : "product",
        contents: items.map(({ id, quantity = 1 }) => ({ id, quantity })),
        ...(items.length === 1 && items[0].name && { content_name: items[0].name }),
        ...(currency && { currency, value }),
        ...(name !== "view_item" && { num_items: pieces(items) }),
      };
      fbq("track", events[name], facts, ...(order ? [{ eventID: order }] : []));
    },
  };
};
