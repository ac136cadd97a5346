"""Lines about the company that the law of its country asks for, on a page and at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.duties.words import COMPLAINTS, SELLER_LABELS, in_language
from storegen.postal import postal_address, with_country
from storegen.views.contexts.page import CompanyRow
from storegen.views.shop import Shop

_ROWS = ("representative", "register", "capital", "editor", "host", "sales_report")
# The lines that stand at the foot of every page, by the duty that asks for them there.
_FOOT = {
    "korean-footer": ("representative", "sales_report", "host"),
    "uk-company-details": ("register",),
    "indonesian-complaints": ("complaints",),
}


def company_rows(shop: Shop) -> tuple[CompanyRow, ...]:
    """Return the lines for pages about the company, in a fixed order. Those that site.yaml doesn't state are absent."""
    return tuple(_rows(shop, (*_ROWS, "numbers", "disputes", "complaints")))


def foot_rows(shop: Shop) -> tuple[CompanyRow, ...]:
    """Return the lines for the foot of every page. In Korea, all further details of the company are there too."""
    names = (name for duty, found in _FOOT.items() if duty in shop.duties for name in found)
    rows = tuple(_rows(shop, names))
    if "korean-footer" not in shop.duties:
        return rows
    return (*rows, *(CompanyRow(label=label, text=text) for label, text in shop.config.company.details.items()))


def label_of(shop: Shop, name: str) -> str:
    """Return the label of a line: the law's own in this language if it has one, else the theme's."""
    found = in_language(SELLER_LABELS, shop.language)
    own = found[1].get(name, "") if found else ""
    return own or next(
        filter(None, (shop.word(f"{group}.{name}") for group in ("seller", "company", "channels"))), name
    )


def address_of(shop: Shop) -> str:
    """Return the company's postal address with its country, empty if there is none."""
    company = shop.config.company
    address = postal_address(
        street=company.street,
        city=company.city,
        postcode=company.postcode,
        region=company.region,
        country=company.country,
        language=shop.language,
    )
    return with_country(address, company.country, shop.language) if address else ""


def _rows(shop: Shop, names: Iterator[str] | tuple[str, ...]) -> Iterator[CompanyRow]:
    company = shop.config.company
    for name in names:
        if name == "numbers":
            yield from (CompanyRow(label=each.name, text=each.number) for each in company.numbers)
        elif name == "complaints":
            text = company.complaints
            usual = COMPLAINTS.get(company.country, "") if "indonesian-complaints" in shop.duties else ""
            if text or usual:
                yield CompanyRow(label=label_of(shop, name), text="" if text else usual, inline=shop.linked(text))
        elif name == "disputes":
            if company.disputes:
                yield CompanyRow(label=label_of(shop, name), inline=shop.linked(company.disputes))
        elif text := getattr(company, name):
            yield CompanyRow(label=label_of(shop, name), text=text)
