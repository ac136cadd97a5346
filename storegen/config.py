"""site.yaml: what the whole shop has in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from storegen.model.company import Channel, Company, Promise
from storegen.model.delivery import Delivery, Returns
from storegen.model.history import COUNTRIES
from storegen.model.payment import Bic, Iban
from storegen.model.record import Record
from storegen.model.scalars import Count, Currency, Email, Flag, Names, Percent, Url
from storegen.model.text import (
    Choices,
    Different,
    EmbeddedFile,
    Inline,
    Line,
    Link,
    PictureFile,
    TranslatedLine,
    TranslatedText,
)
from storegen.model.times import Zone
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
    """Tax in prices."""

    included: Flag = Flag(1)
    """Whether prices include it."""
    name: TranslatedLine = "VAT"
    """What it is called."""
    rates: Mapping[Line, Percent] = {}
    """Tax class and rate: `standard: 25.5`."""


class BankAccount(Record, frozen=True, kw_only=True):
    """The account that orders are paid to by bank transfer."""

    iban: Iban
    """The account number."""
    holder: Line = ""
    """The name that the account is in; by default the company's."""
    bic: Bic = Bic("")
    """The bank's code, for transfers from abroad."""


class OrderCheckout(Record, frozen=True, kw_only=True):
    """Orders by e-mail."""

    email: Email | None = None
    """Where orders go; by default the company's address."""
    instructions: Inline = ""
    """How the buyer pays."""
    bank: BankAccount | None = None
    """The account that orders are paid to."""


class MessengerCheckout(Record, frozen=True, kw_only=True):
    """Orders by a messenger."""

    to: Line = ""
    """The number or name to write to; by default that of the channel of this kind."""


class SnipcartCheckout(Record, frozen=True, kw_only=True):
    """Your Snipcart account."""

    public_key: Line = ""
    """The public API key, never the secret one."""
    version: Line = "3.7.1"
    """The version of Snipcart's script."""


class StripeCheckout(Record, frozen=True, kw_only=True):
    """Stripe's payment links or buy buttons."""

    publishable_key: Line = ""
    """The publishable key; needed for buttons only."""
    code: Line = ""
    """A promotion code that is filled in on Stripe's page."""


class PaddleCheckout(Record, frozen=True, kw_only=True):
    """Paddle's prices or hosted checkouts."""

    token: Line = ""
    """The client-side token; needed for prices only."""
    code: Line = ""
    """A promotion code that is filled in on Paddle's page."""


class LemonSqueezyCheckout(Record, frozen=True, kw_only=True):
    """Lemon Squeezy's checkout links."""

    code: Line = ""
    """A discount code. Lemon Squeezy's payment page opens with this code filled in."""


class NoSettings(Record, frozen=True, kw_only=True):
    """A provider of payment links that has no settings."""


class FoxyCheckout(Record, frozen=True, kw_only=True):
    """Your Foxy store."""

    domain: Line = ""
    """Its domain."""
    category: Line = ""
    """The category that the articles are in there."""


class ShopifyCheckout(Record, frozen=True, kw_only=True):
    """A Shopify store that takes the cart over."""

    domain: Line = ""
    """Its domain."""
    code: Line = ""
    """A discount code that is filled in there."""


class UcpCheckout(Record, frozen=True, kw_only=True):
    """A store that takes the cart over by permalinks of the Universal Commerce Protocol."""

    endpoint: Line = ""
    """The address of its checkout."""
    code: Line = ""
    """A discount code that is filled in there."""


class PaymentMethodWords(Record, frozen=True, kw_only=True):
    """What pages say of a payment method."""

    text: TranslatedLine = ""
    """The words on its button."""
    note: TranslatedLine = ""
    """Who takes the payment, and what is stored."""


class ProviderSettings(Record, frozen=True, kw_only=True):
    """The settings of each payment provider, in the order of the documentation."""

    order: OrderCheckout = OrderCheckout()
    """Orders by e-mail."""
    whatsapp: MessengerCheckout = MessengerCheckout()
    """Orders by WhatsApp."""
    telegram: MessengerCheckout = MessengerCheckout()
    """Orders by Telegram."""
    line: MessengerCheckout = MessengerCheckout()
    """Orders by LINE."""
    kakaotalk: MessengerCheckout = MessengerCheckout()
    """Orders by KakaoTalk."""
    stripe: StripeCheckout = StripeCheckout()
    """Stripe's payment links or buy buttons."""
    paypal: NoSettings = NoSettings()
    """PayPal's payment links."""
    snipcart: SnipcartCheckout = SnipcartCheckout()
    """Snipcart's cart."""
    foxy: FoxyCheckout = FoxyCheckout()
    """Foxy's cart."""
    shopify: ShopifyCheckout = ShopifyCheckout()
    """A Shopify store's checkout."""
    ucp: UcpCheckout = UcpCheckout()
    """The checkout of a store by the Universal Commerce Protocol."""
    square: NoSettings = NoSettings()
    """Square's payment links."""
    gumroad: NoSettings = NoSettings()
    """Gumroad's products."""
    lemonsqueezy: LemonSqueezyCheckout = LemonSqueezyCheckout()
    """Lemon Squeezy's checkouts."""
    paddle: PaddleCheckout = PaddleCheckout()
    """Paddle's prices or hosted checkouts."""
    link: NoSettings = NoSettings()
    """Links of any other provider."""


