"""YAML as an import writes it: as a person would, and read back unchanged."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.importers.emit import emit_yaml
from storegen.importers.records import Node
from storegen.yaml import load_yaml

# Storegen refuses control characters and noncharacters; an import drops them before it writes.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t\x85"))
TRICKY = st.sampled_from(
    "no y off true ~ null Null NULL 0123 1e5 22:22 2026-11-23 1_000 0x1F .inf "
    "= - ? : # & * ! | > % @ ` {} [] --- ...".split()
)
PIECES = st.lists(
    st.sampled_from(["a", " ", "\n", "\t", ": ", " #", "'", '"', "\\", "-", "\x85", "\u2028", "\ufeff", "é", "😀"]),
    max_size=8,
).map("".join)
SCALAR = TEXT | TRICKY | PIECES
KEY = SCALAR.filter(lambda key: key != "<<")
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEY, VALUE, max_size=4))
@settings(max_examples=50, deadline=None)
def test_every_value_comes_back_as_it_was(value: dict[str, object]) -> None:
    assert load_yaml(emit_yaml(value)) == (value or None)  # type: ignore[arg-type]


@given(st.dictionaries(KEY, SCALAR | st.lists(SCALAR, max_size=3), max_size=3))
@settings(max_examples=500, deadline=None)
def test_another_reader_takes_text_for_text_too(value: dict[str, object]) -> None:
    assert yaml.safe_load(emit_yaml(value)) == (value or None)  # type: ignore[arg-type]


def test_long_and_odd_keys_come_back() -> None:
    value: dict[str, Node] = {"k" * 2000: "x", "a: b": {"": "y"}, "#": ["z"]}
    assert load_yaml(emit_yaml(value)) == value


def test_merge_key_is_refused() -> None:
    with pytest.raises(ValueError, match="merges mappings"):
        emit_yaml({"<<": "x"})


def test_file_looks_as_a_person_would_write_it() -> None:
    value: dict[str, Node] = {
        "name": "Tom & Jerry's ring",
        "sku": "0123",
        "price": Decimal("19.90"),
        "stock": 0,
        "options": {"Size": ["15", "M"], "Fits, or not": ["a, b", "c"]},
        "variants": [{"sku": "A-15", "options": {"Size": "15"}, "price": Decimal(20)}],
        "images": ["https://x.example/a.jpg", {"file": "https://x.example/b.jpg", "alt": "From: above"}],
        "description": "## Heading\n\n- one\n    - two  \n\nlast",
        "delivery": {"digital": True},
    }
    assert emit_yaml(value) == (
        "name: Tom & Jerry's ring\n"
        'sku: "0123"\n'
        "price: 19.90\n"
        "stock: 0\n"
        "options:\n"
        '  Size: ["15", M]\n'
        "  Fits, or not:\n"
        "    - a, b\n"
        "    - c\n"
        "variants:\n"
        "  - sku: A-15\n"
        "    options:\n"
        '      Size: "15"\n'
        "    price: 20\n"
        "images:\n"
        "  - https://x.example/a.jpg\n"
        "  - file: https://x.example/b.jpg\n"
        '    alt: "From: above"\n'
        "description: |-\n"
        "  ## Heading\n"
        "\n"
        "  - one\n"
        "      - two  \n"
        "\n"
        "  last\n"
        "delivery:\n"
        "  digital: yes\n"
    )
