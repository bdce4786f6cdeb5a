"""Where the columns of a table part: of all places where they may, those whose signs are worth most together.

A place is a strip that few rows cross, or an upright rule. It has signs of its own (the blanks of the rows through it,
the rows that cross it, the rule along it), and so has each column between two places (rows it has words in, how they
stand under each other, blanks inside its cells). The best set of places is found exactly, from left to right.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ocrcli.layout.tables.weights import Features, score, step
from ocrcli.layout.tables.words import SPACE_EM, Word
from ocrcli.vision.rules import Rule

_PADDING = 0.12  # em: boxes may be so much wider than their print
_MOST_CROSSED = 0.6  # share of the rows: no column ends where more cross
_MOST_PLACES = 90
_NEAR = 0.35  # em: edges that differ by no more stand under each other
_RULE = 0.4  # em: a rule so near a strip stands in it

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A strip from x0 to x1 between which two columns may part; `ruled` is the share of the height with a rule."""

    x0: float
    x1: float
    ruled: float = 0.0

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2


class ColumnFit:
    """The printed rows of a table, the places where its columns may part, and what all of it is worth."""

    def __init__(self, rows: Sequence[Sequence[Word]], em: float, rules: Sequence[Rule] = ()) -> None:
        self.rows = [row for row in rows if row]
        self.em = em
        self.places = _places(self.rows, em, rules)
        self._is_ruled = any(place.ruled > 0.7 for place in self.places)
        xs = np.array([place.x for place in self.places])
        self._slots = [np.searchsorted(xs, [word.cx for word in row]) for row in self.rows]

    def best(self, weights: Mapping[str, float], against: frozenset[int] | None = None) -> list[int]:
        """The numbers of the places where columns part, from left to right.

        `against`: the true ones; every other answer is then worth more by the places in which it differs, which makes
        training keep a distance.
        """
        last = len(self.places)
        spans = self.spans
        total = [0.0] * (last + 1)
        before = [-1] * (last + 1)
        own = [score(signs, weights) for signs in self.own]
        if against is not None:
            own = [worth + (-1.0 if i in against else 1.0) for i, worth in enumerate(own)]
        for end in range(last + 1):  # a column that ends at this place, or at the right edge
            found = [
                (score(spans[start, end], weights) + (total[start] if start >= 0 else 0.0), start)
                for start in range(-1, end)
            ]
            worth, before[end] = max(found)
            total[end] = worth + (own[end] if end < last else 0.0)
        chosen, at = [], before[last]
        while at >= 0:
            chosen.append(at)
            at = before[at]
        return chosen[::-1]

    def signs(self, chosen: Sequence[int]) -> Features:
        """All signs of one answer, counted."""
        total: Features = {}
        edges = [-1, *chosen, len(self.places)]
        spans = self.spans
        for start, end in itertools.pairwise(edges):
            for name, value in spans[start, end].items():
                total[name] = total.get(name, 0.0) + value
        for i in chosen:
            for name, value in self.own[i].items():
                total[name] = total.get(name, 0.0) + value
        return total

    def _place_signs(self, number: int) -> Features:
        """What speaks for and against a place: shares of the rows that have words on both sides of it."""
        place, em = self.places[number], self.em
        pad = _PADDING * em
        crossed = narrow = middling = wide = far = 0
        starts, ends = [], []
        for row, slots in zip(self.rows, self._slots, strict=True):
            at = int(np.searchsorted(slots, number, side="right"))  # words before it stand left of the place
            if any(w.x0 < place.x - pad and w.x1 > place.x + pad for w in row[max(0, at - 1) : at + 1]):
                crossed += 1
                continue
            if at == 0 or at == len(row):
                continue
            left, right = row[at - 1], row[at]
            gap = (right.x0 - left.x1) / em
            narrow += gap < SPACE_EM and left.piece is right.piece
            middling += gap < 0.9 and not (gap < SPACE_EM and left.piece is right.piece)
            wide += 0.9 <= gap < 1.8
            far += gap >= 1.8
            starts.append(right.x0)
            ends.append(left.x1)
        both = narrow + middling + wide + far
        of = max(1, both + crossed)
        unruled = "" if not self._is_ruled else "ruled table, "
        return {
            "place": 1.0,
            f"{unruled}crossed": crossed / of,
            f"{unruled}crossed by " + step("", crossed, 1, 2, 4): 1.0,
            f"{unruled}narrow": narrow / of,
            "middling": middling / of,
            "wide": wide / of,
            "far": far / of,
            step("rows on both sides", both, 1, 2, 3, 5, 9): 1.0,
            step("strip", (place.x1 - place.x0) / em, 0.15, 0.4, 0.7, 1.1, 1.8): 1.0,
            step(f"{unruled}rule", place.ruled, 0.05, 0.3, 0.6, 0.85): 1.0,
            "words begin together": _together(np.array(starts), _NEAR * em),
            "words end together": _together(np.array(ends), _NEAR * em),
        }

    @cached_property
    def spans(self) -> dict[tuple[int, int], Features]:
        """The signs of each column that may be: from place to place, -1 and the last number being the table's sides."""
        return dict(self._all_spans())

    @cached_property
    def own(self) -> list[Features]:
        """The signs of each place."""
        return [self._place_signs(number) for number in range(len(self.places))]

    def _all_spans(self) -> list[tuple[tuple[int, int], Features]]:
        em, count, last = self.em, len(self.rows), len(self.places)
        low, high = np.full((count, last + 1), np.inf), np.full((count, last + 1), -np.inf)
        gaps: list[tuple[int, int, float]] = []  # slots of two neighbours, the blank between them
        for r, (row, slots) in enumerate(zip(self.rows, self._slots, strict=True)):
            for word, slot in zip(row, slots, strict=True):
                low[r, slot], high[r, slot] = min(low[r, slot], word.x0), max(high[r, slot], word.x1)
            gaps += [
                (int(a), int(b), (after.x0 - before.x1) / em)
                for a, b, before, after in zip(slots, slots[1:], row, row[1:], strict=False)
            ]
        loose = np.zeros((2, last + 1, last + 1))
        for a, b, gap in gaps:
            loose[0, a, b] += 0.9 <= gap < 1.8
            loose[1, a, b] += gap >= 1.8
        found = []
        for start in range(-1, last):
            left, right = np.full(count, np.inf), np.full(count, -np.inf)
            inside = np.zeros(2)
            for end in range(start + 1, last + 1):
                left, right = np.minimum(left, low[:, end]), np.maximum(right, high[:, end])
                inside += loose[:, start + 1 : end + 1, end].sum(axis=1)
                found.append(((start, end), self._span_signs(left, right, inside)))
        return found

    def _span_signs(self, left: _Floats, right: _Floats, loose: _Floats) -> Features:
        filled = left < right
        own = int(filled.sum())
        if not own:
            return {"empty column": 1.0}
        a, b = left[filled], right[filled]
        near = _NEAR * self.em
        stand = max(_together(a, near), _together(b, near), _together((a + b) / 2, near))
        share = own / len(self.rows)
        return {
            "column": 1.0,
            step("filled rows", own, 2, 3, 5): 1.0,
            step("filled share", share, 0.1, 0.25, 0.5, 0.8): 1.0,
            step("under each other", stand, 0.3, 0.5, 0.7, 0.9): 1.0 if own > 1 else 0.0,
            "wide blanks inside": float(loose[0]) / own,
            "far blanks inside": float(loose[1]) / own,
            step("rows with wide blanks", float(loose.sum()), 1, 2, 4): 1.0,
        }


