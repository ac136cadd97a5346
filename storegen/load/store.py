"""All of content/ to one immutable Store, or every mistake of every file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from storegen.config import Config
from storegen.errors import ContentError, Problem
from storegen.files import list_files
from storegen.load import kinds
from storegen.load.checks import check_categories, check_home, check_offers, check_products
from storegen.load.links import check_references
from storegen.load.media import Index, Known, measure
from storegen.load.records import Entry, group, make_plain, make_records
from storegen.load.sources import Source, read_sources
from storegen.load.uses import media_uses
from storegen.model.article import CompanyPage
from storegen.model.home import Home
from storegen.model.offer import Offer
from storegen.model.product import Product
from storegen.model.review import Review
from storegen.model.scalars import Names
from storegen.model.store import Edition, Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store, and what was measured of its media, to be remembered for the next build."""

    store: Store
    index: Index


def load_store(
    site: Path,
    configs: Mapping[str, Config],
    *,
    known: Mapping[str, Known] = MappingProxyType({}),
    drafts: bool = False,
) -> Loaded:
    """Read content/; raises ContentError with every mistake that it holds.

    *known* is the media index of an earlier build; *drafts* keeps drafts.
    """
    reading = _Reading(site, configs, drafts)
    editions = reading.editions()
    reviews = reading.plain(kinds.REVIEW)
    press = reading.plain(kinds.PRESS)
    links = reading.links()
    offers = reading.offers()
    warnings = (*reading.warnings, *_remote_warning(editions[reading.first]))
    store = Store(editions, _by_product(reviews), tuple(press), offers, links, {}, warnings)
    problems = reading.problems
    complete = not problems
    entries = reading.sources_by_id
    problems += check_products(entries, store, configs)
    problems += check_categories(entries, store)
    problems += check_offers(entries, store)
    problems += check_home(entries, store, configs)
    problems += check_references(site, entries, reading.sources, store, configs, complete=complete)
    uses = media_uses(site, entries, reading.sources["review"], store, configs)
    index, faults = measure(site, uses, known, pictures={file for file, (use, _) in uses.items() if use.shown})
    problems += [use.problem(source, faults[file]) for file, (use, source) in uses.items() if file in faults]
    if problems:
        raise ContentError(problems)
    media = {file: entry.media for file, entry in index.items()}
    return Loaded(Store(editions, store.reviews, store.press, offers, links, media, store.warnings), index)


