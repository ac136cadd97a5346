"""Writing an import: files that are there, files that are not, pictures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from storegen.errors import OutputError, StoregenError, UnsafePathError, UsageError
from storegen.importers import Imported, ImportReport, pictures, write_imported
from storegen.importers.downloads import Fetched
from storegen.importers.hosts import HostPolicy
from storegen.importers.records import ImportedCategory, ImportedProduct, ImportedSale, ImportedVariant, Picture
from storegen.importers.report import Remark
from tests.shop import png


def product(identity: str, **fields: object) -> ImportedProduct:
    return ImportedProduct(id=identity, **{"name": identity, "price": Decimal(5), **fields})  # type: ignore[arg-type]


def imported(*products: ImportedProduct, **fields: object) -> Imported:
    return Imported(source="products.csv", products=products, **fields)  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site without content."""
    (tmp_path / "site.yaml").write_text("name: Test\nurl: https://x.example\n")
    return tmp_path


def write(made: Imported, site: Path, *, replace: bool = False, download: bool = False) -> ImportReport:
    return write_imported(made, site, replace=replace, download=download)


def files(site: Path) -> list[str]:
    found = (path for path in (site / "content").rglob("*") if path.is_file())
    return sorted(str(path.relative_to(site / "content")) for path in found)


def test_products_lie_in_the_folder_of_their_category(site: Path) -> None:
    made = imported(
        product("ring", category=("jewellery/rings", "gifts")),
        product("cloth"),
        categories=(
            ImportedCategory(id="jewellery", name="Jewellery"),
            ImportedCategory(id="jewellery/rings", name="Rings"),
        ),
        sales=(
            ImportedSale(
                id="sale-10",
                name="Sale",
                percent=Decimal(10),
                products=("ring",),
                starts="2026-01-01",
                ends="2026-02-01",
            ),
        ),
        remarks=(Remark(message="a", dropped=True), Remark(message="b")),
    )
    report = write(made, site)
    assert files(site) == [
        "categories/jewellery.yaml",
        "categories/jewellery/rings.yaml",
        "offers/sale-10.yaml",
        "products/cloth.yaml",
        "products/jewellery/rings/ring.yaml",
    ]
    assert sorted(report.files) == [f"content/{name}" for name in files(site)]
    assert (report.products, report.variants, report.categories, report.offers, report.pictures) == (2, 2, 2, 1, 0)
    assert (site / "content/categories/jewellery/rings.yaml").read_text() == "name: Rings\n"
    assert [str(note) for note in report.notes] == ["left out: a", "b"]


def test_file_that_is_there_is_never_overwritten_unasked(site: Path) -> None:
    names = [f"ring-{number:02}" for number in range(12)]
    write(imported(*map(product, names)), site)
    (site / "content/products/ring-00.yaml").write_text("name: Mine\n")
    with pytest.raises(UsageError) as error:
        write(imported(product("new"), *map(product, names)), site)
    assert str(error.value) == (
        "12 files are there already; nothing was written. To overwrite, add --replace.\n"
        + "\n".join(f"  content/products/{name}.yaml" for name in names[:10])
        + "\n  and 2 more"
    )
    assert not (site / "content/products/new.yaml").exists()
    assert (site / "content/products/ring-00.yaml").read_text() == "name: Mine\n"


def test_product_that_was_moved_to_another_folder_is_there_too(site: Path) -> None:
    write(imported(product("ring", category=("rings",))), site)
    (site / "content/products/best").mkdir()
    (site / "content/products/rings/ring.yaml").rename(site / "content/products/best/ring.yml")
    with pytest.raises(UsageError, match="1 file is there already; nothing was written"):
        write(imported(product("ring")), site)
    write(imported(product("ring", name="New")), site, replace=True)
    assert files(site) == ["products/best/ring.yml"]
    assert (site / "content/products/best/ring.yml").read_text() == "name: New\nprice: 5\n"


def test_category_that_is_there_keeps_the_merchants_words(site: Path) -> None:
    made = imported(product("a", category=("rings",)), categories=(ImportedCategory(id="rings", name="Rings"),))
    (site / "content/categories").mkdir(parents=True)
    (site / "content/categories/rings.md").write_text("---\nname: My rings\n---\nWords.\n")
    report = write(made, site, replace=True)
    assert files(site) == ["categories/rings.md", "products/rings/a.yaml"]
    assert report.kept == ("content/categories/rings.md",)


