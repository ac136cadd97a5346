// Stand-ins for payment services: what each answers, and the payment as the test page shows it.
import { createHmac } from "node:crypto";

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
const THOUSANDS = new Set("BHD JOD KWD OMR TND".split(" "));
const stripeAmount = (units, currency) => {
  const code = currency.toUpperCase();
  const digits = WHOLE.has(code) ? 0 : THOUSANDS.has(code) ? 3 : 2;
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

const times = (count, amount, digits = 2) => (Number(amount) * count).toFixed(digits);

function paypal({ asked, init, id, page }) {
  if (asked.pathname.endsWith("/token")) return { answer: { access_token: "preview" } };
  if (init.method !== "POST" || asked.pathname.endsWith("/capture")) return { answer: paypalOrders.get(lastOf(asked)) };
  const order = JSON.parse(init.body);
  const [unit] = order.purchase_units;
  const { currency_code: currency, value, breakdown } = unit.amount;
  const { return_url: back, cancel_url: cancel } = order.payment_source.paypal.experience_context;
  const to = { address: { country_code: new URL(back).searchParams.get("order").split(".")[3] } };
  paypalOrders.set(id, { status: "COMPLETED", purchase_units: [{ ...unit, shipping: to }] });
  const digits = value.split(".")[1]?.length ?? 0;
  const lines = unit.items.map(({ name, description = "", quantity, unit_amount }) => ({
    name,
    note: description,
    count: Number(quantity),
    sum: times(quantity, unit_amount.value, digits),
  }));
  if (breakdown.shipping) lines.push({ name: "PayPal: shipping", note: "", count: 1, sum: breakdown.shipping.value });
  return {
    answer: { id, links: [{ rel: "payer-action", href: page }] },
    payment: { lines, total: value, currency, success: `${back}&token=${id}`, cancel },
  };
}
const paypalOrders = new Map();
const lastOf = ({ pathname }) => pathname.replace("/capture", "").split("/").at(-1);

function mollie({ asked, init, id, page }) {
  if (init.method === "PATCH") return { answer: {} };
  if (init.method !== "POST") return { answer: { id: lastOf(asked), status: "paid" } };
  const { amount, lines, redirectUrl, cancelUrl } = JSON.parse(init.body);
  return {
    answer: { id, _links: { checkout: { href: page } } },
    payment: {
      lines: lines.map(({ description, quantity, totalAmount }) => ({
        name: description,
        note: "",
        count: quantity,
        sum: totalAmount.value,
      })),
      total: amount.value,
      currency: amount.currency,
      success: `${redirectUrl}&id=${id}`,
      cancel: cancelUrl,
    },
  };
}

async function paytrail({ init, page }) {
  const { amount, currency, items = [], stamp, redirectUrls } = JSON.parse(init.body);
  const back = { "checkout-algorithm": "sha256", "checkout-stamp": stamp, "checkout-status": "ok" };
  const signature = createHmac("sha256", "preview")
    .update(
      `${Object.entries(back)
        .map((pair) => pair.join(":"))
        .join("\n")}\n`,
    )
    .digest("hex");
  return {
    answer: { href: page },
    payment: {
      lines: items.map(({ description, units, unitPrice }) => ({
        name: description,
        note: "",
        count: units,
        sum: times(units, unitPrice / 100),
      })),
      total: times(1, amount / 100),
      currency,
      success: `${redirectUrls.success}&${new URLSearchParams({ ...back, signature })}`,
      cancel: `${redirectUrls.cancel}&checkout-status=fail`,
    },
  };
}

function midtrans({ init, page }) {
  const { transaction_details: of, item_details: items, callbacks } = JSON.parse(init.body);
  return {
    answer: { token: "preview", redirect_url: page },
    payment: {
      lines: items.map(({ name, quantity, price }) => ({
        name,
        note: "",
        count: quantity,
        sum: times(quantity, price, 0),
      })),
      total: times(1, of.gross_amount, 0),
      currency: "IDR",
      success: `${callbacks.finish}&transaction_status=settlement`,
      cancel: `${callbacks.finish}&transaction_status=cancel`,
    },
  };
}

function toss({ asked, init, page }) {
  if (asked.pathname.endsWith("/confirm")) return { answer: { status: "DONE" } };
  const { amount, orderId, orderName, successUrl, failUrl } = JSON.parse(init.body);
  return {
    answer: { checkout: { url: page } },
    payment: {
      lines: [{ name: orderName, note: "", count: 1, sum: times(1, amount, 0) }],
      total: times(1, amount, 0),
      currency: "KRW",
      success: `${successUrl}&${new URLSearchParams({ paymentKey: "preview", orderId, amount })}`,
      cancel: failUrl,
    },
  };
}

export const STAND_INS = { stripe, paypal, mollie, paytrail, midtrans, toss };
