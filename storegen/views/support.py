"""Help after the sale: a support page for each product with such texts, and the shop's help page."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import PurePosixPath

from storegen.addresses import output_path
from storegen.model.article import CompanyPage
from storegen.model.product import Product
from storegen.model.support import Manual
from storegen.outputs import Output, Page, digest
from storegen.references import split_reference
from storegen.views.articles import in_order
from storegen.views.cards import article_card
from storegen.views.catalog import Catalog, ProductSummary
from storegen.views.category import category_of, trail_of
from storegen.views.company import page_questions
from storegen.views.contexts.parts import Link
from storegen.views.contexts.support import FileLink, HelpPage, HelpTopic, ProductGroup, SupportPage
from storegen.views.delivery import dispatch_rule, returns_line
from storegen.views.fingerprints import named_products
from storegen.views.head import breadcrumbs, fixed_alternates, head_of
from storegen.views.navigation import service_links
from storegen.views.product import care_blocks, product_guides, product_questions
from storegen.views.prose import text_of
from storegen.views.reviews import about
from storegen.views.shop import Shop
from storegen.views.support_texts import care_of, support_href, support_of

# The most products in the list of the help page. With more, visitors find their product faster with the search.
_MOST = 200


def support(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the support pages of products, and the shop's help page."""
    named = catalog.card_fingerprints(
        name for row in shop.content.rows["category"].values() for name in named_products(row)
    )
    for name, summary in catalog.summaries.items():
        if summary.support:
            yield _product_page(shop, catalog, name, summary, named)
    if shop.helps:
        href = shop.at("support")
        recipe = functools.partial(_help, shop, catalog, href)
        yield Page(output_path(href), "pages/help.html", recipe, shop.language, listed=href)


def _product_page(shop: Shop, catalog: Catalog, name: str, summary: ProductSummary, named: bytes) -> Page:
    href = _href(shop, name)
    shown = catalog.card_fingerprints(summary.shown)
    return Page(
        output_path(href),
        "pages/support.html",
        functools.partial(_page, shop, catalog, name, href),
        shop.language,
        shop.content.products.rows[name].file,
        fingerprint=digest(catalog.fingerprints.of_shop, named, summary.fingerprint, shown),
        listed=href if summary.status != "unlisted" else "",
    )


def _href(shop: Shop, name: str) -> str:
    return shop.at("support", shop.content.products.rows[name].slug or name)


def _page(shop: Shop, catalog: Catalog, name: str, href: str) -> SupportPage:
    product = shop.content.products[name]
    found, category, language = support_of(shop, product), category_of(shop, product), shop.text_language(product)
    title = shop.word("support.of", name=product.name)
    card = catalog.card(name)
    text = functools.partial(text_of, shop, catalog, language=language)
    trail = (*trail_of(shop, category), Link(text=product.name, href=card.href), Link(text=title, href=href))
    return SupportPage(
        head=head_of(
            shop,
            href,
            title=title,
            alternates=_alternates(shop, product),
            section=card.href,
            image=card.picture,
            index=catalog.summaries[name].status != "unlisted",
        ),
        breadcrumbs=breadcrumbs(shop, *trail),
        title=title,
        language=language,
        card=card,
        dispatch=dispatch_rule(shop, product),
        track=None if product.digital else shop.link("track"),
        use=text(found.use),
        care=care_blocks(shop, catalog, product),
        care_guide=shop.guide_link("care") if care_of(shop, product) else None,
        repair=text(found.repair),
        parts=catalog.cards(product.spare_parts),
        supplies=catalog.cards(each for each in found.supplies if each != name),
        manuals=tuple(link for each in found.manuals if (link := _file(shop, each))),
        warranty=text(found.warranty),
        guarantee=shop.link("guarantee"),
        returns=None if product.digital else returns_line(shop),
        disposal=text(found.disposal),
        questions=product_questions(shop, catalog, product),
        ask=about(shop.form_href("question"), product),
        guides=product_guides(shop, product, category),
        service=service_links(shop, parcel=not product.digital),
    )


def _file(shop: Shop, manual: Manual) -> FileLink | None:
    """Return the link to a manual, None if it leads to something that isn't published."""
    href, (kind, name, _) = shop.target(manual.file), split_reference(manual.file)
    media = shop.store.media.get(name) if kind == "media" else None
    if not href or media is None:
        return FileLink(text=manual.name, href=href) if href else None
    ending = PurePosixPath(name).suffix.removeprefix(".").upper()
    return FileLink(text=manual.name, href=href, kind="" if ending in manual.name.upper() else ending, size=media.size)


def _alternates(shop: Shop, product: Product) -> dict[str, str]:
    """Return the address of the support page in every language of the shop that has it."""
    others = shop.others.items() if len(shop.languages) > 1 else ()
    return {
        language: href
        for language, other in others
        if product.id in other.content.products.rows
        and (href := support_href(other, other.content.products[product.id]))
    }


def _help(shop: Shop, catalog: Catalog, href: str) -> HelpPage:
    title = shop.word("support.title")
    pages = sorted(shop.content.pages.values(), key=lambda page: shop.sort_key(page.title))
    topics = (_topic(shop, catalog, page) for page in pages if page.status == "published")
    return HelpPage(
        head=head_of(shop, href, title=title, alternates=fixed_alternates(shop, "support"), section=href),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        title=title,
        service=service_links(shop),
        topics=tuple(topic for topic in topics if topic.questions),
        guides=tuple(article_card(shop, each, "guide") for each in in_order(shop, "guide", shop.published_guides)),
        groups=tuple(_groups(shop, catalog)),
        contact=shop.link("page:contact") if shop.content.pages.get("contact") else None,
    )


def _topic(shop: Shop, catalog: Catalog, page: CompanyPage) -> HelpTopic:
    link = Link(text=page.title, href=shop.href("page", page))
    return HelpTopic(title=page.title, page=link, questions=page_questions(shop, catalog, page))


def _groups(shop: Shop, catalog: Catalog) -> Iterator[ProductGroup]:
    """Yield the products with a support page, by top-level category; none if there are too many for a list."""
    helped = [name for name in catalog.listed if catalog.summaries[name].support]
    for category in shop.children.get("", ()) if len(helped) <= _MOST else ():
        names = [name for name in helped if category.id in catalog.summaries[name].categories]
        links = sorted(
            (Link(text=catalog.card(name).name, href=_href(shop, name)) for name in names),
            key=lambda link: shop.sort_key(link.text),
        )
        if links:
            yield ProductGroup(title=category.name, links=tuple(links))
