"""Offers on their own pages and on those of products."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from storegen.model.money import Money
from storegen.views.contexts.home import HomeSection
from storegen.views.contexts.offers import OfferLine, OfferPage, SaleLine
from storegen.views.contexts.parts import BadgeTag, CodedPrice, Link, Text, TierLine
from tests.planned import PlannedShop, plan_anew, plan_shop
from tests.records import HELSINKI
from tests.shop import NOW, SITE, png

AT = "https://shop.example"
PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "languages: [en, fi]\n")
FILES: Mapping[str, str | bytes] = {
    "site.yaml": PLAIN,
    "content/categories/rings.yaml": "name: Rings\n",
    "content/products/band.yaml": "name: Band\nprice: 50.00\ncategory: rings\ntags: [silver]\n",
    "content/products/cloth.yaml": "name: Cloth\nprice: 12.00\n",
    "content/products/hoops.yaml": "name: Hoops\nprice: 40.00\ntags: [silver]\n",
    "content/products/knot.yaml": (
        "name: Knot\nprice: 30.00\n"
        "variants: [{sku: K-1, options: {Size: S}}, {sku: K-2, options: {Size: M}, price: 35.00}]\n"
    ),
    "content/products/studs.yaml": "name: Studs\nprice: 20.00\nstock: 0\n",
    "content/media/week.png": png("red", 4, 3),
}
START, END = dt.datetime(2026, 11, 20, tzinfo=HELSINKI), dt.datetime(2026, 12, 1, tzinfo=HELSINKI)
TIMES = "starts: 2026-11-20\nends: 2026-11-30\n"
BAND, CLOTH, HOOPS = (Link(text=name.title(), href=f"/products/{name}/") for name in ("band", "cloth", "hoops"))


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def files_with(offer: str, products: Mapping[str, str] = {}) -> dict[str, str | bytes]:
    """Return the files of a shop with one offer, and with some products changed."""
    changed = {f"content/products/{name}.yaml": text for name, text in products.items()}
    return {**FILES, "content/offers/week.yaml": f"name: Week\n{offer}", **changed}


def shop_with(offer: str, products: Mapping[str, str] = {}, *, now: dt.datetime = NOW) -> PlannedShop:
    return plan_shop(files_with(offer, products), now=now)


def page(offer: str, products: Mapping[str, str] = {}, *, now: dt.datetime = NOW) -> OfferPage:
    found: OfferPage = shop_with(f"{offer}page: yes\n", products, now=now).context("offers/week/index.html")
    return found


def lines(product: str, offer: str) -> tuple[OfferLine, ...]:
    """Return what the page of a product says of the one offer."""
    found: tuple[OfferLine, ...] = shop_with(offer).context(f"products/{product}/index.html").offers
    return found


VOLUME = "kind: volume\nproducts: [band, cloth]\ntiers: [{count: 3, percent: 10}, {count: 5, percent: 12.5}]\n"
BUNDLE = "kind: bundle\nproducts: [band, hoops]\nprice: 80.00\n"
ADD_ON = "kind: add_on\ncategories: [rings]\nproducts: [hoops]\nreduced: [cloth]\namount: 4.00\n"
GIFT = "kind: gift\ngift: cloth\nmin_total: 90.00\nmin_count: 2\n"
SAMPLE = "kind: sample\nsamples: [cloth, studs, hoops]\n"
FREE = "kind: free_delivery\n"


@pytest.mark.parametrize(
    ("product", "offer", "line"),
    [
        (
            "band",
            VOLUME,
            OfferLine(
                kind="volume",
                name="Week",
                tiers=(
                    TierLine(count=3, percent="10", each=eur("45.00")),
                    TierLine(count=5, percent="12.5", each=eur("43.75")),
                ),
            ),
        ),
        (
            "band",
            BUNDLE,
            OfferLine(kind="bundle", name="Week", price=eur("80.00"), before=eur("90.00"), links=(HOOPS,)),
        ),
        (
            "hoops",
            BUNDLE.replace("price: 80.00", "percent: 10"),
            OfferLine(kind="bundle", name="Week", percent="10", before=eur("90.00"), links=(BAND,)),
        ),
        ("band", ADD_ON, OfferLine(kind="add_on", name="Week", amount=eur("4.00"), links=(CLOTH,))),
        (
            "cloth",
            ADD_ON,
            OfferLine(
                kind="add_on",
                brought=True,
                name="Week",
                amount=eur("4.00"),
                links=(Link(text="Rings", href="/rings/"), HOOPS),
            ),
        ),
        (
            "cloth",
            ADD_ON.replace("categories: [rings]\nproducts: [hoops]", "everything: yes"),
            OfferLine(kind="add_on", brought=True, anything=True, name="Week", amount=eur("4.00")),
        ),
        (
            "band",
            f"{GIFT}text: See [hoops](product:hoops).\n{TIMES}",
            OfferLine(
                kind="gift",
                name="Week",
                text="See [hoops](/products/hoops/).",
                links=(CLOTH,),
                min_total=eur("90.00"),
                min_count=2,
                ends=END,
            ),
        ),
        ("band", SAMPLE, OfferLine(kind="sample", name="Week", links=(CLOTH, HOOPS))),  # studs are sold out
        ("band", f"{FREE}min_count: 3\n", OfferLine(kind="free_delivery", name="Week", min_count=3)),
        (
            "band",
            f"{FREE}methods: [post]\ncountries: [FI]\nmin_total: 60.00\nterms: Once.\n",
            OfferLine(
                kind="free_delivery",
                name="Week",
                min_total=eur("60.00"),
                methods=("Post",),
                countries=("FI",),
                terms=Text(source="Once."),
            ),
        ),
        (
            "band",
            f"{FREE}terms: Once.\npage: yes\n",
            OfferLine(kind="free_delivery", name="Week", href="/offers/week/"),
        ),
        ("band", f"{FREE}text: Yes.\npage: yes\n", OfferLine(kind="free_delivery", name="Week", href="/offers/week/")),
    ],
)
def test_page_of_a_product_says_what_an_offer_gives(product: str, offer: str, line: OfferLine) -> None:
    assert lines(product, offer) == (line,)


@pytest.mark.parametrize(
    ("product", "offer"),
    [
        ("studs", VOLUME),  # it is about others
        ("band", GIFT.replace("cloth", "studs")),  # nobody can have the gift now
        ("band", SAMPLE.replace("cloth, studs, hoops", "studs")),
        ("band", ADD_ON.replace("cloth", "studs")),
        ("cloth", ADD_ON.replace("categories: [rings]\nproducts: [hoops]", "tags: [silver]")),  # tags have no page
        ("band", f"{GIFT}code: HELLO\n"),
        ("band", f"{GIFT}starts: 2026-11-24\nends: 2026-11-30\n"),
        ("band", f"{GIFT}starts: 2026-11-01\nends: 2026-11-19\n"),
        ("band", f"kind: sale\nproducts: [band]\npercent: 10\n{TIMES}"),
        ("band", "kind: coupon\ncode: HELLO\npercent: 10\n"),
    ],
)
def test_offer_that_gives_a_visitor_nothing_here_is_not_told(product: str, offer: str) -> None:
    assert lines(product, offer) == ()


def test_bundle_of_things_without_one_price_has_no_price_before() -> None:
    knot = BUNDLE.replace("hoops", "knot").replace("80.00", "60.00")

    assert lines("band", knot)[0].before is None


def test_volume_price_of_a_product_with_several_prices_names_the_percentage_alone() -> None:
    found = lines("knot", VOLUME.replace("band, cloth", "knot"))[0].tiers

    assert found == (TierLine(count=3, percent="10"), TierLine(count=5, percent="12.5"))


def names(offer: str, products: Mapping[str, str] = {}) -> list[str]:
    """Return the products on the page of the one offer; which these are is worked out while the shop is planned."""
    shop = plan_anew(files_with(f"{offer}page: yes\n", products))
    return [card.id for card in shop.context("offers/week/index.html").cards]


@pytest.mark.parametrize(
    ("offer", "shown"),
    [
        (VOLUME, ["band", "cloth"]),
        (ADD_ON, ["hoops", "cloth", "band"]),  # what it names, then what its categories hold
        (f"kind: sale\ntags: [silver]\npercent: 10\n{TIMES}", ["band", "hoops"]),
        (f"kind: sale\ntags: [silver]\nexcluding: [band]\npercent: 10\n{TIMES}", ["hoops"]),
        (
            f"kind: sale\neverything: yes\nexcluding: [band, cloth]\npercent: 10\n{TIMES}",
            ["hoops", "knot", "studs"],
        ),
        ("kind: coupon\ncode: HI\npercent: 10\n", ["band", "cloth", "hoops", "knot", "studs"]),
        ("kind: coupon\ncode: HI\npercent: 10\ncategories: [rings]\n", ["band"]),
        (f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}", ["band", "cloth", "hoops", "knot", "studs"]),
        (GIFT, ["cloth"]),
        (SAMPLE, ["cloth", "studs", "hoops"]),
        (FREE, ["band", "cloth", "hoops", "knot", "studs"]),
        (f"{FREE}tags: [nothing]\n", ["band", "cloth", "hoops", "knot", "studs"]),  # never an empty page
    ],
)
def test_page_of_an_offer_shows_what_it_is_about(offer: str, shown: list[str]) -> None:
    assert names(offer) == shown


def test_page_of_an_offer_shows_one_page_of_a_list() -> None:
    many = {f"p{number:02}": f"name: P{number}\nprice: 5.00\n" for number in range(30)}

    assert len(names("kind: coupon\ncode: HI\npercent: 10\n", many)) == 24


def test_page_of_an_offer_says_everything_about_it() -> None:
    offer = f"{GIFT}{TIMES}text: A *cloth*. ![](product:cloth) [Hoops](product:hoops)\nterms: Not for [hoops](product:hoops). ![](product:band)\nimage: media/week.png\ncode: HELLO\n"
    found = page(offer)

    assert found.head.title == "Week · Test shop"
    assert found.head.description == "A cloth. Hoops"
    assert found.head.canonical == f"{AT}/offers/week/"
    assert found.head.image.startswith(f"{AT}/media/week-")
    assert [each.href for each in found.head.alternates] == ["/offers/week/", "/fi/tarjoukset/week/"]
    assert found.head.index
    assert found.breadcrumbs[-1] == Link(text="Week", href="/offers/week/")
    assert found.picture is not None
    assert found.text is not None
    assert found.terms is not None
    assert found.text.source == "A *cloth*. ![](product:cloth) [Hoops](product:hoops)"
    assert found.text.links == {"product:hoops": "/products/hoops/"}
    assert (found.text.cards["product:cloth"].name, found.terms.cards["product:band"].name) == ("Cloth", "Band")
    assert found.terms.links == {"product:hoops": "/products/hoops/"}
    assert (found.name, found.kind, found.code, found.state, found.ends) == ("Week", "gift", "HELLO", "running", END)
    assert (found.min_total, found.min_count, found.elsewhere) == (eur("90.00"), 2, False)
    assert found.line == OfferLine(
        kind="gift", name="Week", links=(CLOTH,), min_total=eur("90.00"), min_count=2, ends=END
    )


@pytest.mark.parametrize("offer", ["percent: 10\n", "amount: 5.00\n"])
def test_page_of_a_code_says_what_it_takes_off(offer: str) -> None:
    found = page(f"kind: coupon\ncode: HI\nproducts: [band, hoops]\n{offer}")

    assert (found.percent, found.amount) == (("10", None) if "percent" in offer else ("", eur("5.00")))
    assert (found.min_total, found.min_count) == (None, 0)
    assert (found.code, found.line, found.text, found.terms, found.picture) == ("HI", None, None, None, None)
    assert found.head.description == "Week, Band, Hoops"  # of an offer without words, its things


def test_description_names_five_things_at_most() -> None:
    many = {f"p{number}": f"name: P{number}\nprice: 5.00\n" for number in range(3)}

    assert page("kind: coupon\ncode: HI\npercent: 10\n", many).head.description.count(",") == 5


@pytest.mark.parametrize(("days", "state"), [(-10, "coming"), (10, "ended")])
def test_page_of_an_offer_that_does_not_hold_now_keeps_its_code(days: int, state: str) -> None:
    found = page(f"{GIFT}{TIMES}code: HELLO\ntext: Only now.\nterms: One each.\n", now=NOW + dt.timedelta(days=days))

    assert found.state == state
    assert not found.head.index
    assert (found.code, found.line, found.text, found.ends) == ("", None, None, END)
    assert found.terms is not None
    assert [card.id for card in found.cards] == ["cloth"]


def test_page_of_a_first_purchase_is_for_those_who_got_its_address() -> None:
    found = page(f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}")

    assert not found.head.index  # so that no search engine learns its other languages
    assert [each.href for each in found.head.alternates] == ["/offers/week/", "/fi/tarjoukset/week/"]
    assert found.breadcrumbs == ()
    assert (found.code, found.state) == ("HI", "running")


@pytest.mark.parametrize(
    ("offer", "listed"),
    [
        (f"{GIFT}page: yes\n", "/offers/week/"),
        (f"{GIFT}page: yes\nstarts: 2026-11-24\nends: 2026-11-30\n", ""),
        (f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}", ""),
        (GIFT, None),
    ],
)
def test_page_that_search_engines_may_show_is_in_the_sitemap(offer: str, listed: str | None) -> None:
    found = plan_anew(files_with(offer)).pages.get("offers/week/index.html")

    assert (found.listed if found else None) == listed
    assert found is None or (found.template, found.language) == ("pages/offer.html", "en")
    assert found is None or found.source == "content/offers/week.yaml"  # the file to mend where the page fails


def test_page_of_an_offer_is_made_again_when_what_it_shows_changes() -> None:
    def fingerprint(**products: str) -> bytes:
        shop = plan_anew(files_with("kind: coupon\ncode: HI\npercent: 10\ncategories: [rings]\npage: yes\n", products))
        return shop.pages["offers/week/index.html"].fingerprint

    assert fingerprint()
    assert fingerprint(band="name: Band\nprice: 55.00\ncategory: rings\ntags: [silver]\n") != fingerprint()
    assert fingerprint(cloth="name: Cloth\nprice: 13.00\n") == fingerprint()


def test_code_that_counts_on_the_providers_page_says_so() -> None:
    site = f"{PLAIN}checkout: {{provider: [order, stripe]}}\n"
    stripe: dict[str, str | bytes] = {
        "content/checkout/stripe.yaml": "".join(
            f"{sku}: {{link: 'https://buy.stripe.com/{sku.lower().replace('-', '')}', price: {price}.00}}\n"
            for sku, price in (("band", 50), ("cloth", 12), ("hoops", 40), ("K-1", 30), ("K-2", 35), ("studs", 20))
        )
    }
    offer = "name: Week\nkind: coupon\ncode: HI\npercent: 10\npage: yes\n"
    shop = plan_shop({**FILES, "site.yaml": site, "content/offers/week.yaml": offer, **stripe})

    assert shop.context("offers/week/index.html").elsewhere


def test_texts_of_an_offer_that_is_not_translated_keep_their_language() -> None:
    shop = shop_with(f"{GIFT}page: yes\ntext: A cloth.\nterms: Once.\n")
    found: OfferPage = shop.context("fi/tarjoukset/week/index.html")

    assert found.text is not None
    assert found.terms is not None
    assert (found.language, found.text.language, found.terms.language) == ("en", "en", "en")


# Free delivery in some countries and by some methods ---------------------------------------------------------

TWO = PLAIN.replace("countries: [FI]}", "countries: [FI, SE, EE]}", 1).replace(
    "returns:", "    - {id: door, name: Door, price: 9.90, days: 1-2, countries: [FI]}\nreturns:"
)


def rates(offer: str, product: str = "band", *, now: dt.datetime = NOW) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the delivery methods on the page of a product, with their countries and prices."""
    page = plan_shop(files_with(offer) | {"site.yaml": TWO}, now=now).context(f"products/{product}/index.html")
    return [(line.name, line.countries, str(line.price.amount)) for line in page.deliveries]


