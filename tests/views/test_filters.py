"""Filters of categories: what they count and show, compared with a filter over the YAML that knows no facets."""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
from decimal import Decimal
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import NOW, SITE, Shop
from tests.theme.test_scripts import find_node

SIZES, METALS, BRANDS = ("S", "M", "L", "XL"), ("Silver", "Gold", "Steel"), ("Aino", "Öljy & Co", "")
NOW_MS = int(NOW.timestamp() * 1000)


def random_shop(make_shop: MakeShop, count: int, *, seed: int = 7, more: str = "") -> Shop:
    """Return a shop of *count* products in two categories of one. Not every product has every combination."""
    pick = random.Random(seed)
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.replace('menu: ["category:rings", "guides"]', 'menu: ["category:goods"]'),
        "content/categories/goods.yaml": "name: Goods\n" + more,
        "content/categories/goods/plain.yaml": "name: Plain\n",
        "content/categories/goods/fine.yaml": "name: Fine\n",
    }
    for number in range(count):
        files[f"content/products/p{number:03}.yaml"] = _product(pick, number)
    return make_shop(files)


def _product(pick: random.Random, number: int) -> str:
    sizes = sorted(pick.sample(SIZES, pick.randint(1, 4)), key=SIZES.index)
    metals = sorted(pick.sample(METALS, pick.randint(1, 3)), key=METALS.index)
    price = Decimal(pick.randint(900, 25000)) / 100
    data: dict[str, Any] = {
        "name": f"Product {number:03}",
        "category": f"goods/{pick.choice(['plain', 'fine'])}",
        "price": str(price),
        "brand": pick.choice(BRANDS),
        "specs": {"Weight": f"{pick.randint(1, 90)} g"},
    }
    if pick.random() < 0.2:
        return yaml.safe_dump({**data, "stock": str(pick.choice((0, 5)))}, allow_unicode=True)
    made = [pair for pair in itertools.product(sizes, metals) if pick.random() < 0.7] or [(sizes[0], metals[0])]
    variants = [
        {
            "sku": f"{number}-{size}-{metal}",
            "options": {"Size": size, "Metal": metal},
            "availability": pick.choice(["in_stock", "in_stock", "made_to_order", "out_of_stock"]),
        }
        for size, metal in made
    ]
    return yaml.safe_dump(
        {**data, "options": {"Size": sizes, "Metal": metals}, "variants": variants}, allow_unicode=True
    )


def read(shop: Shop) -> dict[str, dict[str, Any]]:
    found = {}
    for path in (shop.folder / "content/products").glob("*.yaml"):
        found[path.stem] = yaml.safe_load(path.read_text())
    return found


def fits(product: dict[str, Any], state: dict[str, list[str]]) -> bool:
    """Return whether one article of a product fits a state, as its file says it."""
    brand = {"aino": "Aino", "öljy-co": "Öljy & Co"}
    if "brand" in state and product["brand"] not in {brand[each] for each in state["brand"]}:
        return False
    if "price" in state and not any(_within(Decimal(product["price"]), each) for each in state["price"]):
        return False
    if "weight" in state:
        weight = Decimal(product["specs"]["Weight"].split()[0])
        if not any(_within(weight, each) for each in state["weight"]):
            return False
    alone: dict[str, Any] = {
        "options": {},
        "availability": "out_of_stock" if product.get("stock") == "0" else "in_stock",
    }
    return any(
        (size := variant["options"].get("Size", "").lower()) in state.get("size", [size])
        and (metal := variant["options"].get("Metal", "").lower()) in state.get("metal", [metal])
        and ("stock" not in state or variant["availability"] == "in_stock")
        for variant in product.get("variants", [alone])
    )


def _within(number: Decimal, key: str) -> bool:
    low, high = key.split("-")
    return (not low or Decimal(low) <= number) and (not high or number < Decimal(high))


