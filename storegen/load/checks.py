"""What no single field can say: prices, variants and references of all content, checked together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.load.addressbook import addresses_of
from storegen.load.sources import Source, line_of
from storegen.model.product import MAX_VARIANTS, Choice, Product, Variant, variants_of
from storegen.model.store import Edition, Store
from storegen.references import find_references, split_reference

if TYPE_CHECKING:
    from storegen.load.records import Entry
    from storegen.yaml import Place

Entries = Mapping[str, Mapping[str, "Entry"]]


def check_products(entries: Entries, store: Store, configs: Mapping[str, Config]) -> list[Problem]:
    """Return what is wrong with products as a whole: no price, options that don't fit, article numbers given twice."""
    problems: list[Problem] = []
    edition = next(iter(store.editions.values()))
    config = next(iter(configs.values()))
    owners: dict[str, str] = {}
    for product in edition.products.values():
        source = entries["product"][product.id].base
        problems += [source.problem(place, message) for place, message in _product_faults(product, config)]
        if problems and not product.name.strip():
            continue
        for place, sku in _skus(product):
            if owners.setdefault(sku, product.file) != product.file or (place and _twice(product, sku)):
                problems.append(source.problem(place, f'the article number "{sku}" is already in {owners[sku]}'))
    return problems


def _product_faults(product: Product, config: Config) -> Iterator[tuple[Place, str]]:
    if not product.name.strip():
        yield ("name",), "expected a name, found nothing"
    if product.price is None and any(variant.price is None for variant in product.variants or (product,)):
        yield ("price",), "a price is missing, here or in every variant"
    if config.tax.rates and product.tax_class not in config.tax.rates:
        known = ", ".join(config.tax.rates)
        yield ("tax_class",), f'no tax class "{product.tax_class}" in site.yaml ({known})'
    yield from _variant_faults(product)
    methods = {method.id for method in config.delivery.methods}
    for number, name in enumerate(product.delivery.methods if product.delivery else ()):
        if name not in methods:
            yield ("delivery", "methods", number), f'no delivery method "{name}"{suggest(name, methods)}'


def _variant_faults(product: Product) -> Iterator[tuple[Place, str]]:
    choices = product.choices
    size = math.prod(len(choice.values) for choice in choices.values())
    for name, choice in choices.items():
        if not choice.values or len(set(choice.values)) < len(choice.values):
            yield ("options", name), "expected a list of different values"
    if size > MAX_VARIANTS and not product.variants:
        yield ("options",), f"{size:,} combinations; at most {MAX_VARIANTS:,} can be made, list the variants that exist"
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for number, variant in enumerate(product.variants):
        yield from _choice_faults(variant, choices, ("variants", number))
        combination = tuple(sorted(variant.options.items()))
        if combination in seen and choices:
            yield ("variants", number), f"the same options as variant {seen[combination] + 1}"
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


def _skus(product: Product) -> Iterator[tuple[Place, str]]:
    for number, variant in enumerate(variants_of(product)):
        yield ("variants", number, "sku") if product.variants else ("sku",), variant.sku


def _twice(product: Product, sku: str) -> bool:
    return sum(variant.sku == sku for variant in variants_of(product)) > 1


def check_references(
    entries: Entries, plain: Mapping[str, list[Source]], store: Store, configs: Mapping[str, Config]
) -> list[Problem]:
    """Return every reference, in fields and in texts, that leads nowhere."""
    problems: list[Problem] = []
    for language, edition in store.editions.items():
        known = _Known(edition, entries, addresses_of(store, configs, language))
        for kind, records in known.records.items():
            for identity, record in records.items():
                entry = entries[kind][identity]
                source = entry.overlays.get(language, entry.base)
                problems += [source.problem(place, fault) for place, fault in _field_faults(kind, record, known)]
                problems += _text_faults(kind, record, source, known)
        if "home" in entries["home"]:
            entry = entries["home"]["home"]
            source = entry.overlays.get(language, entry.base)
            problems += [source.problem(place, fault) for place, fault in _home_faults(edition, known)]
    first = next(iter(store.editions.values()))
    for source in plain["review"]:
        product = source.data.get("product")
        if isinstance(product, str) and product not in entries["product"]:
            problems.append(source.problem(("product",), f'no product "{product}"{suggest(product, first.products)}'))
    return problems + _config_faults(store, configs, entries)


class _Known:
    """What can be referred to in one language."""

    def __init__(self, edition: Edition, entries: Entries, addresses: frozenset[str]) -> None:
        self.records: Mapping[str, Mapping[str, object]] = {
            "product": edition.products,
            "category": edition.categories,
            "guide": edition.guides,
            "post": edition.posts,
            "page": edition.pages,
            "person": edition.people,
        }
        self.entries = entries
        self.addresses = addresses

    def fault(self, kind: str, name: str, *, strict: bool = False) -> str | None:
        """Return why a name is no thing of a kind; a draft is one unless *strict*."""
        if name in self.records[kind]:
            return None
        if kind == "category" and self.category(name):
            return None
        if name in self.entries[kind]:
            return f'the {kind} "{name}" is a draft; nothing may link to it yet' if strict else None
        return f'no {kind} "{name}"{suggest(name, self.records[kind])}'

    def category(self, name: str) -> str:
        """Return the full id of a category named by its last part, where that is clear."""
        found = [full for full in self.entries["category"] if full.rpartition("/")[2] == name]
        return found[0] if len(found) == 1 else ""

    def link_fault(self, target: str) -> str | None:
        """Return why a link leads nowhere."""
        kind, name, _ = split_reference(target)
        if kind in self.records:
            return self.fault(kind, name, strict=True)
        if kind == "address":
            if name in self.addresses or f"{name}/" in self.addresses or name.startswith("/media/"):
                return None
            return f'no page at "{name}"{suggest(name, self.addresses)}'
        if kind == "unknown":
            return (
                f'"{target}" is not a link that the shop can follow; write product:rope-ring, guide:care, '
                "page:returns, media/file.pdf, an address on this site such as /guides/, https://…, mailto: or tel:"
            )
        return None


