"""Pictures: upright, in sRGB, free of what nobody should see, made once and again only when they change."""

from __future__ import annotations

import io
import itertools
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from storegen.cache import Cache
from storegen.errors import ContentError, RenderError
from storegen.load.media import measure
from storegen.render.pictures import PictureError, PictureMaker
from tests.conftest import FIVE, ROOT, MakeShop
from tests.pictures import cmyk_profile, grey_profile
from tests.shop import LEADING, Shop, shown_by_search

DATA = ROOT.parent / "shared" / "data" / "images"
KINDS = ("webp", "jpg", "png", "avif")
FORMATS = {"webp": "WEBP", "jpg": "JPEG", "png": "PNG", "avif": "AVIF"}
RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 60), (30, 60, 220), (128, 128, 128)
TRACES = (
    b"Exif",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"iCCP",
    b"ICCP",
    b"tEXt",
    b"iTXt",
    b"eXIf",
    b"canary",
    b"XMP ",
)
PRIVATE = "canary: Jokikatu 14"
UNREADABLE = "not a picture that can be read; expected JPEG, PNG, WEBP, AVIF, GIF, HEIF"
DAMAGED = "the picture is damaged and can't be read to its end; export it again"


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def made(data: bytes, *, width: int = 10_000, kind: str = "png") -> Image.Image:
    return opened(PictureMaker(84).make(data, width=width, kind=kind))


