"""storegen links."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import click

from storegen.cli.options import now_option, site_option
from storegen.config import Config
from storegen.errors import UsageError, suggest
from storegen.load import load_config, load_store
from storegen.load.private import read_costs
from storegen.model.article import Article
from storegen.model.campaign import Campaign
from storegen.model.category import Category
from storegen.model.clock import Clock
from storegen.model.money import Money, decimal_text
from storegen.model.price import price_of
from storegen.model.product import Product, variants_of
from storegen.model.scalars import Percent
from storegen.model.store import Store
from storegen.tracking.campaigns import Link, Worth, landing_record, links_of, missing_words, worth_of
from storegen.write.disk import replace_file

_COLUMNS = ("campaign", "name", "language", "source", "medium", "term", "content", "address")


class _Percent(click.ParamType[Decimal]):
    name = "percent"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            return Percent.parse(str(value), dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(
    epilog="Examples:\n\n  storegen links\n\n  storegen links spring-sale --csv links.csv\n\n"
    "  storegen links --qr cards/          a QR code for each address, to print\n\n"
    "  storegen links --conversion 1.5     what a click may cost if 1.5 of 100 visitors buy"
)
@click.argument("campaigns", nargs=-1, metavar="[CAMPAIGN]...")
@site_option
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a table.")
@click.option(
    "--qr", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write a QR code for each as SVG."
)
@click.option(
    "--conversion", type=_Percent(), metavar="PERCENT", help="How many of 100 visitors buy, instead of the campaign's."
)
@now_option("With the prices of another time")
def command(
    campaigns: tuple[str, ...],
    site: Path,
    table: Path | None,
    qr: Path | None,
    conversion: Decimal | None,
    now: dt.datetime | None,
) -> None:
    """Print the tagged addresses of content/campaigns, and what a click on each may cost.

    A click may cost (price - tax - cost) × conversion. The cost is the product's "private: {cost: 21.40}"; it stands in
    this report only.
    """
    configs = load_config(site)
    config = next(iter(configs.values()))
    store = load_store(site, configs)
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
        for words, page in missing_words(campaign, store):
            message = f'its advertisement says "{words}", the page where it leads does not ({page})'
            click.echo(f"warning: {campaign.file}: {message}", err=True)
    if table is not None:
        replace_file(table, _table(links))
        click.echo(f"{len(links)} addresses in {table}")
    if qr is not None:
        for link in links:
            replace_file(qr / f"{link.stem}.svg", _qr(link.address))
        click.echo(f"{len(links)} QR codes in {qr}")


def _chosen(store: Store, names: tuple[str, ...]) -> tuple[Campaign, ...]:
    known = {campaign.id: campaign for campaign in store.campaigns}
    if not known:
        raise UsageError("there are no campaigns; write one as content/campaigns/NAME.yaml (docs/campaigns.md)")
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
    """Yield what a click may cost at the smallest margin of what the landing page sells, and what is planned."""
    found = sorted(_worths(campaign, store, config, site, clock, conversion), key=lambda each: _margin(each[1]))
    if not found:
        yield "what a click may cost is not known: no product of the page says private: {cost: …}"
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
    budget = campaign.budget
    price = None if budget.click is None else Money(budget.click + 0, currency)
    if price is not None and price.amount > least.click.amount:
        yield f"at {_sum(price)} a click each sale loses money"
    if budget.clicks:
        orders = budget.clicks * conversion / 100
        brought = Money(orders * least.margin.amount, currency)
        spent = "" if price is None else f" cost {_sum(price * budget.clicks)} and"
        yield f"{budget.clicks:,} clicks{spent} bring about {_number(orders)} orders with a margin of {_sum(brought)}"


def _worths(
    campaign: Campaign, store: Store, config: Config, site: Path, clock: Clock, conversion: Decimal
) -> Iterator[tuple[str, Worth]]:
    """Yield what a sale of each product of the landing page is worth: of its variant with the smallest margin."""
    wanted = dict(parse_qsl(campaign.landing[1].lstrip("?"))).get("variant")
    included = bool(config.tax.included)
    pricing = store.pricing(clock, config.currency)
    for product in _products(campaign, store):
        costs = read_costs(site, product)
        rate = config.tax.rates.get(product.tax_class, Percent(0)) + 0
        worths = []
        for variant in variants_of(product):
            cost = costs.get(variant.sku, costs.get(""))
            if cost is not None and wanted in {None, variant.sku}:
                price = price_of(product, variant, pricing).now
                worths.append(worth_of(price, rate=rate, included=included, cost=cost + 0, conversion=conversion + 0))
        if worths:
            yield product.name, min(worths, key=_margin)


def _margin(worth: Worth) -> Decimal:
    return worth.margin.amount


def _products(campaign: Campaign, store: Store) -> Iterator[Product]:
    first = next(iter(store.editions))
    edition = store.editions[first]
    record = landing_record(campaign, edition, first=first)
    match record:
        case Product():
            yield record
        case Category():
            for product in edition.products.values():
                if any(name == record.id or name.startswith(f"{record.id}/") for name in product.category):
                    yield product
        case Article():
            yield from (edition.products[name] for name in record.products if name in edition.products)


def _table(links: list[Link]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for link in links:
        tags: Mapping[str, str] = link.tags
        row = (tags["utm_source"], tags["utm_medium"], tags.get("utm_term", ""), tags.get("utm_content", ""))
        writer.writerow((link.campaign, link.name, link.language, *row, link.address))
    return text.getvalue().encode()


def _qr(address: str) -> bytes:
    """Return a QR code with a quiet zone of four modules, which readers need (ISO/IEC 18004)."""
    import segno  # noqa: PLC0415 - only where codes are wanted

    data = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(data, kind="svg", scale=8, border=4, light="#fff", title=address, svgclass=None, lineclass=None)
    return data.getvalue()


def _sum(money: Money) -> str:
    return f"{_bare(money)} {money.currency}"


def _bare(money: Money) -> str:
    return decimal_text(money)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
