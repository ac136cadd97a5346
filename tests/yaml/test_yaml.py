"""YAML as storegen reads it: text stays as typed, every refusal has its line, and every field knows its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storegen.errors import YamlError
from storegen.yaml import Blank, Place, Value, field_lines, load_yaml
from storegen.yaml.parser import MAX_DEPTH

# What YAML can hold: neither control characters nor surrogates, nor the three that stand in for foreign line ends.
_LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufdd0\ufdd1\ufdd2\ufeff\ufffe\uffff", include_characters="\t"
)
PRINTABLE = st.text(_LETTERS)
LINES = st.text(_LETTERS | st.just("\n"), max_size=200)


def refusal(text: str) -> tuple[int, str]:
    """Return the line and the message with which a text is refused."""
    with pytest.raises(YamlError) as found:
        load_yaml(text)
    return found.value.line, found.value.message


def line_of_refusal(text: str) -> int:
    """Return the line on which a text is refused, 0 where it is read."""
    try:
        load_yaml(text)
    except YamlError as error:
        return error.line
    return 0


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "Yes",
        "on",
        "true",
        "0123",
        "22:22",
        "1e5",
        "12e03",
        "19.90",
        "5.0",
        "00012345678905",
        "+1",
        ".5",
        "0x1F",
        "0o17",
        "1_000",
        "2025-02-30",
        "2026-11-23 14:00",
        ".inf",
        ".NaN",
        "=",
        "a#b",
        "C:\\shop",
        "http://x.example/a:b",
        "it's",
        "50% off",
        "nUll",
    ],
)
def test_scalar_stays_as_typed(typed: str) -> None:
    assert load_yaml(f"key: {typed}\nlist:\n  - {typed}\n") == {"key": typed, "list": [typed]}


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_blank_value_is_absent(typed: str) -> None:
    assert load_yaml(f"a: 1\nkey: {typed}\nz: 2\n") == {"a": "1", "z": "2"}


@pytest.mark.parametrize(("typed", "text"), [("''", ""), ('"~"', "~"), ("'null'", "null"), ("|\n  null", "null")])
def test_quoted_blank_is_text(typed: str, text: str) -> None:
    assert load_yaml(f"key: {typed}") == {"key": text}


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("a:\nb: 1\nc: ~\n", [(("a",), None), (("c",), None)]),
        ("\ufeffp: {price: 29,90, b: 1, c: , d : null, e }", [
            (("p", "90"), "29"), (("p", "c"), None), (("p", "d"), None), (("p", "e"), "")
        ]),
        ("- {specs: {ä😀: 3,5 mm}}\r\n- {b:\r\n }\r\n", [((0, "specs", "5 mm"), "3"), ((1, "b"), None)]),
        ("a: {b: c\u2028d, e}", [(("a", "e"), "c\u2028d")]),
        ("a: {b: [1], e, 'f'}", [(("a", "e"), ""), (("a", "f"), "")]),
        ("a: ''\nb: [~]\n", []),
    ],
)  # fmt: skip
def test_keys_without_a_value_are_told_with_what_a_comma_cut_them_from(
    text: str, blanks: list[tuple[Place, str | None]]
) -> None:
    found: list[Blank] = []
    load_yaml(text, found)

    assert blanks == found


def test_absent_list_item_keeps_its_place() -> None:
    assert load_yaml("[a, ~, '', b]") == ["a", None, "", "b"]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "~"])
def test_empty_document_is_nothing(text: str) -> None:
    assert load_yaml(text) is None


@pytest.mark.parametrize("key", ["no", "1", "2026-11-23", "~", "null", "a b", "ä"])
def test_key_stays_as_typed(key: str) -> None:
    assert load_yaml(f"{key}: x") == {key: "x"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("|\n  one\n  two\n\n  four\n", "one\ntwo\n\nfour\n"),
        ("|-\n  one\n  two\n", "one\ntwo"),
        ("|+\n  one\n\n", "one\n\n"),
        (">\n  one\n  two\n\n  three\n", "one two\nthree\n"),
        ("|2\n    indented\n  not\n", "  indented\nnot\n"),
        ('"one\\ntwo\\t\\u20ac\\U0001F600"', "one\ntwo\t€😀"),
        ("'it''s'", "it's"),
        ("one\n  two", "one two"),
    ],
)
def test_long_text_is_read_as_yaml_says(typed: str, text: str) -> None:
    assert load_yaml(f"key: {typed}") == {"key": text}


def test_windows_line_ends_are_line_ends() -> None:
    assert load_yaml("a: 1\r\nb: |\r\n  x\r\n  y\r\nc:\r\n- z\r\n") == {"a": "1", "b": "x\ny\n", "c": ["z"]}
    assert refusal("a: 1\r\nb: 2\r\na: 3\r\n")[0] == 3


def test_byte_order_mark_is_passed_over() -> None:
    assert load_yaml("\ufeffa: 1") == {"a": "1"}


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("typed", ["one{}two", "'one{}two'", '"one{}two"', "|-\n  one{}two", ">-\n  one{}two"])
def test_line_separator_in_pasted_text_is_text(sign: str, typed: str) -> None:
    text = f"a: {typed.format(sign)}\nk{sign}y: 1\nb: 2\nb: 3\n"

    assert load_yaml(text.removesuffix("b: 3\n")) == {"a": f"one{sign}two", f"k{sign}y": "1", "b": "2"}
    assert refusal(text) == (text.count("\n"), '"b" is given twice')


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        # What storegen does not read, though YAML knows it.
        ("a: 1\nb: &x 1", 2, 'a value that begins with "&" must be in quotes; anchors are not read'),
        ("a:\n  - 1\n  - *x", 3, 'a value that begins with "*" must be in quotes; aliases are not read'),
        ("a: !!int 1", 1, 'a value that begins with "!" must be in quotes; tags are not read'),
        ("a: !sale 1", 1, 'a value that begins with "!" must be in quotes; tags are not read'),
        ("!!map {}", 1, 'a value that begins with "!" must be in quotes; tags are not read'),
        ("a:\n  <<: {b: 1}", 2, "merge keys (<<) are not read; write the fields out"),
        ("a: 1\nb: 2\na: 3", 3, '"a" is given twice'),
        ("a: {b: 1, c: 2,\n b: 3}", 2, '"b" is given twice'),
        ("a:\na: 3", 2, '"a" is given twice'),
        ("a: 3\na: ~", 2, '"a" is given twice'),
        ("a: 1\n---\nb: 2", 2, "a file may contain one YAML document; found a second"),
        ("a: 1\n? [b]\n: 2", 2, "expected a key, which is text; found a list or keys with values"),
        ("{a: 1}: 2", 1, "expected a key, which is text; found a list or keys with values"),
        # What can't stand in text.
        ('a: 1\nb: "\\0"', 2, "the invisible character U+0000 isn't allowed in text; remove it"),
        ('a: "\\a"', 1, "the invisible character U+0007 isn't allowed in text; remove it"),
        ('a: "\\uFFFE"', 1, "the invisible character U+FFFE isn't allowed in text; remove it"),
        ('"\\x1b": 1', 1, "the invisible character U+001B isn't allowed in text; remove it"),
        ("a: 1\nb: x\x07y", 2, "the invisible character U+0007 isn't allowed in text; remove it"),
        ("a: 1\nb: x\x7fy", 2, "the invisible character U+007F isn't allowed in text; remove it"),
        ("a: 1\nb: x\ud800y", 2, "the invisible character U+D800 isn't allowed in text; remove it"),
        ("a: 1\nb: \ufdd0\u2028", 2, "the invisible character U+FDD0 isn't allowed in text; remove it"),
        ('a: "\\ud800"', 1, "this is no character's code"),
        # What merchants get wrong.
        ("name: Ring: the best", 1, 'a value that contains ": " must be in quotes'),
        (
            "name: Ring\nprice 12\nsku: R",
            2,
            'expected "key: value" or "- value"; is the sign missing, or the space after it?',
        ),
        ("a:\n- x\n-y\n", 3, 'expected "key: value" or "- value"; is the sign missing, or the space after it?'),
        (
            "name:Ring\nprice: 12",
            2,
            'the line above lacks its ":" or the space after it, or this line is indented too far',
        ),
        (
            "name: Ring\n  price: 12",
            2,
            'the line above lacks its ":" or the space after it, or this line is indented too far',
        ),
        ("a:\n  b: 1\n c: 2", 3, "expected a key as in the lines above; check how far this line is indented"),
        ("- a\nb: c", 2, 'expected "- " as in the lines above; check how far this line is indented'),
        ("a: 1\nb: 'x\nc: 2\n", 2, "the quotation that begins here never ends"),
        (
            'size: 10\nname: "10" plate',
            2,
            "something follows a closing quote; put other quotes around the whole value",
        ),
        (
            "name: [sale] Ring",
            1,
            'a text that begins with "[" must be in quotes',
        ),
        ("short: {days} days", 1, 'a text that begins with "{" must be in quotes'),
        ("a: 1\ntags: [x, y\nb: 2", 2, 'the list that begins here lacks a "," or its "]"'),
        ("a: 1\ntags: {x: y\nb: 2", 2, 'what begins here with "{" lacks a "," or its "}"'),
        ("a: 1\ntags: [x, [", 2, 'a "[" or "{" on this line or above is never closed'),
        ("name: @home", 1, 'a value that begins with "@" must be in quotes'),
        ("name: `x`", 1, 'a value that begins with "`" must be in quotes'),
        ("name: %x", 1, 'a value that begins with "%" must be in quotes'),
        ("name: *Bold* ring", 1, 'a value that begins with "&" or "*" must be in quotes'),
        (
            "name: - ring",
            1,
            'a value that begins with "- " must be in quotes; a list begins on the line below its key',
        ),
        ("name: ? ring", 1, 'a value that begins with "? " must be in quotes'),
        ("name: , ring", 1, 'a value that begins with ",", "]" or "}" must be in quotes'),
        ("a:\n\tb: c", 2, "the line begins with a tab; indent with spaces"),
        ("a:\n  - x\n\t- y", 3, "the line begins with a tab; indent with spaces"),
        ("text: | one\n  two", 1, "nothing may follow | or > on its line; the text begins on the next"),
        ('path: "C:\\shop"', 1, 'in double quotes "\\" begins a code; write "\\\\", or use single quotes'),
        ('path: "\\u12"', 1, 'in double quotes "\\" begins a code; write "\\\\", or use single quotes'),
        ("{a: 1} b", 1, "expected one list, or keys with values; something follows the end of it"),
        ("%FOO\n---\na: b", 1, "not readable as YAML: found unknown directive name"),
    ],
)
def test_refusal_says_where_and_what_would_be_right(text: str, line: int, message: str) -> None:
    assert refusal(text) == (line, message)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_sixty_four_levels_are_read_and_no_more(opening: str, closing: str) -> None:
    assert load_yaml(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH) is not None
    assert refusal("\n" + opening * (MAX_DEPTH + 1) + "x" + closing * (MAX_DEPTH + 1)) == (
        2,
        "nested more than 64 levels deep",
    )


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "[[],"])
def test_forty_thousand_brackets_are_refused_at_once(sign: str) -> None:
    started = time.process_time()

    assert refusal(sign * 40_000)[0] == 1
    assert time.process_time() - started < 1


def test_empty_containers_stay() -> None:
    assert load_yaml("a: {}\nb: []\nc: {d: ~}\n") == {"a": {}, "b": [], "c": {}}


def test_lines_are_those_of_keys_and_items() -> None:
    text = "\n# first\na: 1\nb:\n  - x\n  -\n    c: 2\n    d: ~\ne: {f: 1,\n  g: [h,\n i]}\n"

    assert field_lines(text) == {
        ("a",): 3,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 1): 7,
        ("b", 1, "c"): 7,
        ("b", 1, "d"): 8,
        ("e",): 9,
        ("e", "f"): 9,
        ("e", "g"): 10,
        ("e", "g", 0): 10,
        ("e", "g", 1): 11,
    }


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper without aliases for what happens to be the same object."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _dump(value: object, **style: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, **style))


def _node_lines(node: yaml.Node | None, place: Place = ()) -> Iterator[tuple[Place, int]]:
    """Yield the line of each key and list item as PyYAML's own composer marks it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*place, key.value), key.start_mark.line + 1
            yield from _node_lines(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*place, number), item.start_mark.line + 1
            yield from _node_lines(item, (*place, number))


