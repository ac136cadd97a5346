"""A shop in a test: files as text, built, and read back as a visitor would."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from PIL import Image

from storegen.build import Options, Report, build
from storegen.write.journal import Step

NOW = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)

SITE = """\
name: Test shop
url: https://shop.example
currency: EUR
timezone: Europe/Helsinki
company: {legal_name: Test Oy, street: Street 1, postcode: "00100", city: Helsinki, country: FI, email: a@shop.example}
tax: {rates: {standard: 25.5}}
delivery:
  dispatch: {before: 14:00, days: Mon-Fri}
  methods:
    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}
returns: {days: 30, countries: [FI]}
menu: ["category:rings", "guides"]
"""


class Shop:
    """A site in a folder of its own."""

    def __init__(self, folder: Path, files: Mapping[str, str | bytes]) -> None:
        self.folder = folder
        self.output = folder / "output"
        for name, content in {"site.yaml": SITE, **files}.items():
            self.write(name, content)

    @classmethod
    def opened(cls, folder: Path) -> Shop:
        """Return the site that is in a folder already."""
        return cls(folder, {"site.yaml": (folder / "site.yaml").read_text()})

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def build(
        self,
        *,
        now: dt.datetime = NOW,
        output: Path | None = None,
        step: Step | None = None,
        relative: bool = False,
        **options: Any,
    ) -> Report:
        site = Path(os.path.relpath(self.folder)) if relative else self.folder
        return build(Options(site, output, now=now, **{"jobs": 1, **options}), step=step)

    def html(self, path: str) -> BeautifulSoup:
        return BeautifulSoup((self.output / path).read_text(), "html.parser")

    def cart_rules(self, cart: str = "cart/index.html") -> dict[str, Any]:
        """Return the rules of totals from the cart's page."""
        (place,) = self.html(cart).select("shop-cart [data-part=rules]")
        rules: dict[str, Any] = json.loads(place.get_text())["cart"]
        return rules

    def text(self, path: str) -> str:
        return (self.output / path).read_text()

    def has(self, path: str) -> bool:
        return (self.output / path).is_file()

    def jsonld(self, path: str) -> list[dict[str, Any]]:
        found = self.html(path).find_all("script", type="application/ld+json")
        return resolved([item for script in found for item in json.loads(script.string or "")["@graph"]])


def resolved(graph: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return structured data with the nodes of a page in the place of references to them."""
    nodes = {item["@id"]: item for item in graph if str(item.get("@id", "")).startswith("#")}

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(each) for each in value]
        if not isinstance(value, dict):
            return value
        found = nodes[value["@id"]] if value.keys() == {"@id"} and value["@id"] in nodes else value
        return {key: whole(each) for key, each in found.items() if key != "@id" or each not in nodes}

    return [whole(item) for item in graph if item.get("@id") not in nodes]


def one(page: Tag, selector: str) -> Tag:
    """Return the first element that a selector finds; fails if there is none."""
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def png(colour: str | tuple[int, int, int], width: int = 40, height: int = 30) -> bytes:
    """Return a picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# Pages that show the first products of every category, as a shop with five products shows nearly all.
LEADING = ("404.html", "cart/index.html", "saved/index.html", "search/index.html")


def shown_by_search(shop: Shop) -> set[str]:
    """Return the file from which the search shows the pieces of a small shop."""
    return {str(path.relative_to(shop.output)) for path in shop.output.glob("search/0-*.bin")}
