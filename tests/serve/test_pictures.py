"""Pictures in the preview: pages come first, and pictures follow without another save."""

from __future__ import annotations

import http.client
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from storegen import serve as serving
from storegen.build import Options
from storegen.serve import serve
from tests.conftest import BAND, FIVE, MakeShop
from tests.pictures import encoded
from tests.preview import Preview, previewed
from tests.shop import NOW, Shop, tree

pytestmark = pytest.mark.slow

CUP = Image.effect_noise((400, 300), 60).convert("RGB")
PAGE = "products/plain-band/index.html"


@pytest.fixture
def pictured(make_shop: MakeShop) -> Shop:
    return make_shop(
        FIVE
        | {
            "content/products/plain-band.yaml": BAND + "images: [{file: media/cup.png, alt: A cup}]\n",
            "content/media/cup.png": encoded(CUP),
        }
    )


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the builds from making any picture, so that only the server can."""
    monkeypatch.setattr(serving, "_PICTURE_SECONDS", 0.0)


@pytest.fixture
def preview(pictured: Shop) -> Iterator[Preview]:
    with previewed(pictured) as running:
        yield running


def wait_for_pictures(preview: Preview) -> None:
    end = time.monotonic() + 20
    while not any(event.pictures_done for event in preview.events) and time.monotonic() < end:
        time.sleep(0.02)
    assert any(event.pictures_done for event in preview.events)


def addresses(page: str) -> list[str]:
    return sorted(set(re.findall(r"/media/[^\s\"',?]+\.(?:jpg|png|webp|avif)", page)))


def clean_tree(shop: Shop, folder: Path) -> dict[str, bytes]:
    """Return the files of a clean build into folders of its own."""
    shop.build(output=folder / "output", cache=folder / "cache")
    return tree(folder / "output")


def fetch(preview: Preview, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.mark.usefixtures("held")
def test_picture_that_is_not_built_yet_is_answered(preview: Preview, tmp_path: Path) -> None:
    expected = clean_tree(preview.shop, tmp_path / "clean")
    found = addresses(preview.get("/products/plain-band/")[1])

    assert found
    for address in found:
        assert not preview.shop.has(address.lstrip("/"))
        assert fetch(preview, address) == (200, expected[address.lstrip("/")])
    report = preview.events[0].report
    assert report is not None
    assert report.deferred.keys() == expected.keys() - tree(preview.shop.output).keys()


def test_pictures_follow_without_a_second_save(preview: Preview, tmp_path: Path) -> None:
    wait_for_pictures(preview)

    assert tree(preview.shop.output) == clean_tree(preview.shop, tmp_path / "clean")
    assert len(preview.events) == 2
    assert not preview.shop.build().made


def test_new_picture_of_a_save_replaces_the_old_one(preview: Preview, tmp_path: Path) -> None:
    wait_for_pictures(preview)
    old = addresses(preview.get("/products/plain-band/")[1])
    preview.events.clear()
    preview.shop.write("content/media/cup.png", encoded(CUP.rotate(180)))
    wait_for_pictures(preview)

    assert tree(preview.shop.output) == clean_tree(preview.shop, tmp_path / "clean")
    assert not any(preview.shop.has(address.lstrip("/")) for address in old)


def test_preview_that_ends_before_its_pictures_is_completed_by_a_build(pictured: Shop, tmp_path: Path) -> None:
    expected = clean_tree(pictured, tmp_path / "clean")
    stop = threading.Event()
    serve(Options(pictured.folder, now=NOW, jobs=1), port=0, tell=lambda address, event: stop.set(), stop=stop)

    missing = expected.keys() - tree(pictured.output).keys()
    assert {path.partition("/")[0] for path in missing} == {"media"}
    report = pictured.build()
    assert {change.output.path for change in report.made} == missing
    assert tree(pictured.output) == expected


def test_build_after_a_preview_without_pictures_is_not_the_quick_answer_of_an_earlier_one(
    pictured: Shop, tmp_path: Path
) -> None:
    pictured.build()
    shutil.rmtree(pictured.output / "media")
    stop = threading.Event()
    serve(Options(pictured.folder, now=NOW, jobs=1), port=0, tell=lambda address, event: stop.set(), stop=stop)
    assert not (pictured.folder / ".storegen/snapshot").exists()
    pictured.build()

    assert tree(pictured.output) == clean_tree(pictured, tmp_path / "clean")


def test_mistake_in_a_picture_is_told_and_heals(preview: Preview, tmp_path: Path) -> None:
    wait_for_pictures(preview)
    data = encoded(CUP.rotate(90))
    preview.shop.write("content/media/cup.png", data[: len(data) // 2])
    preview.wait_for("the picture is damaged", "/products/plain-band/")

    assert any("cup.png" in line for event in preview.events for line in event.errors)
    assert preview.get(addresses(preview.get("/products/plain-band/")[1])[0])[0] in {200, 404}
    preview.events.clear()
    preview.shop.write("content/media/cup.png", data)
    wait_for_pictures(preview)
    assert "storegen-errors" not in preview.get("/products/plain-band/")[1]
    assert tree(preview.shop.output) == clean_tree(preview.shop, tmp_path / "clean")


@pytest.mark.usefixtures("held")
def test_browser_shows_a_picture_that_is_not_built_yet(preview: Preview, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{preview.port}/products/plain-band/")
        picture = page.get_by_alt_text("A cup").first
        picture.wait_for()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    assert not (preview.shop.output / "media").exists()
