"""Products and articles as they stand in lists and beside others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from storegen.checkout import Buy, Item
from storegen.checkout.protocol import Later
from storegen.model.article import Article, Person
from storegen.model.money import Money, rounded
from storegen.model.product import Product, Sellable
from storegen.model.review import Review
from storegen.views.around import delivery_cost, methods_for, tax_line
from storegen.views.pictures import picture
from storegen.views.prices import badge_of, lowest_tag, stock_of, stock_of_all
from storegen.views.shapes import Card, GuideCard, PersonTag, PriceTag, Rating
from storegen.views.shop import Shop
from storegen.views.texts import minutes_of


def categories_of(shop: Shop, product: Product) -> tuple[str, ...]:
    """Return the ids of the categories that a product stands in, with those above them."""
    names: dict[str, None] = {}
    for name in product.category:
        category = shop.edition.category_named(name)
        while category is not None:
            names[category.id] = None
            category = shop.edition.categories.get(category.parent)
    return tuple(names)


def make_card(shop: Shop, product: Product, variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> Card:
    """Return a product as it stands in a list."""
    price = lowest_tag(variants, tags)
    pictures = product.pictures
    single = variants[0] if len(variants) == 1 else None
    return Card(
        id=product.id,
        sku=product.sku or variants[0].sku,
        name=product.name,
        href=shop.href("product", product),
        language=shop.text_language(product),
        picture=picture(shop, pictures[0], alt=product.name) if pictures else None,
        second=picture(shop, pictures[1]) if len(pictures) > 1 else None,
        fact=product.fact,
        summary=shop.linked(product.summary),
        price=price,
        rating=rating_of(shop.store.reviews.get(product.id, ())),
        reviewed=bool(shop.store.reviews),
        stock=stock_of_all(product, variants),
        badge=badge_of(shop, product, price),
        option="" if single else product.label(next(iter(product.choices), "")),
        buy=buy_of(shop, product, single, tags[0]) if single else None,
    )


def item_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> Item:
    """Return a variant as a provider sells it, at the price that is shown."""
    pictures = product.pictures
    shown = next((image for image in pictures if image.file == variant.image), pictures[0] if pictures else None)
    image = picture(shop, shown)
    digital = bool(product.delivery and product.delivery.digital)
    return Item(
        sku=variant.sku,
        product=product.id,
        name=product.name,
        choice=choice_of(product, variant),
        options=tuple((product.label(name), product.label(value)) for name, value in variant.options),
        summary=product.summary,
        price=tag.now,
        full=None if tag.ends is None else rounded(Money(variant.price, tag.now.currency)),
        page=shop.absolute(shop.href("product", product)),
        picture="" if image is None else image.src,
        weight=variant.weight,
        stock=variant.stock if variant.availability == "in_stock" else None,
        digital=digital,
        buyable=stock_of(product, variant).state != "out",
        delivery=_delivery(shop, product, variant, tag.now) if shop.own_cart else None,
    )


def _delivery(shop: Shop, product: Product, variant: Sellable, price: Money) -> tuple[str, Money] | None:
    method = next(iter(methods_for(shop, product)), None)
    if method is None or price.currency != shop.config.currency:  # an order has one total
        return None
    return method.name, delivery_cost(shop, method, product, price, variant.weight or Decimal(0))


def buy_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> Buy | None:
    """Return the button of a variant, None where it can't be bought now."""
    item = item_of(shop, product, variant, tag)
    if not item.buyable:
        return None
    buy = shop.provider.buy(item)
    if tag.ends is not None and tag.then is not None:
        delivery = _delivery(shop, product, variant, tag.then)
        then = shop.provider.buy(replace(item, price=tag.then, full=None, delivery=delivery))
        later = Later(price=then.price, code=then.code, href=then.href, copy=then.copy, tokens=then.tokens)
        buy = replace(buy, ends=tag.ends, then=later)
    return buy if buy.kind != "cart" else _for_cart(shop, product, item, buy)


def _for_cart(shop: Shop, product: Product, item: Item, buy: Buy) -> Buy:
    """Return a button with what the shop's own cart must know of a thing to add up."""
    about = [offer.id for offer in shop.cart_offers if offer.kind != "bundle" and offer.covers(product)]
    tax = tax_line(shop, product.tax_class) if product.tax_class != "standard" else None
    return replace(
        buy,
        product=product.id,
        weight=int((item.weight or 0) * 1000),
        carried=not item.digital,
        methods=product.delivery.methods if product.delivery else (),
        offers=tuple(about),
        tax=tax.rate if tax else "",
    )


def ways_of(shop: Shop, product: Product, variant: Sellable, tag: PriceTag) -> tuple[Buy, ...]:
    """Return the buttons of the shop's other ways to pay for a variant, none where it can't be bought now."""
    if not shop.provider.others:
        return ()
    item = item_of(shop, product, variant, tag)
    return shop.provider.ways(item) if item.buyable else ()


def choice_of(product: Product, variant: Sellable) -> str:
    """Return a variant's values in words: ``17, polished``."""
    return ", ".join(product.label(value) for _, value in variant.options)


def rating_of(reviews: Sequence[Review]) -> Rating | None:
    """Return the mean of reviews with one decimal, halves up."""
    if not reviews:
        return None
    mean = Decimal(sum(review.rating for review in reviews)) / len(reviews)
    shown = mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Rating(mean=str(shown), count=len(reviews), fill=int((shown * 20).quantize(Decimal(1), ROUND_HALF_UP)))


def guide_card(shop: Shop, article: Article, kind: str) -> GuideCard:
    """Return a guide or a post as it stands in a list."""
    author = shop.edition.people.get(article.author)
    return GuideCard(
        title=article.title,
        href=shop.href(kind, article),
        summary=article.summary,
        author=author.name if author else "",
        author_role=author.role if author else "",
        minutes=minutes_of(article.body),
        date=article.date,
        picture=picture(shop, article.picture),
        language=shop.text_language(article),
    )


def person_tag(shop: Shop, person: Person | None) -> PersonTag | None:
    """Return a person as they stand beside a text."""
    if person is None:
        return None
    return PersonTag(
        name=person.name,
        role=person.role,
        proof=person.proof,
        initials="".join(word[0] for word in person.name.split()[:2]).upper(),
        href=shop.at("person", person.slug or person.id),
        picture=picture(shop, person.picture, alt=person.name),
    )
