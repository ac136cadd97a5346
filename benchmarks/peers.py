"""The other generators: the same catalogue in their own layouts, built in turns with ours."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks import OTHERWISE
from copies import LIMIT_SECONDS, Bench, BuildError, Row, set_aside

# Templates of other generators that give the pages of the theme `default`, with the folder where each keeps its own.
TEMPLATES = {"hugo": (Path(__file__).parent / "hugo", "layouts")}


@dataclass(frozen=True)
class Peer:
    """A generator with two working copies: one is built cold, the other again after an edit."""

    name: str
    version: str
    slot: Any

    @property
    def output(self) -> Path:
        return Path(self.slot.dir["cold"], "out")

    def cold(self, bench: Bench) -> Row:
        """Build all; raises BuildError where pages, or parts of a product's page, are missing."""
        folder = Path(self.slot.dir["cold"])
        set_aside(folder.parent, *(folder / name for name in self.slot.spec["caches"]))
        self.slot.cold()
        if fault := self.slot.dead.get("cold"):
            raise BuildError(f"{self.name}: {fault}")
        missing = [
            *(part for part in self.slot.missing if bench.theme == "plain" or part not in OTHERWISE[bench.theme]),
            *(kind for kind, number in bench.expected.items() if self.slot.pages[kind] != number),
        ]
        if missing:
            raise BuildError(f"{self.name}: missing or miscounted: {', '.join(missing)}")
        return {**self.slot.res["cold"][-1], "files": float(self.slot.pages["files"])}

    def rebuild(self, number: int) -> Row:
        """Build again after one edit; raises BuildError where it is not in the page."""
        self.slot.rebuild(number + 2)
        if fault := self.slot.dead.get("rebuild"):
            raise BuildError(f"{self.name}: {fault}")
        row: Row = self.slot.res["rebuild"][-1]
        if not (row["fresh"] and row["complete"]):
            raise BuildError(f"{self.name}: the edit is not in the page, or pages are missing")
        return {**row, "files": float(self.slot.pages.get("files", 0))}


def find_peers(bench: Bench, tools: Path | None, work: Path, names: list[str]) -> list[Peer]:
    """Return the generators of these names that are installed, each with a first build behind it; say which are not."""
    specs = bench.runner.peers(str(tools.resolve())) if tools else {}
    found = []
    for name in names:
        version = _version(specs[name]["version"]) if name in specs else ""
        if not version:
            print(f"{name}: not installed, left out")
            continue
        if bench.theme == "default" and name not in TEMPLATES:
            print(f"{name}: no templates for the pages of the theme default, left out")
            continue
        slot = bench.runner.Peer(name, specs[name], _settings(bench, tools), str(work.resolve()), bench.rows)
        if bench.theme == "default":
            _put_templates(name, slot)
        slot.prime()
        found.append(Peer(name, version, slot))
    return found


def _put_templates(name: str, slot: Any) -> None:
    """Put our templates in place of the catalogue's in both working copies."""
    ours, folder = TEMPLATES[name]
    for copy in slot.dir.values():
        shutil.rmtree(Path(copy, folder))
        shutil.copytree(ours, Path(copy, folder))


def _version(command: str) -> str:
    try:
        said = subprocess.run(shlex.split(command), capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ""
    match = re.search(r"\d+\.\d+\.\d+", said.stdout + said.stderr) if said.returncode == 0 else None
    return match[0] if match else ""


def _settings(bench: Bench, tools: Path | None) -> argparse.Namespace:
    return argparse.Namespace(
        products=bench.products,
        seed=bench.catalogue.SEED,
        tools=str(tools),
        limit=LIMIT_SECONDS,
        storegen_files=[],
        storegen_page="",
    )
