"""The pages of brands, with their products, and the list of brands."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from storegen.addresses import output_path, page_of
from storegen.model.brand import Brand
from storegen.outputs import Output, Page, digest
from storegen.views.catalog import Catalog
from storegen.views.category import pages_of
from storegen.views.contexts.brands import BrandListPage, BrandPage
from storegen.views.contexts.category import CategoryCard
from storegen.views.contexts.parts import Link
from storegen.views.head import alternates, breadcrumbs, fixed_alternates, head_of, of_page, page_title
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of
from storegen.views.prose import text_of
from storegen.views.shop import Shop


def brands(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of every brand with a file, and the list of brands if there are several."""
    if "brand" not in shop.theme.pages:
        return
    products = {each.id: catalog.by_brand.get(each.id, ()) for each in shop.content.brands.values()}
    for brand in shop.content.brands.values():
        names, size = products[brand.id], shop.theme.per_page
        row = shop.content.rows["brand"][brand.id]
        for number in range(1, max(1, math.ceil(len(names) / size)) + 1):
            shown = names[(number - 1) * size : number * size]
            path = page_of(shop.href("brand", brand), number)
            total = f"{number} {len(names)}".encode()
            yield Page(
                output_path(path),
                "pages/brand.html",
                functools.partial(_page, shop, catalog, brand, shown, number),
                shop.language,
                brand.file,
                fingerprint=digest(catalog.fingerprint_of(row, shown), total),
                listed=path if brand.status == "published" else "",
            )
    if shop.lists_brands:
        href = shop.at("brand")
        counts = ",".join(f"{name} {len(products[name])}" for name in sorted(products)).encode()
        firsts = [names[0] for names in products.values() if names]
        yield Page(
            output_path(href),
            "pages/brands.html",
            functools.partial(_list, shop, catalog, href),
            shop.language,
            fingerprint=digest(catalog.fingerprints.of_shop, counts, catalog.card_fingerprints(firsts)),
            listed=href,
        )


def _page(shop: Shop, catalog: Catalog, brand: Brand, shown: Sequence[str], number: int) -> BrandPage:
    base = shop.href("brand", brand)
    pages = pages_of(base, number, shop.theme.per_page, len(catalog.by_brand.get(brand.id, ())))
    first, image, cards = number == 1, picture(shop, brand.picture, alt=brand.name), catalog.cards(shown)
    above = [Link(text=shop.word("nav.brands"), href=shop.at("brand"))] if shop.lists_brands else []
    return BrandPage(
        head=head_of(
            shop,
            page_of(base, number),
            title=page_title(shop, brand.name, number),
            description=description_of(brand.summary, brand.body),
            alternates=of_page(shop, alternates(shop, "brand", brand.id), number),
            section=shop.at("brand"),
            image=image or (cards[0].picture if cards else None),
            index=brand.status != "unlisted",
            previous=pages.previous,
            next_=pages.next,
        ),
        breadcrumbs=breadcrumbs(shop, *above, Link(text=brand.name, href=base)),
        name=brand.name,
        language=shop.text_language(brand),
        summary=shop.linked(brand.summary),
        site=Link(text=urlsplit(brand.site).hostname or "", href=brand.site) if brand.site and first else None,
        picture=image if first else None,
        facts=tuple(_facts(shop, brand)) if first else (),
        text=text_of(shop, catalog, brand.body, language=shop.text_language(brand), videos=brand.videos)
        if first
        else None,
        cards=cards,
        pages=pages,
        extra=dict(brand.extra),
    )


def _facts(shop: Shop, brand: Brand) -> Iterator[tuple[str, str]]:
    if brand.place:
        yield shop.word("brand.place"), brand.place
    yield from brand.facts.items()


def _list(shop: Shop, catalog: Catalog, href: str) -> BrandListPage:
    title = shop.word("nav.brands")
    return BrandListPage(
        head=head_of(shop, href, title=title, alternates=fixed_alternates(shop, "brand"), section=href),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        title=title,
        brands=tuple(_card(shop, catalog, brand) for brand in shop.listed_brands),
    )


def _card(shop: Shop, catalog: Catalog, brand: Brand) -> CategoryCard:
    """Return the card of a brand, with its own picture or that of its first product."""
    names = catalog.by_brand.get(brand.id, ())
    own = picture(shop, brand.picture, alt=brand.name)
    return CategoryCard(
        name=brand.name,
        href=shop.href("brand", brand),
        count=len(names),
        picture=own or (catalog.card(names[0]).picture if names else None),
        language=shop.text_language(brand),
    )
