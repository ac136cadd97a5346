"""The plan: every output of a shop, made from its content, its theme and the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from storegen.build.collisions import refuse_collisions
from storegen.build.form_gaps import form_gaps
from storegen.build.options import Options
from storegen.build.payment_function import make_payment_function
from storegen.build.shops import make_shop, theme_settings
from storegen.build.unhonoured import unhonoured
from storegen.build.unsellable import handed_on, surely_unsellable, unsellable
from storegen.cache import Cache
from storegen.checkout import keeps_cart, takes_scripts, ways_of
from storegen.checkout.link_kinds import LINK_KINDS
from storegen.checkout.messengers import POSTS
from storegen.checkout.order import WORDS
from storegen.checkout.permalinks import PERMALINK_KINDS
from storegen.checkout.price_preflight import price_warnings
from storegen.checkout.signing import Keys
from storegen.config import Config, ThemeChoice, own_words
from storegen.errors import ContentError, Problem, ThemeError, suggest
from storegen.load import ReadShop
from storegen.load.sources import line_of
from storegen.load.text_lint import class_warnings
from storegen.locale import local_forms
from storegen.model.clock import Clock
from storegen.model.origin import origin_of
from storegen.model.store import Store
from storegen.outputs import Blob, Output, Page, blob
from storegen.theme.assets import make_assets
from storegen.theme.loading import Theme, load_theme
from storegen.theme.presets import Look, make_look
from storegen.theme.words import plain_words
from storegen.tracking.analytics import Tool, bundle_tools, make_tools, wants_thanks
from storegen.tracking.campaigns import takes_tags
from storegen.views import SHOP_VIEWS
from storegen.views.cart import cart_rules
from storegen.views.catalog import Catalog
from storegen.views.channels import chat_origins
from storegen.views.clips import frame_policy
from storegen.views.contexts.page import Shared
from storegen.views.fingerprints import Fingerprints
from storegen.views.layout import shared_of
from storegen.views.llms_txt import llms_txt
from storegen.views.navigation import navigation_of
from storegen.views.pictures import image_variants
from storegen.views.policy import shop_policy
from storegen.views.redirects import redirect_warnings, redirects
from storegen.views.services import untaken_services
from storegen.views.shop import Shop
from storegen.views.site_files import headers, provider_files, robots, sitemaps
from storegen.views.tracking import tracking_origins
from storegen.views.warnings import sales_warnings

_SYMBOL = re.compile(r'<symbol id="([\w-]+)"')


class Plan(msgspec.Struct, frozen=True):
    """All outputs, and the fragments that the pages of each language share.

    *beside* are the outputs in folders beside the output folder, which are not published as files.
    """

    outputs: tuple[Output, ...]
    shared: Mapping[str, Shared]
    warnings: tuple[str, ...] = ()
    beside: Mapping[str, tuple[Output, ...]] = {}


def make_plan(
    options: Options,
    store: Store,
    theme: Theme,
    configs: Mapping[str, Config],
    clock: Clock,
    *,
    cache: Cache,
    keys: Keys = Keys(),  # noqa: B008 - frozen
    jobs: int = 1,
) -> Plan:
    """Return the plan of a shop. Raises ContentError if two outputs claim one address, or an article can't be sold.

    A preview asks search engines not to list it, and its analytics scripts send nothing.
    """
    site, preview = options.site, options.preview
    config = next(iter(configs.values()))
    tools = make_tools(config)
    look = make_look(site, theme, config)
    assets, blobs = _assets(theme, look, tuple(configs.values()), tools, preview=preview)
    settings = theme_settings(theme, assets)
    _check_words(theme, configs)
    _check_icons(site, theme, config)
    shops = [make_shop(store, configs, each, clock, settings, keys, preview=preview) for each in store.localized]
    first = shops[0]
    catalogs = [Catalog(Fingerprints(shop, keys), cache, jobs=jobs) for shop in shops]
    markets = list({catalog.shop.config.market: catalog for catalog in reversed(catalogs)}.values())[::-1]
    if problems := [
        *_setup_faults(site, first),
        *dict.fromkeys(problem for catalog in markets for problem in unhonoured(site, catalog.shop)),
        *(problem for catalog in markets for problem in unsellable(site, catalog)),
    ]:
        raise ContentError(problems)
    policy = shop_policy(first, _players(catalogs))
    logo, icon = _marks(site, config)
    shared = {catalog.shop.language: _shared(catalog, look, logo, icon, policy, tools) for catalog in catalogs}
    outputs = [*blobs, *([icon] if icon else []), *image_variants(first), *_shop_outputs(catalogs, preview=preview)]
    function = make_payment_function(catalogs, assets)
    outputs += function.outputs
    taken = [output.path for output in outputs]
    outputs.extend(redirects(first, taken))
    refuse_collisions(site, outputs, store.localized.values())
    warnings = (
        *dict.fromkeys(warning for catalog in markets for warning in _warnings(site, catalog)),
        *_region_warnings(site, config),
        *_theme_gaps(site, theme, first),
        *_word_warnings(theme),
        *_class_warnings(theme, store),
        *redirect_warnings(first, taken),
    )
    return Plan(tuple(outputs), shared, warnings, function.beside)


def _shop_outputs(catalogs: Sequence[Catalog], *, preview: bool) -> list[Output]:
    """Return the pages of every language, and the files for search engines and hosts. A preview has no sitemap."""
    outputs: list[Output] = [
        output for catalog in catalogs for view in SHOP_VIEWS for output in view(catalog.shop, catalog)
    ]
    listed = [output.listed for output in outputs if isinstance(output, Page) and output.listed]
    first = catalogs[0].shop
    outputs += () if preview else sitemaps(catalogs, listed)
    outputs += (*robots(first), *headers(first, shop_policy(first, tracking_origins(first), _players(catalogs))))
    outputs += llms_txt(first, catalogs[0])
    outputs += provider_files(catalogs[0])
    return outputs


def preflight(site: Path, shop: ReadShop, clock: Clock, keys: Keys) -> Iterator[Problem]:
    """Yield the mistakes that would stop a plan, except those that may only follow from known mistakes.

    Two more kinds of mistakes are only found by the plan itself: two outputs with one address, which needs all outputs,
    and an unreadable theme.
    """
    config = next(iter(shop.configs.values()))
    faulty = {(problem.file, problem.field) for problem in shop.problems}
    yield from (each for each in _settings_faults(site, config, faulty) if not _may_follow(each, shop, faulty))
    if shop.faulty_places.touches("theme.name", "languages"):
        return
    try:
        theme = load_theme(site, config.theme.name, tuple(shop.configs), own_words(shop.configs))
        _check_words(theme, shop.configs)
        _check_icons(site, theme, config)
    except ContentError as error:
        yield from (each for each in error.problems if not _may_follow(each, shop, faulty))
        return
    except ThemeError:
        return
    try:
        make_look(site, theme, config)
    except ContentError as error:
        yield from (each for each in error.problems if not _may_follow(each, shop, faulty))
    if shop.faulty_places.touches("checkout.provider"):
        return
    first = make_shop(shop.store, shop.configs, next(iter(shop.configs)), clock, theme_settings(theme, {}), keys)
    if not shop.faulty_places.touches(
        "company.email", "channels"
    ):  # where orders are sent, unless the provider's own settings say it
        yield from (each for each in _setup_faults(site, first) if not _may_follow(each, shop, faulty))
    yield from (each for each in unhonoured(site, first) if (each.file, "kind") not in faulty)
    if not shop.faulty_places.touches("currency", *(["delivery"] if first.own_cart else [])):
        yield from surely_unsellable(site, first, shop.problems)


def _may_follow(problem: Problem, shop: ReadShop, faulty: AbstractSet[tuple[str, str]]) -> bool:
    """Return whether a mistake may follow from a known one. *faulty* are the (file, field) pairs with a mistake."""
    in_site = problem.file == "site.yaml" and shop.faulty_places.covers(tuple(problem.field.split(".")))
    return in_site or (problem.field != "" and (problem.file, problem.field) in faulty)


def _settings_faults(site: Path, config: Config, faulty: AbstractSet[tuple[str, str]]) -> Iterator[Problem]:
    """Yield the mistakes of the theme settings in site.yaml. *faulty* are the (file, field) pairs with a mistake."""
    for field in ("theme.logo", "theme.icon"):
        if ("site.yaml", field) not in faulty:
            key = field.removeprefix("theme.")
            try:
                _marks(site, msgspec.structs.replace(config, theme=ThemeChoice(**{key: getattr(config.theme, key)})))
            except ContentError as error:
                yield from error.problems


def _players(catalogs: Sequence[Catalog]) -> Mapping[str, tuple[str, ...]]:
    """Return the origins of players and chats on other hosts, for the content-security policy."""
    chats = (origin for catalog in catalogs for origin in chat_origins(catalog.shop.config))
    return frame_policy((*map(origin_of, catalogs[0].shop.store.players), *chats))


def _shared(catalog: Catalog, look: Look, logo: str, icon: Blob | None, policy: str, tools: tuple[Tool, ...]) -> Shared:
    shop = catalog.shop
    cart = cart_rules(shop) if shop.provider.cart else None
    place = f"/{icon.path}" if icon else ""
    shared = shared_of(
        catalog,
        logo=logo,
        icon=place,
        policy=policy,
        cart=cart,
        tools=tools,
        navigation=navigation_of(shop, catalog),
    )
    return msgspec.structs.replace(shared, fonts=look.fonts, paper=look.colour("paper"))


def _assets(
    theme: Theme, look: Look, configs: Sequence[Config], tools: tuple[Tool, ...], *, preview: bool
) -> tuple[dict[str, str], list[Blob]]:
    config = configs[0]
    used = {
        "consent": any(tool.consent for tool in tools),
        "language": len(config.languages) > 1,
        "markets": bool(config.markets) and any(map(keeps_cart, configs)),
        "own-cart": any(map(keeps_cart, configs)),
        "payment-methods": any(len(each.checkout.provider) > 1 for each in configs),
        "payment-page": "card" in config.checkout.provider,
        "provider": any(map(takes_scripts, configs)),
        "save": bool(config.saved_products),
        "saved": bool(config.saved_products),
        "search": bool(config.search) and "pages/search.html" in theme.texts,
        "tags": takes_tags(config),
        "thanks": wants_thanks(config, tools),
    }
    return make_assets(
        theme,
        look.tokens,
        style=look.style,
        scripts=bundle_tools(tools, "" if preview else config.base_url),
        without=[name for name, wanted in used.items() if not wanted],
    )


def _check_icons(site: Path, theme: Theme, config: Config) -> None:
    """Raise ContentError if site.yaml names icons that the theme doesn't have."""
    icons = _SYMBOL.findall(theme.static.get("icons.svg", b"").decode())
    named = {name: promise.icon for name, promise in config.promises.items() if icons and promise.icon}
    problems = [
        _site_problem(
            site,
            f"promises.{name}.icon",
            f'the theme has no icon "{icon}"{suggest(icon, icons)} (there are {", ".join(sorted(icons))})',
        )
        for name, icon in named.items()
        if icon not in icons
    ]
    if problems:
        raise ContentError(problems)


