"""The sums of random carts in random shops: Python and the modules agree, and Stripe is asked for exactly this sum.

STOREGEN_CARTS is the number of carts, 2000 by default.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import stripe.params.checkout._session_create_params as stripe_types
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storegen.checkout import make_checkout
from storegen.checkout.service_units import service_units
from storegen.checkout.signing import Keys
from storegen.load.shop import load_shop
from storegen.model.charge import charge_lines
from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.money import Money, coin_digits, minor_digits
from storegen.model.offer import Offer
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.scalars import plain_postcode
from storegen.model.services import Chosen, ChosenLine, with_services
from storegen.model.totals import CartLine, Totals, cart_totals
from storegen.render.filters import to_json
from storegen.theme.loading import load_theme
from storegen.theme.words import plain_words, section_of
from storegen.views.cart import cart_rules, code_mark
from storegen.views.image_variants import ThemeSettings
from storegen.views.items import buy_of
from storegen.views.layout import decimals_of
from storegen.views.prices import price_tag
from storegen.views.shop import Shop
from tests.conftest import ROOT
from tests.shop import SITE
from tests.shop import Shop as Folder
from tests.theme.test_scripts import find_node
from tests.typed_requests import faults, nested

THEME = load_theme(ROOT, "default", ("en",))
CARTS = int(os.environ.get("STOREGEN_CARTS", "2000"))
CARTS_OF_A_SHOP = 10
CURRENCIES = ("EUR", "JPY", "KRW", "ISK", "KWD", "IDR")
# About one euro in each currency, in its smallest amount.
EURO = {"EUR": 100, "JPY": 160, "KRW": 1500, "ISK": 145, "KWD": 34, "IDR": 18000}
PRODUCTS = ("a", "b", "c", "d")
COUNTRIES = ("FI", "SE", "EE")
SERVICES = ("wrapping", "engraving", "fitting")
ZONE = dt.timezone(dt.timedelta(hours=2))
# No more moments than the changes of a price that pages know.
MOMENTS = [dt.datetime(2026, 11, day, 12, tzinfo=ZONE) for day in (21, 22, 23, 24)]
BUILT = dt.datetime(2026, 11, 20, 12, tzinfo=ZONE)
KINDS = ("sale", "coupon", "first_purchase", "volume", "bundle", "add_on", "gift", "sample", "free_delivery")

_percents = st.sampled_from(["1", "7.5", "10", "12.345", "33.3", "50", "100"])
_postcodes = st.lists(st.sampled_from(["22000-22999", "22*", "00100", "9*", "21999-22100"]), min_size=1, unique=True)
_names = st.lists(st.sampled_from(PRODUCTS), min_size=2, max_size=3, unique=True)


def yaml(value: Any) -> str:
    """Return a value as flow YAML with plain scalars."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml, value)) + "]"
    return str(value)


