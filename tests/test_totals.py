"""What a cart costs: the rules in Python, and the same in the browser."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from storegen.fields import make_record
from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.money import Money, rounded
from storegen.model.offer import Offer
from storegen.model.totals import CartLine, Totals, cart_totals
from storegen.views.around import decimals_of
from storegen.views.cart import cart_method, code_mark
from tests.browser import hosted
from tests.conftest import MakeShop
from tests.shop import SITE

THEME = Path(__file__).parents[1] / "themes/default"
SCRIPTS = ("scripts/10-shop.js", "scripts/20-own-cart.js", "components/cart/cart.lazy.js")
CURRENCIES = ["EUR", "JPY", "KWD", "HUF", "IDR", "IQD", "RSD"]
NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def offer(name: str, kind: str, **fields: Any) -> Offer:
    made: Offer = make_record({"id": name, "file": "", "name": name, "kind": kind, **fields}, Offer, dt.UTC)
    return made


def line(product: str, price: str, count: int, *offers: str, currency: str = "EUR") -> CartLine:
    return CartLine(product, Money(Decimal(price), currency), count, frozenset(offers))


def total(lines: list[CartLine], *offers: Offer, code: str = "") -> tuple[str, dict[str, str]]:
    found = cart_totals(lines, offers, Clock(NOW), code=code)
    return str(found.total.amount), {name: str(money.amount) for name, money in found.reductions}


def test_bundle_counts_as_often_as_it_is_whole() -> None:
    pair = offer("pair", "bundle", products=["ring", "chain"], percent="10")
    set_price = offer("pair", "bundle", products=["ring", "chain"], price="80.00")
    lines = [line("ring", "59.00", 3), line("chain", "41.00", 2)]

    assert total(lines, pair) == ("239.00", {"pair": "20.00"})
    assert total(lines, set_price) == ("219.00", {"pair": "40.00"})
    assert total(lines[:1], pair) == ("177.00", {})


def test_add_on_is_cheaper_once_for_each_thing_bought() -> None:
    cloth = offer("cloth", "add_on", products=["ring"], reduced=["cloth"], percent="30")
    lines = [line("ring", "59.00", 1, "cloth"), line("cloth", "12.00", 2)]

    assert total(lines, cloth) == ("79.40", {"cloth": "3.60"})


def test_volume_price_counts_all_variants_of_a_product() -> None:
    more = offer(
        "more", "volume", products=["ring"], tiers=[{"count": "3", "percent": "10"}, {"count": "5", "percent": "15"}]
    )
    two, three = line("ring", "59.00", 2, "more"), line("ring", "49.00", 3, "more")

    assert total([two], more) == ("118.00", {})
    assert total([three], more) == ("132.30", {"more": "14.70"})
    assert total([two, three], more) == ("225.25", {"more": "39.75"})


def test_code_counts_on_what_no_other_offer_reduced() -> None:
    pair = offer("pair", "bundle", products=["ring", "chain"], percent="10")
    ten = offer("ten", "coupon", percent="10", code="Ten", everything="yes")
    lines = [line("ring", "59.00", 2, "ten"), line("chain", "41.00", 1, "ten")]

    assert total(lines, pair, ten, code=" tEN ") == ("143.10", {"pair": "10.00", "ten": "5.90"})
    assert total(lines, pair, ten, code="twenty") == ("149.00", {"pair": "10.00"})


def test_code_waits_for_its_sum_and_takes_no_more_than_there_is() -> None:
    big = offer("big", "coupon", amount="50.00", code="BIG", min_total="40.00")

    assert total([line("ring", "39.00", 1, "big")], big, code="BIG") == ("39.00", {})
    assert total([line("ring", "45.00", 1, "big")], big, code="BIG") == ("0.00", {"big": "45.00"})


def test_gift_and_free_delivery_come_with_the_sum() -> None:
    pouch = offer("pouch", "gift", gift="pouch", min_total="100.00")
    sent = offer("sent", "free_delivery", min_count="2")
    few = cart_totals([line("ring", "59.00", 1, "pouch", "sent")], (pouch, sent), Clock(NOW))
    many = cart_totals([line("ring", "59.00", 2, "pouch", "sent")], (pouch, sent), Clock(NOW))

    assert (few.free, few.free_delivery) == ((), False)
    assert (many.free, many.free_delivery) == (("pouch",), True)


@pytest.mark.parametrize(
    ("starts", "ends", "runs"),
    [
        ("2026-12-01 12:00Z", "2026-12-02", True),
        ("2026-12-01 12:00:01Z", "2026-12-02", False),
        ("2026-11-01", "2026-12-01 12:00Z", False),
    ],
)
def test_offer_counts_in_its_time_only(starts: str, ends: str, runs: bool) -> None:  # noqa: FBT001
    pair = offer("pair", "bundle", products=["ring", "chain"], amount="5.00", starts=starts, ends=ends)

    assert total([line("ring", "9.00", 1), line("chain", "9.00", 1)], pair)[0] == ("13.00" if runs else "18.00")


# Any cart and any offers ------------------------------------------------------------------------------------

PRODUCTS = ("a", "b", "c", "d")
_names = st.lists(st.sampled_from(PRODUCTS), min_size=2, max_size=3, unique=True)
_percents = st.sampled_from(["1", "7.5", "10", "12.345", "33.3", "99", "100"])
_sums = st.integers(1, 20_000)


def _amount(number: int, currency: str) -> str:
    return str(rounded(Money(Decimal(number) / 100, currency)).amount)


@st.composite
def carts(draw: st.DrawFn) -> tuple[list[CartLine], list[Offer], str]:
    """Draw a cart, some offers and a typed code."""
    currency = draw(st.sampled_from(CURRENCIES))
    factor = 100_000 if currency == "IDR" else 1
    offers: list[Offer] = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["bundle", "add_on", "volume", "coupon", "free_delivery", "gift"]))
        off = draw(
            st.builds(lambda percent: {"percent": percent}, _percents)
            | st.builds(lambda number: {"amount": _amount(number, currency)}, _sums)
        )
        price = {"price": _amount(draw(_sums) * factor, currency)}
        fields: dict[str, Any] = {
            "bundle": {"products": draw(_names), **draw(st.sampled_from([off, price]))},
            "add_on": {"everything": "yes", "reduced": draw(_names), **off},
            "volume": {"everything": "yes", "tiers": draw(st.sampled_from([[(2, 5)], [(2, 10), (3, 12.5), (4, 50)]]))},
            "coupon": {"code": draw(st.sampled_from(["X", "y"])), **off},
            "free_delivery": {},
            "gift": {"gift": "a"},
        }[kind]
        if "tiers" in fields:
            fields["tiers"] = [{"count": str(count), "percent": str(percent)} for count, percent in fields["tiers"]]
        if kind in {"coupon", "gift", "free_delivery"}:
            fields |= {"min_total": _amount(draw(_sums), currency)} if draw(st.booleans()) else {}
            fields |= {"min_count": str(draw(st.integers(1, 4)))} if draw(st.booleans()) else {}
        offers.append(offer(f"o{number}", kind, **fields))
    ids = [each.id for each in offers]
    lines = [
        line(
            draw(st.sampled_from(PRODUCTS)),
            _amount(draw(_sums) * factor, currency),
            draw(st.integers(1, 5)),
            *draw(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])),
            currency=currency,
        )
        for _ in range(draw(st.integers(1, 5)))
    ]
    return lines, offers, draw(st.sampled_from(["", "x", "Y", "z"]))


@given(carts())
@settings(max_examples=300, deadline=None)
def test_sums_equal_their_parts_and_nothing_is_reduced_below_nothing(
    cart: tuple[list[CartLine], list[Offer], str],
) -> None:
    lines, offers, code = cart
    found = cart_totals(lines, offers, Clock(NOW), code=code)
    taken = sum((money.amount for _, money in found.reductions), Decimal(0))

    assert found.pieces.amount == sum(each.price.amount * each.count for each in lines)
    assert found.total.amount == found.pieces.amount - taken >= 0
    assert all(money.amount > 0 and rounded(money) == money for _, money in found.reductions)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page that holds the cart's scripts and nothing else."""
    context = browser.new_context()
    page = context.new_page()
    shop = {"words": {}, "order": {}, "decimals": decimals_of(CURRENCIES)}
    page.set_content(f'<script type="application/json" data-shop>{json.dumps(shop)}</script>')
    for name in SCRIPTS:
        page.add_script_tag(content="{" + (THEME / name).read_text() + "}")
    yield page
    context.close()


