"""Warnings about content that is valid but probably wrong, such as strange prices and pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from storegen.config import Config
from storegen.errors import Problem, counted
from storegen.fields import NO_FAULTY_PLACES
from storegen.load.drafts import Drafts
from storegen.load.entries import Entries, Entry
from storegen.load.links import check_record, check_site
from storegen.load.markets import AMOUNT_KEYS, in_prices, written_variants
from storegen.load.media_references import site_sources
from storegen.load.sources import Source, read_sources, site_file
from storegen.markdown.links import find_references
from storegen.model.fields import Fields, fields_of
from storegen.model.offer import Offer
from storegen.model.product import Product, Variant, inherited_unit_price, variants_of
from storegen.model.rows import Row
from storegen.model.store import Store
from storegen.references import Reference
from storegen.yaml import Place

Rule = Literal["compare", "free", "spread", "unit", "offer", "delivery", "http"]

_NAMED = 5  # the number of lines per rule; further ones are only counted
_FAR = 50  # times another price; a misplaced decimal point makes a price a hundred times as high
_MUCH = 90  # percent
_OF_PRICES = frozenset(("compare", "free", "spread"))  # rules for each market
_MORE: Mapping[str, str] = {
    "compare": "prices before a reduction look wrong",
    "free": "prices are 0",
    "spread": "products have variants with prices far apart",
    "unit": "products have variants without a unit price",
    "offer": "offers take off nearly everything",
    "http": "texts and records show pictures by http",
}
_BARE = 'browsers show no picture by http on a page of https; write https, or put it into content/media, found "{}"'


class LintWarning(msgspec.Struct, frozen=True):
    """A warning and its place. *found* is its position within a text."""

    rule: Rule
    place: Place
    message: str
    found: Reference | None = None

    def problem(self, source: Source) -> Problem:
        """Return the warning with its file and line."""
        if self.found is not None:
            return source.text_problem(self.place, self.found, self.message)
        return source.problem(self.place, self.message)


def lint_rules(record: object, fields: Fields) -> tuple[str, ...]:
    """Return the rules that a record breaks."""
    return tuple(dict.fromkeys(each.rule for each in _warnings(record, fields)))


def _warnings(record: object, fields: Fields) -> Iterator[LintWarning]:
    """Yield the warnings about a record or about site.yaml."""
    match record:
        case Product():
            yield from _price_warnings(record)
            yield from _unit_warnings(record)
        case Offer():
            yield from _offer_warnings(record)
        case Config():
            yield from _delivery_warnings(record)
            yield from _script_warnings(record)
    yield from _picture_warnings(fields)


def lint_content(
    entries: Entries, rows: Mapping[str, Mapping[str, Mapping[str, Row]]], store: Store, config: Config
) -> Iterator[str]:
    """Yield warnings about all records, a few of each rule in full. *rows* are by content type, language and id."""
    for rule, each in sorted(_flagged(entries, rows, store, config).items()):
        lines: dict[str, None] = {}
        for kind, language, name in each[:_NAMED]:
            content, entry = store.localized[language], entries[kind][name]
            record = content.records[kind][name]
            for warning in _warnings(record, fields_of(record)):
                if warning.rule == rule:
                    one = msgspec.structs.replace(warning, place=_place(warning.place, record, entry, content.market))
                    lines[str(one.problem(entry.source(language, one.place)))] = None
        yield from lines
        if len(each) > _NAMED:
            yield f"{len(each) - _NAMED} more {_MORE[rule]}"


def _flagged(
    entries: Entries, rows: Mapping[str, Mapping[str, Mapping[str, Row]]], store: Store, config: Config
) -> Mapping[str, list[tuple[str, str, str]]]:
    """Return the content type, the language and the id of each record that breaks a rule, by rule."""
    given = {name for offer in store.offers for name in (offer.gift, *offer.samples)}
    flagged: dict[str, list[tuple[str, str, str]]] = {}
    for kind, languages in rows.items():
        for language, found in languages.items():
            for name, row in found.items():
                for rule in _own_rules(row, language, languages, entries[kind][name], store) if row.warnings else ():
                    if _counts(rule, kind, name, given, config):
                        flagged.setdefault(rule, []).append((kind, language, name))
    return flagged


def _own_rules(
    row: Row, language: str, rows: Mapping[str, Mapping[str, Row]], entry: Entry, store: Store
) -> Iterator[str]:
    """Yield the rules that a record breaks in a language by its own words or, once for each market, by its prices."""
    first = next(iter(rows))
    markets = {content.market: name for name, content in reversed([*store.localized.items()])}
    prices = language != first and language in markets.values()
    home = rows[first].get(entry.id)
    for rule in row.warnings:
        known = home is not None and rule in home.warnings
        if language == first or language in entry.translations or (prices and (rule in _OF_PRICES or not known)):
            yield rule


def _place(place: Place, record: object, entry: Entry, market: str) -> Place:
    """Return where an amount of a record in a market is written."""
    if market and isinstance(record, Product) and place[:1] == ("variants",):
        place = ("variants", written_variants(entry.base.data, record)[int(place[1])], *place[2:])
    return in_prices(place, market)


def lint_sources(sources: Iterable[Source]) -> Iterator[str]:
    """Yield warnings about the way in which records are written, a few of them in full."""
    lines = [line for source in sources if source.known for line in source.known.warnings]
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        more = counted(len(lines) - _NAMED, "more text is", "more texts are")
        yield f'{more} cut off where " #" begins a comment'


def lint_drafts(
    site: Path, configs: Mapping[str, Config], entries: Entries, store: Store, drafts: Drafts
) -> Iterator[str]:
    """Yield a warning for each reference to a draft, a few of them in full.

    The categories of products are left out: products of a draft category lack nothing.
    """
    problems: set[Problem] = set()
    for language, content in store.localized.items() if drafts.ids else ():
        problems.update(check_site(site, configs, language, drafts, NO_FAULTY_PLACES))
        for kind, rows in content.rows.items():
            for name in [name for name, row in rows.items() if any(map(drafts.concerns, row.references))]:
                found = check_record(entries[kind][name], content.records[kind][name], language, drafts)
                problems.update(each for each in found if kind != "product" or not each.field.startswith("category"))
    for name in store.home.categories if "category" in drafts.ids else ():
        if (above := name.rpartition("/")[0]) in drafts.ids["category"]:
            message = f'the category "{above}" above it is a draft; no list leads here'
            problems.add(entries["category"][name].base.problem((), message))
    lines = [str(problem) for problem in sorted(problems)]
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        yield f"{counted(len(lines) - _NAMED, 'more place refers', 'more places refer')} to drafts"


def _counts(rule: str, kind: str, name: str, given: set[str], config: Config) -> bool:
    """Return whether a rule applies: gifts may cost nothing, and a shop without https may show pictures from http."""
    if rule == "free":
        return kind == "product" and name not in given
    return rule != "http" or config.url.startswith("https:")


def lint_site(site: Path, configs: Mapping[str, Config]) -> Iterator[str]:
    """Yield warnings about site.yaml and its translations."""
    first = next(iter(configs))
    lines: dict[str, None] = {}
    for source, _ in site_sources(site, configs):
        for written in read_sources(site, source.file, []):
            lines.update((line, None) for line in written.cut_warnings(Config))
    methods = [method.id for method in configs[first].delivery.methods]
    methods = list(configs[first].delivery.elsewhere) or methods
    for language, config in configs.items():
        if language != first and config is configs[first]:
            continue
        translation = Source(site, site_file(site, language), None)
        for each in _warnings(config, fields_of(config)):
            if each.rule == "http" and not config.url.startswith("https:"):
                continue
            place = each.place
            if each.rule == "delivery":
                number = methods.index(config.delivery.methods[int(place[2])].id)
                place = in_prices((*place[:2], number, *place[3:]), config.market)
            own = language != first and place[0] in translation.data and place[-1] not in AMOUNT_KEYS
            found = msgspec.structs.replace(each, place=place)
            lines[str(found.problem(translation if own else Source(site, "site.yaml", None)))] = None
    yield from lines


def _price_warnings(product: Product) -> Iterator[LintWarning]:
    parts: list[tuple[Place, Product | Variant]] = [((), product)]
    parts += [(("variants", number), variant) for number, variant in enumerate(product.variants)]
    for place, part in parts:
        price = product.price if part.price is None else part.price
        before = part.compare_at_price
        if before is None or price is None:
            continue
        if before <= price:
            message = f'expected the price before the reduction, above the price {price}; found "{before}"'
            yield LintWarning("compare", (*place, "compare_at_price"), message)
        elif price and before >= price * _FAR:
            message = f'"{before}" is {before / price:.0f} times the price {price}; is a decimal point missing?'
            yield LintWarning("compare", (*place, "compare_at_price"), message)
    meant = product.status == "unlisted" or product.digital
    if not meant:
        yield from (
            LintWarning("free", (*place, "price"), f'found "{part.price}": it is sold for nothing')
            for place, part in parts
            if part.price is not None and not part.price and _sold_at(part, product)
        )
    yield from _spread(product)


def _sold_at(part: Product | Variant, product: Product) -> bool:
    """Return whether anything is sold at the price of this variant or of the product itself."""
    return part is not product or not product.variants or any(each.price is None for each in product.variants)


def _spread(product: Product) -> Iterator[LintWarning]:
    """Yield the variant whose price is far above the next lower one. Vouchers pass, as their steps are small."""
    numbered = [*enumerate(variants_of(product))]
    prices = {variant.price: number for number, variant in reversed(numbered) if variant.price}
    for lower, higher in itertools.pairwise(sorted(prices)):
        if higher >= lower * _FAR:
            place: Place = ("variants", prices[higher], "price") if product.variants else ("price",)
            what = f'"{higher}" is {higher / lower:.0f} times the next lower price of this product, {lower}'
            yield LintWarning(
                "spread", place, f"{what} (variants.{prices[lower]}); is a decimal point in the wrong place?"
            )


def _unit_warnings(product: Product) -> Iterator[LintWarning]:
    """Yield the first variant without a unit price, because its content is unknown."""
    unit = product.unit_price
    for number, variant in enumerate(product.variants if unit else ()):
        if unit and variant.unit_price is None and inherited_unit_price(product, variant) is None:
            what = f"prices differ, so the content may not be {unit.content}; this variant has no unit price"
            remedy = f"write its own, such as unit_price: {{content: {unit.content}, per: {unit.per}}}"
            yield LintWarning("unit", ("variants", number), f"{what}; {remedy}")
            return


def _offer_warnings(offer: Offer) -> Iterator[LintWarning]:
    percents: list[tuple[Place, Decimal | None]] = [(("percent",), offer.percent)]
    percents += [(("tiers", number, "percent"), tier.percent) for number, tier in enumerate(offer.tiers)]
    for place, percent in percents:
        if percent is not None and percent > _MUCH:
            rest = "nothing is left to pay" if percent == 100 else f"{100 - percent} % are left to pay"
            yield LintWarning("offer", place, f'found "{percent}": {rest}')
    if offer.amount is not None and offer.min_total is not None and offer.amount >= offer.min_total > 0:
        message = f'"{offer.amount}" is all of an order of min_total {offer.min_total}'
        yield LintWarning("offer", ("amount",), message)


def _delivery_warnings(config: Config) -> Iterator[LintWarning]:
    for number, method in enumerate(config.delivery.methods):
        prices = [method.price, *(step.price for step in method.steps)]
        highest = max(price or Decimal(0) for price in prices)
        if method.free_from is not None and method.free_from <= highest and highest:
            message = f'expected more than delivery costs, {highest}; found "{method.free_from}"'
            yield LintWarning("delivery", ("delivery", "methods", number, "free_from"), message)


def _script_warnings(config: Config) -> Iterator[LintWarning]:
    analytics = config.tracking.analytics
    for name in analytics.__struct_fields__ if analytics else ():
        tool = getattr(analytics, name)
        for key in tool.__struct_fields__ if tool else ():
            if (address := str(getattr(tool, key))).startswith("http:"):
                message = f'browsers load no script by http on a page of https; write https, found "{address}"'
                yield LintWarning("http", ("tracking", "analytics", name, key), message)


def _picture_warnings(fields: Fields) -> Iterator[LintWarning]:
    """Yield pictures that pages with https would request by http."""
    for place, file, _ in fields.media:
        if file.startswith("http:"):
            yield LintWarning("http", place, _BARE.format(file))
    for place, text, _ in fields.markdown:
        if "http:" in text:
            for found in find_references(text):
                if found.picture and found.target.startswith("http:"):
                    yield LintWarning("http", place, _BARE.format(found.target), found)
