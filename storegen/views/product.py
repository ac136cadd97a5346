"""Product pages."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from storegen.addresses import output_path
from storegen.checkout.snipcart import priced_value
from storegen.model.category import Category
from storegen.model.picture import Image
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable, variants_of
from storegen.outputs import Output, Page, digest
from storegen.views.cards import article_card, first_name, person_tag
from storegen.views.catalog import ALL, BUYABLE, Catalog, ProductSummary
from storegen.views.category import category_of, trail_of
from storegen.views.clips import clip_boxes
from storegen.views.contexts.offers import SaleLine
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import ArticleCard, Link, Picture, PriceTag, QuestionLine
from storegen.views.contexts.product import (
    CareBlock,
    ChoiceLine,
    ChoiceValue,
    NoteBox,
    OptionBox,
    OptionValue,
    ProductPage,
    VariantRow,
)
from storegen.views.delivery import dispatch_rule, methods_for, product_deliveries, returns_line
from storegen.views.fingerprints import named_products
from storegen.views.head import alternates, breadcrumbs, head_of
from storegen.views.items import buy_of, choice_of, other_buys_of, property_of
from storegen.views.navigation import service_links
from storegen.views.offers import added_cards, beside, named_by_offers, offer_lines, terms_of
from storegen.views.pictures import product_picture
from storegen.views.plain_text import description_of
from storegen.views.prices import badge_of, lowest_tag, price_tags, shown_tax
from storegen.views.promises import product_facts
from storegen.views.prose import sections_of, text_of
from storegen.views.reviews import about, review_block, write_href
from storegen.views.safety import guarantee_of, safety_of
from storegen.views.services import service_line, services_of
from storegen.views.shop import Shop
from storegen.views.stock import stock_of, stock_of_all
from storegen.views.support_texts import care_of, support_href
from storegen.views.swatches import swatch_of

RELATED = 4


def products(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the page of every product."""
    helpful = _guides_by_product(shop)
    care = catalog.card_fingerprints(
        name for row in shop.content.rows["category"].values() for name in named_products(row)
    )
    offers = shop.content.offers.values()
    offered = catalog.card_fingerprints(name for offer in offers for name in (*beside(offer), *offer.products))
    offered += named_by_offers(catalog)
    common = digest(catalog.fingerprints.of_shop, care, offered)
    rows = shop.content.products.rows
    for name, summary in catalog.summaries.items():
        following, following_fingerprints = ((), b"") if summary.related else _following(catalog, name, summary)
        guides = helpful.get(name, ())
        href = shop.product_href(name)
        shown = catalog.card_fingerprints(summary.shown) + following_fingerprints
        yield Page(
            output_path(href),
            "pages/product.html",
            functools.partial(_page, shop, catalog, name, guides, following),
            shop.language,
            rows[name].file,
            fingerprint=digest(common, summary.fingerprint, shown, " ".join(guides).encode()),
            listed=href if summary.status != "unlisted" else "",
        )


def _abroad(shop: Shop, product: Product) -> bool:
    """Return whether a product is shipped and the shop sends to more than one country."""
    methods = shop.config.delivery.methods
    return bool(methods_for(shop, product)) and len({code for method in methods for code in method.countries}) > 1


def _page(
    shop: Shop,
    catalog: Catalog,
    name: str,
    helpful: tuple[str, ...],
    following: tuple[str, ...],
) -> ProductPage:
    product = shop.content.products[name]
    href = shop.href("product", product)
    variants = variants_of(product)
    gallery, places = _gallery(shop, product, variants)
    tags = price_tags(shop, product, variants)
    price = lowest_tag(variants, tags)
    category = category_of(shop, product)
    language = shop.text_language(product)
    lead, sections = sections_of(shop, catalog, product.description, language=language, videos=product.videos)
    weight = variants[0].weight or Decimal(0)
    methods = product_deliveries(shop, product, price.now, weight)
    trail = trail_of(shop, category)
    return ProductPage(
        head=_head(shop, product, href, trail, gallery),
        breadcrumbs=breadcrumbs(shop, *trail, Link(text=product.name, href=href)),
        id=product.id,
        name=product.name,
        language=language,
        sku=product.sku or variants[0].sku,
        article=_article(product, variants),
        brand=product.brand,
        brand_page=_brand_page(shop, product),
        condition=product.condition,
        category=category.name if category else "",
        summary=shop.linked(product.summary),
        gallery=gallery,
        videos=clip_boxes(shop, product.videos),
        sounds=clip_boxes(shop, product.sounds, sound=True),
        badge=badge_of(shop, product, price),
        price=price,
        stock=stock_of_all(shop, product, variants),
        tax=shown_tax(shop, product.tax_class),
        delivery=methods[0] if methods else None,
        delivery_page=shop.target("page:delivery"),
        deliveries=methods,
        dispatch=dispatch_rule(shop, product),
        abroad=shop.provider.cart == "shop" and _abroad(shop, product),
        returns=None if product.digital else returns_line(shop),
        options=_options(shop, product, variants),
        variants=_variants(shop, product, variants, tags, places),
        chosen=0 if len(variants) == 1 else -1,
        services=tuple(service_line(shop, each) for each in services_of(shop, product)),
        sales=tuple(_sales(shop, catalog, product, variants, price)),
        offers=offer_lines(shop, catalog, product, price),
        facts=product_facts(shop, product, methods),
        note=_note(shop, product),
        specs=tuple(product.specs.items()),
        safety=safety_of(shop, catalog, product, language),
        guarantee=guarantee_of(shop, product),
        lead=lead,
        sections=sections,
        care=care_blocks(shop, catalog, product),
        care_guide=shop.guide_link("care") if care_of(shop, product) else None,
        goes_with=added_cards(shop, product, catalog.cards((*product.accessories, *product.spare_parts))),
        reviews=review_block(shop, product),
        questions=product_questions(shop, catalog, product),
        ask=about(shop.form_href("question"), product),
        review=write_href(shop, product),
        guides=product_guides(shop, product, category, helpful),
        related=catalog.cards(product.related)[:RELATED] or catalog.cards(following),
        after=_after(shop, product),
        extra={key: value for key, value in product.extra.items() if isinstance(value, str)},
    )


