"""Warnings about HTML in texts, which pages show literally, and the Markdown to use instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from storegen.load.sources import Source
from storegen.model.fields import Fields
from storegen.references import Reference, without_code
from storegen.yaml import Place

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>|<!--")
_ELEMENTS = frozenset(
    "a abbr address article aside audio b big blockquote body br button caption center cite code col colgroup dd del "
    "details div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img "
    "input ins kbd label li link main mark meta nav object ol option p picture pre q s samp script section select "
    "small source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead time tr tt u ul "
    "var video wbr".split()
)
# The Markdown for an HTML element.
_INSTEAD = {
    "a": "[words](address)",
    "img": "![words](media/picture.jpg)",
    "br": "two spaces at the end of a line",
    **dict.fromkeys(("b", "strong"), "**words**"),
    **dict.fromkeys(("i", "em"), "*words*"),
    **dict.fromkeys(("ul", "ol", "li"), "lines that begin with - or 1."),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "## words"),
    "p": "a blank line",
    "hr": "---",
    "blockquote": "> words",
    **dict.fromkeys(("code", "pre", "tt"), "`words`"),
    **dict.fromkeys(("table", "tr", "td", "th"), "| words | words |"),
}
_MOST = 10


def html_warning(fields: Fields, source: Source | Callable[[Place], Source]) -> str:
    """Return a warning about HTML in a record's texts, with its first place and all elements, or an empty string."""
    first: tuple[Place, Reference] | None = None
    names: Counter[str] = Counter()
    for place, text, _ in fields.markdown:
        for found, name in _tags(text):
            first = first or (place, found)
            names[name] += 1
    if first is None:
        return ""
    file = source if isinstance(source, Source) else source(first[0])
    return str(file.text_problem(*first, _message(names)))


def some_warnings(found: Iterable[str]) -> Iterator[str]:
    """Yield the warnings about the first files, and the number of the others."""
    warnings = sorted(set(filter(None, found)))
    yield from warnings[:_MOST]
    if len(warnings) > _MOST:
        place = warnings[_MOST].partition(": ")[0]
        yield f"{len(warnings) - _MOST} more files hold HTML that is shown as text, such as {place}"


def _tags(text: str) -> Iterator[tuple[Reference, str]]:
    """Yield the opening HTML tags and comments in a text outside its code, with their names."""
    if "<" not in text or not _TAG.search(text):
        return
    plain = without_code(text)
    for found in _TAG.finditer(plain):
        name = (found[1] or "!--").lower()
        if name in _ELEMENTS or name == "!--":
            beginning = re.match(r"</?[\w!-]+", found[0])
            target = beginning[0] if beginning else found[0]
            if not target.startswith("</"):
                yield Reference(target, plain.count("\n", 0, found.start()) + 1), name


def _message(names: Counter[str]) -> str:
    shown = {name: "<!-- -->" if name == "!--" else f"<{name}>" for name in names}
    said = [shown[name] + (f" ({count} times)" if count > 1 else "") for name, count in names.items()]
    instead: dict[str, list[str]] = {}
    for name in names:
        if name in _INSTEAD:
            instead.setdefault(_INSTEAD[name], []).append(f"<{name}>")
    remedy = [f"{words} instead of {' and '.join(tags)}" for words, tags in instead.items()]
    return f"HTML is shown as text: {', '.join(said)}" + (f"; write {', '.join(remedy)}" if remedy else "")
