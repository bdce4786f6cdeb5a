"""Words → grids: the rows and columns of a table without rules, by how its words stand under each other."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence

from ocrcli.layout.rows import printed_rows
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.upright import Piece

# In heights of the print.
APART = 0.9  # words of a row with more blank between them are cells side by side
_VALLEY = 0.35  # the narrowest blank between two columns
_STEP = 0.1  # how finely columns are looked for
_PADDING = 0.25  # detectors pad their boxes: the blank beside them is as much wider
_CLOSE = 0.8  # of the usual distance: rows that follow each other nearer are lines of one cell

_CROSSED = 0.2  # share of the rows that may cross the blank between two columns: heads over several
_ALIGNED = 0.6  # share of a column's words whose left, middle or right stand under each other
_EDGE = 0.7  # print heights that two edges may differ by to stand under each other


def is_tabular(row: Sequence[Piece]) -> bool:
    """True for a printed row with words far apart."""
    return any(after.x0 - before.x1 > APART * min(before.em, after.em) for before, after in itertools.pairwise(row))


def grid_of_words(words: Sequence[Piece], em: float, rules: Sequence[float] = ()) -> Grid | None:
    """The grid that words make; None where they don't stand in two columns at least.

    `rules` are the heights of level rules through the whole table: where most rows are ruled, each row reaches from
    rule to rule.
    """
    rows = printed_rows(words)
    columns = columns_of(rows, em)
    if len(columns) < 2 or not rows:
        return None
    bands = _rows(rows, columns, em, rules)
    xs = _edges([(a, b) for a, b in columns], em)
    ys = _edges([_extent(band) for band in bands], em)
    if ys != sorted(ys):
        return None
    spans = [span for r, band in enumerate(bands) for span in cells_of(r, band, columns)]
    return Grid(tuple(xs), tuple(ys), tuple(spans), "words")


def columns_of(rows: Sequence[Sequence[Piece]], em: float) -> list[tuple[float, float]]:
    """Where columns begin and end: the stretches between strips that hardly a row crosses."""
    tabular = [row for row in rows if is_tabular(row)]
    if not tabular:
        return []
    left, right = min(p.x0 for row in rows for p in row), max(p.x1 for row in rows for p in row)
    step = _STEP * em
    count = int((right - left) / step) + 1
    crossing = [0] * count
    for row in tabular:
        seen: set[int] = set()
        for piece in row:
            inset = min(_PADDING * em, piece.width / 4)
            first, last = int((piece.x0 + inset - left) / step), int((piece.x1 - inset - left) / step)
            seen.update(range(max(0, first), min(count, last + 1)))
        for place in seen:
            crossing[place] += 1
    most = int(_CROSSED * len(tabular))
    columns: list[tuple[float, float]] = []
    for filled, run in itertools.groupby(range(count), key=lambda at: crossing[at] > most):
        cells = list(run)
        if not filled:
            continue
        start, end = left + cells[0] * step, left + (cells[-1] + 1) * step
        if columns and start - columns[-1][1] < _VALLEY * em:
            columns[-1] = (columns[-1][0], end)
        else:
            columns.append((start, end))
    return _without_halves(columns, tabular)


def _without_halves(columns: list[tuple[float, float]], rows: Sequence[Sequence[Piece]]) -> list[tuple[float, float]]:
    """The columns, two neighbours made one where no row has words in both: a centred head beside the cells below it."""
    whole = columns[:1]
    for column in columns[1:]:
        before = whole[-1]
        only_left = [any(_shared(p, before) > 0 >= _shared(p, column) for p in row) for row in rows]
        only_right = [any(_shared(p, column) > 0 >= _shared(p, before) for p in row) for row in rows]
        if any(left and right for left, right in zip(only_left, only_right, strict=True)):
            whole.append(column)
        else:
            whole[-1] = (before[0], column[1])
    return whole


def _rows(
    rows: Sequence[list[Piece]], columns: Sequence[tuple[float, float]], em: float, rules: Sequence[float]
) -> list[list[Piece]]:
    """Printed rows as rows of the table: what stands between two rules, or goes on in the same cells."""
    inner = [y for y in rules if middle_of(rows[0]) < y < middle_of(rows[-1])]
    if len(inner) >= max(3, len(rows) // 3):
        parted = [[p for row in part for p in row] for _, part in _between(rows, inner)]
        return [part for part in parted if part]
    pitches = [middle_of(b) - middle_of(a) for a, b in itertools.pairwise(rows)]
    usual = statistics.median(pitches) if pitches else em
    bands: list[list[Piece]] = []
    for index, row in enumerate(rows):
        ruled = index > 0 and any(middle_of(rows[index - 1]) < y < middle_of(row) for y in inner)
        if bands and not ruled and pitches[index - 1] < _CLOSE * usual and _goes_on(row, columns):
            bands[-1] += row
        else:
            bands.append(list(row))
    return bands


def _between(rows: Sequence[list[Piece]], rules: Sequence[float]) -> Iterable[tuple[int, Iterable[list[Piece]]]]:
    return itertools.groupby(rows, key=lambda row: sum(y < middle_of(row) for y in rules))


def _goes_on(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> bool:
    """True for a row that leaves its first cell empty and has text in few others."""
    filled = {i for i, column in enumerate(columns) for p in row if _shared(p, column) > 0}
    return 0 not in filled and 2 * len(filled) <= len(columns)


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


def _edges(stretches: Sequence[tuple[float, float]], em: float) -> list[float]:
    """The edges between stretches: the middles of the blanks."""
    inner = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(stretches)]
    return [stretches[0][0] - 0.3 * em, *inner, stretches[-1][1] + 0.3 * em]


def _extent(band: Sequence[Piece]) -> tuple[float, float]:
    """Where a row begins and ends, by the middles of its lines so that tall print of a neighbour does no harm."""
    return min(p.cy - 0.4 * p.height for p in band), max(p.cy + 0.4 * p.height for p in band)


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
