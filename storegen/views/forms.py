"""Forms: as parts of pages, as pages of their own, and the pages after them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from storegen.addresses import output_path
from storegen.checkout.messengers import MAIL, WEBMAILS
from storegen.forms import EMAIL, KINDS, PAGES, Kind, Service, fill_form, service_of
from storegen.outputs import Output, page
from storegen.views.catalog import Catalog
from storegen.views.contexts.company import FormPage
from storegen.views.contexts.forms import Form, FormField, OrderWay
from storegen.views.contexts.parts import Link
from storegen.views.head import breadcrumbs, head_of
from storegen.views.shop import Shop


def forms(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages of forms, and the page after each form that a service receives."""
    if "form" not in shop.theme.pages:
        return
    for kind in PAGES:
        form = form_of(shop, kind)
        if form is None:
            continue
        if form.href == _own_page(shop, kind):
            yield _form_page(shop, form)
        if not form.to:
            yield _thanks_page(shop, form)


def form_of(shop: Shop, kind: str, *, thanks: str = "") -> Form | None:
    """Return a form of a shop, None if the shop doesn't have it. *thanks* is the page afterwards, if not the kind's."""
    address = shop.config.form_address(kind)
    if not address:
        return None
    service, made = service_of(address), KINDS[kind]
    to = address.removeprefix("mailto:") if service is EMAIL else ""
    subject = _word(shop, kind, "subject")
    after = thanks or _thanks(shop, kind)
    values = {**_values(shop, subject, after), "to": to, **_labels(shop, made)}
    filled = fill_form(made, service, address, values)
    return Form(
        kind=kind,
        name=_word(shop, kind, "title"),
        href=shop.form_href(kind),
        action=filled.action,
        enctype=filled.enctype,
        fields=tuple(
            FormField(
                name=field.name,
                sent=sent,
                label=_word(shop, kind, field.name),
                input=field.input,
                complete=field.complete,
                longest=field.longest,
                required=field.name not in made.optional,
                help=_word(shop, kind, f"{field.name}_help"),
            )
            for sent, field in filled.fields
        ),
        prefilled=made.prefilled,
        hidden=dict(filled.hidden),
        attributes=dict(filled.attributes),
        honeypot=filled.honeypot,
        honeypot_box=service.honeypot_box,
        to=to,
        subject=subject,
        subject_field=_subject_of(service),
        ways=tuple(mail_ways(to)) if to else (),
        lead=_word(shop, kind, "lead"),
        send=_word(shop, kind, "send"),
        use=shop.word("form.use") if to and made.list else _word(shop, kind, "use"),  # no link in a mail stops letters
        next=_next(shop, made, service),
        privacy=shop.target("page:privacy"),
        fetched=service.answer == "json",
        thanks="" if to else after,
        reply=thanks if to else "",
    )


def order_way(shop: Shop) -> OrderWay | None:
    """Return the way to send an order as a form, None if the shop names no service for it."""
    address = shop.config.form_address("order")
    service = service_of(address) if address else EMAIL
    if service is EMAIL:
        return None
    made = KINDS["order"]
    filled = fill_form(made, service, address, _values(shop, "", shop.at("thanks") + "#sent"))
    return OrderWay(
        id="form",
        kind="form",
        link=filled.action,
        hidden=dict(filled.hidden),
        names={**{field.name: sent for sent, field in filled.fields}, "subject": _subject_of(service)},
    )


def mail_ways(to: str, *, own: str = "", longest: int = MAIL.longest) -> Iterator[OrderWay]:
    """Yield the ways to send a text to an e-mail address: in a program, on a mail service's page, or by copying."""
    link = MAIL.link.replace("{to}", quote(to, safe="@+"))
    yield OrderWay(id=MAIL.name, kind="mail", own=own, link=link, longest=longest)
    for each in WEBMAILS:
        link = each.link.replace("{to}", quote(to, safe=""))
        yield OrderWay(id=each.name, kind="webmail", title=each.title, link=link, longest=each.longest)
    yield OrderWay(id="paste", kind="paste")


def _word(shop: Shop, kind: str, key: str) -> str:
    """Return a text of a kind of form, else the text for all kinds."""
    return shop.word(f"form.{kind}_{key}") or shop.word(f"form.{key}")


def _subject_of(service: Service) -> str:
    """Return the name of the hidden field with the subject, empty if there is none."""
    return next((name for name, text in service.hidden.items() if text == "{subject}"), "")


def _values(shop: Shop, subject: str, thanks: str) -> dict[str, str]:
    return {
        "subject": subject,
        "shop": shop.config.name,
        "language": shop.language,
        "page": thanks,
        "thanks": shop.absolute(thanks),
    }


def _labels(shop: Shop, kind: Kind) -> dict[str, str]:
    return {name: _word(shop, kind.name, name) for name in kind.fields}


def _next(shop: Shop, kind: Kind, service: Service) -> str:
    """Return what happens next, as certain as it is known."""
    if kind.list and service.confirms:
        return shop.word("form.confirm")
    if kind.name in {"contact", "question"} and shop.config.answer_hours:
        return shop.word("footer.answer", count=shop.config.answer_hours)
    return shop.word(f"form.{kind.name}_next")


def _own_page(shop: Shop, kind: str) -> str:
    return shop.at("form", KINDS[kind].slug)


def _thanks(shop: Shop, kind: str) -> str:
    return f"{_own_page(shop, kind)}thanks/"


def _form_page(shop: Shop, form: Form) -> Output:
    slug = KINDS[form.kind].slug
    return _page(shop, form.href, slug, title=form.name, lead=form.lead, form=form)


def _thanks_page(shop: Shop, form: Form) -> Output:
    """Return the page to which a service leads after a form."""
    slug = f"{KINDS[form.kind].slug}/thanks"
    return _page(shop, _thanks(shop, form.kind), slug, title=shop.word("form.done"), lead=form.next)


def _page(shop: Shop, href: str, slug: str, *, title: str, lead: str, form: Form | None = None) -> Output:
    context = FormPage(
        head=head_of(
            shop,
            href,
            title=title,
            alternates={language: other.at("form", slug) for language, other in shop.others.items()},
            index=False,
        ),
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        title=title,
        lead=lead,
        form=form,
    )
    return page(output_path(href), "pages/form.html", context, shop.language)
