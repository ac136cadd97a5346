// What a payment service is asked for: the rows of a cart with their reductions, delivery and total.
import { chargeLines, inServiceUnits } from "../../../../themes/default/components/cart/charge.mjs";

/** @import { Sums } from "../../../../themes/default/scripts/types" */
/** @import { Found, Language, Market, Payment } from "./types" */

const DAY = 86400000;
const SHORT = 31 * 60000; // Stripe accepts thirty minutes after it got the request, or later

/** A total that can't be paid at the service. */
export class AmountError extends Error {}

/**
 * An amount in the units of the service.
 * @param {number} amount
 * @param {Market} market
 */
function scaled(amount, market) {
  const found = inServiceUnits(amount, market);
  if (found === undefined) throw new AmountError(`${amount} ${market.currency} can't be paid exactly`);
  return found;
}

/** An amount in the service's units as a text. @param {number} amount @param {number} digits */
export function decimalOf(amount, digits) {
  const text = String(amount).padStart(digits + 1, "0");
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}

/**
 * When the first price or offer of a payment ends, if that is within a day; otherwise 0.
 * @param {Found[]} lines
 * @param {Sums} found
 * @param {number} now
 */
function endOf(lines, { reductions, free, delivered }, now) {
  const offers = [...reductions.map(({ offer }) => offer), ...free, ...delivered];
  const moments = [...lines.map(({ until }) => until), ...offers.map((offer) => offer.ends)];
  const ends = moments.map((each) => Date.parse(each ?? "")).filter((end) => end > now);
  return ends.some((end) => end - now < DAY) ? now + SHORT : 0;
}

/**
 * What a service is asked for. The lines of *found* are *lines* with their services.
 * @param {Found[]} lines
 * @param {Sums} found
 * @param {{ language: Language, market: Market, most: number, now: number }} options
 * @returns {Omit<Payment, "success" | "cancel" | "back" | "notes" | "buyer">}
 */
export function paymentOf(lines, found, { language, market, most, now }) {
  const rows = chargeLines(found.lines, found, { coin: language.rules.coin, most });
  const sum = rows.reduce((all, { unit, count }) => all + unit * count, 0);
  if (sum !== found.total || rows.some(({ unit }) => unit < 0) || sum + found.delivery !== found.sum)
    throw new AmountError(`the rows of the payment are ${sum}, the cart is ${found.total}`);
  const sent = lines.some((line) => line.carried !== false);
  const { method } = found;
  const tax = language.rules.tax_rate ?? "";
  return {
    lines: rows.map((row) => ({ ...row, unit: scaled(row.unit, market), tax: row.tax ?? tax })),
    delivery: method && { name: method.name, amount: scaled(found.delivery, market), days: method.days },
    total: scaled(found.sum, market),
    currency: market.currency,
    decimal: (amount) => decimalOf(amount, market.digits),
    locale: language.locale,
    country: sent ? (found.to ?? language.rules.country ?? "") : "",
    until: endOf(lines, found, now),
    id: crypto.randomUUID(),
    now,
    tax,
  };
}
