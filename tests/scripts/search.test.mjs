// Texts to terms: the vectors that tests/search/test_search.py holds storegen/search/terms.py to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
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
