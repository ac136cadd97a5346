"""Template filters: convert values to the text, HTML or JSON of one language."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from markupsafe import Markup, escape

from storegen.locale import (
    Words,
    countries_text,
    country_text,
    date_span_text,
    date_text,
    days_text,
    direction_of,
    file_size_text,
    hours_text,
    list_text,
    lower_text,
    money_text,
    number_text,
    percent_text,
    time_text,
    weekday_text,
    word_text,
)
from storegen.model.money import Money, decimal_text, minor_amount
from storegen.model.plain import plain
from storegen.render.hyphens import hyphenate
from storegen.render.markdown import MarkdownRenderer
from storegen.render.qr import qr
from storegen.views.contexts.parts import Picture
from storegen.views.image_variants import largest_variant

_UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_encode_json = msgspec.json.Encoder(order="deterministic", enc_hook=plain).encode
_attribute_name = re.compile(r"[a-z][a-z0-9-]*").fullmatch


def make_filters(language: str, markdown: MarkdownRenderer, zone: dt.tzinfo) -> dict[str, Callable[..., Any]]:
    """Return the filters of one language. Datetimes are shown in the shop's *zone*."""
    return {
        "money": functools.partial(_money, language),
        "amount": decimal_text,
        "minor": minor_amount,
        "number": lambda value: number_text(value, language),
        "file_size": lambda size: file_size_text(size, language),
        "percent": functools.partial(_percent, language),
        "date": functools.partial(_date, language, zone),
        "day": lambda value: _date(language, zone, value, "brief"),
        "day_span": lambda first, last: date_span_text(first, last, language),
        "time": functools.partial(_time, language, zone),
        "hours": lambda text: hours_text(text, language),
        "eve": lambda moment: _eve(zone, moment),
        "weekday": lambda day, width="wide": weekday_text(day, language, width),
        "lowercase": lambda text: lower_text(text, language),
        "direction": direction_of,
        "hyphenate": lambda text, other="": hyphenate(text, other or language),
        "country": lambda code: country_text(code, language),
        "countries": lambda codes: countries_text(codes, language),
        "sentence": lambda names: list_text(names, language),
        "days": lambda days: days_text(days, language),
        "iso": functools.partial(_iso, zone),
        "srcset": srcset,
        "largest": largest_variant,
        "markdown": markdown.parts,
        "inline": markdown.inline,
        "contents": markdown.contents,
        "json": to_json,
        "current": mark_current,
        "attributes": attributes,
        "qr": qr,
    }


def make_words(words: Words, language: str) -> tuple[Callable[..., str], Callable[[str], dict[str, Any]]]:
    """Return `t`, which returns the text of a key, and `words`, which returns a whole section of texts."""

    def t(key: str, *, count: int | None = None, **values: object) -> str:
        """Return the text of a key with *values* filled in. *count* selects the plural form."""
        if key not in words:
            raise KeyError(f'there is no word "{key}" in locales/{language}.yaml')
        return word_text(words[key], language, count=count, **values)

    @functools.cache
    def section(name: str) -> dict[str, Any]:
        """Return all texts below a key."""
        prefix = f"{name}."
        found = {key.removeprefix(prefix): word for key, word in words.items() if key.startswith(prefix)}
        return {key: word if isinstance(word, str) else dict(word) for key, word in sorted(found.items())}

    return t, section


def srcset(picture: Picture, kind: str) -> str:
    """Return the srcset of a picture in a format. ``fallback`` is the format that every browser reads."""
    ending = picture.formats[-1] if kind == "fallback" else kind
    return ", ".join(f"{picture.stem}-{width}.{picture.digest}.{ending} {width}w" for width in picture.widths)


def to_json(value: object) -> Markup:
    """Return JSON for use in a script element or an attribute. All characters with a meaning in HTML are escaped."""
    text = _encode_json(value).decode()
    for sign, escaped in _UNSAFE.items():  # much faster than one pass over every character
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 - escaped


def attributes(pairs: Mapping[str, str]) -> Markup:
    """Return attributes with a space before each and escaped values.

    Attributes whose names contain other characters than letters, digits and hyphens are left out.
    """
    good = [(name, escape(value)) for name, value in sorted(pairs.items()) if _attribute_name(name)]
    return Markup("".join([f' {name}="{value}"' for name, value in good]))  # noqa: S704 - escaped


def mark_current(html: str, href: str) -> Markup:
    """Mark the link to *href* in a rendered fragment as the current one."""
    mark = f'href="{escape(href)}"'
    marked = str(html).replace(mark, f'{mark} aria-current="true"') if href else str(html)
    return Markup(marked)  # noqa: S704 - a fragment of ours


def _money(language: str, money: Money, kind: str = "") -> str:
    return money_text(money, language, short=kind == "short")


def _percent(language: str, value: int | str) -> str:
    return "−" + percent_text(value, language)


def _date(language: str, zone: dt.tzinfo, value: dt.date | dt.datetime, pattern: str = "long") -> str:
    if isinstance(value, dt.datetime):
        value = value.astimezone(zone).date()
    return date_text(value, language, pattern)


def _time(language: str, zone: dt.tzinfo, value: dt.datetime | str) -> str:
    found = dt.time.fromisoformat(value) if isinstance(value, str) else value.astimezone(zone).time()
    return time_text(found, language)


def _eve(zone: dt.tzinfo, moment: dt.datetime) -> dt.date | None:
    """Return the last whole day before a datetime, None if the datetime is not the first moment of a day."""
    last = (moment - dt.timedelta(seconds=1)).astimezone(zone).date()
    return last if last < moment.astimezone(zone).date() else None


def _iso(zone: dt.tzinfo, value: dt.date | dt.datetime) -> str:
    return value.astimezone(zone).isoformat() if isinstance(value, dt.datetime) else value.isoformat()
