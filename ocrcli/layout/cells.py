"""Text on a row between its labels: what values are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocrcli.layout.labels import Mark
from ocrcli.layout.parts import Part
from ocrcli.layout.upright import Piece

# What stands between a label and its value, and is part of neither.
_SEPARATORS = " \t\u3000:：.．·,，;；、|/"
_OPENING, _CLOSING = "（([【", "）)]】"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that is no label. `piece` is its place in the upright frame."""

    part: Part
    row: int
    piece: Piece


def cells_of(rows: Sequence[Sequence[Piece]], marks: Sequence[Mark]) -> list[Cell]:
    """What the labels leave over, row by row, from left to right."""
    labelled: dict[int, list[Part]] = {}
    for mark in marks:
        for part in mark.parts:
            labelled.setdefault(id(part.line), []).append(part)
    return [
        Cell(part, number, piece_of_part(part, piece))
        for number, row in enumerate(rows)
        for piece in row
        for part in _left_over(piece, labelled.get(id(piece.lines[0]), []))
    ]


def _left_over(piece: Piece, labels: Sequence[Part]) -> Iterator[Part]:
    """The parts of a line around its labels, without the signs that set them apart."""
    line = piece.lines[0]
    begin = 0
    for label in [*sorted(labels, key=lambda part: part.start), None]:
        end = label.start if label else len(line.text)
        first, last = begin, end
        while first < last and line.text[first] in (_SEPARATORS + _CLOSING if begin else " "):
            first += 1
        while first < last and line.text[last - 1] in (_SEPARATORS + _OPENING if label else " "):
            last -= 1
        if first < last:
            yield Part(line, first, last)
        begin = label.end if label else end


def piece_of_part(part: Part, piece: Piece) -> Piece:
    """A part of the line of `piece` as a piece of its own."""
    return replace(piece, lines=(part.as_line(),), start=piece.point(part.span[0]), end=piece.point(part.span[1]))
