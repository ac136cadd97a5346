"""Structured data in schema.org terms, from the values of the page itself, so that the two always agree.

The fields follow Google's documentation of product, product variant, breadcrumb, article and organisation markup
(developers.google.com/search/docs/appearance/structured-data, 2026-11).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from markupsafe import Markup

from storegen.markdown.plain_text import plain_line
from storegen.render.filters import to_json
from storegen.render.jsonld_clips import videos
from storegen.render.jsonld_delivery import returns, shippings
from storegen.render.jsonld_references import with_references
from storegen.render.jsonld_values import absolute, money_parts, without_blanks
from storegen.views.contexts.articles import ArticlePage
from storegen.views.contexts.brands import BrandListPage, BrandPage
from storegen.views.contexts.category import CategoryPage
from storegen.views.contexts.company import InfoPage, PersonPage
from storegen.views.contexts.endorsements import EndorsementsPage
from storegen.views.contexts.home import HomePage
from storegen.views.contexts.offers import OfferPage
from storegen.views.contexts.page import Shared
from storegen.views.contexts.parts import Link, PriceTag
from storegen.views.contexts.product import ProductPage, VariantRow
from storegen.views.contexts.reviews import ReviewsPage
from storegen.views.contexts.support import HelpPage, SupportPage
from storegen.views.contexts.tracking import TrackPage

_AVAILABILITY = {
    "in": "https://schema.org/InStock",
    "few": "https://schema.org/LimitedAvailability",
    "order": "https://schema.org/MadeToOrder",
    "back": "https://schema.org/BackOrder",
    "digital": "https://schema.org/InStock",
    "pre": "https://schema.org/PreOrder",
    "out": "https://schema.org/OutOfStock",
}
_CONDITION = {
    "new": "https://schema.org/NewCondition",
    "used": "https://schema.org/UsedCondition",
    "refurbished": "https://schema.org/RefurbishedCondition",
}
# Unit codes of a recurring price (UN/CEFACT Recommendation 20, which schema.org's unitCode uses).
_PERIOD = {"day": "DAY", "week": "WEE", "month": "MON", "year": "ANN"}


def jsonld(page: object, shared: Shared) -> Markup:
    """Return a page's structured data as one script element, empty for a page without structured data."""
    graph = _graph(page, shared)
    if not graph:
        return Markup("")
    data = to_json({"@context": "https://schema.org", "@graph": graph})
    return Markup('<script type="application/ld+json">') + data + Markup("</script>")


def _graph(page: object, shared: Shared) -> list[dict[str, Any]]:
    match page:
        case HomePage():
            return [_store(shared), _website(shared)]
        case ProductPage():
            description = plain_line(page.summary) or page.head.description
            product = _product(page, description, shared)
            shown = with_references(product) if "hasVariant" in product else [product]
            return [*shown, *_add_ons(page), *videos(page.videos, shared), _crumbs(page.breadcrumbs, shared)]
        case ArticlePage():
            return [_article(page, shared), _crumbs(page.breadcrumbs, shared)]
        case InfoPage() if page.layout in {"about", "contact"}:
            return [_store(shared), _crumbs(page.breadcrumbs, shared)]
        case PersonPage():
            return [_person(page), _crumbs(page.breadcrumbs, shared)]
        case BrandPage():
            return [_brand(page, shared), _crumbs(page.breadcrumbs, shared)]
        case (
            BrandListPage()
            | CategoryPage()
            | EndorsementsPage()
            | InfoPage()
            | OfferPage()
            | ReviewsPage()
            | SupportPage()
            | HelpPage()
            | TrackPage()
        ) if page.breadcrumbs:
            return [_crumbs(page.breadcrumbs, shared)]
        case _:
            return []


def _person(page: PersonPage) -> dict[str, Any]:
    return without_blanks(
        {
            "@type": "Person",
            "name": page.person.name,
            "jobTitle": page.person.role,
            "url": page.head.canonical,
            "sameAs": [link.href for link in page.links],
        }
    )


