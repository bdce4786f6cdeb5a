"""Letters that are strewn over a paper's ground do not get into the values that are printed on it."""

from __future__ import annotations

import pytest

from ocrcli.forms.ground import without_ground
from tests.layout.cards import box, page

GROUND = ("SCJDGL", "市场监督管理")


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("SCJDGL", None),
        ("CJDG", None),
        ("市S场D监督", None),
        ("市场监督", None),
        ("石磨街道八组142号SCJDGL", "石磨街道八组142号"),
        ("（副本）GL", "（副本）"),
        ("SC住所", "住所"),
        ("某某市市场监督管理局", "某某市市场监督管理局"),
        ("甲字园区A栋GL2", "甲字园区A栋GL2"),
        ("91SCJDGL", "91SCJDGL"),
        ("S", "S"),
    ],
)
def test_only_the_ground_goes(printed: str, left: str | None) -> None:
    lines = without_ground(page(box("名称", 100, 100), box(printed, 200, 100)), GROUND).lines
    assert [line.text for line in lines] == (["名称"] if left is None else ["名称", left])


def test_a_paper_without_such_letters_is_left_as_it_is() -> None:
    reading = page(box("SCJDGL", 100, 100))
    assert without_ground(reading, ()) is reading
