"""Papers are found around their print: turned, touching, lapping, pale on a pale ground; plain print has none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Affine, Quad, quad_of_box, slice_quad
from ocrcli.page import Pixels
from ocrcli.vision.documents import shared
from ocrcli.vision.papers import papers

WHITE = (250, 250, 250)


def picture(ground: tuple[int, int, int]) -> Pixels:
    drawn = np.empty((700, 1000, 3), np.uint8)
    drawn[:] = ground
    return drawn


def lay(drawn: Pixels, paper: Quad, colour: tuple[int, int, int] = WHITE) -> list[Quad]:
    """A paper with an edge, and three lines of print on it: their quads."""
    cv2.fillPoly(drawn, [np.array(paper, np.int32)], colour, cv2.LINE_AA)
    texts = [slice_quad(slice_quad(paper, 0.1, 0.7), y, y + 0.1, down=True) for y in (0.2, 0.45, 0.7)]
    for text in texts:
        cv2.fillPoly(drawn, [np.array(text, np.int32)], (90, 90, 90), cv2.LINE_AA)
    return texts


def turned(degrees: float, x: float, y: float) -> Quad:
    return Affine.turning(degrees, 300, 180)[0].then(Affine.shift(x, y)).quad(quad_of_box(0, 0, 300, 180))


def best(paper: Quad, drawn: Pixels, texts: list[Quad]) -> float:
    return max((shared(paper, quad) for quad, _ in papers(drawn, texts)), default=0.0)


@pytest.mark.parametrize("turn", [0, 12, 45, 90, 180])
@pytest.mark.parametrize("ground", [(60, 90, 40), (20, 20, 20), (228, 230, 230)])
def test_turned_papers_on_any_ground(ground: tuple[int, int, int], turn: float) -> None:
    drawn = picture(ground)
    laid = [turned(turn, x, 150) for x in (60, 560)]
    texts = [text for paper in laid for text in lay(drawn, paper)]
    assert all(best(paper, drawn, texts) > 0.9 for paper in laid)


def test_a_paper_that_lies_on_another_is_one_of_its_own() -> None:
    drawn = picture((60, 90, 40))
    below, above = quad_of_box(100, 100, 500, 400), quad_of_box(440, 150, 800, 350)
    texts = lay(drawn, below) + lay(drawn, above, (225, 225, 240))
    assert best(above, drawn, texts) > 0.9
    assert best(below, drawn, texts) > 0.8


def test_touching_papers_are_two() -> None:
    drawn = picture((60, 90, 40))
    left, right = quad_of_box(100, 100, 400, 400), quad_of_box(402, 100, 700, 400)
    texts = lay(drawn, left) + lay(drawn, right)
    assert best(left, drawn, texts) > 0.9
    assert best(right, drawn, texts) > 0.9


def test_a_paper_that_hardly_differs_from_its_ground_has_faint_edges() -> None:
    drawn = picture((242, 242, 242))
    paper = turned(0, 100, 100)
    texts = lay(drawn, paper)
    assert papers(drawn, texts) == []
    assert max(shared(paper, quad) for quad, _ in papers(drawn, texts, faint=True)) > 0.9


def test_print_without_an_edge_has_no_paper() -> None:
    drawn = picture((240, 240, 240))
    text = quad_of_box(300, 300, 600, 330)
    cv2.fillPoly(drawn, [np.array(text, np.int32)], (90, 90, 90))
    assert papers(drawn, [text]) == []
    assert papers(drawn, []) == []
