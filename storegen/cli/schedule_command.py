"""storegen schedule."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from storegen.checkout.messengers import POSTS
from storegen.cli.options import now_option, site_option
from storegen.config import Config
from storegen.environment import FOXY_KEY, ORDER_KEY
from storegen.job import Options
from storegen.load import load_config
from storegen.stages import upcoming

SHOWN = 50


class _Job(msgspec.Struct, frozen=True):
    """What is to be run: where, by which command, and with which keys in its environment.

    *unset* are keys that the shop could use and that this environment, like its builds as it seems, doesn't hold.
    """

    site: Path
    command: str
    keys: tuple[str, ...]
    unset: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What to do where a key isn't set, empty where none lacks."""
        names = " and ".join(self.unset)
        return f"{names} is not set here; if your builds use it, set it and print this again" if names else ""

    @property
    def keyring(self) -> str:
        """The file, below the home folder, that holds the keys: outside the shop's, which others may see."""
        return f".config/storegen/{self.site.name}.env"


@click.command(
    epilog="Examples:\n\n  storegen schedule\n\n  storegen schedule --as crontab      lines to add with crontab -e"
    "\n\n  storegen schedule --as systemd > ~/.config/systemd/user/shop.timer"
    "\n\n  storegen schedule --as github > .github/workflows/shop.yaml\n\n"
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
    configs = load_config(site)
    moments, zone = upcoming(Options(site, now=now))
    shown = [moment.astimezone(zone) for moment in moments[:SHOWN]]
    if not shown and form == "list":
        click.echo("nothing changes by itself")
        return
    names = tuple(_keys(next(iter(configs.values()))))
    unset = tuple(name for name in names if not os.environ.get(name))
    job = _Job(site.resolve(), _running(), tuple(name for name in names if name not in unset), unset)
    click.echo("\n".join(_FORMS[form](shown, job)))
    if len(moments) > SHOWN:
        click.echo(f"{len(moments) - SHOWN} later moments are left out; print the schedule again by then", err=True)


def _running() -> str:
    """Return the command that runs now, for an environment that doesn't know where it is."""
    beside = Path(sys.executable).parent / "storegen"
    return shlex.quote(str(beside)) if beside.is_file() else f"{shlex.quote(sys.executable)} -m storegen"


def _keys(config: Config) -> Iterator[str]:
    """Yield the names of the keys that builds of this shop sign with."""
    if not POSTS.keys().isdisjoint(config.checkout.provider):
        yield ORDER_KEY
    if "foxy" in config.checkout.provider:
        yield FOXY_KEY


def _list(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    return [f"{moment:%a %Y-%m-%d %H:%M %Z}" for moment in moments]


def _crontab(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    """Return lines of crontab(5), which knows no years, runs by the machine's own clock and takes % for a line's end.

    Every line names the shop's folder, so that those of an earlier schedule can be found.
    """
    local = [_whole_minute(moment).astimezone() for moment in moments]
    lines = [f"# {job.site}: in the time zone of this machine ({local[0]:%Z}); each line is for its own year"] * bool(
        local
    )
    given = ""
    if job.keys and local:
        names = " and ".join(f"{name}=…" for name in job.keys)
        lines.append(f"# {job.site}: ~/{job.keyring} holds what your builds sign with, {names}")
        given = f'set -a; . "$HOME"/{shlex.quote(job.keyring)}; set +a; '
    if job.advice and local:
        lines.append(f"# {job.site}: {job.advice}")
    build = f"{given}cd {shlex.quote(str(job.site))} && {job.command} build".replace("%", "\\%")
    return lines + [
        f'{each.minute} {each.hour} {each.day} {each.month} * [ "$(date +\\%Y)" = {each.year} ] && {{ {build}; }}'
        for each in local
    ]


def _systemd(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    """Return a timer of systemd.timer(5), for a service of the same name that builds; % begins a code there."""
    times = [f"OnCalendar={moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC" for moment in moments]
    keyring = job.keyring.replace("%", "%%")
    keys = [
        f"#   EnvironmentFile=%h/{keyring}",
        f"# which holds what your builds sign with: {' and '.join(f'{name}=…' for name in job.keys)}",
    ]
    return [
        "# beside it, a service of the same name with:",
        "#   [Service]",
        "#   Type=oneshot",
        f"#   WorkingDirectory={job.site}".replace("%", "%%"),
        f"#   ExecStart={job.command} build".replace("%", "%%"),
        *(keys if job.keys else ()),
        *([f"# {job.advice}"] if job.advice else ()),
        "# then: systemctl --user enable --now its-name.timer",
        "# it runs while you are logged in; always, after: loginctl enable-linger",
        "[Unit]",
        "Description=Build the shop when it changes by itself",
        "[Timer]",
        *times,
        "Persistent=true",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _github(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    """Return a workflow that builds the shop and puts it on GitHub's pages.

    Its schedules run in UTC, know no years, and may start some minutes late (docs.github.com, Events that trigger
    workflows, 2026-11).
    """
    utc = [_whole_minute(moment).astimezone(dt.UTC) for moment in moments]
    times = [f'    - cron: "{each.minute} {each.hour} {each.day} {each.month} *"' for each in utc]
    secrets = [f"          {name}: ${{{{ secrets.{name} }}}}" for name in (*job.keys, *job.unset)]
    return [
        "# .github/workflows/shop.yaml, where the shop is at the top of the repository. GitHub repeats a schedule",
        "# every year, which does no harm, and stops it where a public repository rests for 60 days.",
        *["# Settings, Secrets and variables, Actions holds the keys that your builds sign with."] * bool(secrets),
        "name: Shop",
        "on:",
        "  push:",
        "    branches: [main]",
        "  workflow_dispatch:",
        *(["  schedule: # in UTC", *dict.fromkeys(times)] if times else ()),
        "permissions: {contents: read, pages: write, id-token: write}",
        "concurrency: shop",
        "jobs:",
        "  build:",
        "    runs-on: ubuntu-latest",
        "    environment: {name: github-pages}",
        "    steps:",
        "      - uses: actions/checkout@v4",
        "      - uses: actions/setup-python@v5",
        '        with: {python-version: "3.12"}',
        "      - run: pip install storegen # or from where you have it",
        "      - run: storegen build",
        *(["        env:", *secrets] if secrets else ()),
        "      # Another host? Put output/ there instead of what follows.",
        "      - uses: actions/upload-pages-artifact@v3",
        "        with: {path: output}",
        "      - uses: actions/deploy-pages@v4",
    ]


def _whole_minute(moment: dt.datetime) -> dt.datetime:
    """Return the first whole minute at or after a moment."""
    return moment if not moment.second else moment.replace(second=0) + dt.timedelta(minutes=1)


_FORMS: dict[str, Callable[[Sequence[dt.datetime], _Job], list[str]]] = {
    "list": _list,
    "crontab": _crontab,
    "systemd": _systemd,
    "github": _github,
}
