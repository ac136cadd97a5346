"""Python-Markdown for shops: raw HTML is escaped, link targets are resolved, and only harmless attributes are kept."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from storegen.errors import StoregenError
from storegen.markdown.extensions import CommonMarkExtension
from storegen.markdown.plain_markdown import heading_id, picture_attributes
from storegen.markdown.sources import NOTHING, NamedPage, SourceText
from storegen.references import split_reference

_EXTENSIONS = ("tables", "attr_list")
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
_BARE = r"<((?:https?://|mailto:)[^\s<>]+|[\w.%+-]+@[\w-]+(?:\.[\w-]+)+)>"
_CLASS = re.compile(r"[A-Za-z][\w-]*")


class MarkdownError(StoregenError):
    """A text can't be rendered: it takes too long, is nested too deep, or names an unknown target."""

    def __init__(self, fault: str, text: str = "") -> None:
        self.text = text
        super().__init__(fault)


def make_markdown() -> tuple[ShopExtension, Markdown]:
    """Return Python-Markdown without the parts that let raw HTML or unchecked attributes through."""
    shop = ShopExtension()
    extensions: list[str | Extension] = [*_EXTENSIONS, shop, TocExtension(slugify=heading_id)]
    markdown = Markdown(extensions=extensions, output_format="html")
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "automail", "entity"):
        markdown.inlinePatterns.deregister(name, strict=False)
    return shop, markdown


class ShopExtension(CommonMarkExtension):
    """Escapes raw HTML, resolves links and pictures by reference, and keeps only harmless attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = _ShopTree()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the processors."""
        super().extendMarkdown(md)
        self.tree.md = md
        md.treeprocessors.register(_ValueTree(md), "shop_values", 7)  # after attr_list, before toc
        md.treeprocessors.register(self.tree, "shop", -100)
        md.inlinePatterns.register(_BareLink(_BARE, md), "shop_bare_link", 125)


class _BareLink(InlineProcessor):
    """A web or mail address in angle brackets."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        """Return the link, and where it begins and ends."""
        link = Element("a")
        link.set("href", m[1] if ":" in m[1] else f"mailto:{m[1]}")
        link.text = m[1].removeprefix("mailto:")
        return link, m.start(0), m.end(0)


class _ValueTree(Treeprocessor):
    """Removes attributes without a value, such as ``{lang=}``, before later processors fail on them."""

    def run(self, root: Element) -> None:
        """Remove the attributes from the whole tree."""
        for element in root.iter():
            for name in [name for name, value in element.attrib.items() if value is None]:
                del element.attrib[name]


class _ShopTree(Treeprocessor):
    """The last step on a text's tree: it resolves links and pictures, and filters attributes."""

    text: SourceText = NOTHING

    def run(self, root: Element) -> None:
        """Change the whole tree in place."""
        _leave_out(root, {target for target, address in self.text.links.items() if not address})
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
        if href in self.text.embeds or href in self.text.links:
            address = self.text.embeds[href].href if href in self.text.embeds else self.text.links[href]
            if address:
                element.set("href", address)
                return
        elif kind != "unknown":
            raise MarkdownError(f'the link "{href}" leads nowhere')
        element.tag = "span"
        element.attrib.pop("href", None)


def _leave_out(root: Element, targets: set[str]) -> None:
    """Remove the cards of products that aren't published, and paragraphs that contain nothing else."""
    if not targets:
        return
    for above in list(root.iter()):
        for parent in list(above):
            for child in [each for each in parent if each.tag == "img" and each.get("src") in targets]:
                _remove(parent, child)
                if parent.tag == "p" and not len(parent) and not (parent.text or "").strip():
                    _remove(above, parent)


def _remove(parent: Element, child: Element) -> None:
    """Remove an element, but not the text behind it."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _show(parent: Element, place: int, image: Element, text: SourceText) -> None:
    """Turn a picture into a product card, a picture with its variants, or a picture from the web."""
    target = image.get("src", "")
    kind, _, _ = split_reference(target)
    if target in text.embeds:
        _place(parent, place, image, text.embeds[target], target)
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
    """Return whether an element is the only content of a paragraph."""
    beside = (parent.text or "").strip() or (child.tail or "").strip()
    return parent.tag == "p" and len(parent) == 1 and not beside


def _place(parent: Element, place: int, image: Element, card: NamedPage, target: str) -> None:
    """Replace an image with a card or a form if it is alone in a paragraph, list item or cell, else with a link."""
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
    """Wrap a table in a scrollable region, labelled with the table's header cells."""
    if parent.get("class") == "table":
        return
    heads = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    label = ", ".join(filter(None, heads)) or "table"
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    region.tail, table.tail = table.tail, None
    region.append(table)
    parent[place] = region


def _clean(element: Element) -> None:
    """Keep only attributes without scripts or styles: class, id, lang, and those that a tag needs for its meaning."""
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
