import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import Affine, angle, normal_degrees, quad_of_box
from ocrcli.layout.upright import pieces_of, units, upright_map
from ocrcli.page import Line, Reading
from tests.days import TODAY


def lying(turn: float, rotation: int = 0, skew: float = 0.0) -> Reading:
    """Three long lines and a short one on a page that lies `turn` degrees counter-clockwise."""
    away, width, height = Affine.turning(-turn, 600, 800)
    boxes = [(100, y, 500, y + 20) for y in (100, 200, 300)] + [(100, 400, 130, 420)]
    lines = tuple(Line("长长的一行文字在此", 1.0, away.quad(quad_of_box(*box))) for box in boxes)
    return Reading(width, height, "px", 1, 1, "ocr", lines, rotation=rotation, skew=skew, today=TODAY)


@given(st.integers(0, 359))
@settings(deadline=None)
def test_lines_are_level_though_nothing_is_said_of_the_page(turn: int) -> None:
    reading = lying(turn)
    to_upright = upright_map(reading)
    assert all(abs(normal_degrees(angle(to_upright.quad(line.quad)))) < 1e-6 for line in reading.lines)


@pytest.mark.parametrize("seal_turn", [30, 60])
def test_a_single_line_that_leans_does_not_turn_the_page(seal_turn: int) -> None:
    reading = lying(0)
    leaning = Affine.turning(seal_turn, 600, 800)[0].quad(quad_of_box(200, 500, 400, 520))
    page = Reading(600, 800, "px", 1, 1, "ocr", (*reading.lines, Line("SPECIMEN", 1.0, leaning)), today=TODAY)
    assert upright_map(page)((100, 100)) == pytest.approx((100, 100))


def test_text_that_runs_down_is_tall() -> None:
    column = Line("竖排文字", 1.0, quad_of_box(0, 0, 20, 80))
    single = Line("字", 1.0, quad_of_box(40, 0, 50, 80))
    reading = Reading(100, 100, "px", 1, 1, "ocr", (column, single), today=TODAY)
    assert [piece.tall for piece in pieces_of(reading)] == [True, False]


def test_units() -> None:
    assert units("中文OCR，") == 4.5
