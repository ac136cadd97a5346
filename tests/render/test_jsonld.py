"""Structured data: every page says in schema.org's words what a visitor reads on it, and nothing that nobody said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.planned import PlannedShop, plan_shop
from tests.shop import SITE, png

Json = dict[str, Any]
AT = "https://shop.example"
SCHEMA = "https://schema.org"

HOPEA = """\
name: Hopea
tagline: Silver from Porvoo
url: https://shop.example
currency: EUR
timezone: Europe/Helsinki
lowest_price: no
theme: {icon: media/icon.svg}
company:
  legal_name: Hopea Oy
  business_id: 1234567-1
  vat_id: FI12345671
  founded: "1998"
  street: Street 1
  postcode: "06100"
  city: Porvoo
  country: FI
  email: shop@shop.example
  phone: +358 9 123
delivery:
  dispatch: {before: 14:00, days: Mon-Fri}
  methods:
    - {id: post, name: Post, price: 5.90, days: 1-3, countries: [FI, SE]}
    - {id: pickup, name: Pick-up, price: 0, days: 2}
returns: {days: 30, countries: [FI, AX], method: in_store, fee: free}
tracking: {carriers: [posti]}
"""
BAND = """\
name: Band
sku: B-1
brand: Salo
category: rings/bands
price: 50.00
summary: A *plain* 5\\_mm [band](guide:care).
condition: used
gtin: "4006381333931"
mpn: M-1
weight: 2.50 g
stock: 9
images: [media/ring.png, "https://cdn.example/ring.jpg"]
"""
RING = """\
name: Ring
price: 40.00
category: rings
description: Twisted by hand.
images: [media/ring.png, media/side.png]
options: {Finish: [mat], Size: [16, 17]}
variants:
  - {sku: R/16, options: {Finish: mat, Size: 16}, stock: 2, image: media/side.png, price: 45.00}
  - {sku: R 17 ä~., options: {Finish: mat, Size: 17}, stock: 0}
"""
SALE = "name: Week\nproducts: [band]\npercent: 20\nstarts: 2026-11-20\nends: 2026-11-30\npage: yes\n"
REVIEWS = """\
- {product: band, rating: 5, title: Good, text: I like it., name: Anna, date: 2026-10-01}
- {product: band, rating: 2, text: Too thin., date: 2026-10-02}
"""
FILES: Mapping[str, str | bytes] = {
    "site.yaml": HOPEA,
    "content/media/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>',
    "content/media/ring.png": png("red", 40, 30),
    "content/media/side.png": png("blue", 40, 30),
    "content/categories/rings.yaml": "name: Rings\n",
    "content/categories/rings/bands.yaml": "name: Bands\n",
    "content/people/aino.yaml": "name: Aino Salo\nrole: Silversmith\n",
    "content/pages/returns.md": "---\ntitle: Returns\n---\nSend it back.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
    "content/pages/contact.md": "---\ntitle: Contact\n---\nWe.\n",
    "content/products/band.yaml": BAND,
    "content/products/ring.yaml": RING,
    "content/offers/week.yaml": SALE,
    "content/offers/first.yaml": SALE.replace("Week", "Welcome\nkind: first_purchase\ncode: HI").replace(
        "[band]", "[ring]"
    ),
    "content/guides/care.md": (
        "---\ntitle: Care\nsummary: Rub it.\ndate: 2026-11-01\nchecked: 2026-11-20\n"
        "author: aino\nimage: media/ring.png\n---\nRub.\n"
    ),
    "content/guides/old.md": "---\ntitle: Old\nchecked: 2026-11-03\n---\nRub.\n",
    "content/guides/bare.md": "---\ntitle: Bare\n---\nRub.\n",
    "content/blog/news.md": f"---\ntitle: {'N' * 120}\ndate: 2026-11-02\n---\nNew.\n",
    "content/reviews/all.yaml": REVIEWS,
}
SMALL: Mapping[str, str | bytes] = {
    "site.yaml": (
        "name: Small\nurl: https://shop.example\ndelivery: {methods: [{id: a, name: A, price: 5, days: 4}]}\n"
        "checkout: {order: {email: orders@shop.example}}\n"
    ),
    "content/products/pin.yaml": "name: Pin\nprice: 5.00\n",
}

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "")

# What pages of Hopea say again and again.
SELLER = {"@type": "Organization", "name": "Hopea"}
RETURNS = {
    "@type": "MerchantReturnPolicy",
    "applicableCountry": ["FI", "AX"],
    "returnPolicyCategory": f"{SCHEMA}/MerchantReturnFiniteReturnWindow",
    "merchantReturnDays": 30,
    "returnMethod": f"{SCHEMA}/ReturnInStore",
    "returnFees": f"{SCHEMA}/FreeReturn",
    "merchantReturnLink": f"{AT}/returns/",
}


def days(least: int, most: int) -> Json:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def shipping(price: str, transit: Json | None, *countries: str, handling: Json | None = None) -> Json:
    """Return the delivery of an offer, with the times that the shop names."""
    times = {"handlingTime": handling, "transitTime": transit}
    known = {name: value for name, value in times.items() if value}
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {"@type": "MonetaryAmount", "value": price, "currency": "EUR"},
        "shippingDestination": [{"@type": "DefinedRegion", "addressCountry": country} for country in countries],
        **({"deliveryTime": {"@type": "ShippingDeliveryTime", **known}} if known else {}),
    }


RATES = [("5.90", days(1, 3), ("FI", "SE")), ("0.00", days(2, 2), ("FI",))]
SHIPPING = [shipping(price, transit, *countries, handling=days(0, 1)) for price, transit, countries in RATES]


def crumbs(*steps: tuple[str, str]) -> Json:
    """Return breadcrumbs of (name, address) below the home page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": f"{AT}{href}"}
            for place, (name, href) in enumerate((("Home", "/"), *steps), start=1)
        ],
    }