def _check_words(theme: Theme, configs: Mapping[str, Config]) -> None:
    """Raise ContentError if the theme lacks texts that are needed to write an order."""
    names = next(iter(configs.values())).checkout.provider
    if POSTS.keys().isdisjoint(names):
        return
    keys = [f"order.{word}" for word in WORDS]
    words = {language: plain_words(theme.words[language]) for language in configs}
    missing = [(language, key) for language in configs for key in keys if key not in words[language]]
    if missing:
        message = "is missing: an order is written with it; copy the section order of the theme default"
        raise ContentError(
            Problem(f"themes/{theme.name}/locales/{language}.yaml", 0, key, message) for language, key in missing
        )


def _setup_faults(site: Path, shop: Shop) -> Iterator[Problem]:
    for field, message in shop.provider.setup_faults():
        yield _site_problem(site, field, message)


def _site_problem(site: Path, field: str, message: str) -> Problem:
    return Problem("site.yaml", line_of(site, "site.yaml", tuple(field.split("."))), field, message)


_NAMED = 12  # words that a warning names


def _warnings(site: Path, catalog: Catalog) -> Iterator[str]:
    """Yield warnings about prices and payment."""
    yield from handed_on(catalog)
    yield from untaken_services(catalog.shop)
    yield from sales_warnings(site, catalog)
    yield from _later(catalog.shop)


