"""Markdown to safe HTML, in parts: what is text, and the product cards between."""

from __future__ import annotations

import html
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from storegen.errors import StoregenError
from storegen.references import find_references, split_reference
from storegen.render.plain_markdown import Converted, convert_plain, picture_attributes
from storegen.views.shapes import Card, Link, Text

LIMIT_SECONDS = 2.0
_EXTENSIONS = ("tables", "footnotes", "toc", "attr_list", "fenced_code", "sane_lists")
_KEPT = frozenset(("class", "id", "lang"))
_ALLOWED: dict[str, frozenset[str]] = {
    "a": frozenset(("href", "title", "rel")),
    "img": frozenset(("src", "srcset", "sizes", "alt", "title", "width", "height", "loading", "decoding")),
    "source": frozenset(("type", "srcset", "sizes")),
    "div": frozenset(("role", "tabindex", "aria-label")),
    "ol": frozenset(("start",)),
    "sup": frozenset(),
    "product-card": frozenset(("ref",)),
}
_CARD = re.compile(r'<product-card ref="([^"]*)"></product-card>')
_BARE = r"<((?:https?://|mailto:)[^\s<>]+|[\w.%+-]+@[\w-]+(?:\.[\w-]+)+)>"
_CLASS = re.compile(r"[A-Za-z][\w-]*")


class MarkdownError(StoregenError):
    """A text can't be rendered: it takes too long, is nested too deep, or names something unknown."""


class Part(NamedTuple):
    """A piece of a rendered text: HTML, or a product card."""

    html: Markup
    card: Card | None = None


class MarkdownRenderer:
    """Python-Markdown as the shop uses it, one in a process, for each text that isn't plain."""

    def __init__(self) -> None:
        self._shop, self._markdown = _make_markdown()
        self._last: tuple[Text, Converted] | None = None

    def parts(self, text: Text) -> tuple[Part, ...]:
        """Return a text as HTML with its product cards between."""
        pieces = _CARD.split(self._convert(text).html)
        found = [Part(_safe(pieces[0]))]
        for place in range(1, len(pieces), 2):
            found.append(Part(Markup(""), text.cards[pieces[place].replace("&amp;", "&")]))
            found.append(Part(_safe(pieces[place + 1])))
        return tuple(part for part in found if part.card or part.html.strip())

    def inline(self, source: str) -> Markup:
        """Return a line of text with emphasis and links on the web as HTML, without a paragraph around it."""
        targets = [
            found.target for found in find_references(source)
        ]  # addresses by now, checked when the shop was read
        links = {target: target for target in targets if split_reference(target)[0] == "address"}
        made = self._convert(Text(source=source, links=links)).html.strip()
        return _safe(made.removeprefix("<p>").removesuffix("</p>") if made.count("<p>") == 1 else made)

    def contents(self, text: Text) -> tuple[Link, ...]:
        """Return links to a text's second-level headings."""
        return self._convert(text).contents

    def _convert(self, text: Text) -> Converted:
        """Return a text as HTML; a page asks for its contents and its parts one after the other."""
        if self._last is None or self._last[0] is not text:
            self._last = text, convert_plain(text) or self._convert_any(text)
        return self._last[1]

    def _convert_any(self, text: Text) -> Converted:
        self._shop.tree.text = text
        self._markdown.reset()
        try:
            with _limited(LIMIT_SECONDS):
                made = self._markdown.convert(text.source)
                return Converted(made, _contents(getattr(self._markdown, "toc_tokens", [])))
        except RecursionError:
            fault = "the text is nested too deep to be rendered"
        except _TooLongError:
            fault = f"the text takes longer than {LIMIT_SECONDS:.0f} s to render"
        except StoregenError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of the library in an odd text; the text can be mended
            fault = f"the text can't be rendered ({type(error).__name__}: {error}); part of it is no Markdown"
        self._shop, self._markdown = _make_markdown()  # one that was stopped halfway does not know where it is
        raise MarkdownError(fault)


def _make_markdown() -> tuple[_ShopExtension, Markdown]:
    """Return Python-Markdown without all that lets HTML, or attributes other than the tree's, through."""
    shop = _ShopExtension()
    markdown = Markdown(extensions=[*_EXTENSIONS, shop], output_format="html")
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "automail", "entity"):
        markdown.inlinePatterns.deregister(name, strict=False)
    fenced = markdown.preprocessors["fenced_code_block"]  # it writes its attributes past the tree
    fenced.checked_for_deps = True  # type: ignore[attr-defined]
    fenced.use_attr_list = False  # type: ignore[attr-defined]
    return shop, markdown


def _safe(made: str) -> Markup:
    """Mark what this renderer made as HTML: raw HTML was text in it, and its attributes have been cleaned."""
    return Markup(made)  # noqa: S704 - see above


def _contents(tokens: list[dict[str, object]]) -> tuple[Link, ...]:
    return tuple(Link(text=html.unescape(each["name"]), href=f"#{each['id']}") for each in _second_level(tokens))


