"""How many places must be edited to add one thing: a key of a product, a content type.

The edits are data. They are applied to a copy of the package, of its themes and its documentation, and a small shop is
built with the copy. docs/architecture.md, "Where to change what", names the same places.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tests.shop import SITE, tree

pytestmark = pytest.mark.slow

NOW = "2026-11-23T09:50Z"


class Edit(NamedTuple):
    """*text* goes behind the words *after* in a file, which stand there once; without them it is a new file."""

    file: str
    after: str
    text: str


PRODUCT_KEY = (
    Edit(
        "storegen/model/product.py",
        '    brand: TranslatedLine = ""\n    """The brand or manufacturer."""\n',
        '    origin: Line = ""\n    """The country or place where it is made."""\n',
    ),
    Edit("storegen/views/contexts/product.py", '    brand: str = ""\n', '    origin: str = ""\n'),
    Edit("storegen/views/product.py", "        brand=product.brand,\n", "        origin=product.origin,\n"),
    Edit(
        "themes/default/components/product-details/product-details.html",
        "{{ specs(rows=page.specs",
        ' + (((t("product.origin"), page.origin),) if page.origin else ())',
    ),
    Edit("themes/default/locales/en.yaml", "product:\n", "  origin: Made in\n"),
    Edit("themes/default/locales/fi.yaml", "product:\n", "  origin: Valmistuspaikka\n"),
)

CONTENT_TYPE = (
    Edit(
        "storegen/model/location.py",
        "",
        '''"""A place where customers can visit the shop."""

from typing import Annotated

from storegen.model.record import Content, Status
from storegen.model.scalars import Slug
from storegen.model.text import Line, Markdown, OneLine, Ref, TranslatedLine, TranslatedSlug


class Location(Content, frozen=True, kw_only=True):
    """A place where customers can visit the shop."""

    name: TranslatedLine
    """The name."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's address; by default the file's name."""
    street: Line
    """Street and number."""
    nearest: Annotated[str, OneLine(), Ref("location")] = ""
    """The nearest other place."""
    body: Markdown = ""
    """The text below the front matter."""
    status: Status = "published"
    """Whether it is shown."""
''',
    ),
    Edit(
        "storegen/model/content_types.py",
        "from storegen.model.home import Home\n",
        "from storegen.model.location import Location\n",
    ),
    Edit(
        "storegen/model/content_types.py",
        'ENDORSEMENT = ContentType(name="endorsement", folder="endorsements", endings=_YAML, record=Endorsement)\n',
        'LOCATION = ContentType(\n    name="location", folder="locations", endings=(".md",), record=Location, section="locations"\n)\n',
    ),
    Edit("storegen/model/content_types.py", "    PRODUCT,\n", "    LOCATION,\n"),
    Edit(
        "storegen/views/locations.py",
        "",
        '''"""Pages about places."""

import functools
from collections.abc import Iterator

from storegen.addresses import output_path
from storegen.model.location import Location
from storegen.outputs import Output, Page
from storegen.views.catalog import Catalog
from storegen.views.contexts.base import Context
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, Text
from storegen.views.head import alternates, breadcrumbs, head_of
from storegen.views.prose import text_of
from storegen.views.shop import Shop


class LocationPage(Context, frozen=True, kw_only=True):
    """A place where customers can visit the shop."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    name: str
    language: str
    street: str
    body: Text | None


def locations(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the page of every place."""
    rows = shop.content.rows["location"]
    for name, location in shop.content.records["location"].items():
        href = shop.href("location", location)
        yield Page(
            output_path(href),
            "pages/location.html",
            functools.partial(_location, shop, catalog, location),
            shop.language,
            location.file,
            fingerprint=catalog.fingerprint_of(rows[name]),
            listed=href if location.status != "unlisted" else "",
        )


def _location(shop: Shop, catalog: Catalog, location: Location) -> LocationPage:
    href = shop.href("location", location)
    return LocationPage(
        head=head_of(shop, href, title=location.name, alternates=alternates(shop, "location", location.id)),
        breadcrumbs=breadcrumbs(shop, Link(text=location.name, href=href)),
        name=location.name,
        language=shop.text_language(location),
        street=location.street,
        body=text_of(shop, catalog, location.body),
    )
