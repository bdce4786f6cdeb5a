"""What takes perspective and shear out of a page: seen from drawn rules, and from words alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Affine, Quad, as_quad, quad_of_box
from ocrcli.vision.perspective import Projection, straightening

SIZE = 800, 600  # width, height
EM = 16.0
TURNED = cv2.getPerspectiveTransform(
    np.array([(0, 0), (800, 0), (800, 600), (0, 600)], np.float32),
    np.array([(90, 20), (780, 0), (740, 560), (10, 600)], np.float32),
)
SHEARED = np.array([[1, -0.12, 80], [0, 1, 0], [0, 0, 1.0]])
BLANK = np.full((600, 900, 3), 255, np.uint8)


def words() -> list[Quad]:
    """Four columns of words, all beginning alike."""
    return [quad_of_box(x, y, x + 70, y + EM) for x in (110, 270, 430, 590) for y in range(110, 480, 40)]


def through(way: np.ndarray, quad: Quad) -> Quad:
    return as_quad(cv2.perspectiveTransform(np.array([quad], np.float64), way)[0].tolist())


def slants(way: Projection, seen: np.ndarray) -> tuple[float, float]:
    """How much the sides of the page's middle slant after both maps: level ones, upright ones."""
    a, b, c, d = way.quad(through(seen, quad_of_box(100, 100, 700, 500)))
    level = max(abs((q[1] - p[1]) / (q[0] - p[0])) for p, q in ((a, b), (d, c)))
    return level, max(abs((q[0] - p[0]) / (q[1] - p[1])) for p, q in ((a, d), (b, c)))


@pytest.mark.parametrize("seen", [TURNED, SHEARED])
def test_from_words_alone(seen: np.ndarray) -> None:
    way = straightening(BLANK, Affine(), [through(seen, word) for word in words()], EM)
    assert way is not None
    assert max(slants(way, seen)) < 0.01


@pytest.mark.parametrize("seen", [TURNED, SHEARED])
def test_rules_say_more_than_words(seen: np.ndarray) -> None:
    page = np.full((SIZE[1], SIZE[0], 3), 255, np.uint8)
    for x in range(100, 701, 150):
        cv2.line(page, (x, 100), (x, 500), (0, 0, 0), 2)
    for y in range(100, 501, 50):
        cv2.line(page, (100, y), (700, y), (0, 0, 0), 2)
    picture = cv2.warpPerspective(page, seen, (900, 600), borderValue=(255, 255, 255))
    crooked = [quad_of_box(x, y, x + 60, y + EM) for x in (120, 290, 440, 610) for y in range(110, 480, 50)]
    way = straightening(np.asarray(picture, np.uint8), Affine(), [through(seen, word) for word in crooked], EM)
    assert way is not None
    assert max(slants(way, seen)) < 0.003


def test_a_page_from_the_front_needs_none() -> None:
    assert straightening(BLANK, Affine(), words(), EM) is None
    assert straightening(BLANK, Affine(), words()[:1], EM) is None


def test_there_and_back() -> None:
    way = Projection.of(TURNED)
    assert way.then(way.inverse())((123.0, 45.0)) == pytest.approx((123.0, 45.0))
    assert way.distance((0.0, 0.0)) > 0
