"""Where a page with fixed print lies, as texts tell that are printed at known places.

It may be turned, scaled, shifted, or seen from the side.

A text may be misread, or stand elsewhere, too: the map is the one on which most of the texts agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Point, Quad, as_quad, quad_of_box

Map = NDArray[np.float64]  # 3 × 3, from the page's own unit to the picture's
Segment = tuple[Point, Point]  # where a text begins and ends, at the middle of its height
_Pair = tuple[Segment, Segment]  # a text's place on the page, and in the picture

# How far off its place a text may stand, as shares of the page's diagonal: on the map of two or three texts, which know
# nothing of perspective, and on the maps that are fitted to all that agree.
_OFF_FIRST, _OFF_FITTED = 0.05, (0.03, 0.015)
_FEWEST = 2  # texts that must agree
_MOST = 12  # texts of which all threes are tried; of more, the first ones
_MOST_GUESSES = 2000
_SPREAD = 0.12  # of the page's sides over which texts lie that tell a shear; else it is taken for none …
_WIDE = 0.45  # … or, with so many texts, how the page is seen from the side
_FEWEST_WIDE = 4


@dataclass(frozen=True)
class Anchor:
    """A text's place on the page (`own`, in the page's unit) and all places where it was seen."""

    own: Segment
    seen: tuple[Segment, ...]


def anchored(anchors: Sequence[Anchor], width: float, height: float) -> tuple[Quad, int] | None:
    """Where the page lies, clockwise from its own top left, and how many of its texts say so; None where too few do."""
    diagonal = float(np.hypot(width, height))
    best: tuple[int, float] = (0, 0.0)
    agreed: list[_Pair] = []
    for pairs in itertools.islice(_guesses(anchors), _MOST_GUESSES):
        found, apart = _agreed(anchors, _fitted(pairs, width, height), _OFF_FIRST * diagonal)
        if (len(found), -apart) > best:
            best, agreed = (len(found), -apart), found
    for off in _OFF_FITTED:
        if len(agreed) >= _FEWEST:
            agreed, _ = _agreed(anchors, _fitted(agreed, width, height), off * diagonal)
    if len(agreed) < _FEWEST:
        return None
    corners = _mapped(_fitted(agreed, width, height), np.array(quad_of_box(0, 0, width, height)))
    return (as_quad(corners.tolist()), len(agreed)) if _is_page(corners) else None


def _guesses(anchors: Sequence[Anchor]) -> Iterator[list[_Pair]]:
    """Two and three texts, each at one of its places."""
    for count in (3, 2):
        for some in itertools.combinations(anchors[:_MOST], count):
            for places in itertools.product(*(anchor.seen for anchor in some)):
                yield [(anchor.own, place) for anchor, place in zip(some, places, strict=True)]


def _agreed(anchors: Sequence[Anchor], way: Map, off: float) -> tuple[list[_Pair], float]:
    """The texts that stand where the map says, each at the place that fits best, and how far off they are together.

    `off` is in the page's unit, as is what they are off.
    """
    if abs(np.linalg.det(way)) < 1e-12:
        return [], 0.0
    back = np.asarray(np.linalg.inv(way), np.float64)
    found: list[_Pair] = []
    together = 0.0
    for anchor in anchors:
        apart = [float(np.abs(_mapped(back, np.array(seen)) - np.array(anchor.own)).max()) for seen in anchor.seen]
        nearest = int(np.argmin(apart))
        if apart[nearest] <= off:
            found.append((anchor.own, anchor.seen[nearest]))
            together += apart[nearest]
    return found, together


def _fitted(pairs: Sequence[_Pair], width: float, height: float) -> Map:
    """The map that fits all pairs best: as free as the places of the texts allow."""
    own, seen = _points(pairs)
    spread = min((own.max(axis=0) - own.min(axis=0)) / (width, height))
    if spread >= _WIDE and len(pairs) >= _FEWEST_WIDE:
        way, _ = cv2.findHomography(own, seen, 0)
        if way is not None:
            return np.asarray(way, np.float64)
    if spread >= _SPREAD:
        rows = np.hstack([own, np.ones((len(own), 1))])
        linear = np.linalg.lstsq(rows, seen, rcond=None)[0].T
        return np.vstack([linear, [0.0, 0.0, 1.0]])
    return _similarity(pairs)


def _similarity(pairs: Sequence[_Pair]) -> Map:
    """The turn, scale and shift that fit best, by least squares: u = a x − b y + c, v = b x + a y + d."""
    own, seen = _points(pairs)
    x, y = own.T
    one, nothing = np.ones_like(x), np.zeros_like(x)
    rows = np.vstack([np.stack([x, -y, one, nothing], 1), np.stack([y, x, nothing, one], 1)])
    a, b, c, d = np.linalg.lstsq(rows, np.concatenate([seen[:, 0], seen[:, 1]]), rcond=None)[0]
    return np.array([[a, -b, c], [b, a, d], [0.0, 0.0, 1.0]])


def _points(pairs: Sequence[_Pair]) -> tuple[Map, Map]:
    """Both ends of each text on the page and in the picture, N × 2 each."""
    own = np.array([point for segment, _ in pairs for point in segment], np.float64)
    seen = np.array([point for _, segment in pairs for point in segment], np.float64)
    return own, seen


def _mapped(way: Map, points: Map) -> Map:
    return np.asarray(cv2.perspectiveTransform(points[None].astype(np.float64), way)[0], np.float64)


def _is_page(corners: Map) -> bool:
    """True for corners that go clockwise around a page seen from its front."""
    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    return bool((turns > 0).all())
