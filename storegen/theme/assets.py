"""Bundles of styles and scripts, and static files. Their names contain a digest of the content."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from storegen.errors import ThemeError
from storegen.locale import script_of
from storegen.outputs import Blob, blob, digest
from storegen.theme.closures import Closures
from storegen.theme.loading import Theme
from storegen.theme.modules import join_modules
from storegen.theme.tokens import TokenSet, write_tokens

LAYERS = ("reset", "tokens", "base", "layout", "components", "preset", "utilities")
OWN_STYLE = "page_style"  # the name by which a template links to the style of its own kind of page
LAZY = ".lazy"  # before the ending of a component's script or style that is loaded on demand
_SHARED = re.compile(r"scripts/(?:\d+-)?(?P<name>[\w-]+)\.js")
_STATIC = re.compile(r"static:([\w./-]+)")
# Comments in CSS, and two things that may look like comments: quoted texts and addresses without quotation marks.
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\burl\((?!\s*["'])[^)]*\))|/\*.*?\*/""", re.DOTALL | re.IGNORECASE
)
# The name of a declaration on a line of its own, and ends of lines behind which a new one has no meaning.
_DECLARED = re.compile(r"^([a-z][a-z-]*): (?=[^{}]*;$)")
_JOINED = re.compile(r"([{};,])\n")
# Characters around which spaces have no meaning. Two + or two - would make another operator, and ! and < can begin
# a comment with them, so these four are missing.
_SIGNS = re.compile(r" *([=,:;?{}()\[\]&|>*]+) *")
# A quoted text, and a template literal without a nested one.
_TEXTS = re.compile(r'("[^"]*"|`[^`]*`)')
# Type comments for the type checker: on lines of their own, and before a bracket.
_TYPES = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @(?:type|param) [^\n]*?\*/ ?(?=\()", re.MULTILINE | re.DOTALL
)
# The end of a line that the next one continues, and the beginning of a line that continues the one before.
_OPEN = (",", ";", "(", "[", "{", "=>")
_CONTINUES = re.compile(r"[?:]|&&|\|\||\.[a-z]")
# Possible beginnings of a text in which spaces count: a regular expression, an escape, a text in single quotes.
_UNSURE = re.compile(r"[/\\']|`.*`.*`")


