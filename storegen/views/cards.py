"""Cards of products and articles, as shown in lists and next to other content."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from storegen.model.article import Article, Person
from storegen.model.product import Product, Sellable
from storegen.model.review import Review, is_person_id
from storegen.views.contexts.parts import ArticleCard, Card, PersonTag, PriceTag, Rating
from storegen.views.items import buy_of
from storegen.views.pictures import picture, product_picture
from storegen.views.plain_text import minutes_of
from storegen.views.prices import badge_of, lowest_tag
from storegen.views.shop import Shop
from storegen.views.stock import stock_of_all
from storegen.views.swatches import card_swatches


def make_card(shop: Shop, product: Product, variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> Card:
    """Return the card of a product."""
    price = lowest_tag(variants, tags)
    pictures = product.pictures
    single = variants[0] if len(variants) == 1 else None
    colours, swatches = card_swatches(shop, product, variants)
    return Card(
        id=product.id,
        sku=product.sku or variants[0].sku,
        name=product.name,
        href=shop.href("product", product),
        language=shop.text_language(product),
        picture=product_picture(shop, pictures[0], alt=product.name) if pictures else None,
        second=product_picture(shop, pictures[1]) if len(pictures) > 1 else None,
        fact=product.fact,
        summary=shop.linked(product.summary),
        price=price,
        rating=rating_of(shop.store.reviews.get(product.id, ())),
        stock=stock_of_all(shop, product, variants),
        badge=badge_of(shop, product, price),
        colours=colours,
        swatches=swatches,
        option="" if single else product.label(next(iter(product.choices), "")),
        buy=buy_of(shop, product, single, tags[0]) if single else None,
    )


def rating_of(reviews: Sequence[Review]) -> Rating | None:
    """Return the mean of the reviews."""
    return rating(Decimal(sum(review.rating for review in reviews)) / len(reviews), len(reviews)) if reviews else None


def rating(mean: Decimal, count: int) -> Rating:
    """Return a mean with one decimal, rounded half up."""
    shown = mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Rating(mean=str(shown), count=count, fill=int((shown * 20).quantize(Decimal(1), ROUND_HALF_UP)))


def article_card(shop: Shop, article: Article, kind: str) -> ArticleCard:
    """Return the card of a guide or a post."""
    author = shop.content.people.get(article.author)
    return ArticleCard(
        title=article.title,
        href=shop.href(kind, article),
        summary=shop.linked(article.summary),
        author=author.name if author else "",
        author_role=author.role if author else "",
        minutes=minutes_of(article.body),
        date=article.date,
        picture=picture(shop, article.picture),
        language=shop.text_language(article),
    )


def person_tag(shop: Shop, person: Person | None) -> PersonTag | None:
    """Return a person as shown next to a text."""
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


def first_name(shop: Shop, by: str) -> str:
    """Return the first name of a person, given by the id or by a name; empty for the id of a draft."""
    person = shop.content.people.get(by)
    if person is not None:
        return person.name.split()[0]
    return "" if is_person_id(by) else by
