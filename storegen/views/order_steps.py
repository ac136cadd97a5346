"""What happens after an order, step by step: in the merchant's words, or drawn from the shop's data."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.locale import days_text
from storegen.views.contexts.tracking import StepBox
from storegen.views.delivery import dispatch_rule, returns_line
from storegen.views.promises import fill
from storegen.views.shop import Shop


def order_steps(shop: Shop) -> tuple[StepBox, ...]:
    """Return the steps of site.yaml, else those from packing to the review that follow from the shop's data."""
    own = shop.config.tracking.steps
    if own:
        return tuple(StepBox(title=fill(shop, step.title), text=fill(shop, shop.linked(step.text))) for step in own)
    return tuple(_drawn(shop))


def _drawn(shop: Shop) -> Iterator[StepBox]:
    yield StepBox(title=shop.word("order_steps.packed"), text=shop.word("thanks.pack"))
    rule = dispatch_rule(shop, None)
    if rule is not None and rule.days:
        days = shop.word("delivery.in_days", count=rule.days[1], days=days_text(rule.days, shop.language))
        word = "thanks.sent_with" if rule.carrier else "thanks.sent"
        yield StepBox(
            title=shop.word("order_steps.leaves"),
            text=f"{shop.word(word, carrier=rule.carrier, days=days)} {shop.word('order_steps.number')}",
        )
    returns = returns_line(shop)
    if returns is not None:
        said = shop.word("thanks.returns", count=returns.days)
        more = f" [{shop.word('returns.title')}]({returns.page})" if returns.page else ""
        yield StepBox(title=shop.word("order_steps.arrives"), text=said + more)
    if href := shop.form_href("review"):
        yield StepBox(title=shop.word("order_steps.review"), text=f"[{shop.word('card.review')}]({href})")
