"""Household registers from saved readings of drawn specimens and from boxes; all people are invented."""

from __future__ import annotations

import pytest

from ocrcli.checks.citizen_id import check_character
from ocrcli.errors import OcrError
from ocrcli.services.cards.household_register import SERVICE
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, drawn, failed, fields, found, kept_reading, saved

FOLDER = "household_register"
NUMBER = "41990019800102123" + check_character("41990019800102123")
MEMBER = (
    ("常住人口登记卡", 400, 40),
    ("姓 名", 100, 100),
    ("样张三", 260, 100),
    ("户主或", 600, 88),
    ("与户主关系", 580, 118),
    ("户主", 760, 100),
    ("曾用名", 100, 170),
    ("性 别", 600, 170),
    ("男", 760, 170),
    ("出生地", 100, 240),
    ("样本省标本市", 260, 240),
    ("民 族", 600, 240),
    ("汉族", 760, 240),
    ("籍 贯", 100, 310),
    ("样本省标本市", 260, 310),
    ("出生日期", 600, 310),
    ("1980年01月02日", 760, 310),
    ("本市（县）", 100, 370),
    ("其他住址", 100, 400),
    ("宗教信仰", 700, 380),
    ("公民身份", 100, 440),
    ("证件编号", 100, 470),
    (NUMBER, 260, 452),
    ("身高", 700, 452),
    ("170", 780, 452),
    ("血型", 900, 452),
    ("O", 980, 452),
    ("文化程度", 100, 520),
    ("初中", 260, 520),
    ("婚姻状况", 450, 520),
    ("已婚", 600, 520),
    ("兵役状况", 750, 520),
    ("服务处所", 100, 590),
    ("样本市示例有限公司", 260, 590),
    ("职业", 700, 590),
    ("粮农", 800, 590),
    ("何时由何地", 100, 645),
    ("迁来本市(县)", 100, 675),
    ("2005年由样本省标本市迁来", 300, 660),
    ("何时由何地", 100, 715),
    ("迁往本址", 100, 745),
    ("承办人签章：", 100, 800),
    ("登记日期：", 600, 800),
    ("2005年06月09日", 760, 800),
)
MEMBER_FIELDS = {
    "type": "登记页",
    "name": "样张三",
    "householder_relationship": "户主",
    "former_name": "",
    "sex": "男",
    "birthplace": "样本省标本市",
    "ethnicity": "汉族",
    "origin_place": "样本省标本市",
    "birth_date": "1980-01-02",
    "other_address": "",
    "religious_belief": "",
    "id_card_number": NUMBER,
    "height": "170",
    "blood_type": "O",
    "education": "初中",
    "marital_status": "已婚",
    "military_service_status": "",
    "work_place": "样本市示例有限公司",
    "occupation": "粮农",
    "migrated_to_city": "2005年由样本省标本市迁来",
    "migrated_to_address": "",
    "registrar_signature_seal": "",
    "registration_date": "2005-06-09",
}
HOME = (
    ("户别", 100, 100),
    ("家庭户", 200, 100),
    ("户主姓名", 500, 100),
    ("样张三", 640, 100),
    ("户号", 100, 180),
    ("012345678", 200, 180),
    ("住址", 500, 180),
    ("样本省标本市示例街道一百二十三号", 600, 166),
    ("四单元五零六室", 600, 196),
    ("省级公安机关", 200, 320),
    ("户口登记机关", 650, 320),
    ("户口专用章", 210, 350),
    ("户口专用章", 660, 350),
    ("承办人签章：", 100, 450),
    ("签发日期：", 600, 450),
    ("2005年06月09日", 760, 450),
)


def test_a_member_s_page() -> None:
    register = found(SERVICE, page(*MEMBER))
    assert fields(register, "location") == MEMBER_FIELDS
    assert register.document.side is None  # `type` says which page it is
    assert failed(register) == set()


def test_the_first_page() -> None:
    told = fields(found(SERVICE, page(*HOME)), "location")
    assert told == {
        "type": "首页",
        "household_type": "家庭户",
        "household_number": "012345678",
        "householder_name": "样张三",
        "address": "样本省标本市示例街道一百二十三号四单元五零六室",
        "registrar_signature_seal": "",
        "issue_date": "2005-06-09",
    }


def test_each_page_in_a_picture_is_a_document() -> None:
    other = swapped(MEMBER, "样张三", "样张四")
    pages = all_found(SERVICE, page(*HOME, *moved(MEMBER, 0, 700), *moved(other, 0, 1800)))
    assert [fields(own)["type"] for own in pages] == ["首页", "登记页", "登记页"]
    assert [fields(own).get("name") for own in pages] == [None, "样张三", "样张四"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        (NUMBER, NUMBER[:10] + "9" + NUMBER[11:], "gb11643", ("id_card_number",)),
        ("1980年01月02日", "1980年01月03日", "gb11643-consistency", ("id_card_number", "birth_date")),
        ("1980年01月02日", "1980年13月02日", "date-real", ("birth_date",)),
        ("男", "女", "gb11643-consistency", ("id_card_number", "sex")),
        ("汉族", "汗族", "gb3304", ("ethnicity",)),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    assert (rule, keys) in failed(found(SERVICE, page(*swapped(MEMBER, old, new))))


def test_a_date_whose_beginning_a_seal_hides_is_doubtful() -> None:
    boxes = swapped(MEMBER, "2005年由样本省标本市迁来", "05年由样本省标本市迁来")
    assert found(SERVICE, page(*boxes)).evidence["migrated_to_city"].doubtful


CARD = (
    ("姓名", 100, 100),
    ("样张三", 200, 100),
    ("性别", 100, 160),
    ("男", 200, 160),
    ("民族", 300, 160),
    ("汉", 400, 160),
    ("出生", 100, 220),
    ("1980年1月2日", 200, 220),
    ("住址", 100, 280),
    ("样本省标本市示例街道一百二十三号", 200, 280),
    ("公民身份号码", 100, 400),
    (NUMBER, 300, 400),
)


@pytest.mark.parametrize("boxes", [(), CARD, MEMBER[1:4]])
def test_other_documents_and_a_piece_of_a_page(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("case", saved(FOLDER))
def test_drawn_pages(case: str) -> None:
    truth = drawn(FOLDER, case)
    wanted = truth["fields"] if isinstance(truth["fields"], list) else [truth["fields"]]
    pages = all_found(SERVICE, kept_reading(FOLDER, case))
    assert [{key: own.fields[key] for key in told} for own, told in zip(pages, wanted, strict=True)] == wanted
    numbers = {("gb11643", ("id_card_number",))}
    assert all(failed(own) & numbers == (numbers if case == "altered" else set()) for own in pages)
