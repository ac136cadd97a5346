"""Offers on their own pages and on those of products."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from storegen.model.money import Money
from storegen.views.contexts.offers import OfferLine, OfferPage
from storegen.views.contexts.parts import Link, TierLine
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
TIMES = "starts: 2026-11-20\nends: 2026-12-01\n"
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
        ("band", f"{GIFT}starts: 2026-11-24\nends: 2026-12-01\n"),
        ("band", f"{GIFT}starts: 2026-11-01\nends: 2026-11-20\n"),
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
        (FREE, []),
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
    assert [each.href for each in found.head.alternates] == ["/offers/week/", "/fi/offers/week/"]
    assert found.head.index
    assert found.breadcrumbs[-1] == Link(text="Week", href="/offers/week/")
    assert found.picture is not None
    assert found.text is not None
    assert found.terms is not None
    assert found.text.source == "A *cloth*. ![](product:cloth) [Hoops](product:hoops)"
    assert found.text.links == {"product:hoops": "/products/hoops/"}
    assert (found.text.cards["product:cloth"].name, found.terms.cards["product:band"].name) == ("Cloth", "Band")
    assert found.terms.links == {"product:hoops": "/products/hoops/"}
    assert (found.name, found.kind, found.code, found.running, found.ends) == ("Week", "gift", "HELLO", True, END)
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


@pytest.mark.parametrize("now", [NOW - dt.timedelta(days=10), NOW + dt.timedelta(days=10)])
def test_page_of_an_offer_that_does_not_hold_now_keeps_its_code(now: dt.datetime) -> None:
    found = page(f"{GIFT}{TIMES}code: HELLO\n", now=now)

    assert not found.running
    assert not found.head.index
    assert (found.code, found.line, found.ends, found.cards) == ("", None, None, ())


def test_page_of_a_first_purchase_is_for_those_who_got_its_address() -> None:
    found = page(f"kind: first_purchase\ncode: HI\npercent: 10\n{TIMES}")

    assert not found.head.index
    assert found.head.alternates == ()
    assert found.breadcrumbs == ()
    assert (found.code, found.running) == ("HI", True)


@pytest.mark.parametrize(
    ("offer", "listed"),
    [
        (f"{GIFT}page: yes\n", "/offers/week/"),
        (f"{GIFT}page: yes\nstarts: 2026-11-24\nends: 2026-12-01\n", ""),
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
    found: OfferPage = shop.context("fi/offers/week/index.html")

    assert found.text is not None
    assert found.terms is not None
    assert (found.language, found.text.language, found.terms.language) == ("en", "en", "en")
