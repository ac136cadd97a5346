"""The stages of a build in order: load, plan, compare, render, write."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from storegen.build.beside import folders_beside, forget
from storegen.build.code_version import CodeVersion, find_code_version
from storegen.build.moved import moved_pages
from storegen.build.options import Options
from storegen.build.plan import Plan, make_plan, preflight
from storegen.build.report import Checked, Progress, Report, Stopwatch
from storegen.build.shops import make_shop, theme_settings
from storegen.build.up_to_date import Inputs, Snapshot, delete_snapshot, write_snapshot
from storegen.cache import Cache
from storegen.checkout.messengers import POSTS
from storegen.checkout.secrets import finder
from storegen.checkout.signing import Keys, read_keys
from storegen.config import Config, own_words
from storegen.errors import ContentError, PlaceholderError, RenderError, counted, gather
from storegen.load import ReadShop, read_shop
from storegen.load.locate import text_finder
from storegen.load.placeholders import is_local
from storegen.load.reading import Walked
from storegen.model.clock import Clock
from storegen.model.store import Store
from storegen.outputs import Blob, Copy, ImageVariant, Key, Output, Page, digest, encode
from storegen.render.renderer import MakeError, RenderContext, Renderer
from storegen.theme import Theme, load_theme
from storegen.theme.closures import Closures
from storegen.views.duties import duty_statuses
from storegen.write.disk import make_folder, same_content, same_disk
from storegen.write.journal import STAGE, Journal, Move, Step, commit, copy_stage
from storegen.write.log import Log
from storegen.write.manifest import (
    Change,
    Comparison,
    Entry,
    Planned,
    compare,
    read_manifest,
    reasons_of,
    relative,
)
from storegen.write.ownership import STAGE_BESIDE, OutputFolders, ShopName, refuse
from storegen.write.staging import Result, make_all, refuse_secrets


def run(options: Options, inputs: Inputs, log: Log, progress: Progress, step: Step | None) -> Report:
    """Run all stages of a build. If anything is wrong, raises a StoregenError and writes nothing."""
    cache = log.cache
    watch = Stopwatch()
    clock = Clock(options.moment)
    keys, warning = read_keys()
    read = _read(options, walked=(inputs.content, inputs.faults), cache=cache, jobs=options.processes)
    configs, store = read.configs, read.store
    config = next(iter(configs.values()))
    shop = ShopName(str(config.name), str(config.url))
    with _all_mistakes(options, read, clock, keys):
        theme = load_theme(options.site, config.theme.name, tuple(configs), own_words(configs))
        watch.lap("load")
        plan = make_plan(options, store, theme, configs, clock, cache=cache, keys=keys, jobs=options.processes)
    unfinished = _refuse_placeholders(options, store, config)
    render_context = _render_context(options, theme, configs, plan, inputs.code)
    watch.lap("plan")
    comparison, notes = _compared(options, plan.outputs, render_context, inputs.code, shop)
    moved = tuple(moved_pages(comparison, store.localized.values()))
    watch.lap("compare")
    fresh = not (options.cache_folder / STAGE).exists()
    comparison, results, deferred = _without_deferred(
        comparison, _make(comparison, render_context, options, keys, progress), render_context
    )
    staged = _staged_beside(options, plan, render_context, inputs.code, shop, keys)
    watch.lap("render")
    log.save()  # before the outputs: the log is large, so a full disk fails here first
    delete_snapshot(options)  # a snapshot must not describe a shop that is changing or lacks pictures
    changes = _commit(options, comparison, results, shop, step, fresh=fresh)
    for each in staged:
        changes += _commit(each.options, each.comparison, each.results, shop, None, fresh=False)
        if not each.count:
            forget(each.options, options.output_folder.parent)
    found = (*store.warnings, *plan.warnings, *_provider_warnings(configs, warning), _left(store))
    warnings = tuple(filter(None, found))
    beside = tuple(filter(None, (config.theme.logo, config.theme.icon)))
    snapshot = Snapshot(
        beside,
        clock.last_instant,
        clock.next_instant,
        config.timezone,
        len(plan.outputs),
        warnings,
        unfinished=unfinished,
        beside_kept=sum(map(len, plan.beside.values())),
    )
    if not deferred:
        write_snapshot(inputs, snapshot)
    watch.lap("write")
    kept = comparison.kept + len(comparison.candidates) + sum(each.count for each in staged) - len(changes)
    due = None if clock.next_instant is None else clock.next_instant.astimezone(config.zone)
    warnings = (*filter(None, notes), *moved, *warnings)
    gone = (*comparison.gone, *(path for each in staged for path in each.comparison.gone))
    return Report(changes, kept, gone, watch.total, due, warnings, watch.stages, deferred)


class _Staged(msgspec.Struct, frozen=True):
    """The outputs of a folder beside the output folder, made but not yet moved there."""

    options: Options
    comparison: Comparison
    results: list[Result]

    @property
    def count(self) -> int:
        """The number of its outputs."""
        return self.comparison.kept + len(self.comparison.candidates)


def _staged_beside(
    options: Options, plan: Plan, render_context: RenderContext, code: CodeVersion, shop: ShopName, keys: Keys
) -> list[_Staged]:
    staged = []
    for own, outputs in folders_beside(options, plan.beside):
        comparison, _ = _compared(own, outputs, render_context, code, shop)
        results = _make(comparison, render_context, own, keys, lambda stage, done, total: None)
        staged.append(_Staged(own, comparison, results))
    return staged


def check(options: Options) -> Checked:
    """Load, plan and render the whole shop without writing. Raises an error with all mistakes."""
    clock = Clock(options.moment)
    keys, warning = read_keys()
    read = _read(options)
    configs, store = read.configs, read.store
    with _all_mistakes(options, read, clock, keys):
        theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs), own_words(configs))
        plan = make_plan(options, store, theme, configs, clock, cache=Cache(), keys=keys)
    renderer = Renderer(_render_context(options, theme, configs, plan, find_code_version(), remember=False))
    problems, find = [], text_finder(options.site)
    own = finder(keys.secrets)
    for output in (*plan.outputs, *(each for outputs in plan.beside.values() for each in outputs)):
        if isinstance(output, ImageVariant) and output.width > min(theme.settings.pictures.widths):
            continue
        try:
            data = renderer.make(output)
            refuse_secrets(data, output, own, data)
        except MakeError as error:
            problems.append((error.problem(output, find), output.path))
    if problems:
        raise RenderError(gather(problems))
    warnings = tuple(filter(None, (*store.warnings, *plan.warnings, *_provider_warnings(configs, warning))))
    hours = next(iter(configs.values())).answer_hours
    if hours:
        from storegen.load.unanswered import unanswered  # noqa: PLC0415 - only a check asks this

        warnings = (*warnings, *map(str, unanswered(options.site, store, int(hours), clock.now)))
    shop = make_shop(store, configs, next(iter(configs)), clock, theme_settings(theme, {}), keys)
    return Checked(warnings, store.placeholders, duty_statuses(options.site, shop))


def _refuse_placeholders(options: Options, store: Store, config: Config) -> bool:
    """Return whether a shop for a public address has placeholders. Raises PlaceholderError unless that is allowed."""
    unfinished = bool(store.placeholders) and not is_local(config.url)
    if unfinished and not options.allow_placeholders:
        raise PlaceholderError(store.placeholders)
    return unfinished


def _left(store: Store) -> str:
    """Return a warning about placeholders, empty if there are none."""
    if not store.placeholders:
        return ""
    return f"{counted(len(store.placeholders), 'placeholder')} left to replace; storegen check lists them"


def upcoming(options: Options) -> tuple[list[dt.datetime], dt.tzinfo]:
    """Return the future moments at which the shop changes by itself, in order, and the shop's time zone."""
    clock = Clock(options.moment)
    keys, _ = read_keys()
    read = _read(options)
    configs = read.configs
    with _all_mistakes(options, read, clock, keys):
        theme = load_theme(options.site, next(iter(configs.values())).theme.name, tuple(configs), own_words(configs))
        make_plan(options, read.store, theme, configs, clock, cache=Cache(), keys=keys)
    return sorted(clock.asked), next(iter(configs.values())).zone


