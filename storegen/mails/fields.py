"""Merge fields: parts of a mail that the mail service fills in for each reader, such as ``{first_name|there}``.

While a mail is made, a field is a *mark*: characters of Unicode's private use area around its name. Marks pass through
Markdown, templates and the inlining of styles unchanged. They become the tags of a mail service at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from storegen.config import PROMISE_VALUES
from storegen.errors import suggest
from storegen.mails.services import MailService

# The fields that texts may name, with the values that previews show.
MERGE_FIELDS: Mapping[str, str] = {
    "first_name": "Kim",
    "order_number": "2041",
    "tracking_number": "JJFI60000000000000001",
    "new_date": "7 December",
}
# The fields of the frame: addresses for links, and the sender's postal address.
UNSUBSCRIBE, BROWSER, ADDRESS = "unsubscribe", "browser", "address"

_BEGIN, _END, _SPACE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_BEGIN}([a-z_]+)(?:\\|([^{_END}]*))?{_END}")
_FIELD = re.compile(r"\{(?P<name>[a-z_]+)(?:\|(?P<default>[^{}]*))?\}")
# Signs that have a meaning in the tags of a service.
_BAD_DEFAULT = re.compile(r"""['"`{}|*%$<>&\\]""")


class Field(NamedTuple):
    """A field in a text: its name, the text that takes its place if the service knows no value, and its line."""

    name: str
    default: str | None
    line: int


def find_fields(text: str) -> Iterator[Field]:
    """Yield what stands in braces in a text: merge fields, values of site.yaml, and mistakes."""
    for found in _FIELD.finditer(text):
        yield Field(found["name"], found["default"], text.count("\n", 0, found.start()) + 1)


def field_faults(text: str, *, subject: bool = False) -> Iterator[tuple[Field, str]]:
    """Yield (field, message) for each mistake in the braces of a text, which may be a *subject*."""
    known = (*MERGE_FIELDS, *PROMISE_VALUES)
    for field in find_fields(text):
        if field.name not in known:
            message = f"{{{field.name}}} is not known here{suggest(field.name, known)} (there are {', '.join(known)})"
            yield field, message
        elif field.default is not None and field.name != "first_name":
            yield field, f"{{{field.name}}} takes no other words; only {{first_name|…}} does"
        elif field.name == "first_name" and not (field.default or "").strip():
            yield field, 'expected words for readers without a name, such as {first_name|there}; found "{first_name}"'
        elif field.default and (sign := _BAD_DEFAULT.search(field.default)):
            yield field, f"expected words without {sign[0]} after the | of {{first_name|…}}, found {field.default}"
        elif subject and field.name in MERGE_FIELDS and field.name != "first_name":
            yield field, f"a subject can't contain {{{field.name}}}, only {{first_name|…}}"


def mark(name: str, default: str | None = None) -> str:
    """Return the mark of a field. It contains no space, so that no line breaks within it."""
    words = "" if default is None else "|" + default.strip().replace(" ", _SPACE)
    return f"{_BEGIN}{name}{words}{_END}"


def marked(text: str) -> str:
    """Return a text with marks in place of its merge fields. Values of site.yaml stay as they are."""
    return _FIELD.sub(
        lambda found: mark(found["name"], found["default"]) if found["name"] in MERGE_FIELDS else found[0], text
    )


def plainly(text: str) -> str:
    """Return a text with the default words of its fields, for places where a service allows no tags."""
    return " ".join(_MARK.sub(lambda found: (found[2] or "").replace(_SPACE, " "), text).split())


def previewed(text: str, values: Mapping[str, str]) -> str:
    """Return a text with example values in place of its marks. *values* are those of the frame's fields."""
    known = {**MERGE_FIELDS, **values}
    return _MARK.sub(lambda found: known[found[1]], text)


def substitute(text: str, service: MailService, address: str) -> str:
    """Return a text with a service's tags. *address* takes the place of an address that the service has no tag for."""
    frame = {UNSUBSCRIBE: service.unsubscribe, BROWSER: service.browser, ADDRESS: service.address or address}

    def tag(found: re.Match[str]) -> str:
        """Return the tag of a mark."""
        name, default = found[1], found[2]
        if name in frame:
            return frame[name]
        if default is None:
            return service.tag(name)
        return service.tag(name, default.replace(_SPACE, " "))

    return _MARK.sub(tag, text)


def without_browser(text: str) -> str:
    """Return a text without the lines that contain the link to the browser's view."""
    return "".join(line for line in text.splitlines(keepends=True) if mark(BROWSER) not in line)
