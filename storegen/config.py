"""The settings of the whole shop: site.yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from storegen.model.company import Channel, Company, Promise
from storegen.model.delivery import Delivery, Returns
from storegen.model.duties import Duties
from storegen.model.form_target import Forms
from storegen.model.market import HOME, Market
from storegen.model.payment import Bic, Iban
from storegen.model.picture import Ratio, Swatches
from storegen.model.record import Record
from storegen.model.regions import EEA
from storegen.model.scalars import Count, Currency, Email, Flag, Names, Percent, SiteUrl
from storegen.model.services import Service
from storegen.model.share import ShareChannel
from storegen.model.text import (
    CategoryRef,
    Choices,
    Different,
    EmbeddedFile,
    Inline,
    Line,
    Link,
    PictureFile,
    ProductRef,
    SetOnLoad,
    TranslatedLine,
    TranslatedSlugs,
    TranslatedText,
)
from storegen.model.times import Zone
from storegen.model.tracking import Tracking

# The most entries of the menu. Without a `menu`, more top-level categories than this get a page that lists them all.
MENU = 6

# The word that marks a placeholder: an example that the merchant has to replace.
PLACEHOLDER = "REPLACE-ME"

# The values of site.yaml that a promise may name in braces.
PROMISE_VALUES = (
    "delivery_price",
    "free_from",
    "delivery_days",
    "carrier",
    "send_before",
    "return_days",
    "answer_hours",
    "tax",
    "city",
    "country",
)
# A value in a text.
VALUE_IN_BRACES = re.compile(r"\{([a-z_]+)\}")


class Tax(Record, frozen=True, kw_only=True):
    """Tax in prices."""

    included: Flag = Flag(1)
    """`yes`: your prices contain the tax. `no`: they don't."""
    name: TranslatedLine = ""
    """The name of the tax on pages. Default: the theme's word in each language, such as VAT in English and ALV in
    Finnish."""
    rates: Mapping[Line, Percent] = {}
    """Tax classes with their rates in percent: `{standard: 25.5, reduced: 13.5}`."""


class BankAccount(Record, frozen=True, kw_only=True):
    """The bank account for payments by bank transfer."""

    EXACTLY_ONE = ("iban", "account")

    iban: Iban | None = None
    """The account number."""
    account: TranslatedLine | None = None
    """The bank and the account number in countries without IBAN: `국민은행 123-456-789012`."""
    holder: TranslatedLine = ""
    """The name of the account's owner. Default: the company's name."""
    bic: Bic = Bic("")
    """The bank's code (BIC), for transfers from abroad."""

    @property
    def number(self) -> str:
        """The account number as buyers read it."""
        return self.iban.grouped if self.iban else self.account or ""


class OrderCheckout(Record, frozen=True, kw_only=True):
    """Orders by e-mail."""

    email: Email | None = None
    """The address that receives the orders. Default: the company's e-mail address."""
    instructions: Inline = ""
    """How the buyer pays."""
    bank: BankAccount | None = None
    """The bank account for payments by bank transfer."""


class MessengerCheckout(Record, frozen=True, kw_only=True):
    """Orders by a messenger."""

    to: Line = ""
    """Your number or name in this messenger. Default: the `value` of your channel of the same kind."""


class SnipcartCheckout(Record, frozen=True, kw_only=True):
    """Your Snipcart account."""

    public_key: Line = ""
    """The public API key. Never write the secret key here."""
    version: Line = "3.7.1"
    """The version of Snipcart's script."""


class StripeCheckout(Record, frozen=True, kw_only=True):
    """Stripe's payment links or buy buttons."""

    publishable_key: Line = ""
    """The publishable key. Only buy buttons need this key."""
    code: Line = ""
    """A promotion code. Stripe's payment page opens with this code filled in."""


class PaddleCheckout(Record, frozen=True, kw_only=True):
    """Paddle's prices or hosted checkouts."""

    token: Line = ""
    """The client-side token. Only prices (`pri_…`) need this token."""
    code: Line = ""
    """A discount code. Paddle's payment page opens with this code filled in."""


class LemonSqueezyCheckout(Record, frozen=True, kw_only=True):
    """Lemon Squeezy's checkout links."""

    code: Line = ""
    """A discount code. Lemon Squeezy's payment page opens with this code filled in."""