def _read(options: Options, *, walked: Walked | None = None, cache: Cache | None = None, jobs: int = 1) -> ReadShop:
    return read_shop(
        options.site, base_url=options.base_url, walked=walked, cache=cache, drafts=options.drafts, jobs=jobs
    )


@contextmanager
def _all_mistakes(options: Options, shop: ReadShop, clock: Clock, keys: Keys) -> Iterator[None]:
    """Raise ContentError with all mistakes of a shop: those found while reading it, and those that the block raises."""
    if shop.problems:
        raise ContentError((*shop.problems, *preflight(options.site, shop, clock, keys)))
    try:
        yield
    except ContentError as error:
        raise ContentError((*error.problems, *preflight(options.site, shop, clock, keys))) from None


def _render_context(
    options: Options,
    theme: Theme,
    configs: Mapping[str, Config],
    plan: Plan,
    code: CodeVersion,
    *,
    remember: bool = True,
) -> RenderContext:
    """Return the data for rendering. Fragments that all pages contain are rendered here, once per language."""
    zone = next(iter(configs.values())).zone
    templates = options.cache_folder / "templates" if remember else None
    bare = RenderContext(options.site, theme, zone, plan.shared, {}, code.key, templates)
    renderer = Renderer(bare)
    try:
        fragments = {
            language: {name: renderer.fragment(name, shared) for name in ("menu", "footer")}
            for language, shared in plan.shared.items()
        }
    except MakeError as error:
        raise RenderError([error.problem(None, text_finder(options.site))]) from None
    return msgspec.structs.replace(bare, fragments=fragments)


