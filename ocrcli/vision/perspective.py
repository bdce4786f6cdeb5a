"""How a page lies in a photo: the map that makes its print level and its columns upright.

Seen from the side, parallel lines run towards one vanishing point. The level one of a page is found from its lines of
print and its level rules, the upright one from its upright rules and from words that begin, end or are centred under
each other. In coordinates from the page's middle, a vanishing point is (1, a, w) for level lines: at (x, y) they
run in the direction (1 - w·x, a - w·y). Upright lines are the same with x and y exchanged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Affine, Point, Quad, bounds, quad_of_box, thickness
from ocrcli.page import Pixels

_EM = 12.0  # px: print is looked at no larger than this
_LONG = 1.5  # print heights: shorter segments are strokes of characters
_OFF = 0.1  # print heights by which the end of a segment may lie off its line …
_OFF_WORDS = 0.2  # … and that of a word, or of words under each other
_NEXT = 4  # words after a word, or under it, that may stand on its row or in its column
_MOST = 150  # words whose rows and columns are looked for
_STEEPEST = 0.35  # what slants more than this against the print is of neither kind
_LEANS, _TURNS = np.linspace(-0.3, 0.3, 61), np.linspace(-0.24, 0.24, 17)  # of a and w that are tried
_COARSE = 0.012  # of the directions tried, from one to the next
_ROUNDS = 6  # of weighing segments by how well they fit the others
_PRIOR = 0.15  # photos are taken from about the front: deviation of a and w before anything is seen
_FLAT = 0.3  # print heights: what moves no word by more is not worth a map

_Array = NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    """A map of points: the 3 × 3 homography `rows`."""

    rows: tuple[tuple[float, float, float], ...]

    @staticmethod
    def of(matrix: NDArray[np.floating[Any]]) -> Projection:
        """The map of a matrix."""
        return Projection(tuple((float(a), float(b), float(c)) for a, b, c in matrix))

    @staticmethod
    def of_affine(affine: Affine) -> Projection:
        """An affine map, seen as a projection."""
        a, b, c, d, e, f = affine.m
        return Projection(((a, b, c), (d, e, f), (0.0, 0.0, 1.0)))

    @staticmethod
    def between(quad: Quad, other: Quad) -> Projection:
        """The map that takes a quad's corners to those of another one."""
        way = cv2.getPerspectiveTransform(np.array(quad, np.float32), np.array(other, np.float32))
        return Projection.of(np.asarray(way, np.float64))

    @property
    def matrix(self) -> _Array:
        """The homography as an array."""
        return np.array(self.rows)

    def __call__(self, point: Point) -> Point:
        """The point, mapped."""
        x, y, w = (a * point[0] + b * point[1] + c for a, b, c in self.rows)
        return x / w, y / w

    def distance(self, point: Point) -> float:
        """How far a point is from where the map is made, in an unknown unit; behind it, less than 0."""
        a, b, c = self.rows[2]
        return a * point[0] + b * point[1] + c

    def quad(self, quad: Quad) -> Quad:
        """The quad with each corner mapped."""
        return self(quad[0]), self(quad[1]), self(quad[2]), self(quad[3])

    def then(self, after: Projection) -> Projection:
        """This map first, `after` second."""
        return Projection.of(after.matrix @ self.matrix)

    def inverse(self) -> Projection:
        """The way back."""
        return Projection.of(np.linalg.inv(self.matrix))


def straightening(pixels: Pixels, upright: Affine, words: Sequence[Quad], em: float) -> Projection | None:
    """What takes perspective and shear out of a page that `upright` (from px of the picture) has turned already.

    None where there is none. `words` are the lines of print in that turned frame, `em` their usual height in px.
    """
    x0, y0, x1, y1 = bounds(point for quad in words for point in quad)
    half = max(x1 - x0, y1 - y0, 1.0) / 2
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2] * 2)
    places = np.array([((a[0] + d[0]) / 2, (a[1] + d[1]) / 2, (b[0] + c[0]) / 2, (b[1] + c[1]) / 2, thickness(quad))
                       for quad in words for a, b, c, d in [quad]])  # fmt: skip
    edges = (_segments(pixels, upright, em), _OFF)
    level = [edges, (_rows(places), _OFF_WORDS)]
    upwards = [(ends[:, [1, 0, 3, 2]], off) for ends, off in (edges, (_columns(places), _OFF_WORDS))]
    a, w = _vanishing([((ends - middle) / half, off * em / half) for ends, off in level])
    k, v = _vanishing([((ends - middle[::-1]) / half, off * em / half) for ends, off in upwards])
    flat = np.linalg.inv(np.array([[1, k, 0], [a, 1, 0], [w, v, 1]]))
    out = np.array([[half, 0, middle[0]], [0, half, middle[1]], [0, 0, 1]])
    way = Projection.of(out @ flat @ np.linalg.inv(out))
    moved = max(math.dist(corner, way(corner)) for corner in quad_of_box(x0, y0, x1, y1))
    return way if moved > _FLAT * em else None


