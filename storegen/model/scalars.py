"""The types of single values in the merchant's files. Each type parses its own text and explains its format.

Values arrive as text exactly as typed. ``parse`` raises ValueError. The report prints the
message after the field's name, and the message says which values are right.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Self
from urllib.parse import urlsplit

from storegen.model.origin import is_address


class Scalar:
    """One value as editors write it.

    *NAME* is its name in the documentation, which uses the first sentence of the docstring as description. *PATTERN* is
    a regular expression (ECMA-262) for the whole text. *EXPECTS* describes the format in errors, and *EXAMPLES* are
    valid values. *NUMBER* has JSON Schema keywords for a value that YAML reads as a number; it is None if numbers are
    not valid.
    """

    __slots__ = ()
    NAME: ClassVar[str]
    PATTERN: ClassVar[str]
    EXPECTS: ClassVar[str]
    EXAMPLES: ClassVar[tuple[str, ...]]
    NUMBER: ClassVar[Mapping[str, int] | None] = None

    @classmethod
    def match(cls, text: str) -> re.Match[str]:
        """Return the match of a text with the pattern. Raises ValueError if the text doesn't match."""
        found = re.fullmatch(cls.PATTERN, text)
        if not found:
            raise cls.fault(text)
        return found

    @classmethod
    def fault(cls, text: str) -> ValueError:
        """Return the error for an invalid text, with the value that was probably meant."""
        meant = cls.meant(text.strip())
        return ValueError(f'expected {cls.EXPECTS}, found "{text}"{f"; write {meant}" if meant else ""}')

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the value that was probably meant by an invalid text, in the right form; empty if it is not clear."""
        return ""


class Matched(Scalar, str):
    """A text that is valid if it matches the pattern."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the text; raises ValueError if it doesn't match the pattern."""
        cls.match(text)
        return cls(text)


class Amount(Scalar, Decimal):
    """An amount of money, written without its currency."""

    NAME = "amount"
    PATTERN = r"[0-9]{1,12}(\.[0-9]{1,4})?"
    EXPECTS = "an amount like 59.00"
    EXAMPLES = ("59.00",)
    NUMBER: ClassVar = {"minimum": 0, "exclusiveMaximum": 10**12}

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the amount; raises ValueError for signs, exponents and more than four decimals."""
        cls.match(text)
        return cls(text)

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the amount in a text with a currency or with other separators."""
        return _meant_amount(text)


_WRITTEN_AMOUNT = re.compile(r"[^\d,.'’+-]*([0-9][0-9\s,.'’]*?)(?:,-|,–|\.-)?[^\d,.'’]*")


# A number with decimals after a comma. Three digits may be decimals or thousands: only 0,270 is clear.
_DECIMALS = re.compile(r"(?:([0-9]+),([0-9]{1,2}|[0-9]{4,})|(0),([0-9]{3}))(?![0-9])")
# A whole number with spaces between thousands, empty decimals or a word such as pcs. 1,000 may be one or a thousand.
_WHOLE = re.compile(r"([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)(?:[.,](?!000(?!0))0+)?\s*(?:[^\W\d_]+\.?)?")


def _with_point(text: str, pattern: str) -> str:
    """Return a number with a decimal point in place of its comma, empty if the result doesn't match *pattern*."""
    found = _DECIMALS.sub(lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}", text)
    return found if re.fullmatch(pattern, found) else ""


def _meant_amount(text: str) -> str:
    """Return the amount in a text with a currency or with other separators: 1250.00 for ``1.250,00 €``.

    Return an empty string if it is not clear. A single comma or point before three digits separates thousands.
    """
    found = _WRITTEN_AMOUNT.fullmatch(text.strip())
    number = re.sub(r"[\s'’]", "", found[1]) if found else ""
    signs = re.findall(r"[,.]", number)
    whole, sign, part = number.rpartition(signs[-1]) if signs else ("", "", number)
    digits = re.sub(r"[,.]", "", whole if sign else part)
    grouped = re.fullmatch(r"[0-9]{1,3}(?:[,.][0-9]{3})+|[0-9]+", whole if sign else part)
    if not grouped or (sign and not 1 <= len(part) <= 3):
        return ""
    if sign and len(part) == 3:
        return f"{digits}{part}" if sign == "," or sign in whole else ""
    return f"{digits}.{part}" if sign else digits


