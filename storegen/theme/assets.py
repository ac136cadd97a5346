"""Styles and scripts as one bundle each, and static files, all under names that change with their content."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from storegen.errors import ThemeError
from storegen.outputs import Blob, blob, digest
from storegen.theme.loading import Theme
from storegen.theme.modules import join_modules

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities")
LAZY = ".lazy"  # before the ending of a component's script or style that is loaded only when it is needed
_SHARED = re.compile(r"scripts/(?:\d+-)?(?P<name>[\w-]+)\.js")
_STATIC = re.compile(r"static:([\w./-]+)")
# Comments in CSS, and what may look as if it held some: texts and addresses without quotation marks.
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\burl\((?!\s*["'])[^)]*\))|/\*.*?\*/""", re.DOTALL | re.IGNORECASE
)
# Signs that mean the same with and without spaces around them; not + and -, which two of make another, and not ! and <,
# which begin a comment with them.
_SIGNS = re.compile(r" *([=,:;?{}()\[\]&|>*]+) *")
# A text, and a template in which no other stands.
_TEXTS = re.compile(r'("[^"]*"|`[^`]*`)')
# Types for the type checker: comments on lines of their own, and those before a bracket.
_TYPES = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @(?:type|param) [^\n]*?\*/ ?(?=\()", re.MULTILINE | re.DOTALL
)
# How a line ends that the next one continues, and how a line begins that continues the one before.
_OPEN = (",", ";", "(", "[", "{", "=>")
_CONTINUES = re.compile(r"[?:]|&&|\|\||\.[a-z]")
# What may begin something else where spaces count: a regular expression, an escape, a text in single quotes.
_UNSURE = re.compile(r"[/\\']|`.*`.*`")


def make_assets(
    theme: Theme, tokens: str, *, scripts: Mapping[str, str] | None = None, without: Collection[str] = ()
) -> tuple[dict[str, str], list[Blob]]:
    """Return the addresses of a theme's assets by name, and the outputs behind them.

    *tokens* are the rules that the shop's own design tokens make, *scripts* those that go out beside the theme's, by
    name. Shared scripts, components and pages *without* use in this shop send neither style nor script.
    """
    names: dict[str, str] = {}
    blobs: list[Blob] = []
    for name, data in sorted(theme.static.items()):
        if not name.endswith((".txt", ".md")):
            _add(names, blobs, name, data)
    _add(names, blobs, "theme.css", _static(theme, bundle_styles(theme, tokens, without=without), names).encode())
    for name, file in _lazy_files(theme, ".css", without).items():
        _add(names, blobs, name, _static(theme, _layer("components", _small(theme.texts[file])), names).encode())
    lazy = {name: join_modules(theme, file) for name, file in _lazy_files(theme, ".js", without).items()}
    for name, text in {**lazy, **(scripts or {})}.items():
        _add(names, blobs, name, _static(theme, _block(text), names).encode())
    # The last: it names those that it loads on use.
    _add(names, blobs, "theme.js", _static(theme, bundle_scripts(theme, without=without), names).encode())
    blobs += [
        blob(f"assets/{name}", data) for name, data in sorted(theme.static.items()) if name.endswith((".txt", ".md"))
    ]
    return names, blobs


def bundle_styles(theme: Theme, tokens: str, *, without: Collection[str] = ()) -> str:
    """Return every style in the order of the layers; components come in the order of their names."""
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer in LAYERS:
        if layer == "components":
            texts = [theme.texts[name] for name in _component_files(theme, ".css", without)]
        else:
            texts = [theme.texts.get(f"styles/{layer}.css", ""), tokens if layer == "tokens" else ""]
        body = "\n".join(filter(None, map(_small, texts)))
        if body:
            parts.append(_layer(layer, body))
    return "\n".join(parts) + "\n"


def _layer(name: str, body: str) -> str:
    return f"@layer {name} {{\n{body}\n}}"


