"""Words stay words: whatever stands in a text of any content, it makes no element, no attribute and no script."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page

from storegen.config import Config
from storegen.model.article import Article, CompanyPage, Person
from storegen.model.brand import Brand
from storegen.model.category import Category
from storegen.model.comment import Comment
from storegen.model.endorsement import Endorsement
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.review import Review
from tests.browser import hosted, settle
from tests.conftest import MakeShop
from tests.shop import Shop, png

HARMLESS = "plain words"
PAYLOADS = {
    "script": "<script>canary()</script>",
    "image": '"><img src=x onerror=canary()>',
    "single quotes": "' onmouseover='canary()' style='x",
    "template": "{{7*7}} {% raw %} {# x #} ${7}",
    "end of script": "</script><script>canary()",
    "comment": "<!--",
    "comment with script": "<!-- --!><script>canary()</script><!--<script>",
    "spaces": "one\u00a0two\u2003three\u3000four",
    "end of data": "]]>",
    "address": "javascript:canary()",
    "entity": "&lt;img src=x onerror=canary()&gt; &#60;b&#62; &amp;amp;",
    "svg": "<svg/onload=canary()><style>*{display:none}</style>",
    "end of title": "</title></style></textarea></noscript><img src=x onerror=canary()>",
    "json": '\\"},{"x":"\\u003cscript\\u003e',
    "everything": "</script><!--\"><img src=x onerror=canary()>'{{7*7}}\u2003]]>javascript:canary()<b>&lt;",
}
PAGES = {
    "home": "index.html",
    "category": "rings/index.html",
    "category below": "rings/bands/index.html",
    "product": "products/ring/index.html",
    "reviews": "reviews/ring/index.html",
    "support": "support/ring/index.html",
    "help": "support/index.html",
    "simple product": "products/cup/index.html",
    "guides": "guides/index.html",
    "guide": "guides/care/index.html",
    "blog": "blog/index.html",
    "post": "blog/spring/index.html",
    "about": "about/index.html",
    "contact": "contact/index.html",
    "delivery": "delivery/index.html",
    "returns": "returns/index.html",
    "person": "people/aino/index.html",
    "track": "track/index.html",
    "offer": "offers/gift/index.html",
    "brand": "brands/maker/index.html",
    "endorsements": "endorsements/index.html",
    "cart": "cart/index.html",
    "not found": "404.html",
}


def _yaml(value: object) -> str:
    """Return JSON, which is YAML with everything in double quotes."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n"


def _page(keys: dict[str, Any], words: str) -> str:
    return f"---\n{_yaml(keys)}---\n{words}\n\n## {words}\n\n- {words}\n\n| {words} |\n|---|\n| {words} |\n\n![](product:ring)\n"


