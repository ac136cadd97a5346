"""Orders that came by mail, held against the shop that they came from."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from storegen.checkout.signing import line_code
from storegen.cli.verify_order_command import command
from storegen.errors import UsageError
from storegen.model.money import Money
from tests.conftest import FIVE, ROOT
from tests.shop import NOW, Shop

LANGUAGES = sorted(path.stem for path in (ROOT / "themes/default/locales").glob("*.yaml"))
KEY = "a key of these tests only"
OFFERS: dict[str, str | bytes] = {
    "content/offers/add.yaml": "kind: add_on\nname: A cloth with it\ncategories: [rings]\nreduced: [polishing-cloth]\npercent: 30\n",
    "content/offers/gift.yaml": "kind: gift\nname: Studs for free\ngift: ball-studs\nmin_total: 90.00\n",
    "content/offers/ten.yaml": "kind: coupon\nname: Ten less\ncode: Ten\namount: 10.00\nends: 2026-11-30\n",
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
TAXED = f"{SMALL}incl. 25.5% VAT: 12.86 EUR\n"
ADDRESS = "\nName and delivery address:\nM. Virtanen\nBudget: 5.00 EUR\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    return shop_in(tmp_path / "shop")


def shop_in(folder: Path) -> Shop:
    shop = Shop(folder, FIVE | OFFERS)
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text[: text.index("  methods:")] + METHODS + text[text.index("returns:") :])
    return shop


def verify(site: Path, text: str, *options: str, at: str = "2026-11-22T12:00Z") -> Result:
    quoted = "".join(f"> {row}\r\n" for row in text.splitlines())
    return CliRunner().invoke(
        command, ["-", "--site", str(site), "--at", at, *(options or ["--no-record"])], input=quoted
    )


@pytest.mark.parametrize(
    "text", [SMALL, GIVEN, CODED, TAXED, f"{CLOTH}\n\nPieces: 12.00 EUR\nDelivery, Post: 5.90 EUR\nTotal: 17.90 EUR\n"]
)
def test_order_as_the_shop_writes_it_holds(shop: Shop, text: str) -> None:
    done = verify(shop.folder, text + ADDRESS)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "note" not in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_order_in_each_language_of_the_theme_holds(shop: Shop, language: str) -> None:
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", f"{text}languages: [{language}]\naddresses: {{products: products}}\n")
    shop.build()
    links = shop.html("products/plain-band/index.html").select("a[href*='RG-001']")
    order = unquote(str(links[0]["href"]).partition("body=")[2])
    assert order.startswith(f"{BAND}\r\n")

    done = verify(shop.folder, order)
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
        (SMALL, "Total: 63.30", "Total: 6.33", "Total: 6.33 EUR, but the rows above it add up to 63.30 EUR"),
        (SMALL, "Pieces: 61.00", "Pieces: 16.00", "Pieces: 16.00 EUR, but the lines come to 61.00 EUR"),
        (GIVEN, BANDS, BAND, "1 × Ball studs is free in it, and no offer gives that"),
        (GIVEN, f"{STUDS}\n", f"{STUDS}\n{STUDS}\n", "1 × Ball studs is free in it, and no offer gives that"),
        (GIVEN, "abroad, Sweden: 12.00", "abroad, Sweden: 5.90", "Post abroad, Sweden: 5.90 EUR is asked, the shop asks 12.00"),
        (CODED, "tEN", "eleven", "Code: eleven: no offer of the shop has this code"),
        (CODED, "tEN", "eleven", "Ten less: -10.00 EUR is not what the shop's offers take off"),
        (GIVEN, GIVEN, f"{STUDS}\n\nPieces: 0.00 EUR\nTotal: 0.00 EUR\n", "all of it is free"),
        (TAXED, "12.86", "2.86", "incl. 25.5% VAT: 2.86 EUR: the shop writes 12.86 EUR"),
        (TAXED, "12.86", "63.30", "incl. 25.5% VAT: 63.30 EUR: no tax in the total"),
        (TAXED, "incl. 25.5% VAT: 12.86 EUR\n", "incl. 25.5% VAT: 12.86 EUR\nincl. 14% VAT: 1.00 EUR\n", "the shop writes 12.86 EUR"),
        (BAND, BAND, line(1, "Gone", "RG-999", "49.00"), 'no article "RG-999" is in the shop'),
    ],
)  # fmt: skip
def test_changed_order_does_not_hold(shop: Shop, text: str, old: str, new: str, says: str) -> None:
    assert old in text
    done = verify(shop.folder, text.replace(old, new) + ADDRESS)

    assert done.exit_code == 1
    assert says in done.output
    assert "is not what the shop would have written" in str(done.exception)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Total: 63.30 EUR", "Total: 63.30 IDR", "Total: 63.30 IDR: the lines are in EUR"),
        ("Pieces: 61.00 EUR", "Pieces: 61.00 IDR", "Pieces: 61.00 IDR: the lines are in EUR"),
        ("-3.60 EUR", "-3.60 IDR", "A cloth with it: -3.60 IDR: the lines are in EUR"),
        ("5.90 EUR", "5.90 IDR", "Delivery, Post: 5.90 IDR: the lines are in EUR"),
        ("49.00 EUR = 49.00 EUR", "49.00 IDR = 49.00 IDR", "THE CODE IS NOT THE SHOP'S"),
        ("= 49.00 EUR", "= 49.00 IDR", "this line can't be read"),
        ("= 49.00 EUR", "= 49.00 ЕUR", "this line can't be read"),
        ("1 × Plain", "0 × Plain", "EXPECTED 1 TO 999 PIECES"),
        ("1 × Plain", "-1 × Plain", "this line can't be read"),
        ("1 × Plain", "01 × Plain", "THE SHOP WRITES ITS NUMBERS IN ANOTHER WAY"),
        ("1 × Plain", "1000 × Plain", "EXPECTED 1 TO 999 PIECES"),
        ("1 × Plain", "100000000000 × Plain", "this line can't be read"),
        ("1 × Plain", "١ × Plain", "this line can't be read"),
        ("1 × Plain", "１ × Plain", "this line can't be read"),
        ("1 × Plain", "1 х Plain", "this line can't be read"),
        ("à 49.00", "à ٤٩.٠٠", "this line can't be read"),
        ("à 49.00 EUR = 49.00", "à 49.0 EUR = 49.0", "THE SHOP WRITES ITS NUMBERS IN ANOTHER WAY"),
        ("à 49.00 EUR = 49.00", "à 049.00 EUR = 049.00", "THE SHOP WRITES ITS NUMBERS IN ANOTHER WAY"),
        ("49.00 EUR = 49.00", "9" * 90 + " EUR = 49.00", "this line can't be read"),
        ("Plain band", "P-l.a i n  b a n d", 'the shop writes "Plain band"'),
        ("Plain band", "Plain band\u202e", "it contains an invisible character (U+202E)"),
        ("Total: 63.30 EUR\n", "", "Delivery, Post: 5.90 EUR, but the rows above it add up to 57.40 EUR"),
        ("\nDelivery, Post: 5.90 EUR\nTotal: 63.30 EUR\n", "\n", 'the shop calls that "Total"'),
        ("\n\nPieces: 61.00 EUR\nA cloth with it: -3.60 EUR\nDelivery, Post: 5.90 EUR\nTotal: 63.30 EUR\n", "\n", "are missing"),
        ("Total: 63.30 EUR\n", "Total: 63.30 EUR\n\nTotal: 1.00 EUR\n", "Total: 1.00 EUR"),
        ("Total: 63.30 EUR\n", f"Total: 63.30 EUR\n{ADDRESS}Total: 1.00 EUR\n", "Total: 1.00 EUR: this row is apart"),
        ("Total: 63.30 EUR\n", f"Total: 63.30 EUR\n{ADDRESS}TOTAL:1,00\n", "TOTAL:1,00: this row is apart"),
        ("Total: 63.30 EUR\n", f"Total: 63.30 EUR\n{ADDRESS}Delivery, Post: 0.00 EUR\n", "Delivery, Post: 0.00 EUR: this row is apart"),
        ("Total: 63.30", "Paid already: 63.30", 'the shop calls that "Total"'),
        ("Pieces: 61.00", "Deposit: 61.00", 'the shop calls that "Pieces"'),
        ("1 × Plain", "Total: 1.00 EUR\n1 × Plain", "Total: 1.00 EUR: this row is apart"),
        (f"{CLOTH}\n", f"{CLOTH}\n3x Rope ring for free please\n", "are missing"),
        (f"{BAND}\n", f"{BAND}\n{BAND}\n", "a second line for RG-001, the shop writes one"),
        (SMALL, SMALL + SMALL, "this row is apart"),
        ("Pieces: 61.00 EUR\n", "Pieces: 61.00 EUR\nPieces: 61.00 EUR\n", "a second row of this name"),
        ("Pieces: 61.00 EUR\nA cloth with it: -3.60 EUR\nDelivery, Post: 5.90 EUR\n", "Pieces: 61.00 EUR\nDelivery, Post: 5.90 EUR\nA cloth with it: -3.60 EUR\n", "a reduction is below the delivery"),
        ("A cloth with it: -3.60", "Loyalty: -3.60", "Loyalty: -3.60 EUR is not what the shop's offers take off"),
        ("Delivery, Post: 5.90", "Delivery, Post, Sweden: 5.90", "it does not go there"),
    ],
)  # fmt: skip
def test_changed_row_is_named(shop: Shop, old: str, new: str, says: str) -> None:
    assert old in SMALL
    assert verify(shop.folder, SMALL + ADDRESS).exit_code == 0
    done = verify(shop.folder, SMALL.replace(old, new, 1) + ADDRESS)

    assert done.exit_code == 1, done.output
    assert says in done.output


def test_sums_are_missing_where_the_shop_writes_them(shop: Shop) -> None:
    assert "the rows with the sums and the total are missing" in verify(shop.folder, BAND).output
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text.replace(METHODS, "  methods: []\n"))
    assert verify(shop.folder, BAND).exit_code == 0  # nobody can say what sending it costs


def test_what_comes_free_stands_below_what_is_bought(shop: Shop) -> None:
    done = verify(shop.folder, GIVEN.replace(f"{BANDS}\n{STUDS}", f"{STUDS}\n{BANDS}"))

    assert done.exit_code == 1
    assert "the shop writes it above what comes free" in done.output


def test_more_than_there_is_is_a_note(shop: Shop) -> None:
    many = line(10, "Plain band", "RG-001", "49.00")
    done = verify(shop.folder, f"{many}\n\nPieces: 490.00 EUR\nDelivery, Post: 0.00 EUR\nTotal: 490.00 EUR\n")

    assert done.exit_code == 0, done.output
    assert "note: RG-001: 10 ordered, 9 in stock\n" in done.stdout


def test_browser_may_leave_out_decimals_that_a_currency_does_not_use(shop: Shop) -> None:
    money = Money(Decimal(185_000), "IDR")
    shop.edit("site.yaml", "currency: EUR", "currency: IDR")
    shop.edit("site.yaml", "price: 5.90, free_from: 120.00", "price: 20000")
    shop.edit("site.yaml", "price: 12.00", "price: 50000")
    for name in ("add", "gift", "ten"):
        shop.remove(f"content/offers/{name}.yaml")
    for name in ("rope-ring", "plain-band", "small-hoops", "ball-studs", "polishing-cloth"):
        text = (shop.folder / f"content/products/{name}.yaml").read_text()
        shop.write(f"content/products/{name}.yaml", re.sub(r"price: .*", "price: 185000", text))
    code = line_code(KEY, "RG-001", "Plain band", money)
    for amount in ("{}", "{}.00"):
        band, post, total = (f"{amount.format(each)} IDR" for each in (185_000, 20_000, 205_000))
        text = f"1 × Plain band [RG-001] à {band} = {band}  #{code}\n\nPieces: {band}\nDelivery, Post: {post}\nTotal: {total}\n"
        done = verify(shop.folder, text)
        assert done.exit_code == 0, done.output


def test_order_in_the_shops_other_language_holds(shop: Shop) -> None:
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", f"{text}languages: [en, fi]\n")
    shop.write("content/products/plain-band.fi.yaml", "name: Sileä sormus\n")
    shop.write("content/offers/add.fi.yaml", "name: Liina mukaan\n")
    band = line(1, "Sileä sormus", "RG-001", "49.00")
    order = SMALL.replace(BAND, band).replace("Pieces", "Tuotteet").replace("A cloth with it", "Liina mukaan")
    order = order.replace("Delivery", "Toimitus").replace("Total", "Yhteensä")

    assert verify(shop.folder, order).exit_code == 0, verify(shop.folder, order).output
    assert verify(shop.folder, order.replace("Yhteensä", "Total")).exit_code == 1


@pytest.mark.parametrize(
    ("limit", "row", "fault"),
    [
        ("countries: [SE]", "Post abroad, Sweden: 0.00", ""),
        ("countries: [SE]", "Post abroad, Sweden: 12.00", "the shop asks 0.00 EUR"),
        ("countries: [SE]", "Post, Finland: 5.90", ""),
        ("countries: [SE]", "Post, Finland: 0.00", "the shop asks 5.90 EUR"),
        ("countries: [FI]", "Post: 0.00", ""),
        ("methods: [post]", "Post, Finland: 0.00", ""),
        ("methods: [post]", "Post abroad, Sweden: 0.00", "the shop asks 12.00 EUR"),
        ("methods: [abroad]", "Post abroad, Zweden: 0.00", ""),  # a browser's name for a country may differ
        ("min_total: 100.00, countries: [SE]", "Post abroad, Sweden: 12.00", ""),
        ("min_total: 100.00, countries: [SE]", "Post abroad, Sweden: 0.00", "the shop asks 12.00 EUR"),
    ],
)
def test_free_delivery_is_verified_by_method_and_country(shop: Shop, limit: str, row: str, fault: str) -> None:
    keys = limit.replace(", countries", "\ncountries")
    shop.write("content/offers/free.yaml", f"kind: free_delivery\nname: Sent free\n{keys}\n")
    total = Decimal(row.rpartition(" ")[2]) + 49
    done = verify(shop.folder, f"{BAND}\n\nPieces: 49.00 EUR\nDelivery, {row} EUR\nTotal: {total} EUR\n")

    assert (done.exit_code, fault in done.output) == (1 if fault else 0, True), done.output


# Any one change ---------------------------------------------------------------------------------------------

_NUMBERS = [match.span() for match in re.finditer("[0-9]", SMALL)]
_ROWS = [place for place, each in enumerate(SMALL.splitlines()) if each]


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Draw an order with one change: a digit, a row less or twice, a currency, a count, two rows in turn."""
    rows = SMALL.splitlines()
    place = draw(st.sampled_from(_ROWS))
    kind = draw(st.sampled_from(["digit", "less", "twice", "currency", "count", "code", "turn"]))
    if kind == "digit":
        start, end = draw(st.sampled_from(_NUMBERS))
        digit = draw(st.sampled_from("0123456789٣７").filter(lambda each: each != SMALL[start:end]))
        return SMALL[:start] + digit + SMALL[end:]
    if kind == "less":
        del rows[place]
    elif kind == "twice":
        rows.insert(draw(st.sampled_from(_ROWS)), rows[place])
    elif kind == "currency":
        other = draw(st.sampled_from(["USD", "IDR", "SEK", "eur", "€", "EURO"]))
        rows[place] = other.join(rows[place].rsplit("EUR", 1))
    elif kind == "count":
        number = draw(st.integers(-3, 99_999).filter(lambda each: each != 1))
        rows[draw(st.sampled_from([0, 1]))] = rows[0].replace("1", str(number), 1)
    elif kind == "code":
        rows[0], rows[1] = (each[:-10] + code for each, code in zip(rows, (rows[1][-10:], rows[0][-10:]), strict=False))
    else:
        second = draw(st.sampled_from(_ROWS).filter(lambda each: each != place))
        rows[place], rows[second] = rows[second], rows[place]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop_in(tmp_path_factory.mktemp("orders") / "shop").folder