class Drawing:
    """Draws the files of a shop."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.currency = draw(st.sampled_from(CURRENCIES))

    def amount(self, least: float = 0, most: float = 300) -> str:
        """Return an amount in the shop's currency. The limits are about euros."""
        coins = self.draw(st.integers(int(least * EURO[self.currency]), int(most * EURO[self.currency])))
        digits = coin_digits(self.currency)
        return f"{Decimal(coins).scaleb(-digits):.{digits}f}"

    def maybe(self, key: str, value: st.SearchStrategy[Any]) -> dict[str, Any]:
        return {key: self.draw(value)} if self.draw(st.booleans()) else {}

    def method(self, name: str) -> dict[str, Any]:
        method: dict[str, Any] = {"id": name, "name": name, "price": self.amount(0, 12), "days": "1-3"}
        method |= self.maybe("countries", st.lists(st.sampled_from(COUNTRIES), min_size=1, unique=True))
        if self.draw(st.booleans()):
            method["free_from"] = self.draw(st.sampled_from(["0", self.amount(0, 200)]))
        method |= self.maybe("max_weight", st.sampled_from(["120 g", "0.4 kg", "5 kg"]))
        if self.draw(st.booleans()):
            method["surcharges"] = [
                {"country": country, "postcodes": self.draw(_postcodes), "price": self.amount(0, 20)}
                for country in method.get("countries", COUNTRIES)
            ]
        by = self.draw(st.sampled_from(["", "weight", "count", "total"]))
        starts = sorted(self.draw(st.sets(st.integers(1, 40), min_size=1, max_size=3)))
        written = {
            "weight": [f"{each * 50} g" for each in starts],
            "count": [str(each) for each in starts if each > 1],
            "total": [str(each * 5 * EURO[self.currency] // 10 ** coin_digits(self.currency) or 1) for each in starts],
        }
        if by and written[by]:
            method["steps"] = [{by: each, "price": self.amount(0, 20)} for each in dict.fromkeys(written[by])]
        return method

    def product(self, name: str, methods: list[str]) -> dict[str, Any]:
        product: dict[str, Any] = {"name": name.upper(), "category": self.draw(st.sampled_from(["x", "y"]))}
        product |= self.maybe("tags", st.lists(st.sampled_from(["t", "u"]), unique=True))
        product |= self.maybe("weight", st.sampled_from(["0.5 g", "95.5 g", "120 g"]))
        product |= self.maybe("tax_class", st.just("reduced"))
        delivery = self.draw(st.sampled_from(["", "", "", "digital", "methods"]))
        if delivery == "digital":
            product["delivery"] = {"digital": "yes"}
        elif delivery == "methods":
            product["delivery"] = {"methods": [self.draw(st.sampled_from(methods))]}
        if self.draw(st.booleans()):
            return product | {"sku": name, "price": self.amount(0.05)}
        variants = [
            {"sku": f"{name}-{size}", "options": {"Size": size}, "price": self.amount(0.05)} for size in ("s", "l")
        ]
        return product | {"options": {"Size": ["s", "l"]}, "variants": variants}

    def service(self, name: str) -> dict[str, Any]:
        price = self.draw(st.sampled_from(["0", self.amount(0.05, 30)]))
        service = {"id": name, "name": name, "price": price, "per": self.draw(st.sampled_from(["piece", "line"]))}
        return service | self.maybe("text", st.just({"label": "Words", "limit": "9"}))

    def off(self) -> dict[str, str]:
        return {"percent": self.draw(_percents)} if self.draw(st.booleans()) else {"amount": self.amount(0.05, 60)}

    def about(self) -> dict[str, Any]:
        about: list[dict[str, Any]] = [
            {"everything": "yes"},
            {"products": self.draw(_names)},
            {"categories": ["x"]},
            {"tags": ["t"]},
        ]
        found: dict[str, Any] = self.draw(st.sampled_from(about))
        return found | self.maybe("excluding", st.just(["d"]))

    def conditions(self) -> dict[str, Any]:
        least = {"min_total": self.amount(1, 300)} if self.draw(st.booleans()) else {}
        return least | self.maybe("min_count", st.integers(1, 4))

    def times(self, *, needed: bool) -> dict[str, str]:
        first, last = sorted(self.draw(st.lists(st.sampled_from(MOMENTS), min_size=2, max_size=2, unique=True)))
        times = {"starts": f"{first:%Y-%m-%d %H:%M}", "ends": f"{last:%Y-%m-%d %H:%M}"}
        return {key: each for key, each in times.items() if needed or self.draw(st.booleans())}

    def offer(self, number: int, kind: str, countries: list[str], methods: list[str]) -> dict[str, Any]:
        offer: dict[str, Any] = {"name": f"{kind} {number}", "kind": kind}
        match kind:
            case "sale":
                offer |= self.off() | self.about()
            case "coupon" | "first_purchase":
                offer |= {"code": f"CODE{number}"} | self.off() | self.conditions()
                offer |= self.about() if self.draw(st.booleans()) else {}
            case "volume":
                tiers = self.draw(st.sampled_from([[(2, "5")], [(2, "10"), (3, "12.5"), (4, "50")]]))
                offer |= {"tiers": [{"count": count, "percent": each} for count, each in tiers]} | self.about()
            case "bundle":
                price = {"price": self.amount(0.03, 0.1)}
                offer |= {"products": self.draw(_names)} | self.draw(st.sampled_from([price, self.off()]))
            case "add_on":
                offer |= self.off() | {"reduced": self.draw(_names)} | self.about()
            case "gift" | "sample":
                offer |= {"gift": self.draw(st.sampled_from(PRODUCTS))} if kind == "gift" else {}
                offer |= {"samples": self.draw(_names)} if kind == "sample" else {}
                offer |= self.conditions() | self.maybe("code", st.just(f"CODE{number}"))
                offer |= self.about() if self.draw(st.booleans()) else {}
            case "free_delivery":
                offer |= self.conditions() | self.maybe("code", st.just(f"CODE{number}"))
                offer |= self.maybe("methods", st.just(methods[:1]))
                named = offer.get("methods") or methods
                offer |= self.maybe("countries", st.just(countries[:1])) if countries and named == methods else {}
        return offer | self.times(needed=kind in {"sale", "first_purchase"})

    def files(self) -> dict[str, str]:
        ids = ["post", "box", "night"][: self.draw(st.integers(1, 3))]
        methods = [self.method(name) for name in ids]
        countries = list(dict.fromkeys(each for method in methods for each in method.get("countries", ())))
        kinds = self.draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=8))
        rates = "tax: {rates: {standard: 25.5, reduced: 13.5}}\n"
        head = SITE[: SITE.index("tax:")].replace("currency: EUR", f"currency: {self.currency}")
        services = [self.service(name) for name in SERVICES[: self.draw(st.integers(0, 3))]]
        files = {
            "site.yaml": f"{head}{rates}delivery: {yaml({'methods': methods})}\nservices: {yaml(services)}\n",
            "content/categories/x.yaml": "name: X\n",
            "content/categories/y.yaml": "name: Y\n",
        }
        files |= {f"content/products/{name}.yaml": yaml(self.product(name, ids)) for name in PRODUCTS}
        offers = [self.offer(number, kind, countries, ids) for number, kind in enumerate(kinds)]
        return files | {f"content/offers/o{number}.yaml": yaml(each) for number, each in enumerate(offers)}


