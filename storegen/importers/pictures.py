"""Find pictures of imported products that are on the old shop's server, and download them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

import msgspec

from storegen.importers.cells import once
from storegen.importers.downloads import Fetched, fetch_all
from storegen.importers.formats import HEIF_EXTRA, UNSHOWN
from storegen.importers.hosts import HostPolicy
from storegen.importers.records import ImportedProduct
from storegen.importers.report import Remark
from storegen.markdown.links import find_references

FOLDER = "media/imported"
_SHOWN = re.compile(r"(!\[(?:\\.|[^\[\]\\])*\])\(([^\s()]+)\)")


def remote_pictures(product: ImportedProduct) -> tuple[str, ...]:
    """Return the web addresses of a product's pictures, including those in its description, each once."""
    shown = (found.target for found in find_references(product.description) if found.picture)
    files = (*(picture.file for picture in product.images), *(variant.image for variant in product.variants), *shown)
    return once(file for file in files if file.startswith(("http://", "https://")))


def local_pictures(
    products: Iterable[ImportedProduct],
    write: Callable[[str, bytes], object],
    taken: AbstractSet[str],
    hosts: HostPolicy,
) -> tuple[tuple[ImportedProduct, ...], int, tuple[Remark, ...]]:
    """Download the pictures of all products, and replace their addresses by the file names.

    *write* accepts a file's name below the site and its bytes. *taken* are used names without extension. Returns the
    products, the number of pictures and the failed downloads. After a failure the address is kept, except for pictures
    that no browser shows, which are removed.
    """
    listed = tuple(products)
    owners = {file: product for product in reversed(listed) for file in remote_pictures(product)}
    wanted = once(file for product in listed for file in remote_pictures(product))
    names: dict[str, str] = {}
    unshown: set[str] = set()
    used = set(taken)
    faults: list[Remark] = []
    for fetched in fetch_all(wanted, hosts=hosts):
        owner = owners[fetched.address]
        if fetched.fault:
            dropped = fetched.unshowable or _is_unshown(fetched.address)
            unshown |= {fetched.address} if dropped else set()
            faults.append(_fault(owner, fetched, dropped=dropped))
            continue
        name = free_name(owner.id, used)
        used.add(name)
        write(f"content/{name}{fetched.ending}", fetched.data)
        names[fetched.address] = f"{name}{fetched.ending}"
    made = (_without(_renamed(product, names), unshown) for product in listed)
    return tuple(made), len(names), tuple(faults)


def shown_pictures(products: Iterable[ImportedProduct]) -> tuple[tuple[ImportedProduct, ...], tuple[Remark, ...]]:
    """Remove the remote pictures whose file name shows a format that browsers don't show."""
    made: list[ImportedProduct] = []
    remarks: list[Remark] = []
    message = (
        "a picture of a format that browsers don't show; import with --download to convert it "
        f"(for HEIC, first: {HEIF_EXTRA})"
    )
    for product in products:
        unshown = {file for file in remote_pictures(product) if _is_unshown(file)}
        made.append(_without(product, unshown) if unshown else product)
        remarks += (
            Remark(line=product.line, product=product.id, message=message, found=file, dropped=True)
            for file in sorted(unshown)
        )
    return tuple(made), tuple(remarks)


def _is_unshown(address: str) -> bool:
    return bool(UNSHOWN.search(urlsplit(address).path))


def free_name(identity: str, used: AbstractSet[str]) -> str:
    """Return the next unused name of a picture, without its extension."""
    number = 1
    while f"{FOLDER}/{identity}-{number}" in used:
        number += 1
    return f"{FOLDER}/{identity}-{number}"


def _fault(product: ImportedProduct, fetched: Fetched, *, dropped: bool) -> Remark:
    message = "a picture" if dropped else "a picture was not fetched, its address stays"
    return Remark(
        line=product.line,
        product=product.id,
        message=f"{message}: {fetched.fault}",
        found=fetched.address,
        dropped=dropped,
    )


def _without(product: ImportedProduct, unshown: AbstractSet[str]) -> ImportedProduct:
    """Return a product without the pictures in *unshown*."""
    if not unshown:
        return product
    images = tuple(picture for picture in product.images if picture.file not in unshown)
    variants = tuple(
        msgspec.structs.replace(each, image="") if each.image in unshown else each for each in product.variants
    )
    description = _SHOWN.sub(lambda found: "" if found[2] in unshown else found[0], product.description)
    text = re.sub(r"\n{3,}", "\n\n", description).strip() if description != product.description else description
    return msgspec.structs.replace(product, images=images, variants=variants, description=text)


def _renamed(product: ImportedProduct, names: Mapping[str, str]) -> ImportedProduct:
    images = tuple(
        msgspec.structs.replace(picture, file=names.get(picture.file, picture.file)) for picture in product.images
    )
    variants = tuple(
        msgspec.structs.replace(variant, image=names.get(variant.image, variant.image)) for variant in product.variants
    )
    description = _SHOWN.sub(lambda found: f"{found[1]}({names.get(found[2], found[2])})", product.description)
    return msgspec.structs.replace(product, images=images, variants=variants, description=description)
