"""Red stamps on a page: found by ink and shape, their words unrolled, and what is printed under them laid bare.

A stamp is an oval of one light red ink. Forms are printed in red as well, but darker, and their rules make no oval: the
ink narrows the search, the shape decides. Red ink hardly darkens the red channel, so print shows there without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Point, Quad, as_quad, normal_degrees
from ocrcli.page import Pixels
from ocrcli.vision.corners import straightened

Plane = NDArray[np.float32]
Points = NDArray[np.float64]

_SIDE = 1600  # px, the longer side of the picture in which stamps are looked for
# What red ink has more of red than of green and blue, and what it leaves in the red channel, at least: shares of the
# paper's brightness, for pale and for strong ink.
_INKS = ((0.1, 0.45), (0.2, 0.65), (0.35, 0.65))
_SMALLEST, _LARGEST = 0.02, 0.25  # long half axis, share of the picture's longer side
_FLATTEST = 0.5  # short to long axis
_ROUND = 0.93  # short to long axis
_TRIES = 1500  # ovals through points drawn at random
_FEWEST = 30  # points that an oval is fitted to
_ON = 0.035  # of the long half axis: a point this near an oval lies on it
_CLOSED = 0.66  # share of an oval along which its ring is seen
_BROADEST = 13  # px: broader ink is no stroke
_LIFT = 0.25  # of what red ink has more of red than of green and blue: what it lacks in the red channel
_PALEST = 0.82  # of the paper's brightness: what is lighter without the red is no print
_NEAR = 0.1  # of a crop's shorter side: so near by is paper
_INKED = 0.75  # of the paper's brightness: darker is ink
_STEPS = 120  # places along an oval where the ring is looked for
_PER_SHAPE = 2  # stamps that may have run together


@dataclass(frozen=True, slots=True)
class Stamp:
    """An oval: its middle and half axes in px, and the direction of the longer one, degrees clockwise."""

    middle: Point
    half: tuple[float, float]
    turn: float

    @property
    def quad(self) -> Quad:
        """The box around it, along its own axes."""
        a, b = self.half
        return as_quad(self.at([(-a, -b), (a, -b), (a, b), (-a, b)]).tolist())

    def at(self, points: Sequence[Point] | Points) -> Points:
        """Points of its own frame (its middle is nought, x along the longer axis) on the picture."""
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return np.asarray(np.asarray(points) @ np.array([[cos, sin], [-sin, cos]]) + self.middle)

    def own(self, points: Sequence[Point] | Points) -> Points:
        """Points of the picture in its own frame."""
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        return np.asarray((np.asarray(points) - self.middle) @ np.array([[cos, -sin], [sin, cos]]))

    def level_with(self, degrees: float) -> Stamp:
        """The same stamp, begun from the end of its longer axis that lies this way; a round one turned to it."""
        if self.half[1] > _ROUND * self.half[0]:
            return replace(self, turn=degrees)
        return replace(self, turn=self.turn + 180) if abs(normal_degrees(self.turn - degrees)) > 90 else self

    def covers(self, point: Point) -> bool:
        """True where the point lies on it."""
        x, y = self.own([point])[0]
        return bool((x / self.half[0]) ** 2 + (y / self.half[1]) ** 2 <= 1)


def bared(crop: Pixels) -> Pixels:
    """A crop (H × W × 3 BGR) without red ink: print alone, dark on white.

    The ink is lifted to the paper's brightness; what is left of it at its edges, where cameras blur colours more than
    brightness, is paler than any print and becomes paper.
    """
    blue, green, red = (np.asarray(plane, np.float32) for plane in cv2.split(crop))
    grey = red + _LIFT * np.maximum(red - np.maximum(blue, green), 0)
    side = max(3, round(_NEAR * min(crop.shape[:2])) | 1)
    paper = cv2.blur(cv2.dilate(cv2.medianBlur(grey, 3), np.ones((side, side), np.uint8)), (side, side))
    clear = np.clip(255 / _PALEST * grey / np.maximum(paper, 16), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(clear, cv2.COLOR_GRAY2BGR), np.uint8)


def find_stamps(pixels: Pixels) -> list[Stamp]:
    """The red stamps on a picture (H × W × 3 BGR), the best closed first."""
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    found: list[tuple[float, Stamp]] = []
    for ink in _inks(small):
        for outline in _shapes(ink, max(size)):
            found += ((_inked(oval, ink, 1.0), oval) for oval in _ovals(outline, ink, max(size)))
    found.sort(key=lambda f: (-round(f[0], 1), -f[1].half[0]))  # the best closed; of two rings the outer one
    kept: list[Stamp] = []
    for _, stamp in found:
        if not any(other.covers(stamp.middle) for other in kept):
            kept.append(stamp)
    return [
        Stamp((s.middle[0] / scale, s.middle[1] / scale), (s.half[0] / scale, s.half[1] / scale), s.turn) for s in kept
    ]


def _against_paper(pixels: Pixels) -> NDArray[np.float32]:
    """The picture as shares of the paper's brightness and tint at each place: shadows and coloured light even out."""
    height, width = pixels.shape[:2]
    coarse = cv2.resize(pixels, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    side = max(3, max(coarse.shape[:2]) // 12 | 1)
    bright = cv2.dilate(cv2.medianBlur(coarse, 3), np.ones((side, side), np.uint8))
    paper = cv2.resize(cv2.blur(bright, (side, side)), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(pixels / np.maximum(paper.astype(np.float32), 16), np.float32)


def _inks(pixels: Pixels) -> Iterator[NDArray[np.uint8]]:
    """1 where there may be a stamp's ink: pale ink too, or only what no form's rules are printed with; as strokes."""
    seen = _against_paper(pixels)
    red, excess = seen[:, :, 2], seen[:, :, 2] - seen[:, :, :2].max(axis=2)
    for reddest, light in _INKS:
        ink = np.asarray((excess > reddest) & (red > light), np.uint8)
        grounds = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_BROADEST, _BROADEST), np.uint8))
        yield np.asarray(ink & ~cv2.dilate(grounds, np.ones((3, 3), np.uint8)), np.uint8)


