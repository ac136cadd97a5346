"""Packing cards: what a buyer reads and scans, on the paper that a merchant has."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import unquote

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Browser, Page

from storegen.build import Options
from storegen.build.packing_cards import make_cards
from storegen.errors import RenderError, StoregenError, UsageError
from storegen.views.packing_cards import care_in_short
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

SITE_FI = f"{SITE}languages: [en, fi]\naddresses: {{products: products}}\nforms: {{review: email}}\n"
CARE = "care: {Every day: 'Wear it. Skin keeps [silver](guide:ring-size) bright.', When it darkens: Rub it.}\n"
FILES: dict[str, str | bytes] = {
    **FIVE,
    "site.yaml": SITE_FI,
    "content/products/rope-ring.yaml": f"{FIVE['content/products/rope-ring.yaml']!s}{CARE}",
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\nslug: köysi-sormus\n",
    "content/products/gauge.yaml": "name: Sizes to print\nsku: PDF-1\ncategory: care\nprice: 1.00\ndelivery: {digital: yes}\n",
}
HELP, WRITE = (
    "https://shop.example/support/rope-ring/",
    "https://shop.example/forms/review/?product=Rope%20ring%2C%20RG-014",
)
# The line of an order as the shop writes it.
ORDER = """\
Hello, I would like to order:

2 × Rope ring, 17 [RG-014-17] à 59.00 EUR = 118.00 EUR
1 × Polishing cloth [CA-001] à 12.00 EUR = 12.00 EUR
1 × Sizes to print [PDF-1] à 1.00 EUR = 1.00 EUR

Anna
"""


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop(FILES)


def cards_of(shop: Shop, *products: str, copies: int = 1) -> Mapping[str, str]:
    files = make_cards(Options(shop.folder), products=products, copies=copies)
    return {name: data.decode() for name, data in files.items()}


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def run(shop: Shop, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", "card", "--site", str(shop.folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=text)


def names(html: str) -> list[list[str]]:
    """Return the products of each sheet."""
    return [[each.get_text() for each in sheet.select(".card__name")] for sheet in soup(html).select(".sheet")]


def scanned(page: Page) -> list[str]:
    """Return the texts of all QR codes in a picture of a page, as a phone reads them."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def open_card(browser: Browser, html: str) -> Page:
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    page.set_content(html)
    return page


@pytest.mark.browser
def test_codes_lead_to_the_support_page_and_to_the_review_in_each_language(shop: Shop, browser: Browser) -> None:
    cards = cards_of(shop, "rope-ring")
    shop.build()

    assert sorted(scanned(open_card(browser, cards["en/a6.html"]))) == sorted((HELP, WRITE))
    finnish = scanned(open_card(browser, cards["fi/a4.html"]))
    (address,) = (each for each in finnish if "?" not in each)
    assert address.isascii()
    assert address.startswith("https://shop.example/fi/")
    assert shop.has(f"{unquote(address).removeprefix('https://shop.example/')}index.html")
    assert "/köysi-sormus/" in soup(cards["fi/a6.html"]).select_one(".card__address").get_text()  # type: ignore[union-attr]


