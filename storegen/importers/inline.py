"""Convert text, emphasis, links and pictures of an HTML tree to one paragraph of Markdown.

The dialect is the one that storegen renders: see `storegen.markdown`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
from bs4.element import NavigableString, PageElement, Tag

from storegen.importers.cleaning import address_of

_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite", "dfn", "var"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_MARKS = {"bold": "**", "italic": "*", "": ""}
_RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
_SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\n\f\v]*|[ \t\r\f\v]+")


# An address in angle brackets would become a link, so the bracket is escaped. Code is skipped: no links in it.
_ADDRESS = re.compile(r"<[^<>\s]*[@:][^<>]*>")
_BRACKET = re.compile(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)|<", re.DOTALL)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text with one style, or finished Markdown if *raw*."""

    text: str
    style: str = ""
    link: str = ""
    raw: bool = False


class Manner(msgspec.Struct, frozen=True):
    """The mode of reading a body: whether line ends count, and the content omitted so far."""

    line_ends: bool
    gone: Counter[str]


def lines_of(nodes: Iterable[PageElement], manner: Manner, *, plain: bool = False) -> list[str]:
    """Return inline nodes as lines of Markdown, split at their line breaks. *plain* omits emphasis."""
    pieces = [piece for node in nodes for piece in _pieces(node, Piece(text=""), manner)]
    if plain:
        pieces = [msgspec.structs.replace(piece, style="") for piece in pieces]
    text = "".join(_linked(_joined(pieces)))
    if _ADDRESS.search(text):
        text = _BRACKET.sub(lambda found: found[0] if found[1] else "&lt;", text)
    return [line.strip() for line in re.sub(" +", " ", text).split("\n")]


def escaped(text: str) -> str:
    """Return plain text escaped for Markdown at any place in a line."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    text = re.sub(r"\](?=:)", "&#93;", text)  # "\]:" would still define a reference at the start of a line
    text = text.replace("<!--", "&lt;!--").replace("~~", r"\~\~")
    text = re.sub(r"([*`{}\[\]])", r"\\\1", text)
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)


def _pieces(node: PageElement, around: Piece, manner: Manner) -> Iterator[Piece]:
    if isinstance(node, NavigableString):
        keep = manner.line_ends and node.find_parent(("p", "li", "td", "th", "pre", "dd")) is None
        yield msgspec.structs.replace(around, text=_SPACES.sub(lambda found: _space(found[0], keep=keep), str(node)))
    elif isinstance(node, Tag):
        yield from _tag_pieces(node, around, manner)


def _space(found: str, *, keep: bool) -> str:
    return ("\n\n" if found.count("\n") > 1 else "\n") if keep and "\n" in found else " "


def _tag_pieces(tag: Tag, around: Piece, manner: Manner) -> Iterator[Piece]:
    if tag.name == "br":
        yield Piece(text="\n")
        return
    if tag.name == "img":
        yield from _picture(tag, manner)
        return
    if tag.name in _CODE and (code := " ".join(tag.get_text().split())):
        yield Piece(text=_code(code), link=around.link, raw=True)
        return
    if tag.name in _RAISED and re.fullmatch(r"\s*[0-9+-]+\s*", tag.get_text()):
        yield msgspec.structs.replace(around, text=tag.get_text().strip().translate(_RAISED[tag.name]))
        return
    if tag.name == "q":
        yield msgspec.structs.replace(around, text="“")
    inside = _inside(tag, around, manner)
    for child in tag.children:
        yield from _pieces(child, inside, manner)
    if tag.name == "q":
        yield msgspec.structs.replace(around, text="”")


def _inside(tag: Tag, around: Piece, manner: Manner) -> Piece:
    if tag.name == "a" and tag.has_attr("href"):
        return msgspec.structs.replace(around, link=_target(tag["href"], manner))
    if around.style:
        return around
    style = "bold" if tag.name in _BOLD else "italic" if tag.name in _ITALIC else ""
    return msgspec.structs.replace(around, style=style)


def _target(href: object, manner: Manner) -> str:
    """Return the target of a link if it is kept on the new site: web, mail and telephone addresses."""
    text = href.strip() if isinstance(href, str) else ""
    if re.fullmatch(r"(?i:mailto|tel):[^\s<>()\"\\]+", text):
        return text
    found = address_of(text)
    if not found and text and not text.startswith("#"):
        manner.gone[f"link to {text[:60]}"] += 1
    return _bracketless(found)


def _picture(tag: Tag, manner: Manner) -> Iterator[Piece]:
    source = tag.get("src")
    found = address_of(source)
    if found:
        alt = escaped(" ".join(str(tag.get("alt") or "").split()))
        yield Piece(text=f"![{alt}]({_bracketless(found)})", raw=True)
    else:
        manner.gone["picture inside the text" if str(source).startswith("data:") else "picture without an address"] += 1


def _bracketless(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D").replace("*", "%2A")


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join adjacent pieces of the same kind, and separate adjacent emphasis, which Markdown couldn't distinguish."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if not piece.text:
            continue
        if not runs:
            runs.append([piece])
        elif _alike(runs[-1][0], piece):
            runs[-1].append(piece)
        else:
            runs.append([_apart(runs[-1], piece)])
    return [msgspec.structs.replace(run[0], text="".join(piece.text for piece in run)) for run in runs]


def _alike(last: Piece, piece: Piece) -> bool:
    """Return whether two pieces can be joined: their style is equal, or the second is only space."""
    if last.raw or piece.raw:
        return False
    return (last.style, last.link) == (piece.style, piece.link) or not (piece.text.strip() or last.link)


def _apart(run: list[Piece], piece: Piece) -> Piece:
    """Remove the style of a piece whose first letter touches the styled end of the run before it."""
    touching = not run[-1].text[-1].isspace() and not piece.text[0].isspace()
    return msgspec.structs.replace(piece, style="") if touching and run[0].style and piece.style else piece


def _linked(pieces: Iterable[Piece]) -> list[str]:
    """Write each piece as Markdown, with the pieces of one link between its brackets."""
    written: list[str] = []
    for link, group in itertools.groupby(pieces, key=lambda piece: piece.link):
        text = "".join(piece.text if piece.raw else _styled(piece) for piece in group)
        if link and text.strip() and "![" not in text:
            start, words, end = _edges(" ".join(text.split("\n")))
            text = f"{start}[{words}]({link}){end}"
        if written and written[-1].endswith("!") and text.startswith("["):
            written[-1] = written[-1][:-1] + "\\!"
        written.append(text)
    return written


def _styled(piece: Piece) -> str:
    mark = _MARKS[piece.style]
    return "\n".join(_marked(line, mark) for line in piece.text.split("\n"))


def _marked(line: str, mark: str) -> str:
    start, words, end = _edges(line)
    return f"{start}{mark}{escaped(words)}{mark}{end}" if words else start + end


def _edges(text: str) -> tuple[str, str, str]:
    """Return a text's leading spaces, its content and its trailing spaces."""
    words = text.strip()
    if not words:
        return text, "", ""
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]
