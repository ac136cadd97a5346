"""Payment links, created in a provider's dashboard, one for each article. The provider stores the price.

A record describes each provider (`storegen.checkout.link_kinds`). This module creates buttons from the records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal
from urllib.parse import quote

import msgspec

from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item, ItemOffer, Refusal
from storegen.checkout.refusals import offer_refusals, unhonoured
from storegen.locale import with_fallback
from storegen.model.money import Money, decimal_text, sum_text
from storegen.model.payment import PayEntry, PayLink, Subscription
from storegen.model.totals import CODED


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter in a link's address, with the values that the provider accepts.

    *source* is the source of its value: the article number, the promotion code of site.yaml or the page's language. In
    an article number, characters outside *signs* (a character class) become hyphens. *longest* is the maximum length in
    characters. *values* are the only accepted values, if there is a short list.
    """

    name: str
    source: Literal["sku", "code", "language"]
    signs: str = "A-Za-z0-9_-"
    longest: int = 200
    values: frozenset[str] = frozenset()


class Embed(msgspec.Struct, frozen=True, kw_only=True):
    """A button that the provider's script creates when the visitor presses the page's button.

    *id* and *key* are patterns. *setting* is the name of the public key below the provider in site.yaml. *attributes*
    are the attributes of the element, with the placeholders ``id``, ``key``, ``sku``, ``code`` and ``language``.
    *codes*: buyers can use a discount code.
    """

    kind: Literal["stripe", "paddle"]
    id: str
    id_example: str
    key: str
    key_example: str
    setting: str
    scripts: tuple[str, ...]
    attributes: Mapping[str, str]
    origins: Mapping[str, tuple[str, ...]]
    codes: bool


