// What offers take off a cart, as storegen/model/totals.py has it: bundles, add-ons, volume prices, then a code.
const { minor, unit } = window.storegen;

// Halves up, in whole coins; in big numbers, because sums in rupiah are large.
function share(sum, percent, coin) {
  const [whole, part = ""] = String(percent).split(".");
  const top = BigInt(sum) * BigInt(whole + part);
  const bottom = BigInt(coin) * 100n * 10n ** BigInt(part.length);
  return Number(((2n * top + bottom) / (2n * bottom)) * BigInt(coin));
}

function reduce(lines, offers, { code = "", now = Date.now() } = {}) {
  const left = lines.map((line) => line.count);
  const price = lines.map((line) => minor(line.price));
  const coin = lines.length ? unit(lines[0].price.currency) : 1;
  const about = (offer) => (line) => (line.offers ?? []).includes(offer.id);
  const of = (names) => (line) => names.includes(line.product);
  const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
  const count = (fits) => sum(left.filter((_, place) => fits(lines[place])));

  function take(fits, wanted) {
    let cost = 0;
    lines.forEach((line, place) => {
      if (!fits(line)) return;
      const taken = Math.min(wanted, left[place]);
      left[place] -= taken;
      wanted -= taken;
      cost += price[place] * taken;
    });
    return cost;
  }

  const off = (offer, cost, times) =>
    offer.percent ? share(cost, offer.percent, coin) : Math.min(cost, minor(offer.amount) * times);

  const kinds = {
    bundle(offer) {
      const sets = Math.min(...offer.products.map((name) => count(of([name]))));
      const cost = sum(offer.products.map((name) => take(of([name]), sets)));
      return offer.price ? Math.max(0, cost - minor(offer.price) * sets) : off(offer, cost, sets);
    },
    add_on(offer) {
      const bought = sum(lines.filter((line) => about(offer)(line) && !of(offer.reduced)(line)).map((line) => line.count));
      const times = Math.min(bought, count(of(offer.reduced)));
      return off(offer, take(of(offer.reduced), times), times);
    },
    volume(offer) {
      const names = new Set(lines.filter(about(offer)).map((line) => line.product));
      return sum(
        [...names].map((name) => {
          const pieces = count(of([name]));
          const tier = offer.tiers.findLast((each) => each.count <= pieces);
          return tier ? share(take(of([name]), pieces), tier.percent, coin) : 0;
        }),
      );
    },
  };

  const running = offers.filter(
    ({ starts, ends }) => !(starts && Date.parse(starts) > now) && !(ends && Date.parse(ends) <= now),
  );
  const rows = [];
  for (const kind of Object.keys(kinds))
    for (const offer of running) if (offer.kind === kind) rows.push({ offer, amount: kinds[kind](offer) });
  const pieces = sum(lines.map((line, place) => price[place] * line.count));
  const after = pieces - sum(rows.map((row) => row.amount));
  const held = running.filter((offer) => {
    if (kinds[offer.kind] || (offer.code && offer.code !== code)) return false;
    const number = sum(lines.filter(about(offer)).map((line) => line.count));
    return number >= Math.max(1, offer.min_count ?? 0) && after >= (offer.min_total ? minor(offer.min_total) : 0);
  });
  for (const offer of held)
    if (offer.percent || offer.amount) {
      const cost = sum(lines.map((line, place) => (about(offer)(line) ? price[place] * left[place] : 0)));
      rows.push({ offer, amount: off(offer, cost, 1) });
    }
  const reductions = rows.filter((row) => row.amount);
  return {
    pieces,
    reductions,
    total: pieces - sum(reductions.map((row) => row.amount)),
    free: held.filter(({ kind }) => kind === "gift" || kind === "sample"),
    delivered: held.some(({ kind }) => kind === "free_delivery"),
    coded: held.some((offer) => offer.code),
  };
}

window.storegen.reduce = reduce;
