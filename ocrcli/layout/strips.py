"""Blank strips across a part of a page, wider than what lies between lines anyway."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from ocrcli.layout.upright import Piece

_STRIP = 0.45  # of the line height: more blank than the leading by this much sets parts of a page apart
_NEAR = 2.0  # times the line height: what stands farther below is not the next line


def between_strips(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces, given from top to bottom, cut where a blank strip wider than the leading goes across all of them."""
    usual = _leading(pieces)
    cuts = [i for i, gap in _gaps(pieces) if gap > usual + _STRIP * min(pieces[i - 1].height, pieces[i].height)]
    edges = [0, *cuts, len(pieces)]
    return [list(pieces[a:b]) for a, b in itertools.pairwise(edges)]


def _gaps(pieces: Sequence[Piece]) -> list[tuple[int, float]]:
    """Blank strips across all pieces: the index of the piece below each, and its extent."""
    gaps = []
    bottom = pieces[0].y1
    for index, piece in enumerate(pieces[1:], start=1):
        if piece.cy > bottom:
            gaps.append((index, piece.y0 - bottom))
        bottom = max(bottom, piece.y1)
    return gaps


def _leading(pieces: Sequence[Piece]) -> float:
    """The usual blank between a line and the next one below it; 0 where no line has one below."""
    blanks = [blank for index in range(len(pieces)) if (blank := _blank_below(pieces, index)) is not None]
    return max(0.0, statistics.median(blanks)) if blanks else 0.0


def _blank_below(pieces: Sequence[Piece], index: int) -> float | None:
    piece = pieces[index]
    for other in itertools.islice(pieces, index + 1, None):
        if other.y0 > piece.y1 + _NEAR * piece.height:
            return None
        if other.cy > piece.y1 and other.x0 < piece.x1 and piece.x0 < other.x1:
            return other.y0 - piece.y1
    return None
