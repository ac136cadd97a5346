"""QR codes as SVG."""

from __future__ import annotations

import io

from markupsafe import Markup

# The margin that readers need, in modules (ISO/IEC 18004).
MARGIN = 4


def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as a file."""
    import segno  # noqa: PLC0415 - only where codes are wanted

    data = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(data, kind="svg", scale=8, border=MARGIN, light="#fff", title=address, svgclass=None, lineclass=None)
    return data.getvalue()


def qr(address: str) -> Markup:
    """Return the QR code of an address as part of a page. Its style decides on its size."""
    import segno  # noqa: PLC0415 - see above

    code = segno.make_qr(address, error="m")
    made = code.svg_inline(border=MARGIN, light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    return Markup(made)  # noqa: S704 - segno draws modules, none of the address's letters
