"""Payment providers with one common protocol. A shop uses one or several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from storegen.checkout import card, foxy, snipcart
from storegen.checkout.card import Card
from storegen.checkout.combined import CART_HOLDERS, HOSTED, Checkout, combination_faults
from storegen.checkout.foxy import Foxy
from storegen.checkout.link_kinds import LINK_KINDS
from storegen.checkout.links import PaymentLinks
from storegen.checkout.messengers import MAIL, POSTS
from storegen.checkout.order import Order
from storegen.checkout.permalinks import PERMALINK_KINDS, Permalinks
from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Item, Provider
from storegen.checkout.signing import Keys
from storegen.checkout.snipcart import Snipcart, extras_faults
from storegen.config import Config
from storegen.model.payment import CartExtras, PayEntry, PayLink
from storegen.model.scalars import Amount

__all__ = [
    "ENTRIES",
    "FACTS",
    "TAKE_TAGS",
    "Buy",
    "Cart",
    "CartTransfer",
    "Checkout",
    "Facts",
    "Item",
    "Provider",
    "combination_faults",
    "entry_faults",
    "keeps_cart",
    "links_faults",
    "make_checkout",
    "takes_scripts",
    "title_of",
    "ways_of",
]

# The features of each provider, in the order of the documentation.
FACTS: Mapping[str, Facts] = {
    **{name: post.facts for name, post in POSTS.items()},
    "card": card.FACTS,
    "stripe": LINK_KINDS["stripe"].facts,
    "paypal": LINK_KINDS["paypal"].facts,
    "snipcart": snipcart.FACTS,
    "foxy": foxy.FACTS,
    **{name: kind.facts for name, kind in PERMALINK_KINDS.items()},
    **{name: kind.facts for name, kind in LINK_KINDS.items() if name not in {"stripe", "paypal"}},
}
# The providers whose addresses accept campaign parameters.
TAKE_TAGS = frozenset(("foxy", *PERMALINK_KINDS, *(name for name, kind in LINK_KINDS.items() if kind.tags is not None)))
# The providers with a file in content/checkout, and the type of its entries.
ENTRIES: Mapping[str, type[PayLink | CartExtras]] = {
    **dict.fromkeys((*LINK_KINDS, *PERMALINK_KINDS), PayLink),
    "snipcart": CartExtras,
}


def title_of(name: str) -> str:
    """Return the display name of a provider."""
    for kinds in (POSTS, LINK_KINDS, PERMALINK_KINDS):
        if name in kinds:
            return str(kinds[name].title)
    return FACTS[name].title


def ways_of(names: Iterable[str]) -> str:
    """Return how articles are sold with one of some providers: ``by e-mail or with PayPal``."""
    ways = (
        "by e-mail" if name == MAIL.name else f"{'by' if name in POSTS else 'with'} {title_of(name)}" for name in names
    )
    return " or ".join(ways)


def entry_faults(provider: str, entry: PayLink | CartExtras, currency: str) -> Iterator[tuple[str, str]]:
    """Yield (field, error) for each error in an entry of content/checkout. The field is empty for the entry as a whole.

    *entry* is one of an article's links, or its settings. *currency* is the shop's currency.
    """
    if isinstance(entry, CartExtras):
        yield from extras_faults(entry, currency)
        return
    kind = LINK_KINDS.get(provider) or PERMALINK_KINDS[provider]
    if entry.link and entry.variant:
        yield "", "expected a link or a variant, found both"
    elif fault := kind.fault(entry):
        yield "", fault
    if entry.subscription and provider != "stripe":
        yield "subscription", f"{kind.title} sells no subscriptions here; Stripe and Snipcart do"


def links_faults(links: Sequence[PayLink]) -> Iterator[tuple[int, str, str]]:
    """Yield (place, field, error) for the links of an article between which neither price nor offers choose."""
    seen: set[tuple[Amount | None, frozenset[str]]] = set()
    for place, each in enumerate(links):
        if each.price is None:
            yield place, "", '"price" is missing: with several links, the price chooses the link'
        elif (key := (each.price, frozenset(each.offers))) in seen:
            also = " and these offers" if each.offers else ""
            yield place, "price", f"another link of this article has this price{also} too"
        else:
            seen.add(key)
        if each.subscription != links[0].subscription:
            yield place, "subscription", "the links of an article need the same subscription"


def keeps_cart(config: Config) -> bool:
    """Return whether the shop has its own cart, which is sent to one of the providers."""
    names = config.checkout.provider
    return names[0] != "snipcart" and not (CART_HOLDERS | HOSTED).isdisjoint(names)


def takes_scripts(config: Config) -> bool:
    """Return whether the shop has a provider whose script creates buttons or keeps the cart."""
    kinds = [(name, LINK_KINDS[name].embed) for name in config.checkout.provider if name in LINK_KINDS]
    return "snipcart" in config.checkout.provider or any(
        embed and getattr(getattr(config.checkout, name), embed.setting) for name, embed in kinds
    )


def make_checkout(
    config: Config,
    entries: Mapping[str, Mapping[str, PayEntry]],
    *,
    keys: Keys,
    words: Mapping[str, str],
    language: str,
) -> Checkout:
    """Return the checkout with all payment methods of site.yaml.

    *entries* are the entries of content/checkout, by provider and article number. *words* are the texts of orders in
    the visitor's *language*.
    """
    names = config.checkout.provider
    return Checkout(tuple(_provider(name, config, entries, keys, words, language) for name in names), config.currency)


def _provider(
    name: str,
    config: Config,
    entries: Mapping[str, Mapping[str, PayEntry]],
    keys: Keys,
    words: Mapping[str, str],
    language: str,
) -> Provider:
    checkout = config.checkout
    table = f"{name}.{config.market}" if config.market else name
    own = entries.get(table, {})
    if name in POSTS:
        return Order(POSTS[name], _address(name, config), keys.order, words, payment=_payment(config, words))
    if name == "card":
        return Card(
            checkout.card,
            currency=config.currency,
            language=language,
            market=config.market,
            taxed=bool(config.tax.included) or not config.tax.rates,
        )
    if name == "snipcart":
        return Snipcart(
            checkout.snipcart.public_key,
            checkout.snipcart.version,
            config.base_url,
            currency=config.currency,
            extras=own,
            taxed=bool(config.tax.included),
        )
    if name == "foxy":
        return Foxy(checkout.foxy.domain, checkout.foxy.category, keys.foxy, config.currency)
    settings = getattr(checkout, name)
    code = str(getattr(settings, "code", ""))
    if name in PERMALINK_KINDS:
        store = str(getattr(settings, PERMALINK_KINDS[name].setting))
        return Permalinks(PERMALINK_KINDS[name], store, own, code=code, file=f"content/checkout/{table}.yaml")
    kind = LINK_KINDS[name]
    key = str(getattr(settings, kind.embed.setting)) if kind.embed else ""
    return PaymentLinks(kind, own, language=language, key=key, code=code, file=f"content/checkout/{table}.yaml")


def _address(name: str, config: Config) -> str:
    """Return the recipient of orders: the provider's own setting in site.yaml, else the shop's address of that kind."""
    if name == MAIL.name:
        return config.checkout.order.email or config.company.email or ""
    channels = (channel.value for channel in config.channels if channel.kind == name)
    return str(getattr(config.checkout, name).to) or next(filter(POSTS[name].address, channels), "")


def _payment(config: Config, words: Mapping[str, str]) -> str:
    """Return the line with the bank details for transfers, empty without a bank account."""
    bank = config.checkout.order.bank
    if bank is None:
        return ""
    parts = (bank.holder or config.company.legal_name or config.name, bank.number, bank.bic)
    return words.get("bank", "{account}").replace("{account}", ", ".join(filter(None, parts)))
