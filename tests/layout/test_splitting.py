"""Documents of one kind side by side are told apart; the parts of one document stay together."""

from __future__ import annotations

from itertools import permutations

from ocrcli.geometry import quad_of_box
from ocrcli.layout.splitting import split
from ocrcli.page import Line
from ocrcli.signs import Kind, Labels, Title

RECEIPT = Kind("receipt", "收据", "receipt", (Title(("样本专用收据",)), Labels(("金额", "单价", "数量", "备注"), 3)))
PRINT = ("样本专用收据", "金额 1.00", "单价 1.00", "数量 1", "备注")


def receipt(x: float, y: float, texts: tuple[str, ...] = PRINT) -> list[Line]:
    return [Line(text, 0.9, quad_of_box(x, y + 30 * i, x + 150, y + 30 * i + 20)) for i, text in enumerate(texts)]


def test_equal_receipts_are_told_apart() -> None:
    places = [(x, y) for x in (0, 170, 340, 510) for y in (0, 180, 360)]
    lines = [line for place in places for line in receipt(*place)]
    parts = split(lines, [RECEIPT])
    assert sorted(len(part) for part in parts) == [len(PRINT)] * 12
    assert all({line.text for line in part} == set(PRINT) for part in parts)


def test_the_parts_of_one_receipt_stay_together() -> None:
    lines = receipt(0, 0, PRINT[:3]) + receipt(400, 300, PRINT[3:])
    assert [len(part) for part in split(lines, [RECEIPT])] == [len(PRINT)]


def test_the_order_of_lines_does_not_matter() -> None:
    lines = receipt(0, 0) + receipt(200, 0)
    for order in list(permutations(range(len(lines))))[:50]:
        assert len(split([lines[i] for i in order], [RECEIPT])) == 2


def test_no_lines_are_one_part() -> None:
    assert split([], [RECEIPT]) == [[]]
