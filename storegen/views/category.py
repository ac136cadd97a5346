"""Category pages, with twenty-four products on each page, and the page of all categories."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator

import msgspec

from storegen.addresses import output_path, page_of
from storegen.model.category import Category
from storegen.model.picture import as_image
from storegen.model.product import Product
from storegen.outputs import Blob, Output, Page, digest
from storegen.views.catalog import Catalog
from storegen.views.contexts.category import CategoriesPage, CategoryCard, CategoryGroup, CategoryPage, EditorialCard
from storegen.views.contexts.parts import Link, Pages
from storegen.views.filters import facet_files, filters_fingerprint, filters_of
from storegen.views.fingerprints import named_products
from storegen.views.head import alternates, breadcrumbs, fixed_alternates, head_of, of_page, page_title
from storegen.views.navigation import filled_children, largest_categories
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of
from storegen.views.promises import faq_line
from storegen.views.prose import text_of
from storegen.views.shop import Shop

_ALL, _MARKS = 12, 10  # pages of a short list; links to pages far away


def categories(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of categories, that of all categories if there is one, and the numbers that the menu shows."""
    yield from _all(shop, catalog)
    if shop.content.categories:
        yield _counts(shop, catalog)
    yield from facet_files(shop, catalog)
    for category in shop.content.categories.values():
        products = catalog.by_category[category.id]
        fingerprints = tuple(catalog.fingerprints_by_category[category.id].values())
        base = shop.href("category", category)
        size = shop.theme.per_page
        last = max(1, math.ceil(len(products) / size))
        for number in range(1, last + 1):
            part = slice((number - 1) * size, number * size)
            path = page_of(base, number)
            yield Page(
                output_path(path),
                "pages/category.html",
                functools.partial(_page, shop, catalog, category, products[part], number),
                shop.language,
                category.file,
                fingerprint=_fingerprint(shop, catalog, category, b"".join(fingerprints[part]), number),
                listed=path if products and category.status != "unlisted" else "",
            )


def _counts(shop: Shop, catalog: Catalog) -> Output:
    """Return the file with the number of products of each category, by address.

    The menu is part of every page. Numbers in it would change every page whenever a product is added.
    """
    categories = shop.content.categories.values()
    counts = {shop.href("category", each): len(catalog.by_category[each.id]) for each in categories}
    data = msgspec.json.encode(counts, order="deterministic")
    return Blob(f"{shop.at('home')}menu.json".lstrip("/"), functools.partial(bytes, data), digest(data))


def _fingerprint(shop: Shop, catalog: Catalog, category: Category, shown: bytes, number: int) -> bytes:
    """Return the fingerprint of a category's page. *shown* are the fingerprints of its cards."""
    row = shop.content.rows["category"][category.id]
    below = b"".join(catalog.category_fingerprints[child.id] for child in shop.children.get(category.id, ()))
    total = len(catalog.by_category[category.id])
    return digest(
        catalog.fingerprints.of_shop,
        filters_fingerprint(shop, catalog, category),
        f"{category.id} {number} {total}".encode(),
        shown,
        catalog.card_fingerprints(named_products(row)),
        below,
    )


def _page(shop: Shop, catalog: Catalog, category: Category, names: tuple[str, ...], number: int) -> CategoryPage:
    base = shop.href("category", category)
    cards = catalog.cards(names)
    pages = pages_of(base, number, shop.theme.per_page, len(catalog.by_category[category.id]))
    path = page_of(base, pages.number)
    trail = trail_of(shop, category)
    first = pages.number == 1
    shown = picture(shop, category.picture)
    return CategoryPage(
        head=head_of(
            shop,
            path,
            title=page_title(shop, category.name, number),
            description=description_of(category.summary, category.body),
            alternates=of_page(shop, alternates(shop, "category", category.id), number),
            section=trail[0].href,
            image=shown or (cards[0].picture if cards else None),
            index=category.status != "unlisted",
            previous=pages.previous,
            next_=pages.next,
        ),
        breadcrumbs=breadcrumbs(shop, *trail),
        name=category.name,
        language=shop.text_language(category),
        summary=shop.linked(category.summary),
        text=text_of(shop, catalog, category.body) if first else None,
        guide=shop.guide_link(category.guide),
        children=tuple(category_card(shop, catalog, child) for child in filled_children(shop, catalog, category.id)),
        cards=cards,
        columns=min(4, max(2, category.columns)),
        tile=category.tile or "",
        filters=filters_of(shop, catalog, category),
        editorial=_editorial(shop, category) if first else None,
        pages=pages,
        faq=tuple(faq_line(shop, entry) for entry in category.faq),
        extra=dict(category.extra),
    )


