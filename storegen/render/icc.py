"""Colour profiles (ICC.1:2010) from the primaries and transfer functions that PNG and AVIF refer to by number."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Matrix = Sequence[Sequence[float]]

D65 = (0.3127, 0.329)
SRGB = (*D65, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
# x and y of white, red, green and blue, keyed by the numbers of ITU-T H.273, table 2.
PRIMARIES: Mapping[int, tuple[float, ...]] = {
    1: SRGB,
    4: (0.31, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*D65, 0.64, 0.33, 0.29, 0.6, 0.15, 0.06),
    6: (*D65, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07),
    7: (*D65, 0.63, 0.34, 0.31, 0.595, 0.155, 0.07),
    9: (*D65, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06),
    12: (*D65, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06),
    22: (*D65, 0.63, 0.34, 0.295, 0.605, 0.155, 0.077),
}
# Parameters g a b c d of ICC's parametric curve of type 3, keyed by the numbers of ITU-T H.273, table 3.
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
BT1886_CURVE = (2.4,)  # the curve of screens for camera content in BT.709 and BT.601
CURVES: Mapping[int, tuple[float, ...]] = {
    1: BT1886_CURVE,
    4: (2.2,),
    5: (2.8,),
    6: BT1886_CURVE,
    8: (1.0,),
    13: SRGB_CURVE,
    14: BT1886_CURVE,
    15: BT1886_CURVE,
    17: (2.6, (52.37 / 48) ** (1 / 2.6), 0.0, 1.0, 0.0),
}
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_D50 = (0.9642, 1.0, 0.8249)


def make_profile(primaries: Sequence[float], curve: Sequence[float]) -> bytes:
    """Return the profile of an RGB space.

    *primaries* are x and y of white, red, green and blue. *curve* is an exponent or the parameters g a b c d. Raises
    ArithmeticError for primaries that do not define a colour space.
    """
    matrix = _to_d50(primaries)
    parametric = b"para" + bytes(4) + struct.pack(">HH", 0 if len(curve) == 1 else 3, 0) + _fixed(*curve)
    text = b"mluc" + bytes(4) + struct.pack(">IIHHII", 1, 12, 0x656E, 0x5553, 2, 28) + "-".encode("utf-16-be")
    tags = {b"desc": text, b"cprt": text, b"wtpt": b"XYZ " + bytes(4) + _fixed(*_D50)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), parametric)
    for column, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ")):
        tags[name] = b"XYZ " + bytes(4) + _fixed(*(row[column] for row in matrix))
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"", 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + _fixed(*_D50)
    return head.ljust(128, b"\0") + table + body


def _fixed(*values: float) -> bytes:
    if not all(abs(value) < 32768 for value in values):
        raise OverflowError
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _to_d50(primaries: Sequence[float]) -> Matrix:
    """Return the matrix from linear RGB to XYZ, adapted to D50, the white of profiles (annex E)."""
    (white, *colours) = [(x / y, 1.0, (1 - x - y) / y) for x, y in zip(primaries[::2], primaries[1::2], strict=True)]
    columns = _transposed(colours)
    scale = _applied(_inverted(columns), white)
    there, here = _applied(_BRADFORD, white), _applied(_BRADFORD, _D50)
    adapted = [[cell * here[row] / there[row] for cell in _BRADFORD[row]] for row in range(3)]
    adapt = _product(_inverted(_BRADFORD), adapted)
    return _product(adapt, [[cell * scale[place] for place, cell in enumerate(row)] for row in columns])


def _transposed(matrix: Matrix) -> Matrix:
    return list(zip(*matrix, strict=True))


def _applied(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = _transposed(right)
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def _inverted(matrix: Matrix) -> Matrix:
    def minor(row: int, column: int) -> float:
        """Return the cofactor of an element."""
        (a, b), (c, d) = [[matrix[(row + step) % 3][(column + over) % 3] for over in (1, 2)] for step in (1, 2)]
        return a * d - b * c

    determinant = sum(matrix[0][column] * minor(0, column) for column in range(3))
    return [[minor(column, row) / determinant for column in range(3)] for row in range(3)]
