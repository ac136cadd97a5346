"""From files to pages, end to end."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import LEADING, NOW, SITE, Shop, one, shown_by_search


def test_every_kind_of_page_is_there(five: Shop) -> None:
    five.build()

    for path in (
        "index.html",
        "rings/index.html",
        "products/rope-ring/index.html",
        "guides/index.html",
        "guides/ring-size/index.html",
        "cart/index.html",
        "404.html",
        "sitemap.xml",
        "feed.xml",
        "robots.txt",
        "_headers",
    ):
        assert five.has(path), path


def test_second_build_makes_nothing_also_a_day_later(five: Shop) -> None:
    first = five.build()

    assert len(first.made) > 10
    for later in (0, 1, 24):
        report = five.build(now=NOW + dt.timedelta(hours=later))
        assert (report.made, report.removed, report.kept) == ((), (), len(first.made))


def test_edited_price_makes_only_what_shows_it(five: Shop) -> None:
    five.build()

    five.edit("content/products/rope-ring.yaml", "59.00", "61.00")
    report = five.build()

    made = {change.output.path: change.reasons for change in report.made}
    assert set(made) == {
        "index.html",  # lists products, because this shop composed no home page
        "rings/index.html",
        "products/rope-ring/index.html",
        "products/rope-ring/index.html.md",
        # shows it beside, as does every page of so small a shop
        *(f"products/{name}/index.html" for name in ("plain-band", "small-hoops", "ball-studs", "polishing-cloth")),
        *LEADING,
        "guides/ring-size/index.html",  # embeds it
        *shown_by_search(five),
    }
    assert made["products/rope-ring/index.html"] == ("content changed: price, variants",)
    assert "€61.00" in five.text("guides/ring-size/index.html")


def test_removed_product_removes_its_page(five: Shop) -> None:
    five.build()

    five.remove("content/products/ball-studs.yaml")
    report = five.build()

    pages = ["products/ball-studs/index.html", "products/ball-studs/index.html.md"]
    assert sorted(path for path in report.removed if "search/" not in path) == pages
    assert not (five.output / "products" / "ball-studs").exists()


def test_file_that_is_not_ours_stays(five: Shop) -> None:
    five.build()
    five.write("output/google123.html", "mine")

    five.remove("content/products/ball-studs.yaml")
    five.build()

    assert five.text("google123.html") == "mine"


def test_output_changed_by_hand_is_made_again(five: Shop) -> None:
    five.build()
    good = five.text("index.html")
    five.write("output/index.html", "defaced")
    (five.output / "robots.txt").unlink()

    report = five.build()

    assert {change.output.path for change in report.made} == {"index.html", "robots.txt"}
    assert five.text("index.html") == good


def test_whatever_stands_in_the_stage_gives_way(five: Shop) -> None:
    five.build()
    stage = five.folder / ".storegen" / "stage"
    outside = five.folder / "precious.txt"
    outside.write_text("mine")
    for path in ("robots.txt", "products", "rings/index.html"):
        shutil.rmtree(stage / path, ignore_errors=True)
        (stage / path).unlink(missing_ok=True)
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
    (stage / "robots.txt").mkdir()
    (stage / "robots.txt" / "old").write_text("")
    (stage / "products").write_text("a file where a folder is needed")
    (stage / "rings" / "index.html").symlink_to(outside)

    five.edit("site.yaml", "Test Oy", "Other Oy")
    five.build(clean=True)

    assert "Other Oy" in five.text("products/rope-ring/index.html")
    assert not (five.folder / "output" / "rings" / "index.html").is_symlink()
    assert five.text("robots.txt").startswith("User-agent")
    assert outside.read_text() == "mine"


def test_mistake_leaves_the_output_as_it_was(five: Shop) -> None:
    five.build()
    before = {path: path.stat().st_mtime_ns for path in five.output.rglob("*")}

    five.edit("content/products/rope-ring.yaml", "59.00", '"59,00"')
    with pytest.raises(ContentError) as found:
        five.build()

    assert (
        str(found.value)
        == 'content/products/rope-ring.yaml:4: price: expected an amount like 59.00, found "59,00"; write 59.00'
    )
    assert {path: path.stat().st_mtime_ns for path in five.output.rglob("*")} == before


def test_finnish_overlay_has_its_own_words_and_addresses(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "site.yaml": SITE + "languages: [en, fi]\n",
            "content/products/rope-ring.fi.yaml": (
                "name: Köysisormus\nslug: köysisormus\nsummary: Kolme lankaa.\noptions: {Size: Koko}\n"
            ),
            "content/categories/rings.fi.yaml": "name: Sormukset\nslug: sormukset\n",
        }
    )
    shop.build()

    page = shop.html("fi/tuotteet/köysisormus/index.html")
    assert page.html is not None
    assert page.html["lang"] == "fi"
    assert page.h1 is not None
    assert page.h1.get_text(strip=True) == "Köysisormus"
    assert "59,00\u00a0€" in page.get_text()
    assert "Koko" in page.get_text()
    links = {(link["hreflang"], link["href"]) for link in page.find_all("link", hreflang=True)}
    assert ("en", "https://shop.example/products/rope-ring/") in links
    assert ("fi", "https://shop.example/fi/tuotteet/köysisormus/") in links
    assert "Sormukset" in shop.html("fi/sormukset/index.html").get_text()


def test_untranslated_words_fall_back_and_say_their_language(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"site.yaml": SITE + "languages: [en, fi]\n"})
    shop.build()

    page = shop.html("fi/tuotteet/plain-band/index.html")
    heading = page.find("h1", string=lambda text: bool(text) and "Plain band" in text)
    assert heading is not None
    assert heading.find_parent(lang="en") is not None or heading.get("lang") == "en"


def test_price_edit_in_two_languages_makes_both(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"site.yaml": SITE + "languages: [en, fi]\n"})
    shop.build()

    shop.edit("content/products/polishing-cloth.yaml", "12.00", "13.00")
    made = {change.output.path for change in shop.build().made}

    assert {"products/polishing-cloth/index.html", "fi/tuotteet/polishing-cloth/index.html"} <= made


def test_two_sources_for_one_address_are_an_error(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/other.yaml": "name: Other\nslug: rope-ring\nprice: 1.00\n"})

    with pytest.raises(ContentError, match="address /products/rope-ring/ is already used by"):
        shop.build()


def test_post_in_the_future_waits_and_the_build_says_when(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {"content/blog/spring.md": "---\ntitle: Spring\ndate: 2026-12-01 08:00\n---\nSoon, see [it](post:spring).\n"}
    )
    report = shop.build()

    assert not shop.has("blog/spring/index.html")
    assert report.next_instant == dt.datetime(2026, 12, 1, 6, 0, tzinfo=dt.UTC)
    shop.build(now=report.next_instant)
    assert shop.has("blog/spring/index.html")


def test_draft_is_left_out_unless_asked_for(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/secret.yaml": "name: Secret\nprice: 1.00\nstatus: draft\n"})

    shop.build()
    assert not shop.has("products/secret/index.html")
    shop.build(drafts=True)
    assert shop.has("products/secret/index.html")


@pytest.mark.parametrize(
    ("words", "minutes"), [(1, "1 minute"), (290, "1 minute"), (310, "2 minutes"), (700, "4 minutes")]
)
def test_reading_time_is_in_whole_minutes_and_at_least_one(make_shop: MakeShop, words: int, minutes: str) -> None:
    text = f"---\ntitle: Care\ndate: 2026-11-02\n---\n{'word ' * words}\n"
    shop = make_shop(FIVE | {"content/guides/care.md": text})
    shop.build()

    assert shop.html("guides/care/index.html").select(".byline__when")[0].get_text().startswith(f"{minutes} ·")
    listed = {card.h2.get_text(): card.get_text(" ") for card in shop.html("guides/index.html").select("li:has(h2)")}  # type: ignore[union-attr]
    assert f"{minutes[0]} min" in listed["Care"]


def test_private_fields_reach_no_output(make_shop: MakeShop) -> None:
    files = FIVE | {"content/products/p.yaml": "name: P\nprice: 1.00\nprivate: {cost: 0.3333, supplier: Hidden Ltd}\n"}
    shop = make_shop(files)
    shop.build()

    everything = b"".join(path.read_bytes() for path in shop.output.rglob("*") if path.is_file())
    assert b"Hidden Ltd" not in everything
    assert b"0.3333" not in everything


def test_secret_key_in_content_fails_the_build(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/p.yaml": "name: P\nprice: 1.00\nsummary: sk_live_abcdefgh12345678\n"})

    with pytest.raises(Exception, match="secret key"):
        shop.build()


def test_offer_comes_and_goes_with_the_clock(make_shop: MakeShop) -> None:
    offer = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-12-01\nends: 2026-12-07\n"
    shop = make_shop(FIVE | {"content/offers/week.yaml": offer})
    path = "products/plain-band/index.html"
    report = shop.build()

    assert report.next_instant == dt.datetime(2026, 11, 30, 22, 0, tzinfo=dt.UTC)
    assert "€49.00" in shop.text(path)
    during = shop.build(now=report.next_instant)
    assert "€39.20" in shop.text(path)
    assert during.next_instant is not None
    made = {change.output.path for change in during.made}
    assert "guides/ring-size/index.html" not in made
    shop.build(now=during.next_instant)
    assert "€39.20" not in shop.text(path)


def test_pictures_on_other_hosts_are_shown_and_warned_of(make_shop: MakeShop) -> None:
    text = "name: P\nprice: 1.00\nimages: [https://cdn.example/a.jpg, https://cdn.example/b.jpg]\n"
    shop = make_shop(FIVE | {"content/products/p.yaml": text})
    report = shop.build()

    assert any(warning.startswith("2 pictures are on other hosts") for warning in report.warnings)
    assert "https://cdn.example/a.jpg" in shop.text("products/p/index.html")
    assert "img-src 'self' data: https://cdn.example" in shop.text("_headers")


def test_shop_of_the_united_states_is_told_to_write_as_people_there(make_shop: MakeShop) -> None:
    american = SITE.replace("country: FI", "country: US").replace("currency: EUR", "currency: USD")
    assert american.count("US") == 2
    shop = make_shop(FIVE | {"site.yaml": f"{american}languages: [en]\n"})
    line = len(american.splitlines()) + 1
    told = (
        f"site.yaml:{line}: languages.0: people in US write Dec 3, 2:00\u202fPM; "
        "write en-US here, or en-GB to keep 3 Dec, 14:00"
    )

    assert told in shop.build().warnings
    for chosen in ("en-US", "en-GB"):
        shop.write("site.yaml", f"{american}languages: [{chosen}]\n")
        assert not [each for each in shop.build().warnings if "people in" in each]


def test_shop_of_the_united_states_has_american_words_and_dates(make_shop: MakeShop) -> None:
    american = SITE.replace("country: FI", "country: US").replace("countries: [FI]", "countries: [US]")
    own = {
        "site.yaml": f"{american}languages: [en-US]\ntracking: {{carriers: [usps]}}\n",
        "content/pages/delivery.md": "---\ntitle: Delivery\nlayout: delivery\n---\n",
    }
    shop = make_shop({**FIVE, **own})
    shop.build()

    delivery = shop.html("delivery/index.html")
    assert one(delivery, "html")["lang"] == "en-US"
    assert "business days" in delivery.get_text(" ")
    assert "2:00\u202fPM" in delivery.get_text(" ")
    assert "Track a package" in shop.text("track/index.html")
    assert "Add to cart" in shop.text("products/ball-studs/index.html")  # the other words are those of en


def test_draft_may_wait_for_its_price(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/p.yaml": "name: P\nstatus: draft\n"})

    shop.build()
    shop.build(drafts=True)
    assert shop.has("products/p/index.html")


# Finland sets its clocks forward on 29 March 2026 at 03:00 and back on 25 October at 04:00.
@pytest.mark.parametrize(
    ("starts", "ends", "first", "last"),
    [
        ("2026-12-01", "2026-12-01", "2026-11-30T22:00Z", "2026-12-01T22:00Z"),
        ("2026-03-28 23:00", "2026-03-29 04:00", "2026-03-28T21:00Z", "2026-03-29T01:00Z"),
        ("2026-10-25", "2026-10-25", "2026-10-24T21:00Z", "2026-10-25T22:00Z"),
    ],
)
def test_sale_is_built_in_and_out_by_the_clock_alone(
    make_shop: MakeShop, starts: str, ends: str, first: str, last: str
) -> None:
    sale = f"name: Week\npercent: 20\nproducts: [ball-studs]\nstarts: {starts}\nends: {ends}\n"
    undated = {name: text for name, text in FIVE.items() if "guides" not in name}
    shop = make_shop(undated | {"content/offers/week.yaml": sale})
    path = "products/ball-studs/index.html"
    begin, end = dt.datetime.fromisoformat(first), dt.datetime.fromisoformat(last)
    second = dt.timedelta(seconds=1)
    beside = {f"products/{name}/index.html" for name in ("small-hoops", "rope-ring", "plain-band", "polishing-cloth")}
    shows = {path, f"{path}.md", "index.html", "earrings/index.html", *beside, *LEADING}

    def shown(shop: Shop) -> str:
        return shop.html(path).select(".buy__price .price__now")[0].get_text()  # templates with later prices follow

    before = shop.build(now=begin - second)
    assert before.next_instant == begin
    assert shown(shop) == "€29.00"
    during = shop.build(now=begin)
    assert {change.output.path for change in during.made} == shows | shown_by_search(shop)
    assert shown(shop) == "€23.20"
    assert during.next_instant == end
    assert shop.build(now=end - second).made == ()
    after = shop.build(now=end)
    assert {change.output.path for change in after.made} == shows | shown_by_search(shop)
    assert shown(shop) == "€29.00"
    assert after.next_instant is None


def test_translated_word_changes_only_the_pages_that_show_it(make_shop: MakeShop) -> None:
    """Other languages keep their pages, and so do the pages of the language that don't name the product."""
    shop = make_shop(
        FIVE | {"site.yaml": SITE + "languages: [en, fi, sv]\n", "themes/default/locales/sv.yaml": "meta: {name: S}\n"}
    )
    shop.write("content/products/small-hoops.fi.yaml", "name: Renkaat\n")
    shop.build()
    shop.write("content/products/small-hoops.fi.yaml", "name: Korvarenkaat\n")
    report = shop.build()

    made = {change.output.path for change in report.made}
    assert {path.partition("/")[0] for path in made if not path.startswith("assets/search/fi/")} == {"fi"}
    pages = {path for path in made if path.endswith(".html")}
    assert "fi/tuotteet/small-hoops/index.html" in pages
    assert [path for path in pages if "Korvarenkaat" not in shop.text(path).replace("\xad", "")] == []
    kept = {str(path.relative_to(shop.output)) for path in shop.output.glob("fi/**/*.html")} - pages
    assert "fi/care/index.html" in kept
    assert [path for path in kept if "enkaat" in shop.text(path).replace("\xad", "")] == []
