"""Cutting a line out of a page: straightened, upright, ready for the recogniser."""

from __future__ import annotations

import cv2
import numpy as np

from ocrcli.geometry import Affine, Quad, length, thickness
from ocrcli.page import Pixels


def cut(pixels: Pixels, quad: Quad) -> Pixels:
    """The quad's content as an upright picture (h × w × 3 BGR), its first corner at the upper left."""
    width = max(1, round(length(quad)))
    height = max(1, round(thickness(quad)))
    box = _upright_box(quad, pixels)
    if box is not None:
        x0, y0, x1, y1 = box
        return np.ascontiguousarray(pixels[y0:y1, x0:x1])
    # Only the neighbourhood is warped: a page of 70 megapixels is not touched for one line.
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    left, top = max(0, int(min(xs)) - 2), max(0, int(min(ys)) - 2)
    near = pixels[top : max(top + 1, int(max(ys)) + 3), left : max(left + 1, int(max(xs)) + 3)]
    if near.size == 0:
        return np.zeros((height, width, 3), np.uint8)
    source = np.array([(x - left, y - top) for x, y in quad], np.float32)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    return np.asarray(
        cv2.warpPerspective(near, warp, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    )


def _upright_box(quad: Quad, pixels: Pixels) -> tuple[int, int, int, int] | None:
    """Whole-pixel edges where the quad is an upright box to within half a pixel: then slicing is exact and free."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    if max(abs(ay - by), abs(dy - cy), abs(ax - dx), abs(bx - cx)) > 0.5 or bx <= ax or dy <= ay:
        return None
    height, width = pixels.shape[:2]
    x0, y0 = max(0, round(min(ax, dx))), max(0, round(min(ay, by)))
    x1, y1 = min(width, round(max(bx, cx))), min(height, round(max(cy, dy)))
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def turn(pixels: Pixels, degrees: float) -> tuple[Pixels, Affine]:
    """The picture turned clockwise on a canvas that just holds it, and the map from given to turned pixels."""
    height, width = pixels.shape[:2]
    affine, new_width, new_height = Affine.turning(degrees, width, height)
    quarter = round(degrees / 90) % 4
    if abs(degrees - round(degrees / 90) * 90) < 1e-6:
        return np.ascontiguousarray(np.rot90(pixels, -quarter)), affine
    a, b, c, d, e, f = affine.m
    # Points are counted from pixel edges, OpenCV's from pixel centres: half a pixel either way.
    matrix = np.array([[a, b, c + (a + b - 1) / 2], [d, e, f + (d + e - 1) / 2]])
    size = (round(new_width), round(new_height))
    background = tuple(int(v) for v in _paper(pixels))
    turned = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=background)
    return np.asarray(turned), affine


def _paper(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The usual colour along the picture's edges, to fill the corners with."""
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return np.asarray(np.median(edge, axis=0))


def half_turned(quad: Quad) -> Quad:
    """The same place, read upside down."""
    return quad[2], quad[3], quad[0], quad[1]


def lying_down(quad: Quad) -> Quad:
    """The same place, read from top to bottom: a tall box whose text was turned clockwise by 90°."""
    return quad[1], quad[2], quad[3], quad[0]
