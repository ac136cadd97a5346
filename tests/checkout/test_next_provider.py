"""A provider that can't sell an article hands it to the next of the list, and the build says so in one line."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from storegen.errors import ContentError
from tests.browser import hosted, settle
from tests.checkout.test_checkout import variants
from tests.conftest import MakeShop
from tests.paying import KEY, SOLD, paid_by
from tests.shop import SITE, Shop, tree

PRICES = dict(zip(SOLD, ("59.00", "59.00", "49.00", "45.00", "29.00", "12.00"), strict=True))
NAMES = ("rope-ring", "plain-band", "small-hoops", "ball-studs", "polishing-cloth")
WEEK = "name: Winter week\npercent: 20\neverything: yes\nstarts: 2026-11-20\nends: 2026-11-29\n"
DURING = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
BEFORE = dt.datetime(2026, 11, 18, 9, 50, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 12, 1, 9, 50, tzinfo=dt.UTC)


def links(*skus: str) -> str:
    """Return a list of Stripe's payment links at the prices without a sale."""
    return "".join(f"{sku}: {{link: https://buy.stripe.com/{number(sku)}, price: {PRICES[sku]}}}\n" for sku in skus)


def number(sku: str) -> str:
    return sku.replace("-", "").lower()


def buttons(shop: Shop, start: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (article number, row) of every variant that can be bought. *start* is a language's folder."""
    for name in NAMES:
        script = shop.html(f"{start}products/{name}/index.html").find("script", attrs={"data-part": "data"})
        assert script is not None
        for row in json.loads(script.string or "")["variants"]:
            if row.get("buy"):
                yield row["sku"], row


def hosts(shop: Shop, start: str = "") -> dict[str, str]:
    """Return where the button of each article leads."""
    return {sku: "mail" if row["buy"]["href"].startswith("mailto:") else "stripe" for sku, row in buttons(shop, start)}


def told(shop: Shop, **options: Any) -> list[str]:
    """Build the shop, and return the warnings about payment."""
    return [each for each in shop.build(**options).warnings if "Stripe" in each or "stripe" in each]


# What the shop keeps from a provider ------------------------------------------------------------------------

NOT_BY_CARD = "  methods: {card: {not_for: {categories: [rings]}}}\n"


def test_products_kept_from_a_provider_are_one_line_and_go_to_the_next(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("card", "order", more=NOT_BY_CARD)))
    report = shop.build()
    rows = dict(buttons(shop))

    assert [each for each in report.warnings if "sold by e-mail" in each] == [
        "checkout.methods.card.not_for names 3 of 6 articles (RG-001, RG-014-16, RG-014-17), so they are sold by e-mail"
    ]
    assert {sku for sku, row in rows.items() if row["buy"]["provider"] == "order"} == {*ROPE, "RG-001"}
    assert {sku for sku, row in rows.items() if row["buy"].get("not_by") == ["card"]} == {*ROPE, "RG-001"}
    assert {row["buy"]["kind"] for row in rows.values()} == {"cart"}
    charged = (shop.output / "_worker.js").read_text()
    assert [sku for sku in SOLD if f'"{sku}"' in charged] == ["ER-002", "ER-003", "CA-001"]


def test_products_kept_from_orders_by_mail_are_paid_by_card(make_shop: MakeShop) -> None:
    more = "  methods: {order: {not_for: {products: [plain-band], tags: [care]}}}\n"
    shop = make_shop(dict(paid_by("order", "card", more=more)))
    shop.build()
    rows = dict(buttons(shop))
    band = shop.html("products/plain-band/index.html")

    assert rows["RG-001"]["buy"] | {"provider": "card", "not_by": ["order"], "kind": "cart"} == rows["RG-001"]["buy"]
    assert rows["ER-002"]["buy"]["provider"] == "order"
    assert [form["action"] for form in band.select("noscript form")] == ["/api/checkout"]
    assert not band.select("noscript a[href^=mailto]")


