"""The shop's promises and FAQ answers, with the values of site.yaml filled in."""

from __future__ import annotations

import re
from decimal import Decimal

from storegen.locale import days_text, money_text
from storegen.model.category import FaqEntry
from storegen.model.company import Promise
from storegen.model.money import Money
from storegen.views.contexts.parts import Fact, FaqLine
from storegen.views.shop import Shop

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fact(shop: Shop, name: str) -> Fact:
    """Return the promise with this id, with its values filled in."""
    promise: Promise = shop.config.promises[name]
    link = shop.link(promise.link, promise.link_text) if promise.link else None
    return Fact(
        id=name,
        title=fill(shop, promise.title),
        text=shop.linked(fill(shop, promise.text)),
        icon=promise.icon or "check",
        link=link,
    )


def faq_line(shop: Shop, entry: FaqEntry) -> FaqLine:
    """Return an FAQ entry, with the values of site.yaml filled into its answer."""
    return FaqLine(
        title=entry.title,
        text=fill(shop, shop.linked(entry.text)),
        link=shop.link(entry.link) if entry.link else None,
    )


def fill(shop: Shop, text: str) -> str:
    """Fill the values of site.yaml into a text: ``{free_from}``, ``{return_days}`` … in the visitor's language."""
    if "{" not in text:
        return text
    values = _values(shop)
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _values(shop: Shop) -> dict[str, str]:
    config = shop.config
    method = config.delivery.methods[0] if config.delivery.methods else None
    rate = config.tax.rates.get("standard")

    def money(amount: Decimal) -> str:
        """Return an amount in the shop's currency as visitors read it."""
        return money_text(Money(amount + 0, config.currency), shop.language, short=True)

    values = {
        "delivery_price": money(method.price) if method else None,
        "free_from": money(method.free_from) if method and method.free_from else None,
        "delivery_days": days_text(method.days) if method else None,
        "carrier": (method.carrier or method.name) if method else None,
        "send_before": f"{config.delivery.dispatch.before:%H:%M}" if config.delivery.dispatch else None,
        "return_days": str(config.returns.days) if config.returns else None,
        "answer_hours": str(config.answer_hours) if config.answer_hours else None,
        "tax": format(rate.normalize(), "f") if rate is not None else None,
        "city": config.company.city or None,
    }
    return {key: value for key, value in values.items() if value is not None}