class _Reading:
    """The sources of one load, by kind, and the problems found on the way."""

    def __init__(self, site: Path, configs: Mapping[str, Config], drafts: bool) -> None:  # noqa: FBT001
        self.site = site
        self.drafts = drafts
        self.languages = tuple(configs)
        self.first = self.languages[0]
        self.zone = configs[self.first].zone
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self.sources: dict[str, list[Source]] = defaultdict(list)
        self.sources_by_id: dict[str, dict[str, Entry]] = {}
        for file in self._files():
            self._read(file)

    def _files(self) -> tuple[str, ...]:
        faults: list[tuple[str, str]] = []
        files = list_files(self.site, "content", faults)
        self.problems += [Problem(file, 0, "", message) for file, message in faults]
        return tuple(file for file in files if not file.startswith("content/media/"))

    def _read(self, file: str) -> None:
        kind = kinds.kind_of(file)
        folder = file.split("/")[1]
        if kind is not None and (kind is not kinds.HOME or re.search(r"/home(\.[^/]+)?\.ya?ml$", file)):
            sources = read_sources(self.site, file, self.problems)
            if not sources and kind not in {kinds.REVIEW, kinds.PRESS}:
                sources = [Source(self.site, file, {})]  # an empty file lacks what it should hold
            if sources and sources[0].place and not kind.many:
                self.problems.append(sources[0].problem((), "expected keys with values, found a list"))
                return
            self.sources[kind.name].extend(sources)
        elif folder not in kinds.OTHER_FOLDERS:
            known = ", ".join(sorted({f"{each.folder}/*{each.endings[0]}" for each in kinds.KINDS}))
            self.problems.append(Problem(file, 0, "", f"not a kind of content; expected one of {known}"))
        elif folder == "checkout":
            self.sources["links"].extend(read_sources(self.site, file, self.problems))

    def records(self, kind: kinds.Kind) -> dict[str, dict[str, Any]]:
        """Return the records of a kind by language and id, without drafts."""
        entries = group(kind, self.sources[kind.name], self.languages, self.problems, self.warnings)
        self.sources_by_id[kind.name] = entries
        made = make_records(kind, entries, self.languages, self.zone, self.problems)
        if self.drafts:
            return made
        return {
            language: {key: record for key, record in records.items() if getattr(record, "status", "") != "draft"}
            for language, records in made.items()
        }

    def plain(self, kind: kinds.Kind) -> list[Any]:
        return make_plain(kind, self.sources[kind.name], self.zone, self.problems)

    def editions(self) -> dict[str, Edition]:
        """Return the shop in each language."""
        by_kind = {
            kind.name: self.records(kind)
            for kind in (kinds.PRODUCT, kinds.CATEGORY, kinds.GUIDE, kinds.POST, kinds.PAGE, kinds.PERSON)
        }
        homes = self.records(kinds.HOME)
        return {language: self._edition(language, by_kind, homes) for language in self.languages}

    def _edition(self, language: str, by_kind: Mapping[str, Any], homes: Mapping[str, Any]) -> Edition:
        home = homes[language].get("home") or Home(file="content/pages/home.yaml", language=language)
        pages: dict[str, CompanyPage] = by_kind["page"][language]
        products: dict[str, Product] = by_kind["product"][language]
        return Edition(
            language=language,
            products={key: self._placed(product) for key, product in products.items()},
            categories=by_kind["category"][language],
            guides=by_kind["guide"][language],
            posts=by_kind["post"][language],
            pages=pages,
            people=by_kind["person"][language],
            home=home,
        )

    def _placed(self, product: Product) -> Product:
        """Return a product with its categories by their whole ids, so that those above them hold it too."""
        names = Names(map(self._category, product.category))
        return product if names == product.category else msgspec.structs.replace(product, category=names)

    def _category(self, name: str) -> str:
        entries = self.sources_by_id["category"]
        found = [name] if name in entries else [full for full in entries if full.rpartition("/")[2] == name]
        return found[0] if len(found) == 1 else name

    def offers(self) -> tuple[Offer, ...]:
        """Return the offers, their categories by their whole ids; they are the same in every language."""
        offers: Iterable[Offer] = self.records(kinds.OFFER)[self.first].values()
        return tuple(
            msgspec.structs.replace(offer, categories=tuple(map(self._category, offer.categories))) for offer in offers
        )

    def links(self) -> dict[str, dict[str, str]]:
        """Return the payment links of content/checkout by provider and article number."""
        found: dict[str, dict[str, str]] = {}
        for source in self.sources["links"]:
            if source.stem not in kinds.LINKED:
                known = ", ".join(f"{name}.yaml" for name in kinds.LINKED)
                self.problems.append(source.problem((), f"not a provider whose links are read; expected {known}"))
                continue
            table = found.setdefault(source.stem, {})
            for sku, link in source.data.items():
                if isinstance(link, str):
                    table[sku] = link
                else:
                    self.problems.append(source.problem((sku,), "expected a link or the id of a button"))
        return found


def _remote_warning(edition: Edition) -> Iterator[str]:
    """Yield how many pictures visitors' browsers will ask another host for."""
    remote = [image.file for product in edition.products.values() for image in product.pictures if image.remote]
    if remote:
        yield (
            f"{len(remote)} pictures are on other hosts, such as {remote[0]}: they are slow, unsized and tell those "
            "hosts who visits; put them into content/media (storegen import … --download)"
        )


def _by_product(reviews: Iterable[Review]) -> dict[str, tuple[Review, ...]]:
    grouped: dict[str, list[Review]] = defaultdict(list)
    for review in sorted(reviews, key=lambda each: (each.date, each.name, each.text), reverse=True):
        grouped[review.product].append(review)
    return {product: tuple(found) for product, found in sorted(grouped.items())}
