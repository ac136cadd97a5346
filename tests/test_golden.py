"""One file of each kind of output, as a person reads it: what changes for visitors and machines shows in the diff.

``pytest tests/test_golden.py --write`` writes the files anew. Read the diff before you commit it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.formatter import HTMLFormatter

from tests.conftest import FIVE
from tests.shop import SITE, Shop

GOLDEN = Path(__file__).parent / "golden"

# Bytes of scripts, styles and pictures have tests of their own: here their digests would only hide what changed.
_DIGEST = re.compile(r"(?<=\.)[0-9a-f]{10}(?=\.[a-z0-9]{2,5}\b)")
_FORMATTER = HTMLFormatter(indent=1, empty_attributes_are_booleans=True)

FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE.replace(
        "menu:",
        "feeds: [google]\nproduct_promises: [returns]\npromises:\n"
        "  returns: {title: '{return_days} days to return', text: Unworn, icon: return}\nmenu:",
    ),
    "content/products/plain-band.yaml": (
        "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\nstock: 2\ngtin: '4006381333931'\nweight: 2.5 g\n"
        "brand: Aava\nsummary: Half round, *2 mm*.\nspecs: {Metal: 925 silver}\n"
        "questions: [{question: Does it bend?, answer: Not by hand., by: aino, date: 2026-11-02}]\n"
        "note: {by: aino, text: I wear mine every day.}\n"
    ),
    "content/people/aino.md": "---\nname: Aino Salmela\nrole: Silversmith\nproof: Thirty years at the bench\n---\nShe solders.\n",
    "content/guides/ring-size.md": (
        "---\ntitle: Measure your ring size\ndate: 2026-11-01\nauthor: aino\nsummary: With a strip of paper.\n"
        "sidenotes: [{title: In a hurry?, text: 'Send us a ring. [Write](page:contact)'}]\n---\n"
        "## What you need\n\nPaper, and a [plain band](product:plain-band).\n\n![](product:rope-ring)\n\n"
        "## How it is done\n\n1. Cut.\n2. Wrap.\n"
    ),
    "content/blog/kiln.md": "---\ntitle: A kiln arrives\ndate: 2026-11-20\nauthor: aino\n---\nIt weighs a lot.\n",
    "content/pages/contact.md": "---\ntitle: Contact\nquestions: [{question: Are you open?, answer: On weekdays.}]\n---\nWrite.\n",
    "content/reviews/rings.yaml": (
        "- {product: rope-ring, rating: 5, date: 2026-10-01, text: Light and strong., name: Iida}\n"
        "- {product: rope-ring, rating: 3, date: 2026-10-09, text: Smaller than I thought., name: Otto}\n"
    ),
    "content/offers/week.yaml": (
        "name: Ring week\nkind: sale\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-20\nends: 2026-11-29\n"
        "page: yes\ntext: Rings cost less this week.\n"
    ),
    "content/offers/three.yaml": "name: Three for less\nkind: volume\ncategories: [rings]\ntiers: [{count: 3, percent: 10}]\n",
    "content/categories/rings.yaml": (
        "name: Rings\nsummary: Forged in Porvoo.\nfaq: [{title: Wrong size?, text: We change it., link: page:contact}]\n"
    ),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    made = Shop(tmp_path_factory.mktemp("golden") / "shop", FILES)
    made.build()
    return made


def main_part(shop: Shop, path: str) -> str:
    main = shop.html(path).find("main")
    assert main is not None
    return str(BeautifulSoup(str(main), "html.parser").prettify(formatter=_FORMATTER))


def head_part(shop: Shop, path: str) -> str:
    head = shop.html(path).find("head")
    assert head is not None
    for script in head.find_all("script", type="application/ld+json"):
        script.decompose()
    return str(BeautifulSoup(str(head), "html.parser").prettify(formatter=_FORMATTER))


def structured_data(shop: Shop, path: str) -> str:
    return json.dumps(shop.jsonld(path), indent=1, ensure_ascii=False) + "\n"


def text_file(shop: Shop, path: str) -> str:
    return shop.text(path).replace("><", ">\n<")


def order_mail(shop: Shop, path: str) -> str:
    """The order that the button without JavaScript writes, a line of the letter a line."""
    from urllib.parse import unquote

    link = shop.html(path).select_one("noscript a[href^=mailto]")
    assert link is not None
    return unquote(str(link["href"])).replace("\r\n", "\n") + "\n"


Part = Callable[[Shop, str], str]
KINDS: dict[str, tuple[Part, str]] = {
    "product.html": (main_part, "products/plain-band/index.html"),
    "product-with-variants.html": (main_part, "products/rope-ring/index.html"),
    "category.html": (main_part, "rings/index.html"),
    "guide.html": (main_part, "guides/ring-size/index.html"),
    "head.html": (head_part, "products/plain-band/index.html"),
    "product.json": (structured_data, "products/plain-band/index.html"),
    "product-with-variants.json": (structured_data, "products/rope-ring/index.html"),
    "category.json": (structured_data, "rings/index.html"),
    "guide.json": (structured_data, "guides/ring-size/index.html"),
    "post.json": (structured_data, "blog/kiln/index.html"),
    "page.json": (structured_data, "contact/index.html"),
    "person.json": (structured_data, "people/aino/index.html"),
    "offer.json": (structured_data, "offers/week/index.html"),
    "home.json": (structured_data, "index.html"),
    "atom.xml": (text_file, "feed.xml"),
    "products.xml": (text_file, "feeds/google.xml"),
    "sitemap.xml": (text_file, "sitemap.xml"),
    "robots.txt": (text_file, "robots.txt"),
    "headers.txt": (text_file, "_headers"),
    "order.txt": (order_mail, "products/plain-band/index.html"),
}


@pytest.mark.parametrize("name", KINDS)
def test_output_is_what_a_person_read_and_found_right(shop: Shop, name: str, request: pytest.FixtureRequest) -> None:
    part, path = KINDS[name]
    found = _DIGEST.sub("…", part(shop, path))
    if request.config.getoption("--write"):
        (GOLDEN / name).write_text(found)

    assert found == (GOLDEN / name).read_text(), f"read the diff, then: pytest {Path(__file__).name} --write"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == set(KINDS)
