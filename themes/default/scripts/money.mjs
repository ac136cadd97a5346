// Amounts of money as integers in minor units, because floats would lose cents.

/** @import { Decimals, Money } from "./types" */

/**
 * The functions for the amounts of a shop. The build provides the number of decimals of payments and prices in a
 * currency, because browsers differ and leave out decimals that a few currencies have.
 * @param {{ decimals?: Decimals, language?: string }} shop
 */
export function moneyOf({ decimals = {}, language }) {
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
    const [, digits] = decimalsOf(currency);
    return new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(/** @type {`${number}`} */ (decimal(sum, currency)));
  }

  return { decimalsOf, minor, decimal, money };
}
