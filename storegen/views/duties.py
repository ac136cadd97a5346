"""Which duties of the law bind a shop, and how each is met or what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from storegen.config import Config
from storegen.duties.binding import binding, in_force
from storegen.duties.duty import Duty
from storegen.errors import Problem
from storegen.model.product import Product
from storegen.views.duty_checks import CHECKS, Case
from storegen.views.shop import Shop

State = Literal["missing", "yours", "met", "off", "later"]


class DutyStatus(msgspec.Struct, frozen=True):
    """A duty that binds the shop, and its state.

    ``missing``: the *problems* say what is missing. ``yours``: only the merchant can do or judge it. ``met``: *how*
    says by what. ``off``: turned off for the reason in *how*. ``later``: not in force yet.
    """

    duty: Duty
    state: State
    countries: tuple[str, ...]
    how: str = ""
    problems: tuple[Problem, ...] = ()


def duty_statuses(site: Path, shop: Shop) -> tuple[DutyStatus, ...]:
    """Return the state of each duty that binds a shop, in the order of the table. *shop* is in its first language."""
    case = Case(site, shop, tuple(_products(shop)))
    sold = {group for _, group in case.products}
    sold |= {"digital" if product.digital else "goods" for product, _ in case.products}
    if shop.store.reviews:
        sold.add("reviews")
    if any(product.guarantee for product, _ in case.products):
        sold.add("guarantee")
    return tuple(_status(case, duty) for duty in binding(shop.config, sold).values())


def _products(shop: Shop) -> Iterator[tuple[Product, str]]:
    for product in shop.content.products.values():
        if product.status != "draft":
            yield product, _group(shop, product)


def _group(shop: Shop, product: Product) -> str:
    """Return the group of goods of a product: its own, or that of the nearest category."""
    if product.goods:
        return product.goods
    for name in product.category:
        category = shop.content.category_named(name)
        while category is not None:
            if category.goods:
                return category.goods
            category = shop.content.categories.get(category.parent)
    return "general"


def _status(case: Case, duty: Duty) -> DutyStatus:
    config = case.shop.config
    countries = tuple(sorted(map(str, _countries(config, duty))))
    if duty.id in config.duties.off:
        return DutyStatus(duty, "off", countries, config.duties.off[duty.id])
    if not in_force(duty, case.shop.clock):
        return DutyStatus(duty, "later", countries, f"in force from {duty.since}")
    problems = tuple(dict.fromkeys(_problems(case, duty)))
    if problems:
        return DutyStatus(duty, "missing", countries, duty.yours, problems)
    how = "; ".join(filter(None, (duty.drawn, _given(case, duty))))
    checked = how or duty.rule
    if not checked or duty.mark == "open":
        return DutyStatus(duty, "yours", countries, duty.yours)
    return DutyStatus(duty, "met", countries, "; ".join(filter(None, (how, duty.yours and f"yours: {duty.yours}"))))


def _countries(config: Config, duty: Duty) -> Iterator[str]:
    """Yield the countries of the company and of its buyers in which a duty binds the shop."""
    if config.company.country in duty.sellers:
        yield config.company.country
    named = {code for codes in config.delivery.countries.values() for code in codes}
    named |= {code for market in config.markets.values() for code in market.countries}
    yield from ({*named, config.company.country} & duty.buyers) - {config.company.country if duty.sellers else ""}


def _problems(case: Case, duty: Duty) -> Iterator[Problem]:
    for need in duty.needs:
        if not any(_has(case.shop.config, key) for key in need.split("|")):
            keys = [key.partition("=")[0] for key in need.split("|")]
            also = f" (or {' or '.join(dict.fromkeys(keys[1:]))})" if len(set(keys)) > 1 else ""
            yield case.setting(keys[0], f"is missing{also}: {duty.title}")
    if duty.page and _page(case.shop, duty.page) is None:
        message = f"is missing: a page with layout: {duty.page}"
        yield Problem(f"content/pages/{duty.page}.md", 0, "", message)
    if duty.rule:
        yield from CHECKS[duty.rule](case, duty)


def _has(config: Config, key: str) -> bool:
    """Return whether site.yaml has a value for a dotted key. ``company.details=word`` is a detail with this word."""
    key, _, word = key.partition("=")
    value: object = config
    for step in key.split("."):
        value = getattr(value, step, None)
    if word:
        return isinstance(value, dict) and any(word in label for label in value)
    return bool(value)


def _page(shop: Shop, kind: str) -> str | None:
    """Return the file of the page with this layout or id, None if there is none."""
    pages = (page for page in shop.content.pages.values() if page.status != "draft")
    return next((page.file for page in pages if kind in {page.layout, page.id}), None)


def _given(case: Case, duty: Duty) -> str:
    keys = [key for need in duty.needs for key in need.split("|") if _has(case.shop.config, key)]
    named = ", ".join(dict.fromkeys(key.partition("=")[0] for key in keys))
    page = (_page(case.shop, duty.page) or "") if duty.page else ""
    return "; ".join(filter(None, (f"site.yaml: {named}" if named else "", page)))
