"""The mails of a shop: made from the same content, prices and offers as its pages, then given a service's tags."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from storegen.build.options import Options
from storegen.build.rendering import make_rendering
from storegen.errors import ContentError, Problem, RenderError, UsageError, counted, gather, suggest
from storegen.load import read_shop
from storegen.load.locate import text_finder
from storegen.locale import date_text
from storegen.mails.fields import plainly, previewed, substitute, without_browser
from storegen.mails.services import MailService
from storegen.model.mail import Occasion
from storegen.outputs import Page
from storegen.render.mail import LIMIT, finish_mail, mail_faults, mail_style
from storegen.render.renderer import MakeError, Renderer
from storegen.views.contexts.mail import MailPage
from storegen.views.mails import TEMPLATE, MailPictureError, mails

STYLE = "mail/mail.css"
# What tables in comments for Outlook, and the templates of a shop's own theme, may use.
_COLOURS = ("paper", "surface", "tint", "action", "on-action", "ink")
_SUBJECT, _LEAST, _MOST = 60, 40, 100  # letters
_COLUMNS = ("file", "subject", "preheader", "segment", "when", "days", "transactional")
_BROWSER = re.compile(r"<!--(/?)browser-->")
_WITH_BROWSER = re.compile(r"<!--browser-->.*?<!--/browser-->", re.DOTALL)
_CONTENT = "<!--content-->"
_EXAMPLE_DAY = dt.date(2026, 12, 7)


class MadeMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in one language, with marks in place of merge fields. *name* is that of its files, without an ending."""

    language: str
    id: str
    name: str
    file: str
    subject: str
    preheader: str
    segment: str
    when: Occasion
    transactional: bool
    html: str
    text: str


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """All mails, and the postal address for services without a tag for it, by language."""

    mails: tuple[MadeMail, ...]
    addresses: Mapping[str, str]
    warnings: tuple[str, ...] = ()


def make_series(options: Options, only: Collection[str] = ()) -> Series:
    """Return the mails of a shop, or *only* those with some ids. Raises a StoregenError with all mistakes."""
    read = read_shop(options.site, base_url=options.base_url, drafts=options.drafts, jobs=options.processes)
    if read.problems:
        raise ContentError(read.problems)
    known = read.store.home.records["mail"]
    for name in only:
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "content/mail has no mails"
            raise UsageError(f'no mail "{name}"{suggest(name, known)} ({there})')
    rendering = make_rendering(options, read, (TEMPLATE, STYLE))
    tokens = rendering.look.tokens.light
    css = mail_style(rendering.theme.texts[STYLE], tokens)
    colours = {name: tokens[name] for name in _COLOURS if name in tokens}
    pages = [page for catalog in rendering.catalogs for page in mails(catalog.shop, catalog, colours)]
    wanted = [page for page in pages if not only or page.path.partition("-")[2] in only]
    made = list(_made(rendering.renderer, options, wanted, css))
    left = read.store.placeholders
    unfinished = (f"{counted(len(left), 'placeholder')} left to replace; storegen check lists them",) if left else ()
    return Series(
        mails=tuple(mail for mail, _ in made),
        addresses={language: each.company.address_abroad for language, each in rendering.shared.items()},
        warnings=(*unfinished, *dict.fromkeys(warning for _, warnings in made for warning in warnings)),
    )


def _made(
    renderer: Renderer, options: Options, pages: Sequence[Page], css: str
) -> Iterator[tuple[MadeMail, tuple[str, ...]]]:
    """Yield each mail with its warnings. Raises RenderError with all mistakes of templates and texts."""
    problems, find = [], text_finder(options.site)
    for page in pages:
        try:
            context: Any = page.context
            html, text = finish_mail(renderer.page(page, context).decode(), css)
        except MakeError as error:
            problems.append((error.problem(page, find), page.path))
            continue
        except MailPictureError as error:
            problems.append((Problem(page.source, 0, "", str(error)), page.path))
            continue
        if len(html.encode()) >= LIMIT:
            problems.append((Problem(page.source, 0, "", "; ".join(mail_faults(html))), page.path))
            continue
        yield _mail(page, context, html, text), tuple(_warnings(page, context, html, options.moment))
    if problems:
        raise RenderError(gather(problems))


def _mail(page: Page, context: MailPage, html: str, text: str) -> MadeMail:
    return MadeMail(
        language=page.language,
        id=context.id,
        name=page.path,
        file=page.source,
        subject=context.subject,
        preheader=context.preheader,
        segment=context.segment,
        when=context.when,
        transactional=context.transactional,
        html=html,
        text=text,
    )


def _warnings(page: Page, mail: MailPage, html: str, now: dt.datetime) -> Iterator[str]:
    """Yield what is probably wrong with a mail."""
    where = f"{page.source} ({page.language})"
    if len(plainly(mail.subject)) > _SUBJECT:
        yield f"{where}: the subject has {len(plainly(mail.subject))} letters; phones show about {_SUBJECT}"
    if mail.offer and mail.offer.state == "ended":
        yield f"{where}: the offer “{mail.offer.name}” has ended, and the mail says so; name another one"
    if mail.offer and mail.offer.state == "coming":
        yield f"{where}: the offer “{mail.offer.name}” has not begun; make the mails again when it has"
    yield from (f"{where}: {fault}" for fault in mail_faults(html))


def service_files(series: Series, service: MailService) -> dict[str, bytes]:
    """Return the files of a service by their names: each mail as HTML and as text, and a list for each language."""
    files: dict[str, bytes] = {}
    for mail in series.mails:
        folder, address = mail.language, series.addresses[mail.language]
        html, text = _BROWSER.sub("", mail.html), mail.text
        if not service.browser:
            html, text = _WITH_BROWSER.sub("", mail.html), without_browser(text)
        html = html.replace(_CONTENT, service.content)
        files[f"{folder}/{mail.name}.html"] = substitute(html, service, address).encode()
        files[f"{folder}/{mail.name}.txt"] = substitute(text, service, address).encode()
    for language in dict.fromkeys(mail.language for mail in series.mails):
        files[f"{language}/subjects.csv"] = _list(series, service, language)
    return files


def _list(series: Series, service: MailService, language: str) -> bytes:
    """Return the list of a language's mails: what to type into the service, and when each mail is sent."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for mail in series.mails:
        if mail.language == language:
            subject, preheader = (_line(each, service) for each in (mail.subject, mail.preheader))
            kind = "yes" if mail.transactional else "no"
            writer.writerow((mail.name, subject, preheader, mail.segment, mail.when.event, mail.when.days, kind))
    return text.getvalue().encode("utf-8-sig")  # without a byte order mark Excel reads the table as Windows-1252


def _line(text: str, service: MailService) -> str:
    return substitute(text, service, "") if service.names_in_subjects else plainly(text)


def with_examples(series: Series, mail: MadeMail, link: str) -> MadeMail:
    """Return a mail with example values in place of its marks. *link* is the target of the frame's links."""
    day = date_text(_EXAMPLE_DAY, mail.language, "day")
    values = {"unsubscribe": link, "browser": link, "address": series.addresses[mail.language], "new_date": day}
    html = _BROWSER.sub("", mail.html).replace(_CONTENT, "")
    shown = (previewed(each, values) for each in (mail.subject, mail.preheader, html, mail.text))
    return msgspec.structs.replace(mail, **dict(zip(("subject", "preheader", "html", "text"), shown, strict=True)))
