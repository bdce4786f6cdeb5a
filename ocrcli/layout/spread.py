"""Labels that are spread over one width on rows below each other: readers take their first characters for a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ocrcli.geometry import length, slice_quad, thickness
from ocrcli.layout.parts import Part, place_of
from ocrcli.layout.upright import Piece, is_ideographic, pieces_of
from ocrcli.page import Line, Reading


def columns_cut(reading: Reading) -> Reading:
    """The reading with each column of wide letters cut into these, so that each stands on its row."""
    return replace(reading, lines=tuple(line for piece in pieces_of(reading) for line in _cut(piece)))


def _cut(piece: Piece) -> Iterator[Line]:
    line = piece.lines[0]
    if not piece.tall or not all(map(is_ideographic, line.text)):
        yield line
        return
    half = 0.5 * length(line.quad) / thickness(line.quad)  # a letter is as high as wide; its share of the column
    for index in range(len(line.text)):
        middle = sum(place_of(line, index)) / 2
        own = Part(line, index, index + 1).as_line()
        yield replace(own, quad=slice_quad(line.quad, max(0.0, middle - half), min(1.0, middle + half), down=True))