def test_products_that_nobody_may_sell_stop_the_build(make_shop: MakeShop) -> None:
    more = "  methods: {order: {not_for: {products: [plain-band]}}}\n"
    shop = make_shop(dict(paid_by("order", more=more)))
    with pytest.raises(ContentError) as found:
        shop.build()

    assert "plain-band.yaml" in str(found.value)
    assert 'checkout.methods.order.not_for names the article "RG-001"' in str(found.value)


def test_unknown_product_in_not_for_is_an_error(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("card", "order", more="  methods: {card: {not_for: {products: [plain-bend]}}}\n")))
    with pytest.raises(ContentError) as found:
        shop.build()

    assert "checkout.methods.card.not_for.products" in str(found.value)
    assert "plain-band" in str(found.value)


# Subscriptions ----------------------------------------------------------------------------------------------

MONTHLY = links(*(sku for sku in SOLD if sku != "CA-001")) + (
    "CA-001: {link: https://buy.stripe.com/ca001, price: 12.00, subscription: {every: month, count: 2}}\n"
)


def test_subscription_by_link_says_its_period_and_is_bought_alone(make_shop: MakeShop) -> None:
    shop = make_shop({**paid_by("card", "stripe", "order"), "content/checkout/stripe.yaml": MONTHLY})
    report = shop.build()
    cloth = dict(buttons(shop))["CA-001"]["buy"]
    page = shop.html("products/polishing-cloth/index.html")

    assert (cloth["kind"], cloth["provider"]) == ("link", "stripe")
    assert cloth["href"].startswith("https://buy.stripe.com/ca001")
    assert "every 2 months" in page.select_one("[data-part=price]").get_text(" ", strip=True)  # type: ignore[union-attr]
    assert not page.select("[data-part=add]")
    assert '"CA-001"' not in (shop.output / "_worker.js").read_text()
    assert [each for each in report.warnings if "repeatedly" in each] == [
        "card can't charge 1 of 6 articles (CA-001) repeatedly, so they are sold with Stripe",
        "order can't charge 1 of 6 articles (CA-001) repeatedly, so they are sold with Stripe",
    ]


@pytest.mark.parametrize(
    ("provider", "entry", "expected"),
    [
        ("paypal", "{link: https://www.paypal.com/ncp/payment/AB, subscription: {every: month}}", "sells no subscriptions here"),
        ("stripe", "{link: https://buy.stripe.com/a, subscription: {every: moon}}", "subscription.every"),
        (
            "stripe",
            "[{link: https://buy.stripe.com/a, price: 12.00, subscription: {every: month}}, {link: https://buy.stripe.com/b, price: 9.00}]",
            "need the same subscription",
        ),
    ],
)  # fmt: skip
def test_wrong_subscription_is_named(make_shop: MakeShop, provider: str, entry: str, expected: str) -> None:
    shop = make_shop({**paid_by(provider, "order"), f"content/checkout/{provider}.yaml": f"CA-001: {entry}\n"})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert expected in str(found.value)
    assert f"content/checkout/{provider}.yaml:1" in str(found.value)


# Missing links ----------------------------------------------------------------------------------------------


def test_articles_without_a_link_are_sold_by_the_next_provider(make_shop: MakeShop) -> None:
    some = ("RG-014-16", "RG-001", "ER-002")
    shop = make_shop({**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*some)})

    assert told(shop) == [
        (
            "content/checkout/stripe.yaml has no payment link for 3 of 6 articles (ER-003, CA-001, RG-014-17), so they are "
            'sold by e-mail: run "storegen pay links stripe", or make one in Stripe\'s dashboard under Payment Links, then add '
            '"ER-003: https://buy.stripe.com/…" there'
        )
    ]
    assert hosts(shop) == {sku: "stripe" if sku in some else "mail" for sku in SOLD}
    rows = dict(buttons(shop))
    assert {row["buy"]["kind"] for row in rows.values()} == {
        "cart"
    }  # all of them go into the cart, for an order by mail
    assert [bool(rows[sku]["others"][0]) for sku in ("RG-001", "CA-001")] == [True, False]


