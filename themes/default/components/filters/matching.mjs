// Which products fit, how many fit each value, and in which order they stand. Values of one filter are alternatives,
// and a product must fit every filter. Options must fit together in one article.

/**
 * The filters and the facts of the products, as storegen/views/filters.py writes them.
 * @typedef {{ key: string, values: string[], has?: number[][], bounds?: number[], numbers?: (number | null)[] }} Facet
 * @typedef {[facets: number[], values: number[][], states: string]} Articles
 * @typedef {{
 *   facets: Facet[],
 *   had: Record<string, Articles>,
 *   price: (number | null)[],
 *   rating: number[],
 *   added: string[],
 *   sales: number[],
 *   later: Record<string, [number, number, boolean][]>,
 * }} Data
 * @typedef {Map<number, Set<number>>} Chosen
 */

/**
 * The prices of now, and the values of each product: a set of places for each filter.
 * @param {Data} data
 * @param {number} now milliseconds since 1970
 * @returns {{ price: (number | null)[], values: Set<number>[][] }}
 */
function table({ facets, price: built, later }, now) {
  const price = [...built];
  /** @type {Map<number, boolean>} */
  const reduced = new Map();
  for (const [row, changes] of Object.entries(later)) {
    for (const [, amount, sale] of changes.filter(([moment]) => moment <= now)) {
      price[Number(row)] = amount;
      reduced.set(Number(row), sale);
    }
  }
  const values = facets.map(({ key, has = [], bounds, numbers = [] }) => {
    const found = price.map(() => /** @type {Set<number>} */ (new Set()));
    (bounds ? (key === "price" ? price : numbers) : []).forEach((number, row) => {
      if (number !== null) found[row].add((bounds ?? []).filter((bound) => bound <= number).length);
    });
    has.forEach((steps, value) => {
      let row = 0;
      for (const step of steps) found[(row += step)].add(value);
    });
    for (const [row, sale] of key === "sale" ? reduced : []) found[row][sale ? "add" : "delete"](0);
    return found;
  });
  return { price, values };
}

/** @param {Set<number>} one @param {Set<number>} other */
const meet = (one, other) => [...one].some((value) => other.has(value));

/**
 * What the articles of a product say: whether one of them fits, whether one that fits can be sent now, and the values of
 * each option that articles have that fit otherwise.
 * @param {Articles} articles
 * @param {Chosen} chosen
 * @param {boolean} stock whether only articles that can be sent now fit
 */
function together([axes, values, states], chosen, stock) {
  const good = axes.map(() => /** @type {Set<number>} */ (new Set()));
  const found = { fits: false, now: false, good };
  const at = axes.map(() => 0);
  for (let place = 0; place < states.length; place += 1) {
    if (states[place] === "0") continue;
    let rest = place;
    let misses = 0;
    let missed = 0;
    for (let axis = axes.length - 1; axis >= 0; axis -= 1) {
      at[axis] = values[axis][rest % values[axis].length];
      rest = Math.floor(rest / values[axis].length);
      if (chosen.get(axes[axis])?.has(at[axis]) === false) {
        misses += 1;
        missed = axis;
      }
    }
    if (!misses && states[place] === "2") found.now = true;
    if (misses > 1 || (stock && states[place] !== "2")) continue;
    if (misses) good[missed].add(at[missed]);
    else {
      found.fits = true;
      at.forEach((value, axis) => good[axis].add(value));
    }
  }
  return found;
}

/**
 * @param {Data} data
 * @param {Map<string, Set<string>>} chosen the keys of the chosen values by the key of their filter
 * @param {string} sort
 * @param {number} now milliseconds since 1970
 */
