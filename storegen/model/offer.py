"""An offer: a reduction of some products' prices between two moments."""

from __future__ import annotations

from storegen.model.product import Product
from storegen.model.record import Record
from storegen.model.scalars import Instant, Percent


class Offer(Record, frozen=True, kw_only=True):
    """A percentage off the products that it names by product, category or tag; it ends by itself."""

    id: str
    file: str

    name: str
    percent: Percent
    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    starts: Instant
    ends: Instant

    def covers(self, product: Product) -> bool:
        """Say whether the offer is about *product*, whatever the time."""
        return (
            product.id in self.products
            or not set(self.tags).isdisjoint(product.tags)
            or any(name == root or name.startswith(f"{root}/") for name in product.category for root in self.categories)
        )
