adapters.plausible = ({ script, settings, events }) => {
  if (!window.plausible) {
    const stub = (...call) => (stub.q ??= []).push(call);
    stub.init = (options) => (stub.o = options ?? {});
    window.plausible = stub;
    stub.init(settings.api ? { endpoint: settings.api } : {});
  }
  fetchScript(script, { domain: settings.domain, ...(settings.api && { api: settings.api }) });
  return {
    send(name, data) {
      if (!events[name]) return;
      const props = Object.fromEntries(Object.entries(summed(data)).map(([key, value]) => [key, String(value)]));
      const { currency, value: amount } = data;
      const paid = name === "purchase" && currency && { revenue: { currency, amount } };
      window.plausible(events[name], { props: { ...props, ...(data.order && { order: data.order }) }, ...paid });
    },
  };
};
