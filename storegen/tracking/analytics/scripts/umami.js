adapters.umami = ({ script, settings }) => {
  // Automatic page views would also count the choice of a variant, because it changes the address.
  const element = fetchScript(script, { websiteId: settings.website, autoTrack: "false" });
  const loaded = new Promise((done) => element.addEventListener("load", done));
  const track = (...call) => loaded.then(() => window.umami?.track(...call));
  return {
    send(name, data) {
      if (name === "page_view") track();
      else track(name, { ...summed(data), revenue: data.order && data.currency && data.value });
    },
  };
};
