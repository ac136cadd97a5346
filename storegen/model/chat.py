"""Chat services, as data. Each has a page of its own for a chat, which a shop's page can show in a frame.

The shop's pages ask nothing of a service before a visitor presses. A frame also keeps the service's scripts and styles
out of the shop's pages, so that their policy for content stays strict. None of this was tried with an account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

import msgspec

ChatName = Literal["crisp", "tawk", "tidio", "chatwoot"]


class ChatService(msgspec.Struct, frozen=True, kw_only=True):
    """A chat service.

    *pattern* is a regular expression for the shop's id there, *example* such an id, *place* where merchants find it.
    *page* is the address of the chat: ``{id}`` stands for the id, ``{server}`` for the address of the service, which is
    *server* unless the shop runs its own. *framed* says whether pages may show it in a frame; others open it in a new
    tab.
    """

    title: str
    pattern: str
    example: str
    place: str
    page: str
    server: str
    framed: bool = True


class Chat(msgspec.Struct, frozen=True):
    """A chat of a shop: the service's name, the address of the chat, and whether a frame may show it."""

    title: str
    page: str
    framed: bool


CHATS: Mapping[ChatName, ChatService] = {
    # The link to the chat box alone (help.crisp.chat, and frames in public code, 2026-11).
    "crisp": ChatService(
        title="Crisp",
        pattern=r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        example="01234567-89ab-cdef-0123-456789abcdef",
        place="Settings, Setup instructions: the website ID",
        page="{server}/chat/embed/?website_id={id}",
        server="https://go.crisp.chat",
    ),
    # The "Direct Chat Link" (docs.tawk.help, and frames in public code, 2026-11).
    "tawk": ChatService(
        title="tawk.to",
        pattern=r"[0-9a-f]{24}/(?:default|[0-9a-z]{6,12})",
        example="0123456789abcdef01234567/default",
        place="Administration, Chat Widget: the end of the Direct Chat Link",
        page="{server}/chat/{id}",
        server="https://tawk.to",
    ),
    # The "Chat Page" (tidio.com/knowledge, and links in public code, 2026-11). No frame of it was seen.
    "tidio": ChatService(
        title="Tidio",
        pattern=r"[0-9a-z]{32}",
        example="0123456789abcdefghijklmnopqrstuv",
        place="Settings, Developer: the public key",
        page="{server}/talk/{id}",
        server="https://www.tidio.com",
        framed=False,
    ),
    # The frame of its own script (github.com/chatwoot/chatwoot, app/javascript/sdk/IFrameHelper.js, 2026-11).
    "chatwoot": ChatService(
        title="Chatwoot",
        pattern=r"[0-9A-Za-z]{24}",
        example="0123456789ABCDEFabcdefgh",
        place="Inbox settings, Configuration: websiteToken",
        page="{server}/widget?website_token={id}",
        server="https://app.chatwoot.com",
    ),
}


def chat_of(service: ChatName, identity: str, server: str) -> Chat:
    """Return the chat of a shop at a service. *server* is the address of its own server, if it has one."""
    found = CHATS[service]
    return Chat(found.title, found.page.format(server=(server or found.server).rstrip("/"), id=identity), found.framed)


def chat_fault(service: ChatName, identity: str, server: str) -> tuple[str, str] | None:
    """Return the key and the mistake of a chat, None if it has an address."""
    found = CHATS[service]
    if not re.fullmatch(found.pattern, identity):
        return "value", f'expected the id at {found.title} like {found.example} ({found.place}), found "{identity}"'
    if server and service != "chatwoot":
        return "link", f"only Chatwoot can run on a server of your own; {found.title} needs no link"
    if server and (urlsplit(server).scheme != "https" or urlsplit(server).path.strip("/")):
        return "link", f'expected the address of your server like https://chat.example.com, found "{server}"'
    return None
