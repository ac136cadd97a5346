"""The build: bring the output folder up to date with a shop's content and theme."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from storegen import __version__
from storegen.config import Config
from storegen.errors import OutputError, RenderError, gather
from storegen.load import load_config, load_store
from storegen.memory import Memory
from storegen.model.clock import Clock
from storegen.outputs import Blob, Copy, Derivative, Key, Page, digest, encode
from storegen.plan import Plan, make_plan, order_key
from storegen.render.workshop import MakeError, Materials, Workshop
from storegen.theme import Theme, load_theme
from storegen.theme.closures import Closures
from storegen.write.journal import Journal, Move, Step, discard, finish, write_journal
from storegen.write.lock import building
from storegen.write.log import Log
from storegen.write.manifest import (
    Change,
    Comparison,
    Entry,
    Planned,
    compare,
    foreign_files,
    read_manifest,
    reasons_of,
)
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
    def processes(self) -> int:
        """How many processes to use: as many as asked for, else as there are processors for this one."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

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
        with closing(Log(options.cache_folder / "memory", engine_key())) as log:
            return _build(options, log, progress, step)


def _build(options: Options, log: Log, progress: Progress, step: Step | None) -> Report:
    memory = log.memory
    watch = Stopwatch()
    configs = _configs(options)
    clock = Clock(options.now or dt.datetime.now(dt.UTC))
    store = load_store(options.site, configs, memory=memory, drafts=options.drafts, jobs=options.processes)
    theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs))
    watch.lap("load")
    key, warning = order_key()
    plan = make_plan(options.site, store, theme, configs, clock, memory=memory, order_key=key, jobs=options.processes)
    materials = _materials(options, theme, configs, plan)
    watch.lap("plan")
    comparison, notes = _compared(options, plan, materials, memory)
    watch.lap("compare")
    made = _make(comparison, materials, options, key, progress)
    watch.lap("render")
    changes = _commit(options, comparison, made, step)
    log.save()
    watch.lap("write")
    warnings = tuple(filter(None, (*notes, *store.warnings, *_provider_warnings(configs, warning))))
    kept = comparison.kept + len(comparison.suspects) - len(changes)
    return Report(changes, kept, comparison.gone, watch.total, clock.next_instant, warnings, watch.stages)


def check(options: Options) -> tuple[str, ...]:
    """Load, plan and render the whole shop without writing anything; returns warnings, raises every mistake."""
    configs = _configs(options)
    store = load_store(options.site, configs, drafts=options.drafts)
    theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs))
    clock = Clock(options.now or dt.datetime.now(dt.UTC))
    key, warning = order_key()
    plan = make_plan(options.site, store, theme, configs, clock, memory=Memory(), order_key=key)
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
    return tuple(filter(None, (*store.warnings, *_provider_warnings(configs, warning))))


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


def _compared(options: Options, plan: Plan, materials: Materials, memory: Memory) -> tuple[Comparison, tuple[str, ...]]:
    output = options.output_folder
    manifest, note = read_manifest(options.cache_folder / "manifest", output)
    comparison = compare(manifest, _planned(plan, materials, memory), output, clean=options.clean)
    foreign = ""
    if not manifest.entries:
        count, example = foreign_files(output, {each.path for each in plan.outputs})
        foreign = f"{output} holds {count} files of no build, such as {example}; they were left alone" if count else ""
    return comparison, (note, foreign)


def _planned(plan: Plan, materials: Materials, memory: Memory) -> Iterator[Planned]:
    """Yield every output with what is known of its key without making its context."""
    closures = Closures(materials.theme, memory)
    engine = engine_key()
    shared = {
        language: digest(encode(values), encode(materials.fragments[language]))
        for language, values in plan.shared.items()
    }
    pictures = _picture_engine(materials.theme)

    @functools.cache
    def common(template: str, language: str) -> tuple[Key, bytes]:
        around = shared[language] if closures.shares(template) else b""
        key = Key(engine, closures.digest(template, language), around)
        return key, digest(key.engine, key.template, key.shared)

    for output in plan.outputs:
        match output:
            case Page():
                key, stamp = common(output.template, output.language)
                yield Planned(output, key, stamp + output.made_of if output.made_of else b"")
            case Derivative():
                made_of = digest(f"{output.digest} {output.width} {output.format}".encode(), pictures)
                yield Planned(output, Key(context=made_of), made_of)
            case Copy():
                made_of = digest(output.digest.encode())
                yield Planned(output, Key(context=made_of), made_of)
            case Blob():
                yield Planned(output, Key(context=output.made_of), output.made_of)


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


def _make(comparison: Comparison, materials: Materials, options: Options, key: str, progress: Progress) -> list[Made]:
    suspects = comparison.suspects
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress("make", done, len(suspects))

    progress("make", 0, len(suspects))
    made = make_all(
        suspects,
        materials,
        options.cache_folder / "stage",
        jobs=options.processes,
        secrets=(key.encode(),) if key else (),
        progress=count,
    )
    found = zip(made, suspects, strict=True)
    problems = [(each.problem, suspect.output.path) for each, suspect in found if each.problem is not None]
    if problems:
        discard(options.cache_folder)
        raise RenderError(gather(problems))
    return made


def _commit(options: Options, comparison: Comparison, made: list[Made], step: Step | None) -> tuple[Change, ...]:
    """Write down what is to happen, then do it; a build that is stopped in between is finished by the next.

    Returns what was made. Of what turned out to be the same, only the stamp is written down.
    """
    moves: list[Move] = []
    changes: list[Change] = []
    for suspect, each in zip(comparison.suspects, made, strict=True):
        assert each.key is not None
        if each.staged:
            changes.append(Change(suspect.output, reasons_of(suspect, each.key)))
            moves.append(Move(each.staged, suspect.output.path, Entry(each.key, suspect.planned.stamp, each.size, 0)))
        elif suspect.entry is not None and suspect.entry.stamp != suspect.planned.stamp:
            entry = msgspec.structs.replace(suspect.entry, stamp=suspect.planned.stamp)
            moves.append(Move("", suspect.output.path, entry))
    if moves or comparison.gone:
        if step is not None:
            step("journal")
        write_journal(options.cache_folder, Journal(str(options.output_folder), tuple(moves), comparison.gone))
        finish(options.cache_folder, step=step)
    return tuple(changes)


def _provider_warnings(configs: Mapping[str, Config], warning: str) -> Iterator[str]:
    if next(iter(configs.values())).checkout.provider == "order":
        yield warning
