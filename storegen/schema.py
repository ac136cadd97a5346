"""JSON Schemas (2020-12) of content files and of site.yaml, generated from the model.

Editors use them for completion and for marking mistakes. A schema checks one file only: it can't check whether a
referenced product exists. Schemas follow YAML 1.2, where ``59.00`` is a number; storegen itself reads every value as
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from storegen.checkout import ENTRIES
from storegen.config import Config
from storegen.model.content_types import CONTENT_TYPES, LINKED, OLD_ADDRESS, PRODUCT, ContentType
from storegen.model.describe import (
    FieldDescription,
    describe_content,
    describe_fields,
    describe_record,
    written_default,
)
from storegen.model.payment import PayLink
from storegen.model.scalars import Flag, Scalar
from storegen.model.search_words import SearchWords
from storegen.model.text import LinkTarget, MarkdownText, MediaFile, OneLine
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
from storegen.references import FORM, LISTS

Schema: TypeAlias = dict[str, Any]

# The folder of a shop's schemas, below the shop's folder.
FOLDER = ".storegen/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The type that YAML gives a text without quotes: 1998 is a number, and true is a boolean.
_TEXT = ["string", "number", "boolean"]
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # editors don't show links to the documentation
_ONE_LINE = r"^[^\n\r]*[\n\r]*$"  # a folded text ends with a line end
_SCHEMES = "|".join((*LINKED, FORM))
_LINK = rf"^(({_SCHEMES}):\S+|{'|'.join(LISTS)}|/.*|media/.+|#.+|https?://.+|mailto:.+|tel:.+)?[\n\r]*$"
_MEDIA = r"^((media/|https?://).+)?$"


def make_schemas() -> Mapping[str, Schema]:
    """Return every schema by file name."""
    found = {"site.json": _site(), "site.translation.json": _site_translation()}
    for kind in CONTENT_TYPES:
        found[f"{kind.name}.json"] = _content(kind)
        if kind.translated:
            found[f"{kind.name}.translation.json"] = _translation(kind)
    for provider in ENTRIES:
        found[f"checkout.{provider}.json"] = _entries(provider)
    found["redirects.json"] = _redirects()
    found["search.json"] = _search_words()
    return found


def schema_files() -> Mapping[str, bytes]:
    """Return the files of all schemas by name."""
    return {
        name: msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
        for name, schema in make_schemas().items()
    }


def _site() -> Schema:
    writer = _Writer()
    return writer.document("site", "site.yaml", writer.record(Config))


def _site_translation() -> Schema:
    writer = _Writer(translation=True)
    return writer.document("site.translation", "site.yaml in another language", writer.record(Config))


def _content(kind: ContentType) -> Schema:
    writer = _Writer()
    record = writer.keys(kind.record, describe_content(kind))
    needed = {"required": ["slug"]} if "slug" in record["properties"] else {}
    return writer.document(kind.name, kind.name.capitalize(), writer.listed(kind, record, needed))


def _translation(kind: ContentType) -> Schema:
    writer = _Writer(translation=True)
    record = writer.record(kind.record)
    if kind is PRODUCT:
        words = {"type": _TEXT}
        values = {"type": "object", "additionalProperties": words}
        options = {
            "anyOf": [words, {"type": "object", "properties": {"values": values}, "additionalProperties": words}]
        }
        record["properties"]["options"] = {
            "description": "The words of the options and of their values: `Size: Koko`.",
            "type": "object",
            "additionalProperties": options,
        }
        picture = {"type": "object", "properties": {"file": words, "alt": words}, "additionalProperties": False}
        record["properties"]["images"] = {
            "description": "An alt text for each picture: a list in the same order, or by the names of the files.",
            "anyOf": [
                {"type": "array", "items": {"anyOf": [words, picture]}},
                {"type": "object", "additionalProperties": words},
            ],
        }
    title = f"{kind.name.capitalize()} in another language"
    return writer.document(f"{kind.name}.translation", title, writer.listed(kind, record, {}))


def _entries(provider: str) -> Schema:
    """Return the schema of content/checkout/<provider>.yaml: article numbers, each with its payment link or id."""
    writer = _Writer()
    entry = writer.value(RecordOf(ENTRIES[provider]))
    if ENTRIES[provider] is PayLink:
        link = {"anyOf": [{"type": _TEXT, "description": "The payment link, or the provider's id."}, entry]}
        several = "Links with different prices. The page uses the one with the price that it shows."
        entry = {"anyOf": [*link["anyOf"], {"type": "array", "items": link, "minItems": 1, "description": several}]}
    title = f"Articles at {provider}"
    return writer.document(f"checkout.{provider}", title, {"type": "object", "additionalProperties": entry})


def _redirects() -> Schema:
    """Return the schema of content/redirects.yaml: old paths, each with a link."""
    link = {"description": "The page that is there now.", "type": "string", "pattern": _LINK.replace("|#.+", "")}
    old = {"pattern": rf"^(?!//){OLD_ADDRESS.pattern}$", "patternErrorMessage": "Expected a path like /product/tea/."}
    return _Writer().document(
        "redirects", "Old addresses", {"type": "object", "propertyNames": old, "additionalProperties": link}
    )


def _search_words() -> Schema:
    writer = _Writer()
    return writer.document("search", "Words of the search", writer.record(SearchWords))


class _Writer:
    """Writer of the schemas of one file. Nested records become definitions.

    In a *translation* only translatable YAML keys are known, and none is required.
    """

    def __init__(self, *, translation: bool = False) -> None:
        self.translation = translation
        self.definitions: dict[str, Schema] = {}

    def document(self, name: str, title: str, whole: Schema) -> Schema:
        """Return a complete schema document."""
        head = {"$schema": _DIALECT, "$id": f"urn:storegen:schema:{name}", "title": title}
        return {**head, **whole, "$defs": dict(sorted(self.definitions.items()))}

    def listed(self, kind: ContentType, record: Schema, item: Schema) -> Schema:
        """Return the schema of a file with one record or, if its type allows, a list of records."""
        if not kind.many:
            return record
        self.definitions[kind.name] = record
        one = {"$ref": f"#/$defs/{kind.name}"}
        return {"anyOf": [one, {"type": "array", "items": {**one, **item}}]}

    def record(self, kind: type[msgspec.Struct]) -> Schema:
        """Return the schema of a record."""
        return self.keys(kind, describe_fields(kind))

    def keys(self, kind: type[msgspec.Struct], described: Iterable[FieldDescription]) -> Schema:
        """Return the schema of a record with only the *described* YAML keys."""
        fields = [each for each in described if not self.translation or each.translated]
        needed = [each.name for each in fields if each.needed and not self.translation]
        one = [{"required": [name]} for name in getattr(kind, "EXACTLY_ONE", ())]
        return {
            "type": "object",
            "description": describe_record(kind),
            **({"oneOf": one} if one and not self.translation else {}),
            "properties": {each.name: self._field(each) for each in fields},
            "required": needed,
            "additionalProperties": False,
        }

    def _field(self, field: FieldDescription) -> Schema:
        """Return the schema of a YAML key. The value of an optional key may be blank."""
        schema = self.value(field.takes)
        if schema and not (field.needed and not self.translation):
            schema = _or_blank(schema)
        default = {} if (value := written_default(field.default)) is None else {"default": value}
        return {"description": _LINKED.sub(r"\1", field.text), **schema, **default}

    def value(self, takes: ValueType) -> Schema:
        """Return the schema of a value."""
        match takes:
            case AnyOf(types):
                return {"anyOf": [self.value(each) for each in types]}
            case RecordOf(kind):
                return self._reference(kind)
            case ListOf(item, different):
                whole = {"type": "array", "items": self.value(item), **({"uniqueItems": True} if different else {})}
                return self._keyed(whole, item) if self.translation else whole
            case MappingOf(key, value):
                line = isinstance(key, Text) and key.mark(OneLine) is not None
                names = {"propertyNames": {"pattern": _ONE_LINE}} if line else {}
                return {"type": "object", **names, "additionalProperties": self.value(value)}
            case Choice(words):
                return {"type": "string", "enum": list(words)}
            case ScalarValue(kind):
                return _scalar(kind)
            case Text():
                return _text(takes)
            case AnyValue():
                return {}

    def _keyed(self, whole: Schema, item: ValueType) -> Schema:
        """Return the schema of a translated list: a list, or a mapping by the names of the first language's entries."""
        sections = isinstance(item, RecordOf) and bool(getattr(item.kind, "EXACTLY_ONE", ()))
        entry: Schema = {"type": "object"} if sections else self.value(item)
        return {"anyOf": [whole, {"type": "object", "additionalProperties": entry}]}

    def _reference(self, kind: type[msgspec.Struct]) -> Schema:
        name = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
        if name not in self.definitions:
            self.definitions[name] = {}  # a placeholder, because a recursive record refers to its own definition
            self.definitions[name] = self.record(kind)
        return {"$ref": f"#/$defs/{name}"}


