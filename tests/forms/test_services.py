"""Services of forms: what each one receives from a page of a shop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storegen.forms import KINDS, PAGES, SERVICES, Service, address_fault, service_of
from tests.conftest import FIVE, MakeShop
from tests.forms.standin import Received, send, stand_in
from tests.planned import plan_shop
from tests.shop import SITE, Shop

FORMSPREE = "https://formspree.io/f/abcdwxyz"
WEB3FORMS = "https://api.web3forms.com/submit"
TYPED = {
    "email": "katri@shop.example",
    "about": "Order 7",
    "message": "Too big.\nCan I change it?",
    "rating": "4",
    "headline": "",
    "name": "Katri",
    "product": "Rope ring, HC-1",
    "order": "7",
    "goods": "",
}
THANKS = "https://shop.example/forms/{}/thanks/"
CONTACT = {"email": TYPED["email"], "about": "Order 7", "message": TYPED["message"]}
# What each service is documented to expect: the path, and the fields of the newsletter or of the contact form.
EXPECTED = {
    "formspree": (
        "/f/abcdwxyz",
        CONTACT | {"_subject": "Message", "_next": THANKS.format("contact"), "_gotcha": ""},
    ),
    "netlify": (
        "/forms/contact/thanks/",
        CONTACT | {"form-name": "contact", "subject": "Message", "bot-field": ""},
    ),
    "web3forms": (
        "/submit",
        CONTACT
        | {
            "access_key": "YOUR-ACCESS-KEY",
            "subject": "Message",
            "from_name": "Test shop",
            "redirect": THANKS.format("contact"),
        },
    ),
    "basin": ("/f/0a1b2c3d4e5f", CONTACT | {"subject": "Message", "_gotcha": ""}),
    "mailchimp": ("/subscribe/post?u=0a1b2c&id=3d4e5f", {"EMAIL": TYPED["email"], "b_0a1b2c_3d4e5f": ""}),
    "brevo": (
        "/serve/MUIFAb-4c",
        {"EMAIL": TYPED["email"], "email_address_check": "", "locale": "en", "html_type": "simple"},
    ),
    "buttondown": ("/api/emails/embed-subscribe/yourname", {"email": TYPED["email"], "embed": "1"}),
    "mailerlite": (
        "/jsonp/123456/forms/654321/subscribe",
        {"fields[email]": TYPED["email"], "ml-submit": "1", "anticsrf": "true"},
    ),
    "kit": ("/forms/1234567/subscriptions", {"email_address": TYPED["email"]}),
    "klaviyo": (
        "/subscriptions/subscribe",
        {"email": TYPED["email"], "a": "ABC123", "g": "XYZ789", "$source": "Test shop"},
    ),
    "listmonk": (
        "/subscription/form",
        {"email": TYPED["email"], "l": "LIST-UUID", "nonce": "", "next": THANKS.format("newsletter")},
    ),
    "own": (
        "/api/form",
        CONTACT
        | {
            "kind": "contact",
            "subject": "Message",
            "shop": "Test shop",
            "next": THANKS.format("contact"),
            "website": "",
        },
    ),
}


@pytest.fixture(scope="module")
def received() -> Iterator[Received]:
    with stand_in() as server:
        yield server


def with_form(make_shop: MakeShop, kind: str, address: str) -> Shop:
    shop = make_shop(FIVE | {"site.yaml": f"{SITE}forms: {{{kind}: '{address}'}}\n"})
    shop.build()
    return shop


@pytest.mark.parametrize("service", [each for each in SERVICES if each.name != "email"], ids=lambda each: each.name)
def test_service_receives_the_fields_that_it_expects(make_shop: MakeShop, received: Received, service: Service) -> None:
    name, address = service.name, service.example
    kind = "contact" if "contact" in service.takes else "newsletter"
    shop = with_form(make_shop, kind, address)
    form = shop.html(f"forms/{kind}/index.html").select_one("shop-form form")
    assert form is not None

    assert send(form, TYPED, received) == EXPECTED[name]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Return a shop that receives all its forms at an address of its own."""
    kinds = ", ".join(f"{name}: https://shop.example/api/form" for name in PAGES)
    shop = Shop(tmp_path_factory.mktemp("own"), FIVE | {"site.yaml": f"{SITE}forms: {{{kinds}}}\n"})
    shop.build()
    return shop


