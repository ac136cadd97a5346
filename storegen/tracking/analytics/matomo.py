"""Matomo. Without its cookies it needs no consent.

Based on https://developer.matomo.org: guides/tracking-javascript-guide, api-reference/tracking-javascript (5.x); as of
2026-11.
"""

from __future__ import annotations

from storegen.model.analytics import Matomo
from storegen.tracking.analytics.protocol import Event, Tool, asked_by, origins_of

# Matomo stores carts and receives the whole cart each time. Events without a method become events of its category.
EVENTS: dict[Event, str] = {
    "search": "trackSiteSearch",
    "view_item_list": "setEcommerceView",
    "select_item": "trackEvent",
    "view_item": "setEcommerceView",
    "add_to_cart": "trackEcommerceCartUpdate",
    "remove_from_cart": "trackEcommerceCartUpdate",
    "begin_checkout": "trackEvent",
    "purchase": "trackEcommerceOrder",
}


def matomo(choice: Matomo) -> Tool:
    """Return the Matomo tool for a shop."""
    root = choice.url.rstrip("/")
    origin = asked_by(choice.url)
    return Tool(
        name="matomo",
        title="Matomo",
        script=f"{root}/matomo.js",
        consent=bool(choice.cookies),
        origins=origins_of(script_src=origin, connect_src=origin, img_src=origin),
        settings={"tracker": f"{root}/matomo.php", "site": str(choice.site), "cookies": bool(choice.cookies)},
        events=EVENTS,
        cookies=("_pk_",) if choice.cookies else (),
    )
