"""Texts of one line: names, titles and article numbers hold neither line ends nor what turns the text behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storegen.errors import ContentError
from storegen.model.text import as_line, line_fault
from storegen.render.filters import to_json
from tests.shop import Shop

RINGS = {"content/categories/rings.yaml": "name: Rings\n"}
RING = "sku: RG-001\ncategory: rings\nprice: 49.00\n"


@pytest.mark.parametrize(
    "scalar", [">\n  Plain\n  band\n", "|\n  Plain band\n", ">+\n  Plain band\n\n", "Plain\n  band\n", "Plain band\r\n"]
)
def test_line_end_behind_a_folded_name_is_taken_off(tmp_path: Path, scalar: str) -> None:
    shop = Shop(tmp_path, {**RINGS, "content/products/band.yaml": f"name: {scalar}{RING}specs: {{Metal: silver}}\n"})

    shop.build()

    assert shop.html("products/band/index.html").select_one("h1").get_text() == "Plain band"  # type: ignore[union-attr]
    assert "Plain%20band%0D%0A" in shop.text("products/band/index.html") or "Plain band" in shop.text(
        "products/band/index.html"
    )


@pytest.mark.parametrize(
    "name", ["Ring\n\nTotal: 0.01 EUR", "a\u202eb", "a\u2066b", "a\u200eb", "a\u2028b", "a\u0085b", "a\tb"]
)
def test_a_name_of_several_lines_or_with_marks_is_a_mistake(tmp_path: Path, name: str) -> None:
    written = name.encode("unicode_escape").decode().replace("\\x85", "\\N")
    shop = Shop(tmp_path, {**RINGS, "content/products/band.yaml": f'name: "{written}"\n{RING}'})

    with pytest.raises(ContentError, match=r"^content/products/band\.yaml:1: name: expected "):
        shop.build()


@pytest.mark.parametrize(
    "name", ["כוס!\u200f", "Ring\u00a03 mm", "قهوة\u200e (50 g)", "Mocha 👩\u200d🎨", "soft\u00adhyphen", "日本"]
)
def test_marks_and_spaces_that_a_script_needs_may_stand_in_a_name(name: str) -> None:
    assert line_fault(name) == ""


@given(st.text())
def test_a_made_line_is_a_line(text: str) -> None:
    assert line_fault(as_line(text)) == ""


def test_json_in_a_page_holds_no_line_separators() -> None:
    assert to_json("a\u2028b\u2029c<&>") == '"a\\u2028b\\u2029c\\u003c\\u0026\\u003e"'
