"""The renderer of outputs: templates, texts and filters of every language for one build."""

from __future__ import annotations

import datetime as dt
import functools
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from storegen.errors import EncodingError, Problem, StoregenError, UnsafePathError, explain_os_error
from storegen.files import decode, inside, read_bytes
from storegen.load.locate import Finder
from storegen.model.rows import encode_record
from storegen.outputs import Blob, Copy, ImageVariant, Output, Page
from storegen.render.bytecode import TemplateCache
from storegen.render.environment import Environment
from storegen.render.filters import make_filters, make_words
from storegen.render.jsonld import jsonld
from storegen.render.markdown import MarkdownRenderer
from storegen.render.user_key import user_key
from storegen.theme.assets import OWN_STYLE, style_of
from storegen.theme.loading import Theme
from storegen.views.contexts.page import Shared

_MOST_RESULTS = 4096  # of macros that are kept; a product's card takes about 2 KB


class RenderContext(msgspec.Struct, frozen=True):
    """All inputs of rendering except the outputs. Plain values only, so that they can be sent to a worker process."""

    site: Path
    theme: Theme
    zone: dt.tzinfo
    shared: Mapping[str, Shared]
    fragments: Mapping[str, Mapping[str, str]]
    code_key: bytes
    templates: Path | None


class MakeError(StoregenError):
    """An output can't be rendered. *place* names the template or file, and *line* the line if known.

    *text* is the faulty part of the output's content.
    """

    def __init__(self, place: str, line: int, message: str, *, text: str = "") -> None:
        self.place = place
        self.line = line
        self.message = message
        self.text = text
        super().__init__(f"{place}:{line}: {message}")

    def problem(self, output: Output | None, find: Finder) -> Problem:
        """Return the problem with the file to correct. *find* returns the place of a text in the content files."""
        source = output.source if output else ""
        if self.text and (found := find(source, self.text, self.message)) is not None:
            return found
        return Problem(self.place or (output.source or output.path if output else ""), self.line, "", self.message)


