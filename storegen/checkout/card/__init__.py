"""Payment of the shop's own cart at a payment service, through a function that the build generates."""

from __future__ import annotations

from storegen.checkout.card.hosts import HOSTS, FunctionFile, Host
from storegen.checkout.card.provider import FACTS, Card
from storegen.checkout.card.services import SERVICES, Service

__all__ = ["FACTS", "HOSTS", "SERVICES", "Card", "FunctionFile", "Host", "Service"]
