"""Checks across fields and files: prices, variants, categories, campaigns and the home page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.fields import NO_FAULTY_PLACES, FaultyPlaces
from storegen.load.entries import Entries, Entry, LoadSettings
from storegen.load.markets import amount_faults
from storegen.load.offers import announcement_fault
from storegen.load.sources import Source
from storegen.locale import is_currency
from storegen.model.campaign import Campaign, Tag
from storegen.model.clip import clip_fault
from storegen.model.delivery import weight_text
from storegen.model.home import Section
from storegen.model.money import price_digits
from storegen.model.product import MAX_VARIANTS, Choice, Product, Variant, variants_of
from storegen.model.rows import Row
from storegen.model.store import LocalizedContent, Store
from storegen.references import KINDS, LISTS, split_reference
from storegen.tracking.campaigns import missing_words
from storegen.yaml import Place

_CHOICES = ("options", "variants.options")
_NUMBERS = ("sku", "variants.sku", *_CHOICES)  # article numbers and the fields that they are generated from


def own_faults(product: Product, settings: LoadSettings) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of a product as a whole, such as a missing price, unsuitable options or labels without use."""
    yield from _product_faults(product, settings, NO_FAULTY_PLACES)
    yield from _label_faults(product)


def check_products(
    entries: Entries,
    rows: Mapping[str, Mapping[str, Row]],
    store: Store,
    settings: LoadSettings,
    good: Callable[[str, Row, str], None],
) -> list[Problem]:
    """Return the mistakes of products, of each alone and of all together. *rows* are the products' rows by language.

    A product that was already checked under the same settings is skipped. *good* is called with (language, row, id) for
    each product without mistakes.
    """
    problems: list[Problem] = []
    first = settings.languages[0]
    for language, found in rows.items():
        for name, row in found.items():
            if row.checked == settings.product_rules or name not in store.localized[language].products:
                continue
            entry = entries["product"][name]
            product = store.localized[language].products[name]
            translation = entry.translations.get(language)
            if language != first and translation is None:
                continue
            faulty_places = entry.base.faulty_places
            faults = list(
                _label_faults(product, faulty_places)
                if translation
                else _product_faults(product, settings, faulty_places)
            )
            problems += (translation or entry.base).problems(faults)
            if not faults:
                good(language, row, name)
    numbers = [number for name, row in rows[first].items() if row.status != "draft" for number in row.numbers]
    if len(set(numbers)) < len(numbers):
        problems += _number_problems(entries, store.localized[first])
    return problems


def _number_problems(entries: Entries, content: LocalizedContent) -> Iterator[Problem]:
    owners: dict[str, tuple[Product, Place]] = {}
    for product in content.products.values():
        source = entries["product"][product.id].base
        if not source.faulty_places.touches(*_NUMBERS):
            yield from (source.problem(*fault) for fault in _number_faults(product, owners))


def _product_faults(
    product: Product, settings: LoadSettings, faulty_places: FaultyPlaces
) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of a product. Its *faulty_places* are not checked again."""
    if not product.name.strip():
        yield ("name",), "expected a name, found nothing"
    if not faulty_places.touches("price", "variants.price", "status"):
        yield from _missing_prices(product)
    if not (faulty_places.touches("currency") or (settings.faulty_places.touches("currency") and not product.currency)):
        yield from _amount_faults(product, settings.config)
    if not settings.faulty_places.touches("markets"):
        yield from amount_faults(product, settings.config.markets)
    yield from _unit_faults(product)
    yield from clip_faults(product, faulty_places)
    rates = settings.config.tax.rates
    if (
        rates
        and product.tax_class not in rates
        and not settings.faulty_places.covers(("tax", "rates", product.tax_class))
    ):
        yield ("tax_class",), f'no tax class "{product.tax_class}" in site.yaml (there are {", ".join(rates)})'
    if not faulty_places.touches(*_CHOICES):
        yield from _variant_faults(product)
    if not settings.faulty_places.touches("delivery.methods.id"):
        yield from _method_faults(product, settings.config)
    if not settings.faulty_places.touches("delivery.methods"):
        yield from _weight_faults(product, settings.config)


def clip_faults(record: object, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield videos and sounds of a record that browsers can't play."""
    for key in ("videos", "sounds"):
        for number, clip in enumerate(getattr(record, key, ())):
            fault = clip_fault(clip, sound=key == "sounds")
            if fault and not faulty_places.covers((key, number)):
                yield (key, number, fault[0]), fault[1]


def _missing_prices(product: Product) -> Iterator[tuple[Place, str]]:
    if product.price is None and product.status != "draft":  # a draft may have no price yet
        bare = [
            number
            for number, variant in enumerate(product.variants)
            if variant.price is None and not variant.prices and not product.prices
        ]
        if not product.variants and product.prices:
            return
        if len(bare) == len(product.variants):
            yield ("price",), "a price is missing, here or in every variant"
        else:
            yield from (
                (("variants", number, "price"), "a price is missing, here or in the product") for number in bare
            )


