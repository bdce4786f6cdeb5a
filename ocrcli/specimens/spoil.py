"""Spoils a drawn picture as cameras and scanners do, by seed, and says where every point went.

Three levels, in numbers (LEVELS): 1 is a good scan or a calm photo, 2 an everyday phone photo, 3 a bad one. What
depends on the size of print is given in shares of the text's height, so that a level means the same for a small plate
and for a large page.

Points are px, pixel i reaching from i to i + 1. A map is the 3 × 3 homography from drawn to spoilt points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw

from ocrcli.geometry import Affine, Point, Quad, area, bounds, quad_of_box
from ocrcli.specimens.backdrop import desk
from ocrcli.specimens.truth import Specimen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ocrcli.page import Pixels

    Map = NDArray[np.float64]

Background = Literal["paper", "desk", "scene"]
"""What lies around a picture that was turned: more of its own paper; a desk; a scene, out of focus."""


@dataclass(frozen=True)
class Level:
    """How bad it gets. Each figure is the most that happens: seeds give between half of it and all of it."""

    turn: float  # degrees either way, where the caller names no turn
    perspective: float  # how far a corner moves, share of the picture's shorter side
    text_height: float  # px of the smallest print afterwards: larger print comes down to 1 to 2 times this
    blur: float  # standard deviation of the Gaussian, share of the text's height
    motion: float  # length of the smear, share of the text's height
    noise: float  # standard deviation, grey levels of 255
    shadow: float  # share of the light that is lost
    glare: float  # opacity of a white patch
    jpeg: int  # quality


LEVELS: dict[int, Level] = {
    1: Level(turn=2, perspective=0.01, text_height=22, blur=0.03, motion=0, noise=2, shadow=0.1, glare=0, jpeg=90),
    2: Level(turn=8, perspective=0.05, text_height=15, blur=0.07, motion=0.1, noise=7, shadow=0.35, glare=0.4, jpeg=60),
    3: Level(
        turn=20, perspective=0.1, text_height=12, blur=0.09, motion=0.15, noise=10, shadow=0.5, glare=0.5, jpeg=40
    ),
}


def spoil(
    picture: Pixels,
    level: int,
    seed: int,
    *,
    text_height: float = 24.0,
    turn: float | None = None,
    background: Background = "paper",
    corner: float = 0.0,
) -> tuple[Pixels, Map]:
    """The picture, spoilt, and the map from its points to the result's.

    `text_height` is the height of its smallest print in px; `turn` fixes the turn in degrees clockwise; `corner` is
    the radius in px of a document's round corners, seen on a desk. Raises KeyError for a level not in LEVELS.
    """
    how, rng = LEVELS[level], np.random.default_rng(seed)
    scale = min(1.0, rng.uniform(1.0, 2.0) * how.text_height / text_height)
    degrees = _some(rng, how.turn) * rng.choice((-1, 1)) if turn is None else turn
    height, width = picture.shape[:2]
    bent = _perspective(rng, width, height, _some(rng, how.perspective))
    way = _affine(Affine.turning(degrees, 0, 0)[0].then(Affine.scaling(scale, scale))) @ bent
    margin = rng.uniform(0.05, 0.2) * scale * min(width, height) if background == "desk" else 0.0
    way, size = _on_a_canvas(way, width, height, margin)
    if background == "paper":
        out = _warped(picture, way, size, scale, _paper(picture))
    elif background == "desk":
        ground = desk(int(rng.integers(1 << 32)), *size, level)
        out = over(ground, picture, way, corner=corner, shadow=0.5)
    else:
        ground = blurred(_pixels(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)), max(size) / 40)
        out = over(ground, picture, way)
    return _photographed(out, how, rng, text_height * scale), way


def spoilt(
    specimen: Specimen,
    level: int,
    seed: int,
    *,
    turn: float | None = None,
    background: Background = "paper",
    corner: float = 0.0,
) -> Specimen:
    """A specimen, spoilt in measure of its own smallest print, its truth mapped along. See `spoil`."""
    picture, way = spoil(
        specimen.picture,
        level,
        seed,
        text_height=specimen.truth.text_height,
        turn=turn,
        background=background,
        corner=corner,
    )
    return Specimen(picture, specimen.truth.through(lambda quad: mapped(way, quad)))


def turned(specimen: Specimen, degrees: float) -> Specimen:
    """A specimen turned clockwise and nothing else, its canvas grown and filled with its own paper."""
    height, width = specimen.picture.shape[:2]
    way, size = _on_a_canvas(_affine(Affine.turning(degrees, 0, 0)[0]), width, height, 0.0)
    picture = _warped(specimen.picture, way, size, 1.0, _paper(specimen.picture))
    return Specimen(picture, specimen.truth.through(lambda quad: mapped(way, quad)))


def mapped(way: Map, quad: Quad) -> Quad:
    """A quad, taken through a map."""
    a, b, c, d = (_through(way, point) for point in quad)
    return a, b, c, d


def blurred(picture: Pixels, sigma: float) -> Pixels:
    """Out of focus: a Gaussian with this standard deviation in px."""
    return picture if sigma < 0.1 else _pixels(cv2.GaussianBlur(picture, (0, 0), sigma))


def smeared(picture: Pixels, length: float, degrees: float) -> Pixels:
    """Moved while exposed: a straight smear of this length in px, in this direction."""
    if length < 0.5:
        return picture
    side = 2 * math.ceil(length / 2) + 3
    kernel = np.zeros((16 * side, 16 * side), dtype=np.float32)
    dx, dy = 8 * length * math.cos(math.radians(degrees)), 8 * length * math.sin(math.radians(degrees))
    middle = 8 * side
    ends = (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy))
    cv2.line(kernel, *ends, 1.0, 16)
    small = cv2.resize(kernel, (side, side), interpolation=cv2.INTER_AREA)
    return _pixels(cv2.filter2D(picture, -1, small / small.sum()))


def noisy(picture: Pixels, seed: int, deviation: float) -> Pixels:
    """Sensor noise: a Gaussian with this standard deviation in grey levels of 255."""
    noise = np.random.default_rng(seed).standard_normal(picture.shape, dtype=np.float32)
    return _pixels(np.clip(picture + deviation * noise, 0, 255))


def shadowed(picture: Pixels, seed: int, loss: float) -> Pixels:
    """A soft-edged shadow over a part, which takes this share of the light."""
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    turn = rng.uniform(0, 2 * math.pi)
    x, y = np.linspace(-1, 1, width, dtype=np.float32)[None, :], np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    along = x * math.cos(turn) + y * math.sin(turn) - rng.uniform(-0.4, 0.4)
    dark = 1.0 / (1.0 + np.exp(-along / rng.uniform(0.05, 0.5)))
    return _pixels(picture * (1.0 - loss * dark)[:, :, None])


def glared(picture: Pixels, seed: int, opacity: float) -> Pixels:
    """A white patch of reflected light with soft edges."""
    if opacity <= 0:
        return picture
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    reach = rng.uniform(0.1, 0.25) * min(width, height)
    dx, dy = (x - rng.uniform(0, width)) / (reach * rng.uniform(0.6, 2)), (y - rng.uniform(0, height)) / reach
    patch = (opacity * np.exp(-(dx**2 + dy**2)))[:, :, None]
    return _pixels(picture * (1 - patch) + 255 * patch)


def compressed(picture: Pixels, quality: int) -> Pixels:
    """Saved as JPEG of this quality, and opened again."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _pixels(cv2.imdecode(data, cv2.IMREAD_COLOR))


