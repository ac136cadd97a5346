"""What a cart costs: the rules in Python, and the same in the theme's modules.

Both are tested with tests/vectors/totals.json, here and in tests/scripts/totals.test.mjs; random carts are compared.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from storegen.fields import make_record
from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.money import Money, coin, rounded
from storegen.model.offer import Offer
from storegen.model.totals import CartLine, Reduction, Totals, cart_totals, tax_rows
from storegen.views.cart import cart_method
from storegen.views.layout import decimals_of
from tests.browser import hosted
from tests.conftest import ROOT, MakeShop
from tests.shop import SITE

THEME = ROOT / "themes/default"
VECTORS: Any = json.loads((ROOT / "tests/vectors/totals.json").read_text())
CURRENCIES = ["EUR", "JPY", "KWD", "HUF", "IDR", "IQD", "RSD"]
NOW = dt.datetime.fromisoformat(VECTORS["now"])


def offer(name: str, kind: str, **fields: Any) -> Offer:
    made: Offer = make_record({"id": name, "file": "", "name": name, "kind": kind, **fields}, Offer, dt.UTC)
    return made


def line(product: str, price: str, count: int, *offers: str, currency: str = "EUR") -> CartLine:
    return CartLine(product, Money(Decimal(price), currency), count, frozenset(offers))


def amount_of(sum_: int, currency: str) -> str:
    """Return an amount in minor units as an editor writes it."""
    digits, _ = digits_of(currency)
    return str(Decimal(sum_).scaleb(-digits))


def digits_of(currency: str) -> tuple[int, int]:
    """Return how many decimals payments and prices have."""
    return decimals_of([currency]).get(currency, (2, 2))


def coin_of(currency: str) -> int:
    """Return the smallest sum that prices have, in minor units."""
    return coin(currency)


def minor(money: Money) -> int:
    """Return an amount in minor units."""
    digits, _ = digits_of(money.currency)
    return int(money.amount.scaleb(digits))


def as_written(fields: dict[str, Any], currency: str) -> dict[str, Any]:
    """Return the fields of a vector as an editor writes them: amounts with decimals, numbers as text."""
    amounts = {"amount", "price", "min_total", "total", "free_from"}
    return {
        key: amount_of(value, currency)
        if key in amounts
        else str(value)
        if isinstance(value, int)
        else [as_written(each, currency) for each in value]
        if key in {"tiers", "steps"}
        else value
        for key, value in fields.items()
    }


def names(vectors: list[dict[str, Any]]) -> list[str]:
    return [vector["name"] for vector in vectors]


@pytest.mark.parametrize("vector", VECTORS["totals"], ids=names(VECTORS["totals"]))
def test_cart_comes_to_what_the_vectors_say(vector: dict[str, Any]) -> None:
    currency = vector.get("currency", "EUR")
    lines = [
        line(each["product"], amount_of(each["price"], currency), each["count"], *each["offers"], currency=currency)
        for each in vector["lines"]
    ]
    offers = [offer(each["id"], each["kind"], **rest(as_written(each, currency))) for each in vector["offers"]]
    found = cart_totals(lines, offers, Clock(NOW), code=f" {vector.get('code', '').title()} ")

    assert vector.get("coin", 1) == coin_of(currency)
    assert {"free": [], "free_delivery": [], **vector["expected"]} == {
        "pieces": minor(found.pieces),
        "reductions": [[each.offer, minor(each.amount)] for each in found.reductions],
        "total": minor(found.total),
        "free": list(found.free),
        "free_delivery": list(found.free_delivery),
    }


def rest(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in {"id", "kind"}}


@pytest.mark.parametrize("vector", VECTORS["delivery"], ids=names(VECTORS["delivery"]))
def test_delivery_costs_what_the_vectors_say(vector: dict[str, Any]) -> None:
    fields = as_written(vector["method"], "EUR")
    steps = [each | ({"weight": f"{each['weight']} g"} if "weight" in each else {}) for each in fields.pop("steps", ())]
    fields |= {"id": "post", "name": "Post", "days": "1-3", "steps": steps}
    method: Method = make_record(fields, Method, dt.UTC)
    lines = vector["lines"]
    cost = method.cost(
        total=Decimal(amount_of(vector["total"], "EUR")),
        count=sum(each["count"] for each in lines),
        weight=Decimal(sum(each["count"] * each["weight"] for each in lines)),
    )

    assert minor(Money(cost, "EUR")) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS["free_delivery"], ids=names(VECTORS["free_delivery"]))
def test_delivery_is_free_where_the_vectors_say(vector: dict[str, Any]) -> None:
    method: Method = make_record({"name": "M", "price": "5.90", "days": "1", **vector["method"]}, Method, dt.UTC)

    assert offer("free", "free_delivery", **vector["offer"]).frees(method, vector["to"]) is vector["expected"]


@pytest.mark.parametrize("countries", [["SE"], []])
def test_country_counts_only_if_the_method_lists_it(countries: list[str]) -> None:
    fields = {"id": "post", "name": "M", "price": "5.90", "days": "1", "countries": countries}
    method: Method = make_record(fields, Method, dt.UTC)

    assert not offer("free", "free_delivery", countries=["FI"]).frees(method, "FI")


@pytest.mark.parametrize("vector", VECTORS["tax"], ids=names(VECTORS["tax"]))
def test_tax_is_what_the_vectors_say(vector: dict[str, Any]) -> None:
    lines = [(each["price"], each["count"], each.get("tax")) for each in vector["lines"]]

    assert sum(tax_in(vector["total"], lines, vector["rate"]).values()) == vector["expected"]


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
            "coupon": {"code": "XyWvZ"[number], **off},  # no two offers may share one
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
    return lines, offers, draw(st.sampled_from(["", "x", "Y", "w", "none"]))


@given(carts())
@settings(max_examples=300, deadline=None)
def test_sums_equal_their_parts_and_nothing_is_reduced_below_nothing(
    cart: tuple[list[CartLine], list[Offer], str],
) -> None:
    lines, offers, code = cart
    found = cart_totals(lines, offers, Clock(NOW), code=code)
    taken = sum((each.amount.amount for each in found.reductions), Decimal(0))

    assert found.pieces.amount == sum(each.price.amount * each.count for each in lines)
    assert found.total.amount == found.pieces.amount - taken >= 0
    for each in found.reductions:
        assert each.amount.amount > 0
        assert rounded(each.amount) == each.amount
        assert sum(part.amount for part, _ in each.parts) == each.amount.amount


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return a page that imports the module of the cart's sums and nothing else."""
    context = browser.new_context()
    page = context.new_page()
    with hosted(THEME) as address:
        page.goto(f"{address}/components/cart/totals.mjs")
        page.evaluate("async () => { window.totals = await import(location.href); }")
    yield page
    context.close()


