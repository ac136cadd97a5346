"""Tracking links: addresses that contain a tracking number, and forms that work without JavaScript."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from storegen.model.carrier import PLACE, Carrier

# Other characters could change the target of an address.
_NUMBER = re.compile(r"[A-Za-z0-9-]{4,40}")


class GetForm(NamedTuple):
    """A form that opens a carrier's page: its address, the field of the tracking number, and the hidden fields."""

    action: str
    field: str
    hidden: tuple[tuple[str, str], ...]


def is_number(text: str) -> bool:
    """Return whether a text can be a tracking number: 4 to 40 letters, digits and hyphens."""
    return _NUMBER.fullmatch(text) is not None


def template_of(carrier: Carrier, language: str = "") -> str:
    """Return the address template of tracking links, in *language* if there is one, empty if the carrier has none."""
    return carrier.links.get(language) or carrier.link or ""


def track_link(carrier: Carrier, number: str, *, language: str = "") -> str:
    """Return the address that shows a parcel, or the carrier's page with a field for the number.

    Raises ValueError if *number* is not a tracking number.
    """
    if not is_number(number):
        raise ValueError(f'expected 4 to 40 letters, digits and hyphens, found "{number}"')
    template = template_of(carrier, language)
    return template.replace(PLACE, quote(number, safe="")) if template else carrier.page


def get_form(carrier: Carrier, language: str = "") -> GetForm | None:
    """Return the form that opens a carrier's page, None if its address has no parameter for the number."""
    address, _, fragment = template_of(carrier, language).partition("#")
    action, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    fields = [name for name, value in pairs if value == PLACE]
    if not fields or fragment:
        return None
    return GetForm(action, fields[0], tuple((name, value) for name, value in pairs if value != PLACE))
