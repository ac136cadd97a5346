"""Edits of site.yaml: only the lines concerned change."""

from __future__ import annotations

import pytest

from storegen.importers.site_edits import is_example, language_of, with_value, without_promises
from storegen.yaml import load_yaml
from tests.conftest import ROOT

STARTER = (ROOT / "starter" / "en" / "site.yaml").read_text()
OR_DELETE = ", or delete these lines"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("currency: EUR\n", "currency: USD\n"),
        ("a: 1\ncurrency:   EUR   # mine\nb: 2\n", "a: 1\ncurrency:   USD   # mine\nb: 2\n"),
        ("currency: EUR  # REPLACE-ME the currency\n", "currency: USD\n"),
        ('currency: "EUR"\n', "currency: USD\n"),
        ("currency:\nb: 2\n", "currency: USD\nb: 2\n"),
        ("# currency: EUR\na: {currency: EUR}\n", "# currency: EUR\na: {currency: EUR}\ncurrency: USD\n"),
        ("a: 1", "a: 1\ncurrency: USD\n"),
        ("currency: EUR # x\r\nb: 2\r\n", "currency: USD # x\r\nb: 2\r\n"),
    ],
)
def test_value_of_one_line_is_replaced(text: str, after: str) -> None:
    assert with_value(text, "currency", "USD") == after


def test_promises_of_a_new_shop_become_comments() -> None:
    after = without_promises(STARTER, STARTER, or_delete=OR_DELETE)
    before_data, data = load_yaml(STARTER), load_yaml(after)
    assert isinstance(before_data, dict)
    assert isinstance(data, dict)

    gone = {"tagline", "description", "delivery", "returns", "answer_hours", "promises", "banner", "product_promises"}
    assert before_data.keys() - data.keys() == gone
    assert all(before_data[key] == data[key] for key in data)
    assert after.count("REPLACE-ME") == STARTER.count("REPLACE-ME")
    assert "# REPLACE-ME what you sell, in one line, or delete these lines\n# tagline: One good thing" in after
    assert without_promises(after, STARTER, or_delete=OR_DELETE) == after


def test_example_without_its_sign_is_the_setting_again() -> None:
    after = without_promises(STARTER, STARTER, or_delete=OR_DELETE)
    lines = [
        line.removeprefix("# ") if line.startswith(("# delivery", "#   ", "#     ")) else line
        for line in after.splitlines()
    ]
    start = next(number for number, line in enumerate(lines) if line.startswith("delivery:"))
    data = load_yaml("\n".join(lines[start : start + 10]))

    assert isinstance(data, dict)
    assert data == {"delivery": load_yaml(STARTER)["delivery"]}  # type: ignore[call-overload, index]


@pytest.mark.parametrize(
    ("old", "new"), [("price: 5.90", "price: 4.90"), ("days: 30", "days: 14"), ("# REPLACE-ME what you promise", "")]
)
def test_promises_that_the_merchant_changed_stay(old: str, new: str) -> None:
    text = STARTER.replace(old, new)

    assert (
        without_promises(text, STARTER, or_delete=OR_DELETE).replace("# tagline", "tagline").count("\ndelivery:") == 1
    )
    assert "\nbanner: [delivery, returns]" in without_promises(text, STARTER, or_delete=OR_DELETE)


@pytest.mark.parametrize(
    ("text", "language"),
    [("languages: [fi]  # x\n", "fi"), ("languages: ko\n", "ko"), ("name: A\n", "en"), ("languages: [en, fi]\n", "")],
)
def test_only_language_is_found(text: str, language: str) -> None:
    assert language_of(text) == language


def test_mark_counts_on_the_line_of_the_key() -> None:
    assert is_example("currency: EUR  # REPLACE-ME x\n", "currency")
    assert not is_example("currency: EUR\n# REPLACE-ME x\n", "currency")
