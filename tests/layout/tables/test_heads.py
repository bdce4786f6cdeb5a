"""Heads on a coloured band above a ruled table."""

from __future__ import annotations

import pytest

from ocrcli.specimens.canvas import Canvas, Colour
from tests.layout.tables.drawn import STYLE, rows_of, tables_on

HEAD = ["品名", "数量", "单价"]
ROWS = [["纸张", "12", "3.50"], ["墨水", "7", "18.00"], ["铅笔", "105", "1.20"]]


def canvas_with_head(band: Colour | None, *, above: str = "") -> Canvas:
    canvas = Canvas(460, 320, (255, 255, 255))
    if band:
        for y in range(60, 104):
            canvas.rule(50, y, 410, y, width=2, colour=band)
    for y in range(104, 280, 44):
        canvas.rule(50, y, 410, y, width=2)
    for x in range(50, 411, 120):
        canvas.rule(x, 104, x, 236, width=2)
    for c, text in enumerate(HEAD):
        canvas.text(60 + 120 * c, 70, text, STYLE.coloured((255, 255, 255) if band else (0, 0, 0)))
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            canvas.text(60 + 120 * c, 114 + 44 * r, text, STYLE)
    if above:
        canvas.text(60, 20, above, STYLE)
    return canvas


@pytest.mark.parametrize("band", [(20, 20, 20), (150, 70, 30)])
def test_white_print_on_a_band_is_the_tables_head(band: Colour) -> None:
    (table,) = tables_on(canvas_with_head(band, above="办公用品清单"))
    assert rows_of(table) == [HEAD, *ROWS]
    assert table.structure == "rules"


def test_words_on_the_paper_above_a_table_are_none() -> None:
    tables = tables_on(canvas_with_head(None))
    assert rows_of(tables[-1]) == ROWS
