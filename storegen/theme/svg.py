"""The shop's logo and icon: SVG, parsed strictly so that they can't contain active content."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from storegen.errors import ContentError, EncodingError, Problem, TooLargeError
from storegen.files import read_text
from storegen.load.drawings import OFFER_KEYS, DrawingError, parse_drawing, svg_name
from storegen.load.sources import Source

_ATTRIBUTES = frozenset(
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill fill-rule fill-opacity stroke "
    "stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity opacity offset "
    "stop-color stop-opacity gradientUnits gradientTransform clip-path clip-rule mask id preserveAspectRatio".split()
)
_DROPPED = frozenset(("title", "desc"))


def read_svg(site: Path, name: str, field: str, *, inline: bool) -> str:
    """Return a drawing of content/media. Raises ContentError if it contains unknown elements or attributes.

    *inline* removes the drawing's title and description, because the page itself names it.
    """
    file = f"content/{name}"
    try:
        text = read_text(site, file)
    except (OSError, EncodingError, TooLargeError) as error:
        message = str(error).removeprefix(f"{file}: ")
        place = tuple(field.split("."))
        raise ContentError([Source(site, "site.yaml", {}).problem(place, f"{name}: {message}")]) from None
    try:
        root = parse_drawing(text)
    except DrawingError as error:
        raise ContentError([Problem(file, error.line, "", str(error))]) from None
    if problems := list(_faults(root)):
        raise ContentError(Problem(file, _line(text, near), "", message) for near, message in problems)
    _clean(root, inline=inline)
    if inline:
        root.set("aria-hidden", "true")
        root.set("focusable", "false")
    return ET.tostring(root, encoding="unicode").strip()


def _line(text: str, near: str) -> int:
    """Return the first line that contains a text, or the first line of the file if no line does."""
    return text.count("\n", 0, max(text.find(near), 0)) + 1


def _faults(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield (text near the fault, message)."""
    for element in root.iter():
        tag = svg_name(element)
        if tag not in OFFER_KEYS:
            yield f"<{tag}", f"<{tag}> isn't allowed in a drawing; only shapes and gradients may"
        for value in element.attrib.values():
            if "url(" in value and not re.fullmatch(r"url\(#[\w-]+\)", value.strip()):
                yield value, f"a drawing may not refer to {value}"


def _clean(root: ET.Element, *, inline: bool) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if inline and svg_name(child) in _DROPPED:
                parent.remove(child)
    for element in root.iter():
        for name in list(element.attrib):
            if name not in _ATTRIBUTES:
                del element.attrib[name]
            elif inline:
                element.set(name, _in_page(name, element.attrib[name]))


def _in_page(name: str, value: str) -> str:
    """Return an attribute's value with ids that are unique in a page."""
    if name == "id":
        return f"logo-{value}"
    return re.sub(r"url\(#", "url(#logo-", value)
