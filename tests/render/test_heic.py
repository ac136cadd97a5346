"""HEIC pictures of phones are read where the extra is installed, and named with the remedy where it isn't."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PIL import Image

from storegen.errors import ProblemsError
from storegen.load import headers
from tests.conftest import FIVE, MakeShop
from tests.pictures import P3, QUARTERS, encoded, oriented, quarters, rgb_profile
from tests.shop import Shop

pillow_heif = pytest.importorskip("pillow_heif")


@pytest.fixture(autouse=True)
def known_anew() -> Iterator[None]:
    headers._readable.cache_clear()
    yield
    headers._readable.cache_clear()


def shown(make_shop: MakeShop, data: bytes, name: str = "p.heic") -> Shop:
    return make_shop(
        FIVE
        | {"content/products/p.yaml": f"name: P\nprice: 1\nimages: [media/{name}]\n", f"content/media/{name}": data}
    )


def heic(image: Image.Image, **options: object) -> bytes:
    pillow_heif.register_heif_opener()
    return encoded(image, "HEIF", quality=95, **options)


@pytest.mark.parametrize("orientation", [1, 6])
def test_picture_of_a_phone_is_made_upright(orientation: int, make_shop: MakeShop) -> None:
    image, exif = oriented(orientation)
    shop = shown(make_shop, heic(image, exif=exif.tobytes()))
    shop.build()

    endings = set()
    for path in (shop.output / "media").iterdir():
        endings.add(path.suffix)
        with Image.open(path) as made:
            assert made.size == (64, 32)
            first = made.convert("RGB").getpixel((8, 8))
        assert isinstance(first, tuple)
        assert max(abs(a - b) for a, b in zip(first, QUARTERS[0], strict=True)) < 12
    assert endings == {".webp", ".jpg"}


def test_colours_of_a_phone_are_turned_to_srgb(make_shop: MakeShop) -> None:
    shop = shown(make_shop, heic(quarters(), icc_profile=rgb_profile(P3)))
    shop.build()

    path = next((shop.output / "media").glob("*.jpg"))
    with Image.open(path) as made:
        red = made.convert("RGB").getpixel((8, 8))
    assert isinstance(red, tuple)
    assert red[0] > QUARTERS[0][0] + 5


def test_without_the_extra_the_remedy_is_named(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic(quarters())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(ProblemsError) as found:
        shown(make_shop, data, "p.HEIC").build()

    assert str(found.value) == (
        "content/products/p.yaml:3: images.0: media/p.HEIC: .heic pictures are read by an extra that is not installed; "
        'install it with: pip install "storegen[heic]", or save the picture as JPEG'
    )
