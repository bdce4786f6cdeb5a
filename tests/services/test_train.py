"""Train tickets from saved readings of drawn specimens and from boxes; all people are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrcli.errors import OcrError
from ocrcli.geometry import Affine
from ocrcli.services.receipts.train import SERVICE
from tests.services.boxes import Box, each, found, outcome, reading, saved, values

TICKET: tuple[Box, ...] = (
    ("E053568", 100, 60),
    ("检票:9A", 700, 60),
    ("桂林北站", 140, 140),
    ("K1462", 440, 140),
    ("呼和浩特东站", 660, 140),
    ("Guilinbei", 140, 190),
    ("Huhehaotedong", 660, 190),
    ("2019年03月05日07:08开", 100, 240),
    ("08车015号下铺", 620, 240),
    ("￥553.5元", 100, 290),
    ("网折", 400, 290),
    ("新空调硬卧", 640, 290),
    ("限乘当日当次车", 100, 340),
    ("始发改签", 100, 390),
    ("1199901990****0012样小张", 100, 440),
    ("买票请到12306 发货请到95306", 160, 500),
    ("12345678901234E053568 桂林北售", 100, 600),
)
LEAVES = "2019年03月05日07:08"
SAYS = {
    "ticket_id": "E053568",
    "check_port": "9A",
    "train_number": "K1462",
    "departure_station": "桂林北站",
    "destination_station": "呼和浩特东站",
    "departure_station_en": "Guilinbei",
    "destination_station_en": "Huhehaotedong",
    "departure_time": LEAVES,
    "seat_number": "08车015号下铺",
    "ticket_price": "553.50",
    "sale_method": "网",
    "seat_category": "新空调硬卧",
    "ticket_changing": "始发改签",
    "id_number": "1199901990****0012",
    "name": "样小张",
    "log_id": "12345678901234E053568",
    "sale_location": "桂林北",
    "invoice_style": "paper",
    "seal_mark": False,
}


def swapped(old: str, *new: Box) -> tuple[Box, ...]:
    assert any(text == old for text, _, _ in TICKET)
    return tuple(box for box in TICKET if box[0] != old) + new


def told(*boxes: Box) -> dict[str, object]:
    says = values(found(SERVICE, reading(*boxes)))
    return {key: value for key, value in says.items() if value is not None and key != "confidence"}


def test_a_paper_ticket() -> None:
    ticket = found(SERVICE, reading(*TICKET))
    assert told(*TICKET) == SAYS
    assert not [key for key, evidence in ticket.evidence.items() if evidence.doubtful]
    assert outcome(ticket, "rail-log-number") == [True]
    assert outcome(ticket, "gb11643") == []  # a masked number has no check digit


@pytest.mark.parametrize("name", ["blue", "red", "refund-old", "electronic-refund"])
def test_specimens(name: str) -> None:
    page, expected = saved("train", name)
    says = values(found(SERVICE, page))
    assert {key: says[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ("K1462", [("1461", 440, 140)], "train_number", "1461"),
        ("桂林北站", [("桂", 140, 140), ("林北站", 220, 140)], "departure_station", "桂林北站"),
        ("桂林北站", [("桂林北", 140, 140)], "departure_station", "桂林北站"),  # 站 is small print
        ("08车015号下铺", [("08车015号", 620, 240), ("下铺", 760, 240)], "seat_number", "08车015号下铺"),
        ("08车015号下铺", [("加18车无座", 620, 240)], "seat_number", "加18车无座"),
        ("2019年03月05日07:08开", [("2019年3月5日", 100, 240), ("7:08开", 270, 240)], "departure_time", LEAVES),
        ("检票:9A", [("候车:候车室5", 700, 60)], "check_port", "候车室5"),
        ("E053568", [("Z63L140983", 100, 60)], "ticket_id", "Z63L140983"),
        ("网折", [("学", 400, 290)], "discount_mark", "学"),
        ("始发改签", [("变更到站", 100, 390)], "ticket_changing", "变更到站"),
        ("1199901990****0012样小张", [("1199901990****0012", 100, 440), ("样小张", 380, 440)], "name", "样小张"),
    ],
)  # fmt: skip
def test_other_prints(old: str, new: list[Box], key: str, value: str) -> None:
    assert told(*swapped(old, *new))[key] == value


def test_a_ticket_number_that_is_not_the_foots() -> None:
    assert outcome(found(SERVICE, reading(*swapped("E053568", ("E053569", 100, 60)))), "rail-log-number") == [False]


def test_an_unmasked_number_is_checked() -> None:
    ticket = found(SERVICE, reading(*swapped("1199901990****0012样小张", ("119990199001020021", 100, 440))))
    assert outcome(ticket, "gb11643") == [False]
    assert values(ticket)["id_number"] == "119990199001020021"


def test_two_tickets_side_by_side() -> None:
    second = tuple((text.replace("桂林北", "上海"), x + 1200, y + 30) for text, x, y in TICKET)
    tickets = each(SERVICE, reading(*TICKET, *second))
    assert [values(ticket)["departure_station"] for ticket in tickets] == ["桂林北站", "上海站"]
    assert [ticket.document.count for ticket in tickets] == [2, 2]


def test_print_around_a_ticket_that_runs_another_way() -> None:
    page = reading(*TICKET)
    way = Affine.turning(17, page.width, page.height)[0]
    turned = tuple(replace(line, quad=way.quad(line.quad)) for line in page.lines)
    around = reading(*((text, 100, 1900 + 40 * i) for i, text in enumerate(["一页别的字" * 8] * 6))).lines
    ticket = found(SERVICE, replace(page, width=4000, height=4000, lines=(*turned, *around)))
    assert values(ticket)["departure_station"] == "桂林北站"
    assert values(ticket)["train_number"] == "K1462"


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (("中国银行", 100, 100), ("交易时间 2019年03月05日07:08", 100, 200), ("￥553.5元", 100, 300)),
        (("姓名", 100, 80), ("样张三", 180, 80), ("公民身份号码", 100, 400)),
        TICKET[:2],
    ],
    ids=["empty", "bank receipt", "identity card", "a strip of one"],
)
def test_what_is_no_ticket(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
