"""Edges of ruled grids that nothing needs are dropped; edges of merged and empty cells stay."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.geometry import Box, Point
from ocrcli.layout.tables.grid import Grid, Span, is_proper, spans_of
from ocrcli.layout.tables.needless import without_needless

EM = 20.0
XS, YS = (0.0, 20, 100, 200), (0.0, 40, 80, 120, 160)


def dots(places: Iterable[Point]) -> list[Box]:
    """Words too small to reach over anything."""
    return [(x, y, x, y) for x, y in places]


def test_a_long_edge_through_words_is_strokes_below_each_other() -> None:
    spans = [Span(0, 0, 1, 2), *(Span(row, column) for row in range(1, 4) for column in range(2))]
    spans += [Span(row, 2) for row in range(4)]
    whole = Grid(XS, YS, tuple(sorted(spans, key=lambda s: (s.row, s.column))), "rules")
    print_ = [(5.0, 10.0, 90.0, 30.0), (24.0, 50.0, 80.0, 70.0), (5.0, 90.0, 90.0, 110.0)]
    assert without_needless(whole, print_, EM).xs == (0, 100, 200)
    head_only = print_[:1]  # a head over two empty columns
    assert without_needless(whole, head_only, EM) == whole


def test_a_stroke_of_blurred_print_is_no_edge() -> None:
    spans = [Span(row, 0, 1, 2) for row in range(3)] + [Span(3, 0), Span(3, 1)] + [Span(row, 2) for row in range(4)]
    places = [(150.0, 20 + 40.0 * row) for row in range(4)] + [(30.0, 20 + 40.0 * row) for row in range(4)]
    whole = Grid(XS, YS, tuple(sorted(spans, key=lambda s: (s.row, s.column))), "rules")
    grid = without_needless(whole, dots(places), EM)
    assert (grid.xs, grid.ys) == ((0, 100, 200), YS)
    assert grid.spans == tuple(Span(row, column) for row in range(4) for column in range(2))


def test_an_edge_between_two_words_stays() -> None:
    spans = [Span(row, 0, 1, 2) for row in range(3)] + [Span(3, 0), Span(3, 1)] + [Span(row, 2) for row in range(4)]
    whole = Grid(XS, YS, tuple(sorted(spans, key=lambda s: (s.row, s.column))), "rules")
    assert without_needless(whole, dots([(10, 140), (60, 140)]), EM) == whole


def test_rules_beside_empty_cells_stay() -> None:
    form = Grid(XS, YS, tuple(Span(row, column) for row in range(4) for column in range(3)), "rules")
    assert without_needless(form, dots([(10, 20)]), EM) == form


@given(st.data())
def test_what_is_left_is_a_proper_grid_with_every_word_in_it(data) -> None:
    rows, columns = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    squares = [(row, column) for row in range(rows) for column in range(columns)]
    walls = [data.draw(st.sets(st.sampled_from(squares))) for _ in range(2)]
    whole = Grid(
        tuple(range(columns + 1)), tuple(range(rows + 1)), spans_of(rows, columns, walls[0], walls[1]), "rules"
    )
    places = [(column + 0.5, row + 0.5) for row, column in data.draw(st.sets(st.sampled_from(squares)))]
    grid = without_needless(whole, dots(places), EM)
    assert is_proper(grid.rows, grid.columns, grid.spans)
    assert all(grid.square_at(place) for place in places)
    assert without_needless(grid, dots(places), EM) == grid
