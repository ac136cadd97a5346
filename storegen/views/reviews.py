"""Reviews on the page of a product, and the pages of its reviews: all of them, and those of each number of stars."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from msgspec.structs import replace

from storegen.addresses import output_path, page_of, slugify
from storegen.model.clip import hosted
from storegen.model.product import Product
from storegen.model.review import SEVERAL, Review
from storegen.outputs import Output, Page, digest
from storegen.views.cards import first_name, person_tag, rating_of
from storegen.views.catalog import Catalog
from storegen.views.category import category_of, pages_of, trail_of
from storegen.views.contexts.parts import ClipBox, Link, Picture
from storegen.views.contexts.reviews import ReviewBlock, ReviewLine, ReviewsPage
from storegen.views.head import breadcrumbs, head_of, of_page, page_title
from storegen.views.items import choice_in_words
from storegen.views.pictures import picture
from storegen.views.shop import Shop

SHOWN = 2  # reviews on the page of the product; the others are behind a button
STARS = (5, 4, 3, 2, 1)


def reviews(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of reviews of each product that has too many reviews for its own page."""
    for name, summary in catalog.summaries.items():
        counts = _counts(shop, name)
        if not _has_pages(shop, name):
            continue
        for stars in (0, *STARS):
            total = counts[STARS.index(stars)] if stars else sum(counts)
            base = reviews_href(shop, name, stars)
            for number in range(1, math.ceil(total / shop.theme.per_page) + 1):
                path = page_of(base, number)
                yield Page(
                    output_path(path),
                    "pages/reviews.html",
                    functools.partial(_page, shop, catalog, name, stars, number),
                    shop.language,
                    shop.content.products.rows[name].file,
                    fingerprint=digest(catalog.fingerprints.of_shop, summary.fingerprint, b"%d" % number),
                    listed=path if not stars and summary.status != "unlisted" else "",
                )


def reviews_href(shop: Shop, name: str, stars: int = 0) -> str:
    """Return the address of the page of a product's reviews, or of those with *stars*; empty if it has no such page."""
    row = shop.content.products.rows.get(name)
    if row is None or not _has_pages(shop, name):
        return ""
    base = shop.at("reviews", row.slug or name)
    return f"{base}{_slug(shop, stars)}/" if stars else base


def review_block(shop: Shop, product: Product) -> ReviewBlock | None:
    """Return the reviews for the page of a product: the newest and the worst one, then the others."""
    found = shop.store.reviews.get(product.id, ())
    block = _block(shop, product, found)
    if block is None:
        return None
    written = [review for review in found if review.text]
    worst = min(written or found, key=lambda review: review.rating)
    first = next((review for review in written if review is not worst), None)
    shown = [review for review in (first, worst) if review is not None][:SHOWN]
    more = [review for review in found if review not in shown] if not block.page else []
    return replace(
        block,
        shown=tuple(review_line(shop, product, review) for review in shown),
        more=tuple(review_line(shop, product, review) for review in more),
    )


def review_line(shop: Shop, product: Product, review: Review) -> ReviewLine:
    """Return a review for display. Its language is set if it is not the page's language."""
    reply = review.reply
    person = person_tag(shop, shop.content.people.get(reply.by)) if reply else None
    return ReviewLine(
        rating=review.rating,
        date=review.date,
        language=language_of(shop, review),
        title=review.title,
        text=review.text,
        name=review.name,
        place=review.place,
        variant=choice_in_words(product, review.variant),
        pictures=_pictures(shop, review),
        video=Link(text=urlsplit(review.video).hostname or "", href=review.video) if review.video else None,
        clip=_clip(shop, review),
        verified=bool(review.verified),
        reward=review.reward or "",
        source=review.source,
        reply=reply.text if reply else "",
        reply_by=first_name(shop, reply.by) if reply else "",
        reply_href=person.href if person else "",
        reply_days=(reply.date - review.date).days if reply and reply.date else None,
    )


def _clip(shop: Shop, review: Review) -> ClipBox | None:
    """Return the video of a review if a page can show it: at YouTube or Vimeo, with the review's first picture."""
    found = hosted(review.video) if review.video else None
    if found is None or not review.video:
        return None
    title = review.title or shop.word("reviews.video", host=found.name)
    pictures = _pictures(shop, review)
    return ClipBox(
        title=title,
        href=review.video,
        host=found.name,
        player=found.player,
        picture=pictures[0] if pictures else None,
    )