def content(words: str, *, provider: str = "order") -> dict[str, str | bytes]:
    """Return a shop in which every text of every kind of content is the same words."""
    number = re.sub(r"[\]\n\u2028\u2029\x85]", "", words)  # what an article number may hold
    shown = {"file": "media/a.png", "alt": words}
    note = {"title": words, "text": words, "link": "page:returns", "link_text": words}
    ask = {"question": words, "answer": words, "by": "aino", "date": "2026-11-01"}
    site = {
        "name": words, "url": "https://shop.example", "tagline": words, "description": words, "notice": words,
        "company": {
            **dict.fromkeys(("legal_name", "business_id", "vat_id", "founded", "representative", "register", "capital"), words),
            **dict.fromkeys(("editor", "host", "sales_report", "complaints", "disputes"), words),
            **dict.fromkeys(("street", "postcode", "city", "region"), words),
            "country": "FI", "email": "a@shop.example", "phone": words, "hours": {"Mon-Fri": "10:00-17:00"},
            "hours_note": words, "closed": [{"day": "2026-12-24", "name": words}], "access": words,
            **{"map": "https://maps.example/?q='><b>", "details": {words: words}} | {"map": "https://maps.example/"},
        },
        "tax": {"name": words, "rates": {"standard": "25.5"}},
        "delivery": {
            "dispatch": {"before": "14:00", "days": "Mon-Fri", "place": words},
            "methods": [{"id": "post", "name": words, "carrier": words, "price": "5.90", "days": "1-3", "note": words}],
        },
        "returns": {"days": "30", "conditions": words},
        "channels": [
            {"kind": kind, "name": words, "value": words, "answer": words}
            for kind in ("email", "phone", "chat", "whatsapp", "kakaotalk", "telegram", "line", "message", "visit", "link")
        ],
        "services": [
            {"id": "engraving", "name": words, "note": words, "price": "5.00", "text": {"label": words, "allowed": words},
             "tags": ["new"]}
        ],
        "promises": {"one": {"title": words, "text": words, "short": words, "link": "page:about", "link_text": words, "tags": ["new"]}},
        "banner": ["one", "offer:week"], "product_promises": ["one"], "payments": [words], "reviews_note": words,
        "checkout": {"provider": provider, "order": {"instructions": words}, "snipcart": {"public_key": words},
            "methods": {provider: {"text": words, "note": words}}},
        "menu": ["category:rings", "guides", "blog", "page:about"], "legal": ["page:returns"],
        "tracking": {
            "carriers": ["ups", "jne", {"id": "own", "name": words, "link": "https://own.example/?a=1&n={number}"}],
            "steps": [{"title": words, "text": words}],
            "faq": [{"title": words, "text": words, "link": "page:about"}],
        },
        "footer": {words: ["page:about", "category:rings", "track"]}, "badges": {"new": {"text": words}}, "extra": {"key": words},
        "swatches": {f"{words}2": "media/a.png"},
    }  # fmt: skip
    product = {
        "name": words,
        "sku": f"R{number}",
        "category": "bands",
        "brand": words,
        "price": "59.00",
        "mpn": words,
        "videos": [
            {"file": "https://youtu.be/aqz-KE-bpKQ", "title": words, "image": "media/a.png"},
            {"file": "media/clip.webm", "title": words, "captions": {words: "media/clip.vtt"}},
        ],
        "sounds": [{"file": "media/clip.mp3", "title": words, "captions": {}}],
        "support": {
            **dict.fromkeys(("use", "repair", "warranty", "disposal"), words),
            "manuals": [{"file": "https://manuals.example/?q=1&x=2", "name": words}],
        },
        "options": {
            words: {
                "values": [f"{words}1", f"{words}2"],
                "guide": "care",
                "help": words,
                "swatches": {f"{words}1": "#7a1f2b"},
            }
        },
        "variants": [
            {"sku": f"{number}{place}", "options": {words: f"{words}{place}"}, "mpn": words, "image": "media/a.png"}
            for place in (1, 2)
        ],
        "images": [shown],
        "fact": words,
        "summary": words,
        "description": f"{words}\n\n## {words}\n\n{words}\n",
        "note": {"text": words, "by": "aino", "fact": words},
        "specs": {words: words},
        "tags": ["new", words],
        "care": {words: words},
        "questions": [ask],
        "accessories": ["cup"],
        "guides": ["care"],
        "extra": {"key": words},
    }
    article = {
        "title": words,
        "short": words,
        "summary": words,
        "author": "aino",
        "date": "2026-11-01",
        "image": shown,
        "products": ["ring"],
        "products_title": words,
        "sidenotes": [note],
        "tags": [words],
        "extra": {"key": words},
    }
    place = {"title": words, "text": words, "link": "page:about", "image": shown}
    sections = [
        {"hero": place | {"button": words, "second_text": words, "second_link": "guides", "second_link_text": words}},
        {"promise": ["one"]},
        {"offer": {"id": "week", "title": words, "link_text": words}},
        {"collections": {"title": words, "categories": ["rings"]}},
        {"featured": {"title": words, "products": ["ring", "cup"], "link": "category:rings", "link_text": words}},
        {"guides": {"title": words, "text": words, "guides": ["care"], "image": shown}},
        {"place": place | {"person": "aino", "link_text": words}},
        {"endorsements": {"title": words, "kinds": ["press"], "count": "2"}},
        {"testimonials": {"title": words, "reviews": "1", "press": "1"}},
        {"prose": {"title": words, "text": words, "link": "page:about", "link_text": words}},
    ]
    category = {
        "name": words,
        "summary": words,
        "image": shown,
        "guide": "care",
        "care": words,
        "extra": {"key": words},
        "facets": [words],
        "editorial": {"title": words, "text": words, "link": "guide:care", "link_text": words, "image": shown},
        "faq": [{"title": words, "text": words, "link": "page:returns"}],
    }
    review = {
        "product": "ring",
        "rating": "5",
        "title": words,
        "text": words,
        "name": words,
        "place": words,
        "date": "2026-11-01",
        "variant": words,
        "source": words,
        "images": [shown],
        "video": "https://video.example/1",
        "language": "fi",
        "verified": "yes",
        "reward": "discount",
        "reply": {"text": words, "by": words, "date": "2026-11-02"},
    }
    person = {
        "name": words,
        "role": words,
        "proof": words,
        "credentials": [words],
        "email": "b@shop.example",
        "image": shown,
        "extra": {"key": words},
    }
    brand = {
        "name": words,
        "summary": words,
        "image": shown,
        "place": words,
        "site": "https://maker.example/",
        "facts": {words: words},
        "extra": {"key": words},
    }
    remark = {
        "text": words,
        "name": words,
        "date": "2026-11-01",
        "language": "fi",
        "reply": {"text": words, "by": words, "date": "2026-11-02"},
    }
    voice = {
        "name": words,
        "quote": words,
        "text": words,
        "link": "https://voice.example/",
        "date": "2026-11-01",
        "expires": "2030-11-01",
        "image": shown,
        "rating": "4.8",
        "ratings": "131",
    }
    info = {
        "title": words,
        "heading": words,
        "summary": words,
        "image": shown,
        "people": ["aino"],
        "questions": [ask],
        "extra": {"key": words},
    }
    return {
        "site.yaml": _yaml(site),
        "content/media/clip.webm": b"webm",
        "content/media/clip.vtt": "WEBVTT\n",
        "content/media/clip.mp3": b"mp3",
        "content/media/a.png": png("silver"),
        "content/products/ring.yaml": _yaml(product),
        "content/products/cup.yaml": _yaml(
            {"name": words, "price": "9.00", "category": "rings", "sku": number, "stock": "1"}
        ),
        "content/categories/rings.md": _page(category, words),
        "content/categories/rings/bands.yaml": _yaml(category),
        "content/guides/care.md": _page(article, words),
        "content/blog/spring.md": _page(article, words),
        **{
            f"content/pages/{name}.md": _page(info, words)
            for name in ("about", "contact", "delivery", "returns", "terms")
        },
        "content/pages/home.yaml": _yaml({"title": words, "description": words, "sections": sections}),
        "content/people/aino.md": _page(person, words),
        "content/reviews/ring.yaml": _yaml([*[review] * 20, review | {"rating": "2", "date": "2026-11-03"}]),
        "content/brands/maker.md": _page(brand, words),
        "content/comments/all.yaml": _yaml([{**remark, "article": each} for each in ("guide:care", "post:spring")]),
        **{f"content/endorsements/{kind}.yaml": _yaml({"kind": kind, **voice}) for kind in ("press", "marketplace")},
        "content/offers/week.yaml": _yaml(
            {
                "name": words,
                "percent": "20",
                "products": ["ring"],
                "tags": [words],
                "starts": "2026-11-01",
                "ends": "2026-11-30",
                "terms": words,
            }
        ),
        "content/offers/gift.yaml": _yaml(
            {
                "kind": "gift",
                "name": words,
                "text": words,
                "terms": words,
                "gift": "cup",
                "tags": [words],
                "everything": "yes",
                "code": words,
                "image": "media/a.png",
                "page": "yes",
                "badge": words,
            }
        ),
        "content/offers/lid.yaml": _yaml(
            {"kind": "add_on", "name": words, "text": words, "percent": "5", "products": ["ring"], "reduced": ["cup"]}
        ),
    }


