"""The command storegen docs."""

from __future__ import annotations

import functools
import signal
import threading
import webbrowser
from types import FrameType

import click

from storegen.build import Options
from storegen.cli.examples import examples
from storegen.docs_site import docs_folder, write_docs_site
from storegen.errors import StoregenError
from storegen.serve import Event, serve


class DocsError(StoregenError):
    """The documentation can't be shown."""


@click.command(epilog=examples("storegen docs", ("storegen docs --no-open --port 8001", "print the address only")))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="NUMBER",
    help="The port of the address (default: any free port).",
)
@click.option("--no-open", is_flag=True, help="Don't open the browser.")
def command(port: int, *, no_open: bool) -> None:
    """Show storegen's documentation in the browser. It works without an internet connection.

    Only this computer can open the address. Press Ctrl-C to end the command.
    """
    folder = docs_folder()
    write_docs_site(folder)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, functools.partial(_end, stop))
    teller = _Teller(stop, open_=not no_open)
    try:
        serve(Options(folder), port=port, tell=teller, stop=stop)
    except KeyboardInterrupt:
        if not stop.is_set():
            raise
    if teller.errors:
        raise DocsError("\n".join(teller.errors))


class _Teller:
    """Prints the address once, and opens it. If the documentation can't be built, ends the command."""

    def __init__(self, stop: threading.Event, *, open_: bool) -> None:
        self._stop = stop
        self._open = open_
        self._began = False
        self.errors: tuple[str, ...] = ()

    def __call__(self, address: str, event: Event) -> None:
        if event.errors:
            self.errors = event.errors
            self._stop.set()
        elif not self._began:
            self._began = True
            click.echo(f"the documentation is at {address}  (Ctrl-C ends it)")
            if self._open:
                webbrowser.open(address)


def _end(stop: threading.Event, number: int, frame: FrameType | None) -> None:
    """End the command at once."""
    stop.set()
    raise KeyboardInterrupt
