"""Payment links made by Stripe's API: the plan, the requests, the file, and the shop that is built with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from storegen.cli.pay_command import command
from storegen.errors import UsageError
from storegen.payments import stripe_api
from storegen.payments.stripe_api import StripeError
from tests.checkout.test_next_provider import DURING, WEEK, buttons, hosts
from tests.conftest import MakeShop
from tests.paying import SOLD, paid_by
from tests.payments.stripe_server import CUT, KEY, LOST, StripeServer, is_typed, stripe_server
from tests.shop import Shop
from tests.views.test_markets import THREE

FILE = "content/checkout/stripe.yaml"
BEFORE = "2026-11-19T09:00Z"
HOME = "countries: [FI]}\nreturns"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StripeServer]:
    """Run the stand-in of Stripe, and return it. Waits take no time."""
    with stripe_server() as found:
        monkeypatch.setattr(stripe_api, "API", found.address)
        monkeypatch.setattr(stripe_api, "sleep", lambda seconds: None)
        monkeypatch.setenv("STRIPE_KEY", KEY)
        yield found
        assert found.faults == []


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    """Return a shop with six articles to sell and no payment links."""
    return make_shop({name: text for name, text in paid_by("stripe", "order").items() if "checkout/" not in name})


def run(shop: Shop, *options: str, answer: str = "", now: str = BEFORE) -> Result:
    arguments = ["links", "stripe", "--site", str(shop.folder), "--now", now, *(options or ["--yes"])]
    return CliRunner().invoke(command, arguments, input=answer)


def made(shop: Shop, *options: str, now: str = BEFORE) -> str:
    """Make links without a question, and return what is said."""
    result = run(shop, "--yes", *options, now=now)
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def posted(server: StripeServer) -> int:
    return sum(method == "POST" for method, _ in server.asked)


def test_requests_are_checked_by_stripes_own_types() -> None:
    if not is_typed():
        pytest.skip("the package stripe is not installed: names and types of requests are not checked")


# Making -----------------------------------------------------------------------------------------------------


def test_every_article_gets_a_link_that_the_shop_uses(shop: Shop, server: StripeServer) -> None:
    said = made(shop)
    shop.build()

    assert said.splitlines()[:2] == [
        "Stripe, test mode",
        "make 6 links: ER-003 29.00 EUR, RG-001 49.00 EUR, CA-001 12.00 EUR and 3 more",
    ]
    assert said.endswith(f"6 links written to {FILE}\n")
    assert set(hosts(shop).values()) == {"stripe"}
    link = next(each for each in server.links if each["metadata"]["sku"] == "RG-014-17")
    assert link["line_items"]["data"] == [{"price": {"unit_amount": 5900, "currency": "eur"}}]
    assert link["shipping_address_collection"]["allowed_countries"] == ["FI"]
    assert [each["display_name"] for each in server.rates] == ["Post"]
    assert server.rates[0]["fixed_amount"] == {"amount": "590", "currency": "eur"}
    assert f"RG-014-17: {{link: {link['url']}, price: 59.00}}\n" in shop.folder.joinpath(FILE).read_text()


def test_second_run_asks_for_nothing(shop: Shop, server: StripeServer) -> None:
    made(shop)
    before, count = shop.folder.joinpath(FILE).read_bytes(), posted(server)

    assert made(shop).splitlines()[1:] == ["keep 6 links", "no link is missing"]
    assert (shop.folder.joinpath(FILE).read_bytes(), posted(server)) == (before, count)


def test_links_of_a_sale_are_made_before_it(shop: Shop, server: StripeServer) -> None:
    shop.write("content/offers/week.yaml", WEEK.replace("everything: yes", "categories: [rings]"))

    assert made(shop).splitlines()[1:3] == [
        "make 6 links: ER-003 29.00 EUR, RG-001 49.00 EUR, CA-001 12.00 EUR and 3 more",
        (
            'make 3 links for "Winter week", used from 2026-11-19 22:00 UTC on: RG-001 39.20 EUR, RG-014-16 47.20 EUR, '
            "RG-014-17 47.20 EUR"
        ),
    ]
    assert [each for each in shop.build(now=DURING).warnings if "stripe" in each] == []
    buy = dict(buttons(shop))["RG-001"]["buy"]
    charged = {each["url"]: each["line_items"]["data"][0]["price"]["unit_amount"] for each in server.links}
    assert charged[buy["href"].partition("?")[0]] == 3920
    assert charged[buy["then"]["href"].partition("?")[0]] == 4900


def test_plan_is_shown_and_nothing_is_done_without_consent(shop: Shop, server: StripeServer) -> None:
    shown = run(shop, "--dry-run")
    refused = run(shop, "--market", "", answer="n\n")

    assert (shown.exit_code, "make 6 links" in shown.output) == (0, True)
    assert (refused.exit_code, "Go on? [y/N]" in refused.output) == (1, True)
    assert posted(server) == 0
    assert not shop.folder.joinpath(FILE).exists()
    assert run(shop, "--market", "", answer="y\n").exit_code == 0
    assert len(server.links) == 6


def test_gift_and_free_delivery_are_in_the_link_and_a_volume_price_is_not(shop: Shop, server: StripeServer) -> None:
    shop.write("content/offers/cloth.yaml", "kind: gift\nname: Cloth\ngift: polishing-cloth\nproducts: [plain-band]\n")
    shop.write("content/offers/free.yaml", "kind: free_delivery\nname: Free\nproducts: [small-hoops]\n")
    shop.write(
        "content/offers/three.yaml",
        "kind: volume\nname: Three\ntiers: [{count: 3, percent: 10}]\nproducts: [ball-studs]\n",
    )
    said = made(shop)
    report = shop.build()
    by_sku = {each["metadata"]["sku"]: each for each in server.links}
    rates = {each["id"]: each["fixed_amount"]["amount"] for each in server.rates}

    assert 'no link for 1 article (ER-003): a payment link can\'t honour "Three"' in said
    assert [each["price"]["unit_amount"] for each in by_sku["RG-001"]["line_items"]["data"]] == [4900, 0]
    assert {sku: rates[link["shipping_options"][0]["shipping_rate"]] for sku, link in by_sku.items()} == {
        sku: "0" if sku == "ER-002" else "590" for sku in SOLD if sku != "ER-003"
    }
    assert "offers: [cloth]}" in shop.folder.joinpath(FILE).read_text()
    assert hosts(shop) == {sku: "mail" if sku == "ER-003" else "stripe" for sku in SOLD}
    assert [each for each in report.warnings if "RG-001" in each or "ER-002" in each] == []


def test_link_is_only_for_countries_with_the_same_delivery(shop: Shop, server: StripeServer) -> None:
    shop.edit(
        "site.yaml",
        HOME,
        "countries: [FI, SE]}\n    - {id: far, name: Far, price: 12, days: 4-6, countries: [DE]}\nreturns",
    )
    made(shop)

    assert {tuple(each["shipping_address_collection"]["allowed_countries"]) for each in server.links} == {("FI", "SE")}


def test_delivery_that_stripe_cant_calculate_has_no_link(shop: Shop, server: StripeServer) -> None:
    shop.edit("site.yaml", HOME, "countries: [FI], surcharges: [{postcodes: [22*], price: 9.00}]}\nreturns")
    assert "no link for 6 articles (ER-003, RG-001, CA-001 and 3 more): delivery depends on the postcode" in made(shop)
    assert server.links == []


def test_links_of_a_market_are_in_its_own_currency_and_file(make_shop: MakeShop, server: StripeServer) -> None:
    site = str(THREE["site.yaml"]) + "checkout: {provider: [stripe, order]}\n"
    shop = make_shop({**THREE, "site.yaml": site})
    made(shop, "--market", "KR")

    assert shop.folder.joinpath("content/checkout/stripe.KR.yaml").is_file()
    assert not shop.folder.joinpath(FILE).exists()
    prices = [each["line_items"]["data"][0]["price"] for each in server.links]
    assert {each["currency"] for each in prices} == {"krw"}
    assert 79000 in [each["unit_amount"] for each in prices]  # won has no decimals
    assert str(run(shop, "--market", "JP").exception).startswith('no market "JP"; markets of site.yaml: ')


# Renewing ---------------------------------------------------------------------------------------------------


def test_new_price_gets_a_new_link_and_the_old_one_stays(shop: Shop, server: StripeServer) -> None:
    made(shop)
    shop.edit("content/products/plain-band.yaml", "49.00", "52.00")
    said = made(shop)

    assert "make 1 link: RG-001 52.00 EUR" in said
    assert "could be deactivated: 1 link: RG-001 49.00 (--deactivate does it)" in said
    assert [each["active"] for each in server.links] == [True] * 7
    shop.build()
    assert hosts(shop)["RG-001"] == "stripe"
    said = made(shop, "--deactivate")
    assert said.endswith("no link is missing\n1 link deactivated\n")
    assert [each["metadata"]["sku"] for each in server.links if not each["active"]] == ["RG-001"]
    assert "price: 49.00" not in shop.folder.joinpath(FILE).read_text()
    shop.edit("content/products/plain-band.yaml", "52.00", "49.00")
    made(shop)
    active = [each for each in server.links if each["active"] and each["metadata"]["sku"] == "RG-001"]
    assert active[-1]["line_items"]["data"][0]["price"]["unit_amount"] == 4900


def test_link_with_another_delivery_is_replaced(shop: Shop, server: StripeServer) -> None:
    made(shop)
    shop.edit("site.yaml", "price: 5.90", "price: 6.90")

    assert "make 6 links" in made(shop)
    text = shop.folder.joinpath(FILE).read_text()
    assert [f"{each['url']}," in text for each in server.links] == [False] * 6 + [True] * 6
    shop.build()
    assert set(hosts(shop).values()) == {"stripe"}
    assert "6 links deactivated" in made(shop, "--deactivate")
    assert [each["active"] for each in server.links] == [False] * 6 + [True] * 6


def test_links_made_by_hand_stay(shop: Shop, server: StripeServer) -> None:
    server.create("/v1/payment_links", {"line_items": [{"price_data": {"unit_amount": "4900", "currency": "eur"}}]})
    by_hand = server.links[0]["url"]
    shop.write("content/offers/week.yaml", WEEK)
    shop.write(
        FILE, f"# mine\nRG-001: {by_hand}  # from the fair\nER-002: {{link: https://buy.stripe.com/test_x, price: 1}}\n"
    )
    said = made(shop, "--deactivate")
    text = shop.folder.joinpath(FILE).read_text()

    assert "not used by any page, and left alone: 1 link: ER-002 1" in said
    assert text.startswith(f"# mine\nRG-001:  # from the fair\n  - {{link: {by_hand}, price: 49.00}}\n  - {{link: ")
    assert server.links[0]["active"]


# Failures ---------------------------------------------------------------------------------------------------


def test_stopped_run_goes_on_where_it_ended(shop: Shop, server: StripeServer) -> None:
    server.answers = [200, 200, 200, 200, 200] + [503] * 20
    result = run(shop)
    assert isinstance(result.exception, StripeError)
    written = shop.folder.joinpath(FILE).read_text()
    assert 0 < written.count("price: ") == len(server.links) < 6

    server.answers = []
    made(shop)
    assert shop.folder.joinpath(FILE).read_text().startswith(written)
    assert [len(server.links), shop.folder.joinpath(FILE).read_text().count("price: ")] == [6, 6]


def test_link_that_was_made_but_not_written_is_found_again(shop: Shop, server: StripeServer) -> None:
    made(shop)
    lines = shop.folder.joinpath(FILE).read_text().splitlines(keepends=True)
    shop.write(FILE, "".join(lines[:-1]))
    server.by_key.clear()  # as after a day

    assert "take 1 link that the account already has" in made(shop)
    assert len(server.links) == 6
    assert shop.folder.joinpath(FILE).read_text() == "".join(lines)


@pytest.mark.parametrize("failure", [CUT, LOST, 429, 500])
def test_temporary_failure_is_tried_again_and_makes_nothing_twice(
    shop: Shop, server: StripeServer, monkeypatch: pytest.MonkeyPatch, failure: int
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(stripe_api, "sleep", waits.append)
    server.answers = [200, 200, failure, failure]
    made(shop)

    assert len(server.links) == 6
    assert waits == ([3.0, 3.0] if failure == 429 else [0.5, 1.0])


def test_link_that_stripe_refuses_does_not_stop_the_others(shop: Shop, server: StripeServer) -> None:
    server.refused = {"CA-001"}
    result = run(shop)

    assert "CA-001, 12.00 EUR: Stripe says: Amount too small, said to the key\n" in result.output
    assert str(result.exception) == "1 link could not be made; run the command again after mending this"
    assert KEY not in result.output
    assert len(server.links) == 5


@pytest.mark.parametrize(("key", "told"), [("rk_test_other", "Stripe refuses STRIPE_KEY: Invalid API Key provided")])
def test_key_that_is_refused_stops_at_once(
    shop: Shop, server: StripeServer, monkeypatch: pytest.MonkeyPatch, key: str, told: str
) -> None:
    monkeypatch.setenv("STRIPE_KEY", key)
    result = run(shop)

    assert str(result.exception) == told
    assert len(server.asked) == 1


def test_key_is_sent_to_stripe_alone(shop: Shop, server: StripeServer) -> None:
    server.answers = [302]

    assert str(run(shop).exception) == "Stripe says: an answer with the status 302" or server.asked == [
        ("GET", "/v1/payment_links")
    ]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("", "", "set STRIPE_KEY in the environment to a key of your Stripe account"),
        ("pk_test_abc", "", "STRIPE_KEY is no secret key of Stripe"),
        (
            "rk_live_abc",
            "CA-001: https://buy.stripe.com/test_1\n",
            "STRIPE_KEY is a live key, and content/checkout/stripe.yaml has",
        ),
        (
            KEY,
            "CA-001: https://buy.stripe.com/abc\n",
            "STRIPE_KEY is a test key, and content/checkout/stripe.yaml has links of the live",
        ),
        ("rk_live_abc", "", "STRIPE_KEY and checkout.stripe.publishable_key are of different modes"),
    ],
)
def test_key_of_another_kind_or_mode_is_refused(
    shop: Shop, server: StripeServer, monkeypatch: pytest.MonkeyPatch, key: str, text: str, told: str
) -> None:
    monkeypatch.setenv("STRIPE_KEY", key)
    if text:
        shop.write(FILE, text)
    result = run(shop)

    assert isinstance(result.exception, UsageError)
    assert str(result.exception).startswith(told)
    assert server.asked == []
    assert shop.folder.joinpath(FILE).exists() == bool(text)


def test_shop_without_stripe_is_told_where_to_add_it(make_shop: MakeShop, server: StripeServer) -> None:
    result = run(make_shop(dict(paid_by("order"))))

    assert str(result.exception) == (
        "stripe is not in checkout.provider of site.yaml; add it there, such as provider: [stripe, order]"
    )
