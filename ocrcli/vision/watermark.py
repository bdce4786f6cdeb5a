"""Light words printed across a page: found, taken out, and everything else left as it is.

A watermark is a layer of light ink of one level whose text is turned against the text of the page. Such a level shows
as a peak of its own in the histogram between the paper and the print, so an ordinary page is told apart by counting
some pixels. Only where there is such a peak is the layer separated and looked at by the detector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Quad, angle, length, thickness
from ocrcli.page import Pixels

LIGHTEST = 0.965  # ink lighter than this share of the paper does not disturb the recogniser
DARKEST = 0.64  # ink darker than this share of the paper is print: a watermark is at least 70 % light
TURNED = (14.0, 76.0)  # degrees against the text of the page; 20 to 60 are meant, detected boxes are a few degrees off
PARALLEL_DEG = 10.0  # the lines of a watermark stand parallel, those of a stamp do not
MOSTLY_PAPER = 0.5  # share of the evenly coloured pixels: a watermark lies on a page, not in a photograph
COLOURED = 90  # a stronger colour (largest less smallest channel) is a stamp's

_SAMPLE = 250_000  # pixels counted for the histogram
_WIDTH = 6  # half the width of a peak, grey levels: JPEG and scanners spread a flat ink by about that
_AROUND = 9  # px around a spot of print that tell whether it stands on the watermark
_STANDS_OUT = 2.5  # a peak holds this many times what its flanks hold
_FEWEST = 0.001  # share of the pixels that a peak holds at least


@dataclass(frozen=True)
class Watermark:
    """Light words across a page.

    `quads` are its lines in px, to be read on `layer` (H × W × 3), where the watermark stands alone, dark on white.
    `colour` is its ink where there is nothing else, `paper` the paper's (BGR); `mask` (H × W) is true where it lies.
    """

    quads: tuple[Quad, ...]
    layer: Pixels
    mask: NDArray[np.bool_]
    colour: NDArray[np.float32]
    paper: NDArray[np.float32]


def find_watermark(
    pixels: Pixels,
    quads: Sequence[Quad],
    upright_degrees: float,
    detect: Callable[[Pixels], Sequence[Quad]],
) -> Watermark | None:
    """The watermark across a page, or None.

    `quads` are the boxes (px) of text on `pixels` (H × W × 3 BGR), `upright_degrees` the direction of the page's text
    as `geometry.angle` gives it. `detect` finds boxes of text in a picture; it is called only where there is light ink
    of one level, which ordinary pages do not have.
    """
    counts = _flat_counts(pixels)
    paper = int(np.argmax(counts[128:])) + 128
    turned = [q for q in quads if _is_turned(q, upright_degrees)]
    levels = _peaks(counts, paper)
    if counts[max(0, paper - 8) : paper + 9].sum() < MOSTLY_PAPER * counts.sum() or not (levels or turned):
        return None
    light = _least(pixels)
    for level in _distinct(levels + _levels_within(turned, light, paper)):
        found = _watermark(pixels, light, level, paper, upright_degrees, detect)
        if found is not None:
            return found
    return None


def clear_watermark(pixels: Pixels, watermark: Watermark) -> Pixels:
    """The page with its watermark divided out: its ink becomes paper; print that it crosses stays, with its edges."""
    lifted = pixels.astype(np.float32)
    lifted[watermark.mask] *= watermark.paper / watermark.colour
    return np.asarray(np.minimum(lifted, np.maximum(watermark.paper, pixels)), np.uint8)


def _least(pixels: Pixels) -> NDArray[np.uint8]:
    """The smallest channel of each pixel (H × W): paper and light colours are far apart in it."""
    blue, green, red = cv2.split(np.ascontiguousarray(pixels))
    return np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def _flat_counts(pixels: Pixels) -> NDArray[np.int64]:
    """How many pixels have each level (256), of those like their neighbours: paper and ink without their soft edges."""
    step = max(1, pixels.shape[0] * pixels.shape[1] // _SAMPLE)
    rows, next_rows = _least(pixels[:-1:step]), _least(pixels[1::step])
    here = rows[:, :-1]
    flat = (cv2.absdiff(here, rows[:, 1:]) <= _WIDTH) & (cv2.absdiff(here, next_rows[:, :-1]) <= _WIDTH)
    return np.bincount(here[flat], minlength=256)


def _is_turned(quad: Quad, upright_degrees: float) -> bool:
    """The box stands across the page's text; a box hardly longer than high has no direction."""
    against = abs((angle(quad) - upright_degrees + 90) % 180 - 90)
    return TURNED[0] <= against <= TURNED[1] and length(quad) >= 1.3 * thickness(quad)


