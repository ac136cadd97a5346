"""Small pictures for tests: every mode, colour profile and orientation, written chunk by chunk where Pillow can't."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

WIDTH, HEIGHT = 64, 32  # the borders of the quarters lie on those of JPEG's blocks
QUARTERS = ((170, 90, 75), (90, 150, 100), (90, 105, 165), (150, 150, 150))
CLEAR = 3  # the quarter that is transparent where something is

# Primaries and white as xy (x1000), and the matrices of profiles (to XYZ with the white D50, columns R G B).
P3 = ((0.5151, 0.2919, 0.1571), (0.2412, 0.6922, 0.0666), (-0.0011, 0.0419, 0.7841))
ADOBE = ((0.6097, 0.2053, 0.1492), (0.3111, 0.6257, 0.0632), (0.0195, 0.0609, 0.7446))
ORIENTED: Mapping[int, tuple[Image.Transpose, ...]] = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def quarters(mode: str = "RGB", *, clear: bool = False) -> Image.Image:
    """Return a picture of four colours; *clear* makes the last one transparent."""
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    for number, colour in enumerate(QUARTERS):
        x, y = number % 2 * WIDTH // 2, number // 2 * HEIGHT // 2
        alpha = 0 if clear and number == CLEAR else 255
        image.paste((*colour, alpha), (x, y, x + WIDTH // 2, y + HEIGHT // 2))
    return image if mode == "RGBA" else image.convert(mode)


# PNG ----------------------------------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(  # the header's own parts
    size: tuple[int, int], depth: int, colour: int, rows: bytes, *chunks: tuple[bytes, bytes], after: bytes = b""
) -> bytes:
    """Return a PNG of rows that carry their filter bytes; *colour* is PNG's type: 0 grey, 2 RGB, 3 palette, 4, 6."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0))
    middle = b"".join(itertools.starmap(chunk, chunks))
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + middle + pixels + after + chunk(b"IEND", b"")


def png16(colour: int, *chunks: tuple[bytes, bytes], clear: bool = False, low: int = 7) -> bytes:
    """Return the quarters in 16 bits a channel; *low* is the lower byte of each value."""

    def pixel(number: int) -> bytes:
        red, green, blue = QUARTERS[number]
        parts = [green] if colour in {0, 4} else [red, green, blue]
        if colour in {4, 6}:
            parts.append(0 if clear and number == CLEAR else 255)
        return b"".join(bytes((part, 0 if not part else low)) for part in parts)

    halves = [b"\0" + b"".join(pixel(row * 2 + column) * (WIDTH // 2) for column in (0, 1)) for row in (0, 1)]
    return png((WIDTH, HEIGHT), 16, colour, b"".join(half * (HEIGHT // 2) for half in halves), *chunks)


def with_chunks(data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG with more chunks behind its header."""
    return data[:33] + b"".join(itertools.starmap(chunk, chunks)) + data[33:]


def chromaticities(*values: float) -> tuple[bytes, bytes]:
    return b"cHRM", b"".join(struct.pack(">I", round(value * 100_000)) for value in values)


def gamma(value: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(value * 100_000))


# Colour profiles (ICC.1:2001-04) ------------------------------------------------------------------------------


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _profile(kind: bytes, space: bytes, connection: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    text = b"canary\0"
    desc = b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(8 + 4 + 67)
    whole = {
        b"desc": desc,
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + _fixed(0.9642, 1, 0.8249),
    }
    whole |= tags
    table, body = struct.pack(">I", len(whole)), b""
    start = 128 + 4 + 12 * len(whole)
    for name, data in whole.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, kind, space, connection)
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(0.9642, 1, 0.8249)
    return head.ljust(128, b"\0") + table + body


def _curve(value: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(value * 256))


def rgb_profile(matrix: Sequence[Sequence[float]], power: float = 563 / 256) -> bytes:
    tags = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(power))
    for column, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ")):
        tags[name] = b"XYZ " + bytes(4) + _fixed(*(row[column] for row in matrix))
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def grey_profile(power: float) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": _curve(power)})


def cmyk_profile() -> bytes:
    """Return a profile of 3 x 3 x 3 x 3 nodes whose inks are weaker and warmer than plain arithmetic has them."""
    nodes = bytearray()
    for c, m, y, k in itertools.product((0, 0.5, 1), repeat=4):
        light = 100 * (1 - 0.3 * c) * (1 - 0.45 * m) * (1 - 0.08 * y) * (1 - 0.9 * k)
        a = (1 - k) * (-35 * c + 70 * m - 5 * y)
        b = (1 - k) * (-45 * c - 5 * m + 85 * y)
        nodes += bytes((round(light * 2.55), round(128 + a), round(128 + b)))
    ramp = bytes(range(256))
    identity = _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    table = b"mft1" + bytes(4) + bytes((4, 3, 3, 0)) + identity + ramp * 4 + bytes(nodes) + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


# Formats in which Pillow writes too little ------------------------------------------------------------------------


def oriented(orientation: int) -> tuple[Image.Image, Image.Exif]:
    """Return the quarters as a camera held in that way stores them, with the EXIF data that says so."""
    image = quarters()
    for step in ORIENTED.get(orientation, ()):
        image = image.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return image, exif


def xmp(orientation: int) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="{orientation}"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def without_adobe(data: bytes) -> bytes:
    """Return a JPEG without its APP14 segment, which says what CMYK values mean."""
    start = data.index(b"\xff\xee")
    return data[:start] + data[start + 2 + struct.unpack_from(">H", data, start + 2)[0] :]


def avif_colours(data: bytes, primaries: int, transfer: int) -> bytes:
    """Return an AVIF whose colour box names other primaries and another transfer function (ITU-T H.273)."""
    start = data.index(b"nclx") + 4
    return data[:start] + struct.pack(">HH", primaries, transfer) + data[start + 4 :]
