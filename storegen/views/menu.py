"""The menu's entries with their subcategories, and how many of them the header has room for."""

from __future__ import annotations

import unicodedata

from storegen.views.contexts.page import MenuEntry, MenuFit
from storegen.views.navigation import Navigation
from storegen.views.shop import Shop

# Widths in CSS pixels. The header of the theme is laid out for 1180 px and wider; letters are those of its menu.
_LETTER, _WIDE_LETTER = 7.3, 15.0
_GAP, _FOLD = 26.0, 22.0
_BESIDE = 560.0  # what the logo, the search and the cart leave in their row
_ROW = 1080.0  # a row of the menu's own
_MORE = 190.0  # the entry that opens all others
_LONG_NAME = 20
_LISTED = 60  # subcategories; more would make every page heavy


def menu_entries(navigation: Navigation) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu, then the other categories at the top level if the menu leads to all of them."""
    return tuple(
        MenuEntry(
            text=link.text,
            href=link.href,
            goods=link.href in navigation.goods,
            children=navigation.children.get(link.href, ()),
        )
        for link in (*navigation.menu, *navigation.others)
    )


def fit_of(shop: Shop, navigation: Navigation) -> MenuFit:
    """Return how the menu fits into the header of a wide screen."""
    entries = menu_entries(navigation)
    widths = [_width(entry) for entry in entries[: len(navigation.menu)]]
    more = _MORE if navigation.everything else 0.0
    name = shop.config.name
    beside = sum(widths) + more <= _BESIDE and (bool(shop.config.theme.logo) or len(name) <= _LONG_NAME)
    return MenuFit(
        count=len(widths) if beside else _fitting(widths, more),
        own_row=not beside,
        deep=sum(len(entry.children) for entry in entries) <= _LISTED,
        everything=navigation.everything.href if navigation.everything else "",
    )


def _fitting(widths: list[float], more: float) -> int:
    """Return how many entries fit into a row. If not all do, an entry that opens the others takes its part of it."""
    if sum(widths) + more <= _ROW:
        return len(widths)
    used = _MORE
    for place, width in enumerate(widths):
        used += width
        if used > _ROW:
            return place
    return len(widths)


def _width(entry: MenuEntry) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in entry.text)
    text = wide * _WIDE_LETTER + (len(entry.text) - wide) * _LETTER
    return text + _GAP + (_FOLD if entry.children else 0)
