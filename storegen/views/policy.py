"""The content-security policy: the site itself and the origins that the parts in use declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from storegen.errors import StoregenError
from storegen.model.origin import origin_of
from storegen.model.store import Store
from storegen.tracking.analytics import make_tools
from storegen.views.form_targets import form_origins
from storegen.views.shop import Shop

_SOURCE = re.compile(r"'[a-z0-9-]+'|[a-z]+:|(?:https?|wss?)://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]+)?")
_OWN = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "frame-src": ("'none'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'", "mailto:"),
    "manifest-src": ("'self'",),
}


class PolicyError(StoregenError):
    """A value for the content-security policy is not an origin."""


def policy_of(parts: Iterable[Mapping[str, tuple[str, ...]]]) -> str:
    """Return the policy with the origins of all *parts*, by directive. Sorted, so that the output is stable."""
    found = {directive: dict.fromkeys(values) for directive, values in _OWN.items()}
    for part in parts:
        for directive, origins in part.items():
            for origin in origins:
                if not _SOURCE.fullmatch(origin):
                    raise PolicyError(f'"{origin}" isn\'t allowed in the content-security policy')
            found.setdefault(directive, dict.fromkeys(("'self'",))).update(dict.fromkeys(sorted(origins)))
            if len(found[directive]) > 1:
                found[directive].pop("'none'", None)
    return "; ".join(f"{directive} {' '.join(values)}" for directive, values in found.items())


def shop_policy(shop: Shop, *more: Mapping[str, tuple[str, ...]]) -> str:
    """Return the policy of a shop's pages. *more* are origins that only some pages need."""
    counted = (tool.origins for tool in make_tools(shop.config))
    return policy_of([shop.provider.origins, form_origins(shop.config), *counted, _remote_pictures(shop.store), *more])


def picture_origins(store: Store) -> tuple[str, ...]:
    """Return the origins of pictures that pages load from other sites, including those in texts."""
    return tuple(sorted(set(map(origin_of, store.remote_pictures))))


def _remote_pictures(store: Store) -> Mapping[str, tuple[str, ...]]:
    found = picture_origins(store)
    return {"img-src": found} if found else {}
