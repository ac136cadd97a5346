"""The pages with the names of all products, by their first letters, for a shop that has many."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence

from storegen.addresses import output_path, page_of
from storegen.outputs import Output, Page, digest
from storegen.views.catalog import Catalog
from storegen.views.category import pages_of
from storegen.views.contexts.parts import Link
from storegen.views.contexts.product_list import Letter, LetterGroup, ProductListPage, ProductName
from storegen.views.head import breadcrumbs, fixed_alternates, head_of, page_title
from storegen.views.shop import Shop

_NAMES = 300  # of one page


def product_list(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages with the names of all listed products. A new letter changes all of them."""
    if not shop.lists_products:
        return
    names = catalog.by_name
    letters = _letters(catalog, names, shop.at("product"))
    known = digest(catalog.fingerprints.of_shop, repr((len(names), letters)).encode())
    for number in range(1, math.ceil(len(names) / _NAMES) + 1):
        shown = names[(number - 1) * _NAMES : number * _NAMES]
        path = _address(shop.at("product"), number)
        yield Page(
            output_path(path),
            "pages/products.html",
            functools.partial(_page, shop, catalog, shown, letters, number),
            shop.language,
            fingerprint=digest(known, str(number).encode(), catalog.card_fingerprints(shown)),
            listed=path,
        )


def _address(href: str, number: int) -> str:
    """Return the address of a page of the list. A product may have ``/products/2/``."""
    return page_of(f"{href}a-z/", number) if number > 1 else href


def _letters(catalog: Catalog, names: Sequence[str], href: str) -> tuple[Letter, ...]:
    """Return the letters that names begin with, each with a link to its first name."""
    found: dict[str, Letter] = {}
    for place, name in enumerate(names):
        letter = catalog.summaries[name].letter
        if letter not in found:
            anchor = f"letter-{len(found) + 1}"
            found[letter] = Letter(text=letter, id=anchor, href=f"{_address(href, place // _NAMES + 1)}#{anchor}")
    return tuple(found.values())


def _page(
    shop: Shop, catalog: Catalog, names: Sequence[str], letters: tuple[Letter, ...], number: int
) -> ProductListPage:
    href, title = shop.at("product"), shop.word("nav.products")
    pages = pages_of(href, number, _NAMES, len(catalog.by_name), _address)
    alternates = fixed_alternates(shop, "product") if number == 1 else {}
    return ProductListPage(
        head=head_of(
            shop,
            _address(href, number),
            title=page_title(shop, title, number),
            alternates=alternates,
            section=href,
            previous=pages.previous,
            next_=pages.next,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        title=title,
        letters=letters,
        groups=tuple(_groups(catalog, names, letters)),
        pages=pages,
    )


def _groups(catalog: Catalog, names: Sequence[str], letters: tuple[Letter, ...]) -> Iterator[LetterGroup]:
    known = {letter.text: letter for letter in letters}
    for letter, group in itertools.groupby(names, key=lambda name: catalog.summaries[name].letter):
        cards = catalog.cards(group)
        products = tuple(ProductName(text=card.name, href=card.href, language=card.language) for card in cards)
        yield LetterGroup(letter=known[letter], products=products)