class Cart(msgspec.Struct, frozen=True):
    """What a visitor chose. *pieces* are numbers of pieces by product and place of the variant, *services* likewise.

    Each article has a second line if *twice* names its product.
    """

    pieces: dict[tuple[str, int], int]
    services: dict[tuple[str, int], tuple[str, ...]]
    twice: str
    now: dt.datetime
    code: str
    country: str
    postcode: str
    method: str
    chosen: dict[str, str]


@st.composite
def shops(draw: st.DrawFn) -> tuple[dict[str, str], list[Cart]]:
    """Draw the files of a shop, and carts."""
    files = Drawing(draw).files()
    skus = [each for name in PRODUCTS for each in (name, f"{name}-s", f"{name}-l")]
    variants = [(name, place) for name in PRODUCTS for place in (0, 1)]
    moments = [moment + dt.timedelta(seconds=late) for moment in MOMENTS for late in (-1, 0)]
    codes = ["", "none", *(f"code{number}" for number in range(8))]
    # Most carts try a code that the shop has.
    held = [code for code in codes if any(code.upper() in text for text in files.values() if code)] or codes
    cart = st.builds(
        Cart,
        st.dictionaries(st.sampled_from(variants), st.integers(1, 6), min_size=1, max_size=6),
        st.dictionaries(
            st.sampled_from(variants), st.lists(st.sampled_from([*SERVICES, "gone"]), unique=True).map(tuple)
        ),
        st.sampled_from(["", *PRODUCTS]),
        st.sampled_from(moments),
        st.sampled_from(held) | st.sampled_from(codes),
        st.sampled_from(["", *COUNTRIES, "KR"]),
        st.sampled_from(["", "22100", " 00 100", "FI-22999", "99999", "2210"]),
        st.sampled_from(["", "post", "box", "night"]),
        st.dictionaries(st.sampled_from([f"o{number}" for number in range(8)]), st.sampled_from(skus), max_size=2),
    )
    return files, draw(st.lists(cart, min_size=CARTS_OF_A_SHOP, max_size=CARTS_OF_A_SHOP))


