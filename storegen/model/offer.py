"""Offers: sales, discounts and gifts. Each has one kind, and may have a start and an end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.market import OffersByMarket
from storegen.model.product import Product
from storegen.model.record import Content, Record
from storegen.model.scalars import Amount, Count, Country, Flag, Percent, Slug
from storegen.model.text import (
    CategoryRef,
    Line,
    Markdown,
    PictureFile,
    ProductRef,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)
from storegen.model.times import EndInstant, Instant

OfferKind = Literal[
    "sale", "coupon", "first_purchase", "volume", "bundle", "add_on", "gift", "sample", "free_delivery"
]  # fmt: skip


# The keys that say which products an offer is about.
ABOUT = ("everything", "products", "categories", "tags")


class Tier(Record, frozen=True, kw_only=True):
    """One step of a volume price: a percentage off each piece, from a certain number of pieces."""

    count: Count
    """From this number of pieces, the reduction applies."""
    percent: Percent
    """The reduction of each piece, in percent."""


class AfterOrder(Record, frozen=True, kw_only=True):
    """An offer for buyers who have just ordered, shown on the page after an order."""

    hours: Count
    """The number of hours after the order in which the buyer may take the offer."""
    products: tuple[ProductRef, ...] = ()
    """The products whose buyers see the offer. Default: any product."""


class Recommendation(Record, frozen=True, kw_only=True):
    """An offer that thanks people who recommend the shop."""

    to: Literal["friend", "public"]
    """To a `friend`, who gets the code, or in `public`, such as in a blog. In public, you send them the code
    yourself, and the page doesn't show it."""
    reward: TranslatedText
    """What the one who recommends gets, and when."""
    disclosure: TranslatedText = ""
    """In public: the sentence that they put at the beginning of their text, as the law of many countries demands.
    Default: a sentence of the theme."""
    tag: Line = ""
    """The tag (`utm_campaign`) of the links that they share. Default: the offer's id."""


class Offer(Content, frozen=True, kw_only=True):
    """An offer for the products that it names by product, category or tag, or for all products.

    A sale changes prices. All other kinds are calculated in the cart. `OFFER_KEYS` lists the YAML keys of each kind.
    """

    kind: OfferKind = "sale"
    """The kind of offer. See the table of kinds below."""
    name: TranslatedLine
    """The name on pages."""
    text: Markdown = ""
    """A text about the offer."""
    terms: Markdown = ""
    """The conditions."""
    percent: Percent | None = None
    """The reduction in percent."""
    amount: Amount | None = None
    """The reduction as a sum of money. A sale: for each piece. A bundle: for each bundle. A code: once for the cart."""
    price: Amount | None = None
    """The price of the whole bundle."""
    prices: OffersByMarket = {}
    """The amounts in other markets: `{SE: {amount: 100.00, min_total: 500.00}}`. An offer that has amounts
    doesn't run in a market without them."""
    tiers: tuple[Tier, ...] = ()
    """Reductions by number of pieces: `[{count: 3, percent: 10}]`."""
    everything: Flag = Flag(0)
    """`yes`: the offer is for the whole shop."""
    products: tuple[ProductRef, ...] = ()
    """The products in the offer."""
    categories: tuple[CategoryRef, ...] = ()
    """The categories in the offer. Their subcategories are included."""
    tags: tuple[Line, ...] = ()
    """Products with these tags are in the offer."""
    excluding: tuple[ProductRef, ...] = ()
    """Products that are never in the offer."""
    reduced: tuple[ProductRef, ...] = ()
    """The products that become cheaper in an add-on."""
    gift: ProductRef = ""
    """The free product."""
    samples: tuple[ProductRef, ...] = ()
    """Products from which the buyer chooses one as a free sample."""
    countries: tuple[Country, ...] = ()
    """With `free_delivery`: the countries to which delivery is free. A delivery method must list them in site.yaml.
    Default: all countries."""
    methods: tuple[Line, ...] = ()
    """With `free_delivery`: the delivery methods that are free, by their ids in site.yaml. Default: all methods."""
    code: Line = ""
    """The code that the visitor types. Without the code there is no reduction."""
    min_total: Amount | None = None
    """The smallest sum in the cart, such as `50.00`."""
    min_count: Count | None = None
    """The smallest number of pieces of these products in the cart."""
    starts: Instant | None = None
    """When the offer begins: a day from its first moment, or a moment."""
    ends: EndInstant | None = None
    """When the offer ends: a last day, which counts until its end, or a moment. `2026-11-30` is all of 30 November."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    page: Flag = Flag(0)
    """`yes`: the offer has a page at `/offers/<slug>/`."""
    image: PictureFile = ""
    """The picture on the offer's page."""
    after_order: AfterOrder | None = None
    """With `coupon`: only buyers who have just ordered see the offer, for some hours: `{hours: 48}`."""
    recommendation: Recommendation | None = None
    """With `coupon`: it thanks people who recommend the shop: `{to: friend, reward: A polishing cloth}`."""
    badge: TranslatedLine = ""
    """A word or two on the pictures of the offer's products, such as `Winter week`. A proven percentage takes its
    place. Default: no badge."""

    @property
    def about(self) -> bool:
        """Whether it names any products, categories or tags, or everything."""
        return any(getattr(self, name) for name in ABOUT)

    @property
    def has_page(self) -> bool:
        """Whether it has its own page. Pages that are not `public` are never listed."""
        return bool(self.page) or not self.public

    @property
    def public(self) -> bool:
        """Whether pages may announce it. Others need their link: for a first purchase, after an order, for friends."""
        return self.kind != "first_purchase" and self.after_order is None and self.recommendation is None

    @property
    def tells_code(self) -> bool:
        """Whether its page shows its code."""
        return self.recommendation is None or self.recommendation.to == "friend"

    def frees(self, method: Method, country: str) -> bool:
        """Return whether it makes a delivery method free to a country, ignoring time and the order."""
        return (not self.methods or method.id in self.methods) and (
            not self.countries or (country in self.countries and country in method.countries)
        )

    def covers(self, product: Product) -> bool:
        """Return whether the offer applies to *product*, ignoring time.

        An offer that names nothing applies to every product.
        """
        return self.is_about(product.id, product.category, product.tags)

    def is_about(self, name: str, categories: Sequence[str], tags: Sequence[str]) -> bool:
        """Return whether the offer applies to the product *name* in these *categories* and with these *tags*."""
        if name in self.excluding:
            return False
        return (
            not self.about
            or bool(self.everything)
            or name in self.products
            or not set(self.tags).isdisjoint(tags)
            or any(each == root or each.startswith(f"{root}/") for each in categories for root in self.categories)
        )