def _shapes(ink: NDArray[np.uint8], side: int) -> Iterator[Points]:
    """The outermost points of each connected spot of ink that is large enough for a stamp (N × 2)."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(joined)
    for label in range(1, count):
        x, y, width, height, _ = boxes[label]
        if max(width, height) < 2 * _SMALLEST * side or min(width, height) < 2 * _SMALLEST * _FLATTEST * side:
            continue
        spot = np.asarray(labels[y : y + height, x : x + width] == label, np.uint8)
        outlines, _ = cv2.findContours(spot, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        yield max(outlines, key=len).reshape(-1, 2) + np.array([x, y], np.float64)


def _ovals(points: Points, ink: NDArray[np.uint8], side: int) -> Iterator[Stamp]:
    """The ovals along which a spot's outline runs, the one with most of it first."""
    for _ in range(_PER_SHAPE):
        best = _best_oval(points, side)
        if best is None or not _is_ring(best, ink):
            return
        yield best
        points = points[~_on(best, points)]


def _best_oval(points: Points, side: int) -> Stamp | None:
    """The oval of a stamp's size on which most of the points lie, fitted to those."""
    rng = np.random.default_rng(0)
    best, most, left = None, 0, _TRIES if len(points) >= _FEWEST else 0
    while left > 0:
        oval = _fitted(points[rng.integers(len(points), size=5)], side)
        count = int(_on(oval, points).sum()) if oval else 0
        if count > most:  # the more lie on it, the fewer tries find nothing better
            best, most = oval, count
            left = min(left, round(4 / (most / len(points)) ** 5))
        left -= 1
    for _ in range(2):
        near = points[_on(best, points)] if best else points[:0]
        best = (_fitted(near, side) or best) if len(near) >= _FEWEST else best
    return best


def _fitted(points: Points, side: int) -> Stamp | None:
    """The oval through points, None where it is none that a stamp may have."""
    try:
        middle, sides, turn = cv2.fitEllipseDirect(points.astype(np.float32))
    except cv2.error:
        return None
    short, long = sorted((sides[0] / 2, sides[1] / 2))
    if not (_SMALLEST * side <= long <= _LARGEST * side and short >= _FLATTEST * long):
        return None
    turned = turn if sides[0] >= sides[1] else turn + 90
    return Stamp((float(middle[0]), float(middle[1])), (long, short), (turned + 90) % 180 - 90)


def _on(stamp: Stamp, points: Points) -> NDArray[np.bool_]:
    """Which points lie on its ring."""
    own = stamp.own(points)
    far = np.hypot(own[:, 0] / stamp.half[0], own[:, 1] / stamp.half[1]) - 1
    return np.asarray(np.abs(far) < _ON)


def _is_ring(stamp: Stamp, ink: NDArray[np.uint8]) -> bool:
    """True where ink runs along the oval, and not all around it outside."""
    return _inked(stamp, ink, 1.0) >= _CLOSED and _inked(stamp, ink, 1.15) < _CLOSED / 2


def _inked(stamp: Stamp, ink: NDArray[np.uint8], share: float) -> float:
    """The share of an oval, `share` times as large, along which there is ink."""
    turns = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
    reach = np.linspace(-_ON, _ON, 5) + share
    own = np.stack([np.outer(reach, np.cos(turns)) * stamp.half[0], np.outer(reach, np.sin(turns)) * stamp.half[1]], -1)
    places = np.round(stamp.at(own.reshape(-1, 2))).astype(np.intp)
    inside = (places >= 0).all(axis=1) & (places < ink.shape[::-1]).all(axis=1)
    seen = np.zeros(len(places), np.uint8)
    seen[inside] = ink[places[inside, 1], places[inside, 0]]
    return float(seen.reshape(len(reach), -1).max(axis=0).mean())


def vividness(pixels: Pixels, quad: Quad) -> float:
    """How red the ink in a quad of the picture (px) is: what it has more of red than of green and blue, times what it
    lacks of red. A stamp's ink, blurred and in the shade, has 0.8 and more, brown print at most 0.65, dark red 0.8.
    """
    crop = straightened(pixels, quad)
    seen = crop / np.maximum(np.percentile(crop.reshape(-1, 3), 90, axis=0), 16)
    ink = seen[seen.min(axis=2) < _INKED]
    return float((ink[:, 2] - ink[:, :2].max(axis=1)).sum() / max(1e-6, (1 - ink[:, 2]).sum()))