def skeleton(soup: BeautifulSoup) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page with the names of their attributes: all that words could change by breaking out."""
    return [(element.name, tuple(sorted(element.attrs))) for element in soup.find_all(True)]


def active(soup: BeautifulSoup) -> Iterator[str]:
    """Yield what could act or style in a page."""
    for element in soup.find_all(True):
        assert isinstance(element, Tag)
        yield from (f"{element.name} {name}" for name in element.attrs if name.startswith("on") or name == "style")
        if element.name == "script" and not element.get("src") and "json" not in str(element.get("type")):
            yield f"inline script {element.string}"
        for name in ("href", "src", "action", "formaction"):
            if re.match(r"[\x00-\x20]*(javascript|data:text|vbscript)", str(element.get(name, "")), re.IGNORECASE):
                yield f"{element.name} {name}={element.get(name)}"


def pages(shop: Shop) -> dict[str, BeautifulSoup]:
    return {
        str(path.relative_to(shop.output)): BeautifulSoup(path.read_text(), "html.parser")
        for path in sorted(shop.output.rglob("*.html"))
    }


def blocks(soup: BeautifulSoup) -> list[Any]:
    """Return the data blocks of a page, each parsed."""
    return [json.loads(script.string or "") for script in soup.find_all("script", type=re.compile("json"))]


def texts(value: object) -> Iterator[str]:
    """Yield every text of a data block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def _unset(hint: Any, value: Any, place: str) -> Iterator[str]:
    """Yield the text fields of a record, and of the records in it, to which a value gives no words."""
    origin, arms = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint)
        for name in hint.__struct_fields__:
            inner = hints[name]
            if name in value:
                yield from _unset(inner, value[name], f"{place}.{name}")
            elif _holds_text(inner):
                yield f"{place}.{name}"
    elif origin is Mapping:
        for item in value.values():
            yield from _unset(arms[1], item, place)
    elif origin is tuple:
        for item in value:
            yield from _unset(arms[0], item, place)
    elif isinstance(value, dict | list):
        wanted = [arm for arm in arms if arm is not str and (get_origin(arm) is tuple) == isinstance(value, list)]
        yield from _unset(wanted[0], value, place)


