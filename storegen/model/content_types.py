"""The types of content, with their folders, record classes and page addresses."""

from __future__ import annotations

import functools
import re

import msgspec

from storegen.model.article import Article, CompanyPage, Person
from storegen.model.brand import Brand
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.comment import Comment
from storegen.model.endorsement import Endorsement
from storegen.model.fields import holds_translations
from storegen.model.home import Home
from storegen.model.landing import Landing
from storegen.model.mail import Mail
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.record import Content, Record
from storegen.model.review import Review

_YAML = (".yaml", ".yml")


class ContentType(msgspec.Struct, frozen=True, kw_only=True):
    """A type of content: files with certain *endings* in a *folder* of content/.

    - *section* is the English name of the first part of its pages' addresses, such as ``products``. The pages of a type
      without a name are at the root. A type without pages has None.
    - *index* is the name in links for the page that lists all records of the type.
    - *only* is the file name of a type with a single file.
    - In a *tree*, ids are paths.
    - With *many*, a file may contain a list, and records are decoded on demand.
    - *private* types may have notes under ``private``, which only reports read.
    """

    name: str
    folder: str
    endings: tuple[str, ...]
    record: type[Record]
    section: str | None = None
    index: str = ""
    only: str = ""
    tree: bool = False
    many: bool = False
    private: bool = False

    @property
    def named(self) -> bool:
        """Whether each record has an id for references."""
        return issubclass(self.record, Content)

    @property
    def translated(self) -> bool:
        """Whether its records have translatable texts."""
        return self.named and holds_translations(self.record)


PRODUCT = ContentType(
    name="product",
    folder="products",
    endings=_YAML,
    record=Product,
    section="products",
    index="products",
    many=True,
    private=True,
)
CATEGORY = ContentType(
    name="category", folder="categories", endings=(*_YAML, ".md"), record=Category, section="", tree=True
)
GUIDE = ContentType(name="guide", folder="guides", endings=(".md",), record=Article, section="guides", index="guides")
POST = ContentType(name="post", folder="blog", endings=(".md",), record=Article, section="blog", index="blog")
PAGE = ContentType(name="page", folder="pages", endings=(".md",), record=CompanyPage, section="")
HOME = ContentType(name="home", folder="pages", endings=_YAML, record=Home, section="", index="home", only="home")
PERSON = ContentType(name="person", folder="people", endings=(*_YAML, ".md"), record=Person, section="people")
BRAND = ContentType(
    name="brand", folder="brands", endings=(*_YAML, ".md"), record=Brand, section="brands", index="brands"
)
OFFER = ContentType(name="offer", folder="offers", endings=_YAML, record=Offer, section="offers")
LANDING = ContentType(name="landing", folder="landing", endings=(".md",), record=Landing, section="")
CAMPAIGN = ContentType(name="campaign", folder="campaigns", endings=_YAML, record=Campaign)
MAIL = ContentType(name="mail", folder="mail", endings=(".md",), record=Mail)
REVIEW = ContentType(name="review", folder="reviews", endings=_YAML, record=Review, many=True)
COMMENT = ContentType(name="comment", folder="comments", endings=_YAML, record=Comment, many=True)
ENDORSEMENT = ContentType(name="endorsement", folder="endorsements", endings=_YAML, record=Endorsement)

CONTENT_TYPES = (
    PRODUCT,
    CATEGORY,
    GUIDE,
    POST,
    PAGE,
    HOME,
    PERSON,
    BRAND,
    OFFER,
    LANDING,
    CAMPAIGN,
    MAIL,
    REVIEW,
    COMMENT,
    ENDORSEMENT,
)
BY_NAME = {each.name: each for each in CONTENT_TYPES}
# The types that links name as ``type:id``, and the pages that list a whole type.
LINKED = tuple(each.name for each in CONTENT_TYPES if each.section is not None and not each.only)
INDEXES = {each.index: each.name for each in CONTENT_TYPES if each.index}
# The types whose records have ids.
NAMED = tuple(each for each in CONTENT_TYPES if each.named)
# Folders and files of content/ that are no content types.
OTHER_FOLDERS = frozenset(("media", "checkout", "history", "redirects.yaml", "sales.csv", "search.yaml"))
# The words of the search, and those of another language.
SEARCH_WORDS = re.compile(r"content/search(?:\.([A-Za-z-]+))?\.yaml")
# What former folders are called now.
FORMER_FOLDERS = {"press": "content/endorsements/, a file for each quote, with kind: press, name and quote"}
# The path of an old address in redirects.yaml. Hosts compare the path only, and give * and : a meaning.
OLD_ADDRESS = re.compile(r"/[^\s?#*:]*")


def content_type_of(file: str) -> ContentType | None:
    """Return the type of a file named relative to the site, or None if no type has its folder, name or ending."""
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
