"""The tables of the documentation are what the code says, and its links lead somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from docs.tables import COMMAND, DOCS, RECORDS, DocsError, make_table, words_of, write_tables
from storegen.model.content_types import BY_NAME, CONTENT_TYPES
from storegen.model.record import Record
from storegen.model.scalars import Amount
from storegen.model.text import Line, Markdown, PictureFile, ProductRef
from storegen.model.value_types import value_type
from storegen.theme.loading import load_theme
from tests.shop import Shop

BELL = "name: Bell\nprice: 24.50\nweight: 11 kg\n"
CONTENT = DOCS / "content.md"
FILES = sorted(DOCS.rglob("*.md"))
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def tables(*arguments: str, docs: Path = DOCS) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(docs / "tables.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_table_is_stale() -> None:
    done = tables("--check")

    assert (done.stderr, done.returncode) == ("", 0)


def test_stale_table_is_named_and_written_anew(tmp_path: Path) -> None:
    docs = shutil.copytree(DOCS, tmp_path / "docs")
    file = docs / "content.md"
    file.write_text(file.read_text().replace("| `sku` | line |", "| `sku` | number |"))

    stale = tables("--check", docs=docs)
    assert stale.returncode == 1
    assert stale.stderr == f"{file}: a table is stale; run {COMMAND}\n"
    assert tables(docs=docs).returncode == 0
    assert file.read_text() == CONTENT.read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- keys: produkt -->\n<!-- /keys -->\n", '"produkt" is not one of product, '),
        ("<!-- keys: site.yaml logo -->\n<!-- /keys -->\n", '"site.yaml logo" names no block'),
        ("<!-- keys: home -->\nProse.\n<!-- types -->\n<!-- /types -->\n", "no closing comment"),
    ],
)
def test_comment_that_asks_for_no_table_is_refused(text: str, message: str) -> None:
    with pytest.raises(DocsError, match=message):
        write_tables(text)


def test_every_content_type_has_its_table() -> None:
    pages = (CONTENT, CONTENT.with_name("search.md"))
    named = [name for page in pages for name in re.findall(r"<!-- keys: (\S+) -->", page.read_text())]
    shown = {BY_NAME[name].record if name in BY_NAME else RECORDS[name] for name in named}

    assert {each.record for each in CONTENT_TYPES} | set(RECORDS.values()) == shown


def test_no_cell_is_longer_than_one_takes_in() -> None:
    rows = [row for name in (*BY_NAME, *RECORDS) for row in make_table("keys", name).splitlines()]
    long = [cell for row in rows for cell in row.split(" | ") if len(cell.split()) > 30]

    assert long == []


def test_keys_of_blocks_have_dotted_paths() -> None:
    product, site = make_table("keys", "product"), make_table("keys", "site.yaml")

    assert "| `delivery.make_days` | working days |" in product
    assert "| `questions[].question` \\* | line, **needed** |" in product
    assert "| `options.*.values` | list of lines, **needed** |" in product
    assert "**`delivery.methods[]`**: " in site
    assert make_table("keys", "site.yaml theme") in site


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (Amount | None, "amount"),
        (tuple[Line, ...], "list of lines"),
        (tuple[ProductRef, ...], "list of product ids"),
        (Markdown, "Markdown"),
        (Line | tuple[Line, ...], "line or a list of them"),
        (PictureFile | Record, "picture file or block"),
    ],
)
def test_what_a_key_takes_is_said_in_words(hint: object, words: str) -> None:
    assert words_of(value_type(hint)) == words


def test_whole_blocks_of_site_yaml_are_accepted_as_they_are_shown(tmp_path: Path) -> None:
    pattern = r"<!-- added to site\.yaml: (\w+) -->\n\n```yaml\n(.*?)```"
    blocks = dict(re.findall(pattern, CONTENT.read_text(), re.DOTALL))
    base = "name: Shop\nurl: https://shop.example\ncompany: {country: FI, email: a@shop.example}\n"
    shop = Shop(tmp_path, {"site.yaml": base + "".join(blocks.values()), "content/products/bell.yaml": BELL})
    shop.build()
    page = " ".join(shop.html("products/bell/index.html").get_text(" ").split())

    assert blocks.keys() == {"delivery", "returns", "checkout"}
    assert "plus delivery €14.90 (free from €100)" in page
    assert "Order by WhatsApp" in page


@pytest.mark.parametrize(
    "file", [DOCS / "ten-minutes.md", *sorted((DOCS / "recipes").glob("*.md"))], ids=lambda file: str(file.name)
)
def test_blocks_that_a_merchant_copies_are_shown_whole(file: Path) -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```$", file.read_text(), re.DOTALL | re.MULTILINE)

    # On a screen 1280 pixels wide, a block of a guide shows 66 signs.
    assert [line for block in blocks for line in block.splitlines() if len(line) > 66] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DOCS)))
def test_links_of_the_documentation_lead_somewhere(file: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", file.read_text(), flags=re.DOTALL | re.MULTILINE)
    lost = [target for target in _LINK.findall(text) if not leads(file, target)]

    assert lost == []


def leads(file: Path, target: str) -> bool:
    """Say whether a link of a file leads to a file, and to a heading in it."""
    if target.startswith(("http://", "https://", "mailto:")):
        return True
    name, _, heading = target.partition("#")
    there = file.parent / name if name else file
    return there.exists() and (not heading or heading in anchors(there))


def anchors(file: Path) -> Iterator[str]:
    """Yield what links call the headings of a file, as GitHub does."""
    for title in re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_documentation_names_every_section_of_the_themes_words() -> None:
    words = (DOCS.parent / "themes/default/locales/en.yaml").read_text()
    listed = (DOCS / "themes.md").read_text().partition("## Words\n")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \| \S", listed, re.MULTILINE) == re.findall(r"^(\w+):", words, re.MULTILINE)


def test_icon_without_a_description_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = load_theme(DOCS.parent, "default", ("en",))
    bare = theme.static["icons.svg"].replace(b"<!-- cart -->", b"")
    monkeypatch.setitem(write_tables.__globals__, "load_theme", lambda *_: replace(theme, static={"icons.svg": bare}))

    with pytest.raises(DocsError, match="the icon bag has no comment"):
        write_tables("<!-- icons -->\n<!-- /icons -->\n")