class NoSettings(Record, frozen=True, kw_only=True):
    """A provider of payment links that has no settings."""


class FoxyCheckout(Record, frozen=True, kw_only=True):
    """Your Foxy store."""

    domain: Line = ""
    """The domain of your Foxy store, such as `my-shop.foxycart.com`."""
    category: Line = ""
    """The category in your Foxy store for all articles, such as `DEFAULT`."""


class ShopifyCheckout(Record, frozen=True, kw_only=True):
    """A Shopify store that receives the cart and does the checkout."""

    domain: Line = ""
    """The domain of your Shopify store, such as `my-shop.myshopify.com`."""
    code: Line = ""
    """A discount code. Shopify's checkout opens with this code filled in."""


class UcpCheckout(Record, frozen=True, kw_only=True):
    """A store that receives the cart through permalinks of the Universal Commerce Protocol."""

    endpoint: Line = ""
    """The store's checkout address, such as `https://the-store.example/permalink`."""
    code: Line = ""
    """A discount code. The store's checkout opens with this code filled in."""


class CardCheckout(Record, frozen=True, kw_only=True):
    """Payment of the shop's own cart at a payment service, through a function at your host."""

    host: Literal["cloudflare", "netlify", "vercel", "deno", "lambda", "node"] = "cloudflare"
    """The host that runs the function."""
    service: Literal["stripe", "paypal", "mollie", "paytrail", "toss", "midtrans"] = "stripe"
    """The payment service."""
    path: Line = "/api/checkout"
    """The address of the function on your site."""
    url: SiteUrl = SiteUrl("")
    """The address of the function's host, such as `https://pay.example.workers.dev`, if it is not the host of your
    pages."""


class NotFor(Record, frozen=True, kw_only=True):
    """Products that a payment method doesn't sell. The next method of the list sells them."""

    products: tuple[ProductRef, ...] = ()
    """These products."""
    categories: tuple[CategoryRef, ...] = ()
    """The products of these categories. Their subcategories are included."""
    tags: tuple[Line, ...] = ()
    """The products with these tags."""


class PaymentMethod(Record, frozen=True, kw_only=True):
    """Your own words for a payment method, and what it doesn't sell."""

    text: TranslatedLine = ""
    """The words on the button."""
    note: TranslatedLine = ""
    """The sentence beside the button: who takes the payment and what is stored."""
    not_for: NotFor = NotFor()
    """What it doesn't sell: `{tags: [made-to-measure]}`."""


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
    card: CardCheckout = CardCheckout()
    """Payment of the cart at a payment service, through a function at your host."""
    stripe: StripeCheckout = StripeCheckout()
    """Stripe's payment links or buy buttons."""
    paypal: NoSettings = NoSettings()
    """PayPal's payment links. PayPal has no settings."""
    snipcart: SnipcartCheckout = SnipcartCheckout()
    """Your Snipcart account."""
    foxy: FoxyCheckout = FoxyCheckout()
    """Your Foxy store."""
    shopify: ShopifyCheckout = ShopifyCheckout()
    """Your Shopify store."""
    ucp: UcpCheckout = UcpCheckout()
    """A store that supports the Universal Commerce Protocol."""
    square: NoSettings = NoSettings()
    """Square's payment links. Square has no settings."""
    gumroad: NoSettings = NoSettings()
    """Gumroad's product links. Gumroad has no settings."""
    lemonsqueezy: LemonSqueezyCheckout = LemonSqueezyCheckout()
    """Lemon Squeezy's checkout links."""
    paddle: PaddleCheckout = PaddleCheckout()
    """Paddle's prices or its hosted checkouts (payment pages at Paddle)."""
    link: NoSettings = NoSettings()
    """Payment links of any other provider. They have no settings."""


PROVIDERS = ProviderSettings.__struct_fields__


class Checkout(ProviderSettings, frozen=True, kw_only=True):
    """How buyers pay."""

    FORMER_NAMES = {"ways": "methods"}

    provider: Annotated[Names, Choices(PROVIDERS), Different()] = Names(("order",))
    """One payment provider or several. The first one gets the main button. See [checkout](checkout/README.md)."""
    methods: Mapping[Line, PaymentMethod] = {}
    """Your own words for the buttons, and what a provider doesn't sell: `{card: {text: Pay by card, not_for: {tags:
    [made-to-measure]}}}`."""


