"""Customers' reviews with the shop's replies."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self

from storegen.model.picture import Image, as_image
from storegen.model.record import Record
from storegen.model.scalars import Flag, LanguageCode, Scalar, Stars, Url
from storegen.model.text import Line, PictureFile, ProductRef
from storegen.model.times import Day

# A product with more reviews has a page of its own for them.
SEVERAL = 20
# What a buyer got for a review, whatever its rating. Each has its words in the theme: 16 CFR 255.5 (US) and the
# Unfair Commercial Practices Directive, annex I (EU) ask to disclose it where the review is read (2026-11).
Reward = Literal["discount", "voucher", "points", "product", "draw", "other"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What tells who a buyer is. A number of an order follows its word, in the languages of the theme.
_PRIVATE = (
    ("an e-mail address", re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\W\d_]{2,}")),
    ("a phone number", re.compile(r"(?:\+|\b00?)[1-9](?:[ ()/.-]{0,2}\d){6,13}\b")),
    (
        "an order number",
        re.compile(
            r"(?:order|tilau\w*|beställning\w*|bestellung|tellimu\w*|commande|pedido|pesanan|注文|주문)"
            r"[^\w\n]{0,3}(?:number|no|nr|nro|numero\w*|nummer|numéro|nomor|番号|번호)?[^\w\n]{0,3}(?:[A-Z]{1,4}-?)?\d{4,}",
            re.IGNORECASE,
        ),
    ),
)


class ReplyText(Scalar, str):
    """A public answer to a buyer, without anything that tells who the buyer is."""

    __slots__ = ()
    NAME = "public answer"
    PATTERN = r"[\s\S]*"
    EXPECTS = "an answer that everybody may read"
    EXAMPLES = ("Thank you. Send it to us, and we solder it.",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the answer. Raises ValueError if it holds an e-mail address, a phone number or an order number."""
        for what, pattern in _PRIVATE:
            if found := pattern.search(text):
                raise ValueError(f'expected {cls.EXPECTS}, found {what}, "{found[0]}"; answer that in a mail')
        return cls(text)


class Reply(Record, frozen=True, kw_only=True):
    """The shop's answer to a review, with the name of its author."""

    text: ReplyText
    """The answer. It can't hold an e-mail address, a phone number or an order number."""
    by: Line
    """The person who answers: the id of a person in content/people, or a name."""
    date: Day | None = None
    """The day of the answer."""


class Review(Record, frozen=True, kw_only=True):
    """What a customer wrote about a product."""

    FORMER_NAMES = {"image": "images"}

    product: ProductRef
    """The product's id."""
    rating: Stars
    """1 to 5 stars."""
    title: Line = ""
    """The review's title."""
    text: str = ""
    """The customer's words."""
    name: Line = ""
    """The customer's name, as you may show it."""
    place: Line = ""
    """The customer's town or country."""
    date: Day
    """The day of the review."""
    variant: Line = ""
    """The article that the customer bought, such as "size 17"."""
    images: tuple[PictureFile | Image, ...] = ()
    """The customer's pictures: files of content/media or web addresses."""
    video: Url | None = None
    """The web address of the customer's video. At YouTube and Vimeo, it plays in the page after a press."""
    language: LanguageCode = LanguageCode("")
    """The language of the review, such as `fi`. Default: the shop's first language."""
    verified: Flag = Flag(0)
    """`yes`: you know from an order that this person bought the product."""
    reward: Reward | None = None
    """What the customer got for the review, whatever its rating. Pages show it, as the law of many countries
    demands."""
    source: Line = ""
    """How the review reached you, such as "mail after the order"."""
    reply: Reply | None = None
    """The shop's answer."""

    @property
    def pictures(self) -> tuple[Image, ...]:
        """The pictures in order."""
        return tuple(as_image(image) for image in self.images)


def replier(record: object) -> str:
    """Return who replied to a review or a comment, empty for any other record and without a reply."""
    reply = getattr(record, "reply", None)
    return reply.by if isinstance(reply, Reply) else ""


def is_person_id(by: str) -> bool:
    """Return whether the author of a reply is given by the id of a person, not by a name such as "Aino"."""
    return _ID.fullmatch(by) is not None
