"""A build that is ended leaves no process, no lock and no half-made shop behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import FIVE
from tests.shop import NOW, Shop, tree

pytestmark = pytest.mark.slow

# Builds that are ended at a random moment, for each way to end one. STOREGEN_ENDED_BUILDS=50 is the long run.
TRIES = int(os.environ.get("STOREGEN_ENDED_BUILDS", "1"))
PRODUCTS = 1000 if TRIES > 10 else 400
MANY = {f"content/products/p{n}.yaml": f"name: P {n}\nprice: {n + 1}\ncategory: rings\n" for n in range(PRODUCTS)}


def command(shop: Shop, *more: str) -> list[str]:
    return [sys.executable, "-m", "storegen", "build", "--site", str(shop.folder), "--now", NOW.isoformat(), *more]


def started(command: list[str]) -> subprocess.Popen[str]:
    """Start a command as in the foreground of a terminal. In the background, Ctrl-C and hang-ups may be ignored."""

    def heed() -> None:
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed,  # noqa: PLW1509 - the tests have no threads
    )


def processes(group: int) -> list[int]:
    """Return the processes of a group that are still running."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] not in "ZX":
                found.append(int(entry.name))
    return found


def end_all(number: signal.Signals) -> Callable[[int], None]:
    return lambda pid: os.killpg(pid, number)


def end_parent(number: signal.Signals) -> Callable[[int], None]:
    return lambda pid: os.kill(pid, number)


def end_worker(pid: int) -> None:
    workers = [each for each in processes(pid) if each != pid]
    if workers:
        os.kill(random.choice(workers), signal.SIGKILL)
    else:
        os.kill(pid, signal.SIGKILL)


WAYS: dict[str, Callable[[int], None]] = {
    "ctrl-c": end_all(signal.SIGINT),
    "sigint-parent": end_parent(signal.SIGINT),
    "sigterm-group": end_all(signal.SIGTERM),
    "sigterm-parent": end_parent(signal.SIGTERM),
    "sighup-group": end_all(signal.SIGHUP),
    "sighup-parent": end_parent(signal.SIGHUP),
    "sigkill-group": end_all(signal.SIGKILL),
    "sigkill-parent": end_parent(signal.SIGKILL),
    "sigkill-worker": end_worker,
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, dict[str, bytes], float]:
    """Return a shop, its pages, and how long a build with workers takes."""
    shop = Shop(tmp_path_factory.mktemp("ended") / "shop", FIVE | MANY)
    start = time.monotonic()
    subprocess.run(command(shop, "--jobs", "2"), check=True, capture_output=True)
    return shop, tree(shop.output), time.monotonic() - start


@pytest.mark.parametrize("way", WAYS)
def test_ended_build_leaves_nothing_behind(way: str, prepared: tuple[Shop, dict[str, bytes], float]) -> None:
    shop, pages, seconds = prepared
    for _ in range(TRIES):
        shutil.rmtree(shop.folder / ".storegen")
        process = started(command(shop, "--jobs", "2"))
        time.sleep(random.uniform(0.1, 1.0) * seconds)
        with_suppressed(WAYS[way], process.pid)
        said = process.communicate(timeout=120)[1]

        assert "Traceback" not in said
        assert gone_within(process.pid, 2.0)
        done = subprocess.run(command(shop), capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        assert tree(shop.output) == pages


def with_suppressed(end: Callable[[int], None], pid: int) -> None:
    try:
        end(pid)
    except ProcessLookupError:
        return  # it was done before


def gone_within(group: int, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while processes(group):
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def workers_of(process: subprocess.Popen[str]) -> Iterator[int]:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        found = [each for each in processes(process.pid) if each != process.pid]
        if len(found) > 1:
            yield from found
            return


def test_worker_that_is_killed_is_an_error_with_words(prepared: tuple[Shop, dict[str, bytes], float]) -> None:
    shop, *_ = prepared
    shutil.rmtree(shop.folder / ".storegen")
    process = started(command(shop, "--jobs", "2"))
    os.kill(next(workers_of(process)), signal.SIGKILL)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 1
    assert said.startswith("storegen: a worker process was ended from outside")
    assert "--jobs 1" in said


def test_ctrl_c_says_one_line(prepared: tuple[Shop, dict[str, bytes], float]) -> None:
    shop, *_ = prepared
    shutil.rmtree(shop.folder / ".storegen", ignore_errors=True)
    process = started(command(shop, "--jobs", "2"))
    next(workers_of(process))
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 130
    assert said.strip() == "stopped"


@pytest.mark.parametrize("way", ["ctrl-c", "sigint-parent", "sigterm-parent", "sighup-parent", "sigkill-parent"])
def test_preview_that_is_ended_while_it_builds_leaves_nothing_behind(
    way: str, prepared: tuple[Shop, dict[str, bytes], float]
) -> None:
    shop, *_ = prepared
    shutil.rmtree(shop.folder / ".storegen", ignore_errors=True)
    preview = ("serve", "--site", str(shop.folder), "--jobs", "2", "--port", "0")
    process = started([sys.executable, "-m", "storegen", *preview])
    next(workers_of(process))
    WAYS[way](process.pid)
    gone = gone_within(process.pid, 2.0)
    said = process.communicate(timeout=60)[1]

    assert gone
    assert "Traceback" not in said
    assert subprocess.run(command(shop), capture_output=True, check=False).returncode == 0


def test_lock_is_not_inherited_by_workers(five: Shop) -> None:
    from storegen.write.lock import building

    with building(five.folder / ".storegen"):
        pid = os.fork()
        if not pid:
            time.sleep(60)
            os._exit(0)
    try:
        five.build()  # the lock is free, though processes live on that were forked while it was held
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
