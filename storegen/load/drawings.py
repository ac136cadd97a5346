"""Strict parsing of drawings (SVG), so that they can't run scripts or send requests."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from storegen.errors import StoregenError

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_HREFS = ("href", f"{{{_XLINK}}}href")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OFFER_KEYS = frozenset(
    "svg g path circle ellipse line polyline polygon rect defs linearGradient radialGradient stop clipPath mask "
    "title desc symbol".split()
)
_TEXTS = frozenset("text tspan textPath style use marker pattern".split())
_DROPPED = frozenset(("metadata",))
_DEEPEST = 100
_DECLARED = re.compile(r"<!DOCTYPE[^>\[]*>")
_LOCAL = re.compile(r"url\(\s*([\"']?)#[\w.:-]+\1\s*\)")
_CSS_FAULTS = ("url(", "@import", "\\", "expression(", "javascript:", "image(", "image-set(", "src(")


class DrawingError(StoregenError):
    """A drawing can't be used. *line* counts from 1; it is 0 if the whole drawing is meant."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)


def parse_drawing(text: str) -> ET.Element:
    """Return the root element of a drawing. Raises DrawingError."""
    if match := re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        line = text.count("\n", 0, match.start()) + 1
        raise DrawingError("a drawing may not declare a document type or entities", line)
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        raise DrawingError(f"expected an SVG drawing: {str(error).partition(':')[0]}", error.position[0]) from None
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingError("expected an SVG drawing", 1)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", _XLINK)
    return root


def inert_drawing(text: str) -> str:
    """Return a drawing that is safe to open: shapes, text and styles. Raises DrawingError if it contains anything else.

    Editor data of drawing programs, in their own elements and attributes, is removed.
    """
    root = parse_drawing(_DECLARED.sub("", text, count=1))
    _drop_foreign(root, 0)
    for fault in _faults(root):
        raise DrawingError(fault)
    return ET.tostring(root, encoding="unicode").strip()


def _drop_foreign(element: ET.Element, depth: int) -> None:
    if depth > _DEEPEST:
        raise DrawingError(f"a drawing may be {_DEEPEST} elements deep, and no deeper")
    for name in list(element.attrib):
        if name.startswith("{") and name not in {*_HREFS, _SPACE}:
            del element.attrib[name]
    for child in list(element):
        if not child.tag.startswith(f"{{{SVG}}}") or svg_name(child) in _DROPPED:
            element.remove(child)
        else:
            _drop_foreign(child, depth + 1)


def _faults(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        tag = svg_name(element)
        if tag not in OFFER_KEYS and tag not in _TEXTS:
            yield f"<{tag}> isn't allowed in a drawing; only shapes, text and gradients may"
        for name, value in element.attrib.items():
            if name.lower().startswith("on"):
                yield f"{name}, a script, isn't allowed in a drawing"
            if name in _HREFS and not value.strip().startswith("#"):
                yield f"a drawing may not refer to {value}"
            elif name not in _HREFS:
                yield from _css_faults(value)
        if tag == "style":
            yield from _css_faults(element.text or "")


def _css_faults(css: str) -> Iterator[str]:
    """Yield external resources that a style would load. References to elements of the drawing itself are allowed."""
    left = _LOCAL.sub("", css).lower()
    for sign in _CSS_FAULTS:
        if sign in left:
            yield f'a style in a drawing may not hold "{sign}"'


def svg_name(element: ET.Element) -> str:
    """Return an element's name without the SVG namespace."""
    return element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else "comment"