def _segments(pixels: Pixels, upright: Affine, em: float) -> _Array:
    """Straight edges of the picture (n × 4: x0, y0, x1, y1) in the turned frame."""
    share = min(1.0, _EM / em)
    grey = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(grey)[0]
    if found is None:
        return np.empty((0, 4))
    a, b, c, d, e, f = upright.m
    ends = found.reshape(-1, 2, 2).astype(np.float64) / share
    turned = np.asarray(ends @ np.array([[a, d], [b, e]]) + (c, f), np.float64)
    long = np.linalg.norm(turned[:, 1] - turned[:, 0], axis=1) >= _LONG * em
    return np.asarray(turned[long].reshape(-1, 4), np.float64)


def _rows(words: _Array) -> _Array:
    """The middle lines of words, and the lines from the middle of each to that of the next ones on its row.

    Words are n × 5: beginning (x, y), end (x, y), height.
    """
    middle = (words[:, :2] + words[:, 2:4]) / 2
    found = [words[:, :4]]
    for i in range(0, len(words), max(1, len(words) // _MOST)):
        beside = (words[:, 0] > middle[i, 0]) & (np.abs(middle[:, 1] - middle[i, 1]) < words[i, 4])
        for j in np.flatnonzero(beside)[np.argsort(middle[beside, 0])[:_NEXT]]:
            found.append(np.concatenate([middle[i], middle[j]])[np.newaxis])
    return np.concatenate(found)


def _columns(words: _Array) -> _Array:
    """The lines between the beginnings, the middles and the ends of words under each other: some are a column's."""
    left, right, height = words[:, 0], words[:, 2], (words[:, 1] + words[:, 3]) / 2
    found = []
    for i in range(0, len(words), max(1, len(words) // _MOST)):
        under = (height > height[i]) & (left < right[i]) & (right > left[i])
        for j in np.flatnonzero(under)[np.argsort(height[under])[:_NEXT]]:
            pairs = (left[i], left[j]), ((left + right)[i] / 2, (left + right)[j] / 2), (right[i], right[j])
            found += [(upper, height[i], lower, height[j]) for upper, lower in pairs]
    return np.array(found, np.float64).reshape(-1, 4)


def _vanishing(kinds: Sequence[tuple[_Array, float]]) -> Point:
    """The numbers a and w of the vanishing point that most segments run towards.

    Each kind is n × 4 ends in coordinates from the page's middle, and by how much these may be off. First the best of
    a grid of points by the segments' votes, then least squares from there, outliers weighed down.
    """
    ends = np.concatenate([ends for ends, _ in kinds])
    off = np.concatenate([np.full(len(ends), off) for ends, off in kinds])
    along, across = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    runs = np.abs(across) < _STEEPEST * np.abs(along)
    ends, off, along, across = ends[runs], off[runs], along[runs], across[runs]
    length = np.hypot(along, across)
    dx, dy = along / length, across / length
    x, y = (ends[:, 0] + ends[:, 2]) / 2, (ends[:, 1] + ends[:, 3]) / 2
    turns = x * dy - y * dx  # dy - a·dx - w·turns is the sine of the angle that a segment is off by
    slack = off / length
    best = _voted(dx, dy, turns, length, np.hypot(slack, _COARSE))
    for _ in range(_ROUNDS):
        wrong = (dy - best[0] * dx - best[1] * turns) / slack
        weight = 1 / (slack * (1 + wrong**2)) ** 2
        terms = np.stack([dx, turns])
        normal = (terms * weight) @ terms.T + np.eye(2) / _PRIOR**2
        best = np.linalg.solve(normal, (terms * weight) @ dy)
    return float(best[0]), float(best[1])


def _voted(dx: _Array, dy: _Array, turns: _Array, length: _Array, slack: _Array) -> _Array:
    """The a and w of the grid that most segments agree with, long and well-known ones counting more."""
    lean, turn = (grid.ravel() for grid in np.meshgrid(_LEANS, _TURNS, indexing="ij"))
    wrong = (dy - lean[:, None] * dx - turn[:, None] * turns) / (3 * slack)
    votes = (1 - wrong**2).clip(min=0.0) @ (length / slack)
    # Of points that are voted for alike, the one nearest to a view from the front.
    return np.array([lean, turn])[:, np.lexsort((lean**2 + turn**2, -votes))[0]]
