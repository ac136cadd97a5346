"""Pages about the company and its people, and the pages with a fixed address each, such as the cart."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from storegen.addresses import output_path
from storegen.model.article import CompanyPage, Person
from storegen.outputs import Output, Page, digest, encode, page
from storegen.tracking.analytics import make_tools, wants_thanks
from storegen.views.cards import first_name, person_tag
from storegen.views.catalog import Catalog
from storegen.views.contexts.company import InfoPage, PersonPage, PlainPage, PrivacyFacts
from storegen.views.contexts.parts import Link, PersonTag, QuestionLine
from storegen.views.delivery import delivery_line, dispatch_rule, returns_line
from storegen.views.duty_pages import boxes_of
from storegen.views.forms import form_of
from storegen.views.head import alternates, breadcrumbs, fixed_alternates, head_of, share_picture
from storegen.views.navigation import menu_of, service_links
from storegen.views.offers import delivery_offers, named_by_offers
from storegen.views.order_sheet import after_order, order_sheet
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of
from storegen.views.privacy import privacy_facts
from storegen.views.prose import text_of
from storegen.views.shop import Shop

_SERVED = ("contact", "delivery", "returns")
_CARDS = 4
_FIXED = ("cart", "saved", "thanks")  # pages of the theme with a fixed address each


def company(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of the company and its people, the cart page and the not-found page."""
    for info in shop.content.pages.values():
        href = shop.href("page", info)
        listed = href if info.status != "unlisted" else ""
        facts = privacy_facts(shop) if info.layout == "privacy" else None
        service = _service(shop, info)
        recipe = functools.partial(_info, shop, catalog, info, facts, service)
        yield _record_page(catalog, "info", info, href, recipe, listed=listed, also=(facts, service))
    if shop.provider.cart:
        yield _plain(shop, catalog, "cart", output_path(shop.at("cart")))
    if shop.saves:
        yield _plain(shop, catalog, "saved", output_path(shop.at("saved")))
    if wants_thanks(shop.config, make_tools(shop.config)):
        yield _plain(shop, catalog, "thanks", output_path(shop.at("thanks")))
    yield _plain(shop, catalog, "not_found", output_path(f"{shop.at('home')}404.html"))


def _record_page(
    catalog: Catalog,
    name: str,
    record: CompanyPage | Person,
    href: str,
    recipe: Callable[[], InfoPage | PersonPage],
    *,
    listed: str,
    also: object = None,
) -> Page:
    """Return the page of a record. *also* are values that the page shows and the record's fingerprint doesn't cover."""
    row = catalog.shop.content.rows["page" if isinstance(record, CompanyPage) else "person"][record.id]
    language = catalog.shop.language
    fingerprint = digest(catalog.fingerprint_of(row), named_by_offers(catalog))
    if also is not None:
        fingerprint = digest(fingerprint, encode(also))
    return Page(
        output_path(href), f"pages/{name}.html", recipe, language, record.file, fingerprint=fingerprint, listed=listed
    )


def _service(shop: Shop, info: CompanyPage) -> tuple[Link, ...]:
    """Return the links to service pages, except the link to this page."""
    if info.boxes not in _SERVED:
        return ()
    return tuple(link for link in service_links(shop) if link.href != shop.href("page", info))


def _info(
    shop: Shop, catalog: Catalog, info: CompanyPage, privacy: PrivacyFacts | None, service: tuple[Link, ...]
) -> InfoPage:
    href = shop.href("page", info)
    layout = info.boxes
    shown = picture(shop, info.picture)
    return InfoPage(
        head=head_of(
            shop,
            href,
            title=info.title,
            description=description_of(info.summary, info.body),
            alternates=alternates(shop, "page", info.id),
            section=href,
            image=shown,
            index=info.status != "unlisted",
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=info.title, href=href)),
        layout=layout,
        title=info.title,
        heading=info.heading,
        language=shop.text_language(info),
        summary=shop.linked(info.summary),
        picture=shown,
        body=text_of(shop, catalog, info.body, language=shop.text_language(info), videos=info.videos),
        checked=info.checked,
        people=_people(shop, info, layout),
        questions=page_questions(shop, catalog, info),
        deliveries=tuple(delivery_line(shop, method) for method in shop.config.delivery.methods)
        if layout == "delivery"
        else (),
        offers=delivery_offers(shop, catalog) if layout == "delivery" else (),
        dispatch=dispatch_rule(shop, None) if layout == "delivery" else None,
        returns=returns_line(shop) if layout == "returns" else None,
        privacy=privacy,
        form=form_of(shop, "contact") if layout == "contact" else None,
        boxes=boxes_of(shop, layout),
        function=shop.target("withdrawal") if layout == "withdrawal" else "",
        service=service,
        extra=dict(info.extra),
    )


def _people(shop: Shop, info: CompanyPage, layout: str) -> tuple[PersonTag, ...]:
    everyone = sorted(shop.content.people.values(), key=lambda each: (each.order, shop.sort_key(each.name), each.id))
    names = info.people or ([each.id for each in everyone] if layout in {"about", "contact"} else ())
    people = (person_tag(shop, shop.content.people.get(name)) for name in names)
    return tuple(person for person in people if person is not None)


def page_questions(shop: Shop, catalog: Catalog, info: CompanyPage) -> tuple[QuestionLine, ...]:
    """Return the questions of a company page with their answers."""
    found = ((each, text_of(shop, catalog, each.answer)) for each in info.questions)
    return tuple(
        QuestionLine(question=each.question, answer=answer, by=first_name(shop, each.by), date=each.date)
        for each, answer in found
        if answer is not None
    )


def _plain(shop: Shop, catalog: Catalog, name: str, path: str) -> Output:
    """Return a page that has the same content in every shop."""
    href = shop.at(name) if name in _FIXED else f"{shop.at('home')}404.html"
    menu = menu_of(shop, catalog)
    goods = {shop.target("categories"), *(shop.href("category", each) for each in shop.content.categories.values())}
    context = PlainPage(
        head=head_of(
            shop,
            href,
            title=shop.word(f"{name}.title"),
            alternates=fixed_alternates(shop, name) if name in _FIXED else {},
            index=False,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=shop.word(f"{name}.title"), href=href)) if name in _FIXED else (),
        picture=share_picture(shop),
        categories=tuple(link for link in menu if link.href in goods),
        pages=tuple(link for link in menu if link.href not in goods),
        cards=catalog.cards(catalog.leading[:_CARDS]) if name != "thanks" else (),
        returns=returns_line(shop) if name == "thanks" else None,
        sheet=order_sheet(shop) if name == "cart" else None,
        after=after_order(shop, catalog) if name == "thanks" else None,
    )
    return page(path, f"pages/{name}.html", context, shop.language)
