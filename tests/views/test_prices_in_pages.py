"""Prices: exact to the coin, right to the second, and the same wherever they stand."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

import storegen
from storegen.checkout.order_reading import read_order
from storegen.locale import money_text
from storegen.model.clock import Clock
from storegen.model.money import Money, coin_digits, decimal_text, minor_digits, price_digits, rounded
from storegen.model.offer import Offer
from storegen.model.price import Price, Pricing, price_of
from storegen.model.product import Product, UnitPrice, Variant, variants_of
from storegen.model.scalars import Amount, Measure, Names, Percent
from storegen.model.times import EndInstant, Instant
from storegen.views.prices import unit_price
from tests.browser import hosted
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE, Shop, png

PACKAGE = Path(storegen.__file__).parent
HELSINKI = ZoneInfo("Europe/Helsinki")
CURRENCIES = ("EUR", "USD", "JPY", "KRW", "KWD", "BHD", "HUF", "IDR", "CLF")

amounts = st.decimals(min_value=0, max_value=Decimal("999999999999.9999"), places=4)
currencies = st.sampled_from(CURRENCIES)
moments = st.integers(0, 400 * 86_400).map(
    lambda second: dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(0, second)
)


def halves_up(value: Fraction, digits: int) -> Fraction:
    """Round as a merchant does, in whole numbers only."""
    whole, rest = divmod(value * 10**digits, 1)
    return Fraction(int(whole) + (rest >= Fraction(1, 2)), 10**digits)


def amount(text: str) -> Amount:
    return Amount.parse(text, dt.UTC)


def product(price: str = "59.00", **fields: Any) -> Product:
    return Product(id="ring", file="ring.yaml", language="en", name="Ring", price=amount(price), **fields)


def offer(percent: str, starts: str, ends: str, *, name: str = "week", about: Any = None) -> Offer:
    about = about or {"products": ("ring",)}
    return Offer(
        id=name,
        file=f"{name}.yaml",
        name=name,
        percent=Percent.parse(percent, dt.UTC),
        starts=Instant.parse(starts, HELSINKI),
        ends=EndInstant.parse(ends, HELSINKI),
        **about,
    )


def price_at(now: str | dt.datetime, *offers: Offer, of: Product | None = None, currency: str = "EUR") -> Price:
    """Return the price of a product's first variant at a moment in Helsinki."""
    moment = Instant.parse(now, HELSINKI) if isinstance(now, str) else now
    of = of or product()
    return price_of(of, variants_of(of)[0], Pricing(offers, Clock(moment), currency))


# Money ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("currency", "minor", "shown"),
    [("EUR", 2, 2), ("JPY", 0, 0), ("KWD", 3, 3), ("CLF", 4, 4), ("HUF", 2, 0), ("IDR", 2, 0)],
)
def test_currency_has_its_own_decimals(currency: str, minor: int, shown: int) -> None:
    assert (minor_digits(currency), price_digits(currency)) == (minor, shown)


@pytest.mark.parametrize(
    ("currency", "typed", "text"),
    [
        ("EUR", "59", "59.00"),
        ("EUR", "0.005", "0.01"),
        ("EUR", "0.0049", "0.00"),
        ("EUR", "2.675", "2.68"),
        ("EUR", "999999999999.995", "1000000000000.00"),
        ("JPY", "59.5", "60"),
        ("JPY", "0.4999", "0"),
        ("KWD", "1.2345", "1.235"),
        ("HUF", "1000", "1000.00"),
    ],
)
def test_machines_read_the_currencys_decimals(currency: str, typed: str, text: str) -> None:
    assert decimal_text(Money(Decimal(typed), currency)) == text


@given(amounts, currencies)
@settings(deadline=None)
def test_rounding_goes_halves_up_to_the_coin(value: Decimal, currency: str) -> None:
    expected = halves_up(Fraction(value), price_digits(currency))

    assert Fraction(rounded(Money(value, currency)).amount) == expected
    assert rounded(rounded(Money(value, currency))) == rounded(Money(value, currency))


