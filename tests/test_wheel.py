"""The wheel carries all that a new shop needs, installed anywhere."""

from __future__ import annotations

import subprocess
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.served import answer_of, served_docs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def storegen(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel; returns the command."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=True, system_site_packages=False)
    pip = folder / "venv" / "bin" / "pip"
    subprocess.run([pip, "install", "-q", "--disable-pip-version-check", str(wheel)], check=True, capture_output=True)
    return folder / "venv" / "bin" / "storegen"


def run(command: Path, *arguments: str, cwd: Path) -> str:
    done = subprocess.run([command, *arguments], cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_new_shop_builds_and_sells_its_one_thing(storegen: Path, tmp_path: Path) -> None:
    run(storegen, "new", "shop", cwd=tmp_path)
    told = run(storegen, "build", cwd=tmp_path / "shop")

    assert told.startswith("made ")
    page = (tmp_path / "shop" / "output" / "products" / "first-thing" / "index.html").read_text()
    assert "€29.00" in page
    assert "mailto:orders@my-shop.example" in page
    assert run(storegen, "build", cwd=tmp_path / "shop").startswith("nothing to make")


def test_demo_shop_builds_from_the_wheel(storegen: Path, tmp_path: Path) -> None:
    run(storegen, "new", "demo", "--demo", cwd=tmp_path)
    run(storegen, "build", cwd=tmp_path / "demo")

    settings = {file.name: file.read_bytes() for file in ROOT.glob("site*.yaml")}
    assert {file.name: file.read_bytes() for file in (tmp_path / "demo").glob("site*.yaml")} == settings
    assert len(settings) == 4
    output = tmp_path / "demo" / "output"
    assert (output / "products" / "rope-ring" / "index.html").is_file()
    assert len(list((output / "products").iterdir())) == 24


def test_wheel_holds_every_page_of_the_documentation(wheel: Path) -> None:
    start = "storegen/bundled/docs/"
    packed = {name.removeprefix(start) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(start)}

    assert packed == {"site.yaml", *(str(file.relative_to(ROOT / "docs")) for file in (ROOT / "docs").rglob("*.md"))}


def test_documentation_is_read_where_only_the_wheel_is(storegen: Path, tmp_path: Path) -> None:
    with served_docs([str(storegen)], tmp_path) as address:
        status, page = answer_of(f"{address}guides/ten-minutes/")

    assert status == 200
    assert "storegen new my-shop" in page
