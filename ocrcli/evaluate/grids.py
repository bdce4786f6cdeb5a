"""Tables as grids of cells: from the truth's HTML or rows, and from a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any


@dataclass(frozen=True)
class GridCell:
    """A cell and its place, counted from 0; spans of at least 1."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True)
class Grid:
    """The cells of a table, row by row, left to right."""

    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


def grid_of_html(html: str) -> Grid:
    """The grid of the first <table>; cells take the first free place of their row, as browsers lay them out."""
    parser = _TableParser()
    parser.feed(html)
    parser.close()
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, printed in enumerate(parser.rows):
        column = 0
        for row_span, column_span, text in printed:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(row_span) for c in range(column_span)}
            cells.append(GridCell(row, column, row_span, column_span, text))
            column += column_span
    return Grid(tuple(cells))


def grid_of_rows(rows: Sequence[Sequence[str]]) -> Grid:
    """The grid of a table without spans, from its rows."""
    return Grid(tuple(GridCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)))


def grid_of_record(table: Mapping[str, Any]) -> Grid:
    """The grid of a table as records have it."""
    keys = ("row", "column", "row_span", "column_span", "text")
    cells = [GridCell(*(cell[key] for key in keys)) for cell in table["cells"]]
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


class _TableParser(HTMLParser):
    """Collects the rows of the first table: for each cell its spans and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[tuple[int, int, str]]] = []
        self._cell: tuple[int, int] | None = None
        self._text: list[str] = []
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        if tag in ("tr", "td", "th"):
            self._end_cell()
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            attributes = dict(attrs)
            self._cell = (int(attributes.get("rowspan") or 1), int(attributes.get("colspan") or 1))
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        self._done = self._done or tag == "table"

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._cell and self.rows:
            self.rows[-1].append((*self._cell, "".join(self._text).strip()))
        self._cell, self._text = None, []
