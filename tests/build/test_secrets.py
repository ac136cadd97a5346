"""Secrets that would be published: a merchant's own in every spelling, and keys of the usual makers."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storegen.checkout.secrets import find_secrets, finder
from storegen.errors import RenderError
from storegen.outputs import encode
from tests.conftest import ROOT
from tests.shop import Shop

A = "aB3" * 40
HEX = "0123456789abcdef" * 5


@pytest.mark.parametrize(
    "key",
    [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "AKIAIOSFODNN7EXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        *(f"{head}_{A[:36]}" for head in ("ghp", "gho", "ghu", "ghs", "ghr")),
        f"github_pat_{A[:22]}_{A[:59]}",
        f"glpat-{A[:20]}",
        f"npm_{A[:36]}",
        f"xoxb-123456789012-123456789012-{A[:24]}",
        f"https://hooks.slack.com/services/T12345678/B12345678/{A[:24]}",
        f"SG.{A[:22]}.{A[:43]}",
        f"123456789:AA{A[:33]}",
        f"1234567890:AA{A[:33]}",
        f"sq0atp-{A[:22]}",
        f"sq0csp-{A[:43]}",
        f"EAAA{A[:60]}",
        f"EAA{A}",
        f"access_token$production${HEX[:16]}${HEX[:32]}",
        f"cs_{HEX[:40]}",
        f"{HEX[:32]}-us14",
        f"key-{HEX[:32]}",
        f"SK{HEX[:32]}",
        f"xkeysib-{HEX[:64]}-{A[:16]}",
        f"GOCSPX-{A[:28]}",
        f"sk-ant-api03-{A[:93]}",
        f"sk-proj-{A[:80]}",
        f"sk-{A[:48]}",
        f"dop_v1_{HEX[:64]}",
        f"eyJ{A[:20]}.eyJ{A[:30]}.{A[:43]}",
        f"shpat_{HEX[:32]}",
        f"sk\\_live\\_{A[:24]}",
    ],
)
@pytest.mark.parametrize("around", ["{}", 'x="{}"', "<p>{}</p>", "key={}&x", "a {}."])
def test_keys_of_makers_are_known(key: str, around: str) -> None:
    assert list(find_secrets(around.format(key).encode()))


@given(st.integers(0, 200))
def test_key_is_found_in_an_encoded_context_whatever_the_length_of_its_text(length: int) -> None:
    assert list(find_secrets(encode([f"sk_live_{A[:24]}{'.' * length}"])))


@pytest.mark.parametrize(
    "text",
    ["summary: {}", "description: 'Text {}'", "specs: {{Key: '{}'}}", "questions: [{{question: Q, answer: '{}'}}]"],
)
def test_build_stops_where_a_key_would_stand_in_any_page(tmp_path: Path, text: str) -> None:
    files = {f"content/products/p{number}.yaml": f"name: P\nsku: P{number}\nprice: 1.00\n" for number in range(3)}
    files["content/categories/rings.yaml"] = "name: Rings\n"
    files["content/products/p1.yaml"] += text.format(f"SG.{A[:22]}.{A[:43]}")

    with pytest.raises(
        RenderError, match=r"^content/products/p1\.yaml:4: [a-zA-Z.0]+: a secret key would reach the output"
    ):
        Shop(tmp_path, files).build()


@pytest.mark.parametrize("file", ["components/toast/toast.html", "scripts/20-own-cart.js", "static/icons.svg"])
def test_build_stops_where_a_theme_holds_a_key(tmp_path: Path, file: str) -> None:
    theme = ROOT / "themes/default" / file
    key = f"ghp_{A[:36]}"
    comment = f"\nconst a = '{key}';\n" if file.endswith(".js") else f"\n<!-- {key} -->"
    text = theme.read_text().replace("{%- endmacro %}", f"{comment}{{%- endmacro %}}")
    category = {"content/categories/rings.yaml": "name: Rings\n"}
    shop = Shop(tmp_path, category | {f"themes/default/{file}": text if key in text else text + comment})

    with pytest.raises(RenderError, match="a secret key would reach the output"):
        shop.build()


@pytest.mark.parametrize(
    "text",
    [
        f"pk_live_{A[:24]} pk_test_{A[:24]} test_{A[:27]} live_{A[:27]}",
        f"AIza{A[:35]}",  # a browser's key for maps
        "SK-AKIA-2026 SKU AKIAIOSFODNN7EXAMPLELONGER SK12345 G-AB12CD34EF",
        "/sk-kosice-rucne-vyrobeny-strieborny-prsten-s-kamienkom-2026/",
        "/sk-proj-rucne-vyrobeny-strieborny-prsten-s-kamienkom-2026/",
        f"/assets/theme.{HEX[:10]}.css {HEX} key-{HEX[:8]} /media/key-{HEX[:40]}.jpg",
        "-----BEGIN CERTIFICATE----- -----BEGIN PUBLIC KEY-----",
        f"ask_live_{A[:24]} risk-{A[:20]} AC{HEX[:32]}",
        "12:AA 14:00 2026-11-23T12:00:00 eyJhIjoxfQ",
        "94db1cb1-74f4-4a40-ad6c-962362670409 https://hooks.slack.com/",
    ],
)
def test_what_shops_write_is_no_key(text: str) -> None:
    assert list(find_secrets(text.encode())) == []


def test_no_page_of_the_demo_looks_like_a_key(demo: Shop) -> None:
    files = [path for path in demo.output.rglob("*") if path.suffix in {".html", ".js", ".css", ".xml", ".bin", ".txt"}]

    assert files
    assert [path.name for path in files if any(find_secrets(path.read_bytes()))] == []


SIGNS = """order&key<with>'signs' "1/2"+3= ä€😀 \\ 456"""
SPELLINGS = {
    "text": SIGNS,
    "html": html.escape(SIGNS),
    "html without quotes": html.escape(SIGNS, quote=False),
    "html by number": SIGNS.replace("&", "&#38;").replace("<", "&#60;").replace('"', "&#034;").replace("'", "&#x27;"),
    "html by large hexadecimal": "".join(f"&#X{ord(sign):X};" if not sign.isalnum() else sign for sign in SIGNS),
    "html by name": SIGNS.replace("&", "&amp;").replace("'", "&apos;").replace("ä", "&auml;").replace("€", "&euro;"),
    "html twice": html.escape(html.escape(SIGNS)),
    "json": json.dumps(SIGNS),
    "json as it is": json.dumps(SIGNS, ensure_ascii=False),
    "json in a page": json.dumps(SIGNS).replace("<", "\\u003c").replace(">", "\\u003E").replace("&", "\\u0026"),
    "json in an attribute": html.escape(json.dumps(SIGNS)),
    "json with slashes": json.dumps(SIGNS).replace("/", "\\/"),
    "json in json": json.dumps(json.dumps(SIGNS)),
    "address": quote(SIGNS),
    "address, all": quote(SIGNS, safe=""),
    "address, small": quote(SIGNS, safe="").lower(),
    "form": quote_plus(SIGNS),
    "address in an address": quote(quote(SIGNS, safe=""), safe=""),
    "javascript": SIGNS.replace("\\", "\\\\").replace("'", "\\'"),
    "base64": base64.b64encode(SIGNS.encode()).decode(),
    "base64 after others": base64.b64encode(f"a{SIGNS}b".encode()).decode(),
    "base64 after more": base64.b64encode(f"ab{SIGNS}".encode()).decode(),
    "base64 of addresses": base64.urlsafe_b64encode(f"xyz{SIGNS}".encode()).decode(),
    "base64 in an address": quote(base64.b64encode(SIGNS.encode()).decode(), safe=""),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_own_secret_is_found_however_it_is_written(spelling: str) -> None:
    holds = finder(["0123456789abcdef", SIGNS])

    assert holds(f"<p>before {SPELLINGS[spelling]} after</p>".encode())
    assert not holds(f"<p>before {SPELLINGS[spelling][:-9]} after</p>".encode())


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=16, max_size=24))
def test_any_secret_is_found_in_any_spelling(secret: str) -> None:
    holds = finder([secret])

    assert holds(secret.encode())
    assert holds(html.escape(secret).encode())
    assert holds(json.dumps(secret).encode())
    assert holds(quote(secret, safe="").encode())
    assert holds(base64.b64encode(f"x{secret}yz".encode()))


KEY = "order&key<with>signs 123456"


@pytest.mark.parametrize("field", ["summary", "description", "name", "specs"])
def test_build_stops_where_the_order_key_would_stand_in_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    monkeypatch.setenv("STOREGEN_ORDER_KEY", KEY)
    product = {"name": "Band", "sku": "RG-1", "price": "49.00", "category": "rings"}
    product |= {field: {"Note": f"my note: {KEY}"} if field == "specs" else f"my note: {KEY}"}  # type: ignore[dict-item]
    files = {"content/categories/rings.yaml": "name: Rings\n", "content/products/band.yaml": json.dumps(product)}
    shop = Shop(tmp_path, files)

    with pytest.raises(RenderError, match="a secret key would reach the output"):
        shop.build()
    assert not shop.output.exists()
