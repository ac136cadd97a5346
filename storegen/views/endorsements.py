"""Endorsements, what others say about the shop: the page of all of them, and the entries on the home page."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

from storegen.addresses import output_path
from storegen.model.endorsement import Endorsement
from storegen.outputs import Output, Page, digest
from storegen.views.cards import rating
from storegen.views.catalog import Catalog
from storegen.views.contexts.endorsements import EndorsementGroup, EndorsementLine, EndorsementsPage
from storegen.views.contexts.parts import Link
from storegen.views.head import breadcrumbs, fixed_alternates, head_of
from storegen.views.pictures import picture
from storegen.views.shop import Shop


def endorsements(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the page of endorsements, if there are any."""
    if href := shop.target("endorsements"):
        fingerprint = digest(catalog.fingerprints.of_shop, catalog.fingerprints.endorsements)
        recipe = functools.partial(_page, shop, href)
        yield Page(
            output_path(href), "pages/endorsements.html", recipe, shop.language, fingerprint=fingerprint, listed=href
        )


def _page(shop: Shop, href: str) -> EndorsementsPage:
    title = shop.word("endorsements.title")
    return EndorsementsPage(
        head=head_of(
            shop,
            href,
            title=title,
            alternates=fixed_alternates(shop, "endorsements"),
            section=href,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        title=title,
        groups=tuple(
            EndorsementGroup(kind=kind, lines=tuple(endorsement_line(shop, each) for each in group))
            for kind, group in groupby(shop.endorsements, key=lambda each: each.kind)
        ),
    )


def endorsement_line(shop: Shop, record: Endorsement) -> EndorsementLine:
    """Return an endorsement for display."""
    return EndorsementLine(
        kind=record.kind,
        name=record.name,
        quote=record.quote,
        text=record.text,
        href=record.link or "",
        host=urlsplit(record.link).hostname or "" if record.link else "",
        date=record.date,
        picture=picture(shop, record.picture, alt=record.name),
        rating=None if record.rating is None else rating(record.rating, record.ratings or 0),
        language=shop.text_language(record),
    )
