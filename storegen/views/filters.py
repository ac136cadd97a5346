"""Filters and sort orders of categories, and the files that the script of the filters reads.

Each category has one file with the facts of its products, without names and pictures. The products' cards are in other
files: twelve products of one category in each. The script loads only the cards that it shows.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from zlib import crc32

import msgspec

from storegen.addresses import output_path, slugify
from storegen.model.category import Category, Rule
from storegen.model.plain import plain
from storegen.model.rows import encode_record
from storegen.outputs import Blob, Output, Page, digest, zipped
from storegen.search.facets import LATER, NONE, NOW, Facts, projected
from storegen.views.catalog import Catalog
from storegen.views.contexts.facets import CardsPage, Facet, Filters, Order
from storegen.views.facets import FIXED, MadeFacet, common_options, facets_of
from storegen.views.shop import Shop

CHUNK = 12  # cards in a file
_LATE = 4000  # products in a search; more have no filters by option, and their facts are loaded when they are needed
_FEWEST = 6  # products; a shorter list needs no filters
_FACTS = "facets.bin"  # the file of facts of a list
_SEARCH = "?search"  # the id of the list of all products that the search finds
_SHARED = ("pieces", "range", "of")  # the page's words that the script uses too
_MARK = 4  # length of the digest in the name of a file of cards
_JSON = msgspec.json.Encoder(enc_hook=plain, order="deterministic").encode


class _Panel(msgspec.Struct, frozen=True, array_like=True):
    """The filters of a category.

    *fingerprint* is that of the products' facts, and *shown* that of the filters. *unknown* are the names in the
    category's ``facets`` that no product has. *known* are the names that it could have.
    """

    fingerprint: bytes
    filters: Filters | None = None
    shown: bytes = b""
    unknown: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class FilteredList(msgspec.Struct, frozen=True):
    """A list of products that can be filtered: a category, or all that the search finds.

    *id* is the category's id. *facets* are the names of its filters, None if all are wanted that divide the list.
    *settled* are the options for which all its products have the same value. *fingerprint* is that of their facts.
    """

    id: str
    href: str
    names: tuple[str, ...]
    fingerprint: bytes
    facets: tuple[str, ...] | None = None
    settled: frozenset[str] = frozenset()

    @property
    def late(self) -> bool:
        """Whether its facts are so many that the script loads them only when they are needed."""
        return self.id == _SEARCH and len(self.names) > _LATE


_DECODE = msgspec.msgpack.Decoder(_Panel).decode
_DECODE_COLUMNS = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def filters_of(shop: Shop, catalog: Catalog, category: Category) -> Filters | None:
    """Return the filters of a category, None if it needs none."""
    return _panel(shop, catalog, _list_of(shop, catalog, category)).filters


def filters_fingerprint(shop: Shop, catalog: Catalog, category: Category) -> bytes:
    """Return the fingerprint of the filters of a category."""
    return _panel(shop, catalog, _list_of(shop, catalog, category)).shown


def unknown_facets(shop: Shop, catalog: Catalog) -> Iterator[tuple[Category, str, tuple[str, ...]]]:
    """Yield each name in a category's ``facets`` that no product has, with all names that its products have."""
    for category in shop.content.categories.values():
        panel = _panel(shop, catalog, _list_of(shop, catalog, category))
        yield from ((category, name, panel.known) for name in panel.unknown)


def _list_of(shop: Shop, catalog: Catalog, category: Category) -> FilteredList:
    options = category.rule.options if category.rule else {}
    return FilteredList(
        category.id,
        shop.href("category", category),
        catalog.by_category[category.id],
        catalog.facts_fingerprints[category.id],
        category.facets,
        frozenset(name for name, values in options.items() if len(values) == 1),
    )


def _panel(shop: Shop, catalog: Catalog, listed: FilteredList) -> _Panel:
    """Return the filters of a list, from the cache if the facts of its products are unchanged.

    The cache also keeps the columns of the list's file.
    """
    if not _has_filters(shop) or listed.facets == () or len(listed.names) < _FEWEST:
        return _Panel(b"")
    cache, section = catalog.cache, _section(shop)
    panel = cache.heads(section, _DECODE).get(listed.id)
    if panel is None or panel.fingerprint != listed.fingerprint:
        facts = catalog.facts(listed.names)
        found = _facets(shop, listed, facts)
        known = dict.fromkeys((*(word for each in facts for word in _words(each)), *FIXED))
        filters = _filters(shop, listed, found, facts) if found else None
        panel = _Panel(
            listed.fingerprint,
            filters,
            digest(encode_record(filters)),
            tuple(name for name in listed.facets or () if name not in known),
            tuple(known) if listed.facets else (),
        )
        columns = _JSON(_columns(shop, found, facts)) if found else b""
        cache.put(section, listed.id, encode_record(panel), columns)
    return panel


