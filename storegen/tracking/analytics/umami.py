"""Umami, which works without cookies.

Based on https://umami.is/docs (tracker-configuration, tracker-functions, revenue) as of 2026-11.
"""

from __future__ import annotations

from storegen.model.analytics import Umami
from storegen.tracking.analytics.protocol import EVENTS, Tool, asked_by, origins_of

_CLOUD = "https://cloud.umami.is"
# The hosts that the cloud's script sends data to. The documentation names the second, browsers also used the first.
_GATEWAYS = ("https://gateway.umami.is", "https://api-gateway.umami.dev")


def umami(choice: Umami) -> Tool:
    """Return the Umami tool for a shop."""
    host = choice.host.rstrip("/")
    script = str(choice.script or f"{host}/script.js")
    gateways = _GATEWAYS if script.startswith(f"{_CLOUD}/") else ()
    return Tool(
        name="umami",
        title="Umami",
        script=script,
        consent=False,
        flat=True,
        origins=origins_of(script_src=asked_by(script), connect_src=(*asked_by(script), *gateways)),
        settings={"website": str(choice.website)},
        events={event: event for event in EVENTS},
    )
