adapters.umami = ({ script, settings }) => {
  // Its own page views would count a change of variant too, because that changes the address.
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
