"""Each duty of the table: what a shop lacks for it is found by file and key, and nothing is asked of a shop that has it.

Sources: those of the table, which the names of the tests lead to.
"""

from __future__ import annotations

import pytest

from storegen.duties.duty import Duty
from storegen.duties.table import DUTIES
from tests.conftest import MakeShop
from tests.duties.test_check import missing
from tests.shop import Shop

Files = dict[str, str | bytes]

COMPANY = (
    "legal_name: Shop, street: Street 1, postcode: '1', city: Town, email: a@shop.example, phone: '+1 555 0100', "
    "business_id: '123-45-67890', register: Register 1, vat_id: X1, representative: Ann Example, editor: Ann Example, "
    "capital: '1', sales_report: 2023-1, host: 'Host, Street 2, +1 555 0101', disputes: Board"
)
REST = "returns: {days: 30}\npayments: [Card]\nreviews_note: Only buyers write here.\n"
DUTIES_OF_JAPAN = "duties: {payment_time: now, offer_time: 7 days}\n"
REVIEW = "- {product: ring, rating: 5, text: Good., name: Ann, date: 2026-11-01}\n"


def country_of(duty: Duty) -> str:
    return "FI" if "FI" in duty.sellers | duty.buyers else min(duty.sellers or duty.buyers)


def shop_of(make_shop: MakeShop, country: str, company: str = "", more: str = "", product: str = "") -> Shop:
    details = ", ".join(filter(None, (f"country: {country}", company)))
    site = f"name: Shop\nurl: https://shop.example\ncurrency: EUR\ncompany: {{{details}}}\n"
    site += f"{more}checkout: {{order: {{email: orders@shop.example}}}}\n"
    files: Files = {
        "site.yaml": site,
        "content/products/ring.yaml": f"name: Ring\nsku: R\nprice: 10\n{product}",
        "content/reviews/all.yaml": REVIEW,
    }
    return make_shop(files)


def said(shop: Shop, duty: str, text: str) -> bool:
    return any(text in problem for problem in missing(shop.folder, duty))


@pytest.mark.parametrize("duty", [duty for duty in DUTIES if duty.needs], ids=lambda duty: duty.id)
def test_missing_details_are_named_by_their_key(duty: Duty, make_shop: MakeShop) -> None:
    keys = {need.split("|")[0].partition("=")[0] for need in duty.needs}
    bare = shop_of(make_shop, country_of(duty))
    assert {key for key in keys if said(bare, duty.id, f": {key}: is missing")} == keys

    methods = (
        f"delivery: {{methods: [{{id: post, name: Post, price: 5, days: 1-3, countries: [{country_of(duty)}]}}]}}\n"
    )
    whole = shop_of(make_shop, country_of(duty), COMPANY, f"{methods}{REST}{DUTIES_OF_JAPAN}")
    assert not {key for key in keys if said(whole, duty.id, f": {key}: is missing")}


@pytest.mark.parametrize("duty", [duty for duty in DUTIES if duty.page], ids=lambda duty: duty.id)
def test_missing_page_is_named_by_its_file(duty: Duty, make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, country_of(duty), COMPANY, REST)
    file = f"content/pages/{duty.page}.md"
    assert said(shop, duty.id, f"{file}: is missing: a page with layout: {duty.page}")

    shop.write(file, f"---\ntitle: A page\nlayout: {duty.page}\n---\nWords.\n")
    assert not said(shop, duty.id, file)


TAX = "tax: {{included: {}, name: Tax, rates: {{standard: 10}}}}\n"


@pytest.mark.parametrize(
    ("duty", "country", "setting", "wrong", "right", "told"),
    [
        ("uk-fees", "GB", TAX, "no", "yes", "tax.included: prices have to include the tax"),
        ("japanese-total-price", "JP", TAX, "no", "yes", "tax.included: prices have to include the tax"),
        ("indonesian-prices", "ID", TAX, "no", "yes", "tax.included: prices have to include the tax"),
        (
            "korean-withdrawal",
            "KR",
            "returns: {{days: {}}}\n",
            "5",
            "7",
            'returns.days: expected at least 7, found "5"',
        ),
    ],
)
def test_wrong_setting_is_found(
    make_shop: MakeShop, duty: str, country: str, setting: str, wrong: str, right: str, told: str
) -> None:
    assert said(shop_of(make_shop, country, COMPANY, setting.format(wrong)), duty, f"site.yaml:5: {told}")
    assert not said(shop_of(make_shop, country, COMPANY, setting.format(right)), duty, told)


def test_indonesian_prices_are_in_rupiah(make_shop: MakeShop) -> None:
    assert said(shop_of(make_shop, "ID", COMPANY), "indonesian-prices", 'currency: expected IDR, found "EUR"')


def test_korean_shop_needs_its_terms(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, "KR", COMPANY)
    assert said(shop, "korean-terms", "content/pages/terms.md: is missing: the terms")

    shop.write("content/pages/terms.md", "---\ntitle: 이용약관\n---\n글\n")
    assert missing(shop.folder, "korean-terms") == []


@pytest.mark.parametrize(
    ("duty", "country", "goods"),
    [("textile-fibres", "FI", "textiles"), ("food-information", "DE", "food"), ("korean-goods-notice", "KR", "")],
)
def test_facts_about_goods_are_asked_for_by_product(make_shop: MakeShop, duty: str, country: str, goods: str) -> None:
    kind = f"goods: {goods}\n" if goods else ""
    bare = shop_of(make_shop, country, COMPANY, product=kind)
    assert said(bare, duty, "content/products/ring.yaml:1: specs: is missing:")

    told = shop_of(make_shop, country, COMPANY, product=f"{kind}specs: {{Material: all of it}}\n")
    assert missing(told.folder, duty) == []
