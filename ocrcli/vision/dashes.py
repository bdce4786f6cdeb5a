"""Dashes printed where a value does not apply (--): too flat for the detector, and no words for the recogniser."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import cv2

if TYPE_CHECKING:
    from ocrcli.page import Pixels

_DARK = 0.5  # share of the darkest ink's contrast from which a pixel is ink: guilloches are paler than print
_LEAST_CONTRAST = 30  # grey levels of 255: paper without print
_GROUND = 0.3  # of the crop's height: larger than any dash, so that the ground is seen between them
_SPECK = 0.015  # of the height: smaller ink is dirt
_FLAT = 1.4  # width to height of a dash, at least
_THIN = 0.12  # of the crop's height, at most
_MOST = 3  # dashes
_RULE = 6  # dots in a row are a ruled line
_LARGER = 1.6  # times the area of a ruled line's dots
_LEVEL = 0.05  # of the height by which dashes beside each other lie apart
_APART = 1.5  # of a dash's width between two


@dataclass(frozen=True, slots=True)
class _Ink:
    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height


def has_dashes_alone(crop: Pixels) -> bool:
    """True where one to three dashes beside each other, on a ruled line or without, are all that is printed in a crop
    (H × W × 3 BGR) about two lines high.
    """
    height = crop.shape[0]
    ink = _ink(crop)
    if len(ink) >= _RULE:
        usual = median(part.area for part in ink)
        ink = [part for part in ink if part.area > _LARGER * usual or part.height > _THIN * height]
    ink = [part for part in ink if part.width < crop.shape[1] / 2]  # a ruled line without gaps
    flat = all(part.width >= _FLAT * part.height and part.height <= _THIN * height for part in ink)
    if not 1 <= len(ink) <= _MOST or not flat:
        return False
    ink.sort(key=lambda part: part.x)
    return all(abs(a.y - b.y) <= _LEVEL * height and b.x - a.x - a.width <= _APART * a.width for a, b in pairwise(ink))


def _ink(crop: Pixels) -> list[_Ink]:
    """The connected parts of dark print, without specks."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    side = max(3, round(_GROUND * grey.shape[0])) | 1
    ground = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)))
    contrast = cv2.subtract(ground, grey)
    if contrast.max() < _LEAST_CONTRAST:
        return []
    mask = (contrast >= max(_LEAST_CONTRAST, _DARK * float(contrast.max()))).astype("uint8")
    _, _, stats, centres = cv2.connectedComponentsWithStats(mask)
    parts = (
        _Ink(float(x), float(cy), float(w), float(h))
        for (x, _, w, h, _), (_, cy) in zip(stats[1:], centres[1:], strict=True)
    )
    return [part for part in parts if max(part.width, part.height) > _SPECK * grey.shape[0]]
