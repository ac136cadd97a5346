"""Convert plain Markdown to HTML quickly, with exactly the output of Python-Markdown.

Plain Markdown is what shops mostly write. Text that no pattern matches is called odd. One odd place is enough: the
whole text is then left to Python-Markdown. So patterns may be narrow, and they don't need to handle odd text. Each
pattern stops at the first character that it can't match, and the first odd character stops the conversion. The time is
therefore linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from storegen.markdown.sources import ResponsivePicture, SourceText
from storegen.references import split_reference

_SIZES = "(min-width: 1024px) 680px, 100vw"
_MOST_HEADINGS = 200  # a new id is compared with those of all earlier headings
# Markup, definitions, tabs, carriage returns, and the placeholder characters of Python-Markdown.
_SIGNS = ("<", "]:", "~~", "\t", "\r", "\x02", "\x03")
# Addresses among words, which become links. Those of links don't count.
_LINK_END = re.compile(r"\]\([^\s()]*\)")
_BARE = re.compile(r"https?://|www\.|@")
# Spaces at the end of a line, except one, or the two of a line break, with words before and below.
_TRAILING = re.compile(r"\n(?<=[^\S\n]\n)(?:(?<!\S \n)(?<!\S  \n)|(?!\S))")
_BREAK, _BREAK_TAG = "  \n", "<br>\n"
_ENTITY = re.compile(r"&[^\s;&]*;")

# Patterns of blocks. "&" and ">" are already entities here.
_NO_WORDS = r"[#~\s]|&gt;|[-+*](?: |$)|[0-9]{1,9}[.)](?: |$)|[-=][-= ]*$"  # starts of lines with a meaning in Markdown
_BROKEN = re.compile(rf"\n(?:{_NO_WORDS})", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) +([^#|\s][^#|]*)")
_ITEM = re.compile(rf"(?:([0-9]{{1,9}})[.)]|[-+*]) {{1,4}}(?!{_NO_WORDS})(.+)")
# A list or a table directly below a line of text. A numbered list begins with 1 and goes on with 2.
_BELOW = re.compile(r"\n(?=[-+*] |1[.)] [^\n]*\n2[.)] |\|)")
_CLASS = re.compile(r"\n\{\.([A-Za-z][\w-]*)\}\Z")
_ALIGNED = {(True, True): "center", (True, False): "left", (False, True): "right"}
_TAG = re.compile(r"<[^>]*>")
_UNSAFE = re.compile(r'[&<>"]')

# Patterns within blocks: `code`, [links](target), emphasis around text, code and links, and emphasis in link text.
_WORDS = r"[^*`\[\]\\{_]*+"
_IN_A_WORD = r"_(?<=[^\W_]_)(?=[^\W_])"  # within a word, not emphasis; any other underscore is odd
_CODE = r"`[^`\n]++`(?!`)"
_ESCAPE = r"\\[!\"#$%'()*+,\-./:;=?@\[\\\]^_`{|}~]|\\\n"  # not of <, > and &, which are entities in HTML
_TARGET = r"[^\s()\[\]\\\"'`*]++"


def _mixed(*kinds: str) -> str:
    return rf"{_WORDS}(?:(?:{'|'.join((_IN_A_WORD, _CODE, _ESCAPE, *kinds))}){_WORDS})*"


def _strong(inner: str) -> str:
    return rf"\*\*(?![\s*]){inner}(?<!\s)\*\*(?!\*)"


def _em(inner: str) -> str:
    return rf"\*(?![\s*]){inner}(?<!\s)\*(?!\*)"


def _link(words: str, target: str) -> str:
    return rf"\[(?<!!\[)(?!\^){words}\]\({target}\)"


_IN_LINK = _mixed(_strong(_mixed()), _em(_mixed()))
_IN_EMPHASIS = _mixed(_link(_IN_LINK, _TARGET))
_INLINE = re.compile(
    "|".join(
        (
            _strong(f"(?P<strong>{_IN_EMPHASIS})"),
            _em(f"(?P<em>{_IN_EMPHASIS})"),
            r"`(?P<code>[^`\n]++)`(?!`)",
            _link(f"(?P<words>{_IN_LINK})", f"(?P<link>{_TARGET})"),
            f"{_IN_A_WORD}(?P<sign>)",
            f"(?P<escape>{_ESCAPE})",
            *(re.escape(odd) for odd in r"*`[]\{_"),
        )
    )
)
_TITLE = r"(?!')[^\s\"()`\[\]\\]++(?: [^\s\"()`\[\]\\]++)*"
_PICTURE = re.compile(rf'!\[([^`\[\]\\]*)\]\(({_TARGET})(?: "({_TITLE})")?\)')


def picture_attributes(picture: ResponsivePicture) -> dict[str, str]:
    """Return the attributes of an img element for a picture's variants in its best format."""
    best = picture.formats[0]
    return {
        "src": picture.src,
        "srcset": ", ".join(f"{picture.stem}-{width}.{picture.digest}.{best} {width}w" for width in picture.widths),
        "sizes": _SIZES,
        "width": str(picture.width),
        "height": str(picture.height),
    }


