"""Services that receive forms, as data: how their addresses look, and the names of the fields that they expect.

The facts come from public documentation, pages and code, read in November 2026. None was tried with an account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import msgspec

from storegen.forms.kinds import KINDS
from storegen.model.origin import origin_of

_ALL = frozenset(KINDS)
_LISTS = frozenset(name for name, kind in KINDS.items() if kind.list)
_ID = r"[A-Za-z0-9_-]+"


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service that receives forms.

    - *pattern* is a regular expression for the whole address, *example* such an address. Other addresses of its *host*
      are mistakes.
    - *takes* are the kinds of forms that it can receive.
    - *names* are its names of fields; a field without one keeps the name of `storegen.forms.kinds`.
    - *hidden* are fields with fixed values. ``{subject}``, ``{shop}`` and ``{kind}`` stand for the shop's values.
    - *query* says what happens to the parameters of the address: they become hidden fields, or stay in the address.
      *needs* are the parameters that must be there.
    - *honeypot* is the field that must stay empty: a text, or a box (*honeypot_box*). ``{u}`` stands for a parameter of
      the address.
    - *next* is the field with the address of the thanks page. Without one, the merchant sets that at the service.
    - *answer*: ``page`` is a page or a redirect, ``json`` is data, which a script must receive.
    - *origins* are origins to which the service may redirect, beside its own.
    - *attributes* are attributes of the form.
    - *confirms*: it may send an e-mail with a link to confirm (double opt-in).
    """

    name: str
    title: str
    pattern: str
    example: str
    host: str = ""
    takes: frozenset[str] = _ALL
    names: Mapping[str, str] = {}
    hidden: Mapping[str, str] = {}
    query: Literal["fields", "stays"] = "fields"
    needs: tuple[str, ...] = ()
    honeypot: str = ""
    honeypot_box: bool = False
    next: str = ""
    answer: Literal["page", "json"] = "page"
    origins: tuple[str, ...] = ()
    attributes: Mapping[str, str] = {}
    confirms: bool = False

    def parameters(self, address: str) -> dict[str, str]:
        """Return the parameters of an address."""
        return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))

    def action(self, address: str) -> str:
        """Return the address that the form is sent to, empty if that is the shop's own page."""
        if self.query == "stays":
            return address
        if "/" not in address:
            return ""
        return urlunsplit((*urlsplit(address)[:3], "", ""))

    def form_origins(self, address: str) -> tuple[str, ...]:
        """Return the origins that the form is sent to, for the content-security policy."""
        return (origin_of(address), *self.origins) if address.startswith("http") else ()


EMAIL = Service(name="email", title="E-mail", pattern=r"email|mailto:.+", example="email")
OWN = Service(
    name="own",
    title="an address of your own",
    pattern=r"/(?!/).*|https://.+|http://(?:localhost|127\.0\.0\.1)[:/].*",
    example="https://shop.example/api/form",
    hidden={"kind": "{kind}", "subject": "{subject}", "shop": "{shop}"},
    honeypot="website",
    next="next",
)