@pytest.mark.slow
@given(text=changed())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_one_change_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    swapped = f"{CLOTH}\n{BAND}\n"  # the visitor's own order of the lines
    assume(text not in {SMALL, SMALL.replace(f"{BAND}\n{CLOTH}\n", swapped)})
    done = verify(folder, text + ADDRESS)

    assert done.exit_code == 1, text


@given(words=st.text(st.characters(codec="utf-8", exclude_characters="×#[:"), max_size=80))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_sender_writes_below_is_free(folder: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)

    assert verify(folder, f"{SMALL}{ADDRESS}{words}\n").exit_code == 0


# Orders seen before -----------------------------------------------------------------------------------------


def test_same_order_is_good_once(shop: Shop) -> None:
    record = shop.folder / ".storegen" / "verified-orders.txt"
    assert verify(shop.folder, SMALL + ADDRESS, "--no-record").exit_code == 0
    assert not record.exists()
    assert verify(shop.folder, SMALL.replace("63.30", "1.00") + ADDRESS, "--seen", str(record)).exit_code == 1
    assert not record.exists()
    assert verify(shop.folder, SMALL + ADDRESS, "--seen", str(record)).exit_code == 0
    (said,) = record.read_text().splitlines()
    again = verify(shop.folder, "On Sunday M. Virtanen wrote:\n" + SMALL + ADDRESS, "--seen", str(record))
    other = verify(shop.folder, SMALL + ADDRESS.replace("Virtanen", "Korhonen"), "--seen", str(record))

    assert again.exit_code == 1
    assert f"the same order was verified before, first on {said[:16].replace('T', ' ')} UTC" in str(again.exception)
    assert other.exit_code == 0
    assert len(record.read_text().splitlines()) == 2
    assert "Virtanen" not in record.read_text()
    assert record.stat().st_mode & 0o077 == 0


