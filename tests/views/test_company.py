"""The company on every page."""

from __future__ import annotations

import pytest

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

DETAILS = "details: {대표자: 김하나, 통신판매업 신고번호: 제2023-경기이천-0130호}"


@pytest.mark.parametrize(("country", "whole"), [("KR", True), ("FI", False)])
def test_footer_has_what_the_law_of_the_country_asks_for(make_shop: MakeShop, country: str, *, whole: bool) -> None:
    start, end = SITE.index("company:"), SITE.index("delivery:")
    company = f"legal_name: 달항아리, business_id: 123-45-67890, country: {country}, phone: +82 31 000 0000, {DETAILS}"
    site = f"{SITE[:start]}company: {{{company}, email: a@shop.example}}\n{SITE[end:]}languages: [ko]\n"
    shop = make_shop(FIVE | {"site.yaml": site})
    shop.build()
    footer = shop.html("index.html").footer
    assert footer is not None
    text = footer.get_text(" ", strip=True)

    assert "사업자등록번호 123-45-67890" in text
    assert "a@shop.example" in text
    assert ("대표자 김하나" in text, "통신판매업 신고번호 제2023-경기이천-0130호" in text) == (whole, whole)
    link = footer.select_one("[href='https://www.ftc.go.kr/bizCommPop.do?wrkr_no=1234567890']")
    assert (link is not None) is whole
