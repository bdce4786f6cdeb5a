"""Exit-entry permits from saved readings of drawn specimens and from boxes; all people are invented."""

from __future__ import annotations

from datetime import date

import pytest

from ocrcli.checks.exit_entry import fault
from ocrcli.errors import OcrError
from ocrcli.services.cards.exit_entry_permit import SERVICE
from ocrcli.specimens.documents.exit_entry_permit import line as line_of
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, drawn, failed, fields, found, kept_reading, saved

FOLDER = "exit_entry_permit"
NUMBER = "C00001234"
LINE = line_of("CS", NUMBER, date(2024, 9, 22), date(1981, 8, 3))
CARD = (
    ("往来港澳通行证", 300, 40),
    (NUMBER, 750, 40),
    ("EXIT-ENTRY PERMIT FOR TRAVELLING TO AND FROM HONG KONG AND MACAO", 300, 80),
    ("姓名 Name", 400, 130),
    ("样张三", 400, 170),
    ("YANG, ZHANGSAN", 400, 210),
    ("出生日期 Date of birth", 400, 260),
    ("1981.08.03", 400, 300),
    ("性别 Sex", 750, 260),
    ("女", 750, 300),
    ("有效期限 Period of validity", 400, 350),
    ("2014.09.23 - 2024.09.22", 400, 390),
    ("签发机关 Issuing authority", 400, 440),
    ("公安部出入境管理局", 400, 480),
    ("签发地点 Place of issue", 750, 440),
    ("广东", 750, 480),
    (LINE, 100, 580),
)
FIELDS = {
    "type": "往来港澳通行证",
    "side": "front",
    "name": "样张三",
    "name_en": "YANG, ZHANGSAN",
    "sex": "女",
    "birth_date": "1981-08-03",
    "valid_period": "2014-09-23至2024-09-22",
    "issuing_authority": "公安部出入境管理局",
    "issue_place": "广东",
    "machine_code": LINE,
    "number": NUMBER,
}


def test_the_line_s_check_digits() -> None:
    assert fault(LINE) is None
    assert fault(LINE[:12]) is not None


def test_a_card() -> None:
    permit = found(SERVICE, page(*CARD))
    assert fields(permit) == FIELDS
    assert failed(permit) == set()
    assert not any(seen.doubtful for seen in permit.evidence.values())


def test_a_number_without_the_line_is_doubtful() -> None:
    permit = found(SERVICE, page(*CARD[:-1]))
    assert fields(permit)["number"] == NUMBER
    assert permit.evidence["number"].doubtful


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        (LINE, LINE[:8] + "9" + LINE[9:], "exit-entry-line", ("machine_code",)),
        ("1981.08.03", "1981.08.04", "mrz-vs-print", ("machine_code", "birth_date", "valid_period")),
        ("2014.09.23 - 2024.09.22", "2014.09.23 - 2024.09.31", "date-real", ("valid_period",)),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    assert (rule, keys) in failed(found(SERVICE, page(*swapped(CARD, old, new))))


def test_two_cards_in_a_picture_are_two_documents() -> None:
    other = swapped(CARD, "样张三", "样张四")
    assert [fields(card)["name"] for card in all_found(SERVICE, page(*CARD, *moved(other, 0, 800)))] == [
        "样张三",
        "样张四",
    ]


PASSPORT = (("护照", 100, 40), ("PASSPORT", 100, 80), ("姓名/Name", 400, 130), ("出生日期/Date of birth", 400, 260))


@pytest.mark.parametrize("boxes", [(), PASSPORT, CARD[1:2], CARD[6:8]])
def test_other_documents_and_pieces_of_a_card(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("case", saved(FOLDER))
def test_a_drawn_card(case: str) -> None:
    truth = drawn(FOLDER, case)
    permit = found(SERVICE, kept_reading(FOLDER, case))
    assert fields(permit) == truth["fields"]
    assert (("exit-entry-line", ("machine_code",)) in failed(permit)) is not truth["check_digits_ok"]