class Badge(Record, frozen=True, kw_only=True):
    """The word on the pictures of products with a certain tag."""

    text: TranslatedLine
    """The word on the picture."""
    strong: Flag = Flag(0)
    """`yes`: the word has a dark background."""


class ThemeChoice(Record, frozen=True, kw_only=True):
    """The theme, and this shop's changes to the theme."""

    name: Line = "default"
    """The theme's name. Your own theme is a folder in `themes/`."""
    logo: EmbeddedFile = ""
    """The logo: an SVG file in content/media."""
    icon: EmbeddedFile = ""
    """The icon in browser tabs: an SVG file in content/media."""
    share_image: PictureFile = ""
    """The preview picture in messengers and social networks, for pages that have no picture."""
    preset: Line = ""
    """One of the theme's looks: `silver`, `technical`, `bold` or `warm`. Default: `silver`. See
    [presets](themes.md#presets)."""
    tile: Ratio | None = None
    """The ratio of pictures in lists of products, width to height. Default: the preset's. A category can have its own
    `tile`."""
    tokens: Mapping[Line, Line] = {}
    """Colours, fonts and sizes, by name: `{action: "#0e4f4a", r: 8px}`. See [tokens](themes.md#tokens)."""
    dark_tokens: Mapping[Line, Line] = {}
    """The same names with other values for dark mode."""
    words: Mapping[Line, TranslatedText] = {}
    """Your own words in place of the theme's, by key, such as `not_found.title: This page has moved out`. See
    [themes](themes.md)."""