@given(amounts, currencies)
@settings(deadline=None)
def test_what_machines_read_is_the_price(value: Decimal, currency: str) -> None:
    price = rounded(Money(value, currency))
    text = decimal_text(price)

    assert re.fullmatch(r"\d+(\.\d+)?", text)
    assert len(text.partition(".")[2]) == minor_digits(currency)
    assert Decimal(text) == price.amount


@given(amounts, currencies, st.sampled_from(["en", "fi", "ko", "id", "de-CH", "pt-BR"]))
@settings(deadline=None)
def test_what_people_read_is_what_machines_read(value: Decimal, currency: str, language: str) -> None:
    price = rounded(Money(value, currency))
    digits = re.sub(r"\D", "", money_text(price, language))

    assert Fraction(int(digits), 10 ** price_digits(currency)) == Fraction(decimal_text(price))


@pytest.mark.parametrize(
    ("typed", "currency", "language", "text"),
    [
        ("59.00", "EUR", "en", "€59.00"),
        ("59.00", "EUR", "fi", "59,00\u00a0€"),
        ("1234.50", "EUR", "fi", "1\u00a0234,50\u00a0€"),
        ("59", "JPY", "en", "¥59"),
        ("59000", "KRW", "ko", "₩59,000"),
        ("1.5", "KWD", "en", "KWD\u00a01.500"),
        ("199500", "IDR", "id", "Rp\u00a0199.500"),
    ],
)
def test_people_read_prices_in_their_language(typed: str, currency: str, language: str, text: str) -> None:
    assert money_text(Money(Decimal(typed), currency), language) == text


def test_whole_sum_may_be_short() -> None:
    assert money_text(Money(Decimal("120.00"), "EUR"), "en", short=True) == "€120"
    assert money_text(Money(Decimal("120.50"), "EUR"), "en", short=True) == "€120.50"


@given(st.lists(st.tuples(amounts, st.integers(0, 9999)), min_size=1, max_size=20), currencies)
@settings(deadline=None)
def test_sums_are_exact(lines: list[tuple[Decimal, int]], currency: str) -> None:
    prices = [(rounded(Money(value, currency)), count) for value, count in lines]
    total = Money(Decimal(0), currency)
    for price, count in prices:
        total += price * count

    assert Fraction(total.amount) == sum((Fraction(price.amount) * count for price, count in prices), Fraction(0))


def test_two_currencies_are_neither_added_nor_compared() -> None:
    one, other = Money(Decimal(1), "EUR"), Money(Decimal(1), "USD")

    with pytest.raises(ValueError, match="EUR and USD can't be compared or added"):
        _ = one + other
    with pytest.raises(ValueError, match="EUR and USD can't be compared or added"):
        _ = one < other


@pytest.mark.parametrize(
    "module",
    [
        *("model/money.py", "model/price.py", "model/product.py", "model/offer.py", "model/scalars.py", "locale.py"),
        *("views/prices.py", "views/cards.py", "views/product.py", "checkout/order.py", "checkout/signing.py"),
        *(
            "checkout/snipcart.py",
            "checkout/links.py",
            "checkout/foxy.py",
            "checkout/permalinks.py",
            "model/history.py",
            "model/totals.py",
            "views/cart.py",
            "views/offers.py",
            "checkout/protocol.py",
            "render/jsonld.py",
            "render/filters.py",
        ),
    ],
)
def test_no_float_touches_money(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text())
    floats = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    floats += [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in {"float", "round"}]

    assert floats == []


# Reductions -------------------------------------------------------------------------------------------------


@given(amounts, st.decimals(min_value=0, max_value=100, places=3), currencies)
@settings(deadline=None)
def test_reduced_price_is_rounded_once(value: Decimal, percent: Decimal, currency: str) -> None:
    week = offer(f"{percent:f}", "2026-12-01", "2026-12-08")
    found = price_at("2026-12-02", week, of=product(f"{value:f}"), currency=currency)

    digits = price_digits(currency)
    full = halves_up(Fraction(value), digits)
    now = min(full, halves_up(full * (100 - Fraction(percent)) / 100, coin_digits(currency)))
    assert Fraction(found.now.amount) == now
    assert (found.before is None) == (now == full)
    if found.before is not None:
        assert Fraction(found.before.amount) == full
        assert found.percent is not None
        assert found.percent == halves_up((full - now) * 100 / full, 0) or (found.percent == 99 and now > 0)
    for money in filter(None, (found.now, found.before)):
        assert type(money.amount) is Decimal


