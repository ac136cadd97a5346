"""The types of content: where the files of each stand, what they become, and where their pages are."""

from __future__ import annotations

import functools

import msgspec

from storegen.model.article import Article, CompanyPage, Person
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.fields import holds_translations
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.record import Content, Record
from storegen.model.review import Quote, Review

_YAML = (".yaml", ".yml")


class ContentType(msgspec.Struct, frozen=True, kw_only=True):
    """One type of content: files of some *endings* in a *folder* of content/.

    Pages have addresses with a *prefix*, such as ``products/``; a type without pages has none. *index* is how links
    name the page that lists all of the type, *only* is the file name of a type that has one file. Ids of a *tree* are
    paths. Of a type with *many*, a file may hold a list, and records are decoded when they are asked for. *private*
    types may hold notes under ``private``, which only reports read.
    """

    name: str
    folder: str
    endings: tuple[str, ...]
    record: type[Record]
    prefix: str | None = None
    index: str = ""
    only: str = ""
    tree: bool = False
    many: bool = False
    private: bool = False

    @property
    def named(self) -> bool:
        """Whether each record has an id, by which others refer to it."""
        return issubclass(self.record, Content)

    @property
    def translated(self) -> bool:
        """Whether its records have texts that can be translated."""
        return self.named and holds_translations(self.record)


PRODUCT = ContentType(
    name="product", folder="products", endings=_YAML, record=Product, prefix="products/", many=True, private=True
)
CATEGORY = ContentType(
    name="category", folder="categories", endings=(*_YAML, ".md"), record=Category, prefix="", tree=True
)
GUIDE = ContentType(name="guide", folder="guides", endings=(".md",), record=Article, prefix="guides/", index="guides")
POST = ContentType(name="post", folder="blog", endings=(".md",), record=Article, prefix="blog/", index="blog")
PAGE = ContentType(name="page", folder="pages", endings=(".md",), record=CompanyPage, prefix="")
HOME = ContentType(name="home", folder="pages", endings=_YAML, record=Home, prefix="", index="home", only="home")
PERSON = ContentType(name="person", folder="people", endings=(*_YAML, ".md"), record=Person, prefix="people/")
OFFER = ContentType(name="offer", folder="offers", endings=_YAML, record=Offer, prefix="offers/")
CAMPAIGN = ContentType(name="campaign", folder="campaigns", endings=_YAML, record=Campaign)
REVIEW = ContentType(name="review", folder="reviews", endings=_YAML, record=Review, many=True)
PRESS = ContentType(name="press", folder="press", endings=_YAML, record=Quote, many=True)

CONTENT_TYPES = (PRODUCT, CATEGORY, GUIDE, POST, PAGE, HOME, PERSON, OFFER, CAMPAIGN, REVIEW, PRESS)
BY_NAME = {each.name: each for each in CONTENT_TYPES}
# The types that links name as ``type:id``, and the pages that list one of them.
LINKED = tuple(each.name for each in CONTENT_TYPES if each.prefix is not None and not each.only)
INDEXES = {each.index: each.name for each in CONTENT_TYPES if each.index}
# The types whose records have ids.
NAMED = tuple(each for each in CONTENT_TYPES if each.named)
# Folders of content/ that hold something else.
OTHER_FOLDERS = frozenset(("media", "checkout", "history"))


def content_type_of(file: str) -> ContentType | None:
    """Return the type of a file named relative to the site; None where its folder, name or ending is no type's."""
    folder, _, name = file.removeprefix("content/").partition("/")
    if not name:
        return None
    found = _of_folder(folder, "." + name.rpartition(".")[2])
    if found is not None and found.only and name.rpartition("/")[2].partition(".")[0] != found.only:
        return None
    return found


@functools.cache
def _of_folder(folder: str, ending: str) -> ContentType | None:
    return next((each for each in CONTENT_TYPES if folder == each.folder and ending in each.endings), None)
