"""Ruled grids, and what the model sees, with the rows and columns that only words or level rules tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from ocrcli.layout.tables.by_rules import at
from ocrcli.layout.tables.column_fit import ColumnFit
from ocrcli.layout.tables.grid import Grid, Span, kept_spans
from ocrcli.layout.tables.row_fit import RowFit, bands_of
from ocrcli.layout.tables.standing import words_by_cell
from ocrcli.layout.tables.weights import trained
from ocrcli.layout.tables.words import rows_of_words, words_of
from ocrcli.layout.upright import Piece
from ocrcli.vision.rules import Rule

_FEWEST = 3  # rows of numbers beside each other in one ruled column are columns of their own
_FIGURES = 0.6  # share of their words that say so
_OVER = 0.3  # print heights: so far a word may reach over the edge of its column
_STRIP = 0.8  # print heights: nothing narrower holds a word


def without_strips(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    """A ruled grid without columns and rows that hold no word and are too narrow for one: double frames."""
    filled = [square for p in words if (square := grid.square_at((p.cx, p.cy)))]
    rows = _wide_enough(grid.ys, {row for row, _ in filled}, em)
    columns = _wide_enough(grid.xs, {column for _, column in filled}, em)
    spans = tuple(kept_spans(grid.spans, rows, columns).values())
    return replace(grid, xs=_edges_of(grid.xs, columns), ys=_edges_of(grid.ys, rows), spans=spans)


def _wide_enough(edges: Sequence[float], filled: set[int], em: float) -> list[int]:
    return [i for i, (a, b) in enumerate(itertools.pairwise(edges)) if i in filled or b - a >= _STRIP * em]


def _edges_of(edges: Sequence[float], kept: Sequence[int]) -> tuple[float, ...]:
    inner = [(edges[a + 1] + edges[b]) / 2 for a, b in itertools.pairwise(kept)]
    return edges[kept[0]], *inner, edges[kept[-1] + 1]


def split(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    """A ruled grid with columns added where numbers stand under each other in one of its cells, and rows where the
    lines of its cells stand on common rows that no rule parts."""
    return _split_rows(_split_columns(grid, words, em), words, em)


def _split_columns(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    """The grid with its cells cut where words stand under each other in columns: in ruled columns that hold several of
    numbers, and in rows whose cells no upright rule parts, as it parts the head's."""
    strips: dict[tuple[int, int], list[Piece]] = {}
    by_cell = words_by_cell(grid, words)
    for span, inside in by_cell.items():
        if span.rows == 1 or span.columns == 1:
            strips.setdefault((span.column, span.columns), []).extend(inside)
    cuts = {strip: xs for strip, inside in strips.items() if (xs := _cuts_of(grid, strip, inside, em))}
    return _with_columns(grid, cuts, by_cell, em) if cuts else grid


def _cuts_of(grid: Grid, strip: tuple[int, int], inside: Sequence[Piece], em: float) -> list[float]:
    """Where the cells of a strip are cut: at an edge of the grid that stands in the blank, else in its middle."""
    rows = rows_of_words(inside)
    several = [row for row in rows if len(row) > 1]
    if len(several) < _FEWEST:
        return []
    figures = sum(word.is_number for row in several for word in row)
    if strip[1] == 1 and figures < _FIGURES * sum(map(len, several)):
        return []
    fit = ColumnFit(rows, em)
    places = [fit.places[i] for i in fit.best(trained()["columns"])]
    edges = grid.xs[strip[0] + 1 : strip[0] + strip[1]]
    return [next((x for x in edges if place.x0 <= x <= place.x1), place.x) for place in places]


def _with_columns(
    grid: Grid, cuts: Mapping[tuple[int, int], Sequence[float]], by_cell: Mapping[Span, Sequence[Piece]], em: float
) -> Grid:
    """The grid with the cells of some strips cut; a cell of other strips where it has words on both sides of a cut, and
    none that a word lies across."""
    every = {x for own in cuts.values() for x in own}
    xs = sorted({*grid.xs, *every})
    spans = []
    for span in grid.spans:
        first, last = xs.index(grid.xs[span.column]), xs.index(grid.xs[span.column + span.columns])
        inside, own = by_cell.get(span, []), cuts.get((span.column, span.columns), ())
        at_ = [i for i in range(first + 1, last) if xs[i] in every]
        at_ = [i for i in at_ if not any(_is_across(xs[i], piece, em) for piece in inside)]
        parted = [i for i in at_ if _has_both_sides(xs[i], inside, em)]
        at_ = [i for i in at_ if xs[i] in own] if own and (span.columns > 1 or parted) else parted
        spans += [Span(span.row, a, span.rows, b - a) for a, b in itertools.pairwise([first, *at_, last])]
    spans.sort(key=lambda s: (s.row, s.column))
    return replace(grid, xs=tuple(xs), spans=tuple(spans), unruled=grid.unruled | every)


