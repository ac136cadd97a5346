"""Videos and sounds of a product: what its page loads, when, and what the policy allows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect

from storegen.errors import ContentError
from storegen.model.clip import hosted
from tests.browser import hosted as served
from tests.browser import settle
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop, png

BAND = "products/plain-band/index.html"
FILES: Mapping[str, str | bytes] = {
    "content/media/ring.webm": b"webm",
    "content/media/ring.vtt": "WEBVTT\n",
    "content/media/bell.mp3": b"mp3",
    "content/media/poster.png": png("red"),
}
FILE = (
    "{file: media/ring.webm, title: In the light, image: media/poster.png, "
    "captions: {en: media/ring.vtt}, date: 2026-11-20}"
)
AWAY = "{file: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', title: At the bench, image: media/poster.png}"


def shop_of(make_shop: MakeShop, videos: str = "", sounds: str = "") -> Shop:
    band = str(FIVE["content/products/plain-band.yaml"])
    more = (f"videos: [{videos}]\n" if videos else "") + (f"sounds: [{sounds}]\n" if sounds else "")
    return make_shop({**FIVE, **FILES, "content/products/plain-band.yaml": band + more})


def policy(shop: Shop) -> str:
    meta = shop.html(BAND).select_one("meta[http-equiv=Content-Security-Policy]")
    assert meta is not None
    return str(meta["content"])


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://youtu.be/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://m.youtube.com/shorts/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://vimeo.com/76979871/8272103f6e", "https://player.vimeo.com/video/76979871"),
        ("https://www.youtube.com/@maker", ""),
        ("https://youtube.com.evil.example/watch?v=x", ""),
        ("https://www.youtube.com/watch?v=%22%3E", ""),
        ("https://vimeo.com/maker", ""),
    ],
)
def test_video_of_a_host_is_recognised(address: str, player: str) -> None:
    found = hosted(address)

    assert (found.player.partition("?")[0] if found else "") == player


def test_file_plays_in_the_gallery_with_captions(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, FILE, "{file: media/bell.mp3, title: The bell}")
    shop.build()
    page = shop.html(BAND)
    video, track, sound = page.select_one(".gallery video"), page.select_one("track"), page.select_one("audio")
    source = page.select_one(".gallery video source")
    assert video is not None
    assert track is not None
    assert sound is not None
    assert source is not None

    assert (video["preload"], video["aria-label"]) == ("none", "In the light")
    assert shop.has(str(source["src"]).lstrip("/"))
    assert (track["srclang"], track["kind"]) == ("en", "captions")
    assert shop.has(str(track["src"]).lstrip("/"))
    assert sound["preload"] == "none"
    assert "frame-src 'none'" in policy(shop)
    found = next(item for item in shop.jsonld(BAND) if item["@type"] == "VideoObject")
    assert (found["name"], found["uploadDate"]) == ("In the light", "2026-11-20")
    assert found["contentUrl"].startswith("https://shop.example/media/ring")


def test_policy_allows_only_the_host_that_is_used(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, AWAY)
    shop.build()

    assert "frame-src https://www.youtube-nocookie.com;" in policy(shop)
    assert "frame-src https://www.youtube-nocookie.com;" in shop.text("_headers")
    assert "vimeo" not in shop.text("_headers")
    shop.write("content/products/plain-band.yaml", str(FIVE["content/products/plain-band.yaml"]))
    shop.build()
    assert "frame-src 'none'" in policy(shop)


@pytest.mark.parametrize(
    ("videos", "sounds", "says"),
    [
        (
            "{file: media/poster.png, title: x}",
            "",
            "videos.0.file: expected a file that browsers play (.mp4, .m4v, .webm)",
        ),
        ("{file: 'https://videos.example/1', title: x}", "", "videos.0.file: expected a file in content/media, or the"),
        ("", "{file: 'https://youtu.be/abc', title: x}", "sounds.0.file: expected a file in content/media; found"),
        ("{file: media/gone.webm, title: x}", "", "there is no such file"),
        ("{file: media/ring.webm, title: x, captions: {en: media/bell.mp3}}", "", "expected a WebVTT file (.vtt)"),
    ],
)
def test_clip_that_nobody_can_play_is_a_mistake(make_shop: MakeShop, videos: str, sounds: str, says: str) -> None:
    with pytest.raises(ContentError) as raised:
        shop_of(make_shop, videos, sounds).build()

    assert says in str(raised.value)


@pytest.mark.browser
def test_host_is_asked_only_after_a_press(browser: Browser, make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, AWAY)
    shop.build()
    with served(shop.output) as address:
        page = browser.new_page(viewport={"width": 390, "height": 664})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.route("https://**", lambda route: route.fulfill(body="<p>player</p>", content_type="text/html"))
        page.goto(f"{address}/products/plain-band/")
        settle(page)
        assert [url for url in asked if not url.startswith(address)] == []

        page.get_by_role("link", name="At the bench").first.focus()
        page.keyboard.press("Enter")
        frame = page.locator("iframe[title='At the bench']")
        expect(frame).to_be_visible()
        expect(frame).to_be_focused()
        settle(page)
        away = [url for url in asked if not url.startswith(address)]
        page.close()

    assert len(away) == 1
    assert away[0].startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")
