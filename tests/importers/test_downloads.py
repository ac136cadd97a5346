"""Files below content/media that texts link to: written out, harmless, and found."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from storegen.errors import ProblemsError
from tests.conftest import FIVE, MakeShop
from tests.pictures import encoded, quarters
from tests.shop import SITE, Shop

pytestmark = pytest.mark.slow

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 90">'
CHART = f"""<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- made by hand -->
{HEAD}
  <metadata>canary</metadata>
  <style>.a {{ fill: url(#g); font-family: serif }}</style>
  <defs><linearGradient id="g"><stop offset="0"/></linearGradient><path id="p" d="M0 0h9"/></defs>
  <use xlink:href="#p"/><text class="a" x="4" y="4">16 mm</text>
</svg>"""


def linked(make_shop: MakeShop, name: str, data: str | bytes, *, link: str = "", site: str = "") -> Shop:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE + site,
        "content/guides/care.md": f"---\ntitle: Care\n---\nFirst.\n\nSee [it]({link or f'media/{name}'}).\n",
        f"content/media/{name}": data,
    }
    return make_shop(FIVE | files)


def opened(shop: Shop) -> str:
    """Return the file that the guide links to."""
    link = shop.html("guides/care/index.html").select_one(".prose a")
    assert link is not None
    return (shop.output / str(link["href"]).lstrip("/")).read_text()


def test_linked_drawing_goes_out_inert(make_shop: MakeShop) -> None:
    shop = linked(make_shop, "chart.svg", CHART)
    shop.build()

    found = opened(shop)
    assert '<text class="a" x="4" y="4">16 mm</text>' in found
    assert 'xlink:href="#p"' in found
    assert "url(#g)" in found
    assert [word for word in ("canary", "DOCTYPE", "made by hand", "ns0") if word in found] == []
    assert shop.build().made == ()


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<script>alert(1)</script>", "<script> isn't allowed in a drawing"),
        ("<foreignObject/>", "<foreignObject> isn't allowed in a drawing"),
        ('<g onclick="alert(1)"/>', "onclick, a script, isn't allowed in a drawing"),
        ('<image href="https://x.example/a.png"/>', "<image> isn't allowed in a drawing"),
        ('<a href="javascript:alert(1)"><g/></a>', "<a> isn't allowed in a drawing"),
        ('<use xlink:href="https://x.example/a.svg#b"/>', "a drawing may not refer to https://x.example/a.svg#b"),
        ('<use href="data:image/svg+xml,x"/>', "a drawing may not refer to data:image/svg+xml,x"),
        ('<g style="fill: URL(https://x.example)"/>', 'a style in a drawing may not hold "url("'),
        ("<style>@import 'https://x.example/a.css';</style>", 'a style in a drawing may not hold "@import"'),
        (r"<style>g { fill: u\72l(//x.example) }</style>", 'a style in a drawing may not hold "\\"'),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate> isn't allowed in a drawing"),
        ("<g>" * 200 + "</g>" * 200, "100 elements deep"),
        ("<g>", "line 1: expected an SVG drawing: mismatched tag"),
    ],
)
def test_drawing_in_which_something_could_run_is_refused(inside: str, says: str, make_shop: MakeShop) -> None:
    shop = linked(make_shop, "chart.svg", f"{HEAD}{inside}</svg>")
    with pytest.raises(ProblemsError) as found:
        shop.build()

    assert "content/guides/care.md:6: media/chart.svg: " in str(found.value)
    assert says in str(found.value)


def test_drawing_with_entities_is_refused(make_shop: MakeShop) -> None:
    entity = '<!DOCTYPE svg [<!ENTITY a "b">]>'
    with pytest.raises(ProblemsError, match="may not declare a document type or entities"):
        linked(make_shop, "chart.svg", f"{entity}{HEAD}<text>&a;</text></svg>").build()


@pytest.mark.parametrize("ending", ["html", "HTM", "xhtml", "js", "mjs", "svgz", "xml", "css"])
def test_file_that_browsers_run_is_refused_unless_it_is_named(ending: str, make_shop: MakeShop) -> None:
    shop = linked(make_shop, f"tool.{ending}", "<p>canary</p>")
    with pytest.raises(ProblemsError) as found:
        shop.build()
    assert "content/guides/care.md:6: media/tool" in str(found.value)
    assert f'name it in active_files of site.yaml: "media/tool.{ending}"' in str(found.value)

    shop.write("site.yaml", f"{SITE}active_files: [media/tool.{ending}]\n")
    shop.build()
    assert opened(shop) == "<p>canary</p>"


def test_drawing_that_is_named_goes_out_as_it_is(make_shop: MakeShop) -> None:
    data = f"{HEAD}<script>1</script></svg>"
    shop = linked(make_shop, "chart.svg", data, site="active_files: [media/chart.svg]\n")
    shop.build()

    assert opened(shop) == data


def test_address_of_a_file_finds_it_as_its_name_does(make_shop: MakeShop) -> None:
    shop = linked(make_shop, "chart.pdf", "%PDF", link="/media/chart.pdf#page=2")
    shop.build()

    link = shop.html("guides/care/index.html").select_one(".prose a")
    assert link is not None
    assert str(link["href"]).endswith(".pdf#page=2")
    assert (shop.output / str(link["href"]).lstrip("/").partition("#")[0]).read_bytes() == b"%PDF"


def test_logo_is_no_download(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": f"{SITE}theme: {{logo: media/logo.svg}}\n",
        "content/media/logo.svg": f"{HEAD}</svg>",
    }
    shop = make_shop(FIVE | files)
    shop.build()

    assert not (shop.output / "media").exists()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_file_named_on_a_mac_is_found(form: Literal["NFC", "NFD"], make_shop: MakeShop) -> None:
    typed = "media/램프 é.png"
    shop = make_shop(
        FIVE
        | {
            "content/products/p.yaml": f"name: P\nprice: 1\nimages: ['{normalize('NFC', typed)}']\n",
            f"content/{normalize(form, typed)}": encoded(quarters()),
        }
    )
    shop.build()
    first = {path.name for path in (shop.output / "media").iterdir()}
    shop.edit("content/products/p.yaml", "price: 1", "price: 2")
    shop.build()

    assert first == {path.name for path in (shop.output / "media").iterdir()} != set()
