// Mollie Payments v2: https://docs.mollie.com/reference/create-payment, OpenAPI of 2026-08-21.

/** @import { Buyer, Payment, Secrets, Service } from "../types" */

const PAYMENTS = "https://api.mollie.com/v2/payments";

/** @param {Secrets} secret */
const headers = (secret) => ({ authorization: `Bearer ${secret("MOLLIE_KEY")}`, "content-type": "application/json" });

/** @param {Payment} payment */
function bodyOf({ lines, delivery, total, currency, decimal, locale, country, back, cancel, id, buyer, notes }) {
  /** @param {number} amount */
  const money = (amount) => ({ currency, value: decimal(amount) });
  const rows = lines.map(({ sku, name, choice, note, unit, count }) => ({
    type: country ? "physical" : "digital",
    description: [name, choice, note].filter(Boolean).join(", ").slice(0, 255),
    quantity: count,
    unitPrice: money(unit),
    totalAmount: money(unit * count),
    sku: sku.slice(0, 64),
  }));
  if (delivery)
    rows.push({
      type: "shipping_fee",
      description: delivery.name.slice(0, 255),
      quantity: 1,
      unitPrice: money(delivery.amount),
      totalAmount: money(delivery.amount),
      sku: "delivery",
    });
  const { name, email, street, postcode, city } = /** @type {Buyer} */ (buyer);
  const [first, ...last] = name.split(" ");
  const person = { givenName: first, familyName: last.join(" ") || first, email };
  return {
    amount: money(total),
    description: `${name}, ${id.slice(0, 8)}`,
    redirectUrl: back,
    cancelUrl: cancel,
    ...(locale && { locale }),
    lines: rows,
    ...(country && {
      shippingAddress: { ...person, streetAndNumber: street, postalCode: postcode, city, country },
    }),
    metadata: { ...notes, email, id },
  };
}

/** @type {Service} */
export const service = {
  name: "mollie",
  most: 100,
  asks: true,
  mode(secret) {
    const found = /^(live|test)_/.exec(secret("MOLLIE_KEY"));
    return found ? /** @type {"live" | "test"} */ (found[1]) : "none";
  },
  // The buyer returns to one address, whether or not the payment succeeded. So it gets the payment's id.
  async start(payment, { secret, ask }) {
    const found = await ask(PAYMENTS, {
      method: "POST",
      headers: { ...headers(secret), "idempotency-key": payment.id },
      body: JSON.stringify(bodyOf(payment)),
    });
    await ask(`${PAYMENTS}/${encodeURIComponent(found.id)}`, {
      method: "PATCH",
      headers: headers(secret),
      body: JSON.stringify({ redirectUrl: `${payment.back}&id=${encodeURIComponent(found.id)}` }),
    });
    return found._links.checkout.href;
  },
  async finish(query, _, { secret, ask }) {
    const address = `${PAYMENTS}/${encodeURIComponent(query.get("id") ?? "")}`;
    const { status } = await ask(address, { headers: headers(secret) });
    return ["paid", "authorized", "pending", "open"].includes(status);
  },
};
