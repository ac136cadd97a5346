"""Google Analytics 4. It sets cookies and Google uses the data, so it is loaded only after consent.

Based on https://developers.google.com: analytics/devguides/collection/ga4/ecommerce and gtagjs/user-opt-out,
tag-platform/security/guides/consent (Consent Mode v2) and csp; as of 2026-11.
"""

from __future__ import annotations

from storegen.model.analytics import Ga4
from storegen.tracking.analytics.protocol import EVENTS, Tool

_TAGS = "https://*.googletagmanager.com"
_COUNTS = ("https://*.google-analytics.com", "https://*.analytics.google.com", _TAGS, "https://www.google.com")
_ADS = ("https://*.g.doubleclick.net", "https://*.google.com")


def ga4(choice: Ga4) -> Tool:
    """Return the Google Analytics tool for a shop."""
    ads = _ADS if choice.ads else ()
    origins = {
        "script-src": (_TAGS,),
        "img-src": ("https://*.google-analytics.com", _TAGS, *ads),
        "connect-src": (*_COUNTS, *ads, *(("https://pagead2.googlesyndication.com",) if ads else ())),
    }
    if ads:
        origins["frame-src"] = ("https://td.doubleclick.net", "https://www.googletagmanager.com")
    return Tool(
        name="ga4",
        title="Google Analytics",
        script=f"https://www.googletagmanager.com/gtag/js?id={choice.id}",
        consent=True,
        origins=origins,
        settings={"id": str(choice.id), "ads": bool(choice.ads)},
        events={event: event for event in EVENTS},
        cookies=("_ga", "_gid", "_gcl"),
    )
