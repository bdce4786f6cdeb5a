"""Words and level rules → a grid: its columns and rows fitted together, then the cells that reach over several."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from ocrcli.layout.tables.by_rules import at
from ocrcli.layout.tables.column_fit import ColumnFit
from ocrcli.layout.tables.grid import Grid, Span, Square, spans_of
from ocrcli.layout.tables.row_fit import Band, RowFit, bands_of
from ocrcli.layout.tables.weights import trained
from ocrcli.layout.tables.words import SPACE_EM, Word, rows_of_words, words_of
from ocrcli.layout.upright import Piece
from ocrcli.vision.rules import Rule

_ROOM = 0.3  # em around the outermost words
_CENTRED = 0.5  # em: a name stands in the middle of its columns where it is off by no more
_WHOLE = 0.9  # share of the table's width: shorter rules stand under a name over several columns
_HEAD_SHARE = 0.5  # of the printed rows: a head has no more
_OWN = 0.5  # share of a column's width that a rule must cover to part its cells


def grid_of_words(pieces: Sequence[Piece], em: float, rules: Sequence[Rule] = ()) -> Grid | None:
    """The grid that words make in which `rules` are, if any; None where they don't stand in two columns at least."""
    rows = rows_of_words(pieces)
    fit = ColumnFit(rows, em, rules)
    places = [fit.places[i].x for i in fit.best(trained()["columns"])]
    if not places:
        return None
    bands = bands_of(fit.rows, places)
    lines = RowFit(bands, places, em, rules)
    cuts = lines.best(trained()["rows"])
    left, right = (pick(x for b in bands for w in b.cells.values() for x in (w[0].x0, w[-1].x1)) for pick in (min, max))
    xs = (left - _ROOM * em, *places, right + _ROOM * em)
    groups = [bands[a:b] for a, b in itertools.pairwise([0, *(cut + 1 for cut in cuts), len(bands)])]
    ys = _heights(groups)
    if list(xs) != sorted(xs) or list(ys) != sorted(ys):
        return None
    cells = _Cells(groups, xs, ys, [r for r in rules if r.is_level], lines.body, em)
    return Grid(xs, ys, cells.spans(), "words")


def columns_of(rows: Sequence[Sequence[Piece]], em: float) -> list[tuple[float, float]]:
    """Where each column of printed rows begins and ends; none where they make but one."""
    fit = ColumnFit([[word for piece in row for word in words_of(piece)] for row in rows], em)
    edges = [fit.places[i].x for i in fit.best(trained()["columns"])]
    if not edges:
        return []
    bands = bands_of(fit.rows, edges)
    inside = [[w for band in bands for w in band.cells.get(c, ())] for c in range(len(edges) + 1)]
    limits = [-inf, *edges, inf]
    return [
        (max(limits[c], min(w.x0 for w in words)), min(limits[c + 1], max(w.x1 for w in words)))
        for c, words in enumerate(inside)
        if words
    ]


def _heights(groups: Sequence[Sequence[Band]]) -> tuple[float, ...]:
    """The edges of the rows: between the middles of the print, which stands without the room that detectors leave."""
    extents = [(g[0].y - 0.4 * g[0].high, g[-1].y + 0.4 * g[-1].high) for g in groups]
    inner = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(extents)]
    return extents[0][0] - _ROOM, *inner, extents[-1][1] + _ROOM


