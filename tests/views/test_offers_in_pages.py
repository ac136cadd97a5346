"""Offers, from a file to the cart: what pages say of them, and what a visitor pays."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from storegen.checkout.order_reading import read_order
from storegen.cli.verify_order_command import command as verify_order
from storegen.errors import ContentError
from tests.browser import hosted
from tests.conftest import CLOTH, FIVE, STUDS, MakeShop
from tests.paying import paid_by
from tests.shop import NOW, SITE, Shop, tree

KEY = "a key that nobody else has"
VOLUME = "kind: volume\nname: Three of them\nproducts: [plain-band]\ntiers: [{count: 3, percent: 10}]\n"
BUNDLE = "kind: bundle\nname: Band and hoops\nproducts: [plain-band, small-hoops]\nprice: 80.00\n"
ADD_ON = "kind: add_on\nname: A cloth with it\ncategories: [rings]\nreduced: [polishing-cloth]\npercent: 30\n"
GIFT = "kind: gift\nname: Studs for free\ngift: ball-studs\nmin_total: 90.00\n"
WELCOME = (
    "kind: first_purchase\nname: A fifth less\npercent: 20\ncode: Welcome20\nexcluding: [polishing-cloth]\n"
    "starts: 2026-11-01\nends: 2026-11-30\ntext: For you.\n"
)


def offers(**files: str) -> dict[str, str | bytes]:
    return FIVE | {f"content/offers/{name}.yaml": text for name, text in files.items()}


def test_product_page_tells_what_makes_it_cheaper(make_shop: MakeShop) -> None:
    shop = make_shop(offers(volume=VOLUME, bundle=BUNDLE, add=ADD_ON, gift=GIFT, welcome=WELCOME))
    shop.build()
    told = {
        name: [
            " ".join(each.get_text(" ").split()) for each in shop.html(f"products/{name}/index.html").select(".offer")
        ]
        for name in ("plain-band", "small-hoops", "polishing-cloth")
    }

    gift = "Studs for free Free with it from €90: Ball studs"
    assert told == {
        "plain-band": [
            "A cloth with it With this −30%: Polishing cloth",
            "Band and hoops Together for €80.00 instead of €94.00: Small hoops",
            gift,
            "Three of them From 3 items €44.10 each −10%",
        ],
        "small-hoops": ["Band and hoops Together for €80.00 instead of €94.00: Plain band", gift],
        "polishing-cloth": ["A cloth with it −30% when you also buy: Rings", gift],
    }


def test_sale_is_named_beside_its_price(make_shop: MakeShop) -> None:
    sale = (
        "kind: sale\nname: Autumn\ncategories: [rings]\npercent: 20\nstarts: 2026-11-01\nends: 2026-11-30\npage: yes\n"
    )
    shop = make_shop(offers(autumn=sale))
    shop.build()
    sold = shop.html("products/plain-band/index.html").select(".cost__ends")[0]

    assert " ".join(sold.get_text(" ").split()) == "Autumn Until the end of Monday 30 November"
    assert [link.get("href") for link in sold.select("a")] == ["/offers/autumn/"]


def test_gift_that_is_sold_out_is_not_promised(make_shop: MakeShop) -> None:
    shop = make_shop(offers(gift=GIFT))
    shop.build()
    assert "Studs for free" in shop.text("products/plain-band/index.html")

    shop.write("content/products/ball-studs.yaml", f"{STUDS}availability: out_of_stock\n")
    shop.build()
    assert "Studs for free" not in shop.html("products/plain-band/index.html").select("main")[0].get_text()


@pytest.mark.parametrize("away", ["status: draft\n", "availability: out_of_stock\n"])
@pytest.mark.parametrize("side", ["plain-band", "small-hoops"])
def test_bundle_without_one_of_its_parts_is_not_promised(make_shop: MakeShop, away: str, side: str) -> None:
    shop = make_shop(offers(bundle=f"{BUNDLE}page: yes\ntext: Both for less.\n"))
    shop.build()
    promised = "Together for €80.00 instead of €94.00"
    pages = [f"products/{side}/index.html", "offers/bundle/index.html"]
    for page in pages:
        assert promised in " ".join(shop.html(page).select("main")[0].get_text(" ").split())
    assert "/offers/bundle/" in shop.text("sitemap.xml")

    hoops = str(FIVE["content/products/small-hoops.yaml"])
    shop.write("content/products/small-hoops.yaml", hoops.replace("stock: 5\n", away))
    shop.build()
    for page in pages:
        assert not shop.has(page) or "ogether" not in shop.html(page).select("main")[0].get_text()
    offer = shop.html("offers/bundle/index.html").select("main")[0].get_text(" ")
    assert "This offer has ended." in offer
    assert "Both for less" not in offer
    assert "/offers/bundle/" not in shop.text("sitemap.xml")

    shop.write("content/products/small-hoops.yaml", hoops)
    shop.build()
    assert promised in " ".join(shop.html(pages[0]).select("main")[0].get_text(" ").split())
    assert "/offers/bundle/" in shop.text("sitemap.xml")


def test_offer_without_its_products_is_not_announced(make_shop: MakeShop) -> None:
    home = "sections:\n  - offer: {id: bundle}\n"
    shop = make_shop({**offers(bundle=f"{BUNDLE}page: yes\n"), "content/pages/home.yaml": home})
    shop.edit("site.yaml", "menu:", 'banner: ["offer:bundle"]\nmenu:')
    shop.build()
    assert "Band and hoops" in shop.html("index.html").select("main")[0].get_text()
    assert "Band and hoops" in shop.html("guides/index.html").get_text()

    shop.edit("content/products/small-hoops.yaml", "stock: 5", "stock: 0")
    shop.build()
    for page in ("index.html", "guides/index.html"):
        assert "Band and hoops" not in shop.html(page).get_text()


@pytest.mark.parametrize("about", ["products: [ball-studs]\n", "tags: [winter]\n"])
def test_page_of_an_offer_on_nothing_that_is_there_gives_no_code(make_shop: MakeShop, about: str) -> None:
    coupon = f"kind: coupon\nname: A fifth less\npercent: 20\ncode: WINTER\npage: yes\n{about}"
    shop = make_shop(offers(winter=coupon))
    shop.write("content/products/ball-studs.yaml", f"{STUDS}status: draft\n")
    shop.build()
    page = shop.html("offers/winter/index.html").select("main")[0].get_text(" ")

    assert "This offer has ended." in page
    assert "WINTER" not in page

    shop.write("content/products/ball-studs.yaml", f"{STUDS}tags: [winter]\n")
    shop.build()
    assert "WINTER" in shop.html("offers/winter/index.html").select("main")[0].get_text(" ")


def test_free_delivery_is_the_price_beside_the_button_too(make_shop: MakeShop) -> None:
    free = "kind: free_delivery\nname: A free weekend\nmin_total: 47.00\nstarts: 2026-11-22\nends: 2026-11-23\n"
    shop = make_shop(offers(free=free))
    for now, costs in ((NOW, "delivery is free"), (NOW + dt.timedelta(days=1), "plus delivery €5.90 (free from €120)")):
        shop.build(now=now)
        assert costs in " ".join(shop.html("products/plain-band/index.html").select(".cost")[0].get_text().split())
        assert "plus delivery" in shop.html("products/small-hoops/index.html").select(".cost")[0].get_text()


@pytest.mark.parametrize(("count", "cost"), [(1, "0.00"), (2, "5.90")])
def test_delivery_that_is_free_from_several_pieces_costs_something_for_one(
    make_shop: MakeShop, count: int, cost: str
) -> None:
    shop = make_shop(offers(free=f"kind: free_delivery\nname: On us\nmin_count: {count}\n"))
    shop.edit("site.yaml", "menu:", "feeds: [google]\nmenu:")
    shop.build()
    shown = " ".join(shop.html("products/plain-band/index.html").select(".cost")[0].get_text().split())
    rates = shop.jsonld("products/plain-band/index.html")[0]["offers"]["shippingDetails"]

    assert ("delivery is free" in shown) is (count == 1)
    assert ("plus delivery €5.90" in shown) is (count == 2)
    assert [rate["shippingRate"]["value"] for rate in rates] == [cost]
    assert f"<g:service>Post</g:service><g:price>{cost} EUR</g:price>" in shop.text("feeds/google.xml")


def test_order_of_one_piece_names_its_delivery_and_total(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(FIVE)
    shop.build()
    href = shop.html("products/plain-band/index.html").select("[data-part=now]")[0]["href"]
    body = parse_qs(urlsplit(str(href)).query)["body"][0].replace("\r\n", "\n")

    assert "Pieces: 49.00 EUR\nDelivery, Post: 5.90 EUR\nTotal: 54.90 EUR\n\nName and delivery address:" in body
    assert_shop_wrote(shop, body)


def test_code_stands_on_its_own_page_only(make_shop: MakeShop) -> None:
    shop = make_shop(offers(welcome=WELCOME))
    report = shop.build()

    page = shop.html("offers/welcome/index.html")
    assert "Welcome20" in page.get_text()
    assert page.select("meta[name=robots][content=noindex]")
    assert "€49.00" in page.get_text()
    everything = {
        str(path.relative_to(shop.output)): path.read_bytes().lower()
        for path in shop.output.rglob("*")
        if path.is_file()
    }
    assert [path for path, data in everything.items() if b"welcome20" in data] == ["offers/welcome/index.html"]
    assert [path for path, data in everything.items() if b"/offers/welcome/" in data] == ["offers/welcome/index.html"]

    end = dt.datetime(2026, 11, 30, 22, tzinfo=dt.UTC)
    assert report.next_instant == end
    over = shop.build(now=end)
    assert [change.output.path for change in over.made] == ["offers/welcome/index.html"]
    assert "This offer has ended" in shop.html("offers/welcome/index.html").get_text()
    assert "Welcome20" not in shop.text("offers/welcome/index.html")


def test_page_of_an_offer_says_what_it_gives(make_shop: MakeShop) -> None:
    both = "kind: free_delivery\nname: On us\neverything: yes\nmin_total: 100.00\nmin_count: 3\n"
    kinds = {"volume": VOLUME, "bundle": BUNDLE, "add": ADD_ON, "gift": GIFT, "free": both}
    shop = make_shop(offers(**{name: f"{text}page: yes\n" for name, text in kinds.items()}))
    shop.build()
    told = {
        name: shop.html(f"offers/{name}/index.html").select(".offer-summary")[0].get_text(" ", strip=True)
        for name in kinds
    }

    assert {name: " ".join(text.split()) for name, text in told.items()} == {
        "volume": "From 3 items −10%",
        "bundle": "Together for €80.00 instead of €94.00",
        "add": "With a product below −30%: Polishing cloth",
        "gift": "Free with it from €90: Ball studs",
        "free": "Delivery is free from €100 and 3 items",
    }
    assert [each["@type"] for each in shop.jsonld("offers/bundle/index.html")] == ["BreadcrumbList"]
    shop.edit("content/products/plain-band.yaml", "stock: 9", "stock: 0")
    shop.build()
    assert not shop.html("products/plain-band/index.html").select(".offer")


def test_page_of_an_offer_that_is_over_leads_on(make_shop: MakeShop) -> None:
    shop = make_shop(offers(volume=f"{VOLUME}page: yes\nends: 2026-10-31\n", welcome=WELCOME))
    shop.build()

    assert shop.html("offers/volume/index.html").select('.offer-head a.button[href="/"]')
    after = shop.html("offers/welcome/index.html").select(".offer-head template")[0]
    assert 'href="/"' in str(after)


def test_last_day_of_an_offer_is_written_as_its_language_does(make_shop: MakeShop) -> None:
    shop = make_shop(offers(welcome=WELCOME))
    shop.edit("site.yaml", "currency:", "languages: [en, fi]\ncurrency:")
    shop.build()
    last = [
        shop.html(f"{path}/welcome/index.html").select("time.badge")[0].get_text()
        for path in ("offers", "fi/tarjoukset")
    ]

    assert last == ["Until the end of Monday 30 November", "Voimassa vielä maanantaina 30. marraskuuta"]


def test_offer_comes_and_goes_on_its_own_pages_only(make_shop: MakeShop) -> None:
    timed = VOLUME + "starts: 2026-12-01\nends: 2026-12-07\n"
    shop = make_shop(offers(volume=timed))
    first = shop.build()
    assert first.next_instant is not None
    during = shop.build(now=first.next_instant)

    assert [change.output.path for change in during.made] == ["products/plain-band/index.html"]
    assert "Three of them" in shop.html("products/plain-band/index.html").select("main")[0].get_text()
    assert during.next_instant is not None
    after = shop.build(now=during.next_instant)
    assert [change.output.path for change in after.made] == ["products/plain-band/index.html"]
    assert "Three of them" not in shop.html("products/plain-band/index.html").select("main")[0].get_text()


def test_offer_links_are_checked(make_shop: MakeShop) -> None:
    files = offers(welcome=WELCOME)
    files["content/guides/gifts.md"] = "---\ntitle: Gifts\n---\n[Welcome](offer:welcome), [no](offer:welcom)\n"
    files["content/offers/volume.yaml"] = VOLUME
    shop = make_shop(files)

    with pytest.raises(Exception, match='no offer "welcom", did you mean "welcome"'):
        shop.build()
    shop.edit("content/guides/gifts.md", "[no](offer:welcom)", "[more](offer:volume)")
    with pytest.raises(Exception, match='the offer "volume" has no page to link to; give it "page: yes"'):
        shop.build()
    shop.edit("content/offers/volume.yaml", "kind:", "page: yes\nkind:")
    shop.edit("site.yaml", "menu: [", 'languages: [en, fi]\nmenu: ["offer:welcome", ')
    shop.build()
    assert [link.get("href") for link in shop.html("guides/gifts/index.html").select(".prose a")] == [
        "/offers/welcome/",
        "/offers/volume/",
    ]
    menu = shop.html("index.html").select('nav a[href="/offers/welcome/"]')
    assert menu[0].get_text(strip=True) == "A fifth less"
    assert shop.html("fi/tarjoukset/volume/index.html").select('link[hreflang="en"]')


# In the browser ---------------------------------------------------------------------------------------------


@pytest.fixture
def shop(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(offers(volume=VOLUME, bundle=BUNDLE, add=ADD_ON, gift=GIFT, welcome=WELCOME))
    shop.build()
    return shop


@pytest.fixture
def address(shop: Shop) -> Iterator[str]:
    with hosted(shop.output) as address:
        yield address


def visit(browser: Browser, address: str, now: dt.datetime = NOW) -> Page:
    """Open a page at a time that stands until it is moved on."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.clock.install(time=now)
    page.goto(address)
    return page


