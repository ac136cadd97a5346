"""The command storegen pay."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from storegen.build import Options
from storegen.build.shops import make_shop, theme_settings
from storegen.checkout.card import Card
from storegen.checkout.signing import Keys
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.cli.progress import Bar
from storegen.config import Config, own_words
from storegen.errors import StoregenError, UsageError, counted, some, suggest
from storegen.files import read_text
from storegen.load import load_shop
from storegen.model.clock import Clock
from storegen.model.money import sum_text
from storegen.model.payment import PayEntry, PayLink
from storegen.payments.check import Finding, check_function, check_links
from storegen.payments.link_plan import LinkPlan, Replaced, mode_fault, plan_links
from storegen.payments.links import LinkWriter, account_links, deactivate, make_links
from storegen.payments.stripe_api import KEY, StripeApi, StripeError, checked_key, is_live
from storegen.payments.wanted import Unlinkable, WantedLink, causes, wanted_links
from storegen.theme import load_theme
from storegen.views.shop import Shop

_HEAD = "# Payment links at Stripe. Pages use the link with the price that they show.\n"
_EXIT: Mapping[str, int] = {"fine": 0, "differs": 1, "unknown": 2}


class UnmadeError(StoregenError):
    """Some links could not be made."""


class _Market(NamedTuple):
    """The shop in the first language of one market, and the file with its payment links."""

    shop: Shop
    file: str
    entries: Mapping[str, PayEntry]


@click.group(
    epilog=examples(
        ("storegen pay links stripe", "make the payment links that are missing"),
        ("storegen pay check", "compare the published shop with its providers"),
    )
)
def command() -> None:
    """Make payment links, and check what a published shop charges."""


@command.command(
    epilog=examples(
        ("storegen pay links stripe --dry-run", "show what would be made"),
        ("storegen pay links stripe", "show it, ask, and make it"),
        ("storegen pay links stripe --yes --deactivate", "in a script; close links with old prices too"),
        ("storegen pay links stripe --market SE", "the links of a market, in content/checkout/stripe.SE.yaml"),
        after=(
            f"{KEY} in the environment is a key of your Stripe account. A restricted key is enough, with the rights "
            "Payment Links, Products, Prices and Shipping Rates: Write. Nothing is ever deleted at Stripe. If the "
            "command is stopped, run it again: what was made is not made twice."
        ),
    )
)
@click.argument("provider", type=click.Choice(["stripe"]))
@site_option
@click.option("--market", default="", metavar="ID", help="The market whose links are made (default: the home market).")
@click.option("--dry-run", is_flag=True, help="Show what would be made, and stop.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--deactivate", "close", is_flag=True, help="Deactivate links made by this command that no page uses.")
@now_option("Make the links that the shop needs from another time on")
def links(
    provider: str, site: Path, market: str, now: dt.datetime | None, *, dry_run: bool, yes: bool, close: bool
) -> None:
    """Make payment links for all articles, at today's prices and at those of sales to come.

    They are written to content/checkout/stripe.yaml, each with its price. The build uses the link with the price that
    the page shows.
    """
    key = checked_key(os.environ.get(KEY, ""))
    path = site / _file(provider, market)
    new = not path.exists()
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEAD, encoding="utf-8")  # a market without this file doesn't have the provider
    try:
        _make(provider, site, market, now, key, dry_run=dry_run, yes=yes, close=close)
    finally:
        if new and path.read_text(encoding="utf-8") == _HEAD:
            path.unlink()


def _make(
    provider: str,
    site: Path,
    market: str,
    now: dt.datetime | None,
    key: str,
    *,
    dry_run: bool,
    yes: bool,
    close: bool,
) -> None:
    """Show the plan, ask, and carry it out."""
    found = _market(provider, market, _shops(site, now))
    stripe = found.shop.config.checkout.stripe
    listed = [link.target for entry in found.entries.values() if isinstance(entry, tuple) for link in entry]
    if fault := mode_fault(listed, stripe.publishable_key, live=is_live(key), file=found.file):
        raise UsageError(fault)
    wanted, without = wanted_links(found.shop)
    api = StripeApi(key)
    mark = f"{found.shop.config.url} {market}".strip()
    plan = plan_links(wanted, found.entries, account_links(api), mark)
    for line in _told(plan, without, key, close=close):
        click.echo(line)
    closing = [each for each in plan.replaced if each.id] if close else []
    if dry_run or not (plan.make or plan.adopt or closing):
        return
    if not yes:
        click.confirm("Go on?", abort=True)
    own = {sku: entry for sku, entry in found.entries.items() if isinstance(entry, tuple)}
    writer = LinkWriter(site / found.file, read_text(site, found.file), _priced(own, plan))
    with Bar(sys.stderr) as bar:
        refused = make_links(plan, api, writer, mark, progress=lambda done, total: bar.show("links", done, total))
    made = len(plan.make) + len(plan.adopt) - len(refused)
    closed = len(list(deactivate(closing, api, writer)))
    if made:
        click.echo(f"{counted(made, 'link')} written to {found.file}")
    if closed:
        click.echo(f"{counted(closed, 'link')} deactivated")
    for each in refused:
        click.echo(f"{each.wanted.sku}, {sum_text(each.wanted.price)}: {each.why}", err=True)
    if refused:
        raise UnmadeError(
            f"{counted(len(refused), 'link')} could not be made; run the command again after mending this"
        )


def _priced(entries: Mapping[str, tuple[PayLink, ...]], plan: LinkPlan) -> dict[str, tuple[PayLink, ...]]:
    """Return the links of the file. A link without a price gets the one that it charges, if it gets a neighbour."""
    known = {(wanted.sku, link.target): link for wanted, link in plan.kept}
    known |= {(each.sku, each.link.target): each.link for each in plan.replaced}
    return {sku: tuple(known.get((sku, link.target), link) for link in entry) for sku, entry in entries.items()}


def _told(plan: LinkPlan, without: Sequence[Unlinkable], key: str, *, close: bool) -> Iterator[str]:
    """Yield the plan, a line for each kind of change."""
    yield f"Stripe, {'live mode: real payments' if is_live(key) else 'test mode'}"
    if key.startswith("sk_"):
        yield f"{KEY} has all rights in the account; a restricted key (rk_…) is safer"
    for cause, begins, group in causes(plan.make):
        when = f' for "{cause}"' if cause else ""
        when += f", used from {begins:%Y-%m-%d %H:%M} UTC on" if begins else ""
        yield f"make {counted(len(group), 'link')}{when}: {_names(group)}"
    if plan.adopt:
        names = _names([wanted for wanted, _ in plan.adopt])
        yield f"take {counted(len(plan.adopt), 'link')} that the account already has: {names}"
    if plan.kept:
        yield f"keep {counted(len(plan.kept), 'link')}"
    ours = [each for each in plan.replaced if each.id]
    others = [each for each in plan.replaced if not each.id]
    if ours:
        more = "" if close else " (--deactivate does it)"
        yield f"{'deactivate' if close else 'could be deactivated:'} {_unused(ours)}{more}"
    if others:
        yield f"not used by any page, and left alone: {_unused(others)}"
    for why in dict.fromkeys(each.why for each in without):
        skus = [each.sku for each in without if each.why == why]
        yield f"no link for {counted(len(skus), 'article')} ({some(skus)}): {why}"
    if not (plan.make or plan.adopt):
        yield "no link is missing"


def _unused(links: Sequence[Replaced]) -> str:
    names = some([f"{each.sku} {each.link.price or ''}".strip() for each in links])
    return f"{counted(len(links), 'link')}: {names}"


def _names(links: Sequence[WantedLink]) -> str:
    return some([f"{each.sku} {sum_text(each.price)}" for each in links])


@command.command(
    epilog=examples(
        ("storegen pay check", "after publishing"),
        ("storegen pay check --live", "a test key is a difference, too"),
        ("storegen pay check --preview --base-url https://my-shop.pages.dev", "the copy of build --preview"),
        ("17 * * * * storegen pay check --site /srv/shop", "in a crontab: a mail only if something differs"),
        after=(
            "Exit codes: 0: everything is as it should be; 1: something differs; 2: somebody could not be asked. For "
            f"payment links, {KEY} in the environment is a key of your Stripe account. A restricted key with the right "
            "Payment Links: Read is enough."
        ),
    )
)
@site_option
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="DIR", help="The folder of the built shop (default: output/)."
)
@click.option("--preview", is_flag=True, help="Check the copy that build --preview wrote.")
@click.option("--base-url", metavar="URL", help="The address of the copy (default: url of site.yaml).")
@click.option("--live", is_flag=True, help="Expect a key for real payments.")
@click.option("--quiet", is_flag=True, help="Print only what differs.")
@now_option("Compare with the prices of another time")
def check(
    site: Path,
    output: Path | None,
    base_url: str | None,
    now: dt.datetime | None,
    *,
    preview: bool,
    live: bool,
    quiet: bool,
) -> None:
    """Compare the published shop with its providers.

    With card in checkout.provider, the payment function is asked for its build and for the mode of its key. With
    stripe, each payment link is asked for its price. Nothing is changed.
    """
    shops = _shops(site, now)
    folder = Options(site, output, preview=preview).output_folder
    found = [*_function(shops[0], folder, base_url or "", live=live), *_links(shops)]
    if not found:
        raise UsageError("nothing to check: neither card nor stripe is in checkout.provider of site.yaml")
    for each in found:
        if each.state != "fine" or not quiet:
            click.echo(f"{'ok' if each.state == 'fine' else each.state}: {each.text}")
    states = {each.state for each in found}
    worst = "differs" if "differs" in states else "unknown" if "unknown" in states else "fine"
    raise click.exceptions.Exit(_EXIT[worst])


def _function(shop: Shop, output: Path, base_url: str, *, live: bool) -> Iterator[Finding]:
    for each in shop.provider.providers:
        if isinstance(each, Card):
            yield check_function(each, each.settings.url or base_url or shop.config.base_url, output, live=live)


def _links(shops: Sequence[Shop]) -> Iterator[Finding]:
    """Yield what the payment links of all markets charge."""
    markets = {shop.config.market: shop for shop in reversed(shops) if "stripe" in shop.config.checkout.provider}
    found = [_market("stripe", market, shops) for market in reversed(markets)]
    found = [each for each in found if each.entries]
    if not found:
        return
    if not os.environ.get(KEY):
        yield Finding("unknown", f"{found[0].file}: the links can't be compared; set {KEY} to a key that may read them")
        return
    try:
        account = list(account_links(StripeApi(checked_key(os.environ[KEY])), lines=True))
    except StripeError as error:
        yield Finding("unknown", str(error))
        return
    for each in found:
        yield from check_links(wanted_links(each.shop)[0], each.entries, account, each.file)


def _shops(site: Path, now: dt.datetime | None) -> list[Shop]:
    """Return the shop in each of its languages."""
    configs, store = load_shop(site)
    first = next(iter(configs.values()))
    theme = load_theme(site, first.theme.name, tuple(configs), own_words(configs))
    clock = Clock(now or dt.datetime.now(dt.UTC))
    settings = theme_settings(theme, {})
    return [make_shop(store, configs, language, clock, settings, Keys()) for language in store.localized]


def _market(provider: str, market: str, shops: Sequence[Shop]) -> _Market:
    """Return one market; raises UsageError if there is none of this name, or if it doesn't have the provider."""
    shop = next((each for each in shops if each.config.market == market), None)
    if shop is None:
        known = [name for name in dict.fromkeys(each.config.market for each in shops) if name]
        raise UsageError(
            f'no market "{market}"{suggest(market, known)}; markets of site.yaml: {", ".join(known) or "none"}'
        )
    if provider not in shop.config.checkout.provider:
        raise UsageError(
            f"{provider} is not in checkout.provider of site.yaml; add it there, such as {_advice(shop.config)}"
        )
    table = f"{provider}.{market}".rstrip(".")
    return _Market(shop, _file(provider, market), shop.store.links.get(table, {}))


def _advice(config: Config) -> str:
    return f"provider: [stripe, {', '.join(config.checkout.provider)}]"


def _file(provider: str, market: str) -> str:
    return f"content/checkout/{f'{provider}.{market}'.rstrip('.')}.yaml"
