"""The product feed for shopping engines, with the attributes of Google's product data.

Names, limits and values follow the product data specification (support.google.com/merchants/answer/7052112, read in
2026). Other engines read the same file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

from storegen.addresses import output_path
from storegen.markdown.plain_text import plain_line, plain_text
from storegen.model.money import Money, sum_text
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable, UnitPrice, variants_of
from storegen.outputs import Output, Page, digest
from storegen.views.catalog import Catalog
from storegen.views.category import trail_of
from storegen.views.contexts.parts import Stock
from storegen.views.contexts.product_feed import FeedDelivery, ProductFeed, ProductFeedItem
from storegen.views.delivery import delivery_cost, dispatch_rule, methods_for
from storegen.views.items import choice_of, properties_of
from storegen.views.pictures import picture
from storegen.views.plain_text import shortened
from storegen.views.shop import Shop
from storegen.views.stock import handling_days, stock_of

_ID, _TITLE, _DESCRIPTION, _PICTURES = 50, 150, 5000, 10
_UNITS = {"m2": "sqm", "m3": "cbm", "piece": "ct"}
_AVAILABILITY = {"out": "out_of_stock", "pre": "preorder", "back": "backorder"}


def product_feed(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the feed of one language if site.yaml enables it."""
    if "google" in shop.config.feeds:
        path = f"{shop.at('home')}feeds/google.xml"
        recipe = functools.partial(_feed, shop, catalog, path)
        fingerprint = digest(b"".join([summary.fingerprint for summary in catalog.summaries.values()]))
        yield Page(output_path(path), "feeds/google.xml", recipe, shop.language, fingerprint=fingerprint)


def _feed(shop: Shop, catalog: Catalog, path: str) -> ProductFeed:
    return ProductFeed(
        title=shop.config.name,
        description=shop.config.description or shop.config.tagline,
        url=shop.absolute(path),
        home=shop.absolute(shop.at("home")),
        items=tuple(
            item
            for name, summary in catalog.summaries.items()
            if summary.status == "published"
            for item in _items(shop, shop.content.products[name])
        ),
    )


def _items(shop: Shop, product: Product) -> Iterator[ProductFeedItem]:
    variants = variants_of(product)
    category = shop.content.category_named(product.category[0]) if product.category else None
    trail = " > ".join(link.text for link in trail_of(shop, category))
    words = f"{plain_line(product.summary)} {plain_text(product.description)}".strip()
    description = shortened(words, _DESCRIPTION) or product.name
    for variant in variants:
        stock = stock_of(shop, product, variant)
        # Preorders and backorders need an availability date. Those without a day are left out.
        if stock.state not in ("pre", "back") or stock.available:
            yield _item(shop, product, variant, stock, description, trail, several=len(variants) > 1)


def _item(
    shop: Shop, product: Product, variant: Sellable, stock: Stock, description: str, trail: str, *, several: bool
) -> ProductFeedItem:
    price = price_of(product, variant, shop.pricing)
    sale = shop.content.offers.get(price.sale) if price.before is not None else None
    choice = choice_of(product, variant)
    page = shop.absolute(shop.href("product", product))
    return ProductFeedItem(
        id=variant.sku if len(variant.sku) <= _ID else digest(variant.sku.encode()).hex()[:_ID],
        title=(f"{product.name}, {choice}" if choice else product.name)[:_TITLE],
        description=description,
        link=f"{page}?variant={quote(variant.sku)}" if several else page,
        pictures=_pictures(shop, product, variant),
        availability=_AVAILABILITY.get(stock.state, "in_stock"),
        available=stock.available,
        price=sum_text(price.before or price.now),
        sale_price=sum_text(price.now) if price.before is not None else "",
        sale_starts=sale.starts if sale else None,
        sale_ends=sale.ends if sale else None,
        group=product.id if several else "",
        brand=product.brand,
        gtin=variant.gtin,
        mpn=variant.mpn,
        condition=product.condition,
        product_type=trail,
        weight=f"{variant.weight.normalize():f} g" if variant.weight else "",
        unit=_measure(variant.unit_price, "content"),
        unit_per=_measure(variant.unit_price, "per"),
        properties=properties_of(shop, product, variant) if several else {},
        handling=handling_days(stock, dispatched=dispatch_rule(shop, product) is not None),
        delivery=_delivery(shop, product, variant, stock, price.now),
    )


def _pictures(shop: Shop, product: Product, variant: Sellable) -> tuple[str, ...]:
    """Return the addresses of a variant's pictures, starting with its own."""
    images = sorted(product.pictures, key=lambda image: image.file != variant.image)
    found = (picture(shop, image) for image in images[: _PICTURES + 1])
    return tuple(each.src if each.remote else shop.absolute(each.src) for each in found if each is not None)


def _delivery(shop: Shop, product: Product, variant: Sellable, stock: Stock, price: Money) -> FeedDelivery | None:
    """Return the first delivery method to the shop's country. Others are set up in the engine's account."""
    home = shop.config.country
    weight = variant.weight or Decimal(0)
    methods = (each for each in methods_for(shop, product) if each.carries(weight))
    method = next((each for each in methods if not each.countries or home in each.countries), None)
    if method is None or not home:
        return None
    cost = delivery_cost(shop, method, product, price, weight, home)
    days = method.days if stock.ready else None
    return FeedDelivery(country=home, service=method.name, price=sum_text(cost), days=days)


def _measure(unit: UnitPrice | None, part: str) -> str:
    """Return a measure in the feed's format, empty if the feed doesn't know its unit."""
    if unit is None or "mm" in {measure.split(" ")[1] for measure in (unit.content, unit.per)}:
        return ""
    number, name = (unit.content if part == "content" else unit.per).split(" ")
    return f"{number} {_UNITS.get(name, name)}"
