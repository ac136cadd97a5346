"""Edits of a list of payment links keep comments, order and all other entries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.errors import StoregenError
from storegen.model.payment import PayLink
from storegen.model.scalars import Amount
from storegen.payments.link_file import with_links
from storegen.yaml import load_yaml

A = PayLink(link="https://buy.stripe.com/a", price=Amount("59.00"))
B = PayLink(link="https://buy.stripe.com/b", price=Amount("47.20"))
GIFT = PayLink(link="https://buy.stripe.com/g", price=Amount("59.00"), offers=("cloth",))
LINES = "  - {link: https://buy.stripe.com/a, price: 59.00}\n  - {link: https://buy.stripe.com/b, price: 47.20}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"R-1:\n{LINES}"),
        ("{}\n", f"R-1:\n{LINES}"),
        ("# rings\nX: https://buy.stripe.com/x # sold at fairs", f"# rings\nX: https://buy.stripe.com/x # sold at fairs\nR-1:\n{LINES}"),
        (
            "R-1: https://buy.stripe.com/a   # the first\n\n# next\nX: https://buy.stripe.com/x\n",
            f"R-1:  # the first\n{LINES}\n# next\nX: https://buy.stripe.com/x\n",
        ),
        ("R-1: {link: https://buy.stripe.com/a, price: 59.00}\nX: a\n", f"R-1:\n{LINES}X: a\n"),
        ("R-1:\n  # by hand\n  link: https://buy.stripe.com/a\n  price: 59.00\nX: a\n", f"R-1:\n{LINES}  # by hand\nX: a\n"),
        (
            "R-1:\n    # two\n    - {link: https://buy.stripe.com/a, price: 59.00} # usual\n    - https://buy.stripe.com/old\n",
            (
                "R-1:\n    # two\n    - {link: https://buy.stripe.com/a, price: 59.00} # usual\n"
                "    - {link: https://buy.stripe.com/b, price: 47.20}\n"
            ),
        ),
        (
            "R-1:\n  - https://buy.stripe.com/a  # usual\n",
            f"R-1:\n{LINES}".replace("59.00}", "59.00}  # usual"),
        ),
        ('"R-1": [https://buy.stripe.com/a]\n', f'"R-1":\n{LINES}'),
        ("'R-1': https://buy.stripe.com/a#x\n", f"'R-1':\n{LINES}"),
    ],
)  # fmt: skip
def test_only_the_lines_of_the_article_change(before: str, after: str) -> None:
    assert with_links(before, "R-1", (A, B)) == after


def test_one_link_is_on_one_line_and_offers_are_a_list() -> None:
    assert with_links(f"R-1:\n{LINES}", "R-1", (A,)) == f"R-1:\n{LINES.splitlines()[0]}\n"
    assert with_links("", "R-1", (GIFT,)) == "R-1: {link: https://buy.stripe.com/g, price: 59.00, offers: [cloth]}\n"


def test_entry_of_a_strange_form_is_left_to_the_merchant() -> None:
    with pytest.raises(StoregenError, match='the entry "R-1" has a form that can\'t be edited'):
        with_links("{R-1: https://buy.stripe.com/a, X: b}\n", "R-1", (A, B))


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1), max_size=4, unique=True),
    st.lists(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2), min_size=1, max_size=3, unique=True),
)  # fmt: skip
def test_any_article_number_is_written_and_read_again(skus: list[str], prices: list[Decimal]) -> None:
    text = "# kept\n"
    links = tuple(
        PayLink(link=f"https://buy.stripe.com/{place}", price=Amount(each)) for place, each in enumerate(prices)
    )
    wanted = [sku for sku in skus if sku.strip() == sku]
    for sku in (*wanted, *wanted):  # written, then written over
        text = with_links(text, sku, links)

    found = load_yaml(text)
    assert list(found) == wanted if isinstance(found, dict) else not wanted
    assert text.startswith("# kept\n")