class Percent(Scalar, Decimal):
    """A percentage from 0 to 100."""

    NAME = "percentage"
    PATTERN = r"(100(?:\.0{1,3})?|[0-9]{1,2}(?:\.[0-9]{1,3})?)\s*%?"
    EXPECTS = "a percentage between 0 and 100 like 25.5"
    EXAMPLES = ("25.5",)
    NUMBER: ClassVar = {"minimum": 0, "maximum": 100}

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the percentage with a point in place of a comma."""
        return _with_point(text, cls.PATTERN)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the percentage, with or without a percent sign; raises ValueError above 100."""
        return cls(cls.match(text)[1])


class Count(Scalar, int):
    """A whole number from 0 to 999,999,999."""

    NAME = "count"
    PATTERN = r"[0-9]{1,9}"
    EXPECTS = "a whole number like 12"
    EXAMPLES = ("12",)
    NUMBER: ClassVar = {"minimum": 0, "maximum": 999_999_999, "multipleOf": 1}

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the number without the word after it: 22 for ``22 pcs``."""
        found = _WHOLE.fullmatch(text)
        number = re.sub(r"\s", "", found[1]) if found else ""
        return number if re.fullmatch(cls.PATTERN, number) else ""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the number; raises ValueError for anything but digits."""
        cls.match(text)
        return cls(text)


class Stars(Scalar, int):
    """A rating from 1 to 5."""

    NAME = "rating"
    PATTERN = r"[1-5]"
    EXPECTS = "a rating from 1 to 5"
    EXAMPLES = ("5",)
    NUMBER: ClassVar = {"minimum": 1, "maximum": 5, "multipleOf": 1}

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the rating; raises ValueError if it is not from 1 to 5."""
        cls.match(text)
        return cls(text)


class MeanRating(Scalar, Decimal):
    """A mean of ratings, out of 5."""

    NAME = "mean rating"
    PATTERN = r"5(?:\.0{1,2})?|[0-4](?:\.[0-9]{1,2})?"
    EXPECTS = "a mean from 0 to 5 like 4.8"
    EXAMPLES = ("4.8",)
    NUMBER: ClassVar = {"minimum": 0, "maximum": 5}

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the mean with a point in place of a comma."""
        return _with_point(text, cls.PATTERN)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the mean; raises ValueError above 5."""
        cls.match(text)
        return cls(text)


class Flag(Scalar, int):
    """Yes or no. `true`, `false`, `on` and `off` are accepted too."""

    NAME = "yes or no"
    PATTERN = r"[Yy][Ee][Ss]|[Tt][Rr][Uu][Ee]|[Oo][Nn]|[Nn][Oo]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Ff][Ff]"
    EXPECTS = "yes or no"
    EXAMPLES = ("yes", "no")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return yes or no from any of its spellings; raises ValueError for other words."""
        return cls(cls.match(text)[0].lower() in {"yes", "true", "on"})


class Measure(Scalar, str):
    """An amount with a unit: mg, g, kg, ml, cl, l, mm, cm, m, m2, m3 or piece.

    Stored as ``250 g``.
    """

    __slots__ = ()
    # The size of each unit in its base unit, for comparing 250 g with 1 kg.
    UNITS: ClassVar = {
        "mg": ("g", Decimal("0.001")),
        "g": ("g", Decimal(1)),
        "kg": ("g", Decimal(1000)),
        "ml": ("l", Decimal("0.001")),
        "cl": ("l", Decimal("0.01")),
        "l": ("l", Decimal(1)),
        "mm": ("m", Decimal("0.001")),
        "cm": ("m", Decimal("0.01")),
        "m": ("m", Decimal(1)),
        "m2": ("m2", Decimal(1)),
        "m3": ("m3", Decimal(1)),
        "piece": ("piece", Decimal(1)),
    }
    NAME = "measure"
    PATTERN = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([a-zA-Z]+[23]?)"
    EXPECTS = f"a measure like 250 g ({', '.join(UNITS)})"
    EXAMPLES = ("250 g", "1.5 m")

    @property
    def base(self) -> str:
        """The base unit, in which the value can be compared."""
        unit: str = self.UNITS[self.split(" ")[1]][0]
        return unit

    @property
    def size(self) -> Decimal:
        """The value in its base unit."""
        number, unit = self.split(" ")
        factor: Decimal = self.UNITS[unit][1]
        return Decimal(number) * factor

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the measure with a point in place of a comma, if its unit is known."""
        meant = _with_point(text, cls.PATTERN)
        return meant if meant and re.sub(r"[0-9.\s]*", "", meant, count=1).lower() in cls.UNITS else ""

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the measure as number and lower-case unit; raises ValueError for 0 and for an unknown unit."""
        match = cls.match(text)
        if match[2].lower() not in cls.UNITS or not Decimal(match[1]):
            raise cls.fault(text)
        return cls(f"{match[1]} {match[2].lower()}")


