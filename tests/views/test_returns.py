"""Who pays for returns, on the page about returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FIVE
from tests.shop import SITE, Shop

PAGE = "---\ntitle: Returns\nlayout: returns\n---\nText.\n"


@pytest.mark.parametrize(
    ("returns", "english", "finnish"),
    [
        (
            "{days: 30, free_in: [FI], countries: [FI, SE]}",
            "We do in Finland; elsewhere you do",
            "Me maksamme (Suomi).",
        ),
        ("{days: 30, free_in: [FI, SE]}", "We do in Finland and Sweden; elsewhere you do", "(Suomi ja Ruotsi)."),
        ("{days: 30, free_in: [FI, SE], countries: [SE]}", "We do", "Me maksamme"),
        ("{days: 30, fee: free, free_in: [FI], countries: [SE]}", "We do", "Me maksamme"),
        ("{days: 30, countries: [FI]}", "You do", "Maksat itse"),
    ],
)
def test_page_says_from_which_countries_returns_are_free(
    tmp_path: Path, returns: str, english: str, finnish: str
) -> None:
    site = SITE.replace("returns: {days: 30, countries: [FI]}", f"returns: {returns}\nlanguages: [en, fi]")
    shop = Shop(tmp_path, {**FIVE, "site.yaml": site, "content/pages/returns.md": PAGE})
    shop.build()

    def payer(page: str) -> str:
        return shop.html(page).select(".specs__row dd")[1].get_text()

    assert payer("returns/index.html") == english
    assert finnish in payer("fi/returns/index.html")
    assert payer("fi/returns/index.html").endswith(".") == english.startswith("We do in")


def test_long_name_of_a_row_can_be_divided(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FIVE, "site.yaml": SITE + "languages: [de]\n", "content/pages/returns.md": PAGE})
    shop.build()

    names = [each.get_text() for each in shop.html("returns/index.html").select(".specs__row dt")]
    assert "Rück\u00adsen\u00adde\u00adadresse" in names