def _all(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the page of all categories."""
    if not shop.lists_categories:
        return
    href = shop.at("categories")
    fingerprint = digest(catalog.fingerprints.of_shop, catalog.all_cards_fingerprint)
    recipe = functools.partial(_all_page, shop, catalog, href)
    yield Page(output_path(href), "pages/categories.html", recipe, shop.language, fingerprint=fingerprint, listed=href)


def _all_page(shop: Shop, catalog: Catalog, href: str) -> CategoriesPage:
    title = shop.word("categories.title")
    return CategoriesPage(
        head=head_of(shop, href, title=title, alternates=fixed_alternates(shop, "categories"), section=href),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        groups=tuple(
            CategoryGroup(
                category=category_card(shop, catalog, each),
                children=tuple(
                    category_card(shop, catalog, child) for child in filled_children(shop, catalog, each.id)
                ),
            )
            for each in (*largest_categories(shop, catalog), *_collections(shop, catalog))
        ),
    )


def _collections(shop: Shop, catalog: Catalog) -> list[Category]:
    """Return the top-level categories with a rule that have products, in their order."""
    listed = [each for each in shop.ruled if not each.parent and each.status == "published"]
    return sorted((each for each in listed if catalog.by_category[each.id]), key=lambda each: (each.order, each.name))


def category_card(shop: Shop, catalog: Catalog, category: Category) -> CategoryCard:
    """Return the card of a category with its number of products and its lowest price."""
    names = catalog.by_category[category.id]
    lowest, pictured = catalog.heads[category.id]
    own = category.picture
    return CategoryCard(
        name=category.name,
        href=shop.href("category", category),
        count=len(names),
        lowest=lowest,
        picture=picture(shop, own) if own else catalog.card(pictured).picture if pictured else None,
        language=shop.text_language(category),
    )


def _editorial(shop: Shop, category: Category) -> EditorialCard | None:
    card = category.editorial
    if card is None:
        return None
    link = shop.link(card.link, card.link_text)
    shown = picture(shop, as_image(card.image))
    if link is None or shown is None:
        return None
    return EditorialCard(title=card.title, text=shop.linked(card.text), link=link, picture=shown)


def trail_of(shop: Shop, category: Category | None) -> list[Link]:
    """Return the links from the top-level category down to this category."""
    trail: list[Link] = []
    while category is not None:
        trail.insert(0, Link(text=category.name, href=shop.href("category", category)))
        category = shop.content.categories.get(category.parent)
    return trail


def category_of(shop: Shop, product: Product) -> Category | None:
    """Return the category of a product that its breadcrumbs show, None if it is in none."""
    return next((found for name in product.category if (found := shop.content.category_named(name))), None)


def pages_of(base: str, number: int, size: int, total: int, address: Callable[[str, int], str] = page_of) -> Pages:
    """Return the pagination of one page of a list, with links to other pages.

    From the first page, every page is at most two links away.
    """
    last = max(1, math.ceil(total / size))
    links = tuple(Link(text=str(place), href=address(base, place)) for place in _linked(number, last))
    return Pages(
        number=number,
        last=last,
        first_item=min(total, (number - 1) * size + 1),
        last_item=min(total, number * size),
        total=total,
        links=links if last > 1 else (),
        previous=address(base, number - 1) if number > 1 else "",
        next=address(base, number + 1) if number < last else "",
    )


def _linked(number: int, last: int) -> list[int]:
    """Return the pages that one page links to: all of a short list; of a long one every n-th and those around it."""
    if last <= _ALL:
        return list(range(1, last + 1))
    step = math.ceil(last / _MARKS)
    around = range(max(1, number - step // 2), min(last, number + step // 2) + 1)
    return sorted({1, last, number, *range(step, last, step), *around})
