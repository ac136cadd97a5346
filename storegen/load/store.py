"""Loading of content/ to one immutable Store, or to a list of all mistakes."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any
from unicodedata import normalize

import msgspec

from storegen.cache import Cache
from storegen.checkout import ENTRIES
from storegen.config import Config
from storegen.errors import Problem, suggest
from storegen.load.checks import check_campaigns, check_categories, check_home, check_products, unsaid_words
from storegen.load.comments import by_article, check_comments
from storegen.load.drafts import Drafts, find_drafts
from storegen.load.entries import Entry, LoadSettings, group_sources
from storegen.load.hidden import Hidden, find_hidden
from storegen.load.history import read_histories
from storegen.load.links import Targets, check_references, check_reviews, check_site, references_of
from storegen.load.lint import lint_content, lint_drafts, lint_site, lint_sources
from storegen.load.markets import Unsold, market_warnings
from storegen.load.media import measure
from storegen.load.media_references import (
    MediaReference,
    content_references,
    review_references,
    site_references,
    site_sources,
)
from storegen.load.offers import check_banner, check_offers
from storegen.load.payment_entries import read_payment_entries
from storegen.load.reading import Walked, read_content
from storegen.load.records import PRICED, make_rows, section_of
from storegen.load.redirects import check_redirects, read_redirects
from storegen.load.reviews import reviews_by_product
from storegen.load.rows import PlainRow
from storegen.load.sales import read_sales, sales_warnings
from storegen.load.search_words import check_search_words, read_search_words
from storegen.load.sections import read_addresses
from storegen.load.site import NO_SITE_FAULTS, SiteFaults
from storegen.load.sources import Source, placeholder_problem, read_sources, site_placeholders
from storegen.load.text_lint import some_warnings, text_warnings
from storegen.model.comment import Comment
from storegen.model.content_types import COMMENT, CONTENT_TYPES, NAMED, PRODUCT, REVIEW, ContentType
from storegen.model.fields import fields_of, reference_lists
from storegen.model.history import History
from storegen.model.payment import PayEntry
from storegen.model.picture import Media
from storegen.model.record import Record
from storegen.model.rows import Row, Rows, decode_row, record_decoder
from storegen.model.store import LocalizedContent, Store

_REFERENCES = "references"
_DECODE_PLAIN = msgspec.msgpack.Decoder(PlainRow).decode


def read_store(
    site: Path,
    configs: Mapping[str, Config],
    *,
    walked: Walked | None = None,
    cache: Cache | None = None,
    drafts: bool = False,
    jobs: int = 1,
    faults: SiteFaults = NO_SITE_FAULTS,
) -> tuple[Store, list[Problem]]:
    """Return the content, and all mistakes in it. Faulty parts are missing in the store.

    *walked* are the fingerprints and faults from walking content/, if that was done. *cache* is that of an earlier
    build. *drafts* includes drafts. *jobs* is the number of processes to use. *faults* are those of site.yaml.
    """
    cache = Cache() if cache is None else cache
    loading = _Loading(site, configs, cache, walked=walked, drafts=drafts, jobs=jobs, faults=faults)
    return loading.store(), loading.problems


class _Loading:
    """The state of one load: everything read so far, by kind, and the problems."""

    def __init__(
        self,
        site: Path,
        configs: Mapping[str, Config],
        cache: Cache,
        *,
        walked: Walked | None,
        drafts: bool,
        jobs: int,
        faults: SiteFaults,
    ) -> None:
        self.site, self.configs, self.cache, self.drafts = site, configs, cache, drafts
        self.settings = LoadSettings(tuple(configs), next(iter(configs.values())), faults.faulty_places)
        self.first = self.settings.languages[0]
        reading = read_content(site, self.settings, cache, walked=walked, jobs=jobs)
        self.sources, self.media_fingerprints, self.stray = reading.sources, reading.media, reading.stray
        self.addresses, section_faults = read_addresses(site, configs)
        self.problems = [*faults.problems, *section_faults, *reading.problems]
        self.mended = faults.mended
        self.found_drafts = Drafts()
        self.warnings: list[str] = []
        self.placeholders = reading.placeholders
        self.unsold = Unsold()
        self.entries: dict[str, Mapping[str, Entry]] = {}
        self.rows: dict[str, dict[str, dict[str, Row]]] = {}

    def store(self) -> Store:
        """Return the store. Its mistakes are added to the problems."""
        for kind in NAMED:
            self._load(kind)
        localized = {language: self._localized(language) for language in self.settings.languages}
        reviews = self._plain(REVIEW)
        self.found_drafts = find_drafts(self.entries, localized)
        store = Store(
            localized=localized,
            reviews=reviews_by_product(reviews, self.cache, self.settings.zone),
            links=self._links(),
            comments=by_article(self._comments()),
            media={},
            redirects=read_redirects(self.site, self.problems),
            sales=read_sales(self.site, self.problems),
            search=read_search_words(self.site, self.settings.languages, self.settings.zone, self.problems),
            placeholders=tuple(self._placeholders()),
            withheld=self.found_drafts.linked_addresses(self._all_references()),
        )
        sold = sales_warnings(store)
        warnings = (*self.warnings, *sold, *_remote_warning(store), *some_warnings(self._text_warnings()))
        store = msgspec.structs.replace(store, warnings=warnings)
        self._check(store, reviews.values())
        media = self._measure(store, reviews.values())
        if self.problems:  # warnings are for a shop that can be built
            return msgspec.structs.replace(store, media=media)
        unsaid = (str(each) for campaign in store.campaigns for each in unsaid_words(self.site, campaign, store))
        rows = {kind.name: self.rows[kind.name] for kind in NAMED}
        lint = (
            *lint_site(self.site, self.configs),
            *lint_sources(source for kind in CONTENT_TYPES for source in self.sources[kind.name]),
            *lint_content(self.entries, rows, store, self.settings.config),
            *market_warnings(self.configs, self.unsold.found),
            *lint_drafts(self.site, self.configs, self.entries, store, self.found_drafts),
        )
        return msgspec.structs.replace(store, media=media, warnings=(*store.warnings, *unsaid, *lint))

    def _placeholders(self) -> Iterator[Problem]:
        """Yield the placeholders of site.yaml and its translations, and of all content but drafts."""
        yield from site_placeholders(self.site, self.settings.languages[1:])
        if not self.placeholders:
            return
        marked = (source for sources in self.sources.values() for source in sources if source.file in self.placeholders)
        for file in dict.fromkeys(each.file for each in marked if self.drafts or each.item.status != "draft"):
            yield from (placeholder_problem(self.site, file, each) for each in self.placeholders[file])

    def _all_references(self) -> Iterator[str]:
        """Yield the references of all records and of site.yaml, in the form of `references_of`."""
        for found in self.rows.values():
            for rows in found.values():
                for row in rows.values():
                    yield from row.references
        for config in self.configs.values():
            yield from references_of(fields_of(config))

    def _text_warnings(self) -> Iterator[tuple[str, str]]:
        """Yield the faults in texts of records, of site.yaml and of its translations, as (kind, warning)."""
        for found in self.rows.values():
            for rows in found.values():
                yield from (each for row in rows.values() for each in row.texts)
        for source, config in site_sources(self.site, self.configs):
            yield from text_warnings(fields_of(config), source)

    def _load(self, kind: ContentType) -> None:
        """Find the entries and rows of a kind. Drafts only have rows if they are included."""
        entries = group_sources(kind, self.sources[kind.name], self.settings.languages, self.problems, self.warnings)
        self.entries[kind.name] = entries
        rows = make_rows(kind, entries, self.cache, self.settings, self.problems)
        for language, found in rows.items():
            if not self.drafts:
                for name in [name for name, row in found.items() if row.status == "draft"]:
                    del found[name]
            self.unsold.add(kind.name, self.settings.market_of(language), found)
        self.rows[kind.name] = rows

    @functools.cached_property
    def _histories(self) -> Mapping[str, History] | None:
        """The price history of each market, or None if earlier prices need no proof."""
        uncertain = self.settings.faulty_places.touches("company.country", "lowest_price")
        return read_histories(self.site, self.problems) if uncertain or self.settings.config.proves_prices else None

    def _records(self, kind: ContentType, language: str) -> Mapping[str, Any]:
        """Return the records of a type by id. Types with many records decode them on access."""
        rows = self.rows[kind.name][language]
        if kind.many:
            return Rows(rows, functools.partial(self._record, kind, language))
        return {name: self._record(kind, language, name) for name in rows}

    def _body(self, kind: ContentType, language: str, name: str) -> bytes:
        """Return an encoded record, in the first language if it isn't translated."""
        is_own = language in self.entries[kind.name][name].translations
        is_translated = is_own or (kind.record in PRICED and bool(self.settings.market_of(language)))
        return self.cache.body(self.cache.section(section_of(kind, language if is_translated else self.first))[name])

    def _localized(self, language: str) -> LocalizedContent:
        config = self.configs[language]
        return LocalizedContent(
            language=language,
            addresses=self.addresses[language],
            market=config.market,
            currency=config.currency,
            history=self._histories.get(config.market, History()) if self._histories is not None else None,
            records={kind.name: self._records(kind, language) for kind in NAMED},
            rows={kind.name: self.rows[kind.name][language] for kind in NAMED},
        )

    def _record(self, kind: ContentType, language: str, name: str) -> Record:
        """Return a record with complete ids of its categories, so that their parents contain it too."""
        record: Record = record_decoder(kind.record, self.settings.zone)(self._body(kind, language, name))
        changed = {}
        for field in reference_lists(kind.record, "category"):
            named = getattr(record, field)
            if (whole := type(named)(map(self._category, named))) != named:
                changed[field] = whole
        return msgspec.structs.replace(record, **changed) if changed else record

    def _category(self, name: str) -> str:
        if name in self.entries["category"]:
            return name
        found = self._ends.get(name, ())
        return found[0] if len(found) == 1 else name

    @functools.cached_property
    def _ends(self) -> Mapping[str, list[str]]:
        """The categories, grouped by the last part of their ids."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.entries["category"]:
            found[name.rpartition("/")[2]].append(name)
        return found

    def _links(self) -> dict[str, dict[str, PayEntry]]:
        """Return the entries of content/checkout, by provider and article number."""
        read = read_payment_entries(self.sources["links"], self.settings, lambda: self._numbers)
        self.problems += read.problems
        self.warnings += read.warnings
        self._set_aside()
        return read.entries

    @functools.cached_property
    def _numbers(self) -> AbstractSet[str]:
        """All article numbers, including those of drafts."""
        rows = self.cache.heads(section_of(PRODUCT, self.first), decode_row)
        return {number for row in rows.values() for number in row.numbers}

    def _set_aside(self) -> None:
        """Turn mistakes in files of unused providers into warnings. site.yaml doesn't name these providers."""
        named = self.settings.config.checkout.provider
        if self.settings.faulty_places.touches("checkout.provider"):  # any provider may be the right one
            return
        idle = {source.file for source in self.sources["links"] if source.stem in ENTRIES and source.stem not in named}
        self.warnings += [
            f"{problem} (site.yaml doesn't name this provider)" for problem in self.problems if problem.file in idle
        ]
        self.problems = [problem for problem in self.problems if problem.file not in idle]

    def _plain(self, kind: ContentType) -> dict[str, PlainRow]:
        """Return the rows of a kind without ids and translations, by file. A file with mistakes has none."""
        rows = self.cache.section(kind.name)
        digests = {source.file: source.known.digest for source in self.sources[kind.name] if source.known}
        found = {file: _DECODE_PLAIN(rows[file].head) for file in digests}
        self.cache.keep(kind.name, digests.keys())
        return found

    def _comments(self) -> Iterator[Comment]:
        """Yield the comments on guides and posts."""
        decode = record_decoder(tuple[Comment, ...], self.settings.zone)
        kept = self.cache.section(COMMENT.name)
        for file in self._plain(COMMENT):
            yield from decode(self.cache.body(kept[file]))

    def _check(self, store: Store, reviews: Iterable[PlainRow]) -> None:
        """Add the mistakes of the content as a whole."""
        hidden = self._hidden() if self.problems else None
        self.problems += check_products(self.entries, self.rows["product"], store, self.settings, self._good)
        self.problems += check_categories(self.entries, store)
        self.problems += check_offers(self.entries, store, self.settings)
        self.problems += check_banner(self.site, self.entries, self.settings)
        self.problems += check_campaigns(self.entries, store, self.settings)
        self.problems += check_home(self.entries, store, self.settings)
        if self.entries["mail"]:
            from storegen.load.mails import check_mails  # noqa: PLC0415 - few shops have mails

            self.problems += check_mails(self.entries, store)
        if self.sources[COMMENT.name]:
            self.problems += check_comments(self._raw(COMMENT), self.entries)
        if self.entries["endorsement"]:
            from storegen.load.endorsements import check_endorsements  # noqa: PLC0415 - few shops have them

            self.problems += check_endorsements(self.entries, store)
        if self.entries["landing"]:
            from storegen.load.landings import check_landings  # noqa: PLC0415 - few shops have lead pages

            self.problems += check_landings(self.entries, store, self.settings)
        targets_by_language = [
            Targets(store, self.entries, self.configs, language, hidden, self.found_drafts)
            for language in self.settings.languages
        ]
        self.problems += check_redirects(self.site, store.redirects, targets_by_language)
        names = dict(zip(self.settings.languages, targets_by_language, strict=True))
        self.problems += check_search_words(self.site, store.search, names)
        for language, targets in zip(self.settings.languages, targets_by_language, strict=True):
            self.problems += self._check_references(language, targets)
            self.problems += check_site(self.site, self.configs, language, targets, self.mended)
        about = {name for row in reviews for name in row.products}
        strangers = about - self.entries["product"].keys()
        strangers |= {name for row in reviews for name in row.people} - self.entries["person"].keys()
        if self._faulty_reviews or strangers:
            unknown = hidden.ids if hidden else frozenset()
            self.problems += check_reviews(self._raw(REVIEW), self.entries, store, unknown)

    def _hidden(self) -> Hidden:
        sources = {kind: self.sources[kind] for kind in self.entries}
        return find_hidden(sources, self.entries, stray=self.stray, site=self.settings.faulty_places)

    def _check_references(self, language: str, targets: Targets) -> list[Problem]:
        """Return the broken references.

        If no target has come or gone since all references were right, only those of changed records are checked.
        """
        rows = {kind.name: self.rows[kind.name][language] for kind in NAMED}
        kept = self.cache.section(_REFERENCES).get(language)
        if kept is None or kept.head != targets.fingerprint:
            problems = check_references(self.entries, rows, targets)
            if targets.fingerprint is not None and not problems:
                self.cache.put(_REFERENCES, language, targets.fingerprint)
            return problems
        changed = {
            kind.name: {
                name for code in (self.first, language) for name in self.cache.changed.get(section_of(kind, code), ())
            }
            for kind in NAMED
        }
        return check_references(self.entries, rows, targets, changed)

    @property
    def _faulty_reviews(self) -> list[Source]:
        return [source for source in self.sources["review"] if source.known is None]

    def _good(self, language: str, row: Row, name: str) -> None:
        checked = msgspec.structs.replace(row, checked=self.settings.product_rules)
        self.cache.put_head(section_of(PRODUCT, language), name, msgspec.msgpack.encode(checked))

    def _raw(self, kind: ContentType) -> Iterator[Source]:
        """Yield the records of a kind as raw sources."""
        for file in dict.fromkeys(source.file for source in self.sources[kind.name]):
            yield from read_sources(self.site, file, [])

    def _measure(self, store: Store, reviews: Iterable[PlainRow]) -> Mapping[str, Media]:
        """Return the facts about the used files of content/media."""
        site = [use for use, _ in site_references(self.site, self.configs, self.mended)]
        named = itertools.chain(
            ((use.file, use.shown) for use in site if not use.embedded),
            (
                each
                for found in self.rows.values()
                for rows in found.values()
                for row in rows.values()
                for each in row.media
            ),
            ((file, True) for row in reviews for file in row.media),
            ((use.file, True) for use, _ in review_references(self._faulty_reviews)),
        )
        pictures, links = set[str](), set[str]()
        for file, picture in named:
            (pictures if picture else links).add(file)
        active = {normalize("NFC", file) for file in self.settings.config.active_files}
        embedded = {use.file for use in site if use.embedded}
        files = pictures | links | embedded
        index, faults = measure(
            self.site, files, self.media_fingerprints, self.cache, pictures=pictures, links=links, active=active
        )
        for file in embedded - pictures - links:
            index.pop(file, None)
        self.problems += self._idle_active_files(links)
        if faults:
            self.problems += self._misused(store, faults)
        return index

    def _idle_active_files(self, links: AbstractSet[str]) -> Iterator[Problem]:
        """Yield the entries of site.yaml's active_files without any link to them."""
        source = Source(self.site, "site.yaml", {}, faulty_places=self.mended)
        if not all(each.readable for found in self.sources.values() for each in found):  # it may link to them
            return
        for number, file in enumerate(self.settings.config.active_files):
            if normalize("NFC", file) not in links:
                near = suggest(file, sorted(links)) or "; take it out"
                yield from source.problems([(("active_files", number), f'nothing links to "{file}"{near}')])

    def _misused(self, store: Store, faults: Mapping[str, str]) -> Iterator[Problem]:
        """Yield why files can't be used, each at the first place that uses or shows it."""
        by_language = {
            language: {kind.name: self.rows[kind.name][language] for kind in NAMED}
            for language in self.settings.languages
        }
        uses = itertools.chain(
            site_references(self.site, self.configs, self.mended),
            content_references(self.entries, by_language, store, faults),
            review_references(self._raw(REVIEW)),
        )
        first: dict[str, tuple[MediaReference, Source]] = {}
        for use, source in uses:
            if source.faulty_places.covers(use.place):
                continue
            before, _ = first.setdefault(use.file, (use, source))
            if use.shown and not before.shown:
                first[use.file] = use, source
        return (use.problem(source, faults[file]) for file, (use, source) in first.items() if file in faults)


def _remote_warning(store: Store) -> Iterator[str]:
    """Yield a warning with the number of pictures that visitors' browsers will request from other hosts."""
    remote = sorted(store.remote_pictures)
    if remote:
        several = f"{len(remote)} pictures are on other hosts, such as {remote[0]}"
        yield (
            f"{several if len(remote) > 1 else f'a picture is on another host, {remote[0]}'}: this is slow, the size "
            "is unknown, and the host sees who visits; put it into content/media (storegen import … --download)"
        )