def in_browser(page: Page, lines: list[CartLine], offers: list[Offer], code: str) -> Totals:
    """Return what the browser makes of a cart."""
    currency = lines[0].price.currency
    known = [_told(each, currency) for each in offers]
    rows = [
        {
            "product": each.product,
            "price": {"amount": str(each.price.amount), "currency": currency},
            "count": each.count,
            "offers": sorted(each.offers),
        }
        for each in lines
    ]
    found = page.evaluate(
        """([lines, offers, code, now, currency]) => {
            const { reduce, decimal } = window.storegen;
            const found = reduce(lines, offers, { code, now });
            const text = (sum) => decimal(sum, currency);
            const reductions = found.reductions.map(({ offer, amount }) => [offer.id, text(amount)]);
            return { ...found, pieces: text(found.pieces), total: text(found.total), reductions };
        }""",
        [rows, known, code_mark(code), NOW.timestamp() * 1000, currency],
    )
    return Totals(
        Money(Decimal(found["pieces"]), currency),
        tuple((name, Money(Decimal(amount), currency)) for name, amount in found["reductions"]),
        Money(Decimal(found["total"]), currency),
        tuple(each["id"] for each in found["free"]),
        found["delivered"],
    )


def _told(each: Offer, currency: str) -> dict[str, Any]:
    """Return an offer as pages tell it to the cart, but for what comes free."""
    known: dict[str, Any] = msgspec.to_builtins(each, enc_hook=str)
    for name in ("amount", "price", "min_total"):
        if name in known:
            known[name] = {"amount": known[name], "currency": currency}
    for name in ("min_count",):
        if name in known:
            known[name] = int(known[name])
    for tier in known.get("tiers", ()):
        tier["count"] = int(tier["count"])
    if each.code:
        known["code"] = code_mark(each.code)
    return known


