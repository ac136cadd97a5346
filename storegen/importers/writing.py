"""An import to content files: nothing is overwritten unasked, each file is old or new at any moment."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from storegen.errors import OutputError, UsageError
from storegen.files import inside, list_files
from storegen.importers.emit import emit_yaml
from storegen.importers.pictures import local_pictures, remote_pictures
from storegen.importers.records import (
    Imported,
    ImportedProduct,
    Node,
    category_fields,
    product_fields,
    sale_fields,
)
from storegen.importers.report import ImportReport, Remark

_SHOWN = 10
_ENDINGS = (".yaml", ".yml", ".md")


def write_imported(imported: Imported, site: Path, *, replace: bool, download: bool) -> ImportReport:
    """Write an import's products, categories and offers below the site's content folder.

    A category that is there already is kept, for it may hold the merchant's words. With *download* the pictures are
    fetched into content/media/imported. Raises UsageError, before anything is written, where the folder is no site, or
    where products or offers are there already; with *replace* these are overwritten where they stand.
    """
    if not (site / "site.yaml").is_file():
        raise UsageError(f"{site}: there is no shop here (no site.yaml); make one with: storegen new DIR")
    there = _there(site)
    _refuse_overwriting(imported, there, replace=replace)
    products, pictures, faults = imported.products, 0, tuple[Remark, ...]()
    if download:
        products, pictures, faults = local_pictures(
            products, lambda name, data: _write(site, name, data), frozenset() if replace else _media(site)
        )
    else:
        faults = _not_fetched(products)
    new = [each for each in imported.categories if _category(each.id) not in there]
    plan = [(_category(each.id), category_fields(each)) for each in new]
    plan += [(_product(each), product_fields(each)) for each in products]
    plan += [(_offer(each.id), sale_fields(each)) for each in imported.sales]
    files = tuple(_emitted(site, there.get(name, name), fields) for name, fields in plan)
    os.sync()  # once for all: a power cut must not leave empty files, and flushing each takes minutes for large shops
    kept = tuple(there[name] for each in imported.categories if (name := _category(each.id)) in there)
    return ImportReport(
        products=len(products),
        variants=imported.variants,
        drafts=sum(product.status == "draft" for product in products),
        categories=len(new),
        offers=len(imported.sales),
        pictures=pictures,
        files=files,
        kept=kept,
        left_out=(*imported.left_out, *(fault for fault in faults if fault.dropped)),
        warnings=(*imported.warnings, *(fault for fault in faults if not fault.dropped)),
    )


def _product(product: ImportedProduct) -> str:
    folder = f"{product.category[0]}/" if product.category else ""
    return f"content/products/{folder}{product.id}.yaml"


def _category(identity: str) -> str:
    return f"content/categories/{identity}.yaml"


def _offer(identity: str) -> str:
    return f"content/offers/{identity}.yaml"


def _there(site: Path) -> dict[str, str]:
    """Return the files that hold what an import may write, by the name that it would write it to.

    A product and an offer are known by the file's own name, wherever it lies; a category by its place in the tree.
    """
    return dict(_found(site))


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
    """Raise UsageError for what is there already; with *replace*, let each be written where it stands."""
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


def _media(site: Path) -> frozenset[str]:
    """Return the names, without ending, of the pictures that earlier imports left."""
    return frozenset(
        re.sub(r"\.[a-z]+$", "", name.removeprefix("content/")) for name in list_files(site, "content/media/imported")
    )


def _emitted(site: Path, name: str, fields: Mapping[str, Node]) -> str:
    return _write(site, name, emit_yaml(fields).encode())


def _write(site: Path, name: str, data: bytes) -> str:
    """Write one file whole: beside its place first, then there."""
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
