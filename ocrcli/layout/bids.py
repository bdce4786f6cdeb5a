"""What a label would pay for a text as its value: the better it stands, the less."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocrcli.layout.cells import Cell
from ocrcli.layout.labels import Mark, Where
from ocrcli.layout.rows import shared_height
from ocrcli.layout.upright import Piece

# A label rather goes without than pay this.
REFUSAL = 2.0
_PER_EM = 0.04  # for each em (of the print) to the right, or aside
_UNLEVEL = 1.2  # to the right: for having no height in common
_BELOW = 0.3  # for standing below where both are allowed: to the right is looked first
_PER_HEIGHT = 0.2  # for each line height below
_UNLIKE = 1.0  # for not looking as the label's values do

_FARTHEST_RIGHT_EM = 25.0
_FARTHEST_BELOW_HEIGHTS = 3.0
_LEVEL_SHARE = 0.15  # share of its height that a value to the right has in common with its label at least
_SAME_ROW_SHARE = 0.5  # the same for what stands between them
_ASIDE_EM = 1.5  # how far to the left of its label a value below may begin


def bids(mark: Mark, cells: Sequence[Cell], marks: Sequence[Mark]) -> dict[int, float]:
    """What the label pays for which cell (by number)."""
    label = mark.label
    if label is None:
        return {}
    offers: dict[int, float] = {}
    if label.where is not Where.BELOW:
        offers |= _to_the_right(mark, cells, marks)
    if label.where is not Where.RIGHT:
        extra = _BELOW if label.where is Where.EITHER else 0.0
        for number, cost in _below(mark, cells, marks).items():
            offers[number] = min(offers.get(number, REFUSAL), cost + extra)
    if label.looks:
        unlike = {n for n in offers if not re.search(label.looks, cells[n].part.text)}
        offers = {n: cost + _UNLIKE * (n in unlike) for n, cost in offers.items()}
    if label.fits:
        unfit = REFUSAL if label.strict else _UNLIKE
        offers = {n: cost + (0.0 if label.fits(cells[n].part.text) else unfit) for n, cost in offers.items()}
    return {number: cost for number, cost in offers.items() if cost < REFUSAL}


def _to_the_right(mark: Mark, cells: Sequence[Cell], marks: Sequence[Mark]) -> dict[int, float]:
    place, label = mark.piece, mark.label
    assert label is not None
    offers = {}
    for number, cell in enumerate(cells):
        level = shared_height(place, cell.piece)
        gap = (cell.piece.x0 - place.x1) / place.em
        if level < _LEVEL_SHARE or not -_ASIDE_EM < gap < _FARTHEST_RIGHT_EM or cell.piece.cx < place.x1:
            continue
        own = [c.piece for c in cells if c.row == cell.row and not label.refuses(c.part.text)]
        others = [m.piece for m in marks if m.label is not mark.label] + own
        if not any(_between_level(place, other, cell.piece) for other in others):
            offers[number] = _PER_EM * max(0.0, gap) + _UNLEVEL * (1 - level)
    return offers


def _between_level(left: Piece, other: Piece, right: Piece) -> bool:
    """True where `other` stands on the row between the two."""
    between = left.x1 < other.cx < right.cx and other.x1 <= right.x0 + 0.5 * right.em
    return between and max(shared_height(left, other), shared_height(other, right)) >= _SAME_ROW_SHARE


def _below(mark: Mark, cells: Sequence[Cell], marks: Sequence[Mark]) -> dict[int, float]:
    place = mark.piece
    others = [m.piece for m in marks if m.label is not mark.label] + [cell.piece for cell in cells]
    beside = [p.x0 for p in others if p.x0 >= place.x1 and shared_height(place, p) >= _SAME_ROW_SHARE]
    right_edge = min(beside, default=place.x1 + _FARTHEST_RIGHT_EM * place.em)
    offers = {}
    for number, cell in enumerate(cells):
        blank = (cell.piece.y0 - place.y1) / place.height
        aside = (cell.piece.x0 - place.x0) / place.em if cell.piece.x0 > place.x0 else 0.0
        begins = mark.left_edge - _ASIDE_EM * place.em < cell.piece.x0 < right_edge
        under = begins and cell.piece.cy > place.y1
        if not under or blank > _FARTHEST_BELOW_HEIGHTS:
            continue
        if not any(_between_heights(place, other, cell.piece) for other in others):
            offers[number] = _PER_HEIGHT * max(0.0, blank) + _PER_EM * aside
    return offers


def _between_heights(upper: Piece, other: Piece, lower: Piece) -> bool:
    """True where `other` stands between the two and over the lower one."""
    return upper.y1 < other.cy < lower.y0 and other.x0 < lower.x1 and lower.x0 < other.x1
