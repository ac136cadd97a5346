"""Write an import to content files. Files are replaced atomically and never overwritten without *replace*."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from storegen.errors import ContentError, EncodingError, OutputError, Problem, UsageError, YamlError
from storegen.files import inside, list_files, read_text
from storegen.importers.emit import emit_yaml
from storegen.importers.hosts import HostPolicy
from storegen.importers.merging import Fields, has_local_pictures, merged, without_pictures
from storegen.importers.pictures import local_pictures, remote_pictures, shown_pictures
from storegen.importers.records import (
    Imported,
    ImportedCategory,
    ImportedProduct,
    Node,
    category_fields,
    product_fields,
    sale_fields,
)
from storegen.importers.report import ImportReport, Remark
from storegen.yaml import load_yaml

_SHOWN = 10
_NOTES = "import-notes.txt"
_REDIRECTS = "content/redirects.yaml"
_PUBLIC = HostPolicy()
_COLUMNS = {"sku": "article numbers", "description": "descriptions", "images": "pictures"}
_ENDINGS = (".yaml", ".yml", ".md")


def write_imported(
    imported: Imported,
    site: Path,
    *,
    replace: bool,
    download: bool,
    hosts: HostPolicy = _PUBLIC,
    examples: AbstractSet[str] = frozenset(),
) -> ImportReport:
    """Write an import's products, categories and offers below the site's content folder.

    An existing category is kept, because it may contain the merchant's own text. With *download*, the pictures are
    downloaded to content/media/imported, from *hosts* only. Raises UsageError, before anything is written, if the
    folder is not a site, or if products or offers already exist. With *replace*, existing files are overwritten
    instead, except for values that the export doesn't contain. *examples* are files of a new shop that the import
    replaces: they are deleted.
    """
    if not (site / "site.yaml").is_file():
        raise UsageError(f"{site}: there is no shop here (no site.yaml); make one with: storegen new DIR")
    there = _there(site, examples)
    _refuse_overwriting(imported, there, replace=replace)
    earlier = _earlier(site, imported, there)
    products, pictures, faults = imported.products, 0, tuple[Remark, ...]()
    if download:
        used = frozenset[str]() if replace else imported_media(site)
        products, pictures, faults = local_pictures(
            products, lambda name, data: write_file(site, name, data), used, hosts
        )
        products = _but_downloaded(products, earlier)
    else:
        products, faults = shown_pictures(_but_downloaded(products, earlier))
        faults += _not_fetched(products)
    made, remarks = _merged(imported, products, earlier)
    faults += (*remarks, *lacking_columns(imported))
    needed = _used_categories(imported, (fields for _, fields in made))
    new = [each for each in needed if _category(each.id) not in there]
    files = _written(site, imported, new, made, there)
    for name in examples - set(files):
        inside(site, name).unlink(missing_ok=True)
    report = ImportReport(
        products=len(made),
        variants=imported.variants,
        drafts=sum(fields.get("status") == "draft" for _, fields in made),
        categories=len(new),
        offers=len(imported.sales),
        pictures=pictures,
        files=files,
        kept=tuple(there[name] for each in imported.categories if (name := _category(each.id)) in there),
        left_out=(*imported.left_out, *(fault for fault in faults if fault.dropped)),
        warnings=(*imported.warnings, *(fault for fault in faults if not fault.dropped)),
    )
    return _with_notes_file(site, imported.source, report)


def _written(
    site: Path,
    imported: Imported,
    new: Iterable[ImportedCategory],
    made: Iterable[tuple[ImportedProduct, Fields]],
    there: Mapping[str, str],
) -> tuple[str, ...]:
    """Write the files of categories, products and offers, and return their names."""
    plan: list[tuple[str, Fields]] = [(_category(each.id), category_fields(each)) for each in new]
    plan += [(_product(each), fields) for each, fields in made]
    plan += [(_offer(each.id), sale_fields(each)) for each in imported.sales]
    if redirects := _all_redirects(site, imported.redirects, {product.id for product, _ in made}):
        plan.append((_REDIRECTS, redirects))
    files = tuple(_emitted(site, there.get(name, name), fields) for name, fields in plan)
    os.sync()  # so that a power cut leaves no empty files; to flush each file takes minutes in large shops
    return files


def _all_redirects(site: Path, new: Mapping[str, str], made: AbstractSet[str]) -> Fields:
    """Return the redirects of the shop with new ones, empty if there are no new ones. Old ones are never changed."""
    there: dict[str, Node] = {}
    if inside(site, _REDIRECTS).is_file():
        found = load_yaml(read_text(site, _REDIRECTS))
        there = dict(cast("Fields", found)) if isinstance(found, dict) else {}
    more: dict[str, Node] = {
        old: target
        for old, target in new.items()
        if old not in there and (not target.startswith("product:") or target.removeprefix("product:") in made)
    }
    return {**there, **more} if more else {}


def _with_notes_file(site: Path, source: str, report: ImportReport) -> ImportReport:
    """Write all remarks to a file next to site.yaml, replacing those of the previous import."""
    if not report.notes:
        inside(site, _NOTES).unlink(missing_ok=True)
        return report
    lines = (f"What importing {source} left out or changed", "", *map(str, report.notes))
    write_file(site, _NOTES, "".join(f"{line}\n" for line in lines).encode())
    return msgspec.structs.replace(report, notes_file=_NOTES)


def _earlier(site: Path, imported: Imported, there: Mapping[str, str]) -> dict[str, Fields]:
    """Return the fields of the files to be replaced, keyed by product id.

    Raises ContentError if a file can't be read, UsageError if a file contains several products.
    """
    found: dict[str, Fields] = {}
    for product in imported.products:
        name = there.get(_product(product))
        if name is None:
            continue
        try:
            data = load_yaml(read_text(site, name))
        except (YamlError, EncodingError) as error:
            raise ContentError([Problem(name, error.line, "", error.message)]) from None
        if isinstance(data, list):
            raise UsageError(
                f"{name} contains several products, so --replace can't write {product.id} there; move it away"
            )
        found[product.id] = cast("Fields", data) if isinstance(data, dict) else {}
    return found


def _but_downloaded(products: Iterable[ImportedProduct], earlier: Mapping[str, Fields]) -> tuple[ImportedProduct, ...]:
    """Return products without remote pictures if their files already name pictures in content/media."""
    return tuple(
        without_pictures(product)
        if remote_pictures(product) and has_local_pictures(earlier.get(product.id, {}))
        else product
        for product in products
    )


def _merged(
    imported: Imported, products: Iterable[ImportedProduct], earlier: Mapping[str, Fields]
) -> tuple[list[tuple[ImportedProduct, Mapping[str, Node]]], tuple[Remark, ...]]:
    """Return the products with their fields, merged with those of the existing files, and the remarks."""
    made: list[tuple[ImportedProduct, Mapping[str, Node]]] = []
    remarks: list[Remark] = []
    for product in products:
        if product.id not in earlier:
            made.append((product, product_fields(product)))
            continue
        result = merged(product, earlier[product.id], imported.known, imported.headers)
        if result is None:
            message = "a product with variants that this export can't tell apart; its file stays as it is"
            remarks.append(Remark(line=product.line, product=product.id, message=message, dropped=True))
            continue
        made.append((product, _in_its_category(result.fields, earlier[product.id])))
        if result.kept:
            message = "kept of the file that was there, because the export doesn't say it"
            found = ", ".join(result.kept)
            remarks.append(Remark(line=product.line, product=product.id, message=message, found=found))
    return made, tuple(remarks)


def lacking_columns(imported: Imported) -> tuple[Remark, ...]:
    """Return remarks on product keys that the whole export has no column for."""
    remarks: list[Remark] = []
    if "price" not in imported.known:
        message = "the file has no column for prices, so new products are drafts; export it again with all columns"
        remarks.append(Remark(message=message))
    more = [words for key, words in _COLUMNS.items() if key not in imported.known]
    if more:
        remarks.append(Remark(message="the file has no column for", found=", ".join(more)))
    return tuple(remarks)


def _product(product: ImportedProduct) -> str:
    folder = f"{product.category[0]}/" if product.category else ""
    return f"content/products/{folder}{product.id}.yaml"


def _category(identity: str) -> str:
    return f"content/categories/{identity}.yaml"


def _offer(identity: str) -> str:
    return f"content/offers/{identity}.yaml"


def _there(site: Path, examples: AbstractSet[str] = frozenset()) -> dict[str, str]:
    """Return existing files that the import may write, keyed by the name that it would use, without *examples*.

    A product and an offer are identified by the file's name in any folder, a category by its path in the tree.
    """
    return {key: name for key, name in _found(site) if name not in examples}


def category_files(site: Path, examples: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """Return the ids of a shop's categories, without *examples*."""
    start = "content/categories/"
    return tuple(key[len(start) : -len(".yaml")] for key in _there(site, examples) if key.startswith(start))


