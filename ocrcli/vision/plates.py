"""Number plates by their colour and shape: where one may hang, what colour it has, and how its print gets clearer.

The colours are the grounds of GA 36-2018; sizes of plates in mm are from its table 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.checks.plate import Colour
from ocrcli.geometry import Quad, area, as_quad, length, thickness
from ocrcli.page import Pixels
from ocrcli.vision.second_look import enlarged, inverted

Mask = NDArray[np.uint8]
RedEnd = Literal["first", "last"]

# Grounds in OpenCV's HSV: hue 0–179, saturation and value 0–255. Each is wide: dusk, dirt and cameras shift colours.
_GROUNDS: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "blue": ((96, 90, 40), (132, 255, 255)),
    "yellow": ((12, 90, 80), (34, 255, 255)),
    "green": ((35, 35, 70), (92, 255, 255)),
    "yellow_green": ((12, 60, 70), (92, 255, 255)),
}
_LEAST_WIDTH = 44.0  # px: less is not readable
_SHAPES = (1.4, 6.5)  # width by height: 440 × 220 and 480 × 140 mm, seen aslant
_PRINTS = (9, 17, 33)  # px: heights of print, about
_DENSER, _EDGE = 1.4, 6.0  # how many times closer edges stand in print than around it, and grey levels more
_ROW_FILLED = 0.6
_FILLED = 0.7  # share of its quad that a plate's ground and print fill
_CLOSED = (3, 9, 21)  # px: gaps between and in the characters, on small and on large plates
_ROUNDED = (0.02, 0.03, 0.04, 0.06)  # by how much of its length an outline may be simplified to have four corners
_PRINTED = 0.12  # how much the brightness of a plate with print varies at least, as a share of its mean
_VIVID = 0.15  # how far blue is from grey at least, as a share of what is white in this light …
_PALE = 0.1  # … and how far white is at most
_BARE = 25  # per cent of the columns, the evenest ones, that lie between characters
_RED = 0.18  # how much redder than green or blue a red character is at least, as a share of what is white …
_RED_SHARE = 0.2  # … in at least so much of a column's height; and how wide it is, in heights of the crop
_RED_WIDTHS = (0.2, 0.9)
_GREY = 8  # the three channels of a grey picture differ by less


def find_plates(pixels: Pixels) -> list[Quad]:
    """Quads in px of coloured boxes with print in them, the largest first; each begins at its own upper left.

    Boxes of one place found twice are both there. White and black plates are not found: in a street everything is; for
    them see `find_rows`.
    """
    hsv = cv2.cvtColor(pixels, cv2.COLOR_BGR2HSV)
    brightness = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    found: list[Quad] = []
    for low, high in _GROUNDS.values():
        mask = cv2.inRange(hsv, np.array(low), np.array(high))
        for size in _CLOSED:
            closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
            found += _boxes(closed, brightness)
    return _largest_first(found)


def find_rows(pixels: Pixels) -> list[Quad]:
    """Quads in px in which edges stand closer than around them: rows of print of any colour, the largest first.

    They reach a little beyond the print, or, where the plate's rim is seen, as far as that.
    """
    soft = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    edges = np.abs(cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3))
    found: list[Quad] = []
    for size in _PRINTS:
        near, around = cv2.blur(edges, (2 * size, size)), cv2.blur(edges, (12 * size, 8 * size))
        dense = np.where(near > _DENSER * around + _EDGE, np.uint8(255), np.uint8(0))
        dense = cv2.morphologyEx(dense, cv2.MORPH_OPEN, np.ones((size // 2, size), np.uint8))
        outlines, _ = cv2.findContours(dense, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            quad = _level(as_quad(cv2.boxPoints(cv2.minAreaRect(outline))))
            filled = cv2.contourArea(outline) / max(1.0, area(quad))
            if _may_be_plate(quad) and 1.2 * size < thickness(quad) < 6 * size and filled > _ROW_FILLED:
                found.append(quad)
    return _largest_first(found)


def _largest_first(quads: Sequence[Quad]) -> list[Quad]:
    return sorted(quads, key=lambda quad: -length(quad) * thickness(quad))


def _may_be_plate(quad: Quad) -> bool:
    """True for a quad that is wide enough to be read, and not too wide or high for a plate seen aslant."""
    wide, high = length(quad), thickness(quad)
    return wide >= _LEAST_WIDTH and _SHAPES[0] < wide / max(high, 1.0) < _SHAPES[1]


def _boxes(closed: Mask, brightness: Mask) -> Iterator[Quad]:
    """The outlines that have a plate's shape and print in them."""
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        if len(outline) < 4 or cv2.boundingRect(outline)[2] < _LEAST_WIDTH / 2:
            continue
        quad = _level(_corners(outline))
        filled = cv2.contourArea(outline) / max(1.0, area(quad))
        if _may_be_plate(quad) and filled > _FILLED and _contrast(brightness, outline) > _PRINTED:
            yield quad