@pytest.mark.browser
def test_paper_has_the_size_that_the_file_is_named_for(shop: Shop, browser: Browser) -> None:
    cards = cards_of(shop)
    for name, size, sheets in (("a6", (105, 148), 5), ("a4", (210, 297), 2)):
        page = open_card(browser, cards[f"en/{name}.html"])
        printed = page.pdf(prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
        assert len(boxes) == sheets
        for box in boxes:
            assert [round(float(each) / 72 * 25.4) for each in box] == pytest.approx(size, abs=1)
        for sheet in page.locator(".card").all():
            assert sheet.evaluate("card => card.scrollHeight <= card.clientHeight")


def test_card_says_how_to_care_and_how_to_reach_the_shop(shop: Shop) -> None:
    card = soup(cards_of(shop, "rope-ring")["en/a6.html"]).select_one(".card")

    assert card
    text = card.get_text(" ", strip=True)
    for words in ("Thank you for your order", "Rope ring", "Every day Wear it. Skin keeps silver bright.", "Rub it."):
        assert words in text
    for words in (
        "Care, repair and help shop.example/support/rope-ring/",
        "shop.example/forms/review/",
        "a@shop.example",
    ):
        assert words in text
    assert text.index("Every day") < text.index("When it darkens")


def test_product_without_support_page_leads_to_its_own(shop: Shop) -> None:
    assert "shop.example/products/small-hoops/" in cards_of(shop, "small-hoops")["en/a6.html"]


def test_file_loads_nothing_and_runs_nothing(shop: Shop) -> None:
    for html in cards_of(shop).values():
        assert not soup(html).select("script, img, link, iframe, [onclick], [src]")
        assert not re.search(r"url\((?!data:)|@import", html)
        assert not re.search(r"var\(--[\w-]+\)", html)


def test_sheet_of_a4_has_four_cards_and_copies_follow_each_other(shop: Shop) -> None:
    cards = cards_of(shop, "rope-ring", "ER-002", copies=3)

    assert names(cards["en/a4.html"]) == [["Rope ring"] * 3 + ["Small hoops"], ["Small hoops"] * 2]
    assert names(cards["en/a6.html"]) == [["Rope ring"]] * 3 + [["Small hoops"]] * 3


def test_order_gives_the_cards_of_its_parcel(shop: Shop) -> None:
    done = run(shop, "--order", "-", "--language", "fi", text=ORDER)

    assert done.stdout == f"packing cards in 1 language (fi), in {shop.folder / 'cards'}\n"
    assert [file.name for file in sorted((shop.folder / "cards" / "fi").iterdir())] == ["a4.html", "a6.html"]
    assert not (shop.folder / "cards" / "en").exists()
    assert names((shop.folder / "cards/fi/a6.html").read_text()) == [["Köysisormus"], ["Polishing cloth"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rope-rnig",), 'no product and no article "rope-rnig", did you mean "rope-ring"?'),
        (("gauge",), '"gauge" is sent by e-mail, so there is no parcel for a card'),
        (("--language", "sv"), 'the shop has no language "sv" (there are en, fi)'),
        (("--output", "OUTPUT/cards"), "output/ is published; write the cards elsewhere"),
        (("--order", "-"), "no order line found"),
    ],
)
def test_mistakes_are_told(arguments: tuple[str, ...], said: str, shop: Shop) -> None:
    done = run(shop, *(each.replace("OUTPUT", str(shop.output)) for each in arguments))

    assert done.returncode == 2
    assert said in done.stderr
    assert not (shop.folder / "cards").exists()


def test_shop_of_files_alone_needs_no_cards(make_shop: MakeShop) -> None:
    only = {name: FILES[name] for name in ("content/products/gauge.yaml", "content/categories/care.yaml")}

    assert (
        "nothing here travels in a parcel" in run(make_shop({"site.yaml": SITE.partition("menu:")[0], **only})).stdout
    )


def test_text_of_a_product_is_no_markup(make_shop: MakeShop) -> None:
    care = "name: '<script>alert(1)</script>'\ncare: {'<b>Day</b>': '<script>alert(1)</script> Rub it.'}\n"
    ring = f"{FIVE['content/products/plain-band.yaml']!s}".replace("name: Plain band\n", care)
    cards = cards_of(make_shop({**FILES, "content/products/plain-band.yaml": ring}), "plain-band")

    assert not soup(cards["en/a6.html"]).select("script")
    assert "<b>Day</b>" not in cards["en/a6.html"]


def test_own_template_replaces_the_theme_s_and_its_mistake_is_placed(shop: Shop) -> None:
    command = [sys.executable, "-m", "storegen", "theme", "eject", "card", "--site", str(shop.folder)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    shop.edit("themes/default/card/card.html", '{{ t("card.help") }}', "Help")
    assert "<strong>Help</strong>" in cards_of(shop, "rope-ring")["en/a6.html"]

    shop.edit("themes/default/card/card.html", "<strong>Help</strong>", "{{ nothing }}")
    with pytest.raises(RenderError) as caught:
        cards_of(shop, "rope-ring")
    assert caught.value.problems[0].file == "themes/default/card/card.html"

    shop.edit("themes/default/card/card.css", "var(--ink)", "var(--inc)")
    with pytest.raises(StoregenError, match=r'card/card.css: no token "inc", did you mean "ink"'):
        cards_of(shop, "rope-ring")


def test_care_keeps_whole_sentences_and_leaves_room_for_the_codes() -> None:
    long = "One sentence that says the most important thing first. " + "Another sentence follows with more. " * 30
    notes = list(care_in_short({"A": long, "B": long, "C": "Short.", "D": long, "E": "Never shown."}))

    assert [note.title for note in notes] == ["A", "B", "C", "D"]
    assert all(note.text.endswith(".") for note in notes)
    assert all(note.text.startswith(("One sentence that says", "Short.")) for note in notes)
    assert sum(len(note.title + note.text) for note in notes) <= 370
    assert list(care_in_short({"": "x" * 2000})) == []
    wide = list(care_in_short({"매일": "끼고 지내세요. " * 60}))
    assert 150 <= len(wide[0].text) <= 185 * 1.3


def test_unknown_article_in_an_order_names_it(shop: Shop) -> None:
    with pytest.raises(UsageError, match='"RG-999"'):
        make_cards(Options(shop.folder), articles=["RG-999"])
