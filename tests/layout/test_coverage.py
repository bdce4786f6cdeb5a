"""Limits that show only after reading."""

import pytest

from ocrcli.geometry import quad_of_box
from ocrcli.layout.coverage import limit_notices
from ocrcli.limits import Limits
from ocrcli.page import Line, Reading, Unit
from tests.days import TODAY


def reading(width: float, height: float, *boxes: tuple[float, float, float, float], unit: Unit = "px") -> Reading:
    lines = tuple(Line("文字", 1.0, quad_of_box(*box)) for box in boxes)
    return Reading(width, height, unit, 1, 1, "ocr", lines, today=TODAY)


def test_text_that_fills_its_picture_is_no_fault() -> None:
    page = reading(1000, 1400, (110, 120, 890, 150), (110, 1250, 890, 1280))
    assert limit_notices(page, Limits(min_area_percent=80)) == ()


def test_a_small_document_in_a_large_picture_is_told_with_figure_and_limit() -> None:
    page = reading(1000, 1000, (400, 400, 600, 430))
    (notice,) = limit_notices(page, Limits(min_area_percent=80))
    assert notice.code == "over_limit"
    assert "12 %" in notice.message  # (200 + 240) × (30 + 240) of 1,000,000
    assert "80 %" in notice.message
    assert limit_notices(page, Limits()) == ()


def test_pages_of_documents_have_no_picture_to_fill() -> None:
    assert limit_notices(reading(600, 4000, (300, 300, 310, 310), unit="pt"), Limits(min_area_percent=80)) == ()


@pytest.mark.parametrize(("width", "told"), [(5000, False), (5001, True)])
def test_long_strips(width: int, told: bool) -> None:
    assert bool(limit_notices(reading(width, 1000), Limits())) is told


@pytest.mark.parametrize(("most", "told"), [(4, False), (3, True)])
def test_characters(most: int, told: bool) -> None:
    page = reading(100, 100, (0, 0, 9, 9), (0, 20, 9, 29))
    assert bool(limit_notices(page, Limits(max_characters=most))) is told


def test_an_empty_page_breaks_no_limit() -> None:
    assert limit_notices(reading(100, 100), Limits(min_area_percent=80, max_characters=1)) == ()
