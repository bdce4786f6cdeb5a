import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.layout.flatten import flattened
from ocrcli.layout.upright import Piece
from ocrcli.page import Line

LINE = Line("文字文字文字", 1.0, ((0, 0), (1, 0), (1, 1), (0, 1)))


def row_at(y: float, sag: float) -> list[Piece]:
    """Eight pieces of one row on paper that sags by `sag` at x = 500, like a parabola."""

    def point(x: float) -> tuple[float, float]:
        return x, y + sag * (1 - ((x - 500) / 500) ** 2)

    return [Piece((LINE,), point(x), point(x + 100), 20.0) for x in range(0, 1000, 125)]


@given(st.floats(-40, 40))
@settings(deadline=None)
def test_rows_of_bent_paper_become_level(sag: float) -> None:
    flat = flattened([piece for y in range(100, 1100, 100) for piece in row_at(y, sag)])
    for number in range(10):
        heights = [piece.cy for piece in flat[8 * number : 8 * number + 8]]
        assert max(heights) - min(heights) < max(1.5, 0.1 * abs(sag))


def test_paper_that_lies_flat_is_left_alone() -> None:
    pieces = [piece for y in (100, 200) for piece in row_at(y, 0)]
    assert flattened(pieces) == pieces


def test_a_slanting_seal_does_not_bend_the_page() -> None:
    seal = Piece((LINE,), (400, 500), (500, 525), 20.0)
    pieces = [piece for y in range(100, 1100, 50) for piece in row_at(y, 0)]
    for before, after in zip(pieces, flattened([*pieces, seal]), strict=False):
        assert after.cy == pytest.approx(before.cy, abs=1.0)
