"""Mutation testing: change the code in small ways and see whether the tests notice. Run it with `./check --mutants`.

    ./check --mutants                      every module of the table below
    ./check --mutants money price          modules by the end of their name
    ./check --mutants --survivors money    only the mutants that survived the last time
    ./check --mutants --show money         print the changes that survived

mutmut makes the mutants and runs the tests. Each module gets a folder below .mutants/ and only its own test files: a
mutant that survives costs the time of all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".mutants"
# Which tests are responsible for a module. A test that needs a browser is left out.
MODULES: Mapping[str, tuple[str, ...]] = {
    "storegen/model/money.py": ("tests/model/test_money.py", "tests/views/test_prices_in_pages.py"),
    "storegen/model/price.py": ("tests/model/test_price.py", "tests/views/test_prices_in_pages.py"),
    "storegen/model/totals.py": ("tests/model/test_totals.py", "tests/model/test_charge.py"),
    "storegen/model/charge.py": ("tests/model/test_charge.py",),
    "storegen/model/offer.py": ("tests/model/test_offer.py",),
    "storegen/model/delivery.py": ("tests/model/test_delivery.py", "tests/model/test_totals.py"),
    "storegen/model/number_pattern.py": ("tests/model/test_number_pattern.py",),
    "storegen/model/campaign.py": ("tests/model/test_campaign.py",),
    "storegen/model/product.py": ("tests/model/test_product.py",),
    "storegen/references.py": ("tests/test_references_in_text.py",),
    "storegen/markdown/links.py": ("tests/test_references_in_text.py",),
    "storegen/load/checks.py": ("tests/load/test_checks.py",),
    "storegen/load/links.py": ("tests/load/test_links.py",),
    "storegen/load/offers.py": ("tests/load/test_offers.py",),
    "storegen/views/prices.py": ("tests/views/test_prices.py", "tests/load/test_history.py"),
    "storegen/views/offers.py": ("tests/views/test_offers.py",),
    "storegen/views/product_feed.py": ("tests/views/test_product_feed.py",),
    "storegen/render/filters.py": ("tests/render/test_filters.py", "tests/render/test_filters_in_pages.py"),
    "storegen/render/jsonld.py": ("tests/render/test_jsonld.py",),
}
# What tests read beside the package and themselves.
COPIED = ("themes", "starter", "site.yaml", "pyproject.toml", "README.md")
PROCESSES = 2

# The exit codes that mutmut records: pytest's, or those of a process that ran out of time.
KILLED = frozenset((1, 3))
TIMED_OUT = frozenset((-24, 24, 36, 152, 255))


def main() -> int:
    """Run the mutants of some modules and print how many were killed."""
    parser = argparse.ArgumentParser(prog="./check --mutants")
    parser.add_argument("modules", nargs="*", help="ends of module names, such as money or views/offers")
    parser.add_argument("--survivors", action="store_true", help="only the mutants that survived the last time")
    parser.add_argument("--show", action="store_true", help="print the changes that survived")
    options = parser.parse_args()
    chosen = [module for module in MODULES if not options.modules or _is_named(module, options.modules)]
    if not chosen:
        parser.error(f"no such module; known are {', '.join(MODULES)}")
    counted: Counter[str] = Counter()
    for module in chosen:
        folder = WORK / module.removesuffix(".py").replace("/", ".")
        code = _run(folder, module, again=options.survivors)
        if code:
            return code
        found = _results(folder, module)
        _print_score(module, Counter(found.values()))
        for name in _survivors(found):
            print(_diff(folder, name) if options.show else f"    {name}")
        counted.update(found.values())
    _print_score("all", counted)
    return 0


def _is_named(module: str, ends: Iterable[str]) -> bool:
    path = f"/{module.removesuffix('.py')}"
    return any(path.endswith(f"/{end.removesuffix('.py')}") for end in ends)


def _run(folder: Path, module: str, *, again: bool) -> int:
    """Run mutmut in a folder of its own; with *again*, only what survived there the last time."""
    names = _survivors(_results(folder, module)) if again else []
    if again and not names and folder.is_dir():
        return 0
    if not again:
        shutil.rmtree(folder, ignore_errors=True)
    _prepare(folder, module)
    command = ["mutmut", "run", "--max-children", str(PROCESSES), *names]
    log = folder / "log.txt"
    with log.open("w") as file:
        code = subprocess.run(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, check=False).returncode
    if code:
        print(f"{module}: mutmut failed, see {log.relative_to(ROOT)}", file=sys.stderr)
    return code


def _prepare(folder: Path, module: str) -> None:
    """Link what mutmut copies into a folder, and write its settings there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mutants/mutmut-stats.json").unlink(missing_ok=True)  # tests may have changed
    for name in ("storegen", "tests", *COPIED):
        link = folder / name
        if not link.is_symlink():
            link.symlink_to(ROOT / name)
    settings = {
        "source_paths": ["storegen"],
        "only_mutate": [module],
        "also_copy": COPIED,
        "pytest_add_cli_args_test_selection": MODULES[module],
        # Hypothesis draws the same examples each time and fails no test for being slow.
        "pytest_add_cli_args": ["-m", "not browser", "--hypothesis-profile=ci"],
    }
    lines = [f"{key} =\n" + "".join(f"    {value}\n" for value in values) for key, values in settings.items()]
    (folder / "setup.cfg").write_text("[mutmut]\n" + "".join(lines))


def _results(folder: Path, module: str) -> dict[str, str]:
    """Return killed, timeout, survived or untested for each mutant."""
    file = folder / "mutants" / f"{module}.meta"
    if not file.is_file():
        return {}
    codes: dict[str, int | None] = json.loads(file.read_text())["exit_code_by_key"]
    return {name: _verdict(code) for name, code in codes.items()}


def _verdict(code: int | None) -> str:
    if code in KILLED:
        return "killed"
    if code in TIMED_OUT:
        return "timeout"
    return "survived" if code == 0 else "untested"


def _survivors(found: Mapping[str, str]) -> list[str]:
    return [name for name, verdict in found.items() if verdict in {"survived", "untested"}]


def _diff(folder: Path, name: str) -> str:
    command = ["mutmut", "show", name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def _print_score(title: str, counted: Counter[str]) -> None:
    total = counted.total()
    killed = counted["killed"] + counted["timeout"]
    share = f"{killed * 100 / total:.1f} %" if total else "nothing to mutate"
    notes = f"{counted['timeout']} by their time, {counted['untested']} without a test"
    print(f"{title}: {killed} of {total} killed, {share} ({notes})", flush=True)


if __name__ == "__main__":
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    sys.exit(main())
