"""Files for machines: sitemap, Atom feed, robots.txt, headers file and the provider's own files."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import quote

from storegen.addresses import output_path
from storegen.checkout import Item
from storegen.markdown.plain_text import plain_line
from storegen.model.content_types import BY_NAME, LINKED
from storegen.outputs import Blob, Output, Page, digest, page
from storegen.references import DRAWN
from storegen.views.articles import in_order
from storegen.views.catalog import Catalog
from storegen.views.contexts.site_files import Feed, FeedEntry, Lines, Sitemap, SitemapEntry
from storegen.views.head import alternates, fixed_alternates, of_page
from storegen.views.shop import Shop

MAX_ENTRIES = 50_000  # https://www.sitemaps.org/protocol.html
FEED_LENGTH = 20
# The pages that every language has, with those of lists.
_FIXED = ("home", "product", "guide", "post", "categories", "track", "support", *DRAWN)
_YEAR = 31_536_000


def atom_feed(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the Atom feed of one language: its guides, posts and new products, newest first."""
    entries = feed_entries(shop, catalog)
    if not entries:
        return
    path = f"{shop.at('home')}feed.xml"
    feed = Feed(
        title=shop.config.name,
        subtitle=shop.config.tagline,
        url=shop.absolute(path),
        home=shop.absolute(shop.at("home")),
        language=shop.language,
        updated=entries[0].updated,
        author=shop.config.company.legal_name or shop.config.name,
        entries=entries,
    )
    yield page(output_path(path), "feeds/atom.xml", feed, shop.language)


def feed_entries(shop: Shop, catalog: Catalog) -> tuple[FeedEntry, ...]:
    """Return the entries of the Atom feed, newest first. Without any, the shop has no feed."""
    entries = [*_entries(shop, "guide"), *_entries(shop, "post"), *_products(shop, catalog)]
    entries.sort(key=lambda entry: (entry.updated, entry.url), reverse=True)
    return tuple(entries[:FEED_LENGTH])


def _entries(shop: Shop, kind: str) -> Iterator[FeedEntry]:
    group = shop.published_guides if kind == "guide" else shop.published_posts
    for article in in_order(shop, "post", group):
        published = article.date or article.checked
        if published is None:
            continue
        author = shop.content.people.get(article.author)
        yield FeedEntry(
            title=article.title,
            url=shop.absolute(shop.href(kind, article)),
            updated=max(published, article.checked or published),
            published=published,
            author=author.name if author else "",
            summary=plain_line(article.summary),
        )


def _products(shop: Shop, catalog: Catalog) -> Iterator[FeedEntry]:
    """Yield the products that came last. A product without the day on which it came is none of them."""
    dated = (
        (each.added, name) for name, each in catalog.summaries.items() if each.added and each.status == "published"
    )
    days = ((dt.datetime.fromisoformat(day).replace(tzinfo=shop.config.zone), name) for day, name in dated)
    come = [(day, name) for day, name in days if shop.clock.reached(day)]
    for day, name in sorted(come, reverse=True)[:FEED_LENGTH]:
        product = shop.content.products[name]
        yield FeedEntry(
            title=product.name,
            url=shop.absolute(shop.href("product", product)),
            updated=day,
            published=day,
            summary=plain_line(product.summary),
        )


def sitemaps(catalogs: Sequence[Catalog], listed: Iterable[str], *, limit: int = MAX_ENTRIES) -> Iterator[Output]:
    """Yield the sitemap of all languages, or an index and several sitemaps for more than *limit* addresses.

    *listed* are the addresses of all pages that search engines may list.
    """
    paths = sorted(listed)
    shops = [catalog.shop for catalog in catalogs]
    first = shops[0]
    parts = [paths[start : start + limit] for start in range(0, len(paths), limit)] or [[]]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else ["sitemap.xml"]
    known = digest(*(catalog.fingerprints.of_shop for catalog in catalogs))
    for name, part in zip(names, parts, strict=True):
        recipe = functools.partial(_sitemap, shops, part)
        fingerprint = digest(known, "\n".join(part).encode())
        yield Page(name, "feeds/sitemap.xml", recipe, first.language, fingerprint=fingerprint)
    if len(parts) > 1:
        index = Sitemap(entries=tuple(SitemapEntry(loc=first.absolute(f"/{name}")) for name in names))
        yield page("sitemap.xml", "feeds/sitemap-index.xml", index, first.language)