def in_browser(page: Page, lines: list[CartLine], offers: list[Offer], code: str) -> Totals:
    """Return what the browser makes of a cart."""
    currency = lines[0].price.currency
    known = [_told(each, currency) for each in offers]
    rows = [
        {
            "product": each.product,
            "price": minor(each.price),
            "count": each.count,
            "offers": sorted(each.offers),
        }
        for each in lines
    ]
    found = page.evaluate(
        """([lines, offers, coin, code, now]) => {
            const found = totals.reduce(lines, { offers, coin }, { code, now });
            const told = ({ offer, amount, parts }) => [offer.id, amount, parts];
            return { ...found, reductions: found.reductions.map(told) };
        }""",
        [rows, known, coin_of(currency), code.strip().lower(), NOW.timestamp() * 1000],
    )

    def money(sum_: int) -> Money:
        return Money(Decimal(amount_of(sum_, currency)), currency)

    return Totals(
        money(found["pieces"]),
        tuple(
            Reduction(name, money(amount), tuple((money(part), tuple(map(tuple, pieces))) for part, pieces in parts))
            for name, amount, parts in found["reductions"]
        ),
        money(found["total"]),
        tuple(each["id"] for each in found["free"]),
        tuple(each["id"] for each in found["delivered"]),
    )


def _told(each: Offer, currency: str) -> dict[str, Any]:
    """Return an offer as pages tell it to the cart, but for what comes free."""
    known: dict[str, Any] = msgspec.to_builtins(each, enc_hook=str)
    for name in ("amount", "price", "min_total"):
        if name in known:
            known[name] = minor(Money(Decimal(known[name]), currency))
    if "min_count" in known:
        known["min_count"] = int(known["min_count"])
    for tier in known.get("tiers", ()):
        tier["count"] = int(tier["count"])
    if each.code:
        known["code"] = each.code.lower()
    return known


@pytest.mark.browser
@given(cart=carts())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_browser_adds_up_as_the_rules_do(page: Page, cart: tuple[list[CartLine], list[Offer], str]) -> None:
    lines, offers, code = cart

    assert in_browser(page, lines, offers, code) == cart_totals(lines, offers, Clock(NOW), code=code)


# Tax --------------------------------------------------------------------------------------------------------

_rates = st.sampled_from(["0", "7", "13.5", "19", "25.5"])


def tax_in(total: int, lines: list[tuple[int, int, str | None]], rate: str) -> dict[Decimal, int]:
    """Return the tax that a sum contains, by rate; lines are (price, count, rate of their own)."""
    rated = [(euros(price * count), Decimal(its or rate)) for price, count, its in lines]
    return {percent: minor(tax) for percent, tax in tax_rows(euros(total), rated, Decimal(rate))}


def euros(cents: int) -> Money:
    return Money(Decimal(cents) / 100, "EUR")


@given(
    lines=st.lists(st.tuples(st.integers(0, 5_000_000), st.integers(1, 9), _rates | st.none()), min_size=1, max_size=5),
    total=st.integers(0, 9_000_000),
    rate=_rates,
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tax_is_shared_by_the_rates_of_the_lines(
    page: Page, lines: list[tuple[int, int, str | None]], total: int, rate: str
) -> None:
    rows = [{"price": price, "count": count} | ({"tax": its} if its else {}) for price, count, its in lines]
    found = page.evaluate("([total, lines, rate]) => totals.taxRows(total, lines, rate)", [total, rows, rate])
    expected = tax_in(total, lines, rate)

    assert sum(each["tax"] for each in found) == sum(expected.values())
    assert all(each["tax"] == expected.get(Decimal(each["rate"]), 0) for each in found)


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
    known = _in_minor_units(msgspec.to_builtins(cart_method(method, "EUR"), enc_hook=str))
    found = page.evaluate(
        """([method, total, lines]) =>
            method.free_from && total >= method.free_from ? 0 : totals.deliveryCost(method, total, lines)""",
        [known, int(total * 100), [{"count": count, "weight": int(grams * 1000)} for count, grams in lines]],
    )

    assert found == minor(Money(expected, "EUR"))


def _in_minor_units(value: Any) -> Any:
    """Return plain values with every amount in minor units, as the cart works with them."""
    if isinstance(value, list | tuple):
        return [_in_minor_units(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"amount", "currency"}:
        return minor(Money(Decimal(value["amount"]), value["currency"]))
    return {key: _in_minor_units(each) for key, each in value.items()}


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
        for place in ("products", "fi/tuotteet"):
            pages = {code: shop.html(f"{place}/{code.lower()}/index.html") for code in AMOUNTS}
            built = {code: html.select(".price__now")[0].string for code, html in pages.items()}
            page.goto(f"{address}/{place}/iqd/")
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
