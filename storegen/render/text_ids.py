"""Ids of elements in texts: prefixed and numbered per page, so that they differ from each other and the theme's."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from storegen.references import PREFIX, text_fragment

# In converted Markdown, attributes contain no ">" or quotation mark, because both are entities there.
_WITH_ID = re.compile(r'<[a-z][^>]* id="[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_WITH_FRAGMENT = re.compile(r'<a(?= )[^>]* href="#[^>]*>')
_FRAGMENT = re.compile(r' href="#([^"]*)"')


class PageIds:
    """The ids used so far by the texts of one page."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the id in the page for the id *wanted* in a text: prefixed, and numbered if it is already used."""
        first = found = f"{PREFIX}{wanted}"
        number = self._numbers.get(first, 0)
        while found in self._taken:
            number += 1
            found = f"{first}_{number}"
        self._numbers[first] = number
        self._taken.add(found)
        return found


class TextIds:
    """The ids of one text: a mapping from ids in the text to ids in the page."""

    def __init__(self, page: PageIds) -> None:
        self._page = page
        self._own: dict[str, str] = {}

    def placed(self, made: str) -> str:
        """Return a text's HTML with the ids of the page, also in links to fragments."""
        if ' id="' in made:
            made = _WITH_ID.sub(lambda tag: _ID.sub(self._id, tag[0]), made)
        if ' href="#' in made:
            made = _WITH_FRAGMENT.sub(lambda tag: _FRAGMENT.sub(self._href, tag[0]), made)
        return made

    def fragment(self, name: str) -> str:
        """Return the fragment of the page for the id *name*, which is in this text or elsewhere in the page."""
        return self._own.get(unquote(name)) or text_fragment(name)

    def _id(self, found: re.Match[str]) -> str:
        name = html.unescape(found[1])
        taken = self._page.take(name)
        self._own.setdefault(name, taken)
        return f' id="{html.escape(taken)}"'

    def _href(self, found: re.Match[str]) -> str:
        return f' href="#{html.escape(self.fragment(html.unescape(found[1])))}"'


def without_ids(made: str) -> str:
    """Return the HTML of a line of text without ids, because a page may show the line several times."""
    return _WITH_ID.sub(lambda tag: _ID.sub("", tag[0]), made) if ' id="' in made else made