@dataclass
class _Cells:
    """The squares of a grid, and which of them are one cell."""

    groups: Sequence[Sequence[Band]]
    xs: Sequence[float]
    ys: Sequence[float]
    rules: Sequence[Rule]
    body: int  # the first printed row of the body
    em: float

    def spans(self) -> tuple[Span, ...]:
        """The cells: squares that one text runs through, names over several columns, names beside those."""
        rows, columns = len(self.groups), len(self.xs) - 1
        self.filled = {(r, c) for r, group in enumerate(self.groups) for band in group for c in band.cells}
        joined = self._run_through()
        head = self._head_rows()
        for row in range(head - 1):
            joined |= self._names_over(row, joined)
        over_several = any(row < head - 1 for row, _ in joined)
        below = self._beside_names(head, joined) if over_several else set()
        right = {(r, c) for r in range(rows) for c in range(columns - 1)} - joined
        return spans_of(rows, columns, right, {(r, c) for r in range(rows - 1) for c in range(columns)} - below)

    def _head_rows(self) -> int:
        """How many rows the head has: those above the body's numbers, or above the first rule through the table."""
        counts = list(itertools.accumulate(len(group) for group in self.groups))
        whole = next((r + 1 for r in range(len(counts) - 1) if self._ruled(r, 0, len(self.xs) - 1) > _WHOLE), 0)
        rows = sum(count <= self.body for count in counts)
        rows = whole if whole and (not rows or whole < rows) else rows
        return rows if rows and counts[rows - 1] <= max(1, _HEAD_SHARE * counts[-1]) else 0

    def _run_through(self) -> set[Square]:
        """The squares whose text goes on in the square to the right: a word lies over the edge, or the words of a text
        stand close together and not as the words of their columns do."""
        joined = set()
        for row, group in enumerate(self.groups):
            for band in group:
                for (left, a), (right, b) in itertools.pairwise(sorted(band.cells.items())):
                    close = b[0].x0 - a[-1].x1 < SPACE_EM * self.em and a[-1].piece is b[0].piece
                    if close and not (self._stands(a, left) and self._stands(b, right)):
                        joined |= {(row, column) for column in range(left, right)}
                for column, words in band.cells.items():
                    for word in words:
                        over = [c for c in range(len(self.xs) - 1) if self._shares(word.x0, word.x1, c)]
                        joined |= {(row, c) for c in range(min([column, *over]), max([column, *over]))}
        return joined

    def _stands(self, words: Sequence[Word], column: int) -> bool:
        """True where a text begins, ends or has its middle where the column has it."""
        x0, x1 = self._extent(column)
        a, b = words[0].x0, words[-1].x1
        return min(abs(a - x0), abs(b - x1), abs(a + b - x0 - x1) / 2) < _CENTRED * self.em

    def _shares(self, x0: float, x1: float, column: int) -> bool:
        """True where a text stands well within a column."""
        return min(x1, self.xs[column + 1]) - max(x0, self.xs[column]) > 0.8 * self.em

    def _text(self, row: int, first: int, last: int) -> tuple[float, float]:
        words = [w for band in self.groups[row] for c in range(first, last + 1) for w in band.cells.get(c, ())]
        return min(w.x0 for w in words), max(w.x1 for w in words)

    def _extent(self, column: int) -> tuple[float, float]:
        """Where the words of a column begin and end below the head."""
        words = [b.cells[column] for g in self.groups for b in g if column in b.cells]
        inside = [w for w in words if w[0].x0 >= self.xs[column] and w[-1].x1 <= self.xs[column + 1]]
        if not inside:
            return self.xs[column], self.xs[column + 1]
        return min(w[0].x0 for w in inside), max(w[-1].x1 for w in inside)

    def _names_over(self, row: int, joined: set[Square]) -> set[Square]:
        """A head row's squares that one name over several columns takes: as a rule below it says, or its middle."""
        found: set[Square] = set()
        last, column = len(self.xs) - 2, 0
        while column <= last:
            end = column
            while (row, end) in joined:
                end += 1
            if any((row, c) in self.filled for c in range(column, end + 1)):
                free_left = free_right = 0
                while column - free_left > 1 and self._is_free(row, column - free_left - 1, joined, found):
                    free_left += 1
                while end + free_right < last and self._is_free(row, end + free_right + 1, joined, found):
                    free_right += 1
                a, b = self._reach(row, column, end, free_left, free_right)
                found |= {(row, c) for c in range(a, b)}
                end = max(end, b)
            column = end + 1
        return found

    def _is_free(self, row: int, column: int, joined: set[Square], found: set[Square]) -> bool:
        taken = (row, column - 1) in joined | found or (row, column) in joined
        return (row, column) not in self.filled and not taken

    def _reach(self, row: int, first: int, last: int, left: int, right: int) -> tuple[int, int]:
        x0, x1 = self._text(row, first, last)
        for rule in self._between(row):
            if rule.x0 <= (x0 + x1) / 2 <= rule.x1 and rule.length < _WHOLE * (self.xs[-1] - self.xs[0]):
                over = [c for c in range(len(self.xs) - 1) if rule.x0 <= sum(self._extent(c)) / 2 <= rule.x1]
                if over:
                    return max(first - left, min([first, *over])), min(last + right, max([last, *over]))
        best, least = (first, last), self._off(x0, x1, first, last) - 0.2 * self.em
        for a in range(first - left, first + 1):
            for b in range(last, last + right + 1):
                below = all((row + 1, c) in self.filled for c in range(a, b + 1))
                off = self._off(x0, x1, a, b)
                if (a, b) != (first, last) and below and off < min(least, _CENTRED * self.em):
                    best, least = (a, b), off
        return best

    def _off(self, x0: float, x1: float, first: int, last: int) -> float:
        """How far a text is off the middle of some columns, or sticks out of them."""
        a, b = self._extent(first)[0], self._extent(last)[1]
        return max(abs((x0 + x1) - (a + b)) / 2, a - x0, x1 - b)

    def _between(self, row: int) -> list[Rule]:
        """The level rules below a row and above the next."""
        top, bottom = self.groups[row][-1].y, self.groups[row + 1][0].y
        return [rule for rule in self.rules if top < at(rule, (rule.x0 + rule.x1) / 2) < bottom]

    def _ruled(self, row: int, first: int, end: int) -> float:
        """The share of the columns' width that is ruled below a row."""
        x0, x1 = self.xs[first], self.xs[end]
        return sum(max(0.0, min(r.x1, x1) - max(r.x0, x0)) for r in self._between(row)) / (x1 - x0)

    def _beside_names(self, head: int, joined: set[Square]) -> set[Square]:
        """The squares of the head that are one cell with the square below."""
        below: set[Square] = set()
        for column in range(len(self.xs) - 1):
            over = [(r, c) in joined for r in range(head) for c in (column - 1, column)]
            if any(over) or not any((r, column) in self.filled for r in range(head)):
                continue
            if all(self._ruled(r, column, column + 1) < _OWN for r in range(head - 1)):
                below |= {(r, column) for r in range(head - 1)}
        return below
