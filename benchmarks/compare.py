"""storegen beside other generators on one catalogue, in turns in one run, every build checked; prints ratios.

Each round builds every peer cold and again after one edit, and storegen cold, without a change, and after each kind
of change that a merchant makes. With --growth storegen is built alone at several sizes.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from checks import check_outcome, check_parts, check_shop, digest_of, files_of, kind_of
from copies import ASIDE, Bench, BuildError, Copy, Row, copy_of, make_copy, set_aside
from edits import EDITS, Edit, add_product, remove_product
from peers import Peer, find_peers
from report import builds_table, conditions, growth_table, say, sizes_table, write_json

GROWN = 2  # with --growth: nothing changed, and one edit
SHORT = 4  # kinds of change that few pages follow, so that a moment of a busy machine is a large part of a build
TURNS = 3


def main() -> None:
    arguments = parse(sys.argv[1:])
    modules = load_catalogue(arguments.catalogue)
    try:
        if arguments.growth:
            grow(arguments, modules)
        else:
            compare(arguments, Bench(*modules, arguments.products, arguments.theme))
    except BuildError as error:
        sys.exit(f"failed: {error}")
    finally:
        shutil.rmtree(arguments.work / ASIDE, ignore_errors=True)


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue", type=Path, required=True, help="folder with catalogue.py and run.py")
    parser.add_argument("--tools", type=Path, help="folder where the peers are installed; left out: storegen alone")
    parser.add_argument("--peers", default="hugo", help="their names, with commas (default: hugo)")
    parser.add_argument("--work", type=Path, default=Path("bench-work"), help="folder for working copies")
    parser.add_argument("--products", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--theme", choices=("plain", "default"), default="plain", help="plain: the peers' pages")
    parser.add_argument("--growth", help="numbers of products, with commas: storegen alone at each size")
    parser.add_argument("--json", type=Path, help="write everything that was measured here")
    return parser.parse_args(words)


def load_catalogue(folder: Path) -> tuple[ModuleType, ModuleType]:
    """Return the catalogue and the runner that knows how peers read it."""
    if not (folder / "catalogue.py").is_file():
        sys.exit(f"no catalogue.py in {folder}: nothing to compare with")
    sys.path.insert(0, str(folder.resolve()))
    return importlib.import_module("catalogue"), importlib.import_module("run")


def compare(arguments: argparse.Namespace, bench: Bench) -> None:
    """Build everything in turns and print how the builds compare."""
    arguments.work.mkdir(parents=True, exist_ok=True)
    peers = find_peers(bench, arguments.tools, arguments.work, arguments.peers.split(","))
    cold = make_copy(bench, arguments.work.resolve() / "storegen-cold")
    warm = copy_of(cold, arguments.work.resolve() / "storegen-warm")
    warm.build()
    results: dict[str, list[Row]] = {}
    for number in range(arguments.rounds):
        measured = [*_peers(peers, bench, number), ("storegen cold", build_cold(cold))]
        measured += [(f"storegen {name}", row) for name, row in _edits(warm, number)]
        for name, row in measured:
            results.setdefault(name, []).append(row)
        if not number:
            check_clean(warm)
        print(f"round {number + 1}:", *(f"{name} {row['wall']:.2f}" for name, row in measured), sep="; ", flush=True)
    outputs = {**{peer.name: peer.output for peer in peers}, "storegen": cold.output}
    sizes = {name: _sizes(bench, output) for name, output in outputs.items()}
    around = conditions((peer.name, peer.version) for peer in peers)
    print(f"\n{bench.products:,} products, theme {bench.theme}, medians of {arguments.rounds}; {say(around)}\n")
    print(f"{builds_table(results)}\n\n{sizes_table(sizes)}")
    write_json(
        arguments.json, products=bench.products, theme=bench.theme, conditions=around, results=results, sizes=sizes
    )


def grow(arguments: argparse.Namespace, modules: tuple[ModuleType, ModuleType]) -> None:
    """Build storegen alone at several sizes and print how its cost grows."""
    arguments.work.mkdir(parents=True, exist_ok=True)
    found: dict[int, dict[str, list[Row]]] = {}
    for size in map(int, arguments.growth.split(",")):
        copy = make_copy(Bench(*modules, size, arguments.theme), arguments.work.resolve() / f"growth-{size}")
        for number in range(arguments.rounds):
            measured = [("cold", build_cold(copy))]
            measured += [(name, build_after(copy, edit, number)) for name, edit in EDITS[:GROWN]]
            for name, row in measured:
                found.setdefault(size, {}).setdefault(name, []).append(row)
            print(f"{size}, round {number + 1}:", {name: round(row["wall"], 2) for name, row in measured}, flush=True)
        set_aside(arguments.work, copy.folder)
    around = conditions(())
    print(f"\ntheme {arguments.theme}, medians of {arguments.rounds}; {say(around)}\n\n{growth_table(found)}")
    write_json(arguments.json, theme=arguments.theme, conditions=around, growth=found)


def _edits(copy: Copy, number: int) -> Iterator[tuple[str, Row]]:
    """Yield what the builds after each kind of change took; short ones are made in several turns."""
    for turn in range(number * TURNS, (number + 1) * TURNS):
        yield from ((name, build_after(copy, edit, turn)) for name, edit in EDITS[:SHORT])
    yield from ((name, build_after(copy, edit, number)) for name, edit in EDITS[SHORT:])


def build_cold(copy: Copy) -> Row:
    """Build a shop of which nothing was built, and check that all of it is there."""
    copy.forget()
    row = copy.build()
    files = files_of(copy.output)
    check_shop(copy, files)
    check_parts(copy)
    return {**row, "files": float(len(files)), "written": float(len(files))}


def build_after(copy: Copy, edit: Edit, number: int) -> Row:
    """Build after a change; an added product is taken away again, and then everything must be as it was."""
    before = files_of(copy.output)
    whole = digest_of(copy.output) if edit is add_product else ""
    outcome = edit(copy, number)
    row = copy.build()
    after = files_of(copy.output)
    check_shop(copy, after, added=outcome.added)
    check_outcome(copy, before, after, outcome)
    written = sum(name not in before or before[name].st_mtime_ns != stat.st_mtime_ns for name, stat in after.items())
    if whole:
        remove_product(copy, number)
        copy.build()
        if digest_of(copy.output) != whole:
            raise BuildError("a product that was added and removed left something behind")
    return {**row, "files": float(len(after)), "written": float(written)}


def check_clean(copy: Copy) -> None:
    """Raise BuildError unless a shop that was built step by step is, byte for byte, what a clean build makes."""
    clean = copy_of(copy, copy.folder.with_name("storegen-clean"))
    clean.build()
    if digest_of(clean.output) != digest_of(copy.output):
        raise BuildError(f"{copy.output} differs from a clean build in {clean.output}")
    set_aside(clean.folder.parent, clean.folder)


def _peers(peers: Iterable[Peer], bench: Bench, number: int) -> list[tuple[str, Row]]:
    found: list[tuple[str, Row]] = []
    for peer in peers:
        found += [(f"{peer.name} cold", peer.cold(bench)), (f"{peer.name} rebuild", peer.rebuild(number))]
    return found


def _sizes(bench: Bench, output: Path) -> dict[str, int]:
    """Return the mean size of a page of each kind, in bytes; with the peers all categories stand in one folder."""
    sizes: dict[str, list[int]] = {kind: [] for kind in bench.expected}
    for name, stat in files_of(output).items():
        kind = "categories" if name.startswith("category/") else kind_of(bench, name)
        if kind in sizes:
            sizes[kind].append(stat.st_size)
    return {kind: sum(found) // max(1, len(found)) for kind, found in sizes.items()}


if __name__ == "__main__":
    main()
