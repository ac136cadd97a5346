// Paytrail: https://docs.paytrail.com, API documentation of 2025-11-21.

/** @import { Buyer, Payment, Service } from "../types" */

const HOST = "https://services.paytrail.com";

/**
 * The signature of a request or of the address to which a buyer returns.
 * @param {Record<string, string>} values those that begin with "checkout-" are signed
 * @param {string} body
 * @param {string} secret
 */
export async function signatureOf(values, body, secret) {
  const lines = Object.keys(values)
    .filter((name) => name.startsWith("checkout-"))
    .sort()
    .map((name) => `${name}:${values[name]}`);
  const hash = values["checkout-algorithm"] === "sha512" ? "SHA-512" : "SHA-256";
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), { name: "HMAC", hash }, false, ["sign"]);
  const mark = await crypto.subtle.sign("HMAC", key, bytes.encode([...lines, body].join("\n")));
  return [...new Uint8Array(mark)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Payment} payment */
function bodyOf({ lines, delivery, total, currency, locale, country, back, id, buyer, tax }) {
  const items = lines.map(({ sku, name, choice, note, unit, count, tax: own }) => ({
    unitPrice: unit,
    units: count,
    vatPercentage: Number(own),
    productCode: sku.slice(0, 100),
    description: [name, choice, note].filter(Boolean).join(", ").slice(0, 1000),
  }));
  if (delivery)
    items.push({
      unitPrice: delivery.amount,
      units: 1,
      vatPercentage: Number(tax),
      productCode: "delivery",
      description: delivery.name.slice(0, 1000),
    });
  const { name, email, phone, street, postcode, city } = /** @type {Buyer} */ (buyer);
  const [first, ...last] = name.split(" ");
  return JSON.stringify({
    stamp: id,
    reference: id,
    amount: total,
    currency,
    language: locale,
    // Without a tax rate in site.yaml, Paytrail is told the total alone.
    ...(tax && { items }),
    customer: { email, firstName: first, lastName: last.join(" ") || first, ...(phone && { phone }) },
    ...(country && { deliveryAddress: { streetAddress: street, postalCode: postcode, city, country } }),
    redirectUrls: { success: back, cancel: back },
  });
}

/** @type {Service} */
export const service = {
  name: "paytrail",
  most: 100,
  asks: true,
  // The account for tests is the same for everybody.
  mode(secret) {
    if (!secret("PAYTRAIL_ACCOUNT") || !secret("PAYTRAIL_SECRET")) return "none";
    return secret("PAYTRAIL_ACCOUNT") === "375917" ? "test" : "live";
  },
  async start(payment, { secret, ask }) {
    const body = bodyOf(payment);
    const headers = {
      "checkout-account": secret("PAYTRAIL_ACCOUNT"),
      "checkout-algorithm": "sha256",
      "checkout-method": "POST",
      "checkout-nonce": crypto.randomUUID(),
      "checkout-timestamp": new Date(payment.now).toISOString(),
    };
    const signature = await signatureOf(headers, body, secret("PAYTRAIL_SECRET"));
    const { href } = await ask(`${HOST}/payments`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json; charset=utf-8", signature },
      body,
    });
    return href;
  },
  async finish(query, _, { secret }) {
    const values = Object.fromEntries(query);
    const right = await signatureOf(values, "", secret("PAYTRAIL_SECRET"));
    return values.signature === right && ["ok", "pending", "delayed"].includes(values["checkout-status"]);
  },
};
