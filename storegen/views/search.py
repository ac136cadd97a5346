"""The search page and the files that its script reads: shards of terms and blocks of results."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from storegen.addresses import output_path
from storegen.locale import percent_text
from storegen.model.plain import plain
from storegen.model.search_words import SearchWords
from storegen.outputs import Blob, Output, Page, digest, zipped
from storegen.search.documents import Block, make_blocks, number_documents
from storegen.search.index import Index
from storegen.search.postings import Shard
from storegen.search.terms import words_of
from storegen.search.word_forms import forms_of
from storegen.views.articles import in_order
from storegen.views.catalog import Catalog
from storegen.views.contexts.category import CategoryCard
from storegen.views.contexts.facets import Filters
from storegen.views.contexts.parts import BadgeTag, Card, Link, Picture
from storegen.views.contexts.search import SearchPage, SearchResult
from storegen.views.filters import search_facts, search_filters, search_list
from storegen.views.head import breadcrumbs, fixed_alternates, head_of
from storegen.views.search_documents import (
    DocumentSet,
    SearchDocument,
    read_shard,
    search_documents,
    search_index,
    source_of,
)
from storegen.views.shop import Shop

_FORMAT = b"3"  # increase when the same documents begin to give other bytes
_SUGGESTED = 8  # categories below the empty search field
_CARDS = 8  # products below the empty search
_WIDTHS = 2  # the number of picture widths that the script can choose from
_JSON = msgspec.json.Encoder(enc_hook=plain, order="deterministic").encode


def search(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the search page and its index."""
    href = shop.at("search")
    document_set = search_documents(shop, catalog)
    products = make_blocks(name for name in document_set.documents if _is_product(name))
    texts = make_blocks(name for name in document_set.documents if not _is_product(name))
    numbers = number_documents((*products, *texts))
    sold = {source_of(name)[1]: number for name, number in numbers.items() if _is_product(name)}
    listed = search_list(catalog, tuple(sold), href)
    filters, shown_filters = search_filters(shop, catalog, listed)
    first = catalog.leading[:_CARDS]
    recipe = functools.partial(_page, shop, catalog, href, first, filters)
    counts = (f"{each.href} {each.count}" for each in _categories(shop, catalog))
    shown = ",".join((*_words(shop).popular, *counts))
    fingerprint = digest(catalog.fingerprints.of_shop, catalog.card_fingerprints(first), shown.encode(), shown_filters)
    yield Page(output_path(href), "pages/search.html", recipe, shop.language, fingerprint=fingerprint)
    if filters is not None:
        yield search_facts(shop, catalog, listed, tuple(sold.values()))
    index = search_index(shop, catalog, document_set, numbers)
    shards = f"/assets/search/{shop.language}/"
    manifest = _manifest(shop, catalog, index, products, texts, shards)
    yield _zipped_blob(f"{href}index.bin", functools.partial(bytes, manifest), manifest)
    for shard in index.shards:
        read = functools.partial(read_shard, catalog.cache, f"index.{shop.language}", shard.name)
        yield _zipped_blob(f"{shards}{shard.name}.bin", read, shard.name.encode())
    for place, block in enumerate((*products, *texts)):
        make = functools.partial(_results, shop, catalog, document_set, block)
        yield _zipped_blob(
            f"{href}{place}-{block.fingerprint}.bin", make, _results_fingerprint(shop, catalog, document_set, block)
        )


def _is_product(name: str) -> bool:
    return name.startswith("product:") and "?" not in name


def _zipped_blob(href: str, make: Callable[[], bytes], fingerprint: bytes) -> Blob:
    return Blob(output_path(href), functools.partial(_zipped, make), digest(_FORMAT, fingerprint))


def _zipped(make: Callable[[], bytes]) -> bytes:
    return zipped(make())


def _manifest(
    shop: Shop, catalog: Catalog, index: Index, products: Sequence[Block], texts: Sequence[Block], shards: str
) -> bytes:
    """Return the file that the script reads first: the locations of shards and blocks, and the visible words."""
    known = shop.theme.words[shop.language]
    words = {key.removeprefix("found."): word for key, word in known.items() if key.startswith("found.")}
    words |= {key: shop.word(f"price.{key}") for key in ("before", "lowest")}
    words |= {key: known[f"stars.{key}"] for key in ("of", "reviews") if f"stars.{key}" in known}
    families = {"heads": index.heads, "texts": index.texts, "ends": index.ends}
    return _JSON(
        {
            "count": sum(len(block.names) for block in (*products, *texts)),
            "forms": forms_of(shop.language),
            **_own_words(shop),
            **_suggested(shop, catalog),
            "shards": shards,
            "products": len(products),
            "blocks": "".join(block.fingerprint for block in (*products, *texts)),
            "words": words,
            "ask": f"mailto:{shop.config.company.email}" if shop.config.company.email else "",
            **{name: _places(family) for name, family in families.items()},
        }
    )


def _words(shop: Shop) -> SearchWords:
    return shop.store.search.get(shop.language) or SearchWords()


