"""What an editor with a YAML language server says of a new shop's files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storegen.cli.main import cli
from tests.conftest import ROOT
from tests.language_server import LanguageServer, language_server

pytestmark = pytest.mark.slow

SERVER = ROOT / "node_modules/.bin/yaml-language-server"
PRODUCT = "content/products/first-thing.yaml"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor") / "shop"
    cli.main(["new", str(folder)], standalone_mode=False)
    return folder


@pytest.fixture
def server(shop: Path) -> Iterator[LanguageServer]:
    if not SERVER.exists():
        if os.environ.get("STOREGEN_NODE") == "required":
            pytest.fail("yaml-language-server is required here: npm ci")
        pytest.skip("no yaml-language-server found: npm ci installs it")
    with language_server(SERVER, shop) as running:
        yield running


def test_files_of_a_new_shop_have_no_mistakes(server: LanguageServer, shop: Path) -> None:
    files = ["site.yaml", *sorted(str(file.relative_to(shop)) for file in (shop / "content").rglob("*.yaml"))]

    assert {name: server.open(name) for name in files} == {name: [] for name in files}


def test_wrong_key_and_wrong_value_are_marked(server: LanguageServer, shop: Path) -> None:
    text = (shop / PRODUCT).read_text()
    lines = text.split("\n")
    place = lines.index("price: 29.00")
    lines[place : place + 1] = ["price: 29,00", "prise: 5"]
    (shop / "content/products/wrong.yaml").write_text("\n".join(lines))

    assert sorted(server.open("content/products/wrong.yaml")) == [
        f"{place + 1}: Expected an amount like 59.00.",
        f"{place + 2}: Property prise is not allowed.",
    ]


def test_keys_and_values_are_completed_and_explained(server: LanguageServer, shop: Path) -> None:
    comment = (shop / PRODUCT).read_text().partition("\n")[0]
    (shop / "content/products/new.yaml").write_text(f"{comment}\nname: New\nprice: 5.00\navailability: \n\n")
    server.open("content/products/new.yaml")

    keys = server.complete("content/products/new.yaml", 5, 0)
    assert {"compare_at_price", "variants", "description"} <= set(keys)
    assert "name" not in keys
    assert "made_to_order" in server.complete("content/products/new.yaml", 4, 14)
    assert "unless every variant" in server.hover("content/products/new.yaml", 3, 2)