class OfferKeys(Record, frozen=True, kw_only=True):
    """The YAML keys of a kind of offer: one of these is required, all of these are, and these are optional."""

    one_of: tuple[Line, ...] = ()
    needs: tuple[Line, ...] = ()
    takes: tuple[Line, ...] = ()


_ABOUT = (*ABOUT, "excluding")
_OFF = ("percent", "amount")
_IF = ("min_total", "min_count")
OFFER_KEYS: dict[OfferKind, OfferKeys] = {
    "sale": OfferKeys(one_of=_OFF, needs=("about", "starts", "ends"), takes=_ABOUT),
    "coupon": OfferKeys(one_of=_OFF, needs=("code",), takes=(*_ABOUT, *_IF, "after_order", "recommendation")),
    "first_purchase": OfferKeys(one_of=_OFF, needs=("code", "starts", "ends"), takes=(*_ABOUT, *_IF)),
    "volume": OfferKeys(needs=("tiers", "about"), takes=_ABOUT),
    "bundle": OfferKeys(one_of=(*_OFF, "price"), needs=("products",)),
    "add_on": OfferKeys(one_of=_OFF, needs=("about", "reduced"), takes=_ABOUT),
    "gift": OfferKeys(needs=("gift",), takes=(*_ABOUT, *_IF, "code")),
    "sample": OfferKeys(needs=("samples",), takes=(*_ABOUT, *_IF, "code")),
    "free_delivery": OfferKeys(takes=(*_ABOUT, *_IF, "code", "countries", "methods")),
}


def runs(offer: Offer, clock: Clock) -> bool:
    """Return whether an offer is valid at the clock's time."""
    begun = offer.starts is None or clock.reached(offer.starts)
    ended = over(offer, clock)  # asked at any time: the clock lists what comes
    return begun and not ended


def over(offer: Offer, clock: Clock) -> bool:
    """Return whether an offer has ended at the clock's time."""
    return offer.ends is not None and clock.reached(offer.ends)
