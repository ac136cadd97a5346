"""Photographs come out upright, in sRGB, without metadata, and broken ones are named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image, ImageCms

from storegen.errors import ProblemsError
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import Shop

pytestmark = pytest.mark.slow

PRODUCT = "name: P\nprice: 1.00\nimages: [media/p.{ending}]\n"
DATA = ROOT.parent / "shared" / "data" / "images"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def marked() -> Image.Image:
    """Return a picture 60 wide and 40 high whose top left quarter is red."""
    image = Image.new("RGB", (60, 40), "white")
    image.paste((220, 20, 20), (0, 0, 30, 20))
    return image


def made(make_shop: MakeShop, data: bytes, ending: str = "jpg") -> Shop:
    files: dict[str, str | bytes] = {
        "content/products/p.yaml": PRODUCT.format(ending=ending),
        f"content/media/p.{ending}": data,
    }
    shop = make_shop(FIVE | files)
    shop.build()
    return shop


def image_variants(shop: Shop) -> Iterator[Image.Image]:
    found = sorted((shop.output / "media").iterdir())
    assert found
    for path in found:
        with Image.open(path) as image:
            image.load()
            yield image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_comes_out_upright(make_shop: MakeShop, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # the transposition that the tag asks viewers to undo
    methods = list(Image.Transpose)
    turned = marked()
    if orientation in undo:
        inverse = {2: 4, 4: 2}.get(undo[orientation], undo[orientation])
        turned = turned.transpose(methods[inverse])
    exif = Image.Exif()
    exif[0x0112] = orientation
    shop = made(make_shop, encoded(turned, "JPEG", quality=95, exif=exif))

    for image in image_variants(shop):
        assert image.size == (60, 40)
        red, green, _ = image.convert("RGB").getpixel((8, 8))  # type: ignore[misc]
        assert (red > 180, green < 90) == (True, True)


def test_nothing_about_the_photographer_is_published(make_shop: MakeShop) -> None:
    exif = Image.Exif()
    exif[0x013B] = "CANARY artist"
    data = encoded(marked(), "JPEG", exif=exif, comment=b"CANARY comment", xmp=b"<x>CANARY xmp</x>")
    shop = made(make_shop, data)

    assert b"CANARY" in data
    for path in (shop.output / "media").iterdir():
        assert b"CANARY" not in path.read_bytes()


def test_colours_are_turned_to_srgb(make_shop: MakeShop) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    shop = made(make_shop, encoded(marked(), "JPEG", icc_profile=profile))

    assert all("icc_profile" not in image.info for image in image_variants(shop))


@pytest.mark.parametrize(
    ("image", "kind", "ending"),
    [
        (Image.new("CMYK", (50, 50), (0, 200, 200, 0)), "JPEG", "jpg"),
        (Image.new("P", (50, 50)), "PNG", "png"),
        (Image.new("I;16", (50, 50), 40000), "PNG", "png"),
        (Image.new("RGBA", (50, 50), (10, 20, 30, 100)), "PNG", "png"),
        (Image.new("1", (50, 50), 1), "PNG", "png"),
        (Image.new("RGB", (1, 1)), "PNG", "png"),
        (Image.new("RGB", (3, 2000)), "WEBP", "webp"),
        (Image.new("P", (50, 50)), "GIF", "gif"),
    ],
)
def test_odd_modes_become_pictures_that_browsers_show(
    make_shop: MakeShop, image: Image.Image, kind: str, ending: str
) -> None:
    shop = made(make_shop, encoded(image, kind), ending)

    assert {found.mode for found in image_variants(shop)} <= {"RGB", "RGBA"}
    assert 'width="' in str(shop.html("products/p/index.html").main)


def test_second_build_makes_no_picture_and_a_changed_one_replaces_its_own(make_shop: MakeShop) -> None:
    shop = made(make_shop, encoded(marked(), "PNG"), "png")
    before = {path.name for path in (shop.output / "media").iterdir()}

    assert shop.build().made == ()
    shop.write("content/media/p.png", encoded(Image.new("RGB", (60, 40), "blue"), "PNG"))
    report = shop.build()

    after = {path.name for path in (shop.output / "media").iterdir()}
    assert not before & after
    assert "products/p/index.html" in {change.output.path for change in report.made}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (encoded(Image.new("RGB", (400, 400), "red"), "JPEG", quality=95)[:900], "damaged"),
        (b"<html>not found</html>", "not a picture that can be read"),
        (encoded(Image.new("RGB", (4, 4)), "PNG"), "the file is a PNG picture; name it p.png"),
        (b"", "the file is empty"),
    ],
)
def test_broken_picture_is_named_and_nothing_is_written(make_shop: MakeShop, data: bytes, says: str) -> None:
    with pytest.raises(ProblemsError) as found:
        made(make_shop, data)

    assert "media/p.jpg" in str(found.value)
    assert says in str(found.value)


@pytest.mark.skipif(not DATA.is_dir(), reason="the collection of real pictures is not here")
def test_every_real_picture_is_made_or_refused_with_its_name(make_shop: MakeShop) -> None:
    theme = (ROOT / "themes/default/theme.yaml").read_text()
    few = re.sub(r"widths: .*", "widths: [160, 720]", theme)
    assert few != theme
    shop = make_shop({**FIVE, "themes/default/theme.yaml": few})
    known = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}
    paths = [each for each in sorted(DATA.rglob("*")) if each.suffix.lower() in known and each.stat().st_size < 400_000]
    names = {f"p{number}{path.suffix}": path for number, path in enumerate(paths)}
    for name, path in names.items():
        shop.write(f"content/media/{name}", path.read_bytes())
        shop.write(f"content/products/{name.split('.')[0]}.yaml", f"name: P\nprice: 1\nimages: [media/{name}]\n")
    refused: set[str] = set()
    while True:  # what can't be read is told first, what can't be made when all else is well
        try:
            shop.build(jobs=2)
            break
        except ProblemsError as error:
            said = str(error)
        told = {name for name in names if f"media/{name}" in said} - refused
        assert told, said
        for name in told:
            shop.remove(f"content/media/{name}")
            shop.remove(f"content/products/{name.split('.')[0]}.yaml")
        refused |= told

    assert len(refused) > 4
    assert len(names) - len(refused) > 15
    stems = {name.split(".")[0] for name in names.keys() - refused}
    assert {path.name.split("-")[0] for path in (shop.output / "media").iterdir()} == stems
    assert all(not image.getexif() for image in image_variants(shop))
