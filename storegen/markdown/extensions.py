"""Extensions of Python-Markdown: CommonMark's blocks, and GitHub's bare addresses and struck text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.util import AtomicString, code_escape

from storegen.markdown.blocks import Block, Code, Footnote, Leaf, Listing, Quote, parse_blocks

# The characters that a backslash escapes: all punctuation of ASCII (CommonMark 0.31.2, section 2.4).
ESCAPABLE = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""

_HOST = r"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,63}(?![A-Za-z0-9@-]|\.[A-Za-z0-9])"
_UNSPACED = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
# Letters of scripts without spaces belong to an address only after punctuation: "example.kr/a에서" ends before "에서".
_PATH_SIGN = rf'[^\s<>"\x02\x03“”„«»「」『』（）【】《》〈〉。，、！？；：…{_UNSPACED}]|(?<![A-Za-z0-9])[{_UNSPACED}]'
_WEB = rf"(?<![A-Za-z0-9/@.=&#?%+-])(?:https?://(?:www\.)?|www\.){_HOST}(?::[0-9]{{1,5}}(?![0-9]))?(?:[/?#](?:{_PATH_SIGN})*)?"
_MAIL = rf"(?<![A-Za-z0-9._+/-])[A-Za-z0-9][A-Za-z0-9._+-]*@{_HOST}"
_ENTITY = re.compile(r"&#?\w+;$")
_STRUCK = r"(~~)(?![\s~])((?:(?!~~).)+)(?<!\s)~~(?!~)"
_COMMENT = "<!--"


class CommonMarkExtension(Extension):
    """Reads blocks by CommonMark's rules instead of Python-Markdown's, and GitHub's inline marks."""

    def __init__(self) -> None:
        super().__init__()
        self.footnotes = FootnoteExtension()
        self.inline = False

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the processors."""
        self.footnotes.extendMarkdown(md)
        blocks = md.parser.blockprocessors
        for name in ("indent", "code", "olist", "ulist", "quote", "footnote"):
            blocks.deregister(name)
        blocks.register(_Blocks(md, self), "commonmark", 200)
        md.ESCAPED_CHARS = list(ESCAPABLE)
        inline = md.inlinePatterns
        inline.register(_Comment(_COMMENT, md), "comment", 185)
        inline.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 174)
        inline.register(_BareAddress(rf"{_WEB}|{_MAIL}", md), "bare_address", 115)
        inline.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 45)


class _Blocks(BlockProcessor):
    """Builds the tree of a text from its blocks. Only the lines of text are left to the library's processors."""

    def __init__(self, md: Markdown, extension: CommonMarkExtension) -> None:
        super().__init__(md.parser)
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        """Return whether the blocks are not parsed yet."""
        return not self.parser.state.isstate("leaf")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Add the elements of all blocks to *parent*."""
        text = "\n\n".join(blocks)
        blocks.clear()
        if self.extension.inline:
            SubElement(parent, "p").text = text.strip("\n")
        else:
            self._add(parent, parse_blocks(text))

    def _add(self, parent: Element, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Leaf():
                    self.parser.state.set("leaf")
                    self.parser.parseBlocks(parent, [block.text])
                    self.parser.state.reset()
                case Code():
                    _add_code(parent, block)
                case Quote():
                    self._add(SubElement(parent, "blockquote"), block.blocks)
                case Listing():
                    self._add_list(parent, block)
                case Footnote():
                    self.extension.footnotes.setFootnote(block.name, block.text)

    def _add_list(self, parent: Element, block: Listing) -> None:
        found = SubElement(parent, "ul" if block.start is None else "ol")
        if block.start not in {None, 1}:
            found.set("start", str(block.start))
        for item in block.items:
            element = SubElement(found, "li")
            self._add(element, item)
            if not block.loose:
                _unwrap(element)


def _add_code(parent: Element, block: Code) -> None:
    code = SubElement(SubElement(parent, "pre"), "code")
    if block.language:
        code.set("class", f"language-{block.language}")
    code.text = AtomicString(f"{code_escape(block.text)}\n")


def _unwrap(item: Element) -> None:
    """Replace the paragraphs of an item by their text."""
    last: Element | None = None
    for child in list(item):
        if child.tag != "p":
            last = child
            continue
        item.remove(child)
        if last is None:
            item.text = f"{item.text}\n{child.text}" if item.text else child.text
        else:
            last.tail = f"{last.tail or ''}\n{child.text}"


class _Comment(InlineProcessor):
    """A comment. It is not shown."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Return nothing instead of the comment, and where it begins and ends."""
        end = data.find("-->", m.end(0))
        return (None, None, None) if end < 0 else ("", m.start(0), end + 3)


class _BareAddress(InlineProcessor):
    """A web or mail address among words, without the punctuation after it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        """Return the link, and where it begins and ends."""
        address = without_punctuation(m[0])
        link = Element("a", {"href": address_of(address)})
        link.text = AtomicString(address)
        return link, m.start(0), m.start(0) + len(address)


def without_punctuation(address: str) -> str:
    """Return an address without the signs at its end that belong to the sentence around it."""
    while True:
        if address[-1] in "?!.,:;*_~'":
            found = _ENTITY.search(address)
            address = address[: found.start()] if found else address[:-1]
        elif address[-1] in ")]}" and address.count(address[-1]) > address.count("([{"[")]}".index(address[-1])]):
            address = address[:-1]
        else:
            return address


def address_of(written: str) -> str:
    """Return the target of a bare address."""
    if written.startswith(("http:", "https:")):
        return written
    return f"https://{written}" if written.startswith("www.") else f"mailto:{written}"
