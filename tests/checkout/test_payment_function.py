"""The generated payment function, run in Node.js: what it asks the payment service for, and what it refuses."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

import pytest
import stripe.params.checkout._session_create_params as stripe_types

from storegen.build import code_version
from storegen.errors import ContentError, OutputError, RenderError
from storegen.load import load_shop
from storegen.model.clock import Clock
from storegen.model.price import price_of
from storegen.model.product import variants_of
from storegen.model.totals import CartLine, cart_totals
from storegen.views import payment_function
from storegen.views.cart import code_mark
from tests.conftest import FIVE, MakeShop
from tests.paying import paid_by
from tests.pressing import FORM, KEY, PAGE, Call, Pressed, order, press
from tests.shop import NOW, SITE, Shop, tree
from tests.theme.test_scripts import find_node
from tests.typed_requests import faults, nested

OFFERS = {
    "sale": "kind: sale\nname: Ear week\npercent: 20\ncategories: [earrings]\nstarts: 2026-11-20\nends: 2026-11-29\n",
    "spring": "kind: coupon\nname: Spring\npercent: 10\ncode: SPRING10\neverything: yes\n",
    "hello": "kind: first_purchase\nname: Hello\namount: 5.00\ncode: HELLO\nstarts: 2026-11-01\nends: 2026-12-31\n",
    "more": "kind: volume\nname: By the three\nproducts: [polishing-cloth]\ntiers: [{count: 3, percent: 10}]\n",
    "pair": "kind: bundle\nname: A pair\nproducts: [rope-ring, plain-band]\nprice: 100.00\n",
    "cloth": "kind: add_on\nname: Cloth\nproducts: [rope-ring]\nreduced: [polishing-cloth]\npercent: 50\n",
    "gift": "kind: gift\nname: A cloth for you\ngift: polishing-cloth\nmin_total: 250.00\n",
    "try": "kind: sample\nname: Try one\nsamples: [polishing-cloth, ball-studs]\ncode: TRY\n",
    "ship": "kind: free_delivery\nname: We pay the post\ncode: SHIP\n",
}


@pytest.fixture
def paid(make_shop: MakeShop) -> Shop:
    return built(make_shop)


def built(
    make_shop: MakeShop, *, site: tuple[str, str] = ("", ""), more: Mapping[str, str] | None = None, card: str = ""
) -> Shop:
    """Return a built shop with all kinds of offers, paid by card. *site* is a replacement in site.yaml."""
    files = dict(paid_by("card", "order", more=f"  card: {card}\n" if card else ""))
    files["site.yaml"] = str(files["site.yaml"]).replace(*site)
    files |= {f"content/offers/{name}.yaml": text for name, text in OFFERS.items()}
    shop = make_shop(files | dict(more or {}))
    shop.build()
    return shop


def asked(call: Call) -> Any:
    """Return the values of a request to Stripe, checked against Stripe's types."""
    values = nested(call.body)
    assert list(faults(values, stripe_types.SessionCreateParams, stripe_types)) == []
    assert call.headers["stripe-version"] == "2026-10-28.endive"
    assert call.headers["authorization"] == f"Bearer {KEY}"
    return values


def rows(values: Any) -> list[tuple[str, int, int]]:
    """Return the name, the unit price and the number of pieces of each row of a payment."""
    return [
        (
            each["price_data"]["product_data"]["name"],
            int(each["price_data"]["unit_amount"]),
            int(each["quantity"]),
        )
        for each in values["line_items"]
    ]


def delivery(values: Any) -> int:
    (option,) = values["shipping_options"]
    return int(option["shipping_rate_data"]["fixed_amount"]["amount"])


def sum_of(values: Any) -> int:
    return sum(unit * count for _, unit, count in rows(values)) + delivery(values)


def places(pressed: Pressed) -> list[tuple[int, str]]:
    return [(each.status, each.to) for each in pressed.results]


# What is paid -----------------------------------------------------------------------------------------------

