"""Replies to reviews: nothing in them tells who a buyer is, and bad reviews get one."""

from __future__ import annotations

import datetime as dt

import pytest

from storegen.build import Options, check
from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
BAD = "- product: plain-band\n  rating: 1\n  text: Bent on the first day.\n  name: Outi\n  date: 2026-11-20\n"
LATE = "content/reviews/rings.yaml:2: rating: 1 stars and no answer for 24 hours: add reply"


def reviewed(make_shop: MakeShop, reviews: str, site: str = "answer_hours: 24\n") -> Shop:
    return make_shop({**FIVE, "site.yaml": SITE + site, "content/reviews/rings.yaml": reviews})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call me, +358 40 123 4567.", 'a phone number, "+358 40 123 4567"'),
        ("Outi, 040-1234567 rings nowhere.", 'a phone number, "040-1234567"'),
        ("We wrote to outi@example.com.", 'an e-mail address, "outi@example.com'),
        ("Order no. 10432 left on Monday.", 'an order number, "Order no. 10432"'),
        ("Tilaus #10432 lähti maanantaina.", 'an order number, "Tilaus #10432"'),
        ("주문 번호 10432는 발송했습니다.", 'an order number, "주문 번호 10432"'),
    ],
)
def test_buyers_data_in_a_reply_is_refused_with_its_line(make_shop: MakeShop, text: str, found: str) -> None:
    shop = reviewed(make_shop, f'{BAD}  reply:\n    text: "{text}"\n    by: Aino\n')
    with pytest.raises(ContentError) as error:
        shop.build()

    assert (
        f"content/reviews/rings.yaml:7: reply.text: expected an answer that everybody may read, found {found}"
        in str(error.value)
    )


@pytest.mark.parametrize(
    "text",
    ["In 2026 we made 1,140 of 925 silver, size 17.", "We order 100 g at a time.", "Within 24 hours, at 10:00-17:00."],
)
def test_other_numbers_in_a_reply_are_fine(make_shop: MakeShop, text: str) -> None:
    assert reviewed(make_shop, f'{BAD}  reply: {{text: "{text}", by: Aino}}\n').build()


def test_bad_review_without_an_answer_is_reported_by_check(make_shop: MakeShop) -> None:
    shop = reviewed(make_shop, BAD + BAD.replace("rating: 1", "rating: 4") + BAD.replace("2026-11-20", "2026-11-22"))

    assert [each for each in check(Options(shop.folder, now=NOW)).warnings if "no answer" in each] == [LATE]


@pytest.mark.parametrize(
    ("reviews", "site"), [(BAD, ""), (f"{BAD}  reply: {{text: Sorry., by: Aino}}\n", "answer_hours: 24\n")]
)
def test_answered_review_and_a_shop_that_promises_nothing_are_not_reported(
    make_shop: MakeShop, reviews: str, site: str
) -> None:
    shop = reviewed(make_shop, reviews, site)

    assert not [each for each in check(Options(shop.folder, now=NOW)).warnings if "no answer" in each]
