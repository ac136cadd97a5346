"""Checks of single duties: what a shop lacks, each with its file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import msgspec

from storegen.duties.duty import Duty
from storegen.duties.order_button import WORDS
from storegen.duties.words import KOREAN_DIGITS, MODEL_FORMS, NOTICE_FILES, NOTICE_SLUGS, in_language
from storegen.errors import Problem, StoregenError
from storegen.files import read_text
from storegen.forms import EMAIL, service_of
from storegen.load.sources import line_of, record_source
from storegen.model.product import Product, variants_of
from storegen.model.regions import EU
from storegen.views.safety import maker_of, responsible_of
from storegen.views.shop import Shop
from storegen.yaml import Place

# Names of payment methods: without credit, and credit. All others may involve credit, as cards do.
_DEBIT = ("bank transfer", "pankkisiirto", "tilisiirto", "verkkopankki", "swish", "banköverföring", "direktbetalning")
_CREDIT = (
    *("klarna", "walley", "collector", "svea", "qliro", "riverty", "resurs", "afterpay", "clearpay", "affirm"),
    *("lasku", "osamaksu", "erämaksu", "faktura", "delbetal", "invoice", "instalment"),
)
_CLOSED_PLATFORM = ("ec.europa.eu/consumers/odr", "ec.europa.eu/odr")
_LEAST_YEARS = 2  # of a guarantee with the label: more than two, Directive 2011/83/EU, article 2(14a)
_KOREAN_DAYS = 7


class Case(msgspec.Struct, frozen=True):
    """A shop in its first language, with its folder, its published products and their groups of goods."""

    site: Path
    shop: Shop
    products: tuple[tuple[Product, str], ...]

    def setting(self, key: str, message: str) -> Problem:
        """Return a problem with a key of site.yaml."""
        return Problem("site.yaml", line_of(self.site, "site.yaml", tuple(key.split("."))), key, message)

    def product(self, product: Product, place: Place, message: str) -> Problem:
        """Return a problem with a key of a product."""
        return record_source(self.site, product.file, product.id).problem(place, message)

    def sent(self, goods: tuple[str, ...] = ()) -> Iterator[Product]:
        """Yield the products that are sent in parcels, of some groups of *goods* if there are any."""
        for product, group in self.products:
            if not product.digital and (not goods or group in goods):
                yield product


Check = Callable[[Case, Duty], Iterator[Problem]]


def _withdrawal(case: Case, duty: Duty) -> Iterator[Problem]:
    settings = case.shop.config.duties.withdrawal
    if not case.shop.drawn_page("withdrawal"):
        name = case.shop.config.theme.name
        message = f"the theme {name} has no pages/duty.html, so pages have no withdrawal function"
        yield case.setting("theme.name", message)
    address = case.shop.config.form_address("withdrawal")
    if not address:
        yield case.setting("forms.withdrawal", "is missing, or company.email: withdrawals have nowhere to go")
    elif service_of(address) is not EMAIL and not settings.receipt:
        message = "the law asks for a receipt by e-mail with content, date and time; when your form service sends one, "
        yield case.setting("duties.withdrawal", f"{message}write receipt: yes")


def _model_form(case: Case, duty: Duty) -> Iterator[Problem]:
    if any(page.layout == "withdrawal" for page in case.shop.content.pages.values()):
        return
    if not case.shop.drawn_page("withdrawal"):
        yield Problem("content/pages/withdrawal.md", 0, "", "is missing: a page with layout: withdrawal")
    lacking = [code for code in _european(case.shop) if in_language(MODEL_FORMS, code) is None]
    if lacking:
        message = f"the model form in {', '.join(lacking)} is left to you: write it into a page with layout: withdrawal"
        yield case.setting("languages", message)


def _notice(case: Case, duty: Duty) -> Iterator[Problem]:
    pictures = case.shop.config.duties.guarantee_notice.pictures
    wanted = _european(case.shop) or ["en"]
    lacking = [code for code in wanted if in_language(pictures, code) is None]
    if lacking:
        message = (
            f"the official picture in {', '.join(lacking)} is missing; it is at {NOTICE_FILES}; put it into "
            f"content/media and write pictures: {{{lacking[0]}: media/notice-{lacking[0]}.png}}"
        )
        yield case.setting("duties.guarantee_notice.pictures", message)


def _european(shop: Shop) -> list[str]:
    """Return the shop's languages that are official in the European Union."""
    return [code for code in shop.languages if in_language(NOTICE_SLUGS, code) is not None]


