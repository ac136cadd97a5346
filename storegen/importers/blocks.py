"""Convert blocks of an HTML tree to blocks of Markdown: paragraphs, headings, lists, tables, quotations and code."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

import msgspec
from bs4.element import PageElement, Tag

from storegen.importers.inline import Manner, lines_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_CONTAINERS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "header hgroup html legend li main nav p search section summary tbody td tfoot th thead tr".split()
)
_BLOCKS = frozenset((*HEADINGS, *_LISTS, *_CONTAINERS, "hr", "pre", "table"))
_WIDEST = 50
_BAR = re.compile(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)|\|")  # a bar in code separates no cells


class Setting(msgspec.Struct, frozen=True):
    """The context of blocks: the level of each kind of heading. *nested* means inside a list, a quotation or a cell."""

    manner: Manner
    levels: dict[str, int]
    nested: bool = False


def blocks_of(parent: Tag, setting: Setting) -> Iterator[str]:
    """Yield the Markdown blocks of an element's children. Text between two blocks becomes a paragraph."""
    for block, nodes in itertools.groupby(parent.children, key=_is_block):
        if block:
            for node in nodes:
                if isinstance(node, Tag):
                    yield from _block(node, setting)
        else:
            yield from _paragraphs(nodes, setting)


def _is_block(node: PageElement) -> bool:
    if not isinstance(node, Tag) or node.name == "a":
        return False
    return node.name in _BLOCKS or _holds_blocks(node)


def _holds_blocks(tag: Tag) -> bool:
    return any(isinstance(each, Tag) and each.name in _BLOCKS for each in tag.descendants)


def _block(tag: Tag, setting: Setting) -> Iterator[str]:
    inside = msgspec.structs.replace(setting, nested=True)
    if tag.name in HEADINGS:
        yield from _heading(tag, setting)
    elif tag.name in _LISTS:
        yield from _list(tag, inside)
    elif tag.name == "table":
        yield from _table(tag, inside)
    elif tag.name == "pre":
        yield from _code(tag, setting)
    elif tag.name == "blockquote" and not setting.nested:
        quoted = "\n\n".join(blocks_of(tag, inside))
        if quoted:
            yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
    elif tag.name == "hr":
        yield "---"
    elif tag.name in {"dt", "summary"}:
        yield from _bold(tag, setting)
    elif tag.name == "li":
        yield from _list_of((tag,), inside, "- ")
    else:
        yield from blocks_of(tag, setting)


def _paragraphs(nodes: Iterable[PageElement], setting: Setting) -> Iterator[str]:
    """Yield paragraphs. Two line breaks in a row separate paragraphs, a single one stays a line break."""
    lines: list[str] = []
    for line in (*lines_of(nodes, setting.manner), ""):
        alone = re.fullmatch(r"[=|:\-\s]+|~{3,}.*", line)
        if (not line or alone) and lines:
            yield "  \n".join(lines)
            lines = []
        if line:
            lines.append(_opened(line))


def _opened(line: str) -> str:
    """Return a line with an escaped start if Markdown would read it as a list, a heading, a quotation or a rule."""
    line = re.sub(r"^([#>+]|-(?=\s|-|$))", r"\\\1", line)
    return re.sub(r"^([0-9]+)([.)])(?=\s|$)", r"\1\\\2", line)


def _heading(tag: Tag, setting: Setting) -> Iterator[str]:
    if setting.nested:
        yield from _bold(tag, setting)
        return
    text = " ".join(filter(None, lines_of(tag.children, setting.manner, plain=True)))
    if text:
        yield f"{'#' * setting.levels[tag.name]} {re.sub(r'(#+)$', _hashes, text)}"


def _hashes(found: re.Match[str]) -> str:
    return "\\#" * len(found[0])


def _bold(tag: Tag, setting: Setting) -> Iterator[str]:
    if _holds_blocks(tag):
        yield from blocks_of(tag, setting)
        return
    text = " ".join(filter(None, lines_of(tag.children, setting.manner, plain=True)))
    if text:
        yield _opened(text) if "![" in text else f"**{text}**"


def _list(tag: Tag, setting: Setting) -> Iterator[str]:
    items = [child for child in tag.children if isinstance(child, Tag)]
    if tag.name != "ol":
        yield from _list_of(items, setting, "- ")
        return
    start = str(tag.get("start", ""))
    yield from _list_of(items, setting, f"{int(start) if re.fullmatch('[0-9]{1,6}', start) else 1}. ")


def _list_of(items: Iterable[Tag], setting: Setting, mark: str) -> Iterator[str]:
    """Yield one list. The content of an item is indented by four spaces, enough for any marker.

    A list directly inside a list belongs to the item before it. Without such an item it is a separate list.
    """
    filled: list[list[str]] = []
    for item in items:
        blocks = list(_block(item, setting) if item.name in _LISTS else blocks_of(item, setting))
        if not blocks:
            continue
        if not _is_list(blocks[0]):
            filled.append(blocks)
        elif filled:
            filled[-1] += blocks
        else:
            yield from blocks
    if filled:
        yield _written(filled, mark)


def _written(items: list[list[str]], mark: str) -> str:
    """Return the text of a list. Blank lines separate its items only if one has several lines and a nested list."""
    loose = any(len(blocks) > 2 or not all(map(_is_list, blocks[1:])) for blocks in items)
    between = "\n\n" if loose else "\n"
    marks = itertools.repeat(mark) if mark == "- " else (f"{number}. " for number in itertools.count(int(mark[:-2])))
    return between.join(
        first + between.join(map(_indented, blocks)).lstrip() for first, blocks in zip(marks, items, strict=False)
    )


def _is_list(block: str) -> bool:
    return re.match(r"(- |[0-9]+\. )", block) is not None


def _indented(block: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in block.split("\n"))


def _code(tag: Tag, setting: Setting) -> Iterator[str]:
    text = tag.get_text().strip("\n")
    if not text.strip():
        return
    if setting.nested:
        yield from _paragraphs(tag.children, setting)
        return
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    yield f"{fence}\n{text}\n{fence}"


def _table(tag: Tag, setting: Setting) -> Iterator[str]:
    """Yield a table's caption and rows. A table with one column, one row or nested tables is treated as layout."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    grid = [cells for row in rows if any(cells := _cells(row, setting))]
    width = max(map(len, grid), default=0)
    if width < 2 or len(grid) < 2 or tag.find("table") is not None:
        for part in (*tag.find_all("caption", recursive=False), *rows):
            yield from blocks_of(part, setting)
        return
    for caption in tag.find_all("caption", recursive=False):
        yield from _bold(caption, setting)
    lines = [f"| {' | '.join((*cells, *[''] * (width - len(cells))))} |" for cells in grid]
    yield "\n".join((lines[0], f"|{' --- |' * width}", *lines[1:]))


def _cells(row: Tag, setting: Setting) -> list[str]:
    cells: list[str] = []
    for cell in row.find_all(("td", "th"), recursive=False):
        lines = "\n".join(blocks_of(cell, setting)).split("\n")
        text = "; ".join(plain for line in lines if (plain := re.sub(r"^\s*(- |[0-9]+\. |> )?", "", line).strip()))
        cells.append(_BAR.sub(lambda found: found[0] if found[1] else "\\|", text))
        span = str(cell.get("colspan", "1"))
        cells += [""] * (min(int(span), _WIDEST) - 1 if re.fullmatch("[0-9]{1,3}", span) else 0)
    return cells
