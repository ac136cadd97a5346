"""Sections of a description: what stands between its second-level headings, with the notes that it uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storegen.markdown.sections import sections_of
from tests.shop import Shop


@pytest.mark.parametrize(
    ("markdown", "sections"),
    [
        ("One.", [("", "One.")]),
        ("One.\n\n## Two\n\nThree.", [("", "One."), ("Two", "Three.")]),
        ("## Two\nThree.\n## Four ##\nFive.", [("", ""), ("Two", "Three."), ("Four", "Five.")]),
        ("## **Two** [a](b) &amp; `c` {#two .x}\n", [("", ""), ("Two a & c", "")]),
        ("```\n## No\n```\n\n    ## No\n\n<!--\n## No\n-->\n- a\n  ## No\n", None),
        ("### No\n\n# No\n\n##No", None),
    ],
)
def test_text_is_split_at_its_headings(markdown: str, sections: list[tuple[str, str]] | None) -> None:
    found = [(heading, text.strip()) for heading, text in sections_of(markdown)]

    assert found == (sections if sections is not None else [("", markdown.strip())])


def test_notes_go_to_the_sections_that_use_them() -> None:
    text = (
        "One[^1] and [two][L].\n\n## A\n\nThree[^1].\n\n## B\n\nFour.\n\n[^1]: Note\n    goes on.\n[l]: https://x.fi\n"
    )

    assert [[line for line in each.text.split("\n") if line] for each in sections_of(text)] == [
        ["One[^1] and [two][L].", "[^1]: Note", "    goes on.", "[l]: https://x.fi"],
        ["Three[^1].", "[^1]: Note", "    goes on."],
        ["Four."],
    ]


def test_note_of_a_section_comes_before_that_of_another() -> None:
    text = "One[^1].\n\n[^1]: First.\n\n## A\n\nTwo[^1].\n\n[^1]: Second.\n\n## B\n\nThree[^1].\n"

    assert [[line for line in each.text.split("\n") if line] for each in sections_of(text)] == [
        ["One[^1].", "[^1]: First."],
        ["Two[^1].", "[^1]: Second."],
        ["Three[^1].", "[^1]: First."],
    ]


def test_page_shows_notes_and_links_that_are_defined_at_the_end(tmp_path: Path) -> None:
    product = (
        "name: Band\nprice: 1.00\ncategory: rings\ndescription: |\n  Fine[^1], see [guide][g].\n\n"
        "  ## *Care*\n\n  Wipe it.\n\n  [^1]: Silver.\n  [g]: guide:care\n"
    )
    files = {
        "content/categories/rings.yaml": "name: Rings\n",
        "content/guides/care.md": "---\ntitle: Care\n---\nText.\n",
        "content/products/band.yaml": product,
    }
    shop = Shop(tmp_path, files)
    shop.build()
    page = shop.html("products/band/index.html")

    prose = page.select(".prose")
    assert [link["href"] for link in prose[0].select("p a")][:2] == ["#t:fn:1", "/guides/care/"]
    assert "Silver." in prose[0].get_text()
    assert "Care" in [each.get_text(strip=True) for each in page.select("h2")]
    assert "Silver." not in prose[1].get_text()


@given(st.lists(st.sampled_from(["## A", "## B ##", "Text", "- a", "  ## C", "", "| a |", "### D", "1. x", "> q"])))
def test_quick_way_splits_as_the_blocks_do(lines: list[str]) -> None:
    text = "\n".join(lines)
    comment = "\n\n<!-- -->"  # with it the text is taken apart

    quick, whole = sections_of(text), sections_of(text + comment)
    assert [each.heading for each in quick] == [each.heading for each in whole]
    assert [each.text.split() for each in quick] == [
        each.text.removesuffix(comment).replace("<!-- -->", "").split() for each in whole
    ]
