"""Forms, and the ways to send a text."""

from __future__ import annotations

from typing import Literal

from storegen.views.contexts.base import Context


class OrderWay(Context, frozen=True, kw_only=True):
    """A way to send a text, or to send or pay an order in the order sheet.

    *link* has places for ``{subject}`` and ``{text}``; if it would exceed *longest* characters, the text is copied
    instead. *provider* receives the order. The kind ``pay`` posts the order to *link*. The kind ``form`` posts its text
    to *link* as a form: *hidden* are its fixed fields, and *names* the service's names of the others. The kind
    ``paste`` only copies the text. *title* names the service. *text* and *own* are those of the payment method. *asks*
    says whether a payment needs the buyer's name and address, because the payment page doesn't ask.
    """

    id: str
    provider: str = ""
    kind: Literal["pay", "form", "mail", "webmail", "message", "copy", "paste"]
    title: str = ""
    text: str = ""
    own: str = ""
    link: str = ""
    longest: int = 0
    asks: bool = False
    hidden: dict[str, str] = {}
    names: dict[str, str] = {}


class FormField(Context, frozen=True, kw_only=True):
    """A field of a form: its *name*, and the name that the service expects, *sent*."""

    name: str
    sent: str
    label: str
    input: Literal["text", "email", "textarea", "rating", "choice"] = "text"
    complete: str = "off"
    longest: int = 120
    required: bool = True
    help: str = ""


class Form(Context, frozen=True, kw_only=True):
    """A form of a *kind*, as `storegen.forms.kinds` lists them.

    *name* is its heading, *href* the address of its page. *prefilled* is the field that the parameters of its page's
    address fill. *hidden* are fields that nobody sees. *subject* is what the message is about, and *subject_field* the
    hidden field with it. The field *honeypot* must stay empty; it is a box if *honeypot_box*. *to* is the address of a
    form that the visitor sends by e-mail, in one of the *ways*. *use* says what happens to what the visitor writes,
    *next* what the shop does. A form that is *fetched* is sent by a script, which then opens the page *thanks*. *reply*
    is the page with the answer to what the visitor chose, for a form that is sent by mail.
    """

    kind: str
    name: str
    href: str
    action: str
    enctype: str = ""
    fields: tuple[FormField, ...]
    prefilled: str = ""
    hidden: dict[str, str] = {}
    attributes: dict[str, str] = {}
    honeypot: str = ""
    honeypot_box: bool = False
    to: str = ""
    subject: str = ""
    subject_field: str = ""
    ways: tuple[OrderWay, ...] = ()
    lead: str = ""
    send: str
    use: str = ""
    next: str = ""
    privacy: str = ""
    fetched: bool = False
    thanks: str = ""
    reply: str = ""
