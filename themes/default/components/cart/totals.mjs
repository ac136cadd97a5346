// The totals of a cart: reductions, delivery, tax. Pure functions, without page and clock, with amounts in minor units.
// storegen/model/totals.py and delivery.py have the same rules. Both are tested with tests/vectors/totals.json.
import { withServices } from "../services/services.mjs";

/** @import { Kept, Line, Method, Money, Offer, Pieces, Reduction, Reductions, Rules, Sums } from "../../scripts/types" */

/**
 * A copy of a page's data with every amount in minor units.
 * @param {unknown} value
 * @param {(money: Money) => number} minor
 */
export const minorOf = (value, minor) =>
  JSON.parse(JSON.stringify(value, (_, each) => (each?.amount && each.currency ? minor(each) : each)));

/** @param {number[]} numbers */
const add = (numbers) => numbers.reduce((all, each) => all + each, 0);

/** @param {Line[]} lines */
export const countOf = (lines) => add(lines.map(({ count }) => count));

// Divide and round half up to whole coins, with BigInt, because amounts in rupiah are large.
/** @param {bigint} top @param {bigint} bottom */
const halfUp = (top, bottom) => (2n * top + bottom) / (2n * bottom);

/** @param {string} percent @returns {[digits: bigint, scale: bigint]} */
function whole(percent) {
  const [before, after = ""] = String(percent).split(".");
  return [BigInt(before + after), 10n ** BigInt(after.length)];
}

/** @param {number} sum @param {string} percent @param {number} coin */
function share(sum, percent, coin) {
  const [top, scale] = whole(percent);
  return Number(halfUp(BigInt(sum) * top, BigInt(coin) * 100n * scale) * BigInt(coin));
}

// A comparison with a missing moment, which is not a number, is false.
/** @param {Pick<Offer, "starts" | "ends">} offer @param {number} now */
export const runs = ({ starts = "", ends = "" }, now) => !(Date.parse(starts) > now) && !(Date.parse(ends) <= now);

/** @param {Offer} offer @returns {(line: { offers?: string[] }) => boolean} */
export const about = (offer) => (line) => (line.offers ?? []).includes(offer.id);

/** @param {string[]} products @returns {(line: { product: string }) => boolean} */
export const oneOf = (products) => (line) => products.includes(line.product);

/**
 * The lines of a cart, with the number of pieces without a reduction so far.
 * @param {Line[]} lines
 * @param {number} coin
 */
function piecesOf(lines, coin) {
  const left = lines.map((line) => line.count);
  return {
    lines,
    /** @param {(line: Line) => boolean} fits */
    count: (fits) => add(left.filter((_, place) => fits(lines[place]))),
    /** @param {Pieces} taken */
    cost: (taken) => add(taken.map(([place, count]) => lines[place].price * count)),
    // Take pieces in the order of the lines.
    /** @param {(line: Line) => boolean} fits @returns {Pieces} */
    take: (fits, wanted = Infinity) =>
      lines.flatMap((line, place) => {
        const taken = fits(line) ? Math.min(wanted, left[place]) : 0;
        left[place] -= taken;
        wanted -= taken;
        return taken ? [[place, taken]] : [];
      }),
    /** @param {{ percent?: string, amount?: number }} offer @param {number} cost @param {number} times */
    off: ({ percent, amount = 0 }, cost, times) =>
      percent ? share(cost, percent, coin) : Math.min(cost, amount * times),
  };
}

/** @typedef {(offer: Offer, pieces: ReturnType<typeof piecesOf>) => Reduction["parts"]} Reduce */

