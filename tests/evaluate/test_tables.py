from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.errors import OcrError
from ocrcli.evaluate.grids import Grid, GridCell, grid_of_html, grid_of_record, grid_of_rows
from ocrcli.evaluate.score import Tally
from ocrcli.evaluate.tables import score_tables
from ocrcli.evaluate.teds import teds

SPANS = (
    "<table><thead><tr><th rowspan=2>品名</th><td colspan=2>产量&amp;价</td></tr></thead>"
    "<tr><td>增<b>长</b></td><td>率<br>%</td></tr><tr><td>荔枝<td>11<td></tr></table><table><tr><td>no</td></tr></table>"
)


def a_record(*grids: Grid) -> dict[str, Any]:
    return {"tables": [{"cells": [vars(cell) for cell in grid.cells]} for grid in grids]}


def test_html_with_spans_takes_the_places_a_browser_gives() -> None:
    assert grid_of_html(SPANS).cells == (
        GridCell(0, 0, 2, 1, "品名"),
        GridCell(0, 1, 1, 2, "产量&价"),
        GridCell(1, 1, 1, 1, "增长"),
        GridCell(1, 2, 1, 1, "率 %"),
        GridCell(2, 0, 1, 1, "荔枝"),
        GridCell(2, 1, 1, 1, "11"),
        GridCell(2, 2, 1, 1, ""),
    )
    assert (grid_of_html(SPANS).rows, grid_of_html(SPANS).columns) == (3, 3)
    assert (Grid(()).rows, Grid(()).columns) == (0, 0)


def test_a_record_gives_its_cells_in_order() -> None:
    grid = grid_of_rows([["a", "b"], ["c", "d"]])
    backwards = {"cells": [vars(cell) for cell in reversed(grid.cells)]}
    assert grid_of_record(backwards) == grid


ROWS = st.lists(st.lists(st.text("ab", max_size=2), min_size=1, max_size=3), min_size=1, max_size=3)


@settings(deadline=None)
@given(ROWS, ROWS)
def test_teds_is_one_for_the_same_and_between_otherwise(one: list[list[str]], other: list[list[str]]) -> None:
    a, b = grid_of_rows(one), grid_of_rows(other)
    assert teds(a, a) == 1.0
    assert 0.0 <= teds(a, b) <= teds(a, b, structure_only=True) <= 1.0
    assert teds(a, b) == pytest.approx(teds(b, a))


def test_teds_by_hand() -> None:
    table = grid_of_rows([["a", "b"], ["c", "d"]])  # 2 rows and 4 cells: 6 nodes
    assert teds(table, grid_of_rows([["a", "b"], ["c", "x"]])) == pytest.approx(1 - 1 / 6)
    assert teds(table, grid_of_rows([["a", "b"], ["c"]])) == pytest.approx(1 - 1 / 6)
    assert teds(table, grid_of_rows([["a", "b"]])) == pytest.approx(1 - 3 / 6)
    assert teds(table, grid_of_rows([["a", "b"], ["c", "x"]]), structure_only=True) == 1.0
    spanned = Grid((GridCell(0, 0, 1, 2, "a"), GridCell(1, 0, 1, 1, "c"), GridCell(1, 1, 1, 1, "d")))
    assert teds(table, spanned) == pytest.approx(1 - 2 / 6)
    assert teds(table, Grid(())) == 0.0


def test_without_apted_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apted", None)
    with pytest.raises(OcrError, match=r"ocrcli\[eval\]") as caught:
        teds(Grid(()), Grid(()))
    assert caught.value.code == "model_missing"


def test_a_table_that_is_right() -> None:
    truth = [{"html": SPANS, "rows": 3, "cols": 3}]
    assert score_tables(truth, [a_record(grid_of_html(SPANS))]).tallies == {
        "tables_counted": Tally(1, 1),
        "rows_right": Tally(1, 1),
        "columns_right": Tally(1, 1),
        "cells_right": Tally(6, 6),
        "teds": Tally(1, 1),
        "teds_structure": Tally(1, 1),
    }


def test_a_column_too_many_and_a_cell_that_moved() -> None:
    truth = [{"cells": [["a", "b"], ["c", "d"]], "rows": 2, "cols": 2}]
    score = score_tables(truth, [a_record(grid_of_rows([["a", "b"], ["", "c", "d"]]))])
    assert score.tallies["rows_right"] == Tally(1, 1)
    assert score.tallies["columns_right"] == Tally(0, 1)
    assert score.tallies["cells_right"] == Tally(2, 4)
    assert ("cell 1,0", "c", "") in {(m.key, m.truth, m.read) for m in score.mismatches}


def test_cells_of_which_only_a_part_is_known() -> None:
    truth = [{"rows": None, "cells": {"0": ["a", "b", "b"], "1,1": "d", "somewhere": ["c", "z"]}}]
    score = score_tables(truth, [a_record(grid_of_rows([["a", "b"], ["c", "d"]]))])
    assert score.tallies["cells_right"] == Tally(2 + 1 + 1, 6)
    assert [(m.key, m.truth) for m in score.mismatches] == [("cells 0", "b"), ("cells somewhere", "z")]
    assert "rows_right" not in score.tallies
    assert "teds" not in score.tallies


def test_each_true_table_meets_the_read_one_that_is_like_it() -> None:
    one, other = [["a", "b"]], [["x", "y"]]
    score = score_tables([{"cells": other}, {"cells": one}], [a_record(grid_of_rows(one), grid_of_rows(other))])
    assert score.tallies["cells_right"] == Tally(4, 4)
    assert score.tallies["tables_counted"] == Tally(1, 1)


@pytest.mark.parametrize(("tables", "right"), [(0, 0), (1, 0), (2, 1)])
def test_how_many_tables_there_are(tables: int, right: int) -> None:
    read = [grid_of_rows([["a"]])] * tables
    assert score_tables([{"tables": 2}], [a_record(*read)]).tallies == {"tables_counted": Tally(right, 1)}


def test_a_failed_page_has_no_table() -> None:
    score = score_tables([{"cells": [["a", "b"]], "rows": 1, "cols": 2}], [{"error": {"code": "unreadable"}}])
    assert {name: t.count for name, t in score.tallies.items()} == dict.fromkeys(score.tallies, 0)
    assert score.tallies["teds"] == Tally(0, 1)
