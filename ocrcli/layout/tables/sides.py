"""Row labels left of a ruled grid, and column names above it, that no rule encloses: they belong to the table."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import replace

from ocrcli.layout.rows import printed_rows
from ocrcli.layout.sheet import in_frame
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.upright import Piece

_SHARE = 0.6  # of the rows that have a label, and of the columns that have a name
_FEWEST = 3  # rows with labels, columns with names
_NEAR = 2.0  # em from the names to the grid
_BESIDE = 3.0  # em from the longest label to the grid
_WIDE = 24.0  # em: so far left of the grid the shortest label may end
_ALIKE = 0.5  # em: labels begin, or end, under each other
_LEVEL = 0.25  # of a row's height: a label stands so near its middle
_ROOM = 0.3  # em around labels and names


def with_sides(grid: Grid, pieces: Sequence[Piece], em: float) -> Grid:
    """A ruled grid with a column of labels that stand left of it, row by row, and then a row of names right above it.

    Names alone prove nothing: words above a grid are mostly no part of it.
    """
    words = [in_frame(piece, grid) for piece in pieces]
    labelled = _with_labels(grid, words, em)
    return _with_names(labelled, words, em) if labelled is not grid else grid


def _with_labels(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    left = grid.xs[0]
    beside = [p for p in words if left - _WIDE * em < p.x1 <= left + _ROOM * em]
    rows = [([p for p in beside if a <= p.cy < b], a, b) for a, b in itertools.pairwise(grid.ys)]
    labels = [(own, a, b) for own, a, b in rows if own]
    if len(labels) < max(_FEWEST, _SHARE * grid.rows) or any(len(printed_rows(own)) < len(own) for own, _, _ in labels):
        return grid
    starts, ends = [min(p.x0 for p in own) for own, _, _ in labels], [max(p.x1 for p in own) for own, _, _ in labels]
    level = all(abs(own[0].cy + own[-1].cy - a - b) / 2 <= max(_LEVEL * (b - a), _ROOM * em) for own, a, b in labels)
    alike = any(max(abs(x - statistics.median(xs)) for x in xs) <= _ALIKE * em for xs in (starts, ends))
    pitch = (grid.ys[-1] - grid.ys[0]) / grid.rows
    below = any(grid.ys[-1] <= p.cy < grid.ys[-1] + pitch and p.x0 < max(ends) for p in beside)  # running text goes on
    if not level or not alike or below or left - max(ends) > _BESIDE * em:
        return grid
    spans = [replace(span, column=span.column + 1) for span in grid.spans]
    whole = sorted([*spans, *(Span(row, 0) for row in range(grid.rows))], key=lambda s: (s.row, s.column))
    return replace(
        grid,
        xs=(min(starts) - _ROOM * em, *grid.xs),
        spans=tuple(whole),
        unruled=grid.unruled | {min(starts) - _ROOM * em},
    )


def _with_names(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    top, (x0, *_, x1) = grid.ys[0], grid.xs
    over = [p for p in words if top - 3 * _NEAR * em < p.cy < top and p.x1 > x0 and p.x0 < x1]
    names: list[Piece] = []
    for row in reversed(printed_rows(over)):  # upwards: names may have several lines
        room = _ROOM if names else _NEAR
        homes = [_column(grid, piece, em) for piece in row]
        if top - max(p.y1 for p in row) > room * em or None in homes or len(set(homes)) < len(homes):
            break
        names += row
        top = min(p.y0 for p in row)
    columns = {_column(grid, piece, em) for piece in names}
    inner = grid.columns - 1  # the labels may bear no name
    if len(columns) < max(min(_FEWEST, inner), _SHARE * inner):
        return grid
    below = [replace(span, row=span.row + 1) for span in grid.spans]
    head = [Span(0, column) for column in range(grid.columns)]
    return replace(grid, ys=(top - _ROOM * em, *grid.ys), spans=(*head, *below))


def _column(grid: Grid, piece: Piece, em: float) -> int | None:
    """The column that a piece above the grid stands over; None where it stands over none alone."""
    square = grid.square_at((piece.cx, grid.ys[0]))
    if square is None:
        return None
    left, right = grid.xs[square[1]], grid.xs[square[1] + 1]
    return square[1] if left - _ROOM * em < piece.x0 and piece.x1 < right + _ROOM * em else None
