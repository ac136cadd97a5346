"""The example shops of storegen new: one structure in each language, and nothing in English on their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from storegen.config import PLACEHOLDER
from storegen.errors import PlaceholderError
from storegen.load.sections import section_names
from storegen.model.money import price_digits
from storegen.starters import (
    has_starter,
    known_language,
    or_delete,
    starter_folder,
    starter_language,
    starter_languages,
    theme_languages,
)
from storegen.yaml import Value, load_yaml
from tests.browser import hosted, settle
from tests.conftest import ROOT, MakeShop
from tests.shop import Shop
from tests.theme.test_no_english import LEAST, SHOWN, bare, english_in, plain, texts_of
from tests.theme.test_no_english import PLACEHOLDER as VALUE_IN_BRACES

OTHERS = tuple(language for language in starter_languages() if language != "en")
# Keys that a language has besides those of the English shop: addresses in the language, what the country's law demands.
MORE = {
    "fi": {"slug"},
    "id": {"slug"},
    "ko": {
        *("company.business_id", "company.phone", "company.details"),
        *("company.details.대표자", "company.details.통신판매업 신고번호"),
        *("checkout.order.bank", "checkout.order.bank.account"),
    },
}
# Keys of values that nobody reads.
CODES = {"id", "icon", "link", "provider", "layout", "category", "banner", "product_promises", "slug"}
SLUGS = {"fi": "ensimmainen-tuote", "id": "produk-pertama"}
KEY = re.compile(r"[-# ]*([a-z_]+):")
WORDS = re.compile(r"[^\W\d_]{2,}")


def files_of(language: str) -> dict[str, str]:
    folder = starter_folder(language)
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def data_of(name: str, text: str) -> Value:
    """Return the values of a YAML file, or of the head of a Markdown file."""
    return load_yaml(text.split("---\n")[1] if name.endswith(".md") else text)


def content_of(language: str) -> dict[str, str]:
    """Return the files that make the shop."""
    return {
        name: text for name, text in files_of(language).items() if name.endswith((".yaml", ".md")) and "/" in name
    } | {"site.yaml": files_of(language)["site.yaml"]}


def keys_of(value: Value, start: str = "") -> Iterator[str]:
    """Yield the dotted keys of a file. The names of specifications are words of the language."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield f"{start}{key}"
            if key != "specs":
                yield from keys_of(each, f"{start}{key}.")
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(each, start)


