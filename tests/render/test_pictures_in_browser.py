"""Pictures of every mode, profile and orientation look in the shop as the browser shows their originals."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from storegen.errors import ProblemsError
from tests.browser import hosted
from tests.conftest import FIVE, ROOT, MakeShop
from tests.pictures import (
    ADOBE,
    ORIENTED,
    P3,
    QUARTERS,
    avif_colours,
    chromaticities,
    chunk,
    cmyk_profile,
    encoded,
    gamma,
    grey_profile,
    oriented,
    png16,
    quarters,
    rgb_profile,
    with_chunks,
    without_adobe,
    xmp,
)

WIDE = rgb_profile(P3, 1.8)
ICCP = (b"iCCP", b"x\0\0" + zlib.compress(WIDE))
P3_PRIMARIES = chromaticities(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
SRGB_PRIMARIES = chromaticities(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
TOLERANCE = 3  # of 255, on average

COMPARE = """async ([pairs, tolerance]) => {
  const load = async url => { const image = new Image(); image.src = url; await image.decode(); return image; };
  const pixels = (image, ground) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const drawn = canvas.getContext('2d', {willReadFrequently: true});
    drawn.fillStyle = ground;
    drawn.fillRect(0, 0, canvas.width, canvas.height);
    drawn.drawImage(image, 0, 0);
    return drawn.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const found = [];
  for (const [one, other] of pairs) {
    const images = [await load(one), await load(other)];
    const sizes = images.map(image => `${image.naturalWidth} x ${image.naturalHeight}`);
    if (sizes[0] !== sizes[1]) { found.push(`${other}: ${sizes[1]}, not ${sizes[0]}`); continue; }
    for (const ground of ['black', 'white']) {
      const [a, b] = images.map(image => pixels(image, ground));
      const sums = [0, 0, 0];
      for (let i = 0; i < a.length; i++) if (i % 4 < 3) sums[i % 4] += Math.abs(a[i] - b[i]);
      const worst = Math.max(...sums) / (a.length / 4);
      if (worst > tolerance) found.push(`${other}: ${worst.toFixed(1)} away on ${ground}`);
    }
  }
  return found;
}"""


def modes() -> Iterator[tuple[str, bytes]]:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        clear = "A" in mode
        yield f"mode-{mode}.png", encoded(quarters(mode, clear=clear))
        yield f"wide-{mode}.png", encoded(quarters(mode, clear=clear), icc_profile=WIDE)
        yield f"grey-{mode}.png", encoded(quarters(mode, clear=clear), icc_profile=grey_profile(1.2))
    for colour, mode in ((0, "L"), (2, "RGB"), (4, "LA"), (6, "RGBA")):
        yield f"deep-{mode}.png", png16(colour, clear=True)
        yield f"deep-wide-{mode}.png", png16(colour, ICCP, clear=True)
    grey = encoded(quarters("L"), transparency=100)
    yield "clear-L.png", grey
    yield "clear-1.png", encoded(quarters("1"), transparency=0)
    yield "clear-RGB.png", encoded(quarters(), transparency=QUARTERS[1])
    yield "clear-P.png", encoded(quarters().quantize(8), transparency=2)
    yield "alpha-P.png", encoded(quarters(clear=True, mode="RGBA").quantize(8), icc_profile=WIDE)
    for name, low in (("clear", 7), ("other", 8)):  # the same in its upper byte alone is another colour
        yield f"deep-{name}-L.png", png16(0, (b"tRNS", bytes((150, low))))
        yield f"deep-{name}-RGB.png", png16(2, ICCP, (b"tRNS", bytes((150, 7, 150, 7, 150, low))))
    half = quarters("RGBA")
    half.putalpha(128)
    yield "half.png", encoded(half, icc_profile=WIDE)
    yield "half.webp", encoded(half, "WEBP", lossless=True)
    yield "half.avif", encoded(half, "AVIF", quality=95)


def photographs() -> Iterator[tuple[str, bytes]]:
    for mode in ("L", "RGB", "CMYK"):
        profiles = {"none": None, "wide": WIDE, "grey": grey_profile(1.2), "cmyk": cmyk_profile(), "broken": WIDE[:200]}
        for name, profile in profiles.items():
            options = {"icc_profile": profile} if profile else {}
            yield f"{name}-{mode}.jpg", encoded(quarters(mode), "JPEG", quality=95, **options)
    yield "inverted.jpg", without_adobe(encoded(quarters("CMYK"), "JPEG", quality=95))
    yield "progressive.jpg", encoded(quarters(), "JPEG", quality=95, progressive=True)
    yield "kept-rgb.jpg", encoded(quarters(), "JPEG", quality=95, keep_rgb=True)
    yield (
        "phone.jpg",
        encoded(quarters(), "MPO", quality=95, save_all=True, append_images=[quarters("1").convert("RGB")]),
    )
    for mode in ("RGB", "RGBA"):
        for name, profile in {"wide": WIDE, "adobe": rgb_profile(ADOBE)}.items():
            image = quarters(mode, clear=True)
            yield f"{name}-{mode}.webp", encoded(image, "WEBP", lossless=True, icc_profile=profile)
            yield f"{name}-{mode}.avif", encoded(image, "AVIF", quality=95, icc_profile=profile)
    plain = encoded(quarters(), "AVIF", quality=95)
    for primaries, transfer in ((12, 13), (22, 1), (1, 1), (1, 8), (2, 4), (12, 2), (5, 6)):
        yield f"named-{primaries}-{transfer}.avif", avif_colours(plain, primaries, transfer)
    yield "grey.avif", encoded(quarters("L"), "AVIF", quality=95)


def chunks() -> Iterator[tuple[str, bytes]]:
    for mode in ("L", "P", "RGB", "RGBA"):
        data = encoded(quarters(mode, clear=True))
        yield f"gamma-{mode}.png", with_chunks(data, gamma(1))
        yield f"primaries-{mode}.png", with_chunks(data, gamma(0.45455), P3_PRIMARIES)
        yield f"named-{mode}.png", with_chunks(data, (b"cICP", bytes((12, 13, 0, 1))), ICCP)
    data = encoded(quarters())
    yield "gamma-2.2.png", with_chunks(data, gamma(0.45455))
    yield "gamma-1.8.png", with_chunks(data, gamma(1 / 1.8))
    yield "gamma-srgb.png", with_chunks(data, gamma(0.45455), SRGB_PRIMARIES)
    yield "gamma-none.png", with_chunks(data, gamma(0))
    yield "primaries-only.png", with_chunks(data, P3_PRIMARIES)
    yield "primaries-none.png", with_chunks(data, gamma(0.45455), chromaticities(0.3, 0, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3))
    yield "srgb-first.png", with_chunks(data, (b"sRGB", b"\0"), gamma(1), P3_PRIMARIES)
    yield "profile-first.png", with_chunks(data, gamma(1), ICCP)
    for numbers in ((12, 1, 0, 1), (1, 8, 0, 1), (1, 8, 0, 0), (12, 2, 0, 1)):
        yield f"named-{'-'.join(map(str, numbers))}.png", with_chunks(data, (b"cICP", bytes(numbers)))


def orientations() -> Iterator[tuple[str, bytes]]:
    for orientation in (*ORIENTED, 0, 9):
        image, exif = oriented(orientation)
        yield f"turned-{orientation}.jpg", encoded(image, "JPEG", quality=95, exif=exif)
        yield f"turned-{orientation}.png", encoded(image, exif=exif)
        yield f"turned-{orientation}.avif", encoded(image, "AVIF", quality=95, exif=exif)
    image, exif = oriented(6)
    plain = encoded(image)
    yield "turned.webp", encoded(image, "WEBP", lossless=True, exif=exif)
    yield "late.png", plain[:-12] + chunk(b"eXIf", exif.tobytes()[6:]) + plain[-12:]
    raw = f"Raw profile type exif\0\nexif\n      {len(exif.tobytes())}\n{exif.tobytes().hex()}".encode("latin-1")
    yield "raw.png", with_chunks(plain, (b"tEXt", raw))
    yield "xmp.jpg", encoded(image, "JPEG", quality=95, xmp=xmp(6))
    yield "xmp.webp", encoded(image, "WEBP", lossless=True, xmp=xmp(6))
    yield "xmp.png", with_chunks(plain, (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(6)))
    data = exif.tobytes()
    place = data.index(b"\x01\x12")
    yield (
        "long.jpg",
        encoded(image, "JPEG", quality=95, exif=data[: place + 3] + b"\4\0\0\0\1\0\0\0\6" + data[place + 12 :]),
    )
    yield "two.jpg", encoded(image, "JPEG", quality=95, exif=data[: place + 4] + b"\0\0\0\2" + data[place + 8 :])


def animations() -> Iterator[tuple[str, bytes]]:
    first = quarters()
    more: dict[str, Any] = {
        "save_all": True,
        "append_images": [first.transpose(Image.Transpose.ROTATE_180)],
        "duration": 9000,
    }
    yield "moving.gif", encoded(first, "GIF", **more)
    yield "moving.webp", encoded(first, "WEBP", lossless=True, **more)
    yield "moving.png", encoded(first, **more)
    hidden = {**more, "append_images": [first, *more["append_images"]], "default_image": True}
    yield "hidden.png", encoded(Image.new("RGB", first.size, "black"), **hidden)
    yield "clear.gif", encoded(quarters("RGBA", clear=True), "GIF")
    for name, size in (("around", (96, 48)), ("beyond", (40, 20))):  # the screen beside its only frame
        data = bytearray(encoded(first, "GIF"))
        data[6:10] = b"".join(each.to_bytes(2, "little") for each in size)
        yield f"{name}.gif", bytes(data)


@pytest.mark.browser
def test_pictures_look_as_the_browser_shows_their_originals(make_shop: MakeShop, browser: Browser) -> None:
    pictures = {
        f"{number}-{name}": data
        for number, (name, data) in enumerate([*modes(), *photographs(), *chunks(), *orientations(), *animations()])
    }
    theme = (ROOT / "themes/default/theme.yaml").read_text()
    images = "".join(f"  - media/{name}\n" for name in pictures)
    shop = make_shop(
        {
            **FIVE,
            "themes/default/theme.yaml": re.sub(r"formats: .*", "formats: [avif, webp]", theme),
            "content/products/album.yaml": f"name: Album\nprice: 1.00\nimages:\n{images}",
            **{f"content/media/{name}": data for name, data in pictures.items()},
        }
    )
    shop.build()
    made: dict[str, list[str]] = {}
    for path in (shop.output / "media").iterdir():
        made.setdefault(path.name.partition("-")[0], []).append(f"/output/media/{path.name}")
    pairs = [[f"/content/media/{name}", other] for name in pictures for other in sorted(made[name.partition("-")[0]])]

    with hosted(shop.folder) as at:
        page = browser.new_page()
        page.goto(f"{at}/output/index.html")
        found = page.evaluate(COMPARE, [pairs, TOLERANCE])
        page.close()

    assert len(pictures) > 100
    assert {pair[1].rpartition(".")[2] for pair in pairs} == {"avif", "webp", "jpg", "png"}
    assert not found, chr(10).join(found)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("p.png", with_chunks(encoded(quarters()), (b"cICP", bytes((9, 16, 0, 1)))), "HDR colours (PQ)"),
        ("p.avif", avif_colours(encoded(quarters(), "AVIF"), 9, 18), "HDR colours (HLG)"),
    ],
)
def test_hdr_picture_is_refused(name: str, data: bytes, says: str, make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "content/products/p.yaml": f"name: P\nprice: 1\nimages: [media/{name}]\n",
        f"content/media/{name}": data,
    }
    with pytest.raises(ProblemsError, match=f"p.yaml:3: images.0: media/{name}: the picture has ") as found:
        make_shop(FIVE | files).build()

    assert says in str(found.value)
