"""Write the tables of the documentation that are made from the code.

    python docs/tables.py           write them anew
    python docs/tables.py --check   write nothing; fail where one is stale

A table stands between two comments, `<!-- keys: product -->` and `<!-- /keys -->`:

    keys: NAME    the keys of a content type or of one of RECORDS; of a single block: `keys: site.yaml theme`
    types         how the values of keys are written
    translations  the keys that a translation may contain
    providers     the payment providers
    forms         the services that receive forms, or the kinds of forms
    presets       the presets of the default theme
    tokens        the tokens of the default theme that a shop may change
    icons         the icons of the default theme
    words         the sections of the default theme's words
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from storegen.checkout import FACTS
from storegen.checkout.refusals import ALL_OFFERS
from storegen.config import Config
from storegen.duties.duty import Duty
from storegen.duties.table import EUROPEAN, NATIONAL
from storegen.forms import EMAIL, KINDS, PAGES, SERVICES, Service
from storegen.model.content_types import BY_NAME, CONTENT_TYPES, PRODUCT
from storegen.model.describe import (
    FieldDescription,
    describe_content,
    describe_fields,
    describe_record,
    written_default,
)
from storegen.model.fields import translated_keys
from storegen.model.offer import OfferKind
from storegen.model.payment import CartExtras, PayLink
from storegen.model.picture import Image
from storegen.model.regions import EEA, EU
from storegen.model.scalars import Scalar
from storegen.model.search_words import SearchWords
from storegen.model.text import LinkTarget, MarkdownText, MediaFile, OneLine, Ref
from storegen.model.totals import CODED
from storegen.model.value_types import (
    AnyOf,
    AnyValue,
    Choice,
    ListOf,
    MappingOf,
    RecordOf,
    ScalarValue,
    Text,
    ValueType,
)
from storegen.theme.loading import Theme, load_theme
from storegen.theme.presets import preset_names, read_preset
from storegen.theme.tokens import read_tokens

DOCS = Path(__file__).parent
COMMAND = "python docs/tables.py"
# Records that many tables name and only one shows.
SHARED: Mapping[str, type[msgspec.Struct]] = {"picture": Image}
# The records that comments name, beside those of content types.
RECORDS: Mapping[str, type[msgspec.Struct]] = {
    "site.yaml": Config,
    "checkout": PayLink,
    "snipcart": CartExtras,
    "search.yaml": SearchWords,
    **SHARED,
}
# A block with at most so many keys, and no block in it, stands among the keys of the block around it.
MOST_INLINE = 4
_OPENING = (
    r"<!-- (?P<kind>keys|types|translations|providers|forms|presets|tokens|icons|words|duties)"
    r"(?:: (?P<name>[^>]+))? -->\n"
)
_TABLE = re.compile(rf"(?P<open>{_OPENING})(?:(?!<!--).)*(?=<!-- /(?P=kind) -->)", re.DOTALL)


class DocsError(Exception):
    """A comment asks for a table that can't be made."""


def write_tables(text: str) -> str:
    """Return a Markdown file with all of its tables made anew; raises DocsError."""
    made, count = _TABLE.subn(
        lambda found: f"{found['open']}\n{make_table(found['kind'], found['name'] or '')}\n", text
    )
    if count < len(re.findall(_OPENING, text)):
        raise DocsError("a table has no closing comment such as <!-- /keys -->")
    return made


def make_table(kind: str, name: str) -> str:
    """Return the table that a comment asks for."""
    if kind == "types":
        return _markdown(("type", "written like", "what it is"), _types())
    if kind == "translations":
        return _markdown(("file", "keys that a translation may contain"), _translations())
    if kind == "forms":
        heads, made_rows = FORM_TABLES[name]
        return _markdown(heads, made_rows())
    if kind == "providers":
        return _markdown(_PROVIDER_COLUMNS, _providers())
    if kind == "duties":
        return _markdown(_DUTY_COLUMNS, _duties(name))
    if kind in THEME_TABLES:
        columns, rows = THEME_TABLES[kind]
        return _markdown(columns, rows(load_theme(DOCS.parent, "default", ("en",))))
    if made := "\n".join(_key_tables(name)):
        return made
    raise DocsError(f'keys: "{name}" names no block with a table of its own')


class Row(NamedTuple):
    """A key with its dotted path."""

    key: str
    field: FieldDescription


