"""Workbooks written row by row (Office Open XML, ECMA-376), in which text stays text and the same rows give the same
bytes."""

from __future__ import annotations

import math
import re
import shutil
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from ocrcli.outputs.numbers import number_of

MAX_ROWS = 1_048_576  # of a sheet, "Excel specifications and limits"
MAX_TEXT = 32_767  # UTF-16 units in a cell, same place
_MAX_TITLE = 31

# The same records make the same workbook, whenever: 1980-01-01 is the first date that a ZIP file knows.
_NO_DATE = datetime(1980, 1, 1)

_NARROWEST, _WIDEST = 5.0, 60.0  # of a table's columns, in characters
_LOOSEST = 1.6  # times what its text needs: a column with more room in print is cut down to this
_THIN = Side(style="thin", color="808080")
_RULED = Border(_THIN, _THIN, _THIN, _THIN)
_ALIGNMENTS = {
    align: Alignment(horizontal=align, vertical="center", wrap_text=True) for align in ("left", "center", "right")
}

_CUT = "… (cut: longer than a cell may be)"
# Not allowed in XML 1.0 (2.2, "Characters").
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# `_x0041_` in a cell means the character U+0041 (ECMA-376, ST_Xstring): its first underline has to be escaped.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

LARGEST = 10**15  # numbers from here on would lose digits (IEEE 754): they are written as text
MAX_LINKS = 65_530  # on a sheet, same place

_Sheet = Any  # a WriteOnlyWorksheet: its stubs lack what it takes over from Worksheet


@dataclass(frozen=True)
class Link:
    """A text that leads to a file or page; `target` is its URI, which may be relative to the workbook."""

    text: str
    target: str


Value = str | int | float | bool | Decimal | Link | None  # a Decimal is an amount of money, shown with two places


@dataclass(frozen=True)
class Column:
    """A heading, and a width in characters."""

    heading: str
    width: int = 20


def safe_text(text: str) -> str:
    """The text as a cell can hold it: without control characters, at most 32,767 UTF-16 units, said where it is cut."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(text) > MAX_TEXT:
        text = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return _ESCAPE.sub("_x005F_", text)


class Book:
    """A workbook under way, as a context. Sheets stand in the order in which they were added."""

    def __init__(self) -> None:
        self._workbook = Workbook(write_only=True)
        properties = self._workbook.properties
        properties.creator, properties.created, properties.modified = "ocrcli", _NO_DATE, _NO_DATE
        for style in _styles():
            self._workbook.add_named_style(style)
        self._rows: list[Rows] = []

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        # openpyxl's generators complain on stderr when they are collected half-way, after their files. What a broken
        # sheet raises here does not matter: the fault itself is on its way.
        for sheet in self._workbook.worksheets:
            with suppress(Exception):
                sheet.close()

    def add_rows(self, title: str, columns: Sequence[Column]) -> Rows:
        """A sheet of rows under a heading that stays in sight."""
        rows = Rows(self._workbook, title, columns)
        self._rows.append(rows)
        return rows

    def add_grid(self, title: str) -> Grid:
        """A sheet for one table."""
        return Grid(_sheet(self._workbook, title))

    def save(self, stream: BinaryIO) -> None:
        """Writes everything. The book is of no more use afterwards."""
        for rows in self._rows:
            rows.finish()
        archive = _SteadyZip(stream, "w", ZIP_DEFLATED)
        try:
            ExcelWriter(self._workbook, archive).save()
        except BaseException:
            archive.fp = None  # or it tries once more when it is collected, and complains on stderr
            raise


class Rows:
    """Rows under a heading. Where a sheet is full, they go on on another one (`Text (2)`)."""

    def __init__(self, workbook: Workbook, title: str, columns: Sequence[Column]) -> None:
        self._workbook = workbook
        self._title = title
        self._columns = columns
        self._sheets = 0
        self._open()

    def add(self, values: Sequence[Value]) -> None:
        """Adds a row: one value a column, None for an empty cell."""
        if self._count == MAX_ROWS:
            self.finish()
            self._open()
        self._sheet.append([_cell(self._sheet, value) for value in values])
        self._count += 1

    def finish(self) -> None:
        """Ends the sheet at hand; its rows can be filtered by their headings."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._count}"
        self._sheet.close()

    def _open(self) -> None:
        self._sheets += 1
        title = self._title if self._sheets == 1 else f"{self._title} ({self._sheets})"
        self._sheet = _sheet(self._workbook, title)
        self._sheet.freeze_panes = "A2"
        _set_widths(self._sheet, [column.width for column in self._columns])
        self._sheet.append([_cell(self._sheet, column.heading, "ocrcli heading") for column in self._columns])
        self._count = 1


