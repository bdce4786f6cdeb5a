"""One table as a sheet: cells joined, columns as wide, text aligned, borders where rules were."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ocrcli.outputs.cells import FONT, columns_of, safe_text
from ocrcli.outputs.numbers import number_of

_NARROWEST, _WIDEST = 5.0, 60.0  # of a table's columns, in characters
_LOOSEST = 1.6  # times what its text needs: a column with more room in print is cut down to this
_THIN = Side(style="thin", color="808080")
_RULED = Border(_THIN, _THIN, _THIN, _THIN)
_ALIGNMENTS = {
    align: Alignment(horizontal=align, vertical="center", wrap_text=True) for align in ("left", "center", "right")
}
_FONT = Font(name=FONT, size=10)

_Sheet = Any  # a WriteOnlyWorksheet: its stubs lack what it takes over from Worksheet


class Grid:
    """One table on a sheet of its own, as printed: cells joined, columns as wide, text aligned, borders where rules
    were. What is a number as a whole becomes one; its first row stays in sight."""

    def __init__(self, sheet: _Sheet) -> None:
        self._sheet = sheet

    def fill(self, table: dict[str, Any]) -> None:
        """Writes the table, as a record has it."""
        sheet, cells = self._sheet, table["cells"]
        ruled = table["structure"] == "rules"
        set_widths(sheet, column_widths(table))
        head = max((c["row_span"] for c in cells if c["row"] == 0), default=1)
        if head < table["rows"]:
            sheet.freeze_panes = f"A{head + 1}"
        for cell in cells:
            if cell["row_span"] > 1 or cell["column_span"] > 1:
                first = f"{get_column_letter(cell['column'] + 1)}{cell['row'] + 1}"
                last = f"{get_column_letter(cell['column'] + cell['column_span'])}{cell['row'] + cell['row_span']}"
                sheet.merged_cells.add(f"{first}:{last}")
        owners = {
            (cell["row"] + r, cell["column"] + c): cell
            for cell in cells
            for r in range(cell["row_span"])
            for c in range(cell["column_span"])
        }
        for row in range(table["rows"]):
            sheet.append([self._square(owners[row, c], (row, c), ruled) for c in range(table["columns"])])
        if sheet.parent.write_only:
            sheet.close()

    def _square(self, cell: dict[str, Any], square: tuple[int, int], ruled: bool) -> Cell:
        """A square of the sheet: the cell's value in its first, its borders in all."""
        first = square == (cell["row"], cell["column"])
        number = number_of(cell["text"]) if first else None
        made = WriteOnlyCell(self._sheet, value=number.value if number else None)
        if first and cell["text"] and not number:
            made.value = safe_text(cell["text"])
            made.data_type = "s"  # or `=1+1` would be a formula and `#N/A` an error
        made.number_format = number.format if number else "@"
        made.font = _FONT
        made.alignment = _ALIGNMENTS[cell["align"]]
        if ruled:
            made.border = _RULED
        return made


def column_widths(table: dict[str, Any]) -> list[float]:
    """The columns' widths in characters: in the proportions of the picture, wide enough for what they hold."""
    printed: list[float | None] = [None] * table["columns"]
    needed = [0] * table["columns"]
    for cell in table["cells"]:
        if cell["column_span"] == 1:
            at = cell["column"]
            (x0, y0), (x1, y1) = cell["quad"][:2]
            printed[at] = max(printed[at] or 0.0, math.hypot(x1 - x0, y1 - y0))
            needed[at] = max(needed[at], _width(cell["text"]))
    known = [(width, need) for width, need in zip(printed, needed, strict=True) if width and need]
    scale = max((need / width for width, need in known), default=0.0)
    widths = [max(need, (width or 0.0) * min(scale, _LOOSEST * need / width if width and need else scale))
              for width, need in zip(printed, needed, strict=True)]  # fmt: skip
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in widths]


def set_widths(sheet: _Sheet, widths: Sequence[float]) -> None:
    """Widths of the columns from the first, in characters."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _width(text: str) -> int:
    """Columns that the longest line of the text takes."""
    return max(map(columns_of, text.split("\n")))
