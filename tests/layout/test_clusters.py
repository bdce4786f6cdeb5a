"""Lines near each other that run the same way are one group; far ones and those that run another way are not in it."""

from __future__ import annotations

from ocrcli.geometry import Affine, quad_of_box
from ocrcli.layout.clusters import clusters
from ocrcli.page import Line


def block(x: float, y: float, count: int = 3, gap: float = 10.0, degrees: float = 0.0) -> list[Line]:
    """Lines of 200 × 20 px below each other, turned about the picture's middle."""
    turned = Affine.turning(degrees, 1000, 1000)[0]
    quads = [quad_of_box(x, y + (20 + gap) * i, x + 200, y + 20 + (20 + gap) * i) for i in range(count)]
    return [Line(f"{x} {i}", 0.9, turned.quad(quad)) for i, quad in enumerate(quads)]


def test_blocks_that_lie_apart_are_groups() -> None:
    first, second = block(100, 100), block(600, 500)
    assert clusters([*first, *second]) == [first, second]


def test_wide_print_is_a_group_of_its_own_reach() -> None:
    close, wide = block(100, 100), block(100, 400, gap=50.0)
    assert clusters([*close, *wide]) == [close, wide]
    joined = block(100, 100, count=2) + block(100, 200, count=2)
    assert clusters(joined) == [joined[:2], joined[2:], joined]


def test_lines_that_run_another_way_are_not_in_the_group() -> None:
    level, upright = block(400, 450), block(360, 560, degrees=90.0)
    assert clusters([*level, *upright]) == [level, upright]


def test_single_lines_are_no_group() -> None:
    assert clusters([]) == []
    assert clusters(block(100, 100, count=1) + block(600, 800, count=1)) == []
