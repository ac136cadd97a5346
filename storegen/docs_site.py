"""The documentation as a site of storegen's own: each page of docs/ becomes a guide."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from storegen.resources import resource
from storegen.write.disk import replace_file

INDEX = "README.md"
SITE = "site.yaml"
_GUIDES = "content/guides"
_CODE = re.compile(r"^(?P<fence>```+).*?^(?P=fence)[ \t]*$|(?P<ticks>`+)[^`\n]+(?P=ticks)", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\n?", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_TITLE = re.compile(r"^# (.+)\n+", re.MULTILINE)
_HEADING = re.compile(r"^(?P<signs>##+) (?P<words>.+?)$", re.MULTILINE)
_HELD = "\0"  # marks the place of a piece of code while the text around it is changed


class _Doc(NamedTuple):
    """A page of the documentation: its path below docs/, its title and its text below the title."""

    path: str
    title: str
    text: str


def docs_folder() -> Path:
    """Return the folder for the built documentation, among the caches of this user.

    The folder follows the XDG Base Directory Specification 0.8, and Apple's File System Programming Guide on macOS.
    """
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "storegen" / "docs"
    return Path.home().joinpath(*(("Library", "Caches") if sys.platform == "darwin" else (".cache",)), "storegen/docs")


def write_docs_site(folder: Path) -> None:
    """Write the documentation's site into a folder, which then can be built. Unchanged files are not written."""
    files = {name: data.encode() for name, data in _site_files(resource("docs")).items()}
    guides = folder / _GUIDES
    for old in guides.glob("*.md") if guides.is_dir() else ():
        if f"{_GUIDES}/{old.name}" not in files:
            old.unlink()
    for name, data in files.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != data:
            replace_file(file, data)


def _site_files(docs: Path) -> Mapping[str, str]:
    """Return the content files of the site by name."""
    pages = {doc.path: doc for doc in (_read(file, docs) for file in sorted(docs.rglob("*.md")))}
    index = pages.pop(INDEX)
    order = [target for target in _targets(index) if target in pages]
    found = {SITE: (docs / SITE).read_text(encoding="utf-8"), "content/pages/home.yaml": _home(index, pages)}
    for number, path in enumerate([*dict.fromkeys(order), *(path for path in pages if path not in order)]):
        found[f"{_GUIDES}/{_name(path)}.md"] = _guide(pages[path], pages, number)
    return found


def _read(file: Path, docs: Path) -> _Doc:
    text = _COMMENT.sub("", file.read_text(encoding="utf-8"))
    title = _TITLE.search(text)
    assert title is not None, f"{file}: no title"
    return _Doc(file.relative_to(docs).as_posix(), title[1].replace("`", ""), text[title.end() :])


def _name(path: str) -> str:
    """Return the id of a page: ``checkout-stripe`` for checkout/stripe.md, ``checkout`` for checkout/README.md."""
    return path.removesuffix(".md").removesuffix("/README").replace("/", "-").lower()


def _home(index: _Doc, pages: Mapping[str, _Doc]) -> str:
    """Return the home page: the index, one section of the page for each of its headings."""
    text = _converted(index, pages, ids=False)
    first, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    parts = [(index.title, first), *(tuple(part.split("\n", 1)) for part in rest)]
    sections = [{"prose": {"title": title.strip(), "text": body.strip()}} for title, body in parts]
    return json.dumps({"title": index.title, "sections": sections}, ensure_ascii=False, indent=1)


def _guide(doc: _Doc, pages: Mapping[str, _Doc], number: int) -> str:
    text = _converted(doc, pages)
    summary = re.split(r"\n\s*\n", text.strip())[0]
    plain = not re.match(r"[#|>`\-*\d]", summary) and not summary.endswith(":")
    head = {"title": doc.title, "short": doc.title.partition(":")[0], "order": str(number)}
    if plain:
        head["summary"] = summary.replace("\n", " ")
        text = text.strip().removeprefix(summary)
    keys = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{keys}---\n{text.strip()}\n"


def _converted(doc: _Doc, pages: Mapping[str, _Doc], *, ids: bool = True) -> str:
    """Return a page's text with links to guides, and with the ids of headings that links on GitHub use."""
    code: list[str] = []

    def hold(found: re.Match[str]) -> str:
        code.append(found[0])
        return _HELD

    text = _CODE.sub(hold, doc.text)
    text = _LINK.sub(lambda found: _link(doc.path, found, pages), text)
    pieces = text.split(_HELD)
    text = "".join(piece + kept for piece, kept in zip(pieces, [*code, ""], strict=True))
    return _with_ids(text) if ids else text


def _with_ids(text: str) -> str:
    """Return a text with an id after each heading. Lines of code that look like headings stay."""
    inside = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("```"):
            inside = not inside
        elif not inside and (found := _HEADING.fullmatch(line)):
            lines[number] = f"{line} {{#{anchor(found['words'])}}}"
    return "\n".join(lines)


def anchor(heading: str) -> str:
    """Return the id of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _link(path: str, found: re.Match[str], pages: Mapping[str, _Doc]) -> str:
    """Return a link to a page as a link to its guide. Of a link to another file, only the words are kept."""
    words, target = found["words"], found["target"]
    if target.startswith(("http:", "https:", "mailto:", "#")):
        return found[0]
    name, _, fragment = target.partition("#")
    there = _resolved(path, name)
    if there == INDEX:
        return f"[{words}](home)"
    if there in pages:
        return f"[{words}](guide:{_name(there)}{f'#{fragment}' if fragment else ''})"
    return words


def _resolved(path: str, name: str) -> str:
    """Return the path below docs/ of a relative link. A folder stands for its index."""
    found = os.path.normpath(PurePosixPath(path).parent / name)
    return found if found.endswith(".md") else f"{found}/{INDEX}"


def _targets(doc: _Doc) -> Iterator[str]:
    """Yield the pages that a page links to, in their order."""
    return (_resolved(doc.path, found["target"].partition("#")[0]) for found in _LINK.finditer(doc.text))