BY_KIND: dict[str, tuple[dict[str, int], dict[str, str], int, list[tuple[str, int, int]]]] = {
    "sale": ({"ER-003": 1}, {}, 2910, [("Ball studs", 2320, 1)]),
    "coupon": ({"RG-001": 1}, {"code": "spring10"}, 5000, [("Plain band", 4410, 1)]),
    "first purchase": ({"RG-001": 1}, {"code": "HELLO"}, 4990, [("Plain band", 4400, 1)]),
    "volume": ({"CA-001": 3}, {}, 3830, [("Polishing cloth", 1080, 3)]),
    "bundle": ({"RG-014-16": 1, "RG-001": 1}, {}, 10590, [("Rope ring", 5463, 1), ("Plain band", 4537, 1)]),
    "add-on": ({"RG-014-17": 1, "CA-001": 1}, {}, 7090, [("Rope ring", 5900, 1), ("Polishing cloth", 600, 1)]),
    "gift": ({"RG-001": 6}, {"gift": "gift:CA-001"}, 29400, [("Plain band", 4900, 6), ("Polishing cloth", 0, 1)]),
    "sample": (
        {"RG-001": 1},
        {"code": "TRY", "gift": "try:ER-003"},
        5490,
        [("Plain band", 4900, 1), ("Ball studs", 0, 1)],
    ),
    "free delivery": ({"RG-001": 1}, {"code": "SHIP"}, 4900, [("Plain band", 4900, 1)]),
}


def test_every_kind_of_offer_is_paid_as_the_cart_shows_it(paid: Shop) -> None:
    pressed = press(
        paid,
        [
            order(lines, total=total, lang="en", country="FI", method="post", **more)
            for lines, more, total, _ in BY_KIND.values()
        ],
    )
    found = {name: asked(call) for name, call in zip(BY_KIND, pressed.calls, strict=True)}

    assert places(pressed) == [(303, PAGE)] * len(BY_KIND)
    assert {name: rows(values) for name, values in found.items()} == {name: each[3] for name, each in BY_KIND.items()}
    assert {name: sum_of(values) for name, values in found.items()} == {name: each[2] for name, each in BY_KIND.items()}


def test_payment_says_what_is_sent_where_and_where_the_buyer_returns(paid: Shop) -> None:
    values = asked(press(paid, [order({"RG-014-16": 1, "RG-001": 1}, total=10590, lang="en")]).calls[0])
    ring = values["line_items"][0]["price_data"]["product_data"]
    (option,) = values["shipping_options"]

    assert ring["metadata"] == {"sku": "RG-014-16"}
    assert ring["description"] == "16 · A pair"
    assert option["shipping_rate_data"]["display_name"] == "Post"
    assert values["shipping_address_collection"] == {"allowed_countries": ["FI"]}
    assert values["adaptive_pricing"] == {"enabled": "false"}
    thanks, _, query = str(values["success_url"]).partition("?")
    assert thanks == "https://shop.example/thanks/"
    assert {**parse_qs(query), "session_id": []} == {"session_id": [], "value": ["105.90"], "currency": ["EUR"]}
    assert values["cancel_url"] == "https://shop.example/cart/"
    assert "expires_at" not in values


def test_who_cancels_comes_back_to_the_page_of_the_press(paid: Shop) -> None:
    """An article that was bought without the cart would not be in the cart."""
    pages = ("/products/plain-band/", "/products/rope-ring/?variant=RG-014-16")
    pressed = press(paid, [order({"RG-001": 1}, total=5490, from_=page) for page in pages])

    assert [asked(call)["cancel_url"] for call in pressed.calls] == [f"https://shop.example{page}" for page in pages]


def test_buyer_of_a_copy_at_another_address_comes_back_there(paid: Shop) -> None:
    sent = order({"RG-001": 1}, total=5490)
    here = {**sent["headers"], "origin": "https://my-shop-4x1.pages.dev"}
    there = {**here, "sec-fetch-site": "cross-site"}
    pressed = press(paid, [sent | {"headers": here}, sent | {"headers": there}])

    (call,) = pressed.calls
    assert asked(call)["success_url"].startswith("https://my-shop-4x1.pages.dev/thanks/?")
    assert asked(call)["cancel_url"] == "https://my-shop-4x1.pages.dev/cart/"
    assert pressed.results[1].status == 403


def test_each_press_is_a_payment_of_its_own(paid: Shop) -> None:
    first, second = press(paid, [order({"RG-001": 1}, total=5490)] * 2).calls

    one, other = (asked(call) for call in (first, second))
    assert one.pop("success_url") != other.pop("success_url")  # the page after a payment counts each once
    assert one == other
    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]


def test_download_is_paid_without_an_address(make_shop: MakeShop) -> None:
    cloth = str(FIVE["content/products/polishing-cloth.yaml"])
    shop = built(
        make_shop,
        more={"content/products/pattern.yaml": cloth.replace("CA-001", "PA-001") + "delivery: {digital: yes}\n"},
    )
    values = nested(press(shop, [order({"PA-001": 1}, total=1200)]).calls[0].body)

    assert list(faults(values, stripe_types.SessionCreateParams, stripe_types)) == []
    assert "shipping_address_collection" not in values
    assert "shipping_options" not in values


