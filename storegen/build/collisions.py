"""Collisions of outputs: no two may have the same address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from storegen.addresses import output_path, same_place
from storegen.errors import ContentError, Problem
from storegen.load.locate import address_problem, has_slug
from storegen.model.sections import SECTIONS
from storegen.model.store import LocalizedContent
from storegen.outputs import Output


def refuse_collisions(site: Path, outputs: Sequence[Output], languages: Iterable[LocalizedContent]) -> None:
    """Raise ContentError if two outputs claim one path, or one needs a folder at the path of the other.

    Paths are compared without case and Unicode form. *languages* is the content in each language.
    """
    places = [same_place(output.path) for output in outputs]
    found = {place.rpartition("/")[0] for place in places}
    folders = set(found)
    while found := {folder.rpartition("/")[0] for folder in found} - folders:
        folders |= found
    if len(set(places)) < len(places) or not folders.isdisjoint(places):
        raise ContentError(_collisions(site, outputs, _section_keys(languages)))


def _collisions(site: Path, outputs: Iterable[Output], sections: Mapping[str, str]) -> list[Problem]:
    """Return the collisions of outputs with the same path, or of a file with a folder."""
    owners: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    taken: set[str] = set()
    problems: list[Problem] = []
    for output in outputs:
        place = same_place(output.path)
        other = owners.setdefault(place, output)
        if other is not output and place.removesuffix(".md") not in taken:  # the Markdown of a page follows the page
            taken.add(place)
            problems.append(_collision(site, output, other, sections))
        folder = place.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = output
            folder = folder.rpartition("/")[0]
    problems += [
        _collision(site, output, folders[place], sections) for place, output in owners.items() if place in folders
    ]
    return problems


def _collision(site: Path, one: Output, other: Output, sections: Mapping[str, str]) -> Problem:
    """Return the error for two outputs with one address. Its file is one in which the slug can be changed."""
    if not has_slug(one.source) and has_slug(other.source):
        one, other = other, one
    if has_slug(other.source):
        beside = address_problem(site, other, "")
        owner, remedy = f"{beside.file}:{beside.line}", 'give one of them another "slug"'
    else:
        key = sections.get(one.path)
        owner = "a page that storegen makes"
        remedy = 'write another "slug" here' + (f", or choose another word with {key}" if key else "")
    address = f"/{one.path.removesuffix('index.html')}"
    return address_problem(site, one, f"the address {address} is already used by {owner}; {remedy}")


def _section_keys(languages: Iterable[LocalizedContent]) -> Mapping[str, str]:
    """Return the key of each section in ``addresses`` and its file, by the output file of the section's first page."""
    found: dict[str, str] = {}
    for content in languages:
        file = f"site.{content.language}.yaml" if found else "site.yaml"
        found |= {
            output_path(content.addresses.of(kind)): f"addresses.{key} in {file}" for kind, key in SECTIONS.items()
        }
    return found
