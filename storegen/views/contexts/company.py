"""Pages about the company and its people, and pages with the same content in every shop."""

from __future__ import annotations

import datetime as dt

from storegen.views.contexts.base import Context
from storegen.views.contexts.cart import OrderSheet
from storegen.views.contexts.delivery import DeliveryLine, DispatchRule, ReturnsLine
from storegen.views.contexts.duties import DutyBoxes
from storegen.views.contexts.forms import Form
from storegen.views.contexts.offers import OfferLine
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import ArticleCard, Card, Link, PersonTag, Picture, QuestionLine, Text


class PrivacyFacts(Context, frozen=True, kw_only=True):
    """What pages store and whom they contact, as the shop is set up.

    *counting* are the tools that count visits at once, *asking* those that ask first. *pictures* are the hosts that
    pages load pictures from. *forms* are the services that receive what visitors write, *chats* those that a press
    opens. *notes* are the sentences about payment.
    """

    cookies: bool
    cart: bool
    saved: bool = False
    counting: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class InfoPage(Context, frozen=True, kw_only=True):
    """A page about the company or its rules. The fields after *layout* are the boxes of that layout.

    *function* is the address of the withdrawal function.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    layout: str
    title: str
    heading: str = ""
    language: str = ""
    summary: str = ""
    picture: Picture | None = None
    body: Text | None = None
    checked: dt.datetime | None = None
    people: tuple[PersonTag, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    deliveries: tuple[DeliveryLine, ...] = ()
    offers: tuple[OfferLine, ...] = ()
    dispatch: DispatchRule | None = None
    returns: ReturnsLine | None = None
    privacy: PrivacyFacts | None = None
    form: Form | None = None
    boxes: DutyBoxes | None = None
    function: str = ""
    service: tuple[Link, ...] = ()
    extra: dict[str, str] = {}

    @property
    def leads(self) -> bool:
        """Whether the text stands below the heading: a few sentences on a contact page without a summary."""
        return self.layout == "contact" and not self.summary and self.body is not None and self.body.brief


class FormPage(Context, frozen=True, kw_only=True):
    """The page of a form, or without *form* the page after it, where *lead* says what happens next."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    lead: str = ""
    form: Form | None = None


class PersonPage(Context, frozen=True, kw_only=True):
    """A person with the newest answers and the articles they wrote. *links* lead to other sites."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    person: PersonTag
    language: str = ""
    credentials: tuple[str, ...] = ()
    email: str = ""
    links: tuple[Link, ...] = ()
    body: Text | None = None
    answers: tuple[QuestionLine, ...] = ()
    articles: tuple[ArticleCard, ...] = ()


class AfterOffer(Context, frozen=True, kw_only=True):
    """An offer for buyers of one of the *products*, or of any product if there are none, for some *hours*."""

    id: str
    text: str
    href: str
    hours: int
    products: tuple[str, ...] = ()
    ends: dt.datetime | None = None


class AfterOrder(Context, frozen=True, kw_only=True):
    """What the page after an order says.

    *paid_by* are the names of the services that take payments, *sent* says whether orders are sent as texts too.
    *offers* are for those who have just ordered. *recommend* leads to what thanks for a recommendation.
    *support* is the beginning of the addresses of products' support.
    """

    paid_by: tuple[str, ...] = ()
    sent: bool = False
    offers: tuple[AfterOffer, ...] = ()
    recommend: tuple[Link, ...] = ()
    support: str = ""


class PlainPage(Context, frozen=True, kw_only=True):
    """A page with the same content in every shop: cart, saved products, thanks or not-found.

    *categories* and *pages* are the links of the menu, *cards* are products to go on with. *sheet* is the order sheet,
    which the scripts of other pages read from the cart's page.
    """

    head: Head
    breadcrumbs: tuple[Link, ...] = ()
    picture: Picture | None = None
    categories: tuple[Link, ...] = ()
    pages: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    returns: ReturnsLine | None = None
    sheet: OrderSheet | None = None
    after: AfterOrder | None = None
