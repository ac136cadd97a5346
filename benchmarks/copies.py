"""A working copy of the benchmark's shop, and builds of it, each in a process of its own."""

from __future__ import annotations

import functools
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from layout import write_site

from storegen.resources import resource

# A fixed moment after everything in the catalogue, so that no build of the row has to do with the clock.
NOW = "2030-01-01T12:00"
LIMIT_SECONDS = 3600
THEME = Path(__file__).parent / "theme"
ASIDE = "aside"

# What was measured of a build: seconds of wall and CPU, MiB of all its processes, files in the output.
Row: TypeAlias = dict[str, float]


@dataclass(frozen=True)
class Bench:
    """What every working copy is made of: a catalogue of so many products and a theme; and the runner that takes times."""

    catalogue: ModuleType
    runner: ModuleType
    products: int
    theme: str

    @functools.cached_property
    def expected(self) -> dict[str, int]:
        """The pages by kind that every tool must make."""
        found: dict[str, int] = self.catalogue.expected_pages(self.products, self.catalogue.SEED)
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The products of the catalogue, which keeps them."""
        found: list[dict[str, Any]] = self.catalogue.products(self.products, self.catalogue.SEED)
        return found

    @functools.cached_property
    def tops(self) -> frozenset[str]:
        """The categories of the first level."""
        return frozenset(top["slug"] for top in self.catalogue.categories())

    @functools.cached_property
    def edited(self) -> dict[str, Any]:
        """The product that is edited: the first from the middle on whose first variant sets the price."""
        middle = self.rows[self.products // 2 :]
        return next(row for row in middle if row["stock"] and row["variants"][0]["stock"])


class BuildError(Exception):
    """A build failed, or its result does not hold what it should."""


@dataclass(frozen=True)
class Copy:
    """One working copy: a shop's folder."""

    bench: Bench
    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def product(self) -> Path:
        """The file of the product that is edited."""
        return self.folder / "content" / "products" / f"{self.bench.edited['slug']}.yaml"

    @property
    def template(self) -> Path:
        """The template that every page extends."""
        return self.folder / "themes" / self.bench.theme / "base.html"

    def command(self, verb: str, *options: str) -> list[str]:
        """Return the command line that a merchant would give."""
        return [sys.executable, "-m", "storegen", verb, "--site", str(self.folder), "--now", NOW, *options]

    def build(self, *options: str) -> Row:
        """Build in a fresh process; returns what was measured, raises BuildError."""
        command = shlex.join(self.command("build", *options))
        found = self.bench.runner.timed(command, str(self.folder), self._around(), LIMIT_SECONDS)
        if "error" in found:
            raise BuildError(found["error"])
        return {key: float(value) for key, value in found.items()}

    def _around(self) -> dict[str, str]:
        """Return an environment in which Python keeps what it compiled, as it does wherever storegen is installed."""
        return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.folder.parent / "bytecode")}

    def forget(self) -> None:
        """Put away what builds made and what they remember."""
        set_aside(self.folder.parent, self.folder / "output", self.folder / ".storegen")


def set_aside(work: Path, *places: Path) -> None:
    """Move files and folders out of the way until the run ends.

    Deleting them would slow down whoever makes files next: on ext4 without a journal each new file first looks
    through the places of all that were deleted in the last minutes, 200 µs each after a shop of 10,000 products.
    """
    aside = work / ASIDE
    aside.mkdir(exist_ok=True)
    for place in places:
        if place.exists():
            place.rename(aside / f"{len(list(aside.iterdir()))}-{place.name}")


def make_copy(bench: Bench, folder: Path) -> Copy:
    """Write a fresh working copy: the catalogue's content, and a theme whose base template can be edited."""
    set_aside(folder.parent, folder)
    write_site(bench.catalogue, folder, products=bench.products, theme=bench.theme)
    copy = Copy(bench, folder)
    if bench.theme == "plain":
        shutil.copytree(THEME, copy.template.parent)
    else:
        copy.template.parent.mkdir(parents=True)
        shutil.copy(resource("themes") / bench.theme / "base.html", copy.template)
    return copy


def copy_of(copy: Copy, folder: Path) -> Copy:
    """Return another working copy with the same files, without anything built."""
    set_aside(folder.parent, folder)
    shutil.copytree(copy.folder, folder, ignore=shutil.ignore_patterns("output", ".storegen", "bench.log"))
    return Copy(copy.bench, folder)
