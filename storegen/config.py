"""The settings of the whole shop: site.yaml."""

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

# The values of site.yaml that a promise's text may contain in braces.
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
    """Whether prices include tax."""
    name: TranslatedLine = "VAT"
    """The name of the tax, such as VAT."""
    rates: Mapping[Line, Percent] = {}
    """Tax class and rate: `standard: 25.5`."""


class BankAccount(Record, frozen=True, kw_only=True):
    """The bank account for payments by bank transfer."""

    iban: Iban
    """The account number."""
    holder: Line = ""
    """The account holder; by default the company's name."""
    bic: Bic = Bic("")
    """The bank's BIC, for transfers from abroad."""


class OrderCheckout(Record, frozen=True, kw_only=True):
    """Orders by e-mail."""

    email: Email | None = None
    """The address that receives orders; by default the company's."""
    instructions: Inline = ""
    """How the buyer pays."""
    bank: BankAccount | None = None
    """The bank account that buyers pay to."""


class MessengerCheckout(Record, frozen=True, kw_only=True):
    """Orders by a messenger."""

    to: Line = ""
    """The phone number or user name to write to; by default that of the channel of the same kind."""


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


class LinksCheckout(Record, frozen=True, kw_only=True):
    """A payment provider that needs only links."""

    code: Line = ""
    """A promotion code that is filled in on the provider's page."""


class FoxyCheckout(Record, frozen=True, kw_only=True):
    """Your Foxy store."""

    domain: Line = ""
    """The domain of your Foxy store."""
    category: Line = ""
    """The Foxy category of the articles."""


class ShopifyCheckout(Record, frozen=True, kw_only=True):
    """A Shopify store that receives the cart and does the checkout."""

    domain: Line = ""
    """The domain of the Shopify store."""
    code: Line = ""
    """A discount code that is filled in at Shopify's checkout."""


class UcpCheckout(Record, frozen=True, kw_only=True):
    """A store that receives the cart through permalinks of the Universal Commerce Protocol."""

    endpoint: Line = ""
    """The address of the store's checkout."""
    code: Line = ""
    """A discount code that is filled in at the store's checkout."""


class PaymentMethodWords(Record, frozen=True, kw_only=True):
    """The texts of a payment method on pages."""

    text: TranslatedLine = ""
    """The text of its button."""
    note: TranslatedLine = ""
    """A note on who takes the payment, and which data is stored."""


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
    paypal: LinksCheckout = LinksCheckout()
    """PayPal's payment links."""
    snipcart: SnipcartCheckout = SnipcartCheckout()
    """Snipcart's cart."""
    foxy: FoxyCheckout = FoxyCheckout()
    """Foxy's cart."""
    shopify: ShopifyCheckout = ShopifyCheckout()
    """A Shopify store's checkout."""
    ucp: UcpCheckout = UcpCheckout()
    """The checkout of a store that supports the Universal Commerce Protocol."""
    square: LinksCheckout = LinksCheckout()
    """Square's payment links."""
    gumroad: LinksCheckout = LinksCheckout()
    """Gumroad's products."""
    lemonsqueezy: LinksCheckout = LinksCheckout()
    """Lemon Squeezy's checkouts."""
    paddle: PaddleCheckout = PaddleCheckout()
    """Paddle's prices or hosted checkouts."""
    link: LinksCheckout = LinksCheckout()
    """Links of any other provider."""


PROVIDERS = ProviderSettings.__struct_fields__


class Checkout(ProviderSettings, frozen=True, kw_only=True):
    """How buyers pay."""

    FORMER_NAMES = {"ways": "methods"}

    provider: Annotated[Names, Choices(PROVIDERS), Different()] = Names(("order",))
    """One provider or several. The first is used by the main button of a page. See [checkout](checkout/README.md)."""
    methods: Mapping[Line, PaymentMethodWords] = {}
    """Your own words for payment methods, by provider."""


class Badge(Record, frozen=True, kw_only=True):
    """The word on the pictures of products with a certain tag."""

    text: TranslatedLine
    """The word."""
    strong: Flag = Flag(0)
    """`yes` shows the word on a dark background."""


