"""Convert category names such as ``Clothing > Footwear`` to paths in the shop's tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from storegen.importers.cells import as_words, once
from storegen.importers.naming import free_name, id_of
from storegen.importers.records import ImportedCategory
from storegen.importers.report import Remark

Path = tuple[str, ...]

# The addresses at the root of a shop that are not categories.
_RESERVED = frozenset(
    "about assets blog brands cart categories checkout contact delivery feed feeds guides media offers people privacy "
    "products returns search sitemap support terms".split()
)

# What shops write for products without a category, in the languages of WooCommerce's default.
_NONE = frozenset(
    (
        "uncategorized",
        "uncategorised",
        "unkategorisiert",
        "non classé",
        "sin categorizar",
        "sin categoría",
        "senza categoria",
        "sem categoria",
        "geen categorie",
        "okategoriserad",
        "bez kategorii",
        "luokittelematon",
        "未分類",
        "未分类",
        "미분류",
    )
)


def split_path(text: str) -> Path:
    """Return the names in ``Clothing > Footwear``, from the root down, none for ``Uncategorized``."""
    path = tuple(filter(None, (as_words(part) for part in text.split(">"))))
    return () if len(path) == 1 and path[0].casefold() in _NONE else path


def make_tree(
    paths: Iterable[Path], remarks: list[Remark], reserved: Iterable[str] = ()
) -> dict[Path, ImportedCategory]:
    """Return the categories of all paths and their parents, keyed by folded names (see `folded`).

    *reserved* are more names that are reserved for pages of the shop. Names that differ only in case are one category.
    Different names that give the same part of an address get a number.
    """
    tree: dict[Path, ImportedCategory] = {}
    kept = _RESERVED.union(reserved)
    taken: set[str] = set(kept)
    for path in paths:
        for depth in range(1, len(path) + 1):
            key = folded(path[:depth])
            if key not in tree:
                parent = tree[key[:-1]].id if key[:-1] else ""
                tree[key] = _category(path[depth - 1], parent, taken, kept, remarks)
                taken.add(tree[key].id)
    return tree


def folded(path: Path) -> Path:
    """Return a path in the form of the tree's mapping keys, without differences of case."""
    return tuple(name.casefold() for name in path)


def category_ids(tree: Mapping[Path, ImportedCategory], paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the category ids of paths, the deepest of each branch first, because it determines the breadcrumb."""
    found = once(tree[folded(path)].id for path in paths if path)
    above = {name for name in found for other in found if other.startswith(f"{name}/")}
    return (*(name for name in found if name not in above), *(name for name in found if name in above))


def _category(
    name: str, parent: str, taken: set[str], kept: AbstractSet[str], remarks: list[Remark]
) -> ImportedCategory:
    slug = id_of(name) or "category"
    if slug.isdigit():
        slug = f"category-{slug}"  # /rings/2/ is the second page of /rings/
    wanted = f"{parent}/{slug}" if parent else slug
    identity = free_name(wanted, taken)
    if identity != wanted:
        why = "is reserved for a page of the shop" if wanted in kept else "is already used by another category"
        message = f"a category got another address, because its own {why}"
        remarks.append(Remark(message=message, found=f"{name} became {identity}"))
    return ImportedCategory(id=identity, name=name)
