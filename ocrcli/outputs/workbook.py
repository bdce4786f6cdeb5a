"""Workbooks written row by row (Office Open XML, ECMA-376), in which the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from ocrcli.outputs import kept_records
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.cells import MOST_ROW_PT, ROW_PT, Column, Formula, Link, Plain, Toned, Value, fill, rows_of, styles
from ocrcli.outputs.grids import Grid, set_widths
from ocrcli.outputs.seal import NO_DATE, SealedZip, seal_property

MAX_ROWS = 1_048_576  # of a sheet, "Excel specifications and limits"
MAX_LINKS = 65_530  # on a sheet, same place
_MAX_TITLE = 31
_A4 = 9  # ST_PaperSize is given as a number (ECMA-376, 18.3.1.63)

_Sheet = Any  # a WriteOnlyWorksheet: its stubs lack what it takes over from Worksheet


@dataclass(frozen=True)
class Total:
    """A last row with the sums of the columns that ask for one, without the rows whose cell under the heading
    `left_out` begins with `beginning`."""

    label: str
    left_out: str
    beginning: str

    def formula(self, columns: Sequence[Column], at: int, last_row: int) -> Formula:
        """The sum of the column at this place, from 0, over the rows 2 to `last_row`."""
        mark = get_column_letter([column.heading for column in columns].index(self.left_out) + 1)
        own = get_column_letter(at + 1)
        where = f'{mark}$2:{mark}${last_row},"<>{self.beginning}*"'
        return Formula(f"=SUMIFS({own}$2:{own}${last_row},{where})")


class Book:
    """A workbook under way, as a context. Sheets stand in the order in which they were added."""

    def __init__(self) -> None:
        self._workbook = Workbook(write_only=True)
        properties = self._workbook.properties
        properties.creator, properties.created, properties.modified = "ocrcli", NO_DATE, NO_DATE
        custom: Any = self._workbook.custom_doc_props  # type: ignore[attr-defined]  # the stubs are older
        custom.append(seal_property())
        for style in styles():
            self._workbook.add_named_style(style)
        self._rows: list[Rows] = []
        self._kept = KeptRows(self._workbook)

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

    def begin(self, record: PlainRecord) -> None:
        """What is added from now on is of this record, which the workbook keeps for a later run."""
        self._kept.add(kept_records.row_of(record))

    def add_rows(
        self,
        title: str,
        columns: Sequence[Column],
        *,
        frozen: int = 0,
        printed: int | None = None,
        total: Total | None = None,
    ) -> Rows:
        """A sheet of rows under a heading that stays in sight, as do the first `frozen` columns; on paper come the
        first `printed`, or all."""
        rows = Rows(self._workbook, title, columns, frozen, printed or len(columns), total)
        self._rows.append(rows)
        return rows

    def add_grid(self, title: str) -> Grid:
        """A sheet for one table."""
        return Grid(sheet_of(self._workbook, title))

    def save(self, stream: BinaryIO) -> None:
        """Writes everything. The book is of no more use afterwards."""
        for rows in self._rows:
            rows.finish()
        for sheet in self._kept.sheets:
            sheet.close()
        write(self._workbook, stream)


class KeptRows:
    """The sheets that nobody sees, with the records of a workbook (kept_records.py); the first comes with the first
    record."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._count = 0
        self.sheets: list[_Sheet] = []

    def add(self, row: Sequence[str]) -> None:
        """Adds the texts of a record."""
        if self._count % MAX_ROWS == 0:
            self.sheets.append(sheet_of(self._workbook, kept_records.title(len(self.sheets))))
            self.sheets[-1].sheet_state = "veryHidden"
        self.sheets[-1].append(row)
        self._count += 1


class Rows:
    """Rows under a heading. Where a sheet is full, they go on on another one (`Text (2)`)."""

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        columns: Sequence[Column],
        frozen: int,
        printed: int,
        total: Total | None,
    ) -> None:
        self._workbook = workbook
        self._printed = printed
        self._title = title
        self._columns = columns
        self._frozen = frozen
        self._total = total
        self._sheets = 0
        self._numbered = 0
        self._open()

    def number_of(self, key: Sequence[object]) -> int:  # noqa: ARG002  (what a workbook that is there goes by)
        """The number that the row with this key will bear, to be asked once for each row, in order."""
        self._numbered += 1
        return self._numbered

    def add(self, values: Sequence[Value]) -> None:
        """Adds a row: one value a column, None for an empty cell."""
        if self._count == MAX_ROWS - (self._total is not None):
            self.finish()
            self._open()
        self._count += 1
        height = row_height(self._columns, values)
        if height > ROW_PT:
            self._sheet.row_dimensions[self._count].height = height
        self._sheet.append([self._cell(value) for value in values])
        self._sheet.row_dimensions.pop(self._count, None)  # it is written: sheets of any length fit in memory

    def finish(self) -> None:
        """Ends the sheet at hand; its rows can be filtered by their headings."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._count}"
        sums = self._total is not None and self._count > 1
        self._sheet.print_area = f"A1:{get_column_letter(self._printed)}{self._count + sums}"
        if self._total is not None and sums:
            self._sheet.append(
                [self._cell(v, "ocrcli total") for v in total_row(self._total, self._columns, self._count)]
            )
        self._sheet.close()

    def _open(self) -> None:
        self._sheets += 1
        title = self._title if self._sheets == 1 else f"{self._title} ({self._sheets})"
        self._sheet = sheet_of(self._workbook, title)
        lay_out(self._sheet, self._columns, self._frozen)
        self._sheet.append([self._cell(column.heading, "ocrcli heading") for column in self._columns])
        self._count = 1

    def _cell(self, value: Value, style: str = "ocrcli text") -> Cell | None:
        if value is None:
            return None
        cell = WriteOnlyCell(self._sheet)
        fill(cell, within_links(self._sheet, value), style)
        return cell


def lay_out(sheet: _Sheet, columns: Sequence[Column], frozen: int) -> None:
    """Widths; the heading and the first columns stay in sight; printed lying on A4, as wide as the paper, the heading
    on each page."""
    set_widths(sheet, [column.width for column in columns])
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "&P / &N"


def row_height(columns: Sequence[Column], values: Sequence[Value]) -> float:
    """The height in points that shows all of the values: not every program fits rows to what is in them."""
    rows = max((rows_of(value, column.width) for column, value in zip(columns, values, strict=True)), default=1)
    return min(rows * ROW_PT, MOST_ROW_PT)


def total_row(total: Total, columns: Sequence[Column], last_row: int) -> list[Plain]:
    """The cells of the row of sums."""
    sums = [total.formula(columns, at, last_row) if column.total else "" for at, column in enumerate(columns)]
    return [total.label, *sums[1:]]


def within_links(sheet: _Sheet, value: Value) -> Value:
    """The value; a link as its text where the sheet has as many links as it may."""
    link = value.value if isinstance(value, Toned) else value
    if isinstance(link, Link) and len(sheet._hyperlinks) >= MAX_LINKS:
        return link.text
    return value


def sheet_of(workbook: Workbook, title: str) -> _Sheet:
    """A new sheet."""
    return workbook.create_sheet(title[:_MAX_TITLE])


def write(workbook: Workbook, stream: BinaryIO, *, seals: bool = True) -> None:
    """Writes a workbook as a ZIP file with a seal."""
    archive = SealedZip(stream, "w", ZIP_DEFLATED)
    archive.seals = seals
    try:
        ExcelWriter(workbook, archive).save()
    except BaseException:
        archive.fp = None  # or it tries once more when it is collected, and complains on stderr
        raise
