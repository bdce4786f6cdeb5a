"""How large a page without pixels of its own (PDF, OFD) is drawn.

200 dpi suits the reader's detector and 8-point print. Small pages (cards, tickets) are drawn larger, so that the
longer side has 1,200 px, but at no more than 400 dpi. A page that is one scanned picture is drawn as it was scanned,
at no more than 300 dpi or 1,600 px on the longer side: such a page may declare any size. Nothing gets more than 40
million pixels.
"""

from __future__ import annotations

import math

from ocrcli.errors import OcrError
from ocrcli.limits import Limits

POINTS_PER_INCH = 72.0
USUAL_DPI = 200
SMALL_PAGE_DPI = 400
SMALL_PAGE_SIDE = 1200  # px
SCAN_DPI = 300
SCAN_LONG_SIDE = 1600  # px that a scan keeps, whatever size its page declares
SCAN_SIDE = 1000  # px; smaller pictures that fill a page are backgrounds
MOST_PIXELS = 40_000_000


def scale_for(width: float, height: float, *, scanned: float | None, dpi: int | None, limits: Limits) -> float:
    """Pixels per pt for a page of width × height pt. `scanned`: px per pt of the picture that fills the page.

    Raises OcrError("too_many_pixels") where the `dpi` asked for passes the limit.
    """
    if dpi is not None:
        scale = dpi / POINTS_PER_INCH
        if width * height * scale**2 > limits.max_pixels:
            raise OcrError(
                "too_many_pixels",
                f"at {dpi} dpi the page has {width * scale:,.0f} × {height * scale:,.0f} px; at most "
                f"{limits.max_pixels / 1e6:,.0f} million pixels are drawn: use a lower --dpi",
            )
        return scale
    if scanned is not None:
        scale = min(scanned, max(SCAN_DPI / POINTS_PER_INCH, SCAN_LONG_SIDE / max(width, height)))
    else:
        grown = min(SMALL_PAGE_SIDE / max(width, height), SMALL_PAGE_DPI / POINTS_PER_INCH)
        scale = max(USUAL_DPI / POINTS_PER_INCH, grown)
    return min(scale, math.sqrt(MOST_PIXELS / (width * height)))
