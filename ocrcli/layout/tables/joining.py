"""Tables that run over several pages, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocrcli.geometry import bounds
from ocrcli.page import Table

_SAME_PLACE_SHARE = 0.03  # of the table's width: columns of one table stand in the same places on each page


def goes_on(before: Table, after: Table) -> bool:
    """True where `after`, the first table of a page, has the same columns as `before`, the last of the page before."""
    if before.columns != after.columns:
        return False
    one, other = _edges(before), _edges(after)
    return all(
        abs(a - b) <= _SAME_PLACE_SHARE for a, b in zip(one, other, strict=True) if a is not None and b is not None
    )


def joined(before: Table, after: Table) -> Table:
    """Both as one table; a head that is printed again stays away. Quads of the later rows are those of their page."""
    head = _same_head(before, after)
    cells = [replace(cell, row=cell.row - head + before.rows) for cell in after.cells if cell.row >= head]
    return replace(before, rows=before.rows + after.rows - head, cells=(*before.cells, *cells))


def _edges(table: Table) -> list[float | None]:
    """Where each column begins, as a share of the table's width; None where no single cell shows it."""
    left, _, right, _ = bounds(table.quad)
    wide = max(right - left, 1e-6)
    starts: list[float | None] = [None] * table.columns
    for cell in table.cells:
        if starts[cell.column] is None:
            starts[cell.column] = (bounds(cell.quad)[0] - left) / wide
    return starts


def _same_head(before: Table, after: Table) -> int:
    """How many rows at the top of both say the same."""
    head = 0
    while head < min(before.rows, after.rows) - 1 and (row := _texts(before, head)) and row == _texts(after, head):
        head += 1
    # A head whose cells reach below the rows that agree is none.
    return head if all(c.row >= head or c.row + c.row_span <= head for c in after.cells) else 0


def _texts(table: Table, row: int) -> Sequence[tuple[int, int, str]]:
    texts = [(c.column, c.column_span, c.text) for c in table.cells if c.row == row]
    return texts if any(text for _, _, text in texts) else []
