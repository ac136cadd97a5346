// The rows of a payment: a cart's lines with their reductions, so that the rows add up to the total. Pure functions with
// amounts in minor units. storegen/model/charge.py has the same rules. Both are tested with tests/vectors/totals.json.
/** @import { ChargeLine, Line, Sums } from "../../scripts/types" */

/**
 * Divide a sum in proportion to costs, by largest remainder in whole coins. No part is above its cost if the sum is not
 * above the sum of the costs.
 * @param {number} sum
 * @param {number[]} costs
 * @param {number} coin
 */
export function split(sum, costs, coin) {
  const every = BigInt(costs.reduce((all, each) => all + each, 0) || 1);
  const unit = [sum, ...costs].every((each) => each % coin === 0) ? coin : 1;
  const parts = costs.map((cost) => {
    const top = BigInt(sum / unit) * BigInt(cost);
    return { share: Number(top / every) * unit, rest: top % every };
  });
  let left = sum - parts.reduce((all, { share }) => all + share, 0);
  for (const part of [...parts].sort((one, other) => Number(other.rest - one.rest))) {
    if (left <= 0) break;
    part.share += unit;
    left -= unit;
  }
  return parts.map(({ share }) => share);
}

/**
 * The reductions of each line by an offer.
 * @param {Line[]} lines
 * @param {Sums["reductions"][number]} reduction
 * @param {number} coin
 */
const partsOf = (lines, { offer, parts }, coin) =>
  parts.flatMap(([amount, pieces]) => {
    const costs = pieces.map(([place, count]) => lines[place].price * count);
    const shares = split(amount, costs, coin);
    return pieces.map(([place, taken], at) => ({ place, taken, less: shares[at], note: offer.name }));
  });

/**
 * The rows of a line: those of pieces without a reduction, then those of each reduction.
 * @param {Line} line
 * @param {{ taken: number, less: number, note: string }[]} parts its pieces with a reduction
 * @param {number} coin
 */
function rowsOf({ sku, name, choice = "", price, count, tax }, parts, coin) {
  const left = count - parts.reduce((all, { taken }) => all + taken, 0);
  /** @type {ChargeLine[]} */
  const rows = left ? [{ sku, name, choice, unit: price, count: left, note: "", tax }] : [];
  for (const { taken, less, note } of parts) {
    const units = split(less, Array(taken).fill(price), coin).map((each) => price - each);
    for (const unit of new Set(units)) {
      const same = units.filter((each) => each === unit).length;
      rows.push({ sku, name, choice, unit, count: same, note, tax });
    }
  }
  return rows;
}

// One row for several: one piece at their sum.
/** @param {ChargeLine[]} rows @returns {ChargeLine} */
function joined(rows) {
  if (rows.length === 1) return rows[0];
  /** @param {string[]} texts */
  const list = (texts) => texts.filter(Boolean).join(", ");
  return {
    sku: list([...new Set(rows.map(({ sku }) => sku))]),
    name: rows.map(({ name, choice, count }) => `${count} × ${list([name, choice])}`).join("; "),
    choice: "",
    unit: rows.reduce((all, { unit, count }) => all + unit * count, 0),
    count: 1,
    note: list([...new Set(rows.map(({ note }) => note))]),
    tax: rows.every(({ tax }) => tax === rows[0].tax) ? rows[0].tax : undefined,
  };
}

/**
 * The rows of a payment. Their sum is the cart's total without delivery. A line whose pieces have different prices
 * becomes several rows, gifts are rows of 0. If that makes more than *most* rows, each line is one row again: one piece
 * at the sum of the line, with the numbers of pieces in its name. If there are still too many, the last row is the sum
 * of the rest.
 * @param {Line[]} lines
 * @param {Pick<Sums, "reductions" | "gifts">} found
 * @param {{ coin?: number, most?: number }} options *coin*: the smallest amount, as in the cart's rules
 */
export function chargeLines(lines, found, { coin = 1, most = 100 }) {
  const parts = found.reductions.flatMap((reduction) => partsOf(lines, reduction, coin));
  const groups = lines.map((line, place) =>
    rowsOf(
      line,
      parts.filter((part) => part.place === place),
      coin,
    ),
  );
  /** @type {ChargeLine[]} */
  const gifts = found.gifts.map(({ offer, line: { sku, name, choice = "" } }) => ({
    ...{ sku, name, choice, unit: 0, count: 1, note: offer.name },
  }));
  let rows = [...groups.flat(), ...gifts];
  if (rows.length > most) rows = [...groups.map(joined), ...gifts];
  return rows.length > most ? [...rows.slice(0, most - 1), joined(rows.slice(most - 1))] : rows;
}

/**
 * An amount in the units of a payment service; undefined if the service can't charge it.
 * @param {number} sum in minor units
 * @param {{ step: number, units: number }} service as in storegen/checkout/service_units.py
 */
export const inServiceUnits = (sum, { step, units }) => (sum % step === 0 ? (sum / step) * units : undefined);
