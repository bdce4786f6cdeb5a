"""Print out of register: values that a second press, or a printer in a taxi, put onto a form a little off their labels.

All values of such a form are off by the same way. So one shift is looked for that lets the labels have values they
could have, at the least cost in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ocrcli.layout.assignment import assign
from ocrcli.layout.bids import REFUSAL, bids
from ocrcli.layout.cells import Cell
from ocrcli.layout.labels import Mark

_TRIED = (0.0, -0.15, 0.15, -0.3, 0.3, -0.45, 0.45, -0.6, 0.6, -0.75, 0.75)  # of the distance between rows of labels
_PER_ROW = 0.15  # what a shift by a whole row costs each value: the smaller of two equal ones is right
_FEW = 3  # labels that say nothing about a common shift


def in_register(cells: Sequence[Cell], marks: Sequence[Mark]) -> list[Cell]:
    """The cells (upright frame) moved up or down together, to where the labels have their values most cheaply.

    A cell in one box with a label was read in its row, and stays.
    """
    takers = [mark for mark in marks if mark.label]
    heights = sorted(mark.piece.cy for mark in takers)
    rows = [b - a for a, b in pairwise(heights) if b - a > 0.5 * takers[0].piece.height]
    if len(takers) < _FEW or not rows:
        return list(cells)
    pitch = median(rows)
    labelled = {id(part.line) for mark in marks for part in mark.parts}
    moved = {share: _moved(cells, labelled, share * pitch) for share in _TRIED}
    cost = {share: _cost(moved[share], takers, marks) + _PER_ROW * abs(share) * len(takers) for share in _TRIED}
    return moved[min(_TRIED, key=cost.__getitem__)]


def _moved(cells: Sequence[Cell], labelled: set[int], down: float) -> list[Cell]:
    return [cell if id(cell.part.line) in labelled else _lowered(cell, down) for cell in cells]


def _lowered(cell: Cell, down: float) -> Cell:
    piece = cell.piece
    start, end = (piece.start[0], piece.start[1] + down), (piece.end[0], piece.end[1] + down)
    return replace(cell, piece=replace(piece, start=start, end=end))


def _cost(cells: Sequence[Cell], takers: Sequence[Mark], marks: Sequence[Mark]) -> float:
    """What the labels pay for their values in all."""
    costs = [bids(mark, cells, marks) for mark in takers]
    got = assign(costs, REFUSAL)
    return sum(REFUSAL if number is None else cost[number] for number, cost in zip(got, costs, strict=True))
