"""Orders by e-mail or messenger: the default, which needs no account; and reading such an order back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from storegen.checkout.messengers import Post
from storegen.checkout.protocol import Buy, Cart, Files, HandOver, Item, line_of
from storegen.checkout.signing import holds, line_code
from storegen.model.money import Money, decimal_text, sum_text

# The one format of a line, also written by the theme's cart: keep the two alike.
_LINE = re.compile(
    r"^\s*(?P<count>\d{1,4}) × (?P<name>.+?) \[(?P<sku>[^\]]+)\] à (?P<price>\d+(?:\.\d+)?) (?P<currency>[A-Z]{3})"
    r" = (?P<total>\d+(?:\.\d+)?) (?P=currency)(?:\s+#(?P<code>[A-Z2-7]+))?\s*$",
    re.MULTILINE,
)
_LIKE_LINE = re.compile(r"\d+\s*[×xX*]\s.*[\[=].*|.*#[A-Z2-7]{10}")
_BEGINS = re.compile(r"\d{1,4} × ")
_CODE = re.compile(r"#[A-Z2-7]+")
_WRAPPED = 5  # a mail program breaks a line into so many rows at most
# Below the lines: what the pieces, the reductions, delivery and all of it come to; and what else is said.
_SUM = re.compile(r"(?P<name>.+): (?P<amount>-?\d+(?:\.\d+)?) (?P<currency>[A-Z]{3})")
_NOTE = re.compile(r"^[^:\n]+: (?P<text>.+)$", re.MULTILINE)
# The words of the theme that an order of one article is written with.
WORDS = ("subject", "pieces", "delivery", "total", "address")


class Order:
    """The provider: a cart in the page, and a text with its lines that goes to *to* by a *post*.

    *payment* is one line on how to pay, for the end of the order.
    """

    cart: Cart = "shop"
    data: Mapping[str, str] = {}
    files: Files = {}
    scripts: Mapping[str, tuple[str, ...]] = {}
    origins: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, post: Post, to: str, key: str, words: Mapping[str, str], *, payment: str = "") -> None:
        self.post = post
        self.name = post.name
        self.to = post.address(to) if post.pattern else to
        self.key = key
        self.words = words
        self.payment = payment

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        if self.to:
            return
        if self.post.kind == "mail":
            yield "checkout.order.email", "orders go by e-mail: give an address here or in company.email"
        else:
            yield f"checkout.{self.name}.to", f"expected {self.post.expected}; give it here or in channels"

    def faults(self, item: Item) -> Iterable[str]:
        if "]" in item.sku or "\n" in item.sku:
            yield f'the article number "{item.sku}" can\'t stand in an order line; leave out "]" and line breaks'

    def buy(self, item: Item) -> Buy:
        code = line_code(self.key, item.sku, words_of(item), item.price) if self.key else ""
        text = self.text(order_line(1, item, code), self._sums(item))
        href = self._href(self.words["subject"].replace("{name}", item.name), text)
        return replace(
            line_of(item),
            href=href or self._start(),
            code=code,
            copy="" if href else text,
        )

    def text(self, line: str, sums: Iterable[str] = ()) -> str:
        """Return the order of one line; the theme's cart writes longer ones in the same form."""
        rows = [line, "", *sums, self.words["address"], ""]
        return "\n".join([*rows, self.payment, ""] if self.payment else rows)

    def _sums(self, item: Item) -> Iterable[str]:
        """Return the rows with what one piece and its delivery come to, and a blank one."""
        if item.delivery is None:
            return ()
        name, cost = item.delivery
        rows = (
            (self.words["pieces"], item.price),
            (f"{self.words['delivery']}, {name}", cost),
            (self.words["total"], item.price + cost),
        )
        return (*(f"{row}: {sum_text(money)}" for row, money in rows), "")

    def _href(self, subject: str, text: str) -> str:
        """Return the link that carries a text, empty where none does or it would get too long to work."""
        if self.post.kind == "mail":
            return self._start().replace("{subject}", quote(subject)) + quote(text.replace("\n", "\r\n"))  # RFC 6068, 5
        href = self._start() + quote(text)
        return href if len(href) <= self.post.longest else ""

    def _start(self) -> str:
        return self.post.start(self.to)

    def hand_over(self) -> HandOver:
        to = self.to if self.post.kind == "mail" else self._start()
        return HandOver(provider=self.name, kind=self.post.kind, to=to, longest=self.post.longest)


def words_of(item: Item) -> str:
    """Return what an order calls an item."""
    return f"{item.name}, {item.choice}" if item.choice else item.name


def order_line(count: int, item: Item, code: str) -> str:
    """Return one line of an order, readable by a person and by `read_order`."""
    total = decimal_text(item.price * count)
    price, currency = decimal_text(item.price), item.price.currency
    return f"{count} × {words_of(item)} [{item.sku}] à {price} {currency} = {total} {currency}" + (
        f"  #{code}" if code else ""
    )


class OrderLine(msgspec.Struct, frozen=True):
    """A line of an order as it came back, and whether its sum adds up and its price was this shop's.

    *signed* is None where the line carries no code.
    """

    count: int
    name: str
    sku: str
    price: Money
    total: Money
    adds_up: bool
    signed: bool | None


def read_order(text: str, key: str) -> tuple[OrderLine, ...]:
    """Return the order lines in a mail's text, however it was quoted."""
    return tuple(_line(match, key) for match in _LINE.finditer(_plain(text)))


def unread_lines(text: str) -> tuple[str, ...]:
    """Return what looks like an order line and can't be read as one: broken by a mail program, or changed."""
    rows = _plain(text).split("\n")
    return tuple(row for row in rows if _LIKE_LINE.fullmatch(row) and not _LINE.fullmatch(row))


def read_sums(text: str) -> tuple[tuple[str, Money], ...]:
    """Return the rows below an order's lines in their order: pieces, reductions (negative), delivery, total."""
    lines = list(_LINE.finditer(plain := _plain(text)))
    after = plain[lines[-1].end() :].strip() if lines else ""
    rows = itertools.takewhile(bool, map(_SUM.fullmatch, after.split("\n")))
    return tuple((row["name"], Money(Decimal(row["amount"]), row["currency"])) for row in rows if row)


def read_notes(text: str) -> tuple[str, ...]:
    """Return what stands after the colon in every row that has one, the code that was typed among it."""
    return tuple(row["text"].strip() for row in _NOTE.finditer(_plain(text)))


def _plain(text: str) -> str:
    """Return a mail's text without the marks of quoting, each line of the order on one row again."""
    rows = [re.sub(r"^[>\s]+", "", row).rstrip() for row in text.replace("\u00a0", " ").splitlines()]
    whole = []
    while rows:
        pieces = range(1, _WRAPPED + 1) if _BEGINS.match(rows[0]) else ()
        taken = next((count for count in pieces if _LINE.fullmatch(" ".join(rows[:count]))), 1)
        taken += taken < len(rows) and bool(_CODE.fullmatch(rows[taken]))
        whole.append(" ".join(rows[:taken]))
        del rows[:taken]
    return "\n".join(whole)


def _line(match: re.Match[str], key: str) -> OrderLine:
    price = Money(Decimal(match["price"]), match["currency"])
    total = Money(Decimal(match["total"]), match["currency"])
    count = int(match["count"])
    signed = holds(key, match["sku"], match["name"], price, code=match["code"]) if match["code"] else None
    return OrderLine(count, match["name"], match["sku"], price, total, price * count == total, signed)
