"""Payment links, created in a provider's dashboard, one for each article. The provider stores the price.

A record describes each provider (`storegen.checkout.link_kinds`). This module creates buttons from the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal
from urllib.parse import quote

import msgspec

from storegen.checkout.protocol import Buy, Cart, CartTransfer, Facts, Files, Item
from storegen.errors import some
from storegen.locale import with_fallback
from storegen.model.money import Money, decimal_text, sum_text
from storegen.model.payment import PayEntry, PayLink


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


class LinkKind(msgspec.Struct, frozen=True, kw_only=True):
    """A provider of payment links as data.

    *link* is a pattern that the whole link must match, *example* is shown in its error message, and *made* names the
    place where links are created. *ids* is a pattern of ids, and *template* builds the link from an id. *always* are
    parameters of every link. *tags* is the prefix of ``utm_source`` …, None if the provider doesn't accept these
    parameters.
    """

    name: str
    title: str
    link: str
    example: str
    made: str
    ids: str = ""
    template: str = ""
    parameters: tuple[Parameter, ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    tags: str | None = None
    embed: Embed | None = None
    facts: Facts

    def fault(self, entry: PayEntry) -> str | None:
        """Return why an entry of content/checkout can't be sold, None if it can."""
        target = entry.target if isinstance(entry, PayLink) else ""
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
        self.links = {sku: entry for sku, entry in links.items() if isinstance(entry, PayLink)}
        self.language = language
        self.key = key
        self.code = code
        self.file = file or f"content/checkout/{kind.name}.yaml"
        used = kind.embed if any(self._embedded(entry.target) for entry in self.links.values()) else None
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

    def faults(self, item: Item) -> Iterable[str]:
        """Yield that an item has no payment link, or that its link charges another price than the page."""
        entry = self.links.get(item.sku)
        if entry is None:
            yield self.unlinked([item.sku])
        else:
            embed = self.kind.embed
            example = embed.id_example if embed and self._embedded(entry.target) else self.kind.example
            link = msgspec.structs.replace(entry, link=example, variant="")
            yield from price_faults(
                entry, item, self.file, f"it needs a payment link with this price: {self.kind.made}", link
            )

    def unlinked(self, skus: Sequence[str]) -> str:
        """Return the error for articles without a payment link, with the remedy."""
        articles, each, others = f'the article "{skus[0]}"', "", ""
        if len(skus) > 1:
            articles, each, others = f"{len(skus)} articles ({some(skus)})", " for each", " and so on"
        return (
            f"{self.kind.title} has no payment link for {articles}: {self.kind.made}{each}, then add "
            f'"{skus[0]}: {self.kind.example}"{others} to {self.file}; '
            f"or remove {self.name} from checkout.provider"
        )

    def buy(self, item: Item) -> Buy:
        """Return the item's payment link with its parameters, or the provider's own button."""
        target = self.links[item.sku].target
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


def price_faults(entry: PayLink, item: Item, file: str, remedy: str, right: PayLink) -> Iterator[str]:
    """Yield an error if the provider charges another price than the page shows, or may do so while a sale runs.

    *file* has the entry. *remedy* says how to change the provider's price. *right* is the new entry, without its price.
    """
    if not asks_other(entry, item.price, offered=item.full is not None):
        return
    shown = sum_text(item.price)
    if item.full is not None:
        keys = {"link": right.link, "variant": right.variant, "price": decimal_text(item.price)}
        written = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
        yield f'a sale makes "{item.sku}" cost {shown}; {remedy}, then write "{item.sku}: {{{written}}}" in {file}'
    else:
        told = f"{entry.price} {item.price.currency}"
        yield (
            f'the page shows {shown} for the article "{item.sku}", {file} says that {told} '
            "are asked there; change the one that is wrong, or the visitor pays another price than the one shown"
        )


def with_query(href: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return an address with the parameters whose value isn't empty, percent-encoded."""
    query = "&".join(f"{quote(name, safe='/')}={quote(value, safe='')}" for name, value in pairs if value)
    return f"{href}{'&' if '?' in href else '?'}{query}" if query else href


def _fits(parameter: Parameter, value: str) -> bool:
    return len(value) <= parameter.longest and bool(re.fullmatch(f"[{parameter.signs}]+", value))
