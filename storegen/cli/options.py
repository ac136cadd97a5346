"""Options shared by several commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from storegen.load import load_config
from storegen.model.scalars import Url
from storegen.model.times import Instant

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[dt.datetime]):
    """A date, or a date with a time. Without an offset it is in the time zone of the shop in ``--site``."""

    name = "iso"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> dt.datetime:
        """Return the moment. Without an offset it is in the time zone of the shop in ``--site``."""
        if isinstance(value, dt.datetime):
            return value
        try:
            moment = Instant.parse(value, dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if ctx is None or dt.datetime.fromisoformat(value).tzinfo is not None:
            return moment
        configs = load_config(ctx.params.get("site") or Path())
        return Instant.parse(value, next(iter(configs.values())).zone)


class Address(click.ParamType[str]):
    """An address on the web."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Return the address; an invalid one ends the command with a usage error."""
        try:
            return Url.parse(value, dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def site_option(function: F) -> F:
    """Add the option ``--site DIR``."""
    return click.option(
        "--site",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        metavar="DIR",
        is_eager=True,  # moments are read in the time zone of this shop
        help="The shop's folder (default: current folder).",
    )(function)


def now_option(what: str) -> Callable[[F], F]:
    """Return a decorator that adds ``--now``. *what* is the beginning of its help text."""
    words = f"{what}, such as 2026-12-24T08:00. Without Z or an offset like +02:00 it is in the shop's time zone."
    return click.option("--now", type=Moment(), metavar="ISO", help=words)


def build_options(function: F) -> F:
    """Add the options of commands that build."""
    for option in (
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The folder for the built shop (default: output/).",
        ),
        click.option(
            "--cache",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The folder of the cache (default: .storegen/).",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 256), metavar="N", help="The number of processes (default: one per core)."
        ),
        now_option("Build the shop as of another time"),
        click.option(
            "--base-url", type=Address(), metavar="URL", help="The shop's address, instead of the one in site.yaml."
        ),
        click.option("--drafts", is_flag=True, help="Build drafts too."),
    ):
        function = option(function)
    return site_option(function)
