"""A workbook of ocrcli's that people have worked in, gone on with: new rows are added, what people wrote stays.

Sheets are found by their titles, columns by their headings, rows by the columns that tell them apart: rows may have
been sorted, columns added, moved or taken away. A row of an input that was read again gets its new values; where that
input has no such row any more, the old one is struck through and its numbers go, so that no sum counts it.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ocrcli.outputs import kept_records
from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.cells import FONT, ROW_PT, Column, Link, Toned, Value, fill, styles
from ocrcli.outputs.files import output_failed, telling
from ocrcli.outputs.grids import Grid
from ocrcli.outputs.seal import SEAL, seal_property
from ocrcli.outputs.workbook import Book, KeptRows, Total, lay_out, row_height, sheet_of, within_links, write

# What openpyxl does not give back: charts, pictures, pivot tables, comments in threads.
_LOST = ("xl/charts/", "xl/media/", "xl/pivot", "xl/slicers/", "xl/threadedComments/")
_STRUCK = Font(name=FONT, size=10, strike=True, color="808080")

_Sheet = Any  # a Worksheet, whose stubs know less than it does


class EditedBook(Book):
    """The workbook at `path`; `fresh` names the inputs that were read in this run.

    Raises OcrError("output_failed") where it holds what would be lost.
    """

    def __init__(self, path: Path, fresh: Collection[str]) -> None:
        refuse_what_would_be_lost(path)
        with telling(path), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._workbook = load_workbook(path, rich_text=True)
        self._fresh = fresh
        self._is_fresh = False
        self._edited: list[_EditedRows] = []
        known = set(self._workbook.named_styles)
        for style in styles():
            if style.name not in known:
                self._workbook.add_named_style(style)
        for title in kept_records.sheets_in(self._workbook.sheetnames):
            del self._workbook[title]
        self._kept = KeptRows(self._workbook)

    def __exit__(self, *_: object) -> None:
        self._workbook.close()

    def begin(self, record: PlainRecord) -> None:
        """As Book.begin: rows of an input that was not read in this run are left alone."""
        self._is_fresh = record["input"] in self._fresh
        self._kept.add(kept_records.row_of(record))

    @property
    def is_fresh(self) -> bool:
        """True where the record at hand was read in this run."""
        return self._is_fresh

    def add_rows(
        self,
        title: str,
        columns: Sequence[Column],
        *,
        frozen: int = 0,
        printed: int | None = None,  # noqa: ARG002
        total: Total | None = None,
    ) -> Any:
        """The rows of the sheet with this title, which is made where there is none."""
        rows = _EditedRows(self, self._sheet(title, columns, frozen), columns, total)
        self._edited.append(rows)
        return rows

    def add_grid(self, title: str) -> Any:
        """A sheet for one table; one that is there stays as it is."""
        if title in self._workbook.sheetnames:
            return _NoGrid()
        return Grid(sheet_of(self._workbook, title))

    def save(self, stream: BinaryIO) -> None:
        """Writes everything; the seal stays broken, so that nobody's work is written over later either."""
        for rows in self._edited:
            rows.finish(self._fresh)
        for sheet in self._kept.sheets:
            self._workbook.move_sheet(sheet, len(self._workbook.sheetnames))
        properties: Any = self._workbook.custom_doc_props  # type: ignore[attr-defined]  # the stubs are older
        if SEAL in properties.names:
            del properties[SEAL]
        properties.append(seal_property())
        write(self._workbook, stream, seals=False)

    def _sheet(self, title: str, columns: Sequence[Column], frozen: int) -> _Sheet:
        if title in self._workbook.sheetnames:
            return self._workbook[title]
        sheet = sheet_of(self._workbook, title)
        lay_out(sheet, columns, frozen)
        for at, column in enumerate(columns, 1):
            fill(sheet.cell(1, at), column.heading, "ocrcli heading")
        return sheet


class _NoGrid:
    """In place of a table's sheet that people may have worked in."""

    def fill(self, table: dict[str, Any]) -> None:
        """Leaves it as it is."""


