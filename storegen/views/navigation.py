"""The menu, the footer's columns and the last line of pages: as site.yaml names them, or drawn from the content."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from storegen.config import MENU
from storegen.model.category import Category
from storegen.references import DRAWN
from storegen.views.catalog import Catalog
from storegen.views.contexts.page import Column
from storegen.views.contexts.parts import Link
from storegen.views.shop import Shop

_HELP = ("delivery", "returns", "contact", "about")
_LEGAL = ("privacy", "terms", "imprint")
# What buyers look for after an order, with symbols of the theme.
_PARCEL = (("track", "parcel"), ("page:delivery", "truck"))
_SERVICE = (("page:returns", "return"), ("guide:care", "hallmark"), ("page:contact", "chat"))


class Navigation(msgspec.Struct, frozen=True, kw_only=True):
    """The links that every page of a language has around its content.

    *children* are the links to the subcategories of a category, by its address. *everything* is the link to the page of
    all categories if the menu names it, and *others* are then the top-level categories that the menu doesn't name.
    *goods* are the addresses of all categories.
    """

    menu: tuple[Link, ...]
    children: Mapping[str, tuple[Link, ...]] = {}
    everything: Link | None = None
    others: tuple[Link, ...] = ()
    goods: frozenset[str] = frozenset()
    columns: tuple[Column, ...]
    legal: tuple[Link, ...]


def navigation_of(shop: Shop, catalog: Catalog) -> Navigation:
    """Return the links around every page. What site.yaml doesn't name is drawn from the categories and pages."""
    legal = shop.config.legal
    menu = menu_of(shop, catalog)
    columns = _columns(shop, catalog)
    everything = all_categories(shop)
    if everything not in menu:
        everything = None
    tops = tuple(_link(shop, each) for each in largest_categories(shop, catalog))
    return Navigation(
        menu=tuple(link for link in menu if link != everything),
        children=_children(shop, catalog),
        everything=everything,
        others=tuple(link for link in tops if link not in menu) if everything else (),
        goods=frozenset(shop.href("category", each) for each in shop.content.categories.values()),
        columns=columns,
        legal=_with_duties(
            shop,
            columns,
            _links(shop, tuple(f"page:{name}" for name in _LEGAL if _has_page(shop, name)) if legal is None else legal),
        ),
    )


def menu_of(shop: Shop, catalog: Catalog) -> tuple[Link, ...]:
    """Return the menu. By default: the largest categories, then guides and the pages about and contact if they fit."""
    if shop.config.menu is not None:
        return _links(shop, shop.config.menu)
    found = _categories(shop, catalog)
    more = ["guides"] if shop.published_guides else []
    more += [f"page:{name}" for name in ("about", "contact") if _has_page(shop, name)]
    return (*found, *_links(shop, tuple(more)))[:MENU]


def filled_children(shop: Shop, catalog: Catalog, parent: str) -> list[Category]:
    """Return the listed direct subcategories of a category that have products, in their order."""
    return [each for each in shop.children.get(parent, []) if catalog.by_category[each.id]]


def largest_categories(shop: Shop, catalog: Catalog) -> list[Category]:
    """Return the top-level categories that have products: by the merchant's ``order``, then the largest first."""
    found = filled_children(shop, catalog, "")
    return sorted(found, key=lambda each: (each.order, -len(catalog.by_category[each.id])))


def _children(shop: Shop, catalog: Catalog) -> dict[str, tuple[Link, ...]]:
    found = ((each, filled_children(shop, catalog, each.id)) for each in shop.content.categories.values())
    return {shop.href("category", each): tuple(_link(shop, child) for child in below) for each, below in found if below}


def _link(shop: Shop, category: Category) -> Link:
    return Link(text=category.name, href=shop.href("category", category))


def all_categories(shop: Shop) -> Link | None:
    """Return the link to the page of all categories, None if the shop has none."""
    return shop.link("categories")


def _categories(shop: Shop, catalog: Catalog) -> tuple[Link, ...]:
    """Return links to the largest categories, at most MENU. If there are more, the last link leads to all of them."""
    found = largest_categories(shop, catalog)
    last = all_categories(shop) if len(found) > MENU else None
    shown = found[: MENU - 1] if last else found[:MENU]
    links = tuple(_link(shop, each) for each in shown)
    return (*links, last) if last else links


def service_links(shop: Shop, *, parcel: bool = True) -> tuple[Link, ...]:
    """Return links to service pages: the parcel page if *parcel* is true, policies, the care guide, contact."""
    places = (*_PARCEL, *_SERVICE) if parcel else _SERVICE
    return tuple(link for place, icon in places if (link := shop.link(place, icon=icon)) is not None)


def _columns(shop: Shop, catalog: Catalog) -> tuple[Column, ...]:
    """Return the columns of the footer. By default: the largest categories, and all pages that nothing else names."""
    if shop.config.footer is not None:
        return tuple(Column(title=title, links=_links(shop, links)) for title, links in shop.config.footer.items())
    pages = [page for page in shop.content.pages.values() if page.status == "published" and page.id not in _LEGAL]
    pages.sort(key=lambda page: (_HELP.index(page.id) if page.id in _HELP else len(_HELP), shop.sort_key(page.title)))
    help_links = (
        *_links(shop, tuple(f"page:{page.id}" for page in pages)),
        *_links(shop, ("track",) if shop.tracked else ()),
        *_links(shop, ("guides",) if shop.published_guides else ()),
        *_links(shop, ("form:newsletter",)),
    )
    columns = (
        Column(title=shop.word("footer.shop"), links=(*_categories(shop, catalog), *_links(shop, ("products",)))),
        Column(title=shop.word("footer.help"), links=help_links),
    )
    return tuple(column for column in columns if column.links and column.title)  # not every theme has these words


def _with_duties(shop: Shop, columns: tuple[Column, ...], legal: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links of the last line, with the pages that duties of the law ask for and no other link leads to.

    The link of the withdrawal function has the words of the law, so another link to its page doesn't replace it.
    """
    linked = {link.href for link in (*legal, *(link for column in columns for link in column.links))}
    found = {name: link for name in DRAWN if (link := shop.link(name)) is not None}
    more = (link for name, link in found.items() if name == "withdrawal" or link.href not in linked)
    return (*(link for link in legal if link != found.get("withdrawal")), *more)


def _has_page(shop: Shop, name: str) -> bool:
    page = shop.content.pages.get(name)
    return page is not None and page.status == "published"


def _links(shop: Shop, references: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(link for reference in references if (link := shop.link(reference)) is not None)
