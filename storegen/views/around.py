"""What stands around every page: its head, its breadcrumbs, the menu, the foot and the shop's promises."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from storegen.addresses import address
from storegen.checkout import title_of
from storegen.config import WayWords
from storegen.locale import money_text
from storegen.model.category import Doubt
from storegen.model.company import Channel, Promise
from storegen.model.delivery import Method, Returns
from storegen.model.money import Money, minor_digits, price_digits
from storegen.model.offer import runs
from storegen.model.picture import Image
from storegen.model.product import Product
from storegen.model.times import Weekdays
from storegen.tracking.analytics import Tool
from storegen.views.pictures import picture
from storegen.views.shapes import (
    Alternate,
    CartRules,
    ChannelLine,
    ClosedDay,
    Column,
    CompanyBox,
    DeliveryLine,
    DeliveryStep,
    DoubtBox,
    Fact,
    Head,
    Link,
    Measuring,
    MenuEntry,
    OpenDay,
    Picture,
    ReturnsLine,
    Sending,
    Shared,
    TaxLine,
    WayLine,
)
from storegen.views.shop import Shop
from storegen.views.texts import one_line

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_CHANNEL_HREF = {
    "email": "mailto:{}",
    "phone": "tel:{}",
    "whatsapp": "https://wa.me/{}",
    "telegram": "https://t.me/{}",
    "kakaotalk": "https://open.kakao.com/o/{}",
    "line": "https://line.me/R/ti/p/{}",
}


def head_of(  # noqa: PLR0913 - the keywords of one record
    shop: Shop,
    path: str,
    *,
    title: str,
    description: str = "",
    alternates: Mapping[str, str] | None = None,
    section: str = "",
    image: Picture | None = None,
    kind: str = "website",
    index: bool = True,
    preload: Picture | None = None,
    previous: str = "",
    next_: str = "",
) -> Head:
    """Return a page's head; *alternates* are its addresses by language, *image* the one that is shared."""
    shared = image or share_picture(shop)
    return Head(
        title=title if title == shop.config.name else f"{title} · {shop.config.name}",
        description=one_line(description or shop.config.description or shop.config.tagline),
        canonical=shop.absolute(path),
        path=path,
        section=section,
        image="" if shared is None else (shared.src if shared.remote else shop.absolute(shared.src)),
        kind=kind,  # type: ignore[arg-type]
        index=index,
        alternates=_alternates(shop, alternates or {}),
        preload=preload,
        previous=previous,
        next=next_,
    )


def share_picture(shop: Shop) -> Picture | None:
    """Return the picture that stands for the whole shop where a page has none of its own."""
    name = shop.config.theme.share_image
    return picture(shop, Image(file=name)) if name else None


def _alternates(shop: Shop, found: Mapping[str, str]) -> tuple[Alternate, ...]:
    if len(shop.languages) < 2:
        return ()
    return tuple(
        Alternate(
            language=language,
            name=shop.look.words[language]["meta.name"],
            href=found[language],
            here=language == shop.language,
        )
        for language in shop.languages
        if language in found
    )


def crumbs(shop: Shop, *links: Link) -> tuple[Link, ...]:
    """Return the way from home; the last link is the page itself."""
    return (Link(text=shop.look.words[shop.language]["nav.home"], href=shop.at("home")), *links)


def shared_of(
    shop: Shop,
    *,
    logo: str,
    icon: str,
    policy: str,
    cart: CartRules | None,
    tools: tuple[Tool, ...] = (),
    currencies: Collection[str] = (),
) -> Shared:
    """Return what all pages of a language have in common; *currencies* are those of its prices."""
    config = shop.config
    return Shared(
        language=shop.language,
        name=config.name,
        home=shop.at("home"),
        tagline=config.tagline,
        notice=shop.linked(config.notice),
        base_url=config.base_url,
        banner=tuple(fill(shop, config.promises[name].short or config.promises[name].title) for name in config.banner),
        menu=tuple(MenuEntry(text=link.text, href=link.href) for link in _links(shop, config.menu)),
        columns=tuple(Column(title=title, links=_links(shop, links)) for title, links in config.footer.items()),
        legal=_links(shop, config.legal),
        company=company_box(shop),
        channels=tuple(channel_line(shop, channel) for channel in config.channels),
        answer_hours=config.answer_hours or 0,
        payments=config.payments,
        tax_line=_tax_of_all(shop),
        logo_svg=logo,
        icon=icon,
        assets=dict(shop.look.assets),
        cart_href=shop.at("page", "cart") if shop.provider.cart else "",
        search=shop.at("page", "search") if shop.searched else "",
        cart=cart,
        sending=sending_of(shop, None),
        feed=f"{shop.at('home')}feed.xml" if shop.published_posts or shop.published_guides else "",
        policy=policy,
        languages=len(shop.languages),
        scripts=dict(shop.provider.scripts),
        ways=way_lines(shop),
        measuring=_measuring(shop, tools) if tools else None,
        decimals=decimals_of({config.currency, *currencies}),
    )


