"""The rows below known column heads: by the table's rules where it has any, else by where its words stand.

A cell belongs to the column whose words stand under each other with its head; columns with a head that nobody asks for
are columns all the same.
"""

from __future__ import annotations

import itertools
import re
import statistics
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ocrcli.geometry import Quad
from ocrcli.layout.labels import Label, Mark, find_labels
from ocrcli.layout.parts import Part
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.sheet import Sheet, middle, sheet_of, split_at_walls
from ocrcli.layout.tables.by_words import columns_of
from ocrcli.layout.tables.cells import read_table
from ocrcli.layout.tables.finding import FoundTable, find_tables
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.tables.looks import missed, whole
from ocrcli.layout.upright import Piece
from ocrcli.page import Line, Reading

_FEWEST = 0.5  # share of the asked columns whose heads stand on one row
_END = "end"
_FAR = 3.0  # of the usual distance between rows: what follows farther below is not of the list …
_LEAST_FAR = 4.0  # … but no nearer than so many print heights
_CLOSE = 0.9  # of the usual distance: a row that follows nearer, and fills only text columns, goes on the one above

Cells = dict[str, list[Line]]  # column → its lines, from top left


@dataclass
class Row:
    """What stands in one row, by column. `loose`: it fills only columns of text, and may belong to the row above."""

    cells: Cells = field(default_factory=dict)
    loose: bool = False


@dataclass(frozen=True)
class _Head:
    """A column's head where it stands on the sheet; `key` is None where nobody asks for the column."""

    key: str | None
    x0: float
    x1: float


def rows_under(
    reading: Reading,
    heads: Mapping[str, tuple[str, ...]],
    ends: tuple[str, ...],
    own: Collection[str] = (),
    outline: Quad | None = None,
) -> list[Row]:
    """The rows below the heads (column → the forms in which its head is printed), down to one that says one of `ends`.

    `own` are columns that each row fills: print without any of them may belong to the row above. `outline` is where
    the page lies, where that is known.
    """
    sheet = sheet_of(reading, outline)
    if sheet is None:
        return []
    marks = _marks(sheet, heads, ends)
    row = _head_row(marks, len(heads))
    if not row:
        return []
    found = {mark.label.key: _piece(mark, sheet) for mark in row if mark.label}
    stops = [_piece(mark, sheet).cy for mark in marks if mark.label and mark.label.key == _END]
    for table in find_tables(sheet, with_borders=True)[0]:
        columns = _columns_in(table.grid, found)
        if columns:
            return _ruled(table, sheet, columns, found, stops)
    return _unruled(sheet, row, found, stops, own)


def _marks(sheet: Sheet, heads: Mapping[str, tuple[str, ...]], ends: tuple[str, ...]) -> list[Mark]:
    """The heads and the texts that end the list, on rows of the sheet: it is seen from straight above."""
    labels = [Label(key, forms) for key, forms in heads.items()]
    if ends:
        labels.append(Label(_END, ends))
    return find_labels(printed_rows(piece for piece in sheet.pieces if not piece.tall), labels)


def _head_row(marks: Sequence[Mark], count: int) -> list[Mark]:
    """The heads on the row that has most of them: each column's first; nothing where there are too few."""
    rows: dict[int, dict[str, Mark]] = {}
    for mark in marks:
        if mark.label and mark.label.key != _END:
            rows.setdefault(mark.row, {}).setdefault(mark.label.key, mark)
    best = max(rows.values(), key=len, default={})
    return list(best.values()) if len(best) >= max(min(2, count), _FEWEST * count) else []


def _piece(mark: Mark, sheet: Sheet) -> Piece:
    """A head, or a text that ends the list, on the sheet."""
    pieces = [sheet.piece(part.as_line()) for part in mark.parts]
    first, last = pieces[0], pieces[-1]
    return first if first is last else Piece(first.lines, first.start, last.end, max(first.height, last.height))


# Tables with rules.


def _columns_in(grid: Grid, heads: Mapping[str, Piece]) -> dict[int, str]:
    """The column of each head in a ruled table; nothing where the table is not theirs, or parts them too little."""
    spans = {key: grid.cell_at(grid.to_frame(middle(piece))) for key, piece in heads.items()}
    if any(span is None for span in spans.values()) or len(set(spans.values())) < len(spans):
        return {}
    return {
        column: key for key, span in spans.items() if span for column in range(span.column, span.column + span.columns)
    }


