"""Drafts of lead pages, one for each group of products, made from what the shop already has."""

from __future__ import annotations

import json
from collections.abc import Iterator

from storegen.errors import UsageError, suggest
from storegen.model.category import Category
from storegen.model.landing import MOST
from storegen.model.picture import Image
from storegen.model.store import LocalizedContent

EVERY = "all"
_ANSWERS = 3
_TITLE = "Which of our products is the right one for me?"


def drafts(content: LocalizedContent, wanted: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of the draft for ``category:rings``, or for each top category with ``all``.

    Raises UsageError if there is no such category.
    """
    for category in _groups(content, wanted):
        name = category.id.rpartition("/")[2]
        yield f"content/landing/{name}.md", _draft(content, category)


def _groups(content: LocalizedContent, wanted: str) -> list[Category]:
    if wanted == EVERY:
        return [each for each in content.categories.values() if "/" not in each.id]
    kind, _, name = wanted.partition(":")
    found = content.category_named(name) if kind == "category" else None
    if found is None:
        known = [f"category:{each}" for each in content.categories]
        raise UsageError(f'--for: expected category:NAME or {EVERY}, found "{wanted}"{suggest(wanted, known)}')
    return [found]


def _draft(content: LocalizedContent, category: Category) -> str:
    pictures = _pictures(content, category)[:MOST]
    person = next(iter(content.people), "")
    offer = next((each.id for each in content.offers.values() if each.kind == "first_purchase"), "")
    answers = pictures if len(pictures) > 1 else [None] * _ANSWERS
    lines = [
        "---",
        f"title: {_TITLE}  # REPLACE-ME the question that buyers of {category.name} ask most",
        "summary: Tell us how you will use it. We write back which one to take, and why.",
        "choose: I need it for  # REPLACE-ME the beginning of a sentence that each answer ends",
        "answers:",
    ]
    for number, image in enumerate(answers, start=1):
        lines.append(f"  - text: Use {number}  # REPLACE-ME as the visitor would say it")
        if image is not None:
            lines.append(f"    image: {{file: {image.file}, alt: {json.dumps(image.alt, ensure_ascii=False)}}}")
        lines += ["    reply: |", "      REPLACE-ME which one you advise, which one not, and why."]
    lines.append("promise: The one to choose, the one to leave, and what to look at.")
    lines += [f"{key}: {value}" for key, value in (("person", person), ("offer", offer)) if value]
    lines += [f"category: {category.id}", "status: draft  # REPLACE-ME unlisted, when the texts are yours", "---", ""]
    return "\n".join(lines)


def _pictures(content: LocalizedContent, category: Category) -> list[Image]:
    """Return the first picture of some products of a category and its subcategories, each picture once."""
    found: dict[str, Image] = {}
    for product in content.products.values():
        named = (content.category_named(name) for name in product.category)
        if any(each is not None and f"{each.id}/".startswith(f"{category.id}/") for each in named):
            for image in product.pictures[:1]:
                found.setdefault(image.file, image)
        if len(found) == _ANSWERS:
            break
    return list(found.values())