def test_form_without_scripts_buys_one_piece_at_the_price_shown(paid: Shop) -> None:
    page = paid.html("products/plain-band/index.html").select_one("product-buy script[data-part=data]")
    assert page is not None
    buy = json.loads(page.string or "")["variants"][0]["buy"]
    fields = dict(buy["post"])
    line, price = fields.pop("line"), fields.pop("price")
    pressed = press(paid, [order({"RG-001": 1}, price=price, **fields), order({"RG-001": 1}, price=1, **fields)])

    assert buy["action"] == "/api/checkout"
    assert "href" not in buy
    assert line == "RG-001:1"
    assert rows(asked(pressed.calls[0])) == [("Plain band", 4900, 1)]
    assert delivery(asked(pressed.calls[0])) == 590
    assert asked(pressed.calls[0])["cancel_url"] == "https://shop.example/products/plain-band/"
    assert len(pressed.calls) == 1
    assert pressed.results[1].status == 409
    assert "The price has changed" in pressed.results[1].body
    assert 'href="/products/plain-band/"' in pressed.results[1].body


@pytest.mark.parametrize(
    ("currency", "price", "post", "total", "units"),
    [
        ("JPY", "4900", "590", 5490, 5490),
        ("ISK", "4900", "590", 5490, 549000),
        ("IDR", "49000", "5900", 5490000, 5490000),
        ("KWD", "4.900", "0.590", 5490, 5490),
    ],
)
def test_amounts_are_in_the_units_of_the_service(
    currency: str, price: str, post: str, total: int, units: int, make_shop: MakeShop
) -> None:
    files = dict(paid_by("card"))
    site = SITE.replace("currency: EUR", f"currency: {currency}").replace("5.90, free_from: 120.00", post)
    files["site.yaml"] = str(files["site.yaml"]).replace(SITE, site)
    files = {name: text for name, text in files.items() if not name.startswith("content/products/")}
    files["content/products/band.yaml"] = f"name: Band\nsku: RG-001\ncategory: rings\nprice: {price}\n"
    files["content/guides/ring-size.md"] = "---\ntitle: Size\ndate: 2026-11-01\n---\nPaper.\n"
    shop = make_shop(files)
    shop.build()
    values = asked(press(shop, [order({"RG-001": 1}, total=total)]).calls[0])

    assert sum_of(values) == units
    assert {each["price_data"]["currency"] for each in values["line_items"]} == {currency.lower()}


def test_reduced_price_can_be_charged_in_currencies_of_three_decimals(make_shop: MakeShop) -> None:
    files = dict(paid_by("card", "order"))
    site = str(files["site.yaml"]).replace("currency: EUR", "currency: KWD").replace(", price: 5.90", "")
    files["site.yaml"] = site.replace("free_from: 120.00", "price: 0.500")
    files = {name: text for name, text in files.items() if not name.startswith(("content/products/", "content/guides"))}
    for name, price in {"band": "4.750", "pin": "1.255"}.items():
        files[f"content/products/{name}.yaml"] = f"name: {name}\nsku: {name}\ncategory: rings\nprice: {price}\n"
    files["content/offers/spring.yaml"] = OFFERS["spring"].replace("percent: 10", "percent: 15")
    shop = make_shop(files)
    warnings = shop.build().warnings
    lines = [request | {"code": "SPRING10"} for request in ({"total": 4540}, {"total": 4537})]
    pressed = press(shop, [order({"band": 1}, **line) for line in lines])

    # 4.750 less 15 percent, rounded to 0.710, and the delivery.
    assert places(pressed) == [(303, PAGE), (303, "/cart/#changed")]
    assert sum_of(asked(pressed.calls[0])) == 4540
    assert [str(each) for each in warnings if "0.010" in str(each)] == [
        "Stripe charges steps of 0.010 KWD, not the price of 1 of 2 articles (pin: 1.255), so they are sold by e-mail: give it a price that is a multiple of 0.010"
    ]


def test_hundred_lines_are_paid_and_one_more_is_refused(make_shop: MakeShop) -> None:
    more = {
        f"content/products/pin-{number}.yaml": f"name: Pin {number}\nsku: PIN-{number}\ncategory: care\nprice: 1.00\n"
        for number in range(101)
    }
    shop = built(make_shop, more=more)
    whole = {f"PIN-{number}": 3 for number in range(101)}
    hundred = dict(list(whole.items())[:100])
    pressed = press(
        shop,
        [
            order(hundred, total=30000, code="SPRING10"),
            order(hundred, total=27000, code="SPRING10"),
            order(whole, total=30300),
        ],
    )
    values = asked(pressed.calls[0])

    assert places(pressed) == [(303, "/cart/#changed"), (303, PAGE), (400, "")]
    assert len(values["line_items"]) <= 100
    assert sum_of(values) == 27000


