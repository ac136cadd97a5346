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
    """One word of a tagged address: lower-case letters, digits, ``-`` and ``_``.

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
        if not re.fullmatch(cls.PATTERN, text) or len(text) > LONGEST_TAG:
            better = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_") or "spring-sale"
            raise ValueError(f'expected lower-case letters, digits, "-" and "_", such as {better}; found "{text}"')
        return cls(text)


class Budget(Record, frozen=True, kw_only=True):
    """The expected results of a campaign."""

    clicks: Count | None = None
    """The number of clicks that you plan."""
    click: Amount | None = None
    """The cost of one click."""
    conversion: Percent = Percent(Decimal(2))
    """How many of 100 visitors buy."""


class Campaign(Content, frozen=True, kw_only=True):
    """A campaign: the source of its visitors, their landing page, and the words of its advertisement."""

    name: Line
    """The campaign's name, for your own use."""
    to: Annotated[Line, LinkTarget(query=True)]
    """The landing page: a link or an address of this shop. A variant and a part of the page may be added:
    `product:rope-ring?variant=RG-014-17#reviews`.
    """
    source: Tag | None = None
    """Where visitors come from: `google`, `instagram`, `newsletter` (utm_source). Required without `partners`."""
    medium: Tag
    """The kind of advertisement: `cpc`, `email`, `social`, `print`, `partner` (utm_medium)."""
    campaign: Tag | None = None
    """The name under which visits are counted (utm_campaign); by default the file's name."""
    term: Tag | None = None
    """The words that visitors searched for (utm_term)."""
    content: tuple[Tag, ...] = ()
    """The variants of the advertisement (utm_content). Each variant gets its own address."""
    partners: tuple[Tag, ...] = ()
    """Partners that send visitors. Each partner is a source of its own."""
    languages: tuple[Line, ...] = ()
    """The languages, each with its own address; by default the shop's first. Languages without the page get none."""
    words: Names = Names()
    """Words of the advertisement. The build warns if the landing page doesn't contain them."""
    budget: Budget = Budget()
    """The expected results."""
    status: Status = "published"
    """`draft` leaves the campaign out."""

    @property
    def has_page(self) -> bool:
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
