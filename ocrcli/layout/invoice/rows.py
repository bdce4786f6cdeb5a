"""Printed rows of an invoice as text that regular expressions can search, every character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ocrcli.geometry import Quad, around, slice_quad
from ocrcli.layout.flatten import flattened
from ocrcli.layout.invoice.lost_blanks import with_blanks
from ocrcli.layout.parts import Part, places_of
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.upright import Piece, blank_between, pieces_of
from ocrcli.page import Line, Reading

WIDE_EM = 1.2  # a gap from here on is written as a tab, a narrower one as nothing
_TOUCHES = 0.1  # heights
_SPILL = 3.0  # heights: long values run over into the next cell this far
_LONG = 4.0  # heights: a shorter line does not show how it leans
_LEANS = 0.1  # as much as nothing on a flat page does
_MARGIN = 3.0  # heights around all long lines in which short ones may stand
_SAME_ROW = 0.4  # heights
_CUT_EM = 1.5  # one box that holds a gap this wide holds two texts


@dataclass(frozen=True, slots=True)
class Print:
    """A piece of print: what it says, where it stands as given, how surely it was read, and the lines it is part of."""

    text: str
    quad: Quad | None
    confidence: float
    lines: tuple[Line, ...] = ()

    @property
    def line(self) -> Line | None:
        """The one line that says it all: what can be read again. None where it stands on several, or is digital."""
        return self.lines[0] if len(self.lines) == 1 and self.lines[0].lattice is not None else None


NOTHING = Print("", None, 1.0)  # a place that was left empty


def joined(prints: Sequence[Print], between: str = "") -> Print:
    """Several prints as one."""
    prints = [p for p in prints if p.text] or [*prints[:1], NOTHING][:1]
    quads = [p.quad for p in prints if p.quad]
    return Print(
        between.join(p.text for p in prints),
        around(quads) if quads else None,
        min(p.confidence for p in prints),
        tuple(line for p in prints for line in p.lines),
    )


class _Mark(NamedTuple):
    """A character of the row's text; a gap belongs to no piece."""

    piece: Piece | None
    at: int
    x0: float
    x1: float


@dataclass(frozen=True)
class PrintRow:
    """Pieces side by side. `text` is what they say, a tab for each wide gap between them."""

    pieces: tuple[Piece, ...]

    @cached_property
    def y(self) -> float:
        """The middle of the row: of its longest piece."""
        return max(self.pieces, key=lambda p: p.width).cy

    @cached_property
    def height(self) -> float:
        """The height of its print."""
        return max(self.pieces, key=lambda p: p.width).height

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.pieces[0].x0

    @cached_property
    def text(self) -> str:
        """The row's text."""
        rest = (_tab(before, piece) + piece.lines[0].text for before, piece in pairwise(self.pieces))
        return self.pieces[0].lines[0].text + "".join(rest)

    @cached_property
    def _marks(self) -> list[_Mark]:
        """A mark for each character of the text."""
        marks: list[_Mark] = []
        for k, piece in enumerate(self.pieces):
            if k and _tab(self.pieces[k - 1], piece):
                marks.append(_Mark(None, 0, self.pieces[k - 1].x1, piece.x0))
            for i, (start, end) in enumerate(places_of(piece.lines[0])):
                marks.append(_Mark(piece, i, piece.x0 + start * piece.width, piece.x0 + end * piece.width))
        return marks

    def span(self, start: int, end: int) -> tuple[float, float]:
        """Left and right edge of characters `start` up to `end` of the text."""
        marks = self._marks[start:end]
        return min(m.x0 for m in marks), max(m.x1 for m in marks)

    def said(self, start: int = 0, end: int | None = None) -> Print | None:
        """Characters `start` up to `end` as print, blanks at the ends dropped; None where nothing is left."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        parts = [part for part in _parts(self._marks[start:end]) if part.text.strip()]
        if not parts:
            return None
        chars = sum(len(part.text) for part in parts)
        return Print(
            self.text[start:end].replace("\t", " "),
            around(part.quad for part in parts),
            sum(part.confidence * len(part.text) for part in parts) / chars,
            tuple(part.as_line() for part in parts),
        )

    def empty_behind(self, start: int, end: int, right: float) -> Print:
        """The place between a label (characters `start` up to `end`) and its cell's end, where nothing was read."""
        shown = self.said(start, end)
        x0, x1 = self.span(start, end)
        if shown is None or not shown.lines or x1 + self.height > right:
            return NOTHING
        reach = (right - x0) / (x1 - x0) - 0.1
        return Print("", slice_quad(shown.lines[-1].quad, 1.1, max(1.2, reach)), 1.0)

    def between(self, x0: float, x1: float) -> PrintRow | None:
        """What of the row stands between two places across the page, pieces that cross them cut; None for nothing."""
        parts: list[Piece | None] = []
        for i, piece in enumerate(self.pieces):
            if i and _runs_on(self.pieces[i - 1], piece):
                parts.append(piece if parts[-1] is not None else None)
            else:
                parts.append(_cut(piece, x0, x1))
        pieces = tuple(part for part in parts if part is not None)
        return PrintRow(pieces) if pieces else None