@pytest.mark.parametrize(
    ("price", "percent", "now", "shown"),
    [
        ("49.00", "20", "39.20", 20),
        ("9.99", "12.5", "8.74", 13),
        ("0.05", "10", "0.05", None),  # 0.045, half a coin up, is no reduction
        ("0.05", "11", "0.04", 20),
        ("0", "50", "0.00", None),
        ("59.00", "100", "0.00", 100),
        ("10.00", "99.9", "0.01", 99),
        ("59.00", "0", "59.00", None),
    ],
)
def test_percentage_off(price: str, percent: str, now: str, shown: int | None) -> None:
    found = price_at("2026-12-02", offer(percent, "2026-12-01", "2026-12-08"), of=product(price))

    assert (str(found.now.amount), found.percent) == (now, shown)


def test_largest_of_overlapping_offers_counts_alone() -> None:
    ten = offer("10", "2026-12-01", "2026-12-31", name="ten")
    thirty = offer("30", "2026-12-10", "2026-12-11", name="thirty")
    other = offer("90", "2026-12-01", "2026-12-31", name="other", about={"products": ("cup",)})

    prices = [price_at(f"2026-12-{day}", ten, thirty, other, of=product("100.00")) for day in ("09", "11", "12")]
    assert [(str(price.now.amount), str(price.before and price.before.amount)) for price in prices] == [
        ("90.00", "100.00"),
        ("70.00", "100.00"),
        ("90.00", "100.00"),
    ]
    assert prices[1].ends == Instant.parse("2026-12-12", HELSINKI)


@pytest.mark.parametrize(
    ("key", "name", "covered"),
    [
        ("products", "ring", ["ring"]),
        ("products", "rings", []),
        ("categories", "rings", ["ring"]),
        ("categories", "rings/bands", ["ring"]),
        ("categories", "rings/band", []),
        ("categories", "ring", []),
        ("tags", "winter", ["ring"]),
        ("tags", "summer", []),
    ],
)
def test_offer_covers_products_categories_with_those_below_and_tags(key: str, name: str, covered: list[str]) -> None:
    ring = product(category=Names(("rings/bands",)), tags=("winter",))
    week = offer("10", "2026-12-01", "2026-12-02", about={key: (name,)})

    assert [each.id for each in (ring,) if week.covers(each)] == covered


def test_price_before_is_shown_only_where_it_was_higher() -> None:
    lower = price_at("2026-12-01", of=product("59.00", compare_at_price=amount("49.00")))
    higher = price_at("2026-12-01", of=product("59.00", compare_at_price=amount("79.00")))
    running = price_at(
        "2026-12-01", offer("10", "2026-11-01", "2027-01-01"), of=product("59.00", compare_at_price=amount("79.00"))
    )

    assert lower.before is None
    assert (str(higher.before and higher.before.amount), higher.percent) == ("79.00", 25)
    assert (str(running.now.amount), str(running.before and running.before.amount)) == ("53.10", "59.00")


def test_variant_with_a_price_of_its_own_does_not_take_the_products_price_before() -> None:
    ring = product(
        "59.00",
        compare_at_price=amount("79.00"),
        variants=(
            Variant(sku="A"),
            Variant(sku="B", price=amount("69.00")),
            Variant(sku="C", compare_at_price=amount("60.00")),
        ),
    )
    pricing = Pricing((), Clock(dt.datetime.now(dt.UTC)), "EUR")
    prices = [price_of(ring, variant, pricing) for variant in variants_of(ring)]

    assert [(str(price.now.amount), str(price.before and price.before.amount)) for price in prices] == [
        ("59.00", "79.00"),
        ("69.00", "None"),
        ("59.00", "60.00"),
    ]


