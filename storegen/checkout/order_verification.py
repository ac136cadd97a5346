"""Verify a whole order against the shop: prices at that time, reductions, free articles and delivery."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from babel import Locale

from storegen.checkout.combined import CART_HOLDERS
from storegen.checkout.order import one_line
from storegen.checkout.order_reading import MISSING, OrderLine, OrderText, Sum, apart, label_of, plain_name
from storegen.checkout.order_services import service_faults
from storegen.checkout.order_taxes import tax_faults
from storegen.checkout.signing import signed_letters
from storegen.config import Config
from storegen.model.clock import Clock
from storegen.model.delivery import Method
from storegen.model.history import History
from storegen.model.money import Money, sum_text
from storegen.model.offer import Offer
from storegen.model.price import price_of
from storegen.model.product import Product, Sellable, variants_of
from storegen.model.scalars import plain_postcode
from storegen.model.services import Service
from storegen.model.store import LocalizedContent, Store
from storegen.model.totals import CartLine, Totals, cart_totals


class Sold(msgspec.Struct, frozen=True):
    """A line of an order with the shop's article of that number. *names* are its names in all languages."""

    line: OrderLine
    product: Product
    variant: Sellable
    names: tuple[str, ...]

    @property
    def free(self) -> bool:
        """Whether the article is free in the order but has a price in the shop."""
        return not self.line.price.amount and bool(self.variant.price)

    @property
    def carried(self) -> bool:
        """Whether the article is sent as a parcel."""
        return not self.product.digital

    @property
    def renamed(self) -> bool:
        """Whether the shop has changed the article's name since it signed the line."""
        return signed_letters(self.line.name) not in map(signed_letters, self.names)


