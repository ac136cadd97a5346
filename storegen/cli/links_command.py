"""The command storegen links."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import click

from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.config import Config
from storegen.errors import UsageError, some, suggest
from storegen.load import load_shop
from storegen.load.checks import unsaid_words
from storegen.load.private import read_costs
from storegen.model.article import Article
from storegen.model.campaign import Budget, Campaign
from storegen.model.category import Category
from storegen.model.clock import Clock
from storegen.model.money import Money, decimal_text
from storegen.model.offer import Offer, runs
from storegen.model.price import price_of, reduced
from storegen.model.product import Product, variants_of
from storegen.model.record import Record
from storegen.model.scalars import Percent
from storegen.model.store import Store
from storegen.render.qr import qr_svg
from storegen.tracking.campaigns import Link, Worth, landing_record, links_of, worth_of
from storegen.write.disk import replace_file

_COLUMNS = ("campaign", "name", "language", "source", "medium", "term", "content", "address")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Percent(click.ParamType[Decimal]):
    name = "percent"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return the percentage; a wrong one ends the command with a usage error."""
        try:
            return Percent.parse(str(value), dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(
    epilog=examples(
        "storegen links",
        "storegen links spring-sale --csv links.csv",
        ("storegen links --qr cards/", "a QR code for each address, to print"),
        ("storegen links --conversion 1.5", "what a click may cost if 1.5 of 100 visitors buy"),
    )
)
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@site_option
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the addresses as a CSV table.",
)
@click.option(
    "--qr",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a QR code of each address as SVG.",
)
@click.option(
    "--conversion", type=_Percent(), metavar="PERCENT", help="How many of 100 visitors buy (default: the campaign's)."
)
@now_option("Use the prices of another time")
def command(
    campaigns: tuple[str, ...],
    site: Path,
    table: Path | None,
    qr: Path | None,
    conversion: Decimal | None,
    now: dt.datetime | None,
) -> None:
    """Print the tagged addresses of content/campaigns, and the highest affordable cost of a click on each.

    A click may cost (price - tax - cost) × conversion. Write the cost in the product as "private: {cost: 21.40}"; it is
    shown in this report only.
    """
    configs, store = load_shop(site)
    config = next(iter(configs.values()))
    chosen = _chosen(store, campaigns)
    clock = Clock(now or dt.datetime.now(dt.UTC))
    links: list[Link] = []
    for campaign in chosen:
        found = tuple(links_of(campaign, store, config))
        links += found
        _show(campaign, found)
        rate = campaign.budget.conversion if conversion is None else conversion
        for line in _report(campaign, store, config, site, clock, rate):
            click.echo(f"  {line}")
        click.echo()
    for campaign in chosen:
        for problem in unsaid_words(site, campaign, store):
            click.echo(f"warning: {problem}", err=True)
    if table is not None:
        replace_file(table, _table(links))
        click.echo(f"{len(links)} addresses in {table}")
    if qr is not None:
        for link in links:
            replace_file(qr / f"{link.stem}.svg", qr_svg(link.address))
        click.echo(f"{len(links)} QR codes in {qr}")


def _chosen(store: Store, names: tuple[str, ...]) -> tuple[Campaign, ...]:
    known = {campaign.id: campaign for campaign in store.campaigns}
    if not known:
        raise UsageError(
            'there are no campaigns; write one as content/campaigns/NAME.yaml (see "Campaigns" in storegen docs)'
        )
    for name in names:
        if name not in known:
            raise UsageError(
                f'there is no campaign "{name}"{suggest(name, known)} (there are {", ".join(sorted(known))})'
            )
    return tuple(known[name] for name in dict.fromkeys(names or sorted(known)))


def _show(campaign: Campaign, links: tuple[Link, ...]) -> None:
    click.echo(f"{campaign.name} ({campaign.file})")
    for link in links:
        tags = link.tags
        words = [tags["utm_source"], tags["utm_medium"], tags.get("utm_content", ""), link.language]
        click.echo(f"  {' · '.join(filter(None, words))}\n    {link.address}")


