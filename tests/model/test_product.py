"""What can be bought of a product, and what a variant takes from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from storegen.model.product import MAX_VARIANTS, Product, Sellable, variants_of
from tests.records import product


def only(**fields: Any) -> Sellable:
    """Return the one article of a product."""
    (found,) = variants_of(product(**fields))
    return found


def test_product_without_options_is_one_article() -> None:
    assert only(sku="R-1", gtin="4006381333931", mpn="M", weight="1.5 kg", stock="4") == Sellable(
        sku="R-1",
        options=(),
        price=Decimal("59.00"),
        compare_at_price=None,
        availability="in_stock",
        available_from=None,
        stock=4,
        gtin="4006381333931",
        mpn="M",
        weight=Decimal(1500),
        image="",
        unit_price=None,
    )
    assert only().sku == "ring"  # the name of its file
    assert (only().gtin, only().mpn, only().weight, only().stock) == ("", "", None, None)


def test_every_combination_of_options_can_be_bought() -> None:
    options = {"Size": ["16", "17½"], "Finish": ["mat", "very shiny"]}
    found = variants_of(product(sku="R", options=options))

    assert [each.sku for each in found] == ["R-16-mat", "R-16-veryshiny", "R-17½-mat", "R-17½-veryshiny"]
    assert found[3].options == (("Size", "17½"), ("Finish", "very shiny"))
    assert [each.sku for each in variants_of(product(options={"Size": ["1.5"]}))] == ["RING-1.5"]


def test_no_more_combinations_are_made_than_a_shop_can_show() -> None:
    values = [str(number) for number in range(60)]

    assert len(variants_of(product(options={"a": values, "b": values}))) == MAX_VARIANTS


def test_option_may_say_more_than_its_values() -> None:
    found = product(options={"Size": {"values": ["16"], "help": "in mm"}, "Finish": ["mat"]})

    assert {name: (choice.values, choice.help) for name, choice in found.choices.items()} == {
        "Size": (("16",), "in mm"),
        "Finish": (("mat",), ""),
    }


def test_options_that_only_variants_name_are_those_of_the_product() -> None:
    variants = [
        {"options": {"Size": "17", "Finish": "mat"}},
        {"options": {"Size": "16", "Finish": "mat"}},
        {"options": {"Size": "17", "Finish": "shiny"}},
    ]
    found = product(variants=variants).choices

    assert {name: choice.values for name, choice in found.items()} == {
        "Size": ("17", "16"),
        "Finish": ("mat", "shiny"),
    }


@pytest.mark.parametrize(
    ("fields", "variant", "expected"),
    [
        ({}, {}, {"price": Decimal("59.00")}),
        ({}, {"price": "49.00"}, {"price": Decimal("49.00")}),
        ({}, {"price": "0"}, {"price": Decimal(0)}),
        ({"compare_at_price": "70"}, {}, {"compare_at_price": Decimal(70)}),
        ({"compare_at_price": "70"}, {"compare_at_price": "65"}, {"compare_at_price": Decimal(65)}),
        ({"compare_at_price": "70"}, {"price": "49.00"}, {"compare_at_price": None}),  # it was never the price of this
        ({}, {"price": "49.00", "compare_at_price": "65"}, {"compare_at_price": Decimal(65)}),
        ({"sku": "R"}, {}, {"sku": "R"}),
        ({"sku": "R"}, {"sku": "R-17"}, {"sku": "R-17"}),
        ({"gtin": "4006381333931"}, {}, {"gtin": ""}),  # a barcode is that of one article
        ({"gtin": "4006381333931"}, {"gtin": "96385074"}, {"gtin": "96385074"}),
        ({"mpn": "M"}, {}, {"mpn": "M"}),
        ({"mpn": "M"}, {"mpn": "M-17"}, {"mpn": "M-17"}),
        ({"weight": "2 g"}, {}, {"weight": Decimal(2)}),
        ({"weight": "2 g"}, {"weight": "3 g"}, {"weight": Decimal(3)}),
        ({"weight": "2 g"}, {"weight": "0 g"}, {"weight": Decimal(0)}),
        ({}, {"image": "media/a.jpg"}, {"image": "media/a.jpg"}),
    ],
)
def test_variant_takes_from_its_product_what_it_leaves_out(
    fields: dict[str, Any], variant: dict[str, Any], expected: dict[str, Any]
) -> None:
    sellable = only(variants=[variant], **fields)

    assert {name: getattr(sellable, name) for name in expected} == expected


def test_draft_may_still_wait_for_its_price() -> None:
    draft = Product(id="ring", file="ring.yaml", name="Ring", status="draft")

    assert variants_of(draft)[0].price == 0


def test_unit_price_of_a_variant_counts_before_that_of_the_product() -> None:
    own, common = {"content": "250 g", "per": "1 kg"}, {"content": "500 g", "per": "1 kg"}
    first, second = variants_of(product(unit_price=common, variants=[{"sku": "a", "unit_price": own}, {"sku": "b"}]))

    assert first.unit_price is not None
    assert second.unit_price is not None
    assert (first.unit_price.content, second.unit_price.content) == ("250 g", "500 g")


@pytest.mark.parametrize(
    ("fields", "variant", "availability", "stock"),
    [
        ({}, {}, "in_stock", None),
        ({"stock": "0"}, {}, "out_of_stock", 0),
        ({"stock": "1"}, {}, "in_stock", 1),
        ({"stock": "0"}, {"stock": "5"}, "in_stock", 5),
        ({"stock": "5"}, {"stock": "0"}, "out_of_stock", 0),
        ({"availability": "preorder"}, {}, "preorder", None),
        ({"availability": "preorder", "stock": "0"}, {}, "preorder", 0),
        ({"availability": "preorder"}, {"stock": "5"}, "in_stock", 5),  # this one is there already
        ({"availability": "preorder"}, {"stock": "0"}, "out_of_stock", 0),
        ({"availability": "preorder"}, {"availability": "made_to_order"}, "made_to_order", None),
        ({"stock": "5"}, {"availability": "backorder"}, "backorder", None),  # the product's number isn't this one's
        ({}, {"availability": "discontinued", "stock": "2"}, "discontinued", 2),
        ({"available_from": "2026-12-10"}, {}, "preorder", None),
        ({}, {"available_from": "2026-12-10"}, "preorder", None),
        ({"available_from": "2026-12-10", "stock": "4"}, {}, "in_stock", 4),  # there already
        ({"available_from": "2026-12-10", "availability": "backorder"}, {}, "backorder", None),
        ({"delivery": {"make_days": "3-5"}}, {}, "made_to_order", None),
        ({"delivery": {"make_days": "3-5"}, "stock": "4"}, {}, "in_stock", 4),
        ({"delivery": {"make_days": "3-5"}, "stock": "0"}, {}, "out_of_stock", 0),
    ],
)
def test_what_the_variant_says_of_its_stock_counts_first(
    fields: dict[str, Any], variant: dict[str, str], availability: str, stock: int | None
) -> None:
    found = only(variants=[variant], **fields)

    assert (found.availability, found.stock) == (availability, stock)


@pytest.mark.parametrize(
    ("availability", "buyable"),
    [
        ("in_stock", True),
        ("preorder", True),
        ("backorder", True),
        ("made_to_order", True),
        ("out_of_stock", False),
        ("discontinued", False),
    ],
)
def test_what_is_sold_out_or_no_longer_made_can_not_be_bought(availability: str, *, buyable: bool) -> None:
    assert only(availability=availability).buyable is buyable


def test_label_is_the_word_of_the_translation_or_the_word_itself() -> None:
    found = product(labels={"Size": "Koko"})

    assert (found.label("Size"), found.label("16")) == ("Koko", "16")


def contents(**fields: Any) -> list[str]:
    """Return the content by which each article's unit price is worked out, empty for none."""
    found = variants_of(product(**fields))
    return [str(each.unit_price.content) if each.unit_price else "" for each in found]