def _ruled(
    table: FoundTable, sheet: Sheet, columns: Mapping[int, str], heads: Mapping[str, Piece], stops: Sequence[float]
) -> list[Row]:
    grid = table.grid
    below = max(square[0] for p in heads.values() if (square := grid.square_at(grid.to_frame(middle(p))))) + 1
    read = read_table(table, sheet)
    by_row: dict[int, Row] = {}
    levels: dict[int, list[float]] = {}
    for cell, lines in zip(read.table.cells, read.lines, strict=True):
        keys = {columns[c] for c in range(cell.column, cell.column + cell.column_span) if c in columns}
        if cell.row < below or not lines:
            continue
        if cell.row_span == 1:
            levels.setdefault(cell.row, []).extend(sheet.piece(line).cy for line in lines)
        if len(keys) == 1:
            by_row.setdefault(cell.row, Row()).cells.setdefault(keys.pop(), []).extend(lines)
    top = max(piece.cy for piece in heads.values())
    last = min((stop for stop in stops if stop > top), default=float("inf"))
    rows = []
    for number in range(below, grid.rows):
        bottom = max(levels.get(number, [0.0]))
        if bottom > last - sheet.em / 2:
            break
        if number in by_row:
            rows += _printed_rows(by_row[number], sheet)
    return rows


def _printed_rows(row: Row, sheet: Sheet) -> list[Row]:
    """The rows that are printed in one ruled row: several where more than half of its cells hold several lines.

    One cell of several lines is a long text.
    """
    several = [lines for lines in row.cells.values() if len(lines) > 1]
    if len(several) < max(2, len(row.cells) / 2):
        return [row]
    placed = sorted(
        ((sheet.piece(line), key, line) for key, lines in row.cells.items() for line in lines), key=lambda p: p[0].cy
    )
    printed: list[Row] = []
    level = -float("inf")
    for piece, key, line in placed:
        if piece.cy - level > piece.height / 2:
            printed.append(Row())
        level = piece.cy
        printed[-1].cells.setdefault(key, []).append(line)
    return printed


# Tables without rules.


def _unruled(
    sheet: Sheet, marks: Sequence[Mark], heads: Mapping[str, Piece], stops: Sequence[float], own: Collection[str]
) -> list[Row]:
    lines = {id(part.line) for mark in marks for part in mark.parts}
    printed = printed_rows(piece for piece in sheet.pieces if not piece.tall)
    at = max(i for i, row in enumerate(printed) if any(id(line) in lines for p in row for line in p.lines))
    top = max(piece.cy for piece in heads.values())
    last = min((stop for stop in stops if stop > top), default=float("inf"))
    below = _body(printed[at + 1 :], top, last - sheet.em / 2, sheet.em)
    if not below:
        return []
    columns = _columns(below, list(_all_heads(printed[at], marks, heads, sheet)), sheet.em)
    found = [_in_columns(row, columns, sheet, own) for row in below]
    pitch = _pitch(below)
    rows: list[Row] = []
    for index, cells in enumerate(found):
        loose = bool(own) and not any(key in own for key in cells)
        near = index > 0 and _middle(below[index]) - _middle(below[index - 1]) < _CLOSE * pitch
        if loose and rows and near:
            for key, lines_ in cells.items():
                rows[-1].cells.setdefault(key, []).extend(lines_)
        elif cells:
            rows.append(Row(cells, loose))
    return rows


def _body(rows: Sequence[list[Piece]], top: float, last: float, em: float) -> list[list[Piece]]:
    """The rows of the list: down to its end, or to a wide blank."""
    body: list[list[Piece]] = []
    for row in rows:
        level = _middle(row)
        if level > last:
            break
        far = max(_LEAST_FAR * em, _FAR * _pitch(body)) if body else 2 * _LEAST_FAR * em
        if level - (_middle(body[-1]) if body else top) > far:
            break
        body.append(row)
    return body


