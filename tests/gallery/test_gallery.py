"""The gallery: every component with its examples, in every preset and with the shop's own tokens."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from storegen.errors import ContentError
from storegen.gallery import make_gallery
from storegen.gallery.examples import component_names, read_examples
from storegen.load import load_config
from storegen.theme.loading import load_theme
from storegen.theme.presets import preset_names
from tests.browser import hosted
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

OWN = {**FIVE, "site.yaml": SITE + 'theme: {preset: bold, tokens: {action: "#00308f", action-h: "#001f5c"}}\n'}


def gallery(shop: Shop) -> dict[str, bytes]:
    configs = load_config(shop.folder)
    theme = load_theme(shop.folder, "default", tuple(configs))
    return make_gallery(shop.folder, theme, next(iter(configs.values())), pictures=ROOT / "content" / "media")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return gallery(Shop(tmp_path_factory.mktemp("shop"), OWN))


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", "theme", "gallery", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def page(files: dict[str, bytes], path: str) -> BeautifulSoup:
    return BeautifulSoup(files[path].decode(), "html.parser")


def styles(files: dict[str, bytes], path: str) -> str:
    links = [str(link["href"]).lstrip("/") for link in page(files, path).select("link[rel=stylesheet]")]
    return "\n".join(files[link].decode() for link in links)


def test_gallery_shows_all_examples_in_every_look_light_and_dark(files: dict[str, bytes]) -> None:
    theme = load_theme(ROOT, "default", ("en",))
    examples = read_examples(theme)

    assert len(examples) > len(component_names(theme)) > 80
    for look in ("own", *preset_names(theme)):
        for scheme, path in (("light", f"{look}/index.html"), ("dark", f"{look}/dark/index.html")):
            html = page(files, path)
            assert html.html
            assert html.html["data-theme"] == scheme
            assert len(html.select(".gallery-stage")) == len(examples)
            assert [tag["id"] for tag in html.select(".gallery-component")] == [
                f"component-{name}" for name in component_names(theme)
            ]
            assert not html.select(".gallery-component__fault")


def test_first_look_is_the_shops_own(files: dict[str, bytes]) -> None:
    assert "--action: #00308f" in styles(files, "own/index.html")
    assert "--action: #00308f" not in styles(files, "bold/index.html")
    assert "--action: #0b0b0b" in styles(files, "bold/index.html")
    assert [tag.get_text(" ", strip=True) for tag in page(files, "index.html").select("h2")] == [
        "Test shop",
        "Silver silver",
        "Bold bold",
        "Technical technical",
        "Warm warm",
    ]


def test_everything_that_the_gallery_names_is_in_it(files: dict[str, bytes]) -> None:
    named = set()
    for path in (name for name in files if name.endswith(".html")):
        html = page(files, path)
        named |= {str(tag[name]) for name in ("href", "src") for tag in html.select(f"link[{name}], img[{name}]")}
        named |= {part.split()[0] for tag in html.select("[srcset]") for part in str(tag["srcset"]).split(", ")}
        named |= {str(tag["href"]) for tag in html.select(".gallery-bar a, .overview a")}
    for style in (data.decode() for name, data in files.items() if name.endswith(".css")):
        named |= set(re.findall(r"url\((/[^)]+)\)", style))
    local = {name.partition("#")[0] for name in named if name.startswith("/")}
    assert len(local) > 30
    assert {name for name in local if (name.lstrip("/") + "index.html" * name.endswith("/")) not in files} == set()


def test_example_that_cannot_be_rendered_is_told_beside_the_others(make_shop: MakeShop) -> None:
    shop = make_shop(OWN)
    shop.write(
        "themes/default/components/badge/badge.html", "{% macro badge(badge=none) %}{{ badge.missing.x }}{% endmacro %}"
    )

    html = page(gallery(shop), "silver/index.html")
    faults = [tag.get_text() for tag in html.select("#component-badge .gallery-component__fault")]
    assert faults
    assert all("This example can't be rendered: UndefinedError" in fault for fault in faults)
    assert html.select("#component-button .gallery-stage .button")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("examples:\n- {name: x, args: {badge: {kind: loud}}}\ncontexts: {badge: BadgeTag}\n", "Invalid enum value"),
        ("contexts: {badge: os.system}\nexamples:\n- {name: x, args: {badge: {kind: sale}}}\n", "'os.system'"),
        ("contexts: {}\n", "'examples'"),
        ("- a list\n", "found a mistake"),
        ("a: 'b\n", "badge.yaml:"),
    ],
)
def test_mistake_in_examples_is_reported_with_its_file(make_shop: MakeShop, text: str, message: str) -> None:
    shop = make_shop(OWN)
    shop.write("themes/default/components/badge/badge.yaml", text)

    with pytest.raises(ContentError) as raised:
        gallery(shop)
    assert str(raised.value).startswith("themes/default/components/badge/badge.yaml")
    assert message in str(raised.value)


def test_command_writes_the_gallery_into_a_folder(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop(OWN)
    folder = tmp_path / "shown"

    done = run("--output", str(folder), cwd=shop.folder)
    assert (done.returncode, done.stdout) == (0, f"made {folder}\n"), done.stderr
    assert (folder / "warm" / "dark" / "index.html").is_file()
    assert list((folder / "media").glob("rope-ring-1-720.0.jpg"))


def test_command_leaves_a_folder_of_other_files_alone(make_shop: MakeShop, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run("--output", str(tmp_path), cwd=make_shop(OWN).folder)

    assert done.returncode == 2
    assert f"{tmp_path} is not empty; name a new folder" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["mine.txt"]


def test_command_serves_the_gallery_on_this_machine_until_it_is_ended(make_shop: MakeShop) -> None:
    command = [sys.executable, "-u", "-m", "storegen", "theme", "gallery", "--no-open"]
    with subprocess.Popen(command, cwd=make_shop(OWN).folder, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout
            line = serving.stdout.readline()
            found = re.fullmatch(r"the gallery is at (http://127\.0\.0\.1:[0-9]+/)  \(Ctrl-C ends it\)\n", line)
            assert found, line
            with urlopen(f"{found[1]}warm/dark/") as response:  # noqa: S310 - the address was just compared
                assert 'data-theme="dark"' in response.read().decode()
        finally:
            serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0


@pytest.mark.browser
@pytest.mark.parametrize("look", ["own", "silver", "bold", "technical", "warm"])
def test_no_component_is_wider_than_a_phone_in_any_look(
    browser: Browser, files: dict[str, bytes], tmp_path: Path, look: str
) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    with hosted(tmp_path) as address:
        page = browser.new_page(base_url=address, viewport={"width": 360, "height": 664})
        page.goto(f"/{look}/")
        wide = page.evaluate("""() => [...document.querySelectorAll(".gallery-stage")]
            .filter((stage) => stage.firstElementChild.scrollWidth > stage.clientWidth)
            .map((stage) => stage.closest("section").id)""")
        page.close()

    assert wide == []