def _label(case: Case, duty: Duty) -> Iterator[Problem]:
    for product in case.sent():
        found = product.guarantee
        if found is None:
            continue
        if found.years <= _LEAST_YEARS or found.years % Decimal("0.5"):
            message = f'expected more than {_LEAST_YEARS} years, whole or half; found "{found.years}"'
            yield case.product(product, ("guarantee", "years"), message)
        if not found.label:
            message = f"the official label is missing; make it with the file at {NOTICE_FILES}"
            yield case.product(product, ("guarantee", "label"), message)


def _safety(case: Case, duty: Duty) -> Iterator[Problem]:
    for product in case.sent():
        maker = maker_of(case.shop, product)
        if maker is None:
            message = (
                "the maker is missing; write maker: {name, address, contact, country} here, or duties.safety in "
                "site.yaml: makers by brand, or own: yes if you make your products"
            )
            yield case.product(product, ("safety",), message)
        elif not (maker.name and maker.address and maker.contact):
            yield case.setting("company", "the maker needs name, postal address and e-mail; they come from here")
            return
        elif maker.country not in EU and responsible_of(case.shop, product) is None:
            where = f"is in {maker.country}" if maker.country else "has no country"
            message = f"the maker {where}; write responsible: {{name, address, contact, country}} here or in site.yaml"
            yield case.product(product, ("safety",), message)
        if not (product.images or any(variant.image for variant in variants_of(product))):
            yield case.product(product, ("images",), "each offer needs a picture of the product")


def _toys(case: Case, duty: Duty) -> Iterator[Problem]:
    for product in case.sent(duty.goods):
        if not (product.safety and product.safety.warnings.strip()):
            message = "a toy needs its warnings, such as the lowest age; write warnings"
            yield case.product(product, ("safety",), message)
            continue
        for language, other in case.shop.others.items():
            same = other.content.products[product.id]
            if language != case.shop.language and same.safety and same.safety.warnings == product.safety.warnings:
                message = f"the warnings are not in {language}; translate safety.warnings"
                yield case.product(product, ("safety", "warnings"), message)


def _unit_price(case: Case, duty: Duty) -> Iterator[Problem]:
    for product in case.sent(duty.goods):
        if not any(variant.unit_price for variant in variants_of(product)):
            message = "goods sold by measure need unit_price: {content: 250 g, per: 1 kg}"
            yield case.product(product, ("unit_price",), message)


def _specs(case: Case, duty: Duty) -> Iterator[Problem]:
    groups = () if "goods" in duty.goods else duty.goods
    for product in case.sent(groups):
        if not product.specs:
            yield case.product(product, ("specs",), f"is missing: {duty.what[0].lower()}{duty.what[1:]}")


def _history(case: Case, duty: Duty) -> Iterator[Problem]:
    shop = case.shop
    reduced = any(product.compare_at_price is not None for product, _ in case.products) or any(
        offer.kind == "sale" for offer in shop.content.offers.values()
    )
    if reduced and not shop.config.proves_prices:
        yield case.setting("lowest_price", "reduced prices need the history of prices; write lowest_price: yes")


