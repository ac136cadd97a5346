"""The files that belong to storegen: themes, the starter and the demo shop, in the wheel or in the repository."""

from __future__ import annotations

from pathlib import Path

from storegen.errors import StoregenError

_PACKAGE = Path(__file__).resolve().parent


class MissingResourceError(StoregenError):
    """A part of the installation is missing."""


def resource(name: str) -> Path:
    """Return a file or folder that belongs to storegen, such as ``themes`` or ``starter``.

    A wheel has them in ``storegen/bundled``. An editable install uses those at the top of the repository.
    """
    for place in (_PACKAGE / "bundled" / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise MissingResourceError(f"this installation of storegen lacks its {name}; install it again")