@given(cart=carts())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_browser_adds_up_as_the_rules_do(page: Page, cart: tuple[list[CartLine], list[Offer], str]) -> None:
    lines, offers, code = cart

    assert in_browser(page, lines, offers, code) == cart_totals(lines, offers, Clock(NOW), code=code)


# Tax --------------------------------------------------------------------------------------------------------

_rates = st.sampled_from(["0", "7", "13.5", "19", "25.5"])


@given(
    lines=st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(1, 9), _rates | st.none()), min_size=1, max_size=5),
    total=st.integers(0, 9_000_000),
    rate=_rates,
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tax_is_shared_by_the_rates_of_the_lines(
    page: Page, lines: list[tuple[int, int, str | None]], total: int, rate: str
) -> None:
    parts: dict[Fraction, int] = {}
    for price, count, its in lines:
        percent = Fraction(its or rate)
        parts[percent] = parts.get(percent, 0) + price * count
    pieces = sum(parts.values())
    shares = (
        {Fraction(rate): Fraction(1)} if not pieces else {each: Fraction(part, pieces) for each, part in parts.items()}
    )
    held = (total * share * percent / (100 + percent) for percent, share in shares.items())
    expected = sum(math.floor(tax + Fraction(1, 2)) for tax in held)
    rows = [
        {"price": {"amount": str(Decimal(price) / 100), "currency": "EUR"}, "count": count}
        | ({"tax": its} if its else {})
        for price, count, its in lines
    ]

    assert (
        page.evaluate("([total, lines, rate]) => window.storegen.taxIn(total, lines, rate)", [total, rows, rate])
        == expected
    )


# Delivery ---------------------------------------------------------------------------------------------------

_steps = st.lists(st.integers(1, 50), min_size=1, max_size=4, unique=True).map(sorted)


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[Method, Decimal, list[tuple[int, Decimal]]]:
    """Draw a way of delivery, the sum of a cart, and the count and weight in grams of each of its lines."""
    by = draw(st.sampled_from(["weight", "total", "count"]))
    written = {"weight": "{} g", "total": "{}.50", "count": "{}"}[by]
    steps = [{by: written.format(start), "price": str(draw(st.integers(0, 30)))} for start in draw(_steps)]
    fields: dict[str, Any] = {"id": "post", "name": "Post", "price": "5.90", "days": "1-3", "steps": steps}
    fields |= {"free_from": str(draw(st.integers(1, 60)))} if draw(st.booleans()) else {}
    method: Method = make_record(fields, Method, dt.UTC)
    grams = st.decimals(0, 30, places=3)
    lines = draw(st.lists(st.tuples(st.integers(1, 4), grams), min_size=1, max_size=4))
    return method, Decimal(draw(st.integers(0, 7000))) / 100, lines


