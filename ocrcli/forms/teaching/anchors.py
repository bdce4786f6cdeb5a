"""The print that never changes: what says where a page's places are, and which document it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrcli.forms.form import compact, words
from ocrcli.forms.teaching.print import BETWEEN, Print, Spot, as_label
from ocrcli.layout.upright import Piece

_WIDTH = 1000.0  # of the page in the template: places are read easily as thousandths of its width
_MOST = 12  # anchors
_FEWEST = 3
_PLENTY = 6
_LARGE = 1.12  # times the height of most print: a heading
_ROOM_EM = 0.6  # around a place, so that a shifted print lies in it
_LONGER = 0.5  # of a value's length by which others may be longer, to each side
_TOP = 0.4  # of the page, where headings stand


@dataclass(frozen=True)
class Frame:
    """A page's size in the template's unit, its anchors, and how px of the first example become that unit."""

    size: tuple[float, float]
    anchors: Mapping[str, list[float | str]]
    scale: float
    x0: float
    y0: float
    others: tuple[Piece, ...]

    def place(self, spots: Sequence[Spot]) -> list[float | str]:
        """The box of a field that stands there in the first example, as wide as nothing else stands beside it."""
        spot = spots[0]
        room = _ROOM_EM * (spot.y1 - spot.y0) / max(len(spot.rows), 1)
        more = max(_LONGER * max(s.x1 - s.x0 for s in spots), room)
        level = [p for p in self.others if p.y0 < spot.y1 and spot.y0 < p.y1]
        left = max([spot.x0 - more, *(p.x1 for p in level if p.x1 <= spot.x0 + room)])
        right = min([spot.x1 + more, *(p.x0 for p in level if p.x0 >= spot.x1 - room)])
        if any(own.before.strip(BETWEEN) for own in spots):  # another value may end right before it
            left = spot.x0
        box = (min(left, spot.x0), spot.y0 - room, max(right, spot.x1), spot.y1 + room)
        return self._in_unit(box)

    def _in_unit(self, box: tuple[float, float, float, float]) -> list[float | str]:
        wide, high = self.size
        x0, y0, x1, y1 = box
        told = ((x0 - self.x0) * self.scale, (y0 - self.y0) * self.scale)
        end = ((x1 - self.x0) * self.scale, (y1 - self.y0) * self.scale)
        return [
            round(min(max(value, 0.0), most), 1) for value, most in zip((*told, *end), (wide, high) * 2, strict=True)
        ]


def frame_of(prints: Sequence[Print], taken: Sequence[Sequence[Spot]]) -> Frame | None:
    """The frame of a document: print that is no value and that all examples have once; None where that is little."""
    first, *others = prints
    fixed = [piece for piece in first.fixed(taken[0]) if len(compact(piece.text)) > 1]
    once = [
        piece
        for piece in fixed
        if first.count(piece.text) == 1 and all(other.count(piece.text) == 1 for other in others)
    ]
    # Print with digits in it may be a number that changes: it is taken where other print is too little.
    kept = [piece for piece in once if as_label(piece.text)]
    kept = kept if len(kept) >= _PLENTY else [piece for piece in once if any(map(str.isalpha, piece.text))]
    if len(kept) < _FEWEST:
        return None
    x0, y0 = min(p.x0 for p in first.pieces), min(p.y0 for p in first.pieces)
    x1, y1 = max(p.x1 for p in first.pieces), max(p.y1 for p in first.pieces)
    margin = 0.03 * (x1 - x0)
    x0, y0, x1, y1 = x0 - margin, y0 - margin, x1 + margin, y1 + margin
    scale = _WIDTH / (x1 - x0)
    values = tuple(row for spot in taken[0] for row in spot.rows)
    frame = Frame((_WIDTH, round((y1 - y0) * scale, 1)), {}, scale, x0, y0, (*fixed, *values))
    anchors = {words(p.text).strip(BETWEEN): frame._in_unit((p.x0, p.y0, p.x1, p.y1)) for p in _spread(kept)}
    return Frame(frame.size, anchors, scale, x0, y0, frame.others)


def _spread(pieces: Sequence[Piece]) -> list[Piece]:
    """Some of the pieces, far apart from each other: the next is always the one farthest from those chosen."""
    chosen = [max(pieces, key=lambda p: len(p.text))]
    left = [piece for piece in pieces if piece is not chosen[0]]
    while left and len(chosen) < _MOST:
        following = max(left, key=lambda p: min((p.cx - c.cx) ** 2 + (p.cy - c.cy) ** 2 for c in chosen))
        chosen.append(following)
        left.remove(following)
    return sorted(chosen, key=lambda p: (p.cy, p.x0))


def heading_of(prints: Sequence[Print], taken: Sequence[Sequence[Spot]]) -> list[str]:
    """The heading that all examples have: the largest print in the upper part of the page that is no value."""
    first, *others = prints
    if not first.pieces:
        return []
    heights = sorted(piece.height for piece in first.pieces)
    usual = heights[len(heights) // 2]
    y0, y1 = min(p.y0 for p in first.pieces), max(p.y1 for p in first.pieces)
    large = [
        piece
        for piece in first.fixed(taken[0])
        if piece.height >= _LARGE * usual
        and piece.cy < y0 + _TOP * (y1 - y0)
        and len(compact(as_label(piece.text))) > 2
    ]
    large = [piece for piece in large if all(other.count(piece.text) for other in others)]
    best = max(large, key=lambda piece: piece.height, default=None)
    return [as_label(best.text)] if best else []
