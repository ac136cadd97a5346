// Prices over time: a sale begins or ends without a build. Pure functions, which get the moment as milliseconds.

/**
 * The price tag that is valid at a moment. *then* follows at *until*.
 * @template {{ until?: string, then?: any }} T
 * @param {T} tag
 * @param {number} now
 * @returns {T}
 */
export function priceAt(tag, now) {
  let found = tag;
  while (found.then && Date.parse(found.until ?? "") <= now) found = found.then;
  return found;
}

/**
 * The button of an article, or its line in the cart, with the price that is valid at a moment.
 * @template {{ until?: string, then?: any, code?: string, href?: string, copy?: string, tokens?: object, post?: object, provider?: string, not_by?: string[] }} T
 * @param {T} line
 * @param {number} now
 * @returns {T}
 */
export function current(line, now) {
  const found = priceAt(line, now);
  if (found === line) return line;
  // Everything that depends on the price is in the change.
  const { until, then, code, href, copy, tokens, post, provider, not_by, ...rest } = line;
  return /** @type {any} */ ({ ...rest, ...found });
}
