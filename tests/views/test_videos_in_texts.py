"""Videos in texts and in reviews: shown as in a product's gallery, and nothing of a host is loaded before a press."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from storegen.errors import ContentError
from tests.browser import hosted as served
from tests.browser import settle
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop, png

YOUTUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
VIDEOS = (
    f"videos:\n  - {{file: '{YOUTUBE}', title: At the bench, image: media/poster.png}}\n"
    "  - {file: media/ring.webm, title: In the light, captions: {en: media/ring.vtt}}\n"
)
TEXT = "Before.\n\n![](video:1)\n\nBetween.\n\n![](video:2)\n\nAfter.\n"
FILES: dict[str, str | bytes] = {
    **FIVE,
    "content/media/ring.webm": b"\x1a\x45\xdf\xa3",
    "content/media/ring.vtt": "WEBVTT\n",
    "content/media/poster.png": png("red"),
    "content/guides/bench.md": f"---\ntitle: The bench\ndate: 2026-11-01\n{VIDEOS}---\n{TEXT}",
    "content/pages/about.md": f"---\ntitle: About\n{VIDEOS}---\n{TEXT}",
    "content/brands/maker.md": f"---\nname: Maker\n{VIDEOS}---\n{TEXT}",
    "content/products/plain-band.yaml": (
        f"{FIVE['content/products/plain-band.yaml']!s}brand: Maker\n{VIDEOS}description: |\n  See.\n\n  ![](video:2)\n"
    ),
    "content/reviews/rings.yaml": (
        f"- {{product: rope-ring, rating: 5, text: Good., date: 2026-11-01, video: '{YOUTUBE}', title: My ring}}\n"
        "- {product: rope-ring, rating: 4, text: Fine., date: 2026-11-02, video: 'https://videos.example/1'}\n"
    ),
}
PAGES = ("guides/bench", "about", "brands/maker")


def built(make_shop: MakeShop) -> Shop:
    shop = make_shop(FILES)
    shop.build()
    return shop


def test_texts_show_videos_where_their_numbers_are(make_shop: MakeShop) -> None:
    shop = built(make_shop)

    for page in PAGES:
        prose = shop.html(f"{page}/index.html").select_one(".prose")
        assert prose is not None, page
        words = prose.get_text(" ", strip=True)
        assert words.index("Before.") < words.index("At the bench") < words.index("Between.") < words.index("After.")
        facade, file, track = prose.select_one("a.video"), prose.select_one("video source"), prose.select_one("track")
        assert facade is not None
        assert file is not None
        assert track is not None
        assert facade["href"] == YOUTUBE
        assert str(facade["data-player"]).startswith("https://www.youtube-nocookie.com/embed/")
        assert facade.select_one("img")
        assert shop.has(str(file["src"]).lstrip("/"))
        assert (track["kind"], track["srclang"]) == ("captions", "en")
    described = shop.html("products/plain-band/index.html").select_one(".prose video")
    assert described is not None
    assert described["aria-label"] == "In the light"


def test_review_shows_the_video_of_a_known_host_and_links_to_others(make_shop: MakeShop) -> None:
    first, second = built(make_shop).html("products/rope-ring/index.html").select(".review")
    known, other = (first, second) if first.select("[data-player]") else (second, first)
    (facade,) = known.select("[data-player]")

    assert facade["data-title"] == "My ring"
    assert not other.select("[data-player]")
    assert [link["href"] for link in other.select("a")] == ["https://videos.example/1"]


@pytest.mark.browser
@pytest.mark.parametrize("page", [*PAGES, "products/rope-ring"])
def test_no_host_is_asked_before_the_press(browser: Browser, make_shop: MakeShop, page: str) -> None:
    shop = built(make_shop)
    with served(shop.output) as address:
        view = browser.new_page(viewport={"width": 390, "height": 664})
        asked: list[str] = []
        said: list[str] = []
        view.on("request", lambda request: None if request.url.startswith(address) else asked.append(request.url))
        view.on("console", lambda message: said.append(message.text))
        view.route("https://**", lambda route: route.fulfill(body="<p>player</p>", content_type="text/html"))
        view.goto(f"{address}/{page}/")
        settle(view)
        assert asked == []

        view.locator("a[data-player]").first.click()
        frame = view.locator("iframe.video__player--wide")
        expect(frame).to_be_visible()
        expect(frame).to_be_focused()
        settle(view)
        assert [each.partition("?")[0] for each in asked] == ["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"]
        assert said == []
        assert view.evaluate("document.documentElement.scrollWidth") == 390
        view.close()


def test_policy_allows_hosts_of_texts_and_reviews_only_while_they_are_used(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/reviews/rings.yaml": FILES["content/reviews/rings.yaml"]})
    shop.build()
    assert "frame-src https://www.youtube-nocookie.com;" in shop.text("_headers")
    assert "youtube" not in shop.text("_headers").partition("img-src")[2].partition(";")[0]

    shop.edit("content/reviews/rings.yaml", YOUTUBE, "https://videos.example/2")
    shop.write(
        "content/guides/bench.md", str(FILES["content/guides/bench.md"]).replace(YOUTUBE, "https://vimeo.com/76979871")
    )
    shop.write("content/media/poster.png", png("red"))
    shop.write("content/media/ring.webm", b"\x1a\x45\xdf\xa3")
    shop.write("content/media/ring.vtt", "WEBVTT\n")
    shop.build()
    assert "frame-src https://player.vimeo.com;" in shop.text("_headers")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![](video:3)", 'bench.md:9: no video "3" (there are 2 in videos, numbered from 1)'),
        ("![](video:one)", 'no video "one"'),
        ("[watch](video:1)", "write ![](video:1) in a line of its own; a video is shown, not linked"),
        (f"![x]({YOUTUBE})", "a video belongs in videos, as file:"),
    ],
)
def test_mistakes_are_told(make_shop: MakeShop, text: str, said: str) -> None:
    guide = f"---\ntitle: The bench\ndate: 2026-11-01\n{VIDEOS}---\n\n{text}\n"
    with pytest.raises(ContentError) as caught:
        make_shop({**FILES, "content/guides/bench.md": guide}).build()

    assert any(said in str(problem) for problem in caught.value.problems), [str(each) for each in caught.value.problems]


def test_mistakes_of_files_without_videos_and_of_other_texts_are_told(make_shop: MakeShop) -> None:
    page = "---\ntitle: About\nquestions: [{question: How?, answer: '![](video:1)'}]\n---\n![](video:1)\n"
    away = FILES["content/guides/bench.md"]
    guide = str(away).replace(YOUTUBE, "https://videos.example/1")
    with pytest.raises(ContentError) as caught:
        make_shop({**FILES, "content/pages/about.md": page, "content/guides/bench.md": guide}).build()
    said = "\n".join(str(problem) for problem in caught.value.problems)

    assert 'no video "1" (this file has no videos)' in said
    assert "only the text itself can show a video" in said
    assert "videos.0.file: expected a file in content/media, or the address of a video at YouTube or Vimeo" in said


def test_changed_title_changes_the_page(make_shop: MakeShop) -> None:
    shop = built(make_shop)
    shop.edit("content/pages/about.md", "At the bench", "In the yard")
    shop.build()

    assert "In the yard" in shop.text("about/index.html")
