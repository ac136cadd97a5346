// Toss Payments: POST /v1/payments and /v1/payments/confirm, as public code uses them (2026-09).

/** @import { Secrets, Service } from "../types" */

const PAYMENTS = "https://api.tosspayments.com/v1/payments";

/** @param {Secrets} secret @param {string} id */
const headers = (secret, id) => ({
  authorization: `Basic ${btoa(`${secret("TOSS_KEY")}:`)}`,
  "content-type": "application/json",
  "idempotency-key": id,
});

/** @type {Service} */
export const service = {
  name: "toss",
  most: 100,
  signed: true,
  asks: true,
  mode(secret) {
    const found = /^(live|test)_g?sk_/.exec(secret("TOSS_KEY"));
    return found ? /** @type {"live" | "test"} */ (found[1]) : "none";
  },
  async start({ lines, total, id, back, cancel, buyer, country }, { secret, ask }) {
    const pieces = lines.reduce((all, { count }) => all + count, 0);
    const [{ name }] = lines;
    const { checkout } = await ask(PAYMENTS, {
      method: "POST",
      headers: headers(secret, id),
      body: JSON.stringify({
        method: "CARD",
        amount: total,
        orderId: id,
        orderName: `${name.slice(0, 80)}${pieces > 1 ? ` (${pieces})` : ""}`,
        customerName: buyer?.name,
        customerEmail: buyer?.email,
        metadata: {
          lines: lines
            .map(({ sku, count }) => `${count} × ${sku}`)
            .join(", ")
            .slice(0, 500),
          ...(country && {
            address: [buyer?.postcode, buyer?.city, buyer?.street].filter(Boolean).join(" ").slice(0, 500),
          }),
        },
        successUrl: back,
        failUrl: cancel,
      }),
    });
    return checkout.url;
  },
  // Money moves only here, and only the signed sum.
  async finish(query, order, { secret, ask }) {
    const paymentKey = query.get("paymentKey") ?? "";
    if (query.get("orderId") !== order.id || query.get("amount") !== String(order.total)) return false;
    const { status } = await ask(`${PAYMENTS}/confirm`, {
      method: "POST",
      headers: headers(secret, `${order.id}-confirm`),
      body: JSON.stringify({ paymentKey, orderId: order.id, amount: order.total }),
    });
    return status === "DONE";
  },
};
