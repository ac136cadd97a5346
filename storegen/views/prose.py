"""Texts with the resolved targets of their references."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from storegen.markdown.links import find_references
from storegen.markdown.sections import sections_of as split_sections
from storegen.model.clip import Clip
from storegen.model.picture import Image
from storegen.references import FORM, VIDEO, split_reference
from storegen.views.catalog import Catalog
from storegen.views.clips import clip_boxes
from storegen.views.contexts.forms import Form
from storegen.views.contexts.parts import Card, ClipBox, Picture, Text
from storegen.views.contexts.product import ProseSection
from storegen.views.forms import form_of
from storegen.views.pictures import picture
from storegen.views.shop import Shop


def text_of(
    shop: Shop, catalog: Catalog | None, markdown: str, *, language: str = "", videos: Sequence[Clip] = ()
) -> Text | None:
    """Return Markdown with the addresses, pictures, cards and videos that it needs, None if the text is empty."""
    if not markdown.strip():
        return None
    links: dict[str, str] = {}
    pictures: dict[str, Picture] = {}
    cards: dict[str, Card] = {}
    forms: dict[str, Form] = {}
    clips: dict[str, ClipBox] = {}
    for found in find_references(markdown):
        kind, name, _ = split_reference(found.target)
        if found.picture and kind == "product" and catalog is not None and name in catalog.summaries:
            cards[found.target] = catalog.card(name)
        elif found.picture and kind == VIDEO and (shown := videos[int(name) - 1 : int(name)]):
            (clips[found.target],) = clip_boxes(shop, shown)
        elif found.picture and kind == FORM and (form := form_of(shop, name)) is not None:
            forms[found.target] = form
        elif found.picture and kind == "media":
            if (image := picture(shop, Image(file=name))) is not None:
                pictures[found.target] = image
        elif kind not in {"web", "mail", "fragment", "unknown"}:
            links[found.target] = shop.target(found.target)
    return Text(
        source=markdown, links=links, pictures=pictures, cards=cards, forms=forms, clips=clips, language=language
    )


def embedded(markdown: str) -> tuple[str, ...]:
    """Return the ids of the products that a text shows or links to, in order."""
    found = (split_reference(reference.target) for reference in find_references(markdown))
    return tuple(dict.fromkeys(name for kind, name, _ in found if kind == "product"))


def sections_of(
    shop: Shop, catalog: Catalog, markdown: str, *, language: str, videos: Sequence[Clip] = ()
) -> tuple[Text | None, tuple[ProseSection, ...]]:
    """Split a description at its second-level headings. Return the text before the first heading, and the sections."""
    lead, *rest = split_sections(markdown)
    text = functools.partial(text_of, shop, catalog, language=language, videos=videos)
    sections = [(each.heading, text(each.text)) for each in rest]
    return (
        text(lead.text),
        tuple(ProseSection(title=heading, text=text) for heading, text in sections if text is not None),
    )
