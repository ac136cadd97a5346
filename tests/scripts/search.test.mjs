// Texts to terms: the vectors that tests/search/test_search.py holds storegen/search/terms.py to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { only } from "../../themes/default/components/filters/matching.mjs";
import { distance } from "../../themes/default/components/search/edit-distance.mjs";
import { parts, wordsOf } from "../../themes/default/components/search/terms.mjs";

const vectors = JSON.parse(readFileSync(new URL("../vectors/terms.json", import.meta.url), "utf8"));

for (const { text, words } of vectors.words)
  test(`the words of "${text}"`, () => assert.deepEqual(wordsOf(text), words));

test("a text has parts as it is written", () => assert.deepEqual(parts("Köysi-Ring, 17"), ["Köysi", "Ring", "17"]));

for (const [one, other, expected] of [
  ["ring", "ring", 0],
  ["ring", "rng", 1],
  ["ring", "rinng", 1],
  ["ring", "rung", 1],
  ["ring", "rign", 1],
  ["ring", "chain", 4],
  ["", "ring", 4],
])
  test(`from "${one}" to "${other}"`, () => assert.equal(distance(one, other), expected));

test("the facts of some products are in their order", () => {
  const data = {
    facets: [
      {
        key: "brand",
        values: ["a", "b"],
        has: [
          [0, 2],
          [1, 2],
        ],
      },
      { key: "weight", values: ["", ""], bounds: [2], numbers: [1, 2, 3, null] },
    ],
    had: { 1: [[0], [[0]], "1"], 2: [[0], [[1]], "2"] },
    price: [1, 2, 3, 4],
    rating: [10, 20, 30, 40],
    added: ["", "b", "", "d"],
    sales: [0, 1, 2, 3],
    later: { 3: [[5, 6, true]] },
  };
  assert.deepEqual(only(/** @type {any} */ (data), [3, 1]), {
    facets: [
      { key: "brand", values: ["a", "b"], has: [[], [0, 1]] },
      { key: "weight", values: ["", ""], bounds: [2], numbers: [null, 2] },
    ],
    had: { 1: [[0], [[0]], "1"] },
    price: [4, 2],
    rating: [40, 20],
    added: ["d", "b"],
    sales: [3, 1],
    later: { 0: [[5, 6, true]] },
  });
});