def _sitemap(shops: Sequence[Shop], paths: list[str]) -> Sitemap:
    details = _details(shops, frozenset(paths))
    return Sitemap(entries=tuple(details.get(path) or SitemapEntry(loc=shops[0].absolute(path)) for path in paths))


def _details(shops: Sequence[Shop], listed: AbstractSet[str]) -> Mapping[str, SitemapEntry]:
    """Return the sitemap entries that have a date or other languages in addition to the address."""
    found: dict[str, SitemapEntry] = {}
    first = shops[0]
    for kind in _FIXED:
        _add(found, first, listed, fixed_alternates(first, kind))
    products = dict.fromkeys(name for shop in shops for name in shop.content.products) if len(shops) > 1 else {}
    for name in products:
        _add(found, first, listed, alternates(first, "product", name))
    for kind in (kind for kind in LINKED if not BY_NAME[kind].many):
        for name, record in first.records(kind).items():
            modified: dt.datetime | None = getattr(record, "checked", None) or getattr(record, "date", None)
            others = alternates(first, kind, name) or {first.language: first.href(kind, record)}
            _add(found, first, listed, others, modified.date().isoformat() if modified else "")
    return found


def _add(
    found: dict[str, SitemapEntry], shop: Shop, listed: AbstractSet[str], places: Mapping[str, str], modified: str = ""
) -> None:
    """Add the entries of a page in every language, and those of the further pages of a list in each market."""
    _add_page(found, shop, places, modified)
    for other in {each.content.market: each for language, each in shop.others.items() if language in places}.values():
        number = 2
        while (here := of_page(other, places, number)) and not listed.isdisjoint(here.values()):
            _add_page(found, shop, here)
            number += 1


def _add_page(found: dict[str, SitemapEntry], shop: Shop, places: Mapping[str, str], modified: str = "") -> None:
    others = tuple((language, shop.absolute(href)) for language, href in places.items()) if len(places) > 1 else ()
    for href in places.values():
        found[href] = SitemapEntry(loc=shop.absolute(href), modified=modified, alternates=others)


def robots(shop: Shop) -> Iterator[Output]:
    """Yield robots.txt. Crawlers stay out of the carts of all languages."""
    if shop.preview:
        # Open: a crawler must read a page to find its noindex (developers.google.com, robots meta tag, 2026-11).
        lines: tuple[str, ...] = ("User-agent: *", "Disallow:")
    else:
        closed = [other.at("cart") for other in shop.others.values()] if shop.provider.cart else [""]
        rules = (f"Disallow: {quote(each)}".strip() for each in closed)
        lines = ("User-agent: *", *rules, "", f"Sitemap: {shop.absolute('/sitemap.xml')}")
    yield page("robots.txt", "feeds/lines.txt", Lines(lines=lines), shop.language)


def headers(shop: Shop, policy: str) -> Iterator[Output]:
    """Yield the headers file for static hosts: the policy, and the cache lifetime of files with a fingerprint."""
    lines = (
        "/*",
        f"  Content-Security-Policy: {policy}; frame-ancestors 'none'",
        "  X-Content-Type-Options: nosniff",
        "  X-Frame-Options: DENY",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), microphone=(), geolocation=()",
        "  Strict-Transport-Security: max-age=31536000",
        *(("  X-Robots-Tag: noindex",) if shop.preview else ()),
        "",
        "/assets/*",
        f"  Cache-Control: public, max-age={_YEAR}, immutable",
        "",
        "/media/*",
        f"  Cache-Control: public, max-age={_YEAR}, immutable",
    )
    yield page("_headers", "feeds/lines.txt", Lines(lines=lines), shop.language)


def provider_files(catalog: Catalog) -> Iterator[Output]:
    """Yield the files that the payment provider expects on the site."""
    provider = catalog.shop.provider
    for path, make in provider.files.items():
        fingerprint = digest(
            catalog.fingerprints.of_shop, b"".join(summary.items_fingerprint for summary in catalog.summaries.values())
        )
        yield Blob(path, functools.partial(_sold, make, catalog), fingerprint)


def _sold(make: Callable[[Iterable[Item]], bytes], catalog: Catalog) -> bytes:
    return make(catalog.items())
