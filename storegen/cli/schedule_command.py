"""storegen schedule."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from storegen.cli.options import now_option, site_option
from storegen.job import Options
from storegen.stages import upcoming

SHOWN = 50


@click.command(
    epilog="Examples:\n\n  storegen schedule\n\n  storegen schedule --as crontab | crontab -"
    "\n\n  storegen schedule --as systemd > ~/.config/systemd/user/shop.timer\n\n"
    "A build that finds nothing to do takes a fraction of a second, so a build every quarter of an hour does as well."
)
@site_option
@now_option("As seen at another time")
@click.option(
    "--as",
    "form",
    type=click.Choice(["list", "crontab", "systemd", "github"]),
    default="list",
    help="The form to print (default: list).",
)
def command(site: Path, now: dt.datetime | None, form: str) -> None:
    """Say when the shop changes by itself: a sale begins or ends, a post comes out.

    Run "storegen build" at these moments, on your machine or where your shop is hosted.
    """
    moments, zone = upcoming(Options(site, now=now))
    shown = [moment.astimezone(zone) for moment in moments[:SHOWN]]
    if not shown and form == "list":
        click.echo("nothing changes by itself")
        return
    click.echo("\n".join(_FORMS[form](shown, site.resolve())))
    if len(moments) > SHOWN:
        click.echo(f"{len(moments) - SHOWN} later moments are left out; print the schedule again by then", err=True)


def _list(moments: Sequence[dt.datetime], site: Path) -> list[str]:
    return [f"{moment:%a %Y-%m-%d %H:%M %Z}" for moment in moments]


def _crontab(moments: Sequence[dt.datetime], site: Path) -> list[str]:
    """Return lines of crontab(5), which knows no years and runs by the machine's own clock."""
    local = [_whole_minute(moment).astimezone() for moment in moments]
    build = f"cd {shlex.quote(str(site))} && storegen build"
    return [f"# in the time zone of this machine ({local[0]:%Z})"] * bool(local) + [
        f"{moment.minute} {moment.hour} {moment.day} {moment.month} * {build}" for moment in local
    ]


def _systemd(moments: Sequence[dt.datetime], site: Path) -> list[str]:
    """Return a timer of systemd.timer(5), for a service of the same name that builds."""
    times = [f"OnCalendar={moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC" for moment in moments]
    return [
        "# beside it, a service of the same name with:",
        f"#   WorkingDirectory={site}",
        "#   ExecStart=storegen build",
        "[Unit]",
        "Description=Build the shop when it changes by itself",
        "[Timer]",
        *times,
        "Persistent=true",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _github(moments: Sequence[dt.datetime], site: Path) -> list[str]:
    """Return the trigger of a workflow; such schedules run in UTC, know no years, and may start some minutes late."""
    utc = [_whole_minute(moment).astimezone(dt.UTC) for moment in moments]
    lines = [f'    - cron: "{each.minute} {each.hour} {each.day} {each.month} *"' for each in utc]
    return ["on:", "  push:", "  schedule:", *dict.fromkeys(lines)]


def _whole_minute(moment: dt.datetime) -> dt.datetime:
    """Return the first whole minute at or after a moment."""
    return moment if not moment.second else moment.replace(second=0) + dt.timedelta(minutes=1)


_FORMS: dict[str, Callable[[Sequence[dt.datetime], Path], list[str]]] = {
    "list": _list,
    "crontab": _crontab,
    "systemd": _systemd,
    "github": _github,
}
