"""Rows and columns of drawn tables as reports print them, found from their PDF pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import ocrcli
from ocrcli.evaluate.grids import grid_of_html, grid_of_record
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase

SEED = 20  # not one that the weights were trained on

Shape = set[tuple[int, int, int, int]]


def shapes(kind: str, folder: Path) -> tuple[list[Shape], list[Shape]]:
    """The cells of each table, by their places and spans: as they were drawn, and as they are found."""
    draw = all_documents()["table"].pdf
    assert draw is not None
    content, truth = draw(Order(SEED, kind, Typecase.carried()))
    file = folder / f"{kind}.pdf"
    file.write_bytes(content)
    [record] = ocrcli.read(file, service="table")
    drawn = [grid_of_html(table["html"]) for table in truth.tables]
    found = [grid_of_record(table.model_dump()) for table in record.tables or ()]
    return [_shape(grid.cells) for grid in drawn], [_shape(grid.cells) for grid in found]


def _shape(cells: object) -> Shape:
    return {(c.row, c.column, c.row_span, c.column_span) for c in cells}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind",
    ["scientific", "head-rule", "level-rules", "third-rules", "head-grid", "wrapped", "tight", "two", "side-labels"],
)
def test_a_table_is_found_cell_by_cell(kind: str, tmp_path: Path) -> None:
    drawn, found = shapes(kind, tmp_path)
    assert found == drawn
