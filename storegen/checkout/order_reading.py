"""Parse an order: its lines, the sums below them, and any text that somebody added."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from storegen.checkout.order import UNPRINTABLE
from storegen.checkout.signing import holds
from storegen.model.money import Money, decimal_text, sum_text
from storegen.model.services import MARK

MISSING = "the rows with the sums and the total are missing"
MOST = 999  # pieces of one article; the maximum in the theme's cart

# The format of a line, as `order_line` and the theme's cart write it. Digits are ASCII only.
_AMOUNT = r"[0-9]{1,15}(?:\.[0-9]{1,4})?"
_LINE = re.compile(
    rf"(?P<count>[0-9]{{1,9}}) × (?P<name>.+) \[(?P<sku>[^\]]+)\] à (?P<price>{_AMOUNT}) (?P<currency>[A-Z]{{3}})"
    rf" = (?P<total>{_AMOUNT}) (?P=currency)(?: #(?P<code>[A-Z2-7]+))?"
)
_LIKE_LINE = re.compile(r"\W?\d[\d.,]*\s*[×xхX*✕✖]\s.*[\[=]|.*\[[^\]]+\].*\d.*=|.*#[A-Z2-7]{10}$")
_BEGINS = re.compile(r"[0-9]{1,9} × ")
_CODE = re.compile(r"#[A-Z2-7]+")
_WRAPPED = 5  # maximum number of rows into which a mail program wraps a line
_LOOKED_AT = 1000  # maximum length of an order's line
_LONG = 60  # mail programs wrap no line shorter than this
# The sums below the lines: the pieces, the reductions, the delivery, the total, and the taxes in it.
_SUM = re.compile(rf"(?P<name>.+): (?P<amount>-?{_AMOUNT}) (?P<currency>[A-Z]{{3}})")


class OrderLine(msgspec.Struct, frozen=True):
    """A line of a received order, with the results of checking its sum and its signature.

    *signed* is None if the line has no code. *row* is the whole line without the code.
    """

    count: int
    name: str
    sku: str
    price: Money
    total: Money
    adds_up: bool
    signed: bool | None
    row: str

    @property
    def service(self) -> str:
        """The id of the service that the line is for, empty for an article."""
        return self.sku[len(MARK) :] if self.sku.startswith(MARK) else ""

    def faults(self) -> Iterator[str]:
        """Yield the reasons why the line can't be trusted."""
        if not self.signed:
            yield "NO CODE" if self.signed is None else "THE CODE IS NOT THE SHOP'S"
        if not self.adds_up:
            yield "THE SUM DOES NOT ADD UP"
        if not 1 <= self.count <= MOST:
            yield f"EXPECTED 1 TO {MOST} PIECES"
        found = _LINE.fullmatch(self.row)
        if found and not (
            found["count"] == str(self.count)
            and _is_written(found["price"], self.price)
            and _is_written(found["total"], self.total)
        ):
            yield "THE SHOP WRITES ITS NUMBERS IN ANOTHER WAY"


class Sum(msgspec.Struct, frozen=True):
    """A row below the lines with its label and its amount."""

    name: str
    money: Money
    row: str


