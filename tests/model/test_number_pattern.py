"""Patterns of parcel numbers: what can be read, what is refused, and at which sign."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from storegen.model.number_pattern import LONGEST, MAX_LENGTH, MAX_WAYS, NumberPattern, NumberPatterns, _Reader

EXPECTED = 'expected a pattern such as AB[0-9]{8}, found "'


def read(text: str) -> str:
    return NumberPattern.parse(text, dt.UTC)


def fault(text: str) -> str:
    """Return why a pattern is refused."""
    with pytest.raises(ValueError, match=r".") as found:
        read(text)
    return str(found.value)


@pytest.mark.parametrize(
    ("pattern", "numbers", "others"),
    [
        ("AB-12", ["AB-12"], ["AB12", "AB-1", "AB-123"]),
        ("[A-Z0-9]{2}", ["A7", "99"], ["A", "A77"]),
        ("[A-CX]?[0-9]{8,10}", ["A12345678", "1234567890"], ["D12345678", "1234567"]),
        ("(JJD|JVGL)?[0-9]{2}", ["JJD12", "JVGL12", "12"], ["JD12"]),
        ("A|B|C{2}", ["A", "B", "CC"], ["C", "AB"]),
        ("(A(B(C(D)))){1,2}", ["ABCD", "ABCDABCD"], ["ABC"]),
        ("[A-A]{40}", ["A" * 40], ["A" * 41]),
        ("A{0,1}B", ["AB", "B"], ["AAB"]),
        ("A{3,3}", ["AAA"], ["AA"]),
    ],
)
def test_pattern_finds_its_numbers(pattern: str, numbers: list[str], others: list[str]) -> None:
    form = re.compile(read(pattern))

    assert [number for number in (*numbers, *others) if form.fullmatch(number)] == numbers


@pytest.mark.parametrize(
    ("pattern", "rest", "hint"),
    [
        ("AB*", "*", "say how many, such as {1,20}"),
        ("A+B", "+B", "say how many, such as {1,20}"),
        ("^AB", "^AB", "the pattern is for the whole number anyway"),
        ("AB$", "$", "the pattern is for the whole number anyway"),
        ("A.B", ".B", "say which signs, such as [A-Z0-9]"),
        ("A\\d", "\\d", "write digits as [0-9]"),
        ("A B", " B", "numbers are compared without spaces"),
        ("A[0-9", "[0-9", "a class contains capitals and digits, such as [A-Z0-9]"),
        ("[9-0]", "[9-0]", "a class contains capitals and digits, such as [A-Z0-9]"),
        ("A[]", "[]", "a class contains capitals and digits, such as [A-Z0-9]"),
        ("A)", ")", "this bracket closes nothing"),
        ("A(B", "(B", "this bracket never closes, or is inside too many others"),
        ("A(B|", "(B|", "this bracket never closes, or is inside too many others"),
        ("(((((A)))))", "(A)))))", "this bracket never closes, or is inside too many others"),
        ("A{41}", "{41}", "a count is written {8} or {8,10}, and a number has at most 40 signs"),
        ("A{3,2}", "{3,2}", "a count is written {8} or {8,10}, and a number has at most 40 signs"),
        ("A{1,41}", "{1,41}", "a count is written {8} or {8,10}, and a number has at most 40 signs"),
        ("Abcdefghijklm", "bcdefghijk", "numbers are compared in capitals"),
    ],
)
def test_pattern_is_refused_with_the_sign_and_a_hint(pattern: str, rest: str, hint: str) -> None:
    assert fault(pattern) == f'{EXPECTED}{pattern}", which can\'t be read from "{rest}" on: {hint}'


def test_sign_that_nobody_can_help_with_is_named_alone() -> None:
    assert fault("A#") == f'{EXPECTED}A#", which can\'t be read from "#" on'
    assert fault("(A#)") == f'{EXPECTED}(A#)", which can\'t be read from "#)" on'
    assert fault("") == f'{EXPECTED}"'


def test_count_of_a_count_is_refused() -> None:
    assert fault("A{5}{6}").startswith(EXPECTED)


@pytest.mark.parametrize("pattern", ["(A)(B)(C)(D)(E)", "(A)((((B))))", "((((A))))((((B))))"])
def test_groups_may_stand_four_deep_and_in_a_row(pattern: str) -> None:
    assert read(pattern) == pattern
    with pytest.raises(ValueError, match="is inside too many others"):
        read(f"(A)({pattern})" if pattern.startswith("((((") else f"{pattern}(((((F)))))")


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("(A|B){1,11}", 4094),  # 2 + 4 + … + 2 to the 11th
        ("(A|B){11}(A|B)", 4096),
        ("A{0,40}" + "B{0,40}" + "(C|D)", 41 * 41 * 2),
        ("|".join("A" * 500), 500),
        ("(A|B|C|D|E){4}(A|B){3}", MAX_WAYS),
        ("A?" * 12, 4096),
        ("(A{1,10}){1,3}", 10 + 100 + 1000),
    ],
)
def test_pattern_may_be_read_in_some_ways(pattern: str, ways: int) -> None:
    assert _Reader(pattern).choices() == ways <= MAX_WAYS
    assert read(pattern) == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "(A|B){1,12}",  # 8,190 ways
        "(A|B){12}(A|B)",  # 8,192
        "A{0,40}B{0,40}(C|D|E)",  # 5,043
        "(A{1,10}){1,4}",  # 11,110
        "A{0,40}B{0,40}C{0,2}|D",
        "A?" * 13,
    ],
)
def test_pattern_with_too_many_ways_is_refused(pattern: str) -> None:
    assert fault(pattern) == (
        f'expected a pattern with fewer choices; "{pattern}" can be read in more than {MAX_WAYS:,} ways'
    )


def test_pattern_has_a_longest() -> None:
    assert read("A" * MAX_LENGTH) == "A" * MAX_LENGTH
    assert fault("A" * (MAX_LENGTH + 1)).startswith(EXPECTED)
    assert LONGEST == 40


def test_one_pattern_or_a_list_of_them_can_be_given() -> None:
    assert NumberPatterns.parse("AB[0-9]{8}", dt.UTC) == ("AB[0-9]{8}",)
    assert NumberPatterns.parse(["A{2}", "B"], dt.UTC) == ("A{2}", "B")
    with pytest.raises(ValueError, match="closes nothing"):
        NumberPatterns.parse(["A", "B)"], dt.UTC)
