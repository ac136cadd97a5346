"""Kinds of forms with their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a form.

    *name* is its name in what an address of the shop's own receives. *complete* is the value of ``autocomplete`` (HTML
    Living Standard, 4.10.18.7), *longest* the largest number of characters.
    """

    name: str
    input: Literal["text", "email", "textarea", "rating", "choice"] = "text"
    complete: str = "off"
    longest: int = 120


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of form.

    *fields* are the names of its fields in their order, and *optional* those that may stay empty. *prefilled* is the
    field that a link to the form's page fills with its parameter ``product`` or ``order``. A *list* is a kind that
    services for newsletters take; all others send a message.
    """

    name: str
    fields: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    prefilled: str = ""
    list: bool = False

    @property
    def slug(self) -> str:
        """The last part of the address of its page."""
        return self.name.replace("_", "-")


def _by_name(*fields: Field) -> Mapping[str, Field]:
    return {field.name: field for field in fields}


FIELDS = _by_name(
    Field(name="email", input="email", complete="email", longest=254),  # RFC 5321, 4.5.3.1.3
    Field(name="name", complete="name"),
    Field(name="about", longest=200),
    Field(name="product", longest=200),
    Field(name="order", longest=60),
    Field(name="goods", longest=500),
    Field(name="rating", input="rating"),
    Field(name="answer", input="choice"),
    Field(name="headline", longest=100),
    Field(name="message", input="textarea", longest=4000),
)

# Each kind asks for what is needed to do what the visitor wants, and for nothing else (Regulation (EU) 2016/679,
# article 5(1)(c)). The fields of a withdrawal are those of Directive (EU) 2023/2673, article 1(4), which adds article
# 11a(2) to Directive 2011/83/EU: the name, the contract, and where the confirmation goes.
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="contact", fields=("email", "about", "message"), optional=frozenset(("about",)), prefilled="about"),
        Kind(name="question", fields=("product", "email", "message"), prefilled="product"),
        Kind(name="newsletter", fields=("email",), list=True),
        Kind(name="back_in_stock", fields=("product", "email"), prefilled="product"),
        Kind(
            name="review",
            fields=("product", "rating", "headline", "message", "name", "email"),
            optional=frozenset(("headline",)),
            prefilled="product",
        ),
        Kind(name="comment", fields=("about", "message", "name", "email"), prefilled="about"),
        Kind(
            name="survey",
            fields=("rating", "message", "order", "email"),
            optional=frozenset(("order", "email")),
            prefilled="order",
        ),
        Kind(
            name="withdrawal",
            fields=("name", "order", "email", "goods"),
            optional=frozenset(("goods",)),
            prefilled="order",
        ),
        Kind(name="lead", fields=("answer", "email"), list=True),
        Kind(name="order", fields=("name", "email", "message")),
    )
}
# The kinds that have a page of their own. The order sheet is the form of an order, and each lead page has its own form.
PAGES = tuple(name for name in KINDS if name not in {"order", "lead"})