def _later(shop: Shop) -> Iterator[str]:
    """Yield warnings about mistakes that will stop a build when a sale begins or ends."""
    products = shop.content.products.values()
    providers = [f"{name}.{shop.config.market}".rstrip(".") for name in shop.config.checkout.provider]
    others = ways_of(name for name in shop.config.checkout.provider if name not in {**LINK_KINDS, **PERMALINK_KINDS})
    yield from price_warnings(providers, shop.store.links, products, shop.pricing, shop.config.zone, else_by=others)


def _marks(site: Path, config: Config) -> tuple[str, Blob | None]:
    """Return the logo as markup for the page, and the icon as an output."""
    if not (config.theme.logo or config.theme.icon):
        return "", None
    from storegen.theme.svg import read_svg  # noqa: PLC0415 - its parser takes a while to load

    logo = read_svg(site, config.theme.logo, "theme.logo", inline=True) if config.theme.logo else ""
    if not config.theme.icon:
        return logo, None
    return logo, blob("icon.svg", read_svg(site, config.theme.icon, "theme.icon", inline=False).encode(), "site.yaml")


def _theme_gaps(site: Path, theme: Theme, shop: Shop) -> Iterator[str]:
    """Yield warnings about features that site.yaml asks for and that lack a page of the theme or of the shop."""
    for field, lacking in form_gaps(theme, shop):
        yield str(_site_problem(site, field, lacking))
    if shop.config.tracking.carriers and "pages/track.html" not in theme.texts:
        message = f"the theme {theme.name} has no pages/track.html, so the shop has no tracking page"
        yield str(_site_problem(site, "tracking.carriers", message))


