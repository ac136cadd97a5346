"""All mistakes of a shop come in one report, and no mistake hides another one or makes one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.build import Options, Session, build
from storegen.errors import ContentError
from storegen.fields import find_faults, make_record, mend
from storegen.model.record import Record
from tests.conftest import FIVE, MakeShop
from tests.load.test_invalid import _KINDS, _OWN, CASES, EXPECTED, MADE, _values, report_of
from tests.shop import NOW, SITE, Shop

# A mistake of fields, of what they mean together, and of references in each file; and a file that can't be read.
BESIDE: dict[str, str | bytes] = {
    "content/products/beside.yaml": "name: Beside\nprice: much\nrelated: [guesswork]\nimages: [media/8.gif]\n",
    "content/guides/beside.md": "---\ntitle: a: b\n---\nBody\n",
    "content/people/beside.yaml": "name: Beside\nnmae: x\nimage: media/9.gif\n",
    "content/offers/beside.yaml": (
        "name: Beside\npercnt: 5\nproducts: [guesswork]\nstarts: 2026-12-01\nends: 2026-10-31\n"
    ),
    "content/reviews/beside.yaml": "- {product: guesswork, rating: 6, date: 2026-11-01, name: A, text: Good.}\n",
}
# What is said of these files, whatever else is wrong with the shop.
SAID_BESIDE = (
    'content/guides/beside.md:2: title: a value that contains ": " must be in quotes',
    'content/offers/beside.yaml:2: percnt: "percnt" is not a known key, did you mean "percent"?',
    'content/offers/beside.yaml:3: products.0: no product "guesswork"',
    "content/offers/beside.yaml:5: ends: expected a moment after starts",
    'content/people/beside.yaml:2: nmae: "nmae" is not a known key, did you mean "name"?',
    "content/people/beside.yaml:3: image: media/9.gif: there is no such file in content/",
    'content/products/beside.yaml:2: price: expected an amount like 59.00, found "much"',
    'content/products/beside.yaml:3: related.0: no product "guesswork"',
    "content/products/beside.yaml:4: images.0: media/8.gif: there is no such file in content/",
    'content/reviews/beside.yaml:1: product: no product "guesswork"',
    'content/reviews/beside.yaml:1: rating: expected a rating from 1 to 5, found "6"',
)
# Whoever names a product may mean one of a list that can't be read.
UNREAD_LISTS = ("text-file-too-large", "yaml-fault-in-a-list")
_OUTPUTS = "found among the outputs, which a shop with other mistakes can't be planned into"
_RENDERED = "found in what is rendered"
# What is only found once other mistakes are mended, and why.
LATER: Mapping[str, str] = {
    "active-files": "the file that can't be read may be the one that links to it",
    "address-is-a-folder": _OUTPUTS,
    "address-of-a-list": _OUTPUTS,
    "address-of-a-translation": _OUTPUTS,
    "address-twice": _OUTPUTS,
    "address-twice-in-a-list": _OUTPUTS,
    "picture-truncated": _RENDERED,
    "secret-as-a-key": _RENDERED,
    "secret-in-content": _RENDERED,
    "secret-in-text": _RENDERED,
    "secret-in-translation": _RENDERED,
    "secret-on-many-pages": _RENDERED,
}


def with_other_mistakes(case: str, make_shop: MakeShop) -> Shop:
    """Return the shop of a folder of tests/invalid with mistakes in other files, and one more in site.yaml."""
    folder = CASES / case
    files: dict[str, str | bytes] = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != EXPECTED
    }
    shop = make_shop(FIVE | BESIDE | files)
    site = (shop.folder / "site.yaml").read_text()
    if not site.startswith("-"):
        shop.write("site.yaml", f"{site.rstrip()}\nmotto: x\n")
    if case in MADE:
        MADE[case](shop)
    return shop


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_mistake_is_reported_together_with_all_others(case: str, make_shop: MakeShop) -> None:
    expected = (CASES / case / EXPECTED).read_text().splitlines()

    found = report_of(with_other_mistakes(case, make_shop)).splitlines()

    own = [line for line in found if "/beside." not in line and ": motto: " not in line]
    assert own == ([] if case in LATER else expected)
    hidden = [line for line in SAID_BESIDE if not any(each.startswith(line) for each in found)]
    assert hidden == [line for line in SAID_BESIDE if case in UNREAD_LISTS and "no product" in line]


@pytest.mark.slow
@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: str(kind.__name__))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_record_can_be_made_without_its_faults(kind: type[Record], data: st.DataObject) -> None:
    names = [name for name in (*kind.__struct_fields__, "unknown") if name not in {"labels", "body", *_OWN}]
    written = data.draw(st.dictionaries(st.sampled_from(names), _values(), max_size=6))
    zone = ZoneInfo("Europe/Helsinki")
    faults = find_faults(written, kind, zone)

    mended, faulty_places = mend(written, kind, faults)

    make_record(mended | {key: word for key, word in _OWN.items() if key in kind.__struct_fields__}, kind, zone)
    assert bool(faulty_places) == bool(faults)
    assert faults or mended == written


def test_mistake_of_an_original_is_told_alike_by_every_build_of_a_session(make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            "site.yaml": SITE.replace('menu: ["category:rings", "guides"]', "languages: [en, fi]"),
            "content/pages/home.yaml": "sections:\n  - prosse: {title: Hello, text: There.}\n",
            "content/pages/home.fi.yaml": "title: Koti\nsections: [{}]\n",
        }
    )
    reports = []
    with closing(Session()) as session:
        for _ in range(3):
            with pytest.raises(ContentError) as caught:
                build(Options(shop.folder, now=NOW, jobs=1), session=session)
            reports.append([str(problem) for problem in caught.value.problems])

    assert len(reports[0]) == 1
    assert reports == [reports[0]] * 3


@pytest.mark.parametrize("languages", ["[en, fi]", "\n  - en  # no other is at /\n  - fi"])
def test_unreadable_site_file_makes_no_mistake_of_translations(make_shop: MakeShop, languages: str) -> None:
    own = {
        "site.yaml": f"{SITE.replace('Test shop', 'Test: shop: it')}languages: {languages}\n",
        "site.fi.yaml": "name: Testikauppa\ndelivery: {dispatch: {place: Helsinki}}\n",
        "content/products/rope-ring.fi.yaml": "name: Köysisormus\n",
        "content/categories/rings.fi.yaml": "name: Sormukset\n",
    }

    assert report_of(make_shop({**FIVE, **own})) == 'site.yaml:1: name: a value that contains ": " must be in quotes'
