"""Pages that duties of the law ask for: the withdrawal function, the notice on the guarantee, the seller's details."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from msgspec.structs import replace

from storegen.addresses import output_path
from storegen.duties.words import (
    MODEL_FORMS,
    NOTICE_PAGE,
    NOTICE_SLUGS,
    NOTICE_TEXT,
    WITHDRAWAL,
    in_language,
    withdrawal_words,
)
from storegen.locale import countries_text, days_text, money_text
from storegen.outputs import Output, Page, digest
from storegen.references import DRAWN
from storegen.views.catalog import Catalog
from storegen.views.company_rows import address_of, label_of
from storegen.views.contexts.delivery import DeliveryLine
from storegen.views.contexts.duties import (
    DutyBoxes,
    DutyPage,
    GuaranteeBox,
    ModelFormBox,
    PaymentBox,
    RuleLine,
    WithdrawalBox,
)
from storegen.views.contexts.page import CompanyRow
from storegen.views.contexts.parts import Link
from storegen.views.delivery import delivery_line, returns_line
from storegen.views.forms import form_of
from storegen.views.head import breadcrumbs, fixed_alternates, head_of
from storegen.views.payment import payment_method_lines
from storegen.views.pictures import media_picture
from storegen.views.privacy import privacy_facts
from storegen.views.shop import Shop, drawn_title

# The period of withdrawal in the European Union and the United Kingdom: directive 2011/83/EU, article 9(1).
_PERIOD = 14
# The lines of a Japanese seller's page, in the order of 特定商取引法 article 11.
_SALE = (
    *("legal_name", "representative", "address", "phone", "email"),
    *("prices", "delivery_costs", "payments", "payment_time", "delivery_time", "returns", "offer_time"),
)


def duty_pages(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the pages that duties ask for and no page of the merchant replaces."""
    for kind in DRAWN:
        href = shop.at(kind)
        if shop.drawn_page(kind) == href:
            recipe = functools.partial(_page, shop, kind)
            fingerprint = digest(catalog.fingerprints.of_shop)
            yield Page(
                output_path(href),
                "pages/duty.html",
                recipe,
                shop.language,
                "site.yaml",
                fingerprint=fingerprint,
                listed=href,
            )


def boxes_of(shop: Shop, kind: str) -> DutyBoxes | None:
    """Return the boxes of a page by its layout, None if this layout has none."""
    match kind:
        case "withdrawal":
            return DutyBoxes(withdrawal=_withdrawal(shop))
        case "guarantee":
            return DutyBoxes(guarantee=_guarantee(shop))
        case "seller":
            return DutyBoxes(seller=tuple(_seller(shop)))
        case "payment":
            return DutyBoxes(payment=_payment(shop))
        case "rules":
            return DutyBoxes(rules=tuple(_rules(shop)))
    return None


def _page(shop: Shop, kind: str) -> DutyPage:
    href, title = shop.at(kind), drawn_title(shop, kind)
    head = head_of(
        shop,
        href,
        title=title,
        description=shop.word(f"{kind}.lead", count=_PERIOD),
        alternates=fixed_alternates(shop, kind),
        section=href,
    )
    return DutyPage(
        head=head,
        breadcrumbs=breadcrumbs(shop, Link(text=title, href=href)),
        kind=kind,
        title=title,
        boxes=boxes_of(shop, kind) or DutyBoxes(),
    )


def _withdrawal(shop: Shop) -> WithdrawalBox:
    words = withdrawal_words(shop.language)
    terms = returns_line(shop)
    returns_page = "page:returns" if "returns" in shop.content.pages else ""
    code, model = in_language(MODEL_FORMS, shop.language) or ("en", MODEL_FORMS["en"])
    return WithdrawalBox(
        open=words.open,
        confirm=words.confirm,
        language="" if in_language(WITHDRAWAL, shop.language) else "en",
        form=form_of(shop, "withdrawal"),
        days=_PERIOD,
        model=ModelFormBox(
            language="" if in_language(MODEL_FORMS, shop.language) else code,
            title=model.title,
            note=model.note,
            to=model.to,
            lines=model.lines,
            end=model.end,
        ),
        # Conditions of the shop's own, such as an unopened box, don't limit the right of the law.
        returns=None if terms is None else replace(terms, days=_PERIOD, conditions=""),
        longer=shop.link(returns_page) if terms and returns_page else None,
    )