def quarters(width: int = 60, height: int = 40) -> Image.Image:
    """Return a picture whose quarters are red and green above blue and grey."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), GREY)
    return image


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """Return the colours in the middle of the four quarters, row by row."""
    rgb = image.convert("RGB")
    places = itertools.product((rgb.height // 4, 3 * rgb.height // 4), (rgb.width // 4, 3 * rgb.width // 4))
    return [pixel(rgb, x, y) for y, x in places]


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def near(one: tuple[int, ...], other: tuple[int, ...], tolerance: int = 10) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


# Upright ----------------------------------------------------------------------------------------------------

# How a camera that wrote an orientation had turned the picture (EXIF 2.32, tag 0x0112): the way back is storegen's.
TURNS = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}


def turned(orientation: int) -> tuple[Image.Image, Image.Exif]:
    image = quarters()
    for step in TURNS.get(orientation, ()):
        image = image.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = PRIVATE
    return image, exif


@pytest.mark.parametrize("source", ["JPEG", "PNG", "AVIF"])  # browsers don't turn WebP
@pytest.mark.parametrize("orientation", [*TURNS, 0, 9])
def test_picture_is_made_upright(orientation: int, source: str, tmp_path: Path) -> None:
    image, exif = turned(orientation)
    data = encoded(image, source, exif=exif, **({} if source == "PNG" else {"quality": 95}))
    name = f"a.{source.lower().replace('jpeg', 'jpg')}"
    (tmp_path / "content" / "media").mkdir(parents=True)
    (tmp_path / "content" / "media" / name).write_bytes(data)

    index, _ = measure(tmp_path, [f"media/{name}"], {}, Cache())
    media = index[f"media/{name}"]
    result = made(data)
    assert (media.width, media.height) == result.size == (60, 40)
    found = zip(corners(result), (RED, GREEN, BLUE, GREY), strict=True)
    assert [near(one, other, 30) for one, other in found] == [True] * 4


# Modes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_picture_of_every_mode_becomes_one_for_the_web(mode: str, kind: str) -> None:
    image = quarters().convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.point(lambda value: value * 256, "I").convert("I;16")
    data = encoded(image, "JPEG" if mode == "CMYK" else "PNG")

    result = made(data, width=30, kind=kind)
    assert result.size == (30, 20)
    assert result.mode in {"RGB", "RGBA"}
    grey = [(round(0.299 * r + 0.587 * g + 0.114 * b),) * 3 for r, g, b in (RED, GREEN, BLUE, GREY)]
    expected = grey if mode in {"L", "LA", "I;16"} else [RED, GREEN, BLUE, GREY]
    if mode != "1":  # dots of black and white
        assert [near(one, other, 40) for one, other in zip(corners(result), expected, strict=True)] == [True] * 4


@pytest.mark.parametrize("kind", ["webp", "png", "avif"])
@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_transparency_stays_where_the_format_has_it(mode: str, kind: str) -> None:
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 30, 20))
    data = encoded(image.quantize(8) if mode == "P" else image.convert(mode))

    result = made(data, kind=kind)
    assert result.mode == "RGBA"
    assert pixel(result, 10, 10)[3] < 10
    assert pixel(result, 50, 30)[3] > 245


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_what_shines_through_is_white_in_jpeg(mode: str) -> None:
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 30, 20))
    data = encoded(image.quantize(8) if mode == "P" else image.convert(mode))

    result = made(data, kind="jpg")
    assert result.mode == "RGB"
    assert near(pixel(result, 10, 8), (255, 255, 255))


def test_one_transparent_colour_of_a_picture_without_alpha_is_transparent() -> None:
    result = made(encoded(quarters(), transparency=RED))

    assert result.mode == "RGBA"
    assert pixel(result, 10, 10)[3] == 0
    assert pixel(result, 50, 30) == (*GREY, 255)


def test_first_picture_of_an_animation_stands_for_it() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, GREEN, BLUE)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)

    for kind in KINDS:
        result = made(data, kind=kind)
        assert near(pixel(result.convert("RGB"), 10, 10), RED)
        assert getattr(result, "n_frames", 1) == 1


# Colours ----------------------------------------------------------------------------------------------------

# Display P3's primaries for the D50 of profiles (SMPTE EG 432-1, adapted), and the matrix from D50 to linear sRGB.
P3 = ((0.5151, 0.2919, 0.1571), (0.2412, 0.6922, 0.0666), (-0.0011, 0.0419, 0.7841))
TO_SRGB = ((3.1339, -1.6169, -0.4906), (-0.9785, 1.9160, 0.0333), (0.0720, -0.2290, 1.4057))
GAMMA = 563 / 256


def wide_profile() -> bytes:
    """Return a colour profile (ICC.1:2001-04) of Display P3's primaries with a gamma of 2.2."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def place(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(map(fixed, values))

    text = b"canary wide\0"
    desc = b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(8 + 4 + 67)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(GAMMA * 256))
    tags = {b"desc": desc, b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": place(0.9642, 1, 0.8249)}
    tags |= {name: place(*(row[column] for row in P3)) for column, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"\0" * 4, 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(0.9642) + fixed(1) + fixed(0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def in_srgb(colour: tuple[int, ...]) -> tuple[int, ...]:
    """Return what a colour of the wide profile is in sRGB, by arithmetic alone."""
    linear = [(part / 255) ** GAMMA for part in colour]
    d50 = [sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in P3]
    flat = [sum(weight * part for weight, part in zip(row, d50, strict=True)) for row in TO_SRGB]
    curved = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in flat]
    return tuple(round(255 * min(1, max(0, part))) for part in curved)


@pytest.mark.parametrize("colour", [(200, 120, 60), (90, 160, 110), (60, 100, 190), GREY])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_wide_colours_are_turned_into_srgb(mode: str, colour: tuple[int, ...]) -> None:
    image = Image.new("RGB", (16, 16), colour)
    data = encoded(image.quantize(2) if mode == "P" else image.convert(mode), icc_profile=wide_profile())

    result = made(data).convert("RGB")
    assert near(pixel(result, 8, 8), in_srgb(colour), 3)
    assert colour == GREY or not near(pixel(result, 8, 8), colour, 3)


@pytest.mark.parametrize(
    ("mode", "profile"),
    [("L", cmyk_profile()), ("RGB", grey_profile(1.2)), ("RGB", wide_profile()[:200]), ("RGB", b"x"), ("LA", b"")],
)
def test_profile_of_another_kind_and_a_damaged_one_are_ignored(mode: str, profile: bytes) -> None:
    result = made(encoded(quarters().convert(mode), icc_profile=profile)).convert("RGB")

    assert pixel(result, 50, 30) == GREY


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_left(source: str, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = PRIVATE
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, Any] = {"exif": exif, "icc_profile": wide_profile()}
    if source == "JPEG":
        options |= {"comment": PRIVATE.encode(), "xmp": f"<x:xmpmeta>{PRIVATE}</x:xmpmeta>".encode()}
    if source == "WEBP":
        options |= {"xmp": f"<x:xmpmeta>{PRIVATE}</x:xmpmeta>".encode()}
    data = encoded(quarters(), source, **options)
    assert b"canary" in data

    for width in (60, 30):
        result = PictureMaker(84).make(data, width=width, kind=kind)
        assert [trace for trace in TRACES if trace in result] == []
        assert opened(result).info.keys().isdisjoint({"exif", "xmp", "icc_profile", "comment", "Description"})


# Sizes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("size", "width", "expected"),
    [
        ((1, 1), 320, (1, 1)),
        ((1, 1), 1, (1, 1)),
        ((8, 3000), 4, (4, 1500)),
        ((3000, 8), 320, (320, 1)),
        ((3000, 2), 320, (320, 1)),
        ((401, 300), 320, (320, 239)),
        ((100, 50), 320, (100, 50)),
    ],
)
def test_size_is_as_asked_and_never_larger(
    kind: str, size: tuple[int, int], width: int, expected: tuple[int, int]
) -> None:
    result = made(encoded(Image.new("RGB", size, RED)), width=width, kind=kind)

    assert result.size == expected
    assert near(pixel(result.convert("RGB"), 0, 0), RED, 12)


def test_same_picture_gives_the_same_bytes() -> None:
    data = encoded(quarters(600, 400), "JPEG")

    for kind in KINDS:
        assert PictureMaker(84).make(data, width=320, kind=kind) == PictureMaker(84).make(data, width=320, kind=kind)


# What can't be read -----------------------------------------------------------------------------------------


def _png(width: int, height: int) -> bytes:
    """Return a picture of next to no bytes whose header says how large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.slow
@pytest.mark.parametrize("source", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_picture_cut_off_anywhere_is_an_error(source: str, share: float, make_shop: MakeShop) -> None:
    data = encoded(Image.effect_noise((64, 48), 80).convert("RGB"), source)
    ending = source.lower().replace("jpeg", "jpg")
    files: dict[str, str | bytes] = {
        f"content/media/a.{ending}": data[: int(len(data) * share)],
        "content/products/cup.yaml": f"name: Cup\nprice: 1.00\nimages: [media/a.{ending}]\n",
    }
    shop = make_shop(FIVE | files)

    with pytest.raises((ContentError, RenderError)) as found:
        shop.build()
    assert str(found.value) in {
        f"content/products/cup.yaml:3: images.0: media/a.{ending}: {UNREADABLE}",
        f"content/media/a.{ending}: {DAMAGED}",
    }
    assert not shop.output.exists()


@pytest.mark.parametrize(
    ("width", "height", "known"), [(10_000, 10_000, 1), (10_000, 10_001, 0), (2**31 - 1, 2**31 - 1, 0)]
)
def test_hundred_megapixels_are_the_limit_and_known_from_the_header(
    width: int, height: int, known: int, tmp_path: Path
) -> None:
    (tmp_path / "content" / "media").mkdir(parents=True)
    (tmp_path / "content" / "media" / "a.png").write_bytes(_png(width, height))

    index, faults = measure(tmp_path, ["media/a.png"], {}, Cache())
    assert (len(index), len(faults)) == (known, 1 - known)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the real pictures of ../shared/data are not here")
def test_real_pictures_are_made_well_or_refused(tmp_path: Path) -> None:
    files = sorted(path for path in DATA.rglob("*") if path.is_file())
    media = tmp_path / "content" / "media"
    media.mkdir(parents=True)
    for path in files:
        (media / path.name).write_bytes(path.read_bytes())
    names = [f"media/{path.name}" for path in files]

    index, faults = measure(tmp_path, names, {}, Cache(), pictures=names)
    refused = {name.removeprefix("media/"): fault for name, fault in faults.items()}
    maker = PictureMaker(84)
    for path in files:
        if path.name in refused:
            continue
        known = index[f"media/{path.name}"]
        for width, kind in ((min(320, known.width), "webp"), (min(100, known.width), "jpg")):
            try:
                data = maker.make(path.read_bytes(), width=width, kind=kind)
            except PictureError as error:
                refused[path.name] = str(error)
                continue
            result = opened(data)
            assert (result.format, result.width) == (FORMATS[kind], width), path
            assert abs(result.height - known.height * width / known.width) <= 1, path
            assert result.mode in {"RGB", "RGBA"}, path
            assert [trace for trace in TRACES if trace in data] == [], path

    assert refused == {
        "html-error-page.jpg": UNREADABLE,
        "broken.png": UNREADABLE,
        "huge-dimensions-1bit.png": "20,000 × 10,000 pixels; at most 100 megapixels are read",
        "decompression_bomb.gif": "65,535 × 66,601 pixels; at most 100 megapixels are read",
        "png-content.jpg": "the file is a PNG picture; name it png-content.png",
        "svg-with-script.svg": "expected a picture to show (.avif, .gif, .heic, .heif, .jpeg, .jpg, .png, .webp)",
        "zero-byte.jpg": "the file is empty",
        "truncated-half.jpg": DAMAGED,
        "truncated-half.png": DAMAGED,
        "truncated_jpeg.jpg": DAMAGED,
    }


# In a shop --------------------------------------------------------------------------------------------------

SHOWN: dict[str, str | bytes] = FIVE | {
    "content/media/cup.png": encoded(quarters(400, 300)),
    "content/products/cup.yaml": "name: Cup\nprice: 1.00\nimages: [media/cup.png]\ncategory: care\n",
}


def media_of(shop: Shop) -> set[str]:
    return {str(path.relative_to(shop.output)) for path in (shop.output / "media").rglob("*")}


def shown_on(shop: Shop, name: str) -> Image.Image:
    """Return the picture that a product's page shows."""
    image = shop.html(f"products/{name}/index.html").find("img")
    assert image is not None
    return opened((shop.output / str(image["src"]).lstrip("/")).read_bytes()).convert("RGB")


def test_every_address_of_a_picture_is_answered(make_shop: MakeShop) -> None:
    shop = make_shop(SHOWN)
    shop.build()

    page = shop.html("products/cup/index.html")
    named = {str(image["src"]) for image in page.find_all("img")}
    for element in page.find_all(["img", "source"]):
        named |= {each.split()[0] for each in str(element.get("srcset", "")).split(",") if each.strip()}
    named = {name.lstrip("/") for name in named}
    assert named <= media_of(shop)
    for name in named:
        image = opened((shop.output / name).read_bytes())
        assert f"-{image.width}." in name
        assert abs(image.height - image.width * 3 / 4) <= 0.5
    assert any("-400." in name for name in named)  # its own width, where that is smaller than the theme's next
    shown = page.find("img")
    assert shown is not None
    assert (shown["width"], shown["height"]) == ("400", "300")


def test_second_build_makes_no_picture(make_shop: MakeShop) -> None:
    shop = make_shop(SHOWN)
    first = {change.output.path for change in shop.build().made}

    assert media_of(shop) <= first
    shop.edit("content/products/cup.yaml", "1.00", "2.00")
    again = {change.output.path for change in shop.build().made}
    assert again.isdisjoint(media_of(shop))
    assert "products/cup/index.html" in again


def test_changed_picture_makes_itself_and_the_pages_that_show_it(make_shop: MakeShop) -> None:
    shop = make_shop(SHOWN)
    shop.build()
    before = media_of(shop)

    shop.write("content/media/cup.png", encoded(quarters(400, 300).rotate(180)))
    report = shop.build()

    after = media_of(shop)
    assert after.isdisjoint(before)
    assert set(report.removed) == before
    products = ("cup", "polishing-cloth", "small-hoops", "rope-ring", "ball-studs")  # in so small a shop, nearly all
    pages = {"index.html", "care/index.html", *(f"products/{name}/index.html" for name in products)}
    assert {change.output.path for change in report.made} == after | pages | set(LEADING) | shown_by_search(shop)


def test_picture_that_nothing_shows_any_more_goes(make_shop: MakeShop) -> None:
    shop = make_shop(SHOWN)
    shop.build()

    shop.write("content/products/cup.yaml", "name: Cup\nprice: 1.00\n")
    shop.build()

    assert media_of(shop) == set()


@pytest.mark.parametrize("colours", [(RED, BLUE), (RED, RED)], ids=["different", "the same"])
def test_pictures_of_one_name_in_two_folders_are_kept_apart(
    colours: tuple[tuple[int, ...], ...], make_shop: MakeShop
) -> None:
    files: dict[str, str | bytes] = {}
    for name, colour in zip("ab", colours, strict=True):
        files[f"content/media/{name}/cup.png"] = encoded(Image.new("RGB", (40, 30), colour))
        files[f"content/products/{name}.yaml"] = f"name: {name}\nprice: 1.00\nimages: [media/{name}/cup.png]\n"
    shop = make_shop(FIVE | files)
    shop.build()

    assert [pixel(shown_on(shop, name), 5, 5) for name in "ab"] == list(colours)


@pytest.mark.parametrize("settled", [2_000_000_000, -(10**12)], ids=["just written", "long there"])
def test_picture_replaced_by_one_of_the_same_size_and_time_is_noticed(
    settled: int, make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storegen.files._SETTLED_NS", settled)
    shop = make_shop(SHOWN)
    file = shop.folder / "content/media/cup.png"
    pictures = [encoded(Image.new("RGB", (40, 30), colour)) for colour in (RED, BLUE)]
    past = 1_700_000_000_000_000_000
    seen = []
    for data in pictures:
        file.write_bytes(data.ljust(max(map(len, pictures)), b"\0"))
        os.utime(file, ns=(past, past))
        shop.build()
        seen.append(pixel(shown_on(shop, "cup"), 5, 5))

    assert seen == [RED, BLUE]


def test_file_that_is_linked_goes_out_as_it_is(make_shop: MakeShop) -> None:
    chart = b"%PDF-1.4 canary"
    text = "---\ntitle: Care\n---\nSee [the chart](media/chart.pdf).\n"
    shop = make_shop(FIVE | {"content/media/chart.pdf": chart, "content/guides/care.md": text})
    shop.build()

    link = shop.html("guides/care/index.html").select_one(".prose a")
    assert link is not None
    assert (shop.output / str(link["href"]).lstrip("/")).read_bytes() == chart
