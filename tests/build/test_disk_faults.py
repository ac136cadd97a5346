"""A disk that fails anywhere leaves the old shop or the new one, and the next build makes it right."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storegen.errors import OutputError
from tests.build.test_incremental import BASE
from tests.conftest import FIVE
from tests.faulty_disk import Fault, FaultyDisk
from tests.shop import NOW, SITE, Shop, tree

pytestmark = pytest.mark.slow

CONTENT = ("categories/rings.yaml", "categories/earrings.yaml", "pages/returns.md", "media/stone.png", *(
    f"products/{name}.yaml" for name in ("plain-band", "ball-studs", "stone-ring", "small-hoops", "polishing-cloth")
), "categories/care.yaml", "blog/spring.md", "people/aino.yaml")  # fmt: skip
FEW = {name: data for name, data in BASE.items() if name.startswith("themes/")} | {
    **{f"content/{name}": BASE[f"content/{name}"] for name in CONTENT},
    "site.yaml": SITE + "theme: {name: small}\n",
    "themes/small/theme.yaml": "name: small\npictures: {widths: [20], formats: [webp]}\nper_page: 2\n",
}
EVERY = 3
FAULTS: tuple[tuple[Fault, bool, bool], ...] = (
    *((fault, once, False) for fault in ("short", "full", "fault") for once in (True, False)),
    ("short", True, True),
    ("fault", False, True),
)


def change(shop: Shop, *, forward: bool) -> None:
    """Edit a price, remove a product, add another and swap a page for a folder of pages, or take all that back."""
    old, new = ("49.00", "50.00") if forward else ("50.00", "49.00")
    shop.edit("content/products/plain-band.yaml", old, new)
    gone, come = ("ball-studs", "extra") if forward else ("extra", "ball-studs")
    shop.remove(f"content/products/{gone}.yaml")
    shop.write(f"content/products/{come}.yaml", f"name: {come}\nsku: X-{come}\nprice: 1\ncategory: rings\n")


def assert_explained(error: OutputError, shop: Shop) -> None:
    message = str(error)
    assert "\n" not in message
    assert str(shop.folder) in message
    assert re.search("free some space|reports a fault|build again", message)


def broken_builds(
    shop: Shop, fault: Fault, first: int, *, once: bool, cold: bool
) -> Iterator[tuple[Shop, dict[str, bytes], dict[str, bytes]]]:
    """Yield after each build that failed at its n-th operation, with the output before and as it should become.

    *n* goes up by `EVERY` from *first*. The kinds of faults begin at different operations, so together they reach all.
    """
    change(shop, forward=True)
    shop.build()
    pages = {True: tree(shop.output)}
    change(shop, forward=False)
    shop.build()
    pages[False] = tree(shop.output)
    forward, number = True, first
    while True:
        if cold:
            shutil.rmtree(shop.output)
            shutil.rmtree(shop.folder / ".storegen")
        else:
            change(shop, forward=forward)
        disk = FaultyDisk(shop.folder, number, fault, once=once)
        with disk.mounted():
            try:
                shop.build()
            except OutputError as error:
                assert_explained(error, shop)
                failed = True
            else:
                failed = False
        wanted = pages[False] if cold else pages[forward]
        if not disk.failed:
            assert number > 50
            return
        if not failed:  # what failed had another way, or needs none, as a file that is thrown away
            assert tree(shop.output) == wanted
        yield shop, {} if cold else pages[not forward], wanted
        shop.build()
        assert tree(shop.output) == wanted
        forward, number = not forward, number + EVERY


@pytest.mark.parametrize(("fault", "once", "cold"), FAULTS)
def test_failing_disk_leaves_the_old_shop_or_the_new_one(
    fault: Fault, *, once: bool, cold: bool, tmp_path: Path
) -> None:
    shop = Shop(tmp_path / "shop", FEW)

    first = 1 + FAULTS.index((fault, once, cold)) % EVERY
    for left, before, wanted in broken_builds(shop, fault, first, once=once, cold=cold):
        there = tree(left.output) if left.output.is_dir() else {}
        if once:
            assert there in (before, wanted)
        else:  # nothing can be put back on a disk that takes no more changes
            assert all(data in (before.get(path), wanted.get(path)) for path, data in there.items())


def limited(shop: Shop, **limits: tuple[int, int]) -> subprocess.CompletedProcess[str]:
    """Build in a process with limits of the system."""

    def limit() -> None:
        for name, values in limits.items():
            resource.setrlimit(getattr(resource, name), values)

    command = [sys.executable, "-m", "storegen", "build", "--site", str(shop.folder), "--now", NOW.isoformat()]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)


MANY = {f"content/products/p{n}.yaml": f"name: P {n}\nprice: {n + 1}\ncategory: rings\n" for n in range(60)}


def test_limit_of_file_size_is_explained(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", FIVE | MANY)

    done = limited(shop, RLIMIT_FSIZE=(40_000, 40_000))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cache: File too large; the system limits the size of files" in done.stderr
    assert not shop.output.exists()
    shop.build()


def test_limit_of_open_files_is_explained(five: Shop) -> None:
    done = limited(five, RLIMIT_NOFILE=(5, 5))

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ulimit -n" in done.stderr
    five.build()


def test_unwritable_folder_is_explained(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any, **named: Any) -> None:
        raise PermissionError(13, "Permission denied", str(five.folder / ".storegen"))

    monkeypatch.setattr("storegen.write.lock.Path.mkdir", refuse)
    with pytest.raises(OutputError, match=r"\.storegen: Permission denied; allow this user to use it"):
        five.build()
