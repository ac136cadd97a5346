"""The command storegen mail."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

import click

from storegen.build import Options
from storegen.build.mails import Series, make_series, service_files
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.errors import OutputError, counted, explain_os_error
from storegen.mails import SERVICES
from storegen.write.disk import replace_file

FOLDER = "mail"
# A file that says that the command made a folder, so that it may delete what is in it.
_MARK = ".storegen-mail"


@click.command(
    epilog=examples(
        "storegen mail",
        ("storegen mail --service brevo", "for one service"),
        ("storegen mail --only welcome --only first-offer", "some mails, named by their files in content/mail"),
        ("storegen mail --now 2026-12-24", "with the prices and offers of another time"),
        after=(
            "The mails are in mail/SERVICE/LANGUAGE: each as HTML and as text, with a table of subjects. Their links "
            "and pictures need the published shop. storegen serve shows them at /__storegen/mail/."
        ),
    )
)
@site_option
@click.option(
    "--service",
    "services",
    multiple=True,
    type=click.Choice(list(SERVICES)),
    help="A mail service; can be repeated (default: all).",
)
@click.option("--only", multiple=True, metavar="MAIL", help="A mail of content/mail; can be repeated (default: all).")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="The folder (default: mail/)."
)
@click.option("--drafts", is_flag=True, help="Include drafts.")
@now_option("Use the prices and offers of another time")
def command(
    site: Path,
    services: tuple[str, ...],
    only: tuple[str, ...],
    output: Path | None,
    now: dt.datetime | None,
    *,
    drafts: bool,
) -> None:
    """Write the mails of content/mail as HTML and text, with the tags of your mail service.

    They show the same prices, offers and delivery times as the pages of the shop at this moment. Nothing is sent.
    """
    series = make_series(Options(site, now=now, drafts=drafts), only)
    folder = output or site / FOLDER
    for warning in series.warnings:
        click.echo(f"warning: {warning}", err=True)
    if not series.mails:
        click.echo("content/mail has no mails; storegen docs explains how to write some")
        return
    for name in services or SERVICES:
        _write(folder / name, service_files(series, SERVICES[name]), whole=not only)
    click.echo(_summary(series, len(services or SERVICES), folder))


def _write(folder: Path, files: Mapping[str, bytes], *, whole: bool) -> None:
    """Write the files of a service. The *whole* series replaces the files of earlier runs."""
    try:
        if whole and folder.exists():
            if any(folder.iterdir()) and not (folder / _MARK).exists():
                raise OutputError(
                    f"{folder} contains files that storegen mail did not write; name another folder with --output"
                )
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).touch()
        for name, data in files.items():
            if not whole and name.endswith(".csv"):  # the list of the whole series stays
                continue
            (folder / name).parent.mkdir(exist_ok=True)
            replace_file(folder / name, data)
    except OSError as error:
        raise OutputError(f"{folder}: {explain_os_error(error)}") from None


def _summary(series: Series, services: int, folder: Path) -> str:
    languages = dict.fromkeys(mail.language for mail in series.mails)
    count = len({mail.id for mail in series.mails})
    return (
        f"{counted(count, 'mail')} in {counted(len(languages), 'language')} ({', '.join(languages)}) for "
        f"{counted(services, 'service')}, in {folder}"
    )
