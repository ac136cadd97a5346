"""Warnings about what content can hardly mean: prices, offers, pictures by http, products that nobody finds."""

from __future__ import annotations

import pytest

from tests.conftest import BAND, FIVE, MakeShop
from tests.shop import SITE, Shop

pytestmark = pytest.mark.slow

# What a shop without a key and without a history of prices hears.
_OTHERS = ("order lines are not signed", "shown without the price before")


def warned(shop: Shop) -> list[str]:
    """Return the warnings of a build about what its content says."""
    return [warning for warning in shop.build().warnings if not any(other in warning for other in _OTHERS)]


def product(make_shop: MakeShop, text: str) -> list[str]:
    """Return the warnings of a shop with one product more."""
    return warned(make_shop(FIVE | {"content/products/tea.yaml": f"name: Tea\ncategory: care\n{text}"}))


def offer(make_shop: MakeShop, text: str) -> list[str]:
    """Return the warnings of a shop with one offer."""
    return warned(make_shop(FIVE | {"content/offers/week.yaml": f"name: Week\n{text}"}))


RUNS = "starts: 2026-11-20\nends: 2027-11-29\n"


def test_shop_of_sensible_prices_says_nothing(five: Shop) -> None:
    assert warned(five) == []


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            "price: 19.90\ncompare_at_price: 9.90\n",
            '4: compare_at_price: expected the price before the reduction, above the price 19.90; found "9.90"',
        ),
        (
            "price: 19.90\ncompare_at_price: 19.90\n",
            '4: compare_at_price: expected the price before the reduction, above the price 19.90; found "19.90"',
        ),
        (
            "price: 19.99\ncompare_at_price: 2499\n",
            '4: compare_at_price: "2499" is 125 times the price 19.99; is a decimal point missing?',
        ),
        (
            (
                "options: {Size: [S, M]}\nvariants:\n  - {sku: A, options: {Size: S}, price: 5.00}\n"
                "  - {sku: B, options: {Size: M}, price: 7.00, compare_at_price: 6.00}\n"
            ),
            (
                "6: variants.1.compare_at_price: expected the price before the reduction, above the price 7.00; "
                'found "6.00"'
            ),
        ),
        ("price: 0\n", '3: price: found "0": it is sold for nothing'),
        (
            (
                "price: 5.00\noptions: {Size: [S, M]}\nvariants:\n  - {sku: A, options: {Size: S}}\n"
                "  - {sku: B, options: {Size: M}, price: 0.00}\n"
            ),
            '7: variants.1.price: found "0.00": it is sold for nothing',
        ),
        (
            (
                "options: {Size: [S, M]}\nvariants:\n  - {sku: A, options: {Size: S}, price: 24.99}\n"
                "  - {sku: B, options: {Size: M}, price: 1999}\n"
            ),
            (
                '6: variants.1.price: "1999" is 80 times the next lower price of this product, 24.99 (variants.0); '
                "is a decimal point in the wrong place?"
            ),
        ),
        (
            (
                "unit_price: {content: 250 ml, per: 1 l}\noptions: {Size: [S, M]}\nvariants:\n"
                "  - {sku: A, options: {Size: S}, price: 5.00}\n  - {sku: B, options: {Size: M}, price: 9.00}\n"
            ),
            (
                "6: variants.0: prices differ, so the content may not be 250 ml; this variant has no unit price; "
                "write its own, such as unit_price: {content: 250 ml, per: 1 l}"
            ),
        ),
    ],
)
def test_price_that_can_hardly_be_meant_is_named_with_both_values(make_shop: MakeShop, text: str, warning: str) -> None:
    assert product(make_shop, text) == [f"content/products/tea.yaml:{warning}"]


