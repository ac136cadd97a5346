"""Categories of an import: folded where nobody needs them, found where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storegen.importers.arranging import ShopNames, arranged
from storegen.importers.records import Imported, ImportedProduct
from storegen.importers.tree import category_ids, make_tree, split_path

FINNISH = ShopNames(other="Muut", everything="Kaikki tuotteet")


def imported(*paths: str | Sequence[str], levels: int = 0, **fields: object) -> Imported:
    """Return an import with a product for each path, or for each list of paths."""
    named = [tuple(map(split_path, [each] if isinstance(each, str) else each)) for each in paths]
    tree = make_tree((path for own in named for path in own if path), [])
    products = tuple(
        ImportedProduct(id=f"p{number}", name="P", price=Decimal(1), category=category_ids(tree, own))
        for number, own in enumerate(named)
    )
    return Imported(source="x", products=products, categories=tuple(tree.values()), levels=levels, **fields)  # type: ignore[arg-type]


def lost(*tags: Sequence[str], brands: Sequence[str] = (), status: str = "") -> Imported:
    """Return an import of products without a category."""
    products = tuple(
        ImportedProduct(
            id=f"p{number}",
            name="P",
            price=Decimal(1),
            tags=tuple(own),
            brand=(*brands, *[""] * 99)[number],
            status=status,
        )
        for number, own in enumerate(tags)
    )
    return Imported(source="x", products=products)


def categories(made: Imported) -> list[str]:
    return [each.id for each in made.categories]


def placed(made: Imported) -> list[str]:
    return [" ".join(product.category) for product in made.products]


def test_levels_with_one_child_go() -> None:
    path = "Home & Garden > Lighting > Lamps > "
    made = arranged(imported(*[f"{path}Table Lamps"] * 2, *[f"{path}Floor Lamps"] * 2, "Tea", "Tea"))

    assert categories(made) == ["lamps", "lamps/table-lamps", "lamps/floor-lamps", "tea"]
    assert made.categories[0].name == "Lamps"


def test_product_alone_in_a_subcategory_moves_up() -> None:
    made = arranged(imported("Shoes > Boots", "Shoes > Sandals", "Shoes > Boots", "Tea"))

    assert placed(made) == ["shoes/boots", "shoes", "shoes/boots", "tea"]


def test_product_alone_in_its_whole_branch_keeps_the_nearest_name() -> None:
    made = arranged(imported("Home > Light > Lamps", "Food > Drinks > Tea"))

    assert placed(made) == ["lamps", "tea"]
    assert [str(each) for each in made.remarks] == [
        "categories with one subcategory, or with a single product, were merged with those above or below: 6 became 2"
    ]


def test_one_category_above_everything_goes() -> None:
    made = arranged(imported(*["Apparel > Shirts"] * 2, *["Apparel > Shoes"] * 2))
    assert categories(made) == ["shirts", "shoes"]

    mixed = arranged(imported(*["Apparel > Shirts"] * 2, *["Apparel > Shoes"] * 2, "Apparel"))
    assert categories(mixed) == ["apparel", "apparel/shirts", "apparel/shoes"]


def test_general_taxonomy_keeps_its_last_two_levels() -> None:
    deep = "Home > Decor > Vases > "
    paths = [*[f"{deep}Tall > Red"] * 2, *[f"{deep}Tall > Blue"] * 2, *[f"{deep}Low"] * 2, *["Home > Rugs"] * 2]

    made = arranged(imported(*paths, levels=2))
    assert categories(made) == ["tall", "tall/red", "tall/blue", "low", "rugs"]
    assert "vases/tall/red" in categories(arranged(imported(*paths)))


def test_tree_of_the_merchant_stays() -> None:
    paths = [*["Rings > Bands"] * 2, *["Rings > Signets"] * 3, "Care", "Care"]
    made = arranged(imported(*paths))

    assert categories(made) == ["rings", "rings/bands", "rings/signets", "care"]
    assert made.remarks == ()


def test_several_categories_of_a_product_stay() -> None:
    made = arranged(imported(["Rings > Bands", "Gifts"], ["Rings > Bands", "Rings"], ["Rings > Signets"], ["Gifts"]))

    assert placed(made) == ["rings/bands gifts", "rings/bands", "rings", "gifts"]


@pytest.mark.parametrize("name", ["Uncategorized", "UNCATEGORIZED", "Non classé", "미분류"])
def test_name_for_no_category_is_none(name: str) -> None:
    lamps = ["Lamps"] * 2
    made = arranged(imported(*lamps, [name, "Lamps"], name, f"Lamps > {name}"))

    assert categories(made)[0] == "lamps"
    assert placed(made)[:4] == ["lamps", "lamps", "lamps", "other"]


def test_tags_stand_in_for_categories() -> None:
    made = arranged(lost(["Men", "sale"], ["men", "sale"], ["women", "sale"], ["Women", "sale"], ["size:40", "sale"]))

    assert [each.name for each in made.categories] == ["Men", "Women", "Other"]
    assert placed(made) == ["men", "men", "women", "women", "other"]
    assert made.categories[-1].order == 2000


def test_tag_with_the_name_of_a_category_leads_there() -> None:
    made = imported("Home > Lamps", "Home > Lamps", "Tea", "Tea")
    stray = ImportedProduct(id="stray", name="S", price=Decimal(1), tags=("new", "LAMPS"))
    made = arranged(Imported(source="x", products=(*made.products, stray), categories=made.categories))

    assert placed(made) == ["lamps", "lamps", "tea", "tea", "lamps"]


def test_brands_stand_in_for_categories_and_the_rest_has_one_in_the_language_of_the_shop() -> None:
    made = arranged(lost([], [], [], [], [], brands=["Aalto", "Aalto", "Boda", "Boda", "Lone"]), FINNISH)

    assert [each.name for each in made.categories] == ["Aalto", "Boda", "Muut"]
    assert placed(made)[-1] == "muut"


@pytest.mark.parametrize(("count", "names"), [(24, []), (25, ["Kaikki tuotteet"])])
def test_products_that_fit_on_the_home_page_need_no_category(count: int, names: list[str]) -> None:
    made = arranged(lost(*[[]] * count, brands=["Own"] * count), FINNISH)

    assert [each.name for each in made.categories] == names
    assert arranged(lost(*[[]] * count, status="draft")).categories == ()


def test_category_of_the_shop_is_used_where_it_is() -> None:
    made = arranged(imported("Home > Lamps", "Home > Lamps", "Tea"), existing=["light/lamps", "food"])

    assert placed(made) == ["light/lamps", "light/lamps", "tea"]
    assert categories(made) == ["tea"]


def test_old_addresses_of_categories_lead_to_those_that_remain() -> None:
    paths = [*["Clothing > Shoes > Boots"] * 2, *["Clothing > Shirts"] * 2, "Clothing > Shirts > Silk", "Tea"]
    made = arranged(imported(*paths, collections="/product-category/"))

    assert dict(made.redirects) == {
        "/product-category/clothing/": "category:clothing",
        "/product-category/clothing/shoes/": "category:clothing/boots",
        "/product-category/clothing/shoes/boots/": "category:clothing/boots",
        "/product-category/clothing/shirts/": "category:clothing/shirts",
        "/product-category/clothing/shirts/silk/": "category:clothing/shirts",
        "/product-category/tea/": "category:tea",
    }


@given(
    st.lists(
        st.lists(st.lists(st.sampled_from("ABC"), min_size=1, max_size=4).map(" > ".join), max_size=2), max_size=9
    ),
    st.sampled_from([0, 2]),
)
def test_every_category_has_products_and_every_product_a_category(paths: list[list[str]], levels: int) -> None:
    made = arranged(imported(*paths, levels=levels, collections="/collections"))
    used = {name for product in made.products for name in product.category}

    assert len(made.products) == len(paths)
    assert all(any(f"{name}/".startswith(f"{each}/") for name in used) for each in categories(made))
    assert used <= set(categories(made))
    assert all(product.category for product in made.products) or not used
    assert all(target.partition(":")[2] in categories(made) for target in made.redirects.values())
    assert not levels or all(each.count("/") < levels for each in categories(made))