def language_of(shop: Shop, review: Review) -> str:
    """Return the language of a review if it is not the page's language, else an empty string."""
    return shop.text_language(review if review.language else shop.store.home)


def write_href(shop: Shop, product: Product) -> str:
    """Return the address of the form for a review of a product, empty without a form."""
    return about(shop.form_href("review"), product)


def about(form: str, product: Product) -> str:
    """Return the address of a form about a product, with its name and number; empty without a form."""
    name = f"{product.name}, {product.sku}" if product.sku else product.name
    return f"{form}?product={quote(name)}" if form else ""


def _counts(shop: Shop, name: str) -> tuple[int, ...]:
    """Return the number of a product's reviews with five stars, four and so on."""
    row = shop.store.reviews.rows.get(name)
    return row.stars if row else ()


def _has_pages(shop: Shop, name: str) -> bool:
    return "reviews" in shop.theme.pages and sum(_counts(shop, name)) > SEVERAL


def _slug(shop: Shop, stars: int) -> str:
    """Return the last part of an address in the shop's language: ``5-stars``. A number alone would be a page number."""
    made = slugify(shop.word("reviews.stars", count=stars))
    return made if str(stars) in made and not made.isdigit() else f"{stars}-stars"


def _block(shop: Shop, product: Product, found: tuple[Review, ...]) -> ReviewBlock | None:
    """Return the mean rating of reviews and the number of reviews for each number of stars."""
    rating = rating_of(found)
    if rating is None:
        return None
    counts = [sum(review.rating == stars for review in found) for stars in STARS]
    return ReviewBlock(
        rating=rating,
        counts=(counts[0], counts[1], counts[2], counts[3], counts[4]),
        page=reviews_href(shop, product.id),
        by_stars=tuple(
            reviews_href(shop, product.id, stars) if count else "" for stars, count in zip(STARS, counts, strict=True)
        ),
        note=shop.config.reviews_note,
    )


def _alternates(shop: Shop, name: str) -> dict[str, str]:
    """Return the address of the page of all reviews in every language of the shop."""
    others = shop.others.items() if len(shop.languages) > 1 else ()
    return {language: href for language, other in others if (href := reviews_href(other, name))}


def _pictures(shop: Shop, review: Review) -> tuple[Picture, ...]:
    name = review.name or shop.word("reviews.someone")
    alt = shop.word("reviews.picture", name=name)
    found = (picture(shop, image, alt=alt) for image in review.pictures)
    return tuple(each for each in found if each is not None)


def _page(shop: Shop, catalog: Catalog, name: str, stars: int, number: int) -> ReviewsPage:
    product = shop.content.products[name]
    everything = shop.store.reviews.get(name, ())
    found = [review for review in everything if stars in {0, review.rating}]
    block = _block(shop, product, everything)
    assert block is not None
    size, base = shop.theme.per_page, reviews_href(shop, name, stars)
    pages = pages_of(base, number, size, len(found))
    shown = tuple(review_line(shop, product, review) for review in found[(number - 1) * size : number * size])
    card = catalog.card(name)
    title = shop.word("reviews.of", name=product.name)
    part = f"{title} · {shop.word('reviews.stars', count=stars)}" if stars else title
    there = _alternates(shop, name)
    return ReviewsPage(
        head=head_of(
            shop,
            page_of(base, number),
            title=page_title(shop, part, number),
            alternates=there if stars else of_page(shop, there, number),
            section=card.href,
            image=card.picture,
            index=catalog.summaries[name].status != "unlisted",
            canonical=block.page if stars else "",
            previous=pages.previous,
            next_=pages.next,
        ),
        breadcrumbs=breadcrumbs(
            shop,
            *trail_of(shop, category_of(shop, product)),
            Link(text=product.name, href=card.href),
            Link(text=shop.word("reviews.title"), href=block.page),
        ),
        title=title,
        language=shop.text_language(product),
        card=card,
        block=replace(block, shown=shown),
        stars=stars,
        pages=pages,
        write=write_href(shop, product),
    )
