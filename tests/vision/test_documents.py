"""Papers are found on another ground, turned and more than one; a plain picture has none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Affine, as_quad, quad_of_box
from ocrcli.page import Pixels
from ocrcli.vision.documents import outlines, shared


def picture(ground: tuple[int, int, int]) -> Pixels:
    drawn = np.empty((700, 1000, 3), np.uint8)
    drawn[:] = ground
    return drawn


@pytest.mark.parametrize("turn", [0, 12, 45, 90])
@pytest.mark.parametrize("ground", [(60, 90, 40), (20, 20, 20), (200, 170, 120)])
def test_turned_papers_on_a_coloured_ground(ground: tuple[int, int, int], turn: float) -> None:
    drawn = picture(ground)
    papers = []
    for x in (80, 560):
        way = Affine.turning(turn, 300, 180)[0].then(Affine.shift(x, 150))
        papers.append(way.quad(quad_of_box(0, 0, 300, 180)))
        cv2.fillPoly(drawn, [np.array(papers[-1], np.int32)], (250, 250, 250), cv2.LINE_AA)
    found = outlines(drawn)
    assert all(max(shared(paper, quad) for quad in found) > 0.9 for paper in papers)


def test_a_plain_picture_has_none() -> None:
    assert outlines(picture((230, 230, 230))) == []


def test_shared_area() -> None:
    square = quad_of_box(0, 0, 10, 10)
    assert shared(square, square) == pytest.approx(1.0)
    assert shared(square, quad_of_box(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert shared(square, as_quad([(20, 20), (30, 20), (30, 30), (20, 30)])) == 0.0
