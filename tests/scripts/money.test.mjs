// Sums in minor units.
import assert from "node:assert/strict";
import { test } from "node:test";
import { moneyOf } from "../../themes/default/scripts/money.mjs";

const decimals = { JPY: [0, 0], KWD: [3, 3], HUF: [2, 0] };
const { minor, decimal, money } = moneyOf({ decimals, language: "en" });

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

test("prices have as many decimals as the build says", () => {
  assert.equal(money(125000, "HUF").replace(/\s/, " "), "HUF 1,250");
  assert.equal(money(125050, "EUR"), "€1,250.50");
});
