"""The same payment function in the runtimes of hosts, with a payment service on this machine."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
import stripe.params.checkout._session_create_params as stripe_types

from tests.conftest import MakeShop
from tests.paying import paid_by
from tests.payment_hosts import HOSTS, Asked, ask, payment_service
from tests.pressing import KEY, PAGE
from tests.shop import Shop
from tests.theme.test_scripts import find_node
from tests.typed_requests import faults, nested

# Where somebody may look for the function as a file.
FILES = (
    "/_worker.js",
    "/%5Fworker.js",
    "/_worker.js/",
    "/function/server.mjs",
    "/server.mjs",
    "/main.mjs",
    "/api/checkout.mjs",
)
ORDER = {"line": "RG-001:2", "total": "10390", "lang": "en", "country": "FI"}


def shop_for(make_shop: MakeShop, host: str) -> Shop:
    shop = make_shop(dict(paid_by("card", "order", more=f"  card: {{host: {host}}}\n")))
    shop.build()
    return shop


def accepted(asked: list[Asked]) -> None:
    """Check the single request for a payment."""
    (found,) = asked
    assert found.path == "/v1/checkout/sessions"
    assert found.headers["authorization"] == f"Bearer {KEY}"
    assert list(faults(nested(found.body), stripe_types.SessionCreateParams, stripe_types)) == []


@pytest.mark.parametrize("name", HOSTS)
def test_function_runs_on_the_host(name: str, make_shop: MakeShop, tmp_path: Path) -> None:
    host = HOSTS[name]
    shop = shop_for(make_shop, host.name)
    with payment_service() as (service, asked), host.run(shop, service, tmp_path) as port:
        good = ask(port, "POST", "/api/checkout", ORDER)
        changed = ask(port, "POST", "/api/checkout", ORDER | {"total": "1"})
        huge = ask(port, "POST", "/api/checkout", ORDER | {"code": "x" * 100_000})
        told = ask(port, "GET", "/api/checkout")
        page = ask(port, "GET", "/products/plain-band/index.html" if name == "workerd" else "/products/plain-band/")
        files = [ask(port, "GET", path) for path in FILES]

    assert good[:2] == (303, PAGE)
    assert changed[:2] == (303, "/cart/#changed")
    assert huge[0] == 413
    assert json.loads(told[2])["mode"] == "test"
    accepted(asked)
    has_pages = host.name == "cloudflare"
    assert page[0] == (200 if has_pages else 404)
    assert not has_pages or page[2] == shop.text("products/plain-band/index.html")
    # workerd alone has no rules of Cloudflare Pages, which never sends its two files.
    assert name == "workerd" or not [each for each in files if each[0] == 200 or "SETTINGS" in each[2]]


def test_function_runs_behind_the_events_of_lambda(make_shop: MakeShop, tmp_path: Path) -> None:
    shop = shop_for(make_shop, "lambda")
    (tmp_path / "call.mjs").write_text(
        "import { readFileSync } from 'node:fs';\n"
        f"globalThis.fetch = async () => Response.json({{ url: '{PAGE}' }});\n"
        f"const {{ handler }} = await import('{(shop.folder / 'function/index.mjs').as_uri()}');\n"
        "const events = JSON.parse(readFileSync(0, 'utf8'));\n"
        "const found = [];\n"
        "for (const event of events) found.push(await handler(event));\n"
        "console.log(JSON.stringify(found));\n"
    )
    event = {
        "version": "2.0",
        "rawPath": "/api/checkout",
        "rawQueryString": "",
        "headers": {"content-type": "application/x-www-form-urlencoded", "origin": "https://shop.example"},
        "requestContext": {"http": {"method": "POST"}, "domainName": "pay.example"},
        "isBase64Encoded": True,
        "body": base64.b64encode(urlencode(ORDER).encode()).decode(),
    }
    get = event | {"body": None, "isBase64Encoded": False, "requestContext": {"http": {"method": "GET"}}}
    plain = event | {"body": urlencode(ORDER), "isBase64Encoded": False}
    told = subprocess.run(
        [find_node(), str(tmp_path / "call.mjs")],
        input=json.dumps([event, plain, get]),
        env={"PATH": os.environ["PATH"], "STRIPE_KEY": KEY},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second, third = json.loads(told.stdout)

    assert (first["statusCode"], first["headers"]["location"]) == (303, PAGE)
    assert second == first
    assert json.loads(third["body"])["mode"] == "test"
