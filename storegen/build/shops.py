"""The shop in each language at one moment, as views and commands need it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storegen.checkout import make_checkout
from storegen.checkout.signing import Keys
from storegen.config import Config
from storegen.model.clock import Clock
from storegen.model.store import Store
from storegen.theme.loading import Theme
from storegen.theme.words import plain_words, section_of
from storegen.views.image_variants import ThemeSettings
from storegen.views.shop import Shop


def theme_settings(theme: Theme, assets: Mapping[str, str]) -> ThemeSettings:
    """Return the settings of a theme that views need. *assets* are the addresses of its files."""
    pictures = theme.settings.pictures
    return ThemeSettings(
        widths=tuple(int(width) for width in sorted(pictures.widths)),
        formats=pictures.formats,
        quality=int(pictures.quality),
        per_page=int(theme.settings.per_page),
        pages=tuple(sorted(name[6:-5] for name in theme.texts if re.fullmatch(r"pages/[\w-]+\.html", name))),
        words=theme.words,
        assets=assets,
    )


def make_shop(
    store: Store,
    configs: Mapping[str, Config],
    language: str,
    clock: Clock,
    settings: ThemeSettings,
    keys: Keys,
    *,
    preview: bool = False,
) -> Shop:
    """Return the shop in one of its languages at the clock's time."""
    words = section_of(plain_words(settings.words[language]), "order")
    provider = make_checkout(configs[language], store.links, keys=keys, words=words, language=language)
    content = store.localized[language]
    return Shop(store, content, configs[language], clock, provider, settings, tuple(configs), preview)
