"""Joining of a script and its imported ES modules into one file.

The parts of a large script are real ES modules (``.mjs``), so editors, type checkers and Node can read them directly.
Pages get one classic script. With real imports a page would make a request for each module, one after the other or
with preloads. Also, browsers remember a failed import, while a failed script is loaded again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from storegen.errors import ThemeError, suggest
from storegen.theme.loading import Theme

_IMPORT = re.compile(r'^import \{\s*[\w$]+(?:,\s*[\w$]+)*,?\s*\} from "(?P<address>\.[^"\n]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_UNREAD = re.compile(r"^(?:import|export)\b(?! *\().*", re.MULTILINE)
# The names at the top level: declared on lines without indentation.
_DECLARED = re.compile(
    r"^(?:async )?(?:function\*? *|class |const |let )(?:(?P<name>[\w$]+)|\{(?P<names>[^}]*)\})", re.MULTILINE
)


def join_modules(theme: Theme, name: str) -> str:
    """Return the script *name* of a theme, preceded by the modules that it imports. Each module is included once.

    Raises ThemeError if an import can't be resolved, or if two parts declare the same name.
    """
    return join_texts(theme.texts, name, f"themes/{theme.name}/")


def join_texts(texts: Mapping[str, str], name: str, place: str = "") -> str:
    """Return the script *name* with the modules that it imports, as `join_modules` does. *place* is their folder."""
    parts: dict[str, str] = {}
    _collect(texts, place, name, parts, ())
    if len(parts) > 1:
        _check_names(place, parts)
    return "\n".join(parts.values())


def _collect(
    texts: Mapping[str, str], place: str, name: str, parts: dict[str, str], importers: tuple[str, ...]
) -> None:
    """Add the script *name* to *parts*, after everything that it imports."""
    if name in parts or name in importers:
        return
    text = texts[name]
    for match in _IMPORT.finditer(text):
        module = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["address"]))
        if module not in texts:
            hint = suggest(module, [each for each in texts if each.endswith(".mjs")])
            raise ThemeError(f'{place}{name}: imports "{match["address"]}", which is not there{hint}')
        _collect(texts, place, module, parts, (*importers, name))
    bare = _EXPORT.sub("", _IMPORT.sub("", text)).strip()
    if unread := _UNREAD.search(bare):
        raise ThemeError(
            f'{place}{name}: expected import {{ names }} from "./module.mjs"; or export before a '
            f"declaration, found {unread[0]}"
        )
    parts[name] = bare


def _check_names(place: str, parts: Mapping[str, str]) -> None:
    """Raise ThemeError if two parts declare the same name, because they share one scope."""
    owners: dict[str, str] = {}
    for part, text in parts.items():
        for name in _declared(text):
            if owners.setdefault(name, part) != part:
                raise ThemeError(
                    f'{place}{part}: declares "{name}", as {owners[name]} does; both become one script, '
                    "so rename one of them"
                )


def _declared(text: str) -> Iterator[str]:
    for match in _DECLARED.finditer(text):
        names = [match["name"]] if match["name"] else match["names"].split(",")
        yield from filter(None, (name.partition("=")[0].rpartition(":")[2].strip(" .\n") for name in names))
