"""The Meta pixel of Facebook and Instagram, loaded only after consent.

Based on https://developers.facebook.com/docs/meta-pixel (reference, implementation/tag_spa) as of 2026-11.
"""

from __future__ import annotations

from storegen.model.analytics import MetaPixel
from storegen.tracking.analytics.protocol import Event, Tool

# The standard events of shops. Meta has none for lists or for removals from the cart.
EVENTS: dict[Event, str] = {
    "search": "Search",
    "view_item": "ViewContent",
    "add_to_cart": "AddToCart",
    "begin_checkout": "InitiateCheckout",
    "purchase": "Purchase",
}
_SCRIPTS = "https://connect.facebook.net"
_COUNTS = "https://www.facebook.com"


def meta(choice: MetaPixel) -> Tool:
    """Return the Meta pixel tool for a shop."""
    return Tool(
        name="meta",
        title="Meta Pixel",
        script=f"{_SCRIPTS}/en_US/fbevents.js",
        consent=True,
        origins={"script-src": (_SCRIPTS,), "img-src": (_COUNTS,), "connect-src": (_SCRIPTS, _COUNTS)},
        settings={"id": str(choice.id)},
        events=EVENTS,
        cookies=("_fbp", "_fbc"),
    )
