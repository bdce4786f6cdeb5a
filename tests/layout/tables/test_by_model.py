"""The structure model's cells and the words: which of them is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocrcli.engine.structure import SeenCell
from ocrcli.layout.tables.by_model import contradicts, grid_of_cells, halves_a_column, misses_columns
from ocrcli.layout.tables.by_words import grid_of_words
from ocrcli.layout.tables.grid import Grid
from ocrcli.layout.upright import Piece
from tests.layout.tables.test_splitting import EM, word

COLUMNS = (10, 120, 230)


def printed(rows: int) -> list[Piece]:
    return [word(f"{row}{column}0", x, 20 + 30 * row) for row in range(rows) for column, x in enumerate(COLUMNS)]


def seen(rows: int, columns: Sequence[tuple[float, float]]) -> list[SeenCell]:
    return [
        SeenCell(row, column, 1, 1, (x0, 10 + 30 * row, x1, 30 + 30 * row))
        for row in range(rows)
        for column, (x0, x1) in enumerate(columns)
    ]


THREE = [(10, 40), (120, 150), (230, 260)]


def test_the_model_is_believed_where_the_words_agree() -> None:
    found = grid_of_cells(seen(3, THREE), printed(3), EM)
    assert found is not None
    assert (found[0].rows, found[0].columns) == (3, 3)
    assert not contradicts(*found, EM)


def test_a_word_stands_in_the_row_of_the_words_beside_it() -> None:
    """The model sees one cell of the last column a line too low."""
    cells = seen(3, THREE)
    cells = [SeenCell(0, 2, 1, 1, (230, -20, 260, 0)) if (c.row, c.column) == (0, 2) else c for c in cells]
    cells = [SeenCell(1, 2, 1, 1, (230, 10, 260, 60)) if (c.row, c.column) == (1, 2) else c for c in cells]
    found = grid_of_cells(cells, printed(3), EM)
    assert found is not None
    grid, words = found
    assert [grid.square_at((p.cx, p.cy)) for p in words if p.text.endswith("20")] == [(0, 2), (1, 2), (2, 2)]


def test_a_column_that_the_model_misses_is_noticed() -> None:
    words = [word(f"{row}{column}0", x, 20 + 30 * row) for row in range(4) for column, x in enumerate((10, 120, 170))]
    own = grid_of_words(words, EM)
    found = grid_of_cells(seen(4, [(10, 40), (120, 200)]), words, EM)
    assert own is not None
    assert found is not None
    assert (found[0].columns, own.columns) == (2, 3)
    assert misses_columns(*found, own)
    assert not misses_columns(own, words, own)


def test_words_far_apart_are_no_one_cell() -> None:
    head, *body = [c for c in seen(8, THREE) if (c.row, c.column) not in ((0, 1), (0, 2))]
    cells = [replace(head, columns=3, box=(10, 10, 260, 30)), *body]
    found = grid_of_cells(cells, printed(8), EM)
    assert found is not None
    assert contradicts(*found, EM)


def test_a_centred_head_is_no_column_beside_the_cells_below_it() -> None:
    body = [word("12", 20, y, 60) for y in (60, 100)]
    grid = Grid((0.0, 100.0, 200.0), (0.0, 40.0, 80.0, 120.0), (), "model")
    assert halves_a_column(grid, [word("Name", 110, 20, 190), *body])
    assert not halves_a_column(grid, [word("Name", 110, 20, 190), *body, word("3", 110, 60, 190)])