def _holds_text(hint: object) -> bool:
    arms = get_args(hint)
    return hint is str or (get_origin(hint) is not Literal and any(map(_holds_text, arms)))


def test_no_text_field_is_left_out() -> None:
    files = content(HARMLESS)
    kinds: dict[str, tuple[object, str]] = {
        "site": (Config, "site.yaml"),
        "product": (Product, "content/products/ring.yaml"),
        "category": (Category, "content/categories/rings/bands.yaml"),
        "home": (Home, "content/pages/home.yaml"),
        "guide": (Article, "content/guides/care.md"),
        "page": (CompanyPage, "content/pages/about.md"),
        "person": (Person, "content/people/aino.md"),
        "brand": (Brand, "content/brands/maker.md"),
        "reviews": (tuple[Review, ...], "content/reviews/ring.yaml"),
        "comment": (tuple[Comment, ...], "content/comments/all.yaml"),
        "endorsement": (Endorsement, "content/endorsements/press.yaml"),
        "offer": (Offer, "content/offers/gift.yaml"),
    }
    left = set()
    for kind, (hint, file) in kinds.items():
        text = str(files[file])
        value = json.loads(text.split("---\n")[1] if file.endswith(".md") else text)
        left |= set(_unset(hint, value, kind))

    own = "id file language labels body".split()  # loading gives these
    names = "slug image related spare_parts guide methods author products categories category tag link role icon excluding reduced samples supplies".split()
    assert {place for place in left if place.rpartition(".")[2] not in (*own, *names)} == {
        "product.tax_class",
        "site.services.prices",
        "product.videos.captions",  # one video has them, the other is on a host
        "site.addresses",
        "site.channels.person",  # an id
        "site.languages",
        "site.markets",  # ids, numbers and codes, and what loading makes of them
        "site.market",
        "site.destination",
        "site.delivery.elsewhere",
        *(f"{each}.prices" for each in ("product", "product.variants", "offer", "site.delivery.methods")),
        "site.checkout.snipcart.version",
        "site.active_files",  # names of files, never shown
        "home.sections.promise",  # one section has it, the others are of other kinds
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """Return the pages of the shop with harmless words."""
    shop = Shop(tmp_path_factory.mktemp("plain") / "shop", content(HARMLESS))
    shop.build()
    return pages(shop)


def test_every_page_of_the_list_is_there(plain: dict[str, BeautifulSoup]) -> None:
    assert set(PAGES.values()) - set(plain) == set()


@pytest.fixture(scope="module", params=PAYLOADS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Shop]:
    """Return each of the payloads, with the shop in which all texts are it."""
    words = PAYLOADS[request.param]
    shop = Shop(tmp_path_factory.mktemp("written") / "shop", content(words))
    shop.build()
    return words, shop


@pytest.mark.slow
def test_words_change_nothing_but_words(written: tuple[str, Shop], tmp_path: Path) -> None:
    """Compared with harmless words of the same length: the menu depends on it."""
    words, shop = written
    harmless = f"{HARMLESS * 9}"[: len(words) - 1] + "s" if len(words) > len(HARMLESS) else HARMLESS
    other = Shop(tmp_path / "shop", content(harmless))
    other.build()
    made, plain = pages(shop), pages(other)

    assert set(made) == set(plain)
    for path, soup in made.items():
        assert list(active(soup)) == [], path
        assert skeleton(soup) == skeleton(plain[path]), path


@pytest.mark.slow
def test_words_are_in_the_data_as_written(written: tuple[str, Shop]) -> None:
    words, shop = written

    group, breadcrumbs = shop.jsonld(PAGES["product"])
    summary = shop.html(PAGES["product"]).select(".buy__summary")[0].get_text()
    assert group["name"] == words
    assert group["description"] == summary  # Markdown, of which an entity is a sign
    assert {review["reviewBody"] for review in group["review"]} == {words}
    assert breadcrumbs["itemListElement"][-1]["name"] == words
    data = blocks(shop.html(PAGES["product"]))
    variants = next(block["variants"] for block in data if "variants" in block)
    assert [(each["buy"]["name"], each["choice"]) for each in variants] == [(words, f"{words}1"), (words, f"{words}2")]
    for path, soup in pages(shop).items():
        assert words in set(texts(blocks(soup))), path
        raw = "".join(script.string or "" for script in soup.find_all("script", type=re.compile("json")))
        assert set(raw).isdisjoint("<>&\u2028\u2029"), path


@pytest.mark.slow
def test_words_are_shown_as_written(written: tuple[str, Shop]) -> None:
    words, shop = written

    own = {PAGES[kind] for kind in ("guides", "blog", "track", "cart", "not found")}
    for path in PAGES.values():
        page = shop.html(path)
        assert page.title is not None
        assert (words if path not in own else f"· {words}") in page.title.get_text(), path
        assert " ".join(words.split()) in " ".join(page.get_text(" ").split()), path


@pytest.mark.slow
def test_feeds_and_sitemap_are_well_formed(written: tuple[str, Shop]) -> None:
    words, shop = written

    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(shop.text("feed.xml"))  # noqa: S314 - our own file
    assert [title.text for title in feed.iter(f"{atom}title")] == [words] * 3
    assert {author.text for author in feed.iter(f"{atom}name")} == {words}
    sitemap = ET.fromstring(shop.text("sitemap.xml"))  # noqa: S314 - our own file
    places = [element.text or "" for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places)) > 10
    assert [place for place in places if not re.fullmatch(r"https://shop\.example/[a-z/-]*", place)] == []
    for file in ("robots.txt", "_headers"):
        assert "canary" not in shop.text(file)