def put(page: Page, address: str, *names: str, shown: str = "[data-part=total]") -> None:
    for name in names:
        page.goto(f"{address}/products/{name}/")
        page.get_by_role("button", name="Add to cart").first.click()
        expect(page.locator(f"dialog[open] {shown}")).not_to_be_empty()
        page.keyboard.press("Escape")


def assert_shop_wrote(shop: Shop, text: str) -> None:
    """Check that nothing in an order is other than the shop would have it, at the time of the visit."""
    done = CliRunner().invoke(
        verify_order, ["-", "--site", str(shop.folder), "--at", NOW.isoformat(), "--no-record"], input=text
    )

    assert (done.exit_code, done.stderr) == (0, ""), done.output


def order(page: Page) -> str:
    href = page.locator("shop-cart [data-part=order]").first.get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)["body"][0].replace("\r\n", "\n")


@pytest.mark.browser
def test_cart_works_offers_out_and_writes_them_into_the_order(browser: Browser, shop: Shop, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "plain-band", "small-hoops", "polishing-cloth")
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")

    expect(cart.locator("[data-part=total]")).to_have_text("€94.30")  # 49 + 45 + 12 − 14 − 3.60 + 5.90 delivery
    cuts = [" ".join(text.split()) for text in cart.locator(".cart__sum--cut").all_inner_texts()]
    assert cuts == ["Band and hoops −€14.00", "A cloth with it −€3.60"]
    body = order(page)
    assert "Band and hoops: -14.00 EUR\nA cloth with it: -3.60 EUR\n" in body
    assert "Total: 94.30 EUR" in body
    assert_shop_wrote(shop, body)


