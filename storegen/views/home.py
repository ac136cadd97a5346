"""The home page, composed of the sections in home.yaml."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence

from storegen.addresses import output_path
from storegen.model import home as model
from storegen.model.category import Category
from storegen.model.offer import runs
from storegen.model.picture import as_image
from storegen.model.review import Review
from storegen.outputs import Output, Page, digest
from storegen.views.cards import article_card, person_tag, rating_of
from storegen.views.catalog import Catalog
from storegen.views.category import category_card
from storegen.views.contexts.home import HomePage, HomeSection, Opening, TestimonialLine
from storegen.views.contexts.parts import Link
from storegen.views.delivery import delivery_line
from storegen.views.endorsements import endorsement_line
from storegen.views.head import fixed_alternates, head_of, share_picture
from storegen.views.navigation import all_categories, largest_categories
from storegen.views.offers import covered, is_there
from storegen.views.pictures import picture
from storegen.views.promises import fact
from storegen.views.prose import text_of
from storegen.views.reviews import language_of
from storegen.views.shop import Shop

# The numbers on a home page without home.yaml. Links lead to the others.
_CATEGORIES = 8
_PRODUCTS = 12
_FEW = 4  # categories whose tiles say enough


def home(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the home page. Without home.yaml it shows the largest categories and products of all of them."""
    href = shop.at("home")
    row = shop.content.rows["home"].get("home")
    yield Page(
        output_path(href),
        "pages/home.html",
        functools.partial(_page, shop, catalog),
        shop.language,
        shop.content.home.file,
        fingerprint=digest(
            catalog.fingerprint_of(row) if row else catalog.fingerprints.of_shop,
            catalog.all_cards_fingerprint,
            catalog.fingerprints.testimonials,
        ),
        listed=href,
    )


def _page(shop: Shop, catalog: Catalog) -> HomePage:
    made = shop.content.home
    found = (_section(shop, catalog, section) for section in made.sections or _default(shop, catalog))
    sections = tuple(section for section in found if section is not None)
    first = next((section.picture for section in sections if section.kind == "hero"), None)
    return HomePage(
        head=head_of(
            shop,
            shop.at("home"),
            title=made.title or _title(shop),
            description=made.description,
            alternates=fixed_alternates(shop, "home"),
            image=share_picture(shop) or first,
            preload=first,
        ),
        opening=None if made.sections else _opening(shop, catalog),
        sections=sections,
    )


def _title(shop: Shop) -> str:
    return f"{shop.config.tagline}" if shop.config.tagline else shop.config.name


def _opening(shop: Shop, catalog: Catalog) -> Opening:
    """Return the first words of a shop without a home.yaml, from its data."""
    categories = len(largest_categories(shop, catalog))
    methods = () if shop.config.promises else shop.config.delivery.methods
    description = shop.config.description
    return Opening(
        description=description if description != shop.config.tagline else "",
        products=len(catalog.listed),
        categories=categories if categories > _FEW else 0,
        delivery=delivery_line(shop, methods[0]) if methods else None,
        button=all_categories(shop),
    )


def _default(shop: Shop, catalog: Catalog) -> tuple[model.Section, ...]:
    """Return the sections of a shop without a home.yaml."""
    promises = shop.config.promises
    promise = tuple(name for name in promises if not promises[name].limited)
    sections = [
        model.Section(
            featured=model.Featured(
                title=shop.word("home.products"),
                products=_mixed(shop, catalog),
                link="categories" if len(catalog.listed) > shop.theme.per_page and all_categories(shop) else "",
            )
        )
    ]
    if promise:
        sections.insert(0, model.Section(promise=promise[:4]))
    if largest_categories(shop, catalog):
        sections.insert(0, model.Section(collections=model.Collections()))
    return tuple(sections)


def _mixed(shop: Shop, catalog: Catalog) -> tuple[str, ...]:
    """Return the listed products. If there are many, return some from all categories, which lead to the others."""
    all_groups = (catalog.by_category[each.id] for each in largest_categories(shop, catalog))
    groups = [(*names[1:], *names[:1]) for names in all_groups]  # a category's tile shows its first product
    if len(catalog.listed) <= shop.theme.per_page:
        return catalog.listed
    turns = itertools.chain.from_iterable(itertools.zip_longest(*groups))
    mixed = dict.fromkeys(name for name in (*turns, *catalog.listed) if name is not None)
    return tuple(itertools.islice(mixed, _PRODUCTS))


def _section(shop: Shop, catalog: Catalog, section: model.Section) -> HomeSection | None:
    """Return a section. Return None for a list without entries, and for an offer that doesn't run."""
    if section.hero:
        return _hero(shop, catalog, section.hero)
    if section.promise:
        return HomeSection(kind="promise", facts=tuple(fact(shop, name) for name in section.promise))
    if section.collections:
        return _collections(shop, catalog, section.collections)
    if section.featured:
        return _featured(shop, catalog, section.featured)
    if section.offer:
        return _offer(shop, catalog, section.offer)
    if section.guides:
        return _guides(shop, catalog, section.guides)
    if section.place:
        return _place(shop, catalog, section.place)
    if section.testimonials:
        return _testimonials(shop, section.testimonials)
    if section.endorsements:
        return _endorsements(shop, section.endorsements)
    prose = section.prose
    assert prose is not None
    return HomeSection(
        kind="prose",
        title=prose.title,
        text=text_of(shop, catalog, prose.text),
        link=_link(shop, prose.link, prose.link_text),
    )


def _link(shop: Shop, reference: str, text: str) -> Link | None:
    return shop.link(reference, text) if reference else None


