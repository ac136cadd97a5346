"""Reviews from the exports of review services and shop systems, found by the meaning of their columns."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from storegen.errors import ContentError, Problem
from storegen.importers.cells import as_words
from storegen.importers.cleaning import cleaned
from storegen.importers.emit import emit_yaml
from storegen.importers.records import Node
from storegen.importers.report import Remark
from storegen.importers.table import Layout, Row, Table, read_table
from storegen.model.origin import is_address
from storegen.model.review import ReplyText

# The names of columns in the templates and help pages of Judge.me, Loox, Yotpo, Stamped and WooCommerce's exports, and
# plain words. None of these exports was made with an account. Columns with addresses of buyers are never read.
NAMES: Mapping[str, tuple[str, ...]] = {
    "rating": ("rating", "review rating", "review score", "review_score", "score", "stars", "star rating"),
    "title": ("title", "review title", "review_title", "headline"),
    "text": (
        *("body", "review body", "review content", "review_content", "review", "review_body", "content", "comment"),
        *("comment_content", "comment content", "message", "text"),
    ),
    "date": (
        *("review_date", "review date", "date", "created_at", "created at", "review creation date", "date_created"),
        *("comment_date", "comment date", "submitted at"),
    ),
    "name": (
        *("reviewer_name", "reviewer name", "reviewer display name", "nickname", "author", "name", "customer name"),
        *("display name", "comment_author", "comment author"),
    ),
    "place": ("location", "reviewer location", "city", "country"),
    "handle": ("product_handle", "product handle", "handle", "product_slug", "product slug"),
    "sku": ("sku", "product_sku", "product sku"),
    "address": ("product_url", "product url", "product link", "url"),
    "product": ("product_title", "product title", "product_name", "product name", "product"),
    "reply": ("reply", "store reply", "reply_content", "reply content", "response", "store response"),
    "replied": ("reply_date", "reply date", "response date"),
    "picture": (
        *("picture_urls", "picture url", "photo_url", "photo url", "published image url(s)", "image url", "image urls"),
        *("photos", "images", "pictures", "image"),
    ),
    "video": ("video_urls", "video url", "video_url", "videos", "video"),
    "verified": ("verified_purchase", "verified purchase", "verified", "verified buyer", "verified_buyer"),
    "language": ("language", "review language", "review_language", "locale", "lang"),
    "rewarded": ("incentivized", "incentivised", "is_incentivized", "is incentivized", "incentive", "rewarded"),
    "state": ("curated", "published", "status", "review status", "review_status", "comment_approved", "state"),
}
_ADVICE = "export the reviews as CSV"
_HIDDEN = frozenset(
    ("spam", "not-yet", "false", "no", "0", "hidden", "rejected", "unpublished", "pending", "trash", "hold")
)
_YES = frozenset(("true", "yes", "1", "y", "verified", "verified buyer", "verified purchase", "buyer"))
_ADDRESS = re.compile(r"https?://[^\s,;|\"'<>]+")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})|(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4})")


class ImportedReviews(msgspec.Struct, frozen=True, kw_only=True):
    """The reviews as they are written to content files, and remarks on what was left out."""

    reviews: tuple[Mapping[str, Node], ...]
    remarks: tuple[Remark, ...]


def read_reviews(
    data: bytes, name: str, products: Mapping[str, str], *, by: str, source: str = "", encoding: str = ""
) -> ImportedReviews:
    """Return the reviews of an export.

    *products* has the product ids by everything that names a product: ids, article numbers, names, last parts of
    addresses, all case-folded. *by* answers reviews. *source* says how the reviews came. Raises ContentError for a file
    without ratings or products, and for dates whose day and month can't be told apart.
    """
    known = frozenset(each for names in NAMES.values() for each in names)
    table = read_table(data, name, Layout(columns=known, advice=_ADVICE, encoding=encoding))
    columns = {field: next((each for each in names if each in table.headers), "") for field, names in NAMES.items()}
    _require(table, columns)
    reader = _Reader(columns, products, _order(table, columns), by, source, list(table.remarks))
    made = [review for row in table.rows if (review := reader.review(row))]
    return ImportedReviews(reviews=tuple(_different(made, reader.remarks)), remarks=tuple(reader.remarks))


def reviews_yaml(reviews: Sequence[Mapping[str, Node]]) -> str:
    """Return reviews as a YAML list, by product and then the newest first."""
    ordered = sorted(
        sorted(reviews, key=lambda each: str(each["date"]), reverse=True), key=lambda each: str(each["product"])
    )
    blocks = (emit_yaml(each).replace("\n", "\n  ").rstrip(" ") for each in ordered)
    return "".join(f"- {block}" for block in blocks)


def _require(table: Table, columns: Mapping[str, str]) -> None:
    found = ", ".join(list(table.headers.values())[:8])
    for field, others in (("rating", ()), ("date", ()), ("handle", ("sku", "address", "product"))):
        if not any(columns[each] for each in (field, *others)):
            what = "a column for the product" if others else f'a column "{NAMES[field][0]}"'
            message = f"expected an export of reviews with {what}, found the columns {found}; {_ADVICE}"
            raise ContentError([Problem(table.name, table.line, "", message)])


class _Reader(msgspec.Struct, frozen=True):
    """Reads rows as reviews. *columns* are the names of columns by field, *order* is that of day and month in dates."""

    columns: Mapping[str, str]
    products: Mapping[str, str]
    order: str
    by: str
    source: str
    remarks: list[Remark]

    def review(self, row: Row) -> Mapping[str, Node]:
        """Return a row as a review, empty with a remark if it can't be one."""
        cell = functools.partial(self._cell, row)
        found: dict[str, Node] = {
            "product": self._product(cell),
            "rating": _stars(cell("rating")),
            "title": as_words(_plain(cell("title"))),
            "text": _plain(cell("text")),
            "name": as_words(_plain(cell("name"))),
            "place": as_words(_plain(cell("place"))),
            "date": _day(cell("date"), self.order),
            "source": self.source,
            "images": tuple(_addresses(cell("picture"))),
            "video": next(iter(_addresses(cell("video"))), ""),
            "language": _language(cell("language")),
            "verified": _is_yes(cell("verified")),
            "reward": "other" if _is_yes(cell("rewarded")) else "",
            "reply": self._reply(row, cell),
        }
        for message, text, wrong in (
            ("reviews that are not public", cell("state"), cell("state").strip().casefold() in _HIDDEN),
            ("reviews of products that the shop doesn't have", self._named(cell), not found["product"]),
            ("reviews without a rating from 1 to 5", cell("rating"), not found["rating"]),
            ("reviews without a date", cell("date"), not found["date"]),
        ):
            if wrong:
                self.remarks.append(Remark(line=row.line, message=message, found=text, dropped=True))
                return {}
        return {field: value for field, value in found.items() if value}

    def _cell(self, row: Row, field: str) -> str:
        return row.get(self.columns[field]) if self.columns[field] else ""

    def _named(self, cell: Callable[[str], str]) -> str:
        return next((text for field in ("handle", "sku", "product", "address") if (text := cell(field))), "")

    def _product(self, cell: Callable[[str], str]) -> str:
        """Return the id of the product that a row names, empty if there is none."""
        texts = [cell("handle"), cell("sku"), cell("product"), _last_part(cell("address"))]
        return next((self.products[key] for text in texts if (key := text.strip().casefold()) in self.products), "")

    def _reply(self, row: Row, cell: Callable[[str], str]) -> Mapping[str, Node]:
        """Return the shop's answer, empty if there is none that everybody may read."""
        reply = _plain(cell("reply"))
        if not reply:
            return {}
        try:
            ReplyText.parse(reply, dt.UTC)
        except ValueError:
            message = "replies that tell who the buyer is"
            self.remarks.append(Remark(line=row.line, message=message, found=reply, dropped=True))
            return {}
        day = _day(cell("replied"), self.order)
        return {"text": reply, "by": self.by, **({"date": day} if day else {})}


