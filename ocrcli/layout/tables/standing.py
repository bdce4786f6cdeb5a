"""How words stand in a table: far apart on their rows, under each other in its columns, in which cells."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence

from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.upright import Piece

# In heights of the print.
APART = 0.9  # words of a row with more blank between them are cells side by side
_EDGE = 0.7  # two edges may differ by this to stand under each other

_ALIGNED = 0.6  # share of a column's words whose left, middle or right stand under each other


def is_tabular(row: Sequence[Piece]) -> bool:
    """True for a printed row with words far apart."""
    return any(after.x0 - before.x1 > APART * min(before.em, after.em) for before, after in itertools.pairwise(row))


def middle_of(row: Sequence[Piece]) -> float:
    """The height that the pieces of a row stand at."""
    return statistics.median(p.cy for p in row)


def alignment(words: Sequence[Piece], grid: Grid, em: float) -> float:
    """The share of the words in single cells that stand under others of their column, by an edge or their middle."""
    by_column: dict[int, list[Piece]] = {}
    for piece in words:
        square = grid.square_at((piece.cx, piece.cy))
        if square:
            by_column.setdefault(square[1], []).append(piece)
    aligned = total = 0
    for pieces in by_column.values():
        total += len(pieces)
        edges = ([p.x0 for p in pieces], [p.cx for p in pieces], [p.x1 for p in pieces])
        best = max(sum(abs(x - place) <= _EDGE * em for x in places) for places in edges for place in places)
        aligned += best if best > 1 else 0
    return aligned / total if total else 0.0


def is_aligned(words: Sequence[Piece], grid: Grid, em: float) -> bool:
    """True where the words of most columns stand under each other."""
    return alignment(words, grid, em) >= _ALIGNED


def words_by_cell(grid: Grid, words: Iterable[Piece]) -> dict[Span, list[Piece]]:
    """The words (in the grid's frame) of each cell that has any."""
    cells: dict[Span, list[Piece]] = {}
    for piece in words:
        span = grid.cell_at((piece.cx, piece.cy))
        if span is not None:
            cells.setdefault(span, []).append(piece)
    return cells


def cells_of(row: int, band: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> list[Span]:
    """The cells of a row: words that reach over several columns take them all; the rest are single squares."""
    reaches = sorted({_reach(piece, columns) for piece in band})
    joined: list[tuple[int, int]] = []
    for first, last in reaches:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    cells, column = [], 0
    for first, last in [*joined, (len(columns), len(columns))]:
        cells += [Span(row, c) for c in range(column, first)]
        if first < len(columns):
            cells.append(Span(row, first, 1, last - first + 1))
        column = last + 1
    return cells


def _reach(piece: Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first and last column that a word stands in."""
    shares = [_shared(piece, column) for column in columns]
    best = max(range(len(columns)), key=lambda i: (shares[i], -abs(sum(columns[i]) / 2 - piece.cx)))
    least = min(0.5 * piece.em, 0.5 * piece.width)
    touched = [i for i, share in enumerate(shares) if share > least]
    if len(touched) < 2:
        return best, best
    # A long text at the side runs into its neighbour; a head over several columns stands in the middle of them.
    return touched[0], touched[-1]


def _shared(piece: Piece, column: tuple[float, float]) -> float:
    return min(piece.x1, column[1]) - max(piece.x0, column[0])
