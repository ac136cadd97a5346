"""What the payment function asks each service for, and what it does with a buyer who comes back."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from storegen.checkout.card import SERVICES
from storegen.environment import FUNCTION_KEYS, ORDER_KEY
from storegen.errors import ContentError
from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.pressing import Pressed, order, press
from tests.shop import SITE, Shop

SIGNING = "a signing key of these tests only"
ENV = {
    "paypal": {"PAYPAL_CLIENT_ID": "client", "PAYPAL_SECRET": "secret", ORDER_KEY: SIGNING},
    "mollie": {"MOLLIE_KEY": "test_abc"},
    "paytrail": {"PAYTRAIL_ACCOUNT": "375917", "PAYTRAIL_SECRET": "SAIPPUAKAUPPIAS"},
    "toss": {"TOSS_KEY": "test_sk_abc", ORDER_KEY: SIGNING},
    "midtrans": {"MIDTRANS_KEY": "SB-Mid-server-abc"},
}
BUYER = {"name": "Aino Virtanen", "email": "a@b.example", "street": "Katu 1", "postcode": "00100", "city": "Helsinki"}
RING_AND_CLOTH = {"RG-001": 1, "CA-001": 2}


def ended(address: str) -> str:
    """Return the page to which a buyer is led, without what it says about the order."""
    page, _, rest = address.removeprefix("https://shop.example").partition("?")
    return page + "#" * ("#" in rest) + rest.partition("#")[2]


def shop_with(make_shop: MakeShop, service: str, currency: str = "EUR") -> Shop:
    site = SITE.replace("currency: EUR", f"currency: {currency}")
    if currency in {"KRW", "IDR"}:
        site = site.replace("5.90, free_from: 120.00", "3000")
    files = {
        name: text
        for name, text in paid_by("card", "order", more=f"  card: {{service: {service}}}\n").items()
        if not name.startswith(("content/products", "content/guides"))
    }
    whole = currency in {"KRW", "IDR"}
    files["site.yaml"] = str(files["site.yaml"]).replace(SITE, site)
    files["content/products/band.yaml"] = (
        f"name: Plain band\nsku: RG-001\ncategory: rings\nprice: {'49000' if whole else '49.00'}\n"
    )
    files["content/products/cloth.yaml"] = (
        f"name: Cloth\nsku: CA-001\ncategory: care\nprice: {'12000' if whole else '12.00'}\n"
    )
    shop = make_shop(files)
    shop.build()
    return shop


def pressed(shop: Shop, service: str, request: dict[str, Any], answers: dict[str, Any], **env: str) -> Pressed:
    return press(shop, [request], env=ENV[service] | env, answers=answers)


def returns(address: str, more: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the request of a buyer who comes back to an address, with what the service adds."""
    parts = urlsplit(address)
    query = parts.query + ("&" + urlencode(more) if more else "")
    return {"path": f"{parts.path}?{query}", "method": "GET"}


def body(call: Any) -> Any:
    return json.loads(call.body)


def test_every_secret_is_guarded_by_the_build() -> None:
    secrets = {name for service in SERVICES.values() for name in service.secrets}

    assert secrets - {"PAYPAL_CLIENT_ID", "PAYPAL_MODE", "PAYTRAIL_ACCOUNT", ORDER_KEY} == set(FUNCTION_KEYS)


@pytest.mark.parametrize("service", [name for name in ENV if name != "paypal"])
def test_currency_that_a_service_does_not_take_is_a_fault(service: str, make_shop: MakeShop) -> None:
    with pytest.raises(ContentError, match=r"currency: the prices are in RUB, but .+ accepts only") as caught:
        shop_with(make_shop, service, "RUB")
    assert SERVICES[service].title in str(caught.value)


# PayPal -----------------------------------------------------------------------------------------------------

API = "https://api-m.sandbox.paypal.com"
TOKEN = {f"{API}/v1/oauth2/token": {"body": '{"access_token": "t"}'}}
CREATED = {
    "id": "5O1",
    "links": [
        {"rel": "self", "href": "x"},
        {"rel": "payer-action", "href": "https://www.sandbox.paypal.com/checkoutnow?token=5O1"},
    ],
}


def paypal_order(shop: Shop) -> tuple[Any, str]:
    """Return the order that PayPal is asked for, and where the buyer returns."""
    answers = TOKEN | {f"{API}/v2/checkout/orders": {"body": json.dumps(CREATED)}}
    found = pressed(shop, "paypal", order(RING_AND_CLOTH, total=7890, lang="en"), answers)
    assert found.results[0].to == CREATED["links"][1]["href"]  # type: ignore[index]
    sent = body(found.calls[1])
    return sent, sent["payment_source"]["paypal"]["experience_context"]["return_url"]


