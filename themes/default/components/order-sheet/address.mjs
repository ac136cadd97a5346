// The parts of an address, in the order of its country. Pure functions, without access to the page.

/** @import { AddressForm } from "../../scripts/types" */

export const PARTS = { A: "street", C: "city", S: "region", Z: "postcode" };

/**
 * The names of the fields of an address, one list for each line.
 * @param {AddressForm} form
 * @returns {string[][]}
 */
export const fieldRows = ({ lines }) =>
  lines.map((line) => [...line.matchAll(/%([ACSZ])/g)].map(([, letter]) => PARTS[/** @type {"A"} */ (letter)]));

/** @param {AddressForm} form @returns {string[]} */
export const requiredFields = ({ required = "" }) => [...required].map((letter) => PARTS[/** @type {"A"} */ (letter)]);

/**
 * The lines of an address. Parts without a value are left out, with the signs beside them.
 * @param {AddressForm} form
 * @param {Record<string, string | undefined>} values
 */
export function addressLines({ lines }, values) {
  const filled = lines.map((line) => {
    const found = line.replace(/%([ACSZ])/g, (_, letter) => values[PARTS[/** @type {"A"} */ (letter)]]?.trim() ?? "");
    return line.match(/%[ACSZ]/g)?.some((part) => values[PARTS[/** @type {"A"} */ (part[1])]]?.trim()) ? found : "";
  });
  return filled.map((line) => line.replace(/\s+/g, " ").replace(/^[\s,-]+|[\s,-]+$/g, "")).filter(Boolean);
}
