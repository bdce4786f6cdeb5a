"""The structure model's cells → grids, where they fit the words."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from ocrcli.engine.structure import SeenCell
from ocrcli.geometry import Box
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.tables.grid import Grid, Span, is_proper, without_empty
from ocrcli.layout.tables.standing import words_by_cell
from ocrcli.layout.upright import Piece

_FITS = 0.9  # share of the words that must stand in the model's cells without contradiction
_FAR = 1.2  # print heights: a word outside that is this far from every cell is in none
_FEWEST_MISSED, _MOST_SHARED = 3, 0.6  # rows, and share of them, in which two columns of words share cells
_APART = 1.2  # print heights between two words of a row: they are no one cell


def grid_of_cells(cells: Sequence[SeenCell], words: Sequence[Piece], em: float) -> tuple[Grid, list[Piece]] | None:
    """The grid of the model's cells and the words that stand in it; None where cells and words contradict each other.

    The model sees where the text of a cell stands, not its edges: these are laid between the words.
    """
    rows = max((c.row + c.rows for c in cells), default=0)
    columns = max((c.column + c.columns for c in cells), default=0)
    spans = _proper([Span(c.row, c.column, c.rows, c.columns) for c in cells], rows, columns)
    if spans is None:
        return None
    boxes = {(c.row, c.column): c.box for c in cells}
    x0, y0, x1, y1 = _around(boxes.values())
    homes = [
        (piece, _home(piece, spans, boxes, inf if x0 <= piece.cx <= x1 and y0 <= piece.cy <= y1 else _FAR * em))
        for piece in words
    ]
    placed = _in_rows([(piece, span) for piece, span in homes if span is not None], spans)
    if not placed or _fit(placed, len(words), em) < _FITS:
        return None
    rows, columns, kept = without_empty(rows, columns, spans, {span for _, span in placed})
    if rows < 2 or columns < 2 or not is_proper(rows, columns, tuple(kept.values())):
        return None
    renumbered = [(piece, kept[span]) for piece, span in placed if span in kept]
    # Detectors pad their boxes, so that lines close together overlap: the inner part of each says enough.
    ys = _edges([(p.cy - 0.3 * p.height, p.cy + 0.3 * p.height, s.row, s.rows) for p, s in renumbered], rows, em)
    xs = _edges([(p.x0, p.x1, s.column, s.columns) for p, s in renumbered], columns, em)
    if ys is None or xs is None:
        return None
    grid = Grid(tuple(xs), tuple(ys), tuple(kept.values()), "model")
    if sum(_stands_in(piece, grid, span) for piece, span in renumbered) < _FITS * len(words):
        return None
    return grid, [piece for piece in words if grid.square_at((piece.cx, piece.cy))]


def contradicts(grid: Grid, words: Sequence[Piece], em: float) -> bool:
    """True where words of one cell stand far apart beside each other, or under each other in a cell over several rows,
    each on a row of words of its own."""
    cells = words_by_cell(grid, words)
    rows = {id(piece): number for number, row in enumerate(printed_rows(words)) for piece in row if len(row) > 1}
    return any(
        _far_apart(cell, em) or (span.rows > 1 and len({rows[id(p)] for p in cell if id(p) in rows}) > 1)
        for span, cell in cells.items()
    )


def misses_columns(grid: Grid, words: Sequence[Piece], own: Grid) -> bool:
    """True where words that stand in two columns of `own`, row by row, share a cell of the grid."""
    shared: dict[int, list[bool]] = {}
    for row in printed_rows(words):
        for before, after in itertools.pairwise(row):
            left, right = own.square_at((before.cx, before.cy)), own.square_at((after.cx, after.cy))
            if left and right and right[1] == left[1] + 1:
                squares = grid.square_at((before.cx, before.cy)), grid.square_at((after.cx, after.cy))
                shared.setdefault(left[1], []).append(squares[0] is not None and squares[0] == squares[1])
    return any(sum(rows) >= max(_FEWEST_MISSED, _MOST_SHARED * len(rows)) for rows in shared.values())


def halves_a_column(grid: Grid, words: Sequence[Piece]) -> bool:
    """True where two columns side by side are filled, but on no row both: a centred head beside the cells below it."""
    filled = {square for piece in words if (square := grid.square_at((piece.cx, piece.cy)))}
    rows = [{row for row, column in filled if column == number} for number in range(grid.columns)]
    return any(a and b and not a & b for a, b in itertools.pairwise(rows))


def _proper(spans: list[Span], rows: int, columns: int) -> tuple[Span, ...] | None:
    """The spans with single cells where a row came out too short; None where cells overlap or most rows do."""
    covered = [square for span in spans for square in span.squares()]
    if len(covered) != len(set(covered)):
        return None
    missing = [(r, c) for r in range(rows) for c in range(columns) if (r, c) not in set(covered)]
    if len(missing) > 0.1 * rows * columns:
        return None
    whole = tuple(sorted([*spans, *(Span(r, c) for r, c in missing)], key=lambda s: (s.row, s.column)))
    return whole if is_proper(rows, columns, whole) else None


def _around(boxes: Iterable[Box]) -> Box:
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return min(x0s), min(y0s), max(x1s), max(y1s)


def _home(piece: Piece, spans: Sequence[Span], boxes: dict[tuple[int, int], Box], far: float) -> Span | None:
    """The cell whose text box holds most of the word, or the nearest one that is less than `far` away."""
    best, best_gap = None, far
    for span in spans:
        box = boxes.get((span.row, span.column))
        if box is None:
            continue
        gap = _gap(piece, box)
        if gap < best_gap:
            best, best_gap = span, gap
    return best


def _in_rows(placed: Sequence[tuple[Piece, Span]], spans: Sequence[Span]) -> list[tuple[Piece, Span]]:
    """The words with their cells, those that stand on one printed row in one row of the table.

    The model at times sees a column's cells a line too low or too high; most words of the row decide.
    """
    at = {square: span for span in spans for square in span.squares()}
    homes = {id(piece): span for piece, span in placed}
    for row in printed_rows([piece for piece, span in placed if span.rows == 1]):
        counts = Counter(homes[id(piece)].row for piece in row)
        usual, count = counts.most_common(1)[0]
        for piece in row if 2 * count > len(row) else ():
            other = at[usual, homes[id(piece)].column]
            if other.rows == 1 and other.column == homes[id(piece)].column:
                homes[id(piece)] = other
    return [(piece, homes[id(piece)]) for piece, _ in placed]


def _gap(piece: Piece, box: Box) -> float:
    """How far a word is from a box: the blank between them, or less than nothing by the share they have in common."""
    wide = min(piece.x1, box[2]) - max(piece.x0, box[0])
    high = min(piece.y1, box[3]) - max(piece.y0, box[1])
    if wide > 0 and high > 0:
        return -wide * high / max(1e-6, piece.width * piece.height)
    return max(-min(wide, 0.0), -2 * min(high, 0.0))


def _fit(placed: Sequence[tuple[Piece, Span]], words: int, em: float) -> float:
    """The share of the words that stand in a cell with nothing against it."""
    by_cell: dict[Span, list[Piece]] = {}
    for piece, span in placed:
        by_cell.setdefault(span, []).append(piece)
    bad = words - len(placed) + sum(_far_apart(pieces, em) for pieces in by_cell.values())
    return 1 - bad / max(1, words)


def _far_apart(words: Sequence[Piece], em: float) -> int:
    """How often words of one cell stand too far apart beside each other."""
    return sum(b.x0 - a.x1 > _APART * em for row in printed_rows(words) for a, b in itertools.pairwise(row))


def _edges(pieces: Sequence[tuple[float, float, int, int]], count: int, em: float) -> list[float] | None:
    """Edges between rows (or columns), from where the words of single ones begin and end: (start, end, first, span)."""
    stretches = []
    for index in range(count):
        own = [(a, b) for a, b, first, span in pieces if first == index and span == 1]
        over = [(a, b) for a, b, first, span in pieces if first <= index < first + span]
        if not own and not over:
            return None
        some = own or over
        stretches.append(
            (min(a for a, _ in some), max(b for _, b in some), statistics.median((a + b) / 2 for a, b in some))
        )
    edges = [stretches[0][0] - 0.3 * em]
    for (_, end, middle), (start, _, after) in itertools.pairwise(stretches):
        edge = (end + start) / 2 if end <= start else (middle + after) / 2
        edges.append(edge)
    edges.append(stretches[-1][1] + 0.3 * em)
    return edges if all(a < b for a, b in itertools.pairwise(edges)) else None


def _stands_in(piece: Piece, grid: Grid, span: Span) -> bool:
    x0, y0, x1, y1 = grid.box_of(span)
    return x0 <= piece.cx <= x1 and y0 <= piece.cy <= y1
