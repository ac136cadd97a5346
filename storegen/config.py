"""site.yaml: what the whole shop has in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from storegen.model.company import Channel, Company, Promise
from storegen.model.delivery import Delivery, Returns
from storegen.model.history import COUNTRIES
from storegen.model.line import Line
from storegen.model.payment import Bic, Iban
from storegen.model.record import Record
from storegen.model.scalars import Count, Currency, Email, Flag, Names, Percent, Url, Zone
from storegen.model.tracking import Tracking

# The values of site.yaml that a promise may name in braces.
PLACEHOLDERS = (
    "delivery_price",
    "free_from",
    "delivery_days",
    "carrier",
    "send_before",
    "return_days",
    "answer_hours",
    "tax",
    "city",
)


class Tax(Record, frozen=True, kw_only=True):
    """Whether prices include tax, and the rates in percent by tax class."""

    included: Flag = Flag(1)
    name: Line = "VAT"
    rates: Mapping[Line, Percent] = {}


class BankAccount(Record, frozen=True, kw_only=True):
    """The account that orders are paid to by bank transfer."""

    iban: Iban
    holder: Line = ""
    bic: Bic = Bic()


class OrderCheckout(Record, frozen=True, kw_only=True):
    """Orders by e-mail or messenger: where mails go and how the buyer pays."""

    email: Email | None = None
    instructions: str = ""
    bank: BankAccount | None = None


class MessengerCheckout(Record, frozen=True, kw_only=True):
    """Orders by a messenger: the number or name to write to; without it, that of the channel of this kind."""

    to: Line = ""


class SnipcartCheckout(Record, frozen=True, kw_only=True):
    """The shop's Snipcart account; *public_key* is the public API key, never the secret one."""

    public_key: Line = ""
    version: Line = "3.7.1"


class StripeCheckout(Record, frozen=True, kw_only=True):
    """Stripe payment links or buy buttons; the publishable key is needed for buttons only."""

    publishable_key: Line = ""
    code: Line = ""


class PaddleCheckout(Record, frozen=True, kw_only=True):
    """Paddle prices or hosted checkouts; the client-side token is needed for prices only."""

    token: Line = ""
    code: Line = ""


class LinksCheckout(Record, frozen=True, kw_only=True):
    """A provider whose links say all; *code* is a promotion code that is filled in on its page."""

    code: Line = ""


class FoxyCheckout(Record, frozen=True, kw_only=True):
    """A Foxy store: its domain, and the category that its articles are in there."""

    domain: Line = ""
    category: Line = ""


class ShopifyCheckout(Record, frozen=True, kw_only=True):
    """A Shopify store that takes the cart over."""

    domain: Line = ""
    code: Line = ""


class UcpCheckout(Record, frozen=True, kw_only=True):
    """A store that takes the cart by the Universal Commerce Protocol's permalinks."""

    endpoint: Line = ""
    code: Line = ""


class WayWords(Record, frozen=True, kw_only=True):
    """What pages say of a way to pay: the words on its button, and who takes the payment and what is stored."""

    text: Line = ""
    note: Line = ""


class Checkout(Record, frozen=True, kw_only=True):
    """How the shop is paid: one provider or several, the first as the page's button, and what each needs.

    *ways* are the shop's own words for them, by provider.
    """

    provider: Names = Names(("order",))
    ways: Mapping[Line, WayWords] = {}
    order: OrderCheckout = OrderCheckout()
    whatsapp: MessengerCheckout = MessengerCheckout()
    telegram: MessengerCheckout = MessengerCheckout()
    line: MessengerCheckout = MessengerCheckout()
    kakaotalk: MessengerCheckout = MessengerCheckout()
    snipcart: SnipcartCheckout = SnipcartCheckout()
    stripe: StripeCheckout = StripeCheckout()
    paypal: LinksCheckout = LinksCheckout()
    foxy: FoxyCheckout = FoxyCheckout()
    shopify: ShopifyCheckout = ShopifyCheckout()
    ucp: UcpCheckout = UcpCheckout()
    square: LinksCheckout = LinksCheckout()
    gumroad: LinksCheckout = LinksCheckout()
    lemonsqueezy: LinksCheckout = LinksCheckout()
    paddle: PaddleCheckout = PaddleCheckout()
    link: LinksCheckout = LinksCheckout()


class Badge(Record, frozen=True, kw_only=True):
    """The word that a tag puts on a product's picture, and whether it stands on ink or on paper."""

    text: Line
    strong: Flag = Flag(0)


class ThemeChoice(Record, frozen=True, kw_only=True):
    """The theme and what this shop changes in it."""

    name: Line = "default"
    logo: str = ""
    icon: str = ""
    share_image: str = ""
    tokens: Mapping[Line, Line] = {}
    dark_tokens: Mapping[Line, Line] = {}


class Config(Record, frozen=True, kw_only=True):
    """site.yaml in one language."""

    name: Line
    url: Url
    tagline: Line = ""
    description: str = ""
    languages: tuple[Line, ...] = ("en",)
    currency: Currency = Currency("EUR")
    timezone: Zone = Zone("UTC")
    notice: str = ""
    company: Company = Company()
    tax: Tax = Tax()
    delivery: Delivery = Delivery()
    returns: Returns | None = None
    channels: tuple[Channel, ...] = ()
    answer_hours: Count | None = None
    promises: Mapping[Line, Promise] = {}
    banner: tuple[Line, ...] = ()
    product_promises: tuple[Line, ...] = ()
    payments: tuple[Line, ...] = ()
    checkout: Checkout = Checkout()
    tracking: Tracking = Tracking()
    feeds: tuple[Literal["google"], ...] = ()
    search: Flag = Flag(1)
    menu: tuple[Line, ...] = ()
    footer: Mapping[Line, tuple[Line, ...]] = {}
    legal: tuple[Line, ...] = ()
    badges: Mapping[Line, Badge] = {}
    reviews_note: Line = ""
    lowest_price: Flag | None = None
    active_files: tuple[str, ...] = ()
    theme: ThemeChoice = ThemeChoice()
    extra: Mapping[str, str] = {}

    @property
    def zone(self) -> dt.tzinfo:
        return ZoneInfo(self.timezone)

    @property
    def proves_prices(self) -> bool:
        """Whether a price before a reduction must be proven by the history of prices."""
        return self.company.country in COUNTRIES if self.lowest_price is None else bool(self.lowest_price)

    @property
    def base_url(self) -> str:
        """The shop's address without a slash at its end."""
        return self.url.rstrip("/")
