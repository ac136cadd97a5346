"""What the documentation says of providers is what their modules say.

Make the table anew with: STOREGEN_WRITE_DOCS=1 python -m pytest tests/test_checkout_docs.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

from storegen.checkout import FACTS
from tests.conftest import ROOT

DOCS = ROOT / "docs/checkout"
_TABLE = re.compile(r"<!-- providers -->\n(.*?)<!-- /providers -->", re.DOTALL)


def table() -> Iterator[str]:
    yield "| provider | cart | options | coupon | the price is protected by | test mode | without JavaScript | needs a server |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, facts in FACTS.items():
        cells = (
            f"[`{name}`]({name}.md): {facts.title}",
            facts.cart,
            facts.options,
            facts.coupon,
            facts.protection,
            facts.test_mode,
            facts.without_script,
            facts.server,
        )
        yield f"| {' | '.join(cells)} |"


def test_table_of_providers_is_up_to_date() -> None:
    made = "".join(f"{row}\n" for row in table())
    readme = DOCS / "README.md"
    text = readme.read_text()
    if os.environ.get("STOREGEN_WRITE_DOCS"):
        readme.write_text(_TABLE.sub(lambda _: f"<!-- providers -->\n{made}<!-- /providers -->", text))
        return

    found = _TABLE.search(text)
    assert found is not None
    assert found[1] == made, "make it anew with STOREGEN_WRITE_DOCS=1"


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