class Config(Record, frozen=True, kw_only=True):
    """The settings of the whole shop: site.yaml."""

    name: TranslatedLine
    """The shop's name."""
    url: SiteUrl
    """The shop's web address, such as `https://hopea.example`. No path after the domain."""
    tagline: TranslatedLine = ""
    """What the shop is, in one line."""
    description: TranslatedText = ""
    """One sentence about the shop, for search engines and for a home page without home.yaml."""
    languages: Annotated[tuple[Line, ...], Different()] = ("en",)
    """Language codes, such as `[en, fi]`. The first language is at `/`, the others are at `/fi/` and so on. A code may
    have a [region](#regions)."""
    addresses: Mapping[Line, TranslatedSlugs] = {}
    """Words in the addresses of pages, such as `{products: shop, cart: bag}`. Default: the theme's words in each
    language. See [addresses](#addresses)."""
    currency: Currency = Currency("EUR")
    """The currency of all prices, except of those in `markets`."""
    markets: Mapping[Line, Market] = {}
    """Other markets with their own prices. The name of a market is a short word in capital letters: `{SE: {languages:
    [sv], currency: SEK, countries: [SE]}}`. See [markets](#markets)."""
    market: Annotated[str, SetOnLoad()] = HOME
    destination: Annotated[str, SetOnLoad()] = ""
    timezone: Zone = Zone("UTC")
    """The time zone of all dates and times that you write."""
    notice: Inline = ""
    """A sentence at the end of every page."""
    company: Company = Company()
    """Your company: name, address, opening hours."""
    tax: Tax = Tax()
    """The tax in your prices."""
    delivery: Delivery = Delivery()
    """How the shop delivers."""
    returns: Returns | None = None
    """How long and on what terms buyers can send products back."""
    services: tuple[Service, ...] = ()
    """What buyers can choose with a product: wrapping, engraving, fitting. See [services](#services)."""
    channels: tuple[Channel, ...] = ()
    """How visitors can contact you: e-mail, phone, messengers."""
    answer_hours: Count | None = None
    """The number of hours in which you answer messages."""
    promises: Mapping[Line, Promise] = {}
    """Short assurances, such as free returns. You choose an id for each. Use this id in `banner` and
    `product_promises`."""
    banner: tuple[Line, ...] = ()
    """The line at the top of every page: promises by id, with their key `short`, and offers, such as
    `offer:winter-week`. An offer is in the line while it runs."""
    product_promises: tuple[Line, ...] = ()
    """Promises beside the buy button, by id: the first four that hold for the product. The promise `payment` replaces
    the note of the first payment method."""
    payments: tuple[TranslatedLine, ...] = ()
    """Payment methods to name on pages, such as `[Visa, MasterCard]`."""
    checkout: Checkout = Checkout()
    """How buyers pay. See [checkout](checkout/README.md)."""
    forms: Forms = Forms()
    """Where the contact form, the newsletter and other forms go. See [forms](forms.md)."""
    duties: Duties = Duties()
    """What the law asks your shop to show. See [duties](duties.md)."""
    tracking: Tracking = Tracking()
    """Counting of visits, and the page where buyers follow their parcels."""
    feeds: tuple[Literal["google"], ...] = ()
    """Product feeds for shopping engines. See [product feeds](#product-feeds)."""
    search: Flag = Flag(1)
    """`no`: the shop has no [search](search.md)."""
    saved_products: Flag = Flag(1)
    """`no`: visitors can't [save and compare](search.md#saved-products) products, nor see again what they viewed."""
    llms_txt: Flag = Flag(1)
    """`no`: the shop has no [llms.txt](#assistants), a file for assistants that read pages for their users, and no
    pages as Markdown."""
    menu: tuple[Link, ...] | None = None
    """At most six links, such as `[category:rings, guides, page:about]`. A category's entry opens its subcategories.
    Default: the [largest categories](#menu-and-footer). `[]`: no menu."""
    footer: Mapping[TranslatedLine, tuple[Link, ...]] | None = None
    """One or two columns of links, each with a title: `{Help: [page:delivery, page:returns]}`. Default: the
    [largest categories, and your pages](#menu-and-footer)."""
    legal: tuple[Link, ...] | None = None
    """The links in the last line of every page, such as `[page:privacy, page:terms]`. Default: your pages `privacy`,
    `terms` and `imprint`."""
    badges: Mapping[Line, Badge] = {}
    """Words on product pictures, by tag. Each product with the tag `new` gets the word "New": `{new: {text: New}}`."""
    swatches: Swatches = {}
    """What the values of options look like, in all products: `{Red: "#7a1f2b", Linen: media/linen.jpg}`. Write colours
    in quotes. A product's option can have its own `swatches`."""
    share: tuple[ShareChannel, ...] = ()
    """The share links below guides and posts: `[email, whatsapp]`. See [share links](campaigns.md#share-links)."""
    reviews_note: TranslatedLine = ""
    """One sentence on how you collect reviews."""
    lowest_price: Flag | None = None
    """`yes`: a price before a reduction needs [proof](#history-of-prices). Default: `yes` if your company is in the
    European Economic Area (the EU, Iceland, Liechtenstein, Norway)."""
    active_files: tuple[str, ...] = ()
    """Files in content/media that may run scripts, such as `[media/size-tool.html]`. See [other
    files](#pictures-and-other-files)."""
    theme: ThemeChoice = ThemeChoice()
    """The theme, and your changes to it."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    def form_address(self, kind: str) -> str:
        """Return where a kind of form goes, as ``mailto:`` for e-mail. Empty if the shop has no such form."""
        target = self.forms.target(kind)
        if target == "email":
            return f"mailto:{self.company.email}" if self.company.email else ""
        return target or ""

    @property
    def country(self) -> str:
        """The usual destination of parcels, by default the first country of the market, at home that of the company."""
        usual = self.markets[self.market].countries[0] if self.market else self.company.country
        return self.destination or usual

    @property
    def zone(self) -> dt.tzinfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def proves_prices(self) -> bool:
        """Whether the price history must prove an earlier price before it is shown."""
        return self.company.country in EEA if self.lowest_price is None else bool(self.lowest_price)

    @property
    def base_url(self) -> str:
        """The shop's address without a trailing slash."""
        return self.url.rstrip("/")


def own_words(configs: Mapping[str, Config]) -> dict[str, Mapping[str, str]]:
    """Return the shop's own words in place of the theme's, by language and key.

    Words that a translation lacks are not those of the first language, but the theme's in that language.
    """
    first = next(iter(configs.values())).theme.words
    return {
        language: {key: text for key, text in config.theme.words.items() if not number or first.get(key) != text}
        for number, (language, config) in enumerate(configs.items())
    }
