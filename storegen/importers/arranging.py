"""Arrange the categories of an import: fold levels that nobody needs, and give every product a category.

An export's tree is often somebody else's: a taxonomy of all goods in the world, or one level above everything.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from storegen.importers.finishing import ARTICLE, STYLE, with_names
from storegen.importers.naming import id_of
from storegen.importers.records import Imported, ImportedCategory, ImportedProduct
from storegen.importers.report import Remark
from storegen.importers.tree import Path, category_ids, folded, make_tree

_LAST = 2000  # the position of the category for the rest; others have 1000
_ON_HOME = 24  # the home page of a shop without categories shows so many products
_LONGEST_TAG = 40


class ShopNames(msgspec.Struct, frozen=True, kw_only=True):
    """Names in the shop's language.

    *other* is the category of the products that fit in no other one. If these are all products, it is *everything*.
    *sale* is the name of an offer. *options* are the names of the options that tell variants apart, keyed by ARTICLE
    and STYLE. *reserved* are the first parts of the shop's own addresses.
    """

    other: str = "Other"
    everything: str = "All products"
    sale: str = "Sale"
    options: Mapping[str, str] = msgspec.field(default_factory=lambda: {name: name for name in (ARTICLE, STYLE)})
    reserved: tuple[str, ...] = ()


_ENGLISH = ShopNames()


def arranged(imported: Imported, names: ShopNames = _ENGLISH, existing: Iterable[str] = ()) -> Imported:
    """Return an import with a simpler tree, in which every product has a category if there are any or many products.

    *existing* are the ids of the shop's categories. A product whose category is among them is put there. Old addresses
    of categories are added to the redirects.
    """
    known = {identity.rpartition("/")[2]: identity for identity in sorted(existing, reverse=True)}
    before = {each.id: path for each, path in _named_paths(imported.categories)}
    raw = {product.id: _own_paths(product, before) for product in imported.products}
    placed = {name: _placed(paths, known) for name, paths in raw.items()}
    paths = _folded_paths({name: paths for name, paths in raw.items() if paths and not placed[name]}, imported.levels)
    remarks = list(_simpler(raw, paths)) if not known else []
    lost = [each for each in imported.products if not raw[each.id]]
    paths |= _from_tags(lost, paths, remarks)
    paths |= _from_brands([each for each in lost if each.id not in paths], remarks)
    remains = [each.id for each in lost if each.id not in paths]
    rest = names.other if paths or known else names.everything
    if rest == names.everything and sum(each.status != "draft" for each in lost) <= _ON_HOME:
        remains = []
    paths |= dict.fromkeys(remains, ((rest,),))
    if remains and rest == names.other:
        message = f'products without a category, a tag or a brand in common with others are in the category "{rest}"'
        remarks.append(Remark(message=message, found=str(len(remains))))
    tree = make_tree(_sorted_paths(paths.values()), remarks, names.reserved)
    if (last := tree.get(folded((rest,)))) and remains and rest == names.other:
        tree[folded((rest,))] = msgspec.structs.replace(last, order=_LAST)
    ids = {name: placed[name] or category_ids(tree, paths.get(name, ())) for name in raw}
    return msgspec.structs.replace(
        imported,
        products=tuple(
            with_names(msgspec.structs.replace(each, category=ids[each.id]), names.options)
            for each in imported.products
        ),
        categories=tuple(tree.values()),
        sales=tuple(msgspec.structs.replace(each, name=names.sale) for each in imported.sales),
        redirects={**imported.redirects, **dict(_redirects(imported, before, ids))},
        remarks=(*imported.remarks, *remarks),
    )


def _named_paths(categories: Iterable[ImportedCategory]) -> Iterator[tuple[ImportedCategory, Path]]:
    """Yield each category with the names from the root down to it."""
    names = {each.id: each.name for each in categories}
    for each in categories:
        parts = each.id.split("/")
        yield each, tuple(names["/".join(parts[: depth + 1])] for depth in range(len(parts)))


def _own_paths(product: ImportedProduct, named: Mapping[str, Path]) -> tuple[Path, ...]:
    return _deepest(named[name] for name in product.category)


def _deepest(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the paths of a product, each once, without those above another one of them."""
    found = {folded(path): path for path in paths}
    above = {key[:depth] for key in found for depth in range(len(key))}
    return tuple(path for key, path in found.items() if key not in above)


