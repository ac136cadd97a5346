"""JSON Schemas: they take what a shop takes, and refuse the mistakes that one file shows by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from storegen.checkout import ENTRIES, FACTS
from storegen.cli.main import cli
from storegen.config import PROVIDERS
from storegen.load.redirects import REDIRECTS
from storegen.model.content_types import SEARCH_WORDS, content_type_of
from storegen.model.describe import written_default
from storegen.model.scalars import Count, Flag, Names, Slug
from storegen.model.times import Weekdays
from storegen.schema import make_schemas
from tests.conftest import ROOT

INVALID = Path(__file__).parent / "invalid"
SHOPS = (ROOT, *(site.parent for site in sorted((ROOT / "starter").glob("*/site.yaml"))))
CHECK = Path(sys.executable).with_name("check-jsonschema")

# The mistakes that a schema can't see, by the reason.
UNSEEN: Mapping[str, str] = {
    "another file has to be known": (
        "active-files address-is-a-folder address-of-a-list address-of-a-translation address-twice "
        "address-twice-in-a-list article-number-in-two-files article-number-twice-in-one-list "
        "bundle-dearer-than-its-parts campaign-address category-links category-name-unclear category-without-parent "
        "checkout-price delivery-method-unknown guide-notes link-by-address link-to-nothing-in-text links-to-files "
        "logo-missing offer-texts picture-in-text-missing reference-unknown shopify-without-store "
        "snipcart-currency snipcart-for-nothing stripe-links-missing tax-class-unknown theme-missing theme-tokens "
        "tracking-carriers translation-links translation-of-nothing two-files-for-one-id site-language-without-words "
        "theme-without-order-words category-twice product-of-a-promise sale-at-stripe stripe-links-for-no-article own-words replies-by-nobody token-of-no-theme stripe-links-misplaced"
    ),
    "other keys of the file have to be known": (
        "amount-with-too-many-decimals card-currency card-untaxed delivery-too-heavy article-number-of-two-combinations article-number-of-two-variants "
        "delivery-method-twice no-price option-combination-twice option-unknown options-too-many "
        "provider-before-snipcart provider-beside-snipcart provider-two-carts site-promises "
        "unit-price-that-can-not-be variants-without-options messenger-without-address order-without-address "
        "snipcart-without-key theme-contrast"
    ),
    "the value takes calculation, a list of codes or a provider's rules": (
        "currency-unknown day-that-is-not language-by-name order-bank-account foxy-article-number foxy-without-key order-line-sign "
        "stripe-key ucp-entries site-address-with-a-path theme-outside theme-token-kinds token-lines site-secret secret-as-a-key "
        "secret-in-content secret-in-site-key secret-in-translation secret-on-many-pages"
    ),
    "it is in Markdown": "no-title picture-in-a-line secret-in-text",
    "it is in a table": "sales sales-columns",
    "it is about the file, not about its values": (
        "file-in-utf-16 file-name-is-no-id file-of-no-kind link-from-media-out-of-the-site link-out-of-the-site "
        "link-to-a-folder-above text-file-too-large"
    ),
    "other readers of YAML allow it": (
        "yaml-anchor yaml-control-character yaml-lone-surrogate yaml-merge-key yaml-tag yaml-too-deep"
    ),
    "the picture or drawing itself is wrong": (
        "logo-is-a-picture logo-is-broken logo-is-no-drawing logo-lines logo-not-utf-8 logo-too-large "
        "logo-with-entities logo-with-script picture-empty picture-is-a-folder picture-is-a-web-page "
        "picture-is-another-file picture-of-another-format picture-too-many-pixels picture-truncated"
    ),
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all schemas, as the command writes them."""
    folder = tmp_path_factory.mktemp("schemas")
    cli.main(["schema", "--output", str(folder)], standalone_mode=False)
    return folder


def test_every_schema_is_one_of_its_dialect(schemas: Path) -> None:
    check("--check-metaschema", *map(str, sorted(schemas.iterdir())))


@pytest.mark.parametrize("shop", SHOPS, ids=lambda folder: folder.name)
def test_schemas_take_every_file_of_a_shop(shop: Path, schemas: Path) -> None:
    files = [shop / "site.yaml", *sorted((shop / "content").rglob("*.yaml"))]
    assert faults_of(shop, files, schemas) == {}


@pytest.mark.parametrize("shop", SHOPS, ids=lambda folder: folder.name)
def test_every_file_of_a_shop_names_its_schema(shop: Path) -> None:
    for file in (shop / "site.yaml", *sorted((shop / "content").rglob("*.yaml"))):
        name = file.relative_to(shop)
        path = "../" * (len(name.parts) - 1) + f".storegen/schema/{schema_of(str(name))}"
        assert file.read_text().partition("\n")[0] == f"# yaml-language-server: $schema={path}"


@pytest.mark.slow
def test_schemas_refuse_the_mistakes_that_one_file_shows(schemas: Path, tmp_path: Path) -> None:
    unseen = {case for cases in UNSEEN.values() for case in cases.split()}
    cases = sorted(path.name for path in INVALID.iterdir())
    seen = refused(cases, schemas, tmp_path)

    assert (unseen - (set(cases) - seen), set(cases) - seen - unseen) == (set(), set())


