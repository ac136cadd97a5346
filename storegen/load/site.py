"""site.yaml and its translations to a Config for each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from storegen.config import Config
from storegen.errors import ContentError, Problem
from storegen.fields import find_faults, make_record
from storegen.load.overlays import SITE_WORDS, merged
from storegen.load.sources import Source, read_sources
from storegen.model.scalars import Weekdays
from storegen.yaml import Value

_SECRET = re.compile(r"\b(?:(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{8,}|whsec_[0-9A-Za-z]{8,})")


def load_config(site: Path) -> Mapping[str, Config]:
    """Return the configuration in each of the site's languages, the first language first.

    Raises ContentError with every mistake of site.yaml and its translations.
    """
    problems: list[Problem] = []
    if not (site / "site.yaml").is_file():
        raise ContentError(
            [
                Problem(
                    "site.yaml",
                    0,
                    "",
                    "there is no shop here; make one with: storegen new DIR, or name its folder with --site",
                )
            ]
        )
    sources = read_sources(site, "site.yaml", problems)
    base = sources[0] if sources else Source(site, "site.yaml", {})
    first = _config(base, base.data, problems)
    if problems or first is None:
        raise ContentError(problems)
    configs = {first.languages[0]: first}
    for language in first.languages[1:]:
        configs[language] = _translated(site, base, first, language, problems)
    if problems:
        raise ContentError(problems)
    return configs


def _translated(site: Path, base: Source, first: Config, language: str, problems: list[Problem]) -> Config:
    file = f"site.{language}.yaml"
    if not (site / file).is_file():
        return first
    for source in read_sources(site, file, problems):
        data = merged(base.data, source, SITE_WORDS, problems)
        return _config(source, data, problems) or first
    return first


def _config(source: Source, data: dict[str, Value], problems: list[Problem]) -> Config | None:
    zone = ZoneInfo("UTC")
    try:
        config = make_record(data, Config, zone)
    except msgspec.ValidationError as error:
        faults = find_faults(data, Config, zone) or [((), str(error))]
        problems.extend(source.problem(place, message) for place, message in faults)
        return None
    problems.extend(_check(source, config))
    return config


def _check(source: Source, config: Config) -> list[Problem]:
    """Return what the types can't say about site.yaml."""
    found: list[Problem] = []
    for key in ("name",):
        if not getattr(config, key).strip():
            found.append(source.problem((key,), "expected a name, found nothing"))
    if not config.languages:
        found.append(source.problem(("languages",), "expected at least one language such as en"))
    for number, language in enumerate(config.languages):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", language):
            found.append(source.problem(("languages", number), f'expected a language code like fi, found "{language}"'))
    if len(set(config.languages)) < len(config.languages):
        found.append(source.problem(("languages",), "a language is listed twice"))
    if len(config.menu) > 6:
        found.append(
            source.problem(("menu",), f"expected at most 6 entries, found {len(config.menu)}: more are not read")
        )
    for key, ids in (("banner", config.banner), ("product_promises", config.product_promises)):
        for number, name in enumerate(ids):
            if name not in config.promises:
                known = ", ".join(config.promises) or "none yet"
                found.append(source.problem((key, number), f'no promise "{name}" in promises ({known})'))
    for days in config.company.hours:
        try:
            Weekdays.parse(days, config.zone)
        except ValueError as error:
            found.append(source.problem(("company", "hours", days), str(error)))
    found.extend(
        source.problem((), f"a secret key ({match[0][:8]}…) stands in the file; secrets belong into the environment")
        for match in _SECRET.finditer(msgspec.json.encode(source.data).decode())
    )
    return found