def _method_faults(product: Product, config: Config) -> Iterator[tuple[Place, str]]:
    methods = config.delivery.countries
    for number, name in enumerate(product.delivery.methods if product.delivery else ()):
        if name not in methods:
            yield ("delivery", "methods", number), f'no delivery method "{name}"{suggest(name, methods)}'


def _weight_faults(product: Product, config: Config) -> Iterator[tuple[Place, str]]:
    """Yield the variants that are too heavy for every delivery method of the product."""
    names = product.delivery.methods if product.delivery else ()
    methods = [method for method in config.delivery.methods if not names or method.id in names]
    if not methods or product.digital:
        return
    for place, part in _parts(product):
        weight: Decimal | None = part.weight
        if weight is not None and not any(method.carries(weight) for method in methods):
            limits = ", ".join(f"{method.id}: {weight_text(method.max_weight)}" for method in methods)
            yield (*place, "weight"), f"no delivery method takes {weight_text(weight)} (max_weight of {limits})"


def _amount_faults(product: Product, config: Config) -> Iterator[tuple[Place, str]]:
    """Yield prices that nobody can pay, and unknown currencies."""
    currency = product.currency or config.currency
    if product.currency and not is_currency(currency):
        yield ("currency",), f'expected a currency code like EUR, found "{currency}"'
        return
    digits = price_digits(currency)
    for place, part in _parts(product):
        for key in ("price", "compare_at_price"):
            amount: Decimal | None = getattr(part, key)
            if amount is not None and amount != round(amount, digits):
                yield (*place, key), f'{currency} has {digits or "no"} decimals, found "{amount}"'


def _parts(product: Product) -> list[tuple[Place, Product | Variant]]:
    """Return the product and its variants, each with its place."""
    return [((), product), *((("variants", number), variant) for number, variant in enumerate(product.variants))]


def _unit_faults(product: Product) -> Iterator[tuple[Place, str]]:
    """Yield unit prices that can't be calculated."""
    for place, part in _parts(product):
        unit = part.unit_price
        if unit is not None and unit.content.base != unit.per.base:
            yield (*place, "unit_price"), f'"{unit.content}" and "{unit.per}" can\'t be compared'


def _variant_faults(product: Product) -> Iterator[tuple[Place, str]]:
    choices = product.choices
    size = math.prod(len(choice.values) for choice in choices.values())
    for name, choice in choices.items():
        if not choice.values or len(set(choice.values)) < len(choice.values):
            yield ("options", name), "expected a list of different values"
        for value in choice.swatches.keys() - choice.values:
            yield ("options", name, "swatches", value), f'no value "{value}"{suggest(value, choice.values)}'
    if size > MAX_VARIANTS and not product.variants:
        yield ("options",), f"{size:,} combinations; at most {MAX_VARIANTS:,} can be made, list the variants that exist"
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for number, variant in enumerate(product.variants):
        yield from _choice_faults(variant, choices, ("variants", number))
        combination = tuple(sorted(variant.options.items()))
        if combination in seen and choices:
            yield ("variants", number), f"the same options as variants.{seen[combination]}"
        seen.setdefault(combination, number)
    if len(product.variants) > 1 and not choices:
        yield ("variants",), "several variants, but no options to tell them apart"


def _choice_faults(variant: Variant, choices: Mapping[str, Choice], place: Place) -> Iterator[tuple[Place, str]]:
    for name, choice in choices.items():
        value = variant.options.get(name)
        if value is None:
            yield place, f'no value for the option "{name}"'
        elif value not in choice.values:
            expected = ", ".join(choice.values[:8])
            yield (*place, "options", name), f'expected one of {expected}; found "{value}"'
    for name in variant.options.keys() - choices.keys():
        yield (*place, "options", name), f'no option "{name}" in options{suggest(name, choices)}'


def _number_faults(product: Product, owners: dict[str, tuple[Product, Place]]) -> Iterator[tuple[Place, str]]:
    """Yield duplicate article numbers, in this product or in others. *owners* are the numbers found so far."""
    made = len(product.variants) == 0 and bool(product.options)
    for number, variant in enumerate(variants_of(product)):
        place: Place = ("variants", number) if product.variants else ("options",) if made else ("sku",)
        owner, where = owners.setdefault(variant.sku, (product, (*place, number)))
        if where == (*place, number) and owner is product:
            continue
        if owner is not product:
            yield place, f'the article number "{variant.sku}" is already that of {owner.name} in {owner.file}'
        elif made:
            yield place, f'two combinations get the article number "{variant.sku}"; list the variants with their own'
        else:
            yield (
                place,
                f'the article number "{variant.sku}" is already that of variants.{where[-1]}; each needs its own',
            )


def _label_faults(product: Product, faulty_places: FaultyPlaces = NO_FAULTY_PLACES) -> Iterator[tuple[Place, str]]:
    """Yield translated labels that are neither an option nor a value. *faulty_places* are the product's."""
    if faulty_places.touches(*_CHOICES):
        return
    known = {word for name, choice in product.choices.items() for word in (name, *choice.values)}
    for word in product.labels:
        if word not in known:
            yield ("options", word), f'no option and no value "{word}"{suggest(word, known)}'


