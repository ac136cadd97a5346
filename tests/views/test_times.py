"""Times, opening hours and days are written as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from storegen.locale import date_span_text, hours_text, time_text
from tests.conftest import FIVE, MakeShop

SITE = """\
name: Test shop
url: https://shop.example
languages: [en, fi]
currency: EUR
timezone: Europe/Helsinki
company:
  legal_name: Test Oy
  email: a@shop.example
  country: FI
  hours_note: Ring the bell
  hours: {Mon-Fri: 10:00-17:30, Sat: 9:00-14:00}
  closed: [{day: 2026-12-24, until: 2026-12-26}]
delivery:
  dispatch: {before: 14:00, days: Mon-Fri}
  methods: [{id: post, name: Post, price: 5.90, days: 1-3, countries: [FI]}]
returns: {days: 30, free_in: [FI]}
promises:
  sent: {title: "Sent today before {send_before}"}
product_promises: [sent]
"""
FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE,
    "content/products/oil.yaml": (
        "name: Oil\nprice: 11.90\nstock: 3\ncategory: care\nunit_price: {content: 250 ml, per: 1 l}\n"
    ),
    "content/products/plasters.yaml": (
        "name: Plasters\nprice: 6.00\nstock: 3\ncategory: care\nunit_price: {content: 12 piece, per: 1 piece}\n"
    ),
    "content/products/tea.yaml": "name: Tea\nprice: 5.00\ncategory: care\nunit_price: {content: 50 g, per: 100 g}\n",
    "content/pages/contact.md": "---\ntitle: Contact\nlayout: contact\n---\nWrite to us.\n",
    "content/pages/returns.md": "---\ntitle: Returns\nlayout: returns\n---\nSend it back.\n",
    "content/offers/week.yaml": (
        "name: Week\nkind: sale\npercent: 10\nproducts: [plain-band]\nstarts: 2020-01-01\nends: 2096-12-24 18:30\n"
    ),
}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            "",
            {
                "contact": ("10–17:30", "9–14", "24 – 26 Dec"),
                "products/oil": ("Order by 14:00 on a working day", "Sent today before 14:00", "€47.60/l"),
                "products/plasters": ("€0.50/piece",),
                "products/tea": ("€10.00/100 g",),
                "products/plain-band": (", 18:30",),
                "returns": ("We do in Finland; elsewhere you do",),
            },
        ),
        (
            "fi/",
            {
                "contact": ("10–17.30", "9–14", "24.–26. joulukuuta"),
                "tuotteet/oil": ("ennen klo 14.00", "Sent today before 14.00", "47,60 €/l"),
                "tuotteet/plasters": ("0,50 €/kpl",),
                "tuotteet/tea": ("10,00 €/100 g",),
                "tuotteet/plain-band": ("klo 18.30",),
                "returns": ("Me maksamme (Suomi). Muista maista maksat itse.",),
            },
        ),
    ],
)
def test_page_has_times_and_days_of_its_language(
    make_shop: MakeShop, place: str, expected: dict[str, tuple[str, ...]]
) -> None:
    shop = make_shop(FILES)
    shop.build()

    for page, texts in expected.items():
        shown = " ".join(shop.html(f"{place}{page}/index.html").get_text().split())
        assert [text for text in texts if text not in shown] == [], page


def test_note_on_the_hours_stands_below_them(make_shop: MakeShop) -> None:
    shop = make_shop(FILES)
    shop.build()
    (box,) = shop.html("contact/index.html").select("opening-hours")

    assert " ".join(box.get_text().split()).endswith("closed Ring the bell")


@pytest.mark.parametrize(
    ("language", "noon", "hours", "days"),
    [
        ("en", "14:00", "10–17:30", "24 – 26 Dec"),
        ("fi", "14.00", "10–17.30", "24.–26. joulukuuta"),
        ("da", "14.00", "10–17.30", "24.–26. dec."),
        ("sv", "14:00", "10–17:30", "24–26 dec."),
        ("ko", "오후 2:00", "오전 10:00~오후 5:30", "12월 24일~26일"),
    ],
)
def test_times_follow_the_language(language: str, noon: str, hours: str, days: str) -> None:
    day = dt.date(2026, 12, 24)
    span = date_span_text(day, day + dt.timedelta(days=2), language)

    assert (time_text(dt.time(14), language), hours_text("10:00–17:30", language)) == (noon, hours)
    assert " ".join(span.split()) == days