class OrderVerification(msgspec.Struct, frozen=True, dict=True):
    """An order, compared with the shop of today. The *clock* shows the time at which the order was written.

    *words* are the theme's texts of orders, by language. *histories* are the price histories, by market.
    """

    order: OrderText
    store: Store
    configs: Mapping[str, Config]
    words: Mapping[str, Mapping[str, str]]
    histories: Mapping[str, History]
    clock: Clock

    def faults(self) -> Iterator[str]:
        """Yield the differences between the order and what the shop would have written.

        `order_faults` checks that the sums of the order add up.
        """
        sold = self._sold
        missing = Counter(line.sku for line in self.order.goods) - Counter(each.line.sku for each in sold)
        yield from (f'no article "{sku}" is in the shop' for sku in missing)
        yield from self._line_faults()
        yield from service_faults(self.order.lines, self._services)
        yield from self._row_faults()
        paid = [each for each in sold if not each.free]
        if missing or any(each.line.price.currency != self._config.currency for each in paid):
            return
        if not paid:
            yield "all of it is free, and gifts come only with something that is bought"
            return
        if not self.order.sums:
            if not self._lacks_sums(paid):
                yield MISSING
            return
        offers = [offer for offer in self._content.offers.values() if offer.kind != "sale"]
        cart = [_cart_line(each, offers) for each in paid]
        cart += [CartLine("", line.price, line.count) for line in self.order.lines if line.service]
        code, faults = self._code(offers)
        totals = cart_totals(cart, offers, self.clock, code=code)
        yield from faults
        yield from _free_faults([each for each in sold if each.free], totals, offers)
        yield from self._reduction_faults(totals)
        yield from self._delivery_faults(totals, [each for each in paid if each.carried])
        tax = self._config.tax
        yield from tax_faults(self.order, tax, {each.line.sku: each.product.tax_class for each in sold})

    def notes(self) -> Iterator[str]:
        """Yield useful notes for the merchant about a valid order."""
        counts = Counter[str]()
        for each in self._sold:
            counts[each.line.sku] += each.line.count
        for sku, each in {each.line.sku: each for each in self._sold}.items():
            if each.renamed:
                yield f"{sku}: the shop calls it {each.names[0]} now"
            if (stock := each.variant.stock) is not None and counts[sku] > stock:
                yield f"{sku}: {counts[sku]} ordered, {stock} in stock"
            elif not each.variant.buyable:
                yield f"{sku}: not sold at present"

    def sent(self) -> list[str]:
        """Return the sender's own rows below the order, without the shop's rows."""
        words, bank = self.words[self._language], self._config.checkout.order.bank
        own = {plain_name(words["address"]), plain_name(words.get("code", ""))}
        rows = [row for row in self.order.after if own.isdisjoint({plain_name(row), plain_name(label_of(row))})]
        return [row for row in rows if bank is None or bank.number not in row]

    @property
    def _config(self) -> Config:
        return self.configs[self._language]

    @property
    def _content(self) -> LocalizedContent:
        return self.store.localized[self._language]

    @functools.cached_property
    def _language(self) -> str:
        """The language of the order: one whose market has the order's currency, its prices and the first sum's label.

        If nothing matches, it is the shop's first language.
        """
        first = self.order.sums[0].name if self.order.sums else ""
        return min(
            self.words,
            key=lambda language: (
                self._foreign(language),
                not _same(self.words[language]["pieces"], first),
                self._other_prices(language),
            ),
        )

    def _foreign(self, language: str) -> bool:
        """Return whether no line of the order is in the currency of a language's market."""
        return all(line.price.currency != self.configs[language].currency for line in self.order.lines)

    def _other_prices(self, language: str) -> int:
        """Return the number of lines whose prices differ from those of a language's market. 0 without other markets."""
        if not self._config_of_home.markets:
            return 0
        content = self.store.localized[language]
        prices = {
            variant.sku: price_of(product, variant, content.pricing(self.clock)).now
            for product in content.products.values()
            for variant in variants_of(product)
        }
        return sum(prices.get(line.sku) != line.price for line in self.order.lines)

    @property
    def _config_of_home(self) -> Config:
        return next(iter(self.configs.values()))

    @functools.cached_property
    def _services(self) -> Mapping[str, list[Service]]:
        """The services by id, first in the language of the order, then in the others."""
        found: dict[str, list[Service]] = {each.id: [each] for each in self._config.services}
        for config in self.configs.values():
            for each in config.services:
                if each.id in found:
                    found[each.id].append(each)
        return found

    @functools.cached_property
    def _sold(self) -> list[Sold]:
        wanted = {line.sku for line in self.order.goods}
        localized = (self._content, *self.store.localized.values())
        found = {
            variant.sku: (
                product,
                variant,
                tuple(
                    dict.fromkeys(
                        _name(content.products[product.id], variant)
                        for content in localized
                        if product.id in content.products
                    )
                ),
            )
            for product in self._content.products.values()
            for variant in variants_of(product)
            if variant.sku in wanted
        }
        return [Sold(line, *found[line.sku]) for line in self.order.goods if line.sku in found]

    def _line_faults(self) -> Iterator[str]:
        free = False
        for each in self._sold:
            row = each.line.row
            if each.line.price.currency != (currency := each.product.currency or self._config.currency):
                yield f"{row}: the shop sells it in {currency}"
            elif not each.free:
                yield from (f"{row}: {why}" for why in self._price_faults(each))
            if free and not each.free:
                yield f"{row}: the shop writes it above what comes free"
            free = free or each.free
            if not each.renamed and not any(_same(name, each.line.name) for name in each.names):
                yield f'{row}: the shop writes "{each.names[0]}"'

    def _price_faults(self, sold: Sold) -> Iterator[str]:
        """Yield an error if the shop's files and price history show another price at that time."""
        shown, zone = sold.line.price, self._config.zone
        now = price_of(sold.product, sold.variant, self._content.pricing(self.clock)).now
        spans = [
            span
            for span in self.histories.get(self._config.market, History()).spans(sold.line.sku)
            if span.price == shown
        ]
        if shown == now or any(span.until and span.since <= self.clock.now < span.until for span in spans):
            return
        held = "was the shop's price once, and the record of prices does not say when"
        if spans:
            since, until = spans[-1].since.astimezone(zone), spans[-1].until
            end = f"until {until.astimezone(zone):%Y-%m-%d %H:%M}" if until else "and is the last one recorded"
            held = f"was the shop's price from {since:%Y-%m-%d %H:%M} {end}"
        yield f"{sum_text(shown)} {held}; by its files it is {sum_text(now)}"

    def _row_faults(self) -> Iterator[str]:
        """Yield the sums whose labels differ from the shop's, and rows of the order in an unexpected place."""
        words = self.words[self._language]
        for place, key in ((0, "pieces"), (-1, "total")):
            if len(self.order.sums) > 1 and not _same((each := self.order.sums[place]).name, words[key]):
                yield f'{each.row}: the shop calls that "{words[key]}"'
        names = {plain_name(each[key]) for each in self.words.values() for key in ("pieces", "total", "delivery")}
        codes = {plain_name(each.get("code", "")) for each in self.words.values()}
        for row in (*self.order.before, *self.order.after):
            if plain_name(label_of(row).partition(",")[0]) in names:
                yield apart(row)
        yield from (apart(row) for row in self.order.after[1:] if plain_name(label_of(row)) in codes - {""})

    def _lacks_sums(self, paid: Sequence[Sold]) -> bool:
        """Return whether the order is from a page's order link without sums, because the delivery cost is unknown."""
        config = self._config
        unknown = not config.delivery.methods or not CART_HOLDERS.issuperset(config.checkout.provider)
        return self.order.single and paid[0].carried and unknown

    def _code(self, offers: Iterable[Offer]) -> tuple[str, tuple[str, ...]]:
        """Return the code in an order, and its errors."""
        row = self.order.after[0] if self.order.after else ""
        if not (word := self.words[self._language].get("code", "")) or not _same(label_of(row), word):
            return "", ()
        typed = row.partition(":")[2].strip()
        known = any(offer.code.strip().lower() == typed.lower() for offer in offers if offer.code)
        return typed, () if known else (f"{row}: no offer of the shop has this code",)

    def _reduction_faults(self, totals: Totals) -> Iterator[str]:
        names = self._content.offers
        middle = self.order.sums[1:-1]
        rows = [(each.name, each.money) for each in middle if each.money.amount < 0]
        expected = [
            (one_line(names[each.offer].name), Money(-each.amount.amount, each.amount.currency))
            for each in totals.reductions
        ]
        yield from (
            f"{name}: {sum_text(money)} is not what the shop's offers take off at that time"
            for name, money in _without(rows, expected)
        )
        yield from (
            f"the shop takes off {sum_text(Money(-money.amount, money.currency))} for {name}, "
            "and the order does not say so"
            for name, money in _without(expected, rows)
        )
        in_order = [(plain_name(name), money) for name, money in expected]
        found = [(plain_name(each.name), each.money) for each in middle[: len(expected)]]
        if sorted(map(repr, in_order)) == sorted(map(repr, found)) and in_order != found:
            yield "the reductions are not in the shop's order"
        if any(each.money.amount < 0 for each in middle[len(rows) :]):
            yield "a reduction is below the delivery"

    def _delivery_faults(self, totals: Totals, carried: Sequence[Sold]) -> Iterator[str]:
        rows = [each for each in self.order.sums[1:-1] if each.money.amount >= 0]
        if not carried or not self._config.delivery.methods:
            yield from (f"{each.row} is asked, but nothing in it is carried" for each in rows)
            return
        if len(rows) != 1:
            yield f"expected one row with the price of delivery, found {len(rows)}"
            return
        (row,) = rows
        method, rest = self._method(row, carried)
        if method is None:
            yield f'no way of delivery that all of it may take is called "{row.name}"'
            return
        country, postcode = _place(rest)
        yield from self._country_faults(row, method, country)
        weight = sum((Decimal(each.variant.weight or 0) * each.line.count for each in carried), Decimal(0))
        count = sum(each.line.count for each in carried)
        if not method.carries(weight):
            yield f"{row.row}: its parcels are lighter than that"
        cost = method.cost(total=totals.total.amount, count=count, weight=weight)
        more = self._surcharge(method, country, postcode)
        possible = [Money(each + more, self._config.currency) for each in self._costs(totals, method, country, cost)]
        if row.money not in possible:
            yield f"{row.row} is asked, the shop asks {sum_text(possible[0])}"

    def _costs(self, totals: Totals, method: Method, country: str, cost: Decimal) -> list[Decimal]:
        """Return the possible costs of a delivery: 0 if an offer frees it, else *cost*; both for an unknown country."""
        offers = [offer for offer in self._content.offers.values() if offer.id in totals.free_delivery]
        code = self._territories.get(country) if country else method.country(self._config.country)
        countries = (code,) if code else method.countries or ("",)
        free = {any(offer.frees(method, to) for offer in offers) for to in countries}
        return [Decimal(0) if each else cost for each in sorted(free)]

    def _surcharge(self, method: Method, country: str, postcode: str) -> Decimal:
        """Return the surcharge for a postcode. A country that isn't known is that of the shop."""
        code = self._territories.get(country) or method.country(self._config.country)
        found = method.surcharge(code, plain_postcode(postcode))
        return Decimal(0 if found is None else found.price or 0)

    def _method(self, row: Sum, carried: Sequence[Sold]) -> tuple[Method | None, str]:
        """Return the delivery method that a row names, and what follows it. The longest matching name is used."""
        may = [set(each.product.delivery.methods) for each in carried if each.product.delivery]
        label, word = plain_name(row.name), self.words[self._language]["delivery"]
        methods = {method.id: method for method in self._config.delivery.methods}
        for each in sorted(self.configs[self._language].delivery.methods, key=lambda each: -len(each.name)):
            start = plain_name(f"{word}, {one_line(each.name)}")
            if all(each.id in names for names in may if names) and f"{label},".startswith(f"{start},"):
                return methods[each.id], label[len(start) + 1 :]
        return None, ""

    @functools.cached_property
    def _territories(self) -> Mapping[str, str]:
        """The country codes by the countries' names in the order's language."""
        territories = Locale.parse(self._language, sep="-").territories
        return {plain_name(name): code for code, name in territories.items()}

    def _country_faults(self, row: Sum, method: Method, country: str) -> Iterator[str]:
        """Yield an error if the row's country doesn't fit the method. Browsers may use other names for a country."""
        known = self._territories.get(country, "")
        if known and method.countries and known not in method.countries:
            yield f"{row.row}: it does not go there"