def _brand(page: BrandPage, shared: Shared) -> dict[str, Any]:
    """Return the brand. It is given in full on its first page only."""
    return without_blanks(
        {
            "@type": "Brand",
            "@id": f"{shared.base_url}{page.breadcrumbs[-1].href}#brand",
            "name": page.name,
            "description": plain_line(page.summary),
            "url": f"{shared.base_url}{page.breadcrumbs[-1].href}",
            "image": absolute(page.picture.src, shared) if page.picture else "",
            "sameAs": page.site.href if page.site else "",
        }
    )


def _store(shared: Shared) -> dict[str, Any]:
    company = shared.company
    return without_blanks(
        {
            "@type": "OnlineStore",
            "@id": f"{shared.base_url}/#store",
            "name": shared.name,
            "legalName": company.legal_name,
            "url": f"{shared.base_url}{shared.home}",
            "logo": f"{shared.base_url}{shared.icon}" if shared.icon else "",
            "description": shared.tagline,
            "vatID": company.vat_id,
            "taxID": company.business_id,
            "foundingDate": company.founded,
            "email": company.email,
            "telephone": company.phone,
            "address": _address(shared),
            "contactPoint": without_blanks(
                {
                    "@type": "ContactPoint",
                    "contactType": "customer service",
                    "email": company.email,
                    "telephone": company.phone,
                }
            )
            if company.email or company.phone
            else "",
        }
    )


def _address(shared: Shared) -> dict[str, Any] | str:
    company = shared.company
    if not (company.street and company.city):
        return ""
    return without_blanks(
        {
            "@type": "PostalAddress",
            "streetAddress": company.street,
            "postalCode": company.postcode,
            "addressLocality": company.city,
            "addressRegion": company.region,
            "addressCountry": company.country,
        }
    )


def _website(shared: Shared) -> dict[str, Any]:
    return {
        "@type": "WebSite",
        "@id": f"{shared.base_url}/#website",
        "name": shared.name,
        "url": f"{shared.base_url}{shared.home}",
        "inLanguage": shared.language,
        "publisher": {"@id": f"{shared.base_url}/#store"},
    }


def _crumbs(links: tuple[Link, ...], shared: Shared) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": link.text, "item": f"{shared.base_url}{link.href}"}
            for place, link in enumerate(links, start=1)
        ],
    }


def _product(page: ProductPage, description: str, shared: Shared) -> dict[str, Any]:
    common = {
        "name": page.name,
        "description": description,
        "url": page.head.canonical,
        "image": [absolute(picture.src, shared) for picture in page.gallery],
        "brand": {"@type": "Brand", "name": page.brand or shared.name},
        "category": page.category,
        **_reviews(page),
    }
    if len(page.variants) == 1:
        return without_blanks(
            {"@type": "Product", **common, **_variant_ids(page.variants[0]), **_sold(page, 0, shared)}
        )
    return without_blanks(
        {
            "@type": "ProductGroup",
            "@id": f"{page.head.canonical}#group",
            **common,
            "productGroupID": page.sku or page.id,
            "variesBy": [
                f"https://schema.org/{name}"
                for name in dict.fromkeys(option.property for option in page.options if option.property)
            ],
            "hasVariant": [_variant(page, place, description, shared) for place in range(len(page.variants))],
        }
    )


def _variant(page: ProductPage, place: int, description: str, shared: Shared) -> dict[str, Any]:
    row = page.variants[place]
    shown = [page.gallery[row.picture]] if row.picture >= 0 else list(page.gallery[:1])
    labels = {option.name: {value.value: value.label for value in option.values} for option in page.options}
    properties = {
        option.property: labels[option.name].get(value, value)
        for option, value in zip(page.options, row.values, strict=True)
        if option.property
    }
    return without_blanks(
        {
            "@type": "Product",
            "name": f"{page.name}, {row.choice}" if row.choice else page.name,
            "description": description,
            "image": [absolute(picture.src, shared) for picture in shown],
            "brand": {"@type": "Brand", "name": page.brand or shared.name},
            **properties,
            **_variant_ids(row),
            **_sold(page, place, shared),
        }
    )


def _variant_ids(row: VariantRow) -> dict[str, Any]:
    weight = {"@type": "QuantitativeValue", "value": row.weight, "unitCode": "GRM"} if row.weight else ""
    return {"sku": row.sku, "gtin": row.gtin, "mpn": row.mpn, "weight": weight}


