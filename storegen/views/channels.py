"""Contact channels with the addresses that open them, and the services that a press asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storegen.config import Config
from storegen.model.chat import Chat, chat_of
from storegen.model.company import Channel
from storegen.model.origin import origin_of
from storegen.views.cards import person_tag
from storegen.views.contexts.page import ChannelLine, CompanyBox
from storegen.views.promises import fill
from storegen.views.shop import Shop

_CHANNEL_HREF = {
    "email": "mailto:{}",
    "phone": "tel:{}",
    "whatsapp": "https://wa.me/{}",
    "telegram": "https://t.me/{}",
    "kakaotalk": "https://open.kakao.com/o/{}",
    "line": "https://line.me/R/ti/p/{}",
}


def channel_lines(shop: Shop, company: CompanyBox) -> tuple[ChannelLine, ...]:
    """Return the contact channels of the shop, those of the company if site.yaml lists none."""
    return tuple(_line(shop, channel) for channel in shop.config.channels) or _company_channels(shop, company)


def chats_of(config: Config) -> Iterator[Chat]:
    """Yield the chats of a shop."""
    for channel in config.channels:
        if channel.service:
            yield chat_of(channel.service, channel.value, channel.link)


def chat_origins(config: Config) -> tuple[str, ...]:
    """Return the origins of the chats that pages show in a frame."""
    return tuple(origin_of(chat.page) for chat in chats_of(config) if chat.framed)


def _company_channels(shop: Shop, company: CompanyBox) -> tuple[ChannelLine, ...]:
    """Return the channels of a shop that lists none: the company's phone, e-mail with answering time, and address."""
    hours = shop.config.answer_hours
    answer = {"email": shop.word("footer.answer", count=hours)} if hours else {}
    found = (
        ("phone", company.phone, company.phone_href),
        ("email", company.email, f"mailto:{company.email}"),
        ("visit", company.address if company.hours else "", ""),
        ("post", "" if company.hours else company.address, ""),
    )
    return tuple(
        ChannelLine(kind=kind, name="", text=text, href=href, answer=answer.get(kind, ""))
        for kind, text, href in found
        if text
    )


def _line(shop: Shop, channel: Channel) -> ChannelLine:
    chat = chat_of(channel.service, channel.value, channel.link) if channel.service else None
    return ChannelLine(
        kind=channel.kind,
        name=channel.name,
        text=shop.word("chat.open") if chat else channel.value or channel.name,
        href=chat.page if chat else _href(shop, channel),
        answer=fill(shop, channel.answer),
        person=person_tag(shop, shop.content.people.get(channel.person)),
        service=chat.title if chat else "",
        player=chat.page if chat and chat.framed else "",
    )


def _href(shop: Shop, channel: Channel) -> str:
    """Return the address that opens a channel, empty if it has none."""
    if channel.link:
        return shop.target(channel.link)
    value = re.sub(r"[^+0-9]", "", channel.value) if channel.kind == "phone" else channel.value
    if channel.kind == "whatsapp":
        value = re.sub(r"[^0-9]", "", channel.value)
    return _CHANNEL_HREF.get(channel.kind, "").format(value)
