"""Fixtures: a shop made of the files that a test writes."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

from storegen.render.bytecode import TemplateCache
from tests.browser import browser
from tests.importing import importing, picture_server
from tests.preview import preview
from tests.shop import SITE, Shop

__all__ = ["browser", "importing", "picture_server", "preview"]

ROOT = Path(__file__).parent.parent
MakeShop = Callable[[dict[str, str | bytes]], Shop]

RING = """\
name: Rope ring
sku: RG-014
category: rings
price: 59.00
summary: Three wires, twisted by hand.
options: {Size: [16, 17, 18]}
variants:
  - {sku: RG-014-16, options: {Size: 16}, stock: 4}
  - {sku: RG-014-17, options: {Size: 17}, stock: 2}
  - {sku: RG-014-18, options: {Size: 18}, stock: 0}
specs: {Metal: 925 silver, Width: 3 mm}
description: |
  It has no edge to catch on gloves.

  ## How to wear it

  Next to a [plain band](product:plain-band).
"""
BAND = "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\nstock: 9\n"
HOOPS = "name: Small hoops\nsku: ER-002\ncategory: earrings\nprice: 45.00\nstock: 5\n"
STUDS = "name: Ball studs\nsku: ER-003\ncategory: earrings\nprice: 29.00\n"
CLOTH = "name: Polishing cloth\nsku: CA-001\ncategory: care\nprice: 12.00\n"

FIVE: dict[str, str | bytes] = {
    "content/products/rope-ring.yaml": RING,
    "content/products/plain-band.yaml": BAND,
    "content/products/small-hoops.yaml": HOOPS,
    "content/products/ball-studs.yaml": STUDS,
    "content/products/polishing-cloth.yaml": CLOTH,
    "content/categories/rings.yaml": "name: Rings\nsummary: Forged in Porvoo.\n",
    "content/categories/earrings.yaml": "name: Earrings\n",
    "content/categories/care.yaml": "name: Care\n",
    "content/guides/ring-size.md": (
        "---\ntitle: Measure your ring size\ndate: 2026-11-01\n---\n"
        "## What you need\n\nPaper.\n\n![](product:rope-ring)\n"
    ),
}


def five_with(make_shop: MakeShop, files: Mapping[str, str | bytes], site: str = SITE) -> Shop:
    """Return the shop of five products with more files, built."""
    shop = make_shop({**FIVE, "site.yaml": site, **files})
    shop.build()
    return shop


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--write``, which writes golden files anew."""
    parser.addoption("--write", action="store_true", help="write golden files anew; read the diff before you commit it")


OWN_TEMPLATES = TemplateCache.__init__


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """Share compiled templates between all shops of all tests. Compiling them takes most of a small shop's first build."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "templates"

    def shared(self: TemplateCache, _folder: Path, code_key: bytes, key: bytes) -> None:
        OWN_TEMPLATES(self, folder, code_key, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TemplateCache, "__init__", shared)
        yield


@pytest.fixture
def own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep compiled templates in the folder of each shop, as outside of tests."""
    monkeypatch.setattr(TemplateCache, "__init__", OWN_TEMPLATES)


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """Collect garbage between tests. A collection within a test counts as time of the text that it interrupts."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def make_shop(tmp_path: Path) -> MakeShop:
    """Return a function that makes a shop of files."""
    return lambda files: Shop(tmp_path / "shop", files)


@pytest.fixture
def five(make_shop: MakeShop) -> Shop:
    """Return a shop of five products in three categories."""
    return make_shop(FIVE)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for one that was written long ago, as it is in a merchant's shop."""
    monkeypatch.setattr("storegen.files._SETTLED_NS", -(10**12))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shop:
    """Return the demo shop, built once for all tests of all worker processes; tests only read it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo-shop"
    with FileLock(f"{folder}.lock"):
        shop = Shop(folder, {file.name: file.read_bytes() for file in ROOT.glob("site*.yaml")})
        if not shop.has("index.html"):
            shutil.copytree(ROOT / "content", folder / "content")
            shop.build(jobs=os.cpu_count() or 1)
    return shop


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the wheel, built from the sdist once for all tests of all worker processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "wheel"
    with FileLock(f"{folder}.lock"):
        if not list(folder.glob("*.whl")):
            command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
            subprocess.run(command, check=True, capture_output=True)
        return next(folder.glob("*.whl"))
