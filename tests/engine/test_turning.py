"""Which way text runs, told from boxes alone."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.engine.turning import page_turn, text_direction
from ocrcli.geometry import Affine, Quad, normal_degrees, quad_of_box, quarter_and_rest

# A page of ten lines, 400 × 20 px each.
LINES = [quad_of_box(50, 40 + 40 * i, 450, 60 + 40 * i) for i in range(10)]
degrees = st.floats(-180, 180).filter(lambda d: abs(d) > 1e-6)


def turned(clockwise: float) -> list[Quad]:
    affine, _, _ = Affine.turning(clockwise, 500, 500)
    return [affine.quad(q) for q in LINES]


@given(degrees)
def test_the_turn_of_read_lines_is_known_for_the_whole_circle(clockwise: float) -> None:
    assert abs(normal_degrees(page_turn(turned(clockwise)) + clockwise)) < 0.01


@given(degrees)
def test_the_direction_of_boxes_is_known_up_to_a_half_turn(clockwise: float) -> None:
    found = text_direction(turned(clockwise))
    assert found is not None
    assert -90 < found <= 90
    apart = math.remainder(found - clockwise, 180)
    assert abs(apart) < 0.01


def test_a_few_stray_boxes_do_not_turn_a_page() -> None:
    stray = [Affine.turning(30, 500, 500)[0].quad(q) for q in LINES[:3]]
    assert abs(page_turn([*LINES, *stray])) < 0.01
    assert text_direction([*LINES, *stray]) == 0.0


def test_square_boxes_have_no_direction() -> None:
    assert text_direction([quad_of_box(0, 0, 20, 20)]) is None
    assert text_direction([]) is None
    assert page_turn([]) == 0.0


@given(st.floats(-1000, 1000))
def test_quarters_and_rest_add_up(angle: float) -> None:
    quarter, rest = quarter_and_rest(angle)
    assert quarter in (0, 90, 180, 270)
    assert -45 < rest <= 45
    assert abs(math.remainder(quarter + rest - angle, 360)) < 1e-6