def _photographed(picture: Pixels, how: Level, rng: np.random.Generator, text_height: float) -> Pixels:
    """Light first, then the lens, then the sensor, then the file."""

    def seed() -> int:
        return int(rng.integers(1 << 32))

    out = shadowed(picture, seed(), _some(rng, how.shadow))
    out = glared(out, seed(), _some(rng, how.glare))
    out = smeared(out, _some(rng, how.motion) * text_height, rng.uniform(0, 180))
    out = blurred(out, _some(rng, how.blur) * text_height)
    out = noisy(out, seed(), _some(rng, how.noise))
    return compressed(out, how.jpeg)


def _some(rng: np.random.Generator, most: float) -> float:
    return float(rng.uniform(0.5, 1.0) * most)


def _perspective(rng: np.random.Generator, width: int, height: int, share: float) -> Map:
    """The picture seen from one side: each corner moves by at most `share` of the shorter side."""
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    moved = corners + rng.uniform(-share, share, (4, 2)).astype(np.float32) * min(width, height)
    return np.asarray(cv2.getPerspectiveTransform(corners, moved), dtype=np.float64)


def _affine(affine: Affine) -> Map:
    a, b, c, d, e, f = affine.m
    return np.array([[a, b, c], [d, e, f], [0, 0, 1]], dtype=np.float64)


