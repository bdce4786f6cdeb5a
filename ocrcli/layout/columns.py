"""Columns of running text, told from the columns of a table by how their lines are filled.

A gutter is a blank strip that runs down between lines. The cells of a table leave gutters as well; but there the rows
belong together across the gutter, while in columns of prose each line goes on in the line below it. So a gutter parts
columns where the lines beside it end because they are full, or where they have no row in common; else the rows stay.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocrcli.layout.rows import shared_height
from ocrcli.layout.strips import between_strips
from ocrcli.layout.upright import Piece
from ocrcli.layout.wrapping import wraps

_INSIDE_HEIGHTS = 0.25  # of its height: how far a piece may reach into a gutter (padded boxes, ragged margins)
_FEWEST_LINES = 2  # lines on either side of a gutter
_NARROW_EM = 7.0  # prose is set wider than this
_LEAST_EM = 10.0  # prose on the same rows as its neighbour is set wider than this
_WIDE_EM = 14.0  # a few full lines of this width are prose
_FEW_LINES = 5
_ONE_ROW_SHARE = 0.8  # share of their height that pieces of one row have in common: less comes about by chance
_BESIDE_HEIGHTS = 0.6  # of their heights together: pieces whose middles are no farther apart stand beside each other
_PITCH_HEIGHTS = 2.2  # of the line height: lines of prose follow each other no farther apart
_SET_IN_SHARE = (
    0.4  # of the column's width: a full line begins before this; cells at the right margin or centred do not
)
_DRIFT_HEIGHTS = 0.6  # of the line height, by which the lines of two sides drift apart; rows on bent paper do by 0.3 …
_EVEN_HEIGHTS = 0.12  # … and their places stray by more than this
_WIDE_GUTTER_EM = 3.0  # columns without prose are set apart by this much
_PROSE_SHARE = 0.5  # share of the lines of prose that are full
_APART_SHARE = 0.4  # share of lines with a partner across the gutter up to which the sides are no rows of one table
_CELL_LINES = 3  # the cells of a table of text hold about this many lines or fewer


@dataclass(frozen=True)
class Gutter:
    """Two columns side by side, and what stands above and below them."""

    above: list[Piece]
    left: list[Piece]
    right: list[Piece]
    below: list[Piece]


def columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in parts that hold one column each, in reading order. Order within a part is not set."""
    gutter = _best_gutter(pieces)
    if gutter is None:
        return [list(pieces)] if pieces else []
    parts = (gutter.above, gutter.left, gutter.right, gutter.below)
    return [column for part in parts for column in columns(part)]


def _best_gutter(pieces: Sequence[Piece]) -> Gutter | None:
    """The gutter beside most lines that parts columns of text, or None."""
    ordered = sorted(pieces, key=lambda p: p.cy)
    neighbours = _Neighbours(ordered)
    seen: set[tuple[int, ...]] = set()
    found: list[tuple[int, float, list[Piece]]] = []
    for x in _candidates(ordered):
        for run in _runs(ordered, x):
            key = (id(run[0]), id(run[-1]), sum(p.cx < x for p in run))
            if key in seen:
                continue
            seen.add(key)
            left, right = neighbours.beside(run, x)
            if _could_part(left, right):
                found.append((min(len(left), len(right)), x, run))
    for _, x, run in sorted(found, key=lambda f: -f[0]):
        for band in _bands(run, x, neighbours):
            left, right = neighbours.beside(band, x)
            if _parts_columns(left, right, band):
                return _cut(ordered, band, x)
    return None


def _cut(ordered: Sequence[Piece], band: Sequence[Piece], x: float) -> Gutter:
    inside = {id(p) for p in band}
    top, bottom = band[0].cy, band[-1].cy
    outside = [p for p in ordered if id(p) not in inside]
    return Gutter(
        above=[p for p in outside if p.cy < (top + bottom) / 2],
        left=[p for p in band if p.cx < x],
        right=[p for p in band if p.cx >= x],
        below=[p for p in outside if p.cy >= (top + bottom) / 2],
    )


def _candidates(pieces: Sequence[Piece]) -> Iterator[float]:
    """Where a gutter could end: left edges, each once."""
    last = None
    for x, height in sorted((p.x0, p.height) for p in pieces):
        if last is None or x - last > _INSIDE_HEIGHTS * height:
            last = x
            yield x


def _runs(ordered: Sequence[Piece], x: float) -> Iterator[list[Piece]]:
    """Pieces from top to bottom between those that cross the upright line at `x`."""
    run: list[Piece] = []
    for piece in ordered:
        inside = _INSIDE_HEIGHTS * piece.height
        if piece.x0 + inside < x < piece.x1 - inside:
            if run:
                yield run
            run = []
        else:
            run.append(piece)
    if run:
        yield run


