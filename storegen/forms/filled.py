"""A form as a page has it: a kind of form at the address of a service."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from storegen.forms.kinds import FIELDS, Field, Kind
from storegen.forms.services import EMAIL, Service


class FilledForm(msgspec.Struct, frozen=True, kw_only=True):
    """A form of HTML.

    *fields* are its fields, each with the name that the service expects. *hidden* are fields that nobody sees,
    *honeypot* is the name of the field that must stay empty.
    """

    action: str
    enctype: str = ""
    fields: tuple[tuple[str, Field], ...]
    hidden: Mapping[str, str] = {}
    honeypot: str = ""
    attributes: Mapping[str, str] = {}


def fill_form(kind: Kind, service: Service, address: str, values: Mapping[str, str]) -> FilledForm:
    """Return the form of a kind at a service.

    *values* are the ``subject``, the name of the ``shop``, its ``language``, the thanks page as absolute address
    (``thanks``) and within the site (``page``). For e-mail: the address ``to``, and the labels of fields by name.
    """
    fields = [FIELDS[name] for name in kind.fields]
    if service is EMAIL:  # the mail program shows the names of fields
        action = f"mailto:{quote(values['to'], safe='@+')}?subject={quote(values['subject'])}"
        return FilledForm(
            action=action,
            enctype="text/plain",
            fields=tuple((values.get(each.name, each.name), each) for each in fields),
        )
    given = service.parameters(address)
    known = {**values, **given, "kind": kind.slug}
    hidden = {name: _insert(text, known) for name, text in service.hidden.items()}
    if service.query == "fields":
        hidden = {**given, **hidden}
    if service.next:
        hidden[service.next] = values["thanks"]
    return FilledForm(
        action=service.action(address) or values["page"],
        fields=tuple((service.names.get(each.name, each.name), each) for each in fields),
        hidden=hidden,
        honeypot=_insert(service.honeypot, known),
        attributes={name: _insert(text, known) for name, text in service.attributes.items()},
    )


def _insert(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
