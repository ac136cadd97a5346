"""Services that buyers choose with a product."""

from __future__ import annotations

from storegen.model.money import Money
from storegen.views.contexts.base import Context


class ServiceLine(Context, frozen=True, kw_only=True):
    """A service: its price for each piece, or *once* for all pieces of a line, and the working *days* that it adds.

    *writes* says whether the buyer writes a text, with its *label*, its *limit* in characters, the pattern of *allowed*
    texts (empty: any), and whether it is *optional*. *code* is the signature of the service's row in orders.
    """

    id: str
    name: str
    note: str = ""
    price: Money
    once: bool = False
    days: tuple[int, int] | None = None
    writes: bool = False
    label: str = ""
    limit: int = 0
    allowed: str = ""
    optional: bool = False
    code: str = ""
