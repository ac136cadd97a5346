"""Warnings about pages whose addresses have changed because their section has another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from storegen.addresses import output_path
from storegen.errors import counted
from storegen.model.sections import SECTIONS
from storegen.model.store import LocalizedContent
from storegen.write.manifest import Comparison

_PAGE = "/index.html"


def moved_pages(comparison: Comparison, languages: Iterable[LocalizedContent]) -> Iterator[str]:
    """Yield a warning for each section whose pages were at other addresses in the last build."""
    gone = [path for path in comparison.gone if path.endswith(_PAGE)]
    if not gone:
        return
    new = {path for each in comparison.candidates if not comparison.owns(path := each.output.path)}
    for number, content in enumerate(languages):
        file = f"site.{content.language}.yaml" if number else "site.yaml"
        root = output_path(content.addresses.of("home")).removesuffix("index.html")
        for kind, key in SECTIONS.items():
            start = content.addresses.of(kind).lstrip("/")
            if found := _old_name(_old_names(gone, new, root, start), key):
                old, count = found
                name = start.removeprefix(root).rstrip("/")
                yield (
                    f"{file}: {counted(count, 'page')} moved from /{root}{old}/ to /{start}; "
                    f"to redirect the old addresses, write addresses: {{{key}: [{name}, {old}]}}"
                )


def _old_name(found: Counter[str], key: str) -> tuple[str, int] | None:
    """Return the old name of a section with its number of pages, None if it isn't clear.

    The first pages of several renamed sections are all candidates for the first page of each.
    """
    if key in found:
        return key, found[key]
    ranked = found.most_common(2)
    equal = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0] if ranked and not equal else None


def _old_names(gone: Iterable[str], new: AbstractSet[str], root: str, start: str) -> Counter[str]:
    """Return the names that a section may have had in the last build, with their numbers of pages.

    *root* is the beginning of the language's addresses. *start* is the beginning of the section's addresses now.
    """
    found: Counter[str] = Counter()
    for path in gone:
        name, slash, rest = path.removeprefix(root).partition("/")
        if slash and path.startswith(root) and f"{start}{rest}" in new:
            found[name] += 1
    return found
