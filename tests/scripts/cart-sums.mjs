// Calculate carts with the theme's modules: a JSON value with cases on each line of the input, an answer for each line.
import { createInterface } from "node:readline";
import { chargeLines } from "../../themes/default/components/cart/charge.mjs";
import { minorOf, sums } from "../../themes/default/components/cart/totals.mjs";
import { moneyOf } from "../../themes/default/scripts/money.mjs";
import { current } from "../../themes/default/scripts/prices.mjs";

function answer({ decimals, cart, cases }) {
  const { minor, decimalsOf } = moneyOf({ decimals });
  const [payment, price] = decimalsOf(cart.currency);
  const rules = { ...minorOf(cart, minor), coin: 10 ** (payment - price) };
  return cases.map(({ lines, now, code, kept }) => {
    const sold = minorOf(
      lines.map((line) => current(line, now)),
      minor,
    );
    const found = sums(sold, rules, { kept, now, code });
    const { pieces, total, delivery, sum, free, gifts, method, apart } = found;
    return {
      ...{ pieces, total, delivery, sum, apart, method: method?.id, free: free.map(({ id }) => id) },
      gifts: gifts.map(({ offer, line }) => [offer.id, line.sku]),
      reductions: found.reductions.map(({ offer, amount, parts }) => [offer.id, amount, parts]),
      taxed: found.lines.map(({ price, count }) => price * count),
      rows: chargeLines(found.lines, found, rules).map(({ sku, unit, count, note }) => [sku, unit, count, note]),
    };
  });
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(answer(JSON.parse(line))));
