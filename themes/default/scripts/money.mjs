// Amounts of money as integers in minor units, because floats would lose cents.

/** @import { Money, Shop } from "./types" */

/**
 * Fill digits into a pattern such as "$0,000.00" from the right, and drop what the pattern has left of them.
 * @param {string} pattern @param {string} digits
 */
function filled(pattern, digits) {
  const first = pattern.indexOf("0");
  let left = digits.length;
  let text = "";
  for (let place = pattern.length - 1; left && place >= first; place -= 1)
    text = (pattern[place] === "0" ? digits[--left] : pattern[place]) + text;
  return pattern.slice(0, first) + digits.slice(0, left) + text;
}

/**
 * The functions for the amounts of a shop. The build provides the number of decimals of payments and prices in a
 * currency, and the pattern in which it writes amounts itself. Browsers write some currencies in other ways.
 * @param {Partial<Pick<Shop, "decimals" | "money" | "number">>} shop
 */
export function moneyOf({ decimals = {}, money: patterns = {}, number: whole = "" }) {
  /** @param {string} currency @returns {[payment: number, price: number]} */
  const decimalsOf = (currency) => decimals[currency] ?? [2, 2];

  /** @param {Money} money */
  function minor({ amount, currency }) {
    const [digits] = decimalsOf(currency);
    const [whole, part = ""] = String(amount).split(".");
    return Number(whole + part.padEnd(digits, "0").slice(0, digits));
  }

  /** @param {number} sum @param {string} currency */
  function decimal(sum, currency) {
    const [digits] = decimalsOf(currency);
    const text = String(sum).padStart(digits + 1, "0");
    return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  }

  /** @param {number} sum @param {string} currency */
  function money(sum, currency) {
    const [payment, price] = decimalsOf(currency);
    const shown = String(Math.round(Math.abs(sum) / 10 ** (payment - price))).padStart(price + 1, "0");
    return (sum < 0 ? "−" : "") + filled(patterns[currency] ?? `0.00 ${currency}`, shown);
  }

  /** @param {number} count */
  const number = (count) => filled(whole || "0", String(count));

  return { decimalsOf, minor, decimal, money, number };
}