def strings_of(value: Value) -> Iterator[str]:
    """Yield the values of a file, and the names of specifications."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from strings_of(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings_of([*each] if key == "specs" and isinstance(each, dict) else [])
            yield from strings_of(each if key not in CODES else [])


def marks_of(text: str) -> list[tuple[str, str]]:
    """Return for each mark the key of its line, empty in a text, and the words that say what to write."""
    lines = (line.partition(PLACEHOLDER) for line in text.splitlines() if PLACEHOLDER in line)
    return [((key[1] if (key := KEY.match(before)) else ""), words.strip()) for before, _, words in lines]


def phrases_of_starter(language: str) -> set[str]:
    """Return the texts of an example shop between their values in braces, in small letters, without signs."""
    found = set()
    for name, text in content_of(language).items():
        texts = [*strings_of(data_of(name, text)), *text.split("---\n")[2:]]
        parts = (plain(part) for each in texts for line in each.splitlines() for part in VALUE_IN_BRACES.split(line))
        found |= {part for part in parts if len(part) >= LEAST}
    return found


def left_in(texts: Iterable[str], language: str) -> set[str]:
    """Return the phrases of the English theme and of the English example shop that texts contain."""
    texts = list(texts)
    theirs = phrases_of_starter("en") - phrases_of_starter(language)
    whole = " | ".join(plain(bare(text)) for text in texts)
    return english_in(texts, language) | {phrase for phrase in theirs if f" {phrase} " in f" {whole} "}


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shop(make_shop: MakeShop, language: str) -> Shop:
    made = make_shop(dict(content_of(language)))
    made.build()
    return made


def test_files_are_the_same(language: str) -> None:
    assert files_of(language).keys() == files_of("en").keys()


def test_keys_are_the_same(language: str) -> None:
    ours, theirs = content_of(language), content_of("en")
    for name, text in ours.items():
        keys, english = ({*keys_of(data_of(name, each))} for each in (text, theirs[name]))

        assert english - keys == set(), name
        assert keys - english <= MORE[language], name


def test_marks_stand_in_the_same_places_and_speak_the_language(language: str) -> None:
    more = {key.rpartition(".")[2] for key in MORE[language]}
    for name, text in content_of(language).items():
        ours, theirs = marks_of(text), marks_of(content_of("en")[name])

        assert [key for key, _ in ours if key not in more] == [key for key, _ in theirs], name
        assert all(WORDS.search(words) for _, words in ours), name
        assert {words for _, words in ours} & {words for _, words in theirs} == set(), name


def test_marks_are_found_by_a_build_for_a_public_address(shop: Shop, language: str) -> None:
    with pytest.raises(PlaceholderError) as found:
        shop.build(base_url="https://hopea.fi")

    marks = sum(text.count(PLACEHOLDER) for text in content_of(language).values())
    assert len(found.value.problems) == marks > 15


def test_comments_speak_the_language(language: str) -> None:
    for name, text in files_of(language).items():
        ours, theirs = (
            {
                line
                for line in each.splitlines()
                if "#" in line and "$schema" not in line and len(WORDS.findall(line)) > 3
            }
            for each in (text, files_of("en")[name])
        )
        switched_off = {
            line for line in theirs if line.lstrip().startswith(("# menu:", "# legal:", "# tracking:", "# dispatch:"))
        }
        assert ours & theirs <= switched_off, name


def test_prices_have_the_decimals_of_the_currency() -> None:
    for language in starter_languages():
        files = files_of(language)
        site = data_of("site.yaml", files["site.yaml"])
        assert isinstance(site, dict)
        digits = price_digits(str(site["currency"]))
        prices = re.findall(
            r"^\s*(?:price|free_from): (\d+(?:\.\d+)?)$",
            files["site.yaml"] + files["content/products/first-thing.yaml"],
            re.MULTILINE,
        )

        assert len(prices) == 3
        assert {len(price.partition(".")[2]) for price in prices} == {digits}, language


def test_pages_have_no_english_word(shop: Shop, language: str) -> None:
    pages = {path.relative_to(shop.output): path.read_text() for path in sorted(shop.output.rglob("*.html"))}
    left = {name: left_in(texts_of(html), language) for name, html in pages.items()}

    assert len(pages) > 10
    assert {name: words for name, words in left.items() if words} == {}


def test_note_in_the_product_names_its_address(shop: Shop) -> None:
    note = re.search(r"^# .* (/\S+/)$", (shop.folder / "content/products/first-thing.yaml").read_text(), re.MULTILINE)

    assert note is not None
    assert shop.has(f"{note[1][1:]}index.html")


def test_english_shop_is_found_by_its_words() -> None:
    assert {"my shop", "first thing", "days to return"} <= phrases_of_starter("en")
    assert left_in(["My shop", "Ensimmäinen tuote", "30 days to return"], "fi") >= {"my shop", "days to return"}
    assert left_in(["Parcel: Suomi"], "fi") == {"parcel"}
    assert left_in(["Paketti: Suomi", "orders@my-shop.example"], "fi") == set()


def buying(page: Page, address: str, language: str) -> Iterator[str]:
    """Put the product into the cart, order it, and search in vain. Yields a name of each step."""
    names = {"products": "products", "cart": "cart", "search": "search", **section_names(ROOT, "default", language)}
    page.goto(f"{address}/{names['products']}/{SLUGS.get(language, 'first-thing')}/")
    page.locator("[data-part=add]").first.click()
    expect(page.locator("dialog[open] [data-part=total]")).not_to_be_empty()
    yield "added"
    page.goto(f"{address}/{names['cart']}/")
    expect(page.locator("main [data-part=total]")).not_to_be_empty()
    yield "cart"
    page.goto(f"{address}/{names['search']}/?q=qqqqqq")
    expect(page.locator("main [role=status]").first).not_to_be_empty()
    yield "search"
    page.goto(f"{address}/nothing/")
    yield "not found"


@pytest.mark.browser
def test_scripts_and_orders_have_no_english_word(browser: Browser, shop: Shop, language: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 664})
    left = {}
    with hosted(shop.output) as address:
        for step in buying(page, address, language):
            settle(page)
            left[step] = left_in(page.evaluate(SHOWN), language)
    page.close()

    assert {step: words for step, words in left.items() if words} == {}


def test_language_with_a_region_has_the_shop_of_its_language() -> None:
    assert starter_languages() == ("en", "fi", "id", "ko")
    assert [starter_language(each) for each in ("ko-KR", "en-GB", "de-AT")] == ["ko", "en", "en"]
    assert [has_starter(each) for each in ("ko-KR", "de", "")] == [True, False, False]
    assert len({or_delete(each) for each in starter_languages()}) == len(starter_languages())


@pytest.mark.parametrize(
    ("code", "meant"),
    [("finnish", "fi"), ("kr", "ko"), ("FI", "fi"), ("ko_KR", "ko-KR"), ("fin", "fi"), ("de-XX", "de"), ("it", "")],
)
def test_unknown_language_is_refused_with_what_was_meant(code: str, meant: str) -> None:
    with pytest.raises(ValueError, match="de, en, es, et, fi, fr, id, ja, ko, sv") as error:
        known_language(code)

    assert str(error.value).endswith(f', did you mean "{meant}"?' if meant else f'found "{code}"')


def test_every_language_of_the_theme_is_known() -> None:
    assert [known_language(each) for each in theme_languages()] == [*theme_languages()]
    assert known_language("de-AT") == "de-AT"
    assert Path(starter_folder("ja")).name == "en"
