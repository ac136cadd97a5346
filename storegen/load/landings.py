"""Checks of lead pages: the number of answers, and that nothing on them is for sale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storegen.errors import Problem
from storegen.load.entries import Entries, LoadSettings
from storegen.model.landing import LEAST, MOST, Landing
from storegen.model.offer import Offer
from storegen.model.store import Store
from storegen.references import Reference
from storegen.yaml import Place

# An amount of money: a currency beside a number. The signs are those of CLDR 46 for the currencies that shops use most.
_SIGN = r"(?:[€$£¥₩₹₫฿₺]|zł|Kč|kr|Rp|Fr\.|\b[A-Z]{3}\b)"
_NUMBER = r"\d[\d.,\u00a0\u202f' ]*"
_PRICE = re.compile(rf"{_SIGN}[\s\u00a0\u202f]?{_NUMBER}|{_NUMBER}[\s\u00a0\u202f]?(?:{_SIGN}|円|원|元)")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_CARD = re.compile(r"!\[[^\]]*\]\((product:[^)\s]+)[^)]*\)")
_REMEDY = "a lead page sells nothing yet; write it on the page of the offer or of the product"


def check_landings(entries: Entries, store: Store, settings: LoadSettings) -> Iterator[Problem]:
    """Yield the lead pages with too few or too many answers, with prices or products, or with an unsuitable offer."""
    config = settings.config
    currencies = frozenset((config.currency, *(market.currency for market in config.markets.values())))
    for language, content in store.localized.items():
        for landing in content.landings.values():
            entry = entries["landing"][landing.id]
            if language == settings.languages[0]:
                yield from entry.base.problems(_faults(landing, content.offers.get(landing.offer)))
            for place, text in _texts(landing):
                source = entry.source(language, place)
                for line, found, message in _sold(text, currencies):
                    if language == settings.languages[0] or source is not entry.base:
                        yield source.text_problem(place, Reference(found, line), message)


def _faults(landing: Landing, offer: Offer | None) -> Iterator[tuple[Place, str]]:
    count = len(landing.answers)
    if not LEAST <= count <= MOST:
        yield ("answers",), f"expected {LEAST} to {MOST} answers, found {count}"
    pictured = [answer.image is not None for answer in landing.answers]
    if any(pictured) and not all(pictured):
        yield ("answers", pictured.index(False), "image"), "is missing: give all answers a picture, or none"
    if offer is not None and offer.kind != "first_purchase":
        yield ("offer",), f"expected an offer of the kind first_purchase, found one of the kind {offer.kind}"


def _texts(landing: Landing) -> Iterator[tuple[Place, str]]:
    """Yield the texts that visitors read before they send the form. The replies come after it."""
    for name in ("title", "summary", "choose", "button", "promise", "body"):
        yield (name,), getattr(landing, name)
    for number, answer in enumerate(landing.answers):
        yield ("answers", number, "text"), answer.text
    if landing.voice:
        yield ("voice", "text"), landing.voice.text


def _sold(text: str, currencies: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what a text sells, as (line, words, message)."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _CARD.finditer(line):
            yield number, found[1], f'shows "{found[1]}": {_REMEDY}'
        for price in _PRICE.finditer(line):
            code = _CODE.search(price[0])
            if code is None or code[0] in currencies:
                yield number, price[0].strip(), f'names a price, "{price[0].strip()}": {_REMEDY}'
