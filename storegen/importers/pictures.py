"""Pictures of imported products: which still lie on the old shop's server, and fetching them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from storegen.importers.cells import once
from storegen.importers.downloads import Fetched, fetch_all
from storegen.importers.records import ImportedProduct
from storegen.importers.report import Remark, gathered
from storegen.references import find_references

FOLDER = "media/imported"
_SHOWN = re.compile(r"(!\[(?:\\.|[^\[\]\\])*\])\(([^\s()]+)\)")


def remote_pictures(product: ImportedProduct) -> tuple[str, ...]:
    """Return the addresses on the web of a product's pictures, those in its description too, each once."""
    shown = (found.target for found in find_references(product.description) if found.picture)
    files = (*(picture.file for picture in product.images), *(variant.image for variant in product.variants), *shown)
    return once(file for file in files if file.startswith(("http://", "https://")))


def local_pictures(
    products: Iterable[ImportedProduct], write: Callable[[str, bytes], object], taken: AbstractSet[str]
) -> tuple[tuple[ImportedProduct, ...], int, tuple[Remark, ...]]:
    """Fetch the pictures of all products and let the products name the files.

    *write* takes a file's name below the site and its bytes; *taken* holds names (without ending) that are in use.
    Returns the products, the number of pictures and what could not be fetched: there the address stays.
    """
    listed = tuple(products)
    owners = {file: product for product in reversed(listed) for file in remote_pictures(product)}
    wanted = once(file for product in listed for file in remote_pictures(product))
    names: dict[str, str] = {}
    used = set(taken)
    faults: list[Remark] = []
    for fetched in fetch_all(wanted):
        owner = owners[fetched.address]
        if fetched.fault:
            faults.append(_fault(owner, fetched))
            continue
        name = _next(owner.id, used)
        used.add(name)
        write(f"content/{name}{fetched.ending}", fetched.data)
        names[fetched.address] = f"{name}{fetched.ending}"
    return tuple(_renamed(product, names) for product in listed), len(names), gathered(faults)


def _next(identity: str, used: AbstractSet[str]) -> str:
    number = 1
    while f"{FOLDER}/{identity}-{number}" in used:
        number += 1
    return f"{FOLDER}/{identity}-{number}"


def _fault(product: ImportedProduct, fetched: Fetched) -> Remark:
    message = f"a picture was not fetched, its address stays: {fetched.fault}"
    return Remark(line=product.line, product=product.id, message=message, found=fetched.address)


def _renamed(product: ImportedProduct, names: Mapping[str, str]) -> ImportedProduct:
    images = tuple(
        msgspec.structs.replace(picture, file=names.get(picture.file, picture.file)) for picture in product.images
    )
    variants = tuple(
        msgspec.structs.replace(variant, image=names.get(variant.image, variant.image)) for variant in product.variants
    )
    description = _SHOWN.sub(lambda found: f"{found[1]}({names.get(found[2], found[2])})", product.description)
    return msgspec.structs.replace(product, images=images, variants=variants, description=description)