@pytest.mark.parametrize(
    "text",
    [
        "price: 0\nstatus: draft\n",
        "price: 0\nstatus: unlisted\n",
        "price: 0\ndelivery: {digital: yes}\n",
        "price: 0\noptions: {Size: [S]}\nvariants:\n  - {sku: A, options: {Size: S}, price: 5.00}\n",
        "price: 19.90\ncompare_at_price: 29.90\n",
        (
            "unit_price: {content: 250 ml, per: 1 l}\noptions: {Size: [250 ml, 500 ml]}\nvariants:\n"
            "  - {sku: A, options: {Size: 250 ml}, price: 5.00}\n  - {sku: B, options: {Size: 500 ml}, price: 9.00}\n"
        ),
        "options: {Of: [5, 10, 50, 250, 1000]}\nvariants:\n"
        + "".join(f"  - {{sku: V{of}, options: {{Of: {of}}}, price: {of}}}\n" for of in (5, 10, 50, 250, 1000)),
    ],
)
def test_price_that_can_be_meant_is_no_warning(make_shop: MakeShop, text: str) -> None:
    assert product(make_shop, text) == []


def test_gift_may_cost_nothing(make_shop: MakeShop) -> None:
    gift = "kind: gift\ngift: tea\n"
    shop = make_shop(
        FIVE
        | {
            "content/offers/week.yaml": f"name: Week\n{gift}",
            "content/products/tea.yaml": "name: Tea\ncategory: care\nprice: 0\n",
        }
    )

    assert warned(shop) == []


def test_many_prices_of_one_kind_are_counted(make_shop: MakeShop) -> None:
    teas: dict[str, str | bytes] = {
        f"content/products/tea-{number}.yaml": "name: Tea\ncategory: care\nprice: 5\ncompare_at_price: 4\n"
        for number in range(8)
    }
    found = warned(make_shop(FIVE | teas))

    assert len(found) == 6
    assert found[-1] == "3 more prices before a reduction look wrong"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            f"kind: sale\namount: 49.00\nproducts: [rope-ring, plain-band]\n{RUNS}",
            (
                '3: amount: expected less than the 49.00 that "plain-band" costs; found "49.00": no sale is made of it '
                "there"
            ),
        ),
        (
            f"kind: sale\namount: 30\neverything: yes\n{RUNS}",
            (
                '3: amount: expected less than the 29.00 that "ball-studs" costs, and 1 more; found "30": no sale is made '
                "of it there"
            ),
        ),
        (
            "kind: sale\namount: 50\ncategories: [rings]\nexcluding: [rope-ring]\nstarts: 2027-01-01\nends: 2027-01-31\n",
            '3: amount: expected less than the 49.00 that "plain-band" costs; found "50": no sale is made of it there',
        ),
        (
            "kind: add_on\namount: 12\ncategories: [rings]\nreduced: [polishing-cloth]\n",
            '3: amount: expected less than the 12.00 that "polishing-cloth" costs; found "12"',
        ),
        (
            "kind: bundle\namount: 61\nproducts: [plain-band, polishing-cloth]\n",
            '3: amount: expected less than the 61.00 that all of it costs; found "61"',
        ),
        (
            f"kind: sale\npercent: 100\nproducts: [plain-band]\n{RUNS}",
            '3: percent: found "100": nothing is left to pay',
        ),
        (f"kind: sale\npercent: 95\nproducts: [plain-band]\n{RUNS}", '3: percent: found "95": 5 % are left to pay'),
        (
            "kind: volume\nproducts: [plain-band]\ntiers: [{count: 2, percent: 10}, {count: 3, percent: 99}]\n",
            '4: tiers.1.percent: found "99": 1 % are left to pay',
        ),
        (
            "kind: coupon\ncode: X\namount: 20\nmin_total: 20.00\n",
            '4: amount: "20" is all of an order of min_total 20.00',
        ),
    ],
)
def test_offer_that_takes_off_too_much_is_named_with_both_values(make_shop: MakeShop, text: str, warning: str) -> None:
    assert offer(make_shop, text) == [f"content/offers/week.yaml:{warning}"]


