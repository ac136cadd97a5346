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
    """How many clicks you plan."""
    click: Amount | None = None
    """What one click costs."""
    conversion: Percent = Percent(Decimal(2))
    """How many of a hundred visitors buy."""


class Campaign(Content, frozen=True, kw_only=True):
    """A campaign: where its visitors come from, where they land, and what its advertisement says."""

    name: Line
    """The name, for yourself."""
    to: Annotated[Line, LinkTarget(query=True)]
    """Where visitors land: a link or an address of this shop, also with a variant and a part of the page:
    `product:rope-ring?variant=RG-014-17#reviews`."""
    source: Tag | None = None
    """Where they come from: `google`, `instagram`, `newsletter` (utm_source). Needed, unless there are partners."""
    medium: Tag
    """The kind of advertisement: `cpc`, `email`, `social`, `print`, `partner` (utm_medium)."""
    campaign: Tag | None = None
    """What is counted together (utm_campaign); by default the file's name."""
    term: Tag | None = None
    """The words that were searched (utm_term)."""
    content: tuple[Tag, ...] = ()
    """The variants of the advertisement (utm_content). Each gets an address."""
    partners: tuple[Tag, ...] = ()
    """Partners that send visitors; each is a source of its own."""
    languages: tuple[Line, ...] = ()
    """Each gets an address; by default only the shop's first. A page that a language lacks has none in it."""
    words: Names = Names()
    """Words of the advertisement. The build warns where the landing page lacks them."""
    budget: Budget = Budget()
    """What is expected."""
    status: Status = "published"
    """`draft` leaves it out."""

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
