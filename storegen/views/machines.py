"""What machines read: sitemap, news feed, robots.txt, the headers file and the provider's own files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storegen.addresses import output_path
from storegen.model.product import variants_of
from storegen.outputs import Blob, Output, Page
from storegen.views.around import alternates
from storegen.views.articles import in_order
from storegen.views.cards import item_of
from storegen.views.shapes import Feed, FeedEntry, Lines, Sitemap, SitemapEntry
from storegen.views.shop import Shop

MAX_ENTRIES = 50_000  # https://www.sitemaps.org/protocol.html
FEED_LENGTH = 20
_YEAR = 31_536_000


def feeds(shop: Shop) -> Iterator[Output]:
    """Yield the news feed of one language: its guides and posts, newest first."""
    entries = [*_entries(shop, "guide"), *_entries(shop, "post")]
    if not entries:
        return
    entries.sort(key=lambda entry: (entry.updated, entry.url), reverse=True)
    path = f"{shop.at('home')}feed.xml"
    feed = Feed(
        title=shop.config.name,
        subtitle=shop.config.tagline,
        url=shop.absolute(path),
        home=shop.absolute(shop.at("home")),
        language=shop.language,
        updated=entries[0].updated,
        author=shop.config.company.legal_name or shop.config.name,
        entries=tuple(entries[:FEED_LENGTH]),
    )
    yield Page(output_path(path), "feeds/atom.xml", feed, shop.language)


def _entries(shop: Shop, kind: str) -> Iterator[FeedEntry]:
    group = shop.published_guides if kind == "guide" else shop.published_posts
    for article in in_order("post", group):
        published = article.date or article.checked
        if published is None:
            continue
        author = shop.edition.people.get(article.author)
        yield FeedEntry(
            title=article.title,
            url=shop.absolute(shop.href(kind, article)),
            updated=max(published, article.checked or published),
            published=published,
            author=author.name if author else "",
            summary=article.summary,
        )


def sitemaps(shops: Sequence[Shop], pages: Iterable[tuple[str, bool]], *, limit: int = MAX_ENTRIES) -> Iterator[Output]:
    """Yield the sitemap of all languages, as an index of several where there are more than *limit* addresses.

    *pages* are the addresses of all pages with whether search engines may list them.
    """
    first = shops[0]
    details = _details(shops)
    entries = [details.get(path, SitemapEntry(loc=first.absolute(path))) for path, indexed in sorted(pages) if indexed]
    parts = [tuple(entries[start : start + limit]) for start in range(0, len(entries), limit)] or [()]
    if len(parts) == 1:
        yield Page("sitemap.xml", "feeds/sitemap.xml", Sitemap(entries=parts[0]), first.language)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "feeds/sitemap.xml", Sitemap(entries=part), first.language)
    index = Sitemap(entries=tuple(SitemapEntry(loc=first.absolute(f"/{name}")) for name in names))
    yield Page("sitemap.xml", "feeds/sitemap-index.xml", index, first.language)


def _details(shops: Sequence[Shop]) -> Mapping[str, SitemapEntry]:
    """Return the entries that say more than an address: a date, or other languages."""
    found: dict[str, SitemapEntry] = {}
    for shop in shops:
        for kind in ("product", "category", "guide", "post", "page", "person"):
            for record in shop.records(kind).values():
                modified: dt.datetime | None = getattr(record, "checked", None) or getattr(record, "date", None)
                others = alternates(shop, kind, record)
                if modified is None and not others:
                    continue
                path = shop.href(kind, record)
                found[path] = SitemapEntry(
                    loc=shop.absolute(path),
                    modified=modified.date().isoformat() if modified else "",
                    alternates=tuple((language, shop.absolute(href)) for language, href in others.items()),
                )
    return found


def robots(shop: Shop) -> Iterator[Output]:
    """Yield robots.txt."""
    lines = (
        "User-agent: *",
        "Disallow: /cart/" if shop.provider.cart else "Disallow:",
        "",
        f"Sitemap: {shop.absolute('/sitemap.xml')}",
    )
    yield Page("robots.txt", "feeds/lines.txt", Lines(lines=lines), shop.language)


def headers(shop: Shop, policy: str) -> Iterator[Output]:
    """Yield the headers file that static hosts read: the policy, and how long files with a fingerprint may be kept."""
    lines = (
        "/*",
        f"  Content-Security-Policy: {policy}; frame-ancestors 'none'",
        "  X-Content-Type-Options: nosniff",
        "  X-Frame-Options: DENY",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), microphone=(), geolocation=()",
        "  Strict-Transport-Security: max-age=31536000",
        "",
        "/assets/*",
        f"  Cache-Control: public, max-age={_YEAR}, immutable",
        "",
        "/media/*",
        f"  Cache-Control: public, max-age={_YEAR}, immutable",
    )
    yield Page("_headers", "feeds/lines.txt", Lines(lines=lines), shop.language)


def provider_files(shop: Shop) -> Iterator[Output]:
    """Yield the files that the payment provider wants to find in the shop."""
    items = (
        item_of(shop, product, variant)
        for product in shop.edition.products.values()
        for variant in variants_of(product)
    )
    for path, data in shop.provider.files(items):
        yield Blob(path, data)
