"""What form editors save: blank texts for fields that were left empty, and days as moments."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from storegen.blanks import is_blank
from storegen.errors import ContentError
from storegen.load.shop import load_shop
from storegen.model.product import Product
from storegen.model.times import Day, Instant
from storegen.yaml import Value
from tests.conftest import FIVE, MakeShop
from tests.records import HELSINKI, record
from tests.shop import SITE, png, tree

BLANKS = """\
name: Plain band
sku: RG-001
category: rings
price: 49.00
stock: 9
compare_at_price: ''
brand: ''
gtin: ""
weight: ''
currency: ''
availability: ''
condition: ''
tax_class: ''
slug: ''
status: ''
summary: ''
note: {text: '', by: ''}
unit_price: {content: '', per: ''}
delivery: {make_days: '', digital: '', methods: ['']}
images: [{file: '', alt: ''}, '']
tags:
  - ''
related: ['']
variants: [{sku: '', price: '', options: {}}]
options: {Size: ['']}
specs: {Metal: ''}
questions: [{question: '', answer: '', date: ''}]
extra: {a: '', b: ['']}
"""


def test_blank_text_in_any_optional_field_is_a_key_that_is_absent(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    built = tree(shop.output)
    shop.write("content/products/plain-band.yaml", BLANKS)
    shop.build()

    assert tree(shop.output) == built


def test_blank_text_in_site_yaml_and_in_front_matter_is_absent(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    built = tree(shop.output)
    blanks = "tagline: ''\nbanner: ['']\nsearch: ''\nfeeds: ''\nsupport: ''\n".replace("support: ''\n", "")
    shop.write(
        "site.yaml", SITE + blanks + "theme: {logo: '', tokens: {ink: ''}}\nfooter: {Help: ['']}\nchannels: ['']\n"
    )
    shop.edit(
        "content/guides/ring-size.md", "date:", "image: ''\nauthor: ''\norder: ''\nsidenotes: [{title: ''}]\ndate:"
    )
    shop.build()

    assert tree(shop.output) == built


def test_blank_text_among_others_is_left_out() -> None:
    values: dict[str, Value] = {
        "name": "Ring",
        "tags": ["", "silver", ""],
        "category": ["", "rings"],
        "images": [{"file": "media/a.jpg", "alt": ""}, {"file": "", "alt": ""}, "media/b.jpg"],
        "specs": {"Metal": "silver", "Width": ""},
    }
    found = record(Product, {"id": "ring", "file": "ring.yaml", **values})

    assert (found.tags, found.category, found.specs) == (("silver",), ("rings",), {"Metal": "silver"})
    assert [(each.file, each.alt) for each in found.pictures] == [("media/a.jpg", ""), ("media/b.jpg", "")]


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        ("", True),
        (None, True),
        ("0", False),
        (" ", False),
        ([""], True),
        (["", None], True),
        ([], False),
        ({}, False),
        ([[]], False),
        ({"a": "", "b": []}, True),
        ({"a": "", "b": "x"}, False),
    ],
)
def test_blank_is_what_holds_blank_texts_only(value: Value, blank: bool) -> None:  # noqa: FBT001 - a value of a table
    assert is_blank(value) is blank


def test_blank_text_in_a_translation_leaves_the_original(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "site.yaml": SITE + "languages: [en, fi]\ntagline: Silver by hand\n",
            "site.fi.yaml": "tagline: ''\nfooter: ''\n",
            "content/products/rope-ring.fi.yaml": (
                "name: Köysisormus\nsummary: ''\nprice: ''\nspecs: ''\nnote: {text: ''}\nimages: ['']\n"
                "options: {Size: {name: Koko, '16': ''}}\n"
            ),
        }
    )
    configs, store = load_shop(shop.folder)
    found = store.localized["fi"].products["rope-ring"]

    assert configs["fi"].tagline == "Silver by hand"
    assert (found.name, found.summary) == ("Köysisormus", "Three wires, twisted by hand.")
    assert (dict(found.specs), found.labels) == ({"Metal": "925 silver", "Width": "3 mm"}, {"Size": "Koko"})


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-20T09:30:00.000Z",
        "2026-03-20T09:30:00Z",
        "2026-03-20T11:30:00.000+02:00",
        "2026-03-20 11:30:00 +0200",
        "2026-03-20 11:30",
    ],
)
def test_moment_is_read_as_form_editors_write_it(text: str) -> None:
    assert Instant.parse(text, HELSINKI) == dt.datetime(2026, 3, 20, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("2026-05-01", "Europe/Helsinki", 1),
        ("2026-05-01T00:00:00.000Z", "Europe/Helsinki", 1),
        ("2026-05-01T00:00:00.000Z", "America/New_York", 1),  # midnight is the day, not the evening before
        ("2026-05-01T21:00:00.000Z", "Europe/Helsinki", 2),  # the midnight that begins the second of May there
        ("2026-05-02T04:00:00.000Z", "America/New_York", 2),
        ("2026-05-01T21:00:00+00:00", "Europe/Helsinki", 1),
        ("2026-05-01T00:00:00.000+03:00", "UTC", 1),
        ("2026-05-01T23:30", "Asia/Seoul", 1),
        ("0001-01-01T10:00Z", "America/New_York", 1),
    ],
)
def test_day_is_read_from_a_moment(text: str, zone: str, day: int) -> None:
    assert Day.parse(text, ZoneInfo(zone)).day == day


def test_day_in_site_yaml_is_one_of_the_shops_time_zone(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "delivery:\n", "delivery:\n  holidays: ['2026-12-23T22:00:00.000Z']\n")
    configs, _ = load_shop(shop.folder)

    assert configs["en"].delivery.holidays == (dt.date(2026, 12, 24),)


def test_file_may_be_named_as_addresses_write_it(make_shop: MakeShop) -> None:
    """Editors write a space in a Markdown link as %20."""
    guide = (
        "---\ntitle: Care\nimage: media/ring%20box.png\n---\n![box](media/ring%20box.png)\n\n"
        "[chart](/media/mitta%C3%A4.pdf) [as it is](media/50%25.pdf)\n"
    )
    files: dict[str, str | bytes] = {"content/guides/care.md": guide, "content/media/ring box.png": png("red")}
    files |= dict.fromkeys(("content/media/mittaä.pdf", "content/media/50%25.pdf"), b"%PDF-1.4")
    shop = make_shop(FIVE | files)
    shop.build()
    page = shop.html("guides/care/index.html").select("article")[0]

    shown = [each["src"] for each in page.select("img")]
    links = [str(each["href"]) for each in page.select(".prose a")]
    assert len(shown) == 2
    for address in (*shown, *links):
        assert shop.has(unquote(str(address)).lstrip("/")), address
    assert [unquote(each).rpartition("/")[2].partition(".")[0] for each in links] == ["mittaä", "50-25"]


@pytest.mark.parametrize("name", ["media/%2e%2e/%2e%2e/site.yaml", "media/%00.png", "media/ring%2", "media/a%20b.png"])
def test_file_that_is_not_there_is_missing_however_it_is_written(make_shop: MakeShop, name: str) -> None:
    shop = make_shop(FIVE | {"content/guides/care.md": f"---\ntitle: Care\n---\n[x]({name})\n"})

    with pytest.raises(ContentError, match=r"care\.md:4: "):
        shop.build()
