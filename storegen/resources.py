"""What storegen brings along: themes, the starter and the demo shop, in the wheel or beside the code."""

from __future__ import annotations

from pathlib import Path

from storegen.errors import StoregenError

_PACKAGE = Path(__file__).resolve().parent


class MissingResourceError(StoregenError):
    """The installation lacks a part of itself."""


def resource(name: str) -> Path:
    """Return a file or folder that storegen brings along, such as ``themes`` or ``starter``.

    A wheel holds them in ``storegen/bundled``; an editable install finds them at the top of the repository.
    """
    for place in (_PACKAGE / "bundled" / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise MissingResourceError(f"this installation of storegen lacks its {name}; install it again")
