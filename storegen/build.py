"""The build: bring the output folder up to date with a shop's content and theme."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from storegen import __version__
from storegen.config import Config
from storegen.errors import OutputError, RenderError, gather
from storegen.load import load_config, load_store
from storegen.load.media import Index, Known
from storegen.model.clock import Clock
from storegen.outputs import Blob, Copy, Derivative, Key, Output, Page, context_key, digest, encode
from storegen.plan import Plan, make_plan, order_key
from storegen.render.workshop import MakeError, Materials, Workshop
from storegen.theme import Theme, load_theme
from storegen.theme.closures import Closures
from storegen.write.disk import replace_file
from storegen.write.journal import Journal, Move, Step, discard, finish, write_journal
from storegen.write.lock import building
from storegen.write.manifest import Change, Changes, Entry, compare, read_manifest
from storegen.write.staging import Made, make_all

LIBRARIES = ("jinja2", "markdown", "markupsafe", "babel", "msgspec", "pillow")


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: where from and to, at what time, with how many processes."""

    site: Path
    output: Path | None = None
    cache: Path | None = None
    clean: bool = False
    jobs: int = 0
    now: dt.datetime | None = None
    base_url: str = ""
    drafts: bool = False

    @property
    def output_folder(self) -> Path:
        return (self.output or self.site / "output").resolve()

    @property
    def cache_folder(self) -> Path:
        return (self.cache or self.site / ".storegen").resolve()


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and when it must be done again."""

    made: tuple[Change, ...]
    kept: int
    removed: tuple[str, ...]
    seconds: float
    next_instant: dt.datetime | None
    warnings: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Stopwatch:
    """How long each stage took, in seconds."""

    started: float = field(default_factory=time.perf_counter)
    stages: dict[str, float] = field(default_factory=dict)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.stages[stage] = now - self.started - sum(self.stages.values())

    @property
    def total(self) -> float:
        return time.perf_counter() - self.started


Progress = Callable[[str, int, int], None]


def build(
    options: Options, *, progress: Progress = lambda stage, done, total: None, step: Step | None = None
) -> Report:
    """Bring the output folder up to date; raises a StoregenError and leaves it untouched where anything is wrong.

    *progress* hears (stage, done, total). *step* is called before each operation of the commit, for tests.
    """
    _check_folders(options)
    with building(options.cache_folder):
        finish(options.cache_folder, step=step)
        return _build(options, progress, step)


def _build(options: Options, progress: Progress, step: Step | None) -> Report:
    watch = Stopwatch()
    configs = _configs(options)
    clock = Clock(options.now or dt.datetime.now(dt.UTC))
    index_file = options.cache_folder / "media"
    loaded = load_store(options.site, configs, known=_read_index(index_file), drafts=options.drafts)
    theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs))
    watch.lap("load")
    key, warning = order_key()
    plan = make_plan(options.site, loaded.store, theme, configs, clock, order_key=key)
    materials = _materials(options, theme, configs, plan)
    watch.lap("plan")
    changes, notes = _changes(options, plan, materials)
    watch.lap("compare")
    made = _make(changes, materials, options, key, progress)
    watch.lap("render")
    _commit(options, changes, made, step)
    _write_index(index_file, loaded.index)
    watch.lap("write")
    warnings = tuple(filter(None, (*notes, *loaded.store.warnings, *_provider_warnings(configs, warning))))
    return Report(
        changes.stale, len(changes.kept), changes.gone, watch.total, clock.next_instant, warnings, watch.stages
    )


def check(options: Options) -> tuple[str, ...]:
    """Load, plan and render the whole shop without writing anything; returns warnings, raises every mistake."""
    configs = _configs(options)
    loaded = load_store(options.site, configs, drafts=options.drafts)
    theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs))
    clock = Clock(options.now or dt.datetime.now(dt.UTC))
    key, warning = order_key()
    plan = make_plan(options.site, loaded.store, theme, configs, clock, order_key=key)
    workshop = Workshop(_materials(options, theme, configs, plan, remember=False))
    problems = []
    for output in plan.outputs:
        if isinstance(output, Derivative) and output.width > min(theme.settings.pictures.widths):
            continue
        try:
            workshop.make(output)
        except MakeError as error:
            problems.append((error.problem(output), output.path))
    if problems:
        raise RenderError(gather(problems))
    return tuple(filter(None, (*loaded.store.warnings, *_provider_warnings(configs, warning))))


def _check_folders(options: Options) -> None:
    output, site = options.output_folder, options.site.resolve()
    if output == site or site.is_relative_to(output) or output.is_relative_to(site / "content"):
        raise OutputError(f"{output} can't be the output folder: it holds the shop's own files")
    if output.is_file():
        raise OutputError(f"{output} can't be the output folder: it is a file")


def _configs(options: Options) -> Mapping[str, Config]:
    configs = load_config(options.site)
    if not options.base_url:
        return configs
    return {language: msgspec.structs.replace(config, url=options.base_url) for language, config in configs.items()}


def _materials(
    options: Options, theme: Theme, configs: Mapping[str, Config], plan: Plan, *, remember: bool = True
) -> Materials:
    """Return what making needs; the fragments that all pages insert are rendered here, once a language."""
    zone = next(iter(configs.values())).zone
    templates = options.cache_folder / "templates" if remember else None
    bare = Materials(options.site, theme, zone, plan.shared, {}, engine_key(), templates)
    workshop = Workshop(bare)
    try:
        fragments = {
            language: {name: workshop.fragment(name, shared) for name in ("menu", "foot")}
            for language, shared in plan.shared.items()
        }
    except MakeError as error:
        raise RenderError([error.problem(None)]) from None
    return dataclasses.replace(bare, fragments=fragments)


def _changes(options: Options, plan: Plan, materials: Materials) -> tuple[Changes, tuple[str, ...]]:
    output = options.output_folder
    manifest, note = read_manifest(options.cache_folder / "manifest", output)
    changes = compare(manifest, _keyed(plan, materials), output, clean=options.clean)
    foreign = (
        ""
        if manifest.entries or not changes.foreign
        else (f"{output} holds {changes.foreign} files of no build, such as {changes.example}; they were left alone")
    )
    return changes, (note, foreign)


def _keyed(plan: Plan, materials: Materials) -> Iterator[tuple[Output, Key]]:
    """Yield every output with its key."""
    closures = Closures(materials.theme)
    engine = engine_key()
    shared = {
        language: digest(encode(values), encode(materials.fragments[language]))
        for language, values in plan.shared.items()
    }
    for output in plan.outputs:
        match output:
            case Page():
                context, fields = context_key(output.context)
                template = closures.digest(output.template, output.language)
                around = shared[output.language] if closures.shares(output.template) else b""
                yield output, Key(engine, template, around, context, fields)
            case Derivative():
                made_of = f"{output.digest} {output.width} {output.format}".encode()
                yield output, Key(b"", b"", b"", digest(made_of, _picture_engine(materials.theme)))
            case Copy():
                yield output, Key(b"", b"", b"", digest(output.digest.encode()))
            case Blob():
                yield output, Key(b"", b"", b"", digest(output.data))


@functools.cache
def engine_key() -> bytes:
    """Return sixteen bytes that change with storegen's own code and with the libraries that shape its outputs."""
    versions = [f"{name} {_version(name)}" for name in LIBRARIES]
    package = Path(__file__).parent
    code = hashlib.blake2b(digest_size=16)
    for file in sorted(package.rglob("*.py")):
        if file.parent.name not in {"cli", "importers", "write"}:
            code.update(file.read_bytes())
    return digest(__version__.encode(), code.digest(), *(text.encode() for text in versions))


