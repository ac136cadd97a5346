"""The feed for shopping engines: what pages ask, and nothing that they don't."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Mapping

import pytest

from tests.conftest import FIVE, MakeShop
from tests.shop import NOW, SITE, Shop

G = "{http://base.google.com/ns/1.0}"
ASKED: Mapping[str, str | bytes] = FIVE | {"site.yaml": f"{SITE}feeds: [google]\nlowest_price: no\n"}
SALE = "kind: sale\nname: Autumn\ncategories: [rings]\npercent: 20\nstarts: 2026-11-24\nends: 2026-11-30\n"


def feed(shop: Shop, path: str = "feeds/google.xml") -> dict[str, dict[str, str]]:
    """Return the items of a feed by id, each attribute's text by its name; those within others as ``shipping/price``."""
    items = {}
    for item in ET.fromstring(shop.text(path)).iter("item"):  # noqa: S314 - our own output
        found = {each.tag.removeprefix(G): each.text or "" for each in item}
        for group in item.findall(f"{G}shipping"):
            found |= {f"shipping/{each.tag.removeprefix(G)}": each.text or "" for each in group}
        items[found["id"]] = found
    return items


def test_feed_is_made_where_it_is_asked_for(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    shop.build()
    assert not shop.has("feeds/google.xml")

    shop.write("site.yaml", str(ASKED["site.yaml"]))
    shop.build()
    assert feed(shop)["RG-001"] == {
        "id": "RG-001",
        "title": "Plain band",
        "description": "Plain band",
        "link": "https://shop.example/products/plain-band/",
        "availability": "in_stock",
        "price": "49.00 EUR",
        "condition": "new",
        "identifier_exists": "no",
        "product_type": "Rings",
        "min_handling_time": "0",
        "max_handling_time": "1",
        "shipping": "",
        "shipping/country": "FI",
        "shipping/service": "Post",
        "shipping/price": "5.90 EUR",
        "shipping/min_transit_time": "1",
        "shipping/max_transit_time": "3",
    }
    sizes = [item for item in feed(shop).values() if item.get("item_group_id") == "rope-ring"]
    assert [item["link"].partition("?")[2] for item in sizes] == [f"variant={item['id']}" for item in sizes]
    assert len({item["title"] for item in sizes}) == len(sizes) > 1


@pytest.mark.parametrize("days", [0, 1, 8])
def test_feed_page_structured_data_and_button_ask_one_price(make_shop: MakeShop, days: int) -> None:
    shop = make_shop({**ASKED, "content/offers/autumn.yaml": SALE})
    shop.build(now=NOW + dt.timedelta(days=days))
    items = feed(shop)
    offered = {}
    for product in ("rope-ring", "plain-band", "small-hoops", "ball-studs", "polishing-cloth"):
        found = next(each for each in shop.jsonld(f"products/{product}/index.html") if "Product" in each["@type"])
        for sold in found.get("hasVariant", [found]):
            offered[sold["sku"]] = f"{sold['offers']['price']} {sold['offers']['priceCurrency']}"

    assert {sku: item.get("sale_price", item["price"]) for sku, item in items.items()} == offered
    assert ("sale_price" in items["RG-001"]) is (days == 1)
    assert "sale_price" not in items["ER-002"]
    if days == 1:
        assert items["RG-001"]["price"] == "49.00 EUR"
        assert items["RG-001"]["sale_price_effective_date"] == "2026-11-24T00:00:00+02:00/2026-12-01T00:00:00+02:00"


def test_price_before_that_nothing_proves_is_not_in_the_feed(make_shop: MakeShop) -> None:
    site = str(ASKED["site.yaml"]).replace("lowest_price: no", "lowest_price: yes")
    shop = make_shop({**ASKED, "site.yaml": site, "content/offers/autumn.yaml": SALE})
    shop.build(now=NOW + dt.timedelta(days=1))

    assert feed(shop)["RG-001"]["price"] == "39.20 EUR"
    assert "sale_price" not in feed(shop)["RG-001"]


def test_feed_tells_what_is_special_and_leaves_out_what_it_cant_tell(make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            **ASKED,
            "content/products/plain-band.yaml": "name: Band <b>&amp;\nsku: RG-001\nprice: 49.00\navailability: made_to_order\n"
            "delivery: {make_days: 3-5}\nbrand: Hopea\nmpn: B-1\nunit_price: {content: 250 g, per: 1 kg}\nweight: 2.50 g\n"
            "summary: A *plain* [band](guide:ring-size).\n",
            "content/products/small-hoops.yaml": "name: Small hoops\nsku: ER-002\nprice: 45.00\navailability: preorder\n",
            "content/products/rope-ring.yaml": "name: Ring\nprice: 1.00\nvariants: [{sku: A&B 1, options: {Size: S}}, "
            "{sku: A&B 2, options: {Size: M}}]\noptions: {Size: [S, M]}\n",
            "content/products/ball-studs.yaml": "name: Ball studs\nsku: ER-003\nprice: 29.00\navailability: out_of_stock\n",
            "content/products/polishing-cloth.yaml": "name: Cloth\nsku: CA-001\nprice: 12.00\nstatus: unlisted\n",
        }
    )
    shop.build()
    items = feed(shop)
    band = items["RG-001"]

    assert (band["title"], band["description"]) == ("Band <b>&amp;", "A plain band.")
    assert (band["unit_pricing_measure"], band["unit_pricing_base_measure"]) == ("250 g", "1 kg")
    assert (band["max_handling_time"], band["shipping_weight"], band["mpn"]) == ("5", "2.5 g", "B-1")
    assert "identifier_exists" not in band
    assert items["A&B 1"]["link"] == "https://shop.example/products/rope-ring/?variant=A%26B%201"
    assert items["ER-003"]["availability"] == "out_of_stock"
    assert not {"ER-002", "CA-001"} & items.keys()  # no day is known; not listed