def _last_part(address: str) -> str:
    return address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]


def _addresses(text: str) -> list[str]:
    """Return the web addresses in a cell, each once."""
    return list(dict.fromkeys(filter(is_address, _ADDRESS.findall(text))))


def _is_yes(text: str) -> bool:
    return re.sub(r"[-_\s]+", " ", text.strip().casefold()) in _YES


def _language(text: str) -> str:
    """Return the code of a language, such as ``pt-BR`` for pt_BR; empty for anything else, such as its name."""
    found = _LANGUAGE.fullmatch(text.strip())
    return "-".join(filter(None, (found[1].lower(), (found[2] or "").upper()))) if found else ""


def _stars(text: str) -> int:
    """Return the rating, 0 if it is none from 1 to 5. Halves are rounded down, in favour of nobody."""
    found = re.fullmatch(r"\s*([1-5])(?:[.,]\d+)?(?:\s*/\s*5)?\s*", text)
    return int(found[1]) if found else 0


def _plain(text: str) -> str:
    """Return what others wrote as plain text: without markup, scripts and control characters, with its paragraphs."""
    body = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\n", text)
    soup, _ = cleaned(body)
    lines = [" ".join(line.split()) for line in soup.get_text().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _day(text: str, order: str) -> str:
    """Return the day of a moment as an ISO date, empty if there is none. *order* is that of day and month."""
    text = text.strip()
    if found := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        parts = [int(part) for part in found.groups()]
    elif found := _SHORT.match(text):
        one, two, year = (int(part) for part in found.groups())
        parts = [year, two, one] if order == "day" else [year, one, two]
    elif found := _NAMED.search(text):
        month, day, year_text = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        parts = [int(year_text), _MONTHS.get(month[:3].lower(), 0), int(day)]
    else:
        return ""
    try:
        return dt.date(*parts).isoformat()
    except ValueError:
        return ""


def _order(table: Table, columns: Mapping[str, str]) -> str:
    """Return whether dates like 03/04/2026 begin with the ``day`` or the ``month``. Raises ContentError if unclear."""
    short = [(row, found) for row in table.rows if (found := _SHORT.match(row.get(columns["date"]).strip()))]
    if any(int(found[1]) > 12 for _, found in short):
        return "day"
    if not short or any(int(found[2]) > 12 for _, found in short):
        return "month"
    row, found = short[0]
    message = f'in "{found[0]}", nothing tells the day from the month; write the dates as 2026-04-03'
    raise ContentError([Problem(table.name, row.line, table.headers[columns["date"]], message)])


def _different(reviews: Sequence[Mapping[str, Node]], remarks: list[Remark]) -> Iterator[Mapping[str, Node]]:
    """Yield each review once."""
    seen: set[tuple[Node, ...]] = set()
    for review in reviews:
        key = tuple(review.get(field, "") for field in ("product", "date", "name", "text"))
        if key in seen:
            remarks.append(
                Remark(message="reviews that are in the export twice", found=str(review.get("text", "")), dropped=True)
            )
            continue
        seen.add(key)
        yield review
