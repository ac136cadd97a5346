"""Offers that thank people who recommend the shop: the page says who gets what, and what a public text must disclose."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop, five_with
from tests.shop import SITE, Shop

FRIEND = (
    "kind: coupon\nname: From a friend\npercent: 10\ncode: FRIEND10\nends: 2027-06-30\npage: yes\n"
    "terms: For people who have not ordered before.\n"
    'recommendation: {to: friend, reward: "A cloth within {return_days} days. <b>", tag: spring}\n'
)
PUBLIC = (
    "kind: coupon\nname: Written about us\npercent: 15\ncode: THANKS15\n"
    "recommendation: {to: public, reward: 15% off your next order}\n"
)
PAGES: dict[str, str | bytes] = {
    "content/offers/friend.yaml": FRIEND,
    "content/offers/written.yaml": PUBLIC,
    "content/pages/contact.md": "---\ntitle: Contact\nlayout: contact\n---\nAsk us.\n",
}


def shop_of(make_shop: MakeShop, site: str = SITE) -> Shop:
    return five_with(make_shop, PAGES, site)


def test_page_says_what_both_get_until_when_and_on_which_terms(make_shop: MakeShop) -> None:
    text = shop_of(make_shop).html("offers/friend/index.html").select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]

    for words in ("−10%", "FRIEND10", "30 June", "What you get when a friend buys", "A cloth within 30 days. <b>"):
        assert words in text
    assert "For people who have not ordered before." in text


def test_links_pass_the_page_on_with_the_tag_of_the_one_who_recommends(make_shop: MakeShop) -> None:
    links = shop_of(make_shop).html("offers/friend/index.html").select(".recommend .share__link")

    assert [link.get_text() for link in links] == ["E-mail", "WhatsApp"]
    shared = urlsplit(unquote(str(links[1]["href"])).rpartition(" ")[2])
    assert (shared.hostname, shared.path) == ("shop.example", "/offers/friend/")
    tags = parse_qs(shared.query)
    assert tags == {"utm_source": ["whatsapp"], "utm_medium": ["referral"], "utm_campaign": ["spring"]}


def test_channels_are_those_of_the_shop(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop, f"{SITE}share: [telegram]\n")

    assert [link.get_text() for link in shop.html("offers/friend/index.html").select(".share__link")] == ["Telegram"]


def test_thanks_for_a_public_text_disclose_and_keep_the_code(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)
    page = shop.html("offers/written/index.html")
    text = page.select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]

    assert "15% off your next order" in text
    assert "Advertisement: I get a reward from Test shop for this. The opinion is my own." in text
    assert [link["href"] for link in page.select(".recommend a")] == ["/contact/"]
    assert "THANKS15" not in shop.text("offers/written/index.html")
    shop.edit("content/offers/written.yaml", "your next order}", "your next order, disclosure: Paid by a shop.}")
    shop.build()
    assert "Paid by a shop." in shop.text("offers/written/index.html")
    assert "Advertisement" not in shop.text("offers/written/index.html")


def test_only_those_who_ordered_are_led_there(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)

    thanks = shop.html("thanks/index.html")
    assert [link["href"] for link in thanks.select(".thanks__links a")] == ["/offers/friend/", "/offers/written/"]
    for page in ("index.html", "rings/index.html", "products/rope-ring/index.html"):
        assert "/offers/" not in shop.text(page)
    assert "/offers/" not in shop.text("sitemap.xml")
    assert shop.html("offers/friend/index.html").select('meta[name=robots][content*="noindex"]')


def test_ended_offer_promises_nothing(make_shop: MakeShop) -> None:
    shop = shop_of(make_shop)
    shop.edit("content/offers/friend.yaml", "ends: 2027-06-30", "ends: 2026-01-31")
    shop.build()

    assert not shop.html("offers/friend/index.html").select(".recommend")
    assert "/offers/friend/" not in shop.text("thanks/index.html")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "kind: coupon",
            "kind: gift\ngift: polishing-cloth",
            "friend.yaml:8: recommendation: a gift takes no recommendation",
        ),
        ("to: friend, ", "", 'recommendation: "to" is missing'),
        ("to: friend", "to: anybody", 'recommendation.to: expected one of friend, public; found "anybody"'),
    ],
)
def test_mistakes_are_told(make_shop: MakeShop, before: str, after: str, said: str) -> None:
    offer = (
        FRIEND.replace("percent: 10\n", "").replace(before, after) if "gift" in after else FRIEND.replace(before, after)
    )
    with pytest.raises(ContentError) as caught:
        make_shop({**FIVE, "content/offers/friend.yaml": offer}).build()

    assert any(said in str(problem) for problem in caught.value.problems), caught.value.problems
