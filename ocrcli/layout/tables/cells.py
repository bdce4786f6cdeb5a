"""What stands in the cells of a found table: each line once, in reading order, places back on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ocrcli.geometry import Box, Quad, around
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.sheet import Sheet, middle, split_at_walls
from ocrcli.layout.tables.finding import FoundTable
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.tables.looks import missed, surer_lines, whole
from ocrcli.layout.tables.numbers import Governed, governed
from ocrcli.layout.text import row_text
from ocrcli.layout.upright import Piece
from ocrcli.page import Align, Cell, Line, Table

_DOUBT = 0.9  # what a confidence is multiplied by where another source says differently
_CENTRED = 0.8  # print heights that the blanks at both sides of a centred text may differ by


@dataclass(frozen=True)
class ReadTable:
    """A table of the record, and the lines of each of its cells in the same order. `governed` are the cells, by their
    number, whose text the grammar of their column chose."""

    table: Table
    lines: tuple[tuple[Line, ...], ...]
    governed: Mapping[int, Governed] = field(default_factory=dict)


def read_table(found: FoundTable, sheet: Sheet) -> ReadTable:
    """The table with its texts. What was read unsurely, or not at all, is looked at again; columns of numbers and dates
    are read under their grammar."""
    grid = found.grid
    by_cell = _by_cell(found, sheet)
    doubt = _DOUBT if found.differs else 1.0
    cells, lines = [], []
    for span in sorted(grid.spans, key=lambda s: (s.row, s.column)):
        pieces = by_cell.get(span, [])
        if not pieces and (piece := missed(grid, span, sheet, _beside(span, by_cell))):
            pieces = [piece]
        elif len(pieces) == 1:
            pieces = [whole(pieces[0], grid, span, sheet)]
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
    chosen = governed(cells, lines)
    for i, value in chosen.items():
        cells[i] = replace(cells[i], text=value.text, confidence=doubt * value.guided.confidence)
    quad = _on_page(grid, grid.box, sheet)
    return ReadTable(Table(grid.rows, grid.columns, quad, tuple(cells), grid.origin), tuple(lines), chosen)


def _beside(span: Span, by_cell: Mapping[Span, Sequence[Piece]]) -> str:
    """What the other cells of its row and column say."""
    near = (pieces for other, pieces in by_cell.items() if span.row == other.row or span.column == other.column)
    return "".join(piece.text for pieces in near for piece in pieces)


def _by_cell(found: FoundTable, sheet: Sheet) -> dict[Span, list[Piece]]:
    parts = [part for piece in found.pieces for part in split_at_walls(piece, found.grid)]
    surer = surer_lines((part.lines[0] for part in parts), sheet)
    cells: dict[Span, list[Piece]] = {}
    for part in parts:
        span = found.grid.cell_at(middle(part)) or found.grid.cell_at(_clipped(part, found.grid))
        if span is not None:
            line = surer.get(id(part.lines[0]))
            cells.setdefault(span, []).append(replace(part, lines=(line,)) if line else part)
    return cells


def _clipped(piece: Piece, grid: Grid) -> tuple[float, float]:
    """The middle of a piece, pulled inside the table that it was found in."""
    x0, y0, x1, y1 = grid.box
    return min(max(piece.cx, x0), x1 - 1e-3), min(max(piece.cy, y0), y1 - 1e-3)


def _on_page(grid: Grid, box: Box, sheet: Sheet) -> Quad:
    return sheet.to_page.quad(grid.quad_of(box))


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


def place_of_lines(lines: Sequence[Line]) -> Quad | None:
    """The place of a cell's text; None where there is none."""
    return around(line.quad for line in lines) if lines else None
