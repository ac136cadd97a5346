"""The kinds of content: in which folder each stands, what it becomes, and which of its keys are words."""

from __future__ import annotations

import functools

import msgspec

from storegen.load.overlays import (
    ARTICLE_WORDS,
    CATEGORY_WORDS,
    HOME_WORDS,
    OFFER_WORDS,
    PAGE_WORDS,
    PERSON_WORDS,
    PRODUCT_WORDS,
)
from storegen.model.article import Article, CompanyPage, Person
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.record import Record
from storegen.model.review import Quote, Review


class Kind(msgspec.Struct, frozen=True):
    """One kind of content file; *words* is empty where it isn't translated; with *many*, a file may hold a list."""

    name: str
    folder: str
    endings: tuple[str, ...]
    record: type[Record]
    words: frozenset[str] = frozenset()
    tree: bool = False
    many: bool = False


PRODUCT = Kind("product", "products", (".yaml", ".yml"), Product, PRODUCT_WORDS, many=True)
CATEGORY = Kind("category", "categories", (".yaml", ".yml", ".md"), Category, CATEGORY_WORDS, tree=True)
GUIDE = Kind("guide", "guides", (".md",), Article, ARTICLE_WORDS)
POST = Kind("post", "blog", (".md",), Article, ARTICLE_WORDS)
PAGE = Kind("page", "pages", (".md",), CompanyPage, PAGE_WORDS)
HOME = Kind("home", "pages", (".yaml", ".yml"), Home, HOME_WORDS)
PERSON = Kind("person", "people", (".yaml", ".yml", ".md"), Person, PERSON_WORDS)
OFFER = Kind("offer", "offers", (".yaml", ".yml"), Offer, OFFER_WORDS)
CAMPAIGN = Kind("campaign", "campaigns", (".yaml", ".yml"), Campaign)
REVIEW = Kind("review", "reviews", (".yaml", ".yml"), Review, many=True)
PRESS = Kind("press quote", "press", (".yaml", ".yml"), Quote, many=True)

KINDS = (PRODUCT, CATEGORY, GUIDE, POST, PAGE, HOME, PERSON, OFFER, CAMPAIGN, REVIEW, PRESS)
OTHER_FOLDERS = frozenset(("media", "checkout", "history"))


def kind_of(file: str) -> Kind | None:
    """Return the kind of a file named relative to the site, or None where its folder or ending is no kind's."""
    folder, _, name = file.removeprefix("content/").partition("/")
    return _kind(folder, "." + name.rpartition(".")[2]) if name else None


@functools.cache
def _kind(folder: str, ending: str) -> Kind | None:
    return next((kind for kind in KINDS if folder == kind.folder and ending in kind.endings), None)