_KEYS = st.text(_LETTERS, max_size=12).filter(lambda key: key != "<<")
_STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 10_000]),
        "indent": st.sampled_from([2, 4, 7]),
    }
)


def _nested(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Value]:
    return st.recursive(
        texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
        max_leaves=12,
    )


@given(st.dictionaries(_KEYS, _nested(PRINTABLE | LINES), max_size=5), _STYLES)
@settings(deadline=None)
def test_any_document_survives_dump_and_load(value: dict[str, Value], style: dict[str, Any]) -> None:
    assert load_yaml(_dump(value, **(style | {"width": 1_000_000}))) == value  # PyYAML folds some lines wrongly


@given(st.dictionaries(_KEYS, _nested(LINES), max_size=5), _STYLES)
@settings(deadline=None)
def test_lines_of_any_document_are_where_its_keys_stand(value: dict[str, Value], style: dict[str, Any]) -> None:
    text = _dump(value, **style)
    assume("\u2028" not in text and "\u2029" not in text)  # for PyYAML they end lines, for editors they don't

    assert field_lines(text) == dict(_node_lines(yaml.compose(text, Loader=yaml.SafeLoader)))


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_any_text_typed_in_a_block_survives(text: str) -> None:
    block = "\n".join(f"  {line}" for line in text.split("\n"))

    assert load_yaml(f"key: |2-\n{block}\nnext: 1\n") == {"key": text.rstrip("\n"), "next": "1"}


@given(PRINTABLE)
@settings(max_examples=300, deadline=None)
def test_any_text_typed_in_single_quotes_survives(text: str) -> None:
    typed = text.replace("'", "''")

    assert load_yaml(f"key: '{typed}'") == {"key": text}


@given(st.text() | st.text(st.sampled_from("ab01:-?[]{},#&*!|>'\"%@` \t\n\\~<\r")))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    line = line_of_refusal(text) or 1

    assert 1 <= line <= text.count("\n") + text.count("\r") + 1