def run(shop: Shop, states: list[dict[str, Any]], category: str = "goods") -> tuple[list[dict[str, Any]], list[str]]:
    """Return the script's answers to states, and the address of each product of the list by its row."""
    module = ROOT / "themes/default/components/filters/matching.mjs"
    command: list[Any] = [
        find_node(),
        ROOT / "tests/scripts/matching.mjs",
        module,
        shop.output / category / "facets.bin",
    ]
    done = subprocess.run(command, input=json.dumps(states), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return told["answers"], [link_at(shop, told["data"], row) for row in range(len(told["data"]["price"]))]


def link_at(shop: Shop, data: dict[str, Any], row: int) -> str:
    """Return the address on the card of a product, from the file that the script would read it from."""
    home, place = data["at"][row * 2 : row * 2 + 2]
    base, marks = data["homes"][home]
    number = place // data["chunk"]
    path = f"{base}{number}-{marks[number * 4 : number * 4 + 4]}.txt".lstrip("/")
    cards = BeautifulSoup((shop.output / path).read_text(), "html.parser").select("li")
    return str(cards[place % data["chunk"]].select_one("a.product-card__link")["href"])


def test_counts_and_products_of_random_states_are_those_of_the_files(make_shop: MakeShop) -> None:
    """In 200 random states, what the script counts and shows is what a filter over the YAML finds."""
    shop = random_shop(make_shop, 80, more="facets: [Size, Metal, brand, price, stock, Weight]\n")
    shop.build()
    products = read(shop)
    answers, links = run(shop, [{"chosen": {}, "sort": "", "now": NOW_MS}])
    keys = {facet: list(values) for facet, values in answers[0]["counts"].items()}
    assert set(keys) == {"size", "metal", "brand", "price", "stock", "weight"}
    assert keys["size"] == ["s", "m", "l", "xl"]
    pick = random.Random(1)
    chosen = [
        {facet: pick.sample(keys[facet], pick.randint(1, min(2, len(keys[facet])))) for facet in picked}
        for picked in (pick.sample(sorted(keys), pick.randint(0, 4)) for _ in range(200))
    ]
    answers, _ = run(shop, [{"chosen": each, "sort": "", "now": NOW_MS} for each in chosen])

    names = [link.strip("/").rpartition("/")[2] for link in links]
    shown = 0
    for state, answer in zip(chosen, answers, strict=True):
        wanted = {name for name, product in products.items() if fits(product, state)}
        assert {names[row] for row in answer["rows"]} == wanted, state
        shown += bool(wanted)
        for facet, values in keys.items():
            for value in values:
                alone = {**state, facet: [value]}
                count = sum(fits(product, alone) for product in products.values())
                assert answer["counts"][facet][value] == count, (state, facet, value)
        if not wanted and answer["without"]:
            facet, value, count = answer["without"]
            rest = [each for each in state[facet] if each != value]
            left = {**{key: each for key, each in state.items() if key != facet}, **({facet: rest} if rest else {})}
            assert count == sum(fits(product, left) for product in products.values()) > 0
    assert shown > 100


def test_orders_sort_by_price_and_keep_the_lists_order_among_equals(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 30)
    shop.build()
    products = read(shop)
    states: list[dict[str, Any]] = [{"chosen": {}, "sort": sort, "now": NOW_MS} for sort in ("", "price", "-price")]
    (own, up, down), links = run(shop, states)
    prices = [Decimal(products[link.strip("/").rpartition("/")[2]]["price"]) for link in links]

    assert own["rows"] == list(range(30))
    assert [prices[row] for row in up["rows"]] == sorted(prices)
    assert [prices[row] for row in down["rows"]] == sorted(prices, reverse=True)


def test_sale_that_begins_after_the_build_changes_price_and_filters(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 12)
    shop.write(
        "content/offers/winter.yaml",
        "kind: sale\nname: Winter\neverything: yes\npercent: 50\nstarts: 2026-12-01\nends: 2026-12-05\nterms: Half.\n",
    )
    shop.build()
    later = NOW_MS + 9 * 86_400_000
    (now, then), _ = run(shop, [{"chosen": {"sale": ["yes"]}, "sort": "", "now": now} for now in (NOW_MS, later)])

    assert now["counts"]["sale"] == {"yes": 0}
    assert len(then["rows"]) == 12


def test_page_names_the_filters_that_divide_its_list(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 40)
    shop.build()
    page = shop.html("goods/index.html")
    rows = {str(row["aria-label"]): row for row in page.select(".filters__row")}

    assert list(rows) == ["Size", "Metal", "Brand", "Price"]
    assert [chip.get_text(strip=True) for chip in rows["Size"].select(".chip")] == ["S", "M", "L", "XL"]
    assert rows["Price"].select(".chip")[0].get_text(strip=True).startswith("Under €")
    assert [chip["data-facet"] for chip in rows["Metal"].select(".filters__switches .chip")] == ["stock"]
    assert [option["value"] for option in page.select("filter-list option")] == ["", "price", "-price"]


@pytest.mark.parametrize("more", ["facets: []\n", None])
def test_list_without_filters_has_no_files_for_them(make_shop: MakeShop, more: str | None) -> None:
    shop = random_shop(make_shop, 12, more=more) if more else make_shop(FIVE)
    shop.build()
    place = "goods" if more else "rings"

    assert not shop.html(f"{place}/index.html").select("filter-list")
    assert not shop.has(f"{place}/facets.bin")
    assert shop.html(f"{place}/index.html").select_one(".count")


def test_one_price_changes_one_file_of_facts_for_each_category_of_the_product(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 60)
    shop.build()
    before = {path: path.read_bytes() for path in shop.output.rglob("*") if path.is_file()}
    text = (shop.folder / "content/products/p005.yaml").read_text()
    price = re.search(r"price: '([\d.]+)'", text)
    assert price
    shop.edit("content/products/p005.yaml", price[0], f"price: '{Decimal(price[1]) + Decimal('0.01')}'")
    shop.build()
    changed = {
        str(path.relative_to(shop.output))
        for path in shop.output.rglob("*")
        if path.is_file() and before.get(path) != path.read_bytes()
    }

    facts = [name for name in changed if name.endswith("facets.bin")]
    assert len(facts) == 3, facts  # those of two categories, and that of the search
    assert len([name for name in changed if re.search(r"cards-\d", name)]) == 1
    assert len(changed) <= 12, changed


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Under €30", "€30–€60"),
        ("fi", "Alle 30 €", "30–60 €"),
        ("ko", "€30 미만", "€30~€60"),
    ],
)
def test_range_names_its_unit_as_the_language_does(make_shop: MakeShop, language: str, first: str, second: str) -> None:
    site = f"{SITE.partition('menu:')[0]}languages: [{language}]\n"
    files: dict[str, str | bytes] = {"site.yaml": site, "content/categories/goods.yaml": "name: Goods\n"}
    for number in range(1, 25):
        files[f"content/products/p{number}.yaml"] = (
            f"name: P{number}\nprice: {number * 5}\ncategory: goods\nspecs: {{Power: {number * 10} W}}\n"
        )
    shop = make_shop(files)
    shop.write("content/categories/goods.yaml", "name: Goods\nfacets: [price, Power]\n")
    shop.build()

    groups = shop.html("goods/index.html").select(".filters__row")
    prices, power = ([value.text for value in group.select(".chip > span:first-child")] for group in groups)
    assert [text.replace("\xa0", " ") for text in prices[:2]] == [first, second]
    dash = "~" if language == "ko" else "–"
    assert all(text.count("W") == 1 for text in power), power
    assert dash in power[1]