// The reductions by each kind of offer, in this order, with the pieces that each is for. A piece takes part in one
// reduction only.
/** @type {Record<string, Reduce>} */
const KINDS = {
  bundle(offer, { count, cost, take, off }) {
    const sets = Math.min(...offer.products.map((name) => count(oneOf([name]))));
    const taken = offer.products.flatMap((name) => take(oneOf([name]), sets));
    const full = cost(taken);
    return [[offer.price === undefined ? off(offer, full, sets) : Math.max(0, full - offer.price * sets), taken]];
  },
  add_on(offer, { lines, count, cost, take, off }) {
    const reduced = oneOf(offer.reduced);
    const bought = countOf(lines.filter((line) => about(offer)(line) && !reduced(line)));
    const times = Math.min(bought, count(reduced));
    const taken = take(reduced, times);
    return [[off(offer, cost(taken), times), taken]];
  },
  volume(offer, { lines, count, cost, take, off }) {
    const names = new Set(lines.filter(about(offer)).map((line) => line.product));
    return [...names].flatMap((name) => {
      const pieces = count(oneOf([name]));
      const tier = offer.tiers.findLast((each) => each.count <= pieces);
      const taken = tier ? take(oneOf([name])) : [];
      return tier ? [[off(tier, cost(taken), 1), taken]] : [];
    });
  },
};

// The reduction by a code, of everything that is left.
/** @type {Reduce} */
function byCode(offer, { cost, take, off }) {
  const taken = take(about(offer));
  return [[off(offer, cost(taken), 1), taken]];
}

/**
 * The reductions of a cart by bundles, add-ons, volume prices and then a code. The result has the lines with their
 * services, to which the places of pieces refer.
 * @param {Line[]} sold
 * @param {Rules} rules
 * @param {{ now: number, code?: string }} options
 * @returns {Reductions}
 */
export function reduce(sold, { offers = [], coin = 1, services }, { now, code = "" }) {
  const lines = withServices(sold, services);
  const pieces = piecesOf(lines, coin);
  const full = add(lines.map(({ price, count }) => price * count));
  const running = offers.filter((offer) => runs(offer, now));
  /** @param {Offer} offer @param {Reduce} kind @returns {Reduction} */
  const row = (offer, kind) => {
    const parts = kind(offer, pieces);
    return { offer, amount: add(parts.map(([amount]) => amount)), parts };
  };
  const rows = Object.keys(KINDS).flatMap((kind) =>
    running.filter((offer) => offer.kind === kind).map((offer) => row(offer, KINDS[kind])),
  );
  const after = full - add(rows.map(({ amount }) => amount));
  const held = running.filter((offer) => {
    if (KINDS[offer.kind] || (offer.code && offer.code !== code)) return false;
    const count = countOf(lines.filter(about(offer)));
    return count >= Math.max(1, offer.min_count ?? 0) && after >= (offer.min_total ?? 0);
  });
  for (const offer of held) if (offer.percent || offer.amount) rows.push(row(offer, byCode));
  const reductions = rows.filter(({ amount }) => amount);
  const coded = held.filter((offer) => offer.code);
  return {
    lines,
    pieces: full,
    reductions,
    total: full - add(reductions.map(({ amount }) => amount)),
    free: held.filter(({ kind }) => kind === "gift" || kind === "sample"),
    delivered: held.filter(({ kind }) => kind === "free_delivery"),
    coded: coded.length > 0,
    // A code may be valid without an effect, because other offers already reduced the price.
    worth: coded.some((each) => !(each.percent || each.amount) || reductions.some(({ offer }) => offer === each)),
  };
}

/**
 * The tax included in a sum, by rate. Reductions and delivery are split over the tax rates in proportion to the lines.
 * Each rate is rounded once, half up.
 * @param {number} sum
 * @param {Line[]} lines
 * @param {string} rate default for lines without their own rate
 * @returns {{ rate: string, tax: number }[]} in the order of the lines
 */
export function taxRows(sum, lines, rate) {
  /** @type {Map<string, bigint>} */
  const parts = new Map();
  for (const line of lines) {
    const its = line.tax ?? rate;
    parts.set(its, (parts.get(its) ?? 0n) + BigInt(line.price * line.count));
  }
  let all = [...parts.values()].reduce((one, other) => one + other, 0n);
  if (!all) {
    all = 1n;
    parts.set(rate, all);
  }
  return [...parts].map(([its, part]) => {
    const [percent, scale] = whole(its);
    return { rate: its, tax: Number(halfUp(BigInt(sum) * part * percent, all * (percent + 100n * scale))) };
  });
}

