"""The shop's own marks: SVG read strictly, so that nothing in them can run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from storegen.errors import ContentError, EncodingError, Problem, TooLargeError
from storegen.files import read_text
from storegen.load.sources import Source

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    "svg g path circle ellipse line polyline polygon rect defs linearGradient radialGradient stop clipPath mask "
    "title desc symbol".split()
)
_ATTRIBUTES = frozenset(
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill fill-rule fill-opacity stroke "
    "stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity opacity offset "
    "stop-color stop-opacity gradientUnits gradientTransform clip-path clip-rule mask id preserveAspectRatio".split()
)
_DROPPED = frozenset(("title", "desc"))


def read_svg(site: Path, name: str, field: str, *, inline: bool) -> str:
    """Return a drawing of content/media with known elements and attributes only; raises ContentError for others.

    *inline* leaves out what names it, because the page names it itself.
    """
    file = f"content/{name}"
    try:
        text = read_text(site, file)
    except (OSError, EncodingError, TooLargeError) as error:
        message = str(error).removeprefix(f"{file}: ")
        place = tuple(field.split("."))
        raise ContentError([Source(site, "site.yaml", {}).problem(place, f"{name}: {message}")]) from None
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ContentError([Problem(file, 1, "", "a drawing may not declare a document type or entities")])
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        reason = str(error).partition(":")[0]
        raise ContentError([Problem(file, error.position[0], "", f"expected an SVG drawing: {reason}")]) from None
    ET.register_namespace("", _SVG)
    problems = list(_faults(root))
    if root.tag != f"{{{_SVG}}}svg":
        problems = ["expected an SVG drawing"]
    if problems:
        raise ContentError(Problem(file, 0, "", message) for message in problems)
    _clean(root, inline=inline)
    if inline:
        root.set("aria-hidden", "true")
        root.set("focusable", "false")
    return ET.tostring(root, encoding="unicode").strip()


def _faults(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        tag = element.tag.removeprefix(f"{{{_SVG}}}") if isinstance(element.tag, str) else "comment"
        if tag not in _ELEMENTS:
            yield f"<{tag}> may not stand in a drawing; only shapes and gradients may"
        for value in element.attrib.values():
            if "url(" in value and not re.fullmatch(r"url\(#[\w-]+\)", value.strip()):
                yield f"a drawing may not refer to {value}"


def _clean(root: ET.Element, *, inline: bool) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if inline and child.tag.removeprefix(f"{{{_SVG}}}") in _DROPPED:
                parent.remove(child)
    for element in root.iter():
        for name in list(element.attrib):
            if name not in _ATTRIBUTES:
                del element.attrib[name]
            elif inline:
                element.set(name, _in_page(name, element.attrib[name]))


def _in_page(name: str, value: str) -> str:
    """Return an attribute's value with ids that meet no other of a page."""
    if name == "id":
        return f"logo-{value}"
    return re.sub(r"url\(#", "url(#logo-", value)
