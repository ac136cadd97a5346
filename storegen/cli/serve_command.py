"""The command storegen serve."""

from __future__ import annotations

import datetime as dt
import functools
import signal
import threading
import webbrowser
from pathlib import Path
from types import FrameType

import click

from storegen.build import Options
from storegen.cli.build_command import summary
from storegen.cli.examples import examples
from storegen.cli.options import build_options
from storegen.load import read_config
from storegen.serve import Event, serve

PORT = 8000


@click.command(epilog=examples("storegen serve", "storegen serve --port 8080 --drafts --open"))
@build_options
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port; 0 uses any free port."
)
@click.option("--open", "open_", is_flag=True, help="Open the shop in a browser.")
def command(
    site: Path,
    output: Path | None,
    cache: Path | None,
    jobs: int | None,
    now: dt.datetime | None,
    base_url: str | None,
    *,
    drafts: bool,
    port: int,
    open_: bool,
) -> None:
    """Preview the shop on this machine, and build it again on every save.

    Pages are built first, and pictures follow. Mistakes are shown in the page until they are fixed.
    """
    options = Options(
        site,
        output,
        cache,
        jobs=jobs or 0,
        now=now,
        base_url=base_url or "",
        drafts=drafts,
        allow_placeholders=True,  # this is where they are replaced
    )
    read_config(site)  # its mistakes are shown in the page, like those of content
    stop = threading.Event()
    signal.signal(signal.SIGTERM, functools.partial(_end, stop))
    try:
        serve(options, port=port, tell=_Teller(site.resolve().name, open_=open_), stop=stop)
    except KeyboardInterrupt:
        if not stop.is_set():
            raise


class _Teller:
    """Prints what the preview does: first its address, then the result of each build."""

    def __init__(self, shop: str, *, open_: bool) -> None:
        self._shop = shop
        self._open = open_
        self._began = False

    def __call__(self, address: str, event: Event) -> None:
        if not self._began:
            self._began = True
            click.echo(f"serving {self._shop} at {address}  (Ctrl-C ends it)")
            if self._open:
                webbrowser.open(address)
        if event.report is not None:
            click.echo(summary(event.report))
            if event.report.deferred:
                click.echo(f"{len(event.report.deferred)} pictures follow")
        if event.pictures_done:
            click.echo("all pictures are made")
        for line in event.errors:
            click.echo(line, err=True)


def _end(stop: threading.Event, number: int, frame: FrameType | None) -> None:
    """End the preview at once, even during a build."""
    stop.set()
    raise KeyboardInterrupt