def check_categories(entries: Entries, store: Store) -> list[Problem]:
    """Return the categories without a parent: it has no file."""
    content = store.home
    return [
        entries["category"][name].base.problem((), fault)
        for name in content.categories
        if (fault := _parent_fault(name.rpartition("/")[0], content, entries))
    ]


def _parent_fault(parent: str, content: LocalizedContent, entries: Entries) -> str:
    if not parent or parent in content.categories:
        return ""
    if parent in entries["category"]:  # a draft
        return ""
    return f'the category "{parent}" above it has no file; add content/categories/{parent}.yaml with its name'


def check_campaigns(entries: Entries, store: Store, settings: LoadSettings) -> list[Problem]:
    """Return the campaigns without a source, with a target outside the shop, or with the same addresses as another."""
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], str] = {}
    for campaign in store.campaigns:
        source = entries["campaign"][campaign.id].base
        problems += source.problems(_campaign_faults(campaign, source.faulty_places))
        problems += source.problems(_article_faults(campaign, store, entries["product"]))
        if not settings.faulty_places.touches("languages"):
            problems += source.problems(_campaign_languages(campaign, store))
        if source.faulty_places.touches("source", "partners", "medium", "campaign", "term"):
            continue
        for origin in campaign.sources:
            tags = (origin, campaign.medium, campaign.campaign or campaign.id, campaign.term or "")
            other = seen.setdefault(tags, campaign.file)
            if other != campaign.file:
                message = f"source, medium and campaign are those of {other}; nobody could tell them apart"
                problems.append(source.problem((), message))
    return problems


def unsaid_words(site: Path, campaign: Campaign, store: Store) -> Iterator[Problem]:
    """Yield the words of an advertisement that are missing on its landing page."""
    source = Source(site, campaign.file, None)
    for number, words, page in missing_words(campaign, store):
        message = f'the advertisement says "{words}", the page where it leads does not ({page})'
        yield source.problem(("words", number), message)


def _campaign_faults(campaign: Campaign, faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield the mistakes of a campaign. Its *faulty_places* are not checked again."""
    if not campaign.sources and not faulty_places.touches("source", "partners"):
        yield (), 'expected a "source", such as google, or "partners"'
    if campaign.campaign is None and not faulty_places.touches("campaign"):
        try:
            Tag.parse(campaign.id, dt.UTC)
        except ValueError:
            yield (), f'the id "{campaign.id}" can\'t be part of a link; give a "campaign" of a-z, 0-9 and "-"'
    kind, _, _ = split_reference(campaign.landing[0])
    if kind not in {*KINDS, *LISTS, "address", "unknown"}:  # the check of links reports unknown targets
        yield ("to",), f'expected a page of this shop, such as product:rope-ring or /rings/; found "{campaign.to}"'


def _article_faults(campaign: Campaign, store: Store, products: Mapping[str, Entry]) -> Iterator[tuple[Place, str]]:
    """Yield the variant that a campaign names, if its product has no such article."""
    kind, name, _ = split_reference(campaign.landing[0])
    product = store.home.products.get(name) if kind == "product" else None
    if product and campaign.variant and not products[name].base.faulty_places.touches(*_NUMBERS):
        articles = [variant.sku for variant in variants_of(product)]
        if campaign.variant not in articles:
            near = suggest(campaign.variant, articles)
            yield ("to",), f'expected an article of {name}, such as {articles[0]}; found "{campaign.variant}"{near}'


def _campaign_languages(campaign: Campaign, store: Store) -> Iterator[tuple[Place, str]]:
    for number, language in enumerate(campaign.languages):
        if language not in store.localized:
            yield ("languages", number), f'expected one of {", ".join(store.localized)}; found "{language}"'


def check_home(entries: Entries, store: Store, settings: LoadSettings) -> list[Problem]:
    """Return home page sections that are not of exactly one kind, and promises that are not in site.yaml."""
    problems: list[Problem] = []
    for language, content in store.localized.items():
        for number, section in enumerate(content.home.sections):
            place = "sections", number
            source = entries["home"]["home"].source(language, place)
            problems += source.problems(_section_faults(section, place, settings))
            if section.offer and (fault := announcement_fault(section.offer.id, entries)):
                problems.append(source.problem((*place, "offer", "id"), fault))
    return problems


def _section_faults(section: Section, place: Place, settings: LoadSettings) -> Iterator[tuple[Place, str]]:
    promises = settings.config.promises
    if len(section.given) != 1:
        kinds, given = ", ".join(section.EXACTLY_ONE), " and ".join(section.given) or "none"
        yield place, f"expected exactly one of {kinds}; found {given}"
    known = ", ".join(promises) or "none yet"
    for number, name in enumerate(section.promise):
        if name not in promises and not settings.faulty_places.covers(("promises", name)):
            yield (*place, "promise", number), f'no promise "{name}" in site.yaml (there are {known})'