def _in_its_category(fields: Fields, earlier: Fields) -> Fields:
    """Return the fields with the category of the existing file: the merchant may have arranged the products."""
    if "category" not in fields or not earlier.get("category"):
        return fields
    return {**fields, "category": earlier["category"]}


def _names_of(value: Node | None) -> list[str]:
    """Return the names in a field that holds one or a list."""
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, Sequence) else []


def _used_categories(imported: Imported, products: Iterable[Fields]) -> Iterator[ImportedCategory]:
    """Yield the categories of products, and those above them."""
    used = {name for fields in products for name in _names_of(fields.get("category"))}
    for each in imported.categories:
        if each.id in used or any(name.startswith(f"{each.id}/") for name in used):
            yield each


def _found(site: Path) -> Iterator[tuple[str, str]]:
    for name in list_files(site, "content/categories"):
        path = PurePosixPath(name)
        if path.suffix in _ENDINGS:
            yield f"{path.parent}/{path.stem}.yaml", name
    for folder in ("products", "offers"):
        for name in list_files(site, f"content/{folder}"):
            path = PurePosixPath(name)
            if path.suffix in _ENDINGS:
                yield f"{folder}:{path.stem}", name


def _refuse_overwriting(imported: Imported, there: dict[str, str], *, replace: bool) -> None:
    """Raise UsageError if files already exist. With *replace*, let the import overwrite each at its present path."""
    wanted = [(f"products:{product.id}", _product(product)) for product in imported.products]
    wanted += [(f"offers:{sale.id}", _offer(sale.id)) for sale in imported.sales]
    taken = [(name, there[key]) for key, name in wanted if key in there]
    if taken and not replace:
        shown = "\n".join(f"  {file}" for _, file in taken[:_SHOWN])
        more = f"\n  and {len(taken) - _SHOWN} more" if len(taken) > _SHOWN else ""
        are = "file is" if len(taken) == 1 else "files are"
        raise UsageError(
            f"{len(taken)} {are} there already; nothing was written. To overwrite, add --replace.\n{shown}{more}"
        )
    there.update(taken)


def _not_fetched(products: Iterable[ImportedProduct]) -> tuple[Remark, ...]:
    remote = {file for product in products for file in remote_pictures(product)}
    if not remote:
        return ()
    message = "pictures still lie on the old shop's server; fetch them with --download before you close it"
    return (Remark(message=message, found=f"{len(remote)}"),)


def imported_media(site: Path) -> frozenset[str]:
    """Return the names, without extension, of pictures from earlier imports."""
    return frozenset(
        re.sub(r"\.[a-z]+$", "", name.removeprefix("content/")) for name in list_files(site, "content/media/imported")
    )


def _emitted(site: Path, name: str, fields: Mapping[str, Node]) -> str:
    return write_file(site, name, emit_yaml(fields).encode())


def write_file(site: Path, name: str, data: bytes) -> str:
    """Write one file of a site atomically: to a temporary file first, which then replaces it."""
    path = inside(site, name)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as stream:
            temporary = stream.name
            stream.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{name} can't be written: {error.strerror}") from None
    return name
