"""The examples of a theme's components, ``components/NAME/NAME.yaml``, and their rendering."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import msgspec

from storegen.errors import ContentError, Problem, YamlError
from storegen.render.renderer import RenderContext, Renderer
from storegen.theme.loading import Theme
from storegen.views import contexts
from storegen.views.contexts.page import CompanyBox, Shared
from storegen.yaml import load_yaml

_KIND = re.compile(r"(?:(?P<many>tuple|list)\[)?(?P<name>\w+)(?:, \.\.\.)?\]?")
_WORDS = {"true": True, "false": False}


class Example(msgspec.Struct, frozen=True):
    """A call of a component: the arguments of its macro, and the *content* of its block if it takes one."""

    component: str
    name: str
    arguments: Mapping[str, Any]
    content: str = ""


def component_names(theme: Theme) -> list[str]:
    """Return the names of a theme's components, sorted."""
    found = (re.fullmatch(r"components/([\w-]+)/\1\.html", name) for name in theme.texts)
    return sorted(match[1] for match in found if match)


def read_examples(theme: Theme) -> list[Example]:
    """Return the examples of all components. Raises ContentError for a file that can't be understood."""
    found: list[Example] = []
    for component in component_names(theme):
        name = f"components/{component}/{component}.yaml"
        if name not in theme.texts:
            continue
        try:
            found += _examples(component, load_yaml(theme.texts[name]))
        except YamlError as error:
            raise ContentError([Problem(f"themes/{theme.name}/{name}", error.line, "", error.message)]) from None
        except (KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
            message = f"expected a list of examples with the arguments of the component, found a mistake: {error}"
            raise ContentError([Problem(f"themes/{theme.name}/{name}", 0, "examples", message)]) from None
    return found


def _examples(component: str, data: Any) -> Iterator[Example]:  # noqa: ANN401 - whatever the file contains
    kinds = data.get("contexts") or {}
    for example in data["examples"]:
        arguments = _value(example.get("args") or {})
        for key, name in kinds.items():
            if key in arguments:
                arguments[key] = msgspec.convert(arguments[key], _kind(name), strict=False)
        if "level" in arguments:
            arguments["level"] = int(arguments["level"])
        yield Example(component, example["name"], arguments, example.get("content", ""))


def _value(found: Any) -> Any:  # noqa: ANN401 - as YAML has it
    """Return a YAML value in which the words true and false are booleans."""
    if isinstance(found, dict):
        return {key: _value(item) for key, item in found.items()}
    if isinstance(found, list):
        return [_value(item) for item in found]
    return _WORDS.get(found, found)


def _kind(name: str) -> Any:  # noqa: ANN401 - a type
    """Return the type that an example names: ``Card``, ``tuple[Card, ...]``. Raises KeyError if there is none."""
    match = _KIND.fullmatch(name)
    kind = _records()[match["name"] if match else name]
    if match is None or not match["many"]:
        return kind
    return tuple[kind, ...] if match["many"] == "tuple" else list[kind]  # type: ignore[valid-type]


@functools.cache
def _records() -> Mapping[str, type]:
    """Return the records of contexts and the plain types that examples may name."""
    found: dict[str, type] = {"datetime": dt.datetime, "int": int}
    for part in iter_modules(contexts.__path__):
        module = vars(import_module(f"{contexts.__name__}.{part.name}"))
        found |= {name: kind for name, kind in module.items() if isinstance(kind, type)}
    return found


def example_environment(theme: Theme, language: str, assets: Mapping[str, str]) -> jinja2.Environment:
    """Return the templates of a theme for examples, which know nothing of a shop but its language."""
    shared = Shared(
        language=language,
        name="Shop",
        home="/",
        base_url="",
        company=CompanyBox(legal_name="Shop"),
        assets=dict(assets),
    )
    context = RenderContext(Path(), theme, ZoneInfo("UTC"), {language: shared}, {}, b"", None)
    return Renderer(context).environment(language)


def render_example(environment: jinja2.Environment, example: Example) -> str:
    """Return the HTML of an example. Raises jinja2.TemplateError, or what else a template may raise."""
    macro = example.component.replace("-", "_")
    source = f'{{% from "components/{example.component}/{example.component}.html" import {macro} %}}'
    arguments = ", ".join(f"{key}=args.{key}" for key in example.arguments)
    if example.content:
        source += f"{{% call {macro}({arguments}) %}}{{{{ content }}}}{{% endcall %}}"
    else:
        source += f"{{{{ {macro}({arguments}) }}}}"
    return environment.from_string(source).render(args=example.arguments, content=example.content)
