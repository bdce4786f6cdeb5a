"""Tables as grids: edges, walls between their squares, and spans that leave no hole and never overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocrcli.geometry import Box, Point, Quad
from ocrcli.page import Structure

Square = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Span:
    """The squares that one cell takes: from (row, column) on, `rows` × `columns` of them."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def squares(self) -> Iterator[Square]:
        """Every square of the cell."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


def same_place(point: Point) -> Point:
    """The map of a frame that is the sheet itself."""
    return point


@dataclass(frozen=True)
class Grid:
    """A table's structure in a frame of its own, in which its rows are level and its columns upright.

    `xs` and `ys` are the edges of columns and rows, ascending, one more than there are. `spans` cover each square once.
    `unruled` are those of `xs` in a ruled grid that only words tell. `to_frame` maps a point of the sheet into the
    frame, `to_sheet` back. `origin` says what the structure comes from.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    origin: Structure
    to_frame: Callable[[Point], Point] = same_place
    to_sheet: Callable[[Point], Point] = same_place
    unruled: frozenset[float] = frozenset()

    def is_ruled(self, column: int) -> bool:
        """True where a rule stands at the left edge of a column."""
        return self.origin == "rules" and self.xs[column] not in self.unruled

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        """The whole table in its frame."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, span: Span) -> Box:
        """A cell in the frame."""
        return (
            self.xs[span.column],
            self.ys[span.row],
            self.xs[span.column + span.columns],
            self.ys[span.row + span.rows],
        )

    def quad_of(self, box: Box) -> Quad:
        """A box of the frame as it lies on the sheet."""
        x0, y0, x1, y1 = box
        way = self.to_sheet
        return way((x0, y0)), way((x1, y0)), way((x1, y1)), way((x0, y1))

    def cell_at(self, point: Point) -> Span | None:
        """The cell that a point of the frame lies in."""
        square = self.square_at(point)
        return self._owners[square] if square else None

    @cached_property
    def _owners(self) -> dict[Square, Span]:
        return {square: span for span in self.spans for square in span.squares()}

    def square_at(self, point: Point) -> Square | None:
        """The square that a point of the frame lies in."""
        x, y = point
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def spans_of(rows: int, columns: int, right: Collection[Square], below: Collection[Square]) -> tuple[Span, ...]:
    """The cells of a grid from its walls: `right` and `below` hold the squares with a wall on that side.

    Squares without a wall between them are one cell. Where that gives no rectangle, the cell is cut into rectangles:
    as wide as its first row, and as far down as that width goes.
    """
    group = _Groups(rows * columns)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and (row, column) not in right:
                group.join(here, here + 1)
            if row + 1 < rows and (row, column) not in below:
                group.join(here, here + columns)
    taken: set[Square] = set()
    spans = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            root = group.root(row * columns + column)

            def free(r: int, c: int, root: int = root) -> bool:
                return (r, c) not in taken and group.root(r * columns + c) == root

            wide = 1
            while column + wide < columns and free(row, column + wide):
                wide += 1
            high = 1
            while row + high < rows and all(free(row + high, column + i) for i in range(wide)):
                high += 1
            span = Span(row, column, high, wide)
            taken.update(span.squares())
            spans.append(span)
    return tuple(spans)


def is_proper(rows: int, columns: int, spans: Sequence[Span]) -> bool:
    """True where the spans cover every square exactly once."""
    squares = [square for span in spans for square in span.squares()]
    return len(squares) == rows * columns == len(set(squares)) and all(r < rows and c < columns for r, c in squares)


def kept_spans(spans: Iterable[Span], rows: Sequence[int], columns: Sequence[int]) -> dict[Span, Span]:
    """The cells where only these rows and columns are kept: each kept cell's new span."""
    new = {}
    for span in spans:
        high = [i for i, row in enumerate(rows) if span.row <= row < span.row + span.rows]
        wide = [i for i, column in enumerate(columns) if span.column <= column < span.column + span.columns]
        if high and wide:
            new[span] = Span(high[0], wide[0], len(high), len(wide))
    return new


def without_empty(
    rows: int, columns: int, spans: Sequence[Span], filled: Collection[Span]
) -> tuple[int, int, dict[Span, Span]]:
    """Rows and columns in which nothing of their own is written, left out: new counts, and each kept cell's new span.

    A row is kept where a cell of this row alone is filled, a column where any cell in it is.
    """
    kept_rows = [r for r in range(rows) if any(s.row == r and s.rows == 1 for s in filled)]
    kept_columns = [c for c in range(columns) if any(s.column <= c < s.column + s.columns for s in filled)]
    return len(kept_rows), len(kept_columns), kept_spans(spans, kept_rows, kept_columns)


class _Groups:
    """Disjoint sets of numbers from 0 on."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, item: int) -> int:
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.root(one), self.root(other)))
        self._above[other] = one