def _button(case: Case, duty: Duty) -> Iterator[Problem]:
    known = {text.casefold() for each in WORDS.values() for text in (each.words, each.statutory) if text}
    for name, words in case.shop.config.checkout.methods.items():
        if words.text and words.text.casefold() not in known and case.shop.provider.in_sheet(name):
            message = f'"{words.text}" replaces the words of the law on the order button; leave text out'
            yield case.setting(f"checkout.methods.{name}.text", message)


def _platform(case: Case, duty: Duty) -> Iterator[Problem]:
    files = [*case.site.glob("site*.yaml"), *(case.site / "content").rglob("*.*")]
    for path in sorted(path for path in files if path.suffix in {".md", ".yaml"} and path.is_file()):
        file = path.relative_to(case.site).as_posix()
        try:
            text = read_text(case.site, file)
        except (StoregenError, OSError):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if any(address in line for address in _CLOSED_PLATFORM):
                yield Problem(file, number, "", "the platform for online dispute resolution is closed; take it out")


def _payment_order(case: Case, duty: Duty) -> Iterator[Problem]:
    payments = case.shop.config.payments
    ranks = [_rank(name) for name in payments]
    for number, (name, rank) in enumerate(zip(payments, ranks, strict=True)):
        if rank > min(ranks[number:]):
            message = f'"{name}" may involve credit more than a method after it; credit comes last'
            yield case.setting(f"payments.{number}", message)
            return


def _rank(name: str) -> int:
    """Return how far a payment method may involve credit: 0 never, 1 perhaps, 2 always."""
    text = name.casefold()
    if any(word in text for word in _DEBIT):
        return 0
    return 2 if any(word in text for word in _CREDIT) else 1


def _tax_included(case: Case, duty: Duty) -> Iterator[Problem]:
    if not case.shop.config.tax.included:
        yield case.setting("tax.included", "prices have to include the tax")


def _rupiah(case: Case, duty: Duty) -> Iterator[Problem]:
    if case.shop.config.currency != "IDR":
        yield case.setting("currency", f'expected IDR, found "{case.shop.config.currency}"')
    yield from _tax_included(case, duty)


def _terms(case: Case, duty: Duty) -> Iterator[Problem]:
    page = case.shop.content.pages.get("terms")
    if page is None or page.status != "published":
        yield Problem("content/pages/terms.md", 0, "", "is missing: the terms, which the foot of every page links to")


def _seven_days(case: Case, duty: Duty) -> Iterator[Problem]:
    returns = case.shop.config.returns
    if returns is not None and returns.days < _KOREAN_DAYS:
        yield case.setting("returns.days", f'expected at least {_KOREAN_DAYS}, found "{returns.days}"')


def _korean_number(case: Case, duty: Duty) -> Iterator[Problem]:
    number = case.shop.config.company.business_id
    if number and sum(sign.isdigit() for sign in number) != KOREAN_DIGITS:
        message = f'expected {KOREAN_DIGITS} digits for the link to the public record, found "{number}"'
        yield case.setting("company.business_id", message)


def _number(country: str, name: str) -> Check:
    def check(case: Case, duty: Duty) -> Iterator[Problem]:
        if not any(each.country == country for each in case.shop.config.company.numbers):
            message = f"write your number: {{name: {name}, number: …, country: {country}}}"
            yield case.setting("company.numbers", message)

    return check


CHECKS: Mapping[str, Check] = {
    "button": _button,
    "history": _history,
    "korean_number": _korean_number,
    "label": _label,
    "model_form": _model_form,
    "notice": _notice,
    "number_DE": _number("DE", "WEEE-Reg.-Nr."),
    "number_FR": _number("FR", "IDU (emballages)"),
    "odr": _platform,
    "payment_order": _payment_order,
    "rupiah": _rupiah,
    "safety": _safety,
    "seven_days": _seven_days,
    "specs": _specs,
    "tax_included": _tax_included,
    "terms": _terms,
    "toys": _toys,
    "unit_price": _unit_price,
    "withdrawal": _withdrawal,
}
