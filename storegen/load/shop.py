"""Reading of a whole shop. Mistakes of site.yaml and content/ are reported together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from storegen.cache import Cache
from storegen.config import Config
from storegen.errors import ContentError, Problem
from storegen.fields import FaultyPlaces
from storegen.load.reading import Walked
from storegen.load.site import read_config
from storegen.load.store import read_store
from storegen.model.store import Store


class ReadShop(msgspec.Struct, frozen=True):
    """The result of reading a shop: the configuration in each language, the content, and all mistakes of both.

    Faulty parts are left out. *faulty_places* are those of site.yaml.
    """

    configs: Mapping[str, Config]
    store: Store
    problems: tuple[Problem, ...]
    faulty_places: FaultyPlaces


def read_shop(
    site: Path,
    *,
    base_url: str = "",
    walked: Walked | None = None,
    cache: Cache | None = None,
    drafts: bool = False,
    jobs: int = 1,
) -> ReadShop:
    """Return a shop with its mistakes. Raises ContentError if there is no site.yaml.

    *base_url* replaces the address in site.yaml. The other arguments are those of `read_store`.
    """
    configs, faults = read_config(site)
    if base_url:
        configs = {language: msgspec.structs.replace(config, url=base_url) for language, config in configs.items()}
    store, problems = read_store(site, configs, walked=walked, cache=cache, drafts=drafts, jobs=jobs, faults=faults)
    return ReadShop(configs, store, tuple(problems), faults.faulty_places)


def load_shop(site: Path) -> tuple[Mapping[str, Config], Store]:
    """Return the configuration in each language, and the content. Raises ContentError with all mistakes of both."""
    shop = read_shop(site)
    if shop.problems:
        raise ContentError(shop.problems)
    return shop.configs, shop.store