class Block(NamedTuple):
    """A record that has a table of its own, with its dotted path; *path* is empty for that of the whole file."""

    path: str
    kind: type[msgspec.Struct]
    fields: tuple[FieldDescription, ...]


def _key_tables(name: str) -> Iterator[str]:
    """Yield the table of a whole file, and that of each larger block in it."""
    name, _, only = name.partition(" ")
    waiting = [Block("", *_described(name))]
    while waiting:
        block = waiting.pop(0)
        rows, larger = _rows_of(block)
        waiting[:0] = larger
        if only in {"", block.path}:
            title = f"**`{block.path}`**: {describe_record(block.kind)}\n\n" if block.path and not only else ""
            yield title + _markdown(("key", "takes", "what it is"), map(_cells, rows))


def _described(name: str) -> tuple[type[msgspec.Struct], tuple[FieldDescription, ...]]:
    if name in BY_NAME:
        return BY_NAME[name].record, describe_content(BY_NAME[name])
    if name not in RECORDS:
        raise DocsError(f'keys: "{name}" is not one of {", ".join((*BY_NAME, *RECORDS))}')
    return RECORDS[name], describe_fields(RECORDS[name])


def _rows_of(block: Block) -> tuple[list[Row], list[Block]]:
    """Return the rows of a block with those of the small blocks in it, and the larger ones."""
    rows: list[Row] = []
    larger: list[Block] = []
    for field in block.fields:
        rows.append(Row(field.name, field))
        for step, kind in _records_in(field.takes):
            inside = describe_fields(kind)
            if len(inside) <= MOST_INLINE and not any(list(_records_in(each.takes)) for each in inside):
                rows += [Row(f"{field.name}{step}.{each.name}", each) for each in inside]
            else:
                path = f"{block.path}.{field.name}" if block.path else field.name
                larger.append(Block(path + step, kind, inside))
    return rows, larger


def _records_in(takes: ValueType) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """Yield (path, record) of the records that a value holds; in a path `[]` is an item, `*` a name."""
    match takes:
        case RecordOf(kind) if kind not in SHARED.values():
            yield "", kind
        case ListOf(item):
            yield from ((f"[]{path}", kind) for path, kind in _records_in(item))
        case MappingOf(_, value):
            yield from ((f".*{path}", kind) for path, kind in _records_in(value))
        case AnyOf(types):
            for each in types:
                yield from _records_in(each)


def _cells(row: Row) -> tuple[str, ...]:
    field = row.field
    translated = field.translated and not list(_records_in(field.takes))
    return f"`{row.key}`" + (" \\*" if translated else ""), _takes(field), field.text


def _takes(field: FieldDescription) -> str:
    """Return what a key takes, whether it is needed, and its default."""
    takes = words_of(field.takes)
    if field.needed:
        return f"{takes}, **needed**"
    default = written_default(field.default)
    if default is None:
        return takes
    shown = f"`[{', '.join(map(str, default))}]`" if isinstance(default, list) else f"`{default}`"
    return f"{takes}; default {shown}"


def words_of(takes: ValueType, *, many: bool = False) -> str:
    """Return what a key takes in a merchant's words; *many* of them in the plural."""
    match takes:
        case AnyOf((one, ListOf(item))) if one == item:
            return (
                f"one or more of {words_of(one)}" if isinstance(one, Choice) else f"{words_of(one)} or a list of them"
            )
        case AnyOf(types):
            return _or([words_of(each, many=many) for each in types])
        case Choice(words):
            return _or([f"`{word}`" for word in words])
        case ListOf(item):
            return f"{_plural('list', many=many)} of {words_of(item, many=True)}"
        case MappingOf(_, value):
            return f"names with {words_of(value, many=True)}"
        case RecordOf(kind):
            name = next((name for name, shared in SHARED.items() if shared is kind), "block")
            return _plural(name, many=many)
        case ScalarValue(kind):
            return _plural(kind.NAME, many=many)
        case Text():
            return _plural(_text_name(takes), many=many)
        case AnyValue():
            return "anything"


def _text_name(text: Text) -> str:
    if ref := text.mark(Ref):
        return f"{ref.type} id"
    if media := text.mark(MediaFile):
        return "picture file" if media.use == "picture" else "SVG file"
    if markdown := text.mark(MarkdownText):
        return "short Markdown" if markdown.inline else "Markdown"
    if text.mark(LinkTarget):
        return "link"
    return "line" if text.mark(OneLine) else "text"


