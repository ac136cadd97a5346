"""Orders that came by mail, held against the shop that they came from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storegen.checkout.signing import line_code
from storegen.cli.verify_order_command import command
from storegen.model.money import Money
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop

KEY = "a key of these tests only"
OFFERS: dict[str, str | bytes] = {
    "content/offers/add.yaml": "kind: add_on\nname: A cloth with it\ncategories: [rings]\nreduced: [polishing-cloth]\npercent: 30\n",
    "content/offers/gift.yaml": "kind: gift\nname: Studs for free\ngift: ball-studs\nmin_total: 90.00\n",
    "content/offers/ten.yaml": "kind: coupon\nname: Ten less\ncode: Ten\namount: 10.00\nends: 2026-12-01\n",
}
METHODS = """\
  methods:
    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}
    - {id: abroad, name: Post abroad, price: 12.00, days: 3-5, countries: [SE]}
"""


def line(count: int, name: str, sku: str, price: str) -> str:
    money = Money(Decimal(price), "EUR")
    return f"{count} × {name} [{sku}] à {price} EUR = {money.amount * count} EUR  #{line_code(KEY, sku, name, money)}"


BAND, CLOTH = line(1, "Plain band", "RG-001", "49.00"), line(1, "Polishing cloth", "CA-001", "12.00")
BANDS, STUDS = line(2, "Plain band", "RG-001", "49.00"), line(1, "Ball studs", "ER-003", "0.00")
SMALL = (
    f"{BAND}\n{CLOTH}\n\nPieces: 61.00 EUR\nA cloth with it: -3.60 EUR\nDelivery, Post: 5.90 EUR\nTotal: 63.30 EUR\n"
)
GIVEN = f"{BANDS}\n{STUDS}\n\nPieces: 98.00 EUR\nDelivery, Post abroad, Sweden: 12.00 EUR\nTotal: 110.00 EUR\n"
CODED = f"{BAND}\n\nPieces: 49.00 EUR\nTen less: -10.00 EUR\nDelivery, Post: 5.90 EUR\nTotal: 44.90 EUR\nCode: tEN\n"
ADDRESS = "\nName and delivery address:\nM. Virtanen\nBudget: 5.00 EUR\n"


@pytest.fixture
def shop(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(FIVE | OFFERS)
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text[: text.index("  methods:")] + METHODS + text[text.index("returns:") :])
    return shop


def verify(site: Path, text: str, *, at: str = "2026-11-22T12:00Z") -> Result:
    quoted = "".join(f"> {row}\r\n" for row in text.splitlines())
    return CliRunner().invoke(command, ["-", "--site", str(site), "--at", at], input=quoted)


@pytest.mark.parametrize(
    "text", [SMALL, GIVEN, CODED, BAND, f"{CLOTH}\n\nPieces: 12.00 EUR\nDelivery, Post: 5.90 EUR\nTotal: 17.90 EUR\n"]
)
def test_order_as_the_shop_writes_it_holds(shop: Shop, text: str) -> None:
    done = verify(shop.folder, text + ADDRESS)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "note" not in done.stdout


@pytest.mark.parametrize(
    ("text", "old", "new", "says"),
    [
        (SMALL, "-3.60", "-36.00", "A cloth with it: -36.00 EUR is not what the shop's offers take off"),
        (SMALL, "A cloth with it: -3.60 EUR\n", "", "the shop takes off 3.60 EUR for A cloth with it"),
        (SMALL, "Post: 5.90", "Post: 0.90", "Delivery, Post: 0.90 EUR is asked, the shop asks 5.90 EUR"),
        (SMALL, "Delivery, Post: 5.90 EUR\n", "", "expected one row with the price of delivery, found 0"),
        (SMALL, "Delivery, Post", "Delivery, Pigeon", 'no way of delivery that all of it may take is called "Delivery, Pigeon"'),
        (SMALL, "Total: 63.30", "Total: 6.33", "Total: 6.33 EUR, but what stands above it comes to 63.30 EUR"),
        (SMALL, "Pieces: 61.00", "Pieces: 16.00", "Pieces: 16.00 EUR, but the lines come to 61.00 EUR"),
        (GIVEN, BANDS, BAND, "1 × Ball studs is free in it, and no offer gives that"),
        (GIVEN, f"{STUDS}\n", f"{STUDS}\n{STUDS}\n", "1 × Ball studs is free in it, and no offer gives that"),
        (GIVEN, "abroad, Sweden: 12.00", "abroad, Sweden: 5.90", "Post abroad, Sweden: 5.90 EUR is asked, the shop asks 12.00"),
        (CODED, "tEN", "eleven", "Ten less: -10.00 EUR is not what the shop's offers take off"),
        (GIVEN, GIVEN, f"{STUDS}\n\nPieces: 0.00 EUR\nTotal: 0.00 EUR\n", "all of it is free"),
        (BAND, BAND, line(1, "Gone", "RG-999", "49.00"), 'no article "RG-999" is in the shop'),
    ],
)  # fmt: skip
def test_changed_order_does_not_hold(shop: Shop, text: str, old: str, new: str, says: str) -> None:
    assert old in text
    done = verify(shop.folder, text.replace(old, new) + ADDRESS)

    assert done.exit_code == 1
    assert says in done.output
    assert "is not what the shop would have written" in str(done.exception)


def test_offers_hold_at_the_time_of_the_order(shop: Shop) -> None:
    assert verify(shop.folder, CODED, at="2026-11-30T21:59Z").exit_code == 0
    assert verify(shop.folder, CODED, at="2026-11-30T22:00Z").exit_code == 1  # midnight in Helsinki


def test_price_that_was_the_shops_once_is_said(shop: Shop) -> None:
    shop.edit("content/products/plain-band.yaml", "49.00", "55.00")
    done = verify(shop.folder, BAND)

    assert done.exit_code == 0
    assert "note: RG-001: 49.00 EUR was the shop's price once; by its files it is 55.00 EUR" in done.stdout


def test_without_the_shop_only_the_lines_are_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    done = verify(tmp_path, SMALL.replace("-3.60", "-36.00").replace("63.30", "30.90"))

    assert done.exit_code == 0
    assert "only the lines are proved" in done.stderr
    assert verify(tmp_path, SMALL.replace("63.30", "6.33")).exit_code == 1


def test_lines_that_a_mail_program_broke_are_read(shop: Shop) -> None:
    broken = SMALL.replace("EUR  #", "EUR\n#").replace("[RG-001] à", "\n[RG-001]\nà")

    assert verify(shop.folder, broken).exit_code == 0
    done = verify(shop.folder, SMALL.replace("à 12.00", "a 12.00"))
    assert done.exit_code == 1
    assert "this line can't be read: 1 × Polishing cloth [CA-001] a 12.00 EUR" in done.stdout
