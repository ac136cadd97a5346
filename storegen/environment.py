"""The names of the environment variables that contain a merchant's secrets."""

from __future__ import annotations

ORDER_KEY = "STOREGEN_ORDER_KEY"
FOXY_KEY = "STOREGEN_FOXY_KEY"
SECRETS = (ORDER_KEY, FOXY_KEY)
