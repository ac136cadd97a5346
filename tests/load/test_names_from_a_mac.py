"""Names whose accents are characters of their own (Unicode NFD), as macOS stores file names, and names typed whole."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

import pytest

from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, png, tree


def nfc(text: str) -> str:
    return normalize("NFC", text)


def nfd(text: str) -> str:
    return normalize("NFD", text)


def files(stored: Callable[[str], str], typed: Callable[[str], str]) -> dict[str, str | bytes]:
    """Return a shop whose file names are *stored* in one form, and whose texts are *typed* in another."""
    texts: dict[str, str | bytes] = {
        "content/media/램프.png": png("red"),
        "content/media/ohje-ä.pdf": b"%PDF-1.4 x",
        "content/media/työkalu.html": b"<!doctype html><title>Tool</title>",
        "content/products/köysi-램프.yaml": (
            "name: Lamp\nprice: 5.00\ncategory: valot-ä\nimages: [media/램프.png]\nrelated: [köysi-램프-2]\n"
            "guides: [hoito-ö]\ndescription: See ![](media/램프.png) and [this](media/ohje-ä.pdf).\n"
        ),
        "content/products/köysi-램프-2.yaml": "name: Lamp 2\nprice: 6.00\ncategory: [valot-ä]\n",
        "content/products/many.yaml": "- {slug: tähti, name: Star, price: 1.00}\n",
        "content/categories/valot-ä.yaml": "name: Lights\nsummary: A [star](product:tähti).\n",
        "content/guides/hoito-ö.md": (
            "---\ntitle: Care\nproducts: [tähti]\n---\n[a](product:köysi-램프), [b](/valot-ä/), "
            "[c](media/työkalu.html) ![](product:köysi-램프-2)\n"
        ),
        "site.yaml": SITE.replace("category:rings", "category:valot-ä") + "active_files: [media/työkalu.html]\n",
    }
    named = {stored(name): text for name, text in texts.items()}
    return FIVE | {name: typed(text) if isinstance(text, str) else text for name, text in named.items()}


@pytest.mark.parametrize(("stored", "typed"), [(nfd, nfc), (nfc, nfd), (nfd, nfd)], ids=["mac", "typed apart", "apart"])
def test_names_are_found_in_whichever_form_they_are_written(
    make_shop: MakeShop, stored: Callable[[str], str], typed: Callable[[str], str]
) -> None:
    shop = make_shop(files(nfc, nfc))
    shop.build()
    expected = sorted(tree(shop.output))
    other = make_shop({})
    for name in FIVE.keys() | files(nfc, nfc).keys():
        other.remove(name)
    for name, content in files(stored, typed).items():
        other.write(name, content)
    other.build()

    assert sorted(tree(other.output)) == expected


def test_similar_name_is_suggested_in_either_form(make_shop: MakeShop) -> None:
    shop = make_shop(FIVE | {nfd("content/media/ohjeä.png"): png("red")})
    shop.edit("content/products/plain-band.yaml", "stock: 9", "images: [media/ohjeät.png]")

    with pytest.raises(Exception, match="no such file") as found:
        shop.build()
    assert f'did you mean "{nfd("media/ohjeä.png")}"?' in str(found.value)
