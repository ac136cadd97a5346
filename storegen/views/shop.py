"""The input of views: the shop's content in one language at one moment, and the addresses of pages and files."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from storegen.addresses import copy_address
from storegen.alphabet import sort_key
from storegen.checkout import Checkout
from storegen.config import MENU, Config
from storegen.duties.binding import binding, drawn_pages
from storegen.duties.duty import Duty
from storegen.duties.words import SELLER_TITLES, in_language, withdrawal_words
from storegen.forms import KINDS as FORM_KINDS
from storegen.locale import with_fallback, word_text
from storegen.markdown.links import find_references
from storegen.model.article import Article
from storegen.model.brand import SEVERAL as SEVERAL_BRANDS
from storegen.model.brand import Brand, brand_key
from storegen.model.category import Category
from storegen.model.clock import Clock
from storegen.model.content_types import BY_NAME, INDEXES, LINKED
from storegen.model.delivery import Method
from storegen.model.endorsement import KINDS as ENDORSEMENTS
from storegen.model.endorsement import Endorsement
from storegen.model.offer import Offer, runs
from storegen.model.price import Pricing
from storegen.model.product import SEVERAL as SEVERAL_PRODUCTS
from storegen.model.record import Content
from storegen.model.store import LocalizedContent, Store
from storegen.references import DRAWN, FORM, KINDS, PARTS, split_reference, text_fragment
from storegen.tracking import carrier_name
from storegen.views.contexts.parts import Link
from storegen.views.image_variants import ThemeSettings, largest_variant, responsive_picture

# Each file takes time in every build. For a shop with more products there is the product feed.
_MARKDOWN = 1000


class Shop(msgspec.Struct, frozen=True, dict=True):
    """A shop in one language at one moment: the argument of every view.

    A *preview* is a copy that search engines must not list.
    """

    store: Store
    content: LocalizedContent
    config: Config
    clock: Clock
    provider: Checkout
    theme: ThemeSettings
    languages: tuple[str, ...]
    preview: bool = False

    @property
    def language(self) -> str:
        """The language of this content."""
        return self.content.language

    @property
    def own_cart(self) -> bool:
        """Whether the shop's own cart calculates the total of every cart, not a provider."""
        return self.provider.adds_up

    @functools.cached_property
    def pricing(self) -> Pricing:
        """The inputs of price calculation."""
        return self.content.pricing(self.clock)

    @functools.cached_property
    def cart_offers(self) -> tuple[Offer, ...]:
        """The offers that the cart calculates, sorted by id. The browser's clock decides which ones are running."""
        found = (offer for offer in self.content.offers.values() if offer.kind != "sale")
        return tuple(sorted(found, key=lambda offer: offer.id))

    @functools.cached_property
    def badge_offers(self) -> tuple[Offer, ...]:
        """The running offers with a badge, sorted by id."""
        found = (offer for offer in self.content.offers.values() if offer.badge and runs(offer, self.clock))
        return tuple(sorted(found, key=lambda offer: offer.id))

    @functools.cached_property
    def others(self) -> Mapping[str, Shop]:
        """The shop in each of its languages, this one included."""
        content = self.store.localized
        return {
            language: self if language == self.language else replace(self, content=content[language])
            for language in self.languages
        }

    @functools.cached_property
    def children(self) -> Mapping[str, list[Category]]:
        """The listed direct subcategories of each category, in their order, without those that have a rule."""
        found: dict[str, list[Category]] = {}
        listed = [each for each in self.content.categories.values() if each.status == "published" and not each.rule]
        for each in sorted(listed, key=lambda each: (each.order, self.sort_key(each.name), each.id)):
            found.setdefault(each.parent, []).append(each)
        return found

    @functools.cached_property
    def ruled(self) -> tuple[Category, ...]:
        """The categories that show products by a rule."""
        return tuple(each for each in self.content.categories.values() if each.rule)

    @property
    def tracked(self) -> bool:
        """Whether the shop has a tracking page: site.yaml names carriers, and the theme has a template for it."""
        return bool(self.config.tracking.carriers) and "track" in self.theme.pages

    @functools.cached_property
    def duties(self) -> Mapping[str, Duty]:
        """The duties of the law that bind this shop, by id, without those that site.yaml turns off."""
        off = self.config.duties.off
        return {name: duty for name, duty in binding(self.config).items() if name not in off}

    def drawn_page(self, kind: str) -> str:
        """Return the address of a page that a duty asks for, empty if there is none.

        A page of the merchant with this layout takes the place of the one that storegen draws, except for the form of
        the ``withdrawal``.
        """
        pages = (page for page in self.content.pages.values() if page.status == "published")
        own = (page for page in pages if page.layout == kind or (page.id == "imprint" and kind == "seller"))
        if kind != "withdrawal" and (found := next(own, None)) is not None:
            return self.href("page", found)
        return self.at(kind) if kind in drawn_pages(self.config) and "duty" in self.theme.pages else ""

    @functools.cached_property
    def lists_categories(self) -> bool:
        """Whether the shop has a page of all categories: more with products than fit in a menu, and a template."""
        tops = self.children.get("", ())
        if len(tops) <= MENU or "categories" not in self.theme.pages:
            return False
        rows = (row for row in self.content.products.rows.values() if row.status == "published")
        names = {need[9:] for row in rows for need in row.references if need.startswith("category:")}
        filled = {found.id.partition("/")[0] for name in names if (found := self.content.category_named(name))}
        return sum(each.id in filled for each in tops) > MENU

    @functools.cached_property
    def helps(self) -> bool:
        """Whether the shop has a help page: there are guides or answers, and the theme has a template."""
        pages = (page for page in self.content.pages.values() if page.status == "published")
        listed = (guide for guide in self.published_guides.values() if guide.status == "published")
        return "help" in self.theme.pages and any((*(page.questions for page in pages), *listed))

    def carrier_of(self, method: Method) -> str:
        """Return the name of the carrier of a delivery method, empty if the method names none."""
        return carrier_name(method.carrier, self.config.tracking) if method.carrier else ""

    @property
    def searched(self) -> bool:
        """Whether the shop has a search: the theme has a page for it, and site.yaml doesn't turn it off."""
        return bool(self.config.search) and "search" in self.theme.pages

    @property
    def saves(self) -> bool:
        """Whether visitors can save products: the theme has a page for them, and site.yaml doesn't turn it off."""
        return bool(self.config.saved_products) and "saved" in self.theme.pages and bool(self.content.products)

    @property
    def has_markdown(self) -> bool:
        """Whether products, guides and posts are also there as Markdown."""
        return bool(self.config.llms_txt) and not self.preview and len(self.content.products) <= _MARKDOWN

    def sort_key(self, name: str) -> str:
        """Return the key of a name in lists, by the customs of this language."""
        return sort_key(name, self.language)

    def word(self, key: str, *, count: int | None = None, **values: object) -> str:
        """Return a text of the theme in this shop's language, empty if the theme has none. Fill in the *values*."""
        return word_text(self.theme.words[self.language].get(key, ""), self.language, count=count, **values)

    @functools.cached_property
    def language_name(self) -> str:
        """The name of the language, and its currency in a shop with several: ``Svenska (SEK)``."""
        name, several = self.word("meta.name"), len({each.currency for each in self.store.localized.values()}) > 1
        return f"{name} ({self.content.currency})" if several else name

    @property
    def tax_name(self) -> str:
        """The name of the tax: that of site.yaml, or else the theme's word in this language."""
        return self.config.tax.name or self.word("price.tax") or "VAT"

    def absolute(self, href: str) -> str:
        """Return the absolute address, with the site's origin before *href*."""
        return f"{self.config.base_url}{href}"

    def at(self, kind: str, slug: str = "") -> str:
        """Return the address of a page in this shop's language."""
        return self.content.addresses.of(kind, slug)

    def href(self, kind: str, record: Content) -> str:
        """Return the address of a record in this shop's language."""
        return self.at(kind, self.content.slug_path(kind, record.id))

    def product_href(self, name: str) -> str:
        """Return the address of the product with this id, empty if it doesn't exist."""
        row = self.content.products.rows.get(name)
        return "" if row is None else self.at("product", row.slug or name)

    def text_language(self, record: object) -> str:
        """Return the language of a record's text if it differs from the page's language, else an empty string."""
        language: str = getattr(record, "language", "")
        return "" if language in with_fallback(self.language) else language

    @functools.cached_property
    def endorsements(self) -> tuple[Endorsement, ...]:
        """What others say of the shop, by kind and then in their order, without what has expired."""
        found = [each for each in self.content.endorsements.values() if each.is_public(self.clock)]
        return tuple(
            sorted(
                found, key=lambda each: (ENDORSEMENTS.index(each.kind), each.order, self.sort_key(each.name), each.id)
            )
        )

    @functools.cached_property
    def listed_brands(self) -> tuple[Brand, ...]:
        """The brands that lists show, in their order."""
        listed = [each for each in self.content.brands.values() if each.status == "published"]
        return tuple(sorted(listed, key=lambda each: (each.order, self.sort_key(each.name), each.id)))

    @functools.cached_property
    def lists_products(self) -> bool:
        """Whether the shop has pages with the names of all products: there are many, and the theme has a template."""
        rows = self.content.products.rows.values()
        return "products" in self.theme.pages and sum(row.status == "published" for row in rows) > SEVERAL_PRODUCTS

    @property
    def lists_brands(self) -> bool:
        """Whether the shop has a page with its brands: there are several, and the theme has a template."""
        return len(self.listed_brands) >= SEVERAL_BRANDS and "brands" in self.theme.pages

    @functools.cached_property
    def _brands_by_name(self) -> Mapping[str, Brand]:
        """The brands with a page by `brand_key`: of their names in this language and in the shop's first one."""
        own = self.content.brands if "brand" in self.theme.pages else {}
        first = {brand_key(each.name): own[each.id] for each in self.store.home.brands.values() if each.id in own}
        return {**first, **{brand_key(each.name): each for each in own.values()}}

    def brand_named(self, name: str) -> Brand | None:
        """Return the brand with this name, None if it has no page."""
        return self._brands_by_name.get(brand_key(name)) if name and self._brands_by_name else None

    @property
    def published_posts(self) -> Mapping[str, Article]:
        """The posts whose date has come."""
        return self._public["post"]

    @property
    def published_guides(self) -> Mapping[str, Article]:
        """The guides whose date has come."""
        return self._public["guide"]

    @functools.cached_property
    def _public(self) -> Mapping[str, Mapping[str, Any]]:
        """The records with public pages, by content type. Of types with many records, all are included."""
        records = self.content.records
        return {
            kind: records[kind]
            if BY_NAME[kind].many
            else {name: each for name, each in records[kind].items() if each.is_public(self.clock)}
            for kind in LINKED
        }

    def target(self, reference: str) -> str:
        """Return the address of a checked reference, empty if its target isn't published (yet)."""
        kind, name, fragment = split_reference(reference)
        found: str | None
        match kind:
            case "web" | "mail":
                return reference
            case "fragment":
                return _in_page(fragment)
            case "address":
                return self._address(name, fragment)
            case "media":
                return self._file(name) + fragment
            case "form" | "track" | "categories" | "support" | "endorsements" | "withdrawal" | "guarantee" | "seller":
                found = self._made(kind, name)
            case "category":
                category = self.content.category_named(name)
                found = None if category is None else self.href("category", category)
            case "product":
                found = self.product_href(name)
            case _ if kind in INDEXES:
                there = {"brands": self.lists_brands, "products": self.lists_products}.get(kind, True)
                found = self.at(INDEXES[kind]) if there else ""
            case _:
                record = self.records(kind).get(name) if kind in KINDS else None
                found = None if record is None else self.href(kind, record)
        return found + _in_page(fragment, self._parts(kind, name)) if found else ""

    def _made(self, kind: str, name: str) -> str:
        """Return the address of a page that the theme makes without a file, empty if the shop doesn't have it."""
        if kind == "form":
            href = self.form_href(name)
            return f"{href}#form-contact" if href and href == self.contact_page else href
        if kind in DRAWN:
            return self.drawn_page(kind)
        there = {
            "track": self.tracked,
            "categories": self.lists_categories,
            "support": self.helps,
            "endorsements": bool(self.endorsements) and "endorsements" in self.theme.pages,
        }
        return self.at(kind) if there[kind] else ""

    def _parts(self, kind: str, name: str) -> tuple[str, ...]:
        """Return the parts of a page that links may name. Other fragments refer to ids in the page's text."""
        if kind == "product":
            return PARTS
        return ("questions",) if kind == "page" and self.content.pages[name].questions else ()

    @functools.cached_property
    def contact_page(self) -> str:
        """The address of the page with the contact form, empty if there is none."""
        pages = (page for page in self.content.pages.values() if page.boxes == "contact" and page.status == "published")
        return next((self.href("page", page) for page in pages), "")

    def form_href(self, kind: str) -> str:
        """Return the address of the page with a kind of form, empty if the shop doesn't have that form.

        Withdrawals have the page that the law asks for. The contact page takes questions about a product too, if both
        go to the same place.
        """
        address = self.config.form_address(kind)
        if kind in {"contact", "question"} and address == self.config.form_address("contact") and self.contact_page:
            return self.contact_page if address else ""
        if kind == "withdrawal" and address and (drawn := self.drawn_page(kind)):
            return drawn
        own = address and "form" in self.theme.pages
        return self.at("form", FORM_KINDS[kind].slug) if own else ""

    def linked(self, line: str) -> str:
        """Return a line of Markdown with its references replaced by addresses."""
        for found in find_references(line):
            kind, _, _ = split_reference(found.target)
            if kind not in {"web", "mail", "fragment", "unknown"}:
                line = _with_target(line, found.target, self.target(found.target))
        return line

    def _file(self, name: str) -> str:
        """Return the address of a file in content/media: the largest width of a picture, any other file itself."""
        media = self.store.media[name]
        if not media.width:
            return copy_address(media)
        return largest_variant(responsive_picture(media, self.theme))

    def _address(self, place: str, fragment: str) -> str:
        """Return a page's canonical address, with the closing slash; empty if the page isn't published (yet)."""
        if f"{place.rstrip('/')}/" in self._withheld:
            return ""
        if "." in place.rpartition("/")[2]:
            return place + fragment
        return (place if place.endswith("/") else f"{place}/") + _in_page(fragment)

    @functools.cached_property
    def _withheld(self) -> frozenset[str]:
        """The addresses of drafts that something links to, and of articles whose date hasn't come."""
        later = (
            other.href(kind, record)
            for other in self.others.values()
            for kind in ("guide", "post")
            for name, record in other.content.records[kind].items()
            if name not in other.records(kind)
        )
        return self.store.withheld.union(later)

    def records(self, kind: str) -> Mapping[str, Content]:
        """Return the records of a content type with public pages. Articles are included from their date on."""
        return self._public[kind]

    def link(self, reference: str, text: str = "", icon: str = "") -> Link | None:
        """Return a link to the target of a reference, labelled *text* or with the target's own name."""
        href = self.target(reference)
        return Link(text=text or self.name_of(reference), href=href, icon=icon) if href else None

    def guide_link(self, name: str) -> Link | None:
        """Return a link to a guide, labelled with its full title, None if the guide isn't published."""
        guide = self.published_guides.get(name)
        return None if guide is None else Link(text=guide.title, href=self.href("guide", guide))

    def name_of(self, reference: str) -> str:
        """Return the name of the target of a reference."""
        kind, name, _ = split_reference(reference)
        if kind in INDEXES:
            return self.word(f"nav.{kind}")
        if kind == FORM:
            return self.word(f"form.{name}_title")
        if kind in {"track", "categories", "support", "endorsements", *DRAWN}:
            return drawn_title(self, kind) if kind in DRAWN else self.word(f"{kind}.title")
        if kind == "category":
            category = self.content.category_named(name)
            return category.name if category else name
        record = self.records(kind).get(name) if kind in KINDS else None
        for field in ("name", "short", "title"):
            if found := getattr(record, field, ""):
                return str(found)
        return reference


def drawn_title(shop: Shop, kind: str) -> str:
    """Return the title of a page that a duty asks for: the words of the law in this language, if it fixes them."""
    if kind == "withdrawal":
        return withdrawal_words(shop.language).open
    own = SELLER_TITLES.get(shop.config.company.country, {}) if kind == "seller" else {}
    found = in_language(own, shop.language)
    return found[1] if found else shop.word(f"{kind}.title")


def _in_page(fragment: str, parts: tuple[str, ...] = PARTS) -> str:
    """Return a fragment with ``#`` that leads to one of the *parts* of a page or to an id in its text."""
    return f"#{text_fragment(fragment[1:], parts)}" if fragment else ""


def _with_target(line: str, reference: str, address: str) -> str:
    """Return a line of Markdown with *address* in place of *reference*, where that is a link's entire target."""
    return re.sub(rf"\({re.escape(reference)}(?=[\s)])", lambda _: f"({address}", line)