# Time -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "price"),
    [
        ("2026-11-30 23:59:59", "59.00"),
        ("2026-12-01 00:00:00", "47.20"),
        ("2026-12-07 23:59:59", "47.20"),
        ("2026-12-08 00:00:00", "59.00"),
    ],
)
def test_offer_begins_and_ends_to_the_second(now: str, price: str) -> None:
    assert str(price_at(now, offer("20", "2026-12-01", "2026-12-07")).now.amount) == price


# In 2026 Finland sets its clocks forward on 29 March at 03:00 and back on 25 October at 04:00.
@pytest.mark.parametrize(
    ("starts", "ends", "first", "last"),
    [
        ("2026-03-29", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T20:59:59Z"),
        ("2026-10-25", "2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T21:59:59Z"),
        ("2026-03-29 02:59", "2026-03-29 04:00", "2026-03-29T00:59:00Z", "2026-03-29T00:59:59Z"),
        ("2026-10-25 03:30+03:00", "2026-10-25 03:30+02:00", "2026-10-25T00:30:00Z", "2026-10-25T01:29:59Z"),
    ],
)
def test_offer_keeps_its_hours_when_the_clocks_change(starts: str, ends: str, first: str, last: str) -> None:
    week = offer("20", starts, ends)
    second = dt.timedelta(seconds=1)
    begins, stops = dt.datetime.fromisoformat(first), dt.datetime.fromisoformat(last)
    times = (begins - second, begins, stops, stops + second)

    assert [price_at(now, week).before is not None for now in times] == [False, True, True, False]
    local = [now.astimezone(HELSINKI) for now in times]
    assert [price_at(now, week).before is not None for now in local] == [False, True, True, False]


_OFFERS = st.lists(
    st.builds(
        lambda number, percent, one, other: offer(
            str(percent),
            f"{min(one, other):%Y-%m-%d %H:%M:%SZ}",
            f"{max(one, other):%Y-%m-%d %H:%M:%SZ}",
            name=f"o{number}",
        ),
        st.integers(0, 99),
        st.integers(1, 99),
        moments,
        moments,
    ),
    max_size=5,
)


@given(_OFFERS, moments)
@settings(deadline=None)
def test_price_is_that_of_the_largest_running_offer(offers: list[Offer], now: dt.datetime) -> None:
    running = [
        Fraction(each.percent or 0)
        for each in offers
        if each.starts and each.ends and each.starts.timestamp() <= now.timestamp() < each.ends.timestamp()
    ]
    expected = halves_up(Fraction(5900, 100) * (100 - max(running, default=Fraction(0))) / 100, 2)

    assert Fraction(price_at(now, *offers).now.amount) == expected


@given(_OFFERS, moments, st.floats(0, 1))
@settings(deadline=None)
def test_price_stays_until_the_moment_that_the_clock_names(offers: list[Offer], now: dt.datetime, share: float) -> None:
    clock = Clock(now)
    ring = product()
    price = price_of(ring, variants_of(ring)[0], Pricing(tuple(offers), clock, "EUR"))
    until = clock.next_instant or now + dt.timedelta(days=900)
    later = now + (until - dt.timedelta(seconds=1) - now) * share

    assert until > now
    assert price_at(later, *offers) == price


def test_next_moment_is_the_nearest_also_while_the_clocks_are_set_back() -> None:
    clock = Clock(Instant.parse("2026-10-25 02:00", HELSINKI))
    for text in ("2026-10-25 03:10+02:00", "2026-10-25 03:40+03:00"):
        clock.reached(Instant.parse(text, HELSINKI))

    assert clock.next_instant == dt.datetime(2026, 10, 25, 0, 40, tzinfo=dt.UTC)


def test_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="a clock needs a time with its offset"):
        Clock(dt.datetime(2026, 12, 1))  # noqa: DTZ001 - this is the mistake


# Unit prices ------------------------------------------------------------------------------------------------

_MEASURES = st.builds(
    lambda number, unit: Measure.parse(f"{number:f} {unit}", dt.UTC),
    st.decimals(min_value=Decimal("0.001"), max_value=999_999, places=3),
    st.sampled_from(sorted(Measure.UNITS)),
)


