"""What others say about the shop: the press, partners, certificates, communities and ratings on other sites."""

from __future__ import annotations

from typing import Literal, get_args

from storegen.model.clock import Clock
from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Status
from storegen.model.scalars import Count, MeanRating, Url
from storegen.model.text import Line, PictureFile, TranslatedLine, TranslatedText
from storegen.model.times import Day, EndInstant

Kind = Literal["press", "partner", "certificate", "community", "marketplace"]
# The kinds, in the order in which pages show them.
KINDS: tuple[Kind, ...] = get_args(Kind)


class Endorsement(Content, frozen=True, kw_only=True):
    """What somebody outside the shop says about it, with the source."""

    kind: Kind
    """The kind: an article, a partner, a certificate or membership, a group of customers, or a rating on another
    site."""
    name: TranslatedLine
    """The newspaper, partner, certificate, group or site."""
    quote: Line = ""
    """Their words. They are not translated."""
    text: TranslatedText = ""
    """Your words: what you do together, what the certificate means, who meets in the group."""
    link: Url | None = None
    """The web address where visitors can check it: the article, the register, the group, your profile."""
    date: Day | None = None
    """The day of the article, the certificate or the rating."""
    expires: EndInstant | None = None
    """The last day of the certificate. Builds after this day leave it out."""
    image: PictureFile | Image | None = None
    """The logo or picture."""
    rating: MeanRating | None = None
    """The mean rating on the other site, out of 5: `4.8`."""
    ratings: Count | None = None
    """The number of ratings there."""
    order: Count = Count(1000)
    """The position among entries of the same kind. Entries with the same number are sorted by name."""
    status: Status = "published"
    """`published`, or `draft` (not built)."""

    @property
    def has_page(self) -> bool:
        """False: all entries are on one page."""
        return False

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)

    def is_public(self, clock: Clock) -> bool:
        """Return whether it is published and has not expired."""
        return self.status == "published" and not (self.expires and clock.reached(self.expires))
