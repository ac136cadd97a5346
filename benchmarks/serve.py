"""storegen serve: how long it takes from saving a product's file until the browser is told to reload.

A page is asked for and its socket opened as a browser does; then the file is saved with a changed line, as it was,
and with a changed comment.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from compare import load_catalogue
from copies import ASIDE, Bench, BuildError, Copy, make_copy
from edits import edit_text
from report import conditions, say, write_json
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 300.0  # seconds for the first build
LONGEST = 60.0  # seconds for any other
RELOAD, BUILT = "reload", "built"

# Saves the product's file; returns what its page must hold then.
Save = Callable[[Copy, int], str]


@dataclass
class Preview:
    """A running storegen serve, and what was heard of it: when it had built, and when it told the browser to reload."""

    address: str
    process: asyncio.subprocess.Process
    heard: asyncio.Queue[tuple[float, str]] = field(default_factory=asyncio.Queue)

    async def page(self, path: str) -> str:
        answer = await AsyncHTTPClient().fetch(f"{self.address}{path}")
        return answer.body.decode()

    def hear(self, what: str) -> None:
        self.heard.put_nowait((time.perf_counter(), what))

    async def settle(self, seconds: float) -> None:
        """Wait, and forget what was heard until then."""
        await asyncio.sleep(seconds)
        while not self.heard.empty():
            self.heard.get_nowait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue", type=Path, required=True, help="folder with catalogue.py and run.py")
    parser.add_argument("--work", type=Path, default=Path("bench-work"), help="folder for the working copy")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--theme", choices=("plain", "default"), default="plain")
    parser.add_argument("--json", type=Path, help="write everything that was measured here")
    arguments = parser.parse_args()
    bench = Bench(*load_catalogue(arguments.catalogue), arguments.products, arguments.theme)
    arguments.work.mkdir(parents=True, exist_ok=True)
    copy = make_copy(bench, arguments.work.resolve() / "storegen-serve")
    try:
        found, memory = asyncio.run(measure(copy, arguments.saves))
    except BuildError as error:
        sys.exit(f"failed: {error}")
    finally:
        shutil.rmtree(arguments.work / ASIDE, ignore_errors=True)
    around = conditions(())
    print(f"\n{bench.products:,} products, theme {bench.theme}, {arguments.saves} saves each; {say(around)}\n")
    print(f"{table(found)}\n\nmemory of the server: {memory:.0f} MiB")
    write_json(arguments.json, products=bench.products, conditions=around, milliseconds=found, memory=memory)


async def measure(copy: Copy, saves: int) -> tuple[dict[str, list[float]], float]:
    """Return the milliseconds of every save by its kind, and the server's memory in MiB."""
    found: dict[str, list[float]] = {}
    async with serving(copy) as preview, browsing(preview, copy):
        for number in range(saves):
            for name, save in SAVES:  # in turns, as a machine is not always equally fast
                await preview.settle(0.3 + number % 7 * 0.05)  # not in step with the watcher
                seconds, what = await _after(preview, copy, save, number)
                found.setdefault(f"{name}: {what}", []).append(seconds * 1000)
        memory = copy.bench.runner.group_rss(preview.process.pid) / 2**20
    return found, memory


async def _after(preview: Preview, copy: Copy, save: Save, number: int) -> tuple[float, str]:
    """Save; return the seconds until the browser is told to reload, or until the build where it is not told at all."""
    started = time.perf_counter()
    text = save(copy, number)
    ended, what = await _next(preview, LONGEST)
    if what == BUILT:
        try:
            ended, what = await _next(preview, 1)  # the message follows the build
        except BuildError:
            what = "built, no reload"
    if text not in await preview.page(f"products/{copy.product.stem}/"):
        raise BuildError(f'the page does not show "{text}" when the browser is told to reload')
    return ended - started, what


async def _next(preview: Preview, seconds: float) -> tuple[float, str]:
    try:
        return await asyncio.wait_for(preview.heard.get(), seconds)
    except TimeoutError:
        raise BuildError(f"nothing was heard for {seconds:.0f} s after a save") from None


def change_line(copy: Copy, number: int) -> str:
    return edit_text(copy, number).text


def save_again(copy: Copy, number: int) -> str:
    """Write the file as it is."""
    copy.product.write_bytes(copy.product.read_bytes())
    return ""


def change_comment(copy: Copy, number: int) -> str:
    """Change what no page shows."""
    text = re.sub(r"\A# note \d+\n", "", copy.product.read_text(encoding="utf-8"))
    copy.product.write_text(f"# note {number}\n{text}", encoding="utf-8")
    return ""


SAVES: tuple[tuple[str, Save], ...] = (
    ("a line changed", change_line),
    ("saved as it was", save_again),
    ("a comment changed", change_comment),
)


@asynccontextmanager
async def serving(copy: Copy) -> AsyncIterator[Preview]:
    """Run storegen serve on a free port until it has built once; it is ended afterwards."""
    command = copy.command("serve", "--port", "0")
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        address = re.search(r"http://\S+", line.decode())
        if address is None:
            raise BuildError(f"storegen serve said: {(line + await process.stdout.read()).decode()}")
        preview = Preview(address[0], process)
        listening = asyncio.create_task(_listen(preview, process.stdout))
        yield preview
        listening.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listen(preview: Preview, lines: asyncio.StreamReader) -> None:
    while line := await lines.readline():
        if re.match(rb"made \d|nothing to make", line):
            preview.hear(BUILT)


@asynccontextmanager
async def browsing(preview: Preview, copy: Copy) -> AsyncIterator[None]:
    """Open the edited product's page, and the socket that its script is told of, as livereload's own script does."""
    page = await preview.page(f"products/{copy.product.stem}/")
    told = re.search(r"livereload\.js\?host=([^&\"]+)&amp;port=(\d+)&amp;snipver=([\w-]+)", page)
    if told is None:
        raise BuildError("the page brings no script that listens for reloads")
    address = f"ws://{told[1]}:{told[2]}/livereload"
    socket = await websocket_connect(HTTPRequest(address, headers={"Origin": preview.address.rstrip("/")}))
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"], "snipver": told[3]}
    await socket.write_message(json.dumps(hello))
    answer = await socket.read_message()
    if '"hello"' not in str(answer):
        raise BuildError(f"the socket answered {answer!r}")
    telling = asyncio.create_task(_told(preview, socket))
    yield
    telling.cancel()
    socket.close()


async def _told(preview: Preview, socket: WebSocketClientConnection) -> None:
    while (message := await socket.read_message()) is not None:
        if '"reload"' in str(message):
            preview.hear(RELOAD)


def table(found: dict[str, list[float]]) -> str:
    """Return one line a kind of save and what it led to."""
    lines = ["| save | times | median ms | least | most |", "|---|---|---|---|---|"]
    for name, times in found.items():
        numbers = (statistics.median(times), min(times), max(times))
        lines.append(f"| {name} | {len(times)} | {' | '.join(f'{number:.0f}' for number in numbers)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
