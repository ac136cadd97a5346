"""Combine several payment methods: the first is the page's main button, the others are shown below it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from storegen.checkout.links import PaymentLinks
from storegen.checkout.messengers import POSTS
from storegen.checkout.permalinks import PERMALINK_KINDS
from storegen.checkout.protocol import Buy, Cart, CartTransfer, Files, Item, Provider, Refusal
from storegen.checkout.snipcart import Snipcart
from storegen.model.payment import Subscription

# Carts on other sites. A shop can use only one of them.
HOSTED = frozenset(("snipcart", "foxy", *PERMALINK_KINDS))
# The providers that receive the shop's own cart as it is, with every offer.
CART_HOLDERS = frozenset((*POSTS, "card"))
# Transfers that send any text of the cart, and those that apply every offer and code of the cart. The order sheet makes
# them, because it shows the whole order before it is sent or paid.
TEXTS = frozenset(("mail", "message", "copy"))
WHOLE = TEXTS | {"pay"}


class Checkout:
    """All payment methods of a shop, combined into one provider. *currency* is the currency of the shop's own cart."""

    def __init__(self, providers: tuple[Provider, ...], currency: str) -> None:
        self.providers = providers
        self.currency = currency
        self.first = providers[0]
        self.name = self.first.name
        self.others = providers[1:]
        self._carts = tuple(each for each in providers if each.cart == "shop")
        self.cart: Cart = "provider" if self.first.cart == "provider" else "shop" if self._carts else ""
        self.data: Mapping[str, str] = self.first.data
        self.files: Files = {path: make for each in providers for path, make in each.files.items()}
        self.scripts: Mapping[str, tuple[str, ...]] = {
            kind: scripts for each in providers for kind, scripts in each.scripts.items()
        }
        self.origins: Mapping[str, tuple[str, ...]] = _merged(each.origins for each in providers)
        self.extras = next((each.extras for each in providers if isinstance(each, Snipcart)), {})

    @functools.cached_property
    def subscriptions(self) -> Mapping[str, tuple[str, Subscription]]:
        """The articles that are charged repeatedly, each with the provider that does it."""
        return {
            sku: (each.name, plan)
            for each in reversed(self.providers)
            if isinstance(each, (Snipcart, PaymentLinks))
            for sku, plan in each.subscriptions.items()
        }

    @property
    def adds_up(self) -> bool:
        """Whether every target of the shop's own cart applies its offers and codes, so that the cart calculates totals.

        If one target is a hosted checkout, codes are typed there, because the order by mail and the hosted checkout
        would otherwise have different totals.
        """
        transfers = self.cart_transfers()
        return bool(transfers) and all(each.kind in WHOLE for each in transfers)

    @property
    def honours_all(self) -> bool:
        """Whether every provider honours every offer."""
        return not self.elsewhere

    @property
    def carries_offers(self) -> bool:
        """Whether one target of the shop's own cart applies its offers. Others then don't sell their articles."""
        return any(each.kind in WHOLE for each in self.cart_transfers())

    @functools.cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """The names of the providers that calculate the total of an order themselves."""
        transfers = {each.name: each.cart_transfer() for each in self.providers}
        return tuple(name for name, each in transfers.items() if each is None or each.kind not in WHOLE)

    def in_sheet(self, name: str) -> bool:
        """Return whether the button of a provider opens the order sheet."""
        return any(each.provider == name and each.kind in WHOLE for each in self.cart_transfers())

    def setup_faults(self) -> Iterator[tuple[str, str]]:
        """Yield the missing settings of every provider."""
        for each in self.providers:
            yield from each.setup_faults()

    def refusals(self, item: Item) -> tuple[Refusal, ...]:
        """Return why providers can't sell an item; empty for an item that can't be bought."""
        return tuple(refusal for each in self.providers if item.buyable for refusal in self._refusals(each, item))

    def sellers(self, item: Item) -> tuple[Provider, ...]:
        """Return the providers that can sell an item, in the order of site.yaml."""
        return tuple(each for each in self.providers if not any(self._refusals(each, item)))

    def _refusals(self, provider: Provider, item: Item) -> Iterator[Refusal]:
        """Yield why a provider can't sell an item. The shop or another's subscription may keep it away."""
        name = provider.name
        if name in item.not_by:
            yield Refusal(provider=name, cause=f"checkout.methods.{name}.not_for names {{articles}}", remedy="")
        elif item.sku in self.subscriptions and self.subscriptions[item.sku][0] != name:
            yield Refusal(provider=name, cause=f"{name} can't charge {{articles}} repeatedly", remedy="")
        else:
            yield from provider.refusals(item)

    def follows(self, item: Item) -> bool:
        """Return whether pages can sell an item at this price from some moment on, without a build.

        Buttons that a provider's script makes can't be exchanged.
        """
        return not self.scripts and bool(self.sellers(item))

    def buy(self, item: Item) -> Buy:
        """Return the button of the first provider that can sell an item, with the data for the shop's own cart."""
        sellers = self.sellers(item)
        button = self._named(sellers[0].buy(item), sellers[0])
        if item.price.currency != self.currency:
            return _plain(button)
        if button.kind not in {"cart", "link"} or not self._carts:
            return button
        return self._for_cart(item, button, sellers)

    def other_buys(self, item: Item) -> tuple[Buy | None, ...]:
        """Return the buttons of the providers after the first one, without the data for the shop's own cart.

        None stands for a provider that can't sell the item, and for the one that `buy` returns.
        """
        rest = self.sellers(item)[1:]
        return tuple(self._named(_plain(each.buy(item)), each) if each in rest else None for each in self.others)

    def _named(self, button: Buy, provider: Provider) -> Buy:
        return msgspec.structs.replace(button, provider=provider.name) if self.others else button

    def _for_cart(self, item: Item, button: Buy, sellers: tuple[Provider, ...]) -> Buy:
        """Return a button with the data for the shop's own cart.

        Receivers of the cart that can't sell the item are named, so that a cart with it isn't sent there.
        """
        missing = [each for each in self._carts if each not in sellers]
        carts = [each for each in self._carts if each in sellers]
        if not carts:
            return _plain(button)
        lines = [button if each is sellers[0] else each.buy(item) for each in carts]
        return msgspec.structs.replace(
            button,
            kind="cart",
            page=item.page,
            picture=item.picture,
            code=next((line.code for line in lines if line.code), ""),
            tokens={name: token for line in lines for name, token in line.tokens.items()},
            not_by=tuple(each.name for each in missing),
        )

    def cart_transfer(self) -> CartTransfer | None:
        """Return the first way to send the cart to a provider, None if there is none."""
        return next(iter(self.cart_transfers()), None)

    def cart_transfers(self) -> tuple[CartTransfer, ...]:
        """Return the ways to send the shop's own cart to a provider, in the order of the providers."""
        if self.cart != "shop":
            return ()
        return tuple(found for each in self.providers if (found := each.cart_transfer()) is not None)


