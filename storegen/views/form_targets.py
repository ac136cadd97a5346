"""Where a shop's forms go: for the content-security policy and for the page about privacy."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.config import Config
from storegen.forms import KINDS, service_of


def form_origins(config: Config) -> Mapping[str, tuple[str, ...]]:
    """Return the origins that forms are sent to, for the content-security policy."""
    used = [(service_of(address), address) for kind in KINDS if (address := config.form_address(kind))]
    posted = {origin for service, address in used for origin in service.form_origins(address)}
    fetched = {
        origin for service, address in used if service.answer == "json" for origin in service.form_origins(address)
    }
    found = {"form-action": tuple(sorted(posted)), "connect-src": tuple(sorted(fetched))}
    return {directive: origins for directive, origins in found.items() if origins}


def form_receivers(config: Config) -> tuple[str, ...]:
    """Return the names of the services that receive forms, for the page about privacy."""
    addresses = filter(None, map(config.form_address, KINDS))
    return tuple(
        dict.fromkeys(service.title for service in map(service_of, addresses) if service.host or service.needs)
    )