class Weight(Scalar, Decimal):
    """A weight in mg, g, kg, oz or lb.

    Stored in grams.
    """

    GRAMS: ClassVar = {
        "g": Decimal(1),
        "kg": Decimal(1000),
        "mg": Decimal("0.001"),
        "oz": Decimal("28.349523125"),
        "lb": Decimal("453.59237"),
    }
    NAME = "weight"
    PATTERN = r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(g|kg|mg|oz|lb)"
    EXPECTS = "a weight like 4.8 g or 1.2 kg"
    EXAMPLES = ("4.8 g", "1.2 kg")

    @classmethod
    def meant(cls, text: str) -> str:
        """Return the weight with a point in place of a comma."""
        return _with_point(text, cls.PATTERN)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the weight in grams; raises ValueError for an unknown unit."""
        match = cls.match(text)
        return cls(Decimal(match[1]) * cls.GRAMS[match[2]])


class Gtin(Scalar, str):
    """A barcode number (GTIN, EAN, UPC) of 8, 12, 13 or 14 digits with its check digit.

    See the GS1 General Specifications.
    """

    __slots__ = ()
    NAME = "barcode"
    PATTERN = r"[0-9](?:[ -]*[0-9]){7}(?:(?:[ -]*[0-9]){4,6})?"
    EXPECTS = "a barcode of 8, 12, 13 or 14 digits"
    EXAMPLES = ("4006381333931",)
    NUMBER: ClassVar = {"minimum": 1, "maximum": 99_999_999_999_999, "multipleOf": 1}

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the digits; raises ValueError if their number or the check digit is wrong."""
        digits = text.replace(" ", "").replace("-", "")
        if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
            raise cls.fault(text)
        weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
        if weighted % 10:
            raise ValueError(f'expected a barcode whose last digit checks, found "{text}"')
        return cls(digits)


