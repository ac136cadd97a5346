"""Download the pictures of imported reviews, and replace their addresses with file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from storegen.importers.downloads import fetch_all
from storegen.importers.hosts import HostPolicy
from storegen.importers.pictures import free_name
from storegen.importers.records import Node
from storegen.importers.report import Remark
from storegen.importers.reviews import ImportedReviews


def with_local_pictures(
    found: ImportedReviews, write: Callable[[str, bytes], object], taken: AbstractSet[str], hosts: HostPolicy
) -> ImportedReviews:
    """Download the pictures of reviews. If one fails, its address is kept, unless no browser can show the picture.

    *write* accepts a file's name below the site and its bytes. *taken* are used names without extension.
    """
    owners = {address: str(review["product"]) for review in found.reviews for address in _pictures(review)}
    names: dict[str, str] = {}
    used, remarks = set(taken), list(found.remarks)
    for fetched in fetch_all(owners, hosts=hosts):
        if fetched.fault:
            left = "a picture" if fetched.unshowable else "a picture was not fetched, its address stays"
            message = f"{left}: {fetched.fault}"
            remarks.append(Remark(message=message, found=fetched.address, dropped=fetched.unshowable))
            names |= {fetched.address: ""} if fetched.unshowable else {}
            continue
        name = free_name(f"review-{owners[fetched.address]}", used)
        used.add(name)
        write(f"content/{name}{fetched.ending}", fetched.data)
        names[fetched.address] = f"{name}{fetched.ending}"
    return ImportedReviews(reviews=tuple(_renamed(review, names) for review in found.reviews), remarks=tuple(remarks))


def remote_remark(found: ImportedReviews) -> tuple[Remark, ...]:
    """Return the remark that pictures of reviews are on another server, if there are any."""
    remote = {address for review in found.reviews for address in _pictures(review)}
    message = "pictures still lie on the other service's server; fetch them with --download before you close it"
    return (Remark(message=message, found=f"{len(remote)}"),) if remote else ()


def _pictures(review: Mapping[str, Node]) -> Sequence[str]:
    images = review.get("images", ())
    return [str(each) for each in images] if isinstance(images, tuple) else []


def _renamed(review: Mapping[str, Node], names: Mapping[str, str]) -> Mapping[str, Node]:
    """Return a review with the names of its files. A picture without a file is left out."""
    images = tuple(filter(None, (names.get(address, address) for address in _pictures(review))))
    return {key: images if key == "images" else value for key, value in review.items() if key != "images" or images}