def test_every_page_and_list_offers_what_the_next_provider_sells(make_shop: MakeShop) -> None:
    whole = make_shop({**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*SOLD)})
    whole.build()
    pages = ("products/polishing-cloth/index.html", "products/rope-ring/index.html")
    expected = [[node.get("offers") for node in whole.jsonld(page)] for page in pages]
    feed = whole.text("products.xml") if whole.has("products.xml") else ""
    whole.write("content/checkout/stripe.yaml", links("RG-014-16"))
    whole.build()

    assert [[node.get("offers") for node in whole.jsonld(page)] for page in pages] == expected
    assert any(expected[0])
    assert feed == (whole.text("products.xml") if whole.has("products.xml") else "")


def test_page_says_with_which_provider_each_variant_is_paid(make_shop: MakeShop) -> None:
    own = "  methods: {stripe: {text: Pay by card}, order: {text: Order with obligation to pay}}\n"
    shop = make_shop(
        {**paid_by("stripe", "order", more=own), "content/checkout/stripe.yaml": links("RG-014-16", "RG-001")}
    )
    shop.build()
    cloth, ring = (shop.html(f"products/{name}/index.html") for name in ("polishing-cloth", "rope-ring"))

    assert [each["buy"].get("provider") for each in variants(shop)[:2]] == ["stripe", "order"]
    assert cloth.select("[data-part=now]")[0].get_text(strip=True) == "Order with obligation to pay"
    assert not cloth.select("[data-part=others]")
    assert "storegen" not in cloth.get_text()
    assert [each["data-note"] for each in ring.select("[data-note]")] == ["stripe", "order"]
    links_ = [(str(link["href"]).partition(":")[0], link.get_text(strip=True)) for link in ring.select("noscript a")]
    assert [scheme for scheme, _ in links_] == ["https", "mailto", "mailto"]


def test_missing_links_are_one_error_where_nobody_else_sells(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        f"content/products/p{place}.yaml": f"name: Part {place}\nsku: P-{place:02}\ncategory: parts\nprice: 5.00\n"
        for place in range(78)
    }
    site = SITE.replace('"category:rings", "guides"', '"category:parts"') + "checkout: {provider: stripe}\n"
    shop = make_shop(files | {"site.yaml": site, "content/categories/parts.yaml": "name: Parts\n"})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value) == (
        "site.yaml:13: checkout.provider: content/checkout/stripe.yaml has no payment link for 78 articles (P-00, "
        'P-01, P-10 and 75 more): run "storegen pay links stripe", or make one in Stripe\'s dashboard under Payment '
        'Links, then add "P-00: https://buy.stripe.com/…" there; or add order to checkout.provider'
    )


# A sale -----------------------------------------------------------------------------------------------------


def test_sale_without_links_of_its_own_is_sold_by_the_next_provider(make_shop: MakeShop) -> None:
    files = {**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*SOLD)}
    shop = make_shop({**files, "content/offers/week.yaml": WEEK.replace("everything: yes", "categories: [rings]")})

    assert told(shop)[:1] == [
        (
            'content/checkout/stripe.yaml has no link at the price of "Winter week" for 3 of 6 articles (RG-001: 39.20 EUR; '
            'RG-014-16: 47.20 EUR; RG-014-17: 47.20 EUR), so they are sold by e-mail: run "storegen pay links stripe", or '
            "make one in Stripe's dashboard under Payment Links, then write \"RG-001: [{link: "
            'https://buy.stripe.com/rg001, price: 49.00}, {link: https://buy.stripe.com/…, price: 39.20}]" there'
        )
    ]
    assert hosts(shop) == {sku: "mail" if sku.startswith("RG") else "stripe" for sku in SOLD}
    assert dict(buttons(shop))["RG-001"]["buy"]["price"] == {"amount": "39.20", "currency": "EUR"}


