"""Tables found on drawn pages: rules of every kind, merged cells, several tables, and what is none."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.engine.crops import turn
from ocrcli.evaluate.grids import Grid, GridCell, grid_of_html
from ocrcli.geometry import as_quad, quarter_and_rest
from ocrcli.layout.order import arrange
from ocrcli.layout.sheet import sheet_of
from ocrcli.layout.tables.by_words import grid_of_words
from ocrcli.layout.tables.grid import Span, is_proper, spans_of
from ocrcli.page import Table
from ocrcli.specimens.canvas import Canvas
from ocrcli.specimens.press import Run, specimens
from tests.layout.tables.drawn import STYLE, reading_of, rows_of, ruled, tables_in, tables_of, tables_on

TEXTS = (("品名", "数量", "单价"), ("纸张", "12", "3.50"), ("墨水", "7", "18.00"), ("铅笔", "105", "1.20"))


def as_grid(table: Table) -> Grid:
    cells = [GridCell(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
    return Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))))


def is_whole(table: Table) -> bool:
    spans = [Span(c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    return is_proper(table.rows, table.columns, spans)


def dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    steps = int(max(x1 - x0, y1 - y0) / 10)
    for i in range(steps):
        a, b = i / steps, (i + 0.6) / steps
        canvas.rule(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0), width=2)


def broken(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for a, b in ((0.0, 0.24), (0.26, 0.61), (0.63, 1.0)):
        canvas.rule(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0), width=2)


def double(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rule(x0, y0, x1, y1)
    canvas.rule(x0 + 4 * (y1 > y0), y0 + 4 * (x1 > x0), x1 + 4 * (y1 > y0), y1 + 4 * (x1 > x0))


@pytest.mark.parametrize("rule", [None, broken, dashed, double])
def test_rules_of_every_kind(rule) -> None:
    (table,) = tables_on(ruled(TEXTS, rule))
    assert rows_of(table) == [list(row) for row in TEXTS]
    assert table.structure == "rules"


def test_white_rules_on_a_dark_ground() -> None:
    (table,) = tables_on(ruled(TEXTS, paper=(40, 60, 40), ink=(250, 250, 250)))
    assert rows_of(table) == [list(row) for row in TEXTS]


@pytest.mark.parametrize("kind", ["ruled", "merged"])
def test_drawn_tables_come_back_as_they_are(kind: str) -> None:
    for _, specimen in specimens(Run("table", 3, kind=kind, seed=2)):
        (table,) = tables_of(specimen)
        assert as_grid(table) == grid_of_html(specimen.truth.tables[0]["html"])


def test_a_text_over_two_cells_is_split_at_the_rule() -> None:
    canvas = ruled(TEXTS)
    pair = [line for line in canvas.lines if line.text in ("纸张", "12")]
    joined = canvas.join(pair)
    assert joined.text == "纸张12"
    lines = [*(line for line in canvas.lines if line not in pair and line is not joined), joined]
    (table,) = tables_in(reading_of(canvas.picture(), lines))
    assert rows_of(table) == [list(row) for row in TEXTS]


@pytest.mark.parametrize("degrees", [-20.0, 7.0, 90.0, 180.0])
def test_turned_pages(degrees: float) -> None:
    canvas = ruled(TEXTS)
    pixels, way = turn(canvas.picture(), degrees)
    turned = [line.through(way.quad) for line in canvas.lines]
    rotation, skew = quarter_and_rest(-degrees)
    reading = arrange(replace(reading_of(pixels, turned), rotation=rotation, skew=skew))
    (table,) = tables_in(reading)
    assert rows_of(table) == [list(row) for row in TEXTS]
    (x, y), wanted = table.quad[0], way((50, 60))
    assert abs(x - wanted[0]) < 6 and abs(y - wanted[1]) < 6


def test_mild_perspective() -> None:
    canvas = ruled(TEXTS)
    picture = canvas.picture()
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = np.array([(20, 8), (width - 6, 0), (width - 25, height - 4), (0, height - 15)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    seen = cv2.warpPerspective(picture, matrix, (width, height), borderValue=(255, 255, 255))

    def way(quad):
        points = cv2.perspectiveTransform(np.array([quad], np.float32), matrix)[0]
        return tuple((float(x), float(y)) for x, y in points)

    (table,) = tables_in(reading_of(seen, [line.through(way) for line in canvas.lines]))
    assert rows_of(table) == [list(row) for row in TEXTS]


def test_a_centred_head_stands_over_the_cells_below_it() -> None:
    canvas = Canvas(760, 420)
    for column, head in enumerate(("品名", "数量", "单价")):
        canvas.text(160 + column * 220, 40, head, STYLE, align="centre")
    for row, texts in enumerate(
        (("雨伞", "87", "6.80"), ("苹果", "70", "7.15"), ("挂面", "32", "5.11"), ("茶", "5", "9.9"))
    ):
        for column, text in enumerate(texts):
            canvas.text(60 + column * 220, 84 + row * 44, text, STYLE)
    words = sheet_of(reading_of(canvas.picture(), canvas.lines))
    assert words is not None
    grid = grid_of_words(words.pieces, words.em)
    assert grid is not None
    assert (grid.rows, grid.columns) == (5, 3)


def test_rows_without_rules_keep_the_second_lines_of_their_cells() -> None:
    canvas = ruled((("线路", "距离"),), pitch=(200, 44))
    rows = (("110", "6.0"), ("220", "7.0"), ("500", "11.0\n(水平)"), ("750", "15.5"), ("800", "18.0"))
    y = 110
    page = Canvas(canvas.width, canvas.height + 300)
    page.attach(canvas, 0, 0)
    page.box(50, 104, 450, 104 + 6 * 34, width=2)
    page.rule(250, 104, 250, 104 + 6 * 34, width=2)
    for row in rows:
        for column, text in enumerate(row):
            for number, line in enumerate(text.split("\n")):
                page.text(70 + 200 * column, y + 30 * number, line, STYLE)
        y += 30 * max(text.count("\n") + 1 for text in row)
    (table,) = tables_on(page)
    assert rows_of(table)[1:] == [list(row) for row in rows]


def test_two_tables_and_the_text_between() -> None:
    upper, lower = ruled(TEXTS), ruled(TEXTS[:3])
    page = Canvas(upper.width, upper.height + lower.height + 80)
    page.attach(upper, 0, 0)
    page.text(60, upper.height + 20, "两表之间的说明文字", STYLE)
    page.attach(lower, 0, upper.height + 80)
    tables = tables_on(page)
    assert [table.rows for table in tables] == [4, 3]


def chessboard() -> Canvas:
    canvas = Canvas(480, 560)
    picture = canvas.picture()
    for row in range(8):
        for column in range(8):
            if (row + column) % 2:
                picture[80 + row * 50 : 130 + row * 50, 40 + column * 50 : 90 + column * 50] = 20
    canvas.show(picture)
    canvas.text(60, 20, "棋盘", STYLE)
    return canvas


def prose() -> Canvas:
    canvas = Canvas(700, 400)
    for row in range(8):
        canvas.text(40, 40 + row * 34, "这是一段没有表格的普通文字其中没有任何栏目可言", STYLE)
    return canvas


@pytest.mark.parametrize("page", [chessboard, prose, lambda: Canvas(300, 200)])
def test_pages_without_a_table(page) -> None:
    assert tables_on(page()) == []


def test_a_grid_without_a_word_is_a_drawing() -> None:
    canvas = ruled((("", ""), ("", ""), ("", "")))
    canvas.text(60, 20, "空白", STYLE)
    assert tables_on(canvas) == []


def test_nested_tables_are_two() -> None:
    canvas = ruled((("外", ""), ("表", "")), pitch=(300, 150))
    inner = ruled((("甲", "乙"), ("丙", "丁")), pitch=(80, 40))
    picture = canvas.picture()
    x, y = 375, 65
    picture[y : y + 90, x : x + 170] = inner.picture()[55:145, 45:215]
    moved = [line.through(lambda quad: as_quad((a + x - 45, b + y - 55) for a, b in quad)) for line in inner.lines]
    tables = tables_in(reading_of(picture, [*canvas.lines, *moved]))
    assert sorted((table.rows, table.columns) for table in tables) == [(2, 2), (2, 2)]
    assert sorted(cell.text for table in tables for cell in table.cells if cell.text) == sorted("外表甲乙丙丁")


def test_one_framed_cell() -> None:
    (table,) = tables_on(ruled((("合计",),)))
    assert (table.rows, table.columns, table.cells[0].text) == (1, 1, "合计")


@pytest.mark.slow
def test_a_large_table() -> None:
    texts = [[f"{r}-{c}" for c in range(20)] for r in range(200)]
    (table,) = tables_on(ruled(texts, pitch=(90, 30)))
    assert rows_of(table) == texts


def test_a_table_cut_at_the_edge_of_the_picture_is_still_whole() -> None:
    canvas = ruled(TEXTS)
    picture = canvas.picture()[:, 110:]
    lines = [
        line.through(lambda quad: as_quad((x - 110, y) for x, y in quad))
        for line in canvas.lines
        if line.quad[0][0] > 160
    ]
    (table,) = tables_in(reading_of(np.ascontiguousarray(picture), lines))
    assert is_whole(table)
    assert {"12", "3.50"} <= {cell.text for cell in table.cells}


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_any_walls_make_a_proper_grid(rows: int, columns: int, data) -> None:
    squares = [(r, c) for r in range(rows) for c in range(columns)]
    right = {s for s in squares if data.draw(st.booleans())}
    below = {s for s in squares if data.draw(st.booleans())}
    assert is_proper(rows, columns, spans_of(rows, columns, right, below))


def test_a_paragraph_between_unruled_rows_is_no_part_of_the_table() -> None:
    canvas = Canvas(700, 620, (255, 255, 255))
    rows = [("品名", "数量", "单价"), ("纸张", "12", "3.50"), ("墨水", "7", "18.00"), ("铅笔", "105", "1.20")]
    for start in (20, 420):
        for row, texts in enumerate(rows):
            for x, text in zip((40, 280, 560), texts, strict=True):
                canvas.text(x, start + 40 * row, text, STYLE)
    for row in range(5):
        canvas.text(
            40, 190 + 40 * row, "本段文字说明上表所列各项用品的来源与价格请逐条核对无误后" + "再签收" * (row < 4), STYLE
        )
    tables = tables_on(canvas)
    assert [rows_of(table) for table in tables] == [[list(row) for row in rows]] * 2
