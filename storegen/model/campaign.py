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
    """One word of a tagged address: lower case, letters, digits, ``-`` and ``_``, the same wherever it is counted.

    Tools tell "Email" from "email"; Stripe takes no other signs (docs.stripe.com/payment-links/url-parameters as of
    2026-11).
    """

    __slots__ = ()
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
    """How many clicks."""
    click: Amount | None = None
    """What one click costs."""
    conversion: Percent = Percent(Decimal(2))
    """How many in a hundred of them buy."""


class Campaign(Content, frozen=True, kw_only=True):
    """A campaign: where its visitors come from, where they land, and what its advertisement says."""

    name: Line
    """The name, for yourself."""
    to: Annotated[Line, LinkTarget(query=True)]
    """Where visitors land: `product:rope-ring`, `product:rope-ring?variant=RG-17`, `/rings/`."""
    source: Tag | None = None
    """Where they come from, such as `google` (utm_source). Needed, unless there are partners."""
    medium: Tag
    """The kind of advertisement, such as `cpc` or `email` (utm_medium)."""
    campaign: Tag | None = None
    """The name in statistics (utm_campaign); by default the id."""
    term: Tag | None = None
    """The search term (utm_term)."""
    content: tuple[Tag, ...] = ()
    """The variants of the advertisement (utm_content)."""
    partners: tuple[Tag, ...] = ()
    """Partners that send visitors; each is a source of its own."""
    languages: tuple[Line, ...] = ()
    """The languages of its links; by default the first."""
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