class LinkKind(msgspec.Struct, frozen=True, kw_only=True):
    """A provider of payment links as data.

    *link* is a pattern that the whole link must match, *example* is shown in its error message, and *made* names the
    place where links are created. *ids* is a pattern of ids, and *template* builds the link from an id. *always* are
    parameters of every link. *tags* is the prefix of ``utm_source`` …, None if the provider doesn't accept these
    parameters. *command* is the command that creates links, if there is one.
    """

    name: str
    title: str
    link: str
    example: str
    made: str
    command: str = ""
    ids: str = ""
    template: str = ""
    parameters: tuple[Parameter, ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    tags: str | None = None
    embed: Embed | None = None
    facts: Facts

    def fault(self, entry: PayLink) -> str | None:
        """Return why a link of content/checkout can't be sold, None if it can."""
        target = entry.target
        patterns = filter(None, (self.link, self.ids, self.embed.id if self.embed else ""))
        if any(re.fullmatch(pattern, target) for pattern in patterns):
            return None
        expected = f"{self.example} or {self.embed.id_example}" if self.embed else self.example
        return f'expected {expected} ({self.made}), found "{target}"'


class PaymentLinks:
    """The provider. *links* maps article numbers to payment links or ids of buttons.

    *key* is the public key for the provider's script, *code* a promotion code for every link.
    """

    cart: Cart = ""
    data: Mapping[str, str] = {}
    files: Files = {}

    def __init__(
        self,
        kind: LinkKind,
        links: Mapping[str, PayEntry],
        *,
        language: str,
        key: str = "",
        code: str = "",
        file: str = "",
    ) -> None:
        self.kind = kind
        self.name = kind.name
        self.links = {sku: entry for sku, entry in links.items() if isinstance(entry, tuple)}
        self.subscriptions: Mapping[str, Subscription] = {
            sku: own[0].subscription for sku, own in self.links.items() if own and own[0].subscription
        }
        self.language = language
        self.key = key
        self.code = code
        self.file = file or f"content/checkout/{kind.name}.yaml"
        used = kind.embed if any(self._embedded(each.target) for own in self.links.values() for each in own) else None
        self.embed = used
        self.scripts: Mapping[str, tuple[str, ...]] = {used.kind: used.scripts} if used else {}
        self.origins: Mapping[str, tuple[str, ...]] = used.origins if used else {}

    def setup_faults(self) -> Iterable[tuple[str, str]]:
        """Yield a wrong or missing key for embedded buttons, and a wrong discount code."""
        embed = self.kind.embed
        if embed is not None:
            field = f"checkout.{self.name}.{embed.setting}"
            if self.key and not re.fullmatch(embed.key, self.key):
                yield field, f"expected {embed.key_example}"
            elif self.embed and not self.key:
                yield field, f"{self.kind.title}'s buttons need {embed.key_example}"
        code = next((each for each in self.kind.parameters if each.source == "code"), None)
        if self.code and code is not None and not _fits(code, self.code):
            expected = f"a code that {self.kind.title} takes, such as SPRING10"
            yield f"checkout.{self.name}.code", f'expected {expected}; found "{self.code}"'

    def refusals(self, item: Item) -> Iterator[Refusal]:
        """Yield that an item has no payment link, or none with its price and its offers."""
        links = self.links.get(item.sku, ())
        offers = self._unhonoured(item)
        if not links:
            create = f'run "{self.kind.command}", or {self.kind.made}' if self.kind.command else self.kind.made
            yield Refusal(
                provider=self.name,
                cause=f"{self.file} has no payment link for {{articles}}",
                remedy=f'{create}, then add "{item.sku}: {self.kind.example}" there',
            )
        elif self._link(item) is None:
            priced = [each for each in links if not asks_other(each, item.price, offered=item.full is not None)]
            if not priced:
                yield price_refusal(self.name, links, item, self.file, self._price_remedy(links, item))
            elif offers:
                yield from offer_refusals(self.name, self.kind.title, offers)
            else:
                yield self._ended(priced[0])

    def _link(self, item: Item) -> PayLink | None:
        """Return the link that charges an item's price and carries its offers, None if there is none."""
        return fitting(self.links.get(item.sku, ()), item, [each.id for each in self._unhonoured(item)])

    def _unhonoured(self, item: Item) -> tuple[ItemOffer, ...]:
        """Return the offers that a link has to carry to honour them."""
        button = any(self._embedded(each.target) for each in self.links.get(item.sku, ()))
        facts = self.kind.facts
        if button and self.kind.embed and not self.kind.embed.codes:
            facts = msgspec.structs.replace(facts, offers=tuple(each for each in facts.offers if each not in CODED))
        return unhonoured(item, facts, alone=True)

    def _ended(self, link: PayLink) -> Refusal:
        """Return the refusal of an item whose only links carry an offer that doesn't run."""
        return Refusal(
            provider=self.name,
            cause=f"{self.file} has no link without {{offer}}, which doesn't run now, for {{articles}}",
            remedy=f"add a link without it: {self.kind.made}",
            offer=link.offers[0],
        )

    def _price_remedy(self, links: tuple[PayLink, ...], item: Item) -> str:
        """Return what to do about a price that no link charges. A sale needs a further link, with its price."""
        if item.full is None:
            return "change the one that is wrong"
        kept = [written(each, item.full if each.price is None else None) for each in links]
        example = written(msgspec.structs.replace(links[0], link=self._example(links[0]), offers=()), item.price)
        create = f'run "{self.kind.command}", or {self.kind.made}' if self.kind.command else self.kind.made
        return f'{create}, then write "{item.sku}: [{", ".join([*kept, example])}]" there'

    def _example(self, link: PayLink) -> str:
        embed = self.kind.embed
        return embed.id_example if embed and self._embedded(link.target) else self.kind.example

    def buy(self, item: Item) -> Buy:
        """Return the item's payment link with its parameters, or the provider's own button."""
        link = self._link(item)
        assert link is not None
        target = link.target
        if self._embedded(target):
            return self._button(item, target)
        href = target if re.fullmatch(self.kind.link, target) else self.kind.template.format(target)
        return Buy(
            kind="link",
            sku=item.sku,
            name=item.name,
            choice=item.choice,
            price=item.price,
            href=with_query(href, self._values(item)),
            tags=self.kind.tags,
        )

    def _button(self, item: Item, target: str) -> Buy:
        assert self.kind.embed is not None
        values = {
            "id": target,
            "key": self.key,
            "language": self.language,
            "sku": re.sub(r"[^A-Za-z0-9_-]+", "-", item.sku)[:200],
            "code": self.code,
        }
        data = {name: text.format_map(values) for name, text in self.kind.embed.attributes.items()}
        return Buy(
            kind=self.kind.embed.kind,
            sku=item.sku,
            name=item.name,
            choice=item.choice,
            price=item.price,
            data={name: value for name, value in data.items() if value},
        )

    def cart_transfer(self) -> CartTransfer | None:
        """Return None: a payment link sells one item."""
        return None

    def _embedded(self, target: str) -> bool:
        return bool(self.kind.embed and re.fullmatch(self.kind.embed.id, target))

    def _values(self, item: Item) -> Iterator[tuple[str, str]]:
        yield from self.kind.always
        for each in self.kind.parameters:
            match each.source:
                case "sku":
                    yield each.name, re.sub(f"[^{each.signs}]+", "-", item.sku)[: each.longest]
                case "code":
                    yield each.name, self.code
                case "language":
                    yield each.name, next((code for code in with_fallback(self.language) if code in each.values), "")


def asks_other(entry: PayLink, price: Money, *, offered: bool) -> bool:
    """Return whether a provider may charge another price than the page shows. *offered*: *price* is from an offer."""
    return offered if entry.price is None else entry.price != price.amount


def fitting(links: Iterable[PayLink], item: Item, offers: Collection[str] = ()) -> PayLink | None:
    """Return the link that charges an item's price and carries exactly these *offers*, None if there is none."""
    offered = item.full is not None
    fit = (each for each in links if not asks_other(each, item.price, offered=offered))
    return next((each for each in fit if set(each.offers) == set(offers)), None)


def price_refusal(provider: str, links: tuple[PayLink, ...], item: Item, file: str, remedy: str) -> Refusal:
    """Return the refusal of an item whose links in *file* charge other prices than the page shows."""
    shown = sum_text(item.price)
    if item.full is not None:
        cause = f"{file} has no link at the price of {{offer}} for {{articles}}"
        return Refusal(provider=provider, cause=cause, remedy=remedy, detail=shown, offer=item.sale)
    found = " or ".join(f"{each.price} {item.price.currency}" for each in links)
    cause = f"{file} has another price than the page for {{articles}}"
    return Refusal(provider=provider, cause=cause, remedy=remedy, detail=f"{found} there, {shown} on the page")


def written(link: PayLink, price: Money | None = None) -> str:
    """Return a link as it is written in content/checkout. *price* takes the place of its own price."""
    amount = decimal_text(price) if price else link.price
    keys = {"link": link.link, "variant": link.variant, "price": amount, "offers": ", ".join(link.offers)}
    keys["offers"] = keys["offers"] and f"[{keys['offers']}]"
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items() if value) + "}"


def with_query(href: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return an address with the parameters whose value isn't empty, percent-encoded."""
    query = "&".join(f"{quote(name, safe='/')}={quote(value, safe='')}" for name, value in pairs if value)
    return f"{href}{'&' if '?' in href else '?'}{query}" if query else href


def _fits(parameter: Parameter, value: str) -> bool:
    return len(value) <= parameter.longest and bool(re.fullmatch(f"[{parameter.signs}]+", value))