def _placed(paths: Iterable[Path], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the existing categories that a product's paths end in, or lead through."""
    found = (next((known[slug] for name in reversed(path) if (slug := id_of(name)) in known), "") for path in paths)
    return tuple(dict.fromkeys(filter(None, found)))


def _folded_paths(paths: Mapping[str, tuple[Path, ...]], levels: int) -> dict[str, tuple[Path, ...]]:
    """Return the paths of each product without the levels that nobody needs. *levels* is the most that remain."""
    made = _without_top(_without_chains(_without_small(paths)))
    if levels:
        made = {name: _deepest(path[-levels:] for path in own) for name, own in made.items()}
        made = _without_chains(_without_small(made))
    return made


def _products_below(paths: Mapping[str, tuple[Path, ...]]) -> Counter[Path]:
    """Return the number of products in each category, including its subcategories. Keys are `folded` paths."""
    return Counter(
        above
        for own in paths.values()
        for above in {folded(path[:depth]) for path in own for depth in range(1, len(path) + 1)}
    )


def _without_small(paths: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Move a product that is alone in a subcategory to the category above, if that has other products."""
    cut = functools.partial(_with_company, _products_below(paths))
    return {name: _deepest(map(cut, own)) for name, own in paths.items()}


def _with_company(count: Mapping[Path, int], path: Path) -> Path:
    """Return the deepest part of a path with several products, or all of it if there is none."""
    depths = (depth for depth in range(len(path), 0, -1) if count[folded(path[:depth])] > 1)
    return path[: next(depths, len(path))]


def _without_chains(paths: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Drop categories whose products are all in a single subcategory."""
    count = _products_below(paths)
    below: dict[Path, set[Path]] = {}
    for path in count:
        below.setdefault(path[:-1], set()).add(path)
    dropped = {
        path
        for path, children in below.items()
        if path and len(children) == 1 and count[next(iter(children))] == count[path]
    }
    cut = functools.partial(_without_levels, dropped)
    return {name: _deepest(map(cut, own)) for name, own in paths.items()}


def _without_levels(dropped: AbstractSet[Path], path: Path) -> Path:
    return tuple(name for depth, name in enumerate(path, 1) if folded(path[:depth]) not in dropped)


def _without_top(paths: Mapping[str, tuple[Path, ...]]) -> dict[str, tuple[Path, ...]]:
    """Drop the top level if it is one category with everything, and all products have a deeper one."""
    tops = {folded(path[:1]) for own in paths.values() for path in own}
    if len(tops) != 1 or any(len(path) < 2 for own in paths.values() for path in own):
        return dict(paths)
    return {name: _deepest(path[1:] for path in own) for name, own in paths.items()}


def _simpler(raw: Mapping[str, tuple[Path, ...]], made: Mapping[str, tuple[Path, ...]]) -> Iterator[Remark]:
    """Yield a remark if the tree has fewer categories than the export's."""
    before, after = (len(_products_below(paths)) for paths in (raw, made))
    if after < before:
        message = "categories with one subcategory, or with a single product, were merged with those above or below"
        yield Remark(message=message, found=f"{before} became {after}")


def _from_tags(
    lost: Iterable[ImportedProduct], paths: Mapping[str, tuple[Path, ...]], remarks: list[Remark]
) -> dict[str, tuple[Path, ...]]:
    """Return categories for products without one: a category of the same name as a tag, or the most common tags."""
    there = {own[-1].casefold(): own for each in paths.values() for own in each}
    found: dict[str, tuple[Path, ...]] = {}
    waiting: dict[str, dict[str, str]] = {}
    for product in lost:
        tags = {tag.casefold(): tag for tag in reversed(product.tags) if _names_a_kind(tag)}
        same = next((there[tag] for tag in reversed(tags) if tag in there), None)
        if same:
            found[product.id] = (same,)
        else:
            waiting[product.id] = tags
    counts = Counter(tag for tags in waiting.values() for tag in tags)
    useless = {tag for tag, number in counts.items() if number == len(waiting) and not paths}  # it divides nothing
    while chosen := _most_common(waiting.values(), useless):
        name = next(tags[chosen] for tags in waiting.values() if chosen in tags)
        for taken in [identity for identity, tags in waiting.items() if chosen in tags]:
            found[taken] = ((name[:1].upper() + name[1:],),)
            del waiting[taken]
    if found:
        message = "products without a category got one from their tags; look whether these are good categories"
        remarks.append(Remark(message=message, found=str(len(found))))
    return found


def _most_common(tags: Iterable[Mapping[str, str]], useless: AbstractSet[str]) -> str:
    """Return the tag that most products have, at least two; empty if there is none. *useless* ones don't count."""
    counts = Counter(tag for own in tags for tag in own if tag not in useless)
    common = [(-number, tag) for tag, number in counts.items() if number > 1]
    return min(common)[1] if common else ""


def _names_a_kind(tag: str) -> bool:
    """Return whether a tag may be a category's name, not a property such as ``color:red`` or ``size_40``."""
    return len(tag) <= _LONGEST_TAG and not set(tag) & set(":=_/|") and any(map(str.isalpha, tag))


def _from_brands(lost: list[ImportedProduct], remarks: list[Remark]) -> dict[str, tuple[Path, ...]]:
    """Return the brand as the category of products without one, if there are several brands."""
    counts = Counter(product.brand for product in lost if product.brand)
    if len(counts) < 2:
        return {}
    found: dict[str, tuple[Path, ...]] = {
        product.id: ((product.brand,),) for product in lost if counts[product.brand] > 1
    }
    if found:
        message = "products without a category got one from their brand; look whether these are good categories"
        remarks.append(Remark(message=message, found=str(len(found))))
    return found


def _sorted_paths(found: Iterable[tuple[Path, ...]]) -> Iterator[Path]:
    return (path for own in found for path in own)


def _redirects(
    imported: Imported, before: Mapping[str, Path], ids: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield the old addresses of products and categories with references to the new pages, where both differ."""
    for product in imported.products:
        if product.address and product.address.strip("/") != f"products/{product.id}":
            yield product.address, f"product:{product.id}"
    if not imported.collections:
        return
    for old, path in before.items():
        inside = [
            ids[product.id][0]
            for product in imported.products
            if ids[product.id] and any(name == old or name.startswith(f"{old}/") for name in product.category)
        ]
        if not inside:
            continue
        slugs = [id_of(name) for name in path]
        whole = imported.collections.endswith("/")
        address = f"{imported.collections}{'/'.join(slugs)}/" if whole else f"{imported.collections}/{slugs[-1]}"
        if all(slug.isascii() and slug for slug in slugs):
            yield address, f"category:{_shared_category(inside)}"


def _shared_category(found: list[str]) -> str:
    """Return the deepest category that contains all categories of a list, or the most frequent one."""
    levels = zip(*(name.split("/") for name in found), strict=False)
    shared = [level[0] for level in itertools.takewhile(lambda level: len(set(level)) == 1, levels)]
    return "/".join(shared) or Counter(found).most_common(1)[0][0]