class OrderText(msgspec.Struct, frozen=True):
    """A received order. *lines*, *sums* and *taxes* are the rows of the shop, *before* and *after* the sender's own.

    The last sum is the total. *taxes* are contained in it.
    """

    lines: tuple[OrderLine, ...]
    sums: tuple[Sum, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    unread: tuple[str, ...]
    taxes: tuple[Sum, ...] = ()

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies of the lines."""
        return frozenset(line.price.currency for line in self.lines)

    @property
    def goods(self) -> tuple[OrderLine, ...]:
        """The lines of articles, without their services."""
        return tuple(line for line in self.lines if not line.service)

    @property
    def single(self) -> bool:
        """Whether the order is one piece of one article, as from a page's order link."""
        return [line.count for line in self.lines] == [1]

    @property
    def pieces(self) -> Money:
        """The total of the lines, which must have one currency."""
        total = sum((line.total.amount for line in self.lines), Decimal(0))
        return Money(total, self.lines[0].total.currency)


def read_order(text: str, key: str) -> OrderText:
    """Return the order in the text of a mail, with any style of quoting."""
    rows = _rows(text)
    first = next((place for place, row in enumerate(rows) if _LINE.fullmatch(row)), len(rows))
    end = first
    while end < len(rows) and _like_line(rows[end]):
        end += 1
    sums = end
    while sums < len(rows) and _SUM.fullmatch(rows[sums]):
        sums += 1
    found = tuple(_sum(match) for row in rows[end:sums] if (match := _SUM.fullmatch(row)))
    total = len(found) - _taxes(found)
    matches = [_LINE.fullmatch(row) for row in rows[first:end]]
    apart = [*rows[:first], *rows[sums:]]
    return OrderText(
        lines=tuple(_line(match, key) for match in matches if match),
        sums=found[:total],
        taxes=found[total:],
        before=tuple(rows[:first]),
        after=tuple(rows[sums:]),
        unread=tuple(row for row in (*rows[first:end], *apart) if _like_line(row) and not _LINE.fullmatch(row)),
    )


def _taxes(sums: tuple[Sum, ...]) -> int:
    """Return the number of sums after the total: those with a rate of tax in their label."""
    return next(
        (number for number, each in enumerate(reversed(sums[2:])) if "%" not in each.name), max(0, len(sums) - 2)
    )


def order_faults(order: OrderText) -> Iterator[str]:
    """Yield each inconsistency in an order. An order that the shop wrote has none."""
    yield from (f"{row}: this line can't be read" for row in order.unread)
    yield from (apart(row) for row in _others(order) if _LINE.fullmatch(row))
    yield from _hidden(order)
    yield from _twice(order)
    if not order.lines:
        return
    if len(order.currencies) > 1:
        yield f"the lines are in several currencies: {', '.join(sorted(order.currencies))}"
        return
    yield from _sum_faults(order)
    for each in order.taxes:
        total = order.sums[-1].money
        if each.money.currency != total.currency or not Decimal(0) < each.money.amount < total.amount:
            yield f"{each.row}: no tax in the total"


def apart(row: str) -> str:
    """Return the message about a row of the order in an unexpected place."""
    return f"{row}: this row is apart from the order"


def label_of(row: str) -> str:
    """Return the label before the colon of a row, empty if the row has no label or no value."""
    label, colon, value = row.replace("：", ":").partition(":")
    return label if colon and value.strip() else ""


def plain_name(text: str) -> str:
    """Return a text without differences that a mail program may add: spaces, quotation marks and kinds of dashes."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[‐‑‒–—−]", "-", re.sub(r"[\s\"'`´“”„‟«»‘’‚‹›]+", "", text))


def with_their_services(lines: Iterable[OrderLine]) -> Iterator[tuple[OrderLine, list[OrderLine]]]:
    """Yield each article's line with the lines of its services. Services above all articles are left out."""
    found: list[tuple[OrderLine, list[OrderLine]]] = []
    for line in lines:
        if not line.service:
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    yield from found


def _others(order: OrderText) -> tuple[str, ...]:
    return (*order.before, *order.after)


def _hidden(order: OrderText) -> Iterator[str]:
    for row in (*(line.row for line in order.lines), *(each.row for each in (*order.sums, *order.taxes))):
        if found := UNPRINTABLE.search(row):
            yield f"{row!a}: it contains an invisible character (U+{ord(found[0][0]):04X})"


def _twice(order: OrderText) -> Iterator[str]:
    """Yield the rows that occur twice. A gift may be the same article as a paid one.

    An article has a second line if the services below it are others.
    """
    seen = set()
    for line, services in with_their_services(order.lines):
        key = (line.sku, not line.price.amount, *((each.sku, each.name) for each in services))
        if key in seen:
            yield f"{line.row}: a second line for {line.sku}, the shop writes one"
        seen.add(key)
    ends = {plain_name(each.name) for each in (*order.sums[:1], *order.sums[-1:])}
    yield from (f"{each.row}: a second row of this name" for each in order.sums[1:-1] if plain_name(each.name) in ends)
    names = {plain_name(each.name) for each in order.sums}
    yield from (apart(row) for row in _others(order) if plain_name(label_of(row)) in names)


def _sum_faults(order: OrderText) -> Iterator[str]:
    if len(order.sums) == 1:
        yield "the total is missing"
    elif not order.sums and not order.single:
        yield MISSING
    (currency,) = order.currencies
    for each in order.sums:
        if each.money.currency != currency:
            yield f"{each.row}: the lines are in {currency}"
        if not _is_written(each.row.rpartition(": ")[2].partition(" ")[0], each.money):
            yield f"{each.row}: the shop writes {sum_text(each.money)}"
    if not order.sums or any(each.money.currency != currency for each in order.sums):
        return
    first, last = order.sums[0], order.sums[-1]
    if first.money != order.pieces:
        yield f"{first.row}, but the lines come to {sum_text(order.pieces)}"
    parts = Money(sum((each.money.amount for each in order.sums[:-1]), Decimal(0)), currency)
    if len(order.sums) > 1 and last.money != parts:
        yield f"{last.row}, but the rows above it add up to {sum_text(parts)}"


def _is_written(text: str, money: Money) -> bool:
    """Return whether an amount has the shop's format. Browsers leave out decimals that some currencies don't use."""
    return text in {decimal_text(money), f"{money.amount:.0f}" if money.amount == int(money.amount) else ""}


def _like_line(row: str) -> bool:
    return bool(_LINE.fullmatch(row) or _LIKE_LINE.match(row[:_LOOKED_AT]))


def _rows(text: str) -> list[str]:
    """Return a mail's rows without quote marks and blank rows, and with wrapped rows of the order joined."""
    quoted = (re.sub(r"^[>\s]+", "", row) for row in unicodedata.normalize("NFC", text).splitlines())
    rows = [row for each in quoted if (row := re.sub(r"\s+", " ", each).strip())]
    whole = []
    while rows:
        taken = _wrapped(rows, _LINE if _BEGINS.match(rows[0]) else _SUM if len(rows[0]) >= _LONG else None)
        taken += taken < len(rows) and bool(_CODE.fullmatch(rows[taken]))
        whole.append(" ".join(rows[:taken]))
        del rows[:taken]
    return whole


def _wrapped(rows: Sequence[str], form: re.Pattern[str] | None) -> int:
    """Return the number of rows that together match a form, 1 if none do. The search ends before the next line."""
    if form is None:
        return 1
    end = next((place for place, row in enumerate(rows[1:_WRAPPED], 1) if _BEGINS.match(row)), _WRAPPED)
    return next((count for count in range(1, end + 1) if form.fullmatch(" ".join(rows[:count]))), 1)


def _sum(match: re.Match[str]) -> Sum:
    return Sum(match["name"], Money(Decimal(match["amount"]), match["currency"]), match[0])


def _line(match: re.Match[str], key: str) -> OrderLine:
    price = Money(Decimal(match["price"]), match["currency"])
    total = Money(Decimal(match["total"]), match["currency"])
    count = int(match["count"])
    words = "" if match["sku"].startswith(MARK) else match["name"]  # a service's name contains the buyer's text
    signed = holds(key, match["sku"], words, price, code=match["code"]) if match["code"] else None
    row = match[0].removesuffix(f" #{match['code']}")
    return OrderLine(count, match["name"], match["sku"], price, total, price * count == total, signed, row)