class _Neighbours:
    """For each piece, where the next text on its left and right begins."""

    def __init__(self, ordered: Sequence[Piece]) -> None:
        self._before: dict[int, float] = {}
        self._after: dict[int, float] = {}
        for index, piece in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.cy - piece.cy > _BESIDE_HEIGHTS * (other.height + piece.height):
                    break
                left, right = (piece, other) if piece.cx < other.cx else (other, piece)
                if right.x0 < left.x1 - _INSIDE_HEIGHTS * left.height:
                    continue
                self._after[id(left)] = min(self._after.get(id(left), right.x0), right.x0)
                self._before[id(right)] = max(self._before.get(id(right), left.x1), left.x1)

    def beside(self, run: Sequence[Piece], x: float) -> tuple[list[Piece], list[Piece]]:
        """Those pieces of `run` that stand next to a gutter at `x`, on its left and on its right."""
        left, right = [], []
        for piece in run:
            inside = _INSIDE_HEIGHTS * piece.height
            if piece.cx < x and self._after.get(id(piece), x) >= x - inside:
                left.append(piece)
            elif piece.cx >= x and self._before.get(id(piece), x) <= x + inside:
                right.append(piece)
        return left, right


def _bands(run: list[Piece], x: float, neighbours: _Neighbours) -> Iterator[list[Piece]]:
    """The parts of a run that may hold columns: it is cut where a table lies across, then between blank strips.

    Single rows at the head and foot of a part are left out.
    """
    stretches: list[list[_Part]] = [[]]
    for part in _parts(run, x, neighbours):
        if _lies_across(part.pieces, x, neighbours):
            stretches.append([])
        else:
            stretches[-1].append(part)
    for stretch in stretches:
        while stretch and stretch[0].single_rows and not _heads(stretch[0], stretch[1:], x):
            del stretch[0]
        while stretch and stretch[-1].single_rows and not _heads(stretch[-1], stretch[:-1], x):
            del stretch[-1]
        if stretch:
            yield [p for part in stretch for p in part.pieces]
    for stretch in stretches:
        if len(stretch) > 1:
            yield from (part.pieces for part in stretch)


def _heads(row: _Part, columns: Sequence[_Part], x: float) -> bool:
    """True for a row of which each piece begins where a column does, or stands in its middle, as headings do."""
    lines = [p for part in columns for p in part.pieces]
    edges = [
        (_percentile([p.x0 for p in side], 0.1), _percentile([p.x1 for p in side], 0.9))
        for side in ([p for p in lines if p.cx < x], [p for p in lines if p.cx >= x])
        if side
    ]
    return all(any(min(abs(p.x0 - a), abs(p.cx - (a + b) / 2)) < p.em for a, b in edges) for p in row.pieces)


@dataclass(frozen=True)
class _Part:
    """Pieces between blank strips: several lines, or (`single_rows`) rows of which each stands alone."""

    pieces: list[Piece]
    single_rows: bool


def _parts(run: Sequence[Piece], x: float, neighbours: _Neighbours) -> Iterator[_Part]:
    """The run between its blank strips. Single rows in a row, as of an open table, are one part."""
    for single, group in itertools.groupby(between_strips(run), key=lambda part: _is_one_row(part, x, neighbours)):
        if single:
            yield _Part([p for part in group for p in part], single)
        else:
            yield from (_Part(part, single) for part in group)


def _lies_across(pieces: Sequence[Piece], x: float, neighbours: _Neighbours) -> bool:
    """True for rows of a table that goes on across the line at `x`."""
    left, right = neighbours.beside(pieces, x)
    fewer, more = sorted(_side_by_side(left, right), key=len)
    if len(fewer) <= _FEWEST_LINES or (is_prose(left) and is_prose(right)):
        return False
    return _share_in_common(fewer, more) > 1 - _APART_SHARE


def _is_one_row(part: Sequence[Piece], x: float, neighbours: _Neighbours) -> bool:
    left, right = neighbours.beside(part, x)
    return max(len(left), len(right)) <= 1


