// The price list: the variants by article number, from the module or from checked files of the shop.

/** @import { Found, LineData, Ordered, PriceList, Prices, Settings, Surroundings, Variant } from "./types" */

/** A part of the price list is missing, or of another build. */
export class PricesError extends Error {}

/** @param {Variant} variant @returns {[sku: string, more: LineData]} */
const pair = (variant) => (typeof variant === "string" ? [variant, {}] : variant);

/** @type {WeakMap<PriceList, Map<string, [product: number, variant: number]>>} */
const places = new WeakMap();

/** @param {PriceList} list */
function placesOf(list) {
  let found = places.get(list);
  if (!found) {
    found = new Map();
    for (const [place, { variants }] of list.products.entries())
      for (const [number, each] of variants.entries()) found.set(pair(each)[0], [place, number]);
    places.set(list, found);
  }
  return found;
}

/**
 * The line of an article in a language, without its number of pieces; undefined if it can't be bought.
 * @param {PriceList} list
 * @param {string} language
 * @param {string} sku
 * @returns {Omit<Found, "count"> | undefined}
 */
export function lineOf(list, language, sku) {
  const place = placesOf(list).get(sku);
  if (!place) return undefined;
  const { id, variants, ...common } = list.products[place[0]];
  const [, more] = pair(variants[place[1]]);
  const texts = list.texts[language]?.[place[0]] || Object.values(list.texts)[0][place[0]] || [];
  const line = { price: Number.NaN, ...common, ...more };
  const then = typeof line.then === "number" ? { price: line.then } : line.then;
  const named = { sku, product: id, name: texts[0], choice: texts[place[1] + 1] ?? "" };
  return { ...line, then, ...named, services: [] };
}

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @param {Uint8Array} bytes */
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @type {Map<string, Prices>} */
const parts = new Map();

/**
 * A part of a long price list. Its digest is in the module, so a changed or an older file is refused.
 * @param {number} number
 * @param {string} digest
 * @param {Surroundings["read"]} read
 */
async function partOf(number, digest, read) {
  const known = parts.get(digest);
  if (known) return known;
  const path = `/checkout/prices/${number.toString(16).padStart(2, "0")}.json`;
  const answer = await read(path);
  const bytes = answer.ok ? await answer.arrayBuffer() : new ArrayBuffer(0);
  if (!answer.ok || hex(await sha256(bytes)) !== digest)
    throw new PricesError(`${path} is missing or of another build; publish the whole output once more`);
  const found = /** @type {Prices} */ (JSON.parse(new TextDecoder().decode(bytes)));
  parts.set(digest, found);
  return found;
}

/**
 * The lines of an order at the shop's prices, undefined if one of them can't be bought.
 * @param {Ordered[]} ordered
 * @param {{ settings: Settings, prices: Prices, market: string, language: string, read: Surroundings["read"] }} options
 * @returns {Promise<Found[] | undefined>}
 */
export async function linesOfOrder(ordered, { settings, prices, market, language, read }) {
  /** @type {Found[]} */
  const lines = [];
  for (const { sku, count, services } of ordered) {
    let list = prices;
    if (settings.parts) {
      const [first] = await sha256(new TextEncoder().encode(sku));
      const number = first % settings.parts.length;
      list = await partOf(number, settings.parts[number], read);
    }
    const line = Object.hasOwn(list, market) ? lineOf(list[market], language, sku) : undefined;
    if (!line) return undefined;
    lines.push({ ...line, count, services });
  }
  return lines;
}
