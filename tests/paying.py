"""Shops of five products, each paid in another way, for the tests of payment providers."""

from __future__ import annotations

from collections.abc import Mapping

from tests.conftest import FIVE
from tests.shop import SITE

KEY = "a key of these tests only"
SOLD = ("RG-014-16", "RG-014-17", "RG-001", "ER-002", "ER-003", "CA-001")

_SETTINGS = {
    "whatsapp": "whatsapp: {to: +358 40 123 4567}",
    "telegram": 'telegram: {to: "@test_shop"}',
    "line": 'line: {to: "@test-shop"}',
    "kakaotalk": "kakaotalk: {to: _ZeUTxl}",
    "stripe": "stripe: {publishable_key: pk_test_abc, code: SPRING10}",
    "snipcart": "snipcart: {public_key: key}",
    "foxy": "foxy: {domain: test-shop, category: silver}",
    "shopify": "shopify: {domain: test-shop.myshopify.com, code: SPRING10}",
    "ucp": "ucp: {endpoint: https://store.example/permalink, code: SPRING10}",
    "lemonsqueezy": "lemonsqueezy: {code: SPRING10}",
    "paddle": f"paddle: {{token: test_{'a1' * 13}, code: SPRING10}}",
}
_ENTRIES = {
    "stripe": "https://buy.stripe.com/test_{}",
    "stripe buttons": "buy_btn_{}",
    "paypal": "https://www.paypal.com/ncp/payment/{}",
    "paypal buttons": "ABCDEFGH{}",
    "shopify": "4012345678901{}",
    "ucp": "gid://ring/{}",
    "square": "https://square.link/u/{}",
    "gumroad": "https://silver.gumroad.com/l/{}",
    "lemonsqueezy": "https://test-shop.lemonsqueezy.com/buy/{}",
    "paddle": "pri_01abcdefgh{}",
    "paddle links": "https://sandbox-pay.paddle.io/hsc_{}",
    "link": "https://pay.example/{}",
}
ALL = (
    "order whatsapp telegram line kakaotalk card stripe paypal snipcart foxy shopify ucp square gumroad lemonsqueezy paddle link"
).split()


def paid_by(*names: str, more: str = "") -> Mapping[str, str | bytes]:
    """Return the files of a shop; ``stripe buttons`` is Stripe with buttons. *more* are further lines of checkout."""
    providers = [name.split()[0] for name in names]
    lines = [
        f"  provider: [{', '.join(providers)}]",
        *(f"  {_SETTINGS[name]}" for name in providers if name in _SETTINGS),
    ]
    files: dict[str, str | bytes] = {"site.yaml": f"{SITE}checkout:\n" + "\n".join(lines) + f"\n{more}"}
    for name, provider in zip(names, providers, strict=True):
        if name in _ENTRIES:
            rows = (f"{sku}: {_ENTRIES[name].format(place)}" for place, sku in enumerate(SOLD))
            files[f"content/checkout/{provider}.yaml"] = "\n".join(rows) + "\n"
    return FIVE | files
