adapters.ga4 = ({ script, settings, events }) => {
  const { id, ads } = settings;
  window.dataLayer ??= [];
  // Google's script reads the list of arguments itself, not an array.
  function gtag() {
    window.dataLayer.push(arguments);
  }
  const denied = Object.fromEntries(
    ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"].map((name) => [name, "denied"]),
  );
  const granted = { ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted" };
  gtag("consent", "default", { ...denied, wait_for_update: 500 });
  gtag("consent", "update", { ...denied, ...(ads && granted), analytics_storage: "granted" });
  gtag("js", new Date());
  gtag("config", id, { allow_google_signals: ads, allow_ad_personalization_signals: ads });
  fetchScript(script);
  const entry = (list) => (item) => ({
    item_id: item.id,
    item_name: item.name || item.id,
    ...(item.brand && { item_brand: item.brand }),
    ...(item.category && { item_category: item.category }),
    ...(item.variant && { item_variant: item.variant }),
    ...(list && { item_list_id: list.id, item_list_name: list.name, index: item.index }),
    ...(item.price && { price: Number(item.price) }),
    quantity: item.quantity ?? 1,
  });
  return {
    send(name, { items = [], currency, value, list, order, tax, shipping }) {
      if (!events[name]) return;
      gtag("event", events[name], {
        ...(list && { item_list_id: list.id, item_list_name: list.name }),
        ...(currency && { currency, value }),
        ...(order && { transaction_id: order }),
        ...(tax !== undefined && { tax }),
        ...(shipping !== undefined && { shipping }),
        items: items.slice(0, 200).map(entry(list)),
      });
    },
    stop() {
      window[`ga-disable-${id}`] = true;
      gtag("consent", "update", denied);
    },
  };
};