def test_what_is_wrong_in_facets_is_told_with_its_line(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 12, more="facets: [Size, Farbe]\n")
    report = shop.build()

    assert any("goods.yaml:2" in warning and "Farbe" in warning for warning in report.warnings), report.warnings


def test_categories_by_rule_show_the_products_that_meet_it(make_shop: MakeShop) -> None:
    shop = random_shop(make_shop, 60)
    rules = {
        "gold-in-stock": ("{options: {Metal: Gold}, in_stock: yes}", {"metal": ["gold"], "stock": ["yes"]}),
        "small-gold": ("{options: {Metal: Gold, Size: [S, M]}}", {"metal": ["gold"], "size": ["s", "m"]}),
        "presents": ("{price_below: 50.00, brands: [Aino]}", {"price": ["-50"], "brand": ["aino"]}),
    }
    for name, (rule, _) in rules.items():
        shop.write(f"content/categories/{name}.yaml", f"name: {name}\nrule: {rule}\n")
    shop.write("content/categories/goods/plain/gold.yaml", "name: Plain gold\nrule: {options: {Metal: Gold}}\n")
    shop.write("content/categories/none.yaml", "name: None\nrule: {tags: [nobody]}\n")
    report = shop.build()
    products = read(shop)

    for name, (_, state) in rules.items():
        assert listed(shop, name) == {each["name"] for each in products.values() if fits(each, state)}, name
    plain = [each for each in products.values() if each["category"] == "goods/plain"]
    assert listed(shop, "goods/plain/gold") == {each["name"] for each in plain if fits(each, {"metal": ["gold"]})}
    links = shop.html("goods/plain/index.html").select("a.chip[data-value=gold]")
    assert [link["href"] for link in links] == ["/goods/plain/gold/"]
    assert "/goods/plain/gold/" in shop.text("sitemap.xml")
    assert not shop.html("gold-in-stock/index.html").select('[aria-label="Metal"]')
    assert not shop.html("index.html").select('a[href="/presents/"]')
    assert any("none.yaml:2" in each and "no product meets this rule" in each for each in report.warnings)