def _plural(name: str, *, many: bool) -> str:
    """Return a name, in the plural if there are *many*."""
    if not many or name.endswith(("Markdown", "hours", "days")):
        return name
    return f"{name}es" if name.endswith("s") else f"{name}s"


def _or(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1]) if words[1:] else words)


def _types() -> Iterator[tuple[str, ...]]:
    """Yield a row for each form of value that a key takes, by name."""
    kinds = [kind.record for kind in CONTENT_TYPES]
    found: set[type[Scalar]] = set()
    seen: set[type[msgspec.Struct]] = set()
    waiting: list[ValueType] = [RecordOf(kind) for kind in (*RECORDS.values(), *kinds)]
    while waiting:
        match waiting.pop():
            case RecordOf(kind) if kind not in seen:
                seen.add(kind)
                waiting += [field.takes for field in describe_fields(kind)]
            case ListOf(item):
                waiting.append(item)
            case MappingOf(key, value):
                waiting += [key, value]
            case AnyOf(types):
                waiting += types
            case ScalarValue(scalar):
                found.add(scalar)
    for each in sorted(found, key=lambda scalar: scalar.NAME):
        yield (
            each.NAME,
            ", ".join(f"`{example}`" for example in each.EXAMPLES),
            describe_record(each).replace("``", "`"),
        )


def _translations() -> Iterator[tuple[str, ...]]:
    """Yield a row for each kind of file that can be translated. The text below a front matter is not a key."""
    yield "`site.fi.yaml`", _key_list(translated_keys(Config))
    for kind in (kind for kind in CONTENT_TYPES if kind.translated):
        file = f"content/{kind.folder}/{kind.only or '…'}.fi{kind.endings[0]}"
        keys = [key for key in translated_keys(kind.record) if key != "body"]
        if kind is PRODUCT:  # the words of options and values are below this key
            keys.insert(keys.index("options.*.help"), "options")
        text = ", and the text" if "body" in translated_keys(kind.record) and ".md" in kind.endings else ""
        yield f"`{file}`", _key_list(keys) + text


def _key_list(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


_PROVIDER_COLUMNS = (
    "provider",
    "cart",
    "options",
    "discount codes",
    "offers honoured",
    "how the price is protected",
    "test mode",
    "without JavaScript",
    "needs a server",
    "steps of the set-up",
    "minutes",
)


def _providers() -> Iterator[tuple[str, ...]]:
    for name, facts in FACTS.items():
        yield (
            f"[`{name}`]({name}.md): {facts.title}",
            facts.cart,
            facts.options,
            facts.coupon,
            _honoured(facts.offers),
            facts.protection,
            facts.test_mode,
            facts.without_script,
            facts.server,
            str(facts.steps),
            str(facts.minutes),
        )


def _form_services() -> Iterator[tuple[str, ...]]:
    for service in SERVICES:
        takes = "newsletters" if service.takes == {"newsletter"} else "all but `order`"
        yield (
            service.title,
            f"`{service.example}`",
            "all" if service.takes == set(KINDS) else takes,
            _thanks_by(service),
        )


def _thanks_by(service: Service) -> str:
    if service is EMAIL:
        return "none: the form says what to do"
    known = service.next or service.answer == "json" or "/" not in service.example
    return "storegen passes it on" if known else "you set it at the service"


def _form_kinds() -> Iterator[tuple[str, ...]]:
    for kind in KINDS.values():
        fields = (f"`{name}`{' (optional)' if name in kind.optional else ''}" for name in kind.fields)
        yield f"`{kind.name}`", ", ".join(fields), f"`/forms/{kind.slug}/`" if kind.name in PAGES else "the order sheet"


FORM_TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[], Iterator[tuple[str, ...]]]]] = {
    "services": (("service", "what you write", "kinds of forms", "address of the page afterwards"), _form_services),
    "kinds": (("kind", "fields", "page"), _form_kinds),
}


def _honoured(kinds: Sequence[OfferKind]) -> str:
    """Return the kinds of offers that a provider honours, in words."""
    if len(kinds) == len(ALL_OFFERS):
        return f"all {len(ALL_OFFERS)} kinds"
    return "sales; codes that you create there too" if set(kinds) & set(CODED) else "sales"


_DUTY_COLUMNS = ("duty", "what the law asks", "where", "since", "how storegen meets it", "source", "read")
_MARKS = {"text": "the law's text", "report": "second source", "known": "not again", "open": "not established"}


