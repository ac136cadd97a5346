"""What a tool that counts visits is to the shop, and the shop's own words for what happens in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from storegen.model.origin import origin_of

Event: TypeAlias = Literal[
    "view_item_list",
    "select_item",
    "view_item",
    "add_to_cart",
    "remove_from_cart",
    "view_cart",
    "begin_checkout",
    "purchase",
]
# In the order in which a visitor meets them; the names are those that most tools know.
EVENTS: tuple[Event, ...] = (
    "view_item_list",
    "select_item",
    "view_item",
    "add_to_cart",
    "remove_from_cart",
    "view_cart",
    "begin_checkout",
    "purchase",
)


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A tool, ready for one shop.

    *name* is its key in site.yaml and that of its script in ``scripts/``; *script* is the address of the tool's own
    script. *origins* are added to the content-security policy, by directive. *settings* are what our script hands to
    the tool's. *events* are the tool's names for the shop's events; what it has no name for is not sent. *cookies* are
    the beginnings of the names of those it sets on the shop's host, which go when consent is taken back. A *flat* tool
    knows no items and is told one line about all of them.
    """

    name: str
    title: str
    script: str
    consent: bool
    origins: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, str | bool]
    events: Mapping[Event, str]
    cookies: tuple[str, ...] = ()
    flat: bool = False

    @property
    def own(self) -> bool:
        """Whether nothing but the shop's own host is asked."""
        return not self.origins


def asked_by(address: str) -> tuple[str, ...]:
    """Return the origin of an address on the web; none for a path on the shop's own host."""
    return () if address.startswith("/") else (origin_of(address),)


def origins_of(**places: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return origins by directive, ``script_src`` for script-src; each once, none where only our host is asked."""
    return {
        directive.replace("_", "-"): tuple(dict.fromkeys(origins)) for directive, origins in places.items() if origins
    }