def test_orders_that_nothing_tells_apart_are_a_note(shop: Shop) -> None:
    record = str(shop.folder / ".storegen" / "verified-orders.txt")
    text = f"{SMALL}\nName and delivery address:\n"
    assert verify(shop.folder, text, "--seen", record).exit_code == 0
    again = verify(shop.folder, text, "--seen", record)

    assert again.exit_code == 0
    assert "note: the same order was verified before, first on" in again.stdout


def test_record_with_torn_and_strange_lines_is_read(shop: Shop) -> None:
    record = shop.folder / "private.txt"
    assert verify(shop.folder, SMALL + ADDRESS, "--seen", str(record)).exit_code == 0
    good = record.read_text()
    record.write_bytes(b"\xff\n\nyesterday " + good.split(" ")[1].encode() + good.encode() + b"2026-11-2")
    assert verify(shop.folder, SMALL + ADDRESS, "--seen", str(record)).exit_code == 1
    assert verify(shop.folder, GIVEN + ADDRESS, "--seen", str(record)).exit_code == 0
    assert verify(shop.folder, GIVEN + ADDRESS, "--seen", str(record)).exit_code == 1


def test_record_is_never_kept_in_what_is_published(shop: Shop) -> None:
    done = verify(shop.folder, SMALL + ADDRESS, "--seen", str(shop.folder / "output" / "orders.txt"))

    assert isinstance(done.exception, UsageError)
    assert "output/ is published; keep the record elsewhere" in str(done.exception)


