"""Orders by e-mail or messenger: the default, which needs no account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from msgspec.structs import replace

from storegen.checkout.messengers import Post
from storegen.checkout.protocol import Buy, Cart, CartTransfer, Files, Item, Refusal, line_of
from storegen.checkout.signing import line_code
from storegen.model.money import Money, decimal_text, sum_text
from storegen.model.services import MARK, Service

# Characters that no row of an order contains: line ends, other control characters and direction overrides.
# The theme's cart has the same rule.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# The texts of the theme for an order of one article.
WORDS = ("subject", "pieces", "delivery", "total", "address")


class Order:
    """The provider: a cart in the page, whose order is sent as a text to *to* by a *post*.

    *payment* is one line on how to pay, at the end of the order.
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
        """Yield that there is no address or account to send orders to."""
        if self.to:
            return
        if self.post.kind == "mail":
            yield "checkout.order.email", "orders go by e-mail: give an address here or in company.email"
        else:
            yield f"checkout.{self.name}.to", f"expected {self.post.expected}; give it here or in channels"

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield why an article number can't be part of an order line. Those of services begin with a plus sign."""
        if item.sku.startswith(MARK):
            yield Refusal(
                provider=self.name,
                cause=f'in an order line, the number of {{articles}} would look like a service ("{MARK}" at its start)',
                remedy=f'remove "{MARK}" from the beginning of the number',
            )
        if "]" in item.sku or one_line(item.sku) != item.sku:
            yield Refusal(
                provider=self.name,
                cause="an order line can't contain the number of {articles}",
                remedy='remove "]" and line breaks from the number',
            )

    def buy(self, item: Item) -> Buy:
        """Return a button that opens the order of one piece. If the text is too long for a link, *copy* contains it."""
        code = line_code(self.key, item.sku, words_of(item), item.price) if self.key else ""
        text = self.text(order_line(1, item, code), (*self._sums(item), *_later(item)))
        href = self._href(one_line(self.words["subject"].replace("{name}", item.name)), text)
        return replace(
            line_of(item),
            href=href or self._start(),
            code=code,
            copy="" if href else text,
        )

    def text(self, line: str, sums: Iterable[str] = ()) -> str:
        """Return the order text of one line. The theme's cart writes longer orders in the same format."""
        rows = [line, "", *sums, self.words["address"], ""]
        return "\n".join(map(one_line, [*rows, self.payment, ""] if self.payment else rows))

    def _sums(self, item: Item) -> Iterable[str]:
        """Return the rows with the sums of one piece and its delivery, and a blank row; none if a cost is unknown."""
        if item.delivery is None and not item.digital:
            return ()
        rows, total = [(self.words["pieces"], item.price)], item.price
        if item.delivery is not None:
            name, cost = item.delivery
            rows.append((f"{self.words['delivery']}, {name}", cost))
            total += cost
        rows.append((self.words["total"], total))
        return (*(f"{row}: {sum_text(money)}" for row, money in rows), "")

    def _href(self, subject: str, text: str) -> str:
        """Return the link with a text, empty if links of this kind have no text or the link would be too long."""
        if self.post.kind == "mail":
            return self._start().replace("{subject}", quote(subject)) + quote(text.replace("\n", "\r\n"))  # RFC 6068, 5
        href = self._start() + quote(text)
        return href if len(href) <= self.post.longest else ""

    def _start(self) -> str:
        return self.post.start(self.to)

    def service_code(self, service: Service, currency: str) -> str:
        """Return the signature of a service's row, empty without a key. The row's name contains the buyer's text."""
        if not self.key or service.price is None:
            return ""
        return line_code(self.key, MARK + service.id, "", Money(service.price, currency))

    def cart_transfer(self) -> CartTransfer:
        """Return how the cart is sent: as the text of an order."""
        to = self.to if self.post.kind == "mail" else self._start()
        return CartTransfer(provider=self.name, kind=self.post.kind, to=to, longest=self.post.longest)


def _later(item: Item) -> Iterable[str]:
    """Return the row that says when an item can be sent, and a blank row; none if it can be sent at once."""
    return (f"[{item.sku}] {item.later}", "") if item.later else ()


def words_of(item: Item) -> str:
    """Return the name of an item in orders."""
    return f"{item.name}, {item.choice}" if item.choice else item.name


def order_line(count: int, item: Item, code: str) -> str:
    """Return one line of an order. People and `order_reading` can read it."""
    total = decimal_text(item.price * count)
    price, currency = decimal_text(item.price), item.price.currency
    return f"{count} × {words_of(item)} [{item.sku}] à {price} {currency} = {total} {currency}" + (
        f"  #{code}" if code else ""
    )


def one_line(text: str) -> str:
    """Return a text on one line, so that it can't add rows to an order."""
    return UNPRINTABLE.sub(" ", text)