def _through(way: Map, point: Point) -> Point:
    x, y, w = way @ np.array([point[0], point[1], 1.0])
    return float(x / w), float(y / w)


def _on_a_canvas(way: Map, width: int, height: int, margin: float) -> tuple[Map, tuple[int, int]]:
    """The map onto a canvas that just holds the picture and a margin, and the canvas's size."""
    x0, y0, x1, y1 = bounds(mapped(way, quad_of_box(0, 0, width, height)))
    size = (max(1, math.ceil(x1 - x0 + 2 * margin)), max(1, math.ceil(y1 - y0 + 2 * margin)))
    return _affine(Affine.shift(margin - x0, margin - y0)) @ way, size


def _warped(picture: Pixels, way: Map, size: tuple[int, int], scale: float, fill: tuple[float, ...]) -> Pixels:
    """The picture through the map, made smaller by about `scale`, around it the colour `fill`."""
    # cv2 counts from the middle of the first pixel, we from its corner.
    half = _affine(Affine.shift(0.5, 0.5))
    centred = np.linalg.inv(half) @ way @ half
    # Detail finer than the new pixels would alias.
    source = blurred(picture, 0.45 * math.sqrt(1 / scale**2 - 1)) if scale < 1 else picture
    return _pixels(
        cv2.warpPerspective(
            source, centred, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=fill
        )
    )


def over(ground: Pixels, picture: Pixels, way: Map, *, corner: float = 0.0, shadow: float = 0.0) -> Pixels:
    """The ground with the picture laid over it through the map: round corners, a soft shadow of this depth around."""
    height, width = picture.shape[:2]
    outline = mapped(way, quad_of_box(0, 0, width, height))
    scale = min(1.0, math.sqrt(area(outline) / (width * height)))
    reach = 0.012 * max(ground.shape) if shadow else 0.0
    x0, y0, x1, y1 = bounds(outline)
    left, top = max(0, math.floor(x0 - 4 * reach) - 1), max(0, math.floor(y0 - 4 * reach) - 1)
    below = ground[top : math.ceil(y1 + 4 * reach) + 1, left : math.ceil(x1 + 4 * reach) + 1]
    size, near = (below.shape[1], below.shape[0]), _affine(Affine.shift(-left, -top)) @ way
    shape = Image.new("L", (width, height))
    ImageDraw.Draw(shape).rounded_rectangle([0, 0, width - 1, height - 1], radius=corner, fill=255)
    mask = _warped(np.asarray(shape), near, size, scale, (0,)).astype(np.float32)[:, :, None] / 255
    dark = shadow * cv2.GaussianBlur(mask, (0, 0), reach)[:, :, None] if shadow else np.float32(0)
    laid = ground.copy()
    seen = _warped(picture, near, size, scale, _paper(picture))
    laid[top : top + size[1], left : left + size[0]] = _pixels(below * (1 - dark) * (1 - mask) + seen * mask)
    return laid


def _paper(picture: Pixels) -> tuple[float, ...]:
    """The colour at the picture's edge: the median of its outermost pixels."""
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    return tuple(float(v) for v in np.median(edge, axis=0))


def _pixels(array: NDArray[np.generic]) -> Pixels:
    return np.ascontiguousarray(np.asarray(array).clip(0, 255).astype(np.uint8))
