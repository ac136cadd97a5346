"""Categories: a tree with texts, pictures and help for choosing a product."""

from __future__ import annotations

from collections.abc import Mapping

from storegen.model.duties import Goods
from storegen.model.picture import Image, Ratio, as_image
from storegen.model.record import Content, Record, Status
from storegen.model.scalars import Amount, Count, Flag, Names, Slug
from storegen.model.support import Support
from storegen.model.text import (
    GuideRef,
    Inline,
    Line,
    Link,
    Markdown,
    PictureFile,
    ProductRef,
    TranslatedLine,
    TranslatedSlug,
    TranslatedText,
)


class FaqEntry(Record, frozen=True, kw_only=True):
    """A question that visitors often ask before they choose, with a short answer."""

    title: TranslatedLine
    """The question."""
    text: Inline
    """The answer."""
    link: Link = ""
    """The page with more about this."""


class Editorial(Record, frozen=True, kw_only=True):
    """A card among the products that links to a text."""

    title: TranslatedLine
    """The title."""
    text: Inline
    """One or two sentences."""
    link: Link
    """The page that the card leads to."""
    link_text: TranslatedLine = ""
    """The words of the link. Default: the name of the linked page."""
    image: PictureFile | Image
    """The picture."""


class Rule(Record, frozen=True, kw_only=True):
    """Which products a category shows. A product must meet every condition."""

    products: tuple[ProductRef, ...] = ()
    """Only these products, in this order."""
    options: Mapping[Line, Names] = {}
    """Options with one value or several: `{Size: 17}`, `{Colour: [Red, Blue]}`. One article must have
    one of the values of each option."""
    specs: Mapping[Line, Names] = {}
    """Specs with one value or several: `{Power: [40 W, 60 W]}`. Names and values are those of the products'
    own files."""
    brands: tuple[Line, ...] = ()
    """Products of one of these brands."""
    tags: tuple[Line, ...] = ()
    """Products with one of these tags."""
    price_from: Amount | None = None
    """The lowest price, in the shop's first currency. It is compared with the price on the product's card."""
    price_below: Amount | None = None
    """Products that cost less than this amount."""
    rating: Amount | None = None
    """Products with at least this mean rating, such as `4.5`."""
    on_sale: Flag = Flag(0)
    """`yes`: products whose price is reduced now."""
    in_stock: Flag = Flag(0)
    """`yes`: products that can be sent now."""
    newest: Count = Count(0)
    """This number of products: those with the latest `added`, the newest first. Default: all."""
    bestselling: Count = Count(0)
    """This number of products: those that sold most, by [content/sales.csv](#bestsellers). Default: all."""


class Category(Content, frozen=True, kw_only=True):
    """A category. *id* is its path in the tree, such as ``rings/bands``."""

    FORMER_NAMES = {"doubts": "faq"}

    name: TranslatedLine
    """The category's name."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    order: Count = Count(1000)
    """The position among the categories on the same level. Categories with the same number are sorted by name."""
    summary: Inline = ""
    """One or two sentences above the products."""
    body: Markdown = ""
    """A text below the products. In a Markdown file, write this text below the last `---` line."""
    image: PictureFile | Image | None = None
    """The picture in lists of categories."""
    guide: GuideRef = ""
    """The guide that helps buyers to choose."""
    columns: Count = Count(4)
    """The number of products in a row on a wide screen: 2, 3 or 4."""
    tile: Ratio | None = None
    """The ratio of the products' pictures on this page, width to height, such as `4:5` for clothes. Default: the
    shop's, see `theme` in site.yaml."""
    facets: tuple[TranslatedLine, ...] | None = None
    """The filters above the products: names of options and specs, or `price`, `brand`, `rating`, `stock`, `sale`,
    `tags`. Default: see [filters](#filters). `[]` shows none."""
    editorial: Editorial | None = None
    """A card between the products, with a link to a text."""
    faq: tuple[FaqEntry, ...] = ()
    """Up to three short answers below the products."""
    goods: Goods | None = None
    """The group of goods of these products and those of its subcategories, for [duties of the law](duties.md): `toys`,
    `food` and so on."""
    care: Markdown | Mapping[TranslatedLine, Markdown] = ""
    """How to care for these products. Shown for products without their own `care`."""
    support: Support | None = None
    """Help after the sale, for products without their own. See [support](#support)."""
    rule: Rule | None = None
    """The products that this category shows by itself: see [collections](#collections). Below another category, it
    takes only that category's products."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def parent(self) -> str:
        """The id of the parent category; empty at the top."""
        return self.id.rpartition("/")[0]

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)
