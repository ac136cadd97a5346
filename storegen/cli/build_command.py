"""The command storegen build."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from pathlib import Path

import click

from storegen.build import Options, Report, Session, build
from storegen.cli.examples import examples
from storegen.cli.options import build_options
from storegen.cli.progress import Bar

SHOWN = 200


@click.command(
    epilog=examples(
        "storegen build",
        ("storegen build --explain", "print why each file was written"),
        ("storegen build --now 2026-12-24T08:00", "build the shop of that moment"),
        ("storegen build --preview --base-url https://try.my-shop.example", "write a copy for a test to preview/"),
    )
)
@build_options
@click.option("--preview", is_flag=True, help="Build a copy that search engines don't list, into preview/.")
@click.option("--clean", is_flag=True, help="Rebuild everything.")
@click.option("--overwrite", is_flag=True, help="Overwrite files in the output folder that no build wrote.")
@click.option(
    "--allow-placeholders", is_flag=True, help="Build for a public address although placeholders are left (REPLACE-ME)."
)
@click.option("--explain", is_flag=True, help="Print for each file why it was written.")
@click.option("--timings", is_flag=True, help="Print how long each stage took.")
def command(
    site: Path,
    output: Path | None,
    cache: Path | None,
    jobs: int | None,
    now: dt.datetime | None,
    base_url: str | None,
    *,
    drafts: bool,
    preview: bool,
    clean: bool,
    overwrite: bool,
    allow_placeholders: bool,
    explain: bool,
    timings: bool,
) -> None:
    """Build the shop into output/. Only what changed since the last build is written."""
    gc.disable()  # the process ends after the build; one collection in a whole shop would take a tenth of a short build
    options = Options(
        site,
        output,
        cache,
        clean,
        jobs or 0,
        now,
        base_url or "",
        drafts,
        overwrite,
        preview,
        allow_placeholders=allow_placeholders,
    )
    with Bar(sys.stderr) as bar:
        report = build(options, progress=bar.show, session=Session())  # not closed: the process ends
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    if explain:
        _explain(report)
    click.echo(summary(report))
    if timings:
        for stage, seconds in report.timings.items():
            click.echo(f"  {stage:8} {seconds:7.3f} s")


def _explain(report: Report) -> None:
    """Print each output that was written and why, and the deleted ones."""
    for change in report.made[:SHOWN]:
        click.echo(f"{change.output.path}: {'; '.join(change.reasons)}")
    if len(report.made) > SHOWN:
        click.echo(f"… and {len(report.made) - SHOWN} more")
    for path in report.removed:
        click.echo(f"{path}: removed")


def summary(report: Report) -> str:
    """Return one line with the result of a build and the time of the next change."""
    if not report.made and not report.removed:
        text = f"nothing to make: all {report.kept} outputs are up to date"
    else:
        text = f"made {len(report.made)}, kept {report.kept}, removed {len(report.removed)}"
    text += f" in {report.seconds:.2f} s"
    if report.next_instant is not None:
        text += f"\nnext change due {report.next_instant:%Y-%m-%d %H:%M %Z}: build again then"
    return text
