"""Texts with the resolved targets of their references."""

from __future__ import annotations

import re

from storegen.model.picture import Image
from storegen.references import find_references, split_reference
from storegen.views.catalog import Catalog
from storegen.views.contexts.parts import Card, Picture, Text
from storegen.views.contexts.product import ProseSection
from storegen.views.pictures import picture
from storegen.views.shop import Shop

_HEADING = re.compile(r"^## +(.+?)\s*#*\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)


def text_of(shop: Shop, catalog: Catalog | None, markdown: str, *, language: str = "") -> Text | None:
    """Return Markdown with the addresses, pictures and cards that it needs, None if the text is empty."""
    if not markdown.strip():
        return None
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    for found in find_references(markdown):
        kind, name, _ = split_reference(found.target)
        if found.picture and kind == "product" and catalog is not None and name in catalog.summaries:
            cards[found.target] = catalog.card(name)
        elif found.picture and kind == "media":
            shown = picture(shop, Image(file=name))
            if shown is not None:
                pictures[found.target] = shown
        elif kind not in {"web", "mail", "fragment", "unknown"}:
            links[found.target] = shop.target(found.target)
    return Text(source=markdown, links=links, pictures=pictures, cards=cards, language=language)


def embedded(markdown: str) -> tuple[str, ...]:
    """Return the ids of the products that a text shows or links to, in order."""
    found = (split_reference(reference.target) for reference in find_references(markdown))
    return tuple(dict.fromkeys(name for kind, name, _ in found if kind == "product"))


def sections_of(
    shop: Shop, catalog: Catalog, markdown: str, *, language: str
) -> tuple[Text | None, tuple[ProseSection, ...]]:
    """Split a description at its second-level headings. Return the text before the first heading, and the sections."""
    fenced = "```" in markdown or "~~~" in markdown
    hidden = _FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), markdown) if fenced else markdown
    marks = list(_HEADING.finditer(hidden)) if "## " in hidden else []
    lead = markdown[: marks[0].start()] if marks else markdown
    ends = [mark.start() for mark in marks[1:]] + [len(markdown)]
    sections = []
    for mark, end in zip(marks, ends, strict=False):
        text = text_of(shop, catalog, markdown[mark.end() : end], language=language)
        if text is not None:
            sections.append(ProseSection(title=mark[1], text=text))
    return text_of(shop, catalog, lead, language=language), tuple(sections)
