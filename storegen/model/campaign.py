"""A campaign: where its visitors come from, where they land, and what its advertisement says."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Self
from urllib.parse import parse_qsl

from storegen.model.line import Line
from storegen.model.record import Record, Status
from storegen.model.scalars import Amount, Count, Names, Percent

_TAG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
LONGEST_TAG = 100


class Tag(str):
    """One word of a tagged address: lower case, letters, digits, ``-`` and ``_``, the same wherever it is counted.

    Tools tell "Email" from "email"; Stripe takes no other signs (docs.stripe.com/payment-links/url-parameters as of
    2026-11).
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        if not _TAG.fullmatch(text) or len(text) > LONGEST_TAG:
            better = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_") or "spring-sale"
            raise ValueError(f'expected lower-case letters, digits, "-" and "_", such as {better}; found "{text}"')
        return cls(text)


class Budget(Record, frozen=True, kw_only=True):
    """What is expected: so many *clicks* at *click* each, and how many in a hundred of them buy."""

    clicks: Count | None = None
    click: Amount | None = None
    conversion: Percent = Percent(Decimal(2))


class Campaign(Record, frozen=True, kw_only=True):
    """A campaign; *to* is a reference or an address of this shop, *words* are those of the advertisement.

    *content* are the variants of the advertisement; each of the *partners* is a source of its own.
    """

    id: str
    file: str

    name: Line
    to: Line
    source: Tag | None = None
    medium: Tag
    campaign: Tag | None = None
    term: Tag | None = None
    content: tuple[Tag, ...] = ()
    partners: tuple[Tag, ...] = ()
    languages: tuple[Line, ...] = ()
    words: Names = Names()
    budget: Budget = Budget()
    status: Status = "published"

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
