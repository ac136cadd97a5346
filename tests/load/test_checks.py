"""What no single field can say: prices, variants, article numbers, campaigns and sections checked together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storegen.build import Options, Session, build
from storegen.config import Config
from storegen.errors import ContentError
from storegen.load.checks import own_faults
from storegen.load.entries import LoadSettings
from storegen.load.shop import load_shop
from storegen.model.product import Product
from tests.records import product, record
from tests.shop import NOW, SITE, Shop

CONFIG = record(
    Config,
    {
        "name": "Shop",
        "url": "https://shop.example",
        "tax": {"rates": {"standard": "25.5", "food": "14"}},
        "delivery": {"methods": [{"id": "post", "name": "Post", "price": "5.90", "days": "1-3"}]},
    },
)
SIZES = {"Size": ["S", "M"]}


def faults(config: Config = CONFIG, **fields: Any) -> list[str]:
    """Return what is wrong with a product by itself."""
    found = own_faults(product(**fields), LoadSettings(("en",), config))
    return [f"{'.'.join(map(str, place))}: {message}" for place, message in found]


def unpriced(status: str = "published", **fields: Any) -> list[str]:
    """Return what is wrong with a product without a price."""
    named = {"id": "ring", "file": "ring.yaml", "name": "Ring", "status": status}
    found = own_faults(record(Product, {**named, **fields}), LoadSettings(("en",), CONFIG))
    return [f"{'.'.join(map(str, place))}: {message}" for place, message in found]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"price": "0"},
        {"price": "59.9"},
        {"price": "59.9000"},
        {"price": "1200", "currency": "JPY"},
        {"price": "1.234", "currency": "KWD"},
        {"tax_class": "food"},
        {"delivery": {"methods": ["post"]}},
        {"delivery": {"make_days": "3"}},
        {"unit_price": {"content": "250 g", "per": "1 kg"}},
        {"options": SIZES},
        {"options": SIZES, "variants": [{"sku": "a", "options": {"Size": "S"}}]},
        {"variants": [{"sku": "a"}]},
        {"variants": [{"options": {"Size": "S"}}, {"options": {"Size": "M"}}]},
        {"options": SIZES, "labels": {"Size": "Koko", "S": "P"}},
        {"options": {"a": [str(n) for n in range(40)], "b": [str(n) for n in range(50)]}},  # 2,000
    ],
)
def test_product_that_can_be_sold_has_no_faults(fields: dict[str, Any]) -> None:
    assert faults(**fields) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": " "}, ["name: expected a name, found nothing"]),
        ({"price": "59.995"}, ['price: EUR has 2 decimals, found "59.995"']),
        ({"compare_at_price": "59.001"}, ['compare_at_price: EUR has 2 decimals, found "59.001"']),
        ({"price": "1200.50", "currency": "JPY"}, ['price: JPY has no decimals, found "1200.50"']),
        ({"price": "1200.50", "currency": "HUF"}, ['price: HUF has no decimals, found "1200.50"']),
        ({"price": "1.2345", "currency": "KWD"}, ['price: KWD has 3 decimals, found "1.2345"']),
        ({"price": "1.2345", "currency": "XXQ"}, ['currency: expected a currency code like EUR, found "XXQ"']),
        (
            {"variants": [{"sku": "a", "price": "5.005", "compare_at_price": "9.999"}]},
            [
                'variants.0.price: EUR has 2 decimals, found "5.005"',
                'variants.0.compare_at_price: EUR has 2 decimals, found "9.999"',
            ],
        ),
        (
            {"unit_price": {"content": "250 g", "per": "1 l"}},
            ['unit_price: "250 g" and "1 l" can\'t be compared'],
        ),
        (
            {"variants": [{"unit_price": {"content": "2 m", "per": "1 piece"}}]},
            ['variants.0.unit_price: "2 m" and "1 piece" can\'t be compared'],
        ),
        ({"tax_class": "books"}, ['tax_class: no tax class "books" in site.yaml (there are standard, food)']),
        (
            {"delivery": {"methods": ["post", "pots", "x"]}},
            [
                'delivery.methods.1: no delivery method "pots", did you mean "post"?',
                'delivery.methods.2: no delivery method "x"',
            ],
        ),
        ({"options": {"Size": []}}, ["options.Size: expected a list of different values"]),
        ({"options": {"Size": {"values": ["S", "S"]}}}, ["options.Size: expected a list of different values"]),
        (
            {"options": {"a": [str(n) for n in range(29)], "b": [str(n) for n in range(69)]}},
            ["options: 2,001 combinations; at most 2,000 can be made, list the variants that exist"],
        ),
        (
            {"variants": [{"sku": "a"}, {"sku": "b"}]},
            ["variants: several variants, but no options to tell them apart"],
        ),
        (
            {
                "options": {**SIZES, "Fit": ["slim"]},
                "variants": [
                    {"options": {"Size": "S", "Fit": "slim"}},
                    {"options": {"Fit": "slim", "Size": "S"}},
                    {"options": {"Size": "M", "Fit": "slim"}},
                    {"options": {"Size": "S", "Fit": "slim"}},
                ],
            },
            ["variants.1: the same options as variants.0", "variants.3: the same options as variants.0"],
        ),
        (
            {"options": SIZES, "variants": [{"options": {}}]},
            ['variants.0: no value for the option "Size"'],
        ),
        (
            {"options": {"Size": [str(n) for n in range(9)]}, "variants": [{"options": {"Size": "x"}}]},
            ['variants.0.options.Size: expected one of 0, 1, 2, 3, 4, 5, 6, 7; found "x"'],
        ),
        (
            {"options": SIZES, "variants": [{"options": {"Size": "S", "Sise": "S"}}]},
            ['variants.0.options.Sise: no option "Sise" in options, did you mean "Size"?'],
        ),
        (
            {"options": SIZES, "labels": {"Sise": "Koko", "L": "I"}},
            [
                'options.Sise: no option and no value "Sise", did you mean "Size"?',
                'options.L: no option and no value "L"',
            ],
        ),
    ],
)
def test_product_that_can_not_be_sold_is_reported(fields: dict[str, Any], expected: list[str]) -> None:
    assert faults(**fields) == expected


def test_shop_without_tax_rates_has_no_tax_classes() -> None:
    bare = record(Config, {"name": "Shop", "url": "https://shop.example"})

    assert faults(bare, tax_class="books") == []


def test_many_combinations_may_be_possible_where_the_variants_are_listed() -> None:
    options = {"a": [str(n) for n in range(60)], "b": [str(n) for n in range(60)]}

    assert faults(options=options, variants=[{"options": {"a": "1", "b": "2"}}]) == []


BARE = [{"sku": "a", "options": {"Size": "S"}}, {"sku": "b", "options": {"Size": "M"}}]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["price: a price is missing, here or in every variant"]),
        ({"variants": BARE}, ["price: a price is missing, here or in every variant"]),
        (
            {"variants": [BARE[0], {**BARE[1], "price": "5.00"}]},
            ["variants.0.price: a price is missing, here or in the product"],
        ),
        ({"variants": [{**each, "price": "5.00"} for each in BARE]}, []),
        ({"status": "draft"}, []),
        ({"status": "unlisted"}, ["price: a price is missing, here or in every variant"]),
    ],
)
def test_every_article_that_is_shown_has_a_price(fields: dict[str, Any], expected: list[str]) -> None:
    assert unpriced(**fields) == expected


# Products, campaigns and sections of a whole shop -----------------------------------------------------------

PLAIN = SITE.replace('menu: ["category:rings", "guides"]\n', "languages: [en, fi]\n")
BAND = "name: Band\nprice: 50.00\n"
GUIDE = "---\ntitle: Care\n---\nRub.\n"


def problems(folder: Path, site: str = PLAIN, **files: str) -> list[str]:
    """Return what is wrong with a shop; a file's name is written with __ for a slash."""
    named: Mapping[str, str | bytes] = {
        f"content/{name.replace('__', '/')}{'.yaml' if '.' not in name else ''}": text for name, text in files.items()
    }
    shop = Shop(folder / "shop", {"site.yaml": site, **named})
    try:
        load_shop(shop.folder)
    except ContentError as error:
        return [str(problem).removeprefix("content/") for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"products__a": f"{BAND}sku: A\n", "products__b": f"{BAND}sku: B\n"}, []),
        (
            {"products__a": f"{BAND}sku: A\n", "products__b": f"{BAND}sku: A\n"},
            ['products/b.yaml:3: sku: the article number "A" is already that of Band in content/products/a.yaml'],
        ),
        ({"products__a": f"{BAND}sku: A\n", "products__b": f"{BAND}sku: A\nstatus: draft\n"}, []),
        (
            {"products__a": BAND, "products__b": f"{BAND}sku: a\n"},  # by default the id
            ['products/b.yaml:3: sku: the article number "a" is already that of Band in content/products/a.yaml'],
        ),
        (
            {
                "products__a": f"{BAND}sku: T-1\n",
                "products__b": f"{BAND}options: {{Size: [S, M]}}\nvariants:\n"
                "  - {sku: T-2, options: {Size: S}}\n  - {sku: T-1, options: {Size: M}}\n",
            },
            [
                'products/b.yaml:6: variants.1: the article number "T-1" is already that of Band in content/products/a.yaml'
            ],
        ),
        (
            {
                "products__b": f"{BAND}options: {{Size: [S, M, L]}}\nvariants:\n"
                "  - {sku: T, options: {Size: S}}\n  - {sku: U, options: {Size: M}}\n  - {sku: T, options: {Size: L}}\n",
            },
            ['products/b.yaml:7: variants.2: the article number "T" is already that of variants.0; each needs its own'],
        ),
        (
            {"products__b": f"{BAND}sku: T\noptions: {{Size: [a b, ab]}}\n"},
            [
                (
                    'products/b.yaml:4: options: two combinations get the article number "T-ab"; '
                    "list the variants with their own"
                )
            ],
        ),
        (
            {"products__a": f"{BAND}sku: T-S\n", "products__b": f"{BAND}sku: T\noptions: {{Size: [S]}}\n"},
            ['products/b.yaml:4: options: the article number "T-S" is already that of Band in content/products/a.yaml'],
        ),
    ],
)
def test_every_article_has_a_number_of_its_own(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert problems(tmp_path, **files) == expected


def test_mistake_of_a_product_is_told_once_and_that_of_its_translation_there(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        products__0="name: Nil\nprice: 5.00\n",
        products__a="name: A\nprice: 5.001\n",
        **{"products__a.fi.yaml": "name: Aa\n", "products__b.fi.yaml": "options: {Sise: Koko}\n"},
        products__b=f"{BAND}options: {{Size: [S]}}\n",
        products__c="name: C\nprice: 6.001\n",
    )

    assert found == [
        'products/a.yaml:2: price: EUR has 2 decimals, found "5.001"',
        'products/b.fi.yaml:1: options.Sise: no option and no value "Sise", did you mean "Size"?',
        'products/c.yaml:2: price: EUR has 2 decimals, found "6.001"',
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"categories__a": "name: A\n", "categories__a__b": "name: B\n"}, []),
        (
            {"categories__a__b": "name: B\n"},
            [
                (
                    'categories/a/b.yaml:1: the category "a" above it has no file; '
                    "add content/categories/a.yaml with its name"
                )
            ],
        ),
        (
            {"categories__a": "name: A\n", "categories__a__b__c": "name: C\n"},
            [
                (
                    'categories/a/b/c.yaml:1: the category "a/b" above it has no file; '
                    "add content/categories/a/b.yaml with its name"
                ),
            ],
        ),
        (
            {"categories__a": "name: A\nsumary: no\n", "categories__a__b": "name: B\n"},  # it has a fault of its own
            ['categories/a.yaml:2: sumary: "sumary" is not a known key, did you mean "summary"?'],
        ),
        (
            {"categories__a": "name: A\nstatus: draft\n", "categories__a__b": "name: B\n"},
            [],
        ),
    ],
)
def test_category_stands_below_one_that_is_there(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert problems(tmp_path, **files) == expected


CAMPAIGN = "name: C\nsource: google\nmedium: cpc\nto: product:band\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"campaigns__c": CAMPAIGN}, []),
        ({"campaigns__c": CAMPAIGN.replace("source: google", "partners: [anna]")}, []),
        (
            {"campaigns__c": CAMPAIGN.replace("source: google\n", "")},
            ['campaigns/c.yaml:1: expected a "source", such as google, or "partners"'],
        ),
        (
            {"campaigns__c_ä": CAMPAIGN},
            ['campaigns/c_ä.yaml:1: the id "c_ä" can\'t be part of a link; give a "campaign" of a-z, 0-9 and "-"'],
        ),
        ({"campaigns__c_ä": f"{CAMPAIGN}campaign: c\n"}, []),
        ({"campaigns__c": CAMPAIGN.replace("product:band", "guides")}, []),
        ({"campaigns__c": CAMPAIGN.replace("product:band", "/")}, []),
        (
            {"campaigns__c": CAMPAIGN.replace("product:band", "https://other.example/")},
            [
                (
                    "campaigns/c.yaml:4: to: expected a page of this shop, such as product:rope-ring or /rings/; "
                    'found "https://other.example/"'
                )
            ],
        ),
        ({"campaigns__c": CAMPAIGN.replace("product:band", "product:band?variant=B-1")}, []),
        (
            {"campaigns__c": CAMPAIGN.replace("product:band", "product:band?variant=B-11")},
            [
                'campaigns/c.yaml:4: to: expected an article of band, such as B-1; found "B-11", did you mean "B-1"?',
            ],
        ),
        (
            {"campaigns__c": CAMPAIGN.replace("product:band", "nowhere")},
            [
                (
                    'campaigns/c.yaml:4: to: "nowhere" leads nowhere; write product:rope-ring, guide:care, page:returns, '
                    "media/file.pdf, /guides/, https://…, mailto:… or tel:…"
                ),
            ],
        ),
        (
            {
                "campaigns__b": CAMPAIGN.replace("source: google\n", ""),
                "campaigns__c": f"{CAMPAIGN}languages: [sv]\n",
            },
            [
                'campaigns/b.yaml:1: expected a "source", such as google, or "partners"',
                'campaigns/c.yaml:5: languages.0: expected one of en, fi; found "sv"',
            ],
        ),
        ({"campaigns__c": f"{CAMPAIGN}languages: [fi, en]\n"}, []),
        (
            {"campaigns__c": f"{CAMPAIGN}languages: [fi, sv]\n"},
            ['campaigns/c.yaml:5: languages.1: expected one of en, fi; found "sv"'],
        ),
        ({"campaigns__a": CAMPAIGN, "campaigns__b": CAMPAIGN}, []),  # each is called by its file
        (
            {"campaigns__a": f"{CAMPAIGN}campaign: x\n", "campaigns__b": f"{CAMPAIGN}campaign: x\n"},
            [
                (
                    "campaigns/b.yaml:1: source, medium and campaign are those of content/campaigns/a.yaml; "
                    "nobody could tell them apart"
                )
            ],
        ),
        (
            {
                "campaigns__a": f"{CAMPAIGN}campaign: x\nterm: one\n",
                "campaigns__b": f"{CAMPAIGN}campaign: x\nterm: two\n",
                "campaigns__c": f"{CAMPAIGN.replace('cpc', 'email')}campaign: x\n",
                "campaigns__d": f"{CAMPAIGN.replace('google', 'bing')}campaign: x\n",
            },
            [],
        ),
        (
            {"campaigns__x": CAMPAIGN, "campaigns__y": f"{CAMPAIGN}campaign: x\n"},
            [
                (
                    "campaigns/y.yaml:1: source, medium and campaign are those of content/campaigns/x.yaml; "
                    "nobody could tell them apart"
                )
            ],
        ),
    ],
)
def test_campaign_comes_from_somewhere_and_leads_into_the_shop(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    assert problems(tmp_path, products__band=f"{BAND}sku: B-1\n", **files) == expected


def test_words_of_an_advertisement_that_its_page_lacks_are_a_warning(tmp_path: Path) -> None:
    files = {
        "site.yaml": PLAIN,
        "content/products/band.yaml": BAND,
        "content/campaigns/c.yaml": f"{CAMPAIGN}words: [band, made of gold]\n",
    }
    site = Shop(tmp_path / "shop", files).folder
    (warning,) = [text for text in load_shop(site)[1].warnings if "campaigns" in text]

    assert warning == (
        'content/campaigns/c.yaml:5: words.1: the advertisement says "made of gold", '
        "the page where it leads does not (content/products/band.yaml)"
    )


@pytest.mark.usefixtures("settled")
def test_mistake_is_told_by_every_build_of_a_session(tmp_path: Path) -> None:
    files = {"site.yaml": PLAIN, "content/products/band.yaml": BAND, "content/guides/care.md": GUIDE}
    shop = Shop(tmp_path / "shop", files)
    options = Options(shop.folder, now=NOW, jobs=1)
    with closing(Session()) as session:
        build(options, session=session)
        shop.edit("content/products/band.yaml", "50.00", "50.001")
        for _ in range(2):
            with pytest.raises(ContentError, match="EUR has 2 decimals"):
                build(options, session=session)
            shop.edit("content/guides/care.md", "Rub.", "Rub. Rub.")  # what is built next is about something else


def test_mistakes_of_all_kinds_are_told_together(tmp_path: Path) -> None:
    found = problems(
        tmp_path, products__a="name: A\nsku: T\nprice: 5.001\n", products__b="name: B\nsku: T\nprice: 5.00\n"
    )

    assert found == [
        'products/a.yaml:3: price: EUR has 2 decimals, found "5.001"',
        'products/b.yaml:2: sku: the article number "T" is already that of A in content/products/a.yaml',
    ]


SECTION = "expected exactly one of hero, promise, collections, featured, offer, guides, place, testimonials, endorsements, prose; found"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("{promise: [fast]}", []),
        ("{}", [f"pages/home.yaml:1: sections.0: {SECTION} none"]),
        (
            "{promise: [fast], guides: {title: G, guides: [care]}}",
            [f"pages/home.yaml:1: sections.0: {SECTION} promise and guides"],
        ),
        (
            "{promise: [fast, slow]}",
            ['pages/home.yaml:1: sections.0.promise.1: no promise "slow" in site.yaml (there are fast, kind)'],
        ),
    ],
)
def test_section_of_the_home_page_is_of_one_kind(tmp_path: Path, section: str, expected: list[str]) -> None:
    site = f"{PLAIN}promises: {{fast: {{title: Fast}}, kind: {{title: Kind}}}}\n"
    guide = {"guides__care.md": "---\ntitle: Care\n---\nRub.\n"}

    assert problems(tmp_path, site, pages__home=f"sections: [{section}]\n", **guide) == expected


def test_section_of_a_translated_home_page_is_told_there(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        f"{PLAIN}promises: {{fast: {{title: Fast}}}}\n",
        pages__home="sections: [{promise: [fast]}]\n",
        **{"pages__home.fi.yaml": "sections: [{promise: [slow]}]\n"},
    )

    assert found == ['pages/home.fi.yaml:1: sections.0.promise.0: no promise "slow" in site.yaml (there are fast)']


def test_shop_without_promises_says_so(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, pages__home="sections: [{promise: [fast]}]\n")

    assert found == 'pages/home.yaml:1: sections.0.promise.0: no promise "fast" in site.yaml (there are none yet)'
