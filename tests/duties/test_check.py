"""What storegen check says about duties: which apply, what is missing, by file and line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storegen.build import Options, check
from storegen.cli.main import _run as run_command
from storegen.views.duties import DutyStatus
from tests.conftest import MakeShop
from tests.shop import png

SITE = """\
name: Shop
url: https://shop.example
currency: EUR
company:
  legal_name: Shop GmbH
  country: DE
  street: Street 1
  city: Berlin
  email: a@shop.example
  phone: +49 30 000000
  representative: Erika Beispiel
delivery:
  methods:
    - {id: post, name: Post, price: 5, days: 1-3, countries: [DE]}
returns: {days: 30}
payments: [Card]
"""
TOY = "name: Blocks\nsku: T-1\nprice: 10.00\ncategory: toys\nimages: [media/t.png]\n"
SHOP: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "content/categories/toys.yaml": "name: Toys\ngoods: toys\n",
    "content/products/blocks.yaml": TOY,
    "content/media/t.png": png("red"),
}
MAKER = "{name: Holz, address: 'Weg 1, Berlin', contact: a@holz.example, country: DE}"


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs storegen check and returns its exit code and what it printed."""

    def run(site: Path, *options: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["storegen", "check", "--site", str(site), "--now", "2026-11-30", *options])
        code = run_command()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def statuses(folder: Path) -> dict[str, DutyStatus]:
    found = check(Options(folder, now=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))).duties
    return {status.duty.id: status for status in found}


def missing(folder: Path, duty: str) -> list[str]:
    """Return what is missing for a duty, each with its place."""
    found = statuses(folder).get(duty)
    return [] if found is None else [str(problem) for problem in found.problems]


def test_toy_sold_to_germany_without_a_safety_block_is_found_by_file_and_line(make_shop: MakeShop, run: Run) -> None:
    """Regulation (EU) 2023/988, article 19; Directive 2009/48/EC, article 11."""
    shop = make_shop(SHOP)

    assert missing(shop.folder, "product-safety")[0].startswith(
        "content/products/blocks.yaml:1: safety: the maker is missing"
    )
    assert missing(shop.folder, "toy-warnings")[0].startswith(
        "content/products/blocks.yaml:1: safety: a toy needs its warnings"
    )
    assert "content/products/blocks.yaml:1: safety: the maker is missing" in run(shop.folder)[2]


def test_safety_block_with_maker_and_warnings_is_enough_and_is_on_the_page(make_shop: MakeShop) -> None:
    safety = f"safety:\n  maker: {MAKER}\n  model: B-7\n  warnings: Not for children under 36 months.\n"
    shop = make_shop(SHOP | {"content/products/blocks.yaml": TOY + safety})
    shop.build()

    assert missing(shop.folder, "product-safety") == missing(shop.folder, "toy-warnings") == []
    text = shop.html("products/blocks/index.html").get_text(" ")
    assert "Holz, Weg 1, Berlin, Germany, a@holz.example" in text
    assert "B-7" in text
    assert (
        "Not for children under 36 months." in shop.html("products/blocks/index.html").select("#warnings")[0].get_text()
    )


@pytest.mark.parametrize("country", ["CN", ""])
def test_maker_outside_the_european_union_needs_a_responsible_person(make_shop: MakeShop, country: str) -> None:
    maker = MAKER.replace("country: DE", f"country: {country}") if country else MAKER.replace(", country: DE", "")
    shop = make_shop(SHOP | {"content/products/blocks.yaml": TOY + f"safety:\n  maker: {maker}\n"})
    assert "write responsible" in missing(shop.folder, "product-safety")[0]

    shop.write("site.yaml", SITE + f"duties: {{safety: {{responsible: {MAKER}}}}}\n")
    assert missing(shop.folder, "product-safety") == []


