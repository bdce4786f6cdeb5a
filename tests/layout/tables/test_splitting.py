"""Rows and columns that no rule parts: in ruled grids, and in what the structure model sees."""

from __future__ import annotations

import pytest

from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.tables.splitting import ruled_off, split, without_strips
from ocrcli.layout.upright import Piece
from ocrcli.page import Line
from ocrcli.specimens.canvas import Canvas
from ocrcli.vision.rules import Rule
from tests.layout.tables.drawn import STYLE, rows_of, tables_on

EM = 20.0


def word(text: str, x0: float, cy: float, x1: float | None = None, height: float = EM) -> Piece:
    x1 = x0 + EM / 2 * len(text) if x1 is None else x1
    quad = ((x0, cy - height / 2), (x1, cy - height / 2), (x1, cy + height / 2), (x0, cy + height / 2))
    return Piece((Line(text, 0.99, quad),), (x0, cy), (x1, cy), height)


def squares(xs: tuple[float, ...], ys: tuple[float, ...]) -> Grid:
    spans = tuple(Span(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1))
    return Grid(xs, ys, spans, "rules")


FIGURES = [word(str(10 * row + column), 120 + 90 * column, 60 + 30 * row) for row in range(4) for column in range(3)]
ENTRIES = [word(text, 10, 60 + 30 * row) for row, text in enumerate(("甲", "乙", "丙", "丁"))]
HEADS = [word("项目", 10, 20), word("合计", 210, 20)]


def test_figures_under_each_other_in_one_ruled_cell_are_columns_and_rows() -> None:
    grid = split(squares((0, 100, 400), (0, 40, 180)), [*HEADS, *ENTRIES, *FIGURES], EM)
    assert (grid.rows, grid.columns) == (5, 4)
    assert Span(0, 1, 1, 3) in grid.spans  # the head stands over all of them
    assert {square for span in grid.spans for square in span.squares()} == {(r, c) for r in range(5) for c in range(4)}
    assert [grid.is_ruled(column) for column in range(4)] == [True, True, False, False]


def test_a_rule_that_was_not_seen_is_told_by_the_figures_beside_each_other() -> None:
    """Two columns of figures in one ruled column, each row ruled, under heads over two columns each."""
    spans = [Span(0, 0, 1, 2), *(Span(row, column) for row in range(1, 5) for column in range(2))]
    heads = [word("上半年", 70, 20), word("下半年", 210, 20)]
    rows = [[word("金额", 20, 60), word("数量", 130, 60), word("金额", 250, 60)]]
    rows += [
        [word(f"{n}0", 20, 60 + 40 * n), word(f"{n}", 130, 60 + 40 * n), word(f"{n}5", 250, 60 + 40 * n)]
        for n in (1, 2, 3)
    ]
    words = [*heads, *(p for row in rows for p in row)]
    grid = split(Grid((0, 100, 300), (0, 40, 80, 120, 160, 200), tuple(spans), "rules"), words, EM)
    assert (grid.rows, grid.columns) == (5, 3)
    assert [span for span in grid.spans if span.row == 0] == [Span(0, 0, 1, 2), Span(0, 2)]


def test_labels_and_values_in_a_ruled_cell_stay_in_it() -> None:
    form = [word(text, x, 60 + 30 * row) for row in range(4) for text, x in (("名称", 120), ("某某公司", 220))]
    assert split(squares((0, 100, 400), (0, 40, 180)), [*HEADS, *form], EM).columns == 2


def test_a_double_frame_makes_no_columns_and_rows() -> None:
    words = [word("甲", 30, 30), word("乙", 150, 30)]
    grid = without_strips(squares((0, 10, 100, 106, 220), (0, 8, 60)), words, EM)
    assert grid.xs == (10, 103, 220)
    assert grid.ys == (8, 60)
    assert grid.spans == (Span(0, 0), Span(0, 1))


def test_empty_columns_that_have_room_for_a_word_stay() -> None:
    assert without_strips(squares((0, 100, 120), (0, 40)), [word("甲", 30, 20)], EM).columns == 2


def test_raised_signs_and_leading_dots_make_no_rows() -> None:
    entries = [word(f"第{row}项. . . . . . . . . .", 10, 60 + 30 * row, 95) for row in range(4)]
    raised = [word("1", 50, 60 + 30 * row - 9, height=8) for row in (1, 2)]
    grid = split(squares((0, 100, 400), (0, 40, 180)), [*HEADS, *entries, *raised, *FIGURES], EM)
    assert grid.rows == 5


def test_a_level_rule_parts_the_rows_of_a_cell() -> None:
    words = [word("上年", 10, 20), word("本年", 110, 20), word("12", 10, 50), word("34", 110, 50)]
    whole = squares((0, 100, 200), (0, 70))
    pieces = [Rule(0, 34, 95, 34), Rule(104, 36, 200, 36)]
    assert ruled_off(whole, words, [pieces]).ys == (0, 35, 70)
    assert ruled_off(whole, words, [[Rule(0, 60, 200, 60)]]) == whole


@pytest.mark.parametrize("slant", [0, 40])
def test_a_slanting_rule_cuts_no_row_that_it_only_seems_to_cross(slant: float) -> None:
    words = [word("甲", 10, 20), word("12", 310, 20 + slant)]
    whole = squares((0, 200, 400), (0, 30 + slant))
    assert ruled_off(whole, words, [[Rule(0, 35, 400, 35 + slant)]]) == whole


def test_half_ruled_tables_are_read_row_by_row() -> None:
    rows = [["品名", "数量", ""], ["纸", "12", "30"], ["墨", "7", "18"], ["笔", "105", "1"], ["夹", "4", "2"]]
    canvas = Canvas(420, 320, (255, 255, 255))
    for y in (60, 104, 280):
        canvas.rule(50, y, 370, y, width=2)
    for x in (50, 210, 370):
        canvas.rule(x, 60, x, 280, width=2)
    for row, texts in enumerate(rows):
        for x, text in zip((60, 220, 310), texts, strict=True):
            if text:
                canvas.text(x, 70 + 44 * row, text, STYLE)
    (table,) = tables_on(canvas)
    assert rows_of(table) == rows
