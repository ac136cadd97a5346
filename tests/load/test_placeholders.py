"""Placeholders: listed by check, refused by a build for a public address."""

from __future__ import annotations

from typing import Any

import pytest

from storegen.build import Options, check
from storegen.cli.main import _run as run_command
from storegen.errors import PlaceholderError
from storegen.load.placeholders import is_local
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

PUBLIC = SITE.replace("https://shop.example", "https://hopea.fi")


def starter() -> dict[str, str | bytes]:
    folder = ROOT / "starter" / "en"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(shop: Shop, **options: Any) -> list[str]:
    with pytest.raises(PlaceholderError) as found:
        shop.build(**options)
    return [str(problem) for problem in found.value.problems]


def test_starter_is_built_for_its_example_address_only(make_shop: MakeShop) -> None:
    shop = make_shop(starter())
    report = shop.build()
    assert report.made
    marked = [
        f"{name}:{number}:"
        for name, text in starter().items()
        for number, line in enumerate(bytes(text).decode().splitlines(), 1)  # type: ignore[arg-type]
        if "REPLACE-ME" in line and name != "README.md"
    ]
    assert len(marked) > 15
    assert f"{len(marked)} placeholders left to replace; storegen check lists them" in report.warnings

    shop.edit("site.yaml", "https://my-shop.example", "https://hopea.fi")
    problems = refused(shop)
    assert sorted(problem.partition(" ")[0] for problem in problems) == sorted(marked)
    assert "site.yaml:8: name: a placeholder; write the shop's name" in problems
    assert "content/pages/returns.md:4: a placeholder; write how a buyer sends something back" in problems


def test_nothing_in_the_starter_claims_what_nobody_set_up() -> None:
    texts = b"".join(bytes(text) for name, text in starter().items() if name.startswith("content/pages"))  # type: ignore[arg-type]

    assert b"cookies" not in texts


def test_new_shop_without_its_marks_is_built_for_any_address(make_shop: MakeShop) -> None:
    shop = make_shop({name: bytes(text).replace(b"REPLACE-ME", b"") for name, text in starter().items()})  # type: ignore[arg-type]

    assert shop.build(base_url="https://hopea.fi").made


def test_placeholder_is_found_wherever_it_stands(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": PUBLIC.partition("menu:")[0].replace(
            "currency: EUR", "currency: EUR  # REPLACE-ME the currency. Or not"
        ),
        "content/products/list.yaml": "- {slug: a, name: A, price: 5}\n- slug: b\n  name: REPLACE-ME\n  price: 5\n",
        "content/products/draft.yaml": "name: REPLACE-ME\nprice: 5\nstatus: draft\n",
        "content/reviews/b.yaml": "# REPLACE-ME your reviews\n- {product: b, rating: 5, date: 2026-11-01, name: A}\n",
        "content/guides/g.md": "---\ntitle: G\n# REPLACE-ME a summary\n---\nText.\n\n**REPLACE-ME:** how to.\n",
    }
    shop = make_shop(files)
    expected = [
        "content/guides/g.md:3: a placeholder; write a summary",
        "content/guides/g.md:7: a placeholder; write how to",
        "content/products/list.yaml:3: name: a placeholder; write your own",
        "content/reviews/b.yaml:1: a placeholder; write your reviews",
        "site.yaml:3: currency: a placeholder; write the currency",
    ]

    assert refused(shop) == expected
    assert shop.build(base_url="http://localhost:8000").made
    assert refused(shop) == expected  # now from the cache
    assert "content/products/draft.yaml:1: name: a placeholder; write your own" in refused(shop, drafts=True)


def test_build_that_was_allowed_is_no_leave_for_the_next(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "site.yaml": PUBLIC, "content/pages/about.md": "---\ntitle: A\n---\nREPLACE-ME who\n"})
    assert shop.build(allow_placeholders=True).made
    assert not shop.build(allow_placeholders=True).made

    assert refused(shop) == ["content/pages/about.md:4: a placeholder; write who"]
    assert "REPLACE-ME" in shop.text("about/index.html")  # the shop that was built stays
    shop.edit("content/pages/about.md", "REPLACE-ME who", "Aino.")
    shop.build()
    assert "REPLACE-ME" not in shop.text("about/index.html")


def test_check_lists_placeholders(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = make_shop({**FIVE, "content/pages/about.md": "---\ntitle: A\n---\nREPLACE-ME who\n"})
    assert len(check(Options(shop.folder)).placeholders) == 1
    monkeypatch.setattr("sys.argv", ["storegen", "check", "--site", str(shop.folder)])
    code = run_command()
    said = capsys.readouterr()

    assert code == 0
    assert "content/pages/about.md:4: a placeholder; write who\n" in said.err
    assert said.out == (
        "no mistakes; 1 placeholder left to replace: write your own value or text, and delete REPLACE-ME and the words after it\n"
    )


def test_refused_build_says_how_to_go_on(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = make_shop({**FIVE, "content/pages/about.md": "---\ntitle: A\n---\nREPLACE-ME who\n"})
    words = ["storegen", "build", "--site", str(shop.folder), "--base-url", "https://hopea.fi"]
    monkeypatch.setattr("sys.argv", words)
    assert run_command() == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1] == "nothing was written; to build it all the same, add --allow-placeholders"
    assert not shop.output.exists()

    monkeypatch.setattr("sys.argv", [*words, "--allow-placeholders"])
    assert run_command() == 0


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:8000", True),
        ("https://shop.localhost", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]/", True),
        ("http://192.168.1.20", True),
        ("http://printer.local", True),
        ("https://a.test", True),
        ("https://a.invalid", True),
        ("https://my-shop.example", True),
        ("https://www.example.com", True),
        ("https://example.org.", True),
        ("https://hopea.fi", False),
        ("https://myexample.com", False),
        ("https://test.fi", False),
        ("https://example.shop", False),
        ("https://8.8.8.8", False),
    ],
)
def test_addresses_for_tests_are_local(address: str, *, local: bool) -> None:
    assert is_local(address) == local
