"""A page as tables are looked for on it: upright, its words and rules in one frame, at a size that print needs."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from ocrcli.engine.crops import turn
from ocrcli.geometry import Affine, Box, Point, Quad, around, as_quad, bounds, length, quad_of_box, thickness
from ocrcli.layout.parts import Part
from ocrcli.layout.tables.grid import Grid, Span
from ocrcli.layout.upright import Piece, piece_of, upright_map
from ocrcli.page import Char, Line, Page, Pixels, Reading
from ocrcli.vision.perspective import Projection, straightening
from ocrcli.vision.rules import Rule, find_rules, mended

_LEVEL_DEG = 0.15  # a picture that is turned by less is looked at as it is
_OVER_EM = 0.35  # how far a character's middle may lie beyond the rule of its cell
_LARGE_PX = 32.0  # larger print gains nothing, and its page takes longer to look at
_AROUND_SHARE = 0.6  # of the words' longer side: so much of a photo around them is looked at


@dataclass(frozen=True)
class Sheet:
    """`pieces` are the page's lines in the upright frame; `em` is the usual height of its print there.

    `to_sheet` maps the page into the frame. `pixels` is None for a page that has words of its own.
    """

    reading: Reading
    to_sheet: Projection
    pieces: tuple[Piece, ...]
    em: float
    pixels: Pixels | None

    @cached_property
    def to_page(self) -> Projection:
        """The map back to the page as given."""
        return self.to_sheet.inverse()

    def rules(self) -> tuple[Rule, ...]:
        """The page's ruling lines: those that a digital page draws, or those that can be seen."""
        if self.pixels is not None:
            return find_rules(self.pixels, self.em, [box_of(piece) for piece in self.pieces])
        page = self.reading.page
        return _drawn_rules(page.rules if page else (), self.to_sheet, self.em)

    def piece(self, line: Line) -> Piece:
        """A line of the page in the frame."""
        return piece_of(line, self.to_sheet)


def sheet_of(reading: Reading, outline: Quad | None = None) -> Sheet | None:
    """The page in its upright frame, perspective taken out; None where nothing is written on it.

    `outline` is where it lies, clockwise from its own top left, for whoever knows better than its words tell.
    """
    if not reading.lines:
        return None
    page, to_upright = reading.page, upright_map(reading)
    pixels, to_sheet = None, Projection.of_affine(to_upright)
    if outline is not None:
        pixels, to_sheet = _from_above(reading, outline)
    elif page is not None and page.printed is None:
        degrees = math.degrees(math.atan2(to_upright.m[3], to_upright.m[0]))
        pixels, to_sheet = _upright(page, degrees, reading.lines)
    pieces = [piece_of(line, to_sheet) for line in reading.lines]
    return Sheet(reading, to_sheet, tuple(pieces), _em(pieces), pixels)


def _upright(page: Page, degrees: float, lines: Sequence[Line]) -> tuple[Pixels, Projection]:
    """The page's picture turned clockwise, seen from the front and no larger than it need be; and the map into it."""
    pixels, to_pixels = page.pixels, Affine.scaling(page.scale, page.scale)
    height, width = pixels.shape[:2]
    turned = Affine.turning(degrees, width, height)[0] if abs(degrees) > _LEVEL_DEG else Affine()
    upright = to_pixels.then(turned)
    em = _em(piece_of(line, upright) for line in lines)
    smaller = min(1.0, _LARGE_PX / em)
    words = [upright.quad(line.quad) for line in lines]
    straight = straightening(pixels, turned, words, em)
    if straight is not None:
        way = Projection.of_affine(turned).then(straight).then(Projection.of_affine(Affine.scaling(smaller, smaller)))
        pixels, way = _through(pixels, way, [Projection.of_affine(to_pixels).then(way).quad(x.quad) for x in lines])
        return pixels, Projection.of_affine(to_pixels).then(way)
    if turned != Affine():
        pixels, turned = turn(pixels, degrees)
    if smaller < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA), np.uint8)
    return pixels, Projection.of_affine(to_pixels.then(turned).then(Affine.scaling(smaller, smaller)))


def _from_above(reading: Reading, outline: Quad) -> tuple[Pixels | None, Projection]:
    """The picture of a page whose outline is known, where it has one, as seen from straight above; and the map."""
    page = reading.page
    way = Projection.between(outline, quad_of_box(0, 0, length(outline), thickness(outline)))
    if page is None or page.printed is not None:
        return None, way
    em = page.scale * _em(piece_of(line, way) for line in reading.lines)
    scale = page.scale * min(1.0, _LARGE_PX / em)
    to_page = Projection.of_affine(Affine.scaling(1 / page.scale, 1 / page.scale))
    way = to_page.then(way).then(Projection.of_affine(Affine.scaling(scale, scale)))
    to_pixels = to_page.inverse()
    pixels, way = _through(page.pixels, way, [to_pixels.then(way).quad(line.quad) for line in reading.lines])
    return pixels, to_pixels.then(way)