def test_words_stay_words_in_the_attributes_of_a_provider(make_shop: MakeShop) -> None:
    words = PAYLOADS["everything"]
    files = content(words, provider="snipcart")
    for name in ("gift", "lid"):  # which Snipcart would not work out
        del files[f"content/offers/{name}.yaml"]
    shop = make_shop(files)
    shop.build()

    for path, soup in pages(shop).items():
        assert list(active(soup)) == [], path
    variants = next(block["variants"] for block in blocks(shop.html(PAGES["product"])) if "variants" in block)
    assert {variant["buy"]["data"]["data-item-name"] for variant in variants} == {words}
    rows = json.loads(shop.text("snipcart.json"))
    assert len(rows) == 3


@pytest.mark.browser
@pytest.mark.parametrize("name", ["everything", "end of script", "image"])
def test_no_words_run_in_a_browser(name: str, make_shop: MakeShop, browser: Browser) -> None:
    shop = make_shop(content(PAYLOADS[name]))
    shop.build()

    with hosted(shop.output) as address:
        context = browser.new_context()
        page = context.new_page()
        page.add_init_script(
            "window.calls = []; window.canary = (...all) => window.calls.push(String(all));"
            "document.addEventListener('securitypolicyviolation', (e) => window.calls.push(e.violatedDirective));"
        )
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        for kind, path in PAGES.items():
            page.goto(f"{address}/{path}")
            settle(page)
            if kind == "simple product":
                _buy(page)
            assert (kind, page.evaluate("window.calls"), said) == (kind, [], [])
            assert (
                page.evaluate(
                    "[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length"
                )
                == 0
            )
        context.close()


def _buy(page: Page) -> None:
    """Put the product into the cart, so that the script writes its words into the page."""
    page.get_by_role("button", name="Add to cart").first.click()
    page.locator("dialog[open]").wait_for()