def _all_heads(
    row: Sequence[Piece], marks: Sequence[Mark], heads: Mapping[str, Piece], sheet: Sheet
) -> Iterator[_Head]:
    """All heads of the row from left to right, also of columns that nobody asks for: each word is one."""
    taken: dict[int, set[int]] = {}
    for mark in marks:
        for part in mark.parts:
            taken.setdefault(id(part.line), set()).update(range(part.start, part.end))
    found = [_Head(key, piece.x0, piece.x1) for key, piece in heads.items()]
    for piece in row:
        for line in piece.lines:
            own = taken.get(id(line), set())
            for word in re.finditer(r"\S+", line.text):
                if not own & set(range(*word.span())) and any(map(str.isalnum, word[0])):
                    other = sheet.piece(Part(line, *word.span()).as_line())
                    found.append(_Head(None, other.x0, other.x1))
    yield from sorted(found, key=lambda head: head.x0)


def _columns(rows: Sequence[list[Piece]], heads: Sequence[_Head], em: float) -> list[tuple[float, float, str | None]]:
    """Where each column begins and ends: stretches that hold words, each cut where it stands under several heads.

    Words at the edge of a wide column may stand under no head: they are of the nearest one that has none under it.
    """
    stretches = columns_of(rows, em) or [_extent(rows)]
    under = [[head for head in heads if min(end, head.x1) > max(start, head.x0)] for start, end in stretches]
    taken = {id(head) for above in under for head in above}
    edges = [(a.x1 + b.x0) / 2 for a, b in itertools.pairwise(heads)]
    columns: list[tuple[float, float, str | None]] = []
    for (start, end), above in zip(stretches, under, strict=True):
        if not above:
            nearest = heads[bisect_right(edges, (start + end) / 2)]
            above = [] if id(nearest) in taken else [nearest]
            taken.add(id(nearest))
        cuts = [start, *((a.x1 + b.x0) / 2 for a, b in itertools.pairwise(above)), end]
        keys: list[str | None] = [head.key for head in above] or [None]
        columns += [(a, b, key) for (a, b), key in zip(itertools.pairwise(cuts), keys, strict=True)]
    return columns


def _extent(rows: Sequence[list[Piece]]) -> tuple[float, float]:
    return min(p.x0 for row in rows for p in row), max(p.x1 for row in rows for p in row)


def _in_columns(
    row: Sequence[Piece], columns: Sequence[tuple[float, float, str | None]], sheet: Sheet, own: Collection[str]
) -> Cells:
    """The lines of a row by the column they stand in, cut where they run over several.

    Detectors miss single figures: in a row that fills one of its `own` columns, the others are looked at again.
    """
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]
    low, high = min(p.y0 for p in row) - 1, max(p.y1 for p in row) + 1
    xs = (min(edges[0], min(p.x0 for p in row)) - 1, *edges[1:-1], max(edges[-1], max(p.x1 for p in row)) + 1)
    grid = Grid(xs, (low, high), tuple(Span(0, i) for i in range(len(columns))), "words")
    by_column: dict[int, list[Piece]] = {}
    for piece in row:
        for part in split_at_walls(piece, grid):
            if square := grid.square_at((part.cx, (low + high) / 2)):
                by_column.setdefault(square[1], []).append(part)
    numbers = [i for i, (_, _, key) in enumerate(columns) if key in own]
    if any(i in by_column for i in numbers):
        for i in numbers:
            found = by_column.get(i, [])
            if not found and (seen := missed(grid, Span(0, i), sheet, "")):
                by_column[i] = [seen]
            elif len(found) == 1:
                by_column[i] = [whole(found[0], grid, Span(0, i), sheet)]
    cells: Cells = {}
    for i, pieces in sorted(by_column.items()):
        key = columns[i][2]
        if key is not None and pieces:
            cells.setdefault(key, []).extend(line for piece in pieces for line in piece.lines)
    return cells


def _middle(row: Sequence[Piece]) -> float:
    return statistics.median(piece.cy for piece in row)


def _pitch(rows: Sequence[Sequence[Piece]]) -> float:
    """The usual distance between rows; 0 of fewer than two."""
    return statistics.median([_middle(b) - _middle(a) for a, b in itertools.pairwise(rows)] or [0.0])