def test_record_that_cant_be_written_is_said(shop: Shop) -> None:
    shop.write("file", "")
    done = verify(shop.folder, SMALL + ADDRESS, "--seen", str(shop.folder / "file" / "orders.txt"))

    assert done.exit_code == 1
    assert "can't be used" in str(done.exception)


# Prices of another time -------------------------------------------------------------------------------------

RECORD = (
    "since,sku,price,currency\n2026-01-10T08:00:00Z,RG-001,49.00,EUR\n2026-06-01T08:00:00Z,RG-001,55.00,EUR\n"
    "2026-06-01T08:00:00Z,CA-001,12.00,EUR\n"
)


def test_offers_hold_at_the_time_of_the_order(shop: Shop) -> None:
    assert verify(shop.folder, CODED, at="2026-11-30T21:59Z").exit_code == 0
    assert verify(shop.folder, CODED, at="2026-11-30T22:00Z").exit_code == 1  # midnight in Helsinki


def test_old_price_does_not_hold_without_a_record(shop: Shop) -> None:
    shop.edit("content/products/plain-band.yaml", "49.00", "55.00")
    done = verify(shop.folder, SMALL)

    assert done.exit_code == 1
    once = (
        "49.00 EUR was the shop's price once, and the record of prices does not say when; by its files it is 55.00 EUR"
    )
    assert f"{BAND.partition('  #')[0]}: {once}" in done.stdout