export function matching(data, chosen, sort, now) {
  const { facets, had } = data;
  const { price, values } = table(data, now);
  const stock = facets.findIndex(({ key }) => key === "stock");
  const sums = facets.map(({ values: keys }) => keys.map(() => 0));

  /** @param {Map<string, Set<string>>} some @returns {Chosen} */
  const places = (some) =>
    new Map(
      facets.flatMap(({ key, values: keys }, facet) => {
        const picked = some.get(key);
        return picked?.size ? [[facet, new Set([...picked].map((value) => keys.indexOf(value)))]] : [];
      }),
    );

  /** @param {number} row @param {Chosen} wanted @param {(facet: number, some: Iterable<number>) => void} count */
  function look(row, wanted, count) {
    const articles = had[row];
    const axes = articles?.[0] ?? [];
    const told = articles && together(articles, wanted, wanted.has(stock));
    const failed = [...wanted].filter(([facet, some]) => !axes.includes(facet) && !meet(values[facet][row], some));
    const fits = told ? told.fits : true;
    if (!failed.length) {
      axes.forEach((facet, axis) => count(facet, told?.good[axis] ?? []));
      if (told?.now) count(stock, [0]);
    }
    facets.forEach((_, facet) => {
      if (axes.includes(facet) || (told && facet === stock)) return;
      if (fits && failed.every(([other]) => other === facet)) count(facet, values[facet][row]);
    });
    return fits && !failed.length;
  }

  const every = price.map((_, row) => row);
  const wanted = places(chosen);
  const rows = every.filter((row) =>
    look(row, wanted, (facet, some) => {
      for (const value of some) if (sums[facet]) sums[facet][value] += 1;
    }),
  );
  const counts = new Map(
    facets.map(({ key, values: keys }, facet) => [key, new Map(keys.map((name, value) => [name, sums[facet][value]]))]),
  );
  return { rows: sorted(rows, sort, { ...data, price }), counts, without: rows.length ? undefined : without() };

  // If nothing fits: the value to leave out so that most products fit, and how many do then.
  function without() {
    /** @type {[facet: string, value: string, count: number] | undefined} */
    let best;
    for (const [key, picked] of chosen) {
      for (const value of picked) {
        const rest = new Set([...picked].filter((each) => each !== value));
        const some = places(new Map(chosen).set(key, rest));
        const count = every.filter((row) => look(row, some, () => undefined)).length;
        if (count > (best?.[2] ?? 0)) best = [key, value, count];
      }
    }
    return best;
  }
}

/**
 * The facts of some products, in this order.
 * @param {Data} data
 * @param {number[]} rows
 * @returns {Data}
 */
export function only({ facets, had, price, rating, added, sales, later }, rows) {
  const places = new Map(rows.map((row, place) => [row, place]));
  /** @param {Record<string, any>} facts */
  const some = (facts) =>
    Object.fromEntries(
      Object.entries(facts).flatMap(([row, fact]) => (places.has(+row) ? [[String(places.get(+row)), fact]] : [])),
    );
  /** @param {number[]} steps */
  const members = (steps) => {
    let row = 0;
    const found = steps.flatMap((step) => places.get((row += step)) ?? []).sort((one, other) => one - other);
    return found.map((place, index) => place - (found[index - 1] ?? 0));
  };
  return {
    facets: facets.map((facet) => ({
      ...facet,
      ...(facet.has && { has: facet.has.map(members) }),
      ...(facet.numbers && { numbers: rows.map((row) => /** @type {any} */ (facet.numbers)[row]) }),
    })),
    had: some(had),
    price: rows.map((row) => price[row]),
    rating: rows.map((row) => rating[row]),
    added: rows.map((row) => added[row]),
    sales: rows.map((row) => sales[row]),
    later: some(later),
  };
}

/** @param {number[]} rows @param {string} sort @param {Pick<Data, "price" | "rating" | "added" | "sales">} data */
function sorted(rows, sort, { price, rating, added, sales }) {
  /** @type {Record<string, (one: number, other: number) => number>} */
  const orders = {
    price: (one, other) => (price[one] ?? Number.MAX_VALUE) - (price[other] ?? Number.MAX_VALUE),
    "-price": (one, other) => (price[other] ?? -1) - (price[one] ?? -1),
    rating: (one, other) => rating[other] - rating[one],
    sales: (one, other) => sales[other] - sales[one],
    new: (one, other) => (added[other] > added[one] ? 1 : added[other] < added[one] ? -1 : 0),
  };
  const order = orders[sort];
  return order ? rows.sort((one, other) => order(one, other) || one - other) : rows;
}
