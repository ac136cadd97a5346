"""Pages of people: who they are, which questions they answered and what they wrote."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from storegen.addresses import output_path
from storegen.model.article import Person
from storegen.model.product import Question
from storegen.outputs import Output, Page, digest
from storegen.views.articles import in_order
from storegen.views.cards import article_card, person_tag
from storegen.views.catalog import Catalog
from storegen.views.contexts.company import PersonPage
from storegen.views.contexts.parts import Link, QuestionLine
from storegen.views.fingerprints import named_products
from storegen.views.head import alternates, breadcrumbs, head_of
from storegen.views.offers import named_by_offers
from storegen.views.prose import text_of
from storegen.views.shop import Shop

ANSWERS = 8  # the newest answers, on a person's page


def people(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the page of every person."""
    answered = _naming(shop, catalog) if shop.content.people else {}
    for person in shop.content.people.values():
        href = shop.href("person", person)
        products, pages = answered.get(person.id, ([], []))
        shown = [catalog.summaries[name].fingerprint for name in products]
        shown += [catalog.card_fingerprints(catalog.summaries[name].shown) for name in products]
        rows = [shop.content.rows["page"][name] for name in pages]
        shown += [row.fingerprint + catalog.card_fingerprints(named_products(row)) for row in rows]
        row = shop.content.rows["person"][person.id]
        yield Page(
            output_path(href),
            "pages/person.html",
            functools.partial(_page, shop, catalog, person, products, pages),
            shop.language,
            person.file,
            fingerprint=digest(catalog.fingerprint_of(row), named_by_offers(catalog), *shown),
            listed=href,
        )


def _naming(shop: Shop, catalog: Catalog) -> dict[str, tuple[list[str], list[str]]]:
    """Return the listed products and the published pages whose files name each person, by the person's id."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    content = shop.content
    listed = ((name, content.products.rows[name]) for name in catalog.listed)
    published = ((page.id, content.rows["page"][page.id]) for page in content.pages.values())
    for place, group in enumerate((listed, published)):
        for name, row in group:
            for reference in row.references:
                if reference.startswith("person:"):
                    found.setdefault(reference[7:], ([], []))[place].append(name)
    return found


def _page(shop: Shop, catalog: Catalog, person: Person, products: Sequence[str], pages: Sequence[str]) -> PersonPage:
    href = shop.href("person", person)
    tag = person_tag(shop, person)
    assert tag is not None
    guides = [guide for guide in in_order(shop, "guide", shop.published_guides) if guide.author == person.id]
    posts = [post for post in in_order(shop, "post", shop.published_posts) if post.author == person.id]
    return PersonPage(
        head=head_of(
            shop,
            href,
            title=person.name,
            description=person.proof or person.role,
            alternates=alternates(shop, "person", person.id),
            image=tag.picture,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=person.name, href=href)),
        person=tag,
        language=shop.text_language(person),
        credentials=person.credentials,
        email=person.email or "",
        links=tuple(
            Link(text=(urlsplit(each).hostname or "").removeprefix("www."), href=each) for each in person.links
        ),
        body=text_of(shop, catalog, person.body),
        answers=_answers(shop, catalog, person, products, pages),
        articles=(
            *(article_card(shop, guide, "guide") for guide in guides),
            *(article_card(shop, post, "post") for post in posts),
        ),
    )


def _answers(
    shop: Shop, catalog: Catalog, person: Person, products: Sequence[str], pages: Sequence[str]
) -> tuple[QuestionLine, ...]:
    """Return the newest questions that a person answered, each with a link to its product or page."""
    found: list[QuestionLine] = []
    for name in products:
        product = shop.content.products[name]
        about = Link(text=product.name, href=f"{shop.href('product', product)}#questions")
        found += _answered(shop, catalog, person, product.questions, about, shop.text_language(product))
    for page in (shop.content.pages[name] for name in pages):
        if page.status == "published":
            about = Link(text=page.title, href=f"{shop.href('page', page)}#questions")
            found += _answered(shop, catalog, person, page.questions, about, shop.text_language(page))
    found.sort(key=lambda each: each.date.toordinal() if each.date else 0, reverse=True)
    return tuple(found[:ANSWERS])


def _answered(
    shop: Shop, catalog: Catalog, person: Person, questions: Sequence[Question], about: Link, language: str
) -> Iterator[QuestionLine]:
    for question in questions:
        answer = text_of(shop, catalog, question.answer, language=language) if question.by == person.id else None
        if answer is not None:
            yield QuestionLine(question=question.question, answer=answer, date=question.date, about=about)
