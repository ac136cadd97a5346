"""Guides and blog posts, and the lists of them."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import quote

from storegen.addresses import output_path, page_of
from storegen.model.article import Article, Sidenote
from storegen.outputs import Output, Page, digest, encode
from storegen.tracking.sharing import share_links
from storegen.views.cards import article_card, person_tag
from storegen.views.catalog import Catalog
from storegen.views.category import pages_of
from storegen.views.comments import comment_form, comments_of
from storegen.views.contexts.articles import ArticleListPage, ArticlePage, SidenoteLine
from storegen.views.contexts.parts import Card, Link
from storegen.views.forms import form_of
from storegen.views.head import alternates, breadcrumbs, fixed_alternates, head_of, of_page, page_title
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of, minutes_of
from storegen.views.promises import fill
from storegen.views.prose import embedded, text_of
from storegen.views.shop import Shop

Kind = Literal["guide", "post"]

SHOWN_PRODUCTS = 4
SHOWN_MORE = 3


def articles(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of all guides and posts whose date has come, and the list pages."""
    groups: tuple[tuple[Kind, Mapping[str, Article]], ...] = (
        ("guide", shop.published_guides),
        ("post", shop.published_posts),
    )
    for kind, group in groups:
        listed = in_order(shop, kind, group)
        for article in group.values():
            row = shop.content.rows[kind][article.id]
            href = shop.href(kind, article)
            yield Page(
                output_path(href),
                "pages/article.html",
                functools.partial(_article, shop, catalog, kind, article, listed),
                shop.language,
                article.file,
                fingerprint=digest(catalog.fingerprint_of(row), encode(comments_of(shop, kind, article.id))),
                listed=href if article.status != "unlisted" else "",
            )
        if listed:
            yield from _lists(shop, catalog, kind, listed)


def in_order(shop: Shop, kind: Kind, group: Mapping[str, Article]) -> list[Article]:
    """Return the listed articles: guides by their order and title, posts newest first."""
    listed = [article for article in group.values() if article.status == "published"]
    if kind == "guide":
        return sorted(listed, key=lambda each: (each.order, shop.sort_key(each.title), each.id))
    return sorted(listed, key=lambda each: (each.date.timestamp() if each.date else 0.0, each.id), reverse=True)


def _list_link(shop: Shop, kind: Kind) -> Link:
    word = "nav.guides" if kind == "guide" else "nav.blog"
    return Link(text=shop.word(word), href=shop.at(kind))


def _article(shop: Shop, catalog: Catalog, kind: Kind, article: Article, listed: list[Article]) -> ArticlePage:
    href = shop.href(kind, article)
    shown = picture(shop, article.picture)
    language = shop.text_language(article)
    body = text_of(shop, catalog, article.body, language=language, videos=article.videos)
    author = shop.content.people.get(article.author)
    following = [each for each in _after(listed, article) if each.id != article.id]
    return ArticlePage(
        head=head_of(
            shop,
            href,
            title=article.title,
            description=description_of(article.summary, article.body),
            alternates=alternates(shop, kind, article.id),
            section=shop.at(kind),
            image=shown,
            kind="article",
            index=article.status != "unlisted",
            markdown=True,
            preload=shown,
        ),
        breadcrumbs=breadcrumbs(shop, _list_link(shop, kind), Link(text=article.short or article.title, href=href)),
        kind=kind,
        title=article.title,
        language=language,
        summary=shop.linked(article.summary),
        author=person_tag(shop, author),
        minutes=minutes_of(article.body),
        date=article.date,
        checked=article.checked,
        picture=shown,
        body=body,
        sidenotes=tuple(_sidenote(shop, note) for note in article.sidenotes),
        cards=_cards(catalog, article),
        cards_title=article.products_title,
        more=tuple(article_card(shop, each, kind) for each in following[:SHOWN_MORE]),
        newsletter=form_of(shop, "newsletter") if not (body and "form:newsletter" in body.forms) else None,
        ask=_ask(shop, article),
        comments=comments_of(shop, kind, article.id),
        comment=comment_form(shop, article),
        share=_share(shop, article, href),
        extra=dict(article.extra),
    )


def _sidenote(shop: Shop, note: Sidenote) -> SidenoteLine:
    link = shop.link(note.link, note.link_text) if note.link else None
    return SidenoteLine(title=note.title, text=fill(shop, shop.linked(note.text)), link=link)


def _after(listed: list[Article], article: Article) -> list[Article]:
    """Return the other articles in circular order after *article*, so that each one is shown on few pages."""
    place = next((number for number, each in enumerate(listed) if each.id == article.id), 0)
    return listed[place + 1 :] + listed[:place]


def _cards(catalog: Catalog, article: Article) -> tuple[Card, ...]:
    return catalog.cards((*article.products, *embedded(article.body)))[:SHOWN_PRODUCTS]


def _share(shop: Shop, article: Article, href: str) -> tuple[Link, ...]:
    """Return the links with which readers pass an article on, each tagged with its channel."""
    found = share_links(shop.config.share, shop.absolute(href), article.title, article.id)
    return tuple(Link(text=title or shop.word("share.email"), href=link) for title, link in found)


def _ask(shop: Shop, article: Article) -> str:
    author = shop.content.people.get(article.author)
    email = (author.email if author else None) or shop.config.company.email
    return f"mailto:{email}?subject={quote(article.title)}" if email else ""


def _lists(shop: Shop, catalog: Catalog, kind: Kind, listed: list[Article]) -> Iterator[Output]:
    for number in range(1, math.ceil(len(listed) / shop.theme.per_page) + 1):
        path = page_of(shop.at(kind), number)
        yield Page(
            output_path(path),
            "pages/articles.html",
            functools.partial(_list, shop, kind, listed, number),
            shop.language,
            fingerprint=digest(catalog.fingerprints.of_shop),
            listed=path,
        )


def _list(shop: Shop, kind: Kind, listed: list[Article], number: int) -> ArticleListPage:
    size = shop.theme.per_page
    link = _list_link(shop, kind)
    pages = pages_of(link.href, number, size, len(listed))
    return ArticleListPage(
        head=head_of(
            shop,
            page_of(link.href, number),
            title=page_title(shop, link.text, number),
            alternates=of_page(shop, fixed_alternates(shop, kind), number),
            section=link.href,
            previous=pages.previous,
            next_=pages.next,
        ),
        breadcrumbs=breadcrumbs(shop, link),
        kind=kind,
        articles=tuple(article_card(shop, each, kind) for each in listed[(number - 1) * size : number * size]),
        pages=pages,
        feed=f"{shop.at('home')}feed.xml",
    )
