"""The shape of the code: imports go one way, and only the command line speaks."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import storegen

PACKAGE = Path(storegen.__file__).parent

# A part imports only from parts before it. See docs/architecture.md.
ORDER = (
    "errors",
    "environment",
    "files",
    "pool",
    "cache",
    "yaml",
    "resources",
    "model",
    "blanks",
    "normalization",
    "fields",
    "outputs",
    "references",
    "markdown",
    "locale",
    "alphabet",
    "postal",
    "forms",
    "config",
    "addresses",
    "checkout",
    "schema",
    "tracking",
    "mails",
    "duties",
    "search",
    "load",
    "views",
    "theme",
    "render",
    "write",
    "build",
    "payments",
    "gallery",
    "audit",
    "importers",
    "starters",
    "publish",
    "orders",
    "docs_site",
    "serve",
    "cli",
    "__main__",
)
# An importer makes content files and knows nothing of how they become a shop.
IMPORTERS_MAY = frozenset(
    (
        *("errors", "files", "yaml", "resources", "model", "normalization", "fields", "references", "markdown"),
        *("config", "addresses"),
    )
)
SPEAKERS = ("cli", "__main__")


@functools.cache
def modules() -> Mapping[str, ast.Module]:
    """Return every module of the package by its name below ``storegen``, parsed."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(file.read_text(), str(file))
    return found


def part_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, module below ``storegen``) of everything that a tree imports from this package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "storegen":
            names = [f"storegen.{alias.name}" for alias in node.names if not alias.name.startswith("__")]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("storegen."):
                yield node.lineno, _module(name.removeprefix("storegen."))


def _module(name: str) -> str:
    """Return the module that a name belongs to, which may be a class or function in it."""
    while name not in modules() and "." in name:
        name = name.rpartition(".")[0]
    return name


def test_every_part_of_the_package_has_its_place_in_the_order() -> None:
    assert {part_of(name) for name in modules() if name != "__init__"} - set(ORDER) == set()


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_one_way(module: str) -> None:
    part = part_of(module)
    wrong = [
        f"line {line}: {other}"
        for line, other in imports(modules()[module])
        if part_of(other) != part and (part == "__init__" or ORDER.index(part_of(other)) > ORDER.index(part))
    ]

    assert wrong == []


def test_no_modules_import_each_other() -> None:
    """Imports for types alone (``if TYPE_CHECKING``) count; those in a function, which load late, don't."""
    graph: dict[str, set[str]] = {}
    for name, tree in modules().items():
        first = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.If)]
        graph[name] = {other for node in first for _, other in imports(node)} - {name}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("module", [name for name in sorted(modules()) if part_of(name) == "importers"])
def test_importers_know_nothing_of_the_build(module: str) -> None:
    used = {part_of(other) for _, other in imports(modules()[module])} - {"importers"}

    assert used - IMPORTERS_MAY == set()


@pytest.mark.parametrize("module", [name for name in sorted(modules()) if part_of(name) not in SPEAKERS])
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    assert list(_speech(modules()[module])) == []


def _speech(tree: ast.AST) -> Iterator[str]:
    """Yield where a module speaks to the terminal or ends the process."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print" | "input" | "exit" | "quit" | "SystemExit" as name)):
                yield f"line {node.lineno}: {name}()"
            case ast.Attribute(value=ast.Name(id="sys"), attr="exit" | "stdout" | "stderr" | "stdin" as name):
                yield f"line {node.lineno}: sys.{name}"
            case ast.Attribute(value=ast.Name(id="os"), attr="_exit" | "abort" as name):
                yield f"line {node.lineno}: os.{name}"
            case ast.Name(id="SystemExit"):
                yield f"line {node.lineno}: SystemExit"
            case ast.Import(names=names) if any(part_of(each.name) in {"click", "rich"} for each in names):
                yield f"line {node.lineno}: a library of the command line"
            case ast.ImportFrom(module=str(name)) if part_of(name) in {"click", "rich"}:
                yield f"line {node.lineno}: a library of the command line"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print('made')", "line 1: print()"),
        ("import sys\nsys.exit(1)", "line 2: sys.exit"),
        ("raise SystemExit", "line 1: SystemExit"),
        ("from rich.progress import Progress", "line 1: a library of the command line"),
        ("import click", "line 1: a library of the command line"),
    ],
)
def test_speech_is_noticed(code: str, found: str) -> None:
    assert list(_speech(ast.parse(code))) == [found]
