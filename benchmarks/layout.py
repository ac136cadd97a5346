"""The catalogue of the benchmark in storegen's own layout."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import yaml


def write_site(catalogue: ModuleType, folder: Path, *, products: int, seed: int) -> None:
    """Write site.yaml and content/ of a catalogue of so many products."""
    _dump(folder / "site.yaml", _site(catalogue.STORE))
    reviews: list[dict[str, Any]] = []
    for product in catalogue.products(products, seed):
        _dump(folder / "content" / "products" / f"{product['slug']}.yaml", _product(product))
        reviews += [_review(product["slug"], review) for review in product["reviews"]]
    _dump(folder / "content" / "reviews" / "reviews.yaml", reviews)
    for top in catalogue.categories():
        _dump(folder / "content" / "categories" / f"{top['slug']}.yaml", _category(top))
        for leaf in top["children"]:
            _dump(folder / "content" / "categories" / top["slug"] / f"{leaf['slug']}.yaml", _category(leaf))
    for article in catalogue.articles(products, seed):
        section = "guides" if article["section"] == "guides" else "blog"
        text = f"---\n{yaml.safe_dump(_article(article), allow_unicode=True)}---\n{article['body']}"
        _write(folder / "content" / section / f"{article['slug']}.md", text)


def _site(store: dict[str, str]) -> dict[str, Any]:
    street, _, city = store["street"], None, store["city"]
    return {
        "name": store["name"],
        "url": store["url"],
        "currency": store["currency"],
        "description": store["description"],
        "company": {
            "legal_name": store["company"],
            "street": street,
            "city": city,
            "email": store["email"],
            "phone": store["phone"],
            "vat_id": store["vat"],
        },
        "delivery": {"methods": [{"id": "parcel", "name": "Parcel", "price": "4.90", "days": "2-4"}]},
        "returns": {"days": "30"},
        "checkout": {"provider": "snipcart", "snipcart": {"public_key": "test"}},
        "menu": ["category:kitchen", "category:office", "category:garden", "category:outdoor", "guides", "blog"],
    }


def _product(product: dict[str, Any]) -> dict[str, Any]:
    description = product["description"].replace("](/category/", "](/")
    for top in ("kitchen", "office", "garden", "outdoor", "living", "bath", "craft", "travel"):
        description = description.replace(f"](/{top}-", f"](/{top}/{top}-")
    return {
        "name": product["name"],
        "sku": product["sku"],
        "category": product["category"],
        "brand": product["brand"],
        "price": product["price"],
        **({"compare_at_price": product["compare_at"]} if "compare_at" in product else {}),
        "options": {"Colour": [variant["name"] for variant in product["variants"]]},
        "variants": [
            {
                "sku": variant["sku"],
                "options": {"Colour": variant["name"]},
                "price": variant["price"],
                "stock": str(variant["stock"]),
            }
            for variant in product["variants"]
        ],
        "summary": product["summary"],
        "description": description,
        "specs": {spec["name"]: spec["value"] for spec in product["specs"]},
        "tags": product["tags"],
        "related": product["related"],
    }


def _review(slug: str, review: dict[str, Any]) -> dict[str, str]:
    return {
        "product": slug,
        "rating": str(review["rating"]),
        "name": review["author"],
        "date": review["date"],
        "text": review["text"],
    }


def _category(category: dict[str, Any]) -> dict[str, str]:
    return {"name": category["name"], "summary": category["description"]}


def _article(article: dict[str, Any]) -> dict[str, Any]:
    return {"title": article["title"], "summary": article["summary"], "date": article["date"], "tags": article["tags"]}


def _dump(path: Path, value: object) -> None:
    _write(path, yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