def test_sale_at_stripe_alone_is_one_error_that_names_the_sale(make_shop: MakeShop) -> None:
    files = {**paid_by("stripe"), "content/checkout/stripe.yaml": links(*SOLD)}
    shop = make_shop({**files, "content/offers/week.yaml": WEEK})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value) == (
        'content/offers/week.yaml:1: name: content/checkout/stripe.yaml has no link at the price of "Winter week" for 6 '
        'articles (ER-003: 23.20 EUR; RG-001: 39.20 EUR; CA-001: 9.60 EUR; and 3 more): run "storegen pay links '
        'stripe", or make one in Stripe\'s dashboard under Payment Links, then write "ER-003: [{link: '
        'https://buy.stripe.com/er003, price: 29.00}, {link: https://buy.stripe.com/…, price: 23.20}]" there; or add '
        "order to checkout.provider"
    )


def priced(sku: str, price: str) -> str:
    """Return an entry with a link at the usual price, and one at the price of a sale."""
    return (
        f"{sku}:\n  - {{link: https://buy.stripe.com/{number(sku)}, price: {PRICES[sku]}}}\n"
        f"  - {{link: https://buy.stripe.com/{number(sku)}sale, price: {price}}}\n"
    )


@pytest.mark.parametrize("provider", [("stripe",), ("stripe", "order")])
def test_page_leads_to_the_link_that_charges_its_price(make_shop: MakeShop, provider: tuple[str, ...]) -> None:
    sale = {"RG-014-16": "47.20", "RG-014-17": "47.20", "RG-001": "39.20", "ER-002": "36.00", "ER-003": "23.20"}
    entries = "".join(priced(sku, price) for sku, price in (sale | {"CA-001": "9.60"}).items())
    shop = make_shop({**paid_by(*provider), "content/checkout/stripe.yaml": entries, "content/offers/week.yaml": WEEK})

    assert told(shop, now=BEFORE) == []
    before = dict(buttons(shop))["RG-001"]["buy"]
    assert before["href"].startswith("https://buy.stripe.com/rg001?")
    assert before["then"]["href"].startswith("https://buy.stripe.com/rg001sale?")  # by the visitor's clock
    assert before["then"]["then"]["href"].startswith("https://buy.stripe.com/rg001?")
    assert told(shop, now=DURING) == []
    buy = dict(buttons(shop))["RG-001"]["buy"]
    assert buy["href"].startswith("https://buy.stripe.com/rg001sale?")
    assert buy["until"] == "2026-11-29T22:00:00Z"
    assert buy["then"]["href"].startswith("https://buy.stripe.com/rg001?")  # by the visitor's clock, without a build
    assert buy["then"]["price"]["amount"] == "49.00"
    shop.build(now=AFTER)
    assert dict(buttons(shop))["RG-001"]["buy"]["href"].startswith("https://buy.stripe.com/rg001?")


def test_page_follows_the_end_of_a_sale_to_the_next_provider(make_shop: MakeShop) -> None:
    files = {**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*SOLD)}
    shop = make_shop({**files, "content/offers/week.yaml": WEEK})
    shop.build(now=DURING)
    buy = dict(buttons(shop))["RG-001"]["buy"]

    assert buy["href"].startswith("mailto:")
    assert buy["then"]["href"].startswith("https://buy.stripe.com/rg001?")
    assert buy["then"]["provider"] == "stripe"


def test_two_links_of_one_article_need_their_prices(make_shop: MakeShop) -> None:
    entries = (
        "RG-001: [https://buy.stripe.com/a, {link: https://buy.stripe.com/b, price: 39.20}]\n"
        "ER-002:\n  - {link: https://buy.stripe.com/a, price: 45.00}\n  - {link: https://buy.stripe.com/b, price: 45.00}\n"
    )
    shop = make_shop({**paid_by("stripe", "order"), "content/checkout/stripe.yaml": entries + "ER-003: []\n"})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value).splitlines() == [
        'content/checkout/stripe.yaml:1: RG-001.0: "price" is missing: with several links, the price chooses the link',
        "content/checkout/stripe.yaml:4: ER-002.1.price: another link of this article has this price too",
        "content/checkout/stripe.yaml:5: ER-003: expected at least one link, found an empty list",
    ]


