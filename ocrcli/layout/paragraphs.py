"""Rows that belong together: paragraphs, lists, tables."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from ocrcli.layout.columns import is_prose
from ocrcli.layout.rows import PrintedRow
from ocrcli.layout.wrapping import wraps

# A pitch this many times the smaller of its neighbours, and wider by this share of the line height, sets rows apart.
_TEXT = (1.3, 0.3)
_TABLE = (2.0, 1.0)  # the rows of a table differ in height
_ALWAYS_HEIGHTS = 2.2  # of the line height: a blank this wide sets single lines apart whatever their neighbours do
_LARGER_RATIO = 1.4  # print this many times larger is a heading
_INDENT_EM = (1.0, 6.0)  # by how much the first line of a paragraph is set in


def blocks_of(rows: Sequence[PrintedRow]) -> list[list[PrintedRow]]:
    """The rows of one column, cut into blocks. Rows come from top to bottom; text that runs down is no measure."""
    level = [[piece for piece in row if not piece.tall] for row in rows]
    measured = [row for row in level if row]
    right_edge = max((p.x1 for row in measured for p in row), default=0.0)
    running = is_prose([row[0] for row in measured if len(row) == 1])
    blocks: list[list[PrintedRow]] = []
    index, apart = 0, True
    for row, pieces in zip(rows, level, strict=True):
        if not pieces:
            blocks.append([row])
            apart = True
            continue
        if apart or _ends(measured, index) or (running and _begins_paragraph(measured, index, right_edge)):
            blocks.append([])
        blocks[-1].append(row)
        index, apart = index + 1, False
    return blocks


def _ends(rows: Sequence[PrintedRow], index: int) -> bool:
    """True where the blank above row `index`, or the size of its print, sets it apart."""
    upper, lower = rows[index - 1], rows[index]
    height = min(_height(upper), _height(lower))
    if 1 in (len(upper), len(lower)) and max(_height(upper), _height(lower)) > _LARGER_RATIO * height:
        return True
    if len(upper) == len(lower) == 1 and _blank(upper, lower) > _ALWAYS_HEIGHTS * height:
        return True
    pitches = [_pitch(rows, i) for i in (index - 1, index + 1) if 0 < i < len(rows)]
    if not pitches:
        return _blank(upper, lower) > height
    pitch, usual = _pitch(rows, index), min(pitches)
    wider, more = _TABLE if len(upper) > 1 or len(lower) > 1 else _TEXT
    return pitch > wider * usual and pitch > usual + more * height


def _begins_paragraph(rows: Sequence[PrintedRow], index: int, right_edge: float) -> bool:
    """True where row `index` is set in like the first line of a paragraph."""
    if index + 1 >= len(rows):
        return False
    upper, first, second = rows[index - 1][0], rows[index][0], rows[index + 1][0]
    indent = (first.x0 - second.x0) / first.em
    if not _INDENT_EM[0] <= indent <= _INDENT_EM[1]:
        return False
    after_indent = upper.x0 - second.x0 >= _INDENT_EM[0] * first.em
    return not (after_indent and wraps(upper, first, right_edge))


def _height(row: PrintedRow) -> float:
    return statistics.median(p.height for p in row)


def _pitch(rows: Sequence[PrintedRow], index: int) -> float:
    return _level(rows[index]) - _level(rows[index - 1])


def _blank(upper: PrintedRow, lower: PrintedRow) -> float:
    return _level(lower) - _level(upper) - (_height(upper) + _height(lower)) / 2


def _level(row: PrintedRow) -> float:
    """How far down the page a row stands: where its left end is, for a bent page is bent alike for all rows."""
    return row[0].start[1]
