"""The command storegen schedule."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click
import msgspec

from storegen.build.options import Options
from storegen.build.pipeline import upcoming
from storegen.checkout.messengers import POSTS
from storegen.cli.examples import examples
from storegen.cli.options import now_option, site_option
from storegen.config import Config
from storegen.environment import FOXY_KEY, ORDER_KEY
from storegen.errors import UsageError
from storegen.load import load_config

SHOWN = 50
# Commits of GitHub's own actions, with their versions.
_ACTIONS = {
    "checkout": "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "setup-python": "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0",
    "upload-pages-artifact": "actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
    "deploy-pages": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}


class _Job(msgspec.Struct, frozen=True):
    """The job to schedule: its folder, its command, and the environment variables of its signing keys.

    *unset* are variables that the shop can use and that are not set here, so probably not in its builds either.
    *install* is the pip requirement for a hosted build.
    """

    site: Path
    command: str
    keys: tuple[str, ...]
    unset: tuple[str, ...] = ()
    install: str = ""

    @property
    def advice(self) -> str:
        """What to do about unset variables; empty if all are set."""
        names = " and ".join(self.unset)
        return f"{names} is not set here; if your builds use it, set it and print this again" if names else ""

    @property
    def keyring(self) -> str:
        """The file with the signing keys, below the home folder. The shop's folder may be visible to others."""
        return f".config/storegen/{self.site.name}.env"


@click.command(
    epilog=examples(
        "storegen schedule",
        ("storegen schedule --as crontab", "lines to add with crontab -e"),
        "storegen schedule --as systemd > ~/.config/systemd/user/shop.timer",
        "storegen schedule --as github --install vendor/storegen-….whl > .github/workflows/shop.yaml",
        after="You can also build every 15 minutes instead: a build without changes ends at once.",
    )
)
@site_option
@now_option("List the changes after another time")
@click.option(
    "--as",
    "form",
    type=click.Choice(["list", "crontab", "systemd", "github"]),
    default="list",
    help="The form to print (default: list).",
)
@click.option(
    "--install",
    default="",
    metavar="REQUIREMENT",
    help="Where a hosted build gets storegen from: a wheel in the shop's repository, or "
    '"storegen @ git+https://…@COMMIT" (default: the commit that is installed here).',
)
def command(site: Path, now: dt.datetime | None, form: str, install: str) -> None:
    """Print when the shop changes by itself: when a sale begins or ends, or a post is published.

    Run "storegen build" at these moments, on your machine or where your shop is hosted.
    """
    requirement = _requirement(install) if form == "github" else ""
    moments, zone = upcoming(Options(site, now=now))
    configs = load_config(site)
    shown = [moment.astimezone(zone) for moment in moments[:SHOWN]]
    if not shown and form == "list":
        click.echo("no build is needed at any time")
        return
    names = tuple(_keys(next(iter(configs.values()))))
    unset = tuple(name for name in names if not os.environ.get(name))
    job = _Job(site.resolve(), _running(), tuple(name for name in names if name not in unset), unset, requirement)
    click.echo("\n".join(_FORMS[form](shown, job)))
    if len(moments) > SHOWN:
        click.echo(f"{len(moments) - SHOWN} later moments are left out; print the schedule again by then", err=True)


def _running() -> str:
    """Return the command that is running now, with its full path."""
    beside = Path(sys.executable).parent / "storegen"
    return shlex.quote(str(beside)) if beside.is_file() else f"{shlex.quote(sys.executable)} -m storegen"


def _requirement(given: str) -> str:
    """Return a pinned pip requirement for storegen. Raises UsageError if it is unknown or not pinned."""
    found = given.strip() or _installed_from()
    if not found:
        raise UsageError(
            "a hosted build can't install this storegen: name where it gets one, with --install "
            '"storegen @ git+https://…@COMMIT", or --install vendor/storegen-….whl for a wheel in your repository '
            "(pip wheel --no-deps -w vendor FOLDER makes one)"
        )
    address = found.partition("@")[2].strip() if "://" in found else ""
    pinned = re.search(r"@[\w./-]+$", urlsplit(address).path) if "git+" in address else found.endswith(".whl")
    if not pinned and "==" not in found and not re.search(r"#sha256=[0-9a-f]{64}$", found):
        raise UsageError(f'expected a wheel, or a git address with its commit after "@", found "{found}"')
    return found


