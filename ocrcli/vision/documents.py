"""Where documents may lie on a page: the outlines of papers that stand out from their ground, by colour or by edges.

What is found are candidates: a photo on a card or the grid of an invoice has an outline too. What stands in them
decides (`services.documents`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Quad, area, as_quad, length, quad_of_box, slice_quad, thickness
from ocrcli.page import Pixels

Mask = NDArray[np.uint8]

_SIDE = 1000  # px, the longer side of the picture in which outlines are looked for
_SMALLEST = 0.004  # share of the picture that a document takes at least …
_LARGEST = 0.97  # … and at most: what is larger is the picture itself
_FULL = 0.85  # share of its rectangle that a paper fills
_THIN = 8.0  # no document is longer than this times its width
_SAME = 0.9  # outlines that share this much of both are one
_SHEET = 0.3  # share of the picture from which on a paper may be a sheet on which documents lie
_RIM = 0.01  # of a sheet's sides that is left out
_STEPS = (5, 9, 16, 28)  # how far in Lab a paper's colour is from the ground's, at least: pale, clear, strong
_BRIDGES = (9, 41)  # px: what joins two papers (print, a shadow, a corner that lies on the other) is narrower
_CANNY = ((8, 24), (20, 60), (60, 160))


def outlines(pixels: Pixels) -> list[Quad]:
    """Quads of what may be documents on a picture (H × W × 3 BGR), in its px, the largest first."""
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = _found(small)
    sheet = max(found, key=area, default=None)
    if sheet is not None and area(sheet) > _SHEET * size[0] * size[1]:
        found += _found_within(small, sheet)
    found.sort(key=area, reverse=True)
    return [_scaled(quad, 1 / scale) for quad in distinct(found)]


def _found(picture: Pixels) -> list[Quad]:
    """The rectangles of a picture that have a document's size."""
    whole = picture.shape[0] * picture.shape[1]
    quads = (quad for mask in _masks(picture) for quad in _rectangles(mask))
    return [quad for quad in quads if _SMALLEST * whole <= area(quad) <= _LARGEST * whole]


def _found_within(picture: Pixels, sheet: Quad) -> list[Quad]:
    """What lies on a sheet of paper that lies on a ground itself: its own rim is then the ground."""
    width, height = round(length(sheet)), round(thickness(sheet))
    inner = slice_quad(slice_quad(sheet, _RIM, 1 - _RIM), _RIM, 1 - _RIM, down=True)
    target = np.array(quad_of_box(0, 0, width, height), np.float32)
    way = cv2.getPerspectiveTransform(np.array(inner, np.float32), target)
    laid = np.asarray(cv2.warpPerspective(picture, way, (width, height)), np.uint8)
    back = np.linalg.inv(way)
    return [as_quad(cv2.perspectiveTransform(np.array([quad], np.float64), back)[0]) for quad in _found(laid)]


def _masks(small: Pixels) -> Iterator[Mask]:
    """Several ways to tell papers from their ground: where the picture is unlike its rim, and between its edges."""
    smooth = cv2.bilateralFilter(small, 7, 40, 7)
    lab = cv2.cvtColor(smooth, cv2.COLOR_BGR2LAB).astype(np.float32)
    rim = np.concatenate(
        [lab[:4].reshape(-1, 3), lab[-4:].reshape(-1, 3), lab[:, :4].reshape(-1, 3), lab[:, -4:].reshape(-1, 3)]
    )
    unlike = np.min([np.linalg.norm(lab - colour, axis=2) for colour in _main_colours(rim)], axis=0)
    for step in _STEPS:
        mask = np.asarray(unlike > step, np.uint8) * 255
        closed = _closed(mask, 5)
        yield closed
        for bridge in _BRIDGES:
            yield np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((bridge, bridge), np.uint8)), np.uint8)
    grey = cv2.cvtColor(smooth, cv2.COLOR_BGR2GRAY)
    for low, high in _CANNY:
        edges = cv2.dilate(cv2.Canny(grey, low, high), np.ones((3, 3), np.uint8))
        # Papers are what edges surround: their insides are without edges, but for print, which is closed over.
        yield _closed(np.asarray(edges, np.uint8), 7)
        yield np.asarray(edges, np.uint8)


def _main_colours(rim: NDArray[np.float32]) -> NDArray[np.float32]:
    """The two colours that most of the rim has: a table has lighter and darker rings, a cloth is checked."""
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    cv2.setRNGSeed(1)
    start = np.asarray(rim[:: max(1, len(rim) // 2000)], np.float32)
    _, labels, centres = cv2.kmeans(start, 2, None, criteria, 1, cv2.KMEANS_PP_CENTERS)
    shares = np.bincount(labels.ravel(), minlength=2) / len(start)
    return np.asarray(centres[shares > 0.15], np.float32)


def _closed(mask: Mask, reach: int) -> Mask:
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), np.uint8)


def _rectangles(mask: Mask) -> Iterator[Quad]:
    """The outlines in a mask that are rectangles, each from its upper left, clockwise."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        middle, (long, short), turn = cv2.minAreaRect(hull)
        if min(long, short) < 12 or max(long, short) > _THIN * min(long, short):
            continue
        corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
        box = cv2.boxPoints((middle, (long, short), turn))
        if cv2.contourArea(contour) < _FULL * cv2.contourArea(hull) or cv2.contourArea(hull) < _FULL * long * short:
            continue
        yield _ordered(corners[:, 0] if len(corners) == 4 else box)


def _ordered(points: NDArray[np.float32]) -> Quad:
    """Four corners clockwise as seen, from the one nearest the upper left."""
    middle = points.mean(axis=0)
    around = sorted(points.tolist(), key=lambda p: np.arctan2(p[1] - middle[1], p[0] - middle[0]))
    first = min(range(4), key=lambda i: around[i][0] + around[i][1])
    return as_quad(around[first:] + around[:first])


def distinct(quads: Sequence[Quad]) -> list[Quad]:
    """The quads without those that are nearly the same as one before."""
    kept: list[Quad] = []
    for quad in quads:
        if all(shared(quad, other) < _SAME for other in kept):
            kept.append(quad)
    return kept


def shared(a: Quad, b: Quad) -> float:
    """Intersection over union of two convex outlines."""
    common = float(cv2.intersectConvexConvex(np.array(a, np.float32), np.array(b, np.float32))[0])
    union = area(a) + area(b) - common
    return common / union if union > 0 else 0.0


def _scaled(quad: Quad, factor: float) -> Quad:
    return as_quad([(x * factor, y * factor) for x, y in quad])
