"""Analytics tools with one common protocol. A shop uses none, one or several of them."""

from __future__ import annotations

from storegen.checkout.combined import CART_HOLDERS
from storegen.config import Config
from storegen.tracking.analytics.bundle import bundle_tools
from storegen.tracking.analytics.ga4 import ga4
from storegen.tracking.analytics.matomo import matomo
from storegen.tracking.analytics.meta import meta
from storegen.tracking.analytics.plausible import plausible
from storegen.tracking.analytics.protocol import EVENTS, Event, Tool
from storegen.tracking.analytics.umami import umami

__all__ = ["EVENTS", "Event", "Tool", "bundle_tools", "make_tools", "wants_thanks"]


def make_tools(config: Config) -> tuple[Tool, ...]:
    """Return the tools of site.yaml, those without cookies first."""
    chosen = config.tracking.analytics
    found = (
        plausible(chosen.plausible, config.base_url) if chosen.plausible else None,
        umami(chosen.umami) if chosen.umami else None,
        matomo(chosen.matomo) if chosen.matomo else None,
        ga4(chosen.ga4) if chosen.ga4 else None,
        meta(chosen.meta) if chosen.meta else None,
    )
    return tuple(tool for tool in found if tool is not None)


def wants_thanks(config: Config, tools: tuple[Tool, ...]) -> bool:
    """Return whether the shop has a thank-you page.

    It has one if site.yaml says so, if the order sheet sends or pays orders, or if tools count purchases at a provider.
    """
    if config.tracking.thanks is not None:
        return bool(config.tracking.thanks)
    return bool(tools) or not CART_HOLDERS.isdisjoint(config.checkout.provider)
