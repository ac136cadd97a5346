"""The preview of mails: each on a phone and on a desktop, in a dark mail program, and as text."""

from __future__ import annotations

import html
import threading
from typing import TYPE_CHECKING

import msgspec

from storegen.build import Options
from storegen.errors import ProblemsError, StoregenError
from storegen.load.site import read_config
from storegen.locale import direction_of

if TYPE_CHECKING:
    from storegen.build.mails import MadeMail, Series

MAILS = "/__storegen/mail/"
_STYLE = """
body { margin: 0; display: flex; min-height: 100vh; background: #e8e8e8; color: #1a1a1a; font: 15px/1.5 sans-serif; }
nav { flex: none; width: 260px; padding: 16px; background: #fff; }
nav a { display: block; padding: 4px 8px; color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
nav a[aria-current] { background: #e8e8e8; font-weight: 600; }
nav h2 { margin: 16px 8px 4px; font-size: 15px; }
main { flex: 1; min-width: 0; padding: 16px 24px; }
h1 { margin: 0; font-size: 20px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 16px; margin: 8px 0 16px; }
dd { margin: 0; }
.views { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
figure { margin: 0; }
figcaption { padding: 4px 0; }
iframe { height: 900px; border: 0; background: #fff; }
pre { width: 680px; box-sizing: border-box; margin: 0; padding: 16px; background: #fff; white-space: pre-wrap;
  overflow-wrap: anywhere; font: 14px/1.5 monospace; }
@media (max-width: 700px) { body { display: block; } nav { width: auto; } iframe, pre { max-width: 100%; } }
"""
# About what the apps of Gmail and Outlook do in dark mode: all colours are inverted, pictures are not.
_DARK = (
    "<style>html { filter: invert(1) hue-rotate(180deg); background: #fff; }"
    " img { filter: invert(1) hue-rotate(180deg); }</style>"
)
_VIEWS = (("Phone, 320", 320, ""), ("Desktop, 640", 640, ""), ("Dark, 320", 320, "?dark"), ("Dark, 640", 640, "?dark"))


class MailPreview:
    """The mails of a shop, made again after each build that something asks for."""

    def __init__(self, options: Options) -> None:
        self._options = msgspec.structs.replace(options, jobs=1)  # a thread of the server must not fork
        self._lock = threading.Lock()
        self._built = ""
        self._series: Series | None = None
        self._error = ""
        self._origin = ""

    def answer(self, path: str, built: str) -> tuple[str, str] | None:
        """Return the type and content of an answer, None if there is no such mail. *built* names the last build."""
        series, error = self._made(built)
        if series is None:
            why = f"<main><h1>The mails were not made</h1><pre>{html.escape(error)}</pre></main>"
            return "text/html", _page("Mails", why)
        if not series.mails:
            return "text/html", _page("Mails", "<main><h1>No mails</h1><p>content/mail has no mails yet.</p></main>")
        place, _, query = path.removeprefix(MAILS).partition("?")
        name = place.strip("/").removesuffix(".html").removesuffix(".txt")
        found = {f"{mail.language}/{mail.name}": mail for mail in series.mails}
        mail = found.get(name) if name else series.mails[0]
        if mail is None:
            return None
        from storegen.build.mails import with_examples  # noqa: PLC0415 - few previews show mails

        shown = with_examples(series, mail, f"{MAILS}{mail.language}/{mail.name}/")
        if place.endswith(".txt"):
            return "text/plain", shown.text
        if place.endswith(".html"):
            body = shown.html.replace(self._origin, "")  # the pages and pictures of the preview
            return "text/html", body.replace("</head>", f"{_DARK}</head>") if "dark" in query else body
        return "text/html", _page(shown.subject, _index(series, shown))

    def forget(self) -> None:
        """Make the mails again at the next request, even if nothing was built in between."""
        with self._lock:
            self._built = ""

    def _made(self, built: str) -> tuple[Series | None, str]:
        """Return the mails of the last build, or its mistakes."""
        from storegen.build.mails import make_series  # noqa: PLC0415 - see above

        with self._lock:
            if built != self._built:
                self._built, self._series, self._error = built, None, ""
                try:
                    self._origin = next(iter(read_config(self._options.site)[0].values())).base_url
                    self._series = make_series(self._options)
                except ProblemsError as error:
                    self._error = "\n".join(map(str, error.problems))
                except StoregenError as error:
                    self._error = str(error)
            return self._series, self._error


def _index(series: Series, mail: MadeMail) -> str:
    """Return the list of mails, and all views of one."""
    facts = {
        "Preview line": mail.preheader,
        "Who": mail.segment,
        "When": mail.when,
        "Size": f"{len(mail.html.encode()):,} bytes of HTML",
        "File": mail.file,
    }
    shown = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in facts.items())
    place = f"{MAILS}{mail.language}/{mail.name}"
    frames = "".join(
        f'<figure><figcaption>{title}</figcaption><iframe title="{title}" src="{place}.html{query}" width="{width}"'
        ' sandbox="allow-same-origin allow-popups"></iframe></figure>'
        for title, width, query in _VIEWS
    )
    words = f"<figure><figcaption>Text</figcaption><pre>{html.escape(mail.text)}</pre></figure>"
    language = f'lang="{mail.language}" dir="{direction_of(mail.language)}"'
    return (
        f"<nav>{_links(series, mail)}</nav><main><h1 {language}>{html.escape(mail.subject)}</h1><dl>{shown}</dl>"
        f'<div class="views">{frames}{words}</div></main>'
    )


def _links(series: Series, mail: MadeMail) -> str:
    parts: list[str] = []
    for language in dict.fromkeys(each.language for each in series.mails):
        parts.append(f"<h2>{language}</h2>")
        parts += [
            _link(each, current=(each.language, each.id) == (mail.language, mail.id))
            for each in series.mails
            if each.language == language
        ]
    return "".join(parts)


def _link(mail: MadeMail, *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<a href="{MAILS}{mail.language}/{mail.name}/"{mark}>{html.escape(mail.name)}</a>'


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
        f"</head><body>{body}</body></html>"
    )
