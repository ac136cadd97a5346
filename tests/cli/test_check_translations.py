"""``storegen check --translations`` lists what is not translated. The texts that buyers need most come first."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storegen.cli.main import _run as run_command
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

FILES: dict[str, str | bytes] = FIVE | {
    "site.yaml": SITE.replace(
        "menu:",
        "languages: [en, fi, sv]\npayments: [Visa, Bank transfer]\nreviews: 1\n"
        "channels: [{kind: email, value: a@b.fi, answer: soon}, {kind: phone, value: '1', answer: now}]\n"
        "footer: {Help: [guides]}\nmenu:",
    ).replace("reviews: 1\n", ""),
    "site.fi.yaml": "payments: [Visa, Tilisiirto]\nchannels: {phone: {answer: heti}}\ndelivery: {methods: [{name: Posti}]}\n",
    "themes/default/locales/sv.yaml": "meta: {name: Svenska}\n",
    "content/products/rope-ring.fi.yaml": "name: Köysisormus\noptions: {Size: Koko}\n",
    "content/products/plain-band.fi.yaml": "name: Sileä\n",
    "content/products/fan.yaml": (
        "name: Fan\nprice: 5.00\noptions: {Colour: {values: [Red, Blue], help: Pick one}, Size: [1, 2]}\n"
    ),
    "content/products/fan.fi.yaml": "name: Viuhka\noptions: {Colour: {name: Väri, values: {Red: Punainen}}}\n",
    "content/products/draft.yaml": "name: Draft\nprice: 5.00\nstatus: draft\n",
    "content/pages/home.yaml": "sections: [{featured: {title: New, products: [polishing-cloth]}}, {prose: {title: Us, text: Hi.}}]\n",
    "content/pages/home.fi.yaml": "sections: [{prose: {title: Me}}]\n",
    "content/pages/terms.md": "---\ntitle: Terms\n---\nText.\n",
    "content/pages/delivery.md": "---\ntitle: Delivery\n---\nText.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "content/reviews/r.yaml": "- {product: ball-studs, rating: 5, name: K, text: Good., date: 2026-10-01}\n",
}
FI = """\
fi:
  site.yaml: partly translated
    site.fi.yaml: channels, footer
  products: 3 of 6 not translated, 2 partly translated (most important first)
    content/products/polishing-cloth.fi.yaml: name
    content/products/ball-studs.fi.yaml: name
    content/products/fan.fi.yaml: options (3)
    content/products/rope-ring.fi.yaml: summary, description, specs
    content/products/small-hoops.fi.yaml: name
  categories: 3 of 3 not translated
    content/categories/care.fi.yaml: name
    content/categories/earrings.fi.yaml: name
    content/categories/rings.fi.yaml: name, summary
  home page: partly translated
    content/pages/home.fi.yaml: sections (2)
  pages before paying: 2 of 2 not translated
    content/pages/delivery.fi.md: title, the text
    content/pages/terms.fi.md: title, the text
  other pages: not translated
    content/pages/about.fi.md: title, the text
  guides: not translated
    content/guides/ring-size.fi.md: title, the text
