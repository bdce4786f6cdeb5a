"""Pages from the press as the vision room sees them: pixels and lines."""

from __future__ import annotations

from functools import cache

from ocrcli.page import Line, Pixels
from ocrcli.specimens import pages
from ocrcli.specimens.truth import Specimen


@cache
def article(seed: int = 1) -> Specimen:
    """An A4 page at 110 dpi: print of 17 px, 910 × 1286 px."""
    return pages.article(seed, dpi=110)


def lines_of(specimen: Specimen) -> list[Line]:
    """What a reader that makes no mistakes finds, its boxes a little loose as a detector's are."""
    found = []
    for drawn in specimen.truth.lines:
        (x0, y0), (x1, y1) = drawn.quad[0], drawn.quad[2]
        found.append(Line(drawn.text, 1.0, ((x0 - 2, y0 - 2), (x1 + 2, y0 - 2), (x1 + 2, y1 + 2), (x0 - 2, y1 + 2))))
    return found


def greyed(picture: Pixels, paper: int) -> Pixels:
    """The picture on paper of this level."""
    return (picture * (paper / 255)).astype(picture.dtype)
