"""The command ``storegen docs``, running in a test, and what a browser gets from it."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit


@contextmanager
def served_docs(command: Sequence[str], folder: Path, *options: str) -> Iterator[str]:
    """Run the command in *folder*, which is also its cache; yields the address that it prints."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        [*command, "docs", "--no-open", *options],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with running:
        assert running.stdout is not None
        try:
            said = running.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", said)
            assert found, said + ("" if running.poll() is None else running.stdout.read())
            yield found[0]
        finally:
            running.terminate()


def answer_of(address: str, host: str = "") -> tuple[int, str]:
    """Return the status and the text of an answer. *host* is what the request calls the server."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=20)) as connection:
        connection.request("GET", parts.path, headers={"Host": host or parts.netloc})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