class Converted(NamedTuple):
    """A text as HTML, with its second-level headings."""

    html: str
    contents: tuple[Heading, ...]


class Heading(NamedTuple):
    """The words of a heading, and its id in the text."""

    text: str
    id: str


class _OddError(Exception):
    """A text contains something that is not plain."""


def heading_id(words: str, separator: str = "-") -> str:
    """Return the id of a heading: its letters and digits of any script, in lower case."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFC", words)).strip().lower()
    return re.sub(r"[-\s]+", separator, kept)


def convert_plain(text: SourceText) -> Converted | None:
    """Return a text as HTML exactly as Python-Markdown converts it, None if that isn't certain."""
    source = text.source.strip("\n")
    if not source:
        return Converted("", ())
    if (escaped := _escaped(source)) is None:
        return None
    ids: dict[str, tuple[int, Heading]] = {}
    try:
        made = "\n".join(_blocks(escaped, text, ids))
    except _OddError:
        return None
    return Converted(made, tuple(heading for level, heading in ids.values() if level == 2))


def convert_plain_line(text: SourceText) -> str | None:
    """Return words with emphasis, code and links as HTML as Python-Markdown does, None if that isn't certain."""
    source = text.source.strip()
    if (escaped := _escaped(source)) is None or _CLASS.search(source):
        return None
    try:
        return _inline(escaped, text).replace(_BREAK, _BREAK_TAG)
    except _OddError:
        return None


def _escaped(source: str) -> str | None:
    """Return a text with entities for the signs of HTML, None if a sign in it is never plain."""
    if any(sign in source for sign in _SIGNS) or source != source.strip() or _TRAILING.search(source):
        return None
    if ("@" in source or "www." in source or "://" in source) and _BARE.search(_LINK_END.sub("]()", source)):
        return None
    if "&" in source or ">" in source:
        if _ENTITY.search(source):
            return None
        source = source.replace("&", "&amp;").replace(">", "&gt;")
    return source


def _blocks(source: str, text: SourceText, ids: dict[str, tuple[int, Heading]]) -> Iterator[str]:
    last = ""
    for part in source.split("\n\n"):
        block = part.strip("\n")
        while block.startswith("#"):
            line, _, block = block.partition("\n")
            yield _heading(line, text, ids)
            last = ""
        for piece in _pieces(block) if block else ():
            kind, made = _block(piece, text)
            if kind and kind == last:  # a list that continues the last one
                raise _OddError
            yield made
            last = kind


def _pieces(block: str) -> tuple[str, ...]:
    """Return a block as the text and the list or table directly below it."""
    if "\n" not in block or block[0] in "|&" or _ITEM.match(block):
        return (block,)
    found = _BELOW.search(block)
    if found is None or "|" in block[: found.start()]:
        return (block,)
    return block[: found.start()], block[found.end() :]


def _heading(line: str, text: SourceText, ids: dict[str, tuple[int, Heading]]) -> str:
    found = _HEADING.fullmatch(line)
    if not found or len(ids) == _MOST_HEADINGS or "\\" in line or line.endswith(" "):
        raise _OddError
    made = _inline(found[2], text)
    words = html.unescape(" ".join(_TAG.sub("", made).split()))
    level = len(found[1])
    id_ = heading_id(words)
    if not id_ or id_ in ids:
        from markdown.extensions.toc import unique  # noqa: PLC0415 - few texts have two headings alike

        id_ = unique(id_, set(ids))
    ids[id_] = level, Heading(words, id_)
    return f'<h{level} id="{id_}">{made}</h{level}>'


def _block(block: str, text: SourceText) -> tuple[str, str]:
    """Return the kind and the HTML of a block.

    The kind is empty unless a next block of the same kind would continue this one.
    """
    if block[0] == "|":
        if "\\" in block or " \n" in block:
            raise _OddError
        return "", _table(block, text)
    if "|" in block and "\n" in block:  # it may be a table
        raise _OddError
    if block.startswith("&gt; "):
        lines = block.split("\n")
        if not all(line.startswith("&gt; ") for line in lines):
            raise _OddError
        inner = "\n".join(line[5:] for line in lines)
        return "", f"<blockquote>\n{_paragraph(inner, text)}\n</blockquote>"
    if _ITEM.match(block):
        if " \n" in block:
            raise _OddError
        return _list(block, text)
    return "", _paragraph(block, text)


