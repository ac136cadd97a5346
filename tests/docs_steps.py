"""Pages of the documentation that are followed word for word: their steps, and a reader who does what they say.

A page says what a block is for in one of a few fixed phrases, which end in a colon before the block:

- "… this in the file `PATH`:" or "… in the new file `PATH`:": the block is the whole file.
- "Add this at the end of `PATH`:": the block is added.
- "In `PATH`, change the line that begins with `START` to …:": the block replaces this line. If the text goes on with
  "If there is no such line, add it at the end:", the block may be added instead.
- A block `sh` is run in the folder where the last one ended.

The page `/x/` or the file `PATH` "now shows" or "now contains" what is said in quotation marks or code. A comment
`<!-- not run: reason -->` before a block leaves it out.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from bs4 import BeautifulSoup

Kind = Literal["run", "write", "add", "change", "shows", "contains", "left out"]

_WRITE = re.compile(r"this in the (?:new )?file\s+`(?P<path>[^`]+)`[^`]*:$", re.DOTALL)
_ADD = re.compile(r"Add this at the end of `(?P<path>[^`]+)`:$")
_CHANGE = re.compile(
    r"In `(?P<path>[^`]+)`, change the line that begins with `(?P<start>[^`]+)`\s+to[^:]*:$", re.DOTALL
)
_SHOWS = re.compile(r'The page `(?P<path>/[^`]*)`\s+now\s+shows\s+(?P<all>"[^"]+"(?:(?:,|\s+and)?\s+"[^"]+")*)')
_CONTAINS = re.compile(r"The file `(?P<path>[^`]+)`\s+now\s+contains\s+(?P<all>`[^`]+`(?:(?:,|\s+and)?\s+`[^`]+`)*)")
_INDENTED = re.compile(r"^(?P<indent> +)```\w*\n.*?^(?P=indent)```$", re.DOTALL | re.MULTILINE)
_LEFT_OUT = re.compile(r"<!-- not run: .+ -->$")
_LANGUAGES = frozenset(("sh", "yaml", "markdown", "svg"))
_OR_ADD = "If there is no such line, add it at the end"
SERVE = "storegen serve"


class Step(NamedTuple):
    """A step of a page. *start* is the beginning of a line that is changed, *text* a block or what is to be seen.

    If there is no such line, *may_add* allows to add it.
    """

    kind: Kind
    text: str
    path: str = ""
    start: str = ""
    may_add: bool = False


def steps_of(page: str) -> Iterator[Step]:
    """Yield the steps of a page in order. Raises AssertionError if a block's purpose isn't said."""
    before = ""
    pieces = re.split(r"^```(\w*)\n(.*?)^```$", _INDENTED.sub(_unindented, page), flags=re.DOTALL | re.MULTILINE)
    for number in range(0, len(pieces), 3):
        prose = pieces[number]
        yield from _seen(prose)
        before = prose.strip()
        if number + 2 < len(pieces):
            yield from _block(before, pieces[number + 1], pieces[number + 2])


def _unindented(block: re.Match[str]) -> str:
    """Return a block in a list as it is without the indentation of the list."""
    return re.sub(f"^{block['indent']}", "", block[0], flags=re.MULTILINE)


def _block(before: str, language: str, text: str) -> Iterator[Step]:
    if _LEFT_OUT.search(before):
        yield Step("left out", text)
    elif language == "sh":
        yield Step("run", text)
    elif found := _CHANGE.search(before):
        yield Step("change", text, found["path"], found["start"], may_add=_OR_ADD in " ".join(found[0].split()))
    elif found := _ADD.search(before):
        yield Step("add", text, found["path"])
    elif found := _WRITE.search(before):
        yield Step("write", text, found["path"])
    else:
        assert language not in _LANGUAGES, f"what is to be done with this block?\n{text}"


def _seen(prose: str) -> Iterator[Step]:
    for found in sorted([*_SHOWS.finditer(prose), *_CONTAINS.finditer(prose)], key=lambda each: each.start()):
        kind: Kind = "shows" if found.re is _SHOWS else "contains"
        mark = '"' if kind == "shows" else "`"
        for text in re.findall(f"{mark}([^{mark}]+){mark}", found["all"]):
            yield Step(kind, text, found["path"])


class Reader:
    """Does what a page says, in a folder of its own. Commands see only *environment*."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.said = ""  # what the commands printed
        self._environment = dict(environment)

    def follow(self, steps: Iterator[Step]) -> int:
        """Do all steps and return their number."""
        done = 0
        for step in steps:
            self._do(step)
            done += 1
        return done

    def _do(self, step: Step) -> None:
        file = self.folder / step.path.lstrip("/")
        match step.kind:
            case "run" if step.text.strip() == SERVE:
                self._serve()
            case "run":
                self._run(step.text)
            case "write":
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(step.text)
            case "add":
                file.write_text(f"{file.read_text()}{step.text}")
            case "change":
                self._change(file, step)
            case "shows":
                page = self.folder / "output" / step.path.lstrip("/") / "index.html"
                shown = BeautifulSoup(page.read_text(), "html.parser").get_text(" ", strip=True)
                assert step.text in re.sub(r"\s+", " ", shown), step
            case "contains":
                found = "".join(each.read_text() for each in self.folder.glob(step.path))
                assert step.text in found, step

    def _change(self, file: Path, step: Step) -> None:
        lines = file.read_text().splitlines(keepends=True)
        places = [number for number, line in enumerate(lines) if line.startswith(step.start)]
        places = places or [number for number, line in enumerate(lines) if line.lstrip().startswith(step.start)]
        if not places and step.may_add:
            lines.append(step.text)
            file.write_text("".join(lines))
            return
        assert len(places) == 1, f"{len(places)} lines of {file.name} begin with {step.start}"
        old, new = lines[places[0]], step.text
        assert len(old) - len(old.lstrip()) == len(new) - len(new.lstrip()), f"{new!r} is not as far in as {old!r}"
        lines[places[0]] = new
        file.write_text("".join(lines))

    def _run(self, script: str) -> None:
        """Run a block as a shell would, and stay in the folder and with the variables in which it ends."""
        where, exported = self.folder / ".where", self.folder / ".exported"
        kept = f"\npwd > {where}\nexport -p > {exported}\n"
        done = subprocess.run(
            ["bash", "-ec", script + kept],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        self.said += done.stdout
        self.folder = Path(where.read_text().strip())
        variables = re.findall(r'^declare -x (\w+)="(.*)"$', exported.read_text(), re.MULTILINE)
        self._environment |= {name: value for name, value in variables if name not in {"PWD", "OLDPWD", "SHLVL"}}
        where.unlink()
        exported.unlink()

    def _serve(self) -> None:
        """Start the preview on a free port, wait for its address, and end it."""
        command = ["bash", "-c", f"exec {SERVE} --port 0"]
        environment = {**self._environment, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as running:
            assert running.stdout is not None
            first = running.stdout.readline()
            running.terminate()
        assert first.startswith(f"serving {self.folder.name} at http://127.0.0.1:"), first


def shell_environment(home: Path, *first: Path) -> dict[str, str]:
    """Return the environment of a new user whose home is *home*. Programs are looked for in the folders *first*."""
    path = os.pathsep.join([*map(str, first), os.environ["PATH"]])
    ways = ("LANG", "LC_ALL", "PIP_", "SSL_", "REQUESTS_", "http", "HTTP", "no_proxy")  # how this machine installs
    kept = {name: value for name, value in os.environ.items() if name.startswith(ways)}
    return {"HOME": str(home), "PATH": path, **kept}
