"""Convert the texts of a page to safe HTML, split into text, product cards, forms and videos."""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

from storegen.markdown.convert import Converter
from storegen.markdown.links import find_references
from storegen.markdown.plain_markdown import Converted, Heading
from storegen.markdown.sources import Source
from storegen.references import split_reference
from storegen.render.text_ids import PageIds, TextIds, without_ids
from storegen.views.contexts.forms import Form
from storegen.views.contexts.parts import Card, ClipBox, Link, Text

_CARD = re.compile(r'<product-card ref="([^"]*)"></product-card>')


class Part(NamedTuple):
    """A part of a rendered text: HTML, a product card, a form or a video."""

    html: Markup
    card: Card | None = None
    form: Form | None = None
    clip: ClipBox | None = None


class MarkdownRenderer:
    """Converts the Markdown of one page after another."""

    def __init__(self) -> None:
        self._converter = Converter()
        self.start_page()

    def start_page(self) -> None:
        """Forget the texts and ids of the previous page."""
        self._ids = PageIds()
        self._read: dict[int, tuple[Text, Converted]] = {}

    def parts(self, text: Text) -> tuple[Part, ...]:
        """Return a text as parts: HTML with product cards, forms and videos between."""
        made = self._in_page(text)
        del self._read[id(text)]  # a second copy on the same page gets other ids
        pieces = _CARD.split(made.html)
        found = [Part(_safe(pieces[0]))]
        for place in range(1, len(pieces), 2):
            target = pieces[place].replace("&amp;", "&")
            found.append(Part(Markup(""), text.cards.get(target), text.forms.get(target), text.clips.get(target)))
            found.append(Part(_safe(pieces[place + 1])))
        return tuple(part for part in found if part.card or part.form or part.clip or part.html.strip())

    def inline(self, source: str) -> Markup:
        """Return a line of text with emphasis and web links as HTML, without a paragraph element."""
        targets = [
            found.target for found in find_references(source)
        ]  # resolved to addresses and checked when the shop was read
        links = {target: target for target in targets if split_reference(target)[0] == "address"}
        made = self._converter.convert_line(Source(source, links))
        return _safe(without_ids(TextIds(PageIds()).placed(made)).strip())

    def contents(self, text: Text) -> tuple[Link, ...]:
        """Return links to a text's second-level headings. Call this before `parts`."""
        return tuple(Link(text=heading.text, href=f"#{heading.id}") for heading in self._in_page(text).contents)

    def _in_page(self, text: Text) -> Converted:
        """Return a text as HTML with ids unique in the page. `contents` and then `parts` share the result."""
        if id(text) not in self._read:
            made, ids = self._converter.convert(text), TextIds(self._ids)
            placed = ids.placed(made.html)
            contents = tuple(Heading(heading.text, ids.fragment(heading.id)) for heading in made.contents)
            self._read[id(text)] = text, Converted(placed, contents)
        return self._read[id(text)][1]


def _safe(made: str) -> Markup:
    """Mark the renderer's output as safe HTML. Its raw HTML was escaped and its attributes were filtered."""
    return Markup(made)  # noqa: S704 - see above