def _scalar(kind: type[Scalar]) -> Schema:
    if kind is Flag:
        return {
            "anyOf": [
                {"type": "boolean"},
                {"enum": ["yes", "no"]},
                {"type": "string", "pattern": f"^({Flag.PATTERN})$"},
            ]
        }
    types = ["string"] if kind.NUMBER is None else ["string", "number"]
    form = {"type": types, "pattern": f"^(?:{kind.PATTERN})$", **(kind.NUMBER or {})}
    # patternErrorMessage is the message that VS Code's language servers show if the pattern doesn't match.
    return {**form, "patternErrorMessage": f"Expected {kind.EXPECTS}.", "examples": list(kind.EXAMPLES)}


def _text(takes: Text) -> Schema:
    text: Schema = {"type": _TEXT}
    if takes.mark(LinkTarget):
        return {**text, "pattern": _LINK, "examples": ["product:rope-ring", "guides", "/returns/"]}
    if takes.mark(MediaFile):
        return {**text, "pattern": _MEDIA, "examples": ["media/ring-1.jpg"]}
    if takes.mark(MarkdownText):
        return {**text, "contentMediaType": "text/markdown"}
    return {**text, "pattern": _ONE_LINE} if takes.mark(OneLine) else text


def _or_blank(schema: Schema) -> Schema:
    """Return a schema that also accepts a blank value, which means that the YAML key is absent.

    Form editors save ``''`` for a field that was left empty.
    """
    if schema.get("type") == _TEXT and "pattern" not in schema:
        return {**schema, "type": [*_TEXT, "null"]}
    if "pattern" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds, "null"], "pattern": f"{schema['pattern']}|^$"}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"enum": ["", None]}]}
