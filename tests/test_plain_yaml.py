"""The fast step for plain YAML gives what the parser gives, or leaves the text to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storegen.event_yaml import compose
from storegen.plain_yaml import Blank, read_plain

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def agrees(text: str) -> bool:
    """Say whether the fast step reads a text; what it reads must be what the parser reads, in the same order."""
    blanks: list[Blank] = []
    plain = read_plain(text, blanks)
    if plain is not None:
        expected: list[Blank] = []
        assert repr(plain[0]) == repr(compose(text, None, expected))
        assert set(expected) == set(blanks)
    return plain is not None


def texts_below(*folders: Path) -> list[str]:
    """Return the YAML files below folders, and the front matter of the Markdown files."""
    files = [file for folder in folders for file in sorted(folder.rglob("*.y*ml")) if "node_modules" not in file.parts]
    matter = [file for folder in folders for file in sorted(folder.rglob("*.md"))]
    found = [file.read_bytes().decode("utf-8", "replace") for file in files]
    for file in matter:
        parts = file.read_bytes().decode("utf-8", "replace").split("---\n", 2)
        found += [parts[1]] if len(parts) == 3 and not parts[0] else []
    return found


def test_files_of_the_demo_are_read_the_same_and_mostly_fast() -> None:
    texts = texts_below(ROOT / "content", ROOT / "starter", ROOT / "themes", ROOT / "tests")
    fast = sum(map(agrees, texts))
    assert fast > 100
    assert fast < len(texts)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files of ../shared are not here")
def test_real_files_are_read_the_same() -> None:
    assert sum(map(agrees, texts_below(SHARED))) > 10


CATALOGUE = """\
name: Rope ring 4
price: "132.70"
options:
  Choice: [Clay, Moss]
  Cut: ["a: b", 'it''s, so', plain words, "null", ""]
variants:
  - sku: NB-1
    options:
      Choice: Clay
    stock: "30"
  - sku: NB-2
    stock: 4
tags: [gift]
note: it's 5 o'clock, isn't it?
summary: 'It''s: "new"'
empty:
# a remark
description: |
  One **line**.

    deeper # no remark
  - Edition 1.


care: |-
  Wipe it.
end: x
"""


def test_every_kind_of_plain_line_is_read_fast() -> None:
    assert agrees(CATALOGUE)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\na: c\n",
        "a: b # remark\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !!str b\n",
        "a: >\n  folded\n",
        "a: |2\n   x\n",
        "a: |\n\n  x\n",
        "a: {b: c}\n",
        "a: [b, [c]]\n",
        "a: [b, null]\n",
        "a:\tb\n",
        "a: - b\n",
        "- a\nb: c\n",
        "a: b\n- c\n",
        "---\na: b\n",
        "a: b\n...\n",
        "%YAML 1.1\n",
        "a\n",
        "",
        "# only a remark\n",
        "a: 'b'c\n",
        'a: "b\\n"\n',
        "a: x\u2028y\n",
        "? a\n: b\n",
        "<<: b\n",
        "a : b\n",
        " a: b\nc: d\n",
    ],
)
def test_lines_that_could_be_mistaken_are_left_to_the_parser(text: str) -> None:
    assert read_plain(text) is None


_WORDS = st.sampled_from(
    ["a", "b c", "it's", '"q"', "'s'", "''", '""', "1", "null", "~", "Null", "x:", "x: y", "x #y", "x#y", "- z", "[a, b]",
     "[a,b]", '["a", b]', "['b, c' , d]", '["a": b]', '["a"b]', "['', null]", "[]", "[ a ]", "|", "|-", "|+", ">", "é", "日本", "&a", "*a", "!t", "@", "`", "%", "{", "}", ",", "?", "a, b",
     "https://x.example/a?b=c#d", "22:22", "-5", "", " ", "  ", "\u00a0", "\t", "\x85", "\ufeff", "# r"]
)  # fmt: skip
_STARTS = st.sampled_from(
    ["a:", "a: ", "b:", "b: ", "c:  ", "- ", "-  ", "-", "- a: ", "- b:", "", "#", "a b: ", "a-b:", "- - ", "'a': "]
)
_LINE = st.builds(
    lambda depth, start, word: " " * depth + start + word,
    st.sampled_from([0, 0, 0, 1, 2, 2, 3, 4, 4, 6]),
    _STARTS,
    _WORDS,
)


@given(
    st.lists(_LINE, max_size=8).map("\n".join) | st.lists(_LINE, max_size=6).map(lambda each: "\n".join(each) + "\n")
)
@example("a: |\n  x")
@example("a: |\n  x\n ")
@example("a: |\n  x\n   ")
@example("a: |\n  x\n \n  y\n")
@example("a: |\n  x\n   \nb: c")
@example("a:\n- b\n- c: d\n  e: f\n")
@settings(max_examples=1500, deadline=None)
def test_any_lines_are_read_as_the_parser_reads_them(text: str) -> None:
    agrees(text)


@given(st.data(), st.sampled_from(CATALOGUE.split("\n")))
@settings(max_examples=1000, deadline=None)
def test_any_small_change_is_read_as_the_parser_reads_it(data: st.DataObject, line: str) -> None:
    place = data.draw(st.integers(0, len(CATALOGUE)))
    end = data.draw(st.integers(place, min(len(CATALOGUE), place + 4)))
    cut = data.draw(st.integers(end, len(CATALOGUE)) | st.just(len(CATALOGUE)))
    put = data.draw(st.text(st.sampled_from(" \n:-#'\"|>[]{},&*!?~%@`\tab1é"), max_size=3) | st.just(line))
    agrees(CATALOGUE[:place] + put + CATALOGUE[end:cut])