def _together(values: _Floats, near: float) -> float:
    """The share of the values that stand at one place, the most common one."""
    if len(values) < 2:
        return 0.0
    ordered = np.sort(values)
    reach = np.searchsorted(ordered, ordered + near, side="right") - np.arange(len(ordered))
    return float(reach.max()) / len(ordered) if reach.max() > 1 else 0.0


def _places(rows: Sequence[Sequence[Word]], em: float, rules: Sequence[Rule]) -> list[Place]:
    """The strips that fewer rows cross than what lies beside them, and the upright rules beside none of them."""
    words = [word for row in rows for word in row]
    if not words:
        return []
    steps: list[tuple[float, int]] = []
    for word in words:
        inset = min(_PADDING * em, (word.x1 - word.x0) / 4)
        steps += [(word.x0 + inset, 1), (word.x1 - inset, -1)]
    steps.sort()
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    strips: list[tuple[float, float, int]] = []
    crossing, start, falling = 0, steps[0][0], False
    for x, change in steps:
        if change > 0 and falling and x > start:
            strips.append((start, x, crossing))
        crossing += change
        start, falling = x, change < 0
    top, bottom = min(w.piece.y0 for w in words), max(w.piece.y1 for w in words)
    upright = [r for r in rules if not r.is_level and left - em < r.level < right + em]
    found = sorted((s for s in strips if s[2] <= _MOST_CROSSED * len(rows)), key=lambda s: (s[2], s[0] - s[1]))
    places: list[Place] = []
    used: set[int] = set()
    for x0, x1, _ in found[:_MOST_PLACES]:
        own = [r for r in upright if x0 - _RULE * em <= r.level <= x1 + _RULE * em]
        used.update(id(r) for r in own)
        ruled = _covered(own, top, bottom)
        at = min((r.level for r in own), key=lambda x: abs(x - (x0 + x1) / 2), default=0.0)
        places.append(Place(min(x0, at), max(x1, at), ruled) if own else Place(x0, x1))
    for rule in upright:
        if id(rule) not in used and left < rule.level < right:
            beside = [r for r in upright if abs(r.level - rule.level) <= _RULE * em]
            used.update(id(r) for r in beside)
            places.append(Place(rule.level, rule.level, _covered(beside, top, bottom)))
    return sorted(places, key=lambda place: place.x)


def _covered(rules: Sequence[Rule], top: float, bottom: float) -> float:
    reached, covered = top, 0.0
    for start, end in sorted(rule.span for rule in rules):
        start, end = max(start, reached), min(end, bottom)
        covered += max(0.0, end - start)
        reached = max(reached, end)
    return covered / max(bottom - top, 1e-6)
