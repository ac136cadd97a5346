"""Campaigns: the source of the visitors, their landing page, and the words of the advertisement."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Self
from urllib.parse import parse_qsl

from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Amount, Count, Names, Percent, Scalar
from storegen.model.text import Line, LinkTarget

LONGEST_TAG = 100


class Tag(Scalar, str):
    """A word in the link of an advertisement: lower-case letters, digits, ``-`` and ``_``.

    Analytics tools treat "Email" and "email" as different. Stripe accepts no other characters
    (docs.stripe.com/payment-links/url-parameters as of 2026-11).
    """

    __slots__ = ()
    NAME = "campaign tag"
    PATTERN = r"[a-z0-9]+(?:[_-][a-z0-9]+)*"
    EXPECTS = 'lower-case letters, digits, "-" and "_", such as spring-sale'
    EXAMPLES = ("spring-sale",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the tag; raises ValueError with a corrected one for an invalid tag."""
        if not re.fullmatch(cls.PATTERN, text) or len(text) > LONGEST_TAG:
            better = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_") or "spring-sale"
            raise ValueError(f'expected lower-case letters, digits, "-" and "_", such as {better}; found "{text}"')
        return cls(text)


class Budget(Record, frozen=True, kw_only=True):
    """The expected results of a campaign."""

    clicks: Count | None = None
    """The number of clicks that you plan."""
    click: Amount | None = None
    """The price of one click."""
    conversion: Percent = Percent(Decimal(2))
    """The number of buyers among a hundred visitors."""


class Campaign(Content, frozen=True, kw_only=True):
    """A campaign: the source of its visitors, their landing page, and the words of its advertisement."""

    name: Line
    """A name for yourself. Visitors never see it."""
    to: Annotated[Line, LinkTarget(query=True)]
    """The page that visitors see first, such as `guides`. You can also link to a variant or a part of a page:
    `product:rope-ring?variant=RG-014-17#reviews`."""
    source: Tag | None = None
    """The site or letter with the advertisement: `google`, `instagram`, `newsletter` (utm_source). Needed, unless
    there are `partners`."""
    medium: Tag
    """The kind of advertisement: `cpc`, `email`, `social`, `print`, `partner` (utm_medium)."""
    campaign: Tag | None = None
    """The campaign's name in your statistics (utm_campaign). Default: the file's name."""
    term: Tag | None = None
    """The search words that you pay for (utm_term)."""
    content: tuple[Tag, ...] = ()
    """The versions of the advertisement (utm_content). Each version gets its own address."""
    partners: tuple[Tag, ...] = ()
    """Partners that send visitors. Each partner gets its own address, with the partner's name as the source."""
    languages: tuple[Line, ...] = ()
    """The languages of the advertisement. Each gets its own address, if the page is translated. Default: the shop's
    first language."""
    words: Names = Names()
    """Important words of the advertisement. The build warns if the page does not contain them."""
    budget: Budget = Budget()
    """Your plan for the campaign."""
    status: Status = "published"
    """`draft`: the campaign gets no addresses."""

    @property
    def has_page(self) -> bool:
        """False: a campaign leads to other pages."""
        return False

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of visitors: the source, then the partners."""
        return (*((self.source,) if self.source else ()), *self.partners)

    @property
    def landing(self) -> tuple[str, str, str]:
        """The landing page as a reference or address, its query and its fragment."""
        place, hash_, fragment = self.to.partition("#")
        reference, mark, query = place.partition("?")
        return reference, mark + query, hash_ + fragment

    @property
    def variant(self) -> str:
        """The article number of the variant that the landing page selects; empty if none."""
        return dict(parse_qsl(self.landing[1].removeprefix("?"))).get("variant", "")