def _own_words(shop: Shop) -> Mapping[str, object]:
    """Return the shop's synonyms and redirects as the script compares them. Redirects to drafts are left out."""
    own = _words(shop)
    synonyms = [[_folded(word) for word in group] for group in own.synonyms]
    targets = ((_folded(query), shop.target(reference)) for query, reference in own.redirects.items())
    redirects = {query: href for query, href in targets if href}
    return {key: value for key, value in (("synonyms", synonyms), ("redirects", redirects)) if value}


def _suggested(shop: Shop, catalog: Catalog) -> Mapping[str, object]:
    """Return what the empty search field suggests: the shop's queries, else its categories, with their title."""
    links = _popular(shop, shop.at("search"))
    title = shop.word("found.popular" if links else "search.categories")
    links = links or tuple(Link(text=each.name, href=each.href) for each in _categories(shop, catalog)[:_SUGGESTED])
    return {"suggested": [[link.text, link.href] for link in links], "suggested_title": title}


def _folded(query: str) -> str:
    return " ".join(words_of(query))


def _places(shards: Sequence[Shard]) -> tuple[list[str], str]:
    """Return the first term of each shard, and all shard names as one string."""
    return [shard.first for shard in shards], "".join(shard.name for shard in shards)


def _results_fingerprint(shop: Shop, catalog: Catalog, document_set: DocumentSet, block: Block) -> bytes:
    """Return the fingerprint of the results in a block."""
    cards = catalog.card_fingerprints(source_of(name)[1] for name in block.names if name.startswith("product:"))
    texts = [_text(shop, name, document_set.documents[name]) for name in block.names if not _is_product(name)]
    return digest(cards, _JSON(texts))


def _results(shop: Shop, catalog: Catalog, document_set: DocumentSet, block: Block) -> bytes:
    """Return the results in a block, encoded."""
    return _JSON(
        [
            _product(catalog.card(source_of(name)[1]), shop.language)
            if _is_product(name)
            else _text(shop, name, document_set.documents[name])
            for name in block.names
        ]
    )


def _product(card: Card, language: str) -> SearchResult:
    """Return a product as a search result, from its card."""
    shown, stock = card.picture, card.stock
    silent = {"out", "few"} | ({"in"} if card.fact else set())
    return SearchResult(
        name=card.name,
        href=card.href,
        language=card.language,
        picture=_places_of(shown) if shown else "",
        widths=shown.widths[:_WIDTHS] if shown else (),
        ground=shown.ground if shown else "",
        fact=card.fact,
        price=card.price,
        stock=stock.state,
        when="" if stock.state in silent else stock.text,
        rating=card.rating,
        badge=_badge(card.badge, language),
    )


def _badge(badge: BadgeTag | None, language: str) -> BadgeTag | None:
    if badge is None or not badge.percent:
        return badge
    return msgspec.structs.replace(badge, text=f"−{percent_text(badge.percent, language)}")


def _places_of(picture: Picture) -> str:
    """Return the address of a picture's variants, with a star in place of the width."""
    return picture.src if picture.remote else f"{picture.stem}-*.{picture.digest}.{picture.formats[0]}"


def _text(shop: Shop, name: str, document: SearchDocument) -> SearchResult:
    kind, key = source_of(name)
    if kind == "product":
        return SearchResult(name=document.question, href=document.support or shop.product_href(key) + _QUESTIONS)
    record = shop.records(kind)[key]
    title = str(getattr(record, "title", "") or getattr(record, "name", ""))
    place = _QUESTIONS if document.question else ""
    return SearchResult(
        name=document.question or title,
        href=shop.href(kind, record) + place,
        language=shop.text_language(record),
    )


_QUESTIONS = "#questions"


def _categories(shop: Shop, catalog: Catalog) -> tuple[CategoryCard, ...]:
    """Return the categories at the top level that have products, with their number, without pictures and prices."""
    return tuple(
        CategoryCard(
            name=each.name,
            href=shop.href("category", each),
            count=len(catalog.by_category[each.id]),
            language=shop.text_language(each),
        )
        for each in shop.children.get("", ())
        if catalog.by_category[each.id]
    )


def _popular(shop: Shop, href: str) -> tuple[Link, ...]:
    """Return the queries that the shop suggests."""
    return tuple(Link(text=word, href=f"{href}?{urlencode({'q': word})}") for word in _words(shop).popular)


def _page(shop: Shop, catalog: Catalog, href: str, first: tuple[str, ...], filters: Filters | None) -> SearchPage:
    title = shop.word("search.title") or "search"
    return SearchPage(
        head=head_of(shop, href, title=title, alternates=fixed_alternates(shop, "search"), section=href, index=False),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        popular=_popular(shop, href),
        categories=_categories(shop, catalog),
        guides=tuple(
            Link(text=each.title, href=shop.href("guide", each))
            for each in in_order(shop, "guide", shop.published_guides)
        ),
        cards=catalog.cards(first),
        filters=filters,
    )
