"""Ruling lines → grids: which rules belong together, where their crossings lie, which squares they part."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocrcli.geometry import Point
from ocrcli.layout.tables.grid import Grid, Square, same_place, spans_of
from ocrcli.vision.rules import Rule

# In heights of the print.
_TOUCH = 0.6  # rules that come this near each other meet
_SAME = 0.5  # rules that stand this near are on one edge of the grid

_WALL = 0.6  # share of a square's side that a rule must run along to be a wall
_LONG = 0.5  # share of the table's side: a rule that is longer belongs to it though it meets but one other
_IMPLIED = 0.6  # share of the crossing rules that end where an outer edge is missing, for the edge to be taken as there
_WITNESSES = 3  # fewer crossing rules imply nothing
OUTLINE = 0.8  # share of the outline that must be found
_SLANTED = 0.004  # a table whose sides slant less than this is no trapezium

Way = Callable[[Point], Point]


@dataclass(frozen=True)
class Network:
    """Rules that meet each other."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def networks(rules: Iterable[Rule], em: float) -> tuple[list[Network], list[Rule]]:
    """The rules in groups that meet, without stray strokes, and the level rules that meet no upright one."""
    rules = list(rules)
    level, upright = [r for r in rules if r.is_level], [r for r in rules if not r.is_level]
    found, loose = [], []
    for group in _meeting(level, upright, em):
        own = _without_strays([r for r in group if r.is_level], [r for r in group if not r.is_level], em)
        if own.level and own.upright:
            found.append(own)
        else:
            loose += [r for r in group if r.is_level]
    return found, loose


