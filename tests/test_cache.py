"""What builds remember: it may be lost, torn or old, and never changes what is built."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storegen.build import Options, Session, build
from storegen.cache import Cache
from storegen.write.log import Log
from tests.conftest import FIVE
from tests.shop import NOW, Shop, tree

ENGINE = b"e" * 16


def values_of(cache: Cache) -> dict[str, dict[str, tuple[bytes, bytes]]]:
    return {
        section: {name: (kept.head, cache.body(kept) if kept.length else b"") for name, kept in values.items()}
        for section, values in cache.values.items()
        if values
    }


def test_log_gives_back_what_was_put_in(tmp_path: Path) -> None:
    log = Log(tmp_path / "cache", ENGINE)
    for number in range(100):
        log.cache.put("a", str(number), b"head", b"body %d" % number)
    log.save()
    log.cache.put("a", "7", b"new", b"other")
    log.cache.put("b", "", b"alone")
    log.cache.keep("a", {str(number) for number in range(50)})
    log.save()
    log.close()

    again = Log(tmp_path / "cache", ENGINE)
    expected = {str(number): (b"head", b"body %d" % number) for number in range(50)} | {"7": (b"new", b"other")}
    assert values_of(again.cache) == {"a": expected, "b": {"": (b"alone", b"")}}
    assert again.current


def test_log_of_another_engine_is_empty(tmp_path: Path) -> None:
    log = Log(tmp_path / "cache", ENGINE)
    log.cache.put("a", "x", b"head", b"body")
    log.save()

    assert values_of(Log(tmp_path / "cache", b"f" * 16).cache) == {}


@pytest.mark.parametrize("cut", [1, 5, 30, 200])
def test_torn_log_keeps_what_was_written_before(cut: int, tmp_path: Path) -> None:
    file = tmp_path / "cache"
    log = Log(file, ENGINE)
    log.cache.put("a", "x", b"head", b"body" * 100)
    log.save()
    whole = file.stat().st_size
    log.cache.put("a", "x", b"second", b"other" * 100)
    log.save()
    log.close()
    os.truncate(file, file.stat().st_size - cut)

    again = Log(file, ENGINE)
    assert values_of(again.cache) == {"a": {"x": (b"head", b"body" * 100)}}
    assert file.stat().st_size == whole


def test_log_that_holds_mostly_what_is_gone_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "cache"
    log = Log(file, ENGINE)
    for number in range(12):
        log.cache.put("a", "x", b"head", bytes([number]) * (1 << 20))
        log.save()
    log.cache.put("a", "y", b"last", b"body")
    log.save()

    assert file.stat().st_size < 9 << 20
    assert log.current
    assert values_of(log.cache) == {"a": {"x": (b"head", bytes([11]) * (1 << 20)), "y": (b"last", b"body")}}
    log.close()
    assert values_of(Log(file, ENGINE).cache) == {
        "a": {"x": (b"head", bytes([11]) * (1 << 20)), "y": (b"last", b"body")}
    }


def test_log_notices_that_another_wrote_to_it(tmp_path: Path) -> None:
    one, other = Log(tmp_path / "cache", ENGINE), Log(tmp_path / "cache", ENGINE)
    assert one.current
    other.cache.put("a", "x", b"head", b"body")
    other.save()

    assert not one.current


def test_damaged_bodies_cost_time_only(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(FIVE)
    shop.build()
    file = shop.folder / ".storegen" / "cache"
    data = bytearray(file.read_bytes())
    start = data.index(b"Rope ring")
    data[start : start + 9] = b"Rope rong"
    file.write_bytes(data)
    shop.edit("site.yaml", "Test shop", "Another shop")

    shop.build()
    shop.build(output=shop.folder / "clean", cache=shop.folder / "cache")
    assert tree(shop.output) == tree(shop.folder / "clean")


@pytest.mark.usefixtures("settled")
def test_build_without_a_change_reads_no_content(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = five.build()
    monkeypatch.setattr("storegen.build.pipeline.run", None)

    second = five.build()
    assert (second.made, second.removed, second.kept) == ((), (), len(first.made))
    assert (second.warnings, second.next_instant) == (first.warnings, first.next_instant)


CHANGES: dict[str, Callable[[Shop], None]] = {
    "a product": lambda shop: shop.edit("content/products/plain-band.yaml", "49.00", "50.00"),
    "a new file": lambda shop: shop.write("content/products/extra.yaml", "name: Extra\nprice: 1\ncategory: rings\n"),
    "a file less": lambda shop: shop.remove("content/products/ball-studs.yaml"),
    "site.yaml": lambda shop: shop.edit("site.yaml", "Test shop", "Another shop"),
    "a translation of site.yaml": lambda shop: shop.write("site.fi.yaml", "name: Kauppa\n"),
    "the theme": lambda shop: shop.write("themes/default/components/price/price.css", ".price { color: red }"),
    "an output": lambda shop: shop.write("output/index.html", "changed"),
    "an output less": lambda shop: shop.remove("output/index.html"),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", CHANGES)
def test_every_kind_of_change_is_noticed(name: str, five: Shop) -> None:
    five.build()
    CHANGES[name](five)

    five.build()
    five.build(output=five.folder / "clean", cache=five.folder / "cache")
    assert tree(five.output) == tree(five.folder / "clean")


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("options", "made"),
    [({"clean": True}, True), ({"base_url": "https://other.example"}, True), ({"drafts": True}, False), ({}, False)],
)
def test_every_option_is_noticed(options: dict[str, Any], made: bool, five: Shop) -> None:  # noqa: FBT001
    five.build()

    assert bool(five.build(**options).made) == made


@pytest.mark.usefixtures("settled")
def test_time_is_noticed_in_both_directions(five: Shop) -> None:
    offer = "name: Week\npercent: 20\ncategories: [rings]\nstarts: 2026-12-01 08:00\nends: 2026-12-08 08:00\n"
    five.write("content/offers/week.yaml", offer)
    before = five.build()
    start = before.next_instant
    assert start is not None
    assert five.build(now=start - dt.timedelta(seconds=1)).made == ()
    assert five.build(now=start).made != ()
    assert five.build(now=start + dt.timedelta(days=1)).made == ()
    assert five.build(now=NOW).made != ()


@pytest.mark.usefixtures("settled")
def test_key_of_order_lines_is_noticed(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    five.build()
    monkeypatch.setenv("STOREGEN_ORDER_KEY", "0123456789abcdef0123")

    assert five.build().made != ()


@pytest.mark.slow
def test_builds_of_one_session_give_what_separate_ones_give(five: Shop) -> None:
    session = Session()
    for number in range(4):
        five.write("content/products/plain-band.yaml", f"name: Band {number}\nprice: 4{number}.00\ncategory: rings\n")
        if number == 2:
            five.build()  # another process builds in between
            five.write("content/products/plain-band.yaml", "name: Band between\nprice: 44.00\ncategory: rings\n")
        build(Options(five.folder, now=NOW, jobs=1), session=session)
        clean = five.folder / f"clean-{number}"
        five.build(output=clean / "output", cache=clean / "cache")
        assert tree(five.output) == tree(clean / "output")
    session.close()


def test_page_made_again_leaves_a_spare_and_a_backup_alone(five: Shop, tmp_path: Path) -> None:
    five.build()
    page = five.output / "products" / "plain-band" / "index.html"
    seen = []
    for price in ("50.00", "51.00", "52.00"):
        backup = tmp_path / price
        os.link(page, backup)
        seen.append((backup, page.read_bytes()))
        five.write("content/products/plain-band.yaml", f"name: Band\nprice: {price}\ncategory: rings\n")
        five.build()

    assert [backup.read_bytes() for backup, _ in seen] == [data for _, data in seen]
    assert "52.00" in page.read_text()


@pytest.mark.usefixtures("settled")
def test_build_that_is_stopped_before_its_snapshot_leaves_none_of_a_shop_before(
    five: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "storegen.files.fingerprint_of", lambda found: (found.st_size, found.st_mtime_ns, 0, found.st_ino)
    )
    five.build()
    before = tree(five.output)
    product = five.folder / "content/products/plain-band.yaml"
    stat = product.stat()
    text = product.read_text()
    with monkeypatch.context() as patch:
        patch.setattr("storegen.build.pipeline.write_snapshot", lambda *given: 1 / 0)
        product.write_text(text.replace("49.00", "50.00"))
        with pytest.raises(ZeroDivisionError):
            five.build()
    assert tree(five.output) != before

    product.write_text(text)  # as it was, its times too
    os.utime(product, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    five.build()

    assert tree(five.output) == before
