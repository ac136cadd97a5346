// Check digits of tracking numbers: six methods of calculation. Pure functions, without access to the page.
// storegen/tracking/check_digits.py has the same rules. Both are tested with tests/vectors/tracking.json.

/** @import { CheckDigit } from "../../scripts/types" */

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// A letter's value is its ASCII code minus 3, modulo 10 (UPS).
/** @param {string} sign */
const digitOf = (sign) => (sign >= "A" ? (sign.charCodeAt(0) - 3) % 10 : Number(sign));
/** @param {string | string[]} signs @param {number[]} weights */
const weighted = (signs, weights) => [...signs].map((sign, place) => digitOf(sign) * weights[place % weights.length]);
/** @param {number[]} values */
const sum = (values) => values.reduce((before, value) => before + value, 0);
/** @param {number} total */
const toTen = (total) => (10 - (total % 10)) % 10;

/** @type {Record<string, (signs: string, weights: number[]) => number | string>} */
const DIGITS = {
  mod10: (signs, weights) => toTen(sum(weighted(signs, weights))),
  "mod11-10": (signs, weights) => (sum(weighted(signs, weights)) % 11) % 10,
  mod7: (signs) => [...signs].reduce((rest, sign) => (rest * 10 + Number(sign)) % 7, 0),
  luhn: (signs) => toTen(sum(weighted([...signs].reverse(), [2, 1]).map((value) => (value > 9 ? value - 9 : value)))),
  s10(signs) {
    const rest = 11 - (sum(weighted(signs, [8, 6, 4, 2, 3, 5, 9, 7])) % 11);
    return { 10: 0, 11: 5 }[rest] ?? rest;
  },
  "mod37-36"(signs) {
    let rest = 36;
    for (const sign of signs) rest = (((rest + SIGNS.indexOf(sign)) % 36 || 36) * 2) % 37;
    return SIGNS[(37 - rest) % 36];
  },
};

/** @param {CheckDigit} check @param {string} number */
export function proves({ kind, skip = 0, after = 0, prefix = "", weights = [] }, number) {
  const place = number.length - after - 1;
  return String(DIGITS[kind](prefix + number.slice(skip, place), weights)) === number[place];
}
