"""Products, guides and posts as Markdown, beside their pages, for assistants that read pages for their users.

llmstxt.org, read on 2026-11-30: the file of ``/products/rope-ring/`` is ``/products/rope-ring/index.html.md``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from storegen.addresses import output_path
from storegen.locale import date_text, money_text
from storegen.markdown.links import find_references
from storegen.markdown.plain_text import plain_line
from storegen.model.article import Article
from storegen.model.product import Product, Sellable, variants_of
from storegen.outputs import Output, Page, digest
from storegen.references import split_reference
from storegen.views.articles import Kind, in_order
from storegen.views.catalog import Catalog
from storegen.views.contexts.parts import PriceTag
from storegen.views.contexts.site_files import Lines
from storegen.views.head import markdown_of
from storegen.views.prices import price_tags
from storegen.views.shop import Shop
from storegen.views.stock import stock_of

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]+)[^()]*\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)([^()]*)\)")
_BLANK_LINES = re.compile(r"\n{3,}")
_CELL = str.maketrans({"|": "\\|", "\n": " "})


def markdown_pages(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the Markdown of every listed product, guide and post."""
    if not shop.has_markdown:
        return
    for name, summary in catalog.summaries.items():
        if summary.status != "published":
            continue
        known = digest(catalog.fingerprints.of_shop, summary.fingerprint, catalog.card_fingerprints(summary.shown))
        recipe = functools.partial(_product, shop, catalog, name)
        yield _page(shop, shop.product_href(name), recipe, known, shop.content.products.rows[name].file)
    groups: tuple[tuple[Kind, Mapping[str, Article]], ...] = (
        ("guide", shop.published_guides),
        ("post", shop.published_posts),
    )
    for kind, group in groups:
        for article in in_order(shop, kind, group):
            known = catalog.fingerprint_of(shop.content.rows[kind][article.id])
            recipe = functools.partial(_article, shop, catalog, kind, article)
            yield _page(shop, shop.href(kind, article), recipe, known, article.file)


def _page(shop: Shop, href: str, recipe: Callable[[], Lines], fingerprint: bytes, source: str) -> Page:
    path = output_path(markdown_of(shop, href))
    return Page(path, "feeds/lines.txt", recipe, shop.language, source, fingerprint)


def _product(shop: Shop, catalog: Catalog, name: str) -> Lines:
    product = shop.content.products[name]
    variants = variants_of(product)
    tags = price_tags(shop, product, variants)
    parts = [
        _title(product.name, product.summary),
        shop.absolute(shop.product_href(name)),
        "\n".join(_facts(shop, product, variants, tags)),
        "\n".join(_table(shop, product, variants, tags)) if len(variants) > 1 else "",
        _text(shop, catalog, product.description),
        "\n".join(f"- {plain_line(key)}: {plain_line(value)}" for key, value in product.specs.items()),
    ]
    if product.questions:
        parts.append(f"## {shop.word('questions.title')}")
        parts += [
            f"### {plain_line(each.question)}\n\n{_text(shop, catalog, each.answer)}" for each in product.questions
        ]
    return _joined(parts)


def _facts(shop: Shop, product: Product, variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> Iterator[str]:
    """Yield the lines with what holds for every variant."""
    if product.brand:
        yield f"- {shop.word('list.brand')}: {plain_line(product.brand)}"
    if len(variants) == 1:
        yield f"- {shop.word('product.article')}: {plain_line(variants[0].sku)}"
        yield f"- {shop.word('list.price')}: {_price(shop, tags[0])}"
        yield f"- {shop.word('list.stock')}: {stock_of(shop, product, variants[0]).text}"
    if delivery := shop.target("page:delivery") if "delivery" in shop.content.pages else "":
        yield f"- [{shop.word('delivery.title')}]({shop.absolute(delivery)})"


def _table(shop: Shop, product: Product, variants: Sequence[Sellable], tags: Sequence[PriceTag]) -> Iterator[str]:
    """Yield the rows of the table of variants."""
    names = tuple(product.choices)
    words = (shop.word("product.article"), shop.word("list.price"), shop.word("list.stock"))
    heads = (*(product.label(name) for name in names), *words)
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for variant, tag in zip(variants, tags, strict=True):
        chosen = dict(variant.options)
        values = (product.label(chosen[name]) if name in chosen else "" for name in names)
        yield _row((*values, variant.sku, _price(shop, tag), stock_of(shop, product, variant).text))


def _price(shop: Shop, tag: PriceTag) -> str:
    now = money_text(tag.now, shop.language)
    return f"{now} ({shop.word('price.before')} {money_text(tag.before, shop.language)})" if tag.before else now


def _article(shop: Shop, catalog: Catalog, kind: str, article: Article) -> Lines:
    author = shop.content.people.get(article.author)
    day = article.checked or article.date
    about = (author.name if author else "", date_text(day.date(), shop.language) if day else "")
    parts = (
        _title(article.title, article.summary),
        shop.absolute(shop.href(kind, article)),
        ", ".join(filter(None, about)),
        _text(shop, catalog, article.body),
    )
    return _joined(parts)


def _title(name: str, summary: str) -> str:
    return f"# {plain_line(name)}" + (f"\n\n> {plain_line(summary)}" if summary else "")


def _text(shop: Shop, catalog: Catalog, markdown: str) -> str:
    """Return a text with addresses in place of references: an embedded product becomes a link, a form disappears."""

    def shown(found: re.Match[str]) -> str:
        """Return what stands in place of an embedded picture, product or form."""
        if found[2] not in pictures:  # in code
            return found[0]
        kind, name, _ = split_reference(found[2])
        if kind == "product" and name in catalog.summaries:
            return f"[{plain_line(catalog.card(name).name)}]({shop.absolute(shop.product_href(name))})"
        target = shop.target(found[2]) if kind in {"media", "web"} else ""
        return f"![{found[1]}]({_absolute(shop, target)})" if target else ""

    def linked(found: re.Match[str]) -> str:
        if found[2] not in targets:
            return found[0]
        return f"[{found[1]}]({targets[found[2]]}{found[3]})" if targets[found[2]] else found[1]

    references = find_references(markdown)
    pictures = {each.target for each in references if each.picture}
    links = {each.target for each in references if not each.picture}
    named = {each for each in links if split_reference(each)[0] not in {"mail", "fragment", "unknown"}}
    targets = {each: _absolute(shop, shop.target(each)) for each in named}
    return _LINK.sub(linked, _PICTURE.sub(shown, markdown))


def _absolute(shop: Shop, href: str) -> str:
    return shop.absolute(href) if href.startswith("/") and not href.startswith("//") else href


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.translate(_CELL) for cell in cells)} |"


def _joined(parts: Sequence[str]) -> Lines:
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return Lines(lines=tuple(_BLANK_LINES.sub("\n\n", text).split("\n")))