def test_makers_by_brand_and_own_goods_are_written_once(make_shop: MakeShop) -> None:
    shop = make_shop(SHOP | {"content/products/blocks.yaml": TOY + "brand: Holz\n"})
    shop.write("site.yaml", SITE + f"duties: {{safety: {{makers: {{Holz: {MAKER}}}}}}}\n")
    assert missing(shop.folder, "product-safety") == []

    shop.write("site.yaml", SITE + "duties: {safety: {own: yes}}\n")
    shop.build()
    assert missing(shop.folder, "product-safety") == []
    assert "Shop GmbH, Street 1, Berlin, Germany, a@shop.example" in shop.html("products/blocks/index.html").get_text(
        " "
    )


def test_untranslated_warnings_are_found(make_shop: MakeShop) -> None:
    safety = f"safety: {{maker: {MAKER}, warnings: Small parts.}}\n"
    shop = make_shop(SHOP | {"content/products/blocks.yaml": TOY + safety})
    shop.write("site.yaml", SITE + "languages: [en, de]\n")
    assert (
        "content/products/blocks.yaml:6: safety.warnings: the warnings are not in de"
        in missing(shop.folder, "toy-warnings")[0]
    )

    shop.write("content/products/blocks.de.yaml", "safety: {warnings: Kleinteile.}\n")
    assert missing(shop.folder, "toy-warnings") == []


def test_shop_to_the_european_union_without_a_place_for_withdrawals_is_found(make_shop: MakeShop) -> None:
    """Directive 2011/83/EU, article 11a."""
    site = SITE.replace("  email: a@shop.example\n", "") + "checkout: {order: {email: o@shop.example}}\n"
    shop = make_shop(SHOP | {"site.yaml": site})

    (problem,) = missing(shop.folder, "withdrawal-function")
    assert problem.startswith("site.yaml:")
    assert "forms.withdrawal: is missing, or company.email" in problem


def test_form_service_without_a_receipt_is_found(make_shop: MakeShop) -> None:
    shop = make_shop(SHOP)
    shop.write("site.yaml", SITE + "forms:\n  withdrawal: https://forms.example/w\n")
    (problem,) = missing(shop.folder, "withdrawal-function")
    assert problem.startswith("site.yaml:1: duties.withdrawal: the law asks for a receipt")

    shop.write(
        "site.yaml", SITE + "forms: {withdrawal: https://forms.example/w}\nduties: {withdrawal: {receipt: yes}}\n"
    )
    shop.build()
    assert missing(shop.folder, "withdrawal-function") == []
    page = shop.html("withdrawal/index.html")
    assert page.select_one("withdrawal-form form")["action"] == "https://forms.example/w"  # type: ignore[index]
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]  # type: ignore[index]
    assert "form-action 'self' mailto: https://forms.example" in policy


def test_duty_that_is_turned_off_keeps_its_reason_and_draws_nothing(make_shop: MakeShop, run: Run) -> None:
    off = "duties:\n  off:\n    withdrawal-function: we sell to companies only\n    withdrawal-form: we sell to companies only\n"
    shop = make_shop(SHOP | {"site.yaml": SITE + off})
    shop.build()

    assert statuses(shop.folder)["withdrawal-function"].state == "off"
    assert "we sell to companies only" in run(shop.folder, "--duties")[1]
    assert not shop.has("withdrawal/index.html")


def test_unknown_duty_and_missing_reason_are_mistakes(make_shop: MakeShop, run: Run) -> None:
    shop = make_shop(
        SHOP | {"site.yaml": SITE + 'duties:\n  off:\n    withdrawal-functoin: "no"\n    no-odr-link: " "\n'}
    )

    _, _, report = run(shop.folder)
    assert 'site.yaml:19: duties.off.withdrawal-functoin: "withdrawal-functoin" is no duty, did you mean' in report
    assert "site.yaml:20: duties.off.no-odr-link: expected the reason" in report


def test_link_to_the_closed_platform_is_found_by_line(make_shop: MakeShop) -> None:
    """Regulation (EU) 2024/3228."""
    page = "---\ntitle: Terms\n---\nText\n\nhttps://ec.europa.eu/consumers/odr\n"
    shop = make_shop(SHOP | {"content/pages/terms.md": page})

    assert missing(shop.folder, "no-odr-link")[0].startswith("content/pages/terms.md:6: ")


