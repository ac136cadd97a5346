// Recognise the carrier of a tracking number by its form and its check digit. Pure functions, without access to the
// page. storegen/tracking/recognising.py has the same rules. Both are tested with tests/vectors/tracking.json.
import { proves } from "./check-digits.mjs";

/** @import { Carrier, Recognised } from "../../scripts/types" */

const SPACES = /[\t-\r\x20\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const NUMBER = /^[A-Za-z0-9-]{4,40}$/;

/** @param {string} text */
const plainOf = (text) => text.normalize("NFKC").replace(DASHES, "-");

/** @param {string} text */
export function clean(text) {
  const plain = plainOf(text).replace(SPACES, "");
  return NUMBER.test(plain) ? plain.toUpperCase() : "";
}

// Every carrier with a form that the number fits; proven is null if the form has no check digit.
/** @param {string} text @param {Carrier[]} carriers */
function fitting(text, carriers) {
  const dashed = clean(text);
  const forms = new Set([dashed.replaceAll("-", ""), dashed].filter((form) => NUMBER.test(form)));
  const found = [];
  for (const carrier of carriers)
    for (const { pattern, check } of carrier.numbers ?? [])
      for (const number of forms)
        if (new RegExp(`^(?:${pattern})$`).test(number))
          found.push({ carrier, number, proven: check ? proves(check, number) : null });
  return found;
}

// The possible carriers, proven ones first. A carrier that also recognises other carriers' parcels is left out if
// another carrier is proven.
/** @param {string} text @param {Carrier[]} carriers @returns {Recognised[]} */
export function recognise(text, carriers) {
  const best = new Map();
  for (const { carrier, number, proven } of fitting(text, carriers)) {
    if (proven !== false && (!best.has(carrier.id) || (proven && !best.get(carrier.id).proven)))
      best.set(carrier.id, { carrier, number, proven: Boolean(proven) });
  }
  const found = [...best.values()].sort((one, other) => Number(other.proven) - Number(one.proven));
  const known = found.some(({ carrier, proven }) => proven && !carrier.fallback);
  return found.filter(({ carrier }) => !(known && carrier.fallback));
}

// The carriers whose form fits but whose check digit is wrong, so that a digit may be mistyped.
/** @param {string} text @param {Carrier[]} carriers */
export function misread(text, carriers) {
  const found = fitting(text, carriers).filter(({ carrier }) => !carrier.fallback);
  const right = new Set(found.filter(({ proven }) => proven !== false).map(({ carrier }) => carrier));
  return [...new Set(found.map(({ carrier }) => carrier))].filter((carrier) => !right.has(carrier));
}

// The words of a text with digits, and runs of such words, also with the words next to them.
/** @param {string} text */
function wordsOf(text) {
  /** @type {string[]} */
  const words = [];
  /** @type {string[]} */
  const rows = [];
  const spaced = plainOf(text).replace(SPACES, " ");
  for (const part of spaced.split(/[^A-Za-z0-9 -]/)) {
    const row = part.toUpperCase().split(" ").filter(Boolean);
    const bare = [...row, ""].map((word) => !/[0-9]/.test(word));
    for (let start = 0, end; start < row.length; start = end + 1) {
      end = bare.indexOf(true, start);
      if (end === start) continue;
      const middle = row.slice(start, end).join("");
      const [before, after] = [row[start - 1] ?? "", row[end] ?? ""];
      words.push(...row.slice(start, end));
      rows.push(before + middle + after, before + middle, middle + after, middle);
    }
  }
  return [words, rows].map((all) => all.filter((each) => NUMBER.test(each)));
}

// The tracking number in a text: the whole text, or a number among other words, as in a mail or a link.
/** @param {string} text @param {Carrier[]} carriers */
export function meant(text, carriers) {
  const whole = clean(text);
  /** @param {string} each */
  const known = (each) => recognise(each, carriers).length;
  /** @param {string} each */
  const near = (each) => misread(each, carriers).length;
  if (known(whole) || near(whole)) return whole;
  const [words, rows] = wordsOf(text);
  /** @param {string} each */
  const proven = (each) => recognise(each, carriers).some((found) => found.proven);
  const longest = [...words, ...rows].sort((one, other) => other.length - one.length);
  return longest.find(proven) ?? words.find(known) ?? words.find(near) ?? whole;
}

/** @param {Carrier} carrier @param {string} number */
export const addressOf = ({ link, page }, number) =>
  link && number ? link.replace("{number}", encodeURIComponent(number)) : page;
