"""The preview: on this machine only, live, and healing by itself."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from storegen.build import Options
from storegen.serve import Event, serve
from tests.preview import Preview
from tests.shop import NOW, Shop

pytestmark = pytest.mark.slow


def test_pages_are_served_with_the_reload_script_that_output_lacks(preview: Preview) -> None:
    status, page = preview.get("/products/rope-ring/")

    assert status == 200
    assert "livereload.js" in page
    assert "livereload" not in preview.shop.text("products/rope-ring/index.html")
    assert preview.get("/rings")[0] == 302
    assert preview.get("/nothing/")[0] == 404


def test_page_that_is_not_built_yet_says_so(preview: Preview) -> None:
    shutil.rmtree(preview.shop.output)
    status, page = preview.get("/products/rope-ring/")

    assert status == 404
    assert "This page is not built yet. It appears here as soon as it is." in page
    assert "/__storegen/livereload.js" in page


def test_only_its_own_names_are_answered(preview: Preview) -> None:
    assert preview.get("/", host=f"localhost:{preview.port}")[0] == 200
    for host in ("evil.example", f"evil.example:{preview.port}", f"127.0.0.1.evil.example:{preview.port}", "localhost"):
        assert preview.get("/", host=host)[0] == 403


def test_reload_socket_answers_pages_of_this_server_only(preview: Preview) -> None:
    assert preview.upgrade(f"http://127.0.0.1:{preview.port}") == 101
    near = f"http://127.0.0.1.evil.example:{preview.port}"
    for origin in ("http://evil.example", "http://127.0.0.1:1", near, "null"):
        assert preview.upgrade(origin) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/%252e%252e/site.yaml",
        "/..%5csite.yaml",
        "//etc/passwd",
        "/products/..%2f..%2fsite.yaml",
        "/.storegen/manifest",
        "/%00",
        "/link/site.yaml",
    ],
)
def test_nothing_outside_the_output_is_served(preview: Preview, path: str) -> None:
    (preview.shop.output / "link").symlink_to(preview.shop.folder)

    status, text = preview.get(path)

    assert status in {400, 404}
    assert "legal_name" not in text


def test_save_builds_and_reloads(preview: Preview) -> None:
    preview.wait(1)
    preview.shop.edit("content/products/plain-band.yaml", "49.00", "51.00")

    preview.wait(2)
    assert "€51.00" in preview.get("/products/plain-band/")[1]


def test_mistake_is_shown_in_the_page_and_heals_by_itself(preview: Preview) -> None:
    preview.wait(1)
    preview.shop.edit("content/products/plain-band.yaml", "49.00", '"<b>49</b>"')
    preview.wait(2)

    page = preview.get("/products/plain-band/")[1]
    assert "€49.00" in page
    assert "found &quot;&lt;b&gt;49&lt;/b&gt;&quot;" in page

    preview.shop.edit("content/products/plain-band.yaml", '"<b>49</b>"', "52.00")
    preview.wait(3)
    page = preview.get("/products/plain-band/")[1]
    assert "€52.00" in page
    assert "storegen-errors" not in page


def test_port_in_use_is_explained(five: Shop, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Exception, match="name another with --port"):
            serve(Options(five.folder), port=port, tell=lambda address, event: None, stop=threading.Event())


def test_reload_message_reaches_the_browser_side(preview: Preview) -> None:
    preview.wait(1)
    with socket.create_connection(("127.0.0.1", preview.port), timeout=20) as stream:
        stream.sendall(preview.upgrade_request())
        assert b"101" in stream.recv(1000)
        preview.shop.edit("content/products/plain-band.yaml", "49.00", "53.00")
        frame = stream.recv(1000)

    assert json.loads(frame[2:])["command"] == "reload"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_open_page_reloads_by_itself(preview: Preview, browser: Browser, name: str) -> None:
    preview.wait(1)
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.goto(f"http://{name}:{preview.port}/products/plain-band/")
        for old, new in (("49.00", "54.00"), ("54.00", "55.00")):
            preview.shop.edit("content/products/plain-band.yaml", old, new)

            page.get_by_text(f"€{new}").first.wait_for()
        assert refused == []


def test_page_that_was_loading_while_its_shop_was_built_reloads_too(preview: Preview, browser: Browser) -> None:
    preview.wait(1)

    def late(route: Route) -> None:
        if len(preview.events) == 1:
            preview.shop.edit("content/products/plain-band.yaml", "49.00", "56.00")
            preview.wait(2)
        route.continue_()

    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/livereload.js*", late)
        page.goto(f"http://127.0.0.1:{preview.port}/products/plain-band/")

        page.get_by_text("€56.00").first.wait_for()


def test_site_yaml_is_watched_however_it_is_saved(preview: Preview) -> None:
    for count, name in enumerate(("First", "Second", "Third", "Fourth"), start=2):
        text = (preview.shop.folder / "site.yaml").read_text().split("\n", 1)[1]
        preview.shop.write("site.yaml" if count == 4 else "site.yaml.new", f"name: {name}\n{text}")
        if count != 4:
            (preview.shop.folder / "site.yaml.new").replace(preview.shop.folder / "site.yaml")
        preview.wait_for(f"<title>{name}", "/")


def test_folder_that_comes_or_is_replaced_is_watched(preview: Preview) -> None:
    shop = preview.shop
    shop.write("themes/default/components/price/price.css", ".price { color: #010203 }")
    preview.wait_for("#010203", "/")
    shop.edit("themes/default/components/price/price.css", "#010203", "#030201")
    preview.wait_for("#030201", "/")
    shop.write("next/products/plain-band.yaml", "name: Plain band\nprice: 61.00\ncategory: rings\n")
    shop.write("next/categories/rings.yaml", "name: Rings\n")
    (shop.folder / "content").rename(shop.folder / "before")
    (shop.folder / "next").rename(shop.folder / "content")
    preview.wait_for("€61.00", "/products/plain-band/")
    shop.edit("content/products/plain-band.yaml", "61.00", "62.00")
    preview.wait_for("€62.00", "/products/plain-band/")


def test_only_what_a_build_reads_is_watched(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    five.build(output=five.folder / "public")
    five.build(preview=True)
    five.write("photographs/raw/1.txt", "not for the shop")
    stop, watched = threading.Event(), list[str]()

    def watch(*paths: str, **options: object) -> Iterator[set[object]]:
        watched.extend(paths)
        stop.set()
        yield set()

    monkeypatch.setattr("watchfiles.watch", watch)
    serve(Options(five.folder, now=NOW, jobs=1), port=0, tell=lambda address, event: None, stop=stop)

    assert sorted(Path(path).name for path in watched) == ["content", "site.yaml"]


def test_save_before_the_watch_begins_is_built_too(five: Shop) -> None:
    stop = threading.Event()
    events: list[Event] = []

    def tell(address: str, event: Event) -> None:
        if not events:
            five.edit("content/products/plain-band.yaml", "49.00", "57.00")
        events.append(event)
        if len(events) == 2:
            stop.set()

    give_up = threading.Timer(20, stop.set)
    give_up.start()
    serve(Options(five.folder, now=NOW, jobs=1), port=0, tell=tell, stop=stop)
    give_up.cancel()

    assert "€57.00" in five.text("products/plain-band/index.html")
