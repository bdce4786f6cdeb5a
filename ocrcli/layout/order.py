"""Reading order: the lines of a page, found in any order, as blocks of printed rows."""

from __future__ import annotations

from collections.abc import Sequence

from ocrcli.geometry import around
from ocrcli.layout.columns import columns
from ocrcli.layout.flatten import flattened
from ocrcli.layout.paragraphs import blocks_of
from ocrcli.layout.rows import joined_pieces, printed_rows
from ocrcli.layout.upright import Piece, pieces_of
from ocrcli.layout.vertical import parts_of, without_readings
from ocrcli.page import Block, Notice, Reading
from ocrcli.safe_text import quoted


def arrange(reading: Reading) -> Reading:
    """The reading with its lines in reading order, grouped into blocks of rows.

    Columns of running text are read one after another; what stands on one printed row of a table, form or receipt
    stays on one row; vertical Chinese is read from right to left, each of its columns being a row, its bands and level
    titles from the top; small readings beside its characters are left out, with a notice. Quads stay in the coordinates
    of the page as given; `rotation` and `skew` say how it lies.
    """
    blocks: list[Block] = []
    pieces, readings = without_readings(flattened(pieces_of(reading)))
    for part in parts_of(pieces):
        for column in columns(joined_pieces(part)):
            for rows in blocks_of(printed_rows(column)):
                blocks.append(tuple(tuple(line for piece in row for line in piece.lines) for row in rows))
    arranged = reading.arranged(blocks)
    return arranged.noticing(_left_out(readings)) if readings else arranged


def _left_out(readings: Sequence[Piece]) -> Notice:
    lines = [line for piece in readings for line in piece.lines]
    words = quoted("; ".join(line.text for line in lines))
    return Notice(
        "readings", f"small readings beside the characters were left out: {words}", quad=around(x.quad for x in lines)
    )
