// PayPal Orders v2: https://developer.paypal.com/docs/api/orders/v2, OpenAPI 2.13 of 2024-02.

/** @import { Payment, Secrets, Service, Tools } from "../types" */

/** @param {Secrets} secret */
const hostOf = (secret) =>
  secret("PAYPAL_MODE") === "live" ? "https://api-m.paypal.com" : "https://api-m.sandbox.paypal.com";

/** @param {Tools} tools */
async function tokenOf({ secret, ask }) {
  const { access_token: token } = await ask(`${hostOf(secret)}/v1/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${secret("PAYPAL_CLIENT_ID")}:${secret("PAYPAL_SECRET")}`)}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return token;
}

/** @param {string} token @param {string} id */
const headers = (token, id) => ({
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  "paypal-request-id": id,
});

/** @param {Payment} payment */
function bodyOf({ lines, delivery, total, currency, decimal, country, locale, back, cancel, id }) {
  /** @param {number} amount */
  const money = (amount) => ({ currency_code: currency, value: decimal(amount) });
  const items = lines.reduce((sum, { unit, count }) => sum + unit * count, 0);
  return {
    intent: "CAPTURE",
    purchase_units: [
      {
        custom_id: id,
        amount: {
          ...money(total),
          breakdown: { item_total: money(items), ...(delivery && { shipping: money(delivery.amount) }) },
        },
        items: lines.map(({ sku, name, choice, note, unit, count }) => ({
          name: [name, choice].filter(Boolean).join(", ").slice(0, 127),
          sku: sku.slice(0, 127),
          ...(note && { description: note.slice(0, 127) }),
          quantity: String(count),
          unit_amount: money(unit),
        })),
      },
    ],
    payment_source: {
      paypal: {
        experience_context: {
          user_action: "PAY_NOW",
          shipping_preference: country ? "GET_FROM_FILE" : "NO_SHIPPING",
          ...(locale && { locale }),
          return_url: back,
          cancel_url: cancel,
        },
      },
    },
  };
}

/** @type {Service} */
export const service = {
  name: "paypal",
  most: 100,
  signed: true,
  mode(secret) {
    if (!secret("PAYPAL_CLIENT_ID") || !secret("PAYPAL_SECRET")) return "none";
    return secret("PAYPAL_MODE") === "live" ? "live" : "test";
  },
  async start(payment, tools) {
    const { links } = await tools.ask(`${hostOf(tools.secret)}/v2/checkout/orders`, {
      method: "POST",
      headers: headers(await tokenOf(tools), payment.id),
      body: JSON.stringify(bodyOf(payment)),
    });
    return links.find((/** @type {any} */ { rel }) => rel === "payer-action" || rel === "approve").href;
  },
  // Money moves only here: the order must be the signed one, and its parcel go to the country that the total is for.
  async finish(query, order, tools) {
    const token = await tokenOf(tools);
    const address = `${hostOf(tools.secret)}/v2/checkout/orders/${encodeURIComponent(query.get("token") ?? "")}`;
    const found = await tools.ask(address, { headers: headers(token, order.id) });
    const [unit] = found.purchase_units;
    const { currency_code: currency, value } = unit.amount;
    const to = unit.shipping?.address?.country_code ?? "";
    const same = unit.custom_id === order.id && currency === order.currency && Number(value) === Number(order.decimal);
    if (!same || (order.country && to !== order.country)) return false;
    if (found.status === "COMPLETED") return true;
    const { status } = await tools.ask(`${address}/capture`, {
      method: "POST",
      headers: headers(token, `${order.id}-capture`),
      body: "{}",
    });
    return status === "COMPLETED";
  },
};