@given(amounts, _MEASURES, _MEASURES, currencies)
@settings(deadline=None)
def test_unit_price_is_exact_and_rounded_once(value: Decimal, content: Measure, per: Measure, currency: str) -> None:
    price = rounded(Money(value, currency))
    found = unit_price(price, UnitPrice(content=content, per=per))

    if content.base != per.base:
        assert found is None
    else:
        assert found is not None
        exact = Fraction(price.amount) * Fraction(per.size) / Fraction(content.size)
        assert Fraction(found.amount) == halves_up(exact, price_digits(currency))


@pytest.mark.parametrize(
    ("price", "content", "per", "text"),
    [
        ("4.90", "250 g", "1 kg", "19.60"),
        ("3.00", "0.75 l", "1 l", "4.00"),
        ("12.00", "500 ml", "100 ml", "2.40"),
        ("2.00", "3 piece", "1 piece", "0.67"),
        ("1.00", "4264 g", "1 kg", "0.23"),  # 0.23452: rounded twice, it would still be right
        ("10.00", "2222.2222 g", "1 kg", "4.50"),
        ("15.00", "150 cm", "1 m", "10.00"),
    ],
)
def test_unit_price(price: str, content: str, per: str, text: str) -> None:
    unit = UnitPrice(content=Measure.parse(content, dt.UTC), per=Measure.parse(per, dt.UTC))
    found = unit_price(Money(Decimal(price), "EUR"), unit)

    assert found is not None
    assert decimal_text(found) == text


# One price everywhere ---------------------------------------------------------------------------------------

_TEA = """\
name: Green tea
category: care
options: {Size: [50 g, 100 g, 1 kg], Leaf: [whole, cut]}
unit_price: {content: 50 g, per: 1 kg}
variants:
  - {sku: T-50-W, options: {Size: 50 g, Leaf: whole}, price: 4.95, compare_at_price: 5.95}
  - {sku: T-50-C, options: {Size: 50 g, Leaf: cut}, price: 4.45}
  - {sku: T-100-W, options: {Size: 100 g, Leaf: whole}, price: 8.99, unit_price: {content: 100 g, per: 1 kg}}
  - {sku: T-1-C, options: {Size: 1 kg, Leaf: cut}, price: 1071.99, unit_price: {content: 1 kg, per: 100 g}, stock: 0}
"""
_VARIED: dict[str, str | bytes] = FIVE | {
    "content/products/green-tea.yaml": _TEA,
    "content/products/plain-band.yaml": "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.99\ncompare_at_price: 60.00\n",
    "content/products/fan.yaml": "name: Fan\ncategory: care\nprice: 3980\ncurrency: JPY\ntags: [winter]\n",
    "content/products/shirt.yaml": "name: Shirt\nsku: S\ncategory: care\nprice: 19.99\noptions: {Size: [S, M], Colour: [red, blue]}\n",
    "content/offers/winter.yaml": "name: Winter\npercent: 15\ncategories: [rings]\ntags: [winter]\nstarts: 2026-11-01\nends: 2026-12-23\n",
    "content/offers/tea.yaml": "name: Tea\npercent: 33.3\nproducts: [green-tea]\nstarts: 2026-11-23\nends: 2026-11-23\n",
    "content/guides/all.md": "---\ntitle: All\n---\n"
    + "\n\n".join(f"![](product:{name})" for name in ("green-tea", "plain-band", "fan", "shirt", "rope-ring")),
}


def _shown(shop: Shop, path: str, language: str) -> list[tuple[str, str]]:
    """Return (product's address, price) of every card on a page."""
    found = []
    for card in shop.html(path).select(".embedded-product, .product-card"):
        link, price = card.find("a", href=re.compile("/(products|tuotteet)/")), card.select_one(".price__now")
        assert link is not None
        assert price is not None
        found.append((str(link["href"]), price.get_text(strip=True)))
    return found


def _variants(shop: Shop, path: str) -> list[dict[str, Any]]:
    script = shop.html(path).find("script", attrs={"data-part": "data"})
    assert script is not None
    variants: list[dict[str, Any]] = json.loads(script.string or "")["variants"]
    return variants