@pytest.mark.browser
def test_cart_suggests_what_is_cheaper_with_it_until_it_is_there(browser: Browser, shop: Shop, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "small-hoops")
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")
    suggestion = cart.locator("[data-part=with]")
    expect(cart.locator("[data-part=total]")).not_to_be_empty()
    expect(suggestion).to_be_hidden()  # the cloth is cheaper with a band only

    put(page, address, "plain-band")
    page.goto(f"{address}/cart/")
    expect(suggestion).to_contain_text("A cloth with it")
    expect(suggestion).to_contain_text("Polishing cloth €8.40 €12.00")
    suggestion.get_by_role("button", name="Add").click()
    expect(suggestion).to_be_hidden()
    expect(cart.get_by_text("−€3.60")).to_be_visible()
    assert "1 × Polishing cloth [CA-001] à 12.00 EUR = 12.00 EUR" in order(page)
    assert all(line.signed for line in read_order(order(page), KEY).lines)

    cart.locator("li", has_text="Polishing cloth").get_by_role("button", name="Remove").click()
    expect(suggestion).to_be_visible()
    shop.write("content/products/polishing-cloth.yaml", f"{CLOTH}availability: out_of_stock\n")
    shop.build()
    page.reload()
    expect(cart.locator("[data-part=total]")).not_to_be_empty()
    expect(suggestion).to_be_hidden()  # nobody can have it now


