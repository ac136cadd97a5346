"""What a shop stores in the browser and whom its pages contact, drawn from the parts that are set up."""

from __future__ import annotations

from urllib.parse import urlsplit

from storegen.tracking.analytics import make_tools
from storegen.views.channels import chats_of
from storegen.views.contexts.company import PrivacyFacts
from storegen.views.form_targets import form_receivers
from storegen.views.payment import payment_method_lines
from storegen.views.policy import picture_origins
from storegen.views.shop import Shop


def privacy_facts(shop: Shop) -> PrivacyFacts:
    """Return the facts for the page about privacy."""
    tools = make_tools(shop.config)
    return PrivacyFacts(
        cookies=any(tool.cookies for tool in tools) or bool(shop.provider.scripts),
        cart=bool(shop.provider.cart),
        saved=shop.saves,
        counting=tuple(tool.title for tool in tools if not tool.consent),
        asking=tuple(tool.title for tool in tools if tool.consent),
        pictures=tuple(urlsplit(origin).hostname or origin for origin in picture_origins(shop.store)),
        forms=form_receivers(shop.config),
        chats=tuple(dict.fromkeys(chat.title for chat in chats_of(shop.config))),
        notes=tuple(dict.fromkeys(line.note for line in payment_method_lines(shop) if line.note)),
    )
