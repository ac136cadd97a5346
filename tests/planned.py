"""A shop whose pages are planned but not rendered: much faster than a build, and made once for tests that only read."""

from __future__ import annotations

import datetime as dt
import functools
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from storegen.build.options import Options
from storegen.build.plan import Plan, make_plan
from storegen.cache import Cache
from storegen.load.shop import load_shop
from storegen.model.clock import Clock
from storegen.outputs import Page
from storegen.render.jsonld import jsonld
from storegen.theme.loading import load_theme
from tests.shop import NOW, Shop, resolved

SCRIPT = '<script type="application/ld+json">'


class PlannedShop:
    """What the templates of a shop's pages see."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.pages = {output.path: output for output in plan.outputs if isinstance(output, Page)}

    def context(self, path: str) -> Any:
        """Return what the template of a page sees, made anew."""
        return self.pages[path].context

    @functools.cached_property
    def contexts(self) -> dict[str, msgspec.Struct]:
        """What the templates of all pages see, made once."""
        return {path: page.context for path, page in self.pages.items()}

    def jsonld(self, path: str) -> list[dict[str, Any]]:
        """Return what a page says as structured data."""
        script = str(jsonld(self.contexts[path], self.plan.shared[self.pages[path].language]))
        if not script:
            return []
        assert script.startswith(SCRIPT)
        data = json.loads(script.removeprefix(SCRIPT).removesuffix("</script>"))
        assert data.keys() == {"@context", "@graph"}
        assert data["@context"] == "https://schema.org"
        found: list[dict[str, Any]] = data["@graph"]
        return resolved(found)


def plan_shop(files: Mapping[str, str | bytes], *, now: dt.datetime = NOW) -> PlannedShop:
    """Return the shop of these files; the same one for equal files."""
    return _planned(tuple(sorted(files.items())), now)


@functools.cache
def _planned(files: tuple[tuple[str, str | bytes], ...], now: dt.datetime) -> PlannedShop:
    return plan_anew(dict(files), now=now)


def plan_anew(files: Mapping[str, str | bytes], *, now: dt.datetime = NOW) -> PlannedShop:
    """Return the shop of these files, for tests of what is worked out while a shop is planned."""
    with tempfile.TemporaryDirectory() as folder:
        site = Shop(Path(folder), files).folder
        configs, store = load_shop(site)
        theme = load_theme(site, next(iter(configs.values())).theme.name, tuple(configs))
        return PlannedShop(make_plan(Options(site), store, theme, configs, Clock(now), cache=Cache()))