def _offers(shop: Shop, path: str) -> dict[str, dict[str, Any]]:
    """Return the structured data of each variant's offer by article number."""
    product = shop.jsonld(path)[0]
    return {each["sku"]: each["offers"] for each in product.get("hasVariant", [product])}


def _mailed(href: str) -> tuple[str, Money]:
    (line,) = read_order(parse_qs(urlsplit(href).query)["body"][0], "").lines
    assert line.adds_up
    return line.sku, line.price


PATHS = [
    f"{place}/{name}/index.html"
    for place in ("products", "fi/tuotteet")
    for name in ("green-tea", "plain-band", "fan", "shirt", "rope-ring")
]


def test_price_is_the_same_wherever_it_stands(make_shop: MakeShop) -> None:
    shop = make_shop(_VARIED | {"site.yaml": SITE + "languages: [en, fi]\n"})
    shop.build()

    found: dict[str, set[Money]] = defaultdict(set)
    for path in PATHS:
        language = "fi" if path.startswith("fi/") else "en"
        offers = _offers(shop, path)
        variants = _variants(shop, path)
        assert set(offers) == {variant["sku"] for variant in variants}
        for variant in variants:
            sku, price = variant["sku"], variant["price"]
            found[sku].add(Money(Decimal(price["now"]["amount"]), price["now"]["currency"]))
            found[sku].add(Money(Decimal(offers[sku]["price"]), offers[sku]["priceCurrency"]))
            before = offers[sku].get("priceSpecification", {}).get("price")
            assert before == (price["before"]["amount"] if "before" in price else None)
            if buy := variant.get("buy"):
                found[sku].add(Money(Decimal(buy["price"]["amount"]), buy["price"]["currency"]))
                assert _mailed(buy["href"])[0] == sku
                found[sku].add(_mailed(buy["href"])[1])
        page = shop.html(path)
        links = [str(link["href"]) for link in page.select("noscript a[href^='mailto:']")]
        assert {_mailed(link)[0] for link in links} == {variant["sku"] for variant in variants if "buy" in variant}
        for link in page.select("noscript a[href^='mailto:']"):
            sku, price = _mailed(str(link["href"]))
            found[sku].add(price)
            assert money_text(price, language) in link.get_text()

    assert {sku: prices for sku, prices in found.items() if len(prices) > 1} == {}
    prices = {sku: f"{decimal_text(min(prices))} {min(prices).currency}" for sku, prices in found.items()}
    assert prices == {
        "T-50-W": "3.30 EUR",
        "T-50-C": "2.97 EUR",
        "T-100-W": "6.00 EUR",
        "T-1-C": "715.02 EUR",
        "RG-001": "42.49 EUR",
        "fan": "3383 JPY",
        **{f"S-{size}-{colour}": "19.99 EUR" for size in "SM" for colour in ("red", "blue")},
        **{f"RG-014-{size}": "50.15 EUR" for size in (16, 17, 18)},
    }


def test_cards_show_the_lowest_price_of_the_page_they_lead_to(make_shop: MakeShop) -> None:
    shop = make_shop(_VARIED | {"site.yaml": SITE + "languages: [en, fi]\n"})
    shop.build()

    mismatches = []
    seen = 0
    for language, prefix, guides in (("en", "", "guides/"), ("fi", "fi/", "fi/oppaat/")):
        for page in (f"{guides}all/", f"{prefix}care/", f"{prefix}rings/", prefix, f"{guides}ring-size/"):
            for href, text in _shown(shop, f"{page}index.html", language):
                variants = _variants(shop, f"{href.strip('/')}/index.html")
                buyable = [each for each in variants if each["stock"]["state"] != "out"] or variants
                lowest = min(buyable, key=lambda each: Decimal(each["price"]["now"]["amount"]))["price"]["now"]
                expected = money_text(Money(Decimal(lowest["amount"]), lowest["currency"]), language)
                seen += 1
                if expected not in text:
                    mismatches.append((page, href, text, expected))
                product_page = shop.html(f"{href.strip('/')}/index.html")
                large = product_page.select_one(".buy__price .price__now")
                assert large is not None
                assert large.get_text(strip=True) == text

    assert mismatches == []
    assert seen > 20