def test_credit_before_other_payments_is_found_in_finland_only(make_shop: MakeShop) -> None:
    """KKV, Maksaminen verkkokaupassa § 2.5, since 2023-10-01."""
    wrong = SITE.replace("[Card]", "[Klarna, Bank transfer]")
    shop = make_shop(SHOP | {"site.yaml": wrong})
    assert missing(shop.folder, "payment-order") == []

    shop.write("site.yaml", wrong.replace("[DE]", "[DE, FI]"))
    assert '"Klarna" may involve credit more than a method after it' in missing(shop.folder, "payment-order")[0]
    shop.write("site.yaml", SITE.replace("[DE]", "[DE, FI]").replace("[Card]", "[Bank transfer, Card, Klarna]"))
    assert missing(shop.folder, "payment-order") == []


def test_food_without_a_unit_price_is_found(make_shop: MakeShop) -> None:
    """Directive 98/6/EC, article 3; §§ 4, 5 PAngV."""
    shop = make_shop(SHOP | {"content/products/tea.yaml": "name: Tea\nprice: 5.00\ngoods: food\n"})
    assert missing(shop.folder, "unit-price")[0].startswith(
        "content/products/tea.yaml:1: unit_price: goods sold by measure"
    )

    shop.write(
        "content/products/tea.yaml", "name: Tea\nprice: 5.00\ngoods: food\nunit_price: {content: 100 g, per: 1 kg}\n"
    )
    assert missing(shop.folder, "unit-price") == []


def test_reduced_prices_sent_to_the_european_union_need_a_history(make_shop: MakeShop) -> None:
    """Directive 98/6/EC, article 6a."""
    site = SITE.replace("country: DE", "country: KR").replace("[DE]", "[KR, DE]")
    shop = make_shop(SHOP | {"site.yaml": site, "content/products/blocks.yaml": f"{TOY}compare_at_price: 20.00\n"})
    assert "lowest_price: yes" in missing(shop.folder, "price-history")[0]

    shop.write("site.yaml", f"{site}lowest_price: yes\n")
    assert missing(shop.folder, "price-history") == []


def test_own_words_on_the_order_button_are_found(make_shop: MakeShop) -> None:
    """Directive 2011/83/EU, article 8(2); ECJ C-249/21."""
    shop = make_shop(SHOP | {"site.yaml": SITE + "checkout: {methods: {order: {text: Send}}}\n"})

    assert '"Send" replaces the words of the law' in missing(shop.folder, "order-button")[0]


def test_reviews_need_a_note_on_where_they_come_from(make_shop: MakeShop) -> None:
    """Directive 2005/29/EC, article 7(6); 16 CFR 465; DMCC Act 2024."""
    review = "- {product: blocks, rating: 5, date: 2026-01-01, name: Kim, text: Good.}\n"
    shop = make_shop(SHOP | {"content/reviews/all.yaml": review})
    assert missing(shop.folder, "reviews-origin")
    shop.write("site.yaml", SITE.replace("country: DE", "country: US").replace("[DE]", "[US]"))
    assert missing(shop.folder, "us-reviews")

    shop.write("site.yaml", SITE + "reviews_note: By buyers only.\n")
    assert missing(shop.folder, "reviews-origin") == []


def test_electrical_goods_for_germany_need_the_weee_number(make_shop: MakeShop) -> None:
    """§ 6(3) ElektroG."""
    shop = make_shop(SHOP | {"content/products/lamp.yaml": "name: Lamp\nprice: 5.00\ngoods: electronics\n"})
    assert "WEEE-Reg.-Nr." in missing(shop.folder, "weee-number")[0]

    number = "  numbers: [{name: WEEE-Reg.-Nr., number: DE 12345678, country: DE}]\n"
    shop.write("site.yaml", SITE.replace("delivery:", f"{number}delivery:"))
    assert missing(shop.folder, "weee-number") == []


