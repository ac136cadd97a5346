"""The home page: an editor's list of sections, each one of a few kinds."""

from __future__ import annotations

from storegen.model.line import Line
from storegen.model.picture import Image
from storegen.model.record import Record
from storegen.model.scalars import Count


class Hero(Record, frozen=True, kw_only=True):
    """What the shop is, where it is made, and the one button."""

    title: Line
    text: str = ""
    button: Line
    link: Line
    second_text: Line = ""
    second_link: Line = ""
    second_link_text: Line = ""
    image: str | Image


class Featured(Record, frozen=True, kw_only=True):
    """A row of chosen products."""

    title: Line
    products: tuple[Line, ...] = ()
    category: Line = ""
    tag: Line = ""
    count: Count = Count(4)
    link: Line = ""
    link_text: Line = ""


class Collections(Record, frozen=True, kw_only=True):
    """Categories with their pictures."""

    title: Line = ""
    categories: tuple[Line, ...] = ()


class GuideList(Record, frozen=True, kw_only=True):
    """Guides beside a picture."""

    title: Line
    text: str = ""
    guides: tuple[Line, ...]
    image: str | Image | None = None


class Place(Record, frozen=True, kw_only=True):
    """The place and the person behind the shop."""

    title: Line
    text: str
    person: Line = ""
    link: Line = ""
    link_text: Line = ""
    image: str | Image


class Voices(Record, frozen=True, kw_only=True):
    """What customers and the press say: reviews by product and press quotes by name."""

    title: Line
    reviews: Count = Count(2)
    products: tuple[Line, ...] = ()
    press: Count = Count(1)


class Prose(Record, frozen=True, kw_only=True):
    """A heading and a text."""

    title: Line
    text: str
    link: Line = ""
    link_text: Line = ""


class Section(Record, frozen=True, kw_only=True):
    """One section of the home page; exactly one of its kinds is given."""

    hero: Hero | None = None
    promise: tuple[Line, ...] = ()
    collections: Collections | None = None
    featured: Featured | None = None
    guides: GuideList | None = None
    place: Place | None = None
    voices: Voices | None = None
    prose: Prose | None = None

    @property
    def kind(self) -> str:
        """The name of the kind that is given."""
        return next((name for name in self.__struct_fields__ if getattr(self, name)), "")


class Home(Record, frozen=True, kw_only=True):
    """The home page in one language."""

    file: str
    language: str
    title: Line = ""
    description: str = ""
    sections: tuple[Section, ...] = ()