def test_paypal_is_asked_for_rows_that_add_up(make_shop: MakeShop) -> None:
    sent, back = paypal_order(shop_with(make_shop, "paypal"))
    (unit,) = sent["purchase_units"]

    assert unit["amount"] == {
        "currency_code": "EUR",
        "value": "78.90",
        "breakdown": {
            "item_total": {"currency_code": "EUR", "value": "73.00"},
            "shipping": {"currency_code": "EUR", "value": "5.90"},
        },
    }
    assert [(each["sku"], each["quantity"], each["unit_amount"]["value"]) for each in unit["items"]] == [
        ("RG-001", "1", "49.00"),
        ("CA-001", "2", "12.00"),
    ]
    context = sent["payment_source"]["paypal"]["experience_context"]
    assert (context["user_action"], context["shipping_preference"], context["locale"]) == (
        "PAY_NOW",
        "GET_FROM_FILE",
        "en-US",
    )
    assert context["cancel_url"] == "https://shop.example/cart/"
    assert back.startswith("https://shop.example/api/checkout?lang=en&order=")


@pytest.mark.parametrize(
    ("changes", "captured", "to"),
    [
        ({}, True, "/thanks/"),
        ({"status": "COMPLETED"}, False, "/thanks/"),
        ({"country": "SE"}, False, "/cart/#later"),
        ({"value": "1.00"}, False, "/cart/#later"),
        ({"currency": "USD"}, False, "/cart/#later"),
        ({"id": "another"}, False, "/cart/#later"),
    ],
    ids=["approved", "captured before", "to another country", "another sum", "another currency", "another order"],
)
def test_paypal_is_captured_only_for_the_signed_order(
    changes: dict[str, str],
    captured: bool,  # noqa: FBT001 - a case
    to: str,
    make_shop: MakeShop,
) -> None:
    shop = shop_with(make_shop, "paypal")
    sent, back = paypal_order(shop)
    found = {
        "status": changes.get("status", "APPROVED"),
        "purchase_units": [
            {
                "custom_id": changes.get("id", sent["purchase_units"][0]["custom_id"]),
                "amount": {
                    "currency_code": changes.get("currency", "EUR"),
                    "value": changes.get("value", "78.90"),
                },
                "shipping": {"address": {"country_code": changes.get("country", "FI")}},
            }
        ],
    }
    answers = TOKEN | {
        f"{API}/v2/checkout/orders/5O1": {"body": json.dumps(found)},
        f"{API}/v2/checkout/orders/5O1/capture": {"body": '{"status": "COMPLETED"}'},
    }
    done = pressed(shop, "paypal", returns(back, {"token": "5O1", "PayerID": "P"}), answers)

    assert ended(done.results[0].to) == to
    assert any(call.url.endswith("/capture") for call in done.calls) is captured


@pytest.mark.parametrize("service", ["paypal", "toss"])
def test_return_without_a_signed_order_moves_no_money(service: str, make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, service, "KRW" if service == "toss" else "EUR")
    for query in ({"lang": "en"}, {"lang": "en", "order": "a.1.EUR.FI.9999999999999." + "A" * 43}):
        request = {"path": f"/api/checkout?{urlencode(query | {'token': '5O1', 'paymentKey': 'k'})}", "method": "GET"}
        done = pressed(shop, service, request, {"": {}})

        assert (done.results[0].to, done.calls) == ("/cart/#later", [])


def test_service_that_needs_a_signing_key_is_not_used_without_it(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, "paypal")
    done = pressed(shop, "paypal", order({"RG-001": 1}, total=5490), {"": {}}, **{ORDER_KEY: "short"})

    assert (done.results[0].to, done.calls) == ("/cart/#later", [])


# Services that don't ask for an address ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "currency"), [("mollie", "EUR"), ("paytrail", "EUR"), ("toss", "KRW"), ("midtrans", "IDR")]
)
def test_function_asks_for_the_details_that_the_service_does_not(
    service: str, currency: str, make_shop: MakeShop
) -> None:
    total = {"EUR": 5490, "KRW": 52000, "IDR": 5200000}[currency]
    shop = shop_with(make_shop, service, currency)
    done = pressed(shop, service, order({"RG-001": 1}, total=total, lang="en", name="<b>"), {"": {}})
    page = BeautifulSoup(done.results[0].body, "html.parser")
    fields = {str(each["name"]): each.get("value") for each in page.select("input")}

    assert done.calls == []
    assert page.select_one("form")["action"] == "/api/checkout"  # type: ignore[index]
    assert {name: value for name, value in fields.items() if value} == {
        "line": "RG-001:1",
        "total": str(total),
        "lang": "en",
    }
    assert {name for name, value in fields.items() if not value} == set(BUYER)
    assert len(page.select("label")) == len(BUYER)