def _has_both_sides(x: float, words: Sequence[Piece], em: float) -> bool:
    """True for an edge with whole words on its left and on its right."""
    over = _OVER * em
    return any(p.x1 <= x + over for p in words) and any(p.x0 >= x - over for p in words)


def _is_across(x: float, piece: Piece, em: float) -> bool:
    return any(word.x0 < x - _OVER * em and word.x1 > x + _OVER * em for word in words_of(piece))


def _split_rows(grid: Grid, words: Sequence[Piece], em: float) -> Grid:
    """A ruled grid with rows added where the lines of its cells stand on common rows that no rule parts."""
    by_cell = words_by_cell(grid, words)
    rows: dict[int, list[Span]] = {}
    for span in grid.spans:
        if span.rows == 1:
            rows.setdefault(span.row, []).append(span)
    extra = [y for cells in rows.values() for y in _row_edges(grid, {s: by_cell.get(s, []) for s in cells}, em)]
    return _with_rows(grid, extra) if extra else grid


def _row_edges(grid: Grid, cells: Mapping[Span, Sequence[Piece]], em: float) -> list[float]:
    """Heights that part the rows of one ruled row, where there are three at least, most of them in several cells."""
    edges = sorted(grid.xs[span.column] for span in cells)[1:]
    bands = bands_of(rows_of_words([piece for inside in cells.values() for piece in inside]), edges)
    cuts = RowFit(bands, edges, em).best(trained()["rows"]) if len(bands) >= _FEWEST else []
    cuts = [cut for cut in cuts if len(bands[cut + 1].cells) > 1 or 0 in bands[cut + 1].cells]  # others go on above
    parts = [bands[a:b] for a, b in itertools.pairwise([0, *(cut + 1 for cut in cuts), len(bands)])]
    filled = [len({column for band in part for column in band.cells}) for part in parts]
    if len(parts) < _FEWEST or 2 * sum(count > 1 for count in filled) <= len(parts):
        return []
    return [(a[-1].y + 0.4 * a[-1].high + b[0].y - 0.4 * b[0].high) / 2 for a, b in itertools.pairwise(parts)]


def ruled_off(grid: Grid, words: Sequence[Piece], lines: Sequence[Sequence[Rule]]) -> Grid:
    """The grid with its rows cut where a level line, of one rule or several, parts the words of a cell."""
    extra = []
    rows: dict[int, list[list[Piece]]] = {}
    for span, inside in words_by_cell(grid, words).items():
        if span.rows == 1:
            rows.setdefault(span.row, []).append(inside)
    for line in lines:
        for cells in rows.values():
            parted = [_parted(cell, line) for cell in cells]
            high, low = max(above for above, _ in parted), min(below for _, below in parted)
            if any(a > -inf and b < inf for a, b in parted) and high < low:
                extra.append((high + low) / 2)
    return _with_rows(grid, extra) if extra else grid


def _parted(words: Sequence[Piece], line: Sequence[Rule]) -> tuple[float, float]:
    """The lowest word above a level line and the highest below it."""
    above, below = -inf, inf
    for piece in words:
        if piece.cy < at(min(line, key=lambda rule: _beside(rule, piece.cx)), piece.cx):
            above = max(above, piece.cy)
        else:
            below = min(below, piece.cy)
    return above, below


def _beside(rule: Rule, x: float) -> float:
    """How far a place across the page is from the ends of a level rule; 0 between them."""
    return max(rule.x0 - x, x - rule.x1, 0.0)


def _with_rows(grid: Grid, extra: Sequence[float]) -> Grid:
    """The grid with more edges between rows; single cells that they cross are cut, cells over several rows go on."""
    ys = sorted({*grid.ys, *extra})
    spans = []
    for span in grid.spans:
        top, bottom = ys.index(grid.ys[span.row]), ys.index(grid.ys[span.row + span.rows])
        if span.rows == 1:
            spans += [Span(row, span.column, 1, span.columns) for row in range(top, bottom)]
        else:
            spans.append(Span(top, span.column, bottom - top, span.columns))
    spans.sort(key=lambda s: (s.row, s.column))
    return replace(grid, ys=tuple(ys), spans=tuple(spans))