@pytest.mark.parametrize(
    ("offer", "found"),
    [
        ("", [("Post", ("FI", "SE", "EE"), "0.00"), ("Door", ("FI",), "0.00")]),
        ("methods: [door]\n", [("Post", ("FI", "SE", "EE"), "5.90"), ("Door", ("FI",), "0.00")]),
        ("countries: [FI]\n", [("Post", ("FI",), "0.00"), ("Post", ("SE", "EE"), "5.90"), ("Door", ("FI",), "0.00")]),
        ("countries: [SE]\n", [("Post", ("FI", "EE"), "5.90"), ("Post", ("SE",), "0.00"), ("Door", ("FI",), "9.90")]),
        ("products: [hoops]\n", [("Post", ("FI", "SE", "EE"), "5.90"), ("Door", ("FI",), "9.90")]),
    ],
)
def test_delivery_is_free_by_the_methods_and_in_the_countries_of_the_offer(
    offer: str, found: list[tuple[str, tuple[str, ...], str]]
) -> None:
    rounded = [(name, countries, price.replace("0.00", "0")) for name, countries, price in found]

    assert [
        (name, countries, price.replace("0.00", "0")) for name, countries, price in rates(f"{FREE}{offer}")
    ] == rounded


def test_free_delivery_names_the_price_after_its_end() -> None:
    several = {
        "content/offers/long.yaml": "name: Long\nkind: free_delivery\nstarts: 2026-11-01\nends: 2026-12-10\n",
        "content/offers/short.yaml": "name: Short\nkind: free_delivery\nstarts: 2026-11-01\nends: 2026-11-25\n",
    }
    found = plan_shop({**FILES, **several}).context("products/band/index.html").delivery

    assert (found.price.amount, found.then) == (0, eur("5.90"))
    assert found.ends == dt.datetime(2026, 12, 11, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("delivery", "offer", "told"),
    [
        ("{methods: [post]}", "methods: [door]", False),
        ("{methods: [door]}", "methods: [door]", True),
        ("{methods: [door]}", "countries: [SE]", False),
        ("{methods: [post]}", "countries: [SE]", True),
        ("{digital: yes}", "products: [band]", False),
    ],
)
def test_free_delivery_is_not_told_where_it_frees_nothing(delivery: str, offer: str, *, told: bool) -> None:
    files = files_with(f"{FREE}{offer}\n", {"band": f"name: Band\nprice: 50.00\ndelivery: {delivery}\n"})
    page = plan_shop(files | {"site.yaml": TWO}).context("products/band/index.html")

    assert bool(page.offers) is told


