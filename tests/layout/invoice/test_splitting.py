"""Which print belongs to which of several invoices on a page."""

from __future__ import annotations

import pytest

from ocrcli.layout.invoice.splitting import parted

from .pieces import Placed, pieces


def invoice(name: str, x: float = 0.0, y: float = 0.0) -> tuple[Placed, ...]:
    """An invoice of 400 × 260 whose every text bears a name."""
    return (
        (x + 300, y + 10, f"发票号码：{name}"),
        (x + 20, y + 40, f"名称：样张{name}"),
        (x + 20, y + 70, f"货物或应税劳务、服务名称规格型号单位数量单价金额税率税额{name}"),
        (x + 300, y + 100, f"10.00 {name}"),
        (x + 20, y + 200, f"价税合计（大写）{name}"),
        (x + 20, y + 240, f"开票人：{name}"),
    )


def names(*placed: Placed) -> list[set[str]]:
    """The names in each part."""
    return [{piece.lines[0].text[-1] for piece in part} for part in parted(pieces(*placed))]


@pytest.mark.parametrize(
    "places",
    [
        {"A": (0, 0)},
        {"A": (0, 0), "B": (450, 0)},
        {"A": (0, 0), "B": (450, 12)},
        {"A": (0, 0), "B": (0, 300)},
        {"A": (0, 0), "B": (0, 300), "C": (0, 600)},
        {"A": (0, 0), "B": (450, 0), "C": (0, 300), "D": (450, 300)},
    ],
)
def test_each_invoice_has_its_own_print(places: dict[str, tuple[float, float]]) -> None:
    assert names(*(text for name, place in places.items() for text in invoice(name, *place))) == [{n} for n in places]


def test_a_page_that_is_no_invoice_stays_whole() -> None:
    assert [len(part) for part in parted(pieces((0, 0, "样张"), (0, 500, "第二行")))] == [2]


def test_two_totals_without_a_second_head_are_one_invoice() -> None:
    second = ((20.0, 500.0, "价税合计（大写）A"),)
    assert len(parted(pieces(*invoice("A"), *second))) == 1