''',
    ),
    Edit(
        "storegen/views/__init__.py",
        "from storegen.views.home import home\n",
        "from storegen.views.locations import locations\n",
    ),
    Edit("storegen/views/__init__.py", "    company,\n", "    locations,\n"),
    Edit(
        "themes/default/pages/location.html",
        "",
        """{% extends "base.html" %}
{% from "components/breadcrumbs/breadcrumbs.html" import breadcrumbs %}
{% from "components/prose/prose.html" import prose %}
{% block breadcrumbs %}{{ breadcrumbs(links=page.breadcrumbs) }}{% endblock %}
{% block main %}
<div class="wrap"{% if page.language %} lang="{{ page.language }}"{% endif %}>
<h1>{{ page.name }}</h1>
<p class="lead">{{ page.street }}</p>
{% if page.body %}{{ prose(text=page.body, kind="long") }}{% endif %}
</div>
{% endblock %}
""",
    ),
    Edit(
        "docs/content.md",
        "other files get `plain`.\n",
        "\n## Locations\n\n`content/locations/*.md`.\n\n<!-- keys: location -->\n<!-- /keys -->\n",
    ),
)


def places(edits: Sequence[Edit]) -> set[str]:
    """Return the places that must be edited: files, and the words of all languages as one."""
    return {str(PurePosixPath(edit.file).parent) if "/locales/" in edit.file else edit.file for edit in edits}


class Copy:
    """The package with some edits, and a shop that it builds."""

    def __init__(self, folder: Path, edits: Sequence[Edit], shop: Mapping[str, str]) -> None:
        self.package, self.shop = folder / "package", folder / "shop"
        for name in ("storegen", "themes", "docs"):
            shutil.copytree(ROOT / name, self.package / name, ignore=shutil.ignore_patterns("__pycache__"))
        for edit in edits:
            self._apply(edit)
        for name, text in shop.items():
            self.write(name, text)

    def _apply(self, edit: Edit) -> None:
        path = self.package / edit.file
        if not edit.after:
            assert not path.exists(), f"{edit.file} is there already"
            path.write_text(edit.text)
            return
        text = path.read_text()
        assert text.count(edit.after) == 1, f"{edit.after!r} stands {text.count(edit.after)} times in {edit.file}"
        path.write_text(text.replace(edit.after, edit.after + edit.text))

    def write(self, name: str, text: str) -> None:
        path = self.shop / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments: str) -> str:
        """Run a command of the copy in the shop's folder; return what it prints, with its exit code if that isn't 0."""
        environment = {**os.environ, "PYTHONPATH": str(self.package)}
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.shop, env=environment, timeout=60
        )
        return done.stdout + done.stderr + (f"exit {done.returncode}" if done.returncode else "")

    def build(self, output: str = "output", *options: str) -> None:
        said = self.run("-m", "storegen", "build", "--jobs", "1", "--now", NOW, "--output", output, *options)
        assert "exit" not in said, said

    def html(self, path: str) -> BeautifulSoup:
        return BeautifulSoup((self.shop / "output" / path).read_text(), "html.parser")

    def schema(self, name: str) -> Mapping[str, dict[str, dict[str, object]]]:
        self.run("-m", "storegen", "schema")
        found: dict[str, dict[str, dict[str, object]]] = json.loads((self.shop / ".storegen/schema" / name).read_text())
        return found

    def tables(self) -> str:
        """Return docs/content.md with its tables written anew."""
        assert self.run(str(self.package / "docs/tables.py")) == ""
        return (self.package / "docs/content.md").read_text()


RING = "name: Rope ring\nprice: 59.00\ndescription: It has no edge.\norigin: Porvoo\n"
LISTED = {
    "content/categories/rings.yaml": "name: Rings\n",
    "content/guides/size.md": "---\ntitle: Size\n---\nText.\n",
    "content/products/rope-ring.yaml": "name: Rope ring\nprice: 59.00\ncategory: rings\n",
}
LOCATION = "---\nname: Our shop\nstreet: Street 1\n---\nOpen on [Fridays](product:rope-ring).\n"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    site = f"{SITE}languages: [en, fi]\n"
    shop = {
        "site.yaml": site.replace('menu: ["category:rings", "guides"]', ""),
        "content/products/rope-ring.yaml": RING,
    }
    copy = Copy(tmp_path_factory.mktemp("key"), PRODUCT_KEY, shop)
    copy.build()
    return copy


@pytest.fixture(scope="module")
def content_type(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    site = SITE.replace('menu: ["category:rings", "guides"]', "")
    promise = "promises: {visit: {title: Come and see, link: 'location:helsinki'}}\nproduct_promises: [visit]\n"
    shop = {
        "site.yaml": f"{site}languages: [en, fi]\n{promise}",
        "content/products/rope-ring.yaml": RING.replace("origin: Porvoo\n", ""),
        "content/locations/helsinki.md": LOCATION,
        "content/locations/helsinki.fi.md": "---\nname: Myymälämme\nslug: myymala\n---\n",
    }
    copy = Copy(tmp_path_factory.mktemp("type"), CONTENT_TYPE, shop)
    copy.build()
    return copy


def test_product_key_takes_five_places_at_most() -> None:
    assert len(places(PRODUCT_KEY)) <= 5


def test_content_type_takes_six_places_at_most() -> None:
    assert len(places(CONTENT_TYPE)) <= 6


@pytest.mark.parametrize(("place", "word"), [("products", "Made in"), ("fi/tuotteet", "Valmistuspaikka")])
def test_product_page_shows_a_new_key(key: Copy, place: str, word: str) -> None:
    rows = key.html(f"{place}/rope-ring/index.html").select(".specs__row")

    assert [word, "Porvoo"] in [
        [part.get_text().replace("\xad", "") for part in row.find_all(["dt", "dd"])] for row in rows
    ]


def test_schema_and_documentation_know_a_new_key(key: Copy) -> None:
    described = key.schema("product.json")["$defs"]["product"]["properties"]

    assert isinstance(described, dict)
    assert described["origin"]["description"] == "The country or place where it is made."
    assert "| `origin` | line | The country or place where it is made. |" in key.tables()


def test_wrong_value_of_a_new_key_is_refused_with_its_place(key: Copy) -> None:
    key.write("content/products/wrong.yaml", "name: Band\nprice: 49.00\norigin: [Porvoo]\n")
    said = key.run("-m", "storegen", "check")
    (key.shop / "content/products/wrong.yaml").unlink()

    assert "content/products/wrong.yaml:3: origin: expected text, found a list\n" in said
    assert said.endswith("exit 1")


def test_page_of_a_new_content_type_is_built_in_each_language(content_type: Copy) -> None:
    page, translated = (
        content_type.html(f"{place}/index.html") for place in ("locations/helsinki", "fi/locations/myymala")
    )

    assert [page.h1.text, translated.h1.text] == ["Our shop", "Myymälämme"]  # type: ignore[union-attr]
    assert page.select_one(".lead").text == translated.select_one(".lead").text == "Street 1"  # type: ignore[union-attr]
    assert page.select_one('.prose a[href="/products/rope-ring/"]')
    assert page.select_one('link[rel="alternate"][hreflang="fi"]')["href"].endswith("/fi/locations/myymala/")  # type: ignore[index, union-attr]
    assert "https://shop.example/locations/helsinki/" in (content_type.shop / "output/sitemap.xml").read_text()


def test_links_to_a_new_content_type_lead_there(content_type: Copy) -> None:
    links = content_type.html("products/rope-ring/index.html").select('.fact a[href="/locations/helsinki/"]')

    assert [link.text for link in links] == ["Our shop"]


def test_reference_to_nothing_of_a_new_content_type_is_refused_with_its_place(content_type: Copy) -> None:
    content_type.write("content/locations/porvoo.md", LOCATION.replace("---\nOpen", "nearest: helsinky\n---\nOpen"))
    said = content_type.run("-m", "storegen", "check")
    (content_type.shop / "content/locations/porvoo.md").unlink()

    assert 'content/locations/porvoo.md:4: nearest: no location "helsinky", did you mean "helsinki"?\n' in said
    assert said.endswith("exit 1")


def test_link_to_nothing_of_a_new_content_type_is_refused_with_its_place(content_type: Copy) -> None:
    content_type.write("content/pages/about.md", "---\ntitle: About\n---\n[Visit](location:helsinky)\n")
    said = content_type.run("-m", "storegen", "check")
    (content_type.shop / "content/pages/about.md").unlink()

    assert 'content/pages/about.md:4: no location "helsinky", did you mean "helsinki"?\n' in said
    assert said.endswith("exit 1")


def test_schema_and_documentation_know_a_new_content_type(content_type: Copy) -> None:
    whole, translation = (content_type.schema(f"location{kind}.json")["properties"] for kind in ("", ".translation"))

    assert list(whole) == ["name", "slug", "street", "nearest", "status"]
    assert list(translation) == ["name", "slug", "body"]
    assert "| `street` | line, **needed** | Street and number. |" in content_type.tables()


def test_new_name_in_a_new_content_type_reaches_every_page_that_shows_it(content_type: Copy) -> None:
    content_type.write("content/locations/helsinki.md", LOCATION.replace("Our shop", "The workshop"))
    content_type.build()
    content_type.build("clean", "--cache", "cache")
    shown = content_type.html("products/rope-ring/index.html").text
    chained, clean = tree(content_type.shop / "output"), tree(content_type.shop / "clean")
    content_type.write("content/locations/helsinki.md", LOCATION)
    content_type.build()

    assert "The workshop" in shown
    assert chained == clean


def test_new_content_type_may_have_no_words_to_translate(tmp_path: Path) -> None:
    plain = {
        "TranslatedLine": "Line",
        "TranslatedSlug": "Slug",
        "Line, Markdown, OneLine, Ref, Line, Slug": "Line, OneLine, Ref",
        "Markdown": "Line",
    }
    edits = [edit._replace(text=_replaced(edit.text, plain)) for edit in CONTENT_TYPE]
    copy = Copy(tmp_path, edits, {"site.yaml": SITE, "content/locations/helsinki.md": LOCATION} | LISTED)

    copy.build()

    assert copy.html("locations/helsinki/index.html").h1.text == "Our shop"  # type: ignore[union-attr]
    assert not (copy.shop / ".storegen/schema/location.translation.json").exists()


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
