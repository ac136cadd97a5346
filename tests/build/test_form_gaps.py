"""What the build says about forms that lack something."""

from __future__ import annotations

import pytest

from storegen.build import Options, check
from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE

CONTACT: dict[str, str | bytes] = {"content/pages/contact.md": "---\ntitle: Contact\n---\nWrite.\n"}
PRIVACY: dict[str, str | bytes] = {"content/pages/privacy.md": "---\ntitle: Privacy\nlayout: privacy\n---\nText.\n"}
FORMS = "forms: {newsletter: 'https://buttondown.com/api/emails/embed-subscribe/shop'}\n"
NO_MAIL = SITE.replace(", email: a@shop.example", "") + "checkout: {order: {email: a@shop.example}}\n"
NO_PRIVACY = (
    "site.yaml:13: forms: the forms link to no page about privacy; write content/pages/privacy.md with layout: privacy"
)
NO_FORM = "site.yaml:5: company.email: is missing, so the contact page has no form; write it, or forms.contact"


@pytest.mark.parametrize(
    ("site", "pages", "expected"),
    [
        (SITE, CONTACT, []),
        (SITE + FORMS, CONTACT, [NO_PRIVACY]),
        (SITE + FORMS, PRIVACY, []),
        (NO_MAIL, {}, []),
        (NO_MAIL, CONTACT, [NO_FORM]),
        (f"{NO_MAIL}forms: {{contact: netlify}}\n", CONTACT | PRIVACY, []),
    ],
)
def test_lacking_part_is_named(
    make_shop: MakeShop, site: str, pages: dict[str, str | bytes], expected: list[str]
) -> None:
    shop = make_shop(FIVE | {"site.yaml": site} | pages)
    found = [each for each in check(Options(shop.folder, now=NOW)).warnings if "form" in each]

    assert found == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("newsletter: email", "forms.newsletter: an address is missing; write company.email, or mailto:"),
        ("default: https://app.kit.com/forms/1/subscriptions", "forms.default: Kit takes newsletters only"),
        (
            "review: ftp://shop.example",
            "forms.review: expected an address that receives forms like https://formspree.io",
        ),
        ("reviews: email", 'forms.reviews: "reviews" is not a known key'),
    ],
)
def test_wrong_address_of_a_form_is_refused(make_shop: MakeShop, line: str, message: str) -> None:
    shop = make_shop(FIVE | {"site.yaml": f"{NO_MAIL}forms: {{{line}}}\n"})

    with pytest.raises(ContentError) as caught:
        check(Options(shop.folder, now=NOW))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![](form:newsletter)", "the shop has no form newsletter; write forms.newsletter in site.yaml"),
        ("[Write](form:revew)", 'no form "revew", did you mean "review"?'),
    ],
)
def test_link_to_a_form_that_the_shop_lacks_is_refused(make_shop: MakeShop, text: str, message: str) -> None:
    shop = make_shop(FIVE | {"content/pages/about.md": f"---\ntitle: About\n---\n{text}\n"})

    with pytest.raises(ContentError) as caught:
        check(Options(shop.folder, now=NOW))
    assert message in str(caught.value)


def test_link_leads_to_the_form(make_shop: MakeShop) -> None:
    text = "---\ntitle: About\n---\n[Write](form:contact), [a review](form:review), [here](/forms/back-in-stock/).\n"
    shop = make_shop(FIVE | CONTACT | {"content/pages/about.md": text})
    shop.build()
    links = [link["href"] for link in shop.html("about/index.html").select(".prose a")]

    assert links == ["/contact/#form-contact", "/forms/review/", "/forms/back-in-stock/"]
    assert shop.html("contact/index.html").select_one("#form-contact")
    assert not shop.has("forms/contact/index.html")
    assert not shop.has("forms/newsletter/index.html")
    assert "/forms/" not in shop.text("sitemap.xml")


def test_privacy_page_names_the_services(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | PRIVACY | {"site.yaml": SITE + FORMS})
    shop.build()

    assert "What you write in forms goes to: Buttondown." in shop.html("privacy/index.html").get_text()
