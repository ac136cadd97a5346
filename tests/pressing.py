"""Orders for a shop's payment function, run in Node.js with a payment service that only records what it is asked."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from tests.conftest import ROOT
from tests.shop import NOW, Shop
from tests.theme.test_scripts import find_node

PAGE = "https://checkout.stripe.com/c/pay/cs_test_1"
ANSWER: dict[str, Any] = {"https://api.stripe.com/v1/checkout/sessions": {"body": json.dumps({"url": PAGE})}}
KEY = "rk_test_" + "f" * 24
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}


class Call(msgspec.Struct):
    """A request to the payment service."""

    url: str
    method: str
    headers: dict[str, str]
    body: str


class Result(msgspec.Struct):
    """The function's answer."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def to(self) -> str:
        """Where a redirect leads, empty for none."""
        return self.headers.get("location", "")


class Pressed(NamedTuple):
    """What the function answered, what it asked the service for, and what it logged."""

    results: list[Result]
    calls: list[Call]
    log: list[str]


def order(lines: Mapping[str, object], **fields: object) -> dict[str, Any]:
    """Return the request of an order. A field with a list is sent several times."""
    pairs = [("line", f"{sku}:{count}") for sku, count in lines.items()]
    for name, value in fields.items():
        pairs += [(name.rstrip("_"), str(each)) for each in (value if isinstance(value, list) else [value])]
    return {"path": "/api/checkout", "headers": FORM, "body": urlencode(pairs)}


def function_of(shop: Shop) -> Path:
    """Return the shop's payment function as a module for Node.js."""
    found = [shop.output / "_worker.js", *shop.folder.glob("netlify/functions/*.mjs"), *shop.folder.glob("*/*.mjs")]
    module = next(file for file in found if file.exists())
    copy = shop.folder / "function.mjs"
    shutil.copyfile(module, copy)
    return copy


def press(
    shop: Shop,
    requests: Sequence[Mapping[str, Any]],
    *,
    env: Mapping[str, str] | None = None,
    now: str = NOW.isoformat(),
    answers: Mapping[str, Any] = ANSWER,
    files: Mapping[str, str] | None = None,
) -> Pressed:
    """Send requests to the shop's function, one after the other. A request may have its own moment *at*."""
    given = {
        "module": str(function_of(shop)),
        "env": {"STRIPE_KEY": KEY} if env is None else env,
        "now": now,
        "files": files or _files(shop),
        "answers": answers,
        "requests": requests,
    }
    command = [find_node(), str(ROOT / "tests/scripts/press.mjs")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Pressed(*(msgspec.convert(told[name], kind) for name, kind in _TOLD.items()))


_TOLD: dict[str, Any] = {"results": list[Result], "calls": list[Call], "log": list[str]}


def _files(shop: Shop) -> dict[str, str]:
    folder = shop.output / "checkout" / "prices"
    return {f"/checkout/prices/{file.name}": file.read_text() for file in folder.glob("*.json")}
