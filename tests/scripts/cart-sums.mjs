// Calculate carts with the theme's modules: a JSON value with cases on each line of the input, an answer for each line.
import { createInterface } from "node:readline";
import { paymentOf } from "../../storegen/checkout/card/scripts/payment.mjs";
import { service } from "../../storegen/checkout/card/scripts/services/stripe.mjs";
import { chargeLines } from "../../themes/default/components/cart/charge.mjs";
import { minorOf, sums } from "../../themes/default/components/cart/totals.mjs";
import { moneyOf } from "../../themes/default/scripts/money.mjs";
import { current } from "../../themes/default/scripts/prices.mjs";

// The body of the request that the payment function sends to Stripe.
async function bodyOf(payment) {
  let sent = "";
  const ask = async (_, { body }) => {
    sent = body;
    return {};
  };
  const pages = {
    success: "https://shop.example/thanks/",
    cancel: "https://shop.example/cart/",
    notes: { build: "1" },
  };
  await service.start({ ...payment, ...pages }, { secret: () => "", ask });
  return sent;
}

function answer({ decimals, cart, market, cases }) {
  const { minor } = moneyOf({ decimals });
  const rules = minorOf(cart, minor);
  const options = { language: { rules, locale: "en" }, market, most: service.most };
  const answers = cases.map(async ({ lines, now, code, kept }) => {
    const sold = minorOf(
      lines.map((line) => current(line, now)),
      minor,
    );
    const found = sums(sold, rules, { kept, now, code });
    const named = sold.map((line) => ({ ...line, choice: line.choice ?? "" }));
    const body = await bodyOf(paymentOf(named, found, { ...options, now }));
    const { pieces, total, delivery, sum, free, gifts, method, apart } = found;
    return {
      ...{ pieces, total, delivery, sum, apart, method: method?.id, free: free.map(({ id }) => id) },
      gifts: gifts.map(({ offer, line }) => [offer.id, line.sku]),
      reductions: found.reductions.map(({ offer, amount, parts }) => [offer.id, amount, parts]),
      taxed: found.lines.map(({ price, count }) => price * count),
      rows: chargeLines(found.lines, found, rules).map(({ sku, unit, count, note }) => [sku, unit, count, note]),
      body,
    };
  });
  return Promise.all(answers);
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await answer(JSON.parse(line))));