def told(shop: PlannedShop, path: str) -> list[Json]:
    """Return what a page says, with the fingerprint of a picture's content left out of its address."""
    graph = shop.jsonld(f"{path}index.html")
    return [_without_digests(each) for each in graph]


def _without_digests(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_digests(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_digests(each) for each in value]
    return re.sub(r"(/media/\w+-\d+)\.\w+\.", r"\1.*.", value) if isinstance(value, str) else value


def offer_of(shop: PlannedShop, product: str) -> Json:
    """Return what the page of a product with one article says of its sale."""
    found: Json = told(shop, f"products/{product}/")[0]["offers"]
    return found


def test_home_page_and_pages_of_the_company_name_the_merchant() -> None:
    shop = plan_shop(FILES)
    store = {
        "@type": "OnlineStore",
        "@id": f"{AT}/#store",
        "name": "Hopea",
        "legalName": "Hopea Oy",
        "url": f"{AT}/",
        "logo": f"{AT}/icon.svg",
        "description": "Silver from Porvoo",
        "vatID": "FI12345671",
        "taxID": "1234567-1",
        "foundingDate": "1998",
        "email": "shop@shop.example",
        "telephone": "+358 9 123",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Street 1",
            "postalCode": "06100",
            "addressLocality": "Porvoo",
            "addressCountry": "FI",
        },
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "email": "shop@shop.example",
            "telephone": "+358 9 123",
        },
    }
    website = {
        "@type": "WebSite",
        "@id": f"{AT}/#website",
        "name": "Hopea",
        "url": f"{AT}/",
        "inLanguage": "en",
        "publisher": {"@id": f"{AT}/#store"},
    }

    assert told(shop, "") == [store, website]
    assert told(shop, "about/") == [store, crumbs(("About", "/about/"))]
    assert told(shop, "contact/") == [store, crumbs(("Contact", "/contact/"))]
    assert told(shop, "returns/") == [crumbs(("Returns", "/returns/"))]