def _guarantee(shop: Shop) -> GuaranteeBox:
    """Return the notice in the page's language. Without its picture and words there, those in English."""
    settings = shop.config.duties.guarantee_notice
    slug = in_language(NOTICE_SLUGS, shop.language)
    shown = in_language(settings.pictures, shop.language) or in_language(settings.pictures, "en")
    words = in_language(NOTICE_TEXT, shop.language)
    text = words or in_language(NOTICE_TEXT, "en")
    assert text is not None
    return GuaranteeBox(
        picture=media_picture(shop, shown[1], alt=" ".join(text[1])) if shown else None,
        words=text[1],
        language="" if words else text[0],
        link=NOTICE_PAGE.format((slug or ("en", NOTICE_SLUGS["en"]))[1]),
        note=shop.linked(settings.note),
    )


def _payment(shop: Shop) -> PaymentBox:
    return PaymentBox(
        methods=shop.config.payments,
        time=shop.config.duties.payment_time,
        notes=tuple(dict.fromkeys(line.note for line in payment_method_lines(shop) if line.note)),
        instructions=shop.linked(shop.config.checkout.order.instructions),
    )


def _seller(shop: Shop) -> Iterator[CompanyRow]:
    """Yield the lines of a Japanese seller's page. Others show those about the company."""
    if "japanese-seller" not in shop.duties:
        return
    company = shop.config.company
    texts = {
        "legal_name": company.legal_name or shop.config.name,
        "representative": company.representative,
        "address": address_of(shop),
        "phone": company.phone,
        "email": company.email or "",
        "prices": shop.word("seller.prices_text"),
        "delivery_costs": " · ".join(f"{line.name}: {_cost(shop, line)}" for line in _deliveries(shop)),
        "payments": " · ".join(shop.config.payments),
        "payment_time": shop.config.duties.payment_time,
        "delivery_time": " · ".join(
            f"{line.name}: {time}" for line in _deliveries(shop) if (time := _time(shop, line))
        ),
        "returns": _returned(shop),
        "offer_time": shop.config.duties.offer_time,
    }
    for name in _SALE:
        if texts[name]:
            yield CompanyRow(label=label_of(shop, name), text=texts[name])


def _deliveries(shop: Shop) -> tuple[DeliveryLine, ...]:
    return tuple(delivery_line(shop, method) for method in shop.config.delivery.methods)


def _cost(shop: Shop, line: DeliveryLine) -> str:
    return money_text(line.price, shop.language) if line.price.amount else shop.word("delivery.free")


def _time(shop: Shop, line: DeliveryLine) -> str:
    return (
        ""
        if line.days is None
        else shop.word("delivery.in_days", count=line.days[1], days=days_text(line.days, shop.language))
    )


def _returned(shop: Shop) -> str:
    terms = returns_line(shop)
    if terms is None:
        return ""
    cost = shop.word("returns.free" if terms.free else "returns.you_pay")
    if terms.free_in and not terms.free:
        cost = shop.word("returns.free_in", countries=countries_text(terms.free_in, shop.language))
    return f"{shop.word('returns.days', count=terms.days)} · {shop.word('returns.cost')}: {cost}"


def _rules(shop: Shop) -> Iterator[RuleLine]:
    """Yield how the shop works, a sentence each: ordering and paying, delivery, returns, guarantee, answers, data."""
    notes = [line.note for line in payment_method_lines(shop) if line.note]
    deliveries = _deliveries(shop)
    facts = privacy_facts(shop)
    hours = shop.config.answer_hours
    stored = (facts.cart, "privacy_facts.cart"), (not facts.cookies, "privacy_facts.no_cookies")
    pay = " · ".join(shop.config.payments)
    found = (
        ("rules.order", notes[0] if notes else "", "page:terms"),
        ("rules.payment", pay, "page:payment"),
        ("rules.delivery", _delivered(shop, deliveries[0]) if deliveries else "", "page:delivery"),
        ("rules.returns", _returned(shop), "page:returns"),
        (
            "rules.withdrawal",
            shop.word("withdrawal.lead", count=_PERIOD) if shop.drawn_page("withdrawal") else "",
            "withdrawal",
        ),
        ("rules.guarantee", shop.word("guarantee.lead") if shop.drawn_page("guarantee") else "", "guarantee"),
        ("rules.answers", shop.word("footer.answer", count=hours) if hours else "", "page:contact"),
        ("rules.reviews", shop.config.reviews_note, ""),
        ("rules.data", " ".join(shop.word(key) for holds, key in stored if holds), "page:privacy"),
    )
    for key, text, place in found:
        if text:
            yield RuleLine(title=shop.word(key), text=text, link=_link(shop, place))


def _delivered(shop: Shop, line: DeliveryLine) -> str:
    return f"{line.name}: {', '.join(filter(None, (_cost(shop, line), _time(shop, line))))}"


def _link(shop: Shop, place: str) -> Link | None:
    kind, _, name = place.partition(":")
    if kind == "page" and name not in shop.content.pages:
        return None
    return shop.link(place) if place else None