@pytest.mark.parametrize(
    ("limit", "methods", "countries"),
    [
        ("", (), ()),
        ("methods: [door]\n", ("door",), ()),
        ("countries: [SE]\n", ("post",), ("SE",)),  # the door is in Finland, and the locker names no country
        ("countries: [FI, SE]\n", ("post", "door"), ("FI", "SE")),
        ("countries: [FI]\nmethods: [door]\n", ("door",), ("FI",)),
    ],
)
def test_cart_knows_which_methods_an_offer_frees(
    limit: str, methods: tuple[str, ...], countries: tuple[str, ...]
) -> None:
    site = TWO.replace("returns:", "    - {id: locker, name: Locker, price: 3.00, days: 1}\nreturns:")
    cart = plan_shop(files_with(f"{FREE}{limit}") | {"site.yaml": site}).plan.shared["en"].cart

    assert cart is not None
    assert [(offer.methods, offer.countries) for offer in cart.offers] == [(methods, countries)]


@pytest.mark.parametrize(
    ("offer", "days", "told"),
    [
        ("", 0, True),
        ("everything: yes\nmin_total: 40.00\n", 0, True),
        (TIMES, -10, False),
        ("products: [band]\n", 0, False),
        ("code: HI\n", 0, False),
    ],
)
def test_page_about_delivery_tells_what_is_free_with_every_product(offer: str, days: int, *, told: bool) -> None:
    files = files_with(f"{FREE}page: yes\n{offer}") | {
        "content/pages/delivery.md": "---\ntitle: Delivery\n---\nBy post.\n"
    }
    page = plan_shop(files, now=NOW + dt.timedelta(days=days)).context("delivery/index.html")

    assert [(line.name, line.href) for line in page.offers] == ([("Week", "/offers/week/")] if told else [])


