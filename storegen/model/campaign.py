"""A campaign: where its visitors come from, where they land, and what its advertisement says."""

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

    Tools tell "Email" from "email"; Stripe takes no other signs (docs.stripe.com/payment-links/url-parameters as of
    2026-11).
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
    """What is expected of a campaign."""

    clicks: Count | None = None
    """The number of clicks that you expect."""
    click: Amount | None = None
    """The cost of one click."""
    conversion: Percent = Percent(Decimal(2))
    """The percentage of visitors who buy."""


class Campaign(Content, frozen=True, kw_only=True):
    """A campaign: where its visitors come from, where they land, and what its advertisement says."""

    name: Line
    """The name of the campaign. Only you see it."""
    to: Annotated[Line, LinkTarget(query=True)]
    """The landing page: a link or an address of this shop. It may name a variant and a part of the page:
    `product:rope-ring?variant=RG-014-17#reviews`."""
    source: Tag | None = None
    """The website or mail with the link (utm_source): `google`, `instagram`, `newsletter`. Needed unless you name
    `partners`."""
    medium: Tag
    """The kind of advertisement (utm_medium): `cpc`, `email`, `social`, `print`, `partner`."""
    campaign: Tag | None = None
    """The name under which tools count the visits (utm_campaign); by default the file's name."""
    term: Tag | None = None
    """The search words that you advertise for (utm_term)."""
    content: tuple[Tag, ...] = ()
    """The variants of the advertisement (utm_content). Each variant gets its own link."""
    partners: tuple[Tag, ...] = ()
    """Partners who link to you. Each partner gets its own link, with the partner as `source`."""
    languages: tuple[Line, ...] = ()
    """Languages that get their own links; by default only the shop's first. A language without the landing page gets no
    link."""
    words: Names = Names()
    """Texts of the advertisement. The build prints a warning if the landing page does not contain them."""
    budget: Budget = Budget()
    """The clicks, costs and sales that you expect."""
    status: Status = "published"
    """`draft`: no links."""

    @property
    def has_page(self) -> bool:
        return False

    @property
    def sources(self) -> tuple[str, ...]:
        """Where visitors come from: the source, then the partners."""
        return (*((self.source,) if self.source else ()), *self.partners)

    @property
    def landing(self) -> tuple[str, str, str]:
        """The reference or address that visitors land on, its query and its fragment."""
        place, hash_, fragment = self.to.partition("#")
        reference, mark, query = place.partition("?")
        return reference, mark + query, hash_ + fragment

    @property
    def variant(self) -> str:
        """The article number of the variant that is chosen where visitors land; empty where none is."""
        return dict(parse_qsl(self.landing[1].removeprefix("?"))).get("variant", "")