def test_sale_to_come_says_who_will_sell_its_articles(make_shop: MakeShop) -> None:
    files = {**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*SOLD)}
    later = WEEK.replace("2026-11-20", "2026-11-25").replace("everything: yes", "products: [plain-band]")
    shop = make_shop({**files, "content/offers/week.yaml": later})

    assert told(shop) == [
        (
            'content/offers/week.yaml: once "Winter week" begins on 2026-11-25 00:00, content/checkout/stripe.yaml has no '
            'link at the new price for 1 article (RG-001: 39.20 EUR), and they are sold by e-mail: run "storegen pay links '
            'stripe" before that'
        )
    ]


# Other offers -----------------------------------------------------------------------------------------------

RINGS = "categories: [rings]\n"
OFFERS = {
    "volume": "kind: volume\nname: Three\ntiers: [{count: 3, percent: 10}]\n" + RINGS,
    "gift": "kind: gift\nname: Cloth\ngift: polishing-cloth\nmin_total: 50.00\n",
    "free_delivery": "kind: free_delivery\nname: Free\nmin_total: 50.00\n",
    "bundle": "kind: bundle\nname: Set\npercent: 10\nproducts: [rope-ring, plain-band]\n",
    "add_on": "kind: add_on\nname: Care\npercent: 30\nproducts: [rope-ring]\nreduced: [polishing-cloth]\n",
    "coupon": "kind: coupon\nname: Hello\npercent: 10\ncode: HELLO\n" + RINGS,
}
ROPE = {"RG-014-16", "RG-014-17"}
# The articles that Stripe's links don't sell while the offer runs: an order of one piece would have another total.
HANDED = {
    "volume": {*ROPE, "RG-001"},
    "gift": ROPE,
    "free_delivery": ROPE,
    "bundle": set(),
    "add_on": set(),
    "coupon": set(),
}
# The articles that a hosted checkout doesn't get: some cart with them would have another total.
KEPT = {
    "volume": {*ROPE, "RG-001"},
    "gift": set(SOLD),
    "free_delivery": set(SOLD),
    "bundle": {*ROPE, "RG-001"},
    "add_on": {"CA-001"},
    "coupon": set(),
}


@pytest.mark.parametrize("kind", OFFERS)
def test_payment_link_sells_no_article_whose_offer_it_would_lose(make_shop: MakeShop, kind: str) -> None:
    shop = make_shop({**paid_by("stripe", "order"), "content/offers/it.yaml": OFFERS[kind]})
    report = shop.build()
    handed = {sku for sku, where in hosts(shop).items() if where == "mail"}
    lines = [each for each in report.warnings if each.startswith("Stripe would")]

    assert handed == HANDED[kind]
    assert len(lines) == bool(handed)
    assert all(f"for {len(handed)} of 6 articles (" in each and "so they are sold by e-mail" in each for each in lines)


@pytest.mark.parametrize("kind", OFFERS)
def test_hosted_checkout_gets_no_article_whose_offer_it_would_lose(make_shop: MakeShop, kind: str) -> None:
    shop = make_shop({**paid_by("shopify", "order"), "content/offers/it.yaml": OFFERS[kind]})
    shop.build()
    rows = dict(buttons(shop))
    rules = shop.cart_rules()

    assert {sku for sku, row in rows.items() if row["buy"].get("not_by") == ["shopify"]} == KEPT[kind]
    assert {sku for sku, row in rows.items() if "shopify" not in row["buy"].get("tokens", {})} == KEPT[kind]
    assert {sku for sku, row in rows.items() if row["buy"]["kind"] != "cart"} == set()
    assert [each["kind"] for each in rules.get("offers", [])] == ([] if kind == "coupon" else [kind])


