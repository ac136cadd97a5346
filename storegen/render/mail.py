"""The HTML of mails: styles in attributes, without anything that mail programs don't show; and what is still wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import bs4
import css_inline

from storegen.render.mail_text import mail_text
from storegen.render.style import with_tokens

LIMIT = 102_000  # bytes; Gmail cuts off what is longer
ROOM = 80_000  # bytes; services add links for counting, and a footer
# Fonts that are installed on most devices. Outlook on Windows shows Times in place of a font that it doesn't have.
_INSTALLED = ("Georgia", "Times New Roman", "Arial", "Verdana", "Tahoma", "Trebuchet MS", "Courier New")
_SERIF = "Georgia, 'Times New Roman', serif"
_SANS = "'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_TAG = re.compile(r"<[a-z][^>]*>")
_CLASS, _STYLE = re.compile(r' class="[^"]*"'), re.compile(r' style="([^"]*)"')
# Tags that HTML allows to leave out. Mail programs replace the body, and have no use for the others.
_OPTIONAL = re.compile(r"</?(?:body|thead|tbody)(?: [^>]*)?>")
# What stays of elements. Mail programs drop or misread all other attributes.
_KEPT = frozenset(
    "style href src alt title width valign align bgcolor cellpadding cellspacing border start lang dir class".split()
)
_HEAD = frozenset(("html", "meta", "head", "title"))
_RENAMED = {"figure": "div", "figcaption": "p", "s": "del", "section": "div", "aside": "div", "mark": "strong"}
_ADDRESS = re.compile(r"(?:https://|mailto:|tel:|\ue000)")
_SHOWN = re.compile(r"\.(?:jpe?g|png|gif)(?:\?|$)", re.IGNORECASE)


def mail_style(css: str, tokens: Mapping[str, str]) -> str:
    """Return the theme's mail.css with the values of *tokens* in place of ``var(--…)``. Raises StyleError."""
    fonts = {"mail-display": tokens.get("display", "serif"), "mail-text": tokens.get("text", "sans-serif")}
    known = {**tokens, **{name: mail_fonts(names) for name, names in fonts.items()}}
    return with_tokens(css, known, "mail/mail.css")


def mail_fonts(names: str) -> str:
    """Return the fonts of a token that every device has, and the usual ones of its kind after them."""
    listed = [name.strip(" \"'") for name in names.replace("\n", " ").split(",")]
    usual = _SERIF if "serif" in listed else _SANS
    own = next((name for name in listed if name in _INSTALLED), "")
    if not own or own in usual:
        return usual
    return f"'{own}', {usual}" if " " in own else f"{own}, {usual}"


def finish_mail(page: str, css: str) -> tuple[str, str]:
    """Return a rendered mail as HTML and as text.

    The HTML has its style in attributes, and nothing that mail programs don't show.
    """
    soup = bs4.BeautifulSoup(page, "html.parser")
    side = "right" if soup.html and soup.html.get("dir") == "rtl" else "left"
    for element in soup.find_all(name=True):
        _clean(element, side)
    inliner = css_inline.CSSInliner(inline_style_tags=False, load_remote_stylesheets=False, extra_css=css)
    made = _without_classes(_OPTIONAL.sub("", inliner.inline(str(soup))))
    html = "\n".join(line for line in made.split("\n") if line.strip()) + "\n"
    return html, mail_text(soup)


def _clean(element: bs4.Tag, side: str) -> None:
    if element.name in _HEAD:
        return
    element.name = _RENAMED.get(element.name, element.name)
    href = element.get("href", "")
    if element.name == "a" and (not href or str(href).startswith("#")):
        element.unwrap()
        return
    if element.name == "img":
        wide = int(str(element.get("width") or 552))
        element["width"] = str(min(wide, 552))
    if element.name == "th":  # programs center it; there is no word for the side where a line begins
        element["align"] = side
    for name in [name for name in element.attrs if name not in _KEPT]:
        del element[name]


def _without_classes(made: str) -> str:
    """Return HTML without its classes, which nothing needs any more, and with short style attributes."""
    return _TAG.sub(lambda tag: _STYLE.sub(_short, _CLASS.sub("", tag[0])), made)


def _short(found: re.Match[str]) -> str:
    style = re.sub(r"\s*([:;,])\s*", r"\1", found[1]).removesuffix(";").replace("\n", " ")
    return f' style="{style}"'


def mail_faults(html: str) -> Iterator[str]:
    """Yield what would not work in a mail: its size, addresses that are not complete, pictures of new formats."""
    size = len(html.encode())
    if size >= LIMIT:
        yield f"the mail has {size:,} bytes; Gmail cuts off what is longer than {LIMIT:,}"
    elif size > ROOM:
        yield f"the mail has {size:,} bytes, and a service adds some; keep it below {ROOM:,}"
    soup = bs4.BeautifulSoup(html, "html.parser")
    for element in soup.find_all(["a", "img"]):
        target = str(element.get("href" if element.name == "a" else "src", ""))
        if not _ADDRESS.match(target):
            yield f'a reader can\'t open the address "{target}"; give the shop a "url" with https in site.yaml'
        elif element.name == "img" and not _SHOWN.search(target):
            yield f'some mail programs don\'t show the picture "{target}"; use JPEG, PNG or GIF'