def _could_part(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """False for what is seen at once to be a table: short cells beside a narrow gutter."""
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    long = any(sum(p.width >= _NARROW_EM * p.em for p in side) >= _FEWEST_LINES for side in (left, right))
    return long or _gutter_width(left, right) >= _WIDE_GUTTER_EM


def _parts_columns(left: Sequence[Piece], right: Sequence[Piece], band: Sequence[Piece]) -> bool:
    """True where the lines on either side of a gutter are columns of text, not cells of common rows."""
    fewer, more = sorted(_side_by_side(left, right), key=len)
    if _drift_apart(fewer, more) and _gutter_width(left, right) >= _WIDE_GUTTER_EM:
        return True
    if len(fewer) < _FEWEST_LINES or _is_table_of_text(band, left, right):
        return False
    in_common = _share_in_common(fewer, more)
    # Where all lines have a partner it takes more to call them columns.
    narrowest = _NARROW_EM if in_common <= 1 - _APART_SHARE / 2 else _LEAST_EM
    prose = is_prose(left, narrowest), is_prose(right, narrowest)
    if all(prose):
        return True
    if any(prose):
        wide = len(fewer) >= _FEW_LINES or is_prose(left, _WIDE_EM) or is_prose(right, _WIDE_EM)
        return wide and in_common <= _APART_SHARE
    return len(fewer) >= _FEW_LINES and in_common <= _APART_SHARE / 2 and _gutter_width(left, right) >= _WIDE_GUTTER_EM


def _gutter_width(left: Sequence[Piece], right: Sequence[Piece]) -> float:
    """In em."""
    em = statistics.median(p.em for p in (*left, *right))
    return (min(p.x0 for p in right) - max(p.x1 for p in left)) / em


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Those lines of both sides that stand at a height where the other side has lines too."""
    top = max(min((p.y0 for p in side), default=0.0) for side in (left, right))
    bottom = min(max((p.y1 for p in side), default=0.0) for side in (left, right))
    return [p for p in left if top <= p.cy <= bottom], [p for p in right if top <= p.cy <= bottom]


def _drift_apart(fewer: Sequence[Piece], more: Sequence[Piece]) -> bool:
    """True where the lines of two sides follow each other at even, but different, distances: a side bar beside a body.

    Seen from one side's lines, those of the other lie higher and higher, or lower and lower, by the same each time.
    """
    if len(fewer) < _FEW_LINES:
        return False
    rows = sorted(fewer, key=lambda p: p.cy)
    near = [min(more, key=lambda other: abs(other.cy - p.cy)) for p in rows]
    if len({id(p) for p in near}) < len(near):
        return False
    offsets = [_offset(p, other) for p, other in zip(rows, near, strict=True)]
    step, start = statistics.linear_regression(range(len(rows)), offsets)
    height = statistics.median(p.height for p in (*fewer, *more))
    stray = max(abs(offset - start - step * i) for i, offset in enumerate(offsets))
    return abs(step) * (len(rows) - 1) >= _DRIFT_HEIGHTS * height and stray <= _EVEN_HEIGHTS * height


def _offset(a: Piece, b: Piece) -> float:
    """How much lower b stands than a, each followed along its own slant."""
    left, right = (a, b) if a.cx <= b.cx else (b, a)
    slope = max(a, b, key=lambda p: p.width).slope
    lower = right.start[1] - left.end[1] - slope * (right.x0 - left.x1)
    return lower if left is a else -lower


def _share_in_common(fewer: Sequence[Piece], more: Sequence[Piece]) -> float:
    """The share of the lines on one side that stand on one row with a line on the other."""
    return sum(any(shared_height(a, b) >= _ONE_ROW_SHARE for b in more) for a in fewer) / len(fewer)


def _is_table_of_text(band: Sequence[Piece], left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """True where blank strips through both sides cut the band into rows of a few lines each."""
    sides = {id(p) for p in left}, {id(p) for p in right}
    beside = [p for p in band if id(p) in sides[0] | sides[1]]
    counts = [[sum(id(p) in side for p in part) for side in sides] for part in between_strips(beside)]
    rows = [max(count) for count in counts if all(count)]
    return len(rows) > 2 and statistics.median(rows) <= _CELL_LINES


def is_prose(column: Sequence[Piece], narrowest: float = _NARROW_EM) -> bool:
    """True for lines under each other, most of which end because they are full; given from top to bottom.

    `narrowest` is the least width of the column in em.
    """
    if len(column) < _FEWEST_LINES:
        return False
    em = statistics.median(p.em for p in column)
    left_edge, right_edge = _percentile([p.x0 for p in column], 0.1), _percentile([p.x1 for p in column], 0.9)
    width = right_edge - left_edge
    if width < (_WIDE_EM if len(column) < _FEW_LINES else narrowest) * em:
        return False
    text = "".join(p.text for p in column)
    if sum(c.isalpha() for c in text) < 0.6 * sum(not c.isspace() for c in text):
        return False
    full = [
        upper.x0 - left_edge < _SET_IN_SHARE * width and wraps(upper, lower, right_edge) and _goes_on(upper, lower)
        for upper, lower in itertools.pairwise(column)
    ]
    return sum(full) >= _PROSE_SHARE * len(full)


def _goes_on(upper: Piece, lower: Piece) -> bool:
    """True where `lower` follows closely and does not begin like a cell or an entry of its own."""
    begins = lower.text[:1].isupper() and not upper.text.isupper()
    return not begins and lower.cy - upper.cy <= _PITCH_HEIGHTS * max(upper.height, lower.height)


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]
