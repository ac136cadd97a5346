"""Links with which readers pass an article on: plain, tagged per channel, and only where site.yaml names channels."""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs, urlsplit

from storegen.model.share import ShareChannel
from storegen.tracking.sharing import TARGETS
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

PAGE = "guides/care/index.html"
CARE: dict[str, str | bytes] = {**FIVE, "content/guides/care.md": "---\ntitle: Care & gifts?\n---\nDry it.\n"}


def built(make_shop: MakeShop, share: str = "") -> Shop:
    shop = make_shop({**CARE, "site.yaml": SITE + share})
    shop.build()
    return shop


def test_every_channel_has_an_address_with_the_place_for_the_page() -> None:
    assert tuple(TARGETS) == get_args(ShareChannel)
    assert [name for name, target in TARGETS.items() if "{url}" not in target.link] == []


def test_links_are_tagged_per_channel_and_the_text_is_escaped(make_shop: MakeShop) -> None:
    shop = built(make_shop, "share: [email, whatsapp, facebook]\n")

    links = shop.html(PAGE).select(".share a")
    assert [link.get_text() for link in links] == ["E-mail", "WhatsApp", "Facebook"]
    mail, chat, feed = (urlsplit(str(link["href"])) for link in links)
    assert parse_qs(mail.query)["subject"] == ["Care & gifts?"]
    page = "https://shop.example/guides/care/?utm_source={}&utm_medium=share&utm_campaign=care"
    assert parse_qs(mail.query)["body"] == [page.format("email")]
    assert parse_qs(chat.query)["text"] == [f"Care & gifts? {page.format('whatsapp')}"]
    assert parse_qs(feed.query)["u"] == [page.format("facebook")]
    canonical = shop.html(PAGE).select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == "https://shop.example/guides/care/"


def test_shop_without_channels_has_no_links(make_shop: MakeShop) -> None:
    assert not built(make_shop).html(PAGE).select(".share")
