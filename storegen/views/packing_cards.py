"""Packing cards: care in short, the way to the support page and to the shop, and thanks, for the parcel."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from storegen.markdown.plain_text import plain_text
from storegen.model.product import Product
from storegen.outputs import Page
from storegen.views.catalog import Catalog
from storegen.views.channels import channel_lines
from storegen.views.contexts.packing_card import CareNote, PackingCard, PackingCards, Paper, PrintedLink
from storegen.views.contexts.page import ChannelLine
from storegen.views.layout import company_box
from storegen.views.reviews import write_href
from storegen.views.shop import Shop
from storegen.views.support_texts import care_of, support_href

TEMPLATE = "card/card.html"
PAPERS: Mapping[Paper, int] = {"a6": 1, "a4": 4}  # cards on a sheet
# The letters of care advice that a card has room for. A wide letter, as in Korean, counts as two.
_ROOM = 370
_MOST = 4  # pieces of advice, and channels
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*")
_SCHEME = re.compile(r"^https?://(?:www\.)?")
_RESERVED = "/:?#[]@!$&'()*+,;=%~"  # signs that have a meaning in addresses (RFC 3986)


def packing_cards(shop: Shop, catalog: Catalog, names: Sequence[str], paper: Paper, style: str) -> Page:
    """Return the cards of some products in one language, to be printed."""
    recipe = functools.partial(_cards, shop, catalog, tuple(names), paper, style)
    return Page(f"{shop.language}/{paper}.html", TEMPLATE, recipe, shop.language)


def _cards(shop: Shop, catalog: Catalog, names: tuple[str, ...], paper: Paper, style: str) -> PackingCards:
    made = {name: _card(shop, shop.content.products[name]) for name in dict.fromkeys(names)}
    rest, count = iter(made[name] for name in names), PAPERS[paper]
    return PackingCards(
        title=f"{shop.word('card.title')}, {shop.config.name}",
        paper=paper,
        sheets=tuple(iter(lambda: tuple(itertools.islice(rest, count)), ())),
        channels=tuple(line for line in channel_lines(shop, company_box(shop)) if _readable(line))[:_MOST],
        style=style,
    )


def _readable(line: ChannelLine) -> bool:
    """Return whether a channel can be used from paper: it has an address or a number that people can read."""
    return line.kind != "chat" and line.text != line.name


def _card(shop: Shop, product: Product) -> PackingCard:
    review = write_href(shop, product)
    return PackingCard(
        id=product.id,
        name=product.name,
        language=shop.text_language(product),
        care=tuple(care_in_short(care_of(shop, product))),
        help=_printed(shop, support_href(shop, product) or shop.product_href(product.id)),
        review=_printed(shop, review) if review else None,
    )


def _printed(shop: Shop, href: str) -> PrintedLink:
    """Return an address for paper. People read it without its scheme and without what follows a question mark."""
    whole = shop.absolute(href)
    return PrintedLink(
        href=quote(whole, safe=_RESERVED), text=_SCHEME.sub("", unquote(whole.partition("?")[0]).partition("#")[0])
    )


def care_in_short(advice: Mapping[str, str]) -> Iterator[CareNote]:
    """Yield the first sentences of each piece of advice, as many as a card has room for."""
    chosen = list(itertools.islice(advice.items(), _MOST))
    left = _ROOM
    for number, (title, text) in enumerate(chosen):
        share = left // (len(chosen) - number) - _width(title)
        words = _first_sentences(plain_text(text), share, left - _width(title))
        if words:
            left -= _width(title) + _width(words)
            yield CareNote(title=title, text=words)


def _first_sentences(text: str, wanted: int, most: int) -> str:
    """Return a text's first sentence and those that fit into *wanted* letters, empty if the first exceeds *most*."""
    sentences = [each for each in _SENTENCE.split(text) if each]
    if not sentences or _width(sentences[0]) > most:
        return ""
    taken = sentences[0]
    for sentence in sentences[1:]:
        if _width(f"{taken} {sentence}") > wanted:
            break
        taken = f"{taken} {sentence}"
    return taken


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