def test_code_is_not_lost_at_paypal(make_shop: MakeShop) -> None:
    shop = make_shop({**paid_by("paypal", "order"), "content/offers/it.yaml": OFFERS["coupon"]})
    report = shop.build()

    assert {sku for sku, where in hosts(shop).items() if where == "mail"} == {*ROPE, "RG-001"}
    assert (
        'PayPal would not accept the code of "Hello" for 3 of 6 articles (RG-001, RG-014-16, RG-014-17), so they are sold '
        "by e-mail: PayPal can sell them again when the offer has ended"
    ) in report.warnings


def test_stripes_button_takes_no_code_and_its_link_does(make_shop: MakeShop) -> None:
    files = dict(paid_by("stripe", "order"))
    files["content/checkout/stripe.yaml"] = links(*SOLD).replace("https://buy.stripe.com/rg001,", "buy_btn_1,")
    shop = make_shop({**files, "content/offers/it.yaml": OFFERS["coupon"]})
    shop.build()

    assert [sku for sku, where in hosts(shop).items() if where == "mail"] == ["RG-001"]


def test_articles_are_handed_on_only_while_the_offer_runs(make_shop: MakeShop) -> None:
    later = "starts: 2026-11-24\nends: 2026-11-25\n"
    shop = make_shop({**paid_by("stripe", "order"), "content/offers/it.yaml": OFFERS["volume"] + later})
    found = []
    for day in (23, 24, 26):
        shop.build(now=dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC))
        found.append({sku for sku, where in hosts(shop).items() if where == "mail"})

    assert found == [set(), HANDED["volume"], set()]


def test_link_that_carries_the_gift_is_used_while_it_is_given(make_shop: MakeShop) -> None:
    gift = "kind: gift\nname: Cloth\ngift: polishing-cloth\nproducts: [plain-band]\nends: 2026-11-24\n"
    entry = (
        "RG-001:\n  - {link: https://buy.stripe.com/rg001, price: 49.00}\n"
        "  - {link: https://buy.stripe.com/rg001cloth, price: 49.00, offers: [it]}\n"
    )
    shop = make_shop(
        {
            **paid_by("stripe"),
            "content/checkout/stripe.yaml": links(*(sku for sku in SOLD if sku != "RG-001")) + entry,
            "content/offers/it.yaml": gift,
        }
    )
    shop.build(now=DURING)
    assert dict(buttons(shop))["RG-001"]["buy"]["href"].startswith("https://buy.stripe.com/rg001cloth?")
    shop.build(now=AFTER)
    assert dict(buttons(shop))["RG-001"]["buy"]["href"].startswith("https://buy.stripe.com/rg001?")


def test_offer_that_no_link_of_an_article_carries_is_one_error(make_shop: MakeShop) -> None:
    entry = "RG-001: {link: https://buy.stripe.com/rg001, price: 49.00, offers: [it]}\n"
    shop = make_shop(
        {
            **paid_by("stripe"),
            "content/checkout/stripe.yaml": links(*(sku for sku in SOLD if sku != "RG-001")) + entry,
            "content/offers/it.yaml": OFFERS["gift"].replace("min_total: 50.00\n", RINGS),
        }
    )
    with pytest.raises(ContentError) as found:
        shop.build()
    assert str(found.value) == (
        'content/offers/it.yaml:2: name: Stripe would not add the gift of "Cloth" for 2 articles (RG-014-16, RG-014-17): '
        "Stripe can sell them again when the offer has ended; or add order to checkout.provider"
    )

    shop.remove("content/offers/it.yaml")
    with pytest.raises(ContentError) as found:
        shop.build()
    assert str(found.value).startswith(
        'content/products/plain-band.yaml:2: sku: content/checkout/stripe.yaml has no link without "it", which doesn\'t run '
        'now, for the article "RG-001": add a link without it'
    )


