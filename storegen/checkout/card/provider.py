"""The provider ``card``: the shop's own cart, paid at a payment service through the shop's payment function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from msgspec.structs import replace

from storegen.checkout.card.hosts import HOSTS
from storegen.checkout.card.services import SERVICES
from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item, Refusal, line_of
from storegen.checkout.refusals import ALL_OFFERS
from storegen.config import CardCheckout
from storegen.model.money import Money, decimal_text, minor_digits
from storegen.model.origin import origin_of

FACTS = Facts(
    title="Payment on the page of a payment service",
    cart="yes, storegen's cart",
    options="yes, every variant",
    coupon="yes; storegen's cart calculates codes and all other offers",
    protection="the function calculates the total again, and refuses any other total than the one shown",
    test_mode="the service's test key; `storegen serve` has a test payment page",
    server="a function at your host, which the build generates",
    without_script="yes, one variant at a time",
    source="docs.stripe.com/api/checkout/sessions, 2026-10-28.endive",
    offers=ALL_OFFERS,
    steps=5,
    minutes=15,
)


class Card:
    """The provider: a cart in the page, which posts article numbers and the total that it shows to a function.

    The function calculates the total itself, opens a payment at the service and redirects the browser there. *taxed*
    says whether prices contain the tax. *countries* are the countries of delivery.
    """

    name = "card"
    cart: Cart = "shop"
    data: Mapping[str, str] = {}
    files: Files = {}
    scripts: Mapping[str, tuple[str, ...]] = {}

    def __init__(
        self, settings: CardCheckout, *, currency: str, language: str, market: str = "", taxed: bool = True
    ) -> None:
        self.settings = settings
        self.service = SERVICES[settings.service]
        self.host = HOSTS[settings.host]
        self.currency = currency
        self.language = language
        self.market = market
        self.taxed = taxed
        self.units = self.service.units(currency)
        away = (origin_of(settings.url),) if settings.url else ()
        self.origins: Mapping[str, tuple[str, ...]] = {"form-action": (*self.service.origins, *away)}

    @property
    def action(self) -> str:
        """The address of the function: a path of the site, or an address on another host."""
        return self.settings.url.rstrip("/") + self.settings.path

    def setup_faults(self) -> Iterator[tuple[str, str]]:
        """Yield a path that the host can't have, prices without tax, and a currency that the service doesn't accept."""
        path, service = self.settings.path, self.service
        if not self.host.takes(path):
            expected = f"a path on your site, such as {self.host.example}"
            yield "checkout.card.path", f'expected {expected}, for {self.host.title}; found "{path}"'
        if not self.taxed:
            why = f"{service.title} charges the total that the page shows, and prices without tax are not the total"
            remedy = "write prices with tax and included: yes, or remove card from checkout.provider"
            yield "tax.included", f"{why}; {remedy}"
        if self.units is None:
            accepted = ", ".join(sorted(service.currencies))
            which = f"accepts only {accepted}" if accepted else "can't charge it through storegen"
            remedy = "choose another checkout.card.service, or remove card from checkout.provider"
            field = f"markets.{self.market}.currency" if self.market else "currency"
            yield field, f"the prices are in {self.currency}, but {service.title} {which}; {remedy}"

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield that an item's price can't be charged, and that its article number can't be posted."""
        if item.price.currency != self.currency:
            yield Refusal(
                provider=self.name,
                cause=f"a payment by card is in {self.currency}, not in the currency of {{articles}}",
                remedy=f"give it a price in {self.currency}",
                detail=item.price.currency,
            )
        elif self.units and item.price.amount.scaleb(minor_digits(self.currency)) % self.units.step:
            least = decimal_text(Money(Decimal(self.units.step).scaleb(-minor_digits(self.currency)), self.currency))
            yield Refusal(
                provider=self.name,
                cause=f"{self.service.title} charges steps of {least} {self.currency}, not the price of {{articles}}",
                remedy=f"give it a price that is a multiple of {least}",
                detail=decimal_text(item.price),
            )
        if item.sku != item.sku.strip() or len(item.sku) > 100:
            yield Refusal(
                provider=self.name,
                cause="the payment function can't receive the number of {articles}",
                remedy="use at most 100 characters and no space at its ends",
            )

    def buy(self, item: Item) -> Buy:
        """Return the button, with the fields of a form that buys one piece without JavaScript.

        Such a form can't show a total with delivery and offers. Its ``price`` is the price of the article.
        """
        fields = {
            "line": f"{item.sku}:1",
            "price": str(int(item.price.amount.scaleb(minor_digits(item.price.currency)))),
            "lang": self.language,
            "market": self.market,
            "from": urlsplit(item.page).path,
        }
        return replace(line_of(item), action=self.action, post={name: value for name, value in fields.items() if value})

    def cart_transfer(self) -> CartTransfer:
        """Return how the cart is paid: by a form for the function."""
        return CartTransfer(provider=self.name, kind="pay", to=self.action)