OIL = {"content": "250 ml", "per": "1 l"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["250 ml", "500 ml"], ["250 ml", "500 ml"]),
        (["250 ml", "0,5 L"], ["250 ml", "0.5 l"]),
        (["0.25 l", "3 × 250ml"], ["0.25 l", "750 ml"]),
        (["250 ml", "1 kg"], ["250 ml", ""]),  # another kind of measure can't be its content
        (["250 ml", "Refill"], ["250 ml", ""]),
        (["300 ml", "500 ml"], ["", ""]),  # none is the content that the product states: these may be other measures
        (["Small", "Large"], ["", ""]),
    ],
)
def test_content_of_a_variant_with_its_own_price_is_read_from_its_option(
    values: list[str], expected: list[str]
) -> None:
    variants = [
        {"sku": value, "options": {"Size": value}, "price": str(number + 5)} for number, value in enumerate(values)
    ]

    assert contents(price=None, unit_price=OIL, options={"Size": values}, variants=variants) == expected


def test_content_is_the_products_where_the_price_is_too() -> None:
    colours = [{"sku": "r", "options": {"Colour": "red"}}, {"sku": "b", "options": {"Colour": "blue"}, "price": "9.00"}]

    assert contents(unit_price=OIL, options={"Colour": ["red", "blue"]}, variants=colours) == ["250 ml", ""]
    colours[1]["price"] = "59.00"
    assert contents(unit_price=OIL, options={"Colour": ["red", "blue"]}, variants=colours) == ["250 ml", "250 ml"]
    assert contents(unit_price=OIL, options={"Colour": ["red", "blue"]}) == ["250 ml", "250 ml"]


def test_content_is_read_from_the_weight_where_the_product_weighs_its_content() -> None:
    tea = {"content": "100 g", "per": "1 kg"}
    variants = [
        {"sku": "s", "options": {"Bag": "S"}, "price": "5.00", "weight": "100 g"},
        {"sku": "l", "options": {"Bag": "L"}, "price": "9.00", "weight": "0.25 kg"},
    ]

    assert contents(unit_price=tea, options={"Bag": ["S", "L"]}, variants=variants) == ["100 g", "250 g"]
    variants[0]["weight"] = "112 g"  # with its bag: a weight is not the content
    assert contents(unit_price=tea, options={"Bag": ["S", "L"]}, variants=variants) == ["", ""]


def test_combinations_take_their_content_from_the_option() -> None:
    assert contents(unit_price=OIL, options={"Size": ["250 ml", "1 l"]}) == ["250 ml", "1 l"]
