"""Grids that words make: columns close together, in boxes as detectors pad them."""

from __future__ import annotations

from ocrcli.layout.tables.by_words import grid_of_words
from tests.layout.tables.test_splitting import EM, word


def test_padded_boxes_that_touch_are_columns() -> None:
    rows = [
        [word("160.0", 100, y, 152), word("110", 152, y, 190), word("3.90", 205, y, 245), word("2.620", 246, y, 300)]
        for y in range(20, 200, 30)
    ]
    grid = grid_of_words([piece for row in rows for piece in row], EM)
    assert grid is not None
    assert (grid.rows, grid.columns) == (6, 4)
