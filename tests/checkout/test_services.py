"""Services with a product: what the page offers, what the cart and the payment function charge, what an order says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from storegen.cli.verify_order_command import command
from storegen.errors import ContentError
from storegen.model.scalars import Count, Flag
from storegen.model.services import ServiceText, allowed_pattern, text_fits
from tests.browser import hosted, settle
from tests.checkout.test_payment_function import asked, delivery, places, rows
from tests.conftest import MakeShop
from tests.paying import KEY, paid_by
from tests.pressing import PAGE, order, press
from tests.shop import NOW, Shop

SERVICES = """\
services:
  - {id: wrapping, name: Wrapping, price: 4.00, per: line, text: {label: Card, limit: 20, optional: yes}}
  - id: engraving
    name: Engraving
    note: By hand
    price: 15.00
    days: 2-3
    text: {label: Words inside, limit: 8, allowed: "A-Za-z &."}
    categories: [rings]
    excluding: [plain-band]
  - {id: fitting, name: Fitting, price: 0, categories: [rings]}
"""
RING = "products/rope-ring/index.html"


def shop_of(make_shop: MakeShop, *names: str, services: str = SERVICES) -> Shop:
    shop = make_shop(dict(paid_by(*(names or ("card", "order")))))
    shop.write("site.yaml", (shop.folder / "site.yaml").read_text() + services)
    return shop


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    shop = shop_of(make_shop)
    shop.build()
    return shop


def ids(shop: Shop, product: str) -> list[str]:
    return [str(each["data-service"]) for each in shop.html(f"products/{product}/index.html").select("[data-service]")]


def test_product_offers_the_services_that_go_with_it(shop: Shop) -> None:
    assert ids(shop, "rope-ring") == ["wrapping", "engraving", "fitting"]
    assert ids(shop, "plain-band") == ["wrapping", "fitting"]
    assert ids(shop, "polishing-cloth") == ["wrapping"]

    text = shop.html(RING).select_one(".services").get_text(" ", strip=True)  # type: ignore[union-attr]
    for words in ("Engraving By hand", "+ €15.00", "2–3 more working days", "Words inside at most 8", "Fitting free"):
        assert words in text


def test_download_has_only_services_that_name_it(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)
    shop.write("content/products/pattern.yaml", "name: Pattern\nprice: 5.00\ndelivery: {digital: yes}\n")
    shop.write(
        "site.yaml",
        (shop.folder / "site.yaml").read_text() + "  - {id: print, name: Print, price: 2, products: [pattern]}\n",
    )
    shop.build()

    assert ids(shop, "pattern") == ["print"]


def test_structured_data_has_the_services_as_offers(shop: Shop) -> None:
    (group, *_) = shop.jsonld(RING)
    sold = [each["offers"] for each in group["hasVariant"] if each["offers"]["availability"].endswith("InStock")]

    assert sold
    for offer in sold:
        assert [(each["itemOffered"]["name"], each["price"]) for each in offer["addOn"]] == [
            ("Wrapping", "4.00"),
            ("Engraving", "15.00"),
            ("Fitting", "0.00"),
        ]


def test_services_need_a_way_to_pay_that_takes_them(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, "stripe")
    report = shop.build()

    assert ids(shop, "rope-ring") == []
    assert any(
        "Stripe can't charge services, so wrapping, engraving, fitting are not offered" in each
        for each in report.warnings
    )


def test_other_ways_to_pay_are_named_in_one_line(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, "stripe", "order")
    report = shop.build()

    assert ids(shop, "rope-ring") == ["wrapping", "engraving", "fitting"]
    assert any("Stripe can't charge services" in each and "sold by e-mail" in each for each in report.warnings)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: wrapping", "id: Gift Box", 'services.0.id: expected small letters, digits and hyphens like engraving, found "Gift Box"'),
        ("id: fitting", "id: engraving", 'services.2.id: the id "engraving" is already that of services.1'),
        ("price: 4.00, ", "", 'services.0: "price" is missing'),
        ("price: 4.00", "price: 4.005", "services.0.price: EUR has 2 decimals"),
        ("limit: 8", "limit: 500", "services.1.text.limit: expected a number from 1 to 200, found 500"),
        ("A-Za-z &.", "Z-A", 'services.1.text.allowed: expected a range like A-Z, found "Z-A"'),
        ("excluding: [plain-band]", "excluding: [plain-bond]", 'no product "plain-bond", did you mean "plain-band"?'),
    ],
)  # fmt: skip
def test_wrong_service_is_named(make_shop: MakeShop, old: str, new: str, says: str) -> None:
    shop = shop_of(make_shop, services=SERVICES.replace(old, new))
    with pytest.raises(ContentError) as raised:
        shop.build()

    assert says in str(raised.value)


def test_market_without_a_price_does_not_have_the_service(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, "order", services=SERVICES.replace("price: 4.00", "price: 4.00, prices: {SE: 45}"))
    site = (shop.folder / "site.yaml").read_text().replace("price: 5.90", "price: 5.90, prices: {SE: 69.00}")
    site = site.replace("countries: [FI]}\nreturns", "countries: [FI, SE]}\nreturns")
    shop.write(
        "site.yaml",
        f"{site}languages: [en, sv]\nmarkets: {{SE: {{languages: [sv], currency: SEK, countries: [SE]}}}}\n",
    )
    ring = (shop.folder / "content/products/plain-band.yaml").read_text()
    shop.write("content/products/plain-band.yaml", f"{ring}prices: {{SE: 549.00}}\n")
    report = shop.build()
    path = "sv/produkter/plain-band/index.html"

    assert [str(each["value"]) for each in shop.html(path).select("[data-service]")] == ["0:wrapping:4500"]
    assert any("2 services have no price: engraving, fitting" in each for each in report.warnings)


# The payment function -----------------------------------------------------------------------------------------

CHOSEN = {"line": ["RG-014-16:2"], "service": ["0:wrapping:400", "0:engraving:1500"], "text:0:engraving": "Aino"}


def sent(total: int | None, **changes: Any) -> dict[str, Any]:
    fields = {**CHOSEN, **changes}
    return order({}, **({} if total is None else {"total": total}), lang="en", country="FI", **fields)


def test_function_charges_services_with_their_texts(shop: Shop) -> None:
    pressed = press(shop, [sent(11800 + 400 + 3000)])
    values = asked(pressed.calls[0])

    assert places(pressed) == [(303, PAGE)]
    assert rows(values) == [("Rope ring", 5900, 2), ("Wrapping", 400, 1), ("Engraving: Aino", 1500, 2)]
    assert delivery(values) == 0  # a service counts toward free delivery


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service": ["0:engraving:100"]}, 303),
        ({"service": ["0:gone:400"], "text:0:engraving": ""}, 303),
        ({"line": ["RG-001:1"], "service": ["0:engraving:1500"]}, 303),
        ({"service": ["0:__proto__:1"], "text:0:engraving": ""}, 303),
        ({"service": ["1:engraving:1500"]}, 400),
        ({"service": ["0:engraving:1500", "0:engraving:1500"]}, 400),
        ({"service": ["0:engraving"]}, 400),
        ({"text:0:engraving": "Aino and Eero"}, 400),
        ({"text:0:engraving": "Äiti"}, 400),
        ({"text:0:engraving": ""}, 400),
        ({"text:0:engraving": "A\nB"}, 400),
        ({"service": ["0:wrapping:400"]}, 400),
        ({"service": ["0:fitting:0"], "text:0:fitting": "x", "text:0:engraving": ""}, 400),
    ],
)
def test_function_charges_no_other_service_and_no_other_text(shop: Shop, changes: dict[str, Any], status: int) -> None:
    pressed = press(shop, [sent(15200, **changes)])

    assert [each.status for each in pressed.results] == [status]
    assert pressed.calls == []
    if status == 303:
        assert pressed.results[0].to == "/cart/#changed"


def test_two_lines_of_an_article_need_other_services_and_share_its_stock(shop: Shop) -> None:
    two = {"line": ["RG-014-16:1", "RG-014-16:1"], "service": ["0:engraving:1500"]}
    found = press(shop, [sent(13300, **two), sent(13300, **{**two, "service": []}, **{"text:0:engraving": ""})])

    assert [each.status for each in found.results] == [303, 400]
    assert rows(asked(found.calls[0])) == [("Rope ring", 5900, 1), ("Engraving: Aino", 1500, 1), ("Rope ring", 5900, 1)]


def test_page_without_scripts_sends_the_services_at_the_prices_that_it_shows(shop: Shop) -> None:
    page = shop.html(RING)
    form = page.select_one("noscript #form-buy")
    assert form is not None
    button = next(each for each in page.select("noscript button") if "RG-014-16" in str(each["value"]))
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    tick = page.select_one("[data-service=engraving]")
    text = page.select_one("#service-engraving")
    assert tick is not None
    assert text is not None
    assert {str(each["form"]) for each in (button, tick, text)} == {str(form["id"])}
    chosen = {
        str(button["name"]): str(button["value"]),
        str(tick["name"]): str(tick["value"]),
        str(text["name"]): "Aino",
    }
    unticked = {key: value for key, value in chosen.items() if key != "service"}
    cheaper = chosen | {"line": "RG-014-16:1~100"}
    found = press(shop, [order({}, **fields, **each) for each in (chosen, unticked, cheaper)])

    assert rows(asked(found.calls[0])) == [("Rope ring", 5900, 1), ("Engraving: Aino", 1500, 1)]
    assert [each.status for each in found.results] == [303, 400, 409]
    assert "its service is not ticked" in found.results[1].body


def test_two_languages_have_their_names_of_services_in_the_function(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)
    shop.write("site.yaml", (shop.folder / "site.yaml").read_text() + "languages: [en, fi]\n")
    shop.write("site.fi.yaml", "services: [{name: Paketti}, {name: Kaiverrus}]\n")
    shop.build()
    pressed = press(shop, [sent(15200) | {"body": sent(15200)["body"].replace("lang=en", "lang=fi")}])

    assert rows(asked(pressed.calls[0]))[1:] == [("Paketti", 400, 1), ("Kaiverrus: Aino", 1500, 2)]


# Texts --------------------------------------------------------------------------------------------------------

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/totals.json").read_text())["service_texts"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: each["name"])
def test_text_fits_as_the_vectors_say(vector: dict[str, Any]) -> None:
    rule = vector.get("rule")
    text = rule and ServiceText(
        label="Words",
        limit=Count(rule["limit"]),
        allowed=rule.get("allowed", ""),
        optional=Flag(rule.get("optional", 0)),
    )

    assert text_fits(text or None, vector["text"]) is vector["fits"]
    if rule and rule.get("allowed"):
        assert allowed_pattern(rule["allowed"]) == vector["pattern"]


# In a browser -------------------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    opened = []

    def open_(*names: str, site: str = SERVICES) -> Page:
        shop = shop_of(make_shop, *names, services=site)
        shop.build()
        server = hosted(shop.output)
        address = server.__enter__()
        context = browser.new_context(viewport={"width": 390, "height": 664})
        found = context.new_page()
        found.clock.set_fixed_time(NOW)
        found.goto(f"{address}/products/rope-ring/?variant=RG-014-16")
        settle(found)
        found.locator(".services__names").click()
        opened.append((server, context))
        return found

    yield open_
    for server, context in opened:
        context.close()
        server.__exit__(None, None, None)


def choose(page: Page, text: str) -> None:
    page.get_by_label("Engraving").check()
    page.get_by_label("Words inside").fill(text)
    page.locator("product-buy [data-part=add]").click()
    page.keyboard.press("Escape")


@pytest.mark.browser
def test_services_are_chosen_priced_and_ordered(page: Callable[..., Page], make_shop: MakeShop, tmp_path: Path) -> None:
    visitor = page("order")
    before = visitor.locator("[data-part=promise]").inner_text()
    visitor.get_by_label("Engraving").check()
    expect(visitor.locator("[data-part=services-sum]")).to_have_text("€74.00 with these services")
    assert visitor.locator("[data-part=promise]").inner_text() != before  # it arrives later

    visitor.locator(".services__names").click()  # folded, with a text missing in it
    visitor.locator("product-buy [data-part=add]").click()
    field = visitor.get_by_label("Words inside")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(visitor.locator("#service-engraving-error")).to_have_text("Please write the text.")
    field.fill("Äiti")
    visitor.locator("product-buy [data-part=add]").click()
    expect(visitor.locator("#service-engraving-error")).to_contain_text("too long, or has characters")
    for text in ("Aino", "Eero"):
        choose(visitor, text)
    visitor.get_by_label("Wrapping").check()
    choose(visitor, "Eero")

    lines = visitor.locator("#cart .line")
    expect(lines).to_have_count(3)
    assert lines.nth(0).locator(".line__services").inner_text() == "Engraving: Aino€15.00"
    text = visitor.evaluate("storegen.orderText")
    assert text.count("1 × Rope ring, 16 [RG-014-16] à 59.00 EUR = 59.00 EUR") == 3
    assert "1 × Wrapping [+wrapping] à 4.00 EUR = 4.00 EUR" in text
    assert "Pieces: 226.00 EUR" in text
    checked = CliRunner().invoke(
        command,
        ["-", "--site", str(tmp_path / "shop"), "--at", NOW.isoformat(), "--no-record"],
        input=text.replace("\r\n", "\n"),
    )
    assert (checked.exit_code, checked.stderr) == (0, "")


@pytest.mark.browser
def test_line_of_a_service_that_is_gone_is_told(page: Callable[..., Page], tmp_path: Path) -> None:
    visitor = page("order")
    choose(visitor, "Aino")
    shop = Shop(tmp_path / "shop", {})
    site = str(dict(paid_by("order"))["site.yaml"])
    shop.write(
        "site.yaml",
        site + SERVICES.replace("categories: [rings]\n    excluding", "products: [ball-studs]\n    excluding"),
    )
    shop.build()
    visitor.goto(visitor.url.partition("/products")[0] + "/cart/")
    settle(visitor)

    expect(visitor.locator("shop-cart [data-part=news]")).to_contain_text("A service for Rope ring")
    expect(visitor.locator(".line__services li")).to_have_count(0)


@pytest.mark.browser
def test_provider_that_knows_no_services_is_left_out_while_one_is_chosen(page: Callable[..., Page]) -> None:
    visitor = page("stripe", "order")
    now = visitor.locator("product-buy [data-part=now]")
    expect(now).to_be_visible()
    visitor.get_by_label("Fitting").check()
    expect(now).to_be_hidden()
    expect(visitor.locator("product-buy [data-part=add]")).to_be_visible()
    expect(visitor.locator("[data-method]")).to_have_count(1)
    visitor.get_by_label("Fitting").uncheck()
    expect(now).to_be_visible()
