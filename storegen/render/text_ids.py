"""Ids that texts make: one prefix and one counter for a page, so that none meets another or one of the theme's."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from storegen.references import PREFIX, text_fragment

# In what Markdown made, no attribute holds ">" or a quotation mark: both are entities there.
_WITH_ID = re.compile(r'<[a-z][^>]* id="[^>]*>')
_ID = re.compile(r' id="([^"]*)"')
_WITH_FRAGMENT = re.compile(r'<a(?= )[^>]* href="#[^>]*>')
_FRAGMENT = re.compile(r' href="#([^"]*)"')


class PageIds:
    """The ids that the texts of one page have made so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the id in the page of what a text calls *wanted*: with the prefix, and a number where it is taken."""
        first = found = f"{PREFIX}{wanted}"
        number = self._numbers.get(first, 0)
        while found in self._taken:
            number += 1
            found = f"{first}_{number}"
        self._numbers[first] = number
        self._taken.add(found)
        return found


class TextIds:
    """The ids of one text: by the names that they have in it, those that they have in the page."""

    def __init__(self, page: PageIds) -> None:
        self._page = page
        self._own: dict[str, str] = {}

    def placed(self, made: str) -> str:
        """Return a text's HTML with the ids of the page, and its links to fragments leading to them."""
        if ' id="' in made:
            made = _WITH_ID.sub(lambda tag: _ID.sub(self._id, tag[0]), made)
        if ' href="#' in made:
            made = _WITH_FRAGMENT.sub(lambda tag: _FRAGMENT.sub(self._href, tag[0]), made)
        return made

    def fragment(self, name: str) -> str:
        """Return the fragment that leads to what the text calls *name*: in this text, or somewhere in its page."""
        return self._own.get(unquote(name)) or text_fragment(name)

    def _id(self, found: re.Match[str]) -> str:
        name = html.unescape(found[1])
        taken = self._page.take(name)
        self._own.setdefault(name, taken)
        return f' id="{html.escape(taken)}"'

    def _href(self, found: re.Match[str]) -> str:
        return f' href="#{html.escape(self.fragment(html.unescape(found[1])))}"'


def without_ids(made: str) -> str:
    """Return the HTML of a line of text without ids: it may stand in several places of a page."""
    return _WITH_ID.sub(lambda tag: _ID.sub("", tag[0]), made) if ' id="' in made else made
