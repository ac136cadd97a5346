// Whose a parcel's number is: the vectors that tests/tracking/test_tracking.py holds storegen/tracking/ to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { proves } from "../../themes/default/components/parcel/check-digits.mjs";
import { addressOf, clean, meant, misread, recognise } from "../../themes/default/components/parcel/recognising.mjs";

const vectors = JSON.parse(readFileSync(new URL("../vectors/tracking.json", import.meta.url), "utf8"));
const { carriers } = vectors;

for (const { check, number, proves: expected } of vectors.check_digits)
  test(`${check.kind}: ${number}`, () => assert.equal(proves(check, number), expected));

for (const { text, number } of vectors.meant)
  test(`"${text}" means ${number || "nothing"}`, () => assert.equal(meant(text, carriers), number));

for (const { text, carriers: expected, misread: near } of vectors.recognised)
  test(`"${text}" is recognised`, () => {
    const found = recognise(text, carriers).map(({ carrier, proven }) => [carrier.id, proven]);
    assert.deepEqual(found, expected);
    assert.deepEqual(
      misread(text, carriers).map(({ id }) => id),
      near,
    );
  });

for (const text of ["", "abc", "1".repeat(41), "1Z999/../evil", "12345<script>", "number?x=1"])
  test(`"${text}" is no number`, () => assert.equal(clean(text), ""));

test("a number leads to the carrier, to its page where it has no link", () => {
  const [posti] = carriers;
  assert.equal(addressOf(posti, "A-1"), "https://www.posti.fi/en/tracking/A-1");
  assert.equal(addressOf({ ...posti, link: undefined }, "A-1"), posti.page);
  assert.equal(addressOf(posti, ""), posti.page);
});