class OpenShop:
    """A shop whose sums are calculated, in Python and for the theme's modules.

    The modules know the shop of one build, before all sales. Python asks what the price is at each time.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.configs, self.store = load_shop(Folder(Path(folder), files).folder)
        self.config = self.configs["en"]
        self.content = self.store.localized["en"]
        self.sold = {
            each.sku: (product, each) for product in self.content.products.values() for each in variants_of(product)
        }
        self.offers = [each for each in self.content.offers.values() if each.kind != "sale"]

    def at(self, now: dt.datetime) -> Shop:
        words = section_of(plain_words(THEME.words["en"]), "order")
        checkout = make_checkout(self.config, {}, keys=Keys(), words=words, language="en")
        settings = ThemeSettings(widths=(320,), formats=("jpg",), words=THEME.words)
        return Shop(self.store, self.content, self.config, Clock(now), checkout, settings, ("en",))

    def chosen(self, cart: Cart) -> list[tuple[tuple[Product, Sellable], int, tuple[Chosen, ...]]]:
        """Return the variants in a cart with their numbers of pieces and their services."""
        found = {}
        for (name, place), count in cart.pieces.items():
            variants = variants_of(self.content.products[name])
            services = tuple((each, "Aino"[: len(each) % 5]) for each in cart.services.get((name, place), ()))
            found[variants[place % len(variants)].sku] = (count, services)
        lines = [(self.sold[sku], count, services) for sku, (count, services) in found.items()]
        again = [(sold, count, ((name, "other"),)) for sold, count, _ in lines for name in SERVICES[:1]]
        return lines + [each for each in again if each[0][0].id == cart.twice]

    def bought(self, cart: Cart) -> list[tuple[tuple[Product, Sellable], int]]:
        """Return the variants in a cart with their numbers of pieces."""
        return [(sold, count) for sold, count, _ in self.chosen(cart)]

    @property
    def scale(self) -> int:
        """How many of Stripe's units are a minor unit. Only the króna has another number than 1."""
        return 100 if self.config.currency == "ISK" else 1

    def minor(self, amount: Decimal) -> int:
        return int(amount.scaleb(minor_digits(self.config.currency)))

    # For the theme's modules ------------------------------------------------------------------------------------

    def case(self, cart: Cart) -> dict[str, Any]:
        shop = self.at(BUILT)
        lines = [
            _plain(buy_of(shop, *sold, price_tag(shop, *sold)))
            | {"count": count, "services": [{"id": name, "text": text} for name, text in services]}
            for sold, count, services in self.chosen(cart)
        ]
        return {
            "lines": lines,
            "now": cart.now.timestamp() * 1000,
            "code": code_mark(cart.code) if cart.code else "",
            "kept": {
                "country": cart.country,
                "postcode": cart.postcode,
                "method": cart.method,
                "chosen": cart.chosen,
            },
        }

    def asked(self, carts: list[Cart]) -> dict[str, Any]:
        currency = self.config.currency
        rules = _plain(cart_rules(self.at(BUILT)))
        market = {"currency": currency, **msgspec.to_builtins(service_units("stripe", currency))}
        return {
            "decimals": decimals_of([currency]),
            "market": market,
            "cart": rules,
            "cases": [self.case(cart) for cart in carts],
        }

    # In Python --------------------------------------------------------------------------------------------------

    def expected(self, cart: Cart) -> dict[str, Any]:
        clock = Clock(cart.now)
        sold = self.bought(cart)
        flat = [ChosenLine(self.line(*article, count, clock), each) for article, count, each in self.chosen(cart)]
        lines = list(with_services(flat, {each.id: each for each in self.config.services}))
        totals = cart_totals(lines, self.offers, clock, code=cart.code)
        carried = [(product, variant, count) for (product, variant), count in sold if not product.digital]
        method, to = self.method(cart, carried)
        cost = Decimal(0) if method is None else self.cost(method, to, totals, carried)
        area = None if method is None else method.surcharge(to or self.config.country, plain_postcode(cart.postcode))
        cost += Decimal(0 if area is None else area.price or 0)
        gifts = list(self.gifts(cart, totals, sent=bool(carried)))
        names = {offer.id: offer.name for offer in self.offers}
        rows = charge_lines(lines, totals, names, gifts=gifts)
        return {
            "pieces": self.minor(totals.pieces.amount),
            "total": self.minor(totals.total.amount),
            "delivery": self.minor(cost),
            "sum": self.minor(totals.total.amount + cost),
            "apart": bool(carried) and method is None,
            **({} if method is None else {"method": method.id}),
            "free": list(totals.free),
            "gifts": [[offer, gift.sku] for offer, gift in gifts],
            "reductions": [
                [
                    each.offer,
                    self.minor(each.amount.amount),
                    [[self.minor(less.amount), [list(piece) for piece in pieces]] for less, pieces in each.parts],
                ]
                for each in totals.reductions
            ],
            "taxed": [self.minor(line.price.amount) * line.count for line in lines],
            "rows": [[row.sku, self.minor(row.unit.amount), row.count, row.note] for row in rows],
        }

    def line(self, product: Product, variant: Sellable, count: int, clock: Clock) -> CartLine:
        price = price_of(product, variant, self.content.pricing(clock)).now
        about = frozenset(offer.id for offer in self.offers if offer.covers(product))
        return CartLine(product.id, price, count, about, sku=variant.sku, name=product.name)

    def method(self, cart: Cart, carried: list[tuple[Product, Sellable, int]]) -> tuple[Method | None, str]:
        """Return the delivery method of a cart and the country, None if nothing is sent or no method fits."""
        methods = self.config.delivery.methods
        countries = list(dict.fromkeys(each for method in methods for each in method.countries))
        wanted = [each for each in (cart.country, self.config.country) if each in countries]
        to = next(iter(wanted or countries), "")
        products = [product for product, _, _ in carried]
        only = [set(each.delivery.methods) for each in products if each.delivery and each.delivery.methods]
        weight = sum(((variant.weight or Decimal(0)) * count for _, variant, count in carried), Decimal(0))
        possible = [
            method
            for method in methods
            if (not method.countries or to in method.countries) and all(method.id in names for names in only)
            if method.carries(weight)
        ]
        chosen = [method for method in possible if method.id == cart.method]
        return (next(iter(chosen or possible), None) if carried else None), to

    def cost(self, method: Method, to: str, totals: Totals, carried: list[tuple[Product, Sellable, int]]) -> Decimal:
        offers = [offer for offer in self.offers if offer.id in totals.free_delivery]
        if any(offer.frees(method, to) for offer in offers):
            return Decimal(0)
        count = sum(count for _, _, count in carried)
        weight = sum(((variant.weight or Decimal(0)) * count for _, variant, count in carried), Decimal(0))
        return method.cost(total=totals.total.amount, count=count, weight=weight)

    def gifts(self, cart: Cart, totals: Totals, *, sent: bool) -> Iterator[tuple[str, CartLine]]:
        for name in totals.free:
            offer: Offer = self.content.offers[name]
            there = [variants_of(self.content.products[each])[0] for each in (offer.gift, *offer.samples) if each]
            variant = next((each for each in there if each.sku == cart.chosen.get(name)), there[0])
            product = self.sold[variant.sku][0]
            if sent or product.digital:
                price = Money(Decimal(0), self.config.currency)
                yield name, CartLine(product.id, price, 1, sku=variant.sku, name=product.name)