def _picture_engine(theme: Theme) -> bytes:
    return f"{_version('pillow')} {theme.settings.pictures.quality}".encode()


@functools.cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _make(changes: Changes, materials: Materials, options: Options, key: str, progress: Progress) -> list[Made]:
    outputs = [change.output for change in changes.stale]
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress("make", done, len(outputs))

    progress("make", 0, len(outputs))
    made = make_all(
        outputs,
        materials,
        options.cache_folder / "stage",
        jobs=options.jobs or os.cpu_count() or 1,
        secrets=(key.encode(),) if key else (),
        progress=count,
    )
    problems = [(each.problem, each.path) for each in made if each.problem is not None]
    if problems:
        discard(options.cache_folder)
        raise RenderError(gather(problems))
    return made


def _commit(options: Options, changes: Changes, made: list[Made], step: Step | None) -> None:
    """Write down what is to happen, then do it; a build that is stopped in between is finished by the next."""
    if not made and not changes.gone:
        return
    entries = dict(changes.kept)
    keys = {change.output.path: change.key for change in changes.stale}
    entries.update({each.path: Entry(keys[each.path], each.size, 0) for each in made})
    moves = tuple(Move(each.staged, each.path, each.size) for each in made)
    journal = Journal(str(options.output_folder), moves, changes.gone, entries, "manifest")
    if step is not None:
        step("journal")
    write_journal(options.cache_folder, journal)
    finish(options.cache_folder, step=step)


def _read_index(file: Path) -> Mapping[str, Known]:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=Index)
    except (OSError, msgspec.MsgspecError):
        return {}


def _write_index(file: Path, index: Index) -> None:
    if _read_index(file) != index:
        replace_file(file, msgspec.msgpack.encode(index))


def _provider_warnings(configs: Mapping[str, Config], warning: str) -> Iterator[str]:
    if next(iter(configs.values())).checkout.provider == "order":
        yield warning
