"""Cutting lines out, turning pages, and the way back to the given picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.engine import crops
from ocrcli.geometry import Affine, Quad, centre, quad_of_box


def marked(width: int, height: int, x: int, y: int) -> np.ndarray:
    """White, with a black dot of 9 × 9 px around (x, y)."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[y - 4 : y + 5, x - 4 : x + 5] = 0
    return pixels


def dot(pixels: np.ndarray) -> tuple[float, float]:
    ys, xs = np.nonzero(pixels[:, :, 0] < 128)
    return float(xs.mean()) + 0.5, float(ys.mean()) + 0.5


@settings(deadline=None, max_examples=60)
@given(
    st.integers(60, 300),
    st.integers(60, 300),
    st.floats(0.1, 0.9),
    st.floats(0.1, 0.9),
    st.one_of(st.floats(-180, 180), st.sampled_from([0.0, 90.0, 180.0, -90.0, 45.0])),
)
def test_round_trip_of_a_point(width: int, height: int, fx: float, fy: float, degrees: float) -> None:
    """What is seen at a place of the turned picture comes back at its place in the given one, within half a pixel."""
    x, y = max(5, min(width - 6, int(fx * width))), max(5, min(height - 6, int(fy * height)))
    turned, affine = crops.turn(marked(width, height, x, y), degrees)
    seen = dot(turned)
    back = affine.inverse()(seen)
    assert abs(back[0] - (x + 0.5)) < 0.6
    assert abs(back[1] - (y + 0.5)) < 0.6


@given(
    st.floats(-360, 360),
    st.floats(0.05, 20),
    st.tuples(st.floats(0, 5000), st.floats(0, 5000), st.floats(1, 900), st.floats(1, 90)),
)
def test_round_trip_of_a_quad_through_turn_and_scale(degrees: float, scale: float, box: tuple[float, ...]) -> None:
    x, y, w, h = box
    quad = quad_of_box(x, y, x + w, y + h)
    affine, _, _ = Affine.turning(degrees, 5900, 5090)
    whole = Affine.scaling(scale, scale).then(affine).then(Affine.shift(3, -7))
    back = whole.inverse().quad(whole.quad(quad))
    assert max(abs(p[i] - q[i]) for p, q in zip(back, quad, strict=True) for i in (0, 1)) < 1e-6


def test_a_turned_picture_has_paper_in_its_corners() -> None:
    turned, _ = crops.turn(np.full((100, 200, 3), (200, 180, 160), np.uint8), 30)
    assert turned[0, 0].tolist() == [200, 180, 160]


def test_a_slanted_quad_is_cut_straight() -> None:
    pixels = np.full((200, 200, 3), 255, np.uint8)
    for i in range(100):  # a black slope of 20 px thickness
        pixels[40 + i // 4 : 60 + i // 4, 50 + i] = 0
    quad: Quad = ((50, 40), (150, 65), (150, 85), (50, 60))
    cut = crops.cut(pixels, quad)
    assert cut.shape[:2] == (20, 103)
    assert cut[3:-3, 3:-3].mean() < 20


def test_an_upright_quad_is_sliced() -> None:
    pixels = np.arange(100 * 100 * 3, dtype=np.uint8).reshape(100, 100, 3)
    assert np.array_equal(crops.cut(pixels, quad_of_box(10, 20, 60, 40)), pixels[20:40, 10:60])


def test_a_quad_outside_the_picture_gives_something_to_read() -> None:
    pixels = np.zeros((50, 50, 3), np.uint8)
    assert crops.cut(pixels, quad_of_box(-30, -30, -10, -10)).size > 0
    assert crops.cut(pixels, quad_of_box(40, 40, 90, 60)).size > 0


@given(st.tuples(st.floats(0, 100), st.floats(0, 100)))
def test_turned_corners_stay_at_the_same_place(corner: tuple[float, float]) -> None:
    quad = quad_of_box(*corner, corner[0] + 50, corner[1] + 20)
    assert centre(crops.half_turned(quad)) == pytest.approx(centre(quad))
    assert crops.half_turned(crops.half_turned(quad)) == quad
    assert crops.lying_down(quad)[0] == quad[1]