def _meeting(level: Sequence[Rule], upright: Sequence[Rule], em: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = [[rule] for rule in level]
    for rule in upright:
        near = [group for group in groups if any(_meet(other, rule, em) for other in group if other.is_level)]
        groups = [group for group in groups if group not in near]
        groups.append([rule, *(other for group in near for other in group)])
    return groups


def _meet(level: Rule, upright: Rule, em: float) -> bool:
    reach = _TOUCH * em
    x, y = at(upright, level.level), at(level, upright.level)
    return level.x0 - reach <= x <= level.x1 + reach and upright.y0 - reach <= y <= upright.y1 + reach


def at(rule: Rule, along: float) -> float:
    """Where the rule stands across its direction at a place along it, its slant followed."""
    (a0, c0), (a1, c1) = ((rule.x0, rule.y0), (rule.x1, rule.y1))
    if not rule.is_level:
        a0, c0, a1, c1 = c0, a0, c1, a1
    return c0 + (c1 - c0) * (along - a0) / max(a1 - a0, 1e-6)


def _without_strays(level: list[Rule], upright: list[Rule], em: float) -> Network:
    """The group without marks that touch one rule only, as underlines and strokes of characters do."""
    while True:
        wide = max((r.x1 for r in level), default=0.0) - min((r.x0 for r in level), default=0.0)
        high = max((r.y1 for r in upright), default=0.0) - min((r.y0 for r in upright), default=0.0)
        kept_level = [
            r for r in level if r.length >= _LONG * wide or sum(_meet(r, other, em) for other in upright) >= 2
        ]
        kept_upright = [
            r for r in upright if r.length >= _LONG * high or sum(_meet(other, r, em) for other in level) >= 2
        ]
        if len(kept_level) == len(level) and len(kept_upright) == len(upright):
            return Network(tuple(level), tuple(upright))
        level, upright = kept_level, kept_upright


@dataclass(frozen=True)
class _Edge:
    """An edge of the grid: where it stands, and the stretches along it that are ruled."""

    level: float
    ruled: tuple[tuple[float, float], ...]

    def share(self, start: float, end: float) -> float:
        """The share of the stretch from `start` to `end` that is ruled."""
        if end <= start:
            return 0.0
        covered, reached = 0.0, start
        for a, b in sorted(self.ruled):
            a, b = max(a, reached), min(b, end)
            if b > a:
                covered, reached = covered + b - a, b
        return covered / (end - start)


def grid_of(network: Network, em: float) -> Grid | None:
    """The grid that the rules of a network make; None where less than OUTLINE of its outline is found."""
    to_frame, to_sheet = _frame(network)
    level = [_mapped(rule, to_frame) for rule in network.level]
    upright = [_mapped(rule, to_frame) for rule in network.upright]
    rows = _edges([(r.level, r.span) for r in level], em)
    columns = _edges([(r.level, r.span) for r in upright], em)
    rows = _with_ends(rows, [r.span for r in upright], em)
    columns = _with_ends(columns, [r.span for r in level], em)
    rows, columns = _needed(rows, columns)
    if len(rows) < 2 or len(columns) < 2 or _outline(rows, columns) < OUTLINE:
        return None
    ys, xs = [edge.level for edge in rows], [edge.level for edge in columns]
    right, below = _walls(rows, columns)
    spans = spans_of(len(ys) - 1, len(xs) - 1, right, below)
    return Grid(tuple(xs), tuple(ys), spans, "rules", to_frame, to_sheet)


def _mapped(rule: Rule, way: Way) -> Rule:
    (x0, y0), (x1, y1) = way((rule.x0, rule.y0)), way((rule.x1, rule.y1))
    return Rule(x0, y0, x1, y1, rule.width, rule.dashed)


def _edges(rules: Iterable[tuple[float, tuple[float, float]]], em: float) -> list[_Edge]:
    """Rules, given as level and span, that stand on one edge put together."""
    groups: list[list[tuple[float, tuple[float, float]]]] = []
    for level, span in sorted(rules):
        if groups and level - groups[-1][-1][0] <= _SAME * em:
            groups[-1].append((level, span))
        else:
            groups.append([(level, span)])
    edges = []
    for group in groups:
        weights = [max(1e-6, b - a) for _, (a, b) in group]
        middle = sum(level * weight for (level, _), weight in zip(group, weights, strict=True)) / sum(weights)
        edges.append(_Edge(middle, tuple(span for _, span in group)))
    return edges


def _with_ends(edges: list[_Edge], crossing: Sequence[tuple[float, float]], em: float) -> list[_Edge]:
    """The edges with the outer ones that are not printed but where the crossing rules all end: tables open at the
    sides."""
    if len(crossing) < _WITNESSES:
        return edges
    first, last = min(a for a, _ in crossing), max(b for _, b in crossing)
    starting = sum(a - first <= _SAME * em for a, _ in crossing) / len(crossing)
    ending = sum(last - b <= _SAME * em for _, b in crossing) / len(crossing)
    if starting >= _IMPLIED and (not edges or edges[0].level - first > em):
        edges = [_Edge(first, ((float("-inf"), float("inf")),)), *edges]
    if ending >= _IMPLIED and last - edges[-1].level > em:
        edges = [*edges, _Edge(last, ((float("-inf"), float("inf")),))]
    return edges


def _needed(rows: list[_Edge], columns: list[_Edge]) -> tuple[list[_Edge], list[_Edge]]:
    """The edges that are a wall somewhere, and the outer ones."""
    while True:
        kept_rows, kept_columns = _walled(rows, columns), _walled(columns, rows)
        if len(kept_rows) == len(rows) and len(kept_columns) == len(columns):
            return rows, columns
        rows, columns = kept_rows, kept_columns


def _walled(edges: list[_Edge], across: list[_Edge]) -> list[_Edge]:
    sides = [(a.level, b.level) for a, b in itertools.pairwise(across)]
    inner = [edge for edge in edges[1:-1] if any(edge.share(*side) >= _WALL for side in sides)]
    return [*edges[:1], *inner, *edges[1:][-1:]]


def _outline(rows: Sequence[_Edge], columns: Sequence[_Edge]) -> float:
    """The share of the table's outline that is ruled."""
    left, right, top, bottom = columns[0].level, columns[-1].level, rows[0].level, rows[-1].level
    wide, high = right - left, bottom - top
    found = sum(edge.share(left, right) for edge in (rows[0], rows[-1])) * wide
    found += sum(edge.share(top, bottom) for edge in (columns[0], columns[-1])) * high
    return found / (2 * (wide + high))


def _walls(rows: Sequence[_Edge], columns: Sequence[_Edge]) -> tuple[set[Square], set[Square]]:
    """The squares with a wall at their right, and those with one below."""
    right, below = set(), set()
    for r in range(len(rows) - 1):
        for c in range(len(columns) - 1):
            if columns[c + 1].share(rows[r].level, rows[r + 1].level) >= _WALL:
                right.add((r, c))
            if rows[r + 1].share(columns[c].level, columns[c + 1].level) >= _WALL:
                below.add((r, c))
    return right, below


def _frame(network: Network) -> tuple[Way, Way]:
    """The maps into a frame in which the outermost rules stand square, and back: mild perspective taken out."""
    sides = _outermost(network.level), _outermost(network.upright)
    if sides[0] is None or sides[1] is None:
        return same_place, same_place
    (top, bottom), (left, right) = sides[0], sides[1]
    slants = [(r.y1 - r.y0) / max(r.length, 1.0) if r.is_level else (r.x1 - r.x0) / max(r.length, 1.0)
              for r in (top, bottom, left, right)]  # fmt: skip
    if max(map(abs, slants)) < _SLANTED:
        return same_place, same_place
    corners = [_crossing(a, b) for a, b in ((top, left), (top, right), (bottom, right), (bottom, left))]
    wide = (np.hypot(*np.subtract(corners[1], corners[0])) + np.hypot(*np.subtract(corners[2], corners[3]))) / 2
    high = (np.hypot(*np.subtract(corners[3], corners[0])) + np.hypot(*np.subtract(corners[2], corners[1]))) / 2
    x, y = corners[0]
    square = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(square, np.float32))
    return _through(matrix), _through(np.linalg.inv(matrix))


def _outermost(rules: Sequence[Rule]) -> tuple[Rule, Rule] | None:
    """The first and last of the long rules; None where there are no two."""
    longest = max(rule.length for rule in rules)
    long = sorted((rule for rule in rules if rule.length >= 0.6 * longest), key=lambda rule: rule.level)
    return (long[0], long[-1]) if len(long) > 1 else None


def _crossing(level: Rule, upright: Rule) -> Point:
    x = upright.level
    for _ in range(4):  # both are nearly square to each other: this settles at once
        y = at(level, x)
        x = at(upright, y)
    return x, y


def _through(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Way:
    def way(point: Point) -> Point:
        x, y, w = matrix @ (point[0], point[1], 1.0)
        return float(x / w), float(y / w)

    return way
