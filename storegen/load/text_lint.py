"""Warnings about texts with marks that pages show literally, such as HTML, and the Markdown to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from storegen.load.sources import Source
from storegen.markdown.faults import Fault, Kind, find_faults
from storegen.model.fields import Fields
from storegen.model.text import MarkdownText
from storegen.yaml import Place

# The Markdown for an HTML element.
_INSTEAD = {
    "a": "[words](address)",
    "img": "![words](media/picture.jpg)",
    "br": r"a backslash (\) at the end of the line",
    **dict.fromkeys(("b", "strong"), "**words**"),
    **dict.fromkeys(("i", "em"), "*words*"),
    **dict.fromkeys(("s", "del", "strike"), "~~words~~"),
    **dict.fromkeys(("ul", "ol", "li"), "lines that begin with - or 1."),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "## words"),
    "p": "a blank line",
    "hr": "---",
    "blockquote": "> words",
    **dict.fromkeys(("code", "pre", "tt"), "`words`"),
    **dict.fromkeys(("table", "tr", "td", "th"), "| words | words |"),
    **dict.fromkeys(("iframe", "video", "embed", "object"), "[words](address)"),
}
_GONE = frozenset(("div", "span", "font", "center", "section", "style", "script", "meta", "link", "wbr"))
_MOST = 10
_MORE: Mapping[str, str] = {
    "html": "contain HTML that is shown as text",
    "comment": "contain a comment without an end",
    "code": "contain code without an end",
    "link": "contain a link without an end",
    "stars": "contain ** without an end",
    "struck": "contain ~~ without an end",
    "table": "contain a table with a wrong row",
    "heading": "contain a wrong heading",
    "braces": "contain braces without effect",
    "bullet": "contain bullets that don't begin a list",
}
_BLOCKS: frozenset[Kind] = frozenset(("code", "table", "heading", "bullet"))


def text_warnings(fields: Fields, source: Source | Callable[[Place], Source]) -> tuple[tuple[str, str], ...]:
    """Return the faults in a record's texts as (kind, warning): the first place of each kind, and how many follow.

    The kind of a class is ``class`` with the name of the class. Whether it has an effect depends on the theme.
    """
    found: dict[str, list[tuple[Place, Fault]]] = {}
    for place, text, role in fields.markdown:
        inline = isinstance(role, MarkdownText) and role.inline
        for fault in find_faults(text):
            if not (inline and fault.kind in _BLOCKS):
                kind = f"class {fault.what}" if fault.kind == "class" else fault.kind
                found.setdefault(kind, []).append((place, fault))
    return tuple((kind, _warning(faults, source)) for kind, faults in found.items())


def _warning(faults: list[tuple[Place, Fault]], source: Source | Callable[[Place], Source]) -> str:
    place, first = faults[0]
    file = source if isinstance(source, Source) else source(place)
    if first.kind == "html":
        message = _html_message(Counter(fault.what for _, fault in faults))
    elif first.kind == "class":
        message = f'the class "{first.what}" has no effect'
    else:
        message = first.message + (f" ({len(faults) - 1} more in this text)" if len(faults) > 1 else "")
    return str(file.text_problem(place, first.found, message))


def some_warnings(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the warnings about the first files of each kind, and the number of the others. Classes are left out."""
    kinds: dict[str, set[str]] = {}
    for kind, warning in found:
        if not kind.startswith("class "):
            kinds.setdefault(kind, set()).add(warning)
    for kind, each in sorted(kinds.items()):
        warnings = sorted(each)
        yield from warnings[:_MOST]
        if len(warnings) > _MOST:
            place = warnings[_MOST].partition(": ")[0]
            yield f"{len(warnings) - _MOST} more files {_MORE[kind]}, such as {place}"


def class_warnings(found: Iterable[tuple[str, str]], known: Iterable[str], styles: str) -> Iterator[str]:
    """Yield the warnings about classes that the theme doesn't *know* and its *styles* don't name."""
    names = ", ".join(known)
    warnings = dict.fromkeys(
        f"{warning}; the theme knows {names}" if names else warning
        for kind, warning in found
        if kind.startswith("class ") and (name := kind.removeprefix("class ")) not in known and f".{name}" not in styles
    )
    yield from sorted(warnings)[:_MOST]
    if len(warnings) > _MOST:
        yield f"{len(warnings) - _MOST} more files contain classes without effect"


def _html_message(names: Counter[str]) -> str:
    said = [f"<{name}>" + (f" ({count} times)" if count > 1 else "") for name, count in names.items()]
    instead: dict[str, list[str]] = {}
    for name in names:
        words = _INSTEAD.get(name, "nothing" if name in _GONE or ":" in name else "")
        if words:
            instead.setdefault(words, []).append(f"<{name}>")
    remedy = [f"{words} instead of {' and '.join(tags)}" for words, tags in instead.items()]
    return f"HTML is shown as text: {', '.join(said)}" + (f"; write {', '.join(remedy)}" if remedy else "")
