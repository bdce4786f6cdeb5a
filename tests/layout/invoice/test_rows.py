"""Rows of an invoice cut between its cells."""

from __future__ import annotations

import pytest

from ocrcli.layout.invoice.rows import rows_of

from .pieces import Placed, pieces

ADDRESS = "样本省样本市样本路"


def between(x0: float, x1: float, *placed: Placed) -> str:
    [row] = rows_of(pieces(*placed))
    part = row.between(x0, x1)
    return part.text if part else ""


@pytest.mark.parametrize(
    ("placed", "left", "right"),
    [
        (((0, 0, ADDRESS), (120, 0, "备注")), ADDRESS, "备注"),
        (((0, 0, ADDRESS), (90, 0, "7342"), (150, 0, "备注")), f"{ADDRESS}7342", "备注"),
        (((0, 0, ADDRESS), (95, 0, "7342"), (150, 0, "备注")), ADDRESS, "7342\t备注"),
    ],
)
def test_the_end_of_a_long_text_stays_with_it(placed: tuple[Placed, ...], left: str, right: str) -> None:
    assert between(float("-inf"), 91, *placed) == left
    assert between(91, float("inf"), *placed) == right