@pytest.mark.parametrize(
    "text",
    [
        f"kind: sale\namount: 10\neverything: yes\n{RUNS}",
        "kind: sale\namount: 50\nproducts: [plain-band]\nstarts: 2026-01-01\nends: 2026-01-31\n",
        "kind: coupon\ncode: X\namount: 20\nmin_total: 40.00\n",
        f"kind: sale\npercent: 90\nproducts: [plain-band]\n{RUNS}",
    ],
)
def test_offer_that_leaves_something_is_no_warning(make_shop: MakeShop, text: str) -> None:
    assert offer(make_shop, text) == []


def test_sale_is_looked_at_again_when_a_price_falls(make_shop: MakeShop) -> None:
    sale = f"name: Week\nkind: sale\namount: 30\ncategories: [rings]\n{RUNS}"
    shop = make_shop(FIVE | {"content/offers/week.yaml": sale})
    assert warned(shop) == []

    shop.edit("content/products/plain-band.yaml", "49.00", "29.00")
    assert [warning.split(";")[0] for warning in warned(shop)] == [
        'content/offers/week.yaml:3: amount: expected less than the 29.00 that "plain-band" costs'
    ]


@pytest.mark.parametrize(("free_from", "right"), [("5.90", False), ("0", False), ("5.91", True)])
def test_delivery_that_is_free_from_less_than_it_costs_is_named(
    make_shop: MakeShop,
    free_from: str,
    right: bool,  # noqa: FBT001 - one of a case's values
) -> None:
    shop = make_shop(FIVE)
    shop.edit("site.yaml", "free_from: 120.00", f"free_from: {free_from}")
    line = next(number for number, text in enumerate(SITE.splitlines(), 1) if "free_from" in text)

    assert warned(shop) == (
        []
        if right
        else [
            (
                f"site.yaml:{line}: delivery.methods.0.free_from: expected more than delivery costs, 5.90; "
                f'found "{free_from}"'
            )
        ]
    )


def test_pictures_by_http_are_named_in_a_shop_on_https(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "content/products/plain-band.yaml": BAND
            + "images: [http://x.example/a.jpg]\ndescription: |\n  One.\n\n  ![b](http://x.example/b.jpg)\n",
            "content/pages/about.md": "---\ntitle: About\n---\n![c](http://x.example/c.jpg) ![d](https://x.example/d.jpg)\n"
            "[e](http://x.example/e)\n",
        }
    )
    what = "browsers show no picture by http on a page of https; write https, or put it into content/media, found"

    assert [warning for warning in warned(shop) if "http on" in warning] == [
        f'content/products/plain-band.yaml:6: images.0: {what} "http://x.example/a.jpg"',
        f'content/products/plain-band.yaml:10: description: {what} "http://x.example/b.jpg"',
        f'content/pages/about.md:4: {what} "http://x.example/c.jpg"',
    ]
    shop.edit("site.yaml", "https://shop", "http://shop")
    assert not [warning for warning in warned(shop) if "http on" in warning]


def test_script_by_http_is_named(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.write("site.yaml", f"{SITE}tracking:\n  analytics:\n    matomo: {{url: http://stats.example/, site: 1}}\n")

    assert [warning for warning in warned(shop) if "by http" in warning] == [
        (
            f"site.yaml:{SITE.count(chr(10)) + 3}: tracking.analytics.matomo.url: browsers load no script by http on a page "
            'of https; write https, found "http://stats.example/"'
        )
    ]


HOME = "sections:\n  - prose: {title: Hello, text: Silver.}\n"


def test_product_that_nobody_finds_is_named(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE | {"content/pages/home.yaml": HOME, "content/products/lone.yaml": "name: Lone\nprice: 1.00\n"}
    )
    lost = "no list shows this product and no page links to it; give it a category that is listed"

    assert warned(shop) == [f"content/products/lone.yaml:1: category: {lost}"]
    shop.edit("content/products/lone.yaml", "price", "status: unlisted\nprice")
    assert warned(shop) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/pages/home.yaml", f"{HOME}  - featured: {{title: New, products: [lone]}}\n"),
        ("content/pages/home.yaml", f"{HOME}  - featured: {{title: New, tag: new}}\n"),
        ("content/guides/care.md", "---\ntitle: Care\n---\n[It](product:lone) helps.\n"),
        ("content/products/polishing-cloth.yaml", "name: Cloth\ncategory: care\nprice: 12\nrelated: [between]\n"),
        ("content/offers/week.yaml", f"name: Week\npercent: 10\ntags: [new]\npage: yes\n{RUNS}"),
        ("content/products/lone.yaml", "name: Lone\nprice: 1.00\ncategory: hidden/deep\n"),
    ],
)
def test_product_is_found_from_any_page(make_shop: MakeShop, file: str, text: str) -> None:
    files = FIVE | {
        "content/pages/home.yaml": HOME,
        "content/products/lone.yaml": "name: Lone\nprice: 1.00\ntags: [new]\n",
        "content/products/between.yaml": "name: Between\nprice: 1.00\nstatus: unlisted\nrelated: [lone]\n",
        "content/categories/hidden.yaml": "name: Hidden\nstatus: unlisted\n",
        "content/categories/hidden/deep.yaml": "name: Deep\n",
        "content/pages/deep.md": "---\ntitle: Deep\n---\n[Here](category:hidden/deep).\n",
    }

    assert warned(make_shop(files | {file: text})) == []


