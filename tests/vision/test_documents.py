"""Papers are found by the edges around them, turned and more than one; a plain picture has none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Affine, as_quad, quad_of_box
from ocrcli.vision.documents import distinct, outlines, shared


@pytest.mark.parametrize("turn", [0, 12, 45, 90])
def test_turned_papers_are_surrounded_by_edges(turn: float) -> None:
    edges = np.zeros((700, 1000), np.uint8)
    papers = []
    for x in (80, 560):
        way = Affine.turning(turn, 300, 180)[0].then(Affine.shift(x, 150))
        papers.append(way.quad(quad_of_box(0, 0, 300, 180)))
        cv2.polylines(edges, [np.array(papers[-1], np.int32)], True, 255)
    found = list(outlines(edges))
    assert all(max(shared(paper, quad) for quad in found) > 0.9 for paper in papers)


def test_what_is_open_or_no_rectangle_is_no_paper() -> None:
    edges = np.zeros((700, 1000), np.uint8)
    assert list(outlines(edges)) == []
    cv2.polylines(edges, [np.array([(100, 100), (400, 100), (400, 300)], np.int32)], False, 255)
    cv2.ellipse(edges, (700, 400), (200, 90), 0, 0, 360, 255)
    assert list(outlines(edges)) == []


def test_of_nearly_equal_quads_the_first_stays() -> None:
    quads = [quad_of_box(0, 0, 100, 100), quad_of_box(1, 0, 101, 100), quad_of_box(50, 0, 150, 100)]
    assert distinct([(quad, 1.0 - i / 10) for i, quad in enumerate(quads)]) == [(quads[0], 1.0), (quads[2], 0.8)]


def test_shared_area() -> None:
    square = quad_of_box(0, 0, 10, 10)
    assert shared(square, square) == pytest.approx(1.0)
    assert shared(square, quad_of_box(5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert shared(square, as_quad([(20, 20), (30, 20), (30, 30), (20, 30)])) == 0.0
