"""Mails of a series: their subject, text, readers and time, as a merchant writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self

from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Status
from storegen.model.scalars import Count, Flag, Scalar
from storegen.model.text import Link, Markdown, OfferRef, PersonRef, PictureFile, TranslatedLine

Segment = Literal["everyone", "leads", "buyers", "regulars", "lapsed"]
Event = Literal["signup", "order", "dispatch", "delay", "delivery"]

EVENTS: tuple[Event, ...] = ("signup", "order", "dispatch", "delay", "delivery")


class Occasion(Scalar, str):
    """When a mail is sent: an event of the reader, and a number of days after it."""

    __slots__ = ()
    NAME = "occasion"
    PATTERN = rf"(?:{'|'.join(EVENTS)})(?: \+ (?:1 day|[1-9][0-9]{{0,3}} days))?"
    EXPECTS = f'one of {", ".join(EVENTS)}, with days after it if you like, such as "delivery + 14 days"'
    EXAMPLES = ("signup", "delivery + 14 days")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the occasion; raises ValueError for an unknown event and for days in another form."""
        cls.match(text)
        return cls(text)

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the occasion that was probably meant: a number of days and an event, in any order."""
        days, event = re.search("[0-9]{1,4}", text), re.search("|".join(EVENTS), text.lower())
        if days is None or event is None:
            return ""
        number = int(days[0])
        return f"{event[0]} + {number} day{'s' * (number > 1)}" if number else event[0]

    @property
    def event(self) -> str:
        """The event."""
        return self.partition(" + ")[0]

    @property
    def days(self) -> int:
        """The number of days after the event; 0 means at once."""
        return int(self.partition(" + ")[2].partition(" ")[0] or 0)


class Mail(Content, frozen=True, kw_only=True):
    """A mail that your mail service sends by itself: to whom, when, and what it says."""

    body: Markdown = ""
    """The text below the front matter."""

    subject: TranslatedLine
    """The subject."""
    preheader: TranslatedLine
    """The line that inboxes show behind the subject, 40 to 100 letters long."""
    heading: TranslatedLine = ""
    """The heading above the text. Default: the subject."""
    segment: Segment
    """Who gets the mail: `everyone`, `leads` (on the list, nothing bought yet), `buyers`, `regulars` (bought twice or
    more), or `lapsed` (bought once, but not for a long time)."""
    when: Occasion
    """When it is sent: at `signup`, `order`, `dispatch`, `delay` or `delivery`, or days after it, such as
    `delivery + 14 days`. See [When a mail is sent](mails.md#when-a-mail-is-sent)."""
    order: Count = Count(1000)
    """The position in the series. Mails with the same number are sorted by the names of their files."""
    transactional: Flag = Flag(0)
    """`yes`: the mail belongs to an order, and advertises nothing. It can contain no products and no offer."""
    offer: OfferRef = ""
    """An offer that the mail shows below its text, with its code and its end."""
    button: TranslatedLine = ""
    """The words of the button below the text."""
    link: Link = ""
    """Where the button leads. A link to `track` brings the number of the reader's parcel."""
    image: PictureFile | Image | None = None
    """The picture above the text."""
    author: PersonRef = ""
    """The person who signs the mail."""
    status: Status = "published"
    """`draft`: the mail is not made."""

    @property
    def has_page(self) -> bool:
        """False: mails are no pages of the shop."""
        return False

    @property
    def tags(self) -> dict[str, str]:
        """The tags of its links to the shop, as campaigns have them."""
        source = "order-mail" if self.transactional else "newsletter"
        return {"utm_source": source, "utm_medium": "email", "utm_campaign": self.id}

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)
