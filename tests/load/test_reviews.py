"""Reviews: however their files are arranged, each product's page shows its own, in one order."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import FIVE, MakeShop
from tests.shop import Shop, png, tree

Review = dict[str, Any]

RING = "products/rope-ring/index.html"
BAND = "products/plain-band/index.html"


def review(text: str, date: str, *, rating: int = 4, product: str = "rope-ring", **more: object) -> Review:
    return {"product": product, "rating": rating, "date": date, "name": "Kaisa", "text": text, **more}


def listed(*reviews: Review) -> str:
    return yaml.safe_dump(list(reviews), allow_unicode=True)


def words(shop: Shop, path: str) -> list[str]:
    """Return the words of the reviews on a page, in its order."""
    return re.findall(r"No\d+", str(shop.html(path).main))


FOUR = (
    review("No1", "2026-01-05", rating=1),
    review("No2", "2026-02-05"),
    review("No3", "2026-02-05", name="Leena"),
    review("No4", "2026-09-30"),
)


def test_page_shows_the_newest_then_the_worst_then_the_rest_from_new_to_old(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/reviews/all.yaml": listed(*FOUR)})
    shop.build()

    assert words(shop, RING) == ["No4", "No1", "No3", "No2"]
    assert words(shop, BAND) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations([*FOUR, review("No6", "2026-02-05"), review("No5", "2026-02-05")]),
    cut=st.integers(1, 5),
    clean=st.booleans(),
)
def test_arrangement_in_files_changes_nothing(
    make_shop: MakeShop, order: list[Review], cut: int, *, clean: bool
) -> None:
    files: dict[str, str | bytes] = {
        "content/reviews/a.yaml": listed(*order[:cut]),
        "content/reviews/b.yaml": listed(*order[cut:]),
    }
    shop = make_shop(FIVE | files)
    shop.build(clean=clean)

    assert words(shop, RING) == ["No4", "No1", "No3", "No6", "No5", "No2"]


def test_review_that_moves_to_another_product_and_back_leaves_nothing_behind(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {"content/reviews/all.yaml": listed(*FOUR)})
    shop.build()
    shop.write("content/reviews/all.yaml", listed(*FOUR[:3], review("No4", "2026-09-30", product="plain-band")))
    shop.build()

    assert words(shop, RING) == ["No3", "No1", "No2"]
    assert words(shop, BAND) == ["No4"]

    shop.write("content/reviews/all.yaml", listed(*FOUR))
    shop.build()
    assert words(shop, RING) == ["No4", "No1", "No3", "No2"]
    assert words(shop, BAND) == []
    step_by_step = tree(shop.output)
    shop.build(clean=True)
    assert tree(shop.output) == step_by_step


def test_new_photograph_under_an_old_name_reaches_the_review(make_shop: MakeShop) -> None:
    with_picture = review("No1", "2026-01-05", images=["media/worn.png"])
    shop = make_shop(
        FIVE | {"content/reviews/all.yaml": listed(with_picture), "content/media/worn.png": png("silver", 400, 300)}
    )
    shop.build()
    before = shop.text(RING)
    shop.write("content/media/worn.png", png("teal", 400, 300))
    shop.build()

    after = shop.text(RING)
    assert after != before
    assert all(shop.has(source.lstrip("/")) for source in re.findall(r'src="(/media/worn[^"]+)"', after))
