"""The searchable documents of a shop and their terms. Only changed documents are analysed again."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from storegen.cache import Cache
from storegen.markdown.plain_text import plain_line, plain_text
from storegen.model.article import Article, CompanyPage
from storegen.model.brand import Brand
from storegen.model.product import Product, Question, Sellable, variants_of
from storegen.model.rows import encode_record
from storegen.model.support import Support
from storegen.outputs import digest
from storegen.pool import spread
from storegen.search.documents import Terms, make_terms
from storegen.search.index import Index, Placed, update
from storegen.views.catalog import Catalog
from storegen.views.items import choice_of
from storegen.views.selection import categories_of
from storegen.views.shop import Shop
from storegen.views.support_texts import support_href, support_of

T = TypeVar("T")

_RULES = b"4"  # increase when the same text begins to have other terms
_BATCH = 200
_POOL_PAYS = 1000  # sources; below this number, starting processes costs more time than it saves
# The parts of a support page, with the words of their titles.
_SECTIONS = {name: f"support.{name}" for name in ("use", "repair", "warranty", "manuals", "supplies", "disposal")}
_MANY = 4  # if more than one in this many documents changed, the index is rebuilt


class SearchDocument(msgspec.Struct, frozen=True, array_like=True):
    """A searchable document: the digest of its terms, and the question's text if the document is a question.

    *support* is the address of a product's support page if the document is that page. Then *question* is its title.
    """

    terms: bytes
    question: str = ""
    support: str = ""


class _Known(msgspec.Struct, frozen=True, array_like=True):
    fingerprint: bytes
    documents: tuple[SearchDocument, ...]


class _State(msgspec.Struct, frozen=True, array_like=True):
    """An index, with the number and the terms' digest of each document."""

    index: Index
    documents: dict[str, tuple[int, bytes]]


class DocumentSet(msgspec.Struct, frozen=True):
    """All searchable documents by name. *before* are the earlier terms of changed and removed documents."""

    documents: Mapping[str, SearchDocument]
    before: Mapping[str, Terms]


_DECODE = msgspec.msgpack.Decoder(_Known).decode
_DECODE_TERMS = msgspec.msgpack.Decoder(tuple[Terms, ...]).decode
_DECODE_STATE = msgspec.msgpack.Decoder(_State).decode


def search_documents(shop: Shop, catalog: Catalog) -> DocumentSet:
    """Return the searchable documents of a shop: listed products and texts, and the questions on their pages."""
    cache, section = catalog.cache, f"terms.{shop.language}"
    sources = dict(_sources(shop, catalog))
    before: dict[str, Terms] = {}
    known = cache.heads(section, _DECODE)
    new = [name for name, fingerprint in sources.items() if name not in known or known[name].fingerprint != fingerprint]
    for name in (*new, *(cache.section(section).keys() - sources.keys())):
        before.update(_recalled(cache, section, name))
    batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
    jobs = catalog.jobs if len(new) >= _POOL_PAYS else 1
    for number, made in spread(functools.partial(_make, shop), batches, jobs=jobs):
        for name, (documents, terms) in zip(batches[number], made, strict=True):
            cache.put(section, name, encode_record(_Known(sources[name], documents)), terms)
    cache.keep(section, sources.keys())
    found: dict[str, SearchDocument] = {}
    known = cache.heads(section, _DECODE)
    for name in sources:
        found.update(_numbered(name, known[name].documents))
    return DocumentSet(found, before)


def source_of(name: str) -> tuple[str, str]:
    """Return the kind and the id of the source with this document on its page."""
    kind, _, rest = name.partition(":")
    return kind, rest.partition("?")[0]