@pytest.mark.browser
def test_page_of_what_the_cart_suggests_is_asked_once(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "plain-band", "small-hoops")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "polishing-cloth" in request.url else None)
    page.context.route("**/products/polishing-cloth/", lambda route: route.abort(), times=1)
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")
    suggestion = cart.locator("[data-part=with]")
    hoops = cart.locator("li", has_text="hoops")
    expect(cart.locator("[data-part=total]")).not_to_be_empty()
    hoops.get_by_role("button", name="One more").click()
    expect(suggestion).to_be_visible()
    before = len([url for url in asked if url.endswith("/polishing-cloth/")])
    for count in ("3", "4", "5"):
        hoops.get_by_role("button", name="One more").click()
        expect(hoops.locator("[data-part=quantity]")).to_have_value(count)
    hoops.get_by_role("button", name="Remove").click()
    expect(suggestion).to_be_visible()

    assert before >= 2  # the one that failed, and the one that answered
    assert len([url for url in asked if url.endswith("/polishing-cloth/")]) == before


@pytest.mark.browser
def test_gift_comes_with_the_sum_and_goes_below_it(browser: Browser, shop: Shop, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "small-hoops")
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")
    expect(cart.locator(".cart__gift")).to_have_count(0)
    cart.get_by_role("button", name="One more").click()

    expect(cart.locator(".cart__gift")).to_have_text(re.compile("Ball studs.*Free", re.DOTALL))
    assert_shop_wrote(shop, order(page))
    free = [line for line in read_order(order(page), KEY).lines if line.sku == "ER-003"]
    assert [(str(line.price.amount), line.signed) for line in free] == [("0.00", True)]
    cart.get_by_role("button", name="One less").click()
    expect(cart.locator(".cart__gift")).to_have_count(0)