def test_unknown_key_of_a_translation_is_refused(schemas: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    write(shop / "content/products/tea.fi.yaml", "name: Tee\noptions: {Size: Koko}\nimages: [Kuppi]\n")
    write(shop / "content/products/cup.fi.yaml", "name: Kuppi\nprice: 3.00\n")
    files = sorted((shop / "content").rglob("*.yaml"))

    assert list(faults_of(shop, files, schemas)) == ["content/products/cup.fi.yaml"]


def test_values_that_yaml_reads_as_numbers_and_words_are_taken(schemas: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    product = (
        "name: 1984\nsku: 0123\nprice: 59\nstock: 2\ngtin: 4006381333931\nbrand:\noptions: {Size: [15, 16]}\n"
        "questions: [{question: Is it?, answer: yes, date: 2026-11-03}]\ndelivery: {digital: Yes, make_days: 3}\n"
        "description: >\n  A folded\n  text.\nspecs: {1: 2}\nprivate: {cost: 3}\nextra: {a: true}\n"
    )
    write(shop / "content/products/tea.yaml", product)
    site = (
        "name: Shop\nurl: https://shop.example\ncompany: {postcode: 00100, founded: 1998, hours: {Mon: 10:00-17:00}}\n"
        "delivery: {dispatch: {before: 14:00, days: Mon-Fri}}\ntax: {rates: {standard: 25.5}}\nsearch: off\n"
    )
    write(shop / "site.yaml", site)

    assert faults_of(shop, [shop / "site.yaml", shop / "content/products/tea.yaml"], schemas) == {}


def test_new_shop_has_its_schemas(tmp_path: Path) -> None:
    cli.main(["new", str(tmp_path / "shop")], standalone_mode=False)

    names = {file.name for file in (tmp_path / "shop/.storegen/schema").iterdir()}
    assert names == set(make_schemas())


def test_every_provider_has_its_place_in_site_yaml() -> None:
    assert set(PROVIDERS) == set(FACTS)


def test_every_key_says_what_it_is() -> None:
    silent = [(name, key) for name, schema in make_schemas().items() for key in _silent(schema)]
    assert silent == []


def test_every_default_is_a_value_that_its_key_takes() -> None:
    schemas = make_schemas()
    wrong = [
        (name, key, value["default"])
        for name, schema in schemas.items()
        for part in (schema, *schema["$defs"].values())
        for key, value in part.get("properties", {}).items()
        if "default" in value
        and not Draft202012Validator({**value, "$defs": schema["$defs"]}).is_valid(value["default"])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("default", "written"),
    [
        (Flag(1), "yes"),
        (Flag(0), "no"),
        (Count(0), 0),
        (Weekdays((0, 1, 2, 3, 4)), "Mon-Fri"),
        (Weekdays((0, 5)), "Mon, Sat"),
        (Names(("order",)), ["order"]),
        (Slug(""), None),
        ((), None),
    ],
)
def test_defaults_are_written_as_editors_write_them(default: object, written: object) -> None:
    assert written_default(default) == written


def _silent(schema: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys of a schema without a sentence, or with more than one can take in."""
    definitions = schema.get("$defs")
    parts = [schema, *(definitions.values() if isinstance(definitions, dict) else ())]
    for part in parts:
        for key, value in part.get("properties", {}).items():
            if not 0 < len(value["description"].split()) <= 30:
                yield key


def refused(cases: list[str], schemas: Path, folder: Path) -> set[str]:
    """Return the cases of tests/invalid of which a schema refuses a file."""
    for case in cases:
        for file in sorted((INVALID / case).rglob("*")):
            name = str(file.relative_to(INVALID / case))
            if file.suffix in {".yaml", ".yml"} and case != "yaml-lone-surrogate":
                write(folder / case / name, file.read_bytes())
            elif file.suffix == ".md" and (front := file.read_text(errors="replace").split("---\n")[1:2]):
                write(folder / case / name.replace(".md", ".md.yaml"), front[0])
    files = sorted(path for path in folder.rglob("*.yaml"))
    return {name.partition("/")[0] for name in faults_of(folder, files, schemas, below=1)}


def faults_of(shop: Path, files: list[Path], schemas: Path, *, below: int = 0) -> dict[str, str]:
    """Return what the schemas refuse, by file; *below* counts the folders between *shop* and the shop of a file."""
    by_schema = defaultdict[str, list[Path]](list)
    for file in files:
        name = "/".join(file.relative_to(shop).parts[below:])
        if schema := schema_of(name.replace(".md.yaml", ".md")):
            by_schema[schema].append(file)
    found: dict[str, str] = {}
    for schema, group in by_schema.items():
        for fault in check("--schemafile", str(schemas / schema), *map(str, group)):
            found[str(Path(fault["filename"]).relative_to(shop))] = fault["message"]
    return found


def schema_of(name: str) -> str:
    """Return the schema of a file of a shop; an empty string where it has none."""
    file = Path(name)
    if file.parent == Path():
        return "site.json" if name == "site.yaml" else "site.translation.json"
    if file.parent == Path("content/checkout"):
        return f"checkout.{file.stem}.json" if file.stem in ENTRIES else ""
    if name == REDIRECTS:
        return "redirects.json"
    if SEARCH_WORDS.fullmatch(name):
        return "search.json"
    kind = content_type_of(name)
    if kind is None:
        return ""
    return f"{kind.name}.translation.json" if file.name.count(".") > 1 and kind.translated else f"{kind.name}.json"


def check(*arguments: str) -> list[dict[str, str]]:
    """Return what check-jsonschema finds wrong with files, or with schemas."""
    done = subprocess.run([CHECK, "-o", "json", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    if arguments[0] == "--check-metaschema":
        assert report.get("errors", []) == []
    return [*report.get("errors", []), *report.get("parse_errors", [])]


def write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