def _tab(before: Piece, piece: Piece) -> str:
    """What stands for the gap between two neighbours."""
    return "\t" if blank_between(before, piece) > WIDE_EM else ""


def _parts(marks: Sequence[_Mark]) -> Iterator[Part]:
    """Runs of marks that belong to one piece."""
    first = 0
    for i in range(1, len(marks) + 1):
        if i == len(marks) or marks[i].piece is not marks[first].piece:
            piece = marks[first].piece
            if piece is not None:
                yield Part(piece.lines[0], marks[first].at, marks[i - 1].at + 1)
            first = i


def _runs_on(before: Piece, piece: Piece) -> bool:
    """True for the end of a long digital text that runs over the rule of its cell, and was parted there."""
    touches = abs(piece.x0 - before.x1) < _TOUCHES * piece.height
    alike = abs(piece.height - before.height) < _TOUCHES * piece.height and before.width > piece.width
    return touches and alike and piece.lines[0].source != "ocr"


def _cut(piece: Piece, x0: float, x1: float) -> Piece | None:
    """The characters of a piece whose middles lie between two places."""
    if x0 <= piece.x0 and piece.x1 <= x1:
        return piece
    line = piece.lines[0]
    middles = [piece.x0 + (start + end) / 2 * piece.width for start, end in places_of(line)]
    inside = [i for i, x in enumerate(middles) if x0 <= x <= x1]
    if not inside:
        return None
    within = piece.width * len(inside) / len(middles)
    if min(within, piece.width - within) < _SPILL * piece.height:  # it spills over, or spills in
        return piece if within > piece.width / 2 else None
    return sub_piece(piece, inside[0], inside[-1] + 1)


def sub_piece(piece: Piece, start: int, end: int) -> Piece | None:
    """Characters `start` up to `end` of a piece's text as a piece; None where they are blanks."""
    text = piece.lines[0].text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if start >= end:
        return None
    part = Part(piece.lines[0], start, end)
    begin, stop = part.span
    return replace(piece, lines=(part.as_line(),), start=piece.point(begin), end=piece.point(stop))


def page_pieces(reading: Reading) -> list[Piece]:
    """The page's lines in its upright, flattened frame, from top to bottom; one with a wide gap inside is two.

    On a picture without what lies beside the invoice: it leans otherwise, or stands outside of all that leans alike.
    """
    reading = replace(reading, lines=tuple(with_blanks(line) for line in reading.lines))
    pieces = flattened(pieces_of(reading))
    if reading.source == "ocr":
        pieces = _on_the_paper(pieces)
    parts = [part for piece in pieces for part in ([piece] if piece.tall else _at_gaps(piece))]
    return sorted(_each_once(parts) if reading.source == "ocr" else parts, key=lambda p: (p.cy, p.x0))


def _each_once(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, each without what another one that ends inside it has said: boxes of one row may overlap."""
    for piece in pieces:
        text = piece.lines[0].text
        before = [
            p for p in pieces if p.x0 < piece.x0 < p.x1 < piece.x1 and abs(p.cy - piece.cy) < _SAME_ROW * piece.height
        ]
        said = max((_repeated(p, piece) for p in before), default=0)
        rest = sub_piece(piece, said, len(text)) if said else piece
        if rest is not None:
            yield rest


def _repeated(before: Piece, piece: Piece) -> int:
    """How many characters at a piece's beginning are the last ones of the piece that it overlaps."""
    one, other = before.lines[0].text, piece.lines[0].text
    most = round((before.x1 - piece.x0) / (0.5 * piece.em))
    return max((n for n in range(1, most + 1) if one[-n:] == other[:n]), default=0)


def _on_the_paper(pieces: Sequence[Piece]) -> list[Piece]:
    long = [p for p in pieces if p.width > _LONG * p.height]
    level = [p for p in long if abs(p.end[1] - p.start[1]) < _LEANS * p.width]
    if not level:
        return list(pieces)
    leaning = {id(p) for p in long} - {id(p) for p in level}
    room = _MARGIN * max(p.height for p in level)
    x0, y0 = min(p.x0 for p in level) - room, min(p.y0 for p in level) - room
    x1, y1 = max(p.x1 for p in level) + room, max(p.y1 for p in level) + room
    return [p for p in pieces if id(p) not in leaning and x0 < p.cx < x1 and y0 < p.cy < y1]


def _at_gaps(piece: Piece) -> Iterator[Piece]:
    line = piece.lines[0]
    if len(line.chars) != len(line.text) or line.source != "ocr":
        yield piece  # digital lines end at wide gaps already
        return
    em = piece.em
    cuts = [0]
    for i, (a, b) in enumerate(pairwise(line.chars), 1):
        if (b.start - a.end) * piece.width > _CUT_EM * em:
            cuts.append(i)
    for start, end in pairwise([*cuts, len(line.text)]):
        part = sub_piece(piece, start, end)
        if part:
            yield part


def rows_of(pieces: Iterable[Piece]) -> list[PrintRow]:
    """The pieces as rows from top to bottom."""
    return [PrintRow(tuple(row)) for row in printed_rows(p for p in pieces if not p.tall)]


def loose(words: str) -> str:
    """A regular expression for words that may be spaced out."""
    return r"\s*".join(map(re.escape, words))