SERVICES: tuple[Service, ...] = (
    # formspree.io's README on GitHub, and public pages; _next only in paid plans
    Service(
        name="formspree",
        title="Formspree",
        pattern=rf"https://formspree\.io/f/{_ID}",
        example="https://formspree.io/f/abcdwxyz",
        host=r"formspree\.io",
        hidden={"_subject": "{subject}"},
        honeypot="_gotcha",
        next="_next",
    ),
    # docs.netlify.com/manage/forms; the form's own address is the thanks page
    Service(
        name="netlify",
        title="Netlify Forms",
        pattern="netlify",
        example="netlify",
        takes=_ALL - {"order"},  # the order sheet isn't a form that Netlify finds in a page
        hidden={"form-name": "{kind}", "subject": "{subject}"},
        honeypot="bot-field",
        attributes={"name": "{kind}", "data-netlify": "true", "netlify-honeypot": "bot-field"},
    ),
    # docs.web3forms.com/getting-started/api-reference
    Service(
        name="web3forms",
        title="Web3Forms",
        pattern=r"https://api\.web3forms\.com/submit(?:\?.*)?",
        example="https://api.web3forms.com/submit?access_key=YOUR-ACCESS-KEY",
        host=r"api\.web3forms\.com",
        needs=("access_key",),
        hidden={"subject": "{subject}", "from_name": "{shop}"},
        honeypot="botcheck",
        honeypot_box=True,
        next="redirect",
    ),
    # docs.usebasin.com; the thanks page is set in Basin's panel, the honeypot's name too
    Service(
        name="basin",
        title="Basin",
        pattern=rf"https://usebasin\.com/f/{_ID}",
        example="https://usebasin.com/f/0a1b2c3d4e5f",
        host=r"usebasin\.com",
        hidden={"subject": "{subject}"},
        honeypot="_gotcha",
    ),
    # Embedded forms of Mailchimp, as shops publish them
    Service(
        name="mailchimp",
        title="Mailchimp",
        pattern=r"https://[\w-]+\.us[0-9]+\.list-manage\.com/subscribe/post\?.+",
        example="https://shop.us21.list-manage.com/subscribe/post?u=0a1b2c&id=3d4e5f",
        host=r".+\.list-manage\.com",
        takes=_LISTS,
        names={"email": "EMAIL", "name": "FNAME", "answer": "ANSWER"},
        query="stays",
        needs=("u", "id"),
        honeypot="b_{u}_{id}",
        origins=("https://*.list-manage.com",),
        confirms=True,
    ),
    # Embedded forms of Brevo, as shops publish them
    Service(
        name="brevo",
        title="Brevo",
        pattern=r"https://[0-9a-z]+\.sibforms\.com/serve/[\w-]+",
        example="https://0a1b2c3d.sibforms.com/serve/MUIFAb-4c",
        host=r".+\.sibforms\.com",
        takes=_LISTS,
        names={"email": "EMAIL", "name": "NAME", "answer": "ANSWER"},
        hidden={"locale": "{language}", "html_type": "simple"},
        honeypot="email_address_check",
        confirms=True,
    ),
    # Buttondown's page about embedding a form
    Service(
        name="buttondown",
        title="Buttondown",
        pattern=rf"https://buttondown\.(?:com|email)/api/emails/embed-subscribe/{_ID}",
        example="https://buttondown.com/api/emails/embed-subscribe/yourname",
        host=r"buttondown\.(?:com|email)",
        takes=_LISTS,
        names={"answer": "metadata__answer"},
        hidden={"embed": "1"},
        origins=("https://buttondown.com",),
        confirms=True,
    ),
    # Embedded forms of MailerLite; reCAPTCHA must be off
    Service(
        name="mailerlite",
        title="MailerLite",
        pattern=r"https://assets\.mailerlite\.com/jsonp/[0-9]+/forms/[0-9]+/subscribe",
        example="https://assets.mailerlite.com/jsonp/123456/forms/654321/subscribe",
        host=r".+\.mailerlite\.com",
        takes=_LISTS,
        names={"email": "fields[email]", "name": "fields[name]", "answer": "fields[answer]"},
        hidden={"ml-submit": "1", "anticsrf": "true"},
        answer="json",
        confirms=True,
    ),
    # Embedded forms of Kit, formerly ConvertKit
    Service(
        name="kit",
        title="Kit",
        pattern=r"https://app\.(?:kit|convertkit)\.com/forms/[0-9]+/subscriptions",
        example="https://app.kit.com/forms/1234567/subscriptions",
        host=r"app\.(?:kit|convertkit)\.com",
        takes=_LISTS,
        names={"email": "email_address", "name": "fields[first_name]", "answer": "fields[answer]"},
        origins=("https://app.convertkit.com", "https://app.kit.com"),
        confirms=True,
    ),
    # Klaviyo's older embedded form
    Service(
        name="klaviyo",
        title="Klaviyo",
        pattern=r"https://manage\.kmail-lists\.com/subscriptions/subscribe\?.+",
        example="https://manage.kmail-lists.com/subscriptions/subscribe?a=ABC123&g=XYZ789",
        host=r".+\.kmail-lists\.com",
        takes=_LISTS,
        needs=("g",),
        hidden={"$source": "{shop}"},
        confirms=True,
    ),
    # knadh/listmonk, static/public/templates/subscription-form.html and frontend Forms.vue; "next" only if listed there
    Service(
        name="listmonk",
        title="Listmonk",
        pattern=r"https://[^/?#]+/subscription/form\?.+",
        example="https://lists.shop.example/subscription/form?l=LIST-UUID",
        takes=_LISTS,
        needs=("l",),
        honeypot="nonce",
        next="next",
        confirms=True,
    ),
    EMAIL,
    OWN,
)


def service_of(address: str) -> Service:
    """Return the service that an address belongs to."""
    return next(each for each in SERVICES if re.fullmatch(each.pattern, address))


def address_fault(kind: str, address: str) -> str | None:
    """Return why an address can't receive a kind of form, None if it can."""
    host = urlsplit(address).hostname or ""
    owner = next((each for each in SERVICES if each.host and re.fullmatch(each.host, host)), None)
    if owner and not re.fullmatch(owner.pattern, address):
        return f'expected the address of a form at {owner.title} like {owner.example}, found "{address}"'
    if address.startswith("http://") and not re.fullmatch(OWN.pattern, address):
        return f'expected an address with https, found "{address}"'
    service = service_of(address)
    lacking = [name for name in service.needs if not service.parameters(address).get(name)]
    if lacking:
        return f"the address lacks {' and '.join(lacking)}; write it like {service.example}"
    if kind and kind not in service.takes:
        what = "takes newsletters only" if service.takes == _LISTS else "can't take this form"
        return f"{service.title} {what}; name another service here, or email"
    return None
