// What a cart comes to: the vectors that tests/model/test_totals.py holds storegen/model/totals.py to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chargeLines, inServiceUnits } from "../../themes/default/components/cart/charge.mjs";
import { deliveryCost, reduce, sums, taxIn } from "../../themes/default/components/cart/totals.mjs";
import { textFits } from "../../themes/default/components/services/service-text.mjs";

const vectors = JSON.parse(readFileSync(new URL("../vectors/totals.json", import.meta.url), "utf8"));
const now = Date.parse(vectors.now);
const ring = { sku: "R", product: "ring", name: "Ring", price: 5900, count: 1 };

for (const { name, lines, offers, code, coin = 1, expected } of vectors.totals)
  test(name, () => {
    const found = reduce(lines, { offers, coin }, { now, code });
    const { pieces, total, free, delivered } = found;
    const reductions = found.reductions.map(({ offer, amount }) => [offer.id, amount]);
    assert.deepEqual(
      { free: free.map(({ id }) => id), free_delivery: delivered.map(({ id }) => id), pieces, reductions, total },
      { free: [], free_delivery: [], ...expected },
    );
  });

for (const { name, lines, code, coin = 1, most, offers = [], gifts = [], expected } of vectors.charge)
  test(`charge: ${name}`, () => {
    const named = offers.map((offer) => ({ name: offer.id, ...offer }));
    const found = reduce(lines, { offers: named, coin }, { now, code });
    const given = gifts.map(([id, line]) => ({ offer: named.find((offer) => offer.id === id), line }));
    const rows = chargeLines(lines, { ...found, gifts: given }, { coin, most });
    assert.deepEqual(
      rows.map(({ sku, name: named, unit, count, note }) => [sku, named, unit, count, note]),
      expected,
    );
  });

for (const { name, lines, offers, code, coin = 1, expected } of vectors.totals)
  test(`charge of a total: ${name}`, () => {
    const rows = chargeLines(lines, { ...reduce(lines, { offers, coin }, { now, code }), gifts: [] }, { coin });
    assert.equal(
      rows.reduce((sum, { unit, count }) => sum + unit * count, 0),
      expected.total,
    );
    assert.ok(rows.every(({ unit }) => unit >= 0 && unit % coin === 0));
  });

for (const { name, method, total, lines, expected } of vectors.delivery)
  test(`delivery: ${name}`, () => assert.equal(deliveryCost(method, total, lines), expected));

for (const { name, offer, method, to, expected } of vectors.free_delivery)
  test(`free delivery: ${name}`, () => {
    const offers = [{ id: "free", kind: "free_delivery", ...offer }];
    const lines = [{ sku: "R", product: "ring", name: "Ring", price: 5900, count: 1, offers: ["free"] }];
    const there = { methods: [{ name: "M", price: 590, ...method }], country: to, coin: 1, offers };
    assert.equal(sums(lines, there, { now, kept: {} }).delivery, expected ? 0 : 590);
  });

for (const { name, postcodes, typed, expected } of vectors.postcodes)
  test(`postcode: ${name}`, () => {
    const codes = [postcodes.replace(" ", "").toUpperCase()];
    const areas = [{ country: "FI", postcodes: codes, price: 300 }];
    const methods = [{ id: "post", price: 590, countries: ["FI"], surcharges: areas }];
    const found = sums([ring], { methods, country: "FI", coin: 1 }, { now, kept: { postcode: typed } });
    assert.deepEqual([found.delivery, found.sum], expected ? [890, 6790] : [590, 6490]);
  });

for (const { name, total, lines, rate, expected } of vectors.tax)
  test(`tax: ${name}`, () => assert.equal(taxIn(total, lines, rate), expected));

for (const { name, text, rule, pattern, fits } of vectors.service_texts)
  test(`text of a service: ${name}`, () => {
    const service = rule ? { writes: true, ...rule, allowed: pattern, optional: Boolean(rule.optional) } : {};
    assert.equal(textFits(service, text), fits);
  });

const parcel = (weight) => [{ sku: "R", product: "ring", name: "Ring", price: 5900, count: 2, weight }];

test("a method is not offered above its largest weight", () => {
  const light = { id: "letter", name: "Letter", price: 290, max_weight: 1000 };
  const there = { methods: [light, { ...light, id: "post", max_weight: 0 }], coin: 1 };
  const of = (weight) => sums(parcel(weight), there, { now, kept: {} });
  assert.deepEqual([of(500).method.id, of(500).heavy], ["letter", []]);
  assert.deepEqual([of(501).method.id, of(501).heavy], ["post", [light]]);
  const alone = sums(parcel(501), { methods: [light], coin: 1 }, { now, kept: {} });
  assert.deepEqual([alone.apart, alone.heavy], [true, [light]]);
});