def charged(body: Any) -> int:
    """Return the sum of a request's rows and its delivery, in Stripe's units."""
    rows = (int(each["price_data"]["unit_amount"]) * int(each["quantity"]) for each in body["line_items"])
    options = (int(each["shipping_rate_data"]["fixed_amount"]["amount"]) for each in body.get("shipping_options", ()))
    return sum(rows) + sum(options)


def _plain(value: object) -> dict[str, Any]:
    """Return a context as the page's script reads it."""
    found: dict[str, Any] = json.loads(str(to_json(value)))
    return found


class Node:
    """The theme's modules in Node.js, which answers line by line."""

    def __init__(self) -> None:
        script = ROOT / "tests/scripts/cart-sums.mjs"
        self.process = subprocess.Popen([find_node(), script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, asked: dict[str, Any]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def modules() -> Iterator[Node]:
    node = Node()
    yield node
    node.close()


@given(drawn=shops())
@settings(
    max_examples=max(1, CARTS // CARTS_OF_A_SHOP),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_python_and_modules_agree_on_every_sum(modules: Node, drawn: tuple[dict[str, str], list[Cart]]) -> None:
    files, carts = drawn
    shop = OpenShop(files)
    for cart, found in zip(carts, modules(shop.asked(carts)), strict=True):
        body = nested(found.pop("body"))
        assert found == shop.expected(cart)
        assert list(faults(body, stripe_types.SessionCreateParams, stripe_types)) == []
        assert charged(body) == found["sum"] * shop.scale
        assert sum(unit * count for _, unit, count, _ in found["rows"]) == found["total"]
        assert all(unit >= 0 for _, unit, _, _ in found["rows"])
