"""What providers are told: links within their limits, signatures that hold, the price that the page shows."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from storegen.checkout import ENTRIES, FACTS, Item, entry_faults, title_of
from storegen.checkout.foxy import Foxy, field_name, signed_name
from storegen.checkout.link_kinds import LINK_KINDS
from storegen.checkout.links import PaymentLinks
from storegen.checkout.messengers import POSTS
from storegen.checkout.order import Order, order_line
from storegen.checkout.order_reading import order_faults, read_order
from storegen.checkout.permalinks import PERMALINK_KINDS, Permalinks, token
from storegen.checkout.secrets import find_secrets
from storegen.errors import ContentError, RenderError
from storegen.model.money import Money
from storegen.model.payment import Iban, PayLink
from storegen.model.scalars import Amount
from storegen.views.policy import policy_of
from tests.conftest import FIVE, MakeShop
from tests.paying import ALL, KEY, SOLD, paid_by
from tests.shop import SITE, Shop, tree

WORDS = {"subject": "Order: {name}", "address": "Address:", "bank": "Pay to {account}"}


def item(sku: str = "RG-1", name: str = "Ring", **fields: Any) -> Item:
    known: dict[str, Any] = {
        "product": "ring",
        "price": Money(Decimal("59.00"), "EUR"),
        "page": "https://shop.example/r/",
    }
    return Item(sku=sku, name=name, **known | fields)


def variants(shop: Shop, name: str = "rope-ring") -> list[dict[str, Any]]:
    script = shop.html(f"products/{name}/index.html").find("script", attrs={"data-part": "data"})
    assert script is not None
    found: list[dict[str, Any]] = json.loads(script.string or "")["variants"]
    return found


def query_of(href: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(href).query, keep_blank_values=True, strict_parsing=True))


def built(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, *names: str, more: str = "") -> Shop:
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(dict(paid_by(*names, more=more)))
    shop.build()
    return shop


# Every provider ---------------------------------------------------------------------------------------------


def test_every_provider_is_in_the_tests() -> None:
    assert list(FACTS) == [name for name in FACTS if name in ALL]
    assert set(FACTS) == set(ALL)


@pytest.mark.parametrize("name", [*ALL, "stripe buttons", "paypal buttons", "paddle links"])
def test_declared_origins_are_those_of_the_policy(
    name: str, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = built(make_shop, monkeypatch, name)
    policy = shop.text("_headers").split("Content-Security-Policy: ")[1].split("; frame-ancestors")[0]
    added = {
        origin
        for rule, own in zip(policy.split("; "), policy_of([]).split("; "), strict=True)
        for origin in set(rule.split()) - set(own.split())
    }
    expected = {
        "stripe buttons": {"https://js.stripe.com"},
        "card": {"https://checkout.stripe.com"},
        "foxy": {"https://test-shop.foxycart.com"},
        "paddle": {
            "https://cdn.paddle.com",
            "https://sandbox-cdn.paddle.com",
            "https://*.paddle.com",
            "https://buy.paddle.com",
            "https://sandbox-buy.paddle.com",
        },
        "snipcart": {
            "https://cdn.snipcart.com",
            "https://*.snipcart.com",
            "https://js.stripe.com",
            "https://api.stripe.com",
            "https://hooks.stripe.com",
            "https://fonts.gstatic.com",
            "'unsafe-inline'",
        },
    }.get(name, set())

    assert added == expected
    meta = shop.html("products/rope-ring/index.html").find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert meta is not None
    assert meta["content"] == policy


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ALL, "stripe buttons", "paypal buttons", "paddle links"])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_variant_in_stock_has_its_button_and_the_words_beside_it(
    name: str, language: str, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    files = dict(paid_by(name))
    shop = make_shop(
        files | {"site.yaml": str(files["site.yaml"]) + f"languages: [{language}]\naddresses: {{products: products}}\n"}
    )
    shop.build()
    page = shop.html("products/rope-ring/index.html")
    data = page.find("script", attrs={"data-part": "data"})
    assert data is not None
    buttons = {row["sku"]: row.get("buy") for row in json.loads(data.string or "")["variants"]}
    how = page.select_one(".buy__how")

    assert [sku for sku, button in buttons.items() if button] == ["RG-014-16", "RG-014-17"]
    assert all(button["price"]["amount"] == "59.00" for button in buttons.values() if button)
    assert all(button.get("href") or button.get("data") or button.get("post") for button in buttons.values() if button)
    assert how is not None
    assert len(how.get_text()) > 30
    assert "{" not in how.get_text()


def test_every_kind_of_link_says_what_it_expected() -> None:
    for name in ENTRIES:
        if name != "snipcart":
            assert [field for field, _ in entry_faults(name, PayLink(link="javascript:alert(1)"), "EUR")] == (
                [""] if name != "ucp" else []
            )
    assert [title_of(name) for name in ("order", "stripe", "shopify", "foxy")] == [
        "E-mail",
        "Stripe",
        "Shopify",
        "Foxy",
    ]


# Payment links ----------------------------------------------------------------------------------------------

LINKS = {
    "stripe": "https://buy.stripe.com/abc",
    "paypal": "https://www.paypal.com/ncp/payment/ABC",
    "square": "https://square.link/u/abc",
    "gumroad": "https://a.gumroad.com/l/abc",
    "lemonsqueezy": "https://a.lemonsqueezy.com/buy/abc",
    "paddle": "https://pay.paddle.io/hsc_abc?price_id=pri_abc",
    "link": "https://pay.example/a?b=c",
}


@given(st.sampled_from(sorted(LINKS)), st.text(min_size=1, max_size=400), st.sampled_from(["en", "fi", "ko", "xx"]))
def test_links_keep_their_address_and_their_providers_limits(name: str, sku: str, language: str) -> None:
    kind = LINK_KINDS[name]
    code = "SPRING10" if any(each.source == "code" for each in kind.parameters) else ""
    provider = PaymentLinks(kind, {sku: (PayLink(link=LINKS[name]),)}, language=language, code=code)
    href = provider.buy(item(sku)).href
    parameters = query_of(href) if "?" in href else {}

    assert list(provider.setup_faults()) == []
    assert href.startswith(LINKS[name])
    assert re.fullmatch(r"[!-~]+", href)
    for each in kind.parameters:
        if (value := parameters.get(each.name)) is not None:
            assert len(value) <= each.longest
            assert re.fullmatch(f"[{each.signs}]+", value)


def test_stripe_is_told_the_article_the_code_and_a_language_that_it_has() -> None:
    entries = {"RG 1/17": (PayLink(link=LINKS["stripe"]),)}
    finnish = PaymentLinks(LINK_KINDS["stripe"], entries, language="fi", code="SPRING10").buy(item("RG 1/17"))
    welsh = PaymentLinks(LINK_KINDS["stripe"], entries, language="cy").buy(item("RG 1/17"))

    assert query_of(finnish.href) == {
        "client_reference_id": "RG-1-17",
        "prefilled_promo_code": "SPRING10",
        "locale": "fi",
    }
    assert query_of(welsh.href) == {"client_reference_id": "RG-1-17"}
    assert finnish.tags == ""


def test_discount_code_reaches_paddles_prices_too() -> None:
    entries = {"RG-1": (PayLink(variant="pri_01abcdefgh1"),)}
    kind = LINK_KINDS["paddle"]

    with_code = PaymentLinks(kind, entries, language="en", key="test_key", code="SPRING10").buy(item())
    without = PaymentLinks(kind, entries, language="en", key="test_key").buy(item())
    assert with_code.data["code"] == "SPRING10"
    assert "code" not in without.data


def test_saved_paypal_button_is_a_link_to_its_page(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "paypal buttons")

    assert variants(shop)[0]["buy"]["href"] == "https://www.paypal.com/ncp/payment/ABCDEFGH0"
    assert "paypal.com/sdk" not in shop.text("products/rope-ring/index.html")


def test_links_of_providers_that_take_tags_are_marked(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = {}
    for number, name in enumerate(("stripe", "paypal", "ucp", "order")):
        shop = built(lambda files, number=number: make_shop_in(make_shop, files, number), monkeypatch, name)  # type: ignore[misc]
        link = shop.html("products/plain-band/index.html").select_one("[data-part=now]")
        assert link is not None
        marked[name] = link.get("data-tags")

    assert marked == {"stripe": "", "paypal": None, "ucp": "attribution/", "order": None}


def make_shop_in(make_shop: MakeShop, files: dict[str, str | bytes], number: int) -> Shop:
    first = make_shop({})
    return Shop(first.folder.parent / f"shop-{number}", files)


# Foxy -------------------------------------------------------------------------------------------------------


def test_foxys_published_signatures_hold() -> None:
    # https://github.com/Foxy/foxy-sdk/blob/main/tests/backend/Signer.test.ts (2026-01), whose key is "1"
    assert signed_name("1", "ABC123", "name", "My Example Product") == (
        "name||dbaa042ec8018e342058417e058d7a479226976c7cb287664197fd67970c4715"
    )
    assert signed_name("1", "ABC123", "name", "100") == (
        "name||bd87a3e47a20a60c9c5d7d2a026605310f20753b80535e56336cfd5502f61143"
    )
    assert signed_name("1", "ABC123", "name") == (
        "name||3f2075135e3455131bd0d6ce8643551e9e2e43bc09dd0474fa3effbe4e588c9e||open"
    )
    assert signed_name("1", "mycode", "code", "mycode") == (
        "code||43f429e41303929871266b879a880efce32b35bda757e70f527bc5c8e1353c0a"
    )
    assert signed_name("1", "mycode", "name", "testname") == (
        "name||07f23df6159ba32f01de36db07bf998d7661bda812a7c0d597cfacdefe0f0064"
    )
    assert signed_name("1", "mycode", "price", "123.00") == (
        "price||aed2692b1b278b04b974c3c9822e597dc5da880561cf256ab20b2873a5346b66"
    )
    assert signed_name("1", "mycode", "other atribute", "Some Other Thing") == (
        "other_atribute||98700cf679c5d7394e3e33b883f18683664b4843707f916a0739ba1c9adeabab"
    )
    assert signed_name("1", "abc124", "name", "Different T-Shirt", parent="abc123") == (
        "name||ca2df56d0a72b3637b688d519939f7f00551f054cede1e35aa57602201e2b75f"
    )


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20)), max_size=3),
)
def test_every_field_for_foxy_is_signed_as_it_arrives(name: str, options: list[tuple[str, str]]) -> None:
    provider = Foxy("test-shop", "silver", KEY, "EUR")
    sold = item(name=name, options=tuple(options), weight=Decimal("4.80"), stock=3)
    sent = query_of(provider.buy(sold).href)

    assert sent.pop("cart") == "checkout"
    for field, value in sent.items():
        bare = field.split("||")[0]
        assert field == signed_name(KEY, "RG-1", bare, value)
        assert not re.search(r"[&<>\"']", value)
    fields = {field.split("||")[0]: value for field, value in sent.items()}
    assert (fields["code"], fields["price"], fields["category"], fields["weight"]) == ("RG-1", "59.00", "silver", "4.8")
    assert fields["quantity_max"] == "3"


@given(
    st.sampled_from(["", "Price", "code", "utm ", "UTM_", "customer ", "Billing_", "shipping-", "__", "h:", "x_"]),
    st.text(max_size=20),
)
def test_option_never_takes_the_name_of_one_of_foxys_own_fields(start: str, rest: str) -> None:
    # Fields of these names are not signed (Foxy's signer leaves them out), so anybody could change them.
    own = re.compile(r"price|code|quantity|name|cart|_.*|(h_|x_|utm_|customer_|billing_|shipping_).*", re.IGNORECASE)

    assert not own.fullmatch(field_name(start + rest))
    assert re.fullmatch(r"\w+", field_name(start + rest))


def test_address_too_long_for_foxy_is_left_out_whole() -> None:
    long = item(page=f"https://shop.example/{'r' * 190}/", picture="/media/ring.jpg")
    fields = {name.split("||")[0]: value for name, value in query_of(Foxy("a", "", KEY, "EUR").buy(long).href).items()}

    assert "url" not in fields
    assert fields["image"] == "https://shop.example/media/ring.jpg"


def test_foxys_key_never_reaches_the_output(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "foxy")
    found = [path for path in shop.folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert found == []

    shop.edit("content/products/plain-band.yaml", "name: Plain band\n", f"name: Plain band\nsummary: {KEY}\n")
    with pytest.raises(RenderError, match="a secret key would reach the output"):
        shop.build()


def test_changed_key_signs_every_page_anew(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "foxy")
    before = variants(shop)[0]["buy"]["href"]
    monkeypatch.setenv("STOREGEN_FOXY_KEY", f"{KEY} too")
    shop.build()

    assert variants(shop)[0]["buy"]["href"] != before


# Permalinks -------------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_id_stands_in_a_permalink_and_comes_back(identifier: str) -> None:
    written = token(identifier)

    assert re.fullmatch(r"~?[A-Za-z0-9._-]+", written)
    if written.startswith("~"):
        padded = written[1:] + "=" * (-len(written[1:]) % 4)
        assert base64.urlsafe_b64decode(padded).decode() == identifier
    else:
        assert written == identifier


def test_shopify_and_the_ucp_take_one_thing_at_once() -> None:
    shopify = Permalinks(
        PERMALINK_KINDS["shopify"], "a.myshopify.com", {"RG-1": (PayLink(link="40123456"),)}, code="SPRING10"
    )
    ucp = Permalinks(PERMALINK_KINDS["ucp"], "https://a.example/p/", {}, code="SPRING10")

    assert shopify.buy(item()).href == "https://a.myshopify.com/cart/40123456:1?discount=SPRING10"
    assert ucp.buy(item("gid://1")).href == "https://a.example/p/~Z2lkOi8vMQ:1?discounts/codes/0=SPRING10"
    assert list(ucp.setup_faults()) == []


# Orders as a text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "to", "start"),
    [
        ("whatsapp", "+358 40 123 4567", "https://wa.me/358401234567?text="),
        ("whatsapp", "00358 (40) 123-4567", "https://wa.me/358401234567?text="),
        ("telegram", "@my_shop", "https://t.me/my_shop?text="),
        ("line", "@my-shop", "https://line.me/R/oaMessage/%40my-shop/?"),
    ],
)
@given(
    name_=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).map(str.strip)
)
@example(name_="Ring [")
@example(name_="Ring [RG-2] à 1.00 EUR")
def test_messenger_carries_the_order(name: str, to: str, start: str, name_: str) -> None:
    provider = Order(POSTS[name], to, KEY, WORDS)
    href = provider.buy(item(name=name_ or "Ring")).href
    (line,) = read_order(unquote(href.removeprefix(start)), KEY).lines

    assert list(provider.setup_faults()) == []
    assert href.startswith(start)
    assert re.fullmatch(r"[!-~]+", href)
    assert (line.sku, line.price.amount, line.adds_up, line.signed) == ("RG-1", Decimal("59.00"), True, True)


def test_order_too_long_for_a_messengers_link_leads_to_the_chat() -> None:
    button = Order(POSTS["telegram"], "my_shop", KEY, WORDS).buy(item(name="銀" * 500))

    assert button.href == "https://t.me/my_shop?text="


def test_order_too_long_for_a_messengers_link_is_copied() -> None:
    button = Order(POSTS["telegram"], "my_shop", KEY, WORDS).buy(item(name="銀" * 500))

    assert [(line.sku, line.signed) for line in read_order(button.copy, KEY).lines] == [("RG-1", True)]
    assert Order(POSTS["telegram"], "my_shop", KEY, WORDS).buy(item()).copy == ""


ORDERED = (item("RG-1", "Gold ring", choice="17"), item("CA-1", "Cloth", price=Money(Decimal("12.00"), "EUR")))


def ordered() -> str:
    provider = Order(POSTS["order"], "a@b.example", KEY, WORDS)
    rows = [order_line(1, each, provider.buy(each).code) for each in ORDERED]
    return "\n".join(
        (*rows, "", "Pieces: 71.00 EUR", "Week: -5.00 EUR", "Delivery, Post: 5.90 EUR", "Total: 71.90 EUR", "")
    )


def trusted(text: str) -> bool:
    order = read_order(text, KEY)
    return bool(order.lines) and not any(any(line.faults()) for line in order.lines) and not list(order_faults(order))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 × Cloth", "1 × Gold ring, 17"),  # the cheap article's code beside the dear one's name
        ("Gold ring, 17 [", "Gold ring, 20 ["),
        ("1 × Gold", "10000 × Gold"),
        ("1 × Gold", "1 x Gold"),
        (" à 59.00", " a 59.00"),
        ("Total: 71.90", "Total: 7.90"),
        ("Pieces: 71.00", "Pieces: 70.00"),
        ("Week: -5.00", "Week: -50.00"),
        ("59.00 EUR  #", "59.00 SEK  #"),
    ],
)
def test_tampered_order_is_not_trusted(old: str, new: str) -> None:
    assert old in ordered()
    assert trusted(ordered())
    assert not trusted(ordered().replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n> "),
        (" ", "\u00a0"),
        ("Gold ring, 17 [", "Gold ring,\n17 ["),
        ("Gold ring", "Gold  ring"),
        ("17 [", "”17” ["),
    ],
)
def test_mail_program_may_change_spaces_quotes_and_breaks(old: str, new: str) -> None:
    assert trusted(ordered().replace(old, new))


def test_kakaotalk_opens_the_chat_and_the_order_is_copied() -> None:
    provider = Order(POSTS["kakaotalk"], "https://pf.kakao.com/_ZeUTxl/chat", KEY, WORDS)
    button = provider.buy(item())

    assert button.href == "https://pf.kakao.com/_ZeUTxl/chat"
    assert [line.sku for line in read_order(button.copy, KEY).lines] == ["RG-1"]


def test_messenger_is_the_channels_own_where_no_other_is_given(make_shop: MakeShop) -> None:
    channel = "channels: [{kind: whatsapp, name: WhatsApp, value: +358 40 765 4321}]\n"
    shop = make_shop(FIVE | {"site.yaml": SITE + channel + "checkout: {provider: whatsapp}\n"})
    shop.build()

    assert variants(shop)[0]["buy"]["href"].startswith("https://wa.me/358407654321?text=1%20")


@pytest.mark.parametrize(
    ("account", "written"),
    [
        ("iban: fi2112345600000785, bic: NDEAFIHH", "FI21 1234 5600 0007 85, NDEAFIHH"),
        ("account: 국민은행 123-456-789012", "국민은행 123-456-789012"),
    ],
)
def test_bank_account_stands_at_the_end_of_an_order(make_shop: MakeShop, account: str, written: str) -> None:
    shop = make_shop(FIVE | {"site.yaml": f"{SITE}checkout: {{order: {{bank: {{{account}}}}}}}\n"})
    shop.build()

    line = f"By bank transfer, once we have confirmed the order: Test Oy, {written}"
    assert unquote(variants(shop)[0]["buy"]["href"]).rstrip().endswith(line)
    assert shop.cart_rules()["payment"] == line


@pytest.mark.parametrize("number", ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO93 8601 1117 947"])
def test_bank_accounts_are_checked(number: str) -> None:
    assert Iban.parse(number, dt.UTC).grouped.replace(" ", "") == number.replace(" ", "")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(ValueError, match="whose check digits are right"):
        Iban.parse(wrong, dt.UTC)


# Several ways -----------------------------------------------------------------------------------------------


def test_card_first_and_order_second(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "stripe", "order", "paypal")
    row = variants(shop)[0]
    page = shop.html("products/rope-ring/index.html")
    ways = page.select("[data-part=others] a")

    assert row["buy"]["href"].startswith("https://buy.stripe.com/")
    assert row["buy"]["kind"] == "cart"  # the order takes several things
    assert row["buy"]["code"]
    assert [urlsplit(way["href"]).scheme for way in row["others"]] == ["mailto", "https"]
    assert [way.get_text() for way in ways] == ["Order by e-mail", "Pay with PayPal"]
    assert shop.has("cart/index.html")
    links = [str(link["href"]) for link in page.select("noscript a")]
    assert [urlsplit(link).netloc or "mail" for link in links] == [
        *["buy.stripe.com"] * 2,
        *["mail"] * 2,
        *["www.paypal.com"] * 2,
    ]


def test_cart_goes_to_each_provider_that_takes_it(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "shopify", "stripe", "order", "kakaotalk")
    rules = shop.cart_rules()
    buy = variants(shop)[0]["buy"]

    assert [(way["provider"], way["kind"]) for way in rules["cart_transfers"]] == [
        ("shopify", "path"),
        ("order", "mail"),
        ("kakaotalk", "copy"),
    ]
    assert rules["note"].startswith("Shopify takes the order")
    assert buy["tokens"] == {"shopify": "40123456789010"}
    assert buy["code"]  # an order's line is signed though Shopify comes first


def test_shops_own_words_for_a_way_to_pay(make_shop: MakeShop) -> None:
    own = "  methods: {stripe: {text: Visa or Mastercard}, order: {note: We write back the same day.}}\n"
    files = dict(paid_by("order", "stripe", more=own))
    site = str(files["site.yaml"]) + "languages: [en, fi]\n"
    shop = make_shop(
        files | {"site.yaml": site, "site.fi.yaml": "checkout: {methods: {stripe: {text: Visa tai Mastercard}}}\n"}
    )
    shop.build()
    page = shop.html("products/rope-ring/index.html")
    finnish = shop.html("fi/tuotteet/rope-ring/index.html")

    assert [way.get_text() for way in page.select("[data-part=others] a")] == ["Visa or Mastercard"]
    assert [way.get_text() for way in finnish.select("[data-part=others] a")] == ["Visa tai Mastercard"]
    assert "We write back the same day." in page.get_text()


def test_own_text_of_the_first_way_stands_on_its_buttons_and_in_the_cart(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("order", more="  methods: {order: {text: Zahlungspflichtig bestellen}}\n")))
    shop.build()
    page = shop.html("products/rope-ring/index.html")
    cart = shop.html("cart/index.html")
    buttons = (*page.select("[data-part=now], [data-part=bar-now]"), cart.select("shop-cart [data-part=order-text]")[0])
    words = json.loads(page.select("#shop")[0].get_text())["words"]

    assert [button.get_text(strip=True) for button in buttons] == ["Zahlungspflichtig bestellen"] * 3
    assert words["order_mail"] == "Zahlungspflichtig bestellen · {price}"


@pytest.mark.parametrize("name", ["order", "shopify", "ucp"])
def test_article_in_another_currency_is_bought_alone(
    name: str, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(dict(paid_by(name)))
    shop.edit("content/products/plain-band.yaml", "price: 49.00\n", "price: 7900\ncurrency: JPY\n")
    shop.build()

    yen, euro = (variants(shop, product)[0]["buy"] for product in ("plain-band", "small-hoops"))
    assert (yen["kind"], euro["kind"]) == ("link", "cart")  # the cart would add yen to euros
    assert yen["href"]
    page = shop.html("products/plain-band/index.html")
    assert "Delivery" not in unquote(yen["href"])  # whose price in euros can't be added to yen
    assert "plus delivery €5.90" in page.select(".cost")[0].get_text()
    assert not page.select("[data-part=add]")
    assert [str(link["href"]) for link in page.select("noscript a")] == [yen["href"]]


# Snipcart ---------------------------------------------------------------------------------------------------

_EXTRAS = """\
RG-001:
  prices: {USD: 54.00, SEK: 560.00}
