"""What a merchant changes between two builds, and what must be true of the next one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from copies import BuildError, Copy
from layout import make_product, write


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the build after a change must have done.

    *text* stands on the page *page*, or on every page with *everywhere*. *touched* are the only pages that were written
    again, None for any. *price* is shown wherever the edited product is.
    """

    text: str = ""
    page: str = ""
    everywhere: bool = False
    touched: frozenset[str] | None = None
    price: str = ""
    added: int = 0


Edit = Callable[[Copy, int], Outcome]


def nothing(copy: Copy, number: int) -> Outcome:
    return Outcome(touched=frozenset())


def edit_text(copy: Copy, number: int) -> Outcome:
    """Change one line of a product's description."""
    text = f"Edition {number + 2}."
    _replace(copy.product, r"Edition \d+\.", text)
    page = page_of(copy.bench.edited["slug"])
    return Outcome(text=text, page=page, touched=frozenset((page,)))


def edit_price(copy: Copy, number: int) -> Outcome:
    """Take a few cents off a product's price."""
    price = Decimal(copy.bench.edited["price"]) - Decimal(number + 1) / 100
    _replace(copy.product, r'(?<=^price: ")[\d.]+', f"{price:.2f}")
    return Outcome(text=f"€{price:,.2f}", page=page_of(copy.bench.edited["slug"]), price=f"€{price:,.2f}")


def add_product(copy: Copy, number: int) -> Outcome:
    """Add a product that is like another."""
    name, slug = f"Newcomer {number}", f"newcomer-{number}"
    like = copy.bench.edited
    variants = [{**variant, "sku": f"{slug}-{place}"} for place, variant in enumerate(like["variants"])]
    product = make_product({**like, "name": name, "sku": slug, "variants": variants}, copy.bench.catalogue.categories())
    write(_newcomer(copy, number), copy.bench.catalogue.yaml(product))
    return Outcome(text=name, page=page_of(slug), added=1)


def remove_product(copy: Copy, number: int) -> Outcome:
    """Take the added product away again."""
    _newcomer(copy, number).unlink()
    return Outcome()


def edit_template(copy: Copy, number: int) -> Outcome:
    """Change the template that every page extends."""
    text = f"<!-- template {number + 1} -->"
    _replace(copy.template, r"(<!-- template \d+ -->\n)?</body>", f"{text}\n</body>")
    return Outcome(text=text, everywhere=True)


def edit_site(copy: Copy, number: int) -> Outcome:
    """Change the company's name, which every page's foot shows."""
    text = f"Northbeam Trading {number + 1} Ltd"
    _replace(copy.folder / "site.yaml", r"(?<=legal_name: ).*", text)
    return Outcome(text=text, everywhere=True)


EDITS: tuple[tuple[str, Edit], ...] = (
    ("no-op", nothing),
    ("one edit", edit_text),
    ("price edit", edit_price),
    ("new product", add_product),
    ("template edit", edit_template),
    ("site.yaml edit", edit_site),
)


def page_of(slug: str) -> str:
    """Return the output that holds a product's page."""
    return f"products/{slug}/index.html"


def _newcomer(copy: Copy, number: int) -> Path:
    return copy.folder / "content" / "products" / f"newcomer-{number}.yaml"


def _replace(file: Path, pattern: str, text: str) -> None:
    """Replace the first match of a pattern; raises BuildError where there is none."""
    changed, count = re.subn(pattern, text, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    if not count:
        raise BuildError(f"{file} holds nothing like {pattern}")
    file.write_text(changed, encoding="utf-8")
