"""Options that several commands take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from storegen.model.scalars import Instant, Url

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[dt.datetime]):
    """A date or a date with a time, in UTC where it names no offset."""

    name = "iso"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value
        try:
            return Instant.parse(value, dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Address(click.ParamType[str]):
    """An address on the web."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        try:
            return Url.parse(value, dt.UTC)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def site_option(function: F) -> F:
    """Add ``--site DIR``."""
    return click.option(
        "--site",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        metavar="DIR",
        help="The shop's folder (default: here).",
    )(function)


def build_options(function: F) -> F:
    """Add the options of commands that build."""
    for option in (
        click.option(
            "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where the shop goes (default: output/)."
        ),
        click.option(
            "--cache",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="What is remembered between builds (default: .storegen/).",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 256), metavar="N", help="How many processes work (default: one a core)."
        ),
        click.option("--now", type=Moment(), metavar="ISO", help="Build as at another time, such as 2026-12-24T08:00."),
        click.option(
            "--base-url", type=Address(), metavar="URL", help="The shop's address, instead of the one in site.yaml."
        ),
        click.option("--drafts", is_flag=True, help="Build drafts too."),
    ):
        function = option(function)
    return site_option(function)
