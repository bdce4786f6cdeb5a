"""Taxi receipts from saved readings of drawn specimens and from boxes; all companies are invented."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.receipts.taxi import SERVICE
from tests.services.boxes import Box, each, found, outcome, reading, saved, values

PITCH = 40.0
ROWS = (
    ("车号：", "BDP0291"),
    ("证号：", "110953"),
    ("日期：", "2023年12月03日"),
    ("上车：", "10:34"),
    ("下车：", "10:54"),
    ("单价：", "2.70元"),
    ("里程：", "10.56KM"),
    ("等候：", "00:07:52"),
    ("金额：", "￥39.50元"),
    ("另收附加费：", "￥ 1.00元"),
    ("另收电召费：", "￥ 0.00元"),
)
HEAD: tuple[Box, ...] = (
    ("深圳市出租汽车专用发票", 100, 60),
    ("发票代码", 100, 140),
    ("144992270119", 240, 140),
    ("发票号码", 100, 190),
    ("13284038", 240, 190),
    ("投诉电话：12328", 100, 240),
    ("单位名称：深圳市望潮出租小汽车有限公司", 100, 290),
)
SAYS = {
    "location": "深圳市",
    "code": "144992270119",
    "number": "13284038",
    "phone_number": "12328",
    "company": "深圳市望潮出租小汽车有限公司",
    "taxi_number": "BDP0291",
    "certificate_number": "110953",
    "date": "2023-12-03",
    "boarding_time": "10:34",
    "alighting_time": "10:54",
    "unit_price": "2.70",
    "distance": "10.56",
    "waiting_time": "00:07:52",
    "fare": "39.50",
    "fuel_oil_surcharge": "1.00",
    "call_service_surcharge": "0.00",
    "total": "40.50",
}


def receipt(down: float = 0.0, rows: tuple[tuple[str, str], ...] = ROWS) -> tuple[Box, ...]:
    """A receipt whose values are printed so many rows too low."""
    labels = tuple((label, 100, 400 + PITCH * i) for i, (label, _) in enumerate(rows))
    return (*HEAD, *labels, *((value, 300, 400 + PITCH * (i + down)) for i, (_, value) in enumerate(rows) if value))


def told(*boxes: Box) -> dict[str, object]:
    says = values(found(SERVICE, reading(*boxes)))
    return {key: value for key, value in says.items() if value is not None and key != "confidence"}


@pytest.mark.parametrize("down", [0, 0.3, -0.3, 0.5, -0.5, 0.8, 1, 1.1, -0.8])
def test_print_out_of_register_goes_to_its_labels(down: float) -> None:
    assert told(*receipt(down)) == SAYS


@pytest.mark.parametrize("name", ["shenzhen", "beijing"])
def test_specimens(name: str) -> None:
    page, expected = saved("taxi", name)
    says = values(found(SERVICE, page))
    assert {key: says[key] for key in expected} == expected


def test_labels_and_values_in_one_box() -> None:
    joined = tuple((label + value, 100.0, 400 + PITCH * i) for i, (label, value) in enumerate(ROWS))
    assert told(*HEAD, *joined) == SAYS


def test_other_words_for_the_same() -> None:
    rows = (
        ("车牌号", "京B·T1234"),
        ("从业资格证号", "A123456"),
        ("日期", "23-12-03"),
        ("时间", "23:50-00:20"),
        ("单价", "2.30元/km"),
        ("里程", "9.8公里"),
        ("候时", "03:12"),
        ("金额", "33.00"),
        ("燃油附加费", "1.00"),
        ("预约叫车服务费", "6.00"),
        ("实收金额", "40.00元"),
    )
    says = told(*receipt(rows=rows))
    assert says["taxi_number"] == "京BT1234"
    assert says["certificate_number"] == "A123456"
    assert says["date"] == "2023-12-03"
    assert says["time"] == "23:50-00:20"
    assert says["distance"] == "9.8"
    assert says["waiting_time"] == "03:12"
    assert says["total"] == "40.00"
    assert outcome(found(SERVICE, reading(*receipt(rows=rows))), "taxi-sum") == [True]


def test_a_sum_that_is_not_that_of_its_parts() -> None:
    rows = (*ROWS[:8], ("金额", "33.00"), ("燃油附加费", "1.00"), ("实收金额", "36.00"))
    assert outcome(found(SERVICE, reading(*receipt(rows=rows))), "taxi-sum") == [False]


def test_a_total_made_from_its_parts_proves_nothing() -> None:
    assert outcome(found(SERVICE, reading(*receipt())), "taxi-sum") == [None]


def test_no_total_where_a_part_was_not_read() -> None:
    rows = (*ROWS[:9], ("另收附加费：", ""), ROWS[10])
    assert "total" not in told(*receipt(rows=rows))


def test_times_the_wrong_way_round() -> None:
    rows = (*ROWS[:3], ("上车：", "10:54"), ("下车：", "10:34"), *ROWS[5:])
    assert outcome(found(SERVICE, reading(*receipt(rows=rows))), "time-order") == [False]


def test_a_label_that_was_not_read() -> None:
    boxes = tuple(box for box in receipt() if box[0] != "下车：")
    ticket = found(SERVICE, reading(*boxes))
    assert values(ticket)["alighting_time"] == "10:54"
    assert ticket.evidence["alighting_time"].doubtful


def test_several_in_one_picture() -> None:
    second = tuple((text.replace("13284038", "07219977"), x + 900, y) for text, x, y in receipt(1))
    receipts = each(SERVICE, reading(*receipt(), *second))
    assert [values(one)["number"] for one in receipts] == ["13284038", "07219977"]
    assert {values(one)["fare"] for one in receipts} == {"39.50"}


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (("增值税普通发票", 100, 60), *HEAD[1:5], ("日期", 100, 400), ("单价", 100, 440), ("金额", 100, 480)),
        HEAD[3:],
    ],
    ids=["empty", "VAT invoice", "a part"],
)
def test_what_is_no_receipt(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
