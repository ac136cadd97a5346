"""The protocol of analytics tools, and the shop's names for events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from storegen.model.origin import origin_of

Event: TypeAlias = Literal[
    "search",
    "view_item_list",
    "select_item",
    "view_item",
    "add_to_cart",
    "remove_from_cart",
    "view_cart",
    "begin_checkout",
    "purchase",
]
# In the order of a visit. The names are those that most tools use.
EVENTS: tuple[Event, ...] = (
    "search",
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
    """An analytics tool for one shop.

    *name* is its YAML key in site.yaml and the name of its adapter in ``scripts/``. *script* is the address of the
    tool's own script. *origins* are added to the content-security policy, by directive. *settings* are passed by the
    adapter to the tool's script. *events* are the tool's names for the shop's events; events without a name are not
    sent. *cookies* are the prefixes of the cookies that it sets on the shop's host, which are deleted when consent is
    withdrawn. A *flat* tool has no items and receives one summary of all of them.
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
        """Whether the tool sends requests to the shop's own host only."""
        return not self.origins


def asked_by(address: str) -> tuple[str, ...]:
    """Return the origin of a web address, empty for a path on the shop's own host."""
    return () if address.startswith("/") else (origin_of(address),)


def origins_of(**places: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the distinct origins by directive (``script_src`` for script-src), without the shop's own host."""
    return {
        directive.replace("_", "-"): tuple(dict.fromkeys(origins)) for directive, origins in places.items() if origins
    }
