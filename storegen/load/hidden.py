"""Records that exist, but whose ids or addresses are unknown because of mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from storegen.errors import StoregenError
from storegen.fields import NO_FAULTY_PLACES, FaultyPlaces
from storegen.files import TEXT_LIMIT, read_bytes
from storegen.load.entries import Entries, Entry
from storegen.load.sources import Source

HAS_PAGE = ("page", "kind", "status")  # fields that decide whether a record has a page
_LANGUAGES = re.compile(rb"^languages:[ \t]*(\[[^\]]*\]|(?:[^\n]*\n[ \t]*-[^\n]*)+)", re.MULTILINE)
_COMMENT = re.compile(rb"[ \t]#[^\n]*")
_CODE = re.compile(rb"\b[a-z]{2,3}(?:-[A-Za-z]+)*")
_LIST = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*(?:#[^\n]*|---[^\n]*)\n)*\s*(?:- |\[)")


class Hidden(msgspec.Struct, frozen=True):
    """Ids and addresses that are unknown because of mistakes. No reference to them is reported as a further mistake.

    *addresses* are content types with unknown addresses, *ids* content types with unknown ids. *stray* are names of
    files that gave no record. *site* are the faulty places of site.yaml.
    """

    addresses: AbstractSet[str] = frozenset()
    ids: AbstractSet[str] = frozenset()
    stray: AbstractSet[str] = frozenset()
    site: FaultyPlaces = NO_FAULTY_PLACES


def find_hidden(
    sources: Mapping[str, Iterable[Source]], entries: Entries, *, stray: AbstractSet[str], site: FaultyPlaces
) -> Hidden:
    """Return the ids and addresses that mistakes in content make unknown. *sources* are by content type."""
    addresses = {kind for kind, found in entries.items() if any(map(_has_unknown_address, found.values()))}
    ids = {kind for kind, found in sources.items() if any(map(_is_unread_list, found))}
    used = {source.file for found in entries.values() for entry in found.values() for source in _files(entry)}
    unused = [source for found in sources.values() for source in found if source.file not in used]
    names = {name for source in unused for name in (source.stem, source.item.slug) if name}
    return Hidden(addresses | ids, ids, stray | names, site)


def _files(entry: Entry) -> Iterator[Source]:
    yield entry.base
    yield from entry.translations.values()


def _has_unknown_address(entry: Entry) -> bool:
    return any(not source.readable or source.faulty_places.touches("slug", *HAS_PAGE) for source in _files(entry))


def _is_unread_list(source: Source) -> bool:
    """Return whether an unreadable file seems to contain a list of records."""
    if source.readable or not source.file.endswith((".yaml", ".yml")):
        return False
    try:
        return _LIST.match(read_bytes(source.site, source.file, TEXT_LIMIT)) is not None
    except (StoregenError, OSError):
        return True


def unread_languages(site: bytes) -> tuple[str, ...]:
    """Return the languages in a site.yaml whose YAML has a mistake.

    Without them, each translation would count as a file of its own, with mistakes that nobody made.
    """
    found = _LANGUAGES.search(_COMMENT.sub(b"", site))
    return tuple(code.decode() for code in _CODE.findall(found[1])) if found else ()