@pytest.mark.parametrize(
    ("stock", "state", "words"),
    [
        (1, "LimitedAvailability", "1 left"),
        (3, "LimitedAvailability", "3 left"),
        (4, "InStock", "In stock in Helsinki"),
    ],
)
def test_last_three_pieces_are_counted_out(make_shop: MakeShop, stock: int, state: str, words: str) -> None:
    shop = make_shop(FIVE)
    shop.edit("content/products/plain-band.yaml", "stock: 9", f"stock: {stock}")
    shop.build()
    page = "products/plain-band/index.html"

    assert shop.jsonld(page)[0]["offers"]["availability"] == f"https://schema.org/{state}"
    assert words in [each.get_text() for each in shop.html(page).select(".stock:not([hidden])")]


def test_unit_price_belongs_to_the_price_shown(make_shop: MakeShop) -> None:
    shop = make_shop(_VARIED)
    shop.build()

    units = {
        variant["sku"]: variant["price"]["unit"]["amount"]
        for variant in _variants(shop, "products/green-tea/index.html")
    }
    assert units == {"T-50-W": "66.00", "T-50-C": "59.40", "T-100-W": "60.00", "T-1-C": "71.50"}
    line = shop.html("care/index.html").find(string=re.compile("Green tea"))
    assert line is not None
    assert "€59.40/kg" in shop.html("care/index.html").get_text()


def test_snipcart_is_told_the_price_on_the_page(make_shop: MakeShop) -> None:
    checkout = "checkout: {provider: snipcart, snipcart: {public_key: key}}\n"
    files = {name: text for name, text in _VARIED.items() if name != "content/products/fan.yaml"}
    files["content/guides/all.md"] = str(files["content/guides/all.md"]).replace("![](product:fan)", "")
    shop = make_shop(files | {"site.yaml": SITE + checkout})
    shop.build()

    told = {row["id"]: row["price"] for row in json.loads(shop.text("snipcart.json"), parse_float=Decimal)}
    shown = {}
    for name in ("green-tea", "plain-band", "shirt", "rope-ring", "small-hoops", "ball-studs", "polishing-cloth"):
        path = f"products/{name}/index.html"
        offers = _offers(shop, path)
        for variant in _variants(shop, path):
            assert Decimal(offers[variant["sku"]]["price"]) == Decimal(variant["price"]["now"]["amount"])
            if buy := variant.get("buy"):
                assert buy["data"]["data-item-price"] == variant["price"]["now"]["amount"]
                shown[variant["sku"]] = Decimal(buy["data"]["data-item-price"])
    assert told == shown
    assert "T-1-C" not in told  # sold out


def test_offer_that_ends_at_midnight_is_valid_until_the_day_before(make_shop: MakeShop) -> None:
    shop = make_shop(_VARIED)
    shop.build()

    offers = _offers(shop, "products/rope-ring/index.html")
    assert {each["priceValidUntil"] for each in offers.values()} == {"2026-12-23"}


@pytest.mark.browser
def test_badge_of_the_picture_is_that_of_the_chosen_variant(make_shop: MakeShop, browser: Browser) -> None:
    hoodie = (
        "name: Hoodie\nsku: H\nimages: [media/ring.png]\noptions: {Colour: [Red, Blue]}\nvariants:\n"
        "- {sku: H-1, options: {Colour: Red}, price: 42.00, compare_at_price: 45.00}\n"
        "- {sku: H-2, options: {Colour: Blue}, price: 45.00}\n"
    )
    abroad = SITE.replace("country: FI", "country: US")  # no rule about the lowest price
    shop = make_shop(
        {
            **FIVE,
            "site.yaml": abroad,
            "content/products/hoodie.yaml": hoodie,
            "content/media/ring.png": png("red", 800, 800),
        }
    )
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(base_url=address)
        page.clock.set_fixed_time(NOW)
        page.goto("/products/hoodie/")
        badge = page.locator(".gallery .badge")
        expect(badge).to_have_text("−7%")
        page.get_by_text("Blue", exact=True).click()
        expect(badge).to_be_hidden()
        page.get_by_text("Red", exact=True).click()
        expect(badge).to_have_text("−7%")
        page.close()