def combination_faults(names: tuple[str, ...], known: Iterable[str]) -> Iterator[str]:
    """Yield the reasons why payment methods can't be combined on one page."""
    if not names:
        yield f"expected one of {', '.join(known)}"
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f'"{name}" is listed twice'
    hosted = [name for name in dict.fromkeys(names) if name in HOSTED]
    if len(hosted) > 1:
        yield (
            f"{' and '.join(hosted)} each keep a cart of their own, and a visitor can't pay two carts at once; "
            "keep one of them"
        )
    elif "snipcart" in names:
        own = [name for name in names if name in CART_HOLDERS]
        if own:
            yield (
                f"snipcart keeps the cart itself, {', '.join(own)} would need the shop's own beside it; keep snipcart, "
                "or leave it out"
            )
        elif names[0] != "snipcart":
            yield "snipcart keeps the cart, so its button has to be the first; put it at the head of the list"


def _plain(button: Buy) -> Buy:
    kind = "link" if button.kind == "cart" else button.kind
    return msgspec.structs.replace(button, kind=kind, page="", picture="", code="", tokens={}, not_by=())


def _merged(parts: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for part in parts:
        for directive, origins in part.items():
            found.setdefault(directive, {}).update(dict.fromkeys(origins))
    return {directive: tuple(origins) for directive, origins in found.items()}
