"""Quads, and the way between a picture as given and the same picture turned, cropped or scaled.

A point is (x, y), x to the right and y down, in px (pictures) or pt (PDF, OFD). A quad is four points, clockwise as
seen, beginning at the text's own top left. Pure Python: services and outputs use this without loading numpy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1


def quad_of_box(x0: float, y0: float, x1: float, y1: float) -> Quad:
    """The upright quad with these edges."""
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def as_quad(points: Iterable[Sequence[float]]) -> Quad:
    """Four [x, y] pairs (lists, array rows) as a quad of floats."""
    a, b, c, d = ((float(p[0]), float(p[1])) for p in points)
    return (a, b, c, d)


def bounds(quad: Iterable[Point]) -> Box:
    """The upright box around the points."""
    points = list(quad)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def around(quads: Iterable[Quad]) -> Quad:
    """The upright quad around several quads."""
    return quad_of_box(*bounds(p for quad in quads for p in quad))


def centre(quad: Quad) -> Point:
    """The mean of the corners."""
    return sum(p[0] for p in quad) / 4, sum(p[1] for p in quad) / 4


def length(quad: Quad) -> float:
    """The extent along the text: the mean of the top and bottom edges."""
    return (math.dist(quad[0], quad[1]) + math.dist(quad[3], quad[2])) / 2


def thickness(quad: Quad) -> float:
    """The extent across the text: the mean of the left and right edges."""
    return (math.dist(quad[0], quad[3]) + math.dist(quad[1], quad[2])) / 2


def angle(quad: Quad) -> float:
    """Direction of the text in degrees clockwise as seen, from the top and bottom edges; in (-180, 180]."""
    dx = quad[1][0] - quad[0][0] + quad[2][0] - quad[3][0]
    dy = quad[1][1] - quad[0][1] + quad[2][1] - quad[3][1]
    return math.degrees(math.atan2(dy, dx))


def area(quad: Iterable[Point]) -> float:
    """The area, never negative (shoelace formula)."""
    points = list(quad)
    total = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        total += x0 * y1 - x1 * y0
    return abs(total) / 2


def inside(point: Point, quad: Quad) -> bool:
    """True where a point lies in a convex quad."""
    sides = zip(quad, (*quad[1:], quad[0]), strict=True)
    turns = [(q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0]) for p, q in sides]
    return min(turns) >= 0 or max(turns) <= 0


def whole_px(quad: Quad) -> list[list[int]]:
    """A quad's corners as records give them: [x, y] in whole px."""
    return [[round(x), round(y)] for x, y in quad]


def overlap(a: Box, b: Box) -> float:
    """The area that two upright boxes share."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)


def slice_quad(quad: Quad, start: float, end: float, *, down: bool = False) -> Quad:
    """The part of a quad between two shares (0..1) of its length, or of its thickness (`down`)."""

    def between(p: Point, q: Point, t: float) -> Point:
        return p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t

    a, b, c, d = quad
    if down:
        return between(a, d, start), between(b, c, start), between(b, c, end), between(a, d, end)
    return between(a, b, start), between(a, b, end), between(d, c, end), between(d, c, start)


def normal_degrees(degrees: float) -> float:
    """The same direction in (-180, 180]."""
    turned = math.fmod(degrees, 360.0)
    if turned > 180.0:
        return turned - 360.0
    return turned + 360.0 if turned <= -180.0 else turned


def quarter_and_rest(degrees: float) -> tuple[int, float]:
    """An angle as a quarter turn (0, 90, 180, 270) and what is left, in (-45, 45]."""
    whole = normal_degrees(degrees)
    quarter = math.ceil((whole - 45.0) / 90.0)
    return quarter * 90 % 360, whole - quarter * 90


@dataclass(frozen=True)
class Affine:
    """A map of points: x' = a·x + b·y + c, y' = d·x + e·y + f. `m` is (a, b, c, d, e, f)."""

    m: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)

    @staticmethod
    def scaling(sx: float, sy: float) -> Affine:
        """Multiplies x by `sx` and y by `sy`."""
        return Affine((sx, 0.0, 0.0, 0.0, sy, 0.0))

    @staticmethod
    def shift(dx: float, dy: float) -> Affine:
        """Moves by (dx, dy)."""
        return Affine((1.0, 0.0, dx, 0.0, 1.0, dy))

    @staticmethod
    def onto(quad: Quad, width: float, height: float) -> Affine:
        """Lays a width × height frame onto a quad: its upper side along the first, its left one along the last."""
        (ax, ay), (bx, by), _, (dx, dy) = quad
        return Affine(((bx - ax) / width, (dx - ax) / height, ax, (by - ay) / width, (dy - ay) / height, ay))

    @staticmethod
    def turning(degrees: float, width: float, height: float) -> tuple[Affine, float, float]:
        """Turns a width × height picture clockwise about its middle, on a canvas that just holds it.

        Returns the map from the given picture to the canvas, and the canvas's width and height.
        """
        # Quarter turns are exact: cos(90°) must be 0, or every coordinate drifts.
        radians = math.radians(degrees)
        cos, sin = round(math.cos(radians), 12), round(math.sin(radians), 12)
        new_width = abs(width * cos) + abs(height * sin)
        new_height = abs(width * sin) + abs(height * cos)
        c = new_width / 2 - (cos * width - sin * height) / 2
        f = new_height / 2 - (sin * width + cos * height) / 2
        return Affine((cos, -sin, c, sin, cos, f)), new_width, new_height

    def __call__(self, point: Point) -> Point:
        """The point, mapped."""
        a, b, c, d, e, f = self.m
        return a * point[0] + b * point[1] + c, d * point[0] + e * point[1] + f

    def quad(self, quad: Quad) -> Quad:
        """The quad with each corner mapped."""
        return self(quad[0]), self(quad[1]), self(quad[2]), self(quad[3])

    def then(self, after: Affine) -> Affine:
        """This map first, `after` second."""
        a, b, c, d, e, f = self.m
        g, h, i, j, k, n = after.m
        return Affine(
            (
                g * a + h * d,
                g * b + h * e,
                g * c + h * f + i,
                j * a + k * d,
                j * b + k * e,
                j * c + k * f + n,
            )
        )

    def inverse(self) -> Affine:
        """The way back. Raises ValueError where the map flattens the picture."""
        a, b, c, d, e, f = self.m
        det = a * e - b * d
        if abs(det) < 1e-12:
            raise ValueError("this map has no inverse")
        return Affine((e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det))
