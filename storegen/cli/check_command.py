"""The command storegen check."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import msgspec

from storegen.build import Options, check
from storegen.cli.duty_list import duties_json, duty_lines, unmet_lines
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.cli.problems import placeholder_advice
from storegen.errors import UsageError
from storegen.load import load_shop
from storegen.load.untranslated import Group, Untranslated, find_untranslated

_SHOWN = 10  # records of a group


@click.command(
    epilog=examples(
        ("storegen check --site my-shop", "all mistakes"),
        ("storegen check --translations", "texts that are not translated yet"),
        ("storegen check --duties", "what the law asks this shop to show, and what is missing"),
        ("storegen check --translations --json", "the same for other programs"),
        after=(
            "A missing translation or an unmet duty is not a mistake. With --translations or --duties, the command "
            "exits with 1 only if the shop has mistakes. The list of duties is not legal advice."
        ),
    )
)
@site_option
@click.option("--drafts", is_flag=True, help="Check drafts too.")
@click.option(
    "--translations",
    is_flag=True,
    help="List the texts that are not translated yet, for each language. The texts that buyers need most come first.",
)
@click.option(
    "--duties",
    is_flag=True,
    help="List the duties of the law that bind this shop, and how each is met. This is not legal advice.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="With --translations or --duties: print JSON, for other programs."
)
@now_option("Check the shop as of another time")
def command(
    site: Path, now: dt.datetime | None, *, drafts: bool, translations: bool, duties: bool, as_json: bool
) -> None:
    """Read and render the whole shop and report all mistakes. Nothing is written.

    Placeholders of a new shop are listed too. "storegen build" refuses them for a public address.
    """
    if as_json and not (translations or duties):
        raise UsageError("--json can only be used with --translations or --duties")
    if translations:
        configs, store = load_shop(site)
        found = find_untranslated(site, configs, store)
        click.echo(_json(found) if as_json else "\n".join(_lines(found, next(iter(configs)))))
        return
    checked = check(Options(site, now=now, drafts=drafts))
    if duties:
        click.echo(duties_json(checked.duties) if as_json else "\n".join(duty_lines(checked.duties)))
        return
    for warning in checked.warnings:
        click.echo(f"warning: {warning}", err=True)
    for placeholder in sorted(checked.placeholders):
        click.echo(str(placeholder), err=True)
    for line in unmet_lines(checked.duties):
        click.echo(line, err=True)
    left = f"; {placeholder_advice(len(checked.placeholders))}" if checked.placeholders else " found"
    click.echo(f"no mistakes{left}")


def _json(found: Mapping[str, tuple[Group, ...]]) -> str:
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def _lines(found: Mapping[str, tuple[Group, ...]], first: str) -> Iterator[str]:
    if not found:
        yield f"the shop has only one language, {first}; to add others, write them into languages in site.yaml"
    for language, groups in found.items():
        lacking = [group for group in groups if group.missing]
        yield f"{language}:" if lacking else f"{language}: everything is translated"
        for group in lacking:
            yield f"  {_summary(group)}"
            yield from (f"    {_record(each)}" for each in group.missing[:_SHOWN])
            if len(group.missing) > _SHOWN:
                yield f"    … and {len(group.missing) - _SHOWN} more (--json lists all)"


def _summary(group: Group) -> str:
    """Return one line about a group, such as ``products: 12 of 60 not translated, 3 partly translated``."""
    part = sum(each.begun for each in group.missing)
    none = len(group.missing) - part
    if group.total == 1:
        return f"{group.name}: {'partly translated' if part else 'not translated'}"
    counts = [f"{none} of {group.total} not translated"] * bool(none) + [f"{part} partly translated"] * bool(part)
    return f"{group.name}: {', '.join(counts)}{' (most important first)' if group.name == 'products' else ''}"


def _record(each: Untranslated) -> str:
    counts = Counter(field.split(".")[0].replace("body", "the text") for field in each.fields)
    keys = [key if count == 1 else f"{key} ({count})" for key, count in counts.items()]
    return f"{each.file}{f' ({each.slug})' if each.slug else ''}: {', '.join(keys)}"