def _corners(outline: NDArray[np.int32]) -> Quad:
    """The four corners of an outline that has four, even seen aslant; else those of the rectangle around it."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for share in _ROUNDED:
        corners = cv2.approxPolyDP(hull, share * around, True)
        if len(corners) == 4:
            return as_quad(corners[:, 0])
    return as_quad(cv2.boxPoints(cv2.minAreaRect(outline)))


def _contrast(brightness: Mask, outline: NDArray[np.int32]) -> float:
    """How much the brightness varies inside the outline: its standard deviation as a share of its mean."""
    x, y, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [outline], 0, 255, cv2.FILLED, offset=(-x, -y))
    mean, deviation = cv2.meanStdDev(brightness[y : y + height, x : x + width], mask=inside)
    return float(deviation[0, 0] / max(1.0, mean[0, 0]))


def _level(quad: Quad) -> Quad:
    """The same quad, beginning at the upper left corner as it runs along its more level edge."""
    a, b, c, d = quad
    turns = ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    return max(turns, key=lambda q: (q[1][0] - q[0][0]) + (q[2][0] - q[3][0]) - abs(q[1][1] - q[0][1]))


def is_grey(pixels: Pixels) -> bool:
    """True for a picture without colours: then nothing can be said of its plates'."""
    small = cv2.resize(pixels, (64, 64), interpolation=cv2.INTER_AREA).astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2)).max() < _GREY)


def plate_colour(crop: Pixels) -> Colour:
    """The colour of the plate whose line fills a straightened crop (H × W × 3 BGR).

    Of the two brightnesses that print and ground are, the ground's is that of the gaps between the characters: on black
    plates the darker one. The large vehicles' green plates are yellow at their left end.
    """
    height, width = crop.shape[:2]
    inner = crop[height // 6 : height - height // 6, width // 12 : width - width // 12]
    brightness = cv2.GaussianBlur(cv2.cvtColor(inner, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    between, mask = cv2.threshold(brightness, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = mask > 0
    white = max(1.0, float(inner[light].max(axis=1).mean())) if light.any() else 255.0
    hue, vivid = _tone(inner, ~light, white)
    if vivid > _VIVID and 93 < hue < 140:
        return "blue"  # no print is blue, nor yellow or green: however much of the plate it covers
    cut = inner.shape[1] // 6
    middle = brightness[:, cut : inner.shape[1] - cut]
    spread = middle.std(axis=0)
    is_light = bool(np.median(middle[:, spread <= np.percentile(spread, _BARE)]) > between)
    hue, vivid = _tone(inner, light, white)
    if vivid <= (_PALE if is_light else _VIVID) or not 10 < hue < 100:
        return "white" if is_light else "black"
    first, _ = _tone(inner[:, :cut], light[:, :cut], white)
    if hue <= 34:
        return "yellow"
    return "yellow_green" if 10 < first < 36 else "green"


def _tone(crop: Pixels, part: NDArray[np.bool_], white: float) -> tuple[float, float]:
    """Hue (0–179) of a part's mean colour, and how far it is from grey, as a share of what is white in this light."""
    if not part.any():
        return 0.0, 0.0
    mean = crop[part].mean(axis=0)
    hue = cv2.cvtColor(np.asarray(mean, np.uint8).reshape(1, 1, 3), cv2.COLOR_BGR2HSV)[0, 0, 0]
    return float(hue), float(mean.max() - mean.min()) / white


def grey(crop: Pixels) -> Pixels:
    """Without its colours: readers have seen little white print on blue."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def widened(crop: Pixels) -> Pixels:
    """Grey, light and dark exchanged, a quarter wider: a plate's characters are narrow."""
    return 255 - grey(np.asarray(cv2.resize(crop, None, fx=1.25, fy=1, interpolation=cv2.INTER_CUBIC), np.uint8))


def negative(crop: Pixels) -> Pixels:
    """Grey, light and dark exchanged, enlarged."""
    return 255 - grey(enlarged(crop))


# Together they read more plates than any of them alone; others add nothing.
LOOKS = (grey, inverted, widened, negative)


def red_sign(crop: Pixels) -> RedEnd | None:
    """The end of a plate's line at which a red character stands: 使, 领 or 警; None where none does.

    It is a narrow red stripe near an end of the straightened crop (H × W × 3 BGR) with the plate's ground on both of
    its sides: paint and lamps beside a plate reach the crop's edge.
    """
    height, width = crop.shape[:2]
    inner = cv2.GaussianBlur(crop[height // 5 : height - height // 5], (3, 3), 0).astype(np.float32)
    light = max(1.0, float(np.percentile(inner.max(axis=2), 95)))
    blue, green, red = (inner[:, :, i] for i in range(3))
    redness = red - np.maximum(blue, green)
    is_red = (redness > _RED * light) & (redness > green - blue)  # yellow is far greener than blue
    columns = np.flatnonzero(is_red.mean(axis=0) > _RED_SHARE)
    if not len(columns):
        return None
    first, last = int(columns[0]), int(columns[-1]) + 1
    wide, margin = last - first, max(1, round(0.02 * width))
    if not _RED_WIDTHS[0] * height < wide < _RED_WIDTHS[1] * height or first < margin or last > width - margin:
        return None
    middle = (first + last) / 2 / width
    return "first" if middle < 0.35 else "last" if middle > 0.65 else None
