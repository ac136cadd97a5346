"""Mistakes in the services of site.yaml that types can't express."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.fields import FaultyPlaces
from storegen.model.services import LONGEST, Service, allowed_fault, is_service_id
from storegen.yaml import Place


def service_faults(services: tuple[Service, ...], faulty_places: FaultyPlaces) -> Iterator[tuple[Place, str]]:
    """Yield services with an invalid or repeated id or without a price, and invalid limits of texts."""
    first: dict[str, int] = {}
    for number, service in enumerate(services):
        place: Place = ("services", number)
        if not is_service_id(service.id):
            yield (*place, "id"), f'expected small letters, digits and hyphens like engraving, found "{service.id}"'
        if (other := first.setdefault(service.id, number)) != number:
            yield (*place, "id"), f'the id "{service.id}" is already that of services.{other}; each needs its own'
        if service.price is None and not service.prices and not faulty_places.covers((*place, "price")):
            yield place, '"price" is missing'
        if service.text is not None:
            if not 1 <= service.text.limit <= LONGEST:
                yield (*place, "text", "limit"), f"expected a number from 1 to {LONGEST}, found {service.text.limit}"
            if fault := allowed_fault(service.text.allowed):
                yield (*place, "text", "allowed"), fault
