"""Checks of mails: advertising in a mail about an order, unknown words in braces, buttons that lead nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from storegen.errors import Problem
from storegen.load.entries import Entries
from storegen.mails import field_faults
from storegen.markdown.links import find_references
from storegen.model.campaign import Tag
from storegen.model.mail import Mail
from storegen.model.store import Store
from storegen.references import FORM, Reference, split_reference
from storegen.yaml import Place

_TEXTS = ("subject", "preheader", "heading", "button")


def check_mails(entries: Entries, store: Store) -> Iterator[Problem]:
    """Yield the mistakes of mails in every language. Those of the first language are not repeated."""
    for mail in store.home.records["mail"].values():
        source = entries["mail"][mail.id].base
        yield from source.problems(_own_faults(mail))
        yield from source.problems(_same_tags(mail, store))
        for found in find_references(mail.body) if mail.body else ():
            kind, name, _ = split_reference(found.target)
            if found.picture and kind == "product" and mail.transactional:
                yield source.text_problem(("body",), found, _ADVERTISES.format(f"show {found.target}"))
            elif found.picture and kind == FORM:
                message = f"mail programs don't send forms; write a link, such as [words](form:{name})"
                yield source.text_problem(("body",), found, message)
    for language, content in store.localized.items():
        for mail in content.records["mail"].values():
            entry = entries["mail"][mail.id]
            if content is store.home or language in entry.translations:
                yield from _text_faults(mail, entries, language, first=content is store.home)


_ADVERTISES = "a mail about an order advertises nothing, so it can't {}; take it out, or leave out transactional"


def _own_faults(mail: Mail) -> Iterator[tuple[Place, str]]:
    if mail.transactional and mail.offer:
        yield ("offer",), _ADVERTISES.format(f'show the offer "{mail.offer}"')
    if mail.button and not (mail.link or mail.offer):
        yield (
            ("button",),
            f'the button "{mail.button}" leads nowhere; write a link too, such as link: product:rope-ring',
        )
    if mail.link and not mail.button:
        yield ("link",), "expected words for the button, such as button: See the rings"
    try:
        Tag.parse(mail.id, dt.UTC)
    except ValueError:
        yield (), f'the id "{mail.id}" can\'t be part of a link; name the file with a-z, 0-9 and "-"'


def _same_tags(mail: Mail, store: Store) -> Iterator[tuple[Place, str]]:
    """Yield the campaigns whose links have the tags of the mail's links."""
    for campaign in store.campaigns:
        tags = {"utm_source": "", "utm_medium": campaign.medium, "utm_campaign": campaign.campaign or campaign.id}
        if any(tags | {"utm_source": source} == mail.tags for source in campaign.sources) and not campaign.term:
            yield (), f"its links have the tags of {campaign.file}; nobody could tell them apart, so rename one of them"


def _text_faults(mail: Mail, entries: Entries, language: str, *, first: bool) -> Iterator[Problem]:
    entry = entries["mail"][mail.id]
    for name in (*_TEXTS, "body"):
        source = entry.source(language, (name,))
        if not first and source is entry.base:  # reported for the first language
            continue
        for field, message in field_faults(getattr(mail, name), subject=name == "subject"):
            if name == "body":
                yield source.text_problem(("body",), Reference(field.name, field.line), message)
            else:
                yield source.problem((name,), message)
