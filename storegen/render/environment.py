"""Jinja as the shop uses it: strict, in its sandbox, and with a quicker way for text to be escaped."""

from __future__ import annotations

from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # an interpreter without the compiled part
    from markupsafe._native import _escape_inner

_IMPORT = "from jinja2.runtime import "
# Names that may reach code: private ones, and those of texts, classes, functions, frames and generators.
_UNSAFE = ("format", "format_map", "mro")
_UNSAFE_BEGINNINGS = ("_", "func_", "im_", "f_", "tb_", "co_", "gi_", "cr_", "ag_")


class _Generator(CodeGenerator):
    """Writes a template's code. Which names are safe is decided here, once, instead of at each access."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's own hook
        if node.attr in _UNSAFE or node.attr.startswith(_UNSAFE_BEGINNINGS):
            super().visit_Getattr(node, frame)
            return
        self.write("environment.plain_attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")


class Environment(SandboxedEnvironment):
    """An environment whose templates reach values only, never the code behind them.

    A shop's folder, with its own theme, may come from anybody. Templates put text out without wrapping each piece in an
    object of its own: it is only joined, so that a piece need not know that it is safe.
    """

    code_generator_class = _Generator
    sandboxed = False  # calls need no check of their own: no unsafe function can be reached
    plain_attribute = jinja2.Environment.getattr

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja's own hook
    ) -> str:
        code: str = super()._generate(source, name, filename, defer_init)
        first, rest = code.split("\n", 1)
        assert first.startswith(_IMPORT)
        return f"{first}; from {__name__} import shown as escape\n{rest}"


def shown(value: Any) -> str:  # noqa: ANN401 - whatever stands in a template
    """Return a value as the text that a page shows, escaped where it isn't safe already."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return markupsafe.escape(value)