def test_code_that_nobody_takes_beside_a_hosted_checkout_is_an_error(make_shop: MakeShop) -> None:
    code = OFFERS["gift"] + "code: CLOTH\n"
    shop = make_shop({**paid_by("shopify", "order"), "content/offers/it.yaml": code})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value) == (
        "content/offers/it.yaml:5: code: Shopify takes the codes of this shop and would not add this gift; remove the code, "
        "or remove Shopify from checkout.provider"
    )


def test_article_that_no_order_line_can_contain_is_kept_from_orders_by_mail(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    shop = make_shop(dict(paid_by("foxy", "order")))
    shop.edit("content/products/plain-band.yaml", "sku: RG-001", "sku: RG]001")
    shop.build()
    band = dict(buttons(shop))["RG]001"]["buy"]

    assert (band["kind"], band["href"].partition("?")[0]) == ("cart", "https://test-shop.foxycart.com/cart")
    assert band["not_by"] == ["order"]


# In a browser -------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_button_and_note_follow_the_variant(browser: Browser, make_shop: MakeShop, width: int) -> None:
    own = "  methods: {stripe: {text: Pay by card}, order: {text: Order by mail}}\n"
    shop = make_shop(
        {**paid_by("stripe", "order", more=own), "content/checkout/stripe.yaml": links("RG-014-16", "RG-001")}
    )
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(viewport={"width": width, "height": 664})
        page.goto(f"{address}/products/rope-ring/")
        settle(page)
        now, other = page.locator("[data-part=now]"), page.locator("[data-part=others]")
        page.get_by_label("16").check(force=True)
        expect(now).to_have_text("Pay by card")
        expect(now).to_have_attribute("href", re.compile("^https://buy.stripe.com/rg01416"))
        expect(other.locator("a")).to_be_visible()
        expect(page.locator("[data-note=stripe]")).to_be_visible()
        page.get_by_label("17").check(force=True)
        expect(now).to_have_text("Order by mail")
        expect(now).to_have_attribute("href", re.compile("^mailto:"))
        expect(other.locator("a")).to_be_hidden()
        expect(page.locator("[data-note=stripe]")).to_be_hidden()
        expect(page.locator("[data-note=order]")).to_be_visible()
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_cart_says_what_its_checkout_does_not_sell(browser: Browser, make_shop: MakeShop, width: int) -> None:
    shop = make_shop({**paid_by("shopify", "order"), "content/offers/it.yaml": OFFERS["volume"]})
    shop.build()
    with hosted(shop.output) as address:
        page = browser.new_page(viewport={"width": width, "height": 664}, reduced_motion="reduce")
        for name in ("small-hoops", "plain-band"):
            page.goto(f"{address}/products/{name}/")
            settle(page)
            page.locator("[data-part=add]").click()
        page.goto(f"{address}/cart/")
        settle(page)
        cart = page.locator("main")
        checkout, note = cart.locator("[data-transfer]"), cart.locator("[data-not]")
        expect(checkout).to_be_hidden()
        expect(note).to_have_text(re.compile("^Not available with “.+”: Plain band\\. Choose another way"))
        expect(cart.locator("[data-part=order]")).to_be_visible()
        expect(cart.locator("[data-sku]")).to_have_count(2)
        cart.locator("[data-sku=RG-001] [data-part=remove]").click()
        expect(checkout).to_be_visible()
        expect(note).to_be_hidden()
        page.close()


# Builds ----------------------------------------------------------------------------------------------------


def test_incremental_build_after_each_edit_is_a_clean_build(make_shop: MakeShop) -> None:
    shop = make_shop(
        {**paid_by("stripe", "order"), "content/checkout/stripe.yaml": links(*SOLD), "content/offers/week.yaml": WEEK}
    )
    shop.build(now=DURING)
    for entries in (links("RG-001"), priced("RG-001", "39.20"), ""):
        shop.write("content/checkout/stripe.yaml", entries)
        shop.build(now=DURING)
        clean = shop.folder.parent / "clean"
        shop.build(now=DURING, output=clean, cache=shop.folder.parent / "cache", clean=True)
        assert tree(shop.output) == tree(clean)