def _compared(
    options: Options, outputs: Sequence[Output], render_context: RenderContext, code: CodeVersion, shop: ShopName
) -> tuple[Comparison, tuple[str, ...]]:
    output, folder = options.output_folder, options.cache_folder
    manifest, note = read_manifest(folder / "manifest", relative(output, folder))
    comparison = compare(manifest, _planned(outputs, render_context, code), output, shop, clean=options.clean)
    foreign = ""
    if comparison.foreign and not manifest.entries:
        count = len(comparison.foreign)
        what = "1 file of no build" if count == 1 else f"{count} files of no build, such as"
        foreign = f"{output} contains {what} {comparison.foreign[0]}; left alone"
    return comparison, (note, foreign)


def _planned(outputs: Sequence[Output], render_context: RenderContext, code: CodeVersion) -> Iterator[Planned]:
    """Yield every output with everything known about its key before its context is made."""
    closures = Closures(render_context.theme)
    shared = {
        language: digest(encode(values), encode(render_context.fragments[language]))
        for language, values in render_context.shared.items()
    }
    pictures = digest(code.pictures, str(render_context.theme.settings.pictures.quality).encode())

    @functools.cache
    def common(template: str, language: str) -> tuple[Key, bytes]:
        """Return the key of a template in a language without a context, and the fingerprint of that key."""
        around = shared[language] if closures.shares(template) else b""
        key = Key(code.key, closures.digest(template, language), around)
        return key, digest(key.code, key.template, key.shared)

    for output in outputs:
        match output:
            case Page():
                key, fingerprint = common(output.template, output.language)
                yield Planned(output, key, fingerprint + output.fingerprint if output.fingerprint else b"")
            case ImageVariant():
                fingerprint = digest(f"{output.digest} {output.width} {output.format}".encode(), pictures)
                yield Planned(output, Key(context=fingerprint), fingerprint)
            case Copy():
                fingerprint = (
                    digest(output.digest.encode(), code.key) if output.inert else digest(output.digest.encode())
                )
                yield Planned(output, Key(context=fingerprint), fingerprint)
            case Blob():
                yield Planned(output, Key(context=output.fingerprint), output.fingerprint)


def _make(
    comparison: Comparison, render_context: RenderContext, options: Options, keys: Keys, progress: Progress
) -> list[Result]:
    candidates = comparison.candidates
    done = 0

    def count(more: int) -> None:
        """Add to the outputs that are done, and report it."""
        nonlocal done
        done += more
        progress("make", done, len(candidates))

    progress("make", 0, len(candidates))
    results = make_all(
        candidates,
        render_context,
        options.cache_folder / STAGE,
        jobs=options.processes,
        secrets=keys.secrets,
        picture_seconds=options.picture_seconds,
        progress=count,
    )
    found = zip(results, candidates, strict=True)
    problems = [(each.problem, candidate.output.path) for each, candidate in found if each.problem is not None]
    if problems:
        raise RenderError(gather(problems))
    return results


