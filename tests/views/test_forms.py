"""Forms in the pages of a shop: where they are, and in which language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import FIVE, MakeShop
from tests.planned import plan_shop
from tests.shop import SITE

CONTACT: dict[str, str | bytes] = {"content/pages/contact.md": "---\ntitle: Contact\n---\nWrite.\n"}
FORMSPREE = "https://formspree.io/f/abcdwxyz"
CARE: dict[str, str | bytes] = {
    "content/products/plain-band.yaml": "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\nstock: 0\n",
    "content/guides/care.md": "---\ntitle: Care\n---\nDry it.\n",
}


def contexts(forms: str, *, files: dict[str, str | bytes] | None = None) -> dict[str, Any]:
    site = f"{SITE}{f'forms: {{{forms}}}' if forms else ''}\n"
    return plan_shop({**FIVE, "site.yaml": site, **(files or {})}).contexts


def test_contact_page_has_the_form_and_takes_questions() -> None:
    pages = contexts("", files=dict(CONTACT))

    assert pages["contact/index.html"].form.kind == "contact"
    assert pages["products/plain-band/index.html"].ask == "/contact/?product=Plain%20band%2C%20RG-001"
    assert "forms/question/index.html" not in pages


def test_questions_that_go_elsewhere_have_their_own_page() -> None:
    pages = contexts(f"question: '{FORMSPREE}'", files=dict(CONTACT))

    assert pages["products/plain-band/index.html"].ask == "/forms/question/?product=Plain%20band%2C%20RG-001"
    assert pages["forms/question/index.html"].form.action == FORMSPREE
    assert pages["forms/question/thanks/index.html"].lead == "We answer by e-mail."
    assert "forms/contact/index.html" not in pages


def test_shop_without_a_contact_page_has_a_page_for_messages() -> None:
    pages = contexts("")

    assert pages["forms/contact/index.html"].form.to == "a@shop.example"
    assert "forms/contact/thanks/index.html" not in pages  # a mail leads nowhere


def test_newsletter_is_where_site_yaml_names_it_only() -> None:
    assert contexts("")["guides/ring-size/index.html"].newsletter is None
    guide = contexts("newsletter: 'mailto:news@shop.example'")["guides/ring-size/index.html"]

    assert guide.newsletter.to == "news@shop.example"


def test_product_without_reviews_links_to_the_form() -> None:
    pages = contexts("", files=dict(CARE))
    after = [link.href for link in pages["products/plain-band/index.html"].after]

    assert "/forms/review/?product=Plain%20band%2C%20RG-001" in after


def test_sold_out_product_leads_to_the_form(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, **CARE})
    shop.build()
    page = shop.html("products/plain-band/index.html")

    assert page.select(".buy__letter a")[0]["href"] == "/forms/back-in-stock/?product=Plain%20band"
    assert shop.html("rings/index.html").select(".product-card__letter")[0]["href"] == (
        "/forms/back-in-stock/?product=Plain%20band"
    )


def test_form_has_the_words_and_the_address_of_its_language() -> None:
    pages = contexts(
        f"review: '{FORMSPREE}'", files={"site.yaml": f"{SITE}languages: [en, fi]\nforms: {{review: {FORMSPREE}}}\n"}
    )
    form = pages["fi/lomakkeet/review/index.html"].form

    assert [field.label for field in form.fields][:2] == ["Tuote", "Arvosanasi"]
    assert form.hidden["_next"] == "https://shop.example/fi/lomakkeet/review/thanks/"
    assert form.send == "Lähetä arvostelu"
    head = pages["forms/review/index.html"].head
    assert {each.language: each.href for each in head.alternates} == {
        "en": "/forms/review/",
        "fi": "/fi/lomakkeet/review/",
    }
    assert not head.index


def test_new_service_changes_the_pages_with_its_form(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, **CONTACT})
    shop.build()
    shop.write("site.yaml", f"{SITE}forms: {{default: '{FORMSPREE}'}}\n")
    shop.build()
    form = shop.html("contact/index.html").select_one("shop-form form")

    assert form is not None
    assert form["action"] == FORMSPREE


@pytest.mark.parametrize(
    ("hours", "told"), [("", "We answer by e-mail."), ("answer_hours: 24\n", "Answered within 24 hours")]
)
def test_form_promises_what_the_shop_promises(hours: str, told: str) -> None:
    pages = contexts("", files={**CONTACT, "site.yaml": f"{SITE}{hours}"})

    assert pages["contact/index.html"].form.next.rstrip(".") == told.rstrip(".")
