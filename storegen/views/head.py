"""The head of a page: title, address, languages and breadcrumbs."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.addresses import page_of
from storegen.model.picture import Image
from storegen.views.contexts.page import (
    Alternate,
    Head,
)
from storegen.views.contexts.parts import Link, Picture
from storegen.views.pictures import picture
from storegen.views.plain_text import shortened
from storegen.views.shop import Shop


def head_of(  # noqa: PLR0913 - the keywords of one record
    shop: Shop,
    path: str,
    *,
    title: str,
    description: str = "",
    alternates: Mapping[str, str] | None = None,
    section: str = "",
    image: Picture | None = None,
    kind: str = "website",
    index: bool = True,
    canonical: str = "",
    preload: Picture | None = None,
    previous: str = "",
    next_: str = "",
    markdown: bool = False,
) -> Head:
    """Return a page's head. *alternates* are its addresses by language, *image* is the picture for shared links.

    The *description* is plain text. It is shortened. *canonical* is the address of the page that shows the same and
    more, if it is not this page. *markdown* says that the same text is there as Markdown.
    """
    shared = image or share_picture(shop)
    return Head(
        title=title if title == shop.config.name else f"{title} · {shop.config.name}",
        description=shortened(description or shop.config.description or shop.config.tagline),
        canonical=shop.absolute(canonical or path),
        path=path,
        section=section,
        image="" if shared is None else (shared.src if shared.remote else shop.absolute(shared.src)),
        kind=kind,  # type: ignore[arg-type]
        index=index and not shop.preview,
        alternates=_alternates(shop, alternates or {}),
        preload=preload,
        previous=previous,
        next=next_,
        markdown=markdown_of(shop, path) if markdown and index else "",
    )


def markdown_of(shop: Shop, path: str) -> str:
    """Return the address of a page's text as Markdown, empty if the shop has none."""
    return f"{path}index.html.md" if shop.has_markdown else ""


def share_picture(shop: Shop) -> Picture | None:
    """Return the picture for shared links of pages without a picture of their own."""
    name = shop.config.theme.share_image
    return picture(shop, Image(file=name)) if name else None


def _alternates(shop: Shop, found: Mapping[str, str]) -> tuple[Alternate, ...]:
    """Return every language with the address of the page in it, or of the home page."""
    if len(shop.languages) < 2:
        return ()
    return tuple(
        Alternate(
            language=language,
            name=other.language_name,
            href=found.get(language) or other.at("home"),
            here=language == shop.language,
            translation=language in found,
        )
        for language, other in shop.others.items()
    )


def breadcrumbs(shop: Shop, *links: Link) -> tuple[Link, ...]:
    """Return the breadcrumbs from the home page to the page itself, which is the last link."""
    return (Link(text=shop.word("nav.home"), href=shop.at("home")), *links)


def alternates(shop: Shop, kind: str, name: str) -> Mapping[str, str]:
    """Return the addresses of a record's page in every language of the shop."""
    found: dict[str, str] = {}
    for language, other in shop.others.items() if len(shop.languages) > 1 else ():
        if kind == "product":
            href = other.product_href(name)
        else:
            record = other.records(kind).get(name)
            href = "" if record is None else other.href(kind, record)
        if href:
            found[language] = href
    return found


def fixed_alternates(shop: Shop, kind: str) -> Mapping[str, str]:
    """Return the addresses, by language, of a page that every language has.

    The list of all products is the exception: another market may have too few.
    """
    there = (other for other in shop.others.values() if kind != "product" or other.lists_products)
    return {other.language: other.at(kind) for other in there}


def of_page(shop: Shop, found: Mapping[str, str], number: int) -> Mapping[str, str]:
    """Return the addresses by language of one page of a list.

    A list has as many pages in every language of a market. Another market may sell fewer products.
    """
    market = shop.content.market
    same = {name: href for name, href in found.items() if number == 1 or shop.others[name].content.market == market}
    return {language: page_of(href, number) for language, href in same.items()}


def page_title(shop: Shop, title: str, number: int) -> str:
    """Return the title of one page of a list: ``Lamps``, ``Lamps · Page 2``."""
    return title if number == 1 else f"{title} · {shop.word('pages.page')} {number}"
