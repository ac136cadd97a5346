"""Redirects: old addresses of the shop, each with the page that is there now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from storegen.errors import Problem
from storegen.load.links import Names, link_fault
from storegen.load.sources import Source, read_sources
from storegen.model.content_types import OLD_ADDRESS

REDIRECTS = "content/redirects.yaml"


def read_redirects(site: Path, problems: list[Problem]) -> Mapping[str, str]:
    """Return the references to the new pages, keyed by old address. Mistakes are added to *problems*."""
    if not (site / REDIRECTS).is_file():
        return {}
    found: dict[str, str] = {}
    for source in read_sources(site, REDIRECTS, problems):
        if source.place:
            problems.append(source.problem((), "expected keys with values, found a list"))
            return {}
        for old, target in source.data.items():
            if not OLD_ADDRESS.fullmatch(old) or old.startswith("//"):
                meant = _path_of(old)
                asks = "; hosts ignore the part after ?, so delete this line" if "?" in old else ""
                remedy = f"; write {meant}" if meant else asks
                message = f'expected the path of an old address, like /product/tea/, found "{old}"{remedy}'
                problems.append(source.problem((old,), message))
            elif not isinstance(target, str):
                problems.append(source.problem((old,), "expected a link like product:tea"))
            else:
                found[old] = target
    return found


def _path_of(old: str) -> str:
    """Return the path of an old address, without host, query and fragment; empty if no path is left."""
    rest = re.sub(r"^https?://[^/?#]*|^//[^/?#]*", "", old)
    path = re.split(r"[?#]", rest, maxsplit=1)[0]
    path = path if path.startswith("/") else f"/{path}"
    return path if path != "/" and path.strip("/") and OLD_ADDRESS.fullmatch(path) else ""


def check_redirects(site: Path, redirects: Mapping[str, str], languages: Sequence[Names]) -> Iterator[Problem]:
    """Yield the redirects to pages that exist in no language. A draft is not a mistake: its redirect is left out.

    *languages* are the names in each language. The first language's come first.
    """
    source = Source(site, REDIRECTS, {})
    for old, target in redirects.items():
        fault = link_fault(target, languages[0])
        if fault and all(link_fault(target, names) for names in languages[1:]):
            yield source.problem((old,), fault)