def _paragraph(block: str, text: SourceText) -> str:
    if _BROKEN.search(f"\n{block}"):
        raise _OddError
    if block[0] == "!" and (alone := _PICTURE.fullmatch(block)):
        return _picture(alone, text)
    if named := _CLASS.search(block):
        block, opening = block[: named.start()], f'<p class="{named[1]}">'
    else:
        opening = "<p>"
    if block.endswith((" ", "\\")):  # a break before the class, or before a list below
        raise _OddError
    return f"{opening}{_inline(block, text).replace(_BREAK, _BREAK_TAG)}</p>"


def _picture(found: re.Match[str], text: SourceText) -> str:
    """Return the HTML of a picture that is alone in its paragraph: a product's card, a form or a figure."""
    words, link, title = found.groups()
    target = _raw(link)
    if target in text.embeds:
        return f'<div class="embed"><product-card ref="{link}"></product-card></div>'
    picture = text.pictures.get(target)
    if picture is None or not picture.formats:
        raise _OddError
    pairs = picture_attributes(picture)
    if any(_UNSAFE.search(value) for value in pairs.values()):
        raise _OddError
    pairs |= {"alt": words.replace('"', "&quot;"), "loading": "lazy", "decoding": "async"}
    shown = " ".join(f'{name}="{value}"' for name, value in sorted(pairs.items()))
    caption = f"<figcaption>{title}</figcaption>" if title else ""
    return f"<figure><img {shown}>{caption}</figure>"


def _list(block: str, text: SourceText) -> tuple[str, str]:
    lines = block.split("\n")
    items = [item for item in map(_ITEM.fullmatch, lines) if item]
    if len(items) < len(lines) or len({item[1] is None for item in items}) > 1:
        raise _OddError
    first = None if items[0][1] is None else int(items[0][1])
    tag = "ul" if first is None else "ol"
    start = f' start="{first}"' if first not in {None, 1} else ""
    made = "\n".join(f"<li>{_inline(item[2], text)}</li>" for item in items)
    return tag, f"<{tag}{start}>\n{made}\n</{tag}>"


def _table(block: str, text: SourceText) -> str:
    heads, *rows = [_cells(line) for line in block.split("\n")]
    if len(rows) < 2 or len(rows[0]) != len(heads) or set("".join(rows[0])) - set(":- "):
        raise _OddError
    aligned = [_ALIGNED.get((mark.startswith(":"), mark.endswith(":"))) for mark in rows[0]]
    classes = [f' class="align-{side}"' if side else "" for side in aligned]
    shown = [_inline(cell, text) for cell in heads]
    label = ", ".join(filter(None, (_TAG.sub("", cell).strip() for cell in shown))).replace('"', "&quot;") or "table"
    body = "\n".join(_row("td", [_inline(cell, text) for cell in row], classes) for row in rows[1:])
    return (
        f'<div aria-label="{label}" class="table" role="region" tabindex="0"><table>\n'
        f"<thead>\n{_row('th', shown, classes)}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _cells(line: str) -> list[str]:
    """Split a table row into cells at every bar. A bar that is escaped or within code makes its cell odd."""
    if len(line) < 2 or line[0] != "|" or line[-1] != "|":
        raise _OddError
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _row(tag: str, cells: list[str], classes: list[str]) -> str:
    if len(cells) > len(classes):
        raise _OddError
    filled = "\n".join(f"<{tag}{class_}>{cell}</{tag}>" for cell, class_ in zip_longest(cells, classes, fillvalue=""))
    return f"<tr>\n{filled}\n</tr>"


def _inline(source: str, text: SourceText) -> str:
    return _INLINE.sub(partial(_piece, text), source)


def _piece(text: SourceText, found: re.Match[str]) -> str:
    match found.lastgroup:
        case "strong":
            return f"<strong>{_inline(found['strong'], text)}</strong>"
        case "em":
            return f"<em>{_inline(found['em'], text)}</em>"
        case "code":
            return f"<code>{found['code'].strip()}</code>"
        case "link":
            return _anchor(_inline(found["words"], text), found["link"], text)
        case "sign":
            return found[0]
        case "escape":
            return "<br>\n" if found[0] == "\\\n" else found[0][1:]
        case _:
            raise _OddError


def _anchor(words: str, link: str, text: SourceText) -> str:
    """Return a link if its target is certain. Any other link is odd."""
    target = _raw(link)
    kind = split_reference(target)[0]
    if kind == "web":
        return f'<a href="{link}" rel="noopener">{words}</a>'
    if kind in {"mail", "fragment"}:
        return f'<a href="{link}">{words}</a>'
    address = text.embeds[target].href if target in text.embeds else text.links.get(target, "")
    if not address or _UNSAFE.search(address):
        raise _OddError
    return f'<a href="{address}">{words}</a>'


def _raw(link: str) -> str:
    return link.replace("&gt;", ">").replace("&amp;", "&")