def test_random_carts_cost_in_the_function_what_they_cost_in_python(paid: Shop) -> None:
    configs, store = load_shop(paid.folder)
    clock = Clock(NOW)
    pricing = store.home.pricing(clock)
    sold = [(product, variant) for product in store.home.products.values() for variant in variants_of(product)]
    offers = [offer for offer in store.offers if offer.kind != "sale"]
    (method,) = configs["en"].delivery.methods
    dice = random.Random(7)
    requests, expected = [], []
    for _ in range(300):
        chosen = [(each, dice.randint(1, 4)) for each in dice.sample(sold, dice.randint(1, len(sold)))]
        code = dice.choice(["", "SPRING10", "HELLO", "TRY", "SHIP", "NOPE"])
        lines = [
            CartLine(
                product=product.id,
                price=price_of(product, variant, pricing).now,
                count=count,
                offers=frozenset(offer.id for offer in offers if offer.kind != "bundle" and offer.covers(product)),
            )
            for (product, variant), count in chosen
        ]
        totals = cart_totals(lines, offers, clock, code=code)
        free = totals.free_delivery or totals.total.amount >= Decimal(method.free_from or 0)
        total = totals.total.amount + (0 if free else Decimal(method.price or 0))
        counts = {variant.sku: count for (_, variant), count in chosen}
        in_stock = all(variant.stock is None or count <= variant.stock for (_, variant), count in chosen)
        requests.append(order(counts, total=int(total * 100), code=code))
        expected.append(int(total * 100) if in_stock else 0)
    pressed = press(paid, requests)
    payments = iter(pressed.calls)
    found = [sum_of(asked(next(payments))) if to == PAGE else 0 for _, to in places(pressed)]

    assert found == expected
    assert expected.count(0) < 250


# Delivery ---------------------------------------------------------------------------------------------------

ISLANDS = (
    "days: 1-3, countries: [FI]}",
    "days: 1-3, countries: [FI], max_weight: 1 kg, surcharges: [{postcodes: [22*], price: 4.00, name: Islands}]}",
)


def test_surcharge_of_a_postcode_is_charged(make_shop: MakeShop) -> None:
    shop = built(make_shop, site=ISLANDS)
    band = {"RG-001": 1}
    pressed = press(
        shop,
        [
            order(band, total=5890, postcode="22 100"),
            order(band, total=5490, postcode="22 100"),
            order(band, total=5490, postcode="00100"),
        ],
    )

    assert [to for _, to in places(pressed)] == [PAGE, "/cart/#changed", PAGE]
    assert [delivery(asked(call)) for call in pressed.calls] == [990, 590]


def test_postcode_is_asked_where_the_page_could_not(make_shop: MakeShop) -> None:
    shop = built(make_shop, site=ISLANDS)
    pressed = press(shop, [order({"RG-001": 1}, price=4900), order({"RG-001": 1}, price=4900, postcode="22100")])
    asking, done = pressed.results

    assert (asking.status, done.to) == (200, PAGE)
    assert 'name="postcode"' in asking.body
    assert "Postcode" in asking.body
    assert delivery(asked(pressed.calls[0])) == 990
    assert len(pressed.calls) == 1


def test_parcel_that_is_too_heavy_is_not_charged(make_shop: MakeShop) -> None:
    heavy = "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\nweight: 600 g\n"
    shop = built(make_shop, site=ISLANDS, more={"content/products/plain-band.yaml": heavy})
    pressed = press(
        shop, [order({"RG-001": count}, total=total, postcode="1") for count, total in ((1, 5490), (2, 10390))]
    )

    assert [to for _, to in places(pressed)] == [PAGE, "/cart/#changed"]


# Time -------------------------------------------------------------------------------------------------------


