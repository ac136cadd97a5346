"""What earlier builds of a shop wrote is known wherever the shop goes; what others wrote is left alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from storegen.errors import OutputError
from storegen.write.disk import write_checked
from storegen.write.journal import Journal
from storegen.write.ownership import RECORD, ShopName
from tests.conftest import FIVE
from tests.shop import Shop, tree

GONE = "products/ball-studs/index.html"


def lose_nothing(shop: Shop) -> Shop:
    return shop


def move(shop: Shop) -> Shop:
    return renamed(shop, shop.folder.rename(shop.folder.parent / "moved"))


def copy(shop: Shop) -> Shop:
    return renamed(shop, Path(shutil.copytree(shop.folder, shop.folder.parent / "copied")))


def lose_cache(shop: Shop) -> Shop:
    shutil.rmtree(shop.folder / ".storegen")
    return shop


def damage_manifest(shop: Shop) -> Shop:
    (shop.folder / ".storegen" / "manifest").write_bytes(b"odd")
    return shop


def lose_record(shop: Shop) -> Shop:
    (shop.output / RECORD).unlink()
    return shop


def damage_record(shop: Shop) -> Shop:
    (shop.output / RECORD).write_bytes(b"odd")
    return shop


def take_elsewhere(shop: Shop) -> Shop:
    """Take the shop to another machine without its cache, where all files are new."""
    folder = shop.folder.parent / "elsewhere"
    for path in (*shop.folder.rglob("*"), *shop.folder.glob("output/.*")):
        if path.is_file() and ".storegen" not in path.relative_to(shop.folder).parts:
            target = folder / path.relative_to(shop.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return renamed(shop, folder)


def older_cache(shop: Shop) -> Shop:
    """Put back the cache of a build before, as a build service may."""
    saved = Path(shutil.copytree(shop.folder / ".storegen", shop.folder.parent / "saved"))
    shop.write("content/products/later.yaml", "name: Later\nprice: 3\ncategory: rings\n")
    shop.build()
    shop.remove("content/products/later.yaml")
    shutil.rmtree(shop.folder / ".storegen")
    saved.rename(shop.folder / ".storegen")
    return shop


def renamed(shop: Shop, folder: Path) -> Shop:
    other = object.__new__(Shop)
    other.folder, other.output = folder, folder / "output"
    return other


EVENTS = (
    lose_nothing, move, copy, lose_cache, damage_manifest, lose_record, damage_record, take_elsewhere, older_cache,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("clean", [False, True])
def test_gone_product_goes_whatever_happened_to_the_cache(event: object, *, clean: bool, five: Shop) -> None:
    assert callable(event)
    five.build()
    assert five.has(GONE)

    shop: Shop = event(five)
    shop.remove("content/products/ball-studs.yaml")
    report = shop.build(clean=clean)

    assert not shop.has(GONE)
    assert GONE in report.removed
    shop.build(output=shop.folder / "clean", cache=shop.folder / "clean-cache")
    assert tree(shop.folder / "clean") == tree(shop.output)
    assert shop.build().made == ()


def test_moved_shop_makes_nothing_anew(five: Shop) -> None:
    five.build()

    assert move(five).build().made == ()


def test_record_does_not_tell_the_paths_of_a_shop(five: Shop) -> None:
    five.build()

    assert b"plain-band" not in (five.output / RECORD).read_bytes()


def foreign(shop: Shop, **files: str) -> None:
    for name, text in files.items():
        path = shop.output / name.replace("__", "/").replace("_html", ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_first_build_stops_at_somebody_elses_files_and_names_them(five: Shop) -> None:
    foreign(five, index_html="mine", CNAME="mine", products="a file, not a folder", rings__index_html="mine")
    before = tree(five.output)

    with pytest.raises(OutputError) as caught:
        five.build()

    assert "contains files that no build of this shop wrote: index.html, products, rings/index.html. " in str(
        caught.value
    )
    assert "--overwrite" in str(caught.value)
    assert tree(five.output) == before

    five.build(overwrite=True)
    assert five.text("CNAME") == "mine"
    assert five.has("products/plain-band/index.html")
    assert "mine" not in five.text("index.html")


def test_files_that_are_in_nobodys_way_stay(five: Shop) -> None:
    foreign(five, CNAME="mine", google123_html="mine")

    report = five.build()

    assert any("2 files of no build, such as CNAME; left alone" in warning for warning in report.warnings)
    assert (five.text("CNAME"), five.text("google123.html")) == ("mine", "mine")


def test_new_page_does_not_take_the_place_of_a_file_that_came_later(five: Shop) -> None:
    five.build()
    foreign(five, products__extra__index_html="mine")
    five.write("content/products/extra.yaml", "name: Extra\nprice: 1\ncategory: rings\n")

    with pytest.raises(OutputError, match=r"products/extra/index\.html"):
        five.build()

    assert five.text("products/extra/index.html") == "mine"


def test_output_whose_record_and_cache_are_lost_is_taken_over_where_it_is_the_same(five: Shop) -> None:
    five.build()
    before = tree(five.output)
    (five.output / RECORD).unlink()
    lose_cache(five)

    five.build()

    assert tree(five.output) == before


def test_other_shops_output_is_refused_by_its_name(five: Shop, tmp_path: Path) -> None:
    other = Shop(tmp_path / "other", FIVE)
    other.edit("site.yaml", "Test shop", "Other shop")
    other.edit("site.yaml", "https://shop.example", "https://other.example")
    five.build(output=tmp_path / "both")

    with pytest.raises(OutputError, match=r"belongs to another shop, Test shop \(https://shop\.example\)"):
        other.build(output=tmp_path / "both")


@pytest.mark.parametrize("renaming", [("Test shop", "New name"), ("https://shop.example", "https://new.example")])
def test_shop_with_another_name_or_address_still_knows_its_files(renaming: tuple[str, str], five: Shop) -> None:
    five.build()
    lose_cache(five)
    five.edit("site.yaml", *renaming)
    five.remove("content/products/ball-studs.yaml")

    five.build()

    assert not five.has(GONE)


def build_into(shop: Shop, option: str, folder: Path) -> None:
    if option == "output":
        shop.build(output=folder)
    else:
        shop.build(cache=folder)


@pytest.mark.parametrize(
    ("option", "folder", "says"),
    [
        ("output", ".", "it contains the shop's own files"),
        ("output", "..", "it contains the shop's own files"),
        ("output", "content", "it is among the sources in content/"),
        ("output", "content/media/shop", "it is among the sources in content/"),
        ("output", "themes", "it is among the sources in themes/"),
        ("output", "themes/default", "it is among the sources in themes/"),
        ("output", ".git/pages", "it is among the sources in .git/"),
        ("output", ".storegen", "must be two folders"),
        ("output", ".storegen/public", "must be two folders"),
        ("output", "site.yaml", "it is a file"),
        ("cache", "content/products", "it is among the sources in content/"),
        ("cache", ".", "it contains the shop's own files"),
        ("cache", "output", "must be two folders"),
        ("cache", "output/cache", "must be two folders"),
    ],
)
def test_output_and_cache_are_kept_apart_from_sources(option: str, folder: str, says: str, five: Shop) -> None:
    before = tree(five.folder)

    with pytest.raises(OutputError, match=says):
        build_into(five, option, five.folder / folder)

    assert tree(five.folder) == before


@pytest.mark.parametrize("name", ["output", ".storegen"])
def test_link_out_of_the_shop_is_followed_only_where_it_is_named(name: str, five: Shop, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (five.folder / name).symlink_to(tmp_path / "precious")

    with pytest.raises(OutputError, match="is a link that leads out of the shop"):
        five.build()

    assert list((tmp_path / "precious").iterdir()) == []
    build_into(five, "output" if name == "output" else "cache", tmp_path / "precious")


def test_link_inside_the_output_is_not_followed(five: Shop, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    (precious / "ball-studs").mkdir(parents=True)
    (precious / "ball-studs" / "index.html").write_text("mine")
    five.output.mkdir()
    (five.output / "products").symlink_to(precious)

    with pytest.raises(OutputError, match="wrote: products"):
        five.build()
    assert tree(precious) == {"ball-studs/index.html": b"mine"}

    five.build(overwrite=True)
    shutil.rmtree(five.output / "products")
    (five.output / "products").symlink_to(precious)
    five.remove("content/products/ball-studs.yaml")
    with pytest.raises(OutputError, match="wrote: products"):
        five.build()
    assert tree(precious) == {"ball-studs/index.html": b"mine"}


def test_link_inside_the_cache_is_not_followed(five: Shop, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    stage = five.folder / ".storegen" / "stage"
    stage.mkdir(parents=True)
    (stage / "products").symlink_to(tmp_path / "precious")

    five.build()

    assert list((tmp_path / "precious").iterdir()) == []
    assert five.has("products/plain-band/index.html")


HOSTILE = ("../../precious", "/etc/precious", "a/../../../precious", "", ".", "a//b", "a\0b")


@pytest.mark.slow
@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("output", ["../output", "../..", "/"])
def test_journal_of_a_strangers_folder_is_thrown_away(path: str, output: str, five: Shop, tmp_path: Path) -> None:
    five.build()
    expected = tree(five.output)
    for place in (tmp_path / "precious", five.folder.parent / "precious"):
        place.write_text("mine")
    cache = five.folder / ".storegen"
    journal = Journal(output, (), (path,), shop=ShopName("Test shop", "https://shop.example"))
    write_checked(cache / "journal", msgspec.msgpack.encode(journal))

    five.build()

    assert (five.folder.parent / "precious").read_text() == "mine"
    assert tree(five.output) == expected
    assert not (cache / "journal").exists()


def test_journal_of_a_stranger_reaches_nothing_through_a_link_in_the_output(five: Shop, tmp_path: Path) -> None:
    five.build()
    home = tmp_path / "home"
    home.mkdir()
    (home / "precious").write_text("mine")
    (five.output / "link").symlink_to(home)
    cache = five.folder / ".storegen"
    staged = cache / "stage" / "link" / "evil"
    staged.mkdir(parents=True)
    (staged / "x").write_text("theirs")
    for gone, folders in (("link/precious",), ()), ((), ("link/evil",)), ((), ("link",)):
        journal = Journal("../output", (), gone, folders, shop=ShopName("Test shop", "https://shop.example"))
        write_checked(cache / "journal", msgspec.msgpack.encode(journal))
        five.build()

        assert [each.name for each in home.iterdir()] == ["precious"]
        assert (five.output / "link").is_symlink()


def test_cache_on_another_disk_gives_the_same_shop(five: Shop, tmp_path: Path) -> None:
    elsewhere = Path("/dev/shm")  # noqa: S108 - a disk of its own on Linux
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk")
    cache = elsewhere / f"storegen-test-{os.getpid()}"
    try:
        five.build(cache=cache)
        five.edit("content/products/plain-band.yaml", "49.00", "50.00")
        five.remove("content/products/ball-studs.yaml")
        five.build(cache=cache)
        assert five.build(cache=cache).made == ()
    finally:
        shutil.rmtree(cache)
    five.build(output=tmp_path / "clean", cache=tmp_path / "clean-cache")
    assert tree(five.output) == tree(tmp_path / "clean")
