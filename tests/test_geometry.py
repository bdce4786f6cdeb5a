from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ocrcli.geometry import (
    Affine,
    Box,
    Point,
    angle,
    area,
    around,
    as_quad,
    bounds,
    centre,
    length,
    normal_degrees,
    overlap,
    quad_of_box,
    quarter_and_rest,
    slice_quad,
    thickness,
)

COORDINATES = st.floats(-5000, 5000)
POINTS = st.tuples(COORDINATES, COORDINATES)
SIDES = st.floats(1, 5000)
DEGREES = st.floats(-1000, 1000)
TURNS = st.builds(lambda turn, w, h: Affine.turning(turn, w, h)[0], DEGREES, SIDES, SIDES)
SHIFTS = st.builds(Affine.shift, COORDINATES, COORDINATES)
SCALINGS = st.builds(Affine.scaling, st.floats(0.1, 10), st.floats(0.1, 10))
MAPS = st.one_of(TURNS, SHIFTS, SCALINGS)
QUAD = ((10.0, 20.0), (110.0, 20.0), (110.0, 60.0), (10.0, 60.0))


def near(a: Point, b: Point) -> bool:
    return math.dist(a, b) < 1e-5


def test_a_box_as_a_quad_goes_clockwise_from_the_top_left():
    assert quad_of_box(10, 20, 110, 60) == QUAD
    assert as_quad([[10, 20], [110, 20], [110, 60], [10, 60]]) == QUAD
    assert bounds(QUAD) == (10, 20, 110, 60)
    assert (length(QUAD), thickness(QUAD), centre(QUAD), angle(QUAD), area(QUAD)) == (100, 40, (60, 40), 0, 4000)


def test_a_quad_has_four_corners():
    with pytest.raises(ValueError):
        as_quad([[0, 0], [1, 0], [1, 1]])


def test_around_holds_all_quads():
    assert around([QUAD, quad_of_box(-5, 30, 0, 99)]) == quad_of_box(-5, 20, 110, 99)


@given(POINTS, SIDES, SIDES, DEGREES)
def test_a_turned_quad_keeps_its_measures_and_tells_its_angle(corner: Point, width: float, height: float, turn: float):
    assume(abs(abs(normal_degrees(turn)) - 180) > 1e-3)  # where the angle jumps from 180 to -180
    quad = quad_of_box(*corner, corner[0] + width, corner[1] + height)
    turned = Affine.turning(turn, width, height)[0].quad(quad)
    assert length(turned) == pytest.approx(width, abs=1e-5)
    assert thickness(turned) == pytest.approx(height, abs=1e-5)
    assert area(turned) == pytest.approx(width * height, rel=1e-6, abs=1e-2)
    assert angle(turned) == pytest.approx(normal_degrees(turn), abs=1e-3)


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ((0, 0, 10, 10), (5, 5, 20, 20), 25),
        ((0, 0, 10, 10), (2, 2, 4, 4), 4),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0),
        ((0, 0, 10, 10), (30, 30, 40, 40), 0),
    ],
)
def test_overlap(a: Box, b: Box, shared: float):
    assert overlap(a, b) == overlap(b, a) == shared


def test_slices_run_along_the_text_or_down_a_column():
    assert slice_quad(QUAD, 0.25, 0.5) == quad_of_box(35, 20, 60, 60)
    assert slice_quad(QUAD, 0.25, 0.5, down=True) == quad_of_box(10, 30, 110, 40)
    assert slice_quad(QUAD, 0, 1) == slice_quad(QUAD, 0, 1, down=True) == QUAD


@given(DEGREES)
def test_an_angle_is_a_quarter_turn_and_a_rest(degrees: float):
    quarter, rest = quarter_and_rest(degrees)
    assert quarter in (0, 90, 180, 270)
    assert -45 - 1e-9 < rest <= 45 + 1e-9
    assert math.isclose(math.remainder(quarter + rest - degrees, 360), 0, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("degrees", "parts"),
    [(0, (0, 0)), (45, (0, 45)), (46, (90, -44)), (-90, (270, 0)), (180, (180, 0)), (359, (0, -1))],
)
def test_quarters_by_example(degrees: float, parts: tuple[int, float]):
    assert quarter_and_rest(degrees) == parts


@given(DEGREES)
def test_the_same_direction_in_one_turn(degrees: float):
    normal = normal_degrees(degrees)
    assert -180 < normal <= 180
    assert math.isclose(math.remainder(normal - degrees, 360), 0, abs_tol=1e-9)


@given(MAPS, POINTS)
def test_the_way_back_leads_back(there: Affine, point: Point):
    assert near(there.inverse()(there(point)), point)


@given(MAPS, MAPS, POINTS)
def test_one_map_after_another(first: Affine, second: Affine, point: Point):
    assert near(first.then(second)(point), second(first(point)))


@given(DEGREES, SIDES, SIDES)
def test_a_turned_picture_just_fits_its_canvas(degrees: float, width: float, height: float):
    turned, canvas_width, canvas_height = Affine.turning(degrees, width, height)
    x0, y0, x1, y1 = bounds(turned.quad(quad_of_box(0, 0, width, height)))
    assert (x0, y0, x1, y1) == pytest.approx((0, 0, canvas_width, canvas_height), abs=1e-5)


def test_a_quarter_turn_is_exact():
    turned, width, height = Affine.turning(90, 640, 480)
    assert (width, height) == (480, 640)
    assert turned.quad(quad_of_box(0, 0, 640, 480)) == ((480, 0), (480, 640), (0, 640), (0, 0))


def test_a_map_that_flattens_has_no_way_back():
    with pytest.raises(ValueError, match="no inverse"):
        Affine.scaling(0, 1).inverse()
