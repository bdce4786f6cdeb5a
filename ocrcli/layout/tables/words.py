"""Words as evidence of rows and columns: each line of a table cut at its blanks, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocrcli.layout.parts import places_of
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.upright import Piece

SPACE_EM = 0.5  # a blank that is narrower stands between words of one text
_NUMBER = re.compile(r"[-+±~<>≤≥(\[]{0,2}[$€£¥￥]?\d[\d.,:/%–—()\]-]*[a-z*†‡%]?|[-–—]+|\.\.+|n/?a", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a printed row: where it begins and ends, in the frame, and the piece that it is from."""

    x0: float
    x1: float
    text: str
    piece: Piece

    @property
    def cx(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def is_number(self) -> bool:
        """True for a figure, an amount, or a sign that stands for none."""
        return is_number(self.text)


def is_number(text: str) -> bool:
    """True for a figure, an amount, or a sign that stands for none."""
    return bool(_NUMBER.fullmatch(text))


def words_of(piece: Piece) -> Iterator[Word]:
    """The words of a piece from left to right; a piece of several lines, or of one that runs down, is whole."""
    line = piece.lines[0]
    if len(piece.lines) > 1 or piece.tall or line.vertical or " " not in line.text:
        yield Word(piece.x0, piece.x1, piece.text, piece)
        return
    places = places_of(line)
    for found in re.finditer(r"\S+", line.text):
        start, end = places[found.start()][0], places[found.end() - 1][1]
        yield Word(piece.point(start)[0], piece.point(end)[0], found[0], piece)


def rows_of_words(pieces: Sequence[Piece]) -> list[list[Word]]:
    """The printed rows of some pieces as words, from top to bottom, each from left to right."""
    return [
        sorted((word for piece in row for word in words_of(piece)), key=lambda word: word.cx)
        for row in printed_rows(pieces)
    ]
