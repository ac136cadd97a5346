"""Share links: plain addresses of each channel, without scripts of others.

The addresses are those that the channels give for links on web pages (2026-11). They were not tried with an account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import msgspec

from storegen.model.share import ShareChannel
from storegen.tracking.campaigns.links import tagged

MEDIUM = "share"  # utm_medium of share links
REFERRAL = "referral"  # utm_medium of the links that people send to friends


class ShareTarget(msgspec.Struct, frozen=True):
    """A channel: its *title*, empty for e-mail, and its address with places for ``{url}`` and ``{text}``."""

    title: str
    link: str


TARGETS: Mapping[ShareChannel, ShareTarget] = {
    "email": ShareTarget("", "mailto:?subject={text}&body={url}"),
    "whatsapp": ShareTarget("WhatsApp", "https://wa.me/?text={text}%20{url}"),
    "telegram": ShareTarget("Telegram", "https://t.me/share/url?url={url}&text={text}"),
    "line": ShareTarget("LINE", "https://social-plugins.line.me/lineit/share?url={url}"),
    "naver": ShareTarget("NAVER", "https://share.naver.com/web/shareView?url={url}&title={text}"),
    "facebook": ShareTarget("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "pinterest": ShareTarget("Pinterest", "https://www.pinterest.com/pin/create/button/?url={url}&description={text}"),
    "x": ShareTarget("X", "https://twitter.com/intent/tweet?url={url}&text={text}"),
    "linkedin": ShareTarget("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "reddit": ShareTarget("Reddit", "https://www.reddit.com/submit?url={url}&title={text}"),
}


def share_links(
    channels: tuple[ShareChannel, ...], page: str, text: str, campaign: str, *, medium: str = MEDIUM
) -> Iterator[tuple[str, str]]:
    """Yield the title and the address of each channel's link to the absolute address *page*, tagged per channel."""
    for channel in channels:
        target = TARGETS[channel]
        tags = {"utm_source": channel, "utm_medium": medium, "utm_campaign": campaign}
        url = quote(tagged(page, tags), safe="")
        yield target.title, target.link.replace("{url}", url).replace("{text}", quote(text, safe=""))
