"""Parts that all pages of a language share: menu, footer, company and channels."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from storegen.duties.words import KOREAN_DIGITS, KOREAN_REGISTER, KOREAN_REGISTER_WORDS
from storegen.forms import PAGES
from storegen.locale import money_pattern, number_pattern
from storegen.model.money import minor_digits, price_digits
from storegen.model.offer import runs
from storegen.model.times import Weekdays
from storegen.postal import postal_address, with_country
from storegen.tracking.analytics import Tool
from storegen.views.catalog import Catalog
from storegen.views.channels import channel_lines
from storegen.views.company_rows import company_rows, foot_rows
from storegen.views.contexts.cart import CartRules
from storegen.views.contexts.delivery import TaxLine
from storegen.views.contexts.page import (
    BannerLine,
    ClosedDay,
    CompanyBox,
    Measuring,
    OpenDay,
    Shared,
)
from storegen.views.delivery import dispatch_rule
from storegen.views.menu import fit_of, menu_entries
from storegen.views.navigation import Navigation
from storegen.views.offers import is_there
from storegen.views.payment import payment_method_lines
from storegen.views.prices import shown_tax
from storegen.views.promises import said, values_of
from storegen.views.shop import Shop
from storegen.views.site_files import feed_entries


def shared_of(
    catalog: Catalog,
    *,
    logo: str,
    icon: str,
    policy: str,
    cart: CartRules | None,
    tools: tuple[Tool, ...] = (),
    navigation: Navigation,
) -> Shared:
    """Return the data that all pages of a language share."""
    shop = catalog.shop
    config = shop.config
    currencies = {config.currency, *(summary.price.currency for summary in catalog.summaries.values())}
    company = company_box(shop)
    return Shared(
        language=shop.language,
        name=config.name,
        home=shop.at("home"),
        tagline=config.tagline,
        notice=shop.linked(config.notice),
        base_url=config.base_url,
        banner=_banner(catalog),
        menu=menu_entries(navigation),
        menu_fit=fit_of(shop, navigation),
        track=shop.link("track"),
        forms={kind: shop.form_href(kind) for kind in PAGES},
        columns=navigation.columns,
        legal=navigation.legal,
        company=company,
        channels=channel_lines(shop, company),
        answer_hours=config.answer_hours or 0,
        payments=config.payments,
        tax_line=_tax_of_all(shop),
        logo_svg=logo,
        icon=icon,
        assets=dict(shop.theme.assets),
        cart_href=shop.at("cart") if shop.provider.cart else "",
        search=shop.at("search") if shop.searched else "",
        saved=shop.at("saved") if shop.saves else "",
        cart=cart,
        dispatch=dispatch_rule(shop, None),
        feed=f"{shop.at('home')}feed.xml" if feed_entries(shop, catalog) else "",
        policy=policy,
        languages=len(shop.languages),
        markets=bool(config.markets),
        scripts=dict(shop.provider.scripts),
        payment_methods=payment_method_lines(shop),
        measuring=_measuring(shop, tools) if tools else None,
        decimals=decimals_of(currencies),
        money={code: money_pattern(code, shop.language) for code in sorted(currencies)},
        number=number_pattern(shop.language),
    )


def _banner(catalog: Catalog) -> tuple[BannerLine, ...]:
    """Return the lines of the banner. Offers come first, because a phone has room for two lines only."""
    names = sorted(catalog.shop.config.banner, key=lambda name: not name.startswith("offer:"))
    return tuple(line for name in names if (line := _banner_line(catalog, name)) is not None)


def _banner_line(catalog: Catalog, name: str) -> BannerLine | None:
    """Return a line of the banner: a promise, or an offer while it runs and its products are there. None otherwise."""
    shop = catalog.shop
    kind, _, identity = name.partition(":")
    if kind == "offer" and identity:
        offer = shop.content.offers.get(identity)
        if offer is None or not runs(offer, shop.clock) or not is_there(catalog, offer):
            return None
        href = shop.href("offer", offer) if offer.has_page else ""
        return BannerLine(text=offer.name, href=href, ends=offer.ends)
    promise = shop.config.promises[name]
    values = values_of(shop)
    text, then = (
        said(shop, promise.short or promise.title, each)
        for each in (values, msgspec.structs.replace(values, free=False, ends=None))
    )
    changes = values.ends is not None and then != text
    return BannerLine(text=text, ends=values.ends, then=then) if changes else BannerLine(text=text) if text else None


def decimals_of(currencies: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the number of decimals of payments and of prices, for each currency where either is not two."""
    found = {code: (minor_digits(code), price_digits(code)) for code in sorted(currencies)}
    return {code: digits for code, digits in found.items() if digits != (2, 2)}


def _measuring(shop: Shop, tools: tuple[Tool, ...]) -> Measuring:
    asking = tuple(tool.title for tool in tools if tool.consent)
    return Measuring(tools=asking, privacy=shop.target("page:privacy") if asking else "")


def company_box(shop: Shop) -> CompanyBox:
    """Return the company's details for pages."""
    company = shop.config.company
    number = re.sub(r"\D", "", company.business_id)
    registered = "korean-footer" in shop.duties and len(number) == KOREAN_DIGITS
    address = postal_address(
        street=company.street,
        city=company.city,
        postcode=company.postcode,
        region=company.region,
        country=company.country,
        language=shop.language,
    )
    hours = {day: text for days, text in company.hours.items() for day in Weekdays.parse(days, shop.config.zone)}
    return CompanyBox(
        legal_name=company.legal_name or shop.config.name,
        business_id=company.business_id,
        vat_id=company.vat_id,
        founded=company.founded,
        street=company.street,
        postcode=company.postcode,
        city=company.city,
        region=company.region,
        country=company.country,
        address=address,
        address_abroad=with_country(address, company.country, shop.language) if address else "",
        email=company.email or "",
        phone=company.phone,
        phone_href=f"tel:{re.sub(r'[^+0-9]', '', company.phone)}" if company.phone else "",
        hours=tuple(OpenDay(day=day, hours=hours.get(day, "")) for day in range(7)) if hours else (),
        zone=shop.config.timezone,
        hours_note=company.hours_note,
        closed=tuple(ClosedDay(first=each.day, last=each.until or each.day, name=each.name) for each in company.closed),
        access=shop.linked(company.access),
        map=company.map or "",
        details=dict(company.details),
        register=KOREAN_REGISTER.format(number) if registered else "",
        register_words=KOREAN_REGISTER_WORDS if registered else "",
        rows=company_rows(shop),
        foot=foot_rows(shop),
    )


def _tax_of_all(shop: Shop) -> TaxLine | None:
    """Return the shop's general tax line, with an empty rate if there are several rates."""
    tax = shop.config.tax
    if len(set(tax.rates.values())) > 1:
        return TaxLine(name=shop.tax_name, rate="", included=bool(tax.included))
    return shown_tax(shop, "standard")
