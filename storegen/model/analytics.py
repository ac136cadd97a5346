"""The settings of the analytics tools that count visits."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar, Self

from storegen.model.origin import is_address
from storegen.model.record import Record
from storegen.model.scalars import Flag, Matched, Scalar, Url

_PATH = r"/(?!/)[A-Za-z0-9._~/-]*"


class Domain(Matched):
    """A domain, without ``https://`` and path."""

    __slots__ = ()
    NAME = "domain"
    PATTERN = r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}"
    EXPECTS = "the site's domain in Plausible, such as my-shop.example"
    EXAMPLES = ("my-shop.example",)


class Place(Scalar, str):
    """An address on the web, or a path on the shop's own host."""

    __slots__ = ()
    NAME = "web address or path"
    PATTERN = rf"{_PATH}|{Url.PATTERN}"
    EXPECTS = "an address like https://stats.example or a path on this host like /stats/"
    EXAMPLES = ("https://stats.example", "/js/script.js")

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        """Return a path on the shop's host or a web address; raises ValueError for any other text."""
        if not re.fullmatch(_PATH, text) and not is_address(text):
            raise cls.fault(text)
        return cls(text)


class MeasurementId(Matched):
    """The id of a web data stream of Google Analytics 4."""

    __slots__ = ()
    NAME = "measurement id"
    PATTERN = r"G-[A-Z0-9]{6,20}"
    EXPECTS = "the measurement id of Google Analytics (Admin, Data streams), such as G-AB12CD34EF"
    EXAMPLES = ("G-AB12CD34EF",)


class PixelId(Matched):
    """The number of a Meta pixel."""

    __slots__ = ()
    NAME = "pixel number"
    PATTERN = r"[0-9]{8,20}"
    EXPECTS = "the number of the pixel (Meta Events Manager, Data sources)"
    EXAMPLES = ("123456789012345",)
    NUMBER: ClassVar = {"minimum": 10_000_000, "multipleOf": 1}


class SiteNumber(Matched):
    """The number of a website in Matomo."""

    __slots__ = ()
    NAME = "site number"
    PATTERN = r"[1-9][0-9]{0,8}"
    EXPECTS = "the number of the site in Matomo (Settings, Websites)"
    EXAMPLES = ("1",)
    NUMBER: ClassVar = {"minimum": 1, "maximum": 999_999_999, "multipleOf": 1}


class WebsiteId(Matched):
    """The id of a website in Umami."""

    __slots__ = ()
    NAME = "website id"
    PATTERN = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    EXPECTS = "the website's id in Umami (Settings, Websites, Edit), such as 94db1cb1-74f4-4a40-ad6c-962362670409"
    EXAMPLES = ("94db1cb1-74f4-4a40-ad6c-962362670409",)


class Plausible(Record, frozen=True, kw_only=True):
    """Plausible, in its cloud or on your own server."""

    domain: Domain | None = None
    """The site's domain in Plausible. Default: the shop's domain."""
    host: Url = Url("https://plausible.io")
    """The address of your own Plausible server, if you have one."""
    script: Place | None = None
    """The script's address in the code that Plausible shows you. For programmers: also a path on your own server
    that forwards to it."""
    api: Place | None = None
    """For programmers: the address that visits are sent to, if `script` is a path on your own server."""


class Matomo(Record, frozen=True, kw_only=True):
    """Matomo, in its cloud or on your own server."""

    url: Place
    """The address of your Matomo."""
    site: SiteNumber
    """The site's number in Matomo."""
    cookies: Flag = Flag(0)
    """`yes`: Matomo sets cookies. Visitors are then asked for consent first."""


class Ga4(Record, frozen=True, kw_only=True):
    """Google Analytics 4. Visitors are asked for consent first."""

    id: MeasurementId
    """The measurement id of the web data stream."""
    ads: Flag = Flag(0)
    """`yes`: Google may also use the data for advertising."""


class MetaPixel(Record, frozen=True, kw_only=True):
    """The pixel of Facebook and Instagram. Visitors are asked for consent first."""

    id: PixelId
    """The pixel's number."""


class Umami(Record, frozen=True, kw_only=True):
    """Umami, in its cloud or on your own server."""

    website: WebsiteId
    """The website's id in Umami."""
    host: Url = Url("https://cloud.umami.is")
    """The address of your own Umami server, if you have one."""
    script: Place | None = None
    """The script's address in the code that Umami shows you. For programmers: also a path on your own server that
    forwards to it."""


class Analytics(Record, frozen=True, kw_only=True):
    """The tools that count visits. By default none is used."""

    plausible: Plausible | None = None
    """Plausible."""
    umami: Umami | None = None
    """Umami."""
    matomo: Matomo | None = None
    """Matomo."""
    ga4: Ga4 | None = None
    """Google Analytics 4."""
    meta: MetaPixel | None = None
    """The pixel of Facebook and Instagram."""