def _levels_within(quads: Sequence[Quad], light: NDArray[np.uint8], paper: int) -> list[int]:
    """Levels that an ink within these boxes could have."""
    if not quads:
        return []
    inside = np.zeros(light.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(np.asarray(q)).astype(np.int32) for q in quads], 1)
    return _peaks(np.bincount(light[inside > 0], minlength=256), paper)


def _peaks(counts: NDArray[np.int64], paper: int) -> list[int]:
    """The levels between print and paper that hold clearly more pixels than the levels around them, fullest first."""
    smooth = np.convolve(counts, np.ones(2 * _WIDTH + 1), "same")
    found = []
    for level in range(int(DARKEST * paper), int(LIGHTEST * paper)):
        around = slice(level - _WIDTH, level + _WIDTH + 1)
        flank = min(smooth[level - 2 * _WIDTH - 1], smooth[min(level + 2 * _WIDTH + 1, 255)])
        if smooth[level] == smooth[around].max() and smooth[level] > max(_STANDS_OUT * flank, _FEWEST * counts.sum()):
            found.append((smooth[level], level - _WIDTH + int(np.argmax(counts[around]))))
    return [level for _, level in sorted(found, reverse=True)]


def _distinct(levels: Sequence[int]) -> list[int]:
    """The first three levels that are not the same peak seen twice."""
    kept: list[int] = []
    for level in levels:
        if all(abs(level - other) > _WIDTH for other in kept):
            kept.append(level)
    return kept[:3]


def _watermark(
    pixels: Pixels,
    light: NDArray[np.uint8],
    level: int,
    paper: int,
    upright_degrees: float,
    detect: Callable[[Pixels], Sequence[Quad]],
) -> Watermark | None:
    """The ink of this level as a watermark, where its text is turned, parallel and pale."""
    ink, mask = _separated(light, level, paper)
    layer = cv2.cvtColor(255 - ink, cv2.COLOR_GRAY2BGR)
    boxes = detect(layer)
    across = _parallel([q for q in boxes if _is_turned(q, upright_degrees)])
    core = ink > 200
    if not across or not core.any():
        return None
    colour = np.median(pixels[core], axis=0).astype(np.float32)
    if colour.max() - colour.min() > COLOURED:
        return None
    for quad in boxes:
        if _is_light_print(quad, upright_degrees):
            cv2.fillPoly(mask, [np.round(np.asarray(quad)).astype(np.int32)], 0)
    white = np.median(pixels[np.abs(light.astype(np.int16) - paper) <= 3], axis=0).astype(np.float32)
    return Watermark(tuple(across), layer, mask > 0, colour, white)


def _separated(light: NDArray[np.uint8], level: int, paper: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The ink of one level alone, 255 where it is full; and 1 where it lies, under print too.

    Beside print, where its soft edges pass for light ink, a pixel lies on the ink where most of what shows through
    around it is ink and not paper.
    """
    share = np.clip((paper - light.astype(np.float32)) / max(paper - level, 1), 0, 1)
    dark = light < level - max(_WIDTH, (paper - level) // 3)
    beside = cv2.dilate(dark.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    ink = np.where(beside | (share < 0.25), 0, share)  # paper is not quite even either
    votes = np.where(share > 0.5, np.float32(1), np.float32(-1))
    votes[dark] = 0
    under = cv2.boxFilter(votes, cv2.CV_32F, (_AROUND, _AROUND)) > 0
    lies = (ink > 0).astype(np.uint8)
    edge, near = (cv2.dilate(lies, np.ones((side, side), np.uint8)) > 0 for side in (3, 2 * _AROUND + 1))
    return (255 * ink).astype(np.uint8), np.where(beside, under & near, edge).astype(np.uint8)


def _parallel(quads: Sequence[Quad]) -> list[Quad]:
    """The boxes that share the direction of most, measured by length; none where no direction has most."""
    best: list[Quad] = []
    for one in quads:
        alike = [q for q in quads if abs((angle(q) - angle(one) + 90) % 180 - 90) <= PARALLEL_DEG]
        if sum(map(length, alike)) > sum(map(length, best)):
            best = alike
    return best if sum(map(length, best)) >= 0.6 * sum(map(length, quads)) else []


def _is_light_print(quad: Quad, upright_degrees: float) -> bool:
    """Light text that stands as the page's text does, such as a grey heading: no part of a watermark."""
    against = abs((angle(quad) - upright_degrees + 90) % 180 - 90)
    return against < 8 and length(quad) >= 3 * thickness(quad)