def listed(shop: Shop, category: str) -> set[str]:
    """Return the names on all pages of a category."""
    pages = [shop.output / category / "index.html", *(shop.output / category).glob("[0-9]*/index.html")]
    found = (BeautifulSoup(page.read_text(), "html.parser").select(".product-card__name") for page in pages)
    return {name.get_text() for names in found for name in names}


def test_rule_keeps_its_own_order_and_the_newest(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE)
    days = {"rope-ring": "2026-11-02", "plain-band": "2026-11-20", "small-hoops": "2026-10-01"}
    for name, day in days.items():
        shop.write(f"content/products/{name}.yaml", str(FIVE[f"content/products/{name}.yaml"]) + f"added: {day}\n")
    shop.write("content/categories/new.yaml", "name: New\nrule: {newest: 2}\n")
    shop.write(
        "content/categories/ours.yaml", "name: Ours\nrule: {products: [small-hoops, polishing-cloth, rope-ring]}\n"
    )
    shop.build()

    def names(category: str) -> list[str]:
        return [each.get_text() for each in shop.html(f"{category}/index.html").select(".product-card__name")]

    assert names("new") == ["Plain band", "Rope ring"]
    assert names("ours") == ["Small hoops", "Polishing cloth", "Rope ring"]


def test_what_sold_most_comes_first(make_shop: MakeShop) -> None:
    sales = 'Name;Lineitem quantity;Lineitem sku\n"#1;\n2";2;RG-001\n#3;9;ER-003\n#4;3;RG-001\n#4;-6;ER-003\n#5;7;GONE\n;40;\n'
    shop = make_shop({**FIVE, "content/sales.csv": sales})
    shop.write("content/categories/best.yaml", "name: Best\nrule: {bestselling: 3}\n")
    shop.build()

    def names() -> list[str]:
        return [each.get_text() for each in shop.html("best/index.html").select(".product-card__name")]

    assert names() == ["Plain band", "Ball studs"]  # 5 and 3 pieces

    shop.write("content/sales.csv", "sku,quantity\nER-003,9\nRG-001,3\nER-002,6\nRG-014,1\n")
    report = shop.build()
    assert names() == ["Ball studs", "Small hoops", "Plain band"]
    assert not [warning for warning in report.warnings if "sales" in warning]

    shop.write("content/sales.csv", "sku,quantity\nGONE,9\n")
    assert 'content/sales.csv: the shop has none of these article numbers, such as "GONE"' in shop.build().warnings