def _second_level(tokens: list[dict[str, object]]) -> Iterator[dict[str, str]]:
    for token in tokens:
        if token["level"] == 2:
            yield token  # type: ignore[misc]
        yield from _second_level(token["children"])  # type: ignore[arg-type]


class _ShopExtension(Extension):
    """Raw HTML as text; links and pictures by reference; only harmless attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = _ShopTree()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        self.tree.md = md
        md.treeprocessors.register(_ValueTree(md), "shop_values", 7)  # after attr_list, before toc
        md.treeprocessors.register(self.tree, "shop", -100)
        md.inlinePatterns.register(_BareLink(_BARE, md), "shop_bare_link", 125)


class _BareLink(InlineProcessor):
    """An address on the web or of a mailbox in angle brackets."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        link = Element("a")
        link.set("href", m[1] if ":" in m[1] else f"mailto:{m[1]}")
        link.text = m[1].removeprefix("mailto:")
        return link, m.start(0), m.end(0)


class _ValueTree(Treeprocessor):
    """Attributes without a value, as ``{lang=}`` makes them, taken out before anything trips over them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in [name for name, value in element.attrib.items() if value is None]:
                del element.attrib[name]


class _ShopTree(Treeprocessor):
    """The last look at a text's tree: what a link or picture leads to, and which attributes stay."""

    text = Text(source="")

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "img":
                    _show(parent, place, child, self.text)
                elif child.tag == "table":
                    _frame(parent, place, child)
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            _clean(element)

    def _link(self, element: Element) -> None:
        href = element.get("href", "")
        kind, _, _ = split_reference(href)
        if kind in {"web", "mail", "fragment"}:
            if kind == "web":
                element.set("rel", "noopener")
            return
        if href in self.text.cards or href in self.text.links:
            address = self.text.cards[href].href if href in self.text.cards else self.text.links[href]
            if address:
                element.set("href", address)
                return
        elif kind != "unknown":
            raise MarkdownError(f'the link "{href}" leads nowhere')
        element.tag = "span"
        element.attrib.pop("href", None)


def _show(parent: Element, place: int, image: Element, text: Text) -> None:
    """Turn a picture into a card, a sized picture, or one on the web."""
    target = image.get("src", "")
    kind, _, _ = split_reference(target)
    if target in text.cards:
        _place(parent, place, image, text.cards[target], target)
        return
    if target in text.pictures:
        image.attrib.update(picture_attributes(text.pictures[target]))
    elif kind != "web":
        raise MarkdownError(f'the picture "{target}" is not there')
    image.set("alt", image.get("alt", ""))
    image.set("loading", "lazy")
    image.set("decoding", "async")
    if _alone(parent, image):
        _figure(parent, image)


def _alone(parent: Element, child: Element) -> bool:
    """Say whether an element is all that a paragraph holds."""
    beside = (parent.text or "").strip() or (child.tail or "").strip()
    return parent.tag == "p" and len(parent) == 1 and not beside


def _place(parent: Element, place: int, image: Element, card: Card, target: str) -> None:
    """Put a product's card in place of an image: a paragraph of its own, a list item or a cell; else a link to it."""
    shown = Element("product-card", {"ref": target})
    shown.text = ""
    if _alone(parent, image):
        parent.tag = "div"
        parent.set("class", "embed")
    elif parent.tag not in {"li", "td"}:
        shown = Element("span" if parent.tag == "a" else "a", {"href": target})
        shown.text = image.get("alt") or card.name
    shown.tail = image.tail
    parent[place] = shown


def _figure(paragraph: Element, image: Element) -> None:
    paragraph.tag = "figure"
    image.tail = None
    if title := image.attrib.pop("title", ""):
        SubElement(paragraph, "figcaption").text = title


def _frame(parent: Element, place: int, table: Element) -> None:
    """Put a table into a region that scrolls by itself, named by its header cells."""
    if parent.get("class") == "table":
        return
    heads = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    label = ", ".join(filter(None, heads)) or "table"
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    region.tail, table.tail = table.tail, None
    region.append(table)
    parent[place] = region


def _clean(element: Element) -> None:
    """Keep only attributes that can neither act nor style: class, id, lang, and what a tag's meaning needs."""
    allowed = _KEPT | _ALLOWED.get(element.tag, frozenset()) if isinstance(element.tag, str) else frozenset()
    if element.tag in {"td", "th"} and "text-align" in element.get("style", ""):
        align = element.get("style", "").partition(":")[2].strip(" ;")
        element.set("class", f"align-{align}" if align in {"left", "right", "center"} else "")
    for name in list(element.attrib):
        if name not in allowed:
            del element.attrib[name]
    for name in ("class", "id"):
        if value := element.get(name):
            words = [word for word in value.split() if _CLASS.fullmatch(word) or (name == "id" and ":" in word)]
            element.set(name, " ".join(words if name == "class" else value.split()[:1]))


class _TooLongError(Exception):
    """The time for one text is over."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so much CPU time, the system's for it included; only a main thread can be stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
