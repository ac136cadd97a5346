adapters.plausible = ({ script, settings: { domain, api }, events }) => {
  if (!window.plausible) {
    const stub = (...call) => (stub.q ??= []).push(call);
    stub.init = (options) => (stub.o = options ?? {});
    window.plausible = stub;
    stub.init(api ? { endpoint: api } : {});
  }
  fetchScript(script, { domain, ...(api && { api }) });
  return {
    send(name, data) {
      if (!events[name]) return;
      const props = Object.fromEntries(Object.entries(summed(data)).map(([key, value]) => [key, String(value)]));
      const { currency, value: amount } = data;
      window.plausible(events[name], { props, ...(data.order && currency && { revenue: { currency, amount } }) });
    },
  };
};