def _hero(shop: Shop, catalog: Catalog, hero: model.Hero) -> HomeSection:
    return HomeSection(
        kind="hero",
        title=hero.title,
        text=text_of(shop, catalog, hero.text),
        button=_link(shop, hero.link, hero.button),
        second=_link(shop, hero.second_link, hero.second_link_text or hero.second_text),
        second_text=hero.second_text if hero.second_link_text else "",
        picture=picture(shop, as_image(hero.image)),
    )


def _collections(shop: Shop, catalog: Catalog, part: model.Collections) -> HomeSection | None:
    named: list[Category | None] = [shop.content.category_named(name) for name in part.categories]
    chosen = [category for category in named if category is not None]
    link = None
    if not chosen:
        every = largest_categories(shop, catalog)
        chosen, link = every[:_CATEGORIES], all_categories(shop) if len(every) > _CATEGORIES else None
    if not chosen:
        return None
    cards = tuple(category_card(shop, catalog, each) for each in chosen)
    return HomeSection(kind="collections", title=part.title, categories=cards, link=link)


def _featured(shop: Shop, catalog: Catalog, part: model.Featured) -> HomeSection | None:
    cards = catalog.cards(_featured_products(shop, catalog, part))
    if not cards:
        return None
    return HomeSection(kind="featured", title=part.title, cards=cards, link=_link(shop, part.link, part.link_text))


def _offer(shop: Shop, catalog: Catalog, part: model.OfferSection) -> HomeSection | None:
    """Return a section, None also if the offer's products are not there."""
    offer = shop.content.offers.get(part.id)
    if offer is None or not runs(offer, shop.clock) or not is_there(catalog, offer):
        return None
    words = part.link_text or shop.word("offer.see") or offer.name
    return HomeSection(
        kind="offer",
        title=part.title or offer.name,
        text=text_of(shop, catalog, offer.text, language=shop.text_language(offer)),
        cards=catalog.cards(covered(catalog, offer)[: part.count]),
        link=Link(text=words, href=shop.href("offer", offer)) if offer.has_page else None,
        ends=offer.ends,
    )


def _featured_products(shop: Shop, catalog: Catalog, part: model.Featured) -> Sequence[str]:
    if part.category and (category := shop.content.category_named(part.category)):
        return catalog.by_category[category.id][: part.count]
    if part.tag:
        return [name for name in catalog.listed if part.tag in catalog.summaries[name].tags][: part.count]
    return part.products


def home_products(shop: Shop, catalog: Catalog) -> Iterator[str]:
    """Yield the ids of the products on the home page."""
    for section in shop.content.home.sections or _default(shop, catalog):
        if section.featured:
            yield from _featured_products(shop, catalog, section.featured)


def _guides(shop: Shop, catalog: Catalog, part: model.GuideList) -> HomeSection:
    guides = shop.published_guides
    return HomeSection(
        kind="guides",
        title=part.title,
        text=text_of(shop, catalog, part.text),
        guides=tuple(article_card(shop, guides[name], "guide") for name in part.guides if name in guides),
        picture=picture(shop, as_image(part.image)) if part.image else None,
        link=shop.link("guides") if guides else None,
    )


def _place(shop: Shop, catalog: Catalog, part: model.Place) -> HomeSection:
    return HomeSection(
        kind="place",
        title=part.title,
        text=text_of(shop, catalog, part.text),
        person=person_tag(shop, shop.content.people.get(part.person)),
        link=_link(shop, part.link, part.link_text),
        picture=picture(shop, as_image(part.image)),
    )


def _testimonials(shop: Shop, part: model.Testimonials) -> HomeSection:
    reviews = shop.store.reviews
    everything = [review for found in reviews.values() for review in found]
    quoted = [each for each in shop.endorsements if each.kind == "press" and each.quote]
    press = [
        TestimonialLine(text=each.quote, source=each.name, date=each.date, press=True, href=each.link or "")
        for each in quoted[: part.press]
    ]
    chosen = _chosen(reviews, part)
    return HomeSection(
        kind="testimonials",
        title=part.title,
        testimonials=(*(_testimonial(shop, review) for review in chosen), *press),
        rating=rating_of(everything),
    )


def _endorsements(shop: Shop, part: model.Endorsements) -> HomeSection | None:
    chosen = [each for each in shop.endorsements if not part.kinds or each.kind in part.kinds]
    if not chosen:
        return None
    lines = tuple(endorsement_line(shop, each) for each in chosen[: part.count])
    title = part.title or shop.word("home.endorsements")
    return HomeSection(kind="endorsements", title=title, endorsements=lines, link=shop.link("endorsements"))


def _chosen(reviews: Mapping[str, tuple[Review, ...]], part: model.Testimonials) -> list[Review]:
    """Return the newest five-star review with a text of each product, starting with the named products."""
    names = part.products or tuple(reviews)
    best = [next(filter(_tells, reviews.get(name, ())), None) for name in names]
    found = [review for review in best if review is not None]
    if not part.products:
        found.sort(key=lambda review: (review.date, review.product), reverse=True)
    return found[: part.reviews]


def _tells(review: Review) -> bool:
    """Return whether a review recommends its product with words, and nothing was given for it."""
    return review.rating == 5 and bool(review.text) and not review.reward


def _testimonial(shop: Shop, review: Review) -> TestimonialLine:
    product = shop.content.products.get(review.product)
    about = Link(text=product.name, href=shop.href("product", product)) if product else None
    source = ", ".join(filter(None, (review.name, review.place)))
    title = review.title if not review.title or review.title[-1] in ".!?…" else f"{review.title}."
    return TestimonialLine(
        text=f"{title} {review.text}".strip(),
        source=source,
        rating=review.rating,
        about=about,
        language=language_of(shop, review),
    )