def _installed_from() -> str:
    """Return the requirement of the installed commit, or an empty string if storegen was not installed from git.

    The source is direct_url.json (PEP 610).
    """
    record = importlib.metadata.distribution("storegen").read_text("direct_url.json")
    origin = json.loads(record or "{}")
    source = origin.get("vcs_info", {})
    if source.get("vcs") != "git" or urlsplit(origin["url"]).scheme != "https":
        return ""
    return f"storegen @ git+{origin['url']}@{source['commit_id']}"


def _keys(config: Config) -> Iterator[str]:
    """Yield the names of the signing keys that builds of this shop need."""
    if not POSTS.keys().isdisjoint(config.checkout.provider):
        yield ORDER_KEY
    if "foxy" in config.checkout.provider:
        yield FOXY_KEY


def _list(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    return [f"{moment:%a %Y-%m-%d %H:%M %Z}" for moment in moments]


def _crontab(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    """Return lines of crontab(5). It has no years, uses the machine's time zone and treats % as a line end.

    Every line contains the shop's folder, so that the lines of an earlier schedule can be found.
    """
    local = [_whole_minute(moment).astimezone() for moment in moments]
    lines = [f"# {job.site}: in the time zone of this machine ({local[0]:%Z}); each line is for its own year"] * bool(
        local
    )
    given = ""
    if job.keys and local:
        names = " and ".join(f"{name}=…" for name in job.keys)
        lines.append(f"# {job.site}: ~/{job.keyring} contains the keys of your builds, {names}")
        given = f'set -a; . "$HOME"/{shlex.quote(job.keyring)}; set +a; '
    if job.advice and local:
        lines.append(f"# {job.site}: {job.advice}")
    build = f"{given}cd {shlex.quote(str(job.site))} && {job.command} build".replace("%", "\\%")
    return lines + [
        f'{each.minute} {each.hour} {each.day} {each.month} * [ "$(date +\\%Y)" = {each.year} ] && {{ {build}; }}'
        for each in local
    ]


def _systemd(moments: Sequence[dt.datetime], job: _Job) -> list[str]:
    """Return a timer of systemd.timer(5) for a service of the same name that builds. There % begins a specifier."""
    times = [f"OnCalendar={moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC" for moment in moments]
    keyring = job.keyring.replace("%", "%%")
    keys = [
        f"#   EnvironmentFile=%h/{keyring}",
        f"# which contains the keys of your builds: {' and '.join(f'{name}=…' for name in job.keys)}",
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
    """Return a workflow that builds the shop and publishes it on GitHub Pages.

    GitHub's schedules use UTC, have no years, and may start some minutes late (docs.github.com, Events that trigger
    workflows, 2026-11). Actions are pinned to commits, because a tag can be moved.
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
        "    runs-on: ubuntu-24.04",
        "    environment: {name: github-pages}",
        "    steps:",
        f"      - uses: {_ACTIONS['checkout']}",
        f"      - uses: {_ACTIONS['setup-python']}",
        f'        with: {{python-version: "{sys.version_info.major}.{sys.version_info.minor}"}}',
        f"      - run: {json.dumps(f'python -m pip install {shlex.quote(job.install)}', ensure_ascii=False)}",
        "      - run: storegen build",
        *(["        env:", *secrets] if secrets else ()),
        "      # Another host? Put output/ there instead of what follows.",
        f"      - uses: {_ACTIONS['upload-pages-artifact']}",
        "        with: {path: output}",
        f"      - uses: {_ACTIONS['deploy-pages']}",
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
