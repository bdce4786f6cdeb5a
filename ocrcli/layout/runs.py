"""Print that is broken into several boxes, as one line again: what stands close on a row, in rows below each other, or
all that is on a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocrcli.geometry import Affine, angle, around, length, normal_degrees, thickness
from ocrcli.layout.labels import rows_of_lines
from ocrcli.layout.parts import Part, joined
from ocrcli.layout.upright import Piece, upright_map
from ocrcli.page import Line, Reading

_CLOSE = 2.5  # squares of the print: what stands farther apart is not one print
_LEAN = 10.0  # degrees between lines that run another way, at least
_LONG = 2.5  # times its height: a shorter line says little about how it leans
_ROWS_APART = 1.0  # heights between rows of one print, at most
_ALIKE_HEIGHT = 0.75  # of the higher row, at least
_ALIGNED = 0.6  # heights by which the rows' left edges differ, at most


def runs(reading: Reading) -> Iterator[Line]:
    """The printed rows as lines, parted where there is room between their boxes."""
    for way in _ways(reading):
        to_upright = upright_map(way)
        for row in rows_of_lines(way):
            run = row[:1]
            for piece in row[1:]:
                if piece.x0 - run[-1].x1 > _CLOSE * max(piece.em, run[-1].em):
                    yield _cut(run, 0, len(_text(run)), to_upright)
                    run = []
                run.append(piece)
            yield _cut(run, 0, len(_text(run)), to_upright)


def stacks(reading: Reading) -> Iterator[Line]:
    """Print that goes on in rows below each other: pieces of one height that begin at the same place, as one line."""
    for way in _ways(reading):
        to_upright = upright_map(way)
        left = sorted((piece for row in rows_of_lines(way) for piece in row), key=lambda piece: piece.y0)
        while left:
            stack = [left.pop(0)]
            while below := next((piece for piece in left if _goes_on_below(stack[-1], piece)), None):
                stack.append(below)
                left.remove(below)
            if len(stack) > 1:
                yield _cut(stack, 0, len(_text(stack)), to_upright)


def _goes_on_below(above: Piece, below: Piece) -> bool:
    low, high = sorted((above.height, below.height))
    apart = below.y0 - above.y1
    aligned = abs(below.x0 - above.x0) <= _ALIGNED * high
    return aligned and low >= _ALIKE_HEIGHT * high and -0.5 * low <= apart <= _ROWS_APART * high


def matches_by_row(reading: Reading, pattern: str) -> Iterator[list[Line]]:
    """For each printed row from the top what matches a regular expression there, from left to right.

    Boxes are set apart by a blank; the expression says where one may be.
    """
    for way in _ways(reading):
        to_upright = upright_map(way)
        for row in rows_of_lines(way):
            yield [_cut(row, *match.span(), to_upright) for match in re.finditer(pattern, _text(row))]


def _ways(reading: Reading) -> list[Reading]:
    """The lines that run the same way, the longest ones' first: what stands around a document may run another way.

    Lines too short to tell go with all.
    """
    ways: dict[float, list[Line]] = {}
    short = [line for line in reading.lines if length(line.quad) < _LONG * thickness(line.quad)]
    for line in sorted(reading.lines, key=lambda line: -length(line.quad)):
        if line not in short:
            runs_at = angle(line.quad)
            way = next((way for way in ways if abs(normal_degrees(runs_at - way)) < _LEAN), runs_at)
            ways.setdefault(way, []).append(line)
    return [replace(reading, lines=(*lines, *short)) for lines in ways.values() or [[]]]


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.lines[0].text for piece in pieces)


def _cut(pieces: Sequence[Piece], start: int, end: int, to_upright: Affine) -> Line:
    """The characters from `start` up to `end` of what the pieces say, as a line."""
    parts, begin = [], 0
    for piece in pieces:
        line = piece.lines[0]
        first, last = max(0, start - begin), min(len(line.text), end - begin)
        if first < last:
            parts.append(Part(line, first, last))
        begin += len(line.text) + 1
    text = _text(pieces)[start:end]
    whole = around(to_upright.quad(part.quad) for part in parts)
    return joined(parts, text, to_upright.inverse().quad(whole))
