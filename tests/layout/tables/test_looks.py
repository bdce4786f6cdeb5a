"""Second looks at cells: unsure lines in a strip as high as usual, and what the detector missed."""

from __future__ import annotations

from dataclasses import replace

from ocrcli.geometry import Quad, bounds, slice_quad, thickness
from ocrcli.layout.sheet import sheet_of
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.tables.looks import missed
from ocrcli.page import Line, Reading
from ocrcli.specimens.canvas import Canvas
from tests.layout.tables.drawn import STYLE, reading_of, rows_of, ruled, tables_in

TEXTS = (("品名", "数量"), ("纸张", "***"), ("墨水", "no"))


class Looks:
    """Answers every second look with one text, and keeps the places asked for."""

    def __init__(self, text: str, confidence: float) -> None:
        self.places: list[Quad] = []
        self._answer = text, confidence

    def __call__(self, quad: Quad, prepare: object = None) -> Line:
        self.places.append(quad)
        return Line(*self._answer, quad)


def reading_with(looks: Looks, **confidences: float) -> Reading:
    """The table, some of its texts read less surely."""
    canvas = ruled(TEXTS)
    reading = reading_of(canvas.picture(), canvas.lines)
    lines = tuple(replace(x, confidence=confidences.get(x.text, x.confidence)) for x in reading.lines)
    blocks = [tuple(tuple(lines[reading.lines.index(x)] for x in row) for row in block) for block in reading.blocks]
    return replace(reading.arranged(blocks), again=looks)


def test_the_surer_of_two_looks_stands() -> None:
    looks = Looks("yes", 0.9)
    (table,) = tables_in(reading_with(looks, no=0.7))
    assert rows_of(table)[2] == ["墨水", "yes"]
    assert table.cells[-1].confidence == 0.9
    assert len(looks.places) == 1


def test_a_look_that_is_hardly_surer_changes_nothing() -> None:
    (table,) = tables_in(reading_with(Looks("yes", 0.74), no=0.7))
    assert rows_of(table)[2] == ["墨水", "no"]
    (table,) = tables_in(reading_with(Looks("", 0.99), no=0.7))
    assert rows_of(table)[2] == ["墨水", "no"]


def test_low_print_is_looked_at_in_a_strip_of_the_usual_height() -> None:
    looks = Looks("", 0.0)
    reading = reading_with(looks, **{"***": 0.7})
    tables_in(reading)
    (strip,) = looks.places
    low = next(line for line in reading.lines if line.text == "***")
    usual = next(line for line in reading.lines if line.text == "墨水")
    assert thickness(low.quad) < 0.8 * thickness(usual.quad)
    assert thickness(strip) > thickness(usual.quad)


def test_a_page_of_unsure_lines_gets_only_some_looks() -> None:
    canvas = ruled([[f"{r}{c}" for c in range(10)] for r in range(20)], pitch=(60, 40))
    reading = reading_of(canvas.picture(), canvas.lines)
    looks = Looks("", 0.0)
    blocks = [tuple(tuple(replace(x, confidence=0.6) for x in row) for row in block) for block in reading.blocks]
    tables_in(replace(reading.arranged(blocks), again=looks))
    assert len(looks.places) == 30


def test_what_the_detector_missed_is_read_by_its_own_crop() -> None:
    canvas = ruled(TEXTS)
    looks = Looks("7", 0.99)
    reading = reading_of(canvas.picture(), [line for line in canvas.lines if line.text != "no"])
    (table,) = tables_in(replace(reading, again=looks))
    assert rows_of(table)[2] == ["墨水", "7"]
    (x0, y0), _, (x1, y1), _ = looks.places[0]
    gone = next(line for line in canvas.lines if line.text == "no").quad
    assert x0 <= gone[0][0] + 1 and x1 >= gone[2][0] - 1 and y0 <= gone[2][1] - 4 and y1 >= gone[2][1] - 1


