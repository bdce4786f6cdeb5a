"""Pages with drawn tables as a perfect reader would hand them over: the picture, and each printed line in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ocrcli.geometry import Point
from ocrcli.layout.order import arrange
from ocrcli.layout.sheet import sheet_of
from ocrcli.layout.tables.cells import read_table
from ocrcli.layout.tables.finding import find_tables
from ocrcli.page import Char, Line, Page, Pixels, Reading, Table
from ocrcli.specimens.canvas import BLACK, Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.truth import DrawnLine, Specimen
from tests.days import TODAY

STYLE = Style(Typecase.carried().face("hei"), 20)
Texts = Sequence[Sequence[str]]


def reading_of(picture: Pixels, lines: Iterable[DrawnLine]) -> Reading:
    """The reading of a picture whose lines are known."""
    height, width = picture.shape[:2]
    read = tuple(Line(line.text, 0.99, line.quad, chars=_chars(line)) for line in lines)
    page = Page(width, height, "px", 1, 1, render=lambda: picture)
    return arrange(Reading(width, height, "px", 1, 1, "ocr", lines=read, page=page, today=TODAY))


def _chars(line: DrawnLine) -> tuple[Char, ...]:
    (x0, y0), (x1, y1) = line.quad[0], line.quad[1]
    wide, high = x1 - x0, y1 - y0
    length = max(wide * wide + high * high, 1.0)

    def share(point: Point) -> float:
        return ((point[0] - x0) * wide + (point[1] - y0) * high) / length

    return tuple(
        Char(text, 0.99, share(quad[0]), share(quad[1])) for text, quad in zip(line.text, line.chars, strict=True)
    )


def tables_in(reading: Reading) -> list[Table]:
    """The tables that are found on a page."""
    sheet = sheet_of(reading)
    return [read_table(found, sheet).table for found in find_tables(sheet)[0]] if sheet else []


def tables_of(specimen: Specimen) -> list[Table]:
    """The tables that are found on a drawn page."""
    return tables_in(reading_of(specimen.picture, specimen.truth.lines))


def tables_on(canvas: Canvas) -> list[Table]:
    """The tables that are found on a canvas."""
    return tables_in(reading_of(canvas.picture(), canvas.lines))


def rows_of(table: Table) -> list[list[str]]:
    """The texts of a table, row by row; squares that a cell reaches over say ""."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def ruled(
    texts: Texts,
    rule: Callable[[Canvas, float, float, float, float], None] | None = None,
    *,
    paper: Colour = (255, 255, 255),
    ink: Colour = BLACK,
    pitch: tuple[int, int] = (120, 44),
) -> Canvas:
    """A page with one table whose squares are all ruled; `rule` draws a rule from (x0, y0) to (x1, y1)."""
    wide, high = pitch
    left, top = 50, 60
    canvas = Canvas(2 * left + wide * len(texts[0]), 2 * top + high * len(texts), paper)
    draw = rule or (lambda canvas, *ends: canvas.rule(*ends, width=2, colour=ink))
    for row in range(len(texts) + 1):
        draw(canvas, left, top + row * high, left + wide * len(texts[0]), top + row * high)
    for column in range(len(texts[0]) + 1):
        draw(canvas, left + column * wide, top, left + column * wide, top + high * len(texts))
    for r, shown in enumerate(texts):
        for c, text in enumerate(shown):
            if text:
                canvas.text(left + c * wide + 10, top + r * high + 10, text, STYLE.coloured(ink))
    return canvas