def test_sale_ends_by_the_functions_clock(paid: Shop) -> None:
    studs = {"ER-003": 1}
    at = {"before": "2026-11-29T21:59:59Z", "after": "2026-11-29T22:00:00Z"}
    pressed = press(
        paid,
        [order(studs, total=total) | {"at": moment} for moment in at.values() for total in (2910, 3490)],
    )

    assert [to for _, to in places(pressed)] == [PAGE, "/cart/#changed", "/cart/#changed", PAGE]
    assert [sum_of(asked(call)) for call in pressed.calls] == [2910, 3490]
    # On the last day of a sale, the payment page closes after about half an hour (Stripe: at least 30 minutes).
    assert [int(asked(call).get("expires_at", 0)) for call in pressed.calls] == [1795989599 + 31 * 60, 0]


def test_sale_starts_by_the_functions_clock(make_shop: MakeShop) -> None:
    later = "kind: sale\nname: Night\npercent: 50\nproducts: [plain-band]\nstarts: 2026-12-05\nends: 2026-12-05\n"
    shop = built(make_shop, more={"content/offers/night.yaml": later})
    moments = ["2026-12-04T21:59:59Z", "2026-12-04T22:00:00Z", "2026-12-05T21:59:59Z", "2026-12-05T22:00:00Z"]
    pressed = press(
        shop, [order({"RG-001": 1}, total=total) | {"at": moment} for moment in moments for total in (5490, 3040)]
    )
    paid, changed = PAGE, "/cart/#changed"

    assert [to for _, to in places(pressed)] == [paid, changed, changed, paid, changed, paid, paid, changed]
    assert [sum_of(asked(call)) for call in pressed.calls] == [5490, 3040, 3040, 5490]


def test_code_of_an_offer_that_ended_changes_nothing(paid: Shop) -> None:
    ended = order({"RG-001": 1}, total=4990, code="HELLO") | {"at": "2027-01-02T00:00:00Z"}

    assert places(press(paid, [ended])) == [(303, "/cart/#changed")]


# What is refused --------------------------------------------------------------------------------------------


def raw(body: str = "", method: str = "POST", **headers: str) -> dict[str, Any]:
    given = FORM | {name.replace("_", "-"): value for name, value in headers.items()}
    return {"path": "/api/checkout", "method": method, "headers": given, "body": body}


GOOD = "line=RG-001:1&total=5490&lang=en"
ATTACKS: dict[str, tuple[dict[str, Any], int, str]] = {
    "another total": (order({"RG-001": 1}, total=1), 303, "/cart/#changed"),
    "a price of its own": (order({"RG-001": 1}, total=690, unit=100, amount=100), 303, "/cart/#changed"),
    "an unknown article": (order({"RG-999": 1}, total=590), 303, "/cart/#changed"),
    "a prototype's key": (order({"__proto__": 1}, total=590), 303, "/cart/#changed"),
    "a constructor": (order({"constructor": 1}, total=590), 303, "/cart/#changed"),
    "more than there are": (order({"RG-001": 10}, total=49000), 303, "/cart/#changed"),
    "another country": (order({"RG-001": 1}, total=5490, country="SE"), 303, "/cart/#changed"),
    "another method": (order({"RG-001": 1}, total=5490, method="drone"), 303, "/cart/#changed"),
    "a gift that is none": (order({"RG-001": 1}, total=5490, gift="gift:CA-001"), 303, "/cart/#changed"),
    "an unknown code": (order({"RG-001": 1}, total=5000, code="NOPE"), 303, "/cart/#changed"),
    "no piece": (order({"RG-001": 0}, total=590), 400, ""),
    "less than a piece": (order({"RG-001": -1}, total=590), 400, ""),
    "a billion pieces": (order({"RG-001": 10**9}, total=590), 400, ""),
    "a part of a piece": (order({"RG-001": 1.5}, total=590), 400, ""),
    "not a number": (order({"RG-001": "NaN"}, total=590), 400, ""),
    "a number with an exponent": (order({"RG-001": "1e9"}, total=590), 400, ""),
    "a number in another form": (order({"RG-001": "0x1"}, total=590), 400, ""),
    "an article twice": (raw("line=RG-001:1&line=RG-001:2&total=5490"), 400, ""),
    "two totals": (raw(f"{GOOD}&total=1"), 400, ""),
    "no total": (raw("line=RG-001:1&lang=en"), 400, ""),
    "a total and a price": (raw(f"{GOOD}&price=4900"), 400, ""),
    "a total that is none": (order({"RG-001": 1}, total="5490e0"), 400, ""),
    "nothing": (raw(""), 400, ""),
    "an unknown language": (order({"RG-001": 1}, total=5490, lang="xx"), 400, ""),
    "a language of a prototype": (order({"RG-001": 1}, total=5490, lang="toString"), 400, ""),
    "an unknown market": (order({"RG-001": 1}, total=5490, lang="en", market="SE"), 400, ""),
    "another site": (raw(GOOD, sec_fetch_site="cross-site", origin="https://evil.example"), 403, ""),
    "another site in an old browser": (
        {**raw(GOOD), "headers": {"content-type": FORM["content-type"], "origin": "https://evil.example"}},
        403,
        "",
    ),
    "a sandbox": (raw(GOOD, sec_fetch_site="cross-site", origin="null"), 403, ""),
    "a page without an origin": (raw(GOOD, sec_fetch_site="cross-site"), 403, ""),
    "a huge body": (raw(f"{GOOD}&code={'x' * 40000}"), 413, ""),
    "JSON": (raw('{"line": "RG-001:1"}', content_type="application/json"), 415, ""),
    "a file": (raw(GOOD, content_type="multipart/form-data; boundary=x"), 415, ""),
    "another method of HTTP": (raw(GOOD, method="PUT"), 405, ""),
}


