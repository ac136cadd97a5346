adapters.umami = ({ script, settings, events }) => {
  // Its own page views would count a change of variant too, because that changes the address.
  const element = fetchScript(script, { websiteId: settings.website, autoTrack: "false" });
  let ready;
  const loaded = new Promise((done) => (ready = done));
  element.addEventListener("load", ready);
  let stopped = false;
  const track = (...call) => loaded.then(() => stopped || window.umami?.track(...call));
  return {
    send(name, data) {
      if (name === "page_view") track();
      if (!events[name]) return;
      const paid = name === "purchase" && data.currency && { revenue: data.value };
      track(events[name], { ...summed(data), ...paid, ...(data.order && { order: data.order }) });
    },
    stop() {
      stopped = true;
    },
  };
};