/** @param {Parameters<typeof taxRows>} all */
export const taxIn = (...all) => add(taxRows(...all).map(({ tax }) => tax));

/** @param {Line[]} lines */
const weightOf = (lines) => add(lines.map((line) => (line.weight ?? 0) * line.count));

/**
 * The price of a delivery method for the shipped lines.
 * @param {Method} method
 * @param {number} total
 * @param {Line[]} lines
 */
export function deliveryCost({ price, steps = [] }, total, lines) {
  const weight = weightOf(lines);
  const count = countOf(lines);
  const step = steps.findLast((each) =>
    each.total ? each.total <= total : each.count ? each.count <= count : each.weight <= weight,
  );
  return (step ?? { price }).price;
}

// A typed postcode without spaces and hyphens; storegen/model/scalars.py has the same rules for postcodes.
/** @param {unknown} [text] */
export const plainPostcode = (text) =>
  `${text ?? ""}`
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");

// Whether a postcode is in a range, begins with what is before a star, or is the same.
/** @param {string} postcode */
const isIn = (postcode) => (/** @type {string} */ codes) => {
  if (codes.endsWith("*")) return postcode.startsWith(codes.slice(0, -1));
  const [first, last = first] = codes.split("-");
  return postcode.length === first.length && first <= postcode && postcode <= last;
};

/** @param {string[] | undefined} list @param {string | undefined} each */
const fits = (list, each) => !list || list.includes(/** @type {string} */ (each));

/**
 * All totals of a cart. *kept* are the visitor's choices: country, postcode, delivery method, gifts.
 * @param {Line[]} lines
 * @param {Rules} rules
 * @param {{ kept: Kept, now: number, code?: string }} options
 * @returns {Sums}
 */
export function sums(lines, rules, { kept, ...options }) {
  const { methods = [], country = "" } = rules;
  const found = reduce(lines, rules, options);
  const carried = found.lines.filter((line) => line.carried !== false);
  const sent = carried.length > 0;
  const countries = [...new Set(methods.flatMap((method) => method.countries ?? []))];
  const to = [kept.country ?? "", country].find((each) => countries.includes(each)) ?? countries[0];
  const weight = weightOf(carried);
  const allowed = methods.filter(
    (method) => sent && fits(method.countries, to) && carried.every((line) => fits(line.methods, method.id)),
  );
  const possible = allowed.filter(({ max_weight }) => !max_weight || weight <= max_weight);
  const method = possible.find(({ id }) => id === kept.method) ?? possible[0];
  const limit = method?.free_from;
  const free = found.delivered.some((offer) => fits(offer.methods, method?.id) && fits(offer.countries, to));
  const price = method && !free ? deliveryCost(method, found.total, carried) : 0;
  const areas = (method?.surcharges ?? []).filter((each) => each.country === (to ?? country));
  const postcode = plainPostcode(kept.postcode);
  const surcharge = areas.find((each) => each.postcodes.some(isIn(postcode)));
  const reached = limit !== undefined && found.total >= limit;
  const delivery = (reached ? 0 : price) + (surcharge?.price ?? 0);
  const gifts = found.free.map((offer) => {
    const wanted = kept.chosen?.[offer.id];
    return { offer, line: offer.free?.find(({ sku }) => sku === wanted) ?? offer.free?.[0] };
  });
  return {
    ...found,
    gifts: /** @type {Sums["gifts"]} */ (gifts.filter(({ line }) => line && (sent || line.carried === false))),
    method,
    possible,
    heavy: allowed.filter((each) => !possible.includes(each)),
    surcharge,
    postcode: areas.length ? postcode : undefined,
    countries: sent && countries.length > 1 ? countries : [],
    to,
    apart: sent && methods.length > 0 && !possible.length,
    delivery,
    sum: found.total + delivery,
    missing: price && Math.max(0, (limit ?? 0) - found.total),
    limit: price && (limit ?? 0),
  };
}
