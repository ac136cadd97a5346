"""Ways to send an order as a text: e-mail, and messengers whose links can contain a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

import msgspec

from storegen.checkout.protocol import Facts
from storegen.checkout.refusals import ALL_OFFERS


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A way to send a text, with the format of its addresses.

    *link* contains ``{to}``, and ends with ``{text}`` if it can contain the text. *longest* is the maximum length of
    the whole address. *pattern* must match the address of the recipient after the characters of *drop* are removed.
    """

    name: str
    title: str
    kind: Literal["mail", "message", "copy"]
    link: str
    longest: int = 0
    pattern: str = ""
    drop: str = ""
    expected: str = ""
    facts: Facts

    def address(self, text: str) -> str:
        """Return the recipient's address in the form for the link, empty if *text* isn't valid."""
        plain = re.sub(self.drop, "", text) if self.drop else text
        return plain if re.fullmatch(self.pattern, plain) else ""

    def start(self, to: str) -> str:
        """Return the link up to the text."""
        return self.link.replace("{text}", "").replace("{to}", quote(to, safe="@+" if self.kind == "mail" else ""))


def _facts(title: str, *, carries: str, source: str, steps: int = 2) -> Facts:
    return Facts(
        title=title,
        cart="yes, storegen's cart",
        options="yes, every variant",
        coupon="yes; storegen's cart calculates codes and all other offers",
        protection="a signature code in each order line, which `storegen verify-order` checks",
        test_mode="send yourself an order",
        without_script=carries,
        source=source,
        offers=ALL_OFFERS,
        steps=steps,
        minutes=2,
    )


MAIL = Post(
    name="order",
    title="E-mail",
    kind="mail",
    link="mailto:{to}?subject={subject}&body={text}",
    longest=1900,  # the length that common mail programs still accept
    facts=_facts("Order by e-mail", carries="yes, one variant at a time", source="RFC 6068", steps=1),
)
WHATSAPP = Post(
    name="whatsapp",
    title="WhatsApp",
    kind="message",
    link="https://wa.me/{to}?text={text}",
    longest=4000,
    pattern=r"[1-9][0-9]{6,14}",
    drop=r"[+() .-]|^\s*00",
    expected="a telephone number with its country code, like +358 40 123 4567",
    facts=_facts(
        "Order by WhatsApp",
        carries="yes, one variant at a time",
        source="faq.whatsapp.com/5913398998672934 (click to chat), 2026",
    ),
)
TELEGRAM = Post(
    name="telegram",
    title="Telegram",
    kind="message",
    link="https://t.me/{to}?text={text}",
    longest=4000,
    pattern=r"[A-Za-z][A-Za-z0-9_]{3,31}",
    drop=r"^@",
    expected="a public user name, like my_shop",
    facts=_facts("Order by Telegram", carries="yes, one variant at a time", source="core.telegram.org/api/links, 2026"),
)
LINE = Post(
    name="line",
    title="LINE",
    kind="message",
    link="https://line.me/R/oaMessage/{to}/?{text}",
    longest=4000,
    pattern=r"@[a-z0-9._-]{3,20}",
    expected="the id of a LINE Official Account, like @my-shop",
    facts=_facts(
        "Order by LINE",
        carries="yes, one variant at a time, in LINE for iOS and Android",
        source="developers.line.biz/en/docs/line-login/using-line-url-scheme, 2026",
    ),
)
KAKAOTALK = Post(
    name="kakaotalk",
    title="KakaoTalk",
    kind="copy",  # a link to a channel's chat can't contain text: the buyer copies and pastes the order
    link="https://pf.kakao.com/{to}/chat",
    pattern=r"_[A-Za-z0-9]{3,20}",
    drop=r"^https?://pf\.kakao\.com/|/(?:chat)?$",
    expected="the id of a KakaoTalk channel, like _ZeUTxl",
    facts=_facts(
        "Order by KakaoTalk",
        carries="the chat opens; the buyer has to type the order",
        source="developers.kakao.com/docs/latest/en/kakaotalk-channel/common, 2026",
    ),
)


class Webmail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail service whose page for a new message accepts the recipient, the subject and the text in its address.

    Neither service documents the address; public code uses it (read on 2026-11-29). *longest* is as in `Post`.
    """

    name: str
    title: str
    link: str
    longest: int


WEBMAILS = (
    Webmail(
        name="gmail",
        title="Gmail",
        link="https://mail.google.com/mail/?view=cm&fs=1&to={to}&su={subject}&body={text}",
        longest=7000,
    ),
    Webmail(
        name="outlook",
        title="Outlook",
        link="https://outlook.live.com/mail/0/deeplink/compose?to={to}&subject={subject}&body={text}",
        longest=2000,
    ),
)
POSTS: Mapping[str, Post] = {post.name: post for post in (MAIL, WHATSAPP, TELEGRAM, LINE, KAKAOTALK)}