def bundle_scripts(theme: Theme, *, without: Collection[str] = ()) -> str:
    """Return every script, each in a block of its own so that names don't meet; lazy ones are left out."""
    shared = sorted(name for name in theme.texts if (match := _SHARED.fullmatch(name)) and match["name"] not in without)
    parts = _component_files(theme, ".js", without)
    texts = [_small_script(join_modules(theme, name)) for name in (*shared, *parts)]
    return '"use strict";\n' + "\n".join(f"{{\n{text}\n}}" for text in texts if text) + "\n"


def _component_files(theme: Theme, ending: str, without: Collection[str], *, lazy: bool = False) -> list[str]:
    names = (name for name in theme.texts if name.startswith("components/") and name.endswith(ending))
    kept = (name for name in names if name.endswith(f"{LAZY}{ending}") is lazy)
    return sorted(name for name in kept if name.split("/")[1] not in without)


def _lazy_files(theme: Theme, ending: str, without: Collection[str]) -> dict[str, str]:
    """Return the files that pages load only when they need them: NAME.lazy.js as asset ``NAME.js``, styles likewise."""
    files = _component_files(theme, ending, without, lazy=True)
    return {PurePosixPath(name).name.replace(LAZY, ""): name for name in files}


def _block(script: str) -> str:
    """Return a script as a whole file, its names kept to itself."""
    return f'"use strict";\n{{\n{_small_script(script)}\n}}\n'


def _small(css: str) -> str:
    """Return CSS without comments, indentation and blank lines; nothing that could change its meaning."""
    bare = _COMMENT.sub(_kept, css)
    if "\\\n" in bare:  # a text over several lines: its spaces are text
        return bare.strip()
    lines = (line.strip() for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


def _kept(match: re.Match[str]) -> str:
    """Return a text as it is, and nothing for a comment unless it parts two words."""
    around = (match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1])
    return match[1] or ("/**/" if all(re.fullmatch(r"[\w.%#)-]", sign) for sign in around) else "")


def _small_script(script: str) -> str:
    """Return a script without indentation, blank lines, lines that are comments, types, and spaces around most signs.

    Lines are joined where that can't change the meaning: where the first can't end a statement without a semicolon, or
    the second can't begin one.
    A script with a text over several lines is left as it is: its spaces are text.
    """
    if any(line.count("`") % 2 or line.endswith("\\") for line in script.splitlines()):
        return script.strip()
    stripped = (line.strip() for line in _TYPES.sub("", script).splitlines())
    kept = [line for line in stripped if line and not line.startswith("//")]
    return "".join(itertools.starmap(_small_line, itertools.pairwise([*kept, ""]))).rstrip("\n")


def _small_line(line: str, after: str) -> str:
    """Return a line as it goes before the line *after* it: with a line break where they can't be joined."""
    if _UNSURE.search(line):
        return f"{line}\n"
    if after.startswith((")", "]", "}")) and line != "," and not line.endswith(",,"):
        return _tight(line.removesuffix(","))  # the last item needs no comma
    if line.endswith(_OPEN) or (_CONTINUES.match(after) and not line[-1].isdigit()):
        return _tight(line)
    return f"{_tight(line)}\n"


def _tight(line: str) -> str:
    """Return a line without the spaces around signs, its texts as they are; whole where one can't be sure of them."""
    if _UNSURE.search(line):
        return line
    parts = _TEXTS.split(line)
    return "".join(part if place % 2 else _SIGNS.sub(r"\1", part) for place, part in enumerate(parts))


def _static(theme: Theme, text: str, names: Mapping[str, str]) -> str:
    def found(match: re.Match[str]) -> str:
        if match[1] not in names:
            raise ThemeError(f"themes/{theme.name}: a style or script names static:{match[1]}, which is no asset")
        return names[match[1]]

    return _STATIC.sub(found, text)


def _add(names: dict[str, str], blobs: list[Blob], name: str, data: bytes) -> None:
    path = PurePosixPath(name)
    place = f"assets/{path.with_suffix('')}.{digest(data).hex()[:10]}{path.suffix}"
    names[name] = f"/{place}"
    blobs.append(blob(place, data))