def test_no_wrong_order_is_charged_and_each_has_a_clear_answer(paid: Shop) -> None:
    pressed = press(paid, [request for request, _, _ in ATTACKS.values()])

    assert dict(zip(ATTACKS, places(pressed), strict=True)) == {
        name: (status, to) for name, (_, status, to) in ATTACKS.items()
    }
    assert pressed.calls == []
    for each in pressed.results:
        if each.status != 303:
            assert "Nothing was charged" in each.body
            assert 'href="/cart/"' in each.body
            assert each.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("newer", ["function", "pages"])
def test_page_and_function_of_two_builds_never_charge_another_sum(newer: str, paid: Shop) -> None:
    """An old page is open while a new build is published, or only a half of an upload has arrived."""
    old = (paid.output / "_worker.js").read_bytes()
    paid.edit("content/products/plain-band.yaml", "49.00", "59.00")
    paid.remove("content/products/polishing-cloth.yaml")
    for name in ("cloth", "gift", "more", "try"):  # the offers of the article that is gone
        paid.remove(f"content/offers/{name}.yaml")
    paid.build()
    if newer == "pages":
        (paid.output / "_worker.js").write_bytes(old)
    shown = 4900 if newer == "function" else 5900
    sent = [
        order({"RG-001": 1}, total=shown + 590, build="an-other-build"),
        order({"RG-001": 1}, price=shown),
        order({"RG-001": 1, "CA-001": 1}, total=shown + 1200 + 590),
    ]
    pressed = press(paid, sent)

    assert places(pressed) == [(303, "/cart/#changed"), (409, ""), (303, "/cart/#changed")]
    assert pressed.calls == []


def test_page_that_answers_never_repeats_what_was_sent(paid: Shop) -> None:
    evil = "javascript:alert(1)"
    sent = [
        order({"RG-001": 1}, price=1, from_=place)
        for place in (
            "//evil.example/",
            "/\\evil.example",
            "https://evil.example/",
            evil,
            '/"><script>',
            "/a/?b",
            '/?variant="><script>',
        )
    ]
    pressed = press(paid, sent)

    assert {each.status for each in pressed.results} == {409}
    assert not [each.body for each in pressed.results if "evil" in each.body or "<script" in each.body]


@pytest.mark.parametrize(
    ("env", "answer"),
    [
        ({}, {}),
        ({"STRIPE_KEY": "REPLACE-ME"}, {}),
        ({"STRIPE_KEY": KEY}, {"fails": True}),
        ({"STRIPE_KEY": KEY}, {"status": 401, "body": json.dumps({"error": {"message": f"Invalid API Key: {KEY}"}})}),
        ({"STRIPE_KEY": KEY}, {"status": 200, "body": "<html>"}),
        ({"STRIPE_KEY": KEY}, {"status": 200, "body": "{}"}),
        ({"STRIPE_KEY": KEY}, {"status": 200, "body": '{"url": "javascript:alert(1)"}'}),
    ],
    ids=["no key", "no real key", "no connection", "refused", "no answer of the service", "no page", "no address"],
)
def test_without_a_payment_page_the_cart_offers_the_other_ways(
    env: dict[str, str], answer: dict[str, Any], paid: Shop
) -> None:
    pressed = press(
        paid, [order({"RG-001": 1}, total=5490), order({"RG-001": 1}, price=4900)], env=env, answers={"": answer}
    )

    assert places(pressed) == [(303, "/cart/#later"), (503, "")]
    assert "Payment is not possible right now" in pressed.results[1].body
    assert KEY not in "".join((*pressed.log, *(each.body for each in pressed.results)))


