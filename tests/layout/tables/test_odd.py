"""Pages that are hard for a table reader: each gives a proper grid, or none at all."""

from __future__ import annotations

import pytest

from ocrcli.specimens.canvas import Canvas
from tests.layout.tables.drawn import reading_of, rows_of, tables_in, tables_on
from tests.layout.tables.odd import GOODS, calendar, form, goods, photographed, several_levels, stamped, weeks


def test_a_red_stamp_over_the_numbers_leaves_the_grid() -> None:
    (table,) = tables_on(stamped())
    assert rows_of(table) == [list(row) for row in GOODS]
    assert table.structure == "rules"


@pytest.mark.parametrize("rules", [True, False])
def test_a_calendar_has_a_column_for_each_day_of_the_week(rules: bool) -> None:
    (table,) = tables_on(calendar(rules=rules))
    assert rows_of(table) == weeks()


def test_a_form_to_fill_in_is_no_table() -> None:
    assert tables_on(form()) == []


def test_a_photo_out_of_focus_in_poor_light() -> None:
    page = goods()
    (table,) = tables_in(reading_of(photographed(page), page.lines))
    assert rows_of(table) == [list(row) for row in GOODS]


def test_heads_of_three_levels() -> None:
    canvas, told = several_levels()
    (table,) = tables_on(canvas)
    assert rows_of(table) == told
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells if c.row_span * c.column_span > 1}
    assert spans == {(0, 0): (3, 1), (0, 1): (1, 4), (1, 1): (1, 2), (1, 3): (1, 2), (3, 0): (2, 1), (4, 2): (1, 2)}


def test_a_blank_page_has_none() -> None:
    assert tables_on(Canvas(600, 400)) == []