class Url(Scalar, str):
    """An http or https address on the web."""

    __slots__ = ()
    NAME = "web address"
    PATTERN = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s\x22'<>`{}|^\\]+"  # \x22 is a quotation mark
    EXPECTS = "an address like https://example.com/page"
    EXAMPLES = ("https://example.com/page",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the address; raises ValueError for another scheme or an invalid host."""
        if not is_address(text):
            raise cls.fault(text)
        return cls(text)


class SiteUrl(Url):
    """The address of a shop: http or https and a host, without a path."""

    __slots__ = ()
    NAME = "shop address"
    EXPECTS = "an address without a path, like https://shop.example"
    EXAMPLES = ("https://shop.example",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the address; raises ValueError for a path, because pages link from the root of their host."""
        parts = urlsplit(address := super().parse(text, zone))
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise cls.fault(text)
        return address


class Email(Matched):
    """An e-mail address."""

    __slots__ = ()
    NAME = "e-mail address"
    PATTERN = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    EXPECTS = "an e-mail address like hello@example.com"
    EXAMPLES = ("hello@example.com",)


class Slug(Scalar, str):
    """The last part of a page's address: lower-case letters of any script, digits and single hyphens."""

    __slots__ = ()
    NAME = "address part"
    PATTERN = r"[^\s/?#A-Z]{1,200}"  # Python checks the letters of all scripts
    EXPECTS = "an address part like rope-ring"
    EXAMPLES = ("rope-ring",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the address part in Unicode NFC; raises ValueError for capitals, spaces and other signs."""
        if not is_slug(text):
            raise cls.fault(text)
        return cls(unicodedata.normalize("NFC", text))


class LanguageCode(Matched):
    """A language code (BCP 47), with a script or a country if they matter."""

    __slots__ = ()
    NAME = "language code"
    PATTERN = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
    EXPECTS = "a language code like fi or pt-BR"
    EXAMPLES = ("fi", "pt-BR")


class Currency(Matched):
    """An ISO 4217 currency code."""

    __slots__ = ()
    NAME = "currency code"
    PATTERN = r"[A-Z]{3}"
    EXPECTS = "a currency code like EUR"
    EXAMPLES = ("EUR",)


class Country(Matched):
    """An ISO 3166 country code."""

    __slots__ = ()
    NAME = "country code"
    PATTERN = r"[A-Z]{2}"
    EXPECTS = "a country code like FI"
    EXAMPLES = ("FI",)


class Postcodes(Scalar, str):
    """Postcodes: a range, all that begin with the same letters and digits, or a single one.

    Stored without spaces: ``63000-63644``, ``22*``, ``IM11AA``.
    """

    __slots__ = ()
    NAME = "postcodes"
    PATTERN = r"([0-9]{2,10})\s*[-–~]\s*([0-9]{2,10})|([0-9A-Za-z][0-9A-Za-z ]{0,11})(\*?)"
    EXPECTS = "postcodes like 63000-63644, 22* or 22100, without hyphens in a code"
    EXAMPLES = ("63000-63644", "22*")
    NUMBER: ClassVar = {"minimum": 0, "maximum": 10**10 - 1, "multipleOf": 1}

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the postcodes; raises ValueError for a range whose ends differ in length or are in the wrong order."""
        match = cls.match(text)
        first, last = match[1], match[2]
        if first is None:
            return cls(plain_postcode(match[3]) + match[4])
        if len(first) != len(last):
            raise ValueError(f'expected two postcodes with the same number of digits, found "{text}"')
        if last < first:
            raise ValueError(f'expected the lower postcode first, found "{text}"; write {last}-{first}')
        return cls(f"{first}-{last}")

    def include(self, postcode: str) -> bool:
        """Return whether a postcode, as `plain_postcode` returns it, is one of these."""
        if self.endswith("*"):
            return postcode.startswith(self[:-1])
        first, _, last = self.partition("-")
        return len(postcode) == len(first) and first <= postcode <= (last or first)


def plain_postcode(text: str) -> str:
    """Return a typed postcode without spaces and hyphens, in capital letters; full-width digits as usual ones."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())


class Swatch(Scalar, str):
    """What a value of an option looks like: a colour, or a picture of it.

    A colour is stored as ``#7a1f2b``.
    """

    __slots__ = ()
    NAME = "colour or picture file"
    PATTERN = r"#?[0-9a-fA-F]{6}|media/[^\s?#]+\.[A-Za-z0-9]+|https?://[^\s\x22'<>`{}|^\\]+"  # \x22 is a quotation mark
    EXPECTS = 'a colour like "#7a1f2b", or a picture like media/linen.jpg'
    EXAMPLES = ("#7a1f2b", "media/linen.jpg")
    NUMBER: ClassVar = {"minimum": 0, "maximum": 999_999, "multipleOf": 1}  # a colour without its sign, such as 112233

    @property
    def file(self) -> str:
        """The picture's file or address, empty for a colour."""
        return "" if self.startswith("#") else str(self)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the colour in its usual form, or the picture's name; raises ValueError for anything else."""
        cls.match(text)
        return cls(text if "/" in text else f"#{text.lstrip('#').lower()}")


class Names(tuple[str, ...]):
    """One name, or a list of names. *ITEM* is the type of each name; None means any text."""

    __slots__ = ()
    ITEM: ClassVar[type[Scalar] | None] = None

    @classmethod
    def parse(cls, value: object, zone: dt.tzinfo) -> Self:
        """Return one name or a list of names as a tuple; raises ValueError for anything else."""
        names = [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
        if not isinstance(value, str | list) or (isinstance(value, list) and len(names) < len(value)):
            raise ValueError("expected a name, or a list of names")
        return cls(names)


class Slugs(Names):
    """One address part, or a list of them."""

    __slots__ = ()
    ITEM = Slug

    @classmethod
    def parse(cls, value: object, zone: dt.tzinfo) -> Self:
        """Return one address part or a list of them as a tuple; raises ValueError for an invalid one."""
        return cls([Slug.parse(name, zone) for name in Names.parse(value, zone)])


class Focus(Scalar, str):
    """The point of a picture to keep when it is cropped: from the left, and from the top."""

    __slots__ = ()
    NAME = "point"
    PATTERN = r"(100|[0-9]{1,2})%\s+(100|[0-9]{1,2})%"
    EXPECTS = "a point like 50% 30%"
    EXAMPLES = ("50% 30%",)

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return the point with one space between its percentages; raises ValueError above 100 %."""
        match = cls.match(text)
        return cls(f"{match[1]}% {match[2]}%")


_ASCII_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Return whether *text* is valid as one part of an address: words of any script, separated by hyphens."""
    if len(text) <= 200 and _ASCII_SLUG.fullmatch(text):
        return True
    if not text or len(text.encode()) > 200 or text != text.lower():
        return False
    # Vowel signs of Thai, Hindi and others, and separate accents, belong to their letter.
    letters = "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))
    return text[0] == letters[:1] and bool(re.fullmatch(r"[^\W_]+(?:[-_][^\W_]+)*", letters))