def test_products_of_hidden_categories_are_counted_in_one_line(make_shop: MakeShop) -> None:
    lamps: dict[str, str | bytes] = {
        f"content/products/lamp-{number}.yaml": f"name: Lamp\nprice: 1.00\ncategory: {category}\n"
        for number, category in enumerate(["hidden", "hidden/deep"] * 4)
    }
    shop = make_shop(
        FIVE
        | lamps
        | {
            "content/pages/home.yaml": HOME,
            "content/categories/hidden.yaml": "name: Hidden\nstatus: unlisted\n",
            "content/categories/hidden/deep.yaml": "name: Deep\n",
        }
    )

    assert warned(shop) == [
        (
            "8 products are in no list and no page links to them: lamp-0, lamp-1, lamp-2, lamp-3, lamp-4 and 3 more; "
            "give them a category that is listed"
        )
    ]


CUT = 'because " #" begins a comment; put the text in quotes: '


def test_text_that_a_comment_cuts_off_is_told_by_every_build(make_shop: MakeShop) -> None:
    shop = make_shop(
        FIVE
        | {
            "site.yaml": SITE.replace("Test shop", "Shop #1"),
            "content/products/tea.yaml": (
                "name: Tea #1\nprice: 5.00 #old\ntags: #new\nsummary: #2 of all\nspecs:\n  Of: Us #3\n"
                "stock: 5 #low\nimages: # none yet\n"
            ),
            "content/products/many.yaml": "- slug: a\n  name: A\n  price: 1.00\n- slug: b\n  name: B #4\n  price: 1.00\n",
            "content/guides/brew.md": "---\ntitle: Brew #5\nsummary: Hot  #6\n---\nA #7 text.\n",
            "content/reviews/all.yaml": (
                "product: plain-band\nrating: 5\ntext: Best #8\nname: A.\ndate: 2026-11-01 #9\n"
            ),
        }
    )
    told = [
        f'site.yaml:1: name: only "Shop" is read, {CUT}"Shop #1"',
        f'content/products/many.yaml:5: name: only "B" is read, {CUT}"B #4"',
        f'content/products/tea.yaml:1: name: only "Tea" is read, {CUT}"Tea #1"',
        f'content/products/tea.yaml:4: summary: nothing is read, {CUT}"#2 of all"',
        f'content/products/tea.yaml:6: specs.Of: only "Us" is read, {CUT}"Us #3"',
        f'content/guides/brew.md:2: title: only "Brew" is read, {CUT}"Brew #5"',
        '1 more text is cut off where " #" begins a comment',
    ]

    assert [line for line in shop.build().warnings if "comment" in line] == told
    assert [line for line in shop.build().warnings if "comment" in line] == told
    shop.edit("content/products/small-hoops.yaml", "45.00", "46.00")
    assert [line for line in shop.build().warnings if "comment" in line] == told