def test_product_of_one_article_says_all_that_its_page_shows() -> None:
    shop = plan_shop(FILES)
    band, trail = told(shop, "products/band/")

    assert trail == crumbs(("Rings", "/rings/"), ("Bands", "/rings/bands/"), ("Band", "/products/band/"))
    assert band == {
        "@type": "Product",
        "name": "Band",
        "description": "A plain 5_mm band.",
        "url": f"{AT}/products/band/",
        "image": [f"{AT}/media/ring-40.*.png", "https://cdn.example/ring.jpg"],
        "brand": {"@type": "Brand", "name": "Salo"},
        "category": "Bands",
        "sku": "B-1",
        "gtin": "4006381333931",
        "mpn": "M-1",
        "weight": {"@type": "QuantitativeValue", "value": "2.5", "unitCode": "GRM"},
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "3.5", "reviewCount": 2, "bestRating": 5},
        "review": [
            {
                "@type": "Review",
                "reviewRating": {"@type": "Rating", "ratingValue": 5, "bestRating": 5},
                "author": {"@type": "Person", "name": "Anna"},
                "datePublished": "2026-10-01",
                "name": "Good",
                "reviewBody": "I like it.",
            },
        ],
        "offers": {
            "@type": "Offer",
            "url": f"{AT}/products/band/",
            "price": "40.00",
            "priceCurrency": "EUR",
            "priceValidUntil": "2026-11-30",
            "priceSpecification": {
                "@type": "UnitPriceSpecification",
                "priceType": f"{SCHEMA}/StrikethroughPrice",
                "price": "50.00",
                "priceCurrency": "EUR",
            },
            "availability": f"{SCHEMA}/InStock",
            "itemCondition": f"{SCHEMA}/UsedCondition",
            "seller": SELLER,
            "shippingDetails": SHIPPING,
            "hasMerchantReturnPolicy": RETURNS,
        },
    }


def test_product_of_several_articles_is_a_group_of_them() -> None:
    shop = plan_shop(FILES)
    ring, trail = told(shop, "products/ring/")
    sold = {
        "@type": "Offer",
        "priceCurrency": "EUR",
        "itemCondition": f"{SCHEMA}/NewCondition",
        "seller": SELLER,
        "shippingDetails": SHIPPING,
        "hasMerchantReturnPolicy": RETURNS,
    }
    common = {"description": "Twisted by hand.", "brand": {"@type": "Brand", "name": "Hopea"}}  # ours, without a brand

    assert trail == crumbs(("Rings", "/rings/"), ("Ring", "/products/ring/"))
    assert ring == {
        **common,
        "@type": "ProductGroup",
        "@id": f"{AT}/products/ring/#group",
        "name": "Ring",
        "url": f"{AT}/products/ring/",
        "image": [f"{AT}/media/ring-40.*.png", f"{AT}/media/side-40.*.png"],
        "category": "Rings",
        "productGroupID": "R/16",
        "variesBy": [f"{SCHEMA}/size"],  # schema.org has no word for a finish
        "hasVariant": [
            {
                **common,
                "@type": "Product",
                "name": "Ring, mat, 16",
                "image": [f"{AT}/media/side-40.*.png"],
                "sku": "R/16",
                "size": "16",
                "offers": {
                    **sold,
                    "url": f"{AT}/products/ring/?variant=R%2F16",
                    "price": "45.00",
                    "availability": f"{SCHEMA}/LimitedAvailability",
                },
            },
            {
                **common,
                "@type": "Product",
                "name": "Ring, mat, 17",
                "image": [f"{AT}/media/ring-40.*.png"],
                "sku": "R 17 ä~.",
                "size": "17",
                "offers": {
                    **{key: value for key, value in sold.items() if key != "shippingDetails"},
                    "url": f"{AT}/products/ring/?variant=R%2017%20%C3%A4~.",
                    "price": "40.00",
                    "availability": f"{SCHEMA}/OutOfStock",
                },
            },
        ],
    }


def test_article_with_the_first_picture_of_its_product_shows_that() -> None:
    ring = RING.replace("[media/ring.png, media/side.png]", "[media/side.png, media/ring.png]")
    shop = plan_shop({**FILES, "content/products/ring.yaml": ring.replace("stock: 0", "image: media/ring.png")})
    shown = [each["image"] for each in told(shop, "products/ring/")[0]["hasVariant"]]

    assert shown == [[f"{AT}/media/side-40.*.png"], [f"{AT}/media/ring-40.*.png"]]


def test_articles_are_told_in_the_words_of_the_page() -> None:
    shop = plan_shop(
        {
            **FILES,
            "site.yaml": f"{HOPEA}languages: [en, fi]\n",
            "content/products/ring.fi.yaml": "name: Sormus\noptions: {Size: Koko, 16: kuusitoista}\n",
        }
    )
    group = told(shop, "fi/tuotteet/ring/")[0]

    assert [each["size"] for each in group["hasVariant"]] == ["kuusitoista", "17"]
    assert [each["name"] for each in group["hasVariant"]] == ["Sormus, mat, kuusitoista", "Sormus, mat, 17"]