def test_old_price_holds_at_its_time(shop: Shop) -> None:
    shop.edit("content/products/plain-band.yaml", "49.00", "55.00")
    shop.write("content/history/prices.csv", RECORD)
    done = verify(shop.folder, SMALL)

    assert done.exit_code == 1
    assert "49.00 EUR was the shop's price from 2026-01-10 10:00 until 2026-06-01 11:00" in done.stdout
    assert verify(shop.folder, SMALL, at="2026-06-01T07:59Z").exit_code == 0
    assert verify(shop.folder, SMALL, at="2026-06-01T08:00Z").exit_code == 1
    assert verify(shop.folder, SMALL, at="2026-01-10T07:59Z").exit_code == 1


def test_price_of_a_sale_does_not_hold_after_it(shop: Shop) -> None:
    shop.write(
        "content/offers/week.yaml",
        "kind: sale\nname: Week\npercent: 10\nproducts: [plain-band]\nstarts: 2026-11-01\nends: 2026-11-19\n",
    )
    band = line(1, "Plain band", "RG-001", "44.10")
    text = f"{band}\n\nPieces: 44.10 EUR\nDelivery, Post: 5.90 EUR\nTotal: 50.00 EUR\n"

    assert verify(shop.folder, text, at="2026-11-19").exit_code == 0
    assert verify(shop.folder, text, at="2026-11-20").exit_code == 1


def test_code_of_a_line_is_the_same_at_every_build(shop: Shop) -> None:
    shop.build()
    before = shop.text("products/plain-band/index.html")
    shop.build(now=NOW + dt.timedelta(days=400))

    assert shop.text("products/plain-band/index.html") == before


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
    assert "1 × Polishing cloth [CA-001] a 12.00 EUR = 12.00 EUR #" in done.stdout
    assert ": this line can't be read" in done.stdout
