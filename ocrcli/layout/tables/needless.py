"""Edges of a ruled grid that nothing needs: with words on one side of them only, and short or run through words.

Strokes of print, folds and specks make them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocrcli.geometry import Box
from ocrcli.layout.tables.grid import Grid, Span

_MOST = 0.5  # of the table's side: longer edges are rules, unless they run through words
_OVER = 0.3  # print heights: what reaches farther over an edge is run through

_Pairs = list[tuple[Span, Span]]


def without_needless(grid: Grid, words: Sequence[Box], em: float) -> Grid:
    """The grid without inner edges that part no two cells with words, and run along less than half of it or through a
    word. `words` are boxes in the grid's frame."""
    while True:
        fewer = _without_columns(grid, words, em)
        fewer = _transposed(_without_columns(_transposed(fewer), [(b, a, d, c) for a, b, c, d in words], em))
        if fewer == grid:
            return grid
        grid = fewer


def _transposed(grid: Grid) -> Grid:
    spans = sorted((Span(s.column, s.row, s.columns, s.rows) for s in grid.spans), key=lambda s: (s.row, s.column))
    return replace(grid, xs=grid.ys, ys=grid.xs, spans=tuple(spans))


def _without_columns(grid: Grid, words: Sequence[Box], em: float) -> Grid:
    filled = _filled(grid, words)
    for edge in range(grid.columns - 1, 0, -1):
        pairs = _beside(grid, edge)
        if not pairs or any(filled.issuperset(pair) for pair in pairs):
            continue
        if not _is_long(grid, pairs) or _runs_through(grid, edge, pairs, words, em):
            grid = _merged(grid, edge, pairs)
            filled = _filled(grid, words)
    return grid


def _beside(grid: Grid, edge: int) -> _Pairs:
    """The cells on both sides of the edge before a column, pair by pair; none where they are not of one height."""
    right = {(span.row, span.rows): span for span in grid.spans if span.column == edge}
    left = [span for span in grid.spans if span.column + span.columns == edge]
    pairs = [(span, right[span.row, span.rows]) for span in left if (span.row, span.rows) in right]
    return pairs if len(pairs) == len(left) == len(right) else []


def _is_long(grid: Grid, pairs: _Pairs) -> bool:
    length = sum(grid.ys[left.row + left.rows] - grid.ys[left.row] for left, _ in pairs)
    return length >= _MOST * (grid.ys[-1] - grid.ys[0])


def _filled(grid: Grid, words: Sequence[Box]) -> set[Span | None]:
    """The cells with words in them."""
    return {grid.cell_at(((x0 + x1) / 2, (y0 + y1) / 2)) for x0, y0, x1, y1 in words}


def _runs_through(grid: Grid, edge: int, pairs: _Pairs, words: Sequence[Box], em: float) -> bool:
    x, reach = grid.xs[edge], _OVER * em
    return any(
        x0 < x - reach and x1 > x + reach and grid.ys[left.row] <= (y0 + y1) / 2 < grid.ys[left.row + left.rows]
        for x0, y0, x1, y1 in words
        for left, _ in pairs
    )


def _merged(grid: Grid, edge: int, pairs: _Pairs) -> Grid:
    """The grid without an edge: the cells on its left take in those on its right."""
    ends = {left: right.column + right.columns for left, right in pairs}
    gone = {right for _, right in pairs}
    spans = []
    for span in grid.spans:
        if span not in gone:
            end = ends.get(span, span.column + span.columns)
            first = span.column - (span.column > edge)
            spans.append(replace(span, column=first, columns=end - (end > edge) - first))
    return replace(grid, xs=(*grid.xs[:edge], *grid.xs[edge + 1 :]), spans=tuple(spans))
