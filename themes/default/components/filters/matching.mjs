// Which products fit, how many fit each value, and in which order they stand. Values of one filter are alternatives,
// and a product must fit every filter. Options must fit together in one article.

/**
 * @typedef {{ key: string, values: string[], has?: number[][], bounds?: number[], numbers?: (number | null)[] }} Facet
 * @typedef {{
 *   facets: Facet[],
 *   had: Record<string, [number[], number[][], string]>,
 *   price: (number | null)[],
 *   rating: number[],
 *   added: string[],
 *   later: Record<string, [number, number, boolean][]>,
 * }} Data
 * @typedef {{ price: (number | null)[], values: Set<number>[][] }} Table
 */

/**
 * The values of each product: a set of places for each filter.
 * @param {Data} data
 * @param {number} now milliseconds since 1970
 * @returns {Table}
 */
function table({ facets, price: built, later }, now) {
  const price = [...built];
  /** @type {Record<string, boolean>} */
  const reduced = {};
  for (const [row, changes] of Object.entries(later)) {
    for (const [moment, amount, sale] of changes) {
      if (moment > now) break;
      price[Number(row)] = amount;
      reduced[row] = sale;
    }
  }
  const values = facets.map(({ key, has, bounds, numbers }) => {
    const found = price.map(() => /** @type {Set<number>} */ (new Set()));
    if (bounds) {
      const known = key === "price" ? price : (numbers ?? []);
      known.forEach((number, row) => {
        if (number !== null) found[row].add(bounds.filter((bound) => bound <= number).length);
      });
    }
    has?.forEach((steps, value) => {
      let row = 0;
      for (const step of steps) found[(row += step)].add(value);
    });
    if (key === "sale") {
      for (const [row, sale] of Object.entries(reduced)) {
        if (sale) found[Number(row)].add(0);
        else found[Number(row)].delete(0);
      }
    }
    return found;
  });
  return { price, values };
}

/**
 * Whether one article of a product has a chosen value of every option, and can be sent now if *stock* says so.
 * @param {[number[], number[][], string]} had
 * @param {Map<number, Set<number>>} chosen
 * @param {boolean} stock
 */
function together([facets, values, states], chosen, stock) {
  for (let place = 0; place < states.length; place += 1) {
    if (states[place] < (stock ? "2" : "1")) continue;
    let rest = place;
    let fits = true;
    for (let axis = facets.length - 1; axis >= 0 && fits; axis -= 1) {
      const wanted = chosen.get(facets[axis]);
      fits = !wanted || wanted.has(values[axis][rest % values[axis].length]);
      rest = Math.floor(rest / values[axis].length);
    }
    if (fits) return true;
  }
  return false;
}

/**
 * @param {Data} data
 * @param {Map<string, Set<string>>} chosen the keys of the chosen values by the key of their filter
 * @param {string} sort
 * @param {number} now milliseconds since 1970
 */
export function matching(data, chosen, sort, now) {
  const { facets, had, rating, added } = data;
  const { price, values } = table(data, now);
  /** @type {Map<number, Set<number>>} */
  const wanted = new Map();
  facets.forEach(({ key, values: keys }, facet) => {
    const picked = chosen.get(key);
    if (picked) wanted.set(facet, new Set([...picked].map((value) => keys.indexOf(value))));
  });
  const stock = facets.findIndex(({ key }) => key === "stock");

  /** @param {number} row @param {Map<number, Set<number>>} all */
  function fits(row, all) {
    for (const [facet, some] of all) {
      let any = false;
      for (const value of values[facet][row]) any ||= some.has(value);
      if (!any) return false;
    }
    const articles = had[row];
    return !articles || together(articles, all, all.has(stock));
  }

  const every = price.map((_, row) => row);
  const rows = every.filter((row) => fits(row, wanted));
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  /** @type {[string, string, number] | undefined} */
  let without;
  facets.forEach(({ key, values: keys }, facet) => {
    const others = new Map(wanted);
    others.delete(facet);
    const left = every.filter((row) => fits(row, others));
    const found = new Map();
    keys.forEach((name, value) => {
      const one = new Map(others).set(facet, new Set([value]));
      found.set(name, left.filter((row) => values[facet][row].has(value) && fits(row, one)).length);
    });
    counts.set(key, found);
    for (const value of chosen.get(key) ?? []) {
      const rest = new Set([...(chosen.get(key) ?? [])].filter((each) => each !== value));
      const all = rest.size ? new Map(others).set(facet, new Set([...rest].map((each) => keys.indexOf(each)))) : others;
      const count = every.filter((row) => fits(row, all)).length;
      if (count > (without?.[2] ?? 0)) without = [key, value, count];
    }
  });
  /** @param {number | null} one @param {number | null} other */
  const least = (one, other) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY) || 0;
  /** @type {Record<string, (one: number, other: number) => number>} */
  const orders = {
    price: (one, other) => least(price[one], price[other]),
    "-price": (one, other) => (price[other] ?? -1) - (price[one] ?? -1),
    rating: (one, other) => rating[other] - rating[one],
    new: (one, other) => (added[other] > added[one] ? 1 : added[other] < added[one] ? -1 : 0),
  };
  if (orders[sort]) rows.sort((one, other) => orders[sort](one, other) || one - other);
  return { rows, counts, without };
}
