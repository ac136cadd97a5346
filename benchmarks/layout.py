"""The catalogue in storegen's own layout: what the peers read, in the files that a shop here consists of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

NEW = "new"
SHOWN_ARTICLES = 6
SHOWN_PRODUCTS = 24
# A file of content may have 4 MiB; a category with more reviews than this has several files.
REVIEWS_A_FILE = 8000

Row = Mapping[str, Any]


def write_site(catalogue: ModuleType, folder: Path, *, products: int, theme: str) -> None:
    """Write site.yaml and content/ of a catalogue of so many products."""
    tops = catalogue.categories()
    articles = catalogue.articles(products, catalogue.SEED)
    content = folder / "content"
    dump = catalogue.yaml
    write(folder / "site.yaml", dump(_site(catalogue.STORE, tops, theme)))
    write(content / "pages" / "home.yaml", dump(_home(tops, articles)))
    _write_categories(catalogue, content / "categories", tops)
    reviews: dict[str, list[Row]] = defaultdict(list)
    for product in catalogue.products(products, catalogue.SEED):
        write(content / "products" / f"{product['slug']}.yaml", dump(make_product(product, tops)))
        reviews[product["category"]] += [_review(product["slug"], review) for review in product["reviews"]]
    for leaf, rows in reviews.items():
        _write_reviews(catalogue, content / "reviews", leaf, rows)
    for name in sorted({article["author"] for article in articles}):
        write(content / "people" / f"{catalogue.slugify(name)}.yaml", dump({"name": name}))
    for article in articles:
        head = dump(_article(article, author=catalogue.slugify(article["author"])))
        write(content / article["section"] / f"{article['slug']}.md", f"---\n{head}---\n{article['body']}")


def write(path: Path, text: str) -> None:
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_product(product: Row, tops: Iterable[Row]) -> dict[str, Any]:
    """Return a product of the catalogue as storegen's file holds it.

    The catalogue sells out products, storegen variants: of a product that is sold out every variant is. A variant at
    the product's price leaves its own out, and so is reduced with it. The brand is also the product's fact, because
    the peers' cards show brands and storegen's show facts.
    """
    variants = product["variants"]
    return {
        "name": product["name"],
        "sku": product["sku"],
        "category": product["category"],
        "brand": product["brand"],
        "fact": product["brand"],
        "price": product["price"],
        **({"compare_at_price": product["compare_at"]} if "compare_at" in product else {}),
        "options": {"Choice": [variant["name"] for variant in variants]},
        "variants": [_variant(product, variant) for variant in variants],
        "specs": {spec["name"]: spec["value"] for spec in product["specs"]},
        "tags": product["tags"],
        "related": product["related"],
        "summary": product["summary"],
        "description": _moved(product["description"], tops),
    }


def _site(store: Row, tops: Iterable[Row], theme: str) -> dict[str, Any]:
    postcode, _, city = store["city"].partition(" ")
    links = [f"category:{top['slug']}" for top in tops]
    return {
        "name": store["name"],
        "url": store["url"],
        "description": store["description"],
        "currency": store["currency"],
        "company": {
            "legal_name": store["company"],
            "street": store["street"],
            "postcode": postcode,
            "city": city,
            "email": store["email"],
            "phone": store["phone"],
            "vat_id": store["vat"],
        },
        "delivery": {"methods": [{"id": "parcel", "name": "Parcel", "price": "4.90", "days": "2-4"}]},
        "returns": {"days": "30"},
        "checkout": {"provider": "snipcart", "snipcart": {"public_key": "benchmark"}},
        "menu": [*links[:4], "guides", "blog"],  # six at most
        "footer": {"Shop": links},
        "theme": {"name": theme},
    }


def _home(tops: Iterable[Row], articles: Iterable[Row]) -> dict[str, Any]:
    newest = sorted(articles, key=lambda article: str(article["date"]), reverse=True)
    guides = [article["slug"] for article in newest if article["section"] == "guides"]
    return {
        "sections": [
            {"collections": {"categories": [top["slug"] for top in tops]}},
            {"featured": {"title": "New in", "tag": NEW, "count": SHOWN_PRODUCTS}},
            {"guides": {"title": "Guides and notes", "guides": guides[:SHOWN_ARTICLES]}},
        ]
    }


def _write_categories(catalogue: ModuleType, folder: Path, tops: Iterable[Row]) -> None:
    for order, top in enumerate(tops):
        write(folder / f"{top['slug']}.yaml", catalogue.yaml(_category(top, order)))
        for place, leaf in enumerate(top["children"]):
            write(folder / top["slug"] / f"{leaf['slug']}.yaml", catalogue.yaml(_category(leaf, place)))


def _category(category: Row, order: int) -> dict[str, Any]:
    return {"name": category["name"], "summary": category["description"], "order": str(order)}


def _variant(product: Row, variant: Row) -> dict[str, Any]:
    return {
        "sku": variant["sku"],
        "options": {"Choice": variant["name"]},
        **({"price": variant["price"]} if variant["price"] != product["price"] else {}),
        "stock": str(variant["stock"] if product["stock"] else 0),
    }


def _moved(description: str, tops: Iterable[Row]) -> str:
    """Return a description with its links to categories as they are addressed here: /bath/bath-soaps/."""
    parents = {leaf["slug"]: top["slug"] for top in tops for leaf in top["children"]}

    def address(match: re.Match[str]) -> str:
        slug = match[1]
        return f"](/{parents[slug]}/{slug}/" if slug in parents else f"](/{slug}/"

    return re.sub(r"\]\(/category/([\w-]+)/", address, description)


def _write_reviews(catalogue: ModuleType, folder: Path, leaf: str, rows: list[Row]) -> None:
    for number, start in enumerate(range(0, len(rows), REVIEWS_A_FILE)):
        name = f"{leaf}-{number + 1}" if number else leaf
        listed = catalogue.yaml({"reviews": rows[start : start + REVIEWS_A_FILE]})
        write(folder / f"{name}.yaml", listed.partition("\n")[2])


def _review(slug: str, review: Row) -> Row:
    return {
        "product": slug,
        "rating": review["rating"],
        "name": review["author"],
        "date": review["date"],
        "text": review["text"],
    }


def _article(article: Row, *, author: str) -> dict[str, Any]:
    return {
        "title": article["title"],
        "summary": article["summary"],
        "author": author,
        "date": article["date"],
        "tags": article["tags"],
    }
