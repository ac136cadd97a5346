"""The tools that count visits: what each needs to know of the merchant's account."""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

from storegen.model.record import Record
from storegen.model.scalars import Flag, Matched, Url

_PATH = re.compile(r"/(?!/)[A-Za-z0-9._~/-]*")


class Domain(Matched):
    """A domain, without ``https://`` and path."""

    __slots__ = ()
    FORM = r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}"
    SAYS = 'expected the site\'s domain in Plausible, such as my-shop.example; found "{}"'


class Place(str):
    """An address on the web, or a path on the shop's own host such as ``/js/script.js``."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zone: dt.tzinfo) -> Self:
        try:
            return cls(text if _PATH.fullmatch(text) else Url.parse(text, zone))
        except ValueError:
            raise ValueError(
                f'expected an address like https://stats.example or a path on this host like /stats/, found "{text}"'
            ) from None


class MeasurementId(Matched):
    """The id of a web data stream of Google Analytics 4."""

    __slots__ = ()
    FORM = r"G-[A-Z0-9]{6,20}"
    SAYS = 'expected the measurement id of Google Analytics (Admin, Data streams), such as G-AB12CD34EF; found "{}"'


class PixelId(Matched):
    """The number of a Meta pixel."""

    __slots__ = ()
    FORM = r"[0-9]{8,20}"
    SAYS = 'expected the number of the pixel (Meta Events Manager, Data sources), found "{}"'


class SiteNumber(Matched):
    """The number of a website in Matomo."""

    __slots__ = ()
    FORM = r"[1-9][0-9]{0,8}"
    SAYS = 'expected the number of the site in Matomo (Settings, Websites), found "{}"'


class WebsiteId(Matched):
    """The id of a website in Umami."""

    __slots__ = ()
    FORM = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    SAYS = (
        "expected the website's id in Umami (Settings, Websites, Edit), such as "
        '94db1cb1-74f4-4a40-ad6c-962362670409; found "{}"'
    )


class Plausible(Record, frozen=True, kw_only=True):
    """Plausible, its own or a self-hosted one; *domain* defaults to the shop's.

    *script* is the address in the snippet that Plausible shows, or a path where the merchant's host passes it on; *api*
    is then where events go.
    """

    domain: Domain | None = None
    host: Url = Url("https://plausible.io")
    script: Place | None = None
    api: Place | None = None


class Matomo(Record, frozen=True, kw_only=True):
    """A Matomo at *url*; without *cookies* it asks nobody for consent."""

    url: Place
    site: SiteNumber
    cookies: Flag = Flag(0)


class Ga4(Record, frozen=True, kw_only=True):
    """Google Analytics 4; with *ads* its data may serve advertising too."""

    id: MeasurementId
    ads: Flag = Flag(0)


class MetaPixel(Record, frozen=True, kw_only=True):
    """The pixel of Facebook and Instagram."""

    id: PixelId


class Umami(Record, frozen=True, kw_only=True):
    """Umami's cloud or a self-hosted one; *script* may be a path where the merchant's host passes it on."""

    website: WebsiteId
    host: Url = Url("https://cloud.umami.is")
    script: Place | None = None


class Analytics(Record, frozen=True, kw_only=True):
    """The tools in use; none unless the merchant names one."""

    plausible: Plausible | None = None
    umami: Umami | None = None
    matomo: Matomo | None = None
    ga4: Ga4 | None = None
    meta: MetaPixel | None = None
