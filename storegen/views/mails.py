"""Mails: the texts of content/mail with the products, prices and offers that pages show at the same moment."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from storegen.errors import StoregenError
from storegen.mails.countries import FooterRules, footer_rules
from storegen.mails.fields import ADDRESS, BROWSER, UNSUBSCRIBE, mark, marked
from storegen.model.mail import Mail
from storegen.outputs import Page
from storegen.references import split_reference
from storegen.tracking.campaigns import tagged
from storegen.views.cards import person_tag
from storegen.views.catalog import Catalog
from storegen.views.contexts.mail import MailPage, Refusal
from storegen.views.contexts.parts import Card, Link, Picture, Text
from storegen.views.offers import offer_page
from storegen.views.pictures import picture
from storegen.views.promises import fill
from storegen.views.prose import text_of
from storegen.views.shop import Shop

TEMPLATE = "mail/mail.html"
# Outlook on Windows shows no other formats (caniemail.com, 2026-06).
_FORMATS = ("jpg", "png", "gif")
# The least pixels of pictures that are shown 600 and 200 pixels wide, on screens with two pixels in one.
_WIDE, _SMALL = 1080, 400


class MailPictureError(StoregenError):
    """A picture of a mail has no format that every mail program shows."""


def mails_of(shop: Shop) -> list[Mail]:
    """Return the mails that exist in the shop's language, in the order of the series."""
    found = [each for each in shop.content.records["mail"].values() if not shop.text_language(each)]
    return sorted(found, key=lambda each: (each.order, each.id))


def mails(shop: Shop, catalog: Catalog, colours: Mapping[str, str]) -> Iterator[Page]:
    """Yield the mails of a language. Their numbers are those of the series in the first language."""
    first = shop.others[shop.languages[0]]
    numbers = {mail.id: number for number, mail in enumerate(mails_of(first), 1)}
    for mail in mails_of(shop):
        recipe = functools.partial(_mail, shop, catalog, mail, numbers[mail.id], colours)
        yield Page(f"{numbers[mail.id]:02d}-{mail.id}", TEMPLATE, recipe, shop.language, mail.file)


def _mail(shop: Shop, catalog: Catalog, mail: Mail, number: int, colours: Mapping[str, str]) -> MailPage:
    rules = FooterRules() if mail.transactional else footer_rules(shop.language, shop.config.market)
    offer = shop.content.offers.get(mail.offer)
    subject = _said(shop, mail.subject)
    return MailPage(
        id=mail.id,
        number=number,
        subject=rules.before_subject + subject,
        preheader=_said(shop, mail.preheader),
        heading=_said(shop, mail.heading) or subject,
        segment=mail.segment,
        when=mail.when,
        transactional=bool(mail.transactional),
        home=_link(shop, mail, shop.at("home")),
        picture=_needed(shop, shown) if (shown := picture(shop, mail.picture)) else None,
        body=_body(shop, catalog, mail),
        offer=offer_page(shop, catalog, offer, ()) if offer else None,
        offer_href=_link(shop, mail, shop.href("offer", offer)) if offer else "",
        button=_button(shop, mail),
        author=person_tag(shop, shop.content.people.get(mail.author)),
        refusal=tuple(_refusal(text) for text in rules.refusal),
        reach=rules.reach,
        details=rules.details,
        colours=dict(colours),
        unsubscribe=mark(UNSUBSCRIBE),
        browser=mark(BROWSER),
        address=mark(ADDRESS),
    )


def _said(shop: Shop, text: str) -> str:
    """Return a text with the values of site.yaml, and marks in place of merge fields."""
    return fill(shop, marked(text))


def _refusal(text: str) -> Refusal:
    before, _, rest = text.partition("[")
    words, _, after = rest.partition("]")
    return Refusal(before=before, words=words, after=after)


def _link(shop: Shop, mail: Mail, href: str) -> str:
    """Return an address for a mail: absolute, and tagged if it leads to this shop."""
    whole = shop.absolute(href) if href.startswith("/") else href
    if not href or urlsplit(whole)[:2] != urlsplit(shop.config.base_url)[:2]:
        return href
    is_file = "." in urlsplit(whole).path.rpartition("/")[2]
    return whole if is_file else tagged(whole, mail.tags)


def _button(shop: Shop, mail: Mail) -> Link | None:
    if not mail.link:
        return None
    href = _link(shop, mail, shop.target(mail.link))
    if split_reference(mail.link)[0] == "track" and href:
        href = f"{href.partition('#')[0]}#n={mark('tracking_number')}"
    return Link(text=_said(shop, mail.button), href=href) if href else None


def _body(shop: Shop, catalog: Catalog, mail: Mail) -> Text | None:
    text = text_of(shop, catalog, _said(shop, mail.body))
    if text is None:
        return None
    shown = {target: _needed(shop, each) for target, each in text.pictures.items()}
    return replace(
        text,
        links={target: _link(shop, mail, href) for target, href in text.links.items()},
        pictures=shown,
        cards={target: _card(shop, mail, card) for target, card in text.cards.items()},
    )


def _card(shop: Shop, mail: Mail, card: Card) -> Card:
    return replace(card, href=_link(shop, mail, card.href), picture=_picture(shop, card.picture, _SMALL), second=None)


def _needed(shop: Shop, shown: Picture) -> Picture:
    """Return a picture of the mail itself. Raises MailPictureError if its file has a wrong format."""
    found = _picture(shop, shown, _WIDE)
    if found is None:
        name = shown.stem.rpartition("/")[2]
        raise MailPictureError(f'not every mail program shows the picture "{name}"; save it as JPEG or PNG')
    return found


def _picture(shop: Shop, shown: Picture | None, least: int) -> Picture | None:
    """Return a picture with an absolute address in a format that every mail program shows, None if it has none."""
    if shown is None or shown.remote:
        return shown
    kind = shown.formats[-1]
    if kind not in _FORMATS:
        return None
    width = next((each for each in shown.widths if each >= least), shown.widths[-1])
    src = shop.absolute(f"{shown.stem}-{width}.{shown.digest}.{kind}")
    return replace(shown, src=src, stem=shop.absolute(shown.stem), formats=(kind,))
