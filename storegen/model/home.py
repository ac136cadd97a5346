"""The home page: an editor's list of sections, each one of a few kinds."""

from __future__ import annotations

from storegen.model.picture import Image
from storegen.model.record import Record
from storegen.model.scalars import Count


class Hero(Record, frozen=True, kw_only=True):
    """What the shop is, where it is made, and the one button."""

    title: str
    text: str = ""
    button: str
    link: str
    second_text: str = ""
    second_link: str = ""
    second_link_text: str = ""
    image: str | Image


class Featured(Record, frozen=True, kw_only=True):
    """A row of chosen products."""

    title: str
    products: tuple[str, ...] = ()
    category: str = ""
    tag: str = ""
    count: Count = Count(4)
    link: str = ""
    link_text: str = ""


class Collections(Record, frozen=True, kw_only=True):
    """Categories with their pictures."""

    title: str = ""
    categories: tuple[str, ...] = ()


class GuideList(Record, frozen=True, kw_only=True):
    """Guides beside a picture."""

    title: str
    text: str = ""
    guides: tuple[str, ...]
    image: str | Image | None = None


class Place(Record, frozen=True, kw_only=True):
    """The place and the person behind the shop."""

    title: str
    text: str
    person: str = ""
    link: str = ""
    link_text: str = ""
    image: str | Image


class Voices(Record, frozen=True, kw_only=True):
    """What customers and the press say: reviews by product and press quotes by name."""

    title: str
    reviews: Count = Count(2)
    products: tuple[str, ...] = ()
    press: Count = Count(1)


class Prose(Record, frozen=True, kw_only=True):
    """A heading and a text."""

    title: str
    text: str
    link: str = ""
    link_text: str = ""


class Section(Record, frozen=True, kw_only=True):
    """One section of the home page; exactly one of its kinds is given."""

    hero: Hero | None = None
    promise: tuple[str, ...] = ()
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
    title: str = ""
    description: str = ""
    sections: tuple[Section, ...] = ()