def make_assets(
    theme: Theme,
    tokens: TokenSet,
    *,
    style: str = "",
    scripts: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> tuple[dict[str, str], list[Blob]]:
    """Return the addresses of a theme's assets by name, and their outputs.

    *tokens* are the design tokens with the shop's values, and *style* is the CSS of the preset.
    *scripts* are additional scripts by name. The styles and
    scripts of the names in *without* are left out: shared scripts, components and pages that this shop doesn't use.
    The styles of components that only one page template uses are an asset of their own: ``pages/product.css``.
    """
    own = own_components(theme)
    names: dict[str, str] = {}
    blobs: list[Blob] = []
    for name, data in sorted(theme.static.items()):
        if not name.endswith((".txt", ".md")):
            _add(names, blobs, name, data)
    elsewhere = (*without, *itertools.chain.from_iterable(own.values()))
    _add(
        names,
        blobs,
        "theme.css",
        _static(theme, bundle_styles(theme, tokens, style, without=elsewhere), names).encode(),
    )
    for page, components in own.items():
        files = [name for name in _component_files(theme, ".css", without) if name.split("/")[1] in components]
        if files:
            style = _layer("components", "\n".join(_small(theme.texts[name]) for name in files))
            _add(names, blobs, page, _static(theme, style, names).encode())
    for name, file in _lazy_files(theme, ".css", without).items():
        _add(names, blobs, name, _static(theme, _layer("components", _small(theme.texts[file])), names).encode())
    lazy = {name: join_modules(theme, file) for name, file in _lazy_files(theme, ".js", without).items()}
    for name, text in {**lazy, **(scripts or {})}.items():
        _add(names, blobs, name, _static(theme, _block(text), names).encode())
    # The last one: it contains the addresses of the files that it loads on demand.
    _add(names, blobs, "theme.js", _static(theme, bundle_scripts(theme, without=without), names).encode())
    blobs += [
        blob(f"assets/{name}", data) for name, data in sorted(theme.static.items()) if name.endswith((".txt", ".md"))
    ]
    return names, blobs


def own_components(theme: Theme) -> dict[str, set[str]]:
    """Return the components that only one page template uses, by the name of that page's style.

    A component that is only a style belongs to the page with its name.

    There are none if the theme's templates don't link to such styles.
    """
    if not any(OWN_STYLE in text for name, text in theme.texts.items() if name.endswith(".html")):
        return {}
    closures, users = Closures(theme), dict[str, set[str]]()
    for template in theme.texts:
        if template.endswith(".html") and not template.startswith("components/"):
            for name in closures.closure(template):
                if name.startswith("components/"):
                    users.setdefault(name.split("/")[1], set()).add(template)
        name = PurePosixPath(template).stem
        if template.startswith("pages/") and f"components/{name}/{name}.css" in theme.texts:
            users.setdefault(name, set()).add(template)
    found: dict[str, set[str]] = {}
    for component, templates in sorted(users.items()):
        if len(templates) == 1 and (page := templates.pop()).startswith("pages/"):
            found.setdefault(style_of(page), set()).add(component)
    return found


def style_of(template: str) -> str:
    """Return the asset name of a page template's own style."""
    return template.removesuffix(".html") + ".css"


def bundle_styles(theme: Theme, tokens: TokenSet, style: str = "", *, without: Collection[str] = ()) -> str:
    """Return all styles in the order of the layers, with those for the scripts of the shop's languages.

    Components are sorted by name.
    """
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer in LAYERS:
        if layer == "components":
            texts = [theme.texts[name] for name in _component_files(theme, ".css", without)]
        elif layer == "preset":
            texts = [style]
        elif layer == "base":
            scripts = sorted({script_of(language) for language in theme.words})
            names = ("styles/base.css", *(f"styles/scripts/{script}.css" for script in scripts))
            texts = [theme.texts.get(name, "") for name in names]
        else:
            css = theme.texts.get(f"styles/{layer}.css", "")
            texts = [write_tokens(css, tokens) if layer == "tokens" else css]
        body = "\n".join(filter(None, map(_small, texts)))
        if body:
            parts.append(_layer(layer, body))
    return "\n".join(parts) + "\n"


def _layer(name: str, body: str) -> str:
    return f"@layer {name} {{\n{body}\n}}"


def bundle_scripts(theme: Theme, *, without: Collection[str] = ()) -> str:
    """Return all scripts except lazy ones. Each has a block of its own, so that names don't collide."""
    shared = sorted(name for name in theme.texts if (match := _SHARED.fullmatch(name)) and match["name"] not in without)
    parts = _component_files(theme, ".js", without)
    texts = [_small_script(join_modules(theme, name)) for name in (*shared, *parts)]
    return '"use strict";\n' + "\n".join(f"{{\n{text}\n}}" for text in texts if text) + "\n"


def _component_files(theme: Theme, ending: str, without: Collection[str], *, lazy: bool = False) -> list[str]:
    names = (name for name in theme.texts if name.startswith("components/") and name.endswith(ending))
    kept = (name for name in names if name.endswith(f"{LAZY}{ending}") is lazy)
    return sorted(name for name in kept if name.split("/")[1] not in without)


def _lazy_files(theme: Theme, ending: str, without: Collection[str]) -> dict[str, str]:
    """Return the files that pages load on demand: NAME.lazy.js as asset ``NAME.js``, and styles likewise."""
    files = _component_files(theme, ending, without, lazy=True)
    return {PurePosixPath(name).name.replace(LAZY, ""): name for name in files}


def _block(script: str) -> str:
    """Return a script in a block of its own, so that its names stay local."""
    return f'"use strict";\n{{\n{_small_script(script)}\n}}\n'


def _small(css: str) -> str:
    """Return CSS without comments, indentation, line breaks and some spaces. Its meaning stays the same."""
    bare = _COMMENT.sub(_kept, css)
    if "\\\n" in bare:  # a text over several lines: its spaces count
        return bare.strip()
    lines = (_DECLARED.sub(r"\1:", line.strip()) for line in bare.split("\n"))
    joined = "\n".join(line for line in lines if line)
    return _JOINED.sub(r"\1", joined.replace(" {\n", "{\n").replace(";\n}", "}"))


def _kept(match: re.Match[str]) -> str:
    """Return a quoted text unchanged. Remove a comment, or leave an empty one if it separates two words."""
    around = (match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1])
    return match[1] or ("/**/" if all(re.fullmatch(r"[\w.%#)-]", sign) for sign in around) else "")


def _small_script(script: str) -> str:
    """Return a script without indentation, blank lines, comment lines, types, and spaces around most characters.

    Lines are joined where this can't change the meaning: where the first line can't end a statement without a
    semicolon, or the second can't begin one. A script with a quoted text over several lines is unchanged, because the
    spaces in the text count.
    """
    if any(line.count("`") % 2 or line.endswith("\\") for line in script.splitlines()):
        return script.strip()
    stripped = (line.strip() for line in _TYPES.sub("", script).splitlines())
    kept = [line for line in stripped if line and not line.startswith("//")]
    return "".join(itertools.starmap(_small_line, itertools.pairwise([*kept, ""]))).rstrip("\n")


def _small_line(line: str, after: str) -> str:
    """Return a minified line, with a line break if it can't be joined with the line *after* it."""
    if _UNSURE.search(line):
        return f"{line}\n"
    if after.startswith((")", "]", "}")) and line != "," and not line.endswith(",,"):
        return _tight(line.removesuffix(","))  # the last item needs no comma
    if line.endswith(_OPEN) or (_CONTINUES.match(after) and not line[-1].isdigit()):
        return _tight(line)
    return f"{_tight(line)}\n"


def _tight(line: str) -> str:
    """Return a line without spaces around operators and brackets. Quoted texts, and lines with unclear quotes, stay."""
    if _UNSURE.search(line):
        return line
    parts = _TEXTS.split(line)
    return "".join(part if place % 2 else _SIGNS.sub(r"\1", part) for place, part in enumerate(parts))


def _static(theme: Theme, text: str, names: Mapping[str, str]) -> str:
    def found(match: re.Match[str]) -> str:
        """Return the address of a named asset."""
        if match[1] not in names:
            raise ThemeError(f"themes/{theme.name}: a style or script names static:{match[1]}, which is no asset")
        return names[match[1]]

    return _STATIC.sub(found, text)


def _add(names: dict[str, str], blobs: list[Blob], name: str, data: bytes) -> None:
    path = PurePosixPath(name)
    place = f"assets/{path.with_suffix('')}.{digest(data).hex()[:10]}{path.suffix}"
    names[name] = f"/{place}"
    blobs.append(blob(place, data))
