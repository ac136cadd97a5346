"""Offers: their pages, their lines on product pages and their data for the cart."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from storegen.addresses import output_path
from storegen.model.clock import Clock
from storegen.model.money import Money
from storegen.model.offer import Offer, runs
from storegen.model.picture import as_image
from storegen.model.price import reduced
from storegen.model.product import Product
from storegen.model.share import ShareChannel
from storegen.model.totals import CODED
from storegen.outputs import Output, Page
from storegen.tracking.sharing import REFERRAL, share_links
from storegen.views.cart import money_of, percent_text, tier_lines
from storegen.views.catalog import Catalog
from storegen.views.contexts.offers import OfferLine, OfferPage, RecommendBox
from storegen.views.contexts.parts import Card, CodedPrice, Link, PriceTag, Text
from storegen.views.delivery import frees_any
from storegen.views.fingerprints import named_products
from storegen.views.head import alternates, breadcrumbs, head_of
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of
from storegen.views.promises import fill
from storegen.views.prose import text_of
from storegen.views.shop import Shop

# Kinds that product pages mention. A sale already shows in the price; codes are only for customers who received them.
_TOLD = frozenset(("volume", "bundle", "add_on", "gift", "sample", "free_delivery"))

# Kinds that are for all products if they name none.
_WHOLE = frozenset(("coupon", "first_purchase", "free_delivery"))

# How people pass an offer on to friends if site.yaml names no channels.
_SHARE: tuple[ShareChannel, ...] = ("email", "whatsapp")

# The number of products that describe an offer without a text of its own.
_NAMED = 5


def offers(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of all offers that have one, also before and after they run, so that links stay valid."""
    for offer in shop.content.offers.values():
        if offer.has_page:
            href = shop.href("offer", offer)
            names = (covered(catalog, offer) or catalog.listed)[: shop.theme.per_page]
            row = shop.content.rows["offer"][offer.id]
            yield Page(
                output_path(href),
                "pages/offer.html",
                functools.partial(offer_page, shop, catalog, offer, names),
                shop.language,
                offer.file,
                fingerprint=catalog.fingerprint_of(row, names),
                listed=href if offer.public and runs(offer, shop.clock) and is_there(catalog, offer) else "",
            )


def covered(catalog: Catalog, offer: Offer) -> tuple[str, ...]:
    """Return the products of an offer, those that it names first."""
    named = [
        name for name in (*offer.products, *offer.reduced, *offer.samples, offer.gift) if name in catalog.summaries
    ]
    whole = offer.everything or (offer.kind in _WHOLE and not offer.about)
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
    return tuple(dict.fromkeys((*named, *about)))


def offer_page(shop: Shop, catalog: Catalog, offer: Offer, names: tuple[str, ...]) -> OfferPage:
    """Return the context of an offer's page, which lists the products *names*."""
    href = shop.href("offer", offer)
    shown = picture(shop, as_image(offer.image)) if offer.image else None
    language = shop.text_language(offer)
    running = runs(offer, shop.clock) and is_there(catalog, offer)
    cards = catalog.cards(names)
    return OfferPage(
        head=head_of(
            shop,
            href,
            title=offer.name,
            description=description_of("", offer.text)
            or ", ".join([offer.name, *(card.name for card in cards[:_NAMED])]),
            alternates=alternates(shop, "offer", offer.id),
            image=shown,
            index=offer.public and running,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=offer.name, href=href)) if offer.public else (),
        name=offer.name,
        language=language,
        kind=offer.kind,
        percent=percent_text(offer.percent),
        amount=money_of(shop, offer.amount),
        picture=shown,
        text=text_of(shop, catalog, offer.text, language=language) if running else None,
        terms=text_of(shop, catalog, offer.terms, language=language),
        code=offer.code if running and offer.tells_code else "",
        elsewhere=bool(shop.provider.elsewhere),
        after_order=offer.id if offer.after_order else "",
        line=_line(shop, catalog, offer, linked=False) if running and offer.kind in _TOLD else None,
        min_total=money_of(shop, offer.min_total),
        min_count=int(offer.min_count or 0),
        starts=offer.starts,
        ends=offer.ends,
        state="running" if running else "ended" if _begun(offer, shop.clock) else "coming",
        cards=cards
        if not running or offer.after_order or not offer.tells_code
        else tuple(_with_code(shop, catalog, offer, card) for card in cards),
        recommend=_recommend(shop, offer) if running else None,
    )


def _recommend(shop: Shop, offer: Offer) -> RecommendBox | None:
    """Return what people get who recommend the shop, None if the offer is not about that."""
    found = offer.recommendation
    if found is None:
        return None
    page = shop.absolute(shop.href("offer", offer))
    channels = (shop.config.share or _SHARE) if found.to == "friend" else ()
    links = share_links(channels, page, offer.name, found.tag or offer.id, medium=REFERRAL)
    return RecommendBox(
        to=found.to,
        reward=fill(shop, found.reward),
        disclosure=found.disclosure or shop.word("recommend.disclosure", name=shop.config.name)
        if found.to == "public"
        else "",
        links=tuple(Link(text=title or shop.word("share.email"), href=href) for title, href in links),
        contact=shop.contact_page if found.to == "public" else "",
    )


def recommended(shop: Shop, catalog: Catalog) -> tuple[Link, ...]:
    """Return links to the running offers for people who recommend the shop."""
    found = (offer for offer in shop.cart_offers if offer.recommendation and runs(offer, shop.clock))
    return tuple(Link(text=offer.name, href=shop.href("offer", offer)) for offer in found if is_there(catalog, offer))


