"""How documents lie on a sheet: strewn over it, in rows, or one over the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocrcli.geometry import Affine, Quad, area, quad_of_box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float64]

Size = tuple[int, int]  # height and width in px, as of a picture

_TRIES = 60  # places that are tried for a document before the sheet gets larger
_LAPPED = 0.02  # share of a document that may lie under another
_GAPS = (0, 0, 12, 30, 60)  # px between documents in rows: some touch
_MARGIN = 50  # px around documents in rows


@dataclass(frozen=True)
class Laid:
    """The way of each document onto the sheet (3 × 3, from its own px), and the sheet's width and height in px."""

    ways: list[Map]
    size: tuple[int, int]


def strewn(rng: Random, sizes: Sequence[Size], room: float) -> Laid:
    """Anywhere, any way up, some lapping a little over others; the sheet has `room` times their own area."""
    side = math.sqrt(room * sum(height * width for height, width in sizes))
    shape = rng.uniform(0.7, 1.4)
    turns = [_turn(rng) for _ in sizes]
    while True:
        size = (round(side * shape), round(side / shape))
        ways = _placed(rng, sizes, turns, size)
        if ways is not None:
            return Laid(ways, size)
        side *= 1.08


def in_rows(rng: Random, sizes: Sequence[Size]) -> Laid:
    """Side by side in rows, straight but for a hand's inexactness, with gaps or touching; some rows on their side."""
    gap = rng.choice(_GAPS)
    longest = max(max(size) for size in sizes)
    wide = max(longest, math.sqrt(1.2 * sum(height * width for height, width in sizes)))
    turned = {size: rng.choice((0, 0, 0, 90)) for size in sizes}
    ways: list[Map] = []
    x, y, deep = _MARGIN, _MARGIN, 0
    right = 0
    for size, group in groupby(sizes):
        for _ in group:
            height, width = size if turned[size] == 0 else size[::-1]
            if x > _MARGIN and x + width > wide + _MARGIN:
                x, y, deep = _MARGIN, y + deep + gap, 0
            turn = turned[size] + (rng.uniform(-1, 1) if gap else 0)
            affine, across, down = Affine.turning(turn, size[1], size[0])
            ways.append(_map(affine.then(Affine.shift(x - (across - width) / 2, y - (down - height) / 2))))
            x, deep, right = x + width + gap, max(deep, height), max(right, x + width)
    return Laid(ways, (right + _MARGIN, y + deep + _MARGIN))


def lapping(rng: Random, sizes: Sequence[Size], share: float) -> Laid:
    """A row in which each document lies over this share of the one before it."""
    ways: list[Map] = []
    x = _MARGIN
    widths = [width for _, width in sizes]
    for width, following in zip(widths, (*widths[1:], 0), strict=True):
        ways.append(_map(Affine.shift(x, _MARGIN + rng.randint(0, 20))))
        x += width - round(share * min(width, following))
    return Laid(ways, (x + _MARGIN, max(height for height, _ in sizes) + 2 * _MARGIN))


def _turn(rng: Random) -> float:
    """Most lie straight, one way or another; some lie any way."""
    if rng.random() < 0.3:
        return rng.uniform(0, 360)
    return rng.choice((0, 0, 0, 90, 180, 270)) + rng.uniform(-3, 3)


def _placed(rng: Random, sizes: Sequence[Size], turns: Sequence[float], size: tuple[int, int]) -> list[Map] | None:
    """A place for each document, None where one finds none."""
    ways: list[Map] = []
    taken: list[Quad] = []
    for (height, width), turn in zip(sizes, turns, strict=True):
        affine, wide, high = Affine.turning(turn, width, height)
        for _ in range(_TRIES):
            if wide > size[0] or high > size[1]:
                return None
            shifted = affine.then(Affine.shift(rng.uniform(0, size[0] - wide), rng.uniform(0, size[1] - high)))
            outline = shifted.quad(quad_of_box(0, 0, width, height))
            if all(shared_area(outline, other) <= _LAPPED * width * height for other in taken):
                break
        else:
            return None
        taken.append(outline)
        ways.append(_map(shifted))
    return ways


def _map(affine: Affine) -> Map:
    return np.array([affine.m[:3], affine.m[3:], (0, 0, 1)], np.float64)


def shared_area(a: Quad, b: Quad) -> float:
    """The area that two outlines share."""
    if not area(a) or not area(b):
        return 0.0
    return float(cv2.intersectConvexConvex(np.array(a, np.float32), np.array(b, np.float32))[0])
