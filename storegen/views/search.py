"""The search page, and what its script reads: terms in shards, and what is shown of each thing that is found."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

import msgspec

from storegen.addresses import output_path
from storegen.model.plain import plain
from storegen.outputs import Blob, Output, Page, digest
from storegen.search.documents import Block, make_blocks, number_documents
from storegen.search.index import Index
from storegen.search.postings import Shard
from storegen.views.around import crumbs, fixed_alternates, head_of
from storegen.views.articles import in_order
from storegen.views.findable import Finding, Thing, find_all, find_index, read_shard, source_of
from storegen.views.shapes import Card, Found, Link, Picture, SearchPage
from storegen.views.shelf import Shelf
from storegen.views.shop import Shop

# RFC 1952: no name, no time, packed well, system unknown; gzip.compress writes other bytes in other versions of Python.
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
_FORMAT = b"2"  # raise when the same things begin to give other bytes
_WIDTHS = 2  # of a picture that the script may choose from
_JSON = msgspec.json.Encoder(enc_hook=plain, order="deterministic").encode


def search(shop: Shop, shelf: Shelf) -> Iterator[Output]:
    """Yield the search page and its index."""
    href = shop.at("page", "search")
    recipe = functools.partial(_page, shop, href)
    yield Page(
        output_path(href), "pages/search.html", recipe, shop.language, fingerprint=digest(shelf.stamps.shop_stamp)
    )
    finding = find_all(shop, shelf)
    pieces = make_blocks(name for name in finding.things if _is_piece(name))
    texts = make_blocks(name for name in finding.things if not _is_piece(name))
    index = find_index(shop, shelf, finding, number_documents((*pieces, *texts)))
    shards = f"/assets/search/{shop.language}/"
    manifest = _manifest(shop, index, pieces, texts, shards)
    yield _zipped_blob(f"{href}index.bin", functools.partial(bytes, manifest), manifest)
    for shard in index.shards:
        read = functools.partial(read_shard, shelf.cache, f"index.{shop.language}", shard.name)
        yield _zipped_blob(f"{shards}{shard.name}.bin", read, shard.name.encode())
    for place, block in enumerate((*pieces, *texts)):
        make = functools.partial(_shown, shop, shelf, finding, block)
        yield _zipped_blob(f"{href}{place}-{block.mark}.bin", make, _mark(shop, shelf, finding, block))


def _is_piece(name: str) -> bool:
    return name.startswith("product:") and "?" not in name


def _zipped_blob(href: str, make: Callable[[], bytes], made_of: bytes) -> Blob:
    return Blob(output_path(href), functools.partial(_zipped, make), digest(_FORMAT, made_of))


def _zipped(make: Callable[[], bytes]) -> bytes:
    data = make()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b"".join(
        (_GZIP_HEAD, packer.compress(data), packer.flush(), struct.pack("<2L", zlib.crc32(data), len(data)))
    )


def _manifest(shop: Shop, index: Index, pieces: Sequence[Block], texts: Sequence[Block], shards: str) -> bytes:
    """Return what the script reads first: where everything is, and its words."""
    known = shop.look.words[shop.language]
    words = {key.removeprefix("found."): word for key, word in known.items() if key.startswith("found.")}
    words |= {key: known.get(f"price.{key}", "") for key in ("before", "lowest")}
    families = {"heads": index.heads, "texts": index.texts, "ends": index.ends}
    return _JSON(
        {
            "count": sum(len(block.names) for block in (*pieces, *texts)),
            "language": shop.language,
            "shards": shards,
            "pieces": len(pieces),
            "blocks": "".join(block.mark for block in (*pieces, *texts)),
            "words": words,
            "ask": f"mailto:{shop.config.company.email}" if shop.config.company.email else "",
            **{name: _places(family) for name, family in families.items()},
        }
    )


def _places(shards: Sequence[Shard]) -> tuple[list[str], str]:
    """Return the first term of each shard, and the names of all in a row."""
    return [shard.first for shard in shards], "".join(shard.name for shard in shards)


def _mark(shop: Shop, shelf: Shelf, finding: Finding, block: Block) -> bytes:
    """Return what stands for all that is shown of a block's things."""
    cards = shelf.marks(source_of(name)[1] for name in block.names if name.startswith("product:"))
    texts = [_text(shop, name, finding.things[name]) for name in block.names if not _is_piece(name)]
    return digest(cards, _JSON(texts))


def _shown(shop: Shop, shelf: Shelf, finding: Finding, block: Block) -> bytes:
    """Return what is shown of a block's things."""
    return _JSON(
        [
            _piece(shelf.card(source_of(name)[1])) if _is_piece(name) else _text(shop, name, finding.things[name])
            for name in block.names
        ]
    )


def _piece(card: Card) -> Found:
    """Return a product as it stands among what was found: what its tile says."""
    shown = card.picture
    return Found(
        name=card.name,
        href=card.href,
        language=card.language,
        picture=_places_of(shown) if shown else "",
        widths=shown.widths[:_WIDTHS] if shown else (),
        fact=card.fact,
        price=card.price,
        stock=card.stock.state,
    )


def _places_of(picture: Picture) -> str:
    """Return the address of a picture's sizes, with a star for the width."""
    return picture.src if picture.remote else f"{picture.stem}-*.{picture.digest}.{picture.formats[0]}"


def _text(shop: Shop, name: str, thing: Thing) -> Found:
    kind, key = source_of(name)
    if kind == "product":
        return Found(name=thing.question, href=shop.product_href(key) + _QUESTIONS)
    record = shop.records(kind)[key]
    place = _QUESTIONS if thing.question else ""
    return Found(
        name=thing.question or str(getattr(record, "title", "")),
        href=shop.href(kind, record) + place,
        language=shop.text_language(record),
    )


_QUESTIONS = "#questions"


def _page(shop: Shop, href: str) -> SearchPage:
    words = shop.look.words[shop.language]
    title = words.get("search.title", "search")
    categories = (category for group in shop.children.values() for category in group)
    return SearchPage(
        head=head_of(
            shop, href, title=title, alternates=fixed_alternates(shop, "page", "search"), section=href, index=False
        ),
        crumbs=crumbs(shop, Link(text=title, href=href)),
        categories=tuple(Link(text=each.name, href=shop.href("category", each)) for each in categories),
        guides=tuple(
            Link(text=each.title, href=shop.href("guide", each)) for each in in_order("guide", shop.published_guides)
        ),
    )