@pytest.mark.parametrize("over", [0, 1])
def test_feed_keeps_the_limits_of_its_specification(make_shop: MakeShop, over: int) -> None:
    sku, name, summary = "S" * (50 + over), "N" * (150 + over), "word " * 999 + "w" * (5 + over)
    images = ", ".join(f"https://cdn.example/{number}.jpg" for number in range(11 + over))
    text = f"name: {name}\nsku: {sku}\nprice: 9.00\nsummary: {summary}\nimages: [{images}]\n"
    shop = make_shop({**ASKED, "content/products/long.yaml": text})
    shop.build()
    (item,) = (each for each in feed(shop).values() if each["link"].endswith("/long/"))

    if over:
        assert item["id"] != sku[:50]  # two long article numbers may begin alike
        assert len(item["id"]) <= 50
        assert (item["title"], item["description"]) == ("N" * 150, "word " * 999 + "…")
    else:
        assert (item["id"], item["title"], item["description"]) == (sku, name, summary)
    assert shop.text("feeds/google.xml").count("<g:image_link>") == 1
    assert shop.text("feeds/google.xml").count("<g:additional_image_link>") == 10


def test_feed_of_every_language_has_its_words_and_pages(make_shop: MakeShop) -> None:
    shop = make_shop(
        {
            **ASKED,
            "site.yaml": f"{ASKED['site.yaml']}languages: [en, fi]\n",  # type: ignore[str-bytes-safe]
            "content/products/plain-band.fi.yaml": "name: Sileä sormus\n",
        }
    )
    shop.build()

    assert feed(shop, "fi/feeds/google.xml")["RG-001"]["title"] == "Sileä sormus"
    assert feed(shop, "fi/feeds/google.xml")["RG-001"]["link"] == "https://shop.example/fi/tuotteet/plain-band/"


def test_edit_of_a_product_makes_its_feed_anew_and_that_of_a_guide_does_not(make_shop: MakeShop) -> None:
    shop = make_shop(dict(ASKED))
    shop.build()
    shop.edit("content/guides/ring-size.md", "Paper.", "Paper and a ruler.")
    assert "feeds/google.xml" not in {change.output.path for change in shop.build().made}
    shop.edit("content/products/plain-band.yaml", "49.00", "50.00")
    assert "feeds/google.xml" in {change.output.path for change in shop.build().made}
    assert feed(shop)["RG-001"]["price"] == "50.00 EUR"