def _facets(shop: Shop, listed: FilteredList, facts: Sequence[Facts]) -> list[MadeFacet]:
    """Return the facets of a list: those that are named, or else all that divide it."""
    if listed.facets is not None:
        return facets_of(shop, listed.facets, facts)
    options = () if listed.late else common_options(facts, listed.settled)
    if listed.id == _SEARCH:  # few of all products have one option, so the script shows it only if some have it
        return facets_of(shop, ("brand", "price", "rating", *options, "stock", "sale"), facts)
    return facets_of(shop, (*options, "brand", "price", "rating", "stock", "sale"), facts)


def _words(facts: Facts) -> Iterator[str]:
    """Yield the names of a product's options and specs."""
    for option in facts.options:
        yield from (option.name, option.label)
    yield from (name for name, _ in facts.specs)


def facet_files(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the file of facts of each category with filters, and the files of cards that the script shows."""
    shown: dict[str, None] = {}
    for category in shop.content.categories.values():
        if (filters := filters_of(shop, catalog, category)) is None:
            continue
        homes = dict.fromkeys(catalog.summaries[name].categories[0] for name in catalog.by_category[category.id])
        shown |= homes
        fingerprint = digest(
            catalog.facts_fingerprints[category.id], *(catalog.home_fingerprints[home] for home in homes)
        )
        yield Blob(output_path(filters.file), functools.partial(_file, shop, catalog, category), fingerprint)
    back = shop.form_href("back_in_stock")
    for home in shown:
        for href, part in _chunks(shop, home, catalog.by_home[home]):
            fingerprint = digest(catalog.fingerprints.of_shop, catalog.card_fingerprints(part))
            recipe = functools.partial(_cards, catalog, part, back)
            yield Page(output_path(href), "pages/cards.html", recipe, shop.language, fingerprint=fingerprint)


def search_list(catalog: Catalog, names: tuple[str, ...], href: str) -> FilteredList:
    """Return the list of all products that the search page at *href* finds."""
    known = (catalog.summaries[name].facts_fingerprint for name in names)
    return FilteredList(_SEARCH, href, names, digest(catalog.fingerprints.of_shop, *known))


def search_filters(shop: Shop, catalog: Catalog, found: FilteredList) -> tuple[Filters | None, bytes]:
    """Return the filters of the search page with their fingerprint."""
    panel = _panel(shop, catalog, found)
    return panel.filters, panel.shown


def search_facts(shop: Shop, catalog: Catalog, found: FilteredList, numbers: Sequence[int]) -> Output:
    """Return the file of facts of all products that the search finds. *numbers* are those of their documents."""
    recipe = functools.partial(_facts_file, shop, catalog, found, {"numbers": _steps(numbers)})
    return Blob(output_path(f"{found.href}{_FACTS}"), recipe, digest(found.fingerprint, _JSON(numbers)))


def _cards(catalog: Catalog, names: tuple[str, ...], back: str) -> CardsPage:
    return CardsPage(cards=catalog.cards(names), back=back)


def _chunks(shop: Shop, category: str, names: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the address of each file of cards, with its products. The address changes if the products change."""
    base = shop.href("category", shop.content.categories[category])
    for start in range(0, len(names), CHUNK):
        part = names[start : start + CHUNK]
        yield f"{base}cards-{start // CHUNK}-{_mark(part)}.txt", part


def _mark(names: Sequence[str]) -> str:
    return f"{crc32(' '.join(names).encode()):08x}"[:_MARK]


def _has_filters(shop: Shop) -> bool:
    return "cards" in shop.theme.pages


def _filters(shop: Shop, listed: FilteredList, found: Sequence[MadeFacet], facts: Sequence[Facts]) -> Filters:
    orders: dict[Order, bool] = {
        "sales": any(each.sales for each in facts),
        "new": any(each.added for each in facts),
        "price": len({each.price for each in facts}) > 1,
        "-price": len({each.price for each in facts}) > 1,
        "rating": len({each.rating for each in facts}) > 1,
    }
    pages = _pages(shop, listed, facts)
    return Filters(
        href=listed.href,
        file=f"{listed.href}{_FACTS}",
        facets=tuple(_with_pages(each, pages) for each in found),
        orders=tuple(order for order, useful in orders.items() if useful),
        late=listed.late,
    )


def _pages(shop: Shop, listed: FilteredList, facts: Sequence[Facts]) -> Mapping[tuple[str, str], str]:
    """Return the addresses of subcategories that show one value of an option, by the labels of option and value."""
    labels = {
        (option.name, name): (option.label, value)
        for each in facts
        for option in each.options
        for name, value in zip(option.names, option.values, strict=True)
    }
    found: dict[tuple[str, str], str] = {}
    for each in shop.ruled:
        if each.parent == listed.id and each.status == "published" and each.rule and len(each.rule.options) == 1:
            [(name, values)] = each.rule.options.items()
            label = labels.get((name, values[0])) if len(values) == 1 else None
            if label and each.rule == Rule(options={name: values}):
                found[label] = shop.href("category", each)
    return found


def _with_pages(found: MadeFacet, pages: Mapping[tuple[str, str], str]) -> Facet:
    values = (
        msgspec.structs.replace(value, href=pages.get((found.option, value.label), "")) for value in found.facet.values
    )
    single = len(found.facet.values) == 1
    return msgspec.structs.replace(found.facet, values=tuple(values), single=single)


def _file(shop: Shop, catalog: Catalog, category: Category) -> bytes:
    """Return the facts of a category's products for the script."""
    listed = _list_of(shop, catalog, category)
    return _facts_file(shop, catalog, listed, _places(shop, catalog, listed.names))


def _facts_file(shop: Shop, catalog: Catalog, listed: FilteredList, places: Mapping[str, Any]) -> bytes:
    """Return the file of facts of a list's products. *places* say where their cards are."""
    columns = catalog.cache.body(catalog.cache.section(_section(shop))[listed.id])
    return zipped(_JSON({**_DECODE_COLUMNS(columns), **places}))


def _section(shop: Shop) -> str:
    return f"filters.{shop.language}"


def _columns(shop: Shop, found: Sequence[MadeFacet], facts: Sequence[Facts]) -> dict[str, Any]:
    """Return the facts of a list's products as columns: one list for each fact, not one object per product."""
    keys = [each.facet.key for each in found]
    known = shop.theme.words[shop.language]
    words = {key.removeprefix("facets."): word for key, word in known.items() if key.startswith("facets.")}
    return {
        "words": words | {word: known[f"list.{word}"] for word in _SHARED if f"list.{word}" in known},
        "facets": [_written(each) for each in found],
        "had": dict(_had(found, facts, stock="stock" in keys)),
        "price": [_number(each.price) for each in facts],
        "rating": [each.rating for each in facts],
        "added": [each.added for each in facts],
        "sales": [each.sales for each in facts],
        "later": {
            str(place): [[later.moment, _number(later.price), later.sale] for later in each.later]
            for place, each in enumerate(facts)
            if each.later
        },
    }


def _places(shop: Shop, catalog: Catalog, names: Sequence[str]) -> dict[str, Any]:
    """Return where the cards of the products are: the files of each category, and the position of each card in them."""
    homes = {catalog.summaries[name].categories[0]: None for name in names}
    numbers = {home: number for number, home in enumerate(homes)}
    files = [
        [
            f"{shop.href('category', shop.content.categories[home])}cards-",
            "".join(_mark(part) for _, part in _chunks(shop, home, catalog.by_home[home])),
        ]
        for home in homes
    ]
    at = [(numbers[catalog.summaries[name].categories[0]], catalog.places[name]) for name in names]
    return {"chunk": CHUNK, "homes": files, "at": [number for pair in at for number in pair]}


def _written(each: MadeFacet) -> dict[str, Any]:
    keys = [value.key for value in each.facet.values]
    if each.bounds:
        own = {} if each.facet.key == "price" else {"numbers": [_number(number) for number in each.numbers]}
        return {"key": each.facet.key, "values": keys, "bounds": [_number(bound) for bound in each.bounds], **own}
    return {"key": each.facet.key, "values": keys, "has": [_steps(places) for places in each.members]}


def _number(number: Decimal | None) -> float | None:
    """Return a number for the script, which only compares such numbers."""
    return None if number is None else float(number)


def _steps(places: Sequence[int]) -> list[int]:
    """Return the first place, then the difference of each place to the one before."""
    return [place - before for before, place in zip((0, *places), places, strict=False)]


def _had(found: Sequence[MadeFacet], facts: Sequence[Facts], *, stock: bool) -> Iterator[tuple[str, list[Any]]]:
    """Yield a row for each product that lacks some combination of its options' values. Only options with a facet count.

    A product without a row has every combination. A row has the positions of the facets, the positions of the values of
    each facet, and `Facts.had`.
    """
    options = {each.option: number for number, each in enumerate(found) if each.option}
    places = {number: _Numbers(found[number].facet) for number in options.values()}
    for place, each in enumerate(facts):
        kept = [option.label in options for option in each.options]
        if not each.had or not any(kept):
            continue
        had = projected(each.options, each.had, kept)
        if not (NONE in had or (stock and LATER in had and NOW in had)):
            continue
        axes = [option for option in each.options if option.label in options]
        numbers = [options[axis.label] for axis in axes]
        values = [[places[number][value] for value in axis.values] for number, axis in zip(numbers, axes, strict=True)]
        yield str(place), [numbers, values, "".join(map(str, had))]


class _Numbers(dict[str, int]):
    """The position of each value of a facet, by any label that has the value's key."""

    def __init__(self, facet: Facet) -> None:
        super().__init__()
        self._keys = {value.key: number for number, value in enumerate(facet.values)}

    def __missing__(self, label: str) -> int:
        self[label] = number = self._keys[slugify(label) or label]
        return number
