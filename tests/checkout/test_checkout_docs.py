"""Every payment provider has its page of documentation."""

from __future__ import annotations

import pytest

from storegen.checkout import FACTS
from tests.conftest import ROOT

DOCS = ROOT / "docs/checkout"


@pytest.mark.parametrize("name", FACTS)
def test_every_provider_has_its_page(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text()

    assert text.startswith(f"# {name}")
    for heading in ("## Set-up", "## How the price is protected"):
        assert heading in text
    for words in ("**Can**", "**Can't**", "**Needs a server**", "est mode"):
        assert words in text
    if name != "order":
        assert "Not tried against" in text


def test_no_page_is_of_a_provider_that_is_gone() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == {*FACTS, "README"}
