"""What was measured, as Markdown tables and as JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from copies import Row

import storegen

SHOWN = ("wall", "cpu", "tree", "files", "written")

# The rows of each build, by its name, in the order of the first round.
Results = Mapping[str, list[Row]]


def medians(results: Results) -> dict[str, Row]:
    """Return the median of every measure of every build; what was written is not known of peers."""
    return {
        name: {key: statistics.median(row[key] for row in rows) for key in SHOWN if key in rows[0]}
        for name, rows in results.items()
    }


def builds_table(results: Results) -> str:
    """Return one line a build, with ratios to Hugo: cold builds to its cold build, all others to its rebuild."""
    rows = medians(results)
    lines = [
        "| build | wall s | CPU s | memory MiB | files | written | wall × Hugo | CPU × Hugo |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        base = rows.get("hugo cold" if name.endswith("cold") else "hugo rebuild")
        ratios = [f"{row[key] / base[key]:.2f}" if base else "–" for key in ("wall", "cpu")]
        counts = [f"{row[key]:.0f}" if key in row else "–" for key in ("files", "written")]
        cells = [f"{row['wall']:.2f}", f"{row['cpu']:.2f}", f"{row['tree']:.0f}", *counts, *ratios]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def sizes_table(sizes: Mapping[str, Mapping[str, int]]) -> str:
    """Return the mean bytes of a page of each kind, a tool a line."""
    kinds = list(next(iter(sizes.values())))
    lines = [f"| bytes a page | {' | '.join(kinds)} |", "|---" * (len(kinds) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(f'{found[kind]:,}' for kind in kinds)} |" for name, found in sizes.items()]
    return "\n".join(lines)


def growth_table(sizes: Mapping[int, Results]) -> str:
    """Return one line a size and build, and how much each costs more at the largest size than at the smallest."""
    lines = ["| products | build | wall s | CPU s | memory MiB | CPU ms a product |", "|---|---|---|---|---|---|"]
    found = {size: medians(results) for size, results in sizes.items()}
    for size, rows in found.items():
        for name, row in rows.items():
            cells = [f"{row['wall']:.2f}", f"{row['cpu']:.2f}", f"{row['tree']:.0f}", f"{row['cpu'] / size * 1000:.3f}"]
            lines.append(f"| {size:,} | {name} | {' | '.join(cells)} |")
    least, most = min(found), max(found)
    for name, row in found[most].items() if most > least else ():
        ratios = [f"× {row[key] / found[least][name][key]:.2f}" for key in ("wall", "cpu", "tree")]
        lines.append(f"| × {most / least:g} | {name} | {' | '.join(ratios)} | |")
    return "\n".join(lines)


def conditions(peers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what the seconds depend on: versions, machine and load."""
    return {
        "storegen": f"{storegen.__version__} {_commit()}".strip(),
        "python": f"{platform.python_version()} ({_how_built()})",
        **dict(peers),
        "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}",
        "load": [round(load, 2) for load in os.getloadavg()],
    }


def say(conditions: Mapping[str, Any]) -> str:
    """Return the conditions as one line."""
    return ", ".join(f"{name} {value}" for name, value in conditions.items())


def write_json(file: Path | None, **values: object) -> None:
    """Write everything that was measured, where a file is asked for."""
    if file:
        file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def _how_built() -> str:
    """Say whether Python was built with the optimisation that makes it a sixth quicker."""
    optimised = "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS"))
    return "optimised" if optimised else "built without --enable-optimizations"


def _commit() -> str:
    """Return the commit of the storegen that runs, empty where it is not in a repository."""
    folder = Path(storegen.__file__).parent
    said = subprocess.run(
        ["git", "-C", str(folder), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip()
