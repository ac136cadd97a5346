"""The Jinja environment: strict, sandboxed and with faster escaping of text."""

from __future__ import annotations

from collections.abc import MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # an interpreter without the compiled extension
    from markupsafe._native import _escape_inner

_IMPORT = "from jinja2.runtime import "
# Names that may lead to code: private names, and attributes of strings, classes, functions, frames and generators.
_UNSAFE = ("format", "format_map", "mro")
_UNSAFE_BEGINNINGS = ("_", "func_", "im_", "f_", "tb_", "co_", "gi_", "cr_", "ag_")


class _Generator(CodeGenerator):
    """Generates a template's code. It decides once, at compile time, which attribute names are safe."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's own hook
        """Write a safe attribute access without the sandbox's check at run time."""
        if not _is_safe(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("environment.plain_attribute(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's own hook
        """Write a call of a macro or of ``t`` without the sandbox's check at run time."""
        if forward_caller or not _is_direct(node, frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


def _is_safe(name: str) -> bool:
    return name not in _UNSAFE and not name.startswith(_UNSAFE_BEGINNINGS)


def _is_direct(node: nodes.Call, frame: Frame) -> bool:
    """Return whether a call can be compiled to a plain Python call.

    Jinja's own calls check which context each function wants. No function of storegen wants a context. Macros want to
    know whether autoescaping is on, which only matters in themes that turn it off.
    """
    called = node.node.name if isinstance(node.node, nodes.Name) else ""
    return (
        frame.eval_ctx.autoescape is True
        and not frame.eval_ctx.volatile
        and called != "caller"
        and not (node.dyn_args or node.dyn_kwargs)
        and not any(iskeyword(argument.key) for argument in node.kwargs)
    )


class Environment(SandboxedEnvironment):
    """An environment whose templates can access values, but never the code behind them.

    A shop's folder, with its own theme, may come from anybody. The output of an expression is not wrapped in Markup: it
    is only concatenated, so it doesn't need to be marked as safe.
    """

    code_generator_class = _Generator
    sandboxed = False  # calls need no check of their own: unsafe functions can't be reached
    plain_attribute = jinja2.Environment.getattr

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's own hook
        """Return whether a name that is only known at run time may be accessed."""
        return _is_safe(attr) or super().is_safe_attribute(obj, attr, value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the environment's own globals if the template adds none.

        Jinja compares the globals at each import on each page.
        """
        return super().make_globals(d) if d else self.globals

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
    """Return a value as text for a page, escaped unless it is marked as safe."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return markupsafe.escape(value)