def _article(product: Product, variants: Sequence[Sellable]) -> str:
    """Return the article number that buyers can name. One that was made of the product's id tells them nothing."""
    number = product.sku or (variants[0].sku if len(variants) == 1 else "")
    return "" if number.casefold().startswith(product.id.casefold()) else number


def _brand_page(shop: Shop, product: Product) -> str:
    """Return the address of the page of a product's brand, empty if it has none."""
    brand = shop.brand_named(product.brand)
    return "" if brand is None else shop.href("brand", brand)


def _sales(
    shop: Shop, catalog: Catalog, product: Product, variants: tuple[Sellable, ...], shown: PriceTag
) -> Iterator[SaleLine]:
    """Yield the sales behind the price shown and the coming prices, each with its page or with its conditions."""
    prices = (price_of(product, variant, shop.pricing) for variant in variants)
    price = next((price for price in prices if price.now == shown.now), None) if shown.ends or shown.then else None
    starts = None
    while price is not None:
        offer = shop.content.offers.get(price.sale)
        if offer is not None and price.ends is not None:
            href = shop.href("offer", offer) if offer.has_page else ""
            terms = None if href else terms_of(shop, catalog, offer)
            yield SaleLine(text=offer.name, href=href, terms=terms, starts=starts, ends=price.until or price.ends)
        starts, price = price.until, price.then if shown.then else None


def _head(shop: Shop, product: Product, href: str, trail: list[Link], gallery: tuple[Picture, ...]) -> Head:
    first = gallery[0] if gallery else None
    return head_of(
        shop,
        href,
        title=product.name,
        description=description_of(product.summary, product.description),
        alternates=alternates(shop, "product", product.id),
        section=trail[0].href if trail else "",
        image=first,
        kind="product",
        markdown=True,
        index=product.status != "unlisted",
        preload=first,
    )


def _gallery(
    shop: Shop, product: Product, variants: tuple[Sellable, ...]
) -> tuple[tuple[Picture, ...], Mapping[str, int]]:
    """Return the gallery's pictures and the position of each file. Variants' pictures that no list names come last."""
    images = list(product.pictures)
    for variant in variants:
        if variant.image and variant.image not in {image.file for image in images}:
            images.append(Image(file=variant.image, alt=f"{product.name}, {choice_of(product, variant)}"))
    shown = [product_picture(shop, image, alt=product.name) for image in images]
    places = {image.file: number for number, image in enumerate(images)}
    return tuple(each for each in shown if each is not None), places


def _options(shop: Shop, product: Product, variants: tuple[Sellable, ...]) -> tuple[OptionBox, ...]:
    boxes = []
    buyable = {pair for variant in variants if variant.buyable for pair in variant.options}
    exists = {pair for variant in variants for pair in variant.options}
    for name, choice in product.choices.items():
        values = tuple(
            OptionValue(
                value=value,
                label=product.label(value),
                available=(name, value) in buyable,
                swatch=swatch_of(shop, choice, value),
            )
            for value in choice.values
            if (name, value) in exists
        )
        guide = shop.link(f"guide:{choice.guide}") if choice.guide else None
        label, known = product.label(name), property_of(shop, name)
        boxes.append(OptionBox(name=name, label=label, values=values, guide=guide, help=choice.help, property=known))
    return tuple(boxes)