@pytest.mark.browser
def test_code_that_counts_is_named_as_it_was_typed(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(offers(five='kind: coupon\nname: A fifth less\npercent: 20\ncode: "<b>{code}</b> & 20"\n'))
    shop.edit("site.yaml", "currency:", "languages: [en, fi]\ncurrency:")
    shop.build()
    typed = "<B>{code}</B> & 20"
    with hosted(shop.output) as address:
        page = visit(browser, address)
        put(page, address, "small-hoops")
        page.goto(f"{address}/cart/")
        said = page.locator(".cart--page [data-part=code-says]")
        page.get_by_text("I have a code").click()
        page.locator(".cart--page [data-part=code-field]").fill(f" {typed} ")
        page.locator(".cart--page").get_by_role("button", name="Use").click()

        expect(said).to_have_text(f"{typed} is applied.")
        assert said.locator("b").count() == 0
        page.goto(f"{address}/fi/ostoskori/")
        expect(said).to_have_text(f"Koodi {typed} on käytössä.")


@pytest.mark.parametrize(
    ("names", "field", "how"),
    [
        ("order whatsapp", True, "Or type it in your cart, under “I have a code”."),
        ("order stripe", True, "Or type it in your cart, under “I have a code”, or where you pay."),
        ("stripe order", True, "Or type it in your cart, under “I have a code”, or where you pay."),
        ("order shopify", False, "Type it where you pay."),
        ("foxy order", False, "Type it where you pay."),
        ("shopify stripe", False, "Type it where you pay."),
        ("stripe", False, "Type it where you pay."),
        ("snipcart", False, "Type it where you pay."),
    ],
)
def test_cart_takes_codes_where_it_goes_as_a_text_only(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, names: str, *, field: bool, how: str
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    monkeypatch.setenv("STOREGEN_FOXY_KEY", KEY)
    shop = make_shop(dict(paid_by(*names.split())) | {"content/offers/welcome.yaml": WELCOME})
    shop.build()

    has_cart = shop.has("cart/index.html")
    assert bool(has_cart and shop.html("cart/index.html").select("[data-part=code-field]")) == field
    page = shop.html("offers/welcome/index.html")
    assert [each.get_text(strip=True) for each in page.select(".offer-head__how")] == [how]
    assert bool(page.select("offer-code button")) == field


@pytest.mark.browser
@pytest.mark.parametrize("names", ["order stripe", "stripe order"])
def test_code_counts_in_an_order_by_mail_beside_payment_links(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(dict(paid_by(*names.split())) | {"content/offers/welcome.yaml": WELCOME})
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/offers/welcome/")
        page.get_by_role("button", name="Put it in my cart").click()
        put(page, address, "small-hoops")
        page.goto(f"{address}/cart/")

        expect(page.locator(".cart--page [data-part=code-says]")).to_have_text("Welcome20 is applied.")
        expect(page.locator(".cart--page [data-part=total]")).to_have_text("€41.90")  # 45 − 9 + 5.90
        assert "A fifth less: -9.00 EUR" in order(page)
        assert_shop_wrote(shop, order(page))


@pytest.mark.browser
def test_code_of_the_offers_page_counts_in_the_cart(browser: Browser, shop: Shop, address: str) -> None:
    page = visit(browser, f"{address}/offers/welcome/")
    page.get_by_role("button", name="Put it in my cart").click()
    put(page, address, "small-hoops", "polishing-cloth")
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")

    expect(cart.locator("[data-part=code-says]")).to_have_text("Welcome20 is applied.")
    expect(cart.locator("[data-part=total]")).to_have_text("€53.90")  # 45 + 12 − 9 + 5.90
    assert_shop_wrote(shop, order(page))
    assert "A fifth less: -9.00 EUR" in order(page)
    assert "Code: Welcome20" in order(page)
    expect(cart.locator("[data-part=code-field]")).to_be_hidden()  # it has done what it is for
    cart.get_by_text("I have a code").click()
    cart.locator("[data-part=code-field]").fill("nonsense")
    cart.locator("[data-part=code-field]").press("Enter")
    expect(cart.locator("[data-part=code-says]")).to_have_text("We don’t know this code, or it isn’t valid now.")
    expect(cart.locator("[data-part=total]")).to_have_text("€62.90")


@pytest.mark.browser
def test_code_field_is_folded_away_until_it_is_asked_for(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "small-hoops")
    page.goto(f"{address}/cart/")
    cart = page.locator("shop-cart.cart--page")

    expect(cart.locator("[data-part=code-field]")).to_be_hidden()
    cart.get_by_text("I have a code").press("Enter")
    cart.locator("[data-part=code-field]").fill(" WELCOME20 ")
    cart.get_by_role("button", name="Use it").click()
    expect(cart.locator("[data-part=total]")).to_have_text("€41.90")


SALE = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-20\nends: 2026-11-23 12:00\n"
END = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


@pytest.mark.browser
def test_sale_that_ends_while_the_page_is_open_ends_on_it_and_in_the_cart(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(offers(week=SALE))
    shop.edit("site.yaml", "returns:", "lowest_price: no\nreturns:")
    shop.build(now=NOW)
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/products/plain-band/", now=END - dt.timedelta(minutes=5))
        price = page.locator(".price--large")
        expect(price).to_contain_text("€39.20")
        expect(page.get_by_text("Ends Monday 23 November, 12:00")).to_be_visible()
        page.get_by_role("button", name="Add to cart").first.click()
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€45.10")

        page.clock.fast_forward(6 * 60 * 1000)
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€54.90")
        lines = read_order(order(page), KEY).lines
        assert [(str(line.price.amount), line.signed) for line in lines] == [("49.00", True)]
        page.keyboard.press("Escape")
        expect(price).to_have_text(re.compile(r"^\s*Price: €49\.00\s*$"))
        expect(page.get_by_text("Ends Monday")).to_have_count(0)
        href = page.get_by_role("link", name="Buy now").first.get_attribute("href") or ""
        assert "49.00" in parse_qs(urlsplit(href).query)["body"][0]

        page.goto(f"{address}/rings/")
        card = page.locator("li", has_text="Plain band").last
        expect(card).to_contain_text("€49.00")
        expect(card).not_to_contain_text("€39.20")


COMING = (
    "name: Week\npercent: 20\nproducts: [plain-band, rope-ring]\nstarts: 2026-11-23 12:00\nends: 2026-11-23 18:00\n"
)
START = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)


def test_page_says_the_prices_of_a_coming_sale_before_it_starts(make_shop: MakeShop) -> None:
    shop = make_shop(offers(week=COMING))
    shop.edit("site.yaml", "returns:", "lowest_price: no\nreturns:")
    shop.build(now=NOW)
    script = str(shop.html("products/plain-band/index.html").select("product-buy [data-part=data]")[0].string)
    price = json.loads(script)["variants"][0]["price"]

    assert [price["now"]["amount"], price["then"]["now"]["amount"], price["then"]["then"]["now"]["amount"]] == [
        "49.00",
        "39.20",
        "49.00",
    ]
    assert [price["until"], price["then"]["until"]] == ["2026-11-23T10:00:00Z", "2026-11-23T16:00:00Z"]
    assert "ends" not in price  # this is no sale


@pytest.mark.parametrize("edit", [("percent: 20", "percent: 30"), ("18:00", "19:00"), ("12:00", "11:55")])
def test_changed_coming_sale_changes_the_pages_as_a_clean_build_does(
    make_shop: MakeShop, tmp_path: Path, edit: tuple[str, str]
) -> None:
    shop = make_shop(offers(week=COMING))
    shop.build(now=NOW)
    shop.edit("content/offers/week.yaml", *edit)
    shop.build(now=NOW)
    shop.build(now=NOW, output=tmp_path / "clean", cache=tmp_path / "cache")

    assert tree(shop.output) == tree(tmp_path / "clean")


def test_build_after_the_start_and_the_end_is_that_of_a_clean_build(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = make_shop(offers(week=COMING))
    assert shop.build(now=NOW).next_instant == START
    for number, now in enumerate((START, START + dt.timedelta(hours=6))):
        shop.build(now=now)
        shop.build(now=now, output=tmp_path / f"clean{number}", cache=tmp_path / f"cache{number}")
        assert tree(shop.output) == tree(tmp_path / f"clean{number}")


@pytest.mark.browser
def test_sale_that_starts_while_the_page_is_open_starts_on_it_and_in_the_cart(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(offers(week=COMING))
    shop.edit("site.yaml", "returns:", "lowest_price: no\nreturns:")
    shop.build(now=NOW)
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/products/plain-band/", now=START - dt.timedelta(minutes=5))
        price = page.locator(".price--large")
        expect(price).to_have_text(re.compile(r"^\s*Price: €49\.00\s*$"))
        expect(page.get_by_text("Ends Monday")).to_have_count(0)
        page.get_by_role("button", name="Add to cart").first.click()
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€54.90")

        page.clock.fast_forward(6 * 60 * 1000)
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€45.10")
        expect(page.locator("dialog[open] [data-part=news]")).to_have_text("Plain band now costs €39.20, not €49.00.")
        lines = read_order(order(page), KEY).lines
        assert [(str(line.price.amount), line.signed) for line in lines] == [("39.20", True)]
        page.keyboard.press("Escape")
        expect(price).to_contain_text("€39.20")
        expect(price).to_contain_text("€49.00")
        expect(page.get_by_text("Ends Monday 23 November, 18:00")).to_be_visible()
        href = page.get_by_role("link", name="Buy now").first.get_attribute("href") or ""
        assert "39.20" in parse_qs(urlsplit(href).query)["body"][0]
        expect(page.locator("[data-part=bar-price]")).to_have_text("€39.20")

        page.clock.fast_forward(6 * 60 * 60 * 1000)
        expect(price).to_have_text(re.compile(r"^\s*Price: €49\.00\s*$"))
        expect(page.get_by_text("Ends Monday")).to_have_count(0)


@pytest.mark.browser
def test_sale_that_starts_changes_the_price_of_a_choice_and_the_stored_cart(
    browser: Browser, make_shop: MakeShop
) -> None:
    shop = make_shop(offers(week=COMING))
    shop.edit("site.yaml", "returns:", "lowest_price: no\nreturns:")
    shop.build(now=NOW)
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/products/rope-ring/", now=START - dt.timedelta(minutes=5))
        price = page.locator(".price--large")
        page.locator("label", has_text="17").click()
        before = price.inner_text()
        page.get_by_role("button", name="Add to cart").first.click()
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€64.90")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.clock.fast_forward(6 * 60 * 1000)
        expect(price).to_contain_text(before.strip())
        expect(price.locator("s")).to_have_count(1)

        page.goto(f"{address}/cart/")
        expect(page.locator("[data-part=news]").first).to_contain_text("now costs")
        page.reload()
        expect(page.locator("[data-part=sum]").first).to_be_visible()
        expect(page.locator("[data-part=news]").first).to_have_text("")


UNTIL_NOON = "starts: 2026-11-20\nends: 2026-11-23 12:00\n"
ANNOUNCED = offers(
    free=f"kind: free_delivery\nname: Sent free\n{UNTIL_NOON}",
    week=f"name: Ring week\npercent: 20\ncategories: [rings]\nbadge: Ring week\ntext: Only now.\npage: yes\n{UNTIL_NOON}",
    code=f"kind: coupon\nname: A code\npercent: 10\ncode: TEN\nproducts: [small-hoops]\npage: yes\n{UNTIL_NOON}",
) | {"content/pages/home.yaml": "sections:\n  - offer: {id: week}\n  - featured: {title: All, category: rings}\n"}
SAYING = """\
promises: {delivery: {title: Post, text: "{delivery_price}, free from {free_from}.", short: "Free from {free_from}"}}
banner: ["offer:week", delivery]
product_promises: [delivery]
returns:"""


@pytest.mark.browser
def test_announcements_go_when_the_offer_ends_while_the_page_is_open(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(ANNOUNCED)
    shop.edit("site.yaml", "returns:", SAYING)
    shop.build(now=NOW)
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/", now=END - dt.timedelta(minutes=5))
        banner, card = page.locator(".banner"), page.locator("li", has_text="Plain band").first
        expect(banner).to_have_text("Ring week Delivery is free")
        expect(page.get_by_role("heading", name="Ring week")).to_be_visible()
        expect(card.locator(".badge")).to_have_text("Ring week")
        page.clock.fast_forward(6 * 60 * 1000)
        expect(banner).to_have_text("Free from €120")
        expect(page.get_by_role("heading", name="Ring week")).to_have_count(0)
        expect(page.locator(".badge")).to_have_count(0)

        # A page that is opened later and was not built again.
        page.goto(f"{address}/products/small-hoops/")
        expect(page.locator(".cost")).to_contain_text("plus delivery €5.90 (free from €120)")
        expect(page.locator(".facts")).to_contain_text("€5.90, free from €120.")


@pytest.mark.browser
def test_page_of_an_offer_that_ends_while_it_is_open_leads_on(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(ANNOUNCED)
    shop.build(now=NOW)
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/offers/code/", now=END - dt.timedelta(minutes=5))
        hoops = page.locator("li", has_text="Small hoops")
        expect(hoops).to_contain_text("€40.50 with code TEN")
        page.clock.fast_forward(6 * 60 * 1000)
        expect(page.get_by_text("This offer has ended.")).to_be_visible()
        expect(page.get_by_role("link", name="See what there is")).to_be_visible()
        expect(hoops).to_contain_text("€45.00")
        expect(hoops).not_to_contain_text("TEN")

        page.goto(f"{address}/offers/week/")
        expect(page.get_by_text("This offer has ended.")).to_be_visible()
        expect(page.get_by_text("Only now.")).to_have_count(0)
        expect(page.locator("li", has_text="Plain band").last).to_be_visible()


@pytest.mark.browser
def test_free_delivery_in_one_country_counts_there_only(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    free = "kind: free_delivery\nname: Sent free to Sweden\ncountries: [SE]\nterms: Below 20 kg.\n"
    shop = make_shop(offers(free=free, five="kind: coupon\nname: Five\namount: 5.00\ncode: FIVE\nterms: Once each.\n"))
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text[: text.index("  methods:")] + METHODS + text[text.index("returns:") :])
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, address)
        put(page, address, "small-hoops")
        told = page.locator(".offers li", has_text="Sent free to Sweden")
        expect(told).to_contain_text("Delivery is free to Sweden")
        told.get_by_text("Terms").click()
        expect(told.get_by_text("Below 20 kg.")).to_be_visible()
        page.locator("header [data-opens=cart]").click()
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€50.90")
        assert_shop_wrote(shop, order(page))

        page.get_by_label("Deliver to").select_option("Sweden")
        expect(page.locator("dialog[open] [data-part=total]")).to_have_text("€45.00")
        assert "Sweden: 0.00 EUR" in order(page)
        assert_shop_wrote(shop, order(page))
        page.get_by_text("I have a code").click()
        page.locator("dialog [data-part=code-field]").fill("five")
        page.get_by_role("button", name="Use it").click()
        expect(page.locator("dialog [data-part=code-says]")).to_have_text("five is applied. Once each.")
        assert_shop_wrote(shop, order(page))


@pytest.mark.browser
def test_digital_product_speaks_of_no_parcel(browser: Browser, make_shop: MakeShop) -> None:
    voucher = "name: Voucher\nsku: V-1\nprice: 20.00\ntax_class: voucher\ndelivery: {digital: yes}\n"
    shop = make_shop(FIVE | {"content/products/voucher.yaml": voucher})
    shop.edit("site.yaml", "standard: 25.5", "standard: 25.5, voucher: 0")
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/products/voucher/")
        expect(page.locator("[data-part=promise]")).to_have_text("Sent by e-mail after payment; no parcel")
        expect(page.locator(".cost")).to_have_count(0)
        page.get_by_role("button", name="Add to cart").first.click()
        cart = page.locator("dialog[open]")
        expect(cart.locator("[data-part=total]")).to_have_text("€20.00")
        expect(cart.locator("[data-part=tax]")).to_have_text("")
        for text in ("Delivery", "days to return", "Arrives"):
            expect(cart.get_by_text(text).locator("visible=true")).to_have_count(0)


@pytest.mark.browser
def test_stale_cart_is_corrected_and_says_so(browser: Browser, shop: Shop, address: str) -> None:
    page = visit(browser, address)
    put(page, address, "small-hoops", "ball-studs", "plain-band")
    page.goto(f"{address}/cart/")
    for _ in range(4):
        page.locator("li", has_text="Plain band").get_by_role("button", name="One more").click()
    expect(page.locator("shop-cart.cart--page [data-part=count]")).to_have_text("7 items")
    shop.edit("content/products/small-hoops.yaml", "45.00", "47.00")
    shop.edit("content/products/ball-studs.yaml", "price", "stock: 0\nprice")
    shop.edit("content/products/plain-band.yaml", "stock: 9", "stock: 2")
    shop.build()

    page.goto(f"{address}/")
    page.locator("[data-opens=cart]").first.click()
    drawer = page.locator("dialog[open]")
    expect(drawer.locator("[data-part=news]")).to_have_text(
        "Small hoops now costs €47.00, not €45.00. Ball studs is sold out and no longer in your cart. "
        "Only 2 of Plain band are left; your cart now holds that many."
    )
    expect(drawer.locator("[data-part=count]")).to_have_text("3 items")
    assert all(line.signed for line in read_order(order(page), KEY).lines)


# Delivery ---------------------------------------------------------------------------------------------------

METHODS = """\
  methods:
    - {id: post, name: Post, price: 5.90, free_from: 120.00, days: 1-3, countries: [FI]}
    - {id: abroad, name: Parcel, price: 12.00, steps: [{count: 3, price: 18.00}], days: 3-5, countries: [SE, NO]}
    - {id: fetch, name: Fetch it, price: 0, days: "1", countries: [FI]}
"""


@pytest.mark.browser
def test_visitor_chooses_the_delivery_and_the_total_follows(
    browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    shop = make_shop(
        FIVE
        | {
            "content/products/plain-band.yaml": "name: Plain band\nsku: RG-001\nprice: 49.00\n"
            "delivery: {methods: [post, abroad]}\n",
            "content/products/heavy.yaml": "name: Heavy\nsku: H-1\nprice: 70.00\ndelivery: {methods: [fetch]}\n",
            "content/products/plan.yaml": "name: A plan\nsku: PL-1\nprice: 5.00\ndelivery: {digital: yes}\n",
        }
    )
    text = (shop.folder / "site.yaml").read_text()
    start = text.index("  methods:")
    shop.write("site.yaml", text[:start] + METHODS + text[text.index("returns:") :])
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, address)
        put(page, address, "plan")
        page.goto(f"{address}/cart/")
        cart = page.locator("shop-cart.cart--page")
        expect(cart.locator("[data-part=total]")).to_have_text("€5.00")  # nothing is carried
        expect(cart.locator("[data-part=delivery-row]")).to_be_hidden()

        put(page, address, "small-hoops")
        page.goto(f"{address}/cart/")
        country, choice = cart.get_by_label("Deliver to"), cart.get_by_label("Delivery method")
        assert country.locator("option").all_inner_texts() == ["Finland", "Norway", "Sweden"]
        assert choice.locator("option").all_inner_texts() == ["Post", "Fetch it"]
        expect(cart.locator("[data-part=total]")).to_have_text("€55.90")
        country.select_option("Sweden")
        expect(choice).to_be_hidden()  # there is one way
        expect(cart.locator("[data-part=total]")).to_have_text("€62.00")
        assert "Delivery, Parcel, Sweden: 12.00 EUR" in order(page)
        for _ in range(2):
            page.locator("li", has_text="Small hoops").get_by_role("button", name="One more").click()
        expect(cart.locator("[data-part=total]")).to_have_text("€158.00")  # 5 + 135 + 18 from three pieces on
        country.select_option("Finland")
        choice.select_option("Fetch it")
        expect(cart.locator("[data-part=total]")).to_have_text("€140.00")
        page.goto(f"{address}/cart/")
        expect(cart.locator("[data-part=total]")).to_have_text("€140.00")  # remembered

        put(page, address, "plain-band")
        page.goto(f"{address}/cart/")
        expect(cart.get_by_text("Delivery, Post")).to_be_visible()
        expect(cart.locator("[data-part=total]")).to_have_text("€189.00")  # free from 120

        put(page, address, "heavy", shown="[data-part=apart]")
        page.goto(f"{address}/cart/")
        expect(cart.get_by_text("No delivery method takes all of this together.")).to_be_visible()
        expect(cart.locator("[data-part=foot]")).to_be_hidden()
        expect(country).to_be_visible()  # another country may have a way
        page.locator("li", has_text="Plain band").get_by_role("button", name="Remove").click()
        expect(cart.locator("[data-part=total]")).to_have_text("€210.00")


@pytest.mark.browser
def test_cart_names_what_is_not_sent_to_the_country(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    text = (shop.folder / "site.yaml").read_text()
    shop.write("site.yaml", text[: text.index("  methods:")] + METHODS + text[text.index("returns:") :])
    shop.edit("content/products/plain-band.yaml", "name:", "delivery: {methods: [post]}\nname:")
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, address)
        for name in ("plain-band", "small-hoops"):
            put(page, address, name)
        page.goto(f"{address}/cart/")
        cart = page.locator("shop-cart.cart--page")
        cart.locator("[data-part=country]").select_option("Sweden")
        expect(cart.locator("[data-part=apart]")).to_have_text("Not sent to Sweden: Plain band. Remove it, or ask us.")
        page.context.close()


@pytest.mark.browser
def test_pages_follow_the_country_chosen_in_the_cart(browser: Browser, make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/products/heavy.yaml": "name: Heavy\nsku: H-1\nprice: 70.00\ndelivery: {methods: [fetch]}\n",
            "content/products/plan.yaml": "name: A plan\nsku: PL-1\nprice: 5.00\ndelivery: {digital: yes}\n",
        }
    )
    text = (shop.folder / "site.yaml").read_text()
    shop.write(
        "site.yaml",
        text[: text.index("  methods:")]
        + METHODS.replace("Post,", "Post, carrier: posti,")
        + text[text.index("returns:") :],
    )
    shop.build()
    with hosted(shop.output) as address:
        page = visit(browser, f"{address}/products/rope-ring/")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        promise, cost = page.locator("[data-part=promise]"), page.locator("product-buy [data-part=delivery]")
        put(page, address, "small-hoops")
        expect(promise).to_contain_text("Tue 24 – Thu 26 Nov".replace(" ", "\u00a0").replace("–", "–\u2060"))
        expect(promise).to_contain_text("with Posti")
        expect(cost).to_have_text("plus delivery €5.90 (free from €120)")
        assert not [url for url in asked if "/promise." in url]

        page.locator("header [data-opens=cart]").click()
        page.get_by_label("Deliver to").select_option("Sweden")
        page.keyboard.press("Escape")
        expect(cost).to_have_text("plus delivery €12.00 (Sweden)")
        days = "Thu 26 – Mon 30 Nov".replace(" ", "\u00a0").replace("–", "–\u2060")
        expect(promise).to_contain_text(days)
        expect(promise).not_to_contain_text("Parcel")
        page.goto(f"{address}/products/rope-ring/?variant=RG-014-17")
        expect(cost).to_have_text("plus delivery €12.00 (Sweden)")
        expect(promise).to_contain_text(days)
        page.get_by_text("16", exact=True).first.click()
        expect(promise).to_contain_text(days)
        page.goto(f"{address}/products/heavy/")
        expect(cost).to_have_text("not sent to Sweden")
        expect(promise).to_have_text(re.compile(r"^\s*In stock in Helsinki\s*$"))
        page.goto(f"{address}/products/plan/")
        assert page.locator("product-buy [data-part=delivery]").count() == 0

        page.goto(f"{address}/products/small-hoops/")
        expect(cost).to_have_text("plus delivery €12.00 (Sweden)")
        page.locator("header [data-opens=cart]").click()
        page.get_by_label("Deliver to").select_option("Finland")
        expect(cost).to_have_text("plus delivery €5.90 (free from €120)")
        expect(promise).to_contain_text("with Posti")


def test_delivery_on_a_page_is_what_this_piece_costs_to_send(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/products/ring.yaml": "name: R\nprice: 150.00\nsku: R\nweight: 3 kg\n"})
    shop.edit("site.yaml", "free_from: 120.00", "free_from: 120.00, steps: [{weight: 2 kg, price: 9.00}]")
    shop.write("content/products/heavy.yaml", "name: H\nprice: 50.00\nsku: H\nweight: 2.5 kg\n")
    shop.build()
    costs = {name: shop.html(f"products/{name}/index.html").select(".cost")[0].get_text() for name in ("ring", "heavy")}

    assert "delivery is free" in costs["ring"]
    assert "plus delivery €9 (free from €120)" in costs["heavy"]
    shop.write("content/pages/delivery.md", "---\ntitle: Delivery\nlayout: delivery\n---\nHow it comes.\n")
    shop.build()
    assert "€9.00 from 2 kg" in shop.html("delivery/index.html").get_text()
    offer = shop.jsonld("products/heavy/index.html")[0]["offers"]
    assert offer["shippingDetails"][0]["shippingRate"]["value"] == "9.00"


def test_error_of_a_provider_that_adds_up_by_itself_fits_each_kind(make_shop: MakeShop) -> None:
    free = "kind: free_delivery\nname: Free\n"
    files = offers(volume=VOLUME, bundle=BUNDLE, add=ADD_ON, gift=GIFT, free=free)
    files["content/offers/sample.yaml"] = "kind: sample\nname: Sample\nsamples: [ball-studs]\n"
    shop = make_shop(files)
    shop.edit("site.yaml", "returns:", "checkout: {provider: snipcart, snipcart: {public_key: abc}}\nreturns:")
    with pytest.raises(ContentError) as found:
        shop.build()

    own = "Snipcart calculates the total itself and would"
    coupon = "make it a coupon there and here, or take orders by mail or messenger alone"
    left = "leave it out here and set it up there, where that can be done, or take orders by mail or messenger alone"
    assert {problem.message for problem in found.value.problems} == {
        f"{own} not take off this volume price; {coupon}",
        f"{own} not take off what this bundle saves; {coupon}",
        f"{own} not take off what this add-on saves; {coupon}",
        f"{own} not add this gift; {left}",
        f"{own} not add this sample; {left}",
        f"{own} still charge for the delivery; {left}",
    }


def test_offer_that_a_provider_would_not_take_off_is_an_error(make_shop: MakeShop) -> None:
    files = offers(volume=VOLUME, welcome=WELCOME)
    shop = make_shop(files)
    shop.edit("site.yaml", "returns:", "checkout: {provider: snipcart, snipcart: {public_key: abc}}\nreturns:")

    with pytest.raises(
        Exception, match="Snipcart calculates the total itself and would not take off this volume"
    ) as found:
        shop.build()
    assert "welcome" not in str(found.value)
    shop.remove("content/offers/volume.yaml")
    shop.build()
    page = shop.html("offers/welcome/index.html").get_text()
    assert "Welcome20" in page
    assert "Type it where you pay." in page
    assert "Put it in my cart" not in page


WEEK = "name: Week\npercent: 20\neverything: yes\nstarts: 2026-11-01\nends: 2026-12-20\n"


def test_offers_come_first_in_the_line_at_the_top(make_shop: MakeShop) -> None:
    """A phone shows two lines of it."""
    site = SITE + "promises: {a: {title: One}, b: {title: Two}}\nbanner: [a, b, offer:week]\n"
    shop = make_shop(FIVE | {"site.yaml": site, "content/offers/week.yaml": WEEK})
    shop.build()

    assert [each.text for each in shop.html("index.html").select(".banner__line")] == ["Week", "One", "Two"]
