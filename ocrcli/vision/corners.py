"""A document's outline in a photo: first from what is printed on it, then drawn to the edges that are really there.

Print is found on any ground and at any angle, but says only roughly where the paper ends; edges are exact, but a
patterned table has many of them. So an edge is looked for only near where it is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.geometry import Box, Point, Quad, angle, as_quad, bounds, length, quad_of_box, thickness
from ocrcli.page import Pixels

Map = NDArray[np.float64]  # 3 × 3 homography
Ends = tuple[float, float]  # how far from a strip's first row an edge begins and ends

_SIDE = 360  # px, the longer side of the document in the frame where its edges are looked for
_STEP = 2  # px between the places where an edge is tried
_PLACES = 64  # samples along an edge …
_INSET = 0.08  # … without its ends, which round corners may take
_SLOPE = 0.12  # of an edge against the expected one, share of its length
_SEEN = 0.6  # share of an edge's samples that must stand out
_LEAST = 4.0  # grey levels per px that stand out at least …
_OVER_NOISE = 2.5  # … and this many times the median of the place
_FAR = 0.6  # how much less an edge counts at the end of the reach
_BLUR = 4  # px that print reaches beyond its line in that frame
_ROUNDS = 4  # of weighing points by how well they fit the others
_FAR_APART = 0.5  # of the width: two points that alone say where a document lies
_BENT = 1.4  # how many times too long or too high a document may look, seen from the side


@dataclass(frozen=True, slots=True)
class Outline:
    """Corners (px), clockwise from the document's own top left, and which of top, right, bottom, left were seen."""

    quad: Quad
    seen: tuple[bool, bool, bool, bool]


def outline(pixels: Pixels, expected: Quad, reach: float, print_: Iterable[Quad] = ()) -> Outline:
    """The expected quad with each side drawn to the edge near it; a side without one stays where it is expected.

    `pixels` is H × W × 3 BGR, `reach` how far from an expected side its edge may lie, share of the longer side. No edge
    runs through lines of print (`print_`, px): a long number looks like one where the picture ends at the document.
    """
    scale = _SIDE / max(length(expected), thickness(expected), 1.0)
    width, height = (max(8, round(side * scale)) for side in (length(expected), thickness(expected)))
    room = max(_STEP, round(reach * _SIDE))
    to_frame = _homography(expected, quad_of_box(room, room, room + width, room + height))
    downwards, across = _steepness(pixels, to_frame, (width + 2 * room, height + 2 * room), scale)
    for quad in print_:
        place = np.round(_mapped(to_frame, quad)).astype(np.int32)
        for steep in (downwards, across):
            cv2.fillConvexPoly(steep, place, 0.0)
            cv2.polylines(steep, [place], isClosed=True, color=0.0, thickness=2 * _BLUR + 1)
    columns, rows = slice(room, room + width), slice(room, room + height)
    top = _edge(downwards[: 2 * room, columns])
    right = _edge(across[rows, width:].T)
    bottom = _edge(downwards[height:, columns])
    left = _edge(across[rows, : 2 * room].T)
    ends = [edge or (room, room) for edge in (top, right, bottom, left)]
    corners = _crossings(ends, room, width, height)
    seen = (top is not None, right is not None, bottom is not None, left is not None)
    return Outline(_mapped(np.asarray(np.linalg.inv(to_frame), np.float64), corners), seen)


def placed(pairs: Sequence[tuple[Point, Point]], width: float, height: float) -> Quad | None:
    """Where a document of this size lies, some points of which (in its own unit) were seen on a page.

    Each pair is a point of the document, from its top left, and the same point on the page. Perspective is left to the
    edges: labels on one half of a card say little about the other's. Two points that are far apart, such as both ends
    of a title, say where it lies if it is seen from straight above. None of fewer, or where they lie so that no flat
    document could be seen like this.
    """
    if len(pairs) < 2:
        return None
    own, seen = (np.array(points, np.float64) for points in zip(*pairs, strict=True))
    if len(pairs) == 2:
        if abs(own[1, 0] - own[0, 0]) < _FAR_APART * width:
            return None
        own, seen = (np.vstack([points, points[0] + _upright(points[1] - points[0])]) for points in (own, seen))
    corners = _affine(own, seen, np.array(quad_of_box(0, 0, width, height)))
    return corners if _is_flat(corners, width / height) else None


def around_print(quads: Iterable[Quad], margin: float) -> Quad | None:
    """The level box around printed lines, larger on each side by `margin`, share of its shorter side; None of none."""
    lines = list(quads)
    if not lines:
        return None
    turn = np.radians(float(np.median([angle(quad) for quad in lines])))
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    x0, y0, x1, y1 = bounds((x * cos + y * sin, y * cos - x * sin) for quad in lines for x, y in quad)
    more = margin * min(x1 - x0, y1 - y0)
    box = quad_of_box(x0 - more, y0 - more, x1 + more, y1 + more)
    return as_quad((x * cos - y * sin, x * sin + y * cos) for x, y in box)


def part(whole: Quad, box: Box) -> Quad:
    """The place of a box on a flat document; `box` in shares (0..1) of its width and height."""
    return _mapped(_homography(quad_of_box(0, 0, 1, 1), whole), quad_of_box(*box))


def on_card(whole: Quad, point: Point) -> Point:
    """Where on a flat document a point of the page lies, in shares (0..1) of its width and height."""
    way = _homography(whole, quad_of_box(0, 0, 1, 1))
    x, y = cv2.perspectiveTransform(np.array([[point]], np.float64), way)[0, 0].tolist()
    return x, y


