"""Verify the services in an order: which services the shop has, what they cost, and what buyers may write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from storegen.checkout.order_reading import OrderLine, with_their_services
from storegen.model.money import Money, sum_text
from storegen.model.services import Service, text_fits


def service_faults(lines: Sequence[OrderLine], services: Mapping[str, Sequence[Service]]) -> Iterator[str]:
    """Yield the services in an order that differ from what the shop would write.

    *services* are those of the shop by id: first in the language of the order, which has its prices, then in the
    others.
    """
    if lines and lines[0].service:
        yield f"{lines[0].row}: the shop writes a service below its article"
    for article, chosen in with_their_services(lines):
        for line in chosen:
            if found := services.get(line.service):
                yield from (f"{line.row}: {why}" for why in _faults(article, line, found))
            else:
                yield f'no service "{line.service}" is in the shop'
        for line in chosen[1:]:
            if [each.service for each in chosen].count(line.service) > 1:
                yield f"{line.row}: a service is there once for each article"


def _faults(article: OrderLine, line: OrderLine, services: Sequence[Service]) -> Iterator[str]:
    service = services[0]
    count = service.count(article.count)
    if line.count != count:
        yield f"the shop charges it {count} times for {article.count} pieces"
    price = None if service.price is None else Money(service.price, article.price.currency)
    if price != line.price:
        yield f"by the shop's files it is {sum_text(price)}" if price else "it has no price there"
    texts = list(_texts(line.name, services))
    if not texts:
        yield f'the shop writes "{service.name}"'
    elif not any(text_fits(service.text, text) for text in texts):
        yield "the shop does not take this text"


def _texts(name: str, services: Iterable[Service]) -> Iterator[str]:
    """Yield the buyer's text in a row's *name*, for each language in which the name fits."""
    for each in services:
        if name == each.name:
            yield ""
        elif name.startswith(f"{each.name}: "):
            yield name[len(each.name) + 2 :]
