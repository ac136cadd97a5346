"""Cart permalinks of Shopify and of the UCP: an address that contains the whole cart, one token per line.

Facts: https://shopify.dev/docs/apps/build/checkout/create-cart-permalinks (2026) and the Universal Commerce Protocol's
docs/specification/permalink.md (2026-08).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from storegen.checkout.links import fitting, price_refusal, with_query, written
from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item, Refusal, line_of
from storegen.checkout.refusals import PRICE_AND_CODES, offer_refusals, unhonoured
from storegen.model.payment import PayEntry, PayLink


class PermalinkKind(msgspec.Struct, frozen=True, kw_only=True):
    """The description of one kind of cart permalink.

    *setting* is the field below the provider in site.yaml that names the store. *pattern* must match its value, and
    *base* builds the store's address from it. *ids* is a pattern of the ids in content/checkout. If ids are not
    *needed*, the article number is the default. *code* is the parameter of a discount code.
    """

    name: str
    title: str
    setting: str
    pattern: str
    expected: str
    base: Callable[[str], str]
    ids: str
    id_example: str
    made: str
    needed: bool
    code: str
    tags: str
    facts: Facts

    def fault(self, entry: PayLink) -> str | None:
        """Return why an entry of content/checkout can't be sold, None if it can."""
        found = entry.target
        if re.fullmatch(self.ids, found) or not (found or self.needed):
            return None
        return f'expected {self.id_example} ({self.made}), found "{found}"'


SHOPIFY = PermalinkKind(
    name="shopify",
    title="Shopify",
    setting="domain",
    pattern=r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+",
    expected="the store's domain, such as my-shop.myshopify.com",
    base=lambda domain: f"https://{domain}/cart/",
    ids=r"[0-9]{6,20}",
    id_example="the number of a variant such as 40123456789012",
    made="it is the last part of the variant's address in Shopify's admin",
    needed=True,
    code="discount",
    tags="",
    facts=Facts(
        title="Shopify cart permalinks",
        cart="yes, storegen's cart; the checkout is at Shopify",
        options="yes, every variant, by its variant number at Shopify",
        coupon="yes, `code:` is applied at Shopify",
        protection="Shopify stores the price; the build compares `price:` with the price in the shop",
        test_mode="a development store",
        without_script="yes, one variant at a time",
        source="shopify.dev, create-cart-permalinks, 2026",
        offers=PRICE_AND_CODES,
        steps=2,
        minutes=60,
    ),
)

UCP = PermalinkKind(
    name="ucp",
    title="The UCP permalink",
    setting="endpoint",
    pattern=r"https://[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?::[0-9]+)?(?:/[A-Za-z0-9/._-]*)?",
    expected="the endpoint that the store's /.well-known/ucp gives for dev.ucp.shopping.permalink",
    base=lambda endpoint: endpoint.rstrip("/") + "/",
    ids=r"\S+",
    id_example="the id of the variant in the store's catalogue",
    made="without an entry, the article number is used",
    needed=False,
    code="discounts/codes/0",
    tags="attribution/",
    facts=Facts(
        title="UCP permalinks",
        cart="yes, storegen's cart; the checkout is at the store",
        options="yes, every variant, by its id at the store",
        coupon="yes, `code:` is sent to the store",
        protection="the store keeps the price; the build compares `price:` with the price in the shop",
        test_mode="depends on the store",
        server="yes, the store's server",
        without_script="yes, one variant at a time",
        source="Universal Commerce Protocol, docs/specification/permalink.md, 2026-08",
        offers=PRICE_AND_CODES,
        steps=2,
        minutes=10,
    ),
)

PERMALINK_KINDS: Mapping[str, PermalinkKind] = {kind.name: kind for kind in (SHOPIFY, UCP)}


class Permalinks:
    """The provider. *store* is the value of the kind's setting, *ids* maps article numbers to the store's ids."""

    cart: Cart = "shop"
    data: Mapping[str, str] = {}
    files: Files = {}
    scripts: Mapping[str, tuple[str, ...]] = {}
    origins: Mapping[str, tuple[str, ...]] = {}

    def __init__(
        self, kind: PermalinkKind, store: str, ids: Mapping[str, PayEntry], *, code: str = "", file: str = ""
    ) -> None:
        self.kind = kind
        self.name = kind.name
        self.store = store
        self.ids = {sku: entry for sku, entry in ids.items() if isinstance(entry, tuple)}
        self.code = code
        self.file = file or f"content/checkout/{kind.name}.yaml"

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield that the store's address is missing or invalid."""
        if not re.fullmatch(self.kind.pattern, self.store):
            yield f"checkout.{self.name}.{self.kind.setting}", f"expected {self.kind.expected}"

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield that an item has no id at the store, that its price there is another, and offers it wouldn't apply."""
        links = self._links(item.sku)
        if not links:
            yield Refusal(
                provider=self.name,
                cause=f"{self.kind.title} needs a number for {{articles}}",
                remedy=f'add "{item.sku}: …" to {self.file} with {self.kind.id_example}: {self.kind.made}',
            )
        elif fitting(links, item) is None:
            yield price_refusal(self.name, links, item, self.file, self._remedy(links[0], item))
        yield from offer_refusals(self.name, self.kind.title, unhonoured(item, self.kind.facts, alone=False))

    def _links(self, sku: str) -> tuple[PayLink, ...]:
        """Return the entries of an article. Without a needed entry, the article number is the id."""
        return self.ids.get(sku, () if self.kind.needed else (PayLink(),))

    def _remedy(self, link: PayLink, item: Item) -> str:
        if item.full is None:
            return "change the one that is wrong"
        right = written(replace(link, offers=()), item.price)
        return f'give it this price at the store, then write "{item.sku}: {right}" in {self.file}'

    def buy(self, item: Item) -> Buy:
        """Return a button that opens the store's checkout with one piece."""
        link = fitting(self._links(item.sku), item)
        found = token((link.target if link else "") or item.sku)
        return replace(
            line_of(item),
            href=f"{self.kind.base(self.store)}{found}:1{self._query()}",
            tokens={self.name: found},
            tags=self.kind.tags,
        )

    def _query(self) -> str:
        return with_query("", [(self.kind.code, self.code)])

    def cart_transfer(self) -> CartTransfer:
        """Return how the cart is sent: in the path of the permalink."""
        to = self.kind.base(self.store)
        return CartTransfer(provider=self.name, kind="path", to=to, query=self._query(), tags=self.kind.tags)


def token(identifier: str) -> str:
    """Return an id as a permalink token: unchanged if possible, else ``~`` and its base64url (UCP)."""
    if re.fullmatch(r"[A-Za-z0-9._-]+", identifier):
        return identifier
    return "~" + base64.urlsafe_b64encode(identifier.encode()).decode().rstrip("=")
