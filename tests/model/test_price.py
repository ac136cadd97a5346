"""What a variant costs: sales with a sum, prices before, and until when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from storegen.model.clock import Clock
from storegen.model.history import History, Past
from storegen.model.money import Money
from storegen.model.offer import Offer
from storegen.model.price import Price, Pricing, price_of
from storegen.model.product import Product, variants_of
from tests.records import HELSINKI, offer, product

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=HELSINKI)
START, END = dt.datetime(2026, 11, 23, tzinfo=HELSINKI), dt.datetime(2026, 11, 30, tzinfo=HELSINKI)


def sale(name: str = "week", **fields: str) -> Offer:
    return offer(name, everything="yes", starts="2026-11-23", ends="2026-11-29", **fields)


def price(of: Product, *offers: Offer, currency: str = "EUR", history: History | None = None) -> Price:
    return price_of(of, variants_of(of)[0], Pricing(offers, Clock(NOW), currency, history))


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_sale_says_what_it_is_when_it_ends_and_what_comes_then() -> None:
    assert price(product(price="50.00"), sale("autumn", percent="20")) == Price(
        now=eur("40.00"),
        before=eur("50.00"),
        percent=20,
        ends=END,
        sale="autumn",
        until=END,
        then=Price(eur("50.00")),
    )


@pytest.mark.parametrize(
    ("full", "off", "now", "percent"),
    [
        ("50.00", "10.00", "40.00", 20),
        ("50.00", "0.01", "49.99", 0),
        ("10.00", "10.00", "0.00", 100),
        ("10.00", "10.01", "10.00", None),  # a price below nothing is none
    ],
)
def test_sale_may_take_off_a_sum(full: str, off: str, now: str, percent: int | None) -> None:
    found = price(product(price=full), sale(amount=off))

    assert (found.now, found.percent) == (eur(now), percent)


def test_sum_off_is_in_the_currency_of_the_product() -> None:
    found = price(product(price="5000", currency="HUF"), sale(amount="500.50"))

    assert found.now == Money(Decimal(4500), "HUF")  # forints have no decimals in shops, halves go up


@pytest.mark.parametrize(
    ("before", "shown"), [("59.00", None), ("59.01", "59.01"), ("58.99", None), ("120.00", "120.00")]
)
def test_price_before_that_is_not_higher_is_none(before: str, shown: str | None) -> None:
    found = price(product(price="59.00", compare_at_price=before))

    assert found.before == (eur(shown) if shown else None)


@pytest.mark.parametrize(
    ("full", "now", "percent"),
    [
        ("200.00", "101.00", 50),  # 49.5 goes up
        ("200.00", "101.01", 49),
        ("200.00", "99.00", 51),  # 50.5 goes up
        ("200.00", "0.01", 99),  # never 100 while it costs something
        ("200.00", "199.50", 0),
    ],
)
def test_percentage_is_whole_halves_up(full: str, now: str, percent: int) -> None:
    assert price(product(price=now, compare_at_price=full)).percent == percent


def test_of_two_sales_to_one_price_the_first_by_name_is_named() -> None:
    found = price(product(price="50.00"), sale("winter", percent="20"), sale("autumn", amount="10.00"))

    assert (found.now, found.sale) == (eur("40.00"), "autumn")


REDUCED = product(price="40.00", compare_at_price="59.00", sku="R")


@pytest.mark.parametrize(
    ("recorded", "before", "percent", "unproven"),
    [
        ([], None, None, "unrecorded"),
        ([("2026-09-01", "59.00")], None, None, "unrecorded"),  # it never recorded the price now
        ([("2026-09-01", "50.00"), ("2026-11-20", "40.00")], "50.00", 20, None),  # the record counts, not the file
        ([("2026-11-10", "59.00"), ("2026-11-20", "40.00")], None, None, "young"),
        ([("2026-09-01", "39.00"), ("2026-11-20", "40.00")], None, None, "disproved"),
        ([("2026-09-01", "40.00"), ("2026-11-20", "40.00")], None, None, "disproved"),  # it cost the same before
    ],
)
def test_price_before_is_what_the_record_proves(
    recorded: list[tuple[str, str]], before: str | None, percent: int | None, unproven: str | None
) -> None:
    past = tuple(Past(dt.datetime.fromisoformat(day).replace(tzinfo=HELSINKI), eur(cost)) for day, cost in recorded)
    found = price(REDUCED, history=History({"R": past} if past else {}))

    assert found.now == eur("40.00")
    assert (found.before, found.percent, found.unproven) == (eur(before) if before else None, percent, unproven)


def test_price_before_in_another_currency_proves_nothing() -> None:
    past = (
        Past(START - dt.timedelta(days=90), Money(Decimal(99), "USD")),
        Past(START, eur("40.00")),
    )

    assert price(REDUCED, history=History({"R": past})).unproven == "disproved"


def test_proven_sale_keeps_its_end_and_the_price_after_it() -> None:
    past = (Past(START - dt.timedelta(days=90), eur("45.00")),)
    found = price(product(price="50.00", sku="R"), sale(percent="20"), history=History({"R": past}))

    assert (found.now, found.before, found.percent) == (eur("40.00"), eur("45.00"), 11)
    assert (found.ends, found.until, found.then) == (END, END, Price(eur("50.00")))


# Coming prices ------------------------------------------------------------------------------------------------


def times(found: Price | None) -> list[tuple[str, str]]:
    """Return the day on which each price begins, and the price. The first one has begun."""
    prices, since = [], ""
    while found is not None:
        prices.append((since, str(found.now.amount)))
        since, found = f"{found.until:%m-%d}" if found.until else "", found.then
    return prices


def test_price_is_followed_by_those_of_coming_sales() -> None:
    coming = offer("december", everything="yes", percent="10", starts="2026-12-05", ends="2026-12-09")

    assert times(price(product(price="50.00"), sale(percent="20"), coming)) == [
        ("", "40.00"),
        ("11-29", "50.00"),
        ("12-04", "45.00"),
        ("12-09", "50.00"),
    ]


def test_better_sale_within_a_sale_has_its_own_time() -> None:
    better = offer("day", everything="yes", percent="50", starts="2026-11-27", ends="2026-11-27")

    assert times(price(product(price="50.00"), sale(percent="20"), better)) == [
        ("", "40.00"),
        ("11-26", "25.00"),
        ("11-27", "40.00"),
        ("11-29", "50.00"),
    ]


def test_sale_that_changes_nothing_is_no_change() -> None:
    worse = offer("day", everything="yes", percent="5", starts="2026-11-27", ends="2026-11-27")

    assert times(price(product(price="50.00"), sale(percent="20"), worse)) == [("", "40.00"), ("11-29", "50.00")]


def test_pages_know_the_next_changes_only() -> None:
    sales = [
        offer(f"day{day}", everything="yes", percent="50", starts=f"2026-12-{day}", ends=f"2026-12-{day}")
        for day in (10, 12, 14)
    ]

    assert [day for day, _ in times(price(product(price="50.00"), *sales))] == ["", "12-09", "12-10", "12-11", "12-12"]


def test_reduction_of_a_coming_sale_is_proven_with_the_prices_until_then() -> None:
    past = (Past(START - dt.timedelta(days=90), eur("50.00")),)
    first = offer("first", everything="yes", percent="10", starts="2026-12-01", ends="2026-12-02")
    second = offer("second", everything="yes", percent="20", starts="2026-12-10", ends="2026-12-11")
    found = price(product(price="50.00", sku="R"), first, second, history=History({"R": past}))
    coming = []
    while found.then is not None:
        found = found.then
        coming.append((found.now, found.before, found.percent))

    # The second sale is announced with the price of the first one, which was charged less than 30 days before.
    assert coming == [
        (eur("45.00"), eur("50.00"), 10),
        (eur("50.00"), None, None),
        (eur("40.00"), eur("45.00"), 11),
        (eur("50.00"), None, None),
    ]


def test_earlier_price_of_an_article_is_not_claimed_after_a_sale() -> None:
    past = (Past(START - dt.timedelta(days=90), eur("60.00")), Past(START - dt.timedelta(days=2), eur("50.00")))
    coming = offer("week", everything="yes", percent="20", starts="2026-12-01", ends="2026-12-02")
    reduced = product(price="50.00", compare_at_price="60.00", sku="R")
    found = price(reduced, coming, history=History({"R": past}))

    assert found.before == eur("60.00")
    assert found.then is not None
    assert found.then.then == Price(eur("50.00"), unproven="unrecorded")