ER-002:
  subscription: {every: month, count: 3, trial: 14}
  choices:
    Gift box: [none, ribbon +2, box +5.50, without paper -0.50]
    Engraving: text
CA-001: {download: 6ff6c8a5-3f4f-4a3e-9d0e-0a3f3c1d2b11}
"""


def test_snipcart_is_told_of_choices_currencies_subscriptions_and_downloads(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("snipcart")) | {"content/checkout/snipcart.yaml": _EXTRAS})
    shop.build()
    band, hoops, cloth = (
        variants(shop, name)[0]["buy"]["data"] for name in ("plain-band", "small-hoops", "polishing-cloth")
    )

    assert json.loads(band["data-item-price"], parse_float=Decimal) == {
        "eur": Decimal("49.00"),
        "usd": Decimal("54.00"),
        "sek": Decimal("560.00"),
    }
    assert hoops["data-item-url"] == "https://shop.example/products/small-hoops/"
    assert hoops["data-item-custom1-options"] == "none|ribbon[+2.00]|box[+5.50]|without paper[-0.50]"
    assert (hoops["data-item-custom2-name"], hoops["data-item-custom2-type"]) == ("Engraving", "textarea")
    plan = {name: value for name, value in hoops.items() if name.startswith("data-item-payment")}
    assert plan == {
        "data-item-payment-interval": "Month",
        "data-item-payment-interval-count": "3",
        "data-item-payment-trial": "14",
    }
    assert (cloth["data-item-file-guid"], cloth["data-item-shippable"]) == (
        "6ff6c8a5-3f4f-4a3e-9d0e-0a3f3c1d2b11",
        "false",
    )
    assert list(crawl(shop)) == []


def crawl(shop: Shop) -> Iterator[str]:
    """Yield what Snipcart's crawler would refuse: it fetches each button's address and looks for its id and price.

    https://docs.snipcart.com/v3/setup/order-validation and /v3/configuration/json-crawler: a JSON answer is searched
    for an object of the same id, price and url, a page for an element of the class snipcart-add-item of the same id.
    """
    answers: dict[str, dict[str, Any]] = {}
    for path in sorted(shop.output.glob("products/*/index.html")):
        page = BeautifulSoup(path.read_text(), "html.parser")
        for button in page.select(".snipcart-add-item"):
            told = {str(name): str(value) for name, value in button.attrs.items() if str(name).startswith("data-item")}
            url, sku = told["data-item-url"], told["data-item-id"]
            if url not in answers:
                answers[url] = fetched(shop.output, url)
            found = answers[url].get(sku)
            price = json.loads(told["data-item-price"], parse_float=Decimal)
            if found is None:
                yield f"{sku}: not at {url}"
            elif found["price"] != price or found["url"] != url:
                yield f"{sku}: {found} is not {price} at {url}"
            elif "choices" in found and found["choices"] != choices(told):
                yield f"{sku}: other choices"


def fetched(output: Path, url: str) -> dict[str, Any]:
    """Return the products by id that an address of the shop answers with."""
    path = output / url.removeprefix("https://shop.example/")
    if path.suffix == ".json":
        return {row["id"]: row for row in json.loads(path.read_text(), parse_float=Decimal)}
    rows = {}
    for button in BeautifulSoup((path / "index.html").read_text(), "html.parser").select(".snipcart-add-item"):
        told = {str(name): str(value) for name, value in button.attrs.items()}
        price = json.loads(told["data-item-price"], parse_float=Decimal)
        rows[told["data-item-id"]] = {"price": price, "url": told["data-item-url"], "choices": choices(told)}
    return rows


def choices(told: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if "-custom" in name}


@pytest.mark.slow
def test_snipcarts_crawl_of_a_thousand_products_finds_no_mismatch(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE + "checkout: {provider: snipcart, snipcart: {public_key: key}}\n",
        "content/categories/rings.yaml": "name: Rings\n",
        "content/offers/winter.yaml": (
            "name: Winter\npercent: 15\ntags: [winter]\nstarts: 2026-11-01\nends: 2026-12-23\n"
        ),
    }
    extras = []
    for number in range(1000):
        price = Decimal(995 + number * 37) / 100
        files[f"content/products/ring-{number}.yaml"] = (
            f'name: Ring "{number}" & more\nsku: R-{number}\ncategory: rings\nprice: {price}\noptions: {{Size: [16, 17]}}\n'
            + ("tags: [winter]\n" if number % 3 == 0 else "")
            + (
                f"variants:\n  - {{sku: R-{number}-S, options: {{Size: 16}}}}\n"
                f"  - {{sku: R-{number}-L, options: {{Size: 17}}, price: {price + 5}, stock: {number % 4 - 1}}}\n"
                if number % 2
                else ""
            )
        )
        if number % 50 == 0:
            extras.append(f"R-{number}-16: {{choices: {{Box: [none, box +{number}.50]}}, prices: {{USD: {price}}}}}\n")
    shop = make_shop(files | {"content/checkout/snipcart.yaml": "".join(extras)})
    shop.build()

    told = json.loads(shop.text("snipcart.json"), parse_float=Decimal)
    assert len(told) == 2 * 1000 - 250  # a quarter of the large ones is sold out
    assert list(crawl(shop)) == []


def test_crawl_would_find_a_mismatch(make_shop: MakeShop) -> None:
    shop = make_shop(dict(paid_by("snipcart")) | {"content/checkout/snipcart.yaml": _EXTRAS})
    shop.build()
    path = shop.output / "snipcart.json"
    path.write_text(path.read_text().replace("59.00", "58.00"))

    assert [each.split(":")[0] for each in crawl(shop)] == ["RG-014-16", "RG-014-17"]


# One price --------------------------------------------------------------------------------------------------


def test_price_that_stands_beside_a_link_has_to_be_the_one_shown(make_shop: MakeShop) -> None:
    files = dict(paid_by("link"))
    files["content/checkout/link.yaml"] = "".join(f"{sku}: {{link: https://pay.example/1}}\n" for sku in SOLD[:-1]) + (
        "CA-001: {link: https://pay.example/1, price: 12.00}\n"
    )
    shop = make_shop(files)
    shop.build()
    week = "name: Week\npercent: 10\nproducts: [polishing-cloth, plain-band]\nstarts: 2026-11-01\nends: 2026-12-23\n"
    shop.write("content/offers/week.yaml", week)
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value) == (
        'content/offers/week.yaml:1: name: content/checkout/link.yaml has no link at the price of "Week" for 2 articles '
        "(RG-001: 44.10 EUR; CA-001: 10.80 EUR): make one at your provider (Toss, KakaoPay, Midtrans, Paytrail and many "
        'banks offer them), then write "RG-001: [{link: https://pay.example/1, price: 49.00}, {link: '
        'https://pay.example.com/…, price: 44.10}]" there; or add order to checkout.provider'
    )


def test_offer_is_not_promised_where_a_store_takes_article_numbers_as_they_are(make_shop: MakeShop) -> None:
    week = "name: Week\npercent: 10\nproducts: [plain-band]\nstarts: 2026-11-01\nends: 2026-12-23\n"
    files = {name: text for name, text in paid_by("ucp").items() if "checkout/" not in name}
    shop = make_shop(files | {"content/offers/week.yaml": week})
    with pytest.raises(ContentError) as found:
        shop.build()

    assert str(found.value) == (
        'content/offers/week.yaml:1: name: content/checkout/ucp.yaml has no link at the price of "Week" for the article '
        '"RG-001" (44.10 EUR): give it this price at the store, then write "RG-001: {price: 44.10}" in '
        "content/checkout/ucp.yaml; or add order to checkout.provider"
    )
    shop.write("content/checkout/ucp.yaml", "RG-001: {price: 44.10}\n")
    shop.build()
    assert variants(shop, "plain-band")[0]["buy"]["href"].startswith("https://store.example/permalink/RG-001:1")


@pytest.mark.parametrize(
    ("currency", "price", "faults"), [("EUR", "59.004", 1), ("JPY", "59.4", 1), ("KWD", "59.000", 0)]
)
def test_price_at_a_provider_is_compared_to_the_last_digit(currency: str, price: str, faults: int) -> None:
    entries = {"RG-1": (PayLink(link=LINKS["link"], price=Amount(price)),)}
    shown = item(price=Money(Decimal(59), currency))

    assert len(list(PaymentLinks(LINK_KINDS["link"], entries, language="en").refusals(shown))) == faults


def test_code_that_no_provider_takes_is_an_error(make_shop: MakeShop) -> None:
    code = "kind: coupon\nname: Hello\npercent: 10\ncode: HELLO\n"
    shop = make_shop(dict(paid_by("paypal")) | {"content/offers/hello.yaml": code})
    with pytest.raises(ContentError) as found:
        shop.build()
    assert str(found.value) == (
        "content/offers/hello.yaml:4: code: PayPal accepts no code; make it a sale, or leave the provider out while it runs"
    )

    shop.write("site.yaml", paid_by("stripe")["site.yaml"])
    shop.write("content/checkout/stripe.yaml", paid_by("stripe")["content/checkout/stripe.yaml"])
    shop.build()


def test_what_is_sold_out_need_not_be_sellable(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    shop = make_shop(dict(paid_by("foxy")))
    shop.edit("content/products/plain-band.yaml", "sku: RG-001\n", 'sku: "RG & 1"\navailability: discontinued\n')
    shop.edit("content/products/plain-band.yaml", "stock: 9\n", "")
    shop.build()

    assert "buy" not in variants(shop, "plain-band")[0]


def test_entry_of_no_product_is_told(make_shop: MakeShop) -> None:
    shop = make_shop(
        dict(paid_by("snipcart")) | {"content/checkout/snipcart.yaml": "RG-01: {subscription: {every: month}}\n"}
    )
    shop.write("content/products/new.yaml", "name: New\nsku: NEW\ncategory: rings\nprice: 5.00\nstatus: draft\n")
    file = "content/checkout/snipcart.yaml"

    assert [each for each in shop.build().warnings if file in each] == [
        f'{file}:1: RG-01: no product has this article number, did you mean "RG-001"?'
    ]
    shop.write(file, "".join(f"X-{number}: {{}}\n" for number in range(7)) + "NEW: {}\n")
    told = [each for each in shop.build().warnings if file in each]
    assert (len(told), told[-1]) == (6, f"{file}: 2 more entries are of no product")


def test_edits_of_links_end_where_a_clean_build_ends(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = built(make_shop, monkeypatch, "stripe", "shopify", "paypal")
    shop.edit("content/checkout/paypal.yaml", "payment/2", "payment/changed")
    shop.edit("content/checkout/shopify.yaml", "40123456789012", "40999999999999")
    report = shop.build()
    edited = tree(shop.output)
    shop.build(clean=True)

    assert "products/plain-band/index.html" in {change.output.path for change in report.made}
    assert edited == tree(shop.output)
    assert "payment/changed" in shop.text("products/plain-band/index.html")
    assert "40999999999999" in shop.text("products/plain-band/index.html")


# Secrets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_" + "a1" * 8,
        "sk_test_" + "a1" * 8,
        "rk_live_" + "a1" * 8,
        "rk_test_" + "a1" * 8,
        "whsec_" + "a1" * 8,
        "sq0csp-" + "a1_-" * 6,
        "shpat_" + "a1" * 16,
        "shpca_" + "a1" * 16,
        "shppa_" + "a1" * 16,
        "shpss_" + "a1" * 16,
        "pdl_live_apikey_" + "a1" * 8,
        "pdl_sdbx_apikey_" + "a1" * 8,
    ],
)
def test_keys_of_providers_are_known_as_secrets(secret: str) -> None:
    assert [*find_secrets(f'"{secret}"'.encode())]


def test_public_keys_are_no_secrets() -> None:
    assert not [*find_secrets(f"pk_live_abcdefgh1234 test_{'a1' * 13} live_{'a1' * 13} buy_btn_abc".encode())]


def test_sale_to_come_that_payment_links_do_not_know_is_warned_of(make_shop: MakeShop) -> None:
    files = dict(paid_by("order", "stripe"))
    prices = dict(zip(SOLD, ("59.00", "59.00", "49.00", "45.00", "29.00", "12.00"), strict=True))
    links = "".join(f"{sku}: {{link: https://buy.stripe.com/a, price: {price}}}\n" for sku, price in prices.items())
    sale = "name: Week\npercent: 20\neverything: yes\nstarts: 2026-11-25\nends: 2026-11-29\n"
    shop = make_shop(files | {"content/checkout/stripe.yaml": links, "content/offers/week.yaml": sale})
    week = (
        'content/offers/week.yaml: once "Week" {}, content/checkout/stripe.yaml has no link at the new price for {}, and '
        'they are sold by e-mail: run "storegen pay links stripe" before that'
    )
    articles = "6 articles (ER-003: 23.20 EUR; RG-001: 39.20 EUR; CA-001: 9.60 EUR; and 3 more)"
    begins = week.format("begins on 2026-11-25 00:00", articles)

    assert [each for each in shop.build().warnings if "Week" in each] == [begins]
    assert begins in shop.build().warnings  # also where nothing is to be made
    shop.build(now=dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    shop.edit("content/offers/week.yaml", "everything: yes", "products: [plain-band]")
    shop.edit("content/offers/week.yaml", "2026-11-25", "2026-11-01")
    shop.edit("content/checkout/stripe.yaml", "49.00", "39.20")
    assert [each for each in shop.build().warnings if "Week" in each] == [
        week.format("ends on 2026-11-30 00:00", "1 article (RG-001: 49.00 EUR)")
    ]


def test_link_without_a_price_is_warned_of_before_a_sale(make_shop: MakeShop) -> None:
    sale = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-25\nends: 2026-11-29\n"
    shop = make_shop({**paid_by("stripe"), "content/offers/week.yaml": sale})

    assert (
        'content/offers/week.yaml: no build is made once "Week" begins on 2026-11-25 00:00: content/checkout/stripe.yaml has '
        'no link at the new price for 1 article (RG-001: 39.20 EUR); run "storegen pay links stripe" before that'
    ) in shop.build().warnings


def test_mistakes_in_the_file_of_a_provider_not_in_use_are_warnings(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE | {"content/checkout/stripe.yaml": "RG-001: https://pay.example/1\nTA-9: https://buy.stripe.com/a\n"}
    )
    warned = [each for each in shop.build().warnings if "stripe" in each]

    assert len(warned) == 1
    assert warned[0].startswith(
        "content/checkout/stripe.yaml:1: RG-001: expected https://buy.stripe.com/… or buy_btn_…"
    )
    assert warned[0].endswith("(site.yaml doesn't name this provider)")
    shop.write("content/checkout/stripe.yaml", "RG-001: [\n")
    unread = next(each for each in shop.build().warnings if "stripe" in each)
    assert unread.startswith("content/checkout/stripe.yaml:2: a ")


def test_articles_without_a_weight_are_named_where_delivery_costs_by_weight(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    assert not [each for each in shop.build().warnings if "weight" in each]
    shop.edit("site.yaml", "price: 5.90,", "price: 5.90, steps: [{weight: 1 kg, price: 7.90}],")
    shop.edit("content/products/polishing-cloth.yaml", "price: 12.00", "price: 12.00\ndelivery: {digital: yes}")
    shop.edit("content/products/small-hoops.yaml", "price: 45.00", "price: 45.00\nweight: 4 g")
    warning = "5 articles have no weight and count as 0 kg where delivery costs by weight: {}, RG-014-16 and 2 more"

    assert warning.format("ER-003, RG-001") in shop.build().warnings
    shop.edit("content/products/rope-ring.yaml", "price: 59.00", "price: 59.00\nweight: 4 g")
    shop.edit("content/products/plain-band.yaml", "price: 49.00", "price: 49.00\nweight: 4 g")
    assert (
        "content/products/ball-studs.yaml:1: weight: the article ER-003 has no weight and counts as 0 kg where delivery "
        "costs by weight"
    ) in shop.build().warnings