def _duties(sold: str) -> Iterator[tuple[str, ...]]:
    """Yield a row for each duty. *sold* is the table: ``europe`` or ``countries``."""
    for duty in EUROPEAN if sold == "europe" else NATIONAL:
        keys = ", ".join(f"`{key.partition('=')[0]}`" for need in duty.needs for key in need.split("|"))
        parts = (
            duty.drawn,
            f"you write {keys}" if keys else "",
            f"a page with `layout: {duty.page}`" if duty.page else "",
            f"yours: {duty.yours}" if duty.yours else "",
        )
        yield (
            f"`{duty.id}`: {duty.title}. {_binds(duty)}",
            duty.what,
            duty.where,
            str(duty.since or ""),
            "; ".join(filter(None, parts)) or "`storegen check` looks at your files",
            duty.source,
            _MARKS[duty.mark],
        )


def _binds(duty: Duty) -> str:
    """Return whom a duty binds, such as "Sellers in DE; 10 people or more"."""
    parts = [
        f"{who} {_countries(codes)}"
        for who, codes in (("Sellers in", duty.sellers), ("Deliveries to", duty.buyers))
        if codes
    ]
    parts += [", ".join(duty.goods)] if duty.goods and "goods" not in duty.goods else []
    parts += [f"{duty.staff} people or more"] if duty.staff else []
    return "; ".join(parts)


def _countries(codes: frozenset[str]) -> str:
    """Return country codes, those of the European Union and the EEA as one word."""
    for name, group in (("EEA", EEA), ("EU", EU)):
        if codes >= group:
            return ", ".join((name, *sorted(codes - group)))
    if len(codes) > len(EU) / 2:
        return f"EU without {', '.join(sorted(EU - codes))}"
    return ", ".join(sorted(codes))


def _presets(theme: Theme) -> Iterator[tuple[str, ...]]:
    for name in preset_names(theme):
        preset = read_preset(theme, name)
        yield f"`{name}`" + (" (default)" if name == theme.settings.preset else ""), preset.text, f"`{preset.tile}`"


def _tokens(theme: Theme) -> Iterator[tuple[str, ...]]:
    tokens = read_tokens(theme.texts["styles/tokens.css"])
    for name, meaning in tokens.meanings.items():
        dark = f"`{tokens.dark[name]}`" if name in tokens.dark else ""
        yield f"`{name}`", f"`{tokens.light[name]}`", dark, meaning


def _icons(theme: Theme) -> Iterator[tuple[str, ...]]:
    """Yield a row for each icon of the sprite. Its description is the comment in it; raises DocsError without one."""
    sprite = theme.static["icons.svg"].decode()
    for name, comment in re.findall(r'<symbol id="([\w-]+)"[^>]*>(?:<!-- (.*?) -->)?', sprite):
        if not comment:
            raise DocsError(f"icons.svg: the icon {name} has no comment")
        yield f"`{name}`", comment


def _words(theme: Theme) -> Iterator[tuple[str, ...]]:
    """Yield the sections of the theme's words, which are described by the comments above them."""
    text = theme.texts["locales/en.yaml"]
    described = {name: use for use, name in re.findall(r"^# (.+)\n(\w+):$", text, re.MULTILINE)}
    for name in re.findall(r"^(\w+):$", text, re.MULTILINE):
        if name not in described:
            raise DocsError(f"locales/en.yaml: the section {name} has no comment")
        yield f"`{name}`", described[name]


THEME_TABLES: Mapping[str, tuple[Sequence[str], Callable[[Theme], Iterator[tuple[str, ...]]]]] = {
    "presets": (("preset", "what it looks like", "pictures in lists"), _presets),
    "tokens": (("token", "light", "dark", "use"), _tokens),
    "icons": (("icon", "use"), _icons),
    "words": (("section", "where its words are"), _words),
}


def _markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "".join(f"{line}\n" for line in lines)


def main(arguments: Sequence[str]) -> str:
    """Write every stale file, or only name them; return what is wrong, an empty string where nothing is."""
    wrong: list[str] = []
    for file in sorted(DOCS.rglob("*.md")):
        text = file.read_text()
        try:
            made = write_tables(text)
        except DocsError as error:
            wrong.append(f"{file}: {error}")
            continue
        if made != text and "--check" in arguments:
            wrong.append(f"{file}: a table is stale; run {COMMAND}")
        elif made != text:
            file.write_text(made)
    return "\n".join(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