class _EditedRows:
    """The rows of one sheet, below its heading; `_places` are our columns' places in it, counted from 1."""

    def __init__(self, book: EditedBook, sheet: _Sheet, columns: Sequence[Column], total: Total | None) -> None:
        self._book = book
        self._sheet = sheet
        self._columns = columns
        self._total = total
        headings = {str(cell.value).strip(): cell.column for cell in sheet[1] if cell.value is not None}
        self._places = [headings.get(column.heading) for column in columns]
        self._keys = [at for at, column in enumerate(columns) if column.key]
        self._rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._last = 1
        for row in range(2, sheet.max_row + 1):
            key = tuple(_plain(self._shown(row, at)) for at in self._keys)
            is_total = total is not None and self._shown(row, 0) == total.label
            if any(key) and not is_total:
                self._rows[key].append(row)
                self._last = row
        self._numbered: dict[tuple[str, ...], int] = defaultdict(int)
        self._added: dict[tuple[str, ...], int] = defaultdict(int)
        self._newest = max((n for rows in self._rows.values() for n in map(self._number, rows)), default=0)
        self._touched: set[int] = set()

    def number_of(self, key: Sequence[object]) -> int:
        """The number that the row with this key bears or, where there is none, will bear."""
        told = tuple(map(_plain, key))
        rows, at = self._rows.get(told, []), self._numbered[told]
        self._numbered[told] += 1
        if at < len(rows) and (number := self._number(rows[at])):
            return number
        self._newest += 1
        return self._newest

    def add(self, values: Sequence[Value]) -> None:
        """Adds the row where it is new; one that is there gets the values where its input was read again, else only
        those of columns that speak of other rows."""
        key = tuple(_plain(values[at]) for at in self._keys)
        rows, at = self._rows.get(key, []), self._added[key]
        self._added[key] += 1
        if at < len(rows):
            self._touched.add(rows[at])
            self._write(rows[at], values, only_live=not self._book.is_fresh)
        elif self._book.is_fresh:
            self._last += 1
            if self._last <= self._sheet.max_row:
                self._sheet.insert_rows(self._last)
            self._touched.add(self._last)
            self._write(self._last, values)
            if (height := row_height(self._columns, values)) > ROW_PT:
                self._sheet.row_dimensions[self._last].height = height

    def finish(self, fresh: Collection[str]) -> None:
        """Strikes through what was read again and is not there any more; mends the filter and the sums."""
        stale = (row for key, rows in self._rows.items() if key[0] in fresh for row in rows if row not in self._touched)
        for row in stale:
            self._strike(row)
        width = max(self._sheet.max_column, len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{self._last}"
        if self._total is not None:
            self._sum()
        if found := re.fullmatch(r".*\$([A-Z]+)\$1:\$([A-Z]+)\$\d+", self._sheet.print_area or ""):
            self._sheet.print_area = f"{found[1]}1:{found[2]}{self._last + (self._total is not None)}"

    def _shown(self, row: int, at: int) -> Any:
        place = self._places[at]
        return None if place is None else self._sheet.cell(row, place).value

    def _number(self, row: int) -> int:
        told = self._shown(row, 0)
        return int(told) if isinstance(told, int | float) else 0

    def _write(self, row: int, values: Sequence[Value], *, only_live: bool = False) -> None:
        for column, place, value in zip(self._columns, self._places, values, strict=True):
            if place is None:
                continue
            cell = self._sheet.cell(row, place)
            ours = column.live and (not cell.value or str(cell.value).startswith(column.live))
            if ours or not only_live:
                fill(cell, within_links(self._sheet, value))

    def _strike(self, row: int) -> None:
        for at, place in enumerate(self._places):
            if place is None:
                continue
            cell = self._sheet.cell(row, place)
            cell.font = _STRUCK
            if self._columns[at].total:
                cell.value = None

    def _sum(self) -> None:
        """The row of sums, below the last row; its formulas go by where the columns stand now."""
        assert self._total is not None
        place = self._places[0]
        rows = range(self._last + 1, self._sheet.max_row + 1)
        at = next((row for row in rows if place and self._sheet.cell(row, place).value == self._total.label), None)
        headings: Iterable[str] = (str(cell.value or "") for cell in self._sheet[1])
        there = [Column(heading) for heading in headings]
        if at is None or self._total.left_out not in [column.heading for column in there]:
            return
        for column, own in zip(self._columns, self._places, strict=True):
            if column.total and own is not None:
                formula = self._total.formula(there, own - 1, self._last)
                fill(self._sheet.cell(at, own), formula)


def refuse_what_would_be_lost(path: Path) -> None:
    """Raises OcrError("output_failed") where the workbook holds what does not come through being written again."""
    with telling(path), ZipFile(path) as archive:
        lost = any(name.startswith(_LOST) for name in archive.namelist())
    if lost:
        told = "it holds charts, pictures, pivot tables or threads of comments, which adding rows would lose"
        raise output_failed(path, f"{told}; choose another -o, or write over it with --force")


def _is_lost(archive: ZipFile, name: str) -> bool:
    # LibreOffice gives every sheet a drawing, mostly with nothing in it.
    drawn = name.startswith("xl/drawings/drawing") and b"Anchor" in archive.read(name)
    return drawn or name.startswith(_LOST)


def _plain(value: object) -> str:
    """A cell's value as text for comparing: programs save whole numbers as decimals, and links as texts."""
    if isinstance(value, Toned):
        value = value.value
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
