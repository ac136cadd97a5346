"""Forms of a shop: kinds of forms, and the services that receive what visitors write."""

from storegen.forms.filled import FilledForm, fill_form
from storegen.forms.kinds import FIELDS, KINDS, PAGES, Field, Kind
from storegen.forms.services import EMAIL, SERVICES, Service, address_fault, service_of

__all__ = [
    "EMAIL",
    "FIELDS",
    "KINDS",
    "PAGES",
    "SERVICES",
    "Field",
    "FilledForm",
    "Kind",
    "Service",
    "address_fault",
    "fill_form",
    "service_of",
]
