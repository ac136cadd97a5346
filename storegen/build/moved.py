"""Warnings about pages whose addresses have changed because their section has another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from storegen.addresses import output_path
from storegen.errors import counted
from storegen.model.sections import SECTIONS
from storegen.model.store import LocalizedContent

_PAGE = "/index.html"


def moved_pages(gone: Iterable[str], there: AbstractSet[str], languages: Iterable[LocalizedContent]) -> Iterator[str]:
    """Yield a warning for each section whose pages were at other addresses in the last build.

    *gone* are the output files of the last build that this build deletes. *there* are the output files of this build.
    """
    pages = [path for path in gone if path.endswith(_PAGE)]
    for number, content in enumerate(languages if pages else ()):
        file = f"site.{content.language}.yaml" if number else "site.yaml"
        root = output_path(content.addresses.of("home")).removesuffix("index.html")
        for kind, key in SECTIONS.items():
            start = content.addresses.of(kind).lstrip("/")
            for old, count in _old_names(pages, there, root, start).items():
                new = start.removeprefix(root).rstrip("/")
                yield (
                    f"{file}: {counted(count, 'page')} moved from /{root}{old}/ to /{start}; "
                    f"to redirect the old addresses, write addresses: {{{key}: [{new}, {old}]}}"
                )


def _old_names(pages: Iterable[str], there: AbstractSet[str], root: str, start: str) -> Counter[str]:
    """Return the names that a section had in the last build, with their numbers of pages.

    *root* is the beginning of the language's addresses. *start* is the beginning of the section's addresses now.
    """
    found: Counter[str] = Counter()
    for path in pages:
        name, slash, rest = path.removeprefix(root).partition("/")
        if slash and path.startswith(root) and f"{start}{rest}" in there:
            found[name] += 1
    return found