def _report(
    campaign: Campaign, store: Store, config: Config, site: Path, clock: Clock, conversion: Decimal
) -> Iterator[str]:
    """Yield the affordable cost of a click, from the smallest margin on the landing page, and the planned budget."""
    sales = list(_sales(campaign, store, config, site, clock, conversion))
    found = _by_margin(sales)
    if not found:
        lack = "no product of the page says private: {cost: …}" if sales else "the page sells no product of its own"
        yield f"what a click may cost is not known: {lack}"
        return
    name, least = found[0]
    currency = least.price.currency
    yield (
        f"a click may cost at most {_sum(least.click)}: (price {_bare(least.price)} − tax {_bare(least.tax)} − cost "
        f"{_bare(least.cost)} = {_sum(least.margin)}) × {_number(conversion)} % who buy, {name}"
    )
    if len(found) > 1:
        other, most = found[-1]
        yield f"  the smallest margin of {len(found)} products; the largest is {_sum(most.margin)}, {other}"
    counted = {product for product, _ in found}
    lacking = (sale for sale in sales if sale.worth is None)
    if unknown := list(dict.fromkeys(sale.article if sale.product in counted else sale.product for sale in lacking)):
        yield f"  left out, as their cost is not known: {some(unknown, 5)}"
    yield from _planned(campaign.budget, least, currency, conversion)


def _planned(budget: Budget, least: Worth, currency: str, conversion: Decimal) -> Iterator[str]:
    """Yield the cost of the planned clicks and the expected margin."""
    price = None if budget.click is None else Money(budget.click + 0, currency)
    if price is not None and price.amount > least.click.amount:
        yield f"at {_sum(price)} a click each sale loses money"
    if budget.clicks:
        orders = budget.clicks * conversion / 100
        brought = Money(orders * least.margin.amount, currency)
        spent = "" if price is None else f" cost {_sum(price * budget.clicks)} and"
        yield f"{budget.clicks:,} clicks{spent} bring about {_number(orders)} orders with a margin of {_sum(brought)}"


class _Sale(NamedTuple):
    """A sale of one article. *worth* is None if the article's cost is not known."""

    product: str
    article: str
    worth: Worth | None


def _sales(
    campaign: Campaign, store: Store, config: Config, site: Path, clock: Clock, conversion: Decimal
) -> Iterator[_Sale]:
    """Yield a sale of each article on the landing page, at the current price."""
    wanted = campaign.variant
    included = bool(config.tax.included)
    pricing = store.home.pricing(clock)
    landing = _landing(campaign, store)
    coupon = landing if isinstance(landing, Offer) and landing.code and runs(landing, clock) else None
    for product in _products(landing, store):
        costs = read_costs(site, product)
        rate = config.tax.rates.get(product.tax_class, Percent(0)) + 0
        for variant in variants_of(product):
            if wanted and variant.sku != wanted:
                continue
            cost = costs.get(variant.sku, costs.get(""))
            price = price_of(product, variant, pricing).now
            if coupon:
                price = max(reduced(price, coupon), Money(Decimal(0), price.currency))
            worth = None
            if cost is not None:
                worth = worth_of(price, rate=rate, included=included, cost=cost + 0, conversion=conversion + 0)
            yield _Sale(product.name, variant.sku or product.id, worth)


def _by_margin(sales: list[_Sale]) -> list[tuple[str, Worth]]:
    """Return each product with its article of the smallest margin, sorted by margin."""
    least: dict[str, Worth] = {}
    for product, _, worth in sales:
        if worth is not None and (product not in least or _margin(worth) < _margin(least[product])):
            least[product] = worth
    return sorted(least.items(), key=lambda each: _margin(each[1]))


def _margin(worth: Worth) -> Decimal:
    return worth.margin.amount


def _landing(campaign: Campaign, store: Store) -> Record | None:
    return landing_record(campaign, store.home)


def _products(landing: Record | None, store: Store) -> Iterator[Product]:
    """Yield the products that a landing page sells."""
    content = store.home
    match landing:
        case Product():
            yield landing
        case Category():
            for product in content.products.values():
                if any(name == landing.id or name.startswith(f"{landing.id}/") for name in product.category):
                    yield product
        case Article():
            yield from (content.products[name] for name in landing.products if name in content.products)
        case Offer():
            yield from (product for product in content.products.values() if landing.covers(product))


def _table(links: list[Link]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for link in links:
        tags: Mapping[str, str] = link.tags
        row = (tags["utm_source"], tags["utm_medium"], tags.get("utm_term", ""), tags.get("utm_content", ""))
        writer.writerow(map(_cell, (link.campaign, link.name, link.language, *row, link.address)))
    return text.getvalue().encode("utf-8-sig")  # without a byte order mark Excel reads the table as Windows-1252


def _cell(text: str) -> str:
    """Return a text that a spreadsheet does not read as a formula (owasp.org, CSV injection, 2026-11)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sum(money: Money) -> str:
    return f"{_bare(money)} {money.currency}"


def _bare(money: Money) -> str:
    return decimal_text(money)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