def test_summary_is_told_to_its_end() -> None:
    summary = "Twisted of three wires. " * 20
    shop = plan_shop({"site.yaml": PLAIN, "content/products/pin.yaml": f"name: Pin\nprice: 5\nsummary: {summary}\n"})

    assert told(shop, "products/pin/")[0]["description"] == summary.strip()


def test_texts_name_their_author_and_their_dates() -> None:
    shop = plan_shop(FILES)
    publisher = {**SELLER, "url": f"{AT}/"}

    assert told(shop, "guides/care/") == [
        {
            "@type": "Article",
            "headline": "Care",
            "description": "Rub it.",
            "url": f"{AT}/guides/care/",
            "mainEntityOfPage": f"{AT}/guides/care/",
            "inLanguage": "en",
            "image": [f"{AT}/media/ring-40.*.png"],
            "datePublished": "2026-11-01T00:00:00+02:00",
            "dateModified": "2026-11-20T00:00:00+02:00",
            "author": {
                "@type": "Person",
                "name": "Aino Salo",
                "jobTitle": "Silversmith",
                "url": f"{AT}/people/aino/",
            },
            "publisher": publisher,
        },
        crumbs(("Guides", "/guides/"), ("Care", "/guides/care/")),
    ]
    assert told(shop, "blog/news/")[0] == {
        "@type": "BlogPosting",
        "headline": "N" * 110,  # the longest that search engines show
        "url": f"{AT}/blog/news/",
        "mainEntityOfPage": f"{AT}/blog/news/",
        "inLanguage": "en",
        "datePublished": "2026-11-02T00:00:00+02:00",
        "dateModified": "2026-11-02T00:00:00+02:00",
        "author": SELLER,
        "publisher": publisher,
    }
    old, bare = told(shop, "guides/old/")[0], told(shop, "guides/bare/")[0]
    assert not {"datePublished", "dateModified"} & bare.keys()
    assert (old["datePublished"], old["dateModified"]) == ("2026-11-03T00:00:00+02:00",) * 2


def test_every_other_page_says_where_it_stands_or_nothing() -> None:
    shop = plan_shop(FILES)
    person = {"@type": "Person", "name": "Aino Salo", "jobTitle": "Silversmith", "url": f"{AT}/people/aino/"}

    assert told(shop, "rings/bands/") == [crumbs(("Rings", "/rings/"), ("Bands", "/rings/bands/"))]
    assert told(shop, "people/aino/") == [person, crumbs(("Aino Salo", "/people/aino/"))]
    assert told(shop, "track/") == [crumbs(("Track a parcel", "/track/"))]
    assert told(shop, "offers/week/") == [crumbs(("Week", "/offers/week/"))]
    assert told(shop, "offers/first/") == []  # its page is for those who got its address
    assert told(shop, "cart/") == []


def test_what_a_shop_does_not_say_its_pages_leave_out() -> None:
    shop = plan_shop(SMALL)
    pin = told(shop, "products/pin/")[0]

    assert told(shop, "")[0] == {
        "@type": "OnlineStore",
        "@id": f"{AT}/#store",
        "name": "Small",
        "legalName": "Small",
        "url": f"{AT}/",
    }
    assert pin == {
        "@type": "Product",
        "name": "Pin",
        "url": f"{AT}/products/pin/",
        "brand": {"@type": "Brand", "name": "Small"},
        "sku": "pin",
        "offers": {
            "@type": "Offer",
            "url": f"{AT}/products/pin/",
            "price": "5.00",
            "priceCurrency": "EUR",
            "availability": f"{SCHEMA}/InStock",
            "itemCondition": f"{SCHEMA}/NewCondition",
            "seller": {"@type": "Organization", "name": "Small"},
            "shippingDetails": [
                {
                    "@type": "OfferShippingDetails",
                    "shippingRate": {"@type": "MonetaryAmount", "value": "5.00", "currency": "EUR"},
                    "deliveryTime": {"@type": "ShippingDeliveryTime", "transitTime": days(4, 4)},
                }
            ],
        },
    }


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("email: a@shop.example", {"email": "a@shop.example"}),
        ("phone: +358 9 1", {"telephone": "+358 9 1"}),
    ],
)
def test_one_way_to_reach_the_shop_is_enough_for_a_contact(known: str, said: Json) -> None:
    shop = plan_shop({**SMALL, "site.yaml": f"{SMALL['site.yaml']!s}company: {{{known}}}\n"})
    contact = told(shop, "")[0]["contactPoint"]

    assert contact == {"@type": "ContactPoint", "contactType": "customer service", **said}


