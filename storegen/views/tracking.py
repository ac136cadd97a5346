"""The tracking page, which identifies the carrier of a tracking number."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from storegen.addresses import output_path
from storegen.model.carrier import Carrier, CheckDigit
from storegen.model.origin import origin_of
from storegen.model.rows import encode_record
from storegen.outputs import Output, Page, digest
from storegen.tracking import chosen_carriers, get_form
from storegen.tracking.links import template_of
from storegen.views.catalog import Catalog
from storegen.views.contexts.parts import Link
from storegen.views.contexts.tracking import (
    CarrierForm,
    CarrierLine,
    CarrierRule,
    CheckRule,
    NumberRule,
    TrackPage,
)
from storegen.views.head import breadcrumbs, fixed_alternates, head_of
from storegen.views.order_steps import order_steps
from storegen.views.policy import shop_policy
from storegen.views.promises import faq_line
from storegen.views.shop import Shop


def tracking(shop: Shop, catalog: Catalog) -> Iterator[Output]:
    """Yield the tracking page if the shop has one."""
    if not shop.tracked:
        return
    href = shop.at("track")
    policy = shop_policy(shop, tracking_origins(shop))
    carriers = encode_record(chosen_carriers(shop.config.tracking))
    fingerprint = digest(catalog.fingerprints.of_shop, catalog.all_cards_fingerprint, policy.encode(), carriers)
    recipe = functools.partial(_page, shop, href, policy)
    yield Page(
        output_path(href), "pages/track.html", recipe, shop.language, "site.yaml", fingerprint=fingerprint, listed=href
    )


def tracking_origins(shop: Shop) -> Mapping[str, tuple[str, ...]]:
    """Return the target origins of the tracking page's forms, for the content-security policy."""
    if not shop.tracked:
        return {}
    chosen = chosen_carriers(shop.config.tracking)
    forms = [get_form(carrier, language) for carrier in chosen for language in ("", *carrier.links)]
    return {"form-action": tuple(sorted({origin_of(form.action) for form in forms if form}))}


def _page(shop: Shop, href: str, policy: str) -> TrackPage:
    chosen = chosen_carriers(shop.config.tracking)
    head = head_of(
        shop,
        href,
        title=shop.word("track.title"),
        description=shop.word("track.lead"),
        alternates=fixed_alternates(shop, "track"),
        section=href,
    )
    return TrackPage(
        head=replace(head, policy=policy),
        breadcrumbs=breadcrumbs(shop, Link(text=shop.word("track.title"), href=href)),
        carriers=tuple(_line(shop, carrier) for carrier in chosen),
        rules=tuple(_rule(shop, carrier) for carrier in chosen),
        steps=order_steps(shop),
        faq=tuple(faq_line(shop, entry) for entry in shop.config.tracking.faq),
    )


def _line(shop: Shop, carrier: Carrier) -> CarrierLine:
    form = get_form(carrier, shop.language)
    names = {carrier.id, carrier.name.casefold()}
    methods = [each for each in shop.config.delivery.methods if shop.carrier_of(each).casefold() in names]
    return CarrierLine(
        id=carrier.id,
        name=carrier.name,
        page=carrier.page,
        form=CarrierForm(action=form.action, field=form.field, hidden=form.hidden) if form else None,
        looks=carrier.looks,
        fallback=bool(carrier.fallback),
        methods=tuple(method.name for method in methods),
    )


def _rule(shop: Shop, carrier: Carrier) -> CarrierRule:
    return CarrierRule(
        id=carrier.id,
        name=carrier.name,
        page=carrier.page,
        link=template_of(carrier, shop.language),
        numbers=tuple(NumberRule(pattern=each.pattern, check=_check(each.check)) for each in carrier.numbers),
        fallback=bool(carrier.fallback),
    )


def _check(check: CheckDigit | None) -> CheckRule | None:
    if check is None:
        return None
    weights = tuple(map(int, check.weights))
    return CheckRule(kind=check.kind, skip=check.skip, after=check.after, prefix=check.prefix, weights=weights)
