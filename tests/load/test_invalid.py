"""Mistakes of merchants: each folder of tests/invalid holds one, with the report that it must give, to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.build import Options, check
from storegen.config import Config
from storegen.errors import ProblemsError, RenderError, StoregenError
from storegen.fields import find_faults, make_record
from storegen.model.content_types import CONTENT_TYPES
from storegen.model.record import Record
from storegen.yaml import Value
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

CASES = ROOT / "tests/invalid"
EXPECTED = "expected.txt"


def _link_out(shop: Shop) -> None:
    """Make a link that leaves the site, which a repository would not keep."""
    outside = shop.folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("name: Secret\nprice: 1.00\n")
    (shop.folder / "content/products/secret.yaml").symlink_to(outside / "secret.yaml")


def _link_to_picture(shop: Shop) -> None:
    outside = shop.folder.parent / "outside.jpg"
    outside.write_bytes(b"\xff\xd8\xff")
    (shop.folder / "content/media").mkdir(parents=True)
    (shop.folder / "content/media/outside.jpg").symlink_to(outside)


def _link_to_itself(shop: Shop) -> None:
    (shop.folder / "content/products/again").symlink_to(shop.folder / "content", target_is_directory=True)


def _large_logo(shop: Shop) -> None:
    shop.write("content/media/logo.svg", "<svg>" + " " * (4 * 1024 * 1024) + "</svg>")


def _large_text(shop: Shop) -> None:
    shop.write("content/products/large.yaml", "name: " + "x" * (4 * 1024 * 1024))


# What can't or shouldn't stand in the repository, by case.
MADE: Mapping[str, Callable[[Shop], None]] = {
    "link-out-of-the-site": _link_out,
    "link-from-media-out-of-the-site": _link_to_picture,
    "link-to-a-folder-above": _link_to_itself,
    "logo-too-large": _large_logo,
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
    files: dict[str, str | bytes] = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != EXPECTED
    }
    shop = make_shop(FIVE | files)
    if case in MADE:
        MADE[case](shop)

    assert (folder / EXPECTED).read_text() == report_of(shop) + "\n"
    assert not shop.output.exists()


def test_every_case_that_is_made_has_its_folder() -> None:
    assert [case for case in MADE if not (CASES / case / EXPECTED).is_file()] == []


def test_folder_without_site_is_no_shop(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.remove("site.yaml")

    assert report_of(shop) == (
        "site.yaml: there is no shop here; go into its folder with cd, or name it with --site, or make a shop with: "
        "storegen new DIR (storegen docs shows how to begin)"
    )


def test_file_of_a_language_that_the_shop_lacks_is_passed_over_with_a_warning(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/rope-ring.sv.yaml": "name: Repring\n"})

    assert (
        'content/products/rope-ring.sv.yaml: passed over, because "sv" is not in languages of site.yaml'
        in shop.build().warnings
    )


def test_mistakes_of_all_files_come_in_one_report(make_shop: MakeShop) -> None:
    broken: dict[str, str | bytes] = {
        f"content/products/p{number:02}.yaml": f"name: P\nprice: {number},50\n" for number in range(20)
    }

    assert len(report_of(make_shop(FIVE | broken)).splitlines()) == 20


def test_key_without_value_is_refused_in_every_build(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    shop.edit("content/products/plain-band.yaml", "price: 49.00\n", "price: 49.00\nprise:\nbrand:\n")
    refused = 'content/products/plain-band.yaml:5: prise: "prise" is not a known key, did you mean "price"?'

    assert [refused, refused] == [report_of(shop), report_of(shop)]
    shop.edit("content/products/plain-band.yaml", "prise:\n", "")
    shop.build()


def test_broken_file_makes_no_mistakes_of_those_that_refer_to_it(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "site.yaml": SITE,
            "content/categories/rings.yaml": "nam: Rings\n",
            "content/products/plain-band.yaml": "name: Plain band\nprice: much\n",
            "content/pages/terms.md": "---\ntitle: Terms\n---\n[band](/products/plain-band/)\n",
        }
    )

    assert report_of(shop).splitlines() == [
        'content/categories/rings.yaml:1: "name" is missing',
        'content/categories/rings.yaml:1: nam: "nam" is not a known key, did you mean "name"?',
        'content/products/plain-band.yaml:2: price: expected an amount like 59.00, found "much"',
    ]


# What a key may hold, right for some keys and wrong for others.
_WORDS = st.sampled_from(
    "1 -1 19.90 1e5 yes maybe 2026-11-23 2026-02-30 14:00 10:00-17:00 1-3 Mon-Fri 250\N{NO-BREAK SPACE}g EUR FI "
    "in_stock used draft free email en a@shop.example https://shop.example javascript:x rope-ring 4006381333931 "
    "Europe/Helsinki 9999-12-31 0001-01-01".split(" ")
)
_OWN = {"id": "x", "file": "content/x.yaml", "language": "en"}
_KINDS: tuple[type[Record], ...] = (*(each.record for each in CONTENT_TYPES), Config)
_NAMES = sorted({name for kind in _KINDS for name in kind.__struct_fields__} - {"labels", "body", *_OWN}) + (
    "text link button sku options price content per values guide by question answer hero prose unknown".split()
)


def _values(depth: int = 3) -> st.SearchStrategy[Value]:
    """Return what a key may hold after loading: nothing absent in mappings, but in lists."""
    texts: st.SearchStrategy[Value] = _WORDS | st.text(max_size=4)
    if not depth:
        return texts
    inner = _values(depth - 1)
    return texts | st.lists(inner | st.none(), max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=4)


@pytest.mark.slow
@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: str(kind.__name__))
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_every_value_that_is_refused_has_a_fault_with_its_place(kind: type[Record], data: st.DataObject) -> None:
    names = [name for name in (*kind.__struct_fields__, "unknown") if name not in {"labels", "body", *_OWN}]
    written = data.draw(st.dictionaries(st.sampled_from(names), _values(), max_size=6))
    zone = ZoneInfo("Europe/Helsinki")
    try:
        make_record(written | {key: word for key, word in _OWN.items() if key in kind.__struct_fields__}, kind, zone)
        refused = False
    except msgspec.ValidationError:
        refused = True

    assert refused == bool(find_faults(written, kind, zone))


def test_check_refuses_a_secret_as_a_build_does(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.edit("content/products/plain-band.yaml", "stock: 9", "stock: 9\nsummary: sk_live_abcdefgh12345678")

    with pytest.raises(RenderError) as found:
        check(Options(shop.folder))
    assert [str(problem) for problem in found.value.problems] == report_of(shop).splitlines()


def test_key_of_the_build_is_found_where_it_stands(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", "the key that signs the orders")
    shop = make_shop(FIVE)
    shop.edit("content/categories/rings.yaml", "Forged", "the key that signs the orders. Forged")

    assert report_of(shop) == (
        "content/categories/rings.yaml:2: summary: a secret key would reach the output; take it out of the content"
    )


def test_secret_in_a_template_is_found_there(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    foot = (ROOT / "themes/default/fragments/footer.html").read_text()
    shop.write("themes/default/fragments/footer.html", f"{foot}\n<p>sk_live_abcdefgh12345678</p>\n")

    assert report_of(shop).startswith(
        f"themes/default/fragments/footer.html:{len(foot.splitlines()) + 2}: a secret key would reach the output; "
    )
