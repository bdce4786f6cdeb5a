"""Which pieces of text stand on one printed row, though they differ in size, lie far apart, or the paper is bent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ocrcli.layout.upright import Piece, blank_between

# Share of the lower piece's height that two pieces of a row have in common.
_COMMON_SHARE = 0.5
# Share from which a piece between two rows belongs to the upper one, where no row holds it better.
_BETWEEN_SHARE = 0.2
# Share of the narrower piece's width by which neighbours on a row may run into each other (detectors pad their boxes).
_RUN_IN_SHARE = 0.3
# Rows that end this many heights above a piece are done with: no paper is bent that far.
_FAR_HEIGHTS = 8
# Detectors pad their boxes, and digital lines are as long as they can be: a blank wider than this, in em, parts
# table columns.
SEAM_EM = 0.15

PrintedRow = list[Piece]  # left to right


def printed_rows(pieces: Iterable[Piece]) -> list[PrintedRow]:
    """The pieces as rows from top to bottom, each from left to right."""
    pieces = list(pieces)
    level = all(p.start[1] == p.end[1] for p in pieces)
    reach = max((p.height for p in pieces), default=0.0) if level else math.inf  # of a piece to others on its row
    rows: list[PrintedRow] = []
    ends: list[float] = []  # the middle of each row's lowest piece
    recent: list[int] = []
    for piece in sorted((p for p in pieces if not p.tall), key=lambda p: (p.cy, p.x0)):
        recent = [i for i in recent if ends[i] >= piece.cy - min(_FAR_HEIGHTS * piece.height, reach)]
        best = _best_row([(i, rows[i]) for i in recent], piece)
        if best is None:
            best = len(rows)
            rows.append([])
            ends.append(piece.cy)
            recent.append(best)
        _insert(rows[best], piece)
        ends[best] = piece.cy
    rows = _close_up(rows)
    tall = [p for p in pieces if p.tall]
    return _with_tall(rows, tall) if tall else rows


def shared_height(a: Piece, b: Piece) -> float:
    """The share of the lower one's height that two pieces have in common, each followed along its own slant."""
    left, right = (a, b) if a.cx <= b.cx else (b, a)
    gap = max(0.0, right.x0 - left.x1)
    # The slant of the longer one is the better known.
    slope = max(a, b, key=lambda p: p.width).slope
    (_, from_y), (_, to_y) = left.end, right.start
    apart = abs(to_y - from_y - slope * gap)
    common = (a.height + b.height) / 2 - apart
    lower = min(a.height, b.height)
    return max(0.0, min(common, lower)) / lower if lower > 0 else 0.0


def _best_row(rows: Iterable[tuple[int, PrintedRow]], piece: Piece) -> int | None:
    """The number of the row that the piece stands on: it shares most height with it, the upper of two alike."""
    best, best_share = None, _COMMON_SHARE - 0.1
    for number, row in rows:
        share = shared_height(_nearest(row, piece), piece)
        if share >= _COMMON_SHARE and share > best_share + 0.1 and not _in_the_way(row, piece):
            best, best_share = number, share
    return best


def _in_the_way(row: PrintedRow, piece: Piece) -> bool:
    """True where something of the row already stands at the piece's place."""
    return any(
        min(p.x1, piece.x1) - max(p.x0, piece.x0) > _RUN_IN_SHARE * max(1e-6, min(p.width, piece.width)) for p in row
    )


def _nearest(row: PrintedRow, piece: Piece) -> Piece:
    return min(row, key=lambda p: max(p.x0 - piece.x1, piece.x0 - p.x1))


def _insert(row: PrintedRow, piece: Piece) -> None:
    row.append(piece)
    row.sort(key=lambda p: p.cx)


def _close_up(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Rows top to bottom; one that hangs between two others, as a centred cell does, goes with the upper one."""
    ordered = sorted(rows, key=_middle)
    closed: list[PrintedRow] = []
    for index, row in enumerate(ordered):
        below = ordered[index + 1] if index + 1 < len(ordered) else []
        if closed and below and _hangs(row, closed[-1]) and _hangs(row, below):
            closed[-1] = sorted(closed[-1] + row, key=lambda p: p.cx)
        else:
            closed.append(row)
    return closed


def _hangs(row: PrintedRow, other: PrintedRow) -> bool:
    return all(
        not _in_the_way(other, piece) and shared_height(_nearest(other, piece), piece) >= _BETWEEN_SHARE
        for piece in row
    )


def _middle(row: PrintedRow) -> float:
    weight = sum(p.width for p in row)
    return sum(p.cy * p.width for p in row) / weight if weight > 0 else row[0].cy


def _with_tall(rows: Sequence[PrintedRow], tall: Sequence[Piece]) -> list[PrintedRow]:
    """The rows with text that runs down beside them: on the first of its rows, or at the end where all stand left."""
    levels = [(_middle(row), list(row)) for row in rows]
    alone: list[tuple[float, PrintedRow]] = []
    for piece in sorted(tall, key=lambda p: (p.y0, p.x0)):
        beside = [row for level, row in levels if piece.y0 <= level <= piece.y1]
        if any(p.cx > piece.cx for row in beside for p in row):
            _insert(beside[0], piece)
        else:
            alone.append((math.inf if beside else piece.cy, [piece]))
    return [row for _, row in sorted(levels + alone, key=lambda leveled: leveled[0])]


def joined_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, those that follow each other without a gap put together: detectors and raised print break lines."""
    joined: list[Piece] = []
    for row in printed_rows(pieces):
        run = row[0]
        for piece in row[1:]:
            if _follows(run, piece):
                run = run.joined(piece)
            else:
                joined.append(run)
                run = piece
        joined.append(run)
    return joined


def _follows(run: Piece, piece: Piece) -> bool:
    alike = max(run.height, piece.height) <= 1.6 * min(run.height, piece.height)
    return alike and not piece.tall and not run.tall and blank_between(run, piece) <= SEAM_EM
