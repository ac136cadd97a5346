// Stripe Checkout: https://docs.stripe.com/api/checkout/sessions/create, version 2026-10-28.endive.

/** @import { Payment, Secrets, Service } from "../types" */

const VERSION = "2026-10-28.endive";
const DAYS = /** @type {const} */ (["minimum", "maximum"]);

/**
 * The pairs of a form for nested values, as Stripe reads them: a[b][0]=c.
 * @param {unknown} value
 * @param {string} name
 * @returns {[string, string][]}
 */
function pairs(value, name = "") {
  if (value === undefined || value === "") return [];
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, each]) => pairs(each, name ? `${name}[${key}]` : key));
}

/** @param {Payment} payment */
const shipping = ({ delivery, currency }) =>
  delivery && [
    {
      shipping_rate_data: {
        type: "fixed_amount",
        display_name: delivery.name.slice(0, 100),
        fixed_amount: { amount: delivery.amount, currency },
        delivery_estimate: delivery.days && {
          ...Object.fromEntries(
            DAYS.map((end, place) => [end, { unit: "business_day", value: Math.max(1, delivery.days?.[place] ?? 1) }]),
          ),
        },
      },
    },
  ];

/** @param {Payment} payment */
function session(payment) {
  const currency = payment.currency.toLowerCase();
  return {
    mode: "payment",
    line_items: payment.lines.map(({ sku, name, choice, unit, count, note }) => ({
      price_data: {
        currency,
        unit_amount: unit,
        product_data: {
          name: name.slice(0, 250),
          description: [choice, note].filter(Boolean).join(" · ").slice(0, 500),
          metadata: { sku: sku.slice(0, 500) },
        },
      },
      quantity: count,
    })),
    shipping_options: shipping({ ...payment, currency }),
    shipping_address_collection: payment.country && { allowed_countries: [payment.country] },
    adaptive_pricing: { enabled: false },
    locale: payment.locale,
    expires_at: payment.until ? Math.floor(payment.until / 1000) : undefined,
    success_url: payment.success,
    cancel_url: payment.cancel,
    metadata: payment.notes,
    payment_intent_data: payment.total ? { metadata: payment.notes } : undefined,
  };
}

/** @type {Service} */
export const service = {
  name: "stripe",
  most: 100,
  mode(secret) {
    const found = /^[sr]k_(live|test)_/.exec(secret("STRIPE_KEY"));
    return found ? /** @type {"live" | "test"} */ (found[1]) : "none";
  },
  async start(payment, { secret, ask }) {
    const { url } = await ask("https://api.stripe.com/v1/checkout/sessions", {
      method: "POST",
      headers: {
        authorization: `Bearer ${secret("STRIPE_KEY")}`,
        "content-type": "application/x-www-form-urlencoded",
        "stripe-version": VERSION,
        "idempotency-key": payment.id,
      },
      body: new URLSearchParams(pairs(session(payment))).toString(),
    });
    return url;
  },
};
