"""Names of sections in addresses: those of site.yaml, else the theme's words, else the English names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from storegen.addresses import same_place
from storegen.config import Config
from storegen.errors import Problem, StoregenError, suggest
from storegen.files import read_text
from storegen.load.sources import Source, site_file
from storegen.locale import with_fallback
from storegen.model.scalars import is_slug
from storegen.model.sections import RESERVED, SECTIONS, Addresses, make_addresses
from storegen.resources import resource
from storegen.yaml import load_yaml

# The group of words in a theme's locale file. Reading only this group is much faster than reading the whole file.
_GROUP = re.compile(r"^addresses:.*(?:\n(?:[ \t#].*)?)*", re.MULTILINE)


def read_addresses(site: Path, configs: Mapping[str, Config]) -> tuple[dict[str, Addresses], list[Problem]]:
    """Return the addresses of each language, and the mistakes in the names of sections.

    The names in site.yaml are those of the first language. Another language has its own names in its translation.
    """
    first, found, problems = next(iter(configs.values())), dict[str, Addresses](), list[Problem]()
    for language, config in configs.items():
        main = not found
        own = config.addresses if main or config is not first else {}
        theirs = section_names(site, first.theme.name, language)
        names = {**{key: key for key in SECTIONS.values()}, **theirs, **{key: own[key][0] for key in own if own[key]}}
        found[language] = make_addresses(_root(language, first=main), names, {key: own[key][1:] for key in own})
        source = Source(site, "site.yaml" if main else site_file(site, language), {})
        theme = Source(site, f"themes/{first.theme.name}/locales/{language}.yaml", {})
        languages = tuple(configs) if main else ()
        for key, message in _faults(names, sorted(names, key=own.__contains__), languages):
            problems.append((source if key in own else theme).problem(("addresses", key), message))
    return found, problems


def _root(language: str, *, first: bool) -> str:
    return "/" if first else f"/{language.lower()}/"


def section_names(site: Path, theme: str, language: str) -> Mapping[str, str]:
    """Return the names of sections in a theme's words, by key. A theme without such words, or without files, has none.

    As for all words of the theme, the shop's have priority over storegen's, and those of ``de-AT`` over those of
    ``de``. Mistakes in the theme's files are reported when the theme is loaded.
    """
    found: dict[str, str] = {}
    if "/" in theme or theme.startswith("."):
        return found
    for each in reversed(with_fallback(language)):
        for root in (resource("themes").parent, site):
            try:
                found |= _names_in(read_text(root, f"themes/{theme}/locales/{each}.yaml"))
            except (StoregenError, OSError):
                continue
    return found


@functools.lru_cache(maxsize=64)
def _names_in(text: str) -> Mapping[str, str]:
    group = _GROUP.search(text)
    value = load_yaml(group[0]) if group else None
    found = value.get("addresses") if isinstance(value, dict) else None
    return {key: name for key, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}


def _faults(names: Mapping[str, str], keys: list[str], languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (key, message) of the names that can't be used. Of two equal names, the later one in *keys* is reported.

    *languages* are the shop's languages if their addresses begin where those of the sections begin.
    """
    known = tuple(SECTIONS.values())
    taken = {
        **{each: f'"{each}" is a folder of files that storegen makes' for each in RESERVED},
        **{same_place(each): f'the addresses of the language {each} begin with "{each.lower()}"' for each in languages},
    }
    for key in keys:
        if key not in known:
            yield key, f'"{key}" is not a key of addresses{suggest(key, known)} (there are {", ".join(known)})'
        elif not is_slug(names[key]):
            yield key, f'expected an address part like {key}, found "{names[key]}"'
        elif other := taken.get(same_place(names[key])):
            yield key, f"{other}; choose another word"
        else:
            taken[same_place(names[key])] = f'"{names[key]}" is already the word for {key}'
