"""``storegen docs``: the documentation, built by storegen itself and shown on this computer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from docs.tables import DOCS
from storegen.build import Options, Report, build, check
from storegen.docs_site import docs_folder, write_docs_site
from storegen.load import load_config
from tests.browser import settle
from tests.served import answer_of, served_docs
from tests.shop import tree
from tests.test_docs import anchors

STOREGEN = [sys.executable, "-m", "storegen"]
PAGES = sorted(str(file.relative_to(DOCS)) for file in DOCS.rglob("*.md"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, with its output."""
    found = tmp_path_factory.mktemp("docs")
    write_docs_site(found)
    build(Options(found, jobs=1))
    return found


def page_of(folder: Path, path: str) -> BeautifulSoup:
    name = path.removesuffix(".md").removesuffix("/README").replace("/", "-")
    place = "" if path == "README.md" else f"guides/{name}/"
    return BeautifulSoup((folder / "output" / place / "index.html").read_text(), "html.parser")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_documentation_is_a_page_of_the_site(path: str, folder: Path) -> None:
    page, text = page_of(folder, path), (DOCS / path).read_text()
    main = page.find("main")
    assert main is not None
    ids = {str(each["id"]).removeprefix("t:") for each in main.select("[id]")}

    assert main.h1 is not None
    assert main.h1.get_text(strip=True) == text.splitlines()[0].removeprefix("# ").replace("`", "")
    assert not any(
        "<!--" in str(text) for text in main.find_all(string=True) if text.parent and text.parent.name != "code"
    )
    if path != "README.md":
        assert set(list(anchors(DOCS / path))[1:]) - ids - comments_in_code(text) == set()


def comments_in_code(text: str) -> set[str]:
    """Return the anchors of lines of code that begin as headings do."""
    lines = [
        line for block in re.findall(r"^```.*?^```$", text, re.DOTALL | re.MULTILINE) for line in block.split("\n")
    ]
    titles = [found[1] for line in lines if (found := re.match(r"#+ (.+)$", line))]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(folder: Path) -> None:
    output = folder / "output"
    pages = {
        str(file.relative_to(output)): BeautifulSoup(file.read_text(), "html.parser") for file in output.rglob("*.html")
    }
    ids = {path: {str(each["id"]) for each in page.select("[id]")} for path, page in pages.items()}
    lost = []
    for path, page in pages.items():
        for link in page.select("main a[href]"):
            place, _, fragment = unquote(str(link["href"])).partition("#")
            if place.startswith(("http:", "https:", "mailto:")):
                continue
            there = f"{place.lstrip('/')}index.html" if place else path
            if there not in pages or (fragment and fragment not in ids[there]):
                lost.append((path, str(link["href"])))

    assert lost == []


def test_site_has_no_mistakes_and_no_warnings(folder: Path) -> None:
    checked = check(Options(folder))

    assert checked.warnings == ()


def test_title_of_the_site_is_that_of_the_index(folder: Path) -> None:
    config = next(iter(load_config(folder).values()))

    assert (DOCS / "README.md").read_text().startswith(f"# {config.tagline}\n")


def test_documentation_sells_nothing(folder: Path) -> None:
    assert not (folder / "output/cart").exists()
    assert not page_of(folder, "content.md").select(".masthead__cart")


def test_pages_follow_the_order_of_the_index(folder: Path) -> None:
    titles = [
        each.get_text(strip=True)
        for each in BeautifulSoup((folder / "output/guides/index.html").read_text(), "html.parser").select("main h2")
    ]

    assert titles[:4] == ["Ten minutes to a published shop", "Recipes", "Checkout", "Publish your shop"]


def test_newer_documentation_replaces_the_older(tmp_path: Path) -> None:
    write_docs_site(tmp_path)
    first = tree(tmp_path)
    (tmp_path / "content/guides/of-an-older-storegen.md").write_text("---\ntitle: Gone\n---\nOld.\n")
    (tmp_path / "content/guides/search.md").write_text("---\ntitle: Search\n---\nOld.\n")
    write_docs_site(tmp_path)

    assert tree(tmp_path) == first


def test_second_start_builds_nothing(folder: Path) -> None:
    write_docs_site(folder)
    report: Report = build(Options(folder, jobs=1))

    assert report.made == ()


def test_folder_is_among_the_users_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    found = [docs_folder()]
    monkeypatch.setattr("sys.platform", "darwin")
    found.append(docs_folder())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "given"))
    found.append(docs_folder())

    assert [str(each.relative_to(tmp_path)) for each in found] == [
        ".cache/storegen/docs",
        "Library/Caches/storegen/docs",
        "given/storegen/docs",
    ]


@pytest.mark.slow
def test_command_serves_the_documentation_to_this_computer_only(tmp_path: Path) -> None:
    with served_docs(STOREGEN, tmp_path) as address:
        status, page = answer_of(address)
        other, _ = answer_of(address, host="docs.example")

    assert (status, other) == (200, 403)
    assert "Ten minutes to a published shop" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache"]


@pytest.mark.slow
def test_port_is_the_given_one_and_a_taken_one_is_explained(tmp_path: Path) -> None:
    with served_docs(STOREGEN, tmp_path) as address:
        port = address.rsplit(":", 1)[1].strip("/")
        command = [*STOREGEN, "docs", "--no-open", "--port", port]
        second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    with served_docs(STOREGEN, tmp_path, "--port", port) as again:
        assert again == address

    assert second.returncode == 1
    assert "name another with --port" in second.stderr


@pytest.mark.slow
def test_browser_is_opened_unless_it_is_not_wanted(tmp_path: Path) -> None:
    script = (
        "import webbrowser, sys, os, threading\n"
        "webbrowser.open = lambda address: (print('OPENED', address, flush=True), os._exit(0))\n"
        "sys.argv = ['storegen', 'docs']\n"
        "from storegen.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert "OPENED http://127.0.0.1:" in done.stdout
    with served_docs(
        [sys.executable, "-c", script.replace("['storegen', 'docs']", "['storegen', *sys.argv[1:]]")], tmp_path
    ) as address:
        assert answer_of(address)[0] == 200


@pytest.mark.browser
def test_reader_finds_a_key_by_searching(browser: Browser, tmp_path: Path) -> None:
    with served_docs(STOREGEN, tmp_path) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        settle(page)
        page.get_by_role("searchbox").first.fill("gift card")
        page.keyboard.press("Enter")
        expect(page.get_by_role("main").get_by_role("link", name="Sell gift cards").first).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Sell gift cards").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sell gift cards")
        page.close()


def test_site_speaks_of_the_documentation_and_not_of_a_shop(folder: Path) -> None:
    for path in ("index.html", "guides/index.html", "guides/ten-minutes/index.html", "search/index.html", "404.html"):
        page = BeautifulSoup((folder / "output" / path).read_text(), "html.parser")
        assert page.find("input", placeholder="Search the documentation") or path == "search/index.html"
        for words in ("Search the shop", "About the shop", "To the shop", "From our shop", "your cart"):
            assert words not in page.get_text(" "), path
        assert "Guides" not in [link.get_text(strip=True) for link in page.select("nav a, header a")], path