def test_a_flat_stroke_alone_in_its_cell_is_a_dash() -> None:
    canvas = ruled((("品名", "数量"), ("纸张", "")))
    canvas.rule(200, 125, 225, 125, width=2)
    (table,) = tables_in(replace(reading_of(canvas.picture(), canvas.lines), again=Looks("一", 0.7)))
    assert rows_of(table)[1] == ["纸张", "—"]


def test_a_flat_stroke_among_numerals_is_the_numeral_one() -> None:
    canvas = ruled((("日", "", "二"), ("5", "6", "7")))
    canvas.rule(200, 82, 225, 82, width=2)
    (table,) = tables_in(replace(reading_of(canvas.picture(), canvas.lines), again=Looks("一", 0.9)))
    assert rows_of(table)[0] == ["日", "一", "二"]


def test_a_box_that_cuts_off_a_figure_is_read_anew() -> None:
    canvas = ruled((("数量", "单价"), ("纸张", "23")))
    lines = [
        replace(x, text="3", quad=slice_quad(x.quad, 0.5, 1.0), chars=x.chars[1:]) if x.text == "23" else x
        for x in canvas.lines
    ]
    looks = Looks("23", 0.99)
    (table,) = tables_in(replace(reading_of(canvas.picture(), lines), again=looks))
    assert rows_of(table)[1] == ["纸张", "23"]
    (table,) = tables_in(replace(reading_of(canvas.picture(), lines), again=Looks("23", 0.5)))
    assert rows_of(table)[1] == ["纸张", "3"]
    assert len(looks.places) == 1


def test_a_figure_that_is_too_wide_is_read_anew() -> None:
    canvas = ruled((("数量", "单价"), ("纸张", "22")))
    lines = [replace(x, text="2", chars=x.chars[:1]) if x.text == "22" else x for x in canvas.lines]
    (table,) = tables_in(replace(reading_of(canvas.picture(), lines), again=Looks("22", 0.99)))
    assert rows_of(table)[1] == ["纸张", "22"]


def test_an_empty_cell_is_not_looked_at() -> None:
    looks = Looks("7", 0.99)
    canvas = ruled((("品名", "数量"), ("纸张", "")))
    (table,) = tables_in(replace(reading_of(canvas.picture(), canvas.lines), again=looks))
    assert rows_of(table)[1] == ["纸张", ""]
    assert looks.places == []


def test_what_reaches_in_from_the_cell_beside_is_not_read_again() -> None:
    looks = Looks("12", 0.99)
    canvas = Canvas(400, 120, (255, 255, 255))
    canvas.text(20, 40, "地址很长的一行文字", STYLE)  # 180 px wide
    sheet = sheet_of(replace(reading_of(canvas.picture(), canvas.lines), again=looks))
    assert sheet is not None
    grid = Grid((10.0, 150.0, 390.0), (20.0, 90.0), (Span(0, 0), Span(0, 1)), "words")
    assert missed(grid, Span(0, 1), sheet, "") is None
    assert looks.places == []
    canvas.text(300, 40, "12", STYLE)
    sheet = sheet_of(replace(reading_of(canvas.picture(), canvas.lines[:1]), again=looks))
    assert sheet is not None
    found = missed(grid, Span(0, 1), sheet, "")
    assert found is not None
    assert found.x0 > 280


def test_the_rules_of_a_cell_are_not_read_with_it() -> None:
    looks = Looks("-", 0.99)
    canvas = ruled(TEXTS)
    canvas.rule(158, 130, 166, 130, width=2)  # a dash beside the rule at 170
    (table,) = tables_in(
        replace(reading_of(canvas.picture(), [x for x in canvas.lines if x.text != "纸张"]), again=looks)
    )
    places = [box for quad in looks.places if (box := bounds(quad))[1] < 130 < box[3] and box[0] < 162 < box[2]]
    assert len(places) == 1
    assert places[0][2] < 169
    assert table.rows == 3
