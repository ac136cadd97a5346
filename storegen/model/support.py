"""Help with a product after the sale: how to use it, repair it and get rid of it, with manuals and supplies."""

from __future__ import annotations

from storegen.model.record import Record
from storegen.model.text import Link, Markdown, ProductRef, TranslatedLine


class Manual(Record, frozen=True, kw_only=True):
    """A manual or another file that helps with a product."""

    file: Link
    """The file, such as `media/manual.pdf`, or a web address."""
    name: TranslatedLine
    """What it is, such as `Manual (PDF, English)`."""


class Support(Record, frozen=True, kw_only=True):
    """Help with a product after the sale. Each product that has such texts gets a support page."""

    use: Markdown = ""
    """How to use the product for the first time, and every day."""
    repair: Markdown = ""
    """What can break, what buyers can repair themselves, and what you repair."""
    warranty: Markdown = ""
    """What you guarantee beyond the law, and what to do when something is wrong."""
    disposal: Markdown = ""
    """What to do with the product at the end of its use: return it to you, recycle it."""
    manuals: tuple[Manual, ...] = ()
    """Manuals and other files."""
    supplies: tuple[ProductRef, ...] = ()
    """Products that buyers need again and again, such as filters or cloths. Spare parts are in the product's
    `spare_parts`."""
