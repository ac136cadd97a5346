"""Lead pages and the answers after their forms."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from storegen.addresses import output_path
from storegen.model.landing import Landing
from storegen.outputs import Output, Page
from storegen.views.cards import person_tag
from storegen.views.catalog import Catalog
from storegen.views.contexts.forms import Form
from storegen.views.contexts.landing import LandingChoice, LandingPage, LandingReply, LandingReplyPage
from storegen.views.forms import form_of
from storegen.views.head import alternates, head_of
from storegen.views.pictures import picture
from storegen.views.plain_text import description_of
from storegen.views.prose import text_of
from storegen.views.shop import Shop

KIND = "lead"


def landings(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield each lead page, and the page with the answers after its form."""
    if "landing" not in shop.theme.pages:
        return
    for landing in shop.content.landings.values():
        row = shop.content.rows["landing"][landing.id]
        href, after = shop.href("landing", landing), reply_href(shop, landing)
        form = form_of(shop, KIND, thanks=after)
        if form is None:
            continue
        listed = href if landing.status == "published" else ""
        make = functools.partial(_page, shop, catalog, landing, form)
        fingerprint = catalog.fingerprint_of(row)
        yield Page(
            output_path(href),
            "pages/landing.html",
            make,
            shop.language,
            landing.file,
            fingerprint=fingerprint,
            listed=listed,
        )
        replies = functools.partial(_replies, shop, catalog, landing, form)
        yield Page(
            output_path(after),
            "pages/landing_reply.html",
            replies,
            shop.language,
            landing.file,
            fingerprint=fingerprint,
        )


def reply_href(shop: Shop, landing: Landing) -> str:
    """Return the address of the page after a lead page's form."""
    return f"{shop.href('landing', landing)}{shop.at('thanks').rstrip('/').rpartition('/')[2]}/"


def _page(shop: Shop, catalog: Catalog, landing: Landing, form: Form) -> LandingPage:
    language = shop.text_language(landing)
    return LandingPage(
        head=head_of(
            shop,
            shop.href("landing", landing),
            title=landing.title,
            description=description_of(landing.summary, landing.body),
            alternates=alternates(shop, "landing", landing.id),
            image=picture(shop, landing.picture),
            index=landing.status == "published",
        ),
        title=landing.title,
        language=language,
        summary=shop.linked(landing.summary),
        choose=landing.choose or shop.word("landing.choose"),
        choices=tuple(
            LandingChoice(id=str(place), text=each.text, picture=picture(shop, each.picture))
            for place, each in enumerate(landing.answers, start=1)
        ),
        field=next(each.sent for each in form.fields if each.input == "choice"),
        form=replace(form, send=landing.button or form.send),
        promise=shop.linked(landing.promise),
        person=person_tag(shop, shop.content.people.get(landing.person)),
        voice=(landing.voice.text, landing.voice.name) if landing.voice else None,
        body=text_of(shop, catalog, landing.body, language=language),
        extra=dict(landing.extra),
    )


def _replies(shop: Shop, catalog: Catalog, landing: Landing, form: Form) -> LandingReplyPage:
    href, language = reply_href(shop, landing), shop.text_language(landing)
    return LandingReplyPage(
        head=head_of(shop, href, title=landing.title, alternates=_reply_alternates(shop, landing), index=False),
        title=shop.word("landing.title"),
        question=landing.title,
        language=language,
        replies=tuple(
            LandingReply(
                id=str(place),
                choice=each.text,
                text=text_of(shop, catalog, each.reply, language=language),
                link=shop.link(each.link, each.link_text) if each.link else None,
            )
            for place, each in enumerate(landing.answers, start=1)
        ),
        person=person_tag(shop, shop.content.people.get(landing.person)),
        next=form.next,
    )


def _reply_alternates(shop: Shop, landing: Landing) -> Mapping[str, str]:
    found = alternates(shop, "landing", landing.id)
    return {
        language: reply_href(other, other.content.landings[landing.id])
        for language, other in shop.others.items()
        if language in found
    }
