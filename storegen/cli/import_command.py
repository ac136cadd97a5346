"""The command storegen import."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from storegen.cli.examples import examples
from storegen.cli.options import site_option
from storegen.errors import ContentError, EncodingError, Problem, StoregenError, UsageError, counted
from storegen.files import read_text
from storegen.importers.arranging import ShopNames, arranged
from storegen.importers.finishing import ARTICLE, STYLE
from storegen.importers.hosts import HostPolicy, host_name
from storegen.importers.records import Imported
from storegen.importers.report import ImportReport, summed_up
from storegen.importers.review_pictures import remote_remark, with_local_pictures
from storegen.importers.reviews import read_reviews, reviews_yaml
from storegen.importers.shopify import read_shopify
from storegen.importers.site_edits import (
    example_files,
    example_texts,
    is_example,
    language_of,
    value_of,
    with_value,
    without_promises,
)
from storegen.importers.woocommerce import read_woocommerce
from storegen.importers.writing import category_files, imported_media, write_file, write_imported
from storegen.load import load_shop
from storegen.load.sections import section_names
from storegen.locale import is_currency, locale_of
from storegen.model.product import variants_of
from storegen.starters import has_starter, or_delete, starter_folder, starter_folders, starter_languages
from storegen.theme import load_theme

READERS = {"shopify": read_shopify, "woocommerce": read_woocommerce}
REVIEWS = "reviews"
REVIEWS_FILE = "content/reviews/imported.yaml"


def _encoding(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return codecs.lookup(value).name if value else ""
    except LookupError:
        raise click.BadParameter(f'expected an encoding like cp1252, found "{value}"') from None


def _hosts(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> HostPolicy:
    wrong = next((each for each in value if "/" in each or not host_name(each)), None)
    if wrong is not None:
        raise click.BadParameter(f'expected the name of a host like pictures.example, found "{wrong}"')
    return HostPolicy(allowed=frozenset(map(host_name, value)))


def _currency(context: click.Context | None, parameter: click.Parameter | None, value: str) -> str:
    code = value.strip().upper()
    if code and not is_currency(code):
        raise click.BadParameter(f'expected a currency code like EUR, found "{value}"')
    return code


def _language(context: click.Context | None, parameter: click.Parameter | None, value: str) -> str:
    try:
        return value.strip() if not value or locale_of(value.strip()) else ""
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    epilog=examples(
        "storegen import shopify products_export.csv",
        ("storegen import woocommerce products.csv --site my-shop --download", "with the pictures"),
        ("storegen import shopify products_export.csv --currency USD --language en", "without questions"),
        ("storegen import reviews judgeme.csv --by Aino", "reviews of the products that the shop has"),
    )
)
@click.argument("platform", type=click.Choice([*sorted(READERS), REVIEWS]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@site_option
@click.option("--replace", is_flag=True, help="Overwrite existing files. Fields that the export doesn't have are kept.")
@click.option("--download", is_flag=True, help="Download the pictures to content/media instead of linking to them.")
@click.option("--by", default="", metavar="NAME", help="Reviews: who wrote the replies (default: the shop's name).")
@click.option("--source", default="", metavar="TEXT", help="Reviews: how they came, such as Judge.me.")
@click.option("--currency", default="", metavar="CODE", callback=_currency, help="The currency of the prices.")
@click.option("--language", default="", metavar="CODE", callback=_language, help="The language of the texts.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    callback=_hosts,
    help="Allow downloads from this host on your machine or local network; may be repeated.",
)
@click.option(
    "--encoding", default="", metavar="NAME", callback=_encoding, help="The file's encoding, such as cp1250, if known."
)
def command(
    platform: str,
    file: Path,
    site: Path,
    *,
    replace: bool,
    download: bool,
    currency: str,
    language: str,
    hosts: HostPolicy,
    encoding: str,
    by: str,
    source: str,
) -> None:
    """Write the products of another platform's export as content files. Print what was left out and why.

    With reviews, FILE is an export of Judge.me, Loox, Yotpo, Stamped, WooCommerce or another table of reviews. In a new
    shop, an import of products also deletes the example product and category. The example promises become comments.
    """
    if not (site / "site.yaml").is_file():
        raise UsageError(f"there is no site.yaml in {site}; make a shop first with: storegen new DIR")
    if platform == REVIEWS:
        _import_reviews(
            file, site, replace=replace, by=by, source=source, encoding=encoding, hosts=hosts if download else None
        )
        return
    imported = READERS[platform](file.read_bytes(), file.name, encoding=encoding)
    before = _site_text(site)
    values = _settled(before, imported, currency, language)
    gone = frozenset[str]().union(*(example_files(site, folder) for folder in starter_folders()))
    retold = _examples_in(values.get("language", ""), site)
    names = _shop_names(site, values.get("language") or language_of(before))
    imported = arranged(imported, names, category_files(site, gone))
    report = write_imported(imported, site, replace=replace, download=download, hosts=hosts, examples=gone)
    for name in retold.keys() - {"site.yaml"}:
        write_file(site, name, retold[name])
    after = _site_with(retold["site.yaml"].decode() if "site.yaml" in retold else before, values)
    if after != before:
        ends = "\r\n" if b"\r\n" in (site / "site.yaml").read_bytes() else "\n"
        write_file(site, "site.yaml", after.replace("\n", ends).encode())
    _show(report, site)
    if retold:
        click.echo(f"the example texts of the new shop are now in {locale_of(values['language']).english_name}")
    _show_changes(after, gone, promised="\ndelivery:" in before and "\ndelivery:" not in after)


def _import_reviews(
    file: Path, site: Path, *, replace: bool, by: str, source: str, encoding: str, hosts: HostPolicy | None
) -> None:
    """Write the reviews of an export into one file. Print what was left out and why.

    The pictures are downloaded from *hosts*; without them, their addresses stay.
    """
    configs, store = load_shop(site)
    if (site / REVIEWS_FILE).exists() and not replace:
        raise UsageError(f"{REVIEWS_FILE} is there already; --replace writes it anew")
    products: dict[str, str] = {}
    for product in store.home.products.values():
        for key in (product.name, product.slug, *(each.sku for each in variants_of(product)), product.sku, product.id):
            if key:
                products[key.casefold()] = product.id
    found = read_reviews(
        file.read_bytes(),
        file.name,
        products,
        by=by or next(iter(configs.values())).name,
        source=source,
        encoding=encoding,
    )
    if hosts is not None:
        used = frozenset[str]() if replace else imported_media(site)
        found = with_local_pictures(found, lambda name, data: write_file(site, name, data), used, hosts)
    if found.reviews:
        write_file(site, REVIEWS_FILE, reviews_yaml(found.reviews).encode())
    for line in summed_up((*found.remarks, *(remote_remark(found) if hosts is None else ()))):
        click.echo(line)
    about = counted(len({each["product"] for each in found.reviews}), "product")
    click.echo(
        f"\n{counted(len(found.reviews), 'review')} of {about} in {REVIEWS_FILE}" if found.reviews else "\nno reviews"
    )


def _examples_in(language: str, site: Path) -> Mapping[str, bytes]:
    """Return the example texts of a new shop that the merchant has not edited, in another language, by file.

    There are none without a language, or if storegen has no example shop in it.
    """
    if not has_starter(language):
        return {}
    target = starter_folder(language)
    names = {name for folder in starter_folders() if folder != target for name in example_texts(site, folder)}
    return {name: (target / name).read_bytes() for name in sorted(names)}


def _site_with(text: str, values: Mapping[str, str]) -> str:
    """Return site.yaml with a currency and a language, and without the promises of a new shop."""
    for language in starter_languages():
        starter = (starter_folder(language) / "site.yaml").read_text("utf-8")
        text = without_promises(text, starter, or_delete=or_delete(language))
    if "currency" in values:
        text = with_value(text, "currency", values["currency"])
    if "language" in values:
        text = with_value(text, "languages", f"[{values['language']}]")
    return text


def _site_text(site: Path) -> str:
    """Return the text of site.yaml, its lines ended by a single character."""
    try:
        return read_text(site, "site.yaml")
    except EncodingError as error:
        raise ContentError([Problem("site.yaml", error.line, "", error.message)]) from None


def _settled(text: str, imported: Imported, currency: str, language: str) -> Mapping[str, str]:
    """Return the currency and the language to write to site.yaml: as given, as the export states them, or as answered.

    A shop whose site.yaml was edited is not asked.
    """
    found: dict[str, str] = {}
    asks = _is_terminal()
    new = is_example(text, "currency")
    if currency or (new and imported.currency):
        found["currency"] = currency or imported.currency
    elif new and asks:
        found["currency"] = _asked("The currency of the prices", value_of(text, "currency"), _currency)
    if language:
        found["language"] = language
    elif new and asks and language_of(text):
        found["language"] = _asked("The language of the texts", language_of(text), _language)
    if language and not language_of(text):
        raise UsageError("--language is for a shop with one language; write languages in site.yaml")
    return found


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(question: str, default: str, check: object) -> str:
    """Return the answer to a question on the terminal. It is asked again until the answer is valid."""
    answer: str = click.prompt(question, default=default, value_proc=lambda text: check(None, None, text))  # type: ignore[operator]
    return answer


def _shop_names(site: Path, language: str) -> ShopNames:
    """Return the theme's names of categories and offers in a language."""
    try:
        words = load_theme(site, "default", (language or "en",)).words[language or "en"]
    except StoregenError:
        return ShopNames()
    return ShopNames(
        other=str(words["categories.other"]),
        everything=str(words["categories.everything"]),
        sale=str(words["offer.sale"]),
        options={ARTICLE: str(words["product.article"]), STYLE: str(words["product.style"])},
        reserved=tuple(section_names(site, "default", language or "en").values()),
    )


def _show(report: ImportReport, site: Path) -> None:
    """Print one line per cause. The notes file contains all details."""
    lines = summed_up(report.notes)
    for line in lines:
        click.echo(line)
    drafts = f", {report.drafts} of them drafts" if report.drafts else ""
    products, variants = counted(report.products, "product"), counted(report.variants, "variant")
    click.echo(f"\n{products} with {variants}{drafts}, {counted(report.categories, 'category', 'categories')}")
    if len(report.notes) > len(lines):
        click.echo(f"all {len(report.notes)} notes: {site / report.notes_file}")


def _show_changes(text: str, gone: frozenset[str], *, promised: bool) -> None:
    """Print what the import changed besides products, and what to do next. *text* is the new site.yaml.

    *promised* says that promises of the new shop were in it.
    """
    if gone:
        click.echo(f"deleted the examples of the new shop: {', '.join(sorted(gone))}")
    if promised:
        click.echo(
            "site.yaml: the example delivery, returns and promises are now comments; write your own in their place"
        )
    if is_example(text, "currency"):
        click.echo("the export doesn't state its currency: set currency in site.yaml, or import with --currency")
    click.echo("next: storegen check")