@given(delivery=deliveries())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_browser_works_delivery_out_as_the_rules_do(
    page: Page, delivery: tuple[Method, Decimal, list[tuple[int, Decimal]]]
) -> None:
    method, total, lines = delivery
    count = sum(count for count, _ in lines)
    weight = sum((count * grams for count, grams in lines), Decimal(0))
    expected = method.cost(total=total, count=count, weight=weight)
    known = msgspec.to_builtins(cart_method(method, "EUR"), enc_hook=str)
    found = page.evaluate(
        """([method, total, lines]) => {
            const { cost, minor, decimal } = window.storegen;
            const free = method.free_from && total >= minor(method.free_from);
            return decimal(free ? 0 : cost(method, total, lines), "EUR");
        }""",
        [known, int(total * 100), [{"count": count, "weight": int(grams * 1000)} for count, grams in lines]],
    )

    assert Decimal(found) == expected


# Decimals --------------------------------------------------------------------------------------------------

# A price in each kind of currency. Browsers differ in how many decimals it has (ISO 4217 or CLDR).
AMOUNTS = {
    "EUR": "1250.50",
    "USD": "1250.50",
    "CAD": "1250.50",
    "SEK": "1250.50",
    "AFN": "1250.50",
    "IQD": "1250.125",
    "RSD": "1250.50",
    "YER": "1250.50",
    "KWD": "1250.125",
    "CLF": "1250.0125",
    "HUF": "1250",
    "IDR": "1250",
    "JPY": "1250",
    "UGX": "1250",
}


def ring(currency: str, amount: str) -> str:
    """Return a product of two variants: the browser writes the price of the one that was chosen."""
    return (
        f"name: Ring {currency}\ncategory: rings\nprice: {amount}\ncurrency: {currency}\noptions: {{Size: [a, b]}}\n"
        f"variants: [{{sku: {currency}-a, options: {{Size: a}}}}, {{sku: {currency}-b, options: {{Size: b}}}}]\n"
    )


@pytest.mark.browser
def test_price_that_the_browser_writes_is_the_one_that_was_built(browser: Browser, make_shop: MakeShop) -> None:
    files = {f"content/products/{code.lower()}.yaml": ring(code, amount) for code, amount in AMOUNTS.items()}
    site = SITE.replace("currency: EUR", "currency: EUR\nlanguages: [en, fi]")
    shop = make_shop({"site.yaml": site, "content/categories/rings.yaml": "name: Rings\n", **files})
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page()
        for home in ("", "fi/"):
            pages = {code: shop.html(f"{home}products/{code.lower()}/index.html") for code in AMOUNTS}
            built = {code: html.select(".price__now")[0].string for code, html in pages.items()}
            page.goto(f"{address}/{home}products/iqd/")
            written = page.evaluate(
                """(amounts) => Object.fromEntries(Object.entries(amounts).map(([currency, amount]) =>
                    [currency, storegen.money(storegen.minor({ amount, currency }), currency)]))""",
                AMOUNTS,
            )
            assert written == built
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("currency", ["IQD", "RSD", "HUF", "USD"])
def test_price_in_the_cart_is_that_of_the_page(browser: Browser, make_shop: MakeShop, currency: str) -> None:
    site = SITE.replace("currency: EUR", f"currency: {currency}").replace("5.90", "6")
    product = ring(currency, AMOUNTS[currency])
    files = {"content/categories/rings.yaml": "name: Rings\n", "content/products/ring.yaml": product}
    shop = make_shop({"site.yaml": site, **files})
    shop.build()
    built = str(shop.html("products/ring/index.html").select(".price__now")[0].string)
    with hosted(shop.output) as address:
        page = browser.new_page()
        page.goto(f"{address}/products/ring/?variant={currency}-a")
        page.locator("[data-part=add]").first.click()
        expect(page.locator("dialog[open] [data-part=sum]").first).to_have_text(built)
        page.close()
