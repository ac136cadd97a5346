// Parts of the payment function that need no shop: signatures, against the values that services publish.
import assert from "node:assert/strict";
import { test } from "node:test";
import { orderOfReturn, signedOrder } from "../../storegen/checkout/card/scripts/returning.mjs";
import { service, signatureOf } from "../../storegen/checkout/card/scripts/services/paytrail.mjs";

const SECRET = "SAIPPUAKAUPPIAS";

// docs.paytrail.com, examples.md (2025-11-21)
test("a request to Paytrail is signed as in its example", async () => {
  const headers = {
    "checkout-account": "375917",
    "checkout-algorithm": "sha256",
    "checkout-method": "POST",
    "checkout-nonce": "564635208570151",
    "checkout-timestamp": "2018-07-06T10:01:31.904Z",
    "content-type": "application/json",
  };
  const body = JSON.stringify({
    stamp: "unique-identifier-for-merchant",
    reference: "3759170",
    amount: 1525,
    currency: "EUR",
    language: "FI",
    items: [{ unitPrice: 1525, units: 1, vatPercentage: 25.5, productCode: "#1234", deliveryDate: "2018-09-01" }],
    customer: { email: "test.customer@example.com" },
    redirectUrls: {
      success: "https://ecom.example.com/cart/success",
      cancel: "https://ecom.example.com/cart/cancel",
    },
  });
  const expected = "9a4a7735279de4c99268e4566a5526ae887e73e6e58f2918cb2309ccac366129";
  assert.equal(await signatureOf(headers, body, SECRET), expected);
});

// docs.paytrail.com, README.md (2025-11-21)
const RETURN =
  "checkout-account=375917&checkout-algorithm=sha256&checkout-amount=2964&checkout-stamp=15336332710015" +
  "&checkout-reference=192387192837195&checkout-transaction-id=4b300af6-9a22-11e8-9184-abb6de7fd2d0" +
  "&checkout-status=ok&checkout-provider=nordea" +
  "&signature=b2d3ecdda2c04563a4638fcade3d4e77dfdc58829b429ad2c2cb422d0fc64080";

test("a buyer who returns from Paytrail has paid if the address is signed", async () => {
  const tools = { secret: () => SECRET, ask: () => assert.fail("nothing is asked") };
  const paid = (query) => service.finish(new URLSearchParams(query), undefined, tools);
  assert.equal(await paid(RETURN), true);
  assert.equal(await paid(`${RETURN}&lang=en`), true);
  assert.equal(await paid(RETURN.replace("2964", "1")), false);
  assert.equal(await paid(RETURN.replace("=ok", "=fail")), false);
  assert.equal(await paid(""), false);
});

test("an order in an address counts only with its signature, and not for ever", async () => {
  const key = "a key of these tests only";
  const order = { id: "3f0c6a30-2d4b-4e0e-8a4e-1f0b4c4d5e6f", total: 5490, currency: "EUR", country: "FI" };
  const text = await signedOrder(order, key, 1000);
  assert.match(text, /^[\w.-]+$/);
  assert.deepEqual(await orderOfReturn(text, key, 2000), order);
  assert.equal(await orderOfReturn(text.replace("5490", "1"), key, 2000), undefined);
  assert.equal(await orderOfReturn(text, "another key of tests", 2000), undefined);
  assert.equal(await orderOfReturn(text, key, 1000 + 4 * 3600000), undefined);
  for (const wrong of ["", "...", `${text}.x`, text.slice(0, -3)])
    assert.equal(await orderOfReturn(wrong, key, 2000), undefined);
});
