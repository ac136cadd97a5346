// Stand-ins for payment services: what each answers, and the payment as the test page shows it.

// The values of a form whose names are paths: a[b][0]=c.
function nested(body) {
  const found = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll("]", "").split("[");
    const last = path.pop();
    let place = found;
    for (const part of path) place = place[part] ??= {};
    place[last] = value;
  }
  return found;
}

const WHOLE = new Set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "));
const stripeAmount = (units, currency) => {
  const digits = WHOLE.has(currency.toUpperCase()) ? 0 : 2;
  return (Number(units) / 10 ** digits).toFixed(digits);
};

function stripe({ init, id, page }) {
  const form = nested(init.body);
  const items = Object.values(form.line_items);
  const currency = items[0].price_data.currency;
  const rate = form.shipping_options?.[0].shipping_rate_data;
  const lines = items.map(({ price_data: { unit_amount, product_data }, quantity }) => ({
    name: product_data.name,
    note: product_data.description ?? "",
    count: Number(quantity),
    sum: stripeAmount(unit_amount * quantity, currency),
  }));
  if (rate) {
    const { amount } = rate.fixed_amount;
    lines.push({ name: rate.display_name, note: "", count: 1, sum: stripeAmount(amount, currency) });
  }
  const all = items.reduce((sum, { price_data, quantity }) => sum + price_data.unit_amount * quantity, 0);
  return {
    answer: { id: `cs_test_${id}`, url: page },
    payment: {
      lines,
      total: stripeAmount(all + Number(rate?.fixed_amount.amount ?? 0), currency),
      currency: currency.toUpperCase(),
      success: form.success_url,
      cancel: form.cancel_url,
    },
  };
}

export const STAND_INS = { stripe };
