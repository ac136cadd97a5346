"""The command storegen funnel: the way from a lead page to the cart, per group of products."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.config import Config
from storegen.errors import UsageError, suggest
from storegen.forms import EMAIL, service_of
from storegen.load import load_shop
from storegen.model.category import Category
from storegen.model.clock import Clock
from storegen.model.landing import Landing
from storegen.model.offer import runs
from storegen.model.product import variants_of
from storegen.model.store import LocalizedContent

_WIDTH = 14


class Step(NamedTuple):
    """One step of the way. *lacks* says that it is missing or can't work, and what to do."""

    name: str
    text: str
    lacks: bool = False


@click.command(
    epilog=examples(
        "storegen funnel",
        ("storegen funnel rings", "one group of products"),
        ("storegen funnel --strict", "exit code 1 if a step is missing, for a schedule"),
    )
)
@click.argument("groups", nargs=-1, metavar="[CATEGORY]...")
@site_option
@click.option("--strict", is_flag=True, help="Exit with code 1 if a step is missing.")
@now_option("Look at the offers of another time")
def command(groups: tuple[str, ...], site: Path, *, strict: bool, now: dt.datetime | None) -> None:
    """Print the way from a lead page to the cart for each group of products, and which step is missing.

    The steps: the lead page, its form, the answer, the welcome mail, the first offer and what it sells.
    """
    configs, store = load_shop(site)
    config, content = next(iter(configs.values())), store.home
    clock = Clock(now or dt.datetime.now(dt.UTC))
    chosen = list(_chosen(content, groups))
    complete = 0
    for category in chosen:
        click.echo(f"{category.name} (category:{category.id})")
        steps = list(_steps(config, content, category, clock))
        for step in steps:
            click.echo(f"  {step.name:<{_WIDTH}}{'MISSING: ' if step.lacks else ''}{step.text}")
        complete += not any(step.lacks for step in steps)
        click.echo()
    click.echo(f"{complete} of {len(chosen)} groups of products have the whole way")
    if strict and complete < len(chosen):
        raise SystemExit(1)


def _chosen(content: LocalizedContent, names: tuple[str, ...]) -> Iterator[Category]:
    if not names:
        yield from (each for each in content.categories.values() if "/" not in each.id)
    for name in names:
        found = content.category_named(name.removeprefix("category:"))
        if found is None:
            raise UsageError(f'there is no category "{name}"{suggest(name, content.categories)}')
        yield found


def _steps(config: Config, content: LocalizedContent, category: Category, clock: Clock) -> Iterator[Step]:
    landing = _landing(content, category)
    if landing is None:
        yield Step("lead page", f"storegen new landing --for category:{category.id}", lacks=True)
        return
    yield Step("lead page", landing.file)
    yield _form(config)
    yield Step("answer", f"{len(landing.answers)} answers, on the page after the form")
    yield _welcome(content)
    yield from _offer(content, landing, clock)
    there = sum(
        any(variant.buyable for variant in variants_of(product))
        for product in content.products.values()
        if _within(content, product.category, category)
    )
    yield Step("cart", f"{there} products can be bought" if there else "no product can be bought", lacks=not there)


def _landing(content: LocalizedContent, category: Category) -> Landing | None:
    """Return the lead page about a category, or about one of its subcategories."""
    return next(
        (each for each in content.landings.values() if _within(content, (each.category,), category)),
        None,
    )


def _within(content: LocalizedContent, names: tuple[str, ...], category: Category) -> bool:
    found = (content.category_named(name) for name in names if name)
    return any(each is not None and f"{each.id}/".startswith(f"{category.id}/") for each in found)


def _form(config: Config) -> Step:
    address = config.form_address("lead")
    if not address:
        return Step("form", "write company.email, or forms.newsletter with the address of a service", lacks=True)
    service = service_of(address)
    if service is EMAIL:
        return Step("form", "by e-mail: you add each reader to your list yourself")
    return Step("form", service.title)


def _welcome(content: LocalizedContent) -> Step:
    mails = [each for each in content.records["mail"].values() if each.when.event == "signup" and not each.offer]
    first = min(mails, key=lambda each: (each.when.days, int(each.order)), default=None)
    if first is None:
        return Step("welcome mail", 'write content/mail/welcome.md with "when: signup"', lacks=True)
    return Step("welcome mail", f"{first.file}, {first.when}")


def _offer(content: LocalizedContent, landing: Landing, clock: Clock) -> Iterator[Step]:
    offer = content.offers.get(landing.offer)
    if offer is None:
        text = f'write "offer:" in {landing.file}: an offer of the kind first_purchase'
        yield Step("first offer", text, lacks=True)
        return
    if not runs(offer, clock):
        yield Step("first offer", f"{offer.file} doesn't run now", lacks=True)
    else:
        ends = f", until {offer.ends:%Y-%m-%d %H:%M}" if offer.ends else ""
        yield Step("first offer", offer.file + ends)
    mails = sorted(
        (each for each in content.records["mail"].values() if each.offer == offer.id),
        key=lambda each: (each.when.days, int(each.order)),
    )
    if mails:
        yield Step("offer mail", ", ".join(f"{each.file} ({each.when})" for each in mails))
    else:
        yield Step("offer mail", f'write a mail in content/mail with "offer: {offer.id}"', lacks=True)