def test_guarantee_label_is_on_the_page_and_its_picture_is_asked_for(make_shop: MakeShop) -> None:
    """Regulation (EU) 2025/1960, Annex II; Directive 2011/83/EU, article 6(1)(la)."""
    label = "guarantee: {years: 2.5, brand: Holz, model: B-7}\n"
    shop = make_shop(SHOP | {"content/products/blocks.yaml": TOY + label})
    shop.build()
    assert "2,5 years · Holz · B-7" in shop.html("products/blocks/index.html").get_text(" ")
    assert "guarantee.label: the official label is missing" in missing(shop.folder, "guarantee-label")[0]

    shop.write("content/products/blocks.yaml", TOY + label.replace("2.5", "2"))
    assert "expected more than 2 years" in missing(shop.folder, "guarantee-label")[0]


def test_official_picture_of_the_notice_is_asked_for_in_each_language_and_shown(make_shop: MakeShop) -> None:
    """Regulation (EU) 2025/1960, Annex I."""
    site = SITE + "languages: [en, de, ko]\n"
    shop = make_shop(SHOP | {"site.yaml": site, "content/media/n.png": png("blue")})
    assert "the official picture in en, de is missing" in missing(shop.folder, "guarantee-notice")[0]

    shop.write("site.yaml", site + "duties: {guarantee_notice: {pictures: {en: media/n.png, de: media/n.png}}}\n")
    shop.build()
    assert missing(shop.folder, "guarantee-notice") == []
    assert shop.html("legal-guarantee/index.html").select("main picture, main img")


def test_large_shop_needs_a_page_on_accessibility(make_shop: MakeShop) -> None:
    """Directive (EU) 2019/882, article 13 and Annex V."""
    shop = make_shop(SHOP | {"site.yaml": SITE.replace("  country: DE", "  country: DE\n  staff: 12")})
    assert missing(shop.folder, "accessibility")[0].startswith("content/pages/accessibility.md:")
    assert missing(shop.folder, "consumer-arbitration")

    shop.write("content/pages/accessibility.md", "---\ntitle: Accessibility\nlayout: accessibility\n---\nText\n")
    shop.build()
    assert missing(shop.folder, "accessibility") == []
    assert "a@shop.example" in shop.html("accessibility/index.html").find("main").get_text()  # type: ignore[union-attr]


def test_list_names_key_source_and_says_that_it_is_no_advice(make_shop: MakeShop, run: Run) -> None:
    shop = make_shop(SHOP | {"site.yaml": SITE.replace("  phone: +49 30 000000\n", "")})

    _, said, _ = run(shop.folder, "--duties")
    assert "This is not legal advice." in said
    assert "site.yaml:4: company.phone: is missing: Impressum" in said
    assert "§ 5 DDG, § 18(2) MStV (DE)" in said


def test_list_as_json_has_the_facts_of_each_duty(make_shop: MakeShop, run: Run) -> None:
    shop = make_shop(SHOP)

    code, said, _ = run(shop.folder, "--duties", "--json")
    found = {each["duty"]["id"]: each for each in json.loads(said)}
    assert code == 0
    assert found["impressum"]["state"] == "met"
    assert found["product-safety"]["problems"][0]["file"] == "content/products/blocks.yaml"
    assert run(shop.folder, "--json")[0] == 2


def test_plain_check_warns_about_the_first_missing_things(make_shop: MakeShop, run: Run) -> None:
    product = "name: P\nprice: 5.00\n"
    many: dict[str, str | bytes] = {f"content/products/p{number}.yaml": product for number in range(12)}
    code, _, warnings = run(make_shop(SHOP | many).folder)

    assert code == 0
    (safety,) = [line for line in warnings.splitlines() if line.endswith("(product-safety)") and ": safety: " in line]
    assert "the same in 11 other files" in safety or "the same in 12 other files" in safety


def test_plain_check_leaves_the_tenth_and_more_to_the_list(make_shop: MakeShop, run: Run) -> None:
    bare = "name: Shop\nurl: https://shop.example\ncompany: {country: DE, email: a@shop.example}\n"
    _, _, warnings = run(make_shop(SHOP | {"site.yaml": bare}).folder)

    assert warnings.count("more about duties of the law; storegen check --duties lists them") == 1
    assert len([line for line in warnings.splitlines() if line.endswith(")")]) >= 10