# Conditions without a page -----------------------------------------------------------------------------------

WEEK_SALE = f"percent: 20\nproducts: [band]\n{TIMES}terms: As long as *there* is stock.\n"


def test_sale_without_a_page_shows_its_conditions_beside_the_price() -> None:
    found = shop_with(WEEK_SALE).context("products/band/index.html").sales
    paged = shop_with(f"{WEEK_SALE}page: yes\n").context("products/band/index.html").sales
    ends = found[0].ends

    assert found == (SaleLine(text="Week", ends=ends, terms=Text(source="As long as *there* is stock.")),)
    assert paged == (SaleLine(text="Week", ends=ends, href="/offers/week/"),)


@pytest.mark.parametrize(("more", "terms"), [("code: HI\n", "One each."), ("code: HI\npage: yes\n", ""), ("", "")])
def test_cart_knows_the_conditions_of_a_code_without_a_page(more: str, terms: str) -> None:
    cart = shop_with(f"{FREE}terms: One *each*.\n{more}").plan.shared["en"].cart

    assert cart is not None
    assert [offer.terms for offer in cart.offers] == [terms]


# The price with a code ---------------------------------------------------------------------------------------

COUPON = "kind: coupon\ncode: HI\npercent: 15\nends: 2026-11-30\n"


def coded(offer: str, products: Mapping[str, str] = {}, **more: str) -> dict[str, CodedPrice]:
    """Return the prices with the code on an offer's page, by product."""
    files = files_with(f"{offer}page: yes\n", products) | {
        f"content/offers/{name}.yaml": text for name, text in more.items()
    }
    return {card.id: card.coded for card in plan_shop(files).context("offers/week/index.html").cards if card.coded}


