"""llms.txt: the shop in brief, for assistants that read pages for their users. llmstxt.org, read on 2026-11-30."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storegen.markdown.plain_text import plain_line
from storegen.model.article import Article, CompanyPage
from storegen.model.category import Category
from storegen.outputs import Output, page
from storegen.views.articles import in_order
from storegen.views.catalog import Catalog
from storegen.views.contexts.site_files import Lines
from storegen.views.shop import Shop

_MOST = 100  # links of a section: the file is read as a whole
_MARKS = re.compile(r"[\[\]<>`\\]")


def llms_txt(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield llms.txt in the shop's first language: what the shop is, its categories, its texts and its product feed."""
    if not shop.config.llms_txt or shop.preview:
        return
    config = shop.config
    lines = [f"# {_plain(config.name)}", ""]
    if about := _plain(config.description or config.tagline):
        lines += [f"> {about}", ""]
    for title, links in _sections(shop, catalog):
        shown = [link for link in links if link][:_MOST]
        lines += [f"## {title}", "", *shown, ""] if shown else []
    yield page("llms.txt", "feeds/lines.txt", Lines(lines=tuple(lines[:-1])), shop.language)


def _sections(shop: Shop, catalog: Catalog) -> Iterator[tuple[str, Iterable[str]]]:
    content = shop.content
    shown = (each for each in content.categories.values() if each.status == "published")
    categories = sorted(shown, key=lambda each: (each.id.count("/"), each.order, each.id))
    goods = [each for each in categories if catalog.by_category[each.id]]
    pages = [each for each in content.pages.values() if each.status == "published"]
    yield shop.word("footer.shop"), _links(shop, "category", goods)
    yield shop.word("nav.guides"), _links(shop, "guide", in_order(shop, "guide", shop.published_guides))
    yield shop.word("nav.blog"), _links(shop, "post", in_order(shop, "post", shop.published_posts))
    yield shop.word("footer.help"), _links(shop, "page", pages)
    # The format gives this title a meaning: what a reader may leave out.
    yield "Optional", _data(shop)


def _links(shop: Shop, kind: str, records: Iterable[Category | Article | CompanyPage]) -> Iterator[str]:
    for each in records:
        name = each.name if isinstance(each, Category) else each.title
        yield _line(shop, name, shop.href(kind, each), each.summary)


def _data(shop: Shop) -> Iterator[str]:
    if "google" in shop.config.feeds:
        feed = f"{shop.at('home')}feeds/google.xml"
        yield _line(shop, "Product feed", feed, "Every article with its price and availability")
    if shop.has_markdown:
        yield "- Products, guides and posts are also there as Markdown: add index.html.md to the address"
    yield _line(shop, "Sitemap", "/sitemap.xml")
    for other in shop.others.values():
        if other.language != shop.language:
            yield _line(shop, other.language_name, other.at("home"))


def _line(shop: Shop, name: str, href: str, note: str = "") -> str:
    about = _plain(note)
    return f"- [{_plain(name)}]({shop.absolute(href)})" + (f": {about}" if about else "")


def _plain(text: str) -> str:
    """Return a text as one line without signs that mean something in Markdown."""
    return _MARKS.sub("", plain_line(text))
