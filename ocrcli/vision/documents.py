"""Outlines of papers that lie free: what an edge surrounds on all sides, and is a rectangle seen from any side.

What is found are candidates: a photo on a card or the grid of an invoice has an outline too. What stands in them
decides (`layout.documents`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Quad, area, as_quad

Mask = NDArray[np.uint8]

_FULL = 0.85  # share of its rectangle that a paper fills
_THIN = 8.0  # no document is longer than this times its width
_SHORTEST = 12  # px
_SAME = 0.9  # outlines that share this much of both are one


def outlines(edges: Mask) -> Iterator[Quad]:
    """The quads that edges (H × W, not 0 where there is one) surround, each from its upper left, clockwise."""
    joined = cv2.dilate(edges, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        middle, (long, short), turn = cv2.minAreaRect(hull)
        if min(long, short) < _SHORTEST or max(long, short) > _THIN * min(long, short):
            continue
        if cv2.contourArea(contour) < _FULL * cv2.contourArea(hull) or cv2.contourArea(hull) < _FULL * long * short:
            continue
        corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
        yield _ordered(corners[:, 0] if len(corners) == 4 else cv2.boxPoints((middle, (long, short), turn)))


def _ordered(points: NDArray[np.float32]) -> Quad:
    """Four corners clockwise as seen, from the one nearest the upper left."""
    middle = points.mean(axis=0)
    around = sorted(points.tolist(), key=lambda p: np.arctan2(p[1] - middle[1], p[0] - middle[0]))
    first = min(range(4), key=lambda i: around[i][0] + around[i][1])
    return as_quad(around[first:] + around[:first])


def distinct(found: Sequence[tuple[Quad, float]]) -> list[tuple[Quad, float]]:
    """The quads, each with what speaks for it, without those that are nearly the same as one before."""
    kept: list[tuple[Quad, float]] = []
    for quad, share in found:
        if all(shared(quad, other) < _SAME for other, _ in kept):
            kept.append((quad, share))
    return kept


def shared(a: Quad, b: Quad) -> float:
    """Intersection over union of two convex outlines."""
    common = float(cv2.intersectConvexConvex(np.array(a, np.float32), np.array(b, np.float32))[0])
    union = area(a) + area(b) - common
    return common / union if union > 0 else 0.0
