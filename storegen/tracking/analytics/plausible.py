"""Plausible, which works without cookies.

Based on https://plausible.io/docs: script-extensions, custom-event-goals, ecommerce-revenue-tracking, proxy; as of
2026-11.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from storegen.model.analytics import Plausible
from storegen.tracking.analytics.protocol import Event, Tool, asked_by, origins_of

# Names of goals in the dashboard. Only Purchase has revenue, because a click is not income.
EVENTS: dict[Event, str] = {
    "search": "Search",
    "view_item_list": "View list",
    "select_item": "Select item",
    "view_item": "View item",
    "add_to_cart": "Add to cart",
    "remove_from_cart": "Remove from cart",
    "view_cart": "View cart",
    "begin_checkout": "Begin checkout",
    "purchase": "Purchase",
}


def plausible(choice: Plausible, base_url: str) -> Tool:
    """Return the Plausible tool for a shop. The default domain is that of *base_url*."""
    host = choice.host.rstrip("/")
    script = choice.script or f"{host}/js/script.revenue.js"
    api = choice.api or ("/api/event" if script.startswith("/") else "")
    domain = choice.domain or (urlsplit(base_url).hostname or "").removeprefix("www.")
    settings = {"domain": str(domain), "api": str(api)}
    return Tool(
        name="plausible",
        title="Plausible",
        script=str(script),
        consent=False,
        flat=True,
        origins=origins_of(script_src=asked_by(script), connect_src=asked_by(api or script)),
        settings={key: value for key, value in settings.items() if value},
        events=EVENTS,
    )