test("a surcharge is not part of free delivery, and the postcode is asked only where it matters", () => {
  const area = { country: "FI", postcodes: ["22*"], price: 300 };
  const methods = [{ id: "post", name: "Post", price: 590, free_from: 1, countries: ["FI", "SE"], surcharges: [area] }];
  const of = (kept) => sums(parcel(0), { methods, country: "FI", coin: 1 }, { now, kept });
  assert.deepEqual([of({}).postcode, of({}).delivery], ["", 0]);
  assert.deepEqual([of({ postcode: "22 100" }).postcode, of({ postcode: "22 100" }).delivery], ["22100", 300]);
  assert.deepEqual([of({ country: "SE", postcode: "22100" }).postcode, of({ country: "SE" }).delivery], [undefined, 0]);
});

const post = { id: "post", name: "Post", price: 590, free_from: 10000, countries: ["FI", "SE"] };
const pickup = { id: "pickup", name: "Pick-up", price: 0, countries: ["FI"] };
const rules = { methods: [post, pickup], country: "FI", coin: 1 };
const sumsOf = (lines, kept = {}, more = {}) => sums(lines, { ...rules, ...more }, { now, kept });

test("the first way of delivery holds until another is chosen", () => {
  assert.equal(sumsOf([ring]).method, post);
  assert.equal(sumsOf([ring], { method: "pickup" }).method, pickup);
  assert.equal(sumsOf([ring], { method: "pickup", country: "SE" }).method, post);
});

test("delivery is free from its sum on, and says what is missing", () => {
  const few = sumsOf([ring]);
  assert.deepEqual([few.sum, few.delivery, few.missing, few.limit], [6490, 590, 4100, 10000]);
  const many = sumsOf([{ ...ring, count: 2 }]);
  assert.deepEqual([many.sum, many.delivery, many.missing, many.limit], [11800, 0, 0, 10000]);
  const just = sumsOf([{ ...ring, price: 10000 }]);
  assert.deepEqual([just.sum, just.delivery, just.missing], [10000, 0, 0]);
});

test("delivery is free from 0 on", () => {
  const { delivery, limit, sum } = sumsOf([ring], {}, { methods: [{ ...post, free_from: 0 }] });
  assert.deepEqual([delivery, limit, sum], [0, 0, 5900]);
});

test("free delivery holds for its methods and countries only", () => {
  const line = { ...ring, offers: ["free"] };
  const offers = [{ id: "free", kind: "free_delivery", countries: ["FI"], methods: ["post"] }];
  const express = { id: "express", name: "Express", price: 990, countries: ["FI", "SE"] };
  const there = (kept) => sumsOf([line], kept, { offers, methods: [post, express] });
  assert.deepEqual([there({}).delivery, there({}).missing, there({}).sum], [0, 0, 5900]);
  assert.equal(there({ country: "SE" }).delivery, 590);
  assert.equal(there({ country: "SE" }).missing, 4100);
  assert.equal(there({ method: "express" }).delivery, 990);
});

test("what is not sent needs no delivery", () => {
  const { method, possible, countries, sum } = sumsOf([{ ...ring, carried: false }]);
  assert.deepEqual({ method, possible, countries, sum }, { method: undefined, possible: [], countries: [], sum: 5900 });
});

test("things that no way of delivery takes together are noticed", () => {
  const lines = [
    { ...ring, methods: ["post"] },
    { ...ring, sku: "S", methods: ["pickup"] },
  ];
  assert.equal(sumsOf(lines).apart, true);
  assert.equal(sumsOf(lines.slice(0, 1)).apart, false);
});

test("a gift is the one that was chosen, or the first", () => {
  const offers = [{ id: "gift", kind: "gift", free: [{ sku: "A" }, { sku: "B" }] }];
  const lines = [{ ...ring, offers: ["gift"] }];
  const gifts = (kept) => sumsOf(lines, kept, { offers }).gifts.map(({ line }) => line.sku);
  assert.deepEqual(
    [gifts({}), gifts({ chosen: { gift: "B" } }), gifts({ chosen: { gift: "C" } })],
    [["A"], ["B"], ["A"]],
  );
});

test("an amount is charged in the units of the service, or not at all", () => {
  assert.equal(inServiceUnits(5900, { step: 1, units: 1 }), 5900);
  assert.equal(inServiceUnits(5900, { step: 1, units: 100 }), 590000);
  assert.equal(inServiceUnits(590000, { step: 100, units: 1 }), 5900);
  assert.equal(inServiceUnits(12345, { step: 10, units: 10 }), undefined);
});
