"""Print out of register: values that a second press, or a printer in a taxi, put onto a form a little off their labels.

All values of such a form are off by the same way. So one shift is looked for that lets the labels have values they
could have, at the least cost in all. What was printed with the form (`Label.on_form`) is not moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ocrcli.layout.assignment import assign
from ocrcli.layout.bids import REFUSAL, bids
from ocrcli.layout.cells import Cell
from ocrcli.layout.labels import Mark, takers
from ocrcli.layout.rows import shared_height

# Of the distance between rows of labels: up to a whole row, and what a printer's feed may add to it.
_TRIED = (0.0, *(sign * step / 10 for step in range(1, 14) for sign in (-1, 1)))
_PER_ROW = 0.15  # what a shift by a whole row costs each value: the smaller of two equal ones is right
_FEW = 3  # labels that say nothing about a common shift
_LEVEL = 0.5  # share of its height that a cell has in common with its row at least


def in_register(cells: Sequence[Cell], marks: Sequence[Mark]) -> list[Cell]:
    """The cells (upright frame) moved up or down together, to where the labels have their values most cheaply.

    A cell in one box with a label was read in its row: it stays, unless it is no value for that label, or all labels do
    better where it moves with the others. What stands beside a label whose value is printed with the form stays, too.
    """
    own = takers(marks)
    pitch = _pitch(own)
    if pitch is None:
        return list(cells)
    fixed = _on_form(cells, marks)
    best, least = list(cells), _cost(cells, own, marks)
    for staying in dict.fromkeys((frozenset(_in_row(cells, marks)) | fixed, fixed)):
        for share in _TRIED:
            moved = [cell if n in staying else _lowered(cell, share * pitch) for n, cell in enumerate(cells)]
            cost = _cost(moved, own, marks) + _PER_ROW * abs(share) * len(own)
            if cost < least:
                best, least = moved, cost
    on_rows = [cell if old is cell else _on_its_row(cell, marks) for old, cell in zip(cells, best, strict=True)]
    return sorted(on_rows, key=lambda cell: (cell.row, cell.piece.x0))


def _pitch(labels: Sequence[Mark]) -> float | None:
    """The distance between rows of labels; None where there are too few to say."""
    heights = sorted(mark.piece.cy for mark in labels)
    rows = [b - a for a, b in pairwise(heights) if b - a > 0.5 * labels[0].piece.height]
    return median(rows) if len(labels) >= _FEW and rows else None


def _on_form(cells: Sequence[Cell], marks: Sequence[Mark]) -> frozenset[int]:
    """The numbers of the cells that were printed with the form, as their labels say."""
    own = [mark for mark in marks if mark.label and mark.label.on_form]
    got = assign([bids(mark, cells, marks) for mark in own], REFUSAL)
    return frozenset(number for number in got if number is not None)


def _in_row(cells: Sequence[Cell], marks: Sequence[Mark]) -> Collection[int]:
    """The numbers of the cells that stand in one box behind a label which can have them."""
    own = [(part, mark) for mark in marks for part in mark.parts]
    found = []
    for number, cell in enumerate(cells):
        before = [(part.end, mark) for part, mark in own if part.line is cell.part.line and part.end <= cell.part.start]
        if before:
            _, mark = max(before, key=lambda pair: pair[0])
            if mark.label is None or not mark.label.refuses(cell.part.text):
                found.append(number)
    return found


def _lowered(cell: Cell, down: float) -> Cell:
    piece = cell.piece
    start, end = (piece.start[0], piece.start[1] + down), (piece.end[0], piece.end[1] + down)
    return replace(cell, piece=replace(piece, start=start, end=end))


def _on_its_row(cell: Cell, marks: Sequence[Mark]) -> Cell:
    """The cell on the row of the label to its left that it is level with."""
    shared = [(shared_height(mark.piece, cell.piece), mark.row) for mark in marks if mark.x1 <= cell.piece.cx]
    best, row = max(shared, default=(0.0, cell.row))
    return replace(cell, row=row) if best >= _LEVEL else cell


def _cost(cells: Sequence[Cell], labels: Sequence[Mark], marks: Sequence[Mark]) -> float:
    """What the labels pay for their values in all."""
    costs: list[Mapping[int, float]] = [bids(mark, cells, marks) for mark in labels]
    got = assign(costs, REFUSAL)
    return sum(REFUSAL if number is None else cost[number] for number, cost in zip(got, costs, strict=True))
