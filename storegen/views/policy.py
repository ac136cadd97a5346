"""The content-security policy: only ourselves, and what the parts in use declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def policy_of(parts: Iterable[Mapping[str, tuple[str, ...]]]) -> str:
    """Return the policy with the origins of all *parts*, by directive, sorted so that it stays the same."""
    found = {directive: dict.fromkeys(values) for directive, values in _OWN.items()}
    for part in parts:
        for directive, origins in part.items():
            found.setdefault(directive, dict.fromkeys(("'self'",))).update(dict.fromkeys(sorted(origins)))
            if len(found[directive]) > 1:
                found[directive].pop("'none'", None)
    return "; ".join(f"{directive} {' '.join(values)}" for directive, values in found.items())
