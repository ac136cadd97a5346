"""storegen beside Hugo on one catalogue, in turns in one run; prints ratios."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from layout import write_site

NOW = "2026-11-23T09:50"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True, help="folder with catalogue.py and run.py")
    parser.add_argument("--tools", type=Path, help="folder where Hugo is installed; left out: storegen alone")
    parser.add_argument("--work", type=Path, default=Path("bench-work"))
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if not (arguments.catalogue / "catalogue.py").is_file():
        sys.exit(f"no catalogue.py in {arguments.catalogue}: nothing to compare with")
    sys.path.insert(0, str(arguments.catalogue.resolve()))
    catalogue, runner = importlib.import_module("catalogue"), importlib.import_module("run")
    arguments.work.mkdir(parents=True, exist_ok=True)
    ours = Storegen(catalogue, runner, arguments.work.resolve() / "storegen", arguments.products)
    hugo = _hugo(runner, catalogue, arguments)
    results: dict[str, list[dict[str, float]]] = {}
    for number in range(arguments.rounds):
        for name, take in (
            ("hugo cold", hugo and hugo.cold),
            ("hugo rebuild", hugo and hugo.rebuild),
            ("cold", ours.cold),
            ("no-op", ours.nothing),
            ("one edit", ours.edit),
        ):
            if take:
                results.setdefault(name, []).append(take(number))
        print(f"round {number + 1}:", {name: round(rows[-1]["wall"], 2) for name, rows in results.items()}, flush=True)
    _print(results, arguments.products)


class Storegen:
    """A working copy of ours."""

    def __init__(self, catalogue: Any, runner: Any, folder: Path, products: int) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        write_site(catalogue, folder, products=products, seed=catalogue.SEED)
        self.runner, self.folder, self.products = runner, folder, products
        self.slug = catalogue.products(products, catalogue.SEED)[products // 2]["slug"]
        self.command = f"{sys.executable} -m storegen build --site {folder} --now {NOW}"

    def _time(self) -> dict[str, float]:
        found: dict[str, float] = self.runner.timed(self.command, str(self.folder), {}, 1200)
        assert "error" not in found, found
        pages = sum(1 for _ in (self.folder / "output" / "products").iterdir())
        assert pages == self.products, f"{pages} product pages"
        return found

    def cold(self, number: int) -> dict[str, float]:
        for name in ("output", ".storegen"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        return self._time()

    def nothing(self, number: int) -> dict[str, float]:
        return self._time()

    def edit(self, number: int) -> dict[str, float]:
        file = self.folder / "content" / "products" / f"{self.slug}.yaml"
        text, count = re.subn(r"Edition \d+\.", f"Edition {number + 2}.", file.read_text())
        assert count == 1
        file.write_text(text)
        found = self._time()
        page = (self.folder / "output" / "products" / self.slug / "index.html").read_text()
        assert f"Edition {number + 2}." in page
        return found


class Hugo:
    """The benchmark's own slot for Hugo."""

    def __init__(self, peer: Any) -> None:
        self.peer = peer
        peer.prime()

    def cold(self, number: int) -> dict[str, float]:
        self.peer.cold()
        found: dict[str, float] = self.peer.res["cold"][-1]
        return found

    def rebuild(self, number: int) -> dict[str, float]:
        self.peer.rebuild(number + 2)
        found: dict[str, float] = self.peer.res["rebuild"][-1]
        return found


def _hugo(runner: Any, catalogue: Any, arguments: argparse.Namespace) -> Hugo | None:
    if not arguments.tools or not (arguments.tools / "hugo").is_dir():
        print("Hugo is not there: storegen alone")
        return None
    settings = argparse.Namespace(
        products=arguments.products,
        seed=catalogue.SEED,
        tools=str(arguments.tools),
        limit=1200,
        storegen_files=[],
        storegen_page="",
    )
    spec = runner.peers(str(arguments.tools.resolve()))["hugo"]
    return Hugo(
        runner.Peer(
            "hugo",
            spec,
            settings,
            str(arguments.work.resolve()),
            catalogue.products(arguments.products, catalogue.SEED),
        )
    )


def _print(results: dict[str, list[dict[str, float]]], products: int) -> None:
    medians = {
        name: {key: statistics.median(row[key] for row in rows) for key in ("wall", "cpu", "tree")}
        for name, rows in results.items()
    }
    print(
        f"\n{products} products, medians of {len(next(iter(results.values())))}; load average {os.getloadavg()[0]:.1f}\n"
    )
    print("| build | wall s | CPU s | memory MiB | wall × Hugo | CPU × Hugo |\n|---|---|---|---|---|---|")
    for name, row in medians.items():
        base = medians.get("hugo cold" if "cold" in name else "hugo rebuild")
        ratios = (f"{row[key] / base[key]:.2f}" if base else "–" for key in ("wall", "cpu"))
        print(f"| {name} | {row['wall']:.2f} | {row['cpu']:.2f} | {row['tree']:.0f} | {' | '.join(ratios)} |")


if __name__ == "__main__":
    main()
