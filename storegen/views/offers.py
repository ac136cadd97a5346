"""Offers: their pages, their lines on product pages and their data for the cart."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from storegen.addresses import output_path
from storegen.model.money import Money
from storegen.model.offer import Offer, runs
from storegen.model.picture import as_image
from storegen.model.product import Product
from storegen.outputs import Output, Page
from storegen.views.cart import money_of, percent_text, tier_lines
from storegen.views.catalog import Catalog
from storegen.views.contexts.offers import OfferLine, OfferPage
from storegen.views.contexts.parts import Link, PriceTag
from storegen.views.head import alternates, breadcrumbs, head_of
from storegen.views.pictures import picture
from storegen.views.prose import text_of
from storegen.views.shop import Shop

# Kinds that product pages mention. A sale already shows in the price; codes are only for customers who received them.
_TOLD = frozenset(("volume", "bundle", "add_on", "gift", "sample", "free_delivery"))

# The number of products that describe an offer without a text of its own.
_NAMED = 5


def offers(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of all offers that have one, also before and after they run, so that links stay valid."""
    for offer in shop.content.offers.values():
        if offer.has_page:
            href = shop.href("offer", offer)
            names = _covered(shop, catalog, offer)
            row = shop.content.rows["offer"][offer.id]
            yield Page(
                output_path(href),
                "pages/offer.html",
                functools.partial(_page, shop, catalog, offer, names),
                shop.language,
                offer.file,
                fingerprint=catalog.fingerprint_of(row, names),
                listed=href if _public(offer) and runs(offer, shop.clock) else "",
            )


def _public(offer: Offer) -> bool:
    return offer.kind != "first_purchase"


def _covered(shop: Shop, catalog: Catalog, offer: Offer) -> tuple[str, ...]:
    """Return the first products that an offer covers, as many as fit on one list page."""
    named = [
        name for name in (*offer.products, *offer.reduced, *offer.samples, offer.gift) if name in catalog.summaries
    ]
    whole = offer.everything or (offer.kind in {"coupon", "first_purchase"} and not offer.about)
    about = (
        name
        for name in catalog.listed
        if name not in offer.excluding
        and (
            whole
            or not set(offer.tags).isdisjoint(catalog.summaries[name].tags)
            or not set(offer.categories).isdisjoint(catalog.summaries[name].categories)
        )
    )
    return tuple(dict.fromkeys((*named, *about)))[: shop.theme.per_page]


def _page(shop: Shop, catalog: Catalog, offer: Offer, names: tuple[str, ...]) -> OfferPage:
    href = shop.href("offer", offer)
    shown = picture(shop, as_image(offer.image)) if offer.image else None
    language = shop.text_language(offer)
    running = runs(offer, shop.clock)
    cards = catalog.cards(names) if running else ()
    return OfferPage(
        head=head_of(
            shop,
            href,
            title=offer.name,
            description=offer.text or ", ".join([offer.name, *(card.name for card in cards[:_NAMED])]),
            alternates=alternates(shop, "offer", offer.id) if _public(offer) else {},
            image=shown,
            index=_public(offer) and running,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=offer.name, href=href)) if _public(offer) else (),
        name=offer.name,
        language=language,
        kind=offer.kind,
        percent=percent_text(offer.percent),
        amount=money_of(shop, offer.amount),
        picture=shown,
        text=text_of(shop, catalog, offer.text, language=language),
        terms=text_of(shop, catalog, offer.terms, language=language),
        code=offer.code if running else "",
        elsewhere=bool(shop.provider.elsewhere),
        line=_line(shop, catalog, offer) if running and offer.kind in _TOLD else None,
        min_total=money_of(shop, offer.min_total),
        min_count=int(offer.min_count or 0),
        ends=offer.ends if running else None,
        running=running,
        cards=cards,
    )


def offer_lines(shop: Shop, catalog: Catalog, product: Product, price: PriceTag) -> tuple[OfferLine, ...]:
    """Return the running offers on a product's page: those that cover it and add-ons that reduce its price."""
    told = [offer for offer in shop.content.offers.values() if offer.kind in _TOLD and not offer.code]
    lines = (
        _line(shop, catalog, offer, product, price)
        for offer in told
        if (offer.covers(product) or product.id in offer.reduced) and runs(offer, shop.clock)
    )
    # Leave out gifts, samples and add-ons without links: nothing is in stock, or only tags select the products.
    return tuple(line for line in lines if line.links or line.kind not in {"gift", "sample", "add_on"} or line.anything)


def _line(
    shop: Shop, catalog: Catalog, offer: Offer, product: Product | None = None, price: PriceTag | None = None
) -> OfferLine:
    """Return an offer's line for the offer's own page, or for the page of *product* with its *price*."""
    brought = product is not None and product.id in offer.reduced
    cards = catalog.cards(name for name in beside(offer) if product is None or name != product.id)
    there = tuple(Link(text=card.name, href=card.href) for card in cards if card.stock.state != "out")
    return OfferLine(
        kind=offer.kind,
        brought=brought,
        anything=brought and bool(offer.everything),
        name=offer.name,
        text=shop.linked(offer.text) if not offer.has_page else "",
        percent=percent_text(offer.percent),
        amount=money_of(shop, offer.amount),
        price=money_of(shop, offer.price),
        before=_apart(catalog, offer),
        tiers=tier_lines(offer, price),
        links=_bringing(shop, catalog, offer) if brought else there,
        min_total=money_of(shop, offer.min_total),
        min_count=int(offer.min_count or 0),
        ends=offer.ends,
        href=shop.href("offer", offer) if offer.has_page and product is not None else "",
    )


def _bringing(shop: Shop, catalog: Catalog, offer: Offer) -> tuple[Link, ...]:
    """Return links to the products and categories to buy for an add-on, none if any purchase qualifies."""
    categories = (shop.link(f"category:{name}") for name in offer.categories)
    cards = catalog.cards(offer.products)
    return (*(link for link in categories if link), *(Link(text=card.name, href=card.href) for card in cards))


def _apart(catalog: Catalog, offer: Offer) -> Money | None:
    """Return the total price of a bundle's parts bought one by one, None if a part has no single price."""
    prices = [card.price for card in catalog.cards(offer.products)] if offer.kind == "bundle" else []
    if not prices or any(price.lowest for price in prices):
        return None
    return functools.reduce(Money.__add__, (price.now for price in prices))


def beside(offer: Offer) -> tuple[str, ...]:
    """Return the products that an offer's line lists."""
    match offer.kind:
        case "bundle":
            return offer.products
        case "add_on":
            return offer.reduced
        case "gift":
            return (offer.gift,)
        case "sample":
            return offer.samples
    return ()
