"""Which printed rows of a table are one row of its grid: of all ways to group them, the one whose signs are worth most.

Between two printed rows there are signs that a row ends (the blank, a rule, what stands in which column), and so there
are in the rows taken together (figures under each other in one column, the first column's text). The best grouping is
found exactly, from top to bottom.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from ocrcli.layout.tables.by_rules import at
from ocrcli.layout.tables.weights import Features, score, step
from ocrcli.layout.tables.words import SPACE_EM, Word
from ocrcli.vision.rules import Rule

_MOST_LINES = 9  # printed rows of one row
_SOON = 4  # printed rows below a text over several columns: the names of those columns stand in them


@dataclass(frozen=True)
class Band:
    """A printed row: its height, and the words of each column that it fills."""

    y: float
    high: float
    cells: Mapping[int, Sequence[Word]]

    def text(self, column: int) -> str:
        """What stands in a column."""
        return " ".join(word.text for word in self.cells.get(column, ()))

    def start(self, column: int) -> float:
        """Where the text of a column begins."""
        return self.cells[column][0].x0

    def end(self, column: int) -> float:
        """Where it ends."""
        return self.cells[column][-1].x1

    @property
    def numbers(self) -> set[int]:
        """The columns that say a number."""
        return {c for c, words in self.cells.items() if all(word.is_number for word in words)}


def bands_of(rows: Sequence[Sequence[Word]], edges: Sequence[float]) -> list[Band]:
    """Printed rows with their words by column; `edges` are where columns part."""
    bands = []
    for row in rows:
        cells: dict[int, list[Word]] = {}
        for word in row:
            cells.setdefault(sum(edge < word.cx for edge in edges), []).append(word)
        y = statistics.median(word.piece.cy for word in row)
        bands.append(Band(y, max(word.piece.height for word in row), cells))
    return bands


class RowFit:
    """The printed rows of a table, and what each way to group them is worth."""

    def __init__(self, bands: Sequence[Band], edges: Sequence[float], em: float, rules: Sequence[Rule] = ()) -> None:
        self.bands, self.columns, self.em = bands, len(edges) + 1, em
        columns, self._edges = self.columns, (-inf, *edges, inf)
        self._pitches = [b.y - a.y for a, b in itertools.pairwise(bands)]
        self._least = max(min(self._pitches, default=em), 0.5 * em)
        self._usual = statistics.median(self._pitches) if self._pitches else em
        self._x0 = min((b.start(c) for b in bands for c in b.cells), default=0.0)
        self._x1 = max((b.end(c) for b in bands for c in b.cells), default=1.0)
        level = [r for r in rules if r.is_level]
        self.ruled = [self._ruled(a, b, level) for a, b in itertools.pairwise(bands)]
        self._under = [self._covered(a, b, level) for a, b in itertools.pairwise(bands)]
        inner = [share for share in self.ruled if share > 0.7]
        self._style = len(inner) / max(1, len(self.ruled))
        self.body = next((i for i, b in enumerate(bands) if len(b.numbers - {0}) >= max(1, 0.4 * (columns - 1))), 0)
        self._ends = [max((b.end(c) for b in bands if c in b.cells), default=0.0) for c in range(columns)]

    def _ruled(self, upper: Band, lower: Band, level: Sequence[Rule]) -> float:
        """The share of the table's width that is ruled between two printed rows."""
        covered, reached = 0.0, self._x0
        for rule in sorted(level, key=lambda r: r.x0):
            y = at(rule, (max(rule.x0, self._x0) + min(rule.x1, self._x1)) / 2)
            if upper.y < y < lower.y:
                start, end = max(rule.x0, reached), min(rule.x1, self._x1)
                covered += max(0.0, end - start)
                reached = max(reached, end)
        return covered / max(self._x1 - self._x0, 1e-6)

    def _covered(self, upper: Band, lower: Band, level: Sequence[Rule]) -> list[set[int]]:
        """The columns over which each short rule runs between two printed rows."""
        middles = {c: statistics.median(b.cells[c][0].x0 + b.cells[c][-1].x1 for b in self.bands if c in b.cells) / 2
                   for c in range(self.columns) if any(c in b.cells for b in self.bands)}  # fmt: skip
        found = []
        for rule in level:
            y = at(rule, (rule.x0 + rule.x1) / 2)
            if upper.y < y < lower.y and rule.length < 0.9 * (self._x1 - self._x0):
                found.append({c for c, x in middles.items() if rule.x0 <= x <= rule.x1})
        return found

    def best(self, weights: Mapping[str, float], against: frozenset[int] | None = None) -> list[int]:
        """The numbers of the printed rows after which a row ends, the last left out. `against`: as for columns."""
        count = len(self.bands)
        own = [score(signs, weights) for signs in self.own]
        if against is not None:
            own = [worth + (-1.0 if i in against else 1.0) for i, worth in enumerate(own)]
        total, before = [0.0] * count, [-1] * count
        for end in range(count):
            found = [
                (score(self.runs[start + 1, end], weights) + (total[start] if start >= 0 else 0.0), start)
                for start in range(max(-1, end - _MOST_LINES), end)
            ]
            worth, before[end] = max(found)
            total[end] = worth + (own[end] if end < count - 1 else 0.0)
        cuts, at_ = [], before[count - 1]
        while at_ >= 0:
            cuts.append(at_)
            at_ = before[at_]
        return cuts[::-1]

    def signs(self, cuts: Sequence[int]) -> Features:
        """All signs of one answer, counted."""
        total: Features = {}
        edges = [-1, *cuts, len(self.bands) - 1]
        parts = [self.runs[a + 1, b] for a, b in itertools.pairwise(edges)] + [self.own[i] for i in cuts]
        for part in parts:
            for name, value in part.items():
                total[name] = total.get(name, 0.0) + value
        return total

    @cached_property
    def own(self) -> list[Features]:
        """The signs of each place where a row may end."""
        return [self._cut_signs(number) for number in range(len(self.bands) - 1)]

    @cached_property
    def runs(self) -> dict[tuple[int, int], Features]:
        """The signs of each row that may be, by its first and last printed row."""
        count = len(self.bands)
        return {(a, b): self._run_signs(a, b) for a in range(count) for b in range(a, min(count, a + _MOST_LINES))}

    def _cut_signs(self, number: int) -> Features:
        """What speaks for and against the end of a row after this printed row."""
        upper, lower = self.bands[number], self.bands[number + 1]
        pitch = self._pitches[number]
        ruled, style = self.ruled[number], step("style", self._style, 0.1, 0.3, 0.6)
        where = "head" if number + 1 < self.body else "body" if number + 1 > self.body else "seam"
        signs = {
            f"{where}: cut": 1.0,
            f"{where}: " + step("pitch over least", pitch / self._least, 1.06, 1.2, 1.4, 1.8): 1.0,
            step("pitch over usual", pitch / max(self._usual, 1e-6), 0.75, 0.92, 1.08, 1.3): 1.0,
            step("pitch in heights", pitch / max(upper.high, lower.high), 0.9, 1.1, 1.35, 1.7, 2.2): 1.0,
            f"{where}: " + step("ruled", ruled, 0.05, 0.6, 0.9): 1.0,
            f"{'ruled' if ruled > 0.6 else 'unruled'}, {style}": 1.0,
            f"{where}: " + step("lower fills", len(lower.cells) / self.columns, 0.3, 0.6, 0.99): 1.0,
            f"{where}: " + step("upper fills", len(upper.cells) / self.columns, 0.3, 0.6, 0.99): 1.0,
            f"{where}: first column, {'x' if 0 in upper.cells else '-'} over {'x' if 0 in lower.cells else '-'}": 1.0,
        }
        if lower.cells.keys() <= upper.cells.keys():
            signs["lower under upper"] = 1.0
        if lower.cells.keys() == {0}:
            signs["first column only"] = 1.0
            if number + 2 < len(self.bands) and self._pitches[number + 1] > 1.1 * pitch:
                signs["first column only, nearer above"] = 1.0
        signs.update(self._texts(upper, lower))
        if any(len(over & self._soon(number + 1)) > 1 for over in self.names[number]):
            signs["names under a text over several columns"] = 1.0
        if any(len(over & self._soon(number + 1)) > 1 and over & upper.cells.keys() for over in self._under[number]):
            signs["names under a rule below a text"] = 1.0
        return signs

    def _is_over_names(self, first: int, last: int) -> bool:
        """True where a text over several columns stands above texts of those columns, all in these printed rows."""
        return any(
            len({c for band in self.bands[number + 1 : last + 1] for c in band.cells} & over) > 1
            for number in range(first, last)
            for over in self.names[number]
        )

    def _soon(self, number: int) -> set[int]:
        """The columns that a printed row and the few below it fill."""
        return {column for band in self.bands[number : number + _SOON] for column in band.cells}

    @cached_property
    def names(self) -> list[list[set[int]]]:
        """The texts of each printed row by the columns that they reach over."""
        return [list(self._names(band)) for band in self.bands]

    def _names(self, band: Band) -> Iterator[set[int]]:
        """The columns that each text of a printed row reaches over."""
        words = [(word, column) for column in sorted(band.cells) for word in band.cells[column]]
        over: set[int] = set()
        for number, (word, column) in enumerate(words):
            over |= {c for c in range(self.columns) if self._shares(word, c)} | {column}
            after = words[number + 1][0] if number + 1 < len(words) else None
            if after is None or after.piece is not word.piece or after.x0 - word.x1 > SPACE_EM * self.em:
                yield over
                over = set()

    def _shares(self, word: Word, column: int) -> bool:
        return min(word.x1, self._edges[column + 1]) - max(word.x0, self._edges[column]) > 0.5 * self.em

    def _texts(self, upper: Band, lower: Band) -> Features:
        """What the texts of common columns say."""
        signs: Features = {}
        for column in sorted(upper.cells.keys() & lower.cells.keys()):
            first, second = upper.text(column), lower.text(column)
            name = "first" if column == 0 else "other"
            room = self._ends[column] - upper.end(column)
            wanted = lower.cells[column][0]
            fits = room > (wanted.x1 - wanted.x0) + 0.3 * self.em
            if not (column in upper.numbers and column in lower.numbers):
                signs[f"{name}: next word {'fits' if fits else 'does not fit'} above"] = 1.0
            if second[:1].islower():
                signs[f"{name}: goes on in lower case"] = 1.0
            if first[-1:] in "-–,/&(":
                signs[f"{name}: breaks off"] = 1.0
            if column == 0:
                indent = (lower.start(0) - upper.start(0)) / self.em
                signs[step("first: indent", indent, -0.2, 0.2, 1.5)] = 1.0
        return signs

    def _run_signs(self, first: int, last: int) -> Features:
        """What speaks for and against printed rows `first` to `last` being one row."""
        lines = self.bands[first : last + 1]
        if len(lines) == 1:
            return {}
        where = "head" if first < self.body else "body"
        numbers: dict[int, int] = {}
        for line in lines:
            for column in line.numbers:
                numbers[column] = numbers.get(column, 0) + 1
        several = sum(count > 1 for count in numbers.values())
        common = sum(sum(c in line.cells for line in lines) > 1 for c in range(self.columns))
        pitches = self._pitches[first:last]
        return {
            f"{where}: " + step("lines", len(lines), 3, 4, 6): 1.0,
            "names under a text over several columns": float(self._is_over_names(first, last)),
            "over the seam": 1.0 if first < self.body <= last else 0.0,
            f"{where}: numbers under each other": float(several),
            f"{where}: " + step("columns with several lines", common / self.columns, 0.01, 0.26, 0.51, 0.99): 1.0,
            step("uneven pitches", max(pitches) / max(min(pitches), 1e-6), 1.15, 1.4): 1.0,
            f"{where}: first column {'empty' if not any(0 in line.cells for line in lines) else 'filled'}": 1.0,
        }
