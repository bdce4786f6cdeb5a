"""What stands in the cells of a found table: each line once, in reading order, places back on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocrcli.geometry import Box, Quad, around, quad_of_box, thickness
from ocrcli.layout.grid import Grid, Span
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.sheet import Sheet, in_frame, middle, split_at_walls
from ocrcli.layout.tables import FoundTable, owners
from ocrcli.layout.text import row_text
from ocrcli.layout.upright import Piece
from ocrcli.page import Align, Cell, Line, Table
from ocrcli.vision.cell_ink import ink_in

_SURE = 0.85  # a cell that is read a second time counts where it reads this well
_DOUBT = 0.9  # what a confidence is multiplied by where another source says differently
_CENTRED = 0.8  # print heights that the blanks at both sides of a centred text may differ by
_ROOM = 0.3  # print heights around ink that is read again


@dataclass(frozen=True)
class ReadTable:
    """A table of the record, and the lines of each of its cells in the same order."""

    table: Table
    lines: tuple[tuple[Line, ...], ...]


def read_table(found: FoundTable, sheet: Sheet) -> ReadTable:
    """The table with its texts. Cells in which the detector saw nothing but ink stands are read by their own crop."""
    grid = found.grid
    by_cell = _by_cell(found)
    doubt = _DOUBT if found.differs else 1.0
    cells, lines = [], []
    for span in sorted(grid.spans, key=lambda s: (s.row, s.column)):
        pieces = by_cell.get(span, [])
        if not pieces and (missed := _missed(grid, span, sheet)):
            pieces = [missed]
        rows = printed_rows(pieces)
        own = tuple(line for row in rows for piece in row for line in piece.lines)
        lines.append(own)
        cells.append(
            Cell(
                span.row,
                span.column,
                span.rows,
                span.columns,
                "\n".join(row_text(row).replace("\t", " ") for row in rows),
                _on_page(grid, grid.box_of(span), sheet),
                doubt * _confidence(own),
                _align(grid.box_of(span), pieces, sheet.em),
            )
        )
    quad = _on_page(grid, grid.box, sheet)
    return ReadTable(Table(grid.rows, grid.columns, quad, tuple(cells), grid.origin), tuple(lines))


def _by_cell(found: FoundTable) -> dict[Span, list[Piece]]:
    spans = owners(found.grid)
    cells: dict[Span, list[Piece]] = {}
    for piece in found.pieces:
        for part in split_at_walls(piece, found.grid, spans):
            square = found.grid.square_at(middle(part)) or found.grid.square_at(_clipped(part, found.grid))
            if square is not None:
                cells.setdefault(spans[square], []).append(part)
    return cells


def _clipped(piece: Piece, grid: Grid) -> tuple[float, float]:
    """The middle of a piece, pulled inside the table that it was found in."""
    x0, y0, x1, y1 = grid.box
    return min(max(piece.cx, x0), x1 - 1e-3), min(max(piece.cy, y0), y1 - 1e-3)


def _on_page(grid: Grid, box: Box, sheet: Sheet) -> Quad:
    return sheet.to_sheet.inverse().quad(grid.quad_of(box))


def _confidence(lines: Sequence[Line]) -> float:
    """The mean over the characters; an empty cell is sure."""
    count = sum(max(1, len(line.text)) for line in lines)
    return sum(line.confidence * max(1, len(line.text)) for line in lines) / count if count else 1.0


def _align(box: Box, pieces: Sequence[Piece], em: float) -> Align:
    """How the text stands in its cell: by its blanks at the left and right."""
    if not pieces:
        return "left"
    before = min(p.x0 for p in pieces) - box[0]
    after = box[2] - max(p.x1 for p in pieces)
    if abs(before - after) <= _CENTRED * em:
        return "left" if before < 1.2 * em else "center"
    return "left" if before < after else "right"


def _missed(grid: Grid, span: Span, sheet: Sheet) -> Piece | None:
    """What stands in a cell that the detector left empty, read by its own crop."""
    if sheet.pixels is None:
        return None
    x0, y0, x1, y1 = grid.box_of(span)
    rim = 0.15 * sheet.em
    ink = ink_in(sheet.pixels, _sheet_box(grid, (x0 + rim, y0 + rim, x1 - rim, y1 - rim)), sheet.em)
    if ink is None:
        return None
    room = _ROOM * sheet.em
    quad = quad_of_box(ink[0] - room, ink[1] - room, ink[2] + room, ink[3] + room)
    line = sheet.reading.again(sheet.to_sheet.inverse().quad(quad))
    if not line.text.strip() or line.confidence < _SURE or thickness(line.quad) <= 0:
        return None
    return in_frame(sheet.piece(line), grid)


def _sheet_box(grid: Grid, box: Box) -> Box:
    """The largest upright box of the sheet inside a box of the grid's frame."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = grid.quad_of(box)
    return max(ax, dx), max(ay, by), min(bx, cx), min(cy, dy)


def place_of_lines(lines: Sequence[Line]) -> Quad | None:
    """The place of a cell's text; None where there is none."""
    return around(line.quad for line in lines) if lines else None