# What it tells ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "mode"), [("rk_test_a", "test"), ("sk_live_a", "live"), ("", "none"), ("pk_live_a", "none")]
)
def test_function_tells_its_build_and_the_mode_of_its_key(key: str, mode: str, paid: Shop) -> None:
    get = {"path": "/api/checkout", "method": "GET"}
    (answer,) = press(paid, [get], env={"STRIPE_KEY": key}).results
    told = json.loads(answer.body)

    assert told.items() >= {"mode": mode, "service": "stripe"}.items()
    assert f'"build":"{told["build"]}"' in paid.text("_worker.js")


def test_function_passes_on_every_other_path(paid: Shop) -> None:
    other = {"path": "/checkout/prices/00.json", "method": "GET"}

    assert [each.body for each in press(paid, [other], files={"/checkout/prices/00.json": "{}"}).results] == ["{}"]


def test_key_in_the_environment_reaches_no_file(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_KEY", "not-in-stripes-format-1")
    shop = built(make_shop)

    assert [path for path in shop.folder.rglob("*") if path.is_file() and b"not-in-stripes" in path.read_bytes()] == []
    shop.edit(
        "content/products/plain-band.yaml", "name: Plain band\n", "name: Plain band\nsummary: not-in-stripes-format-1\n"
    )
    with pytest.raises(RenderError, match="a secret key would reach the output"):
        shop.build()


def test_codes_are_in_the_function_only_as_digests(make_shop: MakeShop) -> None:
    text = built(make_shop, more={"content/offers/secret.yaml": OFFERS["spring"].replace("SPRING10", "Wintermorgen")})

    assert "wintermorgen" not in text.text("_worker.js").lower()
    assert code_mark("wintermorgen") in text.text("_worker.js")


# Long price lists -------------------------------------------------------------------------------------------


# The time of the fastest of several runs in milliseconds, since other programs may run at the same time.
PARSE = r"""
import { readFileSync } from "node:fs";
const { text } = JSON.parse(readFileSync(0, "utf8"));
const times = Array.from({ length: 9 }, () => {
  const start = performance.now();
  JSON.parse(text);
  return performance.now() - start;
});
console.log(Math.min(...times));
"""


def test_two_thousand_articles_with_prices_of_their_own_fit_into_the_module(make_shop: MakeShop) -> None:
    sizes, metals = (16, 17, 18, 19), ("polished", "matt")
    more: dict[str, str] = {}
    for number in range(250):
        variants = ", ".join(
            f"{{sku: R-{number}-{size}-{metal}, options: {{Size: {size}, Metal: {metal}}}, price: {number + size}.{place}0}}"
            for size in sizes
            for place, metal in enumerate(metals)
        )
        more[f"content/products/ring-{number}.yaml"] = (
            f"name: Ring of silver number {number}\ncategory: earrings\nweight: 12 g\n"
            f"options: {{Size: [16, 17, 18, 19], Metal: [polished, matt]}}\nvariants: [{variants}]\n"
        )
    module = built(make_shop, more=more).text("_worker.js")
    prices = module.partition("const PRICES = JSON.parse('")[2].partition("');\n")[0]
    done = subprocess.run(
        [find_node(), "--input-type=module", "--eval", PARSE],
        input=json.dumps({"text": prices}),
        capture_output=True,
        text=True,
        check=True,
    )

    # All of them are in a sale, so each has two prices.
    assert prices.count('"then":') > 2000
    assert len(module) <= 200_000
    assert float(done.stdout) <= 5


@pytest.fixture
def parted(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(payment_function, "EMBEDDED", 3)
    return built(make_shop)


def test_long_price_list_is_read_from_files_of_the_same_build(parted: Shop) -> None:
    lines = dict.fromkeys(("RG-014-16", "RG-001", "ER-002", "CA-001"), 1)
    pressed = press(parted, [order(lines, total=14200)])

    assert "RG-014-16" not in parted.text("_worker.js")
    assert len(list((parted.output / "checkout/prices").iterdir())) == 2
    assert places(pressed) == [(303, PAGE)]
    assert sum_of(asked(pressed.calls[0])) == 14200


@pytest.mark.parametrize("how", ["changed", "missing", "older"])
def test_price_list_of_another_build_is_refused(how: str, parted: Shop) -> None:
    files = {
        f"/checkout/prices/{number}.json": parted.text(f"checkout/prices/{number}.json") for number in ("00", "01")
    }
    if how == "changed":
        files = {name: text.replace("4900", "1900") for name, text in files.items()}
    elif how == "missing":
        files = {}
    else:
        parted.edit("content/products/plain-band.yaml", "49.00", "59.00")
        parted.build()
    pressed = press(
        parted, [order({"RG-001": 1}, total=total) for total in (2490, 5490, 6490)], files=files or {"/": ""}
    )

    assert {to for _, to in places(pressed)} == {"/cart/#later"}
    assert pressed.calls == []
    assert "publish the whole output once more" in pressed.log[0]


# Builds -----------------------------------------------------------------------------------------------------

HOSTS = {
    "cloudflare": "output/_worker.js",
    "netlify": "netlify/functions/checkout.mjs",
    "vercel": "api/checkout.mjs",
    "deno": "function/main.mjs",
    "lambda": "function/index.mjs",
    "node": "function/server.mjs",
}


@pytest.mark.parametrize("host", HOSTS)
def test_function_for_every_host_answers(host: str, make_shop: MakeShop) -> None:
    shop = built(make_shop, card=f"{{host: {host}}}")
    found = [file for file in HOSTS.values() if (shop.folder / file).exists()]
    pressed = press(shop, [order({"RG-001": 1}, total=5490), {"path": "/api/other", "method": "GET"}])

    assert found == [HOSTS[host]]
    assert places(pressed) == [(303, PAGE), (404, "")]


def test_netlify_finds_the_path_in_the_text(make_shop: MakeShop) -> None:
    shop = built(make_shop, card="{host: netlify, path: /pay/now}")

    assert (
        (shop.folder / "netlify/functions/now.mjs")
        .read_text()
        .endswith('export const config = { path: "/pay/now" };\n')
    )


def test_change_of_the_functions_code_counts_as_a_change_of_storegen() -> None:
    assert {"handler.mjs", "stripe.mjs", "cloudflare.mjs"} <= {file.name for file in code_version._code()}


def test_another_host_gets_the_function_and_the_former_place_is_empty(make_shop: MakeShop) -> None:
    shop = built(make_shop, card="{host: netlify}")
    shop.edit("site.yaml", "host: netlify", "host: vercel")
    report = shop.build()

    assert not (shop.folder / "netlify").exists()
    assert (shop.folder / "api/checkout.mjs").exists()
    assert "checkout.mjs" in report.removed
    shop.edit("site.yaml", "[card, order]", "[order]")
    shop.build()
    assert not (shop.folder / "api").exists()


def test_files_of_the_merchant_beside_the_function_stay(make_shop: MakeShop) -> None:
    shop = built(make_shop, card="{host: vercel}")
    shop.write("api/hello.js", "export default 1\n")
    shop.edit("site.yaml", "[card, order]", "[order]")
    shop.build()

    assert [file.name for file in (shop.folder / "api").iterdir()] == ["hello.js"]


def test_function_of_the_merchant_is_not_replaced(make_shop: MakeShop) -> None:
    with pytest.raises(OutputError, match=r"no build of this shop wrote: checkout\.mjs"):
        built(make_shop, card="{host: vercel}", more={"api/checkout.mjs": "export default 1\n"})


def test_deleted_function_is_written_again(make_shop: MakeShop) -> None:
    shop = built(make_shop, card="{host: node}")
    before = (shop.folder / "function/server.mjs").read_bytes()
    (shop.folder / "function/server.mjs").unlink()
    shop.build()

    assert (shop.folder / "function/server.mjs").read_bytes() == before


def test_changed_price_changes_the_function_as_a_clean_build_does(paid: Shop) -> None:
    paid.edit("content/products/plain-band.yaml", "49.00", "50.00")
    paid.build()
    changed = paid.text("_worker.js")
    paid.build(clean=True)

    assert '"price":5000' in changed
    assert changed == paid.text("_worker.js")


def test_shop_without_the_provider_has_no_function(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()

    assert not [name for name in tree(shop.output) if "_worker" in name or "_routes" in name]


def _faults(make_shop: MakeShop, **changes: Any) -> Iterator[str]:
    with pytest.raises(ContentError) as caught:
        built(make_shop, **changes)
    yield from map(str, caught.value.problems)


def test_settings_that_no_payment_can_have_are_refused(make_shop: MakeShop) -> None:
    untaxed = ("tax: {rates", "tax: {included: no, rates")

    assert [each for each in _faults(make_shop, site=untaxed) if "tax" in each] == [
        "site.yaml:6: tax.included: Stripe charges the total that the page shows, and prices without tax are not the total; write prices with tax and included: yes, or remove card from checkout.provider"
    ]