def test_mollie_gets_lines_address_and_the_id_for_the_return(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, "mollie")
    page = "https://www.mollie.com/checkout/select-method/tr_1"
    answers = {
        "https://api.mollie.com/v2/payments": {
            "body": json.dumps({"id": "tr_1", "_links": {"checkout": {"href": page}}})
        },
        "https://api.mollie.com/v2/payments/tr_1": {"body": "{}"},
    }
    done = pressed(shop, "mollie", order(RING_AND_CLOTH, total=7890, lang="en", **BUYER), answers)
    sent, patch = (body(call) for call in done.calls)

    assert done.results[0].to == page
    assert sent["amount"] == {"currency": "EUR", "value": "78.90"}
    assert sum(float(line["totalAmount"]["value"]) for line in sent["lines"]) == pytest.approx(78.9)
    assert sent["shippingAddress"]["streetAndNumber"] == "Katu 1"
    assert sent["shippingAddress"]["country"] == "FI"
    assert sent["locale"] == "en_US"
    assert done.calls[1].method == "PATCH"
    query = parse_qs(urlsplit(patch["redirectUrl"]).query)
    assert query == {"lang": ["en"], "id": ["tr_1"]}


@pytest.mark.parametrize(("status", "to"), [("paid", "/thanks/"), ("open", "/thanks/"), ("failed", "/cart/#later")])
def test_buyer_returns_from_mollie_to_the_right_page(status: str, to: str, make_shop: MakeShop) -> None:
    answers = {"https://api.mollie.com/v2/payments/tr_1": {"body": json.dumps({"status": status})}}
    request = returns("https://shop.example/api/checkout?lang=en&id=tr_1")

    assert ended(pressed(shop_with(make_shop, "mollie"), "mollie", request, answers).results[0].to) == to


def test_paytrail_gets_a_signed_request_whose_items_add_up(make_shop: MakeShop) -> None:
    answers = {"https://services.paytrail.com/payments": {"body": '{"href": "https://pay.paytrail.com/pay/1"}'}}
    done = pressed(
        shop_with(make_shop, "paytrail"), "paytrail", order(RING_AND_CLOTH, total=7890, lang="en", **BUYER), answers
    )
    (call,) = done.calls
    sent = body(call)

    assert done.results[0].to == "https://pay.paytrail.com/pay/1"
    assert len(call.headers["signature"]) == 64
    assert call.headers["checkout-account"] == "375917"
    assert (sent["amount"], sent["currency"], sent["language"]) == (7890, "EUR", "EN")
    assert sum(item["unitPrice"] * item["units"] for item in sent["items"]) == 7890
    assert {item["vatPercentage"] for item in sent["items"]} == {25.5}
    assert sent["customer"] == {"email": "a@b.example", "firstName": "Aino", "lastName": "Virtanen"}
    assert sent["deliveryAddress"]["city"] == "Helsinki"


def test_midtrans_gets_whole_rupiah_that_add_up(make_shop: MakeShop) -> None:
    page = "https://app.sandbox.midtrans.com/snap/v4/redirection/x"
    answers = {"https://app.sandbox.midtrans.com/snap/v1/transactions": {"body": json.dumps({"redirect_url": page})}}
    done = pressed(
        shop_with(make_shop, "midtrans", "IDR"), "midtrans", order(RING_AND_CLOTH, total=7600000, **BUYER), answers
    )
    sent = body(done.calls[0])

    assert done.results[0].to == page
    assert sent["transaction_details"]["gross_amount"] == 76000
    assert sum(item["price"] * item["quantity"] for item in sent["item_details"]) == 76000
    assert sent["customer_details"]["shipping_address"]["city"] == "Helsinki"


def test_toss_confirms_only_the_signed_sum(make_shop: MakeShop) -> None:
    shop = shop_with(make_shop, "toss", "KRW")
    api = "https://api.tosspayments.com/v1/payments"
    answers = {api: {"body": '{"checkout": {"url": "https://api.tosspayments.com/v1/payments/k/checkout"}}'}}
    started = pressed(shop, "toss", order(RING_AND_CLOTH, total=76000, **BUYER), answers)
    sent = body(started.calls[0])
    confirmed = {f"{api}/confirm": {"body": '{"status": "DONE"}'}}
    good = returns(sent["successUrl"], {"paymentKey": "k", "orderId": sent["orderId"], "amount": "76000"})
    less = returns(sent["successUrl"], {"paymentKey": "k", "orderId": sent["orderId"], "amount": "1"})
    done = press(shop, [good, less], env=ENV["toss"], answers=confirmed)

    assert (sent["amount"], sent["orderName"]) == (76000, "Plain band (3)")
    assert [ended(each.to) for each in done.results] == ["/thanks/", "/cart/#later"]
    assert [body(call) for call in done.calls] == [{"paymentKey": "k", "orderId": sent["orderId"], "amount": 76000}]
