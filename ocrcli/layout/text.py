"""The text of a page as people copy it: printed rows stay rows, table columns are set apart by TAB.

What was read is not changed: only blanks, TABs and newlines are put between lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ocrcli.geometry import Affine
from ocrcli.layout.columns import is_prose
from ocrcli.layout.rows import SEAM_EM
from ocrcli.layout.upright import Piece, blank_between, is_wide, laid_down, piece_of, upright_map
from ocrcli.layout.wrapping import wraps
from ocrcli.page import Block, Reading, Row

# How a row of a list begins: a bullet, or a number or letter with its sign.
_ITEM = re.compile(
    r"\s*(?:[•·●○■□◆◇▪►➢※*—–-]\s*\S|[①-⑳]|[(（]?(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})[.)）、．]\D)"
)


def page_text(reading: Reading, *, paragraphs: bool = False) -> str:
    """The text of an arranged reading: one printed row a line, a blank line between blocks.

    Within a row, a gap as between table columns is a TAB, one between Latin words a blank, and Chinese pieces follow
    each other without anything. With `paragraphs` the rows of running text become one line: a row goes on in the next
    where that one's first word had no room left on it; a word parted by a hyphen is put together. Rows of tables and
    lists stay rows.
    """
    to_upright = upright_map(reading)
    join = _paragraph_rows if paragraphs else _printed_rows
    return "\n\n".join("\n".join(join(_pieces(block, to_upright))) for block in reading.blocks)


def markdown_text(reading: Reading) -> str:
    """The text in the form of Huawei's `markdown_result`: lines of one row joined by TAB, rows by newline."""
    return "\n".join("\t".join(line.text for line in row) for block in reading.blocks for row in block)


def row_text(pieces: Sequence[Piece]) -> str:
    """The text of one printed row, given from left to right."""
    parts = [pieces[0].text]
    for before, after in itertools.pairwise(pieces):
        parts += [_between(before, after), after.text]
    return "".join(parts)


def _pieces(block: Block, to_upright: Affine) -> list[list[Piece]]:
    return [_row_pieces(row, to_upright) for row in block]


def _row_pieces(row: Row, to_upright: Affine) -> list[Piece]:
    pieces = [piece_of(line, to_upright) for line in row]
    return [laid_down(piece) for piece in pieces] if all(piece.tall for piece in pieces) else pieces


def _between(before: Piece, after: Piece) -> str:
    """What stands between two neighbours on a row: TAB, a blank, or nothing."""
    if blank_between(before, after) > SEAM_EM:
        return "\t"
    # A detector breaks lines at blanks; digital lines that touch are one word, a part of it raised perhaps.
    touching = before.lines[-1].source != "ocr" or before.text[-1:].isspace() or after.text[:1].isspace()
    return "" if touching or any(_wide_ends(before.text, after.text)) else " "


def _wide_ends(before: str, after: str) -> tuple[bool, bool]:
    return bool(before) and is_wide(before[-1]), bool(after) and is_wide(after[0])


def _printed_rows(rows: Sequence[Sequence[Piece]]) -> list[str]:
    return [row_text(row) for row in rows]


def _paragraph_rows(rows: Sequence[Sequence[Piece]]) -> list[str]:
    """The rows of a block, those that run on put together."""
    runs = [_one_piece(row) for row in rows]
    single = [run for run in runs if run is not None]
    running = is_prose(single)
    right_edge = max((run.x1 for run in single), default=0.0)
    texts = [row_text(rows[0])]
    for (upper, lower), row in zip(itertools.pairwise(runs), rows[1:], strict=True):
        text = row_text(row)
        goes_on = running and upper is not None and lower is not None and not _ITEM.match(text)
        if goes_on and upper and lower and wraps(upper, lower, right_edge):
            texts[-1] = _run_on(texts[-1], text)
        else:
            texts.append(text)
    return texts


def _one_piece(row: Sequence[Piece]) -> Piece | None:
    """The words of a row as one piece, or None for a row with gaps as between table columns."""
    run = row[0]
    for piece in row[1:]:
        if _between(run, piece) == "\t":
            return None
        run = run.joined(piece)
    return run


def _run_on(before: str, after: str) -> str:
    """Two rows of running text as one."""
    if re.search(r"[^\W\d_]-$", before) and after[:1].islower():
        return before[:-1] + after
    return before + ("" if any(_wide_ends(before, after)) else " ") + after