class ThemeChoice(Record, frozen=True, kw_only=True):
    """The theme, and this shop's changes to the theme."""

    name: Line = "default"
    """The theme's name: a folder of themes/."""
    logo: EmbeddedFile = ""
    """The logo, an SVG file below content/media."""
    icon: EmbeddedFile = ""
    """The icon for browser tabs, an SVG file below content/media."""
    share_image: PictureFile = ""
    """The picture that messengers and social networks show for pages without a picture of their own."""
    tokens: Mapping[Line, Line] = {}
    """Colours, fonts and sizes: names and values, see [themes](themes.md)."""
    dark_tokens: Mapping[Line, Line] = {}
    """The same for dark mode."""


class Config(Record, frozen=True, kw_only=True):
    """The settings of the whole shop: site.yaml."""

    name: TranslatedLine
    """The shop's name."""
    url: Url
    """The shop's address on the web, such as `https://hopea.example`, without a path."""
    tagline: TranslatedLine = ""
    """What the shop is, in one line."""
    description: TranslatedText = ""
    """One sentence for search engines."""
    languages: Annotated[tuple[Line, ...], Different()] = ("en",)
    """Language codes. Pages of the first language are at `/`, those of the others at `/fi/` …"""
    currency: Currency = Currency("EUR")
    """The currency of all prices."""
    timezone: Zone = Zone("UTC")
    """The time zone of dates and times in content."""
    notice: Inline = ""
    """A sentence at the end of every page."""
    company: Company = Company()
    """The merchant's company, and its premises for visitors."""
    tax: Tax = Tax()
    """Tax in prices."""
    delivery: Delivery = Delivery()
    """How the shop delivers."""
    returns: Returns | None = None
    """How long and on what terms buyers may return products."""
    channels: tuple[Channel, ...] = ()
    """The ways to contact the shop."""
    answer_hours: Count | None = None
    """The number of hours within which you answer."""
    promises: Mapping[Line, Promise] = {}
    """Promises by id. Write each promise here once, and use its id everywhere else."""
    banner: tuple[Line, ...] = ()
    """Ids of promises. Their `short` texts are shown in the line at the top of every page."""
    product_promises: tuple[Line, ...] = ()
    """Ids of at most four promises, shown next to the buy button. One with the id `payment` replaces the note on
    paying for an order by e-mail.
    """
    payments: tuple[Line, ...] = ()
    """Names of the means of payment."""
    checkout: Checkout = Checkout()
    """How buyers pay, see [checkout](checkout/README.md)."""
    tracking: Tracking = Tracking()
    """Statistics of visits, and tracking of parcels."""
    feeds: tuple[Literal["google"], ...] = ()
    """Product feeds to generate, see [product feeds](#product-feeds)."""
    search: Flag = Flag(1)
    """`no` leaves out the [search](search.md)."""
    menu: tuple[Link, ...] = ()
    """At most six links: `category:rings`, `guides`, `page:about`."""
    footer: Mapping[TranslatedLine, tuple[Link, ...]] = {}
    """Up to two columns: title and links."""
    legal: tuple[Link, ...] = ()
    """Links in the last line of every page."""
    badges: Mapping[Line, Badge] = {}
    """Badges by tag. Products with the tag show the badge."""
    reviews_note: TranslatedLine = ""
    """One sentence on how the shop collects reviews."""
    lowest_price: Flag | None = None
    """Whether earlier prices need [proof](#history-of-prices); by default `yes` where `company.country` is in the
    European Economic Area.
    """
    active_files: tuple[str, ...] = ()
    """Files below content/media that may run scripts, such as `[media/size-tool.html]`. See
    [other files](#pictures-and-other-files)."""
    theme: ThemeChoice = ThemeChoice()
    """The theme, and this shop's changes to the theme."""
    extra: Mapping[str, TranslatedText] = {}
    """Texts for your own templates."""

    @property
    def zone(self) -> dt.tzinfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def proves_prices(self) -> bool:
        """Whether the price history must prove an earlier price before it is shown."""
        return self.company.country in COUNTRIES if self.lowest_price is None else bool(self.lowest_price)

    @property
    def base_url(self) -> str:
        """The shop's address without a trailing slash."""
        return self.url.rstrip("/")
