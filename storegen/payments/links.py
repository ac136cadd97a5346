"""Make payment links by Stripe's API, and write them to content/checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from storegen.checkout.service_units import service_units
from storegen.model.payment import PayLink
from storegen.model.scalars import Amount
from storegen.payments.link_file import with_links
from storegen.payments.link_plan import AccountLink, LinkPlan, Replaced, account_link
from storegen.payments.stripe_api import StripeApi, StripeRefusedError, pairs_of
from storegen.payments.wanted import Rate, WantedLink, minor_units
from storegen.write.disk import replace_file

_LINKS = "/v1/payment_links"
_RATES = "/v1/shipping_rates"
_LONGEST_NAME = 250


class Refused(NamedTuple):
    """A link that Stripe refused to make, with its words."""

    wanted: WantedLink
    why: str


def account_links(api: StripeApi, *, lines: bool = False) -> Iterator[AccountLink]:
    """Yield the payment links of the account, with their prices if *lines*."""
    more = {"expand": ["data.line_items"]} if lines else {}
    yield from map(account_link, api.all(_LINKS, **more))


class LinkWriter:
    """The file with the links of one market. Each change is written at once, so that nothing made is ever lost."""

    def __init__(self, path: Path, text: str, entries: Mapping[str, tuple[PayLink, ...]]) -> None:
        self._path = path
        self._text = text
        self._links = dict(entries)

    def add(self, sku: str, link: PayLink) -> None:
        """Add a link of an article after its others, in place of one with the same price and the same offers."""
        own = (link.price, set(link.offers))
        rest = [each for each in self._links.get(sku, ()) if (each.price, set(each.offers)) != own]
        self._write(sku, (*rest, link))

    def remove(self, sku: str, link: PayLink) -> None:
        """Remove a link of an article that has another one."""
        rest = tuple(each for each in self._links[sku] if each.target != link.target)
        if rest and rest != self._links[sku]:
            self._write(sku, rest)

    def _write(self, sku: str, links: tuple[PayLink, ...]) -> None:
        self._text = with_links(self._text, sku, links)
        self._links[sku] = links
        replace_file(self._path, self._text.encode())


def make_links(
    plan: LinkPlan, api: StripeApi, writer: LinkWriter, shop: str, *, progress: Callable[[int, int], None]
) -> list[Refused]:
    """Make the links of a plan, and write each one. Returns those that Stripe refused. Raises StripeError.

    *shop* is the mark of the shop's links. *progress* is called with the number of links that are written and of
    all.
    """
    rates = _Rates(api)
    refused: list[Refused] = []
    total = len(plan.adopt) + len(plan.make)
    for done, (wanted, url) in enumerate(plan.adopt, 1):
        writer.add(wanted.sku, _entry(wanted, url))
        progress(done, total)
    for done, wanted in enumerate(plan.make, len(plan.adopt) + 1):
        try:
            parameters = _parameters(wanted, rates, shop)
            found = api.post(_LINKS, parameters, once=_once(parameters, plan.before.get(wanted.digest, 0)))
        except StripeRefusedError as error:
            refused.append(Refused(wanted, str(error)))
        else:
            writer.add(wanted.sku, _entry(wanted, found["url"]))
        progress(done, total)
    return refused


def deactivate(replaced: Iterable[Replaced], api: StripeApi, writer: LinkWriter) -> Iterator[Replaced]:
    """Deactivate links that storegen made and pages don't use, and remove them from the file. Yield those done.

    Stripe keeps them. They can be activated again there.
    """
    for each in replaced:
        if each.id:
            api.post(f"{_LINKS}/{each.id}", {"active": False})
            writer.remove(each.sku, each.link)
            yield each


def _entry(wanted: WantedLink, url: str) -> PayLink:
    return PayLink(link=url, price=Amount(wanted.price.amount), offers=wanted.offers)


def _parameters(wanted: WantedLink, rates: _Rates, shop: str) -> dict[str, object]:
    """Return the parameters of a payment link: one piece, its gifts, its delivery."""
    product = {"name": wanted.name[:_LONGEST_NAME], "metadata": {"sku": wanted.sku}}
    product |= {"description": wanted.choice} if wanted.choice else {}
    product |= {"images": [wanted.picture]} if wanted.picture else {}
    gifts = [_line(wanted, {"name": name[:_LONGEST_NAME]}, 0) for name in wanted.gifts]
    parameters: dict[str, object] = {
        "line_items": [_line(wanted, product, _units(wanted)), *gifts],
        "metadata": {"sku": wanted.sku, "shop": shop, "storegen": wanted.digest},
    }
    if wanted.codes:
        parameters["allow_promotion_codes"] = True
    if wanted.countries:
        parameters["shipping_address_collection"] = {"allowed_countries": list(wanted.countries)}
    if wanted.rates:
        parameters["shipping_options"] = [{"shipping_rate": rates.id_of(rate)} for rate in wanted.rates]
    return parameters


def _line(wanted: WantedLink, product: Mapping[str, object], amount: int) -> dict[str, object]:
    data = {"currency": wanted.price.currency.lower(), "unit_amount": amount, "product_data": product}
    return {"price_data": data, "quantity": 1}


def _units(wanted: WantedLink) -> int:
    units = service_units("stripe", wanted.price.currency)
    amount = minor_units(wanted.price, units) if units else None
    assert amount is not None
    return amount


def _once(parameters: Mapping[str, object], before: int = 0) -> str:
    """Return an idempotency key: the same link, asked for again after an interruption, is made once.

    *before* is the number of such links that were made earlier and closed.
    """
    asked = urlencode([*pairs_of(parameters), ("before", str(before))])
    return f"storegen-{hashlib.sha256(asked.encode()).hexdigest()[:40]}"


class _Rates:
    """The shipping rates of the account by delivery method and price. Missing ones are made when they are needed."""

    def __init__(self, api: StripeApi) -> None:
        self._api = api
        self._known: dict[str, str] | None = None

    def id_of(self, rate: Rate) -> str:
        """Return the id of a rate at Stripe."""
        if self._known is None:
            found = self._api.all(_RATES, active=True)
            self._known = {each["metadata"]["storegen"]: each["id"] for each in found if "storegen" in each["metadata"]}
        units = service_units("stripe", rate.cost.currency)
        amount = minor_units(rate.cost, units) if units else None
        mark = f"{rate.name} {amount} {rate.cost.currency}"
        if mark not in self._known:
            parameters: dict[str, object] = {
                "display_name": rate.name[:100],
                "type": "fixed_amount",
                "fixed_amount": {"amount": amount, "currency": rate.cost.currency.lower()},
                "metadata": {"storegen": mark},
            }
            self._known[mark] = str(self._api.post(_RATES, parameters, once=_once(parameters))["id"])
        return self._known[mark]