sv:
"""
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(site: Path, *options: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["storegen", "check", "--site", str(site), *options])
        code = run_command()
        return code, capsys.readouterr().out

    return run


def test_missing_translations_are_listed_as_buyers_meet_them(make_shop: MakeShop, run: Run) -> None:
    code, out = run(make_shop(FILES).folder, "--translations")

    assert code == 0
    assert out.startswith(FI)
    assert "  products: 6 of 6 not translated (most important first)\n" in out


def test_list_for_programs_names_every_text(make_shop: MakeShop, run: Run) -> None:
    _, out = run(make_shop(FILES).folder, "--translations", "--json")

    groups = {group["name"]: group for group in json.loads(out)["fi"]}
    assert groups["site.yaml"]["missing"] == [
        {"file": "site.fi.yaml", "fields": ["channels.email.answer", "footer"], "begun": True, "slug": ""}
    ]
    assert groups["products"]["missing"][2]["fields"] == ["options.Blue", "options.Colour.help", "options.Size"]
    assert groups["home page"]["missing"][0]["fields"] == ["sections.featured.title", "sections.prose.text"]
    assert groups["offers"] == {"name": "offers", "total": 0, "missing": []}


def test_translated_shop_has_nothing_left(make_shop: MakeShop, run: Run) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": "name: Shop\nurl: https://shop.example\nlanguages: [en, fi]\ncompany: {email: a@shop.example}\n",
        "content/products/ring.yaml": "name: Ring\nprice: 5.00\noptions: {Size: [16, 17]}\nspecs: {Width: 3 mm}\n",
        "content/products/ring.fi.yaml": "name: Sormus\noptions: {Size: Koko}\nspecs: {Leveys: 3 mm}\n",
    }

    assert run(Shop(make_shop({}).folder.parent / "done", files).folder, "--translations") == (
        0,
        "fi: everything is translated\n",
    )


def test_records_of_a_list_are_named_by_their_slug(make_shop: MakeShop, run: Run) -> None:
    listed = "- {slug: a, name: Ay, price: 1.00}\n- {slug: b, name: Bee, price: 1.00}\n"
    shop = make_shop(
        {"site.yaml": SITE.partition("menu:")[0] + "languages: [en, fi]\n", "content/products/all.yaml": listed}
    )
    shop.write("content/products/all.fi.yaml", "- {slug: b, name: Mehiläinen}\n")

    assert "    content/products/all.fi.yaml (a): name\n" in run(shop.folder, "--translations")[1]


def test_one_language_and_mistakes_are_told(make_shop: MakeShop, run: Run) -> None:
    shop = make_shop(FIVE)
    code, out = run(shop.folder, "--translations")
    assert (code, out) == (
        0,
        "the shop has only one language, en; to add others, write them into languages in site.yaml\n",
    )

    assert run(shop.folder, "--json")[0] == 2
    shop.write("content/products/rope-ring.yaml", "name: x\n")
    assert run(shop.folder, "--translations")[0] == 1


@pytest.mark.parametrize(
    ("value", "translated"),
    [
        ("45 cm", True),
        ("S", True),
        ("XXL", True),
        ("3XL", True),
        ("925", True),
        ("30 × 40 mm", True),
        ("Ø 12 cm", True),
        ("75B", True),
        ("EU 38 / UK 5", True),
        ("1,5 l", True),
        ("10 m²", True),
        ("20 °C", True),
        ("€12", True),
        ("One size", False),
        ("small", False),
        ("Red", False),
        ("5 pieces", False),
        ("45 cm long", False),
        ("中", False),
    ],
)
def test_numbers_sizes_and_units_need_no_translation(
    make_shop: MakeShop, run: Run, value: str, *, translated: bool
) -> None:
    option = f"options: {{Size: ['{value}', '7']}}"
    shop = make_shop(
        {
            "site.yaml": SITE.replace('menu: ["category:rings", "guides"]', "languages: [en, fi]"),
            "content/products/a.yaml": f"name: A thing\nprice: 5.00\n{option}\nspecs: {{Ø: '{value}'}}\n",
            "content/products/a.fi.yaml": "name: Esine\noptions: {Size: Koko}\n",
        }
    )

    _, out = run(shop.folder, "--translations")

    assert ("a.fi.yaml: options, specs\n" in out) is not translated
    assert ("a.fi.yaml" in out) is not translated


def test_words_of_the_search_need_a_file_for_each_language(make_shop: MakeShop, run: Run) -> None:
    shop = make_shop({**FIVE, "site.yaml": SITE + "languages: [en, fi]\n", "content/search.yaml": "popular: [rings]\n"})
    assert "content/search.fi.yaml" in run(shop.folder, "--translations")[1]
    shop.write("content/search.fi.yaml", "popular: [sormukset]\n")
    assert "content/search.fi.yaml" not in run(shop.folder, "--translations")[1]
