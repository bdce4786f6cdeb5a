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


def test_the_two_sides_of_one_document_that_run_different_ways_are_two_parts() -> None:
    sides = Kind("card", "卡", "card", (Title(("样本会员证卡",)), Title(("持有人须知事项",))))
    front = receipt(0, 0, ("样本会员证卡", "正文的第一行", "甲"))
    back = [Line("持有人须知事项", 0.9, ((400.0, 0.0), (400.0, 150.0), (380.0, 150.0), (380.0, 0.0)))]
    parts = split([*back, *front], [sides])
    assert sorted([line.text for line in part] for part in parts) == [["持有人须知事项"], [line.text for line in front]]
    assert [len(part) for part in split(front + receipt(400, 0, ("持有人须知事项",)), [sides])] == [4]


def test_a_turned_line_that_says_nothing_stays_with_its_document() -> None:
    turned = Line("第二联", 0.9, ((200.0, 0.0), (200.0, 150.0), (180.0, 150.0), (180.0, 0.0)))
    assert [len(part) for part in split([*receipt(0, 0), turned], [RECEIPT])] == [len(PRINT) + 1]


def test_the_order_of_lines_does_not_matter() -> None:
    lines = receipt(0, 0) + receipt(200, 0)
    for order in list(permutations(range(len(lines))))[:50]:
        assert len(split([lines[i] for i in order], [RECEIPT])) == 2


def test_no_lines_are_one_part() -> None:
    assert split([], [RECEIPT]) == [[]]
