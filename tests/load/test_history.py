"""Prices before a reduction: shown only where the record of prices proves them, and worked out from it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.model.history import WINDOW, History, Past
from storegen.model.money import Money
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, Shop, shown_by_search

HEAD = "since,sku,price,currency\n"
BEGUN = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
SALE = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-20T00:00Z\nends: 2026-11-29\n"
PATH = "products/plain-band/index.html"
WITHOUT = "content/products/plain-band.yaml:3: price: the reduced price of RG-001 is shown without the price before"


def history(*rows: tuple[int, str], began: int = -400) -> History:
    """Return the record of article A: (days from the reduction, price), kept since *began*."""
    past = tuple(Past(BEGUN + dt.timedelta(days), Money(Decimal(price), "EUR")) for days, price in rows)
    other = (Past(BEGUN + dt.timedelta(began), Money(Decimal(1), "EUR")),)
    return History({"A": past, "B": other})


@pytest.mark.parametrize(
    ("rows", "lowest"),
    [
        ([(-100, "49.00")], "49.00"),
        ([(-100, "49.00"), (0, "39.00")], "49.00"),  # the reduction itself is not before it
        ([(-100, "49.00"), (-10, "45.00"), (-5, "55.00")], "45.00"),
        ([(-100, "40.00"), (-31, "49.00")], "49.00"),  # the low price ended before the thirty days
        ([(-100, "40.00"), (-29, "49.00")], "40.00"),  # it still stood at their beginning
        ([(-100, "40.00"), (-30, "49.00")], "49.00"),
        ([(-3, "49.00")], "49.00"),  # an article that was new three days before
        ([], None),
        ([(1, "49.00")], None),
    ],
)
def test_lowest_price_is_that_of_the_thirty_days_before_the_reduction(
    rows: list[tuple[int, str]], lowest: str | None
) -> None:
    found = history(*rows).lowest_before("A", BEGUN)

    assert (found and str(found.amount)) == lowest


def test_record_that_only_just_began_proves_nothing() -> None:
    assert history((-20, "49.00"), began=-20).lowest_before("A", BEGUN) is None
    assert history((-30, "49.00"), began=-30).lowest_before("A", BEGUN) is not None


@given(st.lists(st.tuples(st.integers(-90, 30), st.integers(1, 9)), max_size=12, unique_by=lambda row: row[0]))
@settings(deadline=None)
def test_lowest_price_is_the_lowest_that_stood_on_any_of_the_days(rows: list[tuple[int, int]]) -> None:
    rows = sorted([(-400, 5), *rows])
    record = history(*((day, str(price)) for day, price in rows))
    stood = {
        next(price for day, price in reversed(rows) if day <= when)
        for when in range(-WINDOW.days, 0)
    }  # fmt: skip
    found = record.lowest_before("A", BEGUN)

    assert found is not None
    assert found.amount == min(stood)


def shown(shop: Shop) -> tuple[str, str, str]:
    """Return the price, the price before and the percentage of the plain band's page."""
    page = shop.html(PATH)
    parts = (page.select_one(f".price--large .price__{name}") for name in ("now", "before", "percent"))
    now, before, percent = ("" if part is None else part.get_text() for part in parts)
    return now, before, percent


def test_percentage_is_worked_out_from_the_lowest_price_before(make_shop: MakeShop) -> None:
    record = (
        "2026-01-01T00:00Z,RG-001,49.00,EUR\n2026-11-01T00:00Z,RG-001,44.00,EUR\n2026-11-10T00:00Z,RG-001,49.00,EUR\n"
    )
    shop = make_shop(FIVE | {"content/offers/week.yaml": SALE, "content/history/prices.csv": HEAD + record})
    report = shop.build()

    assert shown(shop) == ("€39.20", "€44.00", "−11%")
    assert "€44.00 was the lowest price in the 30 days before the sale" in shop.text(PATH)
    assert not [warning for warning in report.warnings if "price before" in warning]


def test_reduction_below_a_price_just_asked_is_none(make_shop: MakeShop) -> None:
    record = "2026-01-01T00:00Z,RG-001,35.00,EUR\n2026-11-10T00:00Z,RG-001,49.00,EUR\n"
    shop = make_shop(FIVE | {"content/offers/week.yaml": SALE, "content/history/prices.csv": HEAD + record})
    report = shop.build()

    assert shown(shop) == ("€39.20", "", "")
    reason = "by content/history/prices.csv the lowest price of the 30 days before was no higher"
    assert f"{WITHOUT.replace(':3:', ':4:')}: {reason}" in report.warnings


def test_unproven_price_before_is_left_out_with_a_warning(make_shop: MakeShop) -> None:
    band = "name: Plain band\nsku: RG-001\nprice: 39.00\ncompare_at_price: 49.00\ncategory: rings\n"
    shop = make_shop(FIVE | {"content/products/plain-band.yaml": band})
    report = shop.build()

    assert shown(shop) == ("€39.00", "", "")
    unrecorded = "content/history/prices.csv doesn't hold the price of now yet; run storegen prices record"
    assert f"{WITHOUT}: {unrecorded}" in report.warnings
    shop.write(
        "content/history/prices.csv", f"{HEAD}2026-01-01T00:00Z,RG-001,52.00,EUR\n2026-11-18T00:00Z,RG-001,39.00,EUR\n"
    )
    report = shop.build()
    assert shown(shop) == ("€39.00", "€52.00", "−25%")
    assert {change.output.path for change in report.made} == {
        PATH,
        f"{PATH}.md",
        "index.html",
        "rings/index.html",
        *(f"products/{name}/index.html" for name in ("rope-ring", "small-hoops", "ball-studs", "polishing-cloth")),
        "404.html",  # these and the four products show it beside
        "cart/index.html",
        "saved/index.html",
        "search/index.html",
        *shown_by_search(shop),
    }