def test_folder_without_a_shop_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        write(imported(product("a")), tmp_path)
    assert str(error.value) == f"{tmp_path}: there is no shop here (no site.yaml); make one with: storegen new DIR"


def test_link_that_leads_out_of_the_site_is_refused(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (site / "content").mkdir()
    (site / "content/products").symlink_to(outside)
    with pytest.raises(UnsafePathError):
        write(imported(product("a")), site)
    assert list(outside.iterdir()) == []


def test_file_in_the_way_is_an_error_that_names_it(site: Path) -> None:
    (site / "content/products").mkdir(parents=True)
    (site / "content/products/rings").write_text("x")
    with pytest.raises(OutputError, match=r"content/products/rings/a\.yaml can't be written"):
        write(imported(product("a", category=("rings",))), site)


def test_nothing_is_left_beside_the_files(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StoregenError, match="No space left on device"):
        write(imported(product("a")), site)
    assert files(site) == []


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what stands at each address of a web without a network; an address without bytes fails."""
    web: dict[str, bytes] = {}

    def fetch_all(addresses: tuple[str, ...], hosts: HostPolicy) -> list[Fetched]:
        found = {address: web.get(address) for address in addresses}
        return [Fetched(at, data, ".png") if data else Fetched(at, fault="gone") for at, data in found.items()]

    monkeypatch.setattr(pictures, "fetch_all", fetch_all)
    return web


RING = product(
    "ring",
    images=(Picture(file="https://x.example/1", alt="One"), Picture(file="https://x.example/2")),
    variants=(ImportedVariant(sku="A", options={"Size": "S"}, image="https://x.example/2"),),
    description="See ![it](https://x.example/3) and [more](https://x.example/1).",
)
CHAIN = product("chain", images=(Picture(file="https://x.example/2"),))


def test_without_download_addresses_stay_and_are_counted(site: Path) -> None:
    report = write(imported(RING, CHAIN), site)
    assert [str(note) for note in report.warnings] == [
        "pictures still lie on the old shop's server; fetch them with --download before you close it: 3"
    ]
    assert "https://x.example/3" in (site / "content/products/ring.yaml").read_text()


def test_downloaded_pictures_are_named_by_their_product_and_used_everywhere(site: Path, web: dict[str, bytes]) -> None:
    web |= {f"https://x.example/{number}": png(colour) for number, colour in ((1, "red"), (2, "blue"), (3, "tan"))}
    report = write(imported(RING, CHAIN), site, download=True)
    assert files(site)[:3] == ["media/imported/ring-1.png", "media/imported/ring-2.png", "media/imported/ring-3.png"]
    assert (site / "content/media/imported/ring-2.png").read_bytes() == png("blue")
    assert report.pictures == 3
    assert report.warnings == ()
    text = (site / "content/products/ring.yaml").read_text()
    assert "  - file: media/imported/ring-1.png\n    alt: One\n  - media/imported/ring-2.png\n" in text
    assert "    image: media/imported/ring-2.png\n" in text
    assert "See ![it](media/imported/ring-3.png) and [more](https://x.example/1)." in text
    assert "media/imported/ring-2.png" in (site / "content/products/chain.yaml").read_text()


def test_picture_that_can_not_be_fetched_keeps_its_address(site: Path, web: dict[str, bytes]) -> None:
    web["https://x.example/1"] = png("red")
    report = write(imported(RING), site, download=True)
    assert [str(note) for note in report.warnings] == [
        "ring: a picture was not fetched, its address stays: gone: https://x.example/2",
        "ring: a picture was not fetched, its address stays: gone: https://x.example/3",
    ]
    assert "  - https://x.example/2\n" in (site / "content/products/ring.yaml").read_text()


def test_picture_of_an_earlier_import_is_not_overwritten_unasked(site: Path, web: dict[str, bytes]) -> None:
    web["https://x.example/2"] = png("red")
    write(imported(CHAIN), site, download=True)
    (site / "content/products/chain.yaml").unlink()
    web["https://x.example/2"] = png("blue")
    write(imported(CHAIN), site, download=True)
    assert files(site) == ["media/imported/chain-1.png", "media/imported/chain-2.png", "products/chain.yaml"]
    write(imported(CHAIN), site, download=True, replace=True)
    assert (site / "content/media/imported/chain-1.png").read_bytes() == png("blue")