def straightened(pixels: Pixels, quad: Quad, ratio: float | None = None) -> Pixels:
    """The quad's content seen from straight above, H × W × 3 BGR, its own top left at the upper left.

    As large as it is on the picture; `ratio` (width to height) where it is known. What lies off the picture is white.
    """
    width, height = length(quad), thickness(quad)
    if ratio is not None:
        width, height = max(width, height * ratio), max(height, width / ratio)
    size = max(1, round(width)), max(1, round(height))
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # points count from pixel edges, cv2 from pixel centres
    way = np.linalg.inv(half) @ _homography(quad, quad_of_box(0, 0, *size)) @ half
    seen = cv2.warpPerspective(pixels, way, size, flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.asarray(seen, np.uint8)


def _homography(source: Quad, target: Quad) -> Map:
    way = cv2.getPerspectiveTransform(np.array(source, np.float32), np.array(target, np.float32))
    return np.asarray(way, np.float64)


def _mapped(way: Map, points: Quad) -> Quad:
    seen = cv2.perspectiveTransform(np.array([points], np.float64), way)
    return as_quad(seen[0].tolist())


def _upright(way: Map) -> Map:
    """The same way, turned by a right angle clockwise."""
    return np.array([-way[1], way[0]])


def _affine(own: Map, seen: Map, points: Map) -> Quad:
    """Where points lie under the affine map from `own` to `seen` (N × 2); pairs far off the others count less."""
    full, weight = np.hstack([own, np.ones((len(own), 1))]), np.ones((len(own), 1))
    for _ in range(_ROUNDS):
        way = np.linalg.lstsq(full * weight, seen * weight, rcond=None)[0]
        off = np.hypot(*(full @ way - seen).T)[:, None]
        weight = 1 / (1 + off / max(float(np.median(off)), 1e-6))
    return as_quad((np.hstack([points, np.ones((len(points), 1))]) @ way).tolist())


def _is_flat(quad: Quad, ratio: float) -> bool:
    """True where the corners go clockwise around a parallelogram that may be a document of this width to height."""
    (ax, ay), (bx, by), _, (dx, dy) = quad
    clockwise = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    long, high = length(quad), thickness(quad)
    return clockwise > 0.7 * long * high and 1 / _BENT < long / max(high, 1e-6) / ratio < _BENT


def _steepness(
    pixels: Pixels, to_frame: Map, size: tuple[int, int], scale: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much the picture changes downwards and across, per px of the frame; nothing where it ends."""
    source = cv2.GaussianBlur(pixels, (0, 0), 0.45 / scale) if scale < 0.7 else pixels
    frame = cv2.warpPerspective(source, to_frame, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = np.full(pixels.shape[:2], 255, np.uint8)
    there = cv2.erode(cv2.warpPerspective(there, to_frame, size, flags=cv2.INTER_NEAREST), np.ones((3, 3), np.uint8))
    soft = cv2.GaussianBlur(frame, (0, 0), 1.2).astype(np.float32)
    downwards = np.abs(cv2.Sobel(soft, -1, 0, 1, scale=1 / 8)).max(axis=2)
    across = np.abs(cv2.Sobel(soft, -1, 1, 0, scale=1 / 8)).max(axis=2)
    return np.where(there > 0, downwards, 0), np.where(there > 0, across, 0)


def _edge(strip: NDArray[np.float32]) -> Ends | None:
    """The straight edge along a strip (from side to side of it), None where none stands out."""
    deep, long = strip.shape
    middle = deep / 2
    along = np.linspace(_INSET, 1 - _INSET, _PLACES)
    starts = np.arange(1, deep - 1, _STEP)
    begin, end = (ends.ravel() for ends in np.meshgrid(starts, starts, indexing="ij"))
    level = np.abs(begin - end) <= _SLOPE * long
    begin, end = begin[level], end[level]
    rows = np.round(begin[:, None] + (end - begin)[:, None] * along).astype(np.intp)
    columns = np.round(along * (long - 1)).astype(np.intp)
    clear = max(_LEAST, _OVER_NOISE * float(np.median(strip)))
    steep = strip[rows, columns]
    support = (steep > clear).mean(axis=1)
    strength = np.minimum(steep, 3 * clear).mean(axis=1) / (3 * clear)
    far = (np.abs(begin - middle) + np.abs(end - middle)) / (2 * middle)
    best = int(np.argmax((support + strength / 2) * (1 - _FAR * far)))
    return (float(begin[best]), float(end[best])) if support[best] >= _SEEN else None


def _crossings(ends: Sequence[Ends], room: int, width: int, height: int) -> Quad:
    """The corners in the frame, where neighbouring edges meet."""
    top, right, bottom, left = ends
    x0, y0, x1, y1 = room, room, room + width, room + height
    lines = [
        _line((x0, top[0]), (x1, top[1])),
        _line((width + right[0], y0), (width + right[1], y1)),
        _line((x0, height + bottom[0]), (x1, height + bottom[1])),
        _line((left[0], y0), (left[1], y1)),
    ]
    corners = [np.cross(lines[i - 1], lines[i]) for i in range(4)]
    return as_quad([(c[0] / c[2], c[1] / c[2]) for c in corners])


def _line(a: Point, b: Point) -> NDArray[np.float64]:
    """The line through two points, in homogeneous coordinates."""
    return np.asarray(np.cross((*a, 1.0), (*b, 1.0)), np.float64)