def test_warning_tells_what_the_record_lacks(make_shop: MakeShop) -> None:
    band = "name: Plain band\nsku: RG-001\nprice: 79.00\ncompare_at_price: 99.00\ncategory: rings\n"
    young = f"{HEAD}2026-11-10T00:00Z,RG-001,99.00,EUR\n2026-11-15T00:00Z,RG-001,79.00,EUR\n"
    shop = make_shop(FIVE | {"content/products/plain-band.yaml": band, "content/history/prices.csv": young})

    reach = "content/history/prices.csv doesn't reach back to the 30 days before the reduction"
    assert f"{WITHOUT}: {reach}" in shop.build().warnings
    shop.edit("content/history/prices.csv", "2026-11-10", "2026-09-10")
    assert not [warning for warning in shop.build().warnings if "price before" in warning]
    claimed = f"{HEAD}2026-01-10T00:00Z,RG-001,79.00,EUR\n2026-11-01T00:00Z,RG-001,99.00,EUR\n2026-11-15T00:00Z,RG-001,79.00,EUR\n"
    shop.write("content/history/prices.csv", claimed)
    assert f"{WITHOUT}: by content/history/prices.csv the lowest price of the 30 days before was no higher" in (
        shop.build().warnings
    )
    shop.edit("content/products/plain-band.yaml", "79.00", "69.00")
    shop.edit("content/products/polishing-cloth.yaml", "price: 12.00", "price: 10.00\ncompare_at_price: 12.00")
    assert (
        "2 reduced prices are shown without the price before, such as that of RG-001: "
        "content/history/prices.csv doesn't hold the price of now yet; run storegen prices record"
    ) in shop.build().warnings


def test_shop_outside_the_union_claims_what_its_merchant_writes(make_shop: MakeShop) -> None:
    band = "name: Plain band\nsku: RG-001\nprice: 39.00\ncompare_at_price: 49.00\ncategory: rings\n"
    shop = make_shop(FIVE | {"content/products/plain-band.yaml": band})
    shop.edit("site.yaml", "country: FI, email", "country: KR, email")
    shop.build()

    assert shown(shop) == ("€39.00", "€49.00", "−20%")
    assert "€49.00 was the lowest" not in shop.text(PATH)


def prices(shop: Shop, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", "prices", *words, "--site", str(shop.folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_record_holds_every_change_once(five: Shop) -> None:
    first = prices(five, "record", "--now", "2026-11-01T09:00")
    assert (first.returncode, first.stdout) == (0, "7 prices recorded in content/history/prices.csv\n")
    assert prices(five, "record", "--now", "2026-11-02T09:00").stdout == "all prices are already recorded\n"
    assert prices(five, "record", "--check").returncode == 0

    five.edit("content/products/plain-band.yaml", "49.00", "44.00")
    five.write("content/offers/week.yaml", SALE.replace("plain-band", "ball-studs"))
    checked = prices(five, "record", "--check", "--now", "2026-11-21T09:00")
    assert (checked.returncode, checked.stderr[:26]) == (1, "storegen: 2 prices are not")
    assert prices(five, "record", "--now", "2026-11-21T09:00").stdout.startswith("2 prices recorded in ")
    lines = (five.folder / "content/history/prices.csv").read_text().splitlines()
    assert lines[0] + "\n" == HEAD
    assert lines[1] == "2026-11-01T07:00:00Z,ER-003,29.00,EUR"  # the shop is in Helsinki
    assert sorted(lines[8:]) == ["2026-11-21T07:00:00Z,ER-003,23.20,EUR", "2026-11-21T07:00:00Z,RG-001,44.00,EUR"]
    late = prices(five, "record", "--now", "2026-11-20T09:00")
    assert (late.returncode, late.stderr[:36]) == (2, "storegen: prices of 2026-11-21 09:00")
    assert prices(five, "show", "RG-001", "--now", "2026-11-21T10:00Z").stdout.splitlines() == [
        "2026-11-01 09:00       49.00 EUR",
        "2026-11-21 09:00       44.00 EUR",
        "a reduction that begins on 2026-11-21 12:00 can't be shown: the record is younger than 30 days then",
    ]
    assert "lowest of the 30 days before a reduction that begins on 2026-12-24 00:00: 44.00 EUR\n" in (
        prices(five, "show", "RG-001", "--now", "2026-12-24").stdout
    )
    five.edit("content/products/plain-band.yaml", "44.00", "43.00")
    once = prices(five, "record", "--check", "--now", "2026-11-21T09:30")
    assert once.stderr == "storegen: 1 price is not recorded: that of RG-001\n"
    assert prices(five, "record", "--now", "2026-11-21T09:30").stdout.startswith("1 price recorded in ")
    assert prices(five, "show", "RG-01").stderr.endswith('did you mean "RG-001"?\n')
    five.build(now=NOW)


def test_damaged_record_is_an_error_with_its_line(five: Shop) -> None:
    five.write("content/history/prices.csv", f"{HEAD}2026-01-01T00:00Z,A,1.00,EUR\nyesterday,B,2.00,EUR\n")

    found = prices(five, "record")
    assert found.returncode == 1
    assert found.stderr.startswith(
        "content/history/prices.csv:3: expected a line like 2026-11-01T09:00:00Z,RG-14,59.00,EUR, "
        'found "yesterday,B,2.00,EUR"'
    )
