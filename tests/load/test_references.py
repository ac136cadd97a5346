"""A reference that leads nowhere is told by whichever build comes, however little that build looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from storegen.build import Options, Session, build, check
from storegen.errors import ProblemsError
from storegen.model.fields import Fields, fields_of
from storegen.model.record import Record
from tests.conftest import FIVE
from tests.shop import NOW, SITE, Shop, tree

pytestmark = pytest.mark.usefixtures("settled")

OFFER = "kind: volume\nname: Three\nproducts: [plain-band]\ntiers: [{count: 3, percent: 10}]\n"
FILES: Mapping[str, str | bytes] = {
    **FIVE,
    "site.yaml": SITE + "languages: [en, fi]\ntracking: {carriers: [posti]}\n",
    "content/products/open-cuff.yaml": "name: Open cuff\nsku: CU-001\nprice: 80.00\nstatus: draft\n",
    "content/products/plain-cuff.yaml": "name: Plain cuff\nsku: CU-002\nprice: 70.00\nrelated: [open-cuff]\n",
    "content/categories/rings.fi.yaml": "name: Sormukset\n",
    "content/categories/rings/bands.yaml": "name: Bands\n",
    "content/categories/care/cloths.yaml": "name: Cloths\n",
    "content/products/polishing-cloth.yaml": "name: Cloth\nsku: CA-001\ncategory: cloths\nprice: 12.00\n",
    "content/products/ball-studs.fi.yaml": "name: Napit\ndescription: Kuten [nämä](/fi/oppaat/napit/).\n",
    "content/guides/studs.md": "---\ntitle: Studs\ndate: 2026-11-01\n---\nSmall.\n",
    "content/guides/studs.fi.md": "---\ntitle: Napit\nslug: napit\n---\nPieniä.\n",
    "content/offers/three.yaml": f"{OFFER}page: yes\n",
    "content/people/aino.yaml": "name: Aino Salo\nrole: Silversmith\n",
    "content/blog/news.md": (
        "---\ntitle: News\ndate: 2026-11-02\nauthor: aino\n---\n"
        "See [hoops](product:small-hoops), [all](/earrings/), [three](offer:three) and [where it is](track).\n"
    ),
    "content/campaigns/autumn.yaml": "name: Autumn\nsource: google\nmedium: cpc\nto: /products/small-hoops/\n",
}


def rename(shop: Shop, name: str, other: str) -> None:
    (shop.folder / name).rename(shop.folder / other)


# What breaks a reference that stands in another file, or in this one.
BREAKING: Mapping[str, Callable[[Shop], None]] = {
    "a product goes": lambda shop: shop.remove("content/products/small-hoops.yaml"),
    "a draft goes": lambda shop: shop.remove("content/products/open-cuff.yaml"),
    "a product moves": lambda shop: shop.edit("content/products/small-hoops.yaml", "sku", "slug: hoops\nsku"),
    "a product is renamed": lambda shop: rename(
        shop, "content/products/small-hoops.yaml", "content/products/tiny-hoops.yaml"
    ),
    "a category moves": lambda shop: shop.edit("content/categories/earrings.yaml", "name", "slug: ears\nname"),
    "a category's end becomes unclear": lambda shop: shop.write(
        "content/categories/rings/cloths.yaml", "name: Cloths\n"
    ),
    "a person goes": lambda shop: shop.remove("content/people/aino.yaml"),
    "an offer loses its page": lambda shop: shop.write("content/offers/three.yaml", OFFER),
    "a translated guide moves": lambda shop: shop.edit("content/guides/studs.fi.md", "napit", "pallot"),
    "a translation goes": lambda shop: shop.remove("content/guides/studs.fi.md"),
    "carriers go": lambda shop: shop.edit("site.yaml", "tracking: {carriers: [posti]}\n", ""),
    "a text links to nothing": lambda shop: shop.edit("content/blog/news.md", "product:small", "product:large"),
    "a translation links to nothing": lambda shop: shop.edit("content/products/ball-studs.fi.yaml", "/fi/", "/sv/"),
    "a product names nothing": lambda shop: shop.edit("content/products/plain-band.yaml", "sku", "related: [no]\nsku"),
}


@pytest.fixture
def session() -> Iterator[Session]:
    with closing(Session()) as kept:
        yield kept


def mistakes(work: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemsError) as found:
        work()
    return list(map(str, found.value.problems))


@pytest.mark.slow
@pytest.mark.parametrize("name", BREAKING)
def test_reference_that_breaks_is_told_until_it_is_mended(name: str, tmp_path: Path, session: Session) -> None:
    shop = Shop(tmp_path / "shop", FILES)
    options = Options(shop.folder, now=NOW, jobs=1)
    build(options, session=session)
    built = tree(shop.output)
    before = tree(shop.folder / "content") | {"": (shop.folder / "site.yaml").read_bytes()}
    BREAKING[name](shop)
    expected = mistakes(lambda: check(options))

    assert mistakes(lambda: build(options, session=session)) == expected
    assert mistakes(shop.build) == expected
    shop.edit("content/products/plain-band.yaml", "49.00", "50.00")
    assert mistakes(lambda: build(options, session=session)) == expected
    assert mistakes(shop.build) == expected
    assert tree(shop.output) == built

    for path in [path for path in (shop.folder / "content").rglob("*") if path.is_file()]:
        path.unlink()
    for file, data in before.items():
        shop.write(f"content/{file}" if file else "site.yaml", data)
    build(options, session=session)
    assert tree(shop.output) == built


def test_reference_that_breaks_beside_a_file_of_no_kind_is_told_then_and_afterwards(
    tmp_path: Path, session: Session
) -> None:
    shop = Shop(tmp_path / "shop", FILES)
    options = Options(shop.folder, now=NOW, jobs=1)
    build(options, session=session)
    BREAKING["a category moves"](shop)
    shop.write("content/odd/new.yaml", "")

    told, odd = mistakes(lambda: build(options, session=session))
    assert "/earrings/" in told
    assert "content/odd/new.yaml" in odd
    shop.remove("content/odd/new.yaml")
    (told,) = mistakes(lambda: build(options, session=session))
    assert "/earrings/" in told


def test_one_edit_looks_at_the_references_of_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(tmp_path / "shop", FILES)
    shop.build()
    looked: list[str] = []

    def look(record: Record) -> Fields:
        looked.append(getattr(record, "file", ""))
        return fields_of(record)

    monkeypatch.setattr("storegen.load.links.fields_of", look)
    shop.edit("content/products/plain-band.yaml", "49.00", "50.00")
    shop.build()

    # The second product names a draft, which every build tells.
    assert set(filter(None, looked)) == {"content/products/plain-band.yaml", "content/products/plain-cuff.yaml"}
