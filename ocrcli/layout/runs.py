"""Print that detectors broke into several boxes, as one line again: what stands close together on a row, or all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocrcli.geometry import around
from ocrcli.layout.labels import rows_of_lines
from ocrcli.layout.parts import Part, joined
from ocrcli.layout.upright import Piece
from ocrcli.page import Line, Reading

_CLOSE = 2.5  # squares of the print: what stands farther apart is not one print


def runs(reading: Reading) -> Iterator[Line]:
    """The printed rows as lines, parted where there is room between their boxes."""
    for row in rows_of_lines(reading):
        run = row[:1]
        for piece in row[1:]:
            if piece.x0 - run[-1].x1 > _CLOSE * max(piece.em, run[-1].em):
                yield _as_line(run)
                run = []
            run.append(piece)
        yield _as_line(run)


def matches_by_row(reading: Reading, pattern: str) -> list[list[Line]]:
    """For each printed row from the top what matches a regular expression there, from left to right.

    Boxes are set apart by a blank; the expression says where one may be.
    """
    return [[_cut(row, *match.span()) for match in re.finditer(pattern, _text(row))] for row in rows_of_lines(reading)]


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.lines[0].text for piece in pieces)


def _as_line(pieces: Sequence[Piece]) -> Line:
    return _cut(pieces, 0, len(_text(pieces)))


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Line:
    """The characters from `start` up to `end` of what the pieces say, as a line."""
    parts, begin = [], 0
    for piece in pieces:
        line = piece.lines[0]
        first, last = max(0, start - begin), min(len(line.text), end - begin)
        if first < last:
            parts.append(Part(line, first, last))
        begin += len(line.text) + 1
    text = _text(pieces)[start:end]
    return joined(parts, text, parts[0].quad if len(parts) == 1 else around(part.quad for part in parts))
