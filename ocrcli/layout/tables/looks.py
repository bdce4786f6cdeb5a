"""Second looks at the cells of a table: where the detector found nothing, or too little, and where lines were read
unsurely."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import replace
from math import inf

from ocrcli.geometry import Box, Quad, bounds, length, quad_of_box, slice_quad, thickness
from ocrcli.layout.sheet import Sheet, in_frame
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.upright import Piece
from ocrcli.page import Line
from ocrcli.vision.cell_ink import ink_in

_SURE = 0.85  # what is read in an empty cell counts where it reads this well
_ROOM = 0.3  # print heights around ink that is read
_RIM = 0.15  # print heights along a cell's edges that may be rules
_FLAT = 0.2  # print heights: a stroke that is no higher, alone in its cell, is a dash …
_STROKES = ("一", "ー", "—", "–", "-", "_")  # … whatever stroke it is read as …
_NUMERALS = "二三四五六七八九十"  # … unless it counts with these
_LONG_DASH = 0.6  # print heights: hyphens are shorter
_SHORT = 4  # characters: of boxes around so few, detectors cut off one
_CUT_OFF = 0.3  # print heights: so far ink goes on beside such a box
_FIGURE = 0.95  # of its height: no figure is wider
_ONE_LINE = 1.6  # print heights: ink that is higher is more than one line

_UNSURE = 0.95  # a line less sure than this is looked at again
_BETTER = 0.05  # the second look counts where it is surer by this
_SIDES = 0.12  # of its height: room at both ends of such a line
_HIGH = 1.2  # of the table's usual line: so high is the strip that is looked at
# Of a table's lines no more than this share, or this many, are looked at again: those read worst.
_SHARE, _FEWEST = 0.15, 8


def surer_lines(lines: Iterable[Line], sheet: Sheet) -> dict[int, Line]:
    """What a second look reads instead of unsure lines of one table, by the id of the line.

    Detectors cut small print close, signs and low letters closest: in a strip as high as the table's usual line they
    look like what they are.
    """
    read = [line for line in lines if line.source == "ocr" and not line.vertical]
    if sheet.pixels is None or not read:
        return {}
    usual = statistics.median(thickness(line.quad) for line in read)
    unsure = sorted((line for line in read if line.confidence < _UNSURE), key=lambda line: line.confidence)
    looks = ((line, sheet.reading.again(_strip(line.quad, usual))) for line in unsure[: _most(len(read))])
    return {id(line): look for line, look in looks if look.text and look.confidence > line.confidence + _BETTER}


def _most(lines: int) -> int:
    return max(_FEWEST, int(_SHARE * lines))


def _strip(quad: Quad, usual: float) -> Quad:
    """The quad with room at its ends, and around it where it is lower than a usual line."""
    high = max(thickness(quad), 1e-6)
    sides = _SIDES * high / max(length(quad), 1e-6)
    room = max(0.08, (_HIGH * usual / high - 1) / 2)
    return slice_quad(slice_quad(quad, -sides, 1 + sides), -room, 1 + room, down=True)


def missed(grid: Grid, span: Span, sheet: Sheet, beside: str) -> Piece | None:
    """What stands in a cell that the detector left empty, read by its own crop, in the grid's frame.

    `beside` is what the other cells of its row and column say.
    """
    found = _ink(grid, span, sheet)
    if found is None:
        return None
    ink, line = found[0], _read_ink(*found, sheet)
    is_flat = line.text in _STROKES and ink[3] - ink[1] <= _FLAT * sheet.em
    if is_flat and not set(_NUMERALS) & set(beside):
        dash = "—" if ink[2] - ink[0] > _LONG_DASH * sheet.em else "-"
        line = replace(line, text=dash, chars=(), lattice=None)
    elif not line.text.strip() or line.confidence < _SURE:
        return None
    return in_frame(sheet.piece(line), grid)


def whole(piece: Piece, grid: Grid, span: Span, sheet: Sheet) -> Piece:
    """The only line of a cell, read anew where something is missing: ink goes on beside its box, or is too wide for so
    few figures."""
    found = _ink(grid, span, sheet) if len(piece.text) <= _SHORT and not piece.tall else None
    if found is None or (ink := found[0])[3] - ink[1] > _ONE_LINE * sheet.em:
        return piece
    x0, _, x1, _ = bounds(sheet.to_sheet.quad(piece.lines[0].quad))
    cut_off = max(x0 - ink[0], ink[2] - x1) > _CUT_OFF * sheet.em
    figures = len(piece.text) if piece.text.isdigit() else inf
    if not cut_off and ink[2] - ink[0] <= figures * _FIGURE * (ink[3] - ink[1]):
        return piece
    line = _read_ink(*found, sheet)
    if len(line.text) <= len(piece.text) or line.confidence < _SURE:
        return piece
    return in_frame(sheet.piece(line), grid)


def _ink(grid: Grid, span: Span, sheet: Sheet) -> tuple[Box, Box] | None:
    """The boxes around the print inside a cell of a picture, and around the cell's inside, in px of the sheet."""
    if sheet.pixels is None:
        return None
    x0, y0, x1, y1 = grid.box_of(span)
    rim = _RIM * sheet.em
    box = _without_neighbours(_sheet_box(grid, (x0 + rim, y0 + rim, x1 - rim, y1 - rim)), sheet)
    ink = ink_in(sheet.pixels, box, sheet.em) if box[0] < box[2] else None
    return (ink, box) if ink else None


def _without_neighbours(box: Box, sheet: Sheet) -> Box:
    """The box without its ends that lines of other cells reach into."""
    x0, y0, x1, y1 = box
    for piece in sheet.pieces:
        is_inside = x0 <= piece.cx <= x1 and y0 <= piece.cy <= y1
        if is_inside or not y0 <= piece.cy <= y1 or piece.x1 <= x0 or piece.x0 >= x1:
            continue
        x0, x1 = (max(x0, piece.x1), x1) if piece.cx < x0 else (x0, min(x1, piece.x0))
    return x0, y0, x1, y1


def _read_ink(ink: Box, inside: Box, sheet: Sheet) -> Line:
    room = _ROOM * sheet.em
    x0, y0, x1, y1 = ink[0] - room, ink[1] - room, ink[2] + room, ink[3] + room
    quad = quad_of_box(max(x0, inside[0]), max(y0, inside[1]), min(x1, inside[2]), min(y1, inside[3]))
    return sheet.reading.again(sheet.to_page.quad(quad))


def _sheet_box(grid: Grid, box: Box) -> Box:
    """The largest upright box of the sheet inside a box of the grid's frame."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = grid.quad_of(box)
    return max(ax, dx), max(ay, by), min(bx, cx), min(cy, dy)
