"""Where a parcel is shown: addresses with its number, and the forms that lead there without a script."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from storegen.model.carrier import PLACE, Carrier

# Anything else in an address could make it lead elsewhere.
_NUMBER = re.compile(r"[A-Za-z0-9-]{4,40}")


class GetForm(NamedTuple):
    """A form that opens a carrier's page: its address, the field of the number, and what else goes along."""

    action: str
    field: str
    hidden: tuple[tuple[str, str], ...]


def is_number(text: str) -> bool:
    """Say whether a text can be a parcel's number: 4 to 40 letters, digits and hyphens."""
    return _NUMBER.fullmatch(text) is not None


def template_of(carrier: Carrier, language: str = "") -> str:
    """Return the address, in a language where there is one, that shows a parcel; empty where none is agreed on."""
    return carrier.links.get(language) or carrier.link or ""


def track_link(carrier: Carrier, number: str, *, language: str = "") -> str:
    """Return the address that shows a parcel, or the page where its number can be typed in.

    Raises ValueError where *number* is none.
    """
    if not is_number(number):
        raise ValueError(f'expected 4 to 40 letters, digits and hyphens, found "{number}"')
    template = template_of(carrier, language)
    return template.replace(PLACE, quote(number, safe="")) if template else carrier.page


def get_form(carrier: Carrier, language: str = "") -> GetForm | None:
    """Return the form that opens a carrier's page; None where its address takes no number as a parameter."""
    address, _, fragment = template_of(carrier, language).partition("#")
    action, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    fields = [name for name, value in pairs if value == PLACE]
    if not fields or fragment:
        return None
    return GetForm(action, fields[0], tuple((name, value) for name, value in pairs if value != PLACE))