PROVIDERS = ProviderSettings.__struct_fields__


class Checkout(ProviderSettings, frozen=True, kw_only=True):
    """How the shop is paid."""

    FORMER_NAMES = {"ways": "methods"}

    provider: Annotated[Names, Choices(PROVIDERS), Different()] = Names(("order",))
    """One provider or several; the first is the page's button. See [checkout](checkout/README.md)."""
    methods: Mapping[Line, PaymentMethodWords] = {}
    """Your own words for payment methods, by provider."""


class Badge(Record, frozen=True, kw_only=True):
    """The word that a tag puts on a product's picture."""

    text: TranslatedLine
    """The word."""
    strong: Flag = Flag(0)
    """`yes`: it stands on a dark ground."""


class ThemeChoice(Record, frozen=True, kw_only=True):
    """The theme and what this shop changes in it."""

    name: Line = "default"
    """The theme's name: a folder of themes/."""
    logo: EmbeddedFile = ""
    """The logo, an SVG file below content/media."""
    icon: EmbeddedFile = ""
    """The icon in browsers' tabs, an SVG file below content/media."""
    share_image: PictureFile = ""
    """The picture that messengers and networks show for pages without one."""
    tokens: Mapping[Line, Line] = {}
    """Colours, fonts and sizes: names and values, see [themes](themes.md)."""
    dark_tokens: Mapping[Line, Line] = {}
    """The same for dark mode."""


class Config(Record, frozen=True, kw_only=True):
    """site.yaml: what the whole shop has in common."""

    name: TranslatedLine
    """The shop's name."""
    url: Url
    """The shop's address on the web, such as `https://hopea.example`, without a path."""
    tagline: TranslatedLine = ""
    """What the shop is, in one line."""
    description: TranslatedText = ""
    """One sentence for search engines."""
    languages: Annotated[tuple[Line, ...], Different()] = ("en",)
    """Language codes. The first stands at `/`, the others at `/fi/` …"""
    currency: Currency = Currency("EUR")
    """The currency of all prices."""
    timezone: Zone = Zone("UTC")
    """The time zone that dates in content are meant in."""
    notice: Inline = ""
    """A sentence at the end of every page."""
    company: Company = Company()
    """The merchant, and where visitors may come."""
    tax: Tax = Tax()
    """Tax in prices."""
    delivery: Delivery = Delivery()
    """How the shop delivers."""
    returns: Returns | None = None
    """How long and on what terms things may be sent back."""
    channels: tuple[Channel, ...] = ()
    """The ways to reach the shop."""
    answer_hours: Count | None = None
    """Within how many hours you answer."""
    promises: Mapping[Line, Promise] = {}
    """Id and promise. Each is written here only and shown by its id."""
    banner: tuple[Line, ...] = ()
    """Ids of promises whose `short` stands in the line above every page."""
    product_promises: tuple[Line, ...] = ()
    """Ids of promises beside the buy button, at most four. One with the id `payment` replaces the note on how an
    order by e-mail is paid."""
    payments: tuple[Line, ...] = ()
    """Names of the means of payment."""
    checkout: Checkout = Checkout()
    """How the shop is paid, see [checkout](checkout/README.md)."""
    tracking: Tracking = Tracking()
    """What the shop follows: visits, and parcels."""
    feeds: tuple[Literal["google"], ...] = ()
    """Product feeds to make, see [product feeds](#product-feeds)."""
    search: Flag = Flag(1)
    """`no` leaves out the [search](search.md)."""
    menu: tuple[Link, ...] = ()
    """At most six links: `category:rings`, `guides`, `page:about`."""
    footer: Mapping[TranslatedLine, tuple[Link, ...]] = {}
    """Up to two columns: title and links."""
    legal: tuple[Link, ...] = ()
    """Links in the last line."""
    badges: Mapping[Line, Badge] = {}
    """Tag and badge: what products with this tag carry."""
    reviews_note: TranslatedLine = ""
    """One sentence on how reviews come about."""
    lowest_price: Flag | None = None
    """Whether prices before a reduction need [proof](#history-of-prices); by default `yes` where `company.country` is
    in the European Economic Area."""
    active_files: tuple[str, ...] = ()
    """Files below content/media that may run scripts, such as `[media/size-tool.html]`. See
    [other files](#pictures-and-other-files)."""
    theme: ThemeChoice = ThemeChoice()
    """The theme and what this shop changes in it."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for templates of your own."""

    @property
    def zone(self) -> dt.tzinfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def proves_prices(self) -> bool:
        """Whether a price before a reduction must be proven by the history of prices."""
        return self.company.country in COUNTRIES if self.lowest_price is None else bool(self.lowest_price)

    @property
    def base_url(self) -> str:
        """The shop's address without a slash at its end."""
        return self.url.rstrip("/")