def _through(pixels: Pixels, way: Projection, words: Sequence[Quad]) -> tuple[Pixels, Projection]:
    """A picture through a map, as far as it reaches around its words, and the map onto the new canvas."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = bounds(around(words))
    room = _AROUND_SHARE * max(x1 - x0, y1 - y0)
    box = x0 - room, y0 - room, x1 + room, y1 + room
    # Where the whole picture lies before the horizon, nothing beyond its corners is looked at.
    if min(way.distance(corner) for corner in quad_of_box(0, 0, width, height)) > 0:
        own = bounds(way.quad(quad_of_box(0, 0, width, height)))
        box = max(box[0], own[0]), max(box[1], own[1]), min(box[2], own[2]), min(box[3], own[3])
    way = way.then(Projection.of_affine(Affine.shift(-box[0], -box[1])))
    size = max(1, math.ceil(box[2] - box[0])), max(1, math.ceil(box[3] - box[1]))
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])  # points count from pixel edges, cv2 from pixel centres
    paper = np.median(pixels[::16, ::16], axis=(0, 1)).tolist()
    seen = cv2.warpPerspective(
        pixels, np.linalg.inv(half) @ way.matrix @ half, size, flags=cv2.INTER_LINEAR, borderValue=paper
    )
    return np.asarray(seen, np.uint8), way


def _em(pieces: Iterable[Piece]) -> float:
    return max(1.0, statistics.median(piece.em for piece in pieces))


def box_of(piece: Piece) -> Box:
    """The upright box around a piece."""
    return piece.x0, min(piece.start[1], piece.end[1]) - piece.height / 2, piece.x1, (
        max(piece.start[1], piece.end[1]) + piece.height / 2
    )  # fmt: skip


def _drawn_rules(boxes: Iterable[Box], to_sheet: Projection, em: float) -> tuple[Rule, ...]:
    """The thin boxes that a digital page draws as rules, broken and double ones mended."""
    level, upright = [], []
    for box in boxes:
        corners = as_quad([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
        x0, y0, x1, y1 = bounds(to_sheet.quad(corners))
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if x1 - x0 >= y1 - y0:
            level.append(Rule(x0, y, x1, y, y1 - y0))
        else:
            upright.append(Rule(y0, x, y1, x, x1 - x0))
    return (*mended(level, em), *(rule.turned() for rule in mended(upright, em)))


def in_frame(piece: Piece, grid: Grid) -> Piece:
    """The piece in the frame of a grid."""
    return replace(piece, start=grid.to_frame(piece.start), end=grid.to_frame(piece.end))


def split_at_walls(piece: Piece, grid: Grid) -> list[Piece]:
    """A piece (one line, in the grid's frame) in the parts that stand in different cells.

    At rules it is cut wherever they pass; elsewhere only at a blank, since nothing but the words themselves says where
    the column ends.
    """
    line = piece.lines[0]
    if len(line.chars) != len(line.text) or line.vertical or piece.tall:
        return [piece]
    groups: list[tuple[Span | None, int, int]] = []
    for index, (char, span) in enumerate(zip(line.chars, _spans_under(piece, grid), strict=True)):
        if not groups:
            groups.append((span, index, index + 1))
            continue
        before, start, _ = groups[-1]
        blank = " " in line.text[index - 1 : index + 1]
        if span == before:
            groups[-1] = (before, start, index + 1)
        elif span and not blank and index - start == 1 and _runs_over(piece, line.chars[start], span, grid):
            groups[-1] = (span, start, index + 1)
        elif before and not blank and _runs_over(piece, char, before, grid):
            groups[-1] = (before, start, index + 1)
        else:
            groups.append((span, index, index + 1))
    texts = [(line.text[start:end].rstrip(), start) for _, start, end in groups]
    parts = [Part(line, start, start + len(text)) for text, start in texts if text]
    if len(parts) < 2:
        return [piece]
    return [
        Piece((part.as_line(),), piece.point(part.span[0]), piece.point(part.span[1]), piece.height) for part in parts
    ]


def _spans_under(piece: Piece, grid: Grid) -> list[Span | None]:
    """The cell of each character; where no rule stands between two, all of a word stands in the cell of its middle."""
    line = piece.lines[0]

    def span_at(start: float, end: float) -> Span | None:
        return grid.cell_at(piece.point((start + end) / 2))

    spans = [span_at(char.start, char.end) for char in line.chars]
    for word in re.finditer(r"\S+\s*", line.text):
        printed = line.chars[word.start() : word.start() + len(word[0].rstrip())]
        whole = span_at(printed[0].start, printed[-1].end)
        for index in range(*word.span()):
            span = spans[index]
            if span and whole and not grid.is_ruled(max(span.column, whole.column)):
                spans[index] = whole
    return spans


def _runs_over(piece: Piece, char: Char, span: Span, grid: Grid) -> bool:
    """True for a character that only just leaves a cell: print that is too wide for it."""
    x0, _, x1, _ = grid.box_of(span)
    x, _ = piece.point((char.start + char.end) / 2)
    return max(x0 - x, x - x1) < _OVER_EM * piece.em


def middle(piece: Piece) -> Point:
    """The middle of a piece."""
    return piece.cx, piece.cy