def _without_deferred(
    comparison: Comparison, results: list[Result], render_context: RenderContext
) -> tuple[Comparison, list[Result], Mapping[str, Callable[[], bytes]]]:
    """Remove the deferred pictures from this build. Also returns, for each of their paths, a function that makes it.

    The manifest contains no entry for them, or only the old one. So the next build finds them new or changed.
    """
    if not any(each.deferred for each in results):
        return comparison, results, {}
    found = list(zip(comparison.candidates, results, strict=True))
    renderer = Renderer(render_context)
    deferred = {
        candidate.output.path: functools.partial(renderer.make, candidate.output)
        for candidate, each in found
        if each.deferred
    }
    candidates = tuple(candidate for candidate, each in found if not each.deferred)
    done = [each for each in results if not each.deferred]
    return msgspec.structs.replace(comparison, candidates=candidates), done, deferred


def _commit(
    options: Options, comparison: Comparison, results: list[Result], shop: ShopName, step: Step | None, *, fresh: bool
) -> tuple[Change, ...]:
    """Write the journal of all changes, then carry it out. If a build is stopped in between, the next one finishes it.

    Returns the changed outputs. *fresh* means that the stage contains only files of this build. Of an unchanged output
    only the fingerprint is updated. Raises OutputError if files that no build of this shop wrote are in the way.
    """
    moves, changes = _moves(comparison, results)
    output, cache = options.output_folder, options.cache_folder
    if not moves and not comparison.gone and comparison.before.recorded(output, shop):
        return ()
    gone = _room(options, comparison, [each.path for each in moves if each.inode])
    folders = tuple(sorted({move.path.partition("/")[0] for move in moves if "/" in move.path})) if fresh else ()
    if step is not None:
        step("journal")
    make_folder(str(output))
    beside = not same_disk(str(cache), str(output))
    if beside:
        moves = copy_stage(cache / STAGE, output / STAGE_BESIDE, moves)
    journal = Journal(relative(output, cache), tuple(moves), gone, folders, beside, shop)
    commit(cache, output, journal, before=comparison.before, step=step)
    return tuple(changes)


def _room(options: Options, comparison: Comparison, paths: list[str]) -> tuple[str, ...]:
    """Return the files to delete from the output folder before others are moved there.

    Raises OutputError if a foreign file is in the way. A foreign file with the content that would be written may be
    replaced: an earlier build wrote it, and the record was lost.
    """
    output, stage = options.output_folder, options.cache_folder / STAGE
    folders = OutputFolders(output, comparison.owns)
    found = {path: name for path in paths if (name := folders.in_the_way(path)) is not None}
    foreign = {name for path, name in found.items() if name != path or not same_content(stage / path, output / path)}
    if not options.overwrite:
        refuse(output, foreign, comparison.other)
    return (*filter(folders.removable, comparison.gone), *sorted(foreign))


def _moves(comparison: Comparison, results: list[Result]) -> tuple[list[Move], list[Change]]:
    """Return the files to move to the output folder, and the changed outputs with the reasons."""
    moves: list[Move] = []
    changes: list[Change] = []
    for candidate, each in zip(comparison.candidates, results, strict=True):
        assert each.key is not None
        if each.inode:
            changes.append(Change(candidate.output, reasons_of(candidate, each.key)))
            moves.append(
                Move(each.inode, candidate.output.path, Entry(each.key, candidate.planned.fingerprint, each.size, 0))
            )
        elif candidate.entry is not None and candidate.entry.fingerprint != candidate.planned.fingerprint:
            entry = msgspec.structs.replace(candidate.entry, fingerprint=candidate.planned.fingerprint)
            moves.append(Move(0, candidate.output.path, entry))
    return moves, changes


def _provider_warnings(configs: Mapping[str, Config], warning: str) -> Iterator[str]:
    if not POSTS.keys().isdisjoint(next(iter(configs.values())).checkout.provider):
        yield warning