def _begun(offer: Offer, clock: Clock) -> bool:
    return offer.starts is None or clock.reached(offer.starts)


def is_there(catalog: Catalog, offer: Offer) -> bool:
    """Return whether the shop sells the products of an offer, and has its gift or parts in stock, drafts excluded."""
    return (not offer.about or bool(covered(catalog, offer))) and _has_parts(catalog, offer)


def _has_parts(catalog: Catalog, offer: Offer) -> bool:
    """Return whether what an offer gives is in stock: every part of a bundle, else one of its products, if any."""
    parts = beside(offer)
    there = [card for card in catalog.cards(parts) if card.stock.state != "out"]
    return not parts or (len(there) == len(parts) if offer.kind == "bundle" else bool(there))


def _with_code(shop: Shop, catalog: Catalog, offer: Offer, card: Card) -> Card:
    """Return a card with the price of one piece with the offer's code, if a percentage reduces it.

    An amount is taken off once for the whole cart, so it is no price of a product.
    """
    price, summary = card.price, catalog.summaries[card.id]
    if (
        offer.kind not in CODED
        or not offer.percent
        or price.now.currency != shop.config.currency
        or price.now.amount < (offer.min_total or 0)
        or (offer.min_count or 0) > 1
        or not offer.is_about(card.id, summary.categories, summary.tags)
    ):
        return card
    ends = min((each for each in (offer.ends, price.ends) if each is not None), default=None)
    return replace(card, coded=CodedPrice(code=offer.code, price=reduced(price.now, offer), ends=ends))


def terms_of(shop: Shop, catalog: Catalog, offer: Offer) -> Text | None:
    """Return an offer's conditions."""
    return text_of(shop, catalog, offer.terms, language=shop.text_language(offer))


def offer_lines(shop: Shop, catalog: Catalog, product: Product, price: PriceTag) -> tuple[OfferLine, ...]:
    """Return the running offers on a product's page: those that cover it and add-ons that reduce its price."""
    told = [offer for offer in shop.content.offers.values() if offer.kind in _TOLD and not offer.code]
    lines = (
        _line(shop, catalog, offer, product, price)
        for offer in told
        if _concerns(shop, offer, product) and runs(offer, shop.clock) and _has_parts(catalog, offer)
    )
    # Leave out add-ons without links: only tags select the products.
    return tuple(line for line in lines if line.links or line.kind != "add_on" or line.anything)


def added_cards(shop: Shop, product: Product, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Return the cards on a product's page, each with the price that it has in an add-on for that product."""
    add_ons = [
        offer
        for offer in shop.cart_offers
        if offer.kind == "add_on" and shop.own_cart and offer.covers(product) and runs(offer, shop.clock)
    ]
    return tuple(_added(card, add_ons) for card in cards)


def _added(card: Card, add_ons: Sequence[Offer]) -> Card:
    offer = next((offer for offer in add_ons if card.id in offer.reduced), None)
    if offer is None or card.price.lowest:
        return card
    ends = min((each for each in (offer.ends, card.price.ends) if each is not None), default=None)
    price = Money(max(Decimal(0), reduced(card.price.now, offer).amount), card.price.now.currency)
    return replace(card, coded=CodedPrice(price=price, ends=ends))


def delivery_offers(shop: Shop, catalog: Catalog) -> tuple[OfferLine, ...]:
    """Return the running offers of free delivery for all products, as the page about delivery shows them."""
    offers = (offer for offer in shop.content.offers.values() if offer.kind == "free_delivery" and not offer.code)
    everything = (offer for offer in offers if offer.everything or not offer.about)
    return tuple(_line(shop, catalog, offer) for offer in everything if runs(offer, shop.clock))


def _concerns(shop: Shop, offer: Offer, product: Product) -> bool:
    """Return whether an offer does anything for a product. Free delivery does, if one of its methods becomes free."""
    if offer.kind != "free_delivery":
        return offer.covers(product) or product.id in offer.reduced
    return offer.covers(product) and frees_any(shop, offer, product)


def _line(
    shop: Shop,
    catalog: Catalog,
    offer: Offer,
    product: Product | None = None,
    price: PriceTag | None = None,
    *,
    linked: bool = True,
) -> OfferLine:
    """Return an offer's line for the page of *product* with its *price*, or for other pages.

    The line on the offer's own page is not *linked* to that page.
    """
    brought = product is not None and product.id in offer.reduced
    cards = catalog.cards(name for name in beside(offer) if product is None or name != product.id)
    there = tuple(Link(text=card.name, href=card.href) for card in cards if card.stock.state != "out")
    return OfferLine(
        kind=offer.kind,
        brought=brought,
        anything=brought and bool(offer.everything),
        name=offer.name,
        text=shop.linked(offer.text) if not offer.has_page else "",
        terms=terms_of(shop, catalog, offer) if not offer.has_page else None,
        methods=tuple(method.name for method in shop.config.delivery.methods if method.id in offer.methods),
        countries=offer.countries,
        percent=percent_text(offer.percent),
        amount=money_of(shop, offer.amount),
        price=money_of(shop, offer.price),
        before=_apart(catalog, offer),
        tiers=tier_lines(offer, price),
        links=_bringing(shop, catalog, offer) if brought else there,
        min_total=money_of(shop, offer.min_total),
        min_count=int(offer.min_count or 0),
        ends=offer.ends,
        href=shop.href("offer", offer) if offer.has_page and linked else "",
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


def named_by_offers(catalog: Catalog) -> bytes:
    """Return the fingerprints of the cards that the offers' texts and conditions name."""
    rows = catalog.shop.content.rows["offer"].values()
    return catalog.card_fingerprints(name for row in rows for name in named_products(row))


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