def _region_warnings(site: Path, config: Config) -> Iterator[str]:
    """Yield a warning if the shop's first language is written otherwise in the shop's country."""
    language, country = config.languages[0], config.company.country
    if forms := local_forms(language, country, config.currency):
        (usual, now), (local, theirs) = forms.items()
        message = f"people in {country} write {theirs}; write {local} here, or {usual} to keep {now}"
        yield str(_site_problem(site, "languages.0", message))


def _word_warnings(theme: Theme) -> Iterator[str]:
    """Yield warnings about words that the shop's own files leave in English, or that show a name in braces."""
    for language, gaps in theme.gaps.items():
        file = f"themes/{theme.name}/locales/{language}.yaml"
        kinds = (
            (gaps.missing, "missing (pages show English)"),
            (gaps.english, "still in English"),
            (gaps.unfilled, "shown with a name in {braces}, because the English word has no such name"),
        )
        for keys, what in kinds:
            if keys:
                rest = f", and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
                are = "word is" if len(keys) == 1 else "words are"
                yield f"{file}: {len(keys)} {are} {what}: {', '.join(keys[:_NAMED])}{rest}"


def _class_warnings(theme: Theme, store: Store) -> Iterator[str]:
    """Yield warnings about classes in texts that the theme gives no style."""
    rows = (row for content in store.localized.values() for found in content.rows.values() for row in found.values())
    styles = "".join(text for name, text in theme.texts.items() if name.endswith(".css"))
    yield from class_warnings((each for row in rows for each in row.texts), theme.settings.callouts, styles)
