"""Reading order: the lines of a page, found in any order, as blocks of printed rows."""

from __future__ import annotations

from collections.abc import Sequence

from ocrcli.layout.columns import columns
from ocrcli.layout.flatten import flattened
from ocrcli.layout.paragraphs import blocks_of
from ocrcli.layout.rows import joined_pieces, printed_rows
from ocrcli.layout.upright import Piece, is_ideographic, laid_down, pieces_of
from ocrcli.page import Block, Reading

# Share of a part's characters that run down the page from which its columns are read from right to left.
_VERTICAL = 0.6


def arrange(reading: Reading) -> Reading:
    """The reading with its lines in reading order, grouped into blocks of rows.

    Columns of running text are read one after another; what stands on one printed row of a table, form or receipt
    stays on one row; vertical Chinese is read from right to left, each of its columns being a row. Quads stay in the
    coordinates of the page as given; `rotation` and `skew` say how it lies.
    """
    blocks: list[Block] = []
    pieces = flattened(pieces_of(reading))
    if _runs_down(pieces):
        pieces = [laid_down(piece) for piece in pieces]
    for column in columns(joined_pieces(pieces)):
        for rows in blocks_of(printed_rows(column)):
            blocks.append(tuple(tuple(line for piece in row for line in piece.lines) for row in rows))
    return reading.arranged(blocks)


def _runs_down(pieces: Sequence[Piece]) -> bool:
    """True for vertical Chinese: most characters stand in tall pieces, and those are ideographs."""
    tall = sum(len(p.text) for p in pieces if p.tall and sum(map(is_ideographic, p.text)) > len(p.text) / 2)
    return tall > _VERTICAL * sum(len(p.text) for p in pieces)
