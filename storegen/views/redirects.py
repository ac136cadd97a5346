"""Redirects from old addresses: a file for hosts that read one, and a forwarding page for all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from storegen.addresses import output_path, same_place
from storegen.outputs import Output, page
from storegen.views.contexts.site_files import ForwardingPage, Lines
from storegen.views.shop import Shop

# The most redirects that Cloudflare Pages reads (developers.cloudflare.com/pages/configuration/redirects, 2026-11-29).
MOST = 2000
_SAFE = "/%:#?=&*"
_PAGE_ENDINGS = (".html", ".htm")


def redirects(shop: Shop, taken: Iterable[str]) -> Iterator[Output]:
    """Yield the file ``_redirects`` and the forwarding pages. *taken* are the paths of all other outputs.

    Where a page of the shop has the old address, there is no redirect.
    """
    sections = tuple(_section_moves(shop))
    if not shop.store.redirects and not sections:
        return
    taken = tuple(taken)
    used = {same_place(path) for path in taken}
    found = {old: target for old, target in _targets(shop).items() if old != target and not _is_page(old, used)}
    rules = (*found.items(), *_section_rules(sections, used))
    if rules:
        lines = tuple(f"{quote(old, safe=_SAFE)} {quote(target, safe=_SAFE)} 301" for old, target in rules)
        yield page("_redirects", "feeds/lines.txt", Lines(lines=lines), shop.language)
    if "redirect" not in shop.theme.pages:
        return
    found |= {old: new for old, new in _moved_pages(sections, taken) if old not in found}
    for old, target in found.items():
        path = _forwarding_path(old)
        if path and same_place(path) not in used:
            used.add(same_place(path))
            context = ForwardingPage(href=target, canonical=target if "://" in target else shop.absolute(target))
            yield page(path, "pages/redirect.html", context, shop.language)


def redirect_warnings(shop: Shop, taken: Iterable[str]) -> Iterator[str]:
    """Yield warnings about redirects without effect."""
    if not shop.store.redirects:
        return
    used = {same_place(path) for path in taken}
    lost = [old for old in shop.store.redirects if _is_page(old, used)]
    if lost:
        more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
        yield f"content/redirects.yaml: {lost[0]} is the address of a page now, so it is not redirected{more}"
    if len(shop.store.redirects) > MOST:
        count = len(shop.store.redirects)
        yield f"content/redirects.yaml: Cloudflare Pages reads at most {MOST:,} redirects, found {count:,}"


def _targets(shop: Shop) -> Mapping[str, str]:
    """Return the new address of each old one. Those of unpublished pages are left out."""
    found = ((old, shop.target(reference)) for old, reference in shop.store.redirects.items())
    return {old: target for old, target in found if target}


def _section_moves(shop: Shop) -> Iterator[tuple[str, str]]:
    """Yield the old and the new first part of addresses, for sections that have another name now."""
    for other in shop.others.values():
        addresses = other.content.addresses
        for kind, former in addresses.former.items():
            yield from ((old, addresses.of(kind)) for old in former)


def _section_rules(moves: Iterable[tuple[str, str]], used: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a rule for all old addresses of each section. There is none if pages of the shop have such addresses.

    Some hosts apply a rule even where there is a page (developers.cloudflare.com/pages/configuration/redirects,
    2026-11-29).
    """
    for old, new in moves:
        start = same_place(old.lstrip("/"))
        if not any(path.startswith(start) for path in used):
            yield f"{old}*", f"{new}:splat"


def _moved_pages(moves: Iterable[tuple[str, str]], taken: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new address of each page, for sections that have another name now."""
    pages = [f"/{path.removesuffix('index.html')}" for path in taken if path.endswith("index.html")]
    for old, new in moves:
        yield from ((f"{old}{place.removeprefix(new)}", place) for place in pages if place.startswith(new))


def _is_page(old: str, used: set[str]) -> bool:
    """Return whether an old address is exactly that of a page, with or without the closing slash."""
    path = output_path(old if "." in old.rpartition("/")[2] else f"{old.rstrip('/')}/")
    return path in used


def _forwarding_path(old: str) -> str:
    """Return the output file of an old address, empty if static hosts would not serve it as a page."""
    last = old.rpartition("/")[2]
    if "." in last:
        return output_path(old) if last.endswith(_PAGE_ENDINGS) else ""
    return output_path(f"{old.rstrip('/')}/")
