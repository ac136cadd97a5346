"""Orders and payment links of a shop with several markets."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from storegen.cli.prices_command import command as prices
from storegen.cli.verify_order_command import command as verify_order
from storegen.errors import ContentError
from tests.conftest import MakeShop
from tests.shop import Shop
from tests.views.test_markets import LANGUAGES, THREE, data_of

KEY = "a-key-of-the-test-that-is-long"
STRIPE = "RG-014-16: {link: https://buy.stripe.com/a, price: 59.00}\nRG-014-17: {link: https://buy.stripe.com/b}\n"
NAMED = ("RG-001", "ER-002", "ER-003", "CA-001")


@pytest.fixture
def three(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Return a shop with three markets, whose order lines are signed."""
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    return make_shop(THREE)


def order_of(shop: Shop, language: str) -> str:
    """Return the text of an order of one ring, as the link on its page writes it."""
    href = data_of(shop, language, "rope-ring", "RG-014-17")["buy"]["href"]
    return unquote(href.partition("body=")[2]).replace("\r\n", "\n") + "Aino, Street 1\n"


def verify(site: Path, text: str) -> Result:
    options = ["-", "--site", str(site), "--at", "2026-11-23T10:00Z", "--no-record"]
    return CliRunner().invoke(verify_order, options, input=text)


def record(site: Path, now: str) -> Result:
    return CliRunner().invoke(prices, ["record", "--site", str(site), "--now", now])


@pytest.mark.parametrize("language", LANGUAGES)
def test_order_of_each_market_is_verified(three: Shop, language: str) -> None:
    three.build()

    result = verify(three.folder, order_of(three, language))
    assert result.exit_code == 0, result.output


def test_order_at_another_markets_price_is_refused(three: Shop) -> None:
    three.build()
    text = order_of(three, "sv").replace("649.00", "59.00").replace("718.00", "128.00")

    assert verify(three.folder, text).exit_code == 1


def links(more: str = "") -> str:
    return STRIPE + "".join(f"{sku}: https://buy.stripe.com/{sku.lower().replace('-', '')}\n" for sku in NAMED) + more


def test_provider_with_links_in_another_currency_makes_way_for_the_next(three: Shop) -> None:
    three.write(
        "site.yaml", f"{three.folder.joinpath('site.yaml').read_text()}checkout: {{provider: [stripe, order]}}\n"
    )
    three.write("content/checkout/stripe.yaml", links())
    report = three.build()

    assert data_of(three, "fi", "rope-ring", "RG-014-17")["buy"]["href"].startswith("https://buy.stripe.com/b")
    assert data_of(three, "sv", "rope-ring", "RG-014-17")["buy"]["href"].startswith("mailto:")
    assert "buy.stripe.com" not in three.text("sv/products/rope-ring/index.html")
    assert (
        "market SE: stripe is not used, because its prices are in EUR; write payment links with prices in SEK into "
        "content/checkout/stripe.SE.yaml" in report.warnings
    )


def test_links_of_a_market_are_in_a_file_of_its_own(three: Shop) -> None:
    three.write(
        "site.yaml", f"{three.folder.joinpath('site.yaml').read_text()}checkout: {{provider: [stripe, order]}}\n"
    )
    three.write("content/checkout/stripe.yaml", links())
    swedish = "RG-014-16: https://buy.stripe.com/c\nRG-014-17: {link: https://buy.stripe.com/d, price: 649.00}\n"
    three.write("content/checkout/stripe.SE.yaml", f"{swedish}RG-001: https://buy.stripe.com/e\n")
    three.build()
    assert data_of(three, "sv", "rope-ring", "RG-014-17")["buy"]["href"].startswith("https://buy.stripe.com/d")

    assert data_of(three, "sv", "plain-band", "RG-001")["buy"]["href"].startswith("https://buy.stripe.com/e")
    three.edit("content/checkout/stripe.SE.yaml", "649.00", "59.00")
    warnings = [each for each in three.build().warnings if each.startswith("content/checkout/stripe.SE.yaml has")]
    assert warnings == [
        (
            "content/checkout/stripe.SE.yaml has another price than the page for 1 of 3 articles (RG-014-17: 59.00 SEK "
            "there, 649.00 SEK on the page), so they are sold by e-mail: change the one that is wrong"
        )
    ]
    assert data_of(three, "sv", "rope-ring", "RG-014-17")["buy"]["href"].startswith("mailto:")
    assert data_of(three, "fi", "rope-ring", "RG-014-17")["buy"]["href"].startswith("https://buy.stripe.com/b")


def test_market_needs_a_way_to_pay(three: Shop) -> None:
    three.write("site.yaml", f"{three.folder.joinpath('site.yaml').read_text()}checkout: {{provider: stripe}}\n")
    three.write("content/checkout/stripe.yaml", links())

    with pytest.raises(ContentError) as found:
        three.build()
    assert (
        "markets.KR: stripe can't take payments in KRW; write payment links with prices in KRW into "
        "content/checkout/stripe.KR.yaml, or add order to checkout.provider" in str(found.value)
    )


def test_file_of_an_unknown_market_is_a_mistake(three: Shop) -> None:
    three.write(
        "site.yaml", f"{three.folder.joinpath('site.yaml').read_text()}checkout: {{provider: [order, stripe]}}\n"
    )
    three.write("content/checkout/stripe.yaml", links())
    three.write("content/checkout/stripe.JP.yaml", links())

    with pytest.raises(ContentError) as found:
        three.build()
    assert str(found.value).startswith('content/checkout/stripe.JP.yaml:1: no market "JP" in markets of site.yaml')


def test_price_history_keeps_markets_apart(three: Shop) -> None:
    run = record(three.folder, "2026-11-01T09:00Z")
    assert run.exit_code == 0, run.output
    table = (three.folder / "content/history/prices.csv").read_text()
    assert table.startswith("since,sku,price,currency,market\n")
    assert "RG-014-17,59.00,EUR,\n" in table
    assert "RG-014-17,649.00,SEK,SE\n" in table
    assert "RG-014-17,79000,KRW,KR\n" in table

    three.edit("content/products/rope-ring.yaml", "SE: 649.00", "SE: 599.00")
    run = record(three.folder, "2026-11-10T09:00Z")
    assert run.output.startswith("3 prices recorded")
    assert "RG-014-17,599.00,SEK,SE\n" in (three.folder / "content/history/prices.csv").read_text()


def test_history_of_a_shop_that_gains_a_market_is_kept(three: Shop) -> None:
    old = "since,sku,price,currency\n2026-09-01T09:00:00Z,RG-001,59.00,EUR\n2026-11-20T09:00:00Z,RG-001,49.00,EUR\n"
    three.write("content/history/prices.csv", old)
    run = record(three.folder, "2026-11-21T09:00Z")
    assert run.exit_code == 0, run.output
    three.build()

    assert "59,00" in str(three.html("products/plain-band/index.html").select_one(".price__before"))
    assert not three.html("sv/products/plain-band/index.html").select(".price--large .price__before")
