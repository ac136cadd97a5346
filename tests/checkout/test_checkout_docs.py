"""Every payment provider has its page of documentation."""

from __future__ import annotations

import re

import pytest

from storegen.checkout import FACTS, Facts
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


@pytest.mark.parametrize(("name", "facts"), FACTS.items())
def test_steps_of_the_set_up_are_counted_and_its_time_is_estimated(name: str, facts: Facts) -> None:
    text = (DOCS / f"{name}.md").read_text()
    set_up = text.split("## Set-up\n")[1].split("\n## ")[0]

    assert facts.steps == max(1, len(re.findall(r"^\d+\. ", set_up, re.MULTILINE)))
    assert facts.minutes >= facts.steps
    assert "sale" in facts.offers


def test_no_page_is_of_a_provider_that_is_gone() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == {*FACTS, "README"}
