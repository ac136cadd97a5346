adapters.ga4 = ({ script, settings: { id, ads } }) => {
  window.dataLayer ??= [];
  // Google's script requires the arguments object, not an array.
  function gtag() {
    window.dataLayer.push(arguments);
  }
  const signals = (value) => ({ ad_storage: value, ad_user_data: value, ad_personalization: value });
  gtag("consent", "default", { ...signals("denied"), analytics_storage: "denied", wait_for_update: 500 });
  gtag("consent", "update", { ...signals(ads ? "granted" : "denied"), analytics_storage: "granted" });
  gtag("js", new Date());
  gtag("config", id, { allow_google_signals: ads, allow_ad_personalization_signals: ads });
  fetchScript(script);
  const entry = (list) => (item) => ({
    item_id: item.id,
    item_name: item.name || item.id,
    item_brand: item.brand,
    item_category: item.category,
    item_variant: item.variant || undefined,
    ...(list && { item_list_id: list.id, item_list_name: list.name, index: item.index }),
    price: item.price ? Number(item.price) : undefined,
    quantity: item.quantity ?? 1,
  });
  return {
    // "config" sends the page view.
    send(name, { items = [], currency, value, list, order, tax, shipping, search }) {
      if (name === "page_view") return;
      if (search) return gtag("event", name, search);
      const lists = list && { item_list_id: list.id, item_list_name: list.name };
      const facts = { ...lists, currency, value, transaction_id: order, tax, shipping };
      gtag("event", name, { ...facts, items: items.slice(0, 200).map(entry(list)) });
    },
    stop() {
      window[`ga-disable-${id}`] = true;
    },
  };
};
