"""Lines as they stand on the page once it is upright: the frame in which rows and columns are looked for."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ocrcli import geometry
from ocrcli.geometry import Affine, Point, Quad
from ocrcli.page import Line, Reading

# A box at least this many times as high as wide holds text that runs down (or lies on its side).
_TALL_RATIO = 1.6
# Lines at least this many times as long as thick show how the page lies.
_LONG_RATIO = 4.0
_STRAY_DEG = 10.0  # lines that lean otherwise than most by more than this are seals, logos, watermarks


def is_wide(char: str) -> bool:
    """True for a character one em wide: Chinese, kana, full-width signs (UAX #11, classes W and F)."""
    return unicodedata.east_asian_width(char) in "WF"


def units(text: str) -> float:
    """The width of a text in em: 1 for a wide character, one half for any other."""
    return sum(1.0 if is_wide(char) else 0.5 for char in text)


def is_ideographic(char: str) -> bool:
    """True for a wide letter (Chinese, kana, Hangul), not for a wide sign."""
    return is_wide(char) and char.isalpha()


@dataclass(frozen=True)  # no slots: what follows from the fields is asked for often, and kept
class Piece:
    """Text on one baseline in the upright frame: one line, or several that follow each other without a gap.

    `start` and `end` are the middles of the left and right edges; `height` is the extent across the text.
    """

    lines: tuple[Line, ...]
    start: Point
    end: Point
    height: float

    @cached_property
    def x0(self) -> float:
        """The left edge."""
        return self.start[0]

    @cached_property
    def x1(self) -> float:
        """The right edge."""
        return self.end[0]

    @cached_property
    def cx(self) -> float:
        """The middle, across the page."""
        return (self.start[0] + self.end[0]) / 2

    @cached_property
    def cy(self) -> float:
        """The middle, down the page."""
        return (self.start[1] + self.end[1]) / 2

    @cached_property
    def y0(self) -> float:
        """The top edge at the middle."""
        return self.cy - self.height / 2

    @cached_property
    def y1(self) -> float:
        """The bottom edge at the middle."""
        return self.cy + self.height / 2

    @cached_property
    def width(self) -> float:
        """The extent along the text."""
        return self.end[0] - self.start[0]

    @cached_property
    def text(self) -> str:
        """What it says; the texts of several lines are set apart by a blank."""
        return " ".join(line.text for line in self.lines)

    @cached_property
    def tall(self) -> bool:
        """True where the text runs down the page or lies on its side."""
        return self.height >= _TALL_RATIO * self.width and sum(len(line.text) for line in self.lines) > 1

    @cached_property
    def slope(self) -> float:
        """How far the text falls for each step to the right; 0 where it is too short to tell."""
        if self.width < 5 * self.height:
            return 0.0
        return (self.end[1] - self.start[1]) / self.width

    @cached_property
    def em(self) -> float:
        """The em of the print: the width of one wide character, guessed from all of them."""
        wide = units(self.text)
        if wide < 2 or self.tall:
            return 0.8 * self.height
        return min(max(self.width / wide, 0.5 * self.height), 1.2 * self.height)

    def point(self, share: float) -> Point:
        """The point at this share (0..1) of the way from its start to its end."""
        (x0, y0), (x1, y1) = self.start, self.end
        return x0 + share * (x1 - x0), y0 + share * (y1 - y0)

    def joined(self, after: Piece) -> Piece:
        """This piece and the one that follows it on the same baseline, as one."""
        return Piece(self.lines + after.lines, self.start, after.end, max(self.height, after.height))


def upright_map(reading: Reading) -> Affine:
    """The map from the page as given to the upright frame.

    It follows `rotation` and `skew`, and then what most of the long lines still lean: photographs are never straight.
    """
    turn = reading.rotation + reading.skew
    first, width, height = Affine.turning(turn, reading.width, reading.height)
    rest = _lean(first.quad(line.quad) for line in reading.lines)
    return first.then(Affine.turning(-rest, width, height)[0]) if rest else first


def rotation_of(lines: Iterable[Line]) -> int:
    """The quarter turn (degrees clockwise: 0, 90, 180, 270) after which most of the long lines stand upright."""
    return geometry.quarter_and_rest(-_lean(line.quad for line in lines))[0]


def _lean(quads: Iterable[Quad]) -> float:
    """The direction of most long lines in degrees clockwise: their mean, weighed by length, without strays."""
    quadrants: dict[int, list[tuple[float, float]]] = {}
    for quad in quads:
        length = geometry.length(quad)
        if length >= _LONG_RATIO * geometry.thickness(quad):
            quarter, rest = geometry.quarter_and_rest(geometry.angle(quad))
            quadrants.setdefault(quarter, []).append((rest, length))
    if not quadrants:
        return 0.0
    quarter, leans = max(quadrants.items(), key=lambda q: sum(weight for _, weight in q[1]))
    leans.sort()
    half = sum(weight for _, weight in leans) / 2
    passed = itertools.accumulate(weight for _, weight in leans)
    median = next(lean for (lean, _), weight in zip(leans, passed, strict=True) if weight >= half)
    # On bent paper the lines of one side lean one way, those of the other the other way: their mean is the page's.
    near = [(lean, weight) for lean, weight in leans if abs(lean - median) <= _STRAY_DEG]
    return quarter + sum(lean * weight for lean, weight in near) / sum(weight for _, weight in near)


def pieces_of(reading: Reading) -> list[Piece]:
    """Each line of the reading as a piece in the upright frame, in the reading's order."""
    to_upright = upright_map(reading)
    return [piece_of(line, to_upright) for line in reading.lines]


class QuadMap(Protocol):
    """A map of the plane."""

    def quad(self, quad: Quad) -> Quad:
        """The quad with each corner mapped."""
        ...


def piece_of(line: Line, to_upright: QuadMap) -> Piece:
    """One line in the upright frame."""
    quad = to_upright.quad(line.quad)
    if abs(geometry.angle(quad)) <= 45:
        start, end = _middle(quad[0], quad[3]), _middle(quad[1], quad[2])
        if start[0] < end[0]:
            return Piece((line,), start, end, geometry.thickness(quad))
    x0, y0, x1, y1 = geometry.bounds(quad)
    return Piece((line,), (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2), y1 - y0)


def blank_between(before: Piece, after: Piece) -> float:
    """The blank between two neighbours on a row, in em of the smaller print."""
    em = min(before.em, after.em)
    return (after.x0 - before.x1) / em if em > 0 else 0.0


def _middle(p: Point, q: Point) -> Point:
    return (p[0] + q[0]) / 2, (p[1] + q[1]) / 2


def laid_down(piece: Piece) -> Piece:
    """A piece of vertical writing turned to the left: its columns become rows, the rightmost one on top."""
    return Piece(piece.lines, (piece.y0, -piece.cx), (piece.y1, -piece.cx), piece.width)
