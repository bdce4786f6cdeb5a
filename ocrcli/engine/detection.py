"""How large a page is looked at: the detector's size policy.

What decides whether a line is found is its height in the detector's eyes. Measured: lines of 12 px and more are all
found, at 960 px a 7-point A4 page gives 63 boxes for 69 lines and at 1,536 px all, and looking at 3,508 px costs 13
times as much for nothing. So a page is looked at small first, and a second time larger only where its lines turn out
to be small. A picture with few lines is looked at from farther away too; a small one in which nothing was found, or
nothing but the outline of a label, enlarged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ocrcli.geometry import Quad, bounds, length, overlap, thickness
from ocrcli.page import Pixels

FIRST_LONG = 960  # px, the long side of a first look …
FIRST_SHORT = 640  # … but no less than this for the short side (tall screenshots)
COARSEST = 0.25  # a first look never shrinks a page by more
SMALL_LINE = 12.0  # px: lines lower than this (10th percentile) are looked at again …
GOOD_LINE = 18.0  # … so large that they get this high
FARTHER = 0.5  # letters set far apart are a line only from farther away: so a page is seen …
FEW = 4  # … where no more lines than these were found
CLEAR = 0.6  # the score a line must have (PP-OCR's own bar) …
SURE = 0.45  # … and this from farther away, where the box of a bent line holds much ground,
LONG = 4.0  # … if it is this many times as long as high
LARGEST = 3.0  # a small picture is not blown up by more
WHOLE = 0.5  # share of a picture that a box must cover to be the outline of what it shows, not a line
MOST_PIXELS = 24_000_000  # a look is never larger than this
TALL_LINE = 160.0  # px: lines higher than this in a second look are better seen in the first


class Boxes(Protocol):
    """A detector: the text lines of a picture looked at as width × height px."""

    def boxes(self, pixels: Pixels, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        """Quads in the picture's own px, with scores of at least `least`."""
        ...


@dataclass(frozen=True)
class Look:
    """What one look at a page gave."""

    quads: tuple[Quad, ...]
    scale: float


def find_lines(detector: Boxes, pixels: Pixels) -> list[Quad]:
    """The text lines of a picture, as quads in its px, at any angle."""
    height, width = pixels.shape[:2]
    first = _look(detector, pixels, first_scale(width, height))
    nearer = min(LARGEST * first.scale, FIRST_LONG / max(width, height))
    lines = _looked_at_again(detector, pixels, first, nearer)
    if len(first.quads) > FEW:
        return lines
    lines += _farther_away(detector, pixels, FARTHER * first.scale, lines)
    return lines or (list(_look(detector, pixels, nearer).quads) if nearer > first.scale else [])


def _farther_away(detector: Boxes, pixels: Pixels, scale: float, lines: Sequence[Quad]) -> list[Quad]:
    """What is a line only from farther away, beside those that were found."""
    seen = _boxes(detector, pixels, scale, SURE)
    if not lines:
        return [quad for quad, score in seen if score >= CLEAR or _is_long(quad)]
    return [quad for quad, _ in seen if _is_long(quad) and not _touches(quad, lines)]


def _looked_at_again(detector: Boxes, pixels: Pixels, first: Look, nearer: float) -> list[Quad]:
    """The lines of a first look; of a second one, where they are small or nothing but the outline of a label."""
    height, width = pixels.shape[:2]
    if nearer > first.scale and any(_is_whole(quad, width * height) for quad in first.quads):
        second = _look(detector, pixels, nearer)
        lines = [quad for quad in second.quads if not _is_whole(quad, width * height)]
        return lines or list(first.quads)
    scale = second_scale(first, width, height)
    return list(first.quads) if scale is None else _merge(first, _look(detector, pixels, scale))


def first_scale(width: int, height: int) -> float:
    """By how much a page is shrunk for a first look; never enlarged."""
    long, short = max(width, height), min(width, height)
    wanted = max(FIRST_LONG / long, min(1.0, FIRST_SHORT / short), COARSEST)
    return min(1.0, max(FIRST_LONG / long, wanted), _limit(width, height))


def second_scale(first: Look, width: int, height: int) -> float | None:
    """The scale of a second look, None where the first saw all lines large enough."""
    heights = sorted(_line_height(q) for q in first.quads)
    if not heights:
        return None
    low = heights[len(heights) // 10] * first.scale
    if low >= SMALL_LINE:
        return None
    scale = min(first.scale * GOOD_LINE / max(low, 3.0), LARGEST, _limit(width, height))
    return scale if scale > 1.15 * first.scale else None


def _line_height(quad: Quad) -> float:
    return min(thickness(quad), length(quad))


def _limit(width: int, height: int) -> float:
    return math.sqrt(MOST_PIXELS / (width * height))


def _is_whole(quad: Quad, pixels: int) -> bool:
    """True for the box of a label, a card, a screen, which from far away looks like one large character."""
    return length(quad) * thickness(quad) > WHOLE * pixels and length(quad) < 2 * thickness(quad)


def _is_long(quad: Quad) -> bool:
    return length(quad) > LONG * thickness(quad)


def _touches(quad: Quad, others: Sequence[Quad]) -> bool:
    return any(overlap(bounds(quad), bounds(other)) > 0 for other in others)


def _look(detector: Boxes, pixels: Pixels, scale: float) -> Look:
    return Look(tuple(quad for quad, _ in _boxes(detector, pixels, scale)), scale)


def _boxes(detector: Boxes, pixels: Pixels, scale: float, least: float = CLEAR) -> list[tuple[Quad, float]]:
    height, width = pixels.shape[:2]
    w = max(32, round(width * scale / 32) * 32)
    h = max(32, round(height * scale / 32) * 32)
    return detector.boxes(pixels, w, h, least)


def _merge(first: Look, second: Look) -> list[Quad]:
    """The second look's lines, but very tall ones from the first, with what the second saw inside them left out."""
    tall = [q for q in first.quads if _line_height(q) * second.scale > TALL_LINE]
    if not tall:
        return list(second.quads)
    boxes = [bounds(q) for q in tall]
    return tall + [q for q in second.quads if not any(_inside(q, box) for box in boxes)]


def _inside(quad: Quad, box: tuple[float, float, float, float]) -> bool:
    own = bounds(quad)
    area = max(1e-9, (own[2] - own[0]) * (own[3] - own[1]))
    return overlap(own, box) > 0.6 * area
