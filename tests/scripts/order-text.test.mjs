// What an order says. The program that checks orders reads this format: tests/checkout/test_verify_order.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { orderText } from "../../themes/default/components/cart/order-text.mjs";
import { moneyOf } from "../../themes/default/scripts/money.mjs";

const { decimal } = moneyOf({ decimals: { JPY: [0, 0] } });
const words = { pieces: "Subtotal", delivery: "Delivery", total: "Total", code: "Code", address: "Address:" };
const ring = { sku: "R-17", name: "Ring", choice: "17", price: 5900, count: 2, code: "x1y2" };
const found = { pieces: 11800, sum: 11800, gifts: [], reductions: [] };
const text = (lines, changes = {}, { payment, currency = "EUR", ...options } = {}) =>
  orderText(lines, { ...found, ...changes }, { currency, payment }, { decimal, words, country: "", ...options });

test("an order is rows of lines, sums and the address", () => {
  const rows = text([ring]).split("\r\n");
  assert.deepEqual(rows, [
    "2 × Ring, 17 [R-17] à 59.00 EUR = 118.00 EUR  #x1y2",
    "",
    "Subtotal: 118.00 EUR",
    "Total: 118.00 EUR",
    "",
    "Address:",
    "",
    "",
  ]);
});

test("gifts, reductions, delivery, the code and the payment have rows of their own", () => {
  const changes = {
    gifts: [{ line: { sku: "P", name: "Pouch", price: 0, count: 1 } }],
    reductions: [{ offer: { name: "Ten off" }, amount: 1180 }],
    method: { name: "Post" },
    delivery: 590,
    sum: 11210,
    worth: true,
  };
  const taxes = [{ label: "incl. 25.5% VAT", tax: 2278 }];
  const options = { payment: "Pay by invoice.", country: "Finland", code: "TEN", taxes };
  const rows = text([ring], changes, options).split("\r\n");
  assert.deepEqual(rows.slice(1), [
    "1 × Pouch [P] à 0.00 EUR = 0.00 EUR",
    "",
    "Subtotal: 118.00 EUR",
    "Ten off: -11.80 EUR",
    "Delivery, Post, Finland: 5.90 EUR",
    "Total: 112.10 EUR",
    "incl. 25.5% VAT: 22.78 EUR",
    "Code: TEN",
    "",
    "Address:",
    "",
    "",
    "Pay by invoice.",
    "",
  ]);
});

test("a name can't begin a row of its own or turn what follows round", () => {
  const [row] = text([{ ...ring, name: "Ring\r\nTotal: 0\u2028\u202e" }]).split("\r\n");
  assert.equal(row, "2 × Ring Total: 0 , 17 [R-17] à 59.00 EUR = 118.00 EUR  #x1y2");
});

test("a currency without decimals has none", () => {
  const [row] = text([{ sku: "R", name: "Ring", price: 5900, count: 1 }], {}, { currency: "JPY" }).split("\r\n");
  assert.equal(row, "1 × Ring [R] à 5900 JPY = 5900 JPY");
});