# In the European Union, the withdrawal function takes the place of a form's page: see tests/duties.
@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "withdrawal"])
def test_address_of_ones_own_receives_every_kind(own: Shop, received: Received, kind: str) -> None:
    page = own.html(f"forms/{kind.replace('_', '-')}/index.html")
    form = page.select_one("shop-form form")
    assert form is not None
    _, fields = send(form, TYPED, received)

    assert {name: fields[name] for name in KINDS[kind].fields} == {name: TYPED[name] for name in KINDS[kind].fields}
    assert fields["kind"] == kind.replace("_", "-")
    visible = page.select("shop-form [data-field]")
    assert len(visible) <= 8
    assert [box["data-field"] for box in visible] == list(KINDS[kind].fields)
    required = {str(box["data-field"]) for box in visible if box.select_one("[required]")}
    assert required == set(KINDS[kind].fields) - KINDS[kind].optional
    assert own.has(f"forms/{kind.replace('_', '-')}/thanks/index.html")


def test_netlify_finds_the_form_in_the_page(make_shop: MakeShop) -> None:
    shop = with_form(make_shop, "review", "netlify")
    form = shop.html("forms/review/index.html").select_one("shop-form form")
    assert form is not None

    assert (form["name"], form["data-netlify"], form["netlify-honeypot"]) == ("review", "true", "bot-field")
    assert form.select_one("[name=bot-field]") is not None


def directives(address: str) -> dict[str, set[str]]:
    """Return the content-security policy of a shop with a newsletter."""
    shop = plan_shop(FIVE | {"site.yaml": f"{SITE}forms: {{newsletter: '{address}'}}\n"})
    parts = (each.split() for each in shop.plan.shared["en"].policy.split(";"))
    return {name: set(sources) for name, *sources in parts}


def test_script_may_send_what_a_service_answers_with_data() -> None:
    found = directives("https://assets.mailerlite.com/jsonp/1/forms/2/subscribe")

    assert "https://assets.mailerlite.com" in found["form-action"] & found["connect-src"]


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://formspree.io/f/abc", {"https://formspree.io"}),
        (
            "https://a.us1.list-manage.com/subscribe/post?u=1&id=2",
            {"https://a.us1.list-manage.com", "https://*.list-manage.com"},
        ),
        ("netlify", set()),
        ("email", set()),
        ("/api/form", set()),
    ],
)
def test_policy_allows_only_the_service_in_use(address: str, allowed: set[str]) -> None:
    found = directives(address)

    assert found["form-action"] == {"'self'", "mailto:"} | allowed
    assert found["connect-src"] == {"'self'"}


@pytest.mark.parametrize("service", SERVICES, ids=lambda each: each.name)
def test_example_of_a_service_is_recognised(service: Service) -> None:
    assert service_of(service.example) is service


@pytest.mark.parametrize(
    ("kind", "address", "fault"),
    [
        (
            "contact",
            "https://formspree.io/forms/abc",
            f'expected the address of a form at Formspree like {FORMSPREE}, found "https://formspree.io/forms/abc"',
        ),
        (
            "contact",
            WEB3FORMS,
            f"the address lacks access_key; write it like {WEB3FORMS}?access_key=YOUR-ACCESS-KEY",
        ),
        (
            "newsletter",
            "https://lists.shop.example/subscription/form?x=1",
            "the address lacks l; write it like https://lists.shop.example/subscription/form?l=LIST-UUID",
        ),
        (
            "review",
            "https://app.kit.com/forms/1/subscriptions",
            "Kit takes newsletters only; name another service here, or email",
        ),
        ("order", "netlify", "Netlify Forms can't take this form; name another service here, or email"),
        ("contact", "http://shop.example/form", 'expected an address with https, found "http://shop.example/form"'),
        ("contact", "http://127.0.0.1:8000/form", None),
        ("contact", "/api/form", None),
        ("newsletter", "https://formspree.io/f/abc", None),
    ],
)
def test_address_that_cannot_receive_a_form(kind: str, address: str, fault: str | None) -> None:
    assert address_fault(kind, address) == fault