_LISTED = {
    "product": (
        ("category", "category"),
        ("related", "product"),
        ("accessories", "product"),
        ("spare_parts", "product"),
        ("guides", "guide"),
    ),
    "guide": (("products", "product"),),
    "post": (("products", "product"),),
    "page": (("people", "person"),),
}
_SINGLE = {"category": (("guide", "guide"),), "guide": (("author", "person"),), "post": (("author", "person"),)}
_TEXTS = {
    "product": "description",
    "category": "body",
    "guide": "body",
    "post": "body",
    "page": "body",
    "person": "body",
}


def _field_faults(kind: str, record: object, known: _Known) -> Iterator[tuple[Place, str]]:
    for field, target in _LISTED.get(kind, ()):
        for number, name in enumerate(getattr(record, field)):
            if fault := known.fault(target, name):
                yield (field, number), fault
    for field, target in _SINGLE.get(kind, ()):
        name = getattr(record, field)
        if name and (fault := known.fault(target, name)):
            yield (field,), fault
    if isinstance(record, Product):
        yield from _product_references(record, known)
    yield from _link_faults(record, known)


def _link_faults(record: object, known: _Known) -> Iterator[tuple[Place, str]]:
    for field in ("doubts", "notes"):
        for number, part in enumerate(getattr(record, field, ())):
            if part.link and (fault := known.link_fault(part.link)):
                yield (field, number, "link"), fault
    editorial = getattr(record, "editorial", None)
    if editorial and (fault := known.link_fault(editorial.link)):
        yield ("editorial", "link"), fault


def _product_references(product: Product, known: _Known) -> Iterator[tuple[Place, str]]:
    for name, choice in product.choices.items():
        if choice.guide and (fault := known.fault("guide", choice.guide)):
            yield ("options", name, "guide"), fault
    if product.note and (fault := known.fault("person", product.note.by)):
        yield ("note", "by"), fault
    for number, question in enumerate(product.questions):
        if question.by and (fault := known.fault("person", question.by)):
            yield ("questions", number, "by"), fault


def _text_faults(kind: str, record: object, source: Source, known: _Known) -> Iterator[Problem]:
    field = _TEXTS[kind]
    for found in find_references(getattr(record, field)):
        fault = _shown_fault(found.target, known) if found.picture else known.link_fault(found.target)
        if fault and field == "body":
            yield source.body_problem(found.line, fault)
        elif fault:
            line = line_of(source.site, source.file, (*source.place, field))
            yield Problem(source.file, line + found.line, field, fault)


def _shown_fault(target: str, known: _Known) -> str | None:
    kind, name, _ = split_reference(target)
    if kind == "product":
        return known.fault("product", name, strict=True)
    if kind in {"media", "web"}:
        return None
    return f'"{target}" can\'t be shown; write ![words](media/picture.jpg), or ![](product:rope-ring) for a card'


def _home_faults(edition: Edition, known: _Known) -> Iterator[tuple[Place, str]]:
    for number, section in enumerate(edition.home.sections):
        place: Place = ("sections", number)
        given = [name for name in section.__struct_fields__ if getattr(section, name)]
        if len(given) != 1:
            yield place, f"expected exactly one of {', '.join(section.__struct_fields__)}; found {len(given)}"
            continue
        part = getattr(section, given[0])
        inside: Place = (*place, given[0])
        for field, target in (("products", "product"), ("categories", "category"), ("guides", "guide")):
            for index, name in enumerate(getattr(part, field, ())):
                if fault := known.fault(target, name):
                    yield (*inside, field, index), fault
        if (person := getattr(part, "person", "")) and (fault := known.fault("person", person)):
            yield (*inside, "person"), fault
        if (category := getattr(part, "category", "")) and (fault := known.fault("category", category)):
            yield (*inside, "category"), fault
        for field in ("link", "second_link"):
            if (link := getattr(part, field, "")) and (fault := known.link_fault(link)):
                yield (*inside, field), fault


def _config_faults(store: Store, configs: Mapping[str, Config], entries: Entries) -> list[Problem]:
    """Return menu entries, promises and links of site.yaml that lead nowhere."""
    language, config = next(iter(configs.items()))
    known = _Known(store.editions[language], entries, addresses_of(store, configs, language))
    links: list[tuple[Place, str]] = [(("menu", number), link) for number, link in enumerate(config.menu)]
    links += [(("legal", number), link) for number, link in enumerate(config.legal)]
    for title, column in config.footer.items():
        links += [(("footer", title, number), link) for number, link in enumerate(column)]
    links += [(("promises", name, "link"), promise.link) for name, promise in config.promises.items() if promise.link]
    site = next(
        (source.site for group in entries.values() for entry in group.values() for source in [entry.base]), None
    )
    return [
        Problem("site.yaml", line_of(site, "site.yaml", place) if site else 0, ".".join(map(str, place)), fault)
        for place, link in links
        if (fault := known.link_fault(link))
    ]
