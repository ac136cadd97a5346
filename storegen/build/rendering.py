"""The catalogs and the renderer of a shop, for commands that make files outside of its published pages."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from storegen.build.options import Options
from storegen.build.shops import make_shop, theme_settings
from storegen.cache import Cache
from storegen.checkout.signing import read_keys
from storegen.config import own_words
from storegen.errors import ThemeError
from storegen.load import ReadShop
from storegen.model.clock import Clock
from storegen.render.renderer import RenderContext, Renderer
from storegen.theme import load_theme
from storegen.theme.loading import Theme
from storegen.theme.presets import Look, make_look
from storegen.theme.svg import read_svg
from storegen.views.catalog import Catalog
from storegen.views.contexts.page import Shared
from storegen.views.fingerprints import Fingerprints
from storegen.views.layout import shared_of
from storegen.views.navigation import navigation_of


class Rendering(msgspec.Struct, frozen=True):
    """The catalog of each language at one moment, with the theme, its look and a renderer."""

    theme: Theme
    look: Look
    catalogs: tuple[Catalog, ...]
    shared: Mapping[str, Shared]
    renderer: Renderer


def make_rendering(options: Options, read: ReadShop, files: tuple[str, ...]) -> Rendering:
    """Return what renders the texts of a shop. Raises ThemeError if the theme lacks one of the *files*."""
    config = next(iter(read.configs.values()))
    theme = load_theme(options.site, config.theme.name, tuple(read.configs), own_words(read.configs))
    for file in files:
        if file not in theme.texts:
            folder = file.partition("/")[0]
            raise ThemeError(f"themes/{theme.name} has no {file}; copy the folder {folder} of the theme default")
    keys, _ = read_keys()
    settings, clock, cache = theme_settings(theme, {}), Clock(options.moment), Cache()
    shops = [make_shop(read.store, read.configs, each, clock, settings, keys) for each in read.store.localized]
    catalogs = tuple(Catalog(Fingerprints(shop, keys), cache, jobs=options.processes) for shop in shops)
    logo = read_svg(options.site, config.theme.logo, "theme.logo", inline=True) if config.theme.logo else ""
    shared = {catalog.shop.language: _shared(catalog, logo) for catalog in catalogs}
    renderer = Renderer(RenderContext(options.site, theme, config.zone, shared, {}, b"", None))
    return Rendering(theme, make_look(options.site, theme, config), catalogs, shared, renderer)


def _shared(catalog: Catalog, logo: str) -> Shared:
    navigation = navigation_of(catalog.shop, catalog)
    return shared_of(catalog, logo=logo, icon="", policy="", cart=None, navigation=navigation)
