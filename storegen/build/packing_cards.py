"""Packing cards of a shop as files to be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from storegen.build.options import Options
from storegen.build.rendering import Rendering, make_rendering
from storegen.errors import ContentError, RenderError, UsageError, gather, suggest
from storegen.load import ReadShop, read_shop
from storegen.load.locate import text_finder
from storegen.model.product import variants_of
from storegen.outputs import Page
from storegen.render.renderer import MakeError
from storegen.render.style import embedded_fonts, with_tokens
from storegen.views.packing_cards import PAPERS, TEMPLATE, packing_cards

STYLE = "card/card.css"
_TOKENS = "styles/tokens.css"


def make_cards(
    options: Options,
    *,
    products: Sequence[str] = (),
    articles: Sequence[str] = (),
    languages: Collection[str] = (),
    copies: int = 1,
) -> Mapping[str, bytes]:
    """Return the files with packing cards, by name: one for each language and size of paper.

    *products* are ids or article numbers, *articles* are article numbers of an order. Without both, every product has a
    card. Raises a StoregenError with all mistakes.
    """
    read = read_shop(options.site, base_url=options.base_url, drafts=options.drafts, jobs=options.processes)
    if read.problems:
        raise ContentError(read.problems)
    for language in languages:
        if language not in read.configs:
            there = ", ".join(read.configs)
            raise UsageError(
                f'the shop has no language "{language}"{suggest(language, read.configs)} (there are {there})'
            )
    names = _chosen(read, products, articles)
    rendering = make_rendering(options, read, (TEMPLATE, STYLE))
    return _files(options, rendering, [name for name in names for _ in range(copies)], languages)


def _files(
    options: Options, rendering: Rendering, names: Sequence[str], languages: Collection[str]
) -> Mapping[str, bytes]:
    """Return the files. Raises RenderError with all mistakes of templates and texts."""
    theme, files, problems = rendering.theme, {}, []
    css = with_tokens(theme.texts[STYLE], rendering.look.tokens.light, STYLE)
    style = f"{embedded_fonts(theme.texts.get(_TOKENS, ''), theme.static)}\n{css}"
    find = text_finder(options.site)
    for page in _pages(rendering, names, languages, style):
        try:
            files[page.path] = rendering.renderer.page(page, page.context)
        except MakeError as error:
            problems.append((error.problem(page, find), page.path))
    if problems:
        raise RenderError(gather(problems))
    return files


def _pages(rendering: Rendering, names: Sequence[str], languages: Collection[str], style: str) -> Iterator[Page]:
    for catalog in rendering.catalogs:
        shop = catalog.shop
        if not languages or shop.language in languages:
            there = [name for name in names if name in catalog.summaries]
            yield from (packing_cards(shop, catalog, there, paper, style) for paper in PAPERS if there)


def _chosen(read: ReadShop, products: Sequence[str], articles: Sequence[str]) -> list[str]:
    """Return the ids of the products that need a card. What is sent by e-mail needs none."""
    known = {each.id: each for each in read.store.home.products.values()}
    numbers = {variant.sku: each.id for each in known.values() for variant in variants_of(each)}
    numbers |= {each.sku: each.id for each in known.values() if each.sku}
    if not products and not articles:
        return [name for name, each in known.items() if not each.digital]
    for name in (*products, *articles):
        if name not in known and name not in numbers:
            raise UsageError(f'no product and no article "{name}"{suggest(name, (*known, *numbers))}')
    for name in products:
        if known[numbers.get(name, name)].digital:
            raise UsageError(f'"{name}" is sent by e-mail, so there is no parcel for a card')
    found = dict.fromkeys(numbers.get(name, name) for name in (*products, *articles))
    return [name for name in found if not known[name].digital]