class Renderer:
    """The templates and encoders of one process."""

    def __init__(self, context: RenderContext) -> None:
        self._context = context
        self._markdown = MarkdownRenderer()
        self._environments: dict[str, jinja2.Environment] = {}
        self._broken: dict[tuple[str, str], tuple[str, int, str]] = {}

    def make(self, output: Output) -> bytes:
        """Return an output's bytes; raises MakeError."""
        match output:
            case Page():
                return self.page(output, output.context)
            case ImageVariant():
                return self._image_variant(output)
            case Copy():
                return self._copy(output)
            case Blob():
                return output.data

    def fragment(self, name: str, shared: Shared) -> str:
        """Return an HTML fragment that every page of a language inserts."""
        return self._render(f"fragments/{name}.html", shared.language, {"shared": shared}).strip()

    def load(self, template: str, language: str) -> None:
        """Load a template in advance. Errors are ignored here, because rendering reports them."""
        with suppress(jinja2.TemplateError):
            self.environment(language).get_template(template)

    def page(self, page: Page, context: msgspec.Struct) -> bytes:
        """Return a page's bytes for its context. Raises MakeError."""
        self._markdown.start_page()
        shared = self._context.shared[page.language]
        style = shared.assets.get(style_of(page.template), "")
        values: dict[str, object] = {"page": context, "shared": shared, OWN_STYLE: style}
        for name, html in self._context.fragments.get(page.language, {}).items():
            values[f"{name}_html"] = Markup(html)  # noqa: S704 - rendered by a template of ours, escaped there
        return self._render(page.template, page.language, values).encode()

    def _render(self, template: str, language: str, values: Mapping[str, object]) -> str:
        if (template, language) in self._broken:  # don't compile it again for each page
            raise MakeError(*self._broken[template, language])
        try:
            return self.environment(language).get_template(template).render(values)
        except jinja2.TemplateNotFound as error:
            raise MakeError(self._place(template), 0, f"there is no template {error}") from None
        except jinja2.TemplateSyntaxError as error:
            self._broken[template, language] = self._place(error.name or template), error.lineno, error.message or ""
            raise MakeError(*self._broken[template, language]) from None
        except StoregenError as error:
            raise MakeError("", 0, str(error), text=getattr(error, "text", "")) from None
        except Exception as error:  # noqa: BLE001 - a template can raise anything; it becomes a result with its place
            name, line = _template_line(error, template)
            raise MakeError(self._place(name), line, f"{type(error).__name__}: {error}") from None

    def _place(self, template: str) -> str:
        return f"themes/{self._context.theme.name}/{template}"

    def _copy(self, output: Copy) -> bytes:
        from storegen.load.drawings import DrawingError, inert_drawing  # noqa: PLC0415 - few shops link to drawings

        try:
            data = read_bytes(self._context.site / "content", output.file)
            return inert_drawing(decode(data)).encode() if output.inert else data
        except OSError as error:
            raise MakeError(output.source or output.file, 0, explain_os_error(error)) from None
        except (DrawingError, EncodingError) as error:
            raise MakeError(output.source, 0, str(error)) from None

    def _image_variant(self, output: ImageVariant) -> bytes:
        from storegen.render.pictures import PictureError, PictureMaker  # noqa: PLC0415 - Pillow only where needed

        if not hasattr(self, "_pictures"):
            self._pictures = PictureMaker(self._context.theme.settings.pictures.quality)
        try:
            file = inside(self._context.site / "content", output.file)
            return self._pictures.make(file, width=output.width, kind=output.format)
        except OSError as error:
            raise MakeError(output.source, 0, explain_os_error(error)) from None
        except (PictureError, UnsafePathError) as error:
            raise MakeError(output.source, 0, str(error)) from None

    def environment(self, language: str) -> jinja2.Environment:
        """Return the templates, filters and functions of a language."""
        if language not in self._environments:
            self._environments[language] = self._make_environment(language)
        return self._environments[language]

    def _make_environment(self, language: str) -> jinja2.Environment:
        theme = self._context.theme
        environment = Environment(
            loader=jinja2.FunctionLoader(lambda name: _source(theme, name)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
            bytecode_cache=self._bytecode(language),
        )
        environment.filters.update(make_filters(language, self._markdown, self._context.zone))
        environment.filters["jsonld"] = functools.partial(jsonld, shared=self._context.shared[language])
        t, words = make_words(theme.words[language], language)
        environment.globals.update(t=t, words=words, asset=self._asset, cached=_Cached())
        return environment

    def _bytecode(self, language: str) -> TemplateCache | None:
        variant = f"{language} {sys.version}".encode()
        folder, key = self._context.templates, user_key()
        return None if folder is None or key is None else TemplateCache(folder, self._context.code_key + variant, key)

    def _asset(self, name: str) -> str:
        for shared in self._context.shared.values():
            if name in shared.assets:
                return shared.assets[name]
        raise KeyError(f'there is no asset "{name}"')


class _Cached:
    """Results of macros by their arguments. Only the most recently used ones are kept."""

    def __init__(self) -> None:
        self._results: dict[tuple[object, bytes], str] = {}

    def __call__(self, macro: Callable[..., str], /, **arguments: object) -> str:
        """Return a macro's result. The macro is called once for equal arguments."""
        key = macro, encode_record(arguments)
        result = self._results.pop(key, None)
        if result is None:
            result = macro(**arguments)
        if len(self._results) >= _MOST_RESULTS:
            del self._results[next(iter(self._results))]
        self._results[key] = result
        return result


def _source(theme: Theme, name: str) -> tuple[str, str, None] | None:
    return (theme.texts[name], name, None) if name in theme.texts else None


def _template_line(error: BaseException, template: str) -> tuple[str, int]:
    """Return the innermost template and line in an error's traceback."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".html", ".xml", ".txt"))
    ]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else (template, 0)