class Grid:
    """One table on a sheet of its own, as printed: cells joined, columns as wide, text aligned, borders where rules
    were. What is a number as a whole becomes one; its first row stays in sight."""

    def __init__(self, sheet: _Sheet) -> None:
        self._sheet = sheet

    def fill(self, table: dict[str, Any]) -> None:
        """Writes the table, as a record has it."""
        sheet, cells = self._sheet, table["cells"]
        ruled = table["structure"] == "rules"
        _set_widths(sheet, column_widths(table))
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


class _SteadyZip(ZipFile):
    """A ZIP file whose members bear no time of their own."""

    def writestr(self, name: Any, data: Any, *rest: Any) -> None:
        """As ZipFile.writestr, with the member's time fixed."""
        super().writestr(self._member(str(name)), data, *rest)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """As ZipFile.write, with the member's time fixed."""
        with (
            Path(filename).open("rb") as source,
            self.open(self._member(str(arcname)), "w", force_zip64=True) as member,
        ):
            shutil.copyfileobj(source, member)

    @staticmethod
    def _member(name: str) -> ZipInfo:
        member = ZipInfo(name, _NO_DATE.timetuple()[:6])
        member.compress_type = ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        return member


def _sheet(workbook: Workbook, title: str) -> _Sheet:
    return workbook.create_sheet(title[:_MAX_TITLE])


def _styles() -> list[NamedStyle]:
    top = Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    # "@" is Excel's format for text: it stays text when somebody edits the cell.
    return [
        NamedStyle("ocrcli text", number_format="@", alignment=wrapped),
        NamedStyle("ocrcli number", alignment=top),
        NamedStyle("ocrcli amount", number_format="#,##0.00", alignment=top),
        NamedStyle("ocrcli link", number_format="@", alignment=wrapped, font=Font(color="0563C1", underline="single")),
        NamedStyle(
            "ocrcli heading",
            number_format="@",
            alignment=wrapped,
            font=Font(bold=True),
            fill=PatternFill("solid", fgColor="E7EDF3"),
        ),
    ]


def _cell(sheet: _Sheet, value: Value, style: str = "ocrcli text") -> Cell | None:
    if value is None:
        return None
    if isinstance(value, Link):
        if len(sheet._hyperlinks) >= MAX_LINKS:
            return _cell(sheet, value.text)
        cell = _cell(sheet, value.text, "ocrcli link")
        if cell is not None:
            cell.hyperlink = value.target
        return cell
    if not isinstance(value, str) and not -LARGEST < value < LARGEST:  # nor is NaN a number that a cell can hold
        value = str(value)
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]  # Decimals are numbers to openpyxl
        cell.style = "ocrcli amount" if isinstance(value, Decimal) else "ocrcli number"
        return cell
    cell = WriteOnlyCell(sheet, value=safe_text(value))
    cell.data_type = "s"  # or `=1+1` would be a formula and `#N/A` an error
    cell.style = style
    return cell


def _set_widths(sheet: _Sheet, widths: Sequence[float]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _width(text: str) -> int:
    """Columns of a fixed-width font that the longest line of the text takes: a Chinese character takes two."""
    rows = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in row) for row in rows)