def _sold(page: ProductPage, place: int, shared: Shared) -> dict[str, Any]:
    row = page.variants[place]
    several = len(page.variants) > 1
    offer = {
        "@type": "Offer",
        "url": f"{page.head.canonical}?variant={_quoted(row.sku)}" if several else page.head.canonical,
        **_price(row.price),
        "availability": _AVAILABILITY[row.stock.state],
        "availabilityStarts": row.stock.available.isoformat() if row.stock.available else "",
        "itemCondition": _CONDITION[page.condition],
        "seller": {"@type": "Organization", "name": shared.name},
        "addOn": [{"@id": each["@id"]} for each in _add_ons(page)] if row.buy else [],
        "shippingDetails": shippings(page, row.stock, shared),
        "hasMerchantReturnPolicy": returns(page.returns, shared) if page.returns else [],
    }
    return {"offers": without_blanks(offer)}


def _add_ons(page: ProductPage) -> list[dict[str, Any]]:
    """Return the services that a buyer can choose, to which the offers of all variants refer."""
    return [
        {
            "@type": "Offer",
            "@id": f"#service-{each.id}",
            "itemOffered": {"@type": "Service", "name": each.name},
            **money_parts(each.price, "price", "priceCurrency"),
        }
        for each in page.services
    ]


def _price(tag: PriceTag) -> dict[str, Any]:
    found: dict[str, Any] = money_parts(tag.now, "price", "priceCurrency")
    if tag.ends is not None:
        found["priceValidUntil"] = (tag.ends - dt.timedelta(seconds=1)).date().isoformat()  # its last day
    parts: list[dict[str, Any]] = []
    if tag.before is not None:
        parts.append(
            {"priceType": "https://schema.org/StrikethroughPrice", **money_parts(tag.before, "price", "priceCurrency")}
        )
    if tag.plan is not None:
        period = {"@type": "QuantitativeValue", "value": tag.plan.count, "unitCode": _PERIOD[tag.plan.every]}
        parts.append({**money_parts(tag.now, "price", "priceCurrency"), "referenceQuantity": period})
    specified = [{"@type": "UnitPriceSpecification", **part} for part in parts]
    if specified:
        found["priceSpecification"] = specified if len(specified) > 1 else specified[0]
    return found


def _reviews(page: ProductPage) -> dict[str, Any]:
    block = page.reviews
    if block is None:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": block.rating.mean,
            "reviewCount": block.rating.count,
            "bestRating": 5,
        },
        "review": [
            without_blanks(
                {
                    "@type": "Review",
                    "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5},
                    "author": {"@type": "Person", "name": review.name},
                    "datePublished": review.date.isoformat(),
                    "name": review.title,
                    "reviewBody": review.text,
                    "inLanguage": review.language,
                }
            )
            for review in block.shown
            if review.name  # Google asks for the name of the author
        ],
    }


def _article(page: ArticlePage, shared: Shared) -> dict[str, Any]:
    author = page.author
    return without_blanks(
        {
            "@type": "BlogPosting" if page.kind == "post" else "Article",
            "headline": page.title[:110],
            "description": plain_line(page.summary),
            "url": page.head.canonical,
            "mainEntityOfPage": page.head.canonical,
            "inLanguage": page.language or shared.language,
            "image": [absolute(page.picture.src, shared)] if page.picture else [],
            "datePublished": _date(page.date or page.checked),
            "dateModified": _date(page.checked or page.date),
            "author": without_blanks(
                {
                    "@type": "Person",
                    "name": author.name,
                    "jobTitle": author.role,
                    "url": f"{shared.base_url}{author.href}",
                }
            )
            if author
            else {"@type": "Organization", "name": shared.name},
            "publisher": {"@type": "Organization", "name": shared.name, "url": f"{shared.base_url}{shared.home}"},
        }
    )


def _date(value: dt.datetime | None) -> str:
    return value.isoformat() if value else ""


def _quoted(sku: str) -> str:
    return re.sub(r"[^\w.~-]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), sku, flags=re.ASCII)
