"""Lead pages, and the answers after their form."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.forms import Form
from storegen.views.contexts.page import Head
from storegen.views.contexts.parts import Link, PersonTag, Picture, Text


class LandingChoice(Context, frozen=True, kw_only=True):
    """One of the answers that a visitor chooses from. *id* is its place from 1."""

    id: str
    text: str
    picture: Picture | None = None


class LandingPage(Context, frozen=True, kw_only=True):
    """A lead page: a question, answers to choose from, and a form.

    *field* is the name of the choice in the form. *voice* is what a reader said, and who.
    """

    head: Head
    title: str
    language: str = ""
    summary: str = ""
    choose: str
    choices: tuple[LandingChoice, ...]
    field: str
    form: Form
    promise: str = ""
    person: PersonTag | None = None
    voice: tuple[str, str] | None = None
    body: Text | None = None
    extra: dict[str, str] = {}


class LandingReply(Context, frozen=True, kw_only=True):
    """The answer to one of the choices. *id* is the choice's."""

    id: str
    choice: str
    text: Text | None
    link: Link | None = None


class LandingReplyPage(Context, frozen=True, kw_only=True):
    """The page after a lead page's form, with the answer to each choice. *next* says what else the visitor gets."""

    head: Head
    breadcrumbs: tuple[Link, ...] = ()
    title: str
    question: str
    language: str = ""
    replies: tuple[LandingReply, ...]
    person: PersonTag | None = None
    next: str = ""