@pytest.mark.parametrize("known", ["street: Street 1", "city: Porvoo"])
def test_half_an_address_is_none(known: str) -> None:
    shop = plan_shop({**SMALL, "site.yaml": f"{SMALL['site.yaml']!s}company: {{{known}}}\n"})

    assert "address" not in told(shop, "")[0]


@pytest.mark.parametrize(
    ("file", "availability", "handling"),
    [
        ("stock: 4", "InStock", days(0, 1)),
        ("stock: 3", "LimitedAvailability", days(0, 1)),
        ("stock: 0", "OutOfStock", None),
        ("availability: made_to_order\ndelivery: {make_days: 3-5}", "MadeToOrder", days(3, 5)),
        ("availability: made_to_order\ndelivery: {make_days: 4}", "MadeToOrder", days(4, 4)),
        ("availability: made_to_order", "MadeToOrder", None),
        ("availability: backorder", "BackOrder", None),
        ("availability: backorder\ndelivery: {make_days: 7}", "BackOrder", days(7, 7)),
        ("availability: preorder", "PreOrder", None),
        ("availability: preorder\ndelivery: {make_days: 10-20}", "PreOrder", days(10, 20)),
        ("availability: discontinued", "OutOfStock", None),
    ],
)
def test_page_says_whether_a_thing_can_be_had_and_when_it_leaves(file: str, availability: str, handling: Json) -> None:
    shop = plan_shop({"site.yaml": PLAIN, "content/products/pin.yaml": f"name: Pin\nprice: 5.00\n{file}\n"})
    sold = offer_of(shop, "pin")

    assert sold["availability"] == f"{SCHEMA}/{availability}"
    told = [shipping("5.90", days(1, 3), "FI", handling=handling)]
    assert sold.get("shippingDetails", []) == (told if handling else [])


def test_day_that_the_shop_names_is_told_and_no_other() -> None:
    pin = "name: Pin\nprice: 5.00\navailability: preorder\navailable_from: 2026-12-10\n"
    sold = offer_of(plan_shop({"site.yaml": PLAIN, "content/products/pin.yaml": pin}), "pin")

    assert (sold["availability"], sold["availabilityStarts"]) == (f"{SCHEMA}/PreOrder", "2026-12-10")
    assert sold["shippingDetails"] == [shipping("5.90", days(1, 3), "FI")]


def test_what_is_not_carried_has_no_delivery() -> None:
    voucher = "name: Voucher\nprice: 50.00\ndelivery: {digital: yes}\n"
    sold = offer_of(plan_shop({"site.yaml": PLAIN, "content/products/voucher.yaml": voucher}), "voucher")

    assert sold["availability"] == f"{SCHEMA}/InStock"
    assert "shippingDetails" not in sold


PAID = "ReturnFeesCustomerResponsibility"


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        ("{days: 14}", ("ReturnByMail", "ReturnFeesCustomerResponsibility", ["FI"])),
        ("{days: 14, method: at_kiosk, free_in: [FI]}", ("ReturnAtKiosk", "FreeReturn", ["FI"])),
        (
            "{days: 14, method: in_store, countries: [SE]}",
            ("ReturnInStore", "ReturnFeesCustomerResponsibility", ["SE"]),
        ),
    ],
)
def test_terms_of_return_are_those_of_the_shop(returns: str, said: tuple[str, str, list[str]]) -> None:
    site = PLAIN.replace("{days: 30, countries: [FI]}", returns)
    shop = plan_shop({"site.yaml": site, "content/products/pin.yaml": "name: Pin\nprice: 5.00\n"})
    method, fees, countries = said

    assert offer_of(shop, "pin")["hasMerchantReturnPolicy"] == {
        "@type": "MerchantReturnPolicy",
        "applicableCountry": countries,
        "returnPolicyCategory": f"{SCHEMA}/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 14,
        "returnMethod": f"{SCHEMA}/{method}",
        "returnFees": f"{SCHEMA}/{fees}",
    }


