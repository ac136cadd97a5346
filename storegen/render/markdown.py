"""Convert Markdown to safe HTML, split into text and product cards."""

from __future__ import annotations

import html
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from storegen.references import find_references, split_reference
from storegen.render.plain_markdown import Converted, convert_plain
from storegen.render.text_ids import PageIds, TextIds, without_ids
from storegen.views.contexts.parts import Card, Link, Text

if TYPE_CHECKING:
    from markdown import Markdown

    from storegen.render.python_markdown import ShopExtension

LIMIT_SECONDS = 2.0
_AGAIN = 0.1  # seconds
_CARD = re.compile(r'<product-card ref="([^"]*)"></product-card>')


class Part(NamedTuple):
    """A part of a rendered text: HTML or a product card."""

    html: Markup
    card: Card | None = None


class MarkdownRenderer:
    """Converts Markdown. One instance per process uses Python-Markdown for each text that isn't plain."""

    def __init__(self) -> None:
        self._made: tuple[ShopExtension, Markdown] | None = None
        self.start_page()

    def start_page(self) -> None:
        """Forget the texts and ids of the previous page."""
        self._ids = PageIds()
        self._read: dict[int, tuple[Text, Converted]] = {}

    def parts(self, text: Text) -> tuple[Part, ...]:
        """Return a text as parts: HTML with product cards between."""
        made = self._in_page(text)
        del self._read[id(text)]  # a second copy on the same page gets other ids
        pieces = _CARD.split(made.html)
        found = [Part(_safe(pieces[0]))]
        for place in range(1, len(pieces), 2):
            found.append(Part(Markup(""), text.cards[pieces[place].replace("&amp;", "&")]))
            found.append(Part(_safe(pieces[place + 1])))
        return tuple(part for part in found if part.card or part.html.strip())

    def inline(self, source: str) -> Markup:
        """Return a line of text with emphasis and web links as HTML, without a paragraph element."""
        targets = [
            found.target for found in find_references(source)
        ]  # resolved to addresses and checked when the shop was read
        links = {target: target for target in targets if split_reference(target)[0] == "address"}
        converted = self._convert(Text(source=source, links=links))
        made = without_ids(TextIds(PageIds()).placed(converted.html)).strip()
        return _safe(made.removeprefix("<p>").removesuffix("</p>") if made.count("<p>") == 1 else made)

    def contents(self, text: Text) -> tuple[Link, ...]:
        """Return links to a text's second-level headings. Call this before `parts`."""
        return self._in_page(text).contents

    def _in_page(self, text: Text) -> Converted:
        """Return a text as HTML with ids unique in the page. `contents` and then `parts` share the result."""
        if id(text) not in self._read:
            made, ids = self._convert(text), TextIds(self._ids)
            placed = ids.placed(made.html)
            contents = tuple(Link(text=link.text, href=f"#{ids.fragment(link.href[1:])}") for link in made.contents)
            self._read[id(text)] = text, Converted(placed, contents)
        return self._read[id(text)][1]

    def _convert(self, text: Text) -> Converted:
        return convert_plain(text) or self._convert_any(text)

    def _convert_any(self, text: Text) -> Converted:
        from storegen.render.python_markdown import MarkdownError, make_markdown  # noqa: PLC0415 - most texts are plain

        self._made = self._made or make_markdown()
        shop, markdown = self._made
        shop.tree.text = text
        markdown.reset()
        try:
            with _limited(LIMIT_SECONDS):
                made = markdown.convert(text.source)
                return Converted(made, _contents(getattr(markdown, "toc_tokens", [])))
        except RecursionError:
            fault = "the text is nested too deep to be rendered"
        except _TooLongError:
            fault = f"the text takes longer than {LIMIT_SECONDS:.0f} s to render"
        except MarkdownError as error:
            raise MarkdownError(str(error), text.source) from None
        except Exception as error:  # noqa: BLE001 - a fault of the library in an odd text; the text can be mended
            fault = f"the text can't be rendered ({type(error).__name__}: {error}); part of it is no Markdown"
        self._made = None  # an interrupted converter has an undefined state
        raise MarkdownError(fault, text.source)


def _safe(made: str) -> Markup:
    """Mark the renderer's output as safe HTML. Its raw HTML was escaped and its attributes were filtered."""
    return Markup(made)  # noqa: S704 - see above


def _contents(tokens: list[dict[str, object]]) -> tuple[Link, ...]:
    return tuple(Link(text=html.unescape(each["name"]), href=f"#{each['id']}") for each in _second_level(tokens))


def _second_level(tokens: list[dict[str, object]]) -> Iterator[dict[str, str]]:
    for token in tokens:
        if token["level"] == 2:
            yield token  # type: ignore[misc]
        yield from _second_level(token["children"])  # type: ignore[arg-type]


class _TooLongError(Exception):
    """The time limit for one text is exceeded."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Stop the block after *seconds* of CPU time, including system time. This works in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        """End the block."""
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    # Python drops an exception that is raised during a destructor. The next signal then stops the block.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
