"""Pictures too large are refused by their headers; the largest that are read fit into little memory."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import FIVE, ROOT, MakeShop
from tests.pictures import P3, encoded, png, quarters, rgb_profile
from tests.shop import Shop

pytestmark = pytest.mark.slow

# What getrusage says of memory begins with that of the process that started this one; VmHWM does not.
MEASURED = """
import re, sys
from storegen.cli.main import _run
code = _run()
print("peak", re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
sys.exit(code)
"""
MIB = 1024  # in kilobytes


def built(shop: Shop) -> tuple[str, int, float]:
    """Build a shop in a process of its own; return what it says, its peak of memory in KiB, and its CPU seconds."""
    command = [sys.executable, "-c", MEASURED, "build", "--site", str(shop.folder), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    peak = re.search(r"^peak (\d+)$", said, re.MULTILINE)
    assert peak, said
    return said, int(peak[1]), usage.ru_utime + usage.ru_stime


def patched(data: bytes, mark: bytes, offset: int, size: bytes) -> bytes:
    """Return data with a picture's size in another place than Pillow would write it."""
    place = data.index(mark) + offset
    return data[:place] + size + data[place + len(size) :]


def bombs() -> dict[str, bytes]:
    """Return pictures of a few bytes that would fill hundreds of megabytes."""
    small = Image.new("RGB", (16, 16), "red")
    jpeg = encoded(small, "JPEG")
    return {
        "grey.png": png((12_000, 12_000), 8, 0, bytes(12_001 * 12_000)),
        "deep.png": png((8_000, 8_000), 16, 6, bytes(1000)),
        "colour.png": png((60_000, 60_000), 8, 2, bytes(1000)),
        "baseline.jpg": patched(jpeg, b"\xff\xc0", 5, struct.pack(">HH", 60_000, 60_000)),
        "progressive.jpg": patched(
            encoded(small, "JPEG", progressive=True), b"\xff\xc2", 5, struct.pack(">HH", 7_000, 7_000)
        ),
        "scans.jpg": patched(patched(jpeg, b"\xff\xc0", 5, struct.pack(">HH", 9_000, 9_000)), b"\xff\xda", 4, b"\1"),
        "lossless.webp": patched(
            encoded(small, "WEBP", lossless=True), b"VP8L", 9, struct.pack("<I", 16_382 | 16_382 << 14)
        ),
        "screen.gif": patched(encoded(small, "GIF"), b"GIF", 6, struct.pack("<HH", 60_000, 60_000)),
        "frame.gif": patched(encoded(small, "GIF"), b"\x2c", 5, struct.pack("<HH", 60_000, 60_000)),
        "large.avif": patched(encoded(small, "AVIF"), b"ispe", 8, struct.pack(">II", 16_000, 16_000)),
    }


def test_picture_too_large_is_refused_from_its_header(make_shop: MakeShop) -> None:
    pictures = bombs()
    images = "".join(f"  - media/{name}\n" for name in pictures)
    shop = make_shop(
        {
            "content/products/p.yaml": f"name: P\nprice: 1.00\nimages:\n{images}",
            **{f"content/media/{name}": data for name, data in pictures.items()},
        }
    )

    said, peak, seconds = built(shop)

    for line, name in enumerate(pictures, start=4):
        assert f"content/products/p.yaml:{line}: images.{line - 4}: media/{name}: " in said
    assert said.count(" megapixels") >= len(pictures) - 1  # Pillow refuses one of them by itself
    assert "Traceback" not in said
    assert peak < 200 * MIB
    assert seconds < 3  # of all, with the start of the program


def test_largest_pictures_are_made_in_little_memory(make_shop: MakeShop) -> None:
    theme = (ROOT / "themes/default/theme.yaml").read_text()
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = (b"iCCP", b"x\0\0" + zlib.compress(rgb_profile(P3)))
    colour = png((7_000, 7_100), 8, 6, bytes(28_001 * 7_100), profile, (b"eXIf", exif.tobytes()[6:]))
    shop = make_shop(
        FIVE
        | {
            "themes/default/theme.yaml": re.sub(r"widths: .*", "widths: [160, 320]", theme),
            "content/products/p.yaml": "name: P\nprice: 1.00\nimages: [media/a.png, media/b.jpg, media/c.webp]\n",
            "content/media/a.png": colour,
            "content/media/b.jpg": encoded(Image.new("L", (10_000, 10_000), 99), "JPEG", exif=exif),
            "content/media/c.webp": encoded(Image.new("RGB", (3_700, 3_700)), "WEBP", icc_profile=rgb_profile(P3)),
        }
    )

    said, peak, _ = built(shop)

    assert "made" in said
    assert peak < 350 * MIB
    sizes = set()
    for path in (shop.output / "media").iterdir():
        with Image.open(path) as image:
            sizes.add(image.size)
    assert sizes == {(160, 158), (320, 315), (160, 160), (320, 320)}


def test_picture_longer_than_its_format_holds_is_a_mistake(make_shop: MakeShop) -> None:
    tall = encoded(Image.new("L", (100, 17_000)))
    shop = make_shop(
        FIVE | {"content/products/p.yaml": "name: P\nprice: 1\nimages: [media/p.png]\n", "content/media/p.png": tall}
    )

    said, *_ = built(shop)

    assert "content/media/p.png: it would be shown in 100 × 17,000 pixels, more than a browser is given" in said


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated_picture_of_16_bits_is_a_mistake(share: float, make_shop: MakeShop) -> None:
    data = png((64, 64), 16, 2, bytes(range(256)) * 97 + bytes(32), (b"tRNS", bytes((150, 7) * 3)))
    shop = make_shop(
        FIVE
        | {
            "content/products/p.yaml": "name: P\nprice: 1\nimages: [media/p.png]\n",
            "content/media/p.png": data[: int(len(data) * share)],
        }
    )

    said, *_ = built(shop)

    assert "media/p.png: " in said
    assert "Traceback" not in said


def test_each_picture_is_decoded_once(make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[Path] = []
    from storegen.render import pictures

    real = pictures._decoded

    def noted(source: Path | bytes) -> tuple[tuple[int, int], Image.Image]:
        assert isinstance(source, Path)
        decoded.append(source)
        return real(source)

    monkeypatch.setattr(pictures, "_decoded", noted)
    big = quarters().resize((800, 400))
    shop = make_shop(
        FIVE
        | {
            "content/products/p.yaml": "name: P\nprice: 1\nimages: [media/a.png, media/b.jpg]\n",
            "content/media/a.png": encoded(big),
            "content/media/b.jpg": encoded(big, "JPEG"),
        }
    )
    shop.build()

    assert sorted(path.name for path in decoded) == ["a.png", "b.jpg"]
    assert len(list((shop.output / "media").iterdir())) > 10