def test_offer_page_shows_the_price_of_one_piece_with_its_code() -> None:
    assert coded(f"{COUPON}products: [band, knot]\n") == {
        "band": CodedPrice(code="HI", price=eur("42.50"), ends=END),
        "knot": CodedPrice(code="HI", price=eur("25.50"), ends=END),
    }


@pytest.mark.parametrize(
    "offer",
    [
        COUPON.replace("percent: 15", "amount: 5.00"),  # once for the cart, so of no one product
        f"{COUPON}min_count: 2\n",
        f"{COUPON}min_total: 50.01\n",
        COUPON.replace("ends: 2026-11-30", "ends: 2026-11-20"),
        "kind: free_delivery\ncode: HI\n",
        "kind: gift\ngift: cloth\ncode: HI\n",
    ],
)
def test_offer_page_shows_no_price_that_the_code_would_not_make(offer: str) -> None:
    assert coded(offer) == {}


def test_code_counts_from_the_price_of_a_sale_until_the_sale_ends() -> None:
    sale = "name: S\npercent: 20\nproducts: [band]\nstarts: 2026-11-20\nends: 2026-11-25\n"
    found = coded(f"{COUPON}products: [band, hoops]\nmin_total: 40.00\n", sale=sale)

    assert found["band"] == CodedPrice(code="HI", price=eur("34.00"), ends=dt.datetime(2026, 11, 26, tzinfo=HELSINKI))
    assert found["hoops"] == CodedPrice(code="HI", price=eur("34.00"), ends=END)


