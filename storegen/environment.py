"""The names of the environment variables that contain a merchant's secrets."""

from __future__ import annotations

ORDER_KEY = "STOREGEN_ORDER_KEY"
FOXY_KEY = "STOREGEN_FOXY_KEY"
# Those of the payment function. A build doesn't need them; it only makes sure that none of them is published.
FUNCTION_KEYS = ("STRIPE_KEY", "PAYPAL_SECRET", "MOLLIE_KEY", "PAYTRAIL_SECRET", "TOSS_KEY", "MIDTRANS_KEY")
SECRETS = (ORDER_KEY, FOXY_KEY, *FUNCTION_KEYS)
