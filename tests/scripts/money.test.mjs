// Sums in minor units, and amounts as the build writes them: the vectors of tests/model/test_money_patterns.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { moneyOf } from "../../themes/default/scripts/money.mjs";

const decimals = { JPY: [0, 0], KWD: [3, 3], HUF: [2, 0] };
const { minor, decimal } = moneyOf({ decimals });
const vectors = JSON.parse(readFileSync(new URL("../vectors/money.json", import.meta.url), "utf8"));

for (const [amount, currency, sum] of [
  ["59.00", "EUR", 5900],
  ["59", "EUR", 5900],
  ["0.1", "EUR", 10],
  ["1250", "JPY", 1250],
  ["1.234", "KWD", 1234],
  ["99999999999.99", "EUR", 9999999999999],
])
  test(`${amount} ${currency} is ${sum} minor units`, () => assert.equal(minor({ amount, currency }), sum));

for (const [sum, currency, text] of [
  [5900, "EUR", "59.00"],
  [5, "EUR", "0.05"],
  [0, "EUR", "0.00"],
  [1250, "JPY", "1250"],
  [5, "KWD", "0.005"],
])
  test(`${sum} minor units are ${text} ${currency}`, () => assert.equal(decimal(sum, currency), text));

for (const { language, number, numbers, money: currencies } of vectors) {
  const patterns = Object.fromEntries(currencies.map(({ currency, pattern }) => [currency, pattern]));
  const digits = Object.fromEntries(currencies.map(({ currency, decimals: each }) => [currency, each]));
  const shop = moneyOf({ decimals: digits, money: patterns, number });
  for (const { currency, texts } of currencies)
    test(`amounts in ${currency} are written in ${language} as the build writes them`, () =>
      assert.deepEqual(
        texts.map(([sum]) => shop.money(sum, currency)),
        texts.map(([, text]) => text),
      ));
  test(`whole numbers are written in ${language} as the build writes them`, () =>
    assert.deepEqual(
      numbers.map(([count]) => shop.number(count)),
      numbers.map(([, text]) => text),
    ));
}

test("an amount below nothing begins with its sign", () => {
  const { money } = moneyOf({ money: { EUR: "0.000,00 €" } });
  assert.equal(money(-125050, "EUR"), "−1.250,50 €");
});

test("half a coin is rounded up where prices have fewer decimals than payments", () => {
  const { money } = moneyOf({ decimals, money: { HUF: "0 000 Ft" } });
  assert.equal(money(125050, "HUF"), "1 251 Ft");
});

test("a currency of another shop is written with its code", () => {
  assert.equal(moneyOf({}).money(123450, "EUR"), "1234.50 EUR");
});
