"""What must hold of a built shop: every page of the catalogue, complete, and nothing stale or touched for nothing."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from copies import Bench, BuildError, Copy
from edits import Outcome, page_of

# Pages beside the catalogue's that no search engine lists: the cart, the search, and what answers a wrong address.
UNLISTED = ("cart/index.html", "search/index.html", "404.html")
# What is on a page in another form than with the peers: categories stand at /travel/, theirs at /category/travel/; the
# default theme's choices are buttons.
OTHERWISE = {"plain": {"nav"}, "default": {"nav", "select"}}


def files_of(output: Path) -> dict[str, os.stat_result]:
    """Return every file of an output folder by its name, with size and times."""
    return dict(_walk(str(output), ""))


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", entry.stat()


def kind_of(bench: Bench, name: str) -> str:
    """Return which of the catalogue's kinds a page is of; lists of articles and people are of none."""
    parts = name.split("/")
    if name == "index.html":
        return "home"
    if parts[-1] != "index.html":
        return ""
    if parts[0] == "products":
        return "products"
    if parts[0] in {"guides", "blog"}:
        return "articles" if len(parts) == 3 and not parts[1].isdigit() else ""
    return "categories" if parts[0] in bench.tops else ""


def check_shop(copy: Copy, files: Mapping[str, os.stat_result], *, added: int = 0) -> None:
    """Raise BuildError unless every page of the catalogue is there and in the sitemap; *added* says how many products more."""
    kinds = Counter(kind_of(copy.bench, name) for name in files)
    for kind, number in copy.bench.expected.items():
        least = number + added if kind == "products" else number
        most = number + 2 * added if kind == "categories" else least  # a full list of either level gets another page
        if not least <= kinds[kind] <= most:
            raise BuildError(f"expected {least} pages of {kind}, found {kinds[kind]}")
    _check_sitemap(copy, files)


def check_parts(copy: Copy) -> None:
    """Raise BuildError unless a product's page holds what every tool's page must hold."""
    bench = copy.bench
    html = _text(copy, page_of(bench.edited["slug"]))
    missing = [part for part in bench.runner.markers(html, bench.edited) if part not in OTHERWISE[bench.theme]]
    missing += [f"a link to {top}" for top in sorted(bench.tops) if f'href="/{top}/"' not in html]
    if missing:
        raise BuildError(f"the page of {bench.edited['slug']} lacks {', '.join(missing)}")


def _check_sitemap(copy: Copy, files: Mapping[str, os.stat_result]) -> None:
    maps = [name for name in files if re.fullmatch(r"sitemap(-\d+)?\.xml", name)]
    listed = {place for name in maps for place in re.findall(r"<loc>(.*?)</loc>", _text(copy, name))}
    root = copy.bench.catalogue.STORE["url"]
    pages = {name for name in files if name.endswith(".html") and name not in UNLISTED}
    missing = {f"{root}/{name.removesuffix('index.html')}" for name in pages} - listed
    if missing:
        raise BuildError(f"the sitemap lacks {len(missing)} pages, such as {min(missing)}")


def check_outcome(
    copy: Copy, before: Mapping[str, os.stat_result], after: Mapping[str, os.stat_result], outcome: Outcome
) -> None:
    """Raise BuildError unless a change reached every page that shows it, and no other page was written."""
    pages = [name for name in after if name.endswith(".html")]
    written = {name for name in pages if name not in before or before[name].st_mtime_ns != after[name].st_mtime_ns}
    if outcome.touched is not None and written != outcome.touched:
        odd = sorted(written ^ outcome.touched)
        raise BuildError(f"{len(odd)} pages were written for nothing, or not at all, such as {odd[0]}")
    shown = pages if outcome.everywhere else [outcome.page] if outcome.page else []
    lacking = [name for name in shown if not _has(copy, name, outcome.text)]
    if lacking:
        raise BuildError(f'{len(lacking)} pages lack "{outcome.text}", such as {lacking[0]}')
    if outcome.price:
        _check_price(copy, pages, written, outcome.price)
    if outcome.added:
        _check_listed(copy, pages, outcome.page)


def _check_price(copy: Copy, pages: list[str], written: set[str], price: str) -> None:
    """Every list and product that shows the edited product shows its price; no other product was written."""
    slug = copy.bench.edited["slug"]
    for name in pages:
        kind = kind_of(copy.bench, name)
        shows = kind in {"products", "categories"} and f"/products/{slug}/" in _text(copy, name)
        if shows and not _has(copy, name, price):
            raise BuildError(f"{name} does not show the price {price}")
        if kind == "products" and name in written and not shows:
            raise BuildError(f"{name} was written, but does not show {slug}")


def _check_listed(copy: Copy, pages: list[str], page: str) -> None:
    """A new product is listed in its category and in the one above."""
    link = f'href="/{page.removesuffix("index.html")}"'
    lists = [name for name in pages if kind_of(copy.bench, name) == "categories" and _has(copy, name, link)]
    if len(lists) != 2:
        raise BuildError(f"{page} is listed on {len(lists)} pages of categories: {', '.join(lists)}")


def digest_of(output: Path) -> str:
    """Return a digest of every file's name and content."""
    state = hashlib.blake2b(digest_size=16)
    for name in sorted(files_of(output)):
        data = (output / name).read_bytes()
        state.update(f"{name}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()


def _has(copy: Copy, name: str, text: str) -> bool:
    return text in _text(copy, name)


def _text(copy: Copy, name: str) -> str:
    return (copy.output / name).read_text(encoding="utf-8")
