"""Documents on a sheet stay on it, and lap over each other only as far as they should."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest

from ocrcli.geometry import area, bounds, quad_of_box
from ocrcli.specimens.laying import Laid, Size, in_rows, lapping, strewn
from ocrcli.specimens.spoil import mapped
from ocrcli.vision.documents import shared

SIZES: list[Size] = [(300, 200), (300, 200), (150, 240), (150, 240), (150, 240)]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("lay", [in_rows, lambda rng, sizes: strewn(rng, sizes, 1.6)])
def test_documents_lie_beside_each_other(lay: Callable[[Random, list[Size]], Laid], seed: int) -> None:
    laid = lay(Random(seed), SIZES)
    quads = [mapped(way, quad_of_box(0, 0, w, h)) for (h, w), way in zip(SIZES, laid.ways, strict=True)]
    for quad, (height, width) in zip(quads, SIZES, strict=True):
        x0, y0, x1, y1 = bounds(quad)
        assert area(quad) == pytest.approx(height * width)
        assert min(x0, y0) > -10 and x1 < laid.size[0] + 10 and y1 < laid.size[1] + 10
    assert max(shared(a, b) for a, b in combinations(quads, 2)) < 0.04


def test_a_third_lies_under_the_next() -> None:
    sizes: list[Size] = [(200, 300), (200, 300)]
    laid = lapping(Random(1), sizes, 1 / 3)
    first, second = (mapped(way, quad_of_box(0, 0, 300, 200)) for way in laid.ways)
    assert second[0][0] == pytest.approx(first[1][0] - 100)
