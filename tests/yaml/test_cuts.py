"""Texts without quotes that end where a comment begins: which of these comments were probably meant as text."""

from __future__ import annotations

import pytest

from storegen.yaml import Cut, load_yaml


def cuts(text: str) -> list[tuple[str, str, str]]:
    """Return the place, the text and the comment of everything that is cut off in a text."""
    found: list[Cut] = []
    load_yaml(text, None, found)
    return [(".".join(map(str, cut.place)), cut.text, cut.rest) for cut in found]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("name: Lamp #1", [("name", "Lamp", "#1")]),
        ("name: Our #1 seller #brass.", [("name", "Our", "#1 seller #brass.")]),
        ("name: Apt # 5", [("name", "Apt", "# 5")]),
        ("name: 램프 #1 세트", [("name", "램프", "#1 세트")]),
        ("name: #1", [("name", "", "#1")]),
        ("name: [a, Lamp #1\n  ]", [("name.1", "Lamp", "#1")]),
        ("name: {a: Lamp #1\n  }", [("name.a", "Lamp", "#1")]),
        ("- #summer\n- Lamp #2", [("0", "", "#summer"), ("1", "Lamp", "#2")]),
        ("name: two\n  lines #1", [("name", "two lines", "#1")]),
        ("name: Lamp # a comment", []),
        ("name: Lamp # 5 of them", []),
        ("name: Lamp  #comment", []),
        ("name: Lamp ##", []),
        ("name: Lamp #", []),
        ("name: Lamp#1", []),
        ('name: "Lamp" #1', []),
        ("name: 'Lamp #1'", []),
        ("name: | #1\n  Lamp #1", []),
        ("name: #sizes\n  a: b", []),
        ("#1\nname: Lamp\n#2", []),
    ],
)
def test_comment_that_touches_its_sign_is_probably_text(line: str, found: list[tuple[str, str, str]]) -> None:
    assert cuts(line) == found
