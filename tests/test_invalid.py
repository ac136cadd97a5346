"""Mistakes of merchants: each folder of tests/invalid holds one, with the report that it must give, to the letter."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from storegen.errors import ProblemsError, StoregenError
from tests.conftest import FIVE, MakeShop
from tests.shop import Shop

CASES = Path(__file__).parent / "invalid"
EXPECTED = "expected.txt"


def _link_out(shop: Shop) -> None:
    """Make a link that leaves the site, which a repository would not keep."""
    outside = shop.folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("name: Secret\nprice: 1.00\n")
    os.symlink(outside / "secret.yaml", shop.folder / "content/products/secret.yaml")


def _link_to_picture(shop: Shop) -> None:
    outside = shop.folder.parent / "outside.jpg"
    outside.write_bytes(b"\xff\xd8\xff")
    (shop.folder / "content/media").mkdir(parents=True)
    os.symlink(outside, shop.folder / "content/media/outside.jpg")


def _link_to_itself(shop: Shop) -> None:
    os.symlink(shop.folder / "content", shop.folder / "content/products/again", target_is_directory=True)


def _large_text(shop: Shop) -> None:
    shop.write("content/products/large.yaml", "name: " + "x" * (4 * 1024 * 1024))


# What can't or shouldn't stand in the repository, by case.
MADE: Mapping[str, Callable[[Shop], None]] = {
    "link-out-of-the-site": _link_out,
    "link-from-media-out-of-the-site": _link_to_picture,
    "link-to-a-folder-above": _link_to_itself,
    "text-file-too-large": _large_text,
}


def report_of(shop: Shop) -> str:
    """Build a shop and return what is wrong with it, a line each."""
    with pytest.raises(StoregenError) as found:
        shop.build()
    if isinstance(found.value, ProblemsError):
        assert list(found.value.problems) == sorted(found.value.problems)
    return str(found.value)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_mistake_is_reported_to_the_letter(case: str, make_shop: MakeShop) -> None:
    folder = CASES / case
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    expected = files.pop(EXPECTED).decode()
    shop = make_shop(FIVE | files)
    MADE.get(case, lambda shop: None)(shop)

    assert expected == report_of(shop) + "\n"
    assert not shop.output.exists()


def test_every_case_that_is_made_has_its_folder() -> None:
    assert [case for case in MADE if not (CASES / case / EXPECTED).is_file()] == []
