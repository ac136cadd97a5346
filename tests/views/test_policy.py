"""What reaches the content-security policy and the headers file: origins, and nothing that means more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storegen.model.origin import is_address, origin_of
from storegen.views.policy import PolicyError, policy_of
from tests.shop import Shop

RING = "name: Plain band\nsku: RG-001\ncategory: rings\nprice: 49.00\n"


def policy(shop: Shop) -> dict[str, list[str]]:
    """Return the policy of the headers file, which is that of the pages too."""
    found = re.search(r"Content-Security-Policy: (.*)", shop.text("_headers"))
    assert found
    in_page = shop.html("index.html").find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert in_page is not None
    assert found[1] == f"{in_page['content']}; frame-ancestors 'none'"
    return {part.split()[0]: part.split()[1:] for part in found[1].split(";")}


def test_pictures_of_fields_and_of_texts_may_be_shown_and_are_counted(tmp_path: Path) -> None:
    shop = Shop(
        tmp_path,
        {
            "content/categories/rings.yaml": "name: Rings\nbody: '![a](https://category.example/a.jpg)'\n",
            "content/products/band.yaml": RING
            + "images: ['https://CDN.example:8443/a.jpg;b,c']\ndescription: '![b](https://text.example/b.jpg)'\n"
            + "care: {Water: '![c](https://käyttö.example/c.jpg)'}\n",
            "content/guides/care.md": (
                "---\ntitle: Care\nimage: https://guide.example/a.jpg\n---\n![][p] [no picture](https://link.example/)\n\n"
                "`![](https://code.example/)`\n\n[p]: https://defined.example/x.jpg\n"
            ),
            "content/people/aino.md": "---\nname: Aino\n---\n![](https://person.example/a.jpg)\n",
        },
    )

    report = shop.build()

    assert policy(shop)["img-src"] == [
        "'self'",
        "data:",
        "https://category.example",
        "https://cdn.example:8443",
        "https://defined.example",
        "https://guide.example",
        "https://person.example",
        "https://text.example",
        "https://xn--kytt-loa5i.example",
    ]
    said = next(each for each in report.warnings if "on other hosts" in each)
    assert said.startswith("7 pictures are on other hosts, such as https://CDN.example:8443/a.jpg;b,c: ")


def test_policy_follows_the_pictures_of_texts(tmp_path: Path) -> None:
    files = {"content/categories/rings.yaml": "name: Rings\n", "content/products/band.yaml": RING}
    shop = Shop(tmp_path, files)
    shop.build()
    shop.write("content/products/band.yaml", RING + "description: '![b](https://text.example/b.jpg)'\n")
    shop.build()
    with_picture = policy(shop)["img-src"]
    shop.write("content/products/band.yaml", RING)
    shop.build()

    assert with_picture == ["'self'", "data:", "https://text.example"]
    assert policy(shop)["img-src"] == ["'self'", "data:"]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://x.example/a;b,c*(d)", "https://x.example"),
        ("HTTP://X.Example:80/", "http://x.example:80"),
        ("https://käyttö.example/?a", "https://xn--kytt-loa5i.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost/", "http://localhost"),
    ],
)
def test_origin_is_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example;sandbox/x",
        "https://a.example,b/x",
        "https://*/x",
        "https://*.a.example/x",
        "https://a.example x/",
        "https://a.example\n/x",
        "https://a.example/\rx",
        "https://a.example/\u2028x",
        "https://'self'/",
        "https://(a)/",
        "https://me@a.example/",
        "https://a.example\\@b.example/",
        "https://a_b.example/",
        "https://-a.example/",
        "https://a..example/",
        "https://[::1]/",
        "https://a.example:x/",
        "https://a%2eb/",
        "https:///x",
        "ftp://a.example/",
        "//a.example/x",
        "javascript:alert(1)",
        "",
    ],
)
def test_anything_else_has_no_origin(address: str) -> None:
    assert not is_address(address)


@given(st.text(st.sampled_from("ab.;, *'\"()\n\r\t@:/?#[]%\\é。\u202e-_0"), max_size=20))
def test_an_origin_holds_nothing_that_a_policy_or_header_could_take_for_more(rest: str) -> None:
    if is_address(f"https://{rest}"):
        assert re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?", origin_of(f"https://{rest}"))


@pytest.mark.parametrize(
    "source", ["https://a.example;sandbox", "https://*", "a b", "https://a.example\nX: y", "*", "unsafe-inline"]
)
def test_policy_takes_no_source_that_is_none(source: str) -> None:
    with pytest.raises(PolicyError, match="isn't allowed in the content-security policy"):
        policy_of([{"img-src": (source,)}])
