"""QR codes in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ocrcli.geometry import Quad, as_quad

if TYPE_CHECKING:
    from ocrcli.page import Grey, Pixels


def codes(pixels: Pixels | Grey) -> list[tuple[str, Quad]]:
    """The texts of the QR codes in a picture and their places in px, from the code's top left."""
    import zxingcpp

    found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)
    return [(code.text, _quad(code.position)) for code in found if code.text]


def _quad(position: object) -> Quad:
    corners = (getattr(position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left"))
    return as_quad((corner.x, corner.y) for corner in corners)
