"""What can be seen on a drawn page: whether text lies on ink, and ink that no text accounts for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocrcli.geometry import Box, bounds
from ocrcli.page import Line

if TYPE_CHECKING:
    from ocrcli.page import Grey

CONTRAST = 16  # grey levels that ink differs from its ground, at least
_DARK = 48  # the same for a mark that must be plain to see
_SMALLEST, _LARGEST = 3.0, 40.0  # pt; marks of a size between these may be characters


class Ink:
    """A page drawn in grey, `scale` px per pt. Boxes are in pt, origin top left."""

    def __init__(self, grey: Grey, scale: float) -> None:
        self.grey = grey
        self.scale = scale

    def crop(self, box: Box) -> Grey:
        """The part of the picture inside the box; empty where the box lies outside."""
        scale = self.scale
        x0, y0, x1, y1 = round(box[0] * scale), round(box[1] * scale), round(box[2] * scale), round(box[3] * scale)
        return self.grey[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]

    def columns(self, box: Box) -> tuple[float, float] | None:
        """Where ink begins and ends across the box, in pt; None where there is none."""
        part = self.crop(box)
        if not part.size:
            return None
        inked = np.flatnonzero((np.abs(part.astype(np.int16) - _ground(part)) > _DARK).any(axis=0))
        if not inked.size:
            return None
        left = max(0, round(box[0] * self.scale))
        return (left + int(inked[0])) / self.scale, (left + int(inked[-1]) + 1) / self.scale

    def under(self, line: Line) -> bool:
        """True where something is printed inside the line's box; its rim, where rules run, does not count."""
        x0, y0, x1, y1 = bounds(line.quad)
        rim = 0.15 * min(x1 - x0, y1 - y0)
        part = self.crop((x0 + rim, y0 + rim, x1 - rim, y1 - rim))
        if not part.size:
            return False
        darkest, lightest, *_ = cv2.minMaxLoc(part)
        return lightest - darkest >= CONTRAST

    def stray_marks(self, lines: Sequence[Line], pictures: Iterable[Box]) -> int:
        """How many marks of a character's size lie outside all lines and pictures."""
        plain = (np.abs(np.arange(256) - _ground(self.grey[::4, ::4])) > _DARK).astype(np.uint8)
        marks = cv2.LUT(self.grey, plain)
        for box in [*(bounds(line.quad) for line in lines), *pictures]:
            x0, y0, x1, y1 = (max(0, round(edge * self.scale)) for edge in box)
            marks[y0:y1, x0:x1] = 0
        outlines, tree = cv2.findContours(marks, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        if tree is None:
            return 0
        marked = (outline for outline, (*_, parent) in zip(outlines, tree[0], strict=True) if parent < 0)  # no holes
        sides = np.array([cv2.boundingRect(outline)[2:] for outline in marked]) / self.scale
        longer, shorter = sides.max(axis=1), sides.min(axis=1)
        return int(np.count_nonzero((longer >= _SMALLEST) & (longer <= _LARGEST) & (shorter >= 0.2 * longer)))


def _ground(part: Grey) -> int:
    """The grey level that most of a picture has."""
    return int(np.bincount(part.ravel()).argmax())