def decimals_of(currencies: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many decimals payments and prices have in each currency where these are not two."""
    found = {code: (minor_digits(code), price_digits(code)) for code in sorted(currencies)}
    return {code: digits for code, digits in found.items() if digits != (2, 2)}


def _measuring(shop: Shop, tools: tuple[Tool, ...]) -> Measuring:
    asking = tuple(tool.title for tool in tools if tool.consent)
    return Measuring(tools=asking, privacy=shop.target("page:privacy") if asking else "")


def _links(shop: Shop, references: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(link for reference in references if (link := shop.link(reference)) is not None)


def company_box(shop: Shop) -> CompanyBox:
    """Return the company as pages show it."""
    company = shop.config.company
    hours = {day: text for days, text in company.hours.items() for day in Weekdays.parse(days, shop.config.zone)}
    return CompanyBox(
        legal_name=company.legal_name or shop.config.name,
        business_id=company.business_id,
        vat_id=company.vat_id,
        founded=company.founded,
        street=company.street,
        postcode=company.postcode,
        city=company.city,
        place=f"{company.postcode} {company.city}".strip(),
        country=company.country,
        email=company.email or "",
        phone=company.phone,
        phone_href=f"tel:{re.sub(r'[^+0-9]', '', company.phone)}" if company.phone else "",
        hours=tuple(OpenDay(day=day, hours=hours.get(day, "")) for day in range(7)) if hours else (),
        hours_note=company.hours_note,
        closed=tuple(ClosedDay(first=each.day, last=each.until or each.day, name=each.name) for each in company.closed),
        access=shop.linked(company.access),
        map=company.map or "",
        details=dict(company.details),
    )


def channel_line(shop: Shop, channel: Channel) -> ChannelLine:
    """Return one way to reach the shop with the address that opens it."""
    value = re.sub(r"[^+0-9]", "", channel.value) if channel.kind == "phone" else channel.value
    if channel.kind == "whatsapp":
        value = re.sub(r"[^0-9]", "", channel.value)
    href = shop.target(channel.link) if channel.link else _CHANNEL_HREF.get(channel.kind, "").format(value)
    return ChannelLine(
        kind=channel.kind,
        name=channel.name,
        text=channel.value or channel.name,
        href=href,
        answer=fill(shop, channel.answer),
    )


def _tax_of_all(shop: Shop) -> TaxLine | None:
    """Return the tax of everything, its rate empty where there are several."""
    tax = shop.config.tax
    if len(set(tax.rates.values())) > 1:
        return TaxLine(name=tax.name, rate="", included=bool(tax.included))
    return tax_line(shop, "standard")


def tax_line(shop: Shop, tax_class: str) -> TaxLine | None:
    """Return the tax of a class, None where the shop states no rate for it."""
    tax = shop.config.tax
    rate = tax.rates.get(tax_class)
    if rate is None:
        return None
    return TaxLine(name=tax.name, rate=format(rate.normalize(), "f"), included=bool(tax.included))


def delivery_cost(shop: Shop, method: Method, product: Product, price: Money, weight: Decimal) -> Money:
    """Return what it costs now, in the shop's currency, to send one piece of this price and weight in grams."""
    currency = shop.config.currency
    total = price.amount if price.currency == currency else Decimal(0)  # sums in another can't be compared
    free = any(
        offer.kind == "free_delivery"
        and not offer.code
        and offer.covers(product)
        and total >= (offer.min_total or 0)
        and (offer.min_count or 0) <= 1
        and runs(offer, shop.clock)
        for offer in shop.cart_offers
    )
    return Money(Decimal(0) if free else method.cost(total=total, count=1, weight=weight), currency)


def delivery_line(shop: Shop, method: Method, cost: Money | None = None) -> DeliveryLine:
    """Return a delivery method as a row, with its *cost* where that is known, else the price that it begins with."""
    currency = shop.config.currency
    return DeliveryLine(
        name=method.name,
        carrier=method.carrier,
        countries=tuple(method.countries),
        price=cost or Money(method.cost(total=Decimal(0), count=1, weight=Decimal(0)), currency),
        steps=tuple(
            DeliveryStep(
                weight=_weight(step.weight),
                total=None if step.total is None else Money(Decimal(step.total), currency),
                count=int(step.count or 0),
                price=Money(Decimal(step.price), currency),
            )
            for step in method.steps
        ),
        free_from=None if method.free_from is None else Money(method.free_from + 0, currency),
        days=method.days,
        note=method.note,
    )


def _weight(grams: Decimal | None) -> str:
    if grams is None:
        return ""
    size, unit = (grams / 1000, "kg") if grams >= 1000 else (grams, "g")
    return f"{Decimal(size).normalize():f} {unit}"


def methods_for(shop: Shop, product: Product | None) -> tuple[Method, ...]:
    """Return the delivery methods of a product, all of the shop's for None; none where nothing is carried."""
    methods = shop.config.delivery.methods
    if product is None or product.delivery is None:
        return methods
    if product.delivery.digital:
        return ()
    names = product.delivery.methods
    return tuple(method for method in methods if method.id in names) if names else methods


def sending_of(shop: Shop, product: Product | None) -> Sending | None:
    """Return the delivery promise as a rule that stays true; None where the shop makes no such promise."""
    delivery = shop.config.delivery
    methods = methods_for(shop, product)
    if delivery.sending is None or not methods:
        return None
    return Sending(
        before=f"{delivery.sending.before:%H:%M}",
        weekdays=tuple(delivery.sending.days),
        zone=shop.config.timezone,
        days=methods[0].days,
        carrier=methods[0].carrier or methods[0].name,
        place=delivery.sending.place or shop.config.company.city,
        holidays=tuple(day.isoformat() for day in delivery.holidays),
    )


def returns_line(shop: Shop) -> ReturnsLine | None:
    """Return the terms of return, with the page that tells more."""
    returns: Returns | None = shop.config.returns
    if returns is None:
        return None
    country = shop.config.company.country
    return ReturnsLine(
        days=returns.days,
        free=returns.fee == "free" or country in returns.free_in,
        free_in=tuple(returns.free_in),
        countries=tuple(returns.countries),
        fee=returns.fee,
        method=returns.method,
        conditions=shop.linked(returns.conditions),
        page=shop.target("page:returns"),
    )


def way_lines(shop: Shop) -> tuple[WayLine, ...]:
    """Return the shop's ways to pay in words, its own before the theme's."""
    words = shop.look.words[shop.language]
    lines = []
    for each in shop.provider.providers:
        own = shop.config.checkout.ways.get(each.name, WayWords())
        title = title_of(each.name)
        text = words.get(f"way.{each.name}") or words.get("way.other", "{name}")
        note = words.get(f"payment.{each.name}") or words.get("payment.other", "")
        text, note = text.replace("{name}", title), note.replace("{name}", title)
        lines.append(WayLine(provider=each.name, text=own.text or text, own=own.text, note=own.note or note))
    return tuple(lines)


def cart_note(shop: Shop) -> str:
    """Return who takes the payment of a whole cart and what is stored."""
    first = shop.provider.hand_over()
    name = first.provider if first else shop.provider.name
    return next(line.note for line in way_lines(shop) if line.provider == name)


def fact(shop: Shop, name: str) -> Fact:
    """Return the promise with this id, its values filled in."""
    promise: Promise = shop.config.promises[name]
    link = shop.link(promise.link, promise.link_text) if promise.link else None
    return Fact(
        id=name,
        title=fill(shop, promise.title),
        text=shop.linked(fill(shop, promise.text)),
        icon=promise.icon or "check",
        link=link,
    )


def doubt_box(shop: Shop, doubt: Doubt) -> DoubtBox:
    """Return a doubt with its answer, the values of site.yaml filled in."""
    return DoubtBox(
        title=doubt.title,
        text=fill(shop, shop.linked(doubt.text)),
        link=shop.link(doubt.link) if doubt.link else None,
    )


def fill(shop: Shop, text: str) -> str:
    """Fill the values of site.yaml into a promise: ``{free_from}``, ``{return_days}`` … in the visitor's language."""
    return _PLACEHOLDER.sub(lambda match: _values(shop).get(match[1], match[0]), text) if "{" in text else text


def _values(shop: Shop) -> dict[str, str]:
    config = shop.config
    method = config.delivery.methods[0] if config.delivery.methods else None
    rate = config.tax.rates.get("standard")

    def money(amount: Decimal) -> str:
        return money_text(Money(amount + 0, config.currency), shop.language, short=True)

    values = {
        "delivery_price": money(method.price) if method else None,
        "free_from": money(method.free_from) if method and method.free_from else None,
        "delivery_days": method.days.replace("-", "–") if method else None,
        "carrier": (method.carrier or method.name) if method else None,
        "send_before": f"{config.delivery.sending.before:%H:%M}" if config.delivery.sending else None,
        "return_days": str(config.returns.days) if config.returns else None,
        "answer_hours": str(config.answer_hours) if config.answer_hours else None,
        "tax": format(rate.normalize(), "f") if rate is not None else None,
        "city": config.company.city or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def alternates(shop: Shop, kind: str, name: str) -> Mapping[str, str]:
    """Return the addresses of the page of a record, by its id, in every language of the shop."""
    found: dict[str, str] = {}
    for language, other in shop.others.items() if len(shop.languages) > 1 else ():
        if kind == "product":
            href = other.product_href(name)
        else:
            record = other.records(kind).get(name)
            href = "" if record is None else other.href(kind, record)
        if href:
            found[language] = href
    return found


def fixed_alternates(shop: Shop, kind: str, slug: str = "") -> Mapping[str, str]:
    """Return the addresses, by language, of a page that every shop has."""
    return {language: address(kind, slug, language, first=shop.first) for language in shop.languages}
