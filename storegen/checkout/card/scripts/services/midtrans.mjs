// Midtrans Snap: https://docs.midtrans.com/reference/request-body-json-parameter, 2026-04-13.

/** @import { Buyer, Payment, Secrets, Service } from "../types" */

/** @param {Secrets} secret */
const isTest = (secret) => secret("MIDTRANS_KEY").startsWith("SB-");

/** @param {Payment} payment */
function bodyOf({ lines, delivery, total, country, back, id, buyer }) {
  const items = lines.map(({ sku, name, choice, unit, count }) => ({
    id: sku.slice(0, 50),
    price: unit,
    quantity: count,
    name: [name, choice].filter(Boolean).join(", ").slice(0, 50),
  }));
  if (delivery) items.push({ id: "delivery", price: delivery.amount, quantity: 1, name: delivery.name.slice(0, 50) });
  const { name, email, phone, street, postcode, city } = /** @type {Buyer} */ (buyer);
  const person = { first_name: name, email, ...(phone && { phone }) };
  return {
    transaction_details: { order_id: id, gross_amount: total },
    item_details: items,
    credit_card: { secure: true },
    customer_details: {
      ...person,
      ...(country && {
        shipping_address: {
          ...person,
          address: street,
          city,
          postal_code: postcode,
          ...(country === "ID" && { country_code: "IDN" }),
        },
      }),
    },
    callbacks: { finish: back },
  };
}

/** @type {Service} */
export const service = {
  name: "midtrans",
  most: 100,
  asks: true,
  mode(secret) {
    if (!/^(SB-)?Mid-server-/.test(secret("MIDTRANS_KEY"))) return "none";
    return isTest(secret) ? "test" : "live";
  },
  async start(payment, { secret, ask }) {
    const host = isTest(secret) ? "https://app.sandbox.midtrans.com" : "https://app.midtrans.com";
    const { redirect_url: address } = await ask(`${host}/snap/v1/transactions`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${secret("MIDTRANS_KEY")}:`)}`, "content-type": "application/json" },
      body: JSON.stringify(bodyOf(payment)),
    });
    return address;
  },
  // Only for the page that follows. The payment itself is at Midtrans.
  async finish(query) {
    return ["capture", "settlement", "pending"].includes(query.get("transaction_status") ?? "");
  },
};
