"""Edits of content/checkout/stripe.yaml as text, so that comments and the order of the articles stay."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence

from storegen.checkout.links import written
from storegen.errors import StoregenError, YamlError
from storegen.model.payment import PayLink
from storegen.yaml import Value, field_lines, load_yaml

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Words that YAML parsers read as something else than text.
_WORDS = frozenset("true false yes no on off y n null".split())
_ITEM = re.compile(r"[ \t]+-[ \t]")
_COMMENT = re.compile(r"[ \t]*#")
_FLOW = re.compile(r"^[{}\[\]]|^---|^\.\.\.", re.MULTILINE)  # a file whose end is perhaps not that of a mapping


def with_links(text: str, sku: str, links: Sequence[PayLink]) -> str:
    """Return the file with the *links* of an article. Only the lines of this article change.

    Raises StoregenError if the file has a form that can't be edited.
    """
    if sku not in text and _key(sku) not in text and not _FLOW.search(text):  # a new article: the rest need not be read
        block = "".join(_block(_key(sku), links))
        if list(_entries(block)) == [sku]:
            return f"{text.rstrip()}\n{block}" if text.strip() else block
    before = _entries(text)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if sku in before:
        start, end = _span(text, sku, len(lines))
        new = "".join([*lines[:start], *_edited(lines[start:end], sku, links), *lines[end:]])
    else:
        new = "".join([*_unwrapped(lines), *_block(_key(sku), links)])
    try:
        after = _entries(new)
    except YamlError:
        after = {}
    if {**before, sku: None} != {**after, sku: None} or _targets(after.get(sku)) != [each.target for each in links]:
        raise StoregenError(f'the entry "{sku}" has a form that can\'t be edited; write it as "{sku}: https://…" first')
    return new


@functools.lru_cache(maxsize=2)  # the file before and after an edit; the next edit begins with the latter
def _entries(text: str) -> dict[str, Value]:
    found = load_yaml(text)
    return found if isinstance(found, dict) else {}


def _targets(entry: Value) -> list[str]:
    """Return the links of an entry as they are written."""
    items = entry if isinstance(entry, list) else [entry]
    return [str(each.get("link") or each.get("variant")) if isinstance(each, dict) else str(each) for each in items]


def _span(text: str, sku: str, count: int) -> tuple[int, int]:
    """Return the first line of an entry and the line after its last one, both counted from 0."""
    starts = {str(place[0]): line - 1 for place, line in field_lines(text).items() if len(place) == 1}
    start = starts[sku]
    end = min((line for line in starts.values() if line > start), default=count)
    lines = text.splitlines()
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _edited(old: list[str], sku: str, links: Sequence[PayLink]) -> Iterator[str]:
    """Yield the lines of an entry with other links. A list of one link a line keeps the lines of links that stay."""
    items = [line for line in old[1:] if _ITEM.match(line)]
    if items and all(_ITEM.match(line) or _COMMENT.match(line) for line in old[1:]):
        yield old[0]
        indent = items[0][: len(items[0]) - len(items[0].lstrip())]
        stay = {each.target: each for each in links}
        for line in old[1:]:
            if not _ITEM.match(line):
                yield line
            elif link := stay.pop(_targets(_value(line))[0], None):
                yield line if _has_price(_value(line)) else _item(indent, link, _trailing(line))
        yield from (_item(indent, each) for each in stay.values())
        return
    head = _KEY_LINE.match(old[0])
    comment = _trailing(old[0])
    yield from _block(head[0].rstrip(": \t") if head else _key(sku), links, comment)
    yield from (line for line in old[1:] if _COMMENT.match(line))


_KEY_LINE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#:][^:]*(?::[^\s:][^:]*)*)[ \t]*:""")


def _item(indent: str, link: PayLink, comment: str = "") -> str:
    after = f"  {comment}" if comment else ""
    return f"{indent}- {written(link)}{after}\n"


def _has_price(entry: Value) -> bool:
    return isinstance(entry, dict) and bool(entry.get("price"))


def _value(line: str) -> Value:
    """Return the value of one line of a list."""
    found = load_yaml(line.strip())
    return found[0] if isinstance(found, list) and found else None


def _trailing(line: str) -> str:
    """Return the comment at the end of a line of YAML, empty if it has none."""
    for match in re.finditer(r"[ \t]#", line):
        rest = line[: match.start()]
        try:
            if load_yaml(rest) == load_yaml(line):
                return line[match.start() :].strip()
        except StoregenError:
            continue
    return ""


def _block(key: str, links: Sequence[PayLink], comment: str = "") -> Iterator[str]:
    """Yield the lines of an entry: one link after the key, or a list below it."""
    after = f"  {comment}" if comment else ""
    if len(links) == 1:
        yield f"{key}: {written(links[0])}{after}\n"
        return
    yield f"{key}:{after}\n"
    yield from (_item("  ", each) for each in links)


def _key(sku: str) -> str:
    """Return an article number as a YAML key."""
    return sku if _PLAIN.fullmatch(sku) and sku.lower() not in _WORDS else json.dumps(sku, ensure_ascii=False)


def _unwrapped(lines: list[str]) -> list[str]:
    """Return the lines of a file without the braces of an empty mapping."""
    return [line for line in lines if line.strip() != "{}"]