def _variants(
    shop: Shop,
    product: Product,
    variants: tuple[Sellable, ...],
    tags: tuple[PriceTag, ...],
    places: Mapping[str, int],
) -> tuple[VariantRow, ...]:
    names = tuple(product.choices)
    return tuple(
        VariantRow(
            sku=variant.sku,
            values=tuple(dict(variant.options).get(name, "") for name in names),
            choice=choice_of(product, variant),
            price=tag,
            stock=stock_of(shop, product, variant),
            buy=buy_of(shop, product, variant, tag),
            others=other_buys_of(shop, product, variant, tag),
            choices=_choices(shop, variant),
            picture=places.get(variant.image, -1),
            gtin=variant.gtin,
            mpn=variant.mpn,
            weight="" if variant.weight is None else format(variant.weight.normalize(), "f"),
        )
        for variant, tag in zip(variants, tags, strict=True)
    )


def _choices(shop: Shop, variant: Sellable) -> tuple[ChoiceLine, ...]:
    """Return the choices that the provider's cart asks the buyer for, with their labels."""
    extras = shop.provider.extras.get(variant.sku)
    lines = []
    for name, values in extras.choices.items() if extras else ():
        priced = [] if isinstance(values, str) else [priced_value(value, shop.config.currency) for value in values]
        lines.append(ChoiceLine(name=name, values=tuple(ChoiceValue(text=text, more=more) for text, more in priced)))
    return tuple(lines)


def _note(shop: Shop, product: Product) -> NoteBox | None:
    if product.note is None:
        return None
    person = person_tag(shop, shop.content.people.get(product.note.by))
    return None if person is None else NoteBox(text=product.note.text, person=person, fact=product.note.fact)


def care_blocks(shop: Shop, catalog: Catalog, product: Product) -> tuple[CareBlock, ...]:
    """Return the advice on a product's care."""
    found = ((title, text_of(shop, catalog, text)) for title, text in care_of(shop, product).items())
    return tuple(CareBlock(title=title, text=text) for title, text in found if text is not None)


def product_questions(shop: Shop, catalog: Catalog, product: Product) -> tuple[QuestionLine, ...]:
    """Return buyers' questions about a product with their answers."""
    lines = []
    for question in product.questions:
        answer = text_of(shop, catalog, question.answer)
        if answer is not None:
            name = first_name(shop, question.by)
            lines.append(QuestionLine(question=question.question, answer=answer, by=name, date=question.date))
    return tuple(lines)


def _guides_by_product(shop: Shop) -> dict[str, tuple[str, ...]]:
    """Return the guides that name, link to or show each product, keyed by product."""
    found: dict[str, list[str]] = {}
    for key in shop.published_guides:
        for name in dict.fromkeys(named_products(shop.content.rows["guide"][key])):
            found.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def product_guides(
    shop: Shop, product: Product, category: Category | None, helpful: tuple[str, ...] = ()
) -> tuple[ArticleCard, ...]:
    """Return the guides for a product: its own, its category's, then others that are *helpful*."""
    names = [*product.guides, *([category.guide] if category and category.guide else []), *helpful]
    guides = shop.published_guides
    chosen = [guides[name] for name in dict.fromkeys(names) if name in guides and guides[name].status == "published"]
    return tuple(article_card(shop, guide, "guide") for guide in chosen[:3])


def _following(catalog: Catalog, name: str, summary: ProductSummary) -> tuple[tuple[str, ...], bytes]:
    """Return the next products in the ring of a product's category, and the fingerprints of their cards.

    They are its similar products if its file names none. If no category has enough, the rings of its other groups and
    of the whole shop follow. In each ring, a product appears on only four other pages, so that a new price changes few
    pages. Sold-out products come only if the shop has no others.
    """
    for category in summary.categories:
        ring = catalog.ring(category)
        if len(ring) > RELATED:
            return ring.after(name, RELATED)
    rings = [catalog.ring(category) for category in summary.categories]
    rings += [catalog.group_rings[group] for group in (*summary.groups, BUYABLE, ALL) if group in catalog.group_rings]
    found: dict[str, None] = {}
    for ring in rings:
        following, _ = ring.after(name, RELATED)
        found |= dict.fromkeys(following)
        if len(found) >= RELATED:
            break
    chosen = tuple(found)[:RELATED]
    return chosen, catalog.card_fingerprints(chosen)


def _after(shop: Shop, product: Product) -> tuple[Link, ...]:
    """Return the links to service pages if there is help with the product. Without, the footer has the same links.

    The link to write a review is among them if the product has none.
    """
    help_href = support_href(shop, product)
    if not help_href and "care" not in shop.published_guides:
        return ()
    links = service_links(shop, parcel=not product.digital)
    if help_href:
        links = (Link(text=shop.word("support.of", name=product.name), href=help_href, icon="tool"), *links)
    href = "" if shop.store.reviews.get(product.id) else write_href(shop, product)
    return (*links, Link(text=shop.word("form.review_title"), href=href, icon="star")) if href else links
