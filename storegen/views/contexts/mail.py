"""The context of a mail."""

from __future__ import annotations

from storegen.model.mail import Occasion
from storegen.views.contexts.base import Context
from storegen.views.contexts.offers import OfferPage
from storegen.views.contexts.parts import Link, PersonTag, Picture, Text


class Refusal(Context, frozen=True, kw_only=True):
    """A sentence about the way to refuse more mails: the words of its link, and those before and after it."""

    before: str
    words: str
    after: str


class MailPage(Context, frozen=True, kw_only=True):
    """A mail. Its texts contain marks in place of merge fields. All of its addresses are absolute, its links tagged.

    *number* is the place in the series from 1. *segment* is who gets it. *reach* and *details* say whether the footer
    names phone and e-mail, and all details of the company. *colours* are the colours of the theme in light mode.
    """

    id: str
    number: int
    subject: str
    preheader: str
    heading: str
    segment: str
    when: Occasion
    transactional: bool = False
    home: str
    picture: Picture | None = None
    body: Text | None = None
    offer: OfferPage | None = None
    offer_href: str = ""
    button: Link | None = None
    author: PersonTag | None = None
    refusal: tuple[Refusal, ...] = ()
    reach: bool = False
    details: bool = False
    colours: dict[str, str] = {}
    unsubscribe: str
    browser: str
    address: str