def test_product_that_the_code_leaves_out_has_no_price_with_it() -> None:
    sale = f"{COUPON}categories: [rings]\nproducts: [hoops]\nexcluding: [band]\n"

    assert set(coded(sale)) == {"hoops"}


# Announcements -----------------------------------------------------------------------------------------------

HOME = "content/pages/home.yaml"


def home(offer: str, section: str = "{id: week}", *, now: dt.datetime = NOW) -> list[HomeSection]:
    files = files_with(offer) | {HOME: f"sections:\n  - offer: {section}\n  - prose: {{title: A, text: B}}\n"}
    return [each for each in plan_shop(files, now=now).context("index.html").sections if each.kind == "offer"]


def test_home_page_shows_an_offer_with_its_products() -> None:
    [found] = home(f"percent: 20\ntags: [silver]\n{TIMES}text: A *week*.\npage: yes\n")

    assert (found.title, found.ends) == ("Week", END)
    assert found.text is not None
    assert found.text.source == "A *week*."
    assert found.link == Link(text="See the offer", href="/offers/week/")
    assert [card.id for card in found.cards] == ["band", "hoops"]


def test_section_of_an_offer_has_words_and_a_number_of_its_own() -> None:
    section = "{id: week, title: Now, count: 1, link_text: Look}"
    [found] = home(f"percent: 20\ntags: [silver]\n{TIMES}page: yes\n", section)
    [without_page] = home(f"percent: 20\ntags: [silver]\n{TIMES}", section)

    assert (found.title, found.link, len(found.cards)) == ("Now", Link(text="Look", href="/offers/week/"), 1)
    assert without_page.link is None


