"""Facets of a category: the filters above its products, made from the facts of the products."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import msgspec

from storegen.addresses import slugify
from storegen.locale import money_text, without_unit
from storegen.model.money import Money
from storegen.search.facets import NOW, Facts, bounds_of, merged, number_of
from storegen.views.contexts.facets import Facet, FacetValue
from storegen.views.shop import Shop

_MOST, _MOST_VALUES = 5, 60  # facets of options if the category names none, and values of each
_MANY = 7  # different numbers; more are shown as ranges
_RATINGS = (4, 3)
# Keys of addresses that mean something else, or that the fixed facets have.
_TAKEN = frozenset("sort q code variant brand price rating stock sale tags".split())


class MadeFacet(msgspec.Struct, frozen=True):
    """A facet of a list.

    *members* are the positions of the products that have each value. A facet of ranges has *bounds* and *numbers*
    instead: one number for each product. *option* is the label of its option, empty if the facet is no option.
    """

    facet: Facet
    members: tuple[tuple[int, ...], ...] = ()
    bounds: tuple[Decimal, ...] = ()
    numbers: tuple[Decimal | None, ...] = ()
    option: str = ""


def facets_of(shop: Shop, names: Sequence[str], facts: Sequence[Facts]) -> list[MadeFacet]:
    """Return the facets of a list with these names: those of FIXED, options and specs. Useless ones are left out."""
    found: dict[str, MadeFacet] = {}
    for name in names:
        make = FIXED.get(name)
        made = make(shop, facts) if make else _named(shop, name, facts)
        if made is not None and made.facet.key not in found:
            found[made.facet.key] = made
    return list(found.values())


def common_options(facts: Sequence[Facts], settled: frozenset[str]) -> list[str]:
    """Return the labels of the options that divide the list, the most frequent ones first, without those *settled*.

    An option whose values are all different, such as article numbers, divides nothing.
    """
    counts: dict[str, Counter[str]] = {}
    for each in facts:
        for option in (option for option in each.options if option.name not in settled):
            counts.setdefault(option.label, Counter()).update(option.values)
    useful = {
        label: values.total()
        for label, values in counts.items()
        if len(values) <= _MOST_VALUES and max(values.values()) > 1
    }
    return sorted(useful, key=lambda label: -useful[label])[:_MOST]


def _named(shop: Shop, name: str, facts: Sequence[Facts]) -> MadeFacet | None:
    """Return the facet of an option or of a spec."""
    label = next(
        (option.label for each in facts for option in each.options if name in {option.name, option.label}),
        "",
    )
    if label:
        lists = [option.values for each in facts for option in each.options if option.label == label]
        has = [[v for option in each.options if option.label == label for v in option.values] for each in facts]
        return _of_values(label, merged(lists), has, option=label)
    told = [next((value for key, value in each.specs if key == name), "") for each in facts]
    values = dict.fromkeys(filter(None, told))
    numbers = [number_of(value) for value in told]
    units = {number[1] for number in numbers if number}
    if (
        len(values) > _MANY
        and len(units) == 1
        and all(number for number, value in zip(numbers, told, strict=True) if value)
    ):
        unit = f"\u00a0{units.pop()}".rstrip("\u00a0")
        return _range(
            shop, name, _free(slugify(name)), [number and number[0] for number in numbers], lambda n: f"{n}{unit}"
        )
    ordered = merged([sorted(values, key=shop.sort_key)])
    return _of_values(name, ordered, [[value] if value else [] for value in told])


def _brand(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    brands = sorted({each.brand for each in facts if each.brand}, key=shop.sort_key)
    has = [[each.brand] if each.brand else [] for each in facts]
    return _of_values(shop.word("list.brand"), brands, has, key="brand")


def _tags(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    def label(tag: str) -> str:
        badge = shop.config.badges.get(tag)
        return badge.text if badge else tag

    has = [[label(tag) for tag in each.tags] for each in facts]
    tags = sorted({tag for each in has for tag in each}, key=shop.sort_key)
    return _of_values(shop.word("list.tags"), tags, has, key="tags")


def _price(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    def text(amount: Decimal) -> str:
        return money_text(Money(amount, shop.content.currency), shop.language, short=True)

    return _range(shop, shop.word("list.price"), "price", [each.price for each in facts], text)


def _rating(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    labels = {shop.word("list.rating_from", count=number): number for number in _RATINGS}
    has = [[label for label, number in labels.items() if each.rating >= number * 10] for each in facts]
    counts = {label: sum(label in each for each in has) for label in labels}
    first = {count: label for label, count in reversed(counts.items())}  # "from 3" adds nothing to the same as "from 4"
    useful = [label for label, count in counts.items() if 0 < count < len(facts) and first[count] == label]
    keys = [str(labels[label]) for label in useful]
    return _of_values(shop.word("list.rating"), useful, has, key="rating", fewest=1, keys=keys)


def _stock(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    return _switch(shop, "stock", "in_stock", [NOW in (each.had or bytes([NOW])) for each in facts])


def _sale(shop: Shop, facts: Sequence[Facts]) -> MadeFacet | None:
    known = [each.sale or any(later.sale for later in each.later) for each in facts]
    return _switch(shop, "sale", "on_sale", [each.sale for each in facts], wanted=any(known))


def _switch(shop: Shop, key: str, word: str, has: Sequence[bool], *, wanted: bool = False) -> MadeFacet | None:
    if not wanted and not 0 < sum(has) < len(has):
        return None
    value = FacetValue(key="yes", label=shop.word(f"list.{word}"))
    places = tuple(place for place, each in enumerate(has) if each)
    return MadeFacet(Facet(key=key, label=shop.word(f"list.{key}"), values=(value,)), (places,))


def _range(
    shop: Shop, label: str, key: str, numbers: Sequence[Decimal | None], text: Callable[[Decimal], str]
) -> MadeFacet | None:
    """Return a facet of ranges of numbers, None if there is only one range."""
    bounds = bounds_of([number for number in numbers if number is not None])
    if not bounds or not label:
        return None
    ends = (None, *bounds, None)
    values = []
    for low, high in itertools.pairwise(ends):
        if low is None:
            shown = shop.word("list.under", number=text(high or Decimal(0)))
        elif high is None:
            shown = shop.word("list.over", number=text(low))
        else:
            first = without_unit(text(low), text(high))
            shown = shop.word("list.range", first=first, last=text(high))
        key_of = "-".join("" if end is None else f"{end.normalize():f}" for end in (low, high))
        values.append(FacetValue(key=key_of, label=shown))
    return MadeFacet(Facet(key=key, label=label, values=tuple(values)), bounds=bounds, numbers=tuple(numbers))


def _of_values(
    label: str,
    values: Sequence[str],
    has: Sequence[Sequence[str]],
    *,
    key: str = "",
    option: str = "",
    fewest: int = 2,
    keys: Sequence[str] = (),
) -> MadeFacet | None:
    """Return a facet of named values, None if there are too few. Values with the same key in addresses become one."""
    names = dict(zip(values, keys or [slugify(value) or value for value in values], strict=True))
    shown: dict[str, str] = {}
    for value, name in names.items():
        shown.setdefault(name, value)
    if len(shown) < fewest or not label:
        return None
    members: dict[str, list[int]] = {name: [] for name in shown}
    for place, each in enumerate(has):
        for name in dict.fromkeys(names[value] for value in each if value in names):
            members[name].append(place)
    facet = Facet(
        key=key or _free(slugify(label)),
        label=label,
        values=tuple(FacetValue(key=name, label=value) for name, value in shown.items()),
    )
    return MadeFacet(facet, tuple(tuple(each) for each in members.values()), option=option)


def _free(key: str) -> str:
    """Return a key for addresses that has no other meaning there."""
    return f"{key}-2" if key in _TAKEN else key


FIXED: Mapping[str, Callable[[Shop, Sequence[Facts]], MadeFacet | None]] = {
    "brand": _brand,
    "price": _price,
    "rating": _rating,
    "stock": _stock,
    "sale": _sale,
    "tags": _tags,
}
