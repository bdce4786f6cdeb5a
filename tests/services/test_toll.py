"""Toll receipts from saved readings of drawn specimens and from boxes; all firms and stations are invented."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.receipts.toll import SERVICE
from tests.services.boxes import Box, each, found, outcome, reading, saved, values

HEAD: tuple[Box, ...] = (
    ("浙江省车辆通行费专用发票", 100, 60),
    ("发票代码", 100, 140),
    ("133992405629", 240, 140),
    ("发票号码", 100, 190),
    ("39912997", 240, 190),
)
ROWS = (
    ("入口站：", "青石东"),
    ("出口站：", "望潮南"),
    ("车    型：", "1型客车"),
    ("金    额：", "￥20.00元"),
    ("收费员：", "54889"),
    ("时    间：", "2024-09-26 14:50:19"),
)
SAYS = {
    "code": "133992405629",
    "number": "39912997",
    "entry": "青石东",
    "exit": "望潮南",
    "amount": "20.00",
    "cashier": "54889",
    "vehicle_type": "1型客车",
    "date": "2024-09-26",
    "time": "14:50:19",
}


def receipt(rows: tuple[tuple[str, str], ...] = ROWS, down: float = 0.0) -> tuple[Box, ...]:
    """A receipt whose values are printed so many rows too low."""
    labels = tuple((label, 100.0, 300 + 40.0 * i) for i, (label, _) in enumerate(rows))
    return (*HEAD, *labels, *((value, 300.0, 300 + 40 * (i + down)) for i, (_, value) in enumerate(rows) if value))


def told(*boxes: Box) -> dict[str, object]:
    says = values(found(SERVICE, reading(*boxes)))
    return {key: value for key, value in says.items() if value is not None and key != "confidence"}


@pytest.mark.parametrize("down", [0, 0.3, -0.3])
def test_print_a_little_off_its_labels(down: float) -> None:
    assert told(*receipt(down=down)) == SAYS


@pytest.mark.parametrize("name", ["tractor", "motorway", "bridge", "roll"])
def test_specimens(name: str) -> None:
    page, expected = saved("toll", name)
    says = values(found(SERVICE, page))
    assert {key: says[key] for key in expected} == expected


def test_day_and_time_each_with_a_label() -> None:
    rows = (*ROWS[:5], ("日期：", "2017-09-08"), ("时间：", "14:36:15"))
    says = told(*receipt(rows))
    assert (says["date"], says["time"]) == ("2017-09-08", "14:36:15")


def test_the_time_of_the_way_in_is_not_that_of_the_receipt() -> None:
    rows = (*ROWS[:5], ("入口时间：", "09-26 13:02"), ("出口时间：", "2024/09/26 14:50"))
    says = told(*receipt(rows))
    assert (says["date"], says["time"]) == ("2024-09-26", "14:50")


def test_a_stamp_beside_a_value_is_none_of_it() -> None:
    says = told(*receipt(), ("91993423GUU4JP85H1", 380, 460))
    assert says["cashier"] == "54889"


def test_a_code_that_is_older_than_six_years() -> None:
    rows = (*ROWS[:5], ("时间：", "2031-09-26 14:50:19"))
    assert outcome(found(SERVICE, reading(*receipt(rows))), "invoice-code") == [False]
    assert outcome(found(SERVICE, reading(*receipt())), "invoice-code") == [True]


def test_a_day_that_is_in_no_calendar_stays_and_fails() -> None:
    rows = (*ROWS[:5], ("日期：", "2021-02-30"), ("时间：", "14:50:19"))
    page = found(SERVICE, reading(*receipt(rows)))
    assert values(page)["date"] == "2021-02-30"
    assert outcome(page, "date-real") == [False]


def test_two_in_one_picture() -> None:
    second = tuple((text.replace("39912997", "07219977"), x + 900, y) for text, x, y in receipt())
    assert [values(one)["number"] for one in each(SERVICE, reading(*receipt(), *second))] == ["39912997", "07219977"]


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (
            ("浙江增值税电子普通发票", 100, 60),
            *HEAD[1:],
            ("开票日期", 100, 300),
            ("金额", 100, 340),
            ("通行费", 100, 380),
        ),
        (("样本市出租汽车专用发票", 100, 60), *HEAD[1:], ("上车", 100, 300), ("下车", 100, 340), ("金额", 100, 380)),
        HEAD[3:],
    ],
    ids=["empty", "VAT invoice", "taxi receipt", "a part"],
)
def test_what_is_no_receipt(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
