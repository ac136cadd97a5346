"""The command storegen track."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from storegen.cli.examples import examples
from storegen.config import Config
from storegen.errors import ContentError, StoregenError, UsageError
from storegen.load import load_config
from storegen.load.sections import read_addresses
from storegen.model.carrier import Carrier
from storegen.tracking import Candidate, all_carriers, chosen_carriers, meant, misread, near_id, recognise, track_link


class UnrecognisedError(StoregenError):
    """No carrier uses this number."""


class Finding(NamedTuple):
    """The result for one number.

    *clean* is the number without separators; it is empty if the text can't be a number. *near* are carriers whose
    format fits, but not the check digit. *page* is the shop's own tracking page.
    """

    text: str
    clean: str
    candidates: tuple[Candidate, ...]
    near: tuple[Carrier, ...] = ()
    page: str = ""


@click.command(
    epilog=examples(
        "storegen track RR123456785FI",
        "storegen track 1Z999AA10123456784 --site my-shop --json",
        "storegen track 010190001491925 --carrier jne",
        "storegen track --list",
    )
)
@click.argument("numbers", nargs=-1, metavar="NUMBER…")
@click.option("--carrier", metavar="ID", help="Use this carrier for any number.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="A shop's folder. Its carriers come first, and its tracking page is linked (default: current folder).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option("--list", "as_list", is_flag=True, help="Print all carriers.")
def command(numbers: tuple[str, ...], carrier: str | None, site: Path | None, *, as_json: bool, as_list: bool) -> None:
    """Identify the carrier of a parcel's NUMBER and print the tracking link, for your mail to the buyer.

    Exits with 1 if no carrier uses the number.
    """
    configs = _configs(site)
    config = next(iter(configs.values())) if configs else None
    own = chosen_carriers(config.tracking) if config else ()
    known = (*own, *(each for each in all_carriers() if each.id not in {mine.id for mine in own}))
    if as_list:
        _list(known, as_json=as_json)
        return
    if not numbers:
        raise UsageError("name at least one number, such as: storegen track RR123456785FI (or --list for the carriers)")
    only = _named(carrier, known) if carrier else None
    page = _page(site or Path(), configs) if configs and own else ""
    language = config.languages[0] if config else ""
    found = [_given(number, only) if only else _find(number, own, known, page) for number in numbers]
    if as_json:
        click.echo(json.dumps([_as_json(each, language) for each in found], indent=2, ensure_ascii=False))
    else:
        for each in found:
            _show(each, language)
    if lost := [each for each in found if not each.candidates]:
        raise UnrecognisedError("; ".join(_why(each) for each in lost))


def _configs(site: Path | None) -> Mapping[str, Config] | None:
    """Return the shop's configuration in each language, or None if there is no shop or it has mistakes."""
    if site is None and not Path("site.yaml").is_file():
        return None
    try:
        return load_config(site or Path())
    except ContentError as error:
        if not ((site or Path()) / "site.yaml").is_file():
            raise
        click.echo(f"warning: the shop's own carriers are left out, by a mistake: {error.problems[0]}", err=True)
        return None


def _page(site: Path, configs: Mapping[str, Config]) -> str:
    addresses, _ = read_addresses(site, configs)
    language, config = next(iter(configs.items()))
    return f"{config.base_url}{addresses[language].of('track')}#n="


def _named(name: str, known: Sequence[Carrier]) -> Carrier:
    found = next((each for each in known if each.id == name), None)
    if found is None:
        near = near_id(name, (each.id for each in known))
        raise UsageError(f'there is no carrier "{name}"{near} (storegen track --list names all)')
    return found


def _given(number: str, carrier: Carrier) -> Finding:
    """Return a number as one of this carrier, even if its format doesn't fit."""
    plain = meant(number, [carrier])
    bare = Candidate(carrier, plain.replace("-", ""), proven=False)
    return Finding(number, plain, recognise(plain, [carrier]) or ((bare,) if plain else ()))


def _find(number: str, own: Sequence[Carrier], known: Sequence[Carrier], page: str) -> Finding:
    """Return the carriers of a number. The shop's own carriers have priority."""
    plain = meant(number, own)
    if mine := recognise(plain, own):
        return Finding(number, plain, mine, page=page and f"{page}{mine[0].number}")
    plain = meant(number, known)
    others = recognise(plain, known)
    return Finding(number, plain, others, () if others else misread(plain, own) or misread(plain, known))


def _show(found: Finding, language: str) -> None:
    """Print a number with its carriers and tracking links. Unrecognised numbers are reported at the end."""
    if not found.candidates:
        return
    click.echo(found.clean)
    for each in found.candidates:
        click.echo(f"  {_name(each):32} {track_link(each.carrier, each.number, language=language)}")
        if not each.carrier.link:
            click.echo(f"  {'':32} type {each.number} in there: no address with the number is agreed on")
    if found.page:
        click.echo(f"  {'your tracking page':32} {found.page}")


def _name(candidate: Candidate) -> str:
    name = candidate.carrier.name
    if candidate.operator:
        name = f"{candidate.operator}, at {name}"
    return f"{name} (check digit fits)" if candidate.proven else name


def _why(found: Finding) -> str:
    """Return why a number is not recognised, and what to do."""
    if not found.clean:
        return f'"{found.text}" is no tracking number: expected 4 to 40 letters and digits'
    fallback = track_link(next(each for each in all_carriers() if each.fallback), found.clean)
    if found.near:
        names = ", ".join(each.name for each in found.near)
        return f"{found.clean} looks like a number of {names}, but one digit seems wrong; compare it, or try {fallback}"
    return f"no carrier's number looks like {found.clean}; compare it, name one with --carrier, or try {fallback}"


def _as_json(found: Finding, language: str) -> dict[str, object]:
    candidates = [
        {
            "id": each.carrier.id,
            "name": each.carrier.name,
            "operator": each.operator,
            "number": each.number,
            "check_digit_fits": each.proven,
            "link": track_link(each.carrier, each.number, language=language),
            "link_has_number": each.carrier.link is not None,
        }
        for each in found.candidates
    ]
    return {"number": found.text, "candidates": candidates, "page": found.page}


def _list(known: Sequence[Carrier], *, as_json: bool) -> None:
    if as_json:
        rows = [{"id": each.id, "name": each.name, "page": each.page, "link": each.link or ""} for each in known]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for each in known:
        click.echo(f"{each.id:16} {each.name:26} {each.link or each.page}")