def _numbered(name: str, parts: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Yield the documents of a source with their names: the source's own document, then one for each question."""
    return ((f"{name}?{place}" if place else name, part) for place, part in enumerate(parts))


def _recalled(cache: Cache, section: str, name: str) -> Iterator[tuple[str, Terms]]:
    kept = cache.section(section).get(name)
    if kept is not None:
        yield from _numbered(name, _DECODE_TERMS(cache.body(kept)))


def _sources(shop: Shop, catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each source (kind and id) with the fingerprint of its documents' inputs."""
    rows, names = shop.content.products.rows, functools.cache(functools.partial(_category_names, shop))
    sections = functools.cache(functools.partial(_support_fingerprints, shop))
    for name, summary in catalog.summaries.items():
        if summary.status == "published":
            words = map(str.encode, names(summary.categories))
            help_ = sections(summary.categories) if summary.support else ()
            yield f"product:{name}", b"".join((_RULES, rows[name].fingerprint, *words, *help_))
    for kind, group in _texts(shop).items():
        for name, record in group.items():
            if record.status == "published":
                yield f"{kind}:{name}", _RULES + shop.content.rows[kind][name].fingerprint


def _texts(shop: Shop) -> Mapping[str, Mapping[str, Article | Brand | CompanyPage]]:
    return {
        "guide": shop.published_guides,
        "post": shop.published_posts,
        "page": shop.content.pages,
        "brand": shop.content.brands if "brand" in shop.theme.pages else {},
    }


def _category_names(shop: Shop, categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shop.content.categories[name].name for name in categories)


def _support_fingerprints(shop: Shop, categories: tuple[str, ...]) -> tuple[bytes, ...]:
    """Return what the support pages of the products in these categories are made from, beside the products."""
    rows = shop.content.rows["category"]
    words = (shop.word(key, name="") for key in ("support.of", *_SECTIONS.values()))
    return (shop.at("support").encode(), *map(str.encode, words), *(rows[name].fingerprint for name in categories))


def _make(shop: Shop, batch: list[str]) -> list[tuple[tuple[SearchDocument, ...], bytes]]:
    """Return the documents of each source, and their encoded terms."""
    return [_made(shop, name) for name in batch]


def _made(shop: Shop, name: str) -> tuple[tuple[SearchDocument, ...], bytes]:
    kind, key = source_of(name)
    support: tuple[tuple[Terms, str, str], ...] = ()
    if kind == "product":
        product = shop.content.products[key]
        terms, questions = _product_terms(shop, product), product.questions
        if href := support_href(shop, product):
            title = shop.word("support.of", name=product.name)
            support = ((_support_terms(shop, product, title), title, href),)
    else:
        record = _texts(shop)[kind][key]
        terms = _text_terms(record)
        questions = record.questions if isinstance(record, CompanyPage) else ()
    language = shop.language
    asked = ((_question_terms(question, language), question.question, "") for question in questions)
    every = ((terms, "", ""), *asked, *support)
    documents = tuple(SearchDocument(digest(encode_record(each)), title, href) for each, title, href in every)
    return documents, encode_record(tuple(each for each, _, _ in every))


def _product_terms(shop: Shop, product: Product) -> Terms:
    variants = variants_of(product)
    choices = {choice_of(product, variant) for variant in variants}
    specs = (f"{product.label(name)} {product.label(value)}" for name, value in product.specs.items())
    categories = _category_names(shop, categories_of(shop, product))
    return make_terms(
        product.name,
        head=(product.brand, product.fact, plain_line(product.summary), *choices, *categories, *specs),
        numbers=(product.sku, product.gtin or "", product.mpn, *(text for each in variants for text in _codes(each))),
        body=(plain_text(product.description), product.note.text if product.note else "", " ".join(product.tags)),
        language=product.language,
    )


def _support_terms(shop: Shop, product: Product, title: str) -> Terms:
    """Return the terms of a product's support page. They weigh less than those of titles.

    What a category says to all of its products is not repeated for each: only the titles of these sections are there.
    """
    own, whole = product.support or Support(), support_of(shop, product)
    sections = (shop.word(key) for part, key in _SECTIONS.items() if getattr(whole, part))
    care = product.care.values() if isinstance(product.care, Mapping) else (product.care,)
    texts = (own.use, own.repair, own.warranty, own.disposal, *care)
    manuals = (each.name for each in whole.manuals)
    body = (title, *sections, *manuals, *map(plain_text, texts))
    return make_terms("", body=body, language=product.language)


def _codes(variant: Sellable) -> tuple[str, ...]:
    return variant.sku, variant.gtin, variant.mpn


def _text_terms(record: Article | Brand | CompanyPage) -> Terms:
    if isinstance(record, Brand):
        facts = (f"{name} {value}" for name, value in record.facts.items())
        head = (plain_line(record.summary), record.place, *facts)
        return make_terms(record.name, head=head, body=(plain_text(record.body),), language=record.language)
    aside = (record.short, *record.tags) if isinstance(record, Article) else (record.heading,)
    head, body = (plain_line(record.summary), *aside), (plain_text(record.body),)
    return make_terms(record.title, head=head, body=body, language=record.language)


def _question_terms(question: Question, language: str) -> Terms:
    return make_terms(question.question, body=(plain_text(question.answer),), language=language)


def search_index(shop: Shop, catalog: Catalog, document_set: DocumentSet, numbers: Mapping[str, int]) -> Index:
    """Return the search index, updated or rebuilt. Afterwards the cache contains its shards."""
    cache, section = catalog.cache, f"index.{shop.language}"
    documents = {name: (number, document_set.documents[name].terms) for name, number in numbers.items()}
    mark = digest(encode_record(documents))
    kept = cache.section(section).get("")
    if kept is not None and kept.head == mark:
        return _DECODE_STATE(cache.body(kept)).index
    state = _State(Index(), {}) if kept is None else _DECODE_STATE(cache.body(kept))
    terms = _Recalling(cache, f"terms.{shop.language}")
    lost, gained = _differences(state, documents, terms, document_set.before)
    known = Index() if lost is None else state.index
    index, made = update(known, lost or (), gained, functools.partial(read_shard, cache, section))
    for name, data in made.items():
        cache.put(section, name, b"", data)
    cache.put(section, "", mark, encode_record(_State(index, documents)))
    cache.keep(section, {"", *(shard.name for shard in index.shards)})
    return index


def read_shard(cache: Cache, section: str, name: str) -> bytes:
    """Return the bytes of a shard."""
    return cache.body(cache.section(section)[name])


class _Recalling:
    """The current terms of documents, each read from the cache on demand."""

    def __init__(self, cache: Cache, section: str) -> None:
        self._cache, self._section = cache, section
        self._last: tuple[str, dict[str, Terms]] = ("", {})

    def __call__(self, name: str) -> Terms:
        source = name.partition("?")[0]
        if self._last[0] != source:
            self._last = source, dict(_recalled(self._cache, self._section, source))
        return self._last[1][name]


def _differences(
    state: _State, documents: Mapping[str, tuple[int, bytes]], terms: _Recalling, before: Mapping[str, Terms]
) -> tuple[list[Placed] | None, Iterable[Placed]]:
    """Return the documents that an index lost and gained, or None and all documents if a rebuild is better."""
    gone = {name: old for name, old in state.documents.items() if documents.get(name) != old}
    come = {name: new for name, new in documents.items() if state.documents.get(name) != new}
    everything = (Placed(number, terms(name)) for name, (number, _) in documents.items())
    if max(len(gone), len(come)) * _MANY > len(documents):
        return None, everything
    lost = []
    for name, (number, mark) in gone.items():
        found = before.get(name) or terms(name) if name in before or name in documents else None
        if found is None or digest(encode_record(found)) != mark:
            return None, everything  # an interrupted build left other terms in the cache
        lost.append(Placed(number, found))
    return lost, [Placed(number, terms(name)) for name, (number, _) in come.items()]
