"""The frame of a VAT invoice: its rows, and the heights that divide it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrcli.layout.invoice.items import Columns, item_columns
from ocrcli.layout.invoice.rows import PrintRow, loose, rows_of
from ocrcli.layout.upright import Piece

LIST_TITLE = re.compile(r"销售货物.{0,16}清\s*单|销\s*货\s*清\s*单\s*$")
GRAND = re.compile(loose("价税合计") + r"|[(（]\s*大\s*写|大\s*写\s*[)）]")
# Of 合计, spread over its cell, one may not be seen; in no other row two figures stand behind currency signs.
_TOTALS = re.compile(
    r"(?:^|\t)\W*合\s*(?:计|\t)(?!金)|^(?!\W*[小总折]).*(?:(?:^|\t)\W*计\W*(?:\t|$)|[¥￥][^\t]*\t\W*[¥￥])"
)
_MARGIN = "购买销售方信息密码区备注"  # stand below one another in the narrow cells at the left of others
_STRIP = 5  # characters


@dataclass(frozen=True)
class Frame:
    """The rows of a sheet and the heights that divide it: the items' heading, the sums, the grand total."""

    pieces: Sequence[Piece]
    rows: Sequence[PrintRow]
    columns: Columns | None
    totals: PrintRow | None
    grand: PrintRow | None
    strip: Sequence[Piece] = ()  # single characters that name the copy, at the right edge, from top to bottom

    @property
    def top(self) -> float:
        """Where the items begin."""
        return self.columns.y if self.columns else self.grand.y if self.grand else float("inf")

    @property
    def end(self) -> float:
        """Where the items end."""
        ends = [row.y for row in (self.totals, self.grand) if row]
        return min(ends, default=float("inf"))

    @property
    def is_list(self) -> bool:
        """True for a page of a sales list."""
        return any(LIST_TITLE.search(row.text) for row in self.rows if row.y < self.top)

    def level(self, row: PrintRow) -> PrintRow:
        """All that stands at a row's height: rows that are torn apart are one again."""
        near = [p for p in self.pieces if abs(p.cy - row.y) < 0.5 * row.height and not p.tall]
        return PrintRow(tuple(sorted(near, key=lambda p: p.x0)))

    def band(self, above: float, below: float, x0: float = float("-inf"), x1: float = float("inf")) -> list[PrintRow]:
        """The rows between two heights and two places, without what stands in narrow side cells."""
        return cut(rows_of(p for p in self.pieces if above < p.cy < below and not is_margin(p)), x0, x1)


def frame_of(pieces: Sequence[Piece]) -> Frame:
    """The frame that the pieces of one sheet make."""
    pieces = _right_of_margin(pieces)
    rows = rows_of(p for p in pieces if not is_margin(p))
    columns = item_columns(rows)
    below = [row for row in rows if columns is None or row.y > columns.y]
    grand = next((row for row in below if GRAND.search(row.text)), None)
    totals = next((row for row in below if _TOTALS.search(row.text) and (grand is None or row.y < grand.y)), None)
    strip = _strip(pieces, columns)
    if strip:
        left_out = {id(p) for p in strip}
        pieces = [p for p in pieces if id(p) not in left_out]
        rows = rows_of(p for p in pieces if not is_margin(p))
    return Frame(pieces, rows, columns, totals, grand, strip)


def cut(rows: Iterable[PrintRow], x0: float = float("-inf"), x1: float = float("inf")) -> list[PrintRow]:
    """What of the rows stands between two places across the page."""
    return [part for row in rows if (part := row.between(x0, x1))]


def is_margin(piece: Piece) -> bool:
    """True for the title of a cell that stands in a narrow cell beside it, a character a row."""
    text = piece.lines[0].text.replace(" ", "")
    return all(c in _MARGIN for c in text) and len(text) < 6 and (len(text) == 1 or piece.tall)


def _right_of_margin(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what ends before the parties' narrow side cells, the form's left edge: other papers."""
    left = min((p.x0 for p in pieces if is_margin(p) and set(p.lines[0].text) & set("购销")), default=float("-inf"))
    return [p for p in pieces if p.x1 > left]


def _strip(pieces: Sequence[Piece], columns: Columns | None) -> list[Piece]:
    """The characters below one another that name the copy (第…联) at the right edge, from top to bottom."""
    if columns is None or "amount" not in columns.spans:
        return []
    right = columns.spans["amount"][1]
    single = [p for p in pieces if len(p.lines[0].text) == 1 and p.x0 > right and not p.lines[0].text.isdigit()]
    for piece in single:
        column = [p for p in single if abs(p.cx - piece.cx) < 0.6 * piece.height]
        if len(column) >= _STRIP:
            return sorted(column, key=lambda p: p.cy)
    return []