def _place(text: str) -> tuple[str, str]:
    """Return the country and the postcode at the end of a row. Either may be missing. Only a postcode has digits."""
    country, _, postcode = text.rpartition(",")
    return (country.strip(), postcode) if any(each.isdigit() for each in postcode) else (text, "")


def _name(product: Product, variant: Sellable) -> str:
    choice = ", ".join(product.label(value) for _, value in variant.options)
    return one_line(f"{product.name}, {choice}" if choice else product.name)


def _same(one: str, other: str) -> bool:
    return plain_name(one) == plain_name(other)


def _cart_line(sold: Sold, offers: Iterable[Offer]) -> CartLine:
    about = frozenset(offer.id for offer in offers if offer.covers(sold.product))
    return CartLine(sold.product.id, sold.line.price, sold.line.count, about)


def _free_faults(free: Iterable[Sold], totals: Totals, offers: Iterable[Offer]) -> Iterator[str]:
    given = [offer for offer in offers if offer.id in totals.free]
    for each in free:
        offer = next((offer for offer in given if each.product.id in {offer.gift, *offer.samples}), None)
        if offer is None or each.line.count != 1:
            yield f"{each.line.count} × {each.line.name} is free in it, and no offer gives that"
        else:
            given.remove(offer)


def _without(rows: Iterable[tuple[str, Money]], others: Iterable[tuple[str, Money]]) -> Iterator[tuple[str, Money]]:
    """Yield the rows that are not in *others*."""
    left = [(plain_name(name), money) for name, money in others]
    for name, money in rows:
        if (row := (plain_name(name), money)) in left:
            left.remove(row)
        else:
            yield name, money
