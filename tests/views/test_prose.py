"""Descriptions are split at their headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shop import Shop


@pytest.mark.parametrize("before", ["", "> A quotation.\n\n"])
@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("## Tuned to F#", "Tuned to F#"),
        ("## Written in C# ##", "Written in C#"),
        ("## The sign \\#", "The sign #"),
        ("## Care ###  ", "Care"),
        ("## **Care** ## ", "Care"),
        ("## Care {#care}", "Care"),
    ],
)
def test_section_has_the_words_of_its_heading(tmp_path: Path, before: str, heading: str, shown: str) -> None:
    text = f"{before}First.\n\n{heading}\n\nSecond.\n".replace("\n", "\n  ")
    shop = Shop(
        tmp_path,
        {
            "content/categories/rings.yaml": "name: Rings\n",
            "content/products/band.yaml": f"name: Band\nprice: 1.00\ncategory: rings\ndescription: |\n  {text}",
        },
    )
    shop.build()

    assert shown in [each.get_text() for each in shop.html("products/band/index.html").select("main h2")]
