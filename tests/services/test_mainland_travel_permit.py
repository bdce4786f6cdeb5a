"""Mainland travel permits from boxes; all people are invented."""

from __future__ import annotations

from datetime import date

import pytest

from ocrcli.checks.mrz import TD1
from ocrcli.errors import OcrError
from ocrcli.services.cards.exit_entry_permit import SERVICE as EXIT_ENTRY
from ocrcli.services.cards.mainland_travel_permit import SERVICE
from ocrcli.services.kinds import looks_like
from ocrcli.specimens.mrz import Holder, zone
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, failed, fields, found
from tests.services.test_exit_entry_permit import CARD as EXIT_ENTRY_CARD

NUMBER = "H00001234"
ZONE = zone(
    TD1,
    Holder("CR", "CHN", NUMBER, "YANG", "ZHANGSAN", "CHN", date(1981, 8, 3), female=True, expiry=date(2032, 9, 22)),
)
FRONT = (
    ("港澳居民来往内地通行证", 300, 40),
    ("MAINLAND TRAVEL PERMIT FOR HONG KONG AND MACAO RESIDENTS", 300, 80),
    ("姓名 Name", 400, 130),
    ("样张三", 400, 170),
    ("YANG, ZHANGSAN", 400, 210),
    ("出生日期 Date of birth", 400, 260),
    ("1981.08.03", 400, 300),
    ("性别 Sex", 750, 260),
    ("女", 750, 300),
    ("有效期限 Period of validity", 400, 350),
    ("2022.09.23 - 2032.09.22", 400, 390),
    ("签发机关 Issuing authority", 400, 440),
    ("公安部出入境管理局", 400, 480),
    ("换证次数 Issue times", 800, 440),
    ("02", 800, 480),
    ("证件号码 Document No.", 400, 540),
    (NUMBER, 750, 540),
)
BACK: Boxes = (
    ("身份证件姓名", 60, 800),
    ("YANG, ZHANGSAN", 330, 800),
    ("身份证件号码", 60, 850),
    ("X123456(1)", 330, 850),
    *((line, 60, 1000 + 60 * row) for row, line in enumerate(ZONE)),
)
PRINTED = {
    "type": "港澳居民来往内地通行证",
    "name": "样张三",
    "name_en": "YANG, ZHANGSAN",
    "sex": "女",
    "birth_date": "1981-08-03",
    "valid_period": "2022-09-23至2032-09-22",
    "issuing_authority": "公安部出入境管理局",
    "number": NUMBER,
    "issue_times": "02",
}
BEHIND = {"id_name": "YANG, ZHANGSAN", "id_number": "X123456(1)", "mrz": ZONE}


def test_a_front() -> None:
    permit = found(SERVICE, page(*FRONT))
    assert fields(permit) == PRINTED
    assert permit.document.side == "front"
    assert failed(permit) == set()


def test_a_back() -> None:
    permit = found(SERVICE, page(*BACK))
    assert fields(permit) == BEHIND | {"number": NUMBER}
    assert permit.document.side == "back"
    assert permit.evidence["mrz"].source == "mrz" and permit.evidence["number"].source == "derived"
    assert [check.passed for check in permit.checks if check.rule == "mrz-td1"] == [True]


def test_both_sides() -> None:
    permit = found(SERVICE, page(*FRONT, *BACK))
    assert fields(permit) == PRINTED | BEHIND
    assert permit.document.side == "double_side"
    assert failed(permit) == set()
    assert {check.rule for check in permit.checks if check.passed} >= {"mrz-td1", "mrz-vs-print", "sides-agree"}


def test_a_permit_of_taiwan() -> None:
    card = swapped(swapped(FRONT, "港澳居民来往内地通行证", "台湾居民来往大陆通行证"), NUMBER, "00001234")
    card = swapped(card, FRONT[1][0], "MAINLAND TRAVEL PERMIT FOR TAIWAN RESIDENTS")
    told = fields(found(SERVICE, page(*card)))
    assert (told["type"], told["number"]) == ("台湾居民来往大陆通行证", "00001234")


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        (ZONE[1], ZONE[1][:-1] + str((int(ZONE[1][-1]) + 1) % 10), "mrz-td1", ("mrz",)),
        ("1981.08.03", "1981.08.04", "mrz-vs-print", ("mrz", "birth_date", "valid_period")),
        ("2022.09.23 - 2032.09.22", "2022.09.23 - 2032.09.31", "date-real", ("valid_period",)),
        (NUMBER, "H00001235", "sides-agree", ("number",)),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    assert (rule, keys) in failed(found(SERVICE, page(*swapped((*FRONT, *BACK), old, new))))


def test_two_cards_in_a_picture_are_two_documents() -> None:
    other = swapped(FRONT, "样张三", "样张四")
    assert [fields(card)["name"] for card in all_found(SERVICE, page(*FRONT, *moved(other, 0, 800)))] == [
        "样张三",
        "样张四",
    ]


PASSPORT = (("护照", 100, 40), ("PASSPORT", 100, 80), ("姓名/Name", 400, 130), ("出生日期/Date of birth", 400, 260))


@pytest.mark.parametrize("boxes", [(), PASSPORT, EXIT_ENTRY_CARD, FRONT[5:9], BACK[4:]])
def test_other_documents_and_pieces_of_a_card(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert refused.value.code == "not_this_document"


def test_it_is_no_exit_entry_permit() -> None:
    for boxes, service in ((FRONT, SERVICE), (EXIT_ENTRY_CARD, EXIT_ENTRY)):
        kind = looks_like(page(*boxes).lines)
        assert kind is not None and kind.type == service.type
    with pytest.raises(OcrError):
        found(EXIT_ENTRY, page(*FRONT))