@pytest.mark.parametrize("days", [-10, 10])
def test_home_page_shows_no_offer_that_does_not_run(days: int) -> None:
    assert home(f"percent: 20\ntags: [silver]\n{TIMES}", now=NOW + dt.timedelta(days=days)) == []


def badge(product: str, offer: str, site: str = PLAIN, *, now: dt.datetime = NOW) -> BadgeTag | None:
    files = files_with(offer) | {"site.yaml": f"{site}badges: {{silver: {{text: Silver}}}}\n"}
    found: BadgeTag | None = plan_shop(files, now=now).context(f"products/{product}/index.html").badge
    return found


SILVER = BadgeTag(kind="fact", text="Silver")
MARKED = f"percent: 20\nproducts: [band, cloth]\n{TIMES}badge: Winter\n"


@pytest.mark.parametrize(
    ("product", "offer", "days", "found"),
    [
        ("band", MARKED, 0, BadgeTag(kind="sale", text="Winter", ends=END)),
        ("hoops", MARKED, 0, SILVER),
        ("band", MARKED, 10, SILVER),
        ("band", MARKED, -10, SILVER),
        ("band", MARKED.replace("badge: Winter\n", ""), 0, SILVER),
        ("band", f"{FREE}products: [band]\nbadge: Sent free\n", 0, BadgeTag(kind="sale", text="Sent free")),
        ("cloth", f"{ADD_ON}badge: With it\n", 0, BadgeTag(kind="sale", text="With it")),
    ],
)
def test_badge_of_an_offer_is_on_its_products_while_it_runs(
    product: str, offer: str, days: int, found: BadgeTag
) -> None:
    assert badge(product, offer, now=NOW + dt.timedelta(days=days)) == found


def test_percentage_that_may_be_shown_takes_the_place_of_the_words() -> None:
    proven = badge("band", MARKED, f"{PLAIN}lowest_price: no\n")

    assert proven == BadgeTag(kind="sale", percent=20, ends=END)


# Digital products --------------------------------------------------------------------------------------------


def test_digital_product_has_no_facts_about_parcels() -> None:
    rates = PLAIN.replace("standard: 25.5", "standard: 25.5, voucher: 0")
    voucher = "name: Voucher\nprice: 20.00\ntax_class: voucher\ndelivery: {digital: yes}\n"
    files = files_with(f"{FREE}", {"voucher": voucher}) | {"site.yaml": rates}
    shop = plan_shop(files)
    page = shop.context("products/voucher/index.html")

    assert (page.tax, page.delivery, page.deliveries, page.dispatch, page.returns) == (None, None, (), None, None)
    assert page.offers == ()
    said = shop.jsonld("products/voucher/index.html")[0]["offers"]
    assert said.keys().isdisjoint({"shippingDetails", "hasMerchantReturnPolicy"})
    assert page.variants[0].buy.tax == "0"  # the cart still calculates with it


def test_shop_without_tax_says_nothing_about_it() -> None:
    shop = plan_shop({**FILES, "site.yaml": PLAIN.replace("standard: 25.5", "standard: 0")})

    assert shop.context("products/band/index.html").tax is None
    assert shop.plan.shared["en"].tax_line is None
