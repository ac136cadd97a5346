"""Convert Markdown to HTML: plain Markdown quickly, any other text by Python-Markdown with a time limit."""

from __future__ import annotations

import html
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from storegen.markdown.plain_markdown import Converted, Heading, convert_plain, convert_plain_line
from storegen.markdown.sources import SourceText

if TYPE_CHECKING:
    from markdown import Markdown

    from storegen.markdown.python_markdown import ShopExtension

LIMIT_SECONDS = 2.0
_AGAIN = 0.1  # seconds


class Converter:
    """Converts Markdown. One instance per process uses Python-Markdown for each text that isn't plain."""

    def __init__(self) -> None:
        self._made: tuple[ShopExtension, Markdown] | None = None

    def convert(self, text: SourceText) -> Converted:
        """Return a text as HTML with its second-level headings. Raises MarkdownError if it can't be rendered."""
        return convert_plain(text) or self.convert_any(text)

    def convert_line(self, text: SourceText) -> str:
        """Return a text as HTML without blocks: words with emphasis, code and links."""
        made = convert_plain_line(text)
        if made is None:
            made = self.convert_any(text, inline=True).html.strip()
            made = made[made.index(">") + 1 :].removesuffix("</p>") if made.startswith("<p") else made
        return made

    def convert_any(self, text: SourceText, *, inline: bool = False) -> Converted:
        """Return a text as HTML, made by Python-Markdown."""
        from storegen.markdown.python_markdown import MarkdownError, make_markdown  # noqa: PLC0415 - most texts are plain

        self._made = self._made or make_markdown()
        shop, markdown = self._made
        shop.tree.text, shop.inline = text, inline
        markdown.reset()
        try:
            with limited(LIMIT_SECONDS):
                made = markdown.convert(text.source)
                return Converted(made, _contents(getattr(markdown, "toc_tokens", [])))
        except RecursionError:
            fault = "the text is nested too deep to be rendered"
        except TooLongError:
            fault = f"the text takes longer than {LIMIT_SECONDS:.0f} s to render"
        except MarkdownError as error:
            raise MarkdownError(str(error), text.source) from None
        except Exception as error:  # noqa: BLE001 - a fault of the library in an odd text; the text can be mended
            fault = f"the text can't be rendered ({type(error).__name__}: {error}); part of it is no Markdown"
        self._made = None  # an interrupted converter has an undefined state
        raise MarkdownError(fault, text.source)


def _contents(tokens: list[dict[str, object]]) -> tuple[Heading, ...]:
    return tuple(Heading(html.unescape(each["name"]), each["id"]) for each in _second_level(tokens))


def _second_level(tokens: list[dict[str, object]]) -> Iterator[dict[str, str]]:
    for token in tokens:
        if token["level"] == 2:
            yield token  # type: ignore[misc]
        yield from _second_level(token["children"])  # type: ignore[arg-type]


class TooLongError(Exception):
    """The time limit for one text is exceeded."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop the block after *seconds* of CPU time, including system time. This works in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        """End the block."""
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    # Python drops an exception that is raised during a destructor. The next signal then stops the block.
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