@pytest.mark.parametrize(
    ("returns", "policies"),
    [
        ("free_in: [FI], countries: [FI, SE, EE]", [("FreeReturn", ["FI"]), (PAID, ["SE", "EE"])]),
        ("free_in: [SE], countries: [FI, SE]", [("FreeReturn", ["SE"]), (PAID, ["FI"])]),
        ("free_in: [SE]", [("FreeReturn", ["SE"]), (PAID, ["FI"])]),
        ("free_in: [FI, SE], countries: [FI]", [("FreeReturn", ["FI", "SE"])]),
        ("fee: free, free_in: [FI], countries: [FI, SE]", [("FreeReturn", ["FI", "SE"])]),
        ("countries: [FI, SE]", [(PAID, ["FI", "SE"])]),
    ],
)
def test_returns_are_free_in_the_countries_of_the_page_only(
    returns: str, policies: list[tuple[str, list[str]]]
) -> None:
    site = PLAIN.replace("{days: 30, countries: [FI]}", f"{{days: 14, {returns}}}")
    shop = plan_shop({"site.yaml": site, "content/products/pin.yaml": "name: Pin\nprice: 5.00\n"})
    found = offer_of(shop, "pin")["hasMerchantReturnPolicy"]
    said = [
        (each["returnFees"].removeprefix(SCHEMA + "/"), each["applicableCountry"])
        for each in (found if isinstance(found, list) else [found])
    ]

    assert said == policies


def test_terms_of_return_of_a_shop_without_a_country_name_none() -> None:
    shop = plan_shop({**SMALL, "site.yaml": f"{SMALL['site.yaml']!s}returns: {{days: 14}}\n"})

    assert "applicableCountry" not in offer_of(shop, "pin")["hasMerchantReturnPolicy"]


@pytest.mark.parametrize(
    ("every", "count", "code"), [("day", 10, "DAY"), ("week", 2, "WEE"), ("month", 1, "MON"), ("year", 1, "ANN")]
)
def test_price_that_is_charged_again_names_its_period(every: str, count: int, code: str) -> None:
    site = f"{PLAIN}checkout: {{provider: snipcart, snipcart: {{public_key: abc}}}}\n"
    shop = plan_shop(
        {
            "site.yaml": site.replace("tax:", "lowest_price: no\ntax:"),
            "content/products/tea.yaml": "name: Tea\nsku: T\nprice: 8.00\ncompare_at_price: 9.00\n",
            "content/products/cup.yaml": "name: Cup\nsku: C\nprice: 5.00\n",
            "content/checkout/snipcart.yaml": f"T: {{subscription: {{every: {every}, count: {count}}}}}\n",
        }
    )

    assert "priceSpecification" not in offer_of(shop, "cup")
    assert offer_of(shop, "tea")["priceSpecification"] == [
        {
            "@type": "UnitPriceSpecification",
            "priceType": f"{SCHEMA}/StrikethroughPrice",
            "price": "9.00",
            "priceCurrency": "EUR",
        },
        {
            "@type": "UnitPriceSpecification",
            "price": "8.00",
            "priceCurrency": "EUR",
            "referenceQuantity": {"@type": "QuantitativeValue", "value": count, "unitCode": code},
        },
    ]


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("Three wires.", "Three wires."),
        ("*Three* **wires**, `twisted`.", "Three wires, twisted."),
        ("3*4 mm, 5\\_mm, 2 < 3 & 4 > 3", "3*4 mm, 5_mm, 2 < 3 & 4 > 3"),
        ("See [the guide](guide:care) and [us](https://other.example).", "See the guide and us."),
        ("1&nbsp;mm, &lt;b&gt;", "1\u00a0mm, <b>"),
    ],
)
def test_description_is_what_a_visitor_reads_of_the_summary(summary: str, said: str) -> None:
    pin = f"name: Pin\nprice: 5.00\nsummary: '{summary}'\n"
    shop = plan_shop({**FILES, "content/products/pin.yaml": pin})

    assert told(shop, "products/pin/")[0]["description"] == said
