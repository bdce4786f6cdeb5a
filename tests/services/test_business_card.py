"""Business cards from boxes and from saved readings of drawn specimens; all people and firms are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrcli.errors import OcrError
from ocrcli.page import Reading
from ocrcli.services.cards.business_card import SERVICE
from tests.days import TODAY
from tests.forms.cards import Boxes, line, page, swapped
from tests.services.declared import drawn, fields, found, kept_reading, saved

FOLDER = "business_card"
CHINESE = (
    ("样本市示例科技有限公司", 100, 40),
    ("张 三", 100, 120),
    ("市场部", 100, 180),
    ("销售经理", 100, 220),
    ("手机：12100001234 电话：0571-21234567", 100, 320),
    ("传真：0571-21234568", 100, 360),
    ("邮箱：zhangsan@yangben.example.com", 100, 400),
    ("网址：www.yangben.example.com", 100, 440),
    ("地址：样本省标本市示例区民族路一百号四层", 100, 480),
    ("邮编：999912", 100, 520),
    ("微信号：yangben_zs", 100, 560),
)
ENGLISH = (
    ("HALVORN", 700, 60),
    ("Think ahead.", 700, 120),
    ("Selma Marlowe", 100, 200),
    ("Senior Researcher", 100, 240),
    ("R&D Department", 100, 280),
    ("M +44 7911 123456", 100, 380),
    ("F +44 20 6789 2345", 100, 420),
    ("selma.marlowe@halvorn.example.com", 100, 460),
    ("https://www.halvorn.example.com/", 100, 500),
    ("2 Mill Lane", 100, 560),
    ("Wexcombe, London, WX4 7QD", 100, 594),
)


def test_a_chinese_card_with_labels() -> None:
    assert fields(found(SERVICE, page(*CHINESE))) == {
        "name": ["张三"],
        "title": ["销售经理"],
        "company": ["样本市示例科技有限公司"],
        "department": ["市场部"],
        "phone": ["12100001234", "0571-21234567"],
        "fax": ["0571-21234568"],
        "email": ["zhangsan@yangben.example.com"],
        "website": ["www.yangben.example.com"],
        "address": ["样本省标本市示例区民族路一百号四层"],
        "postcode": ["999912"],
        "extra_info_list": [{"item": "wechat", "value": "yangben_zs", "note": []}],
    }


def test_an_english_card_without_labels() -> None:
    card = found(SERVICE, page(*ENGLISH))
    assert fields(card) == {
        "name": ["Selma Marlowe"],
        "title": ["Senior Researcher"],
        "company": ["HALVORN"],
        "department": ["R&D Department"],
        "phone": ["+44 7911 123456"],
        "fax": ["+44 20 6789 2345"],
        "email": ["selma.marlowe@halvorn.example.com"],
        "website": ["https://www.halvorn.example.com/"],
        "address": ["2 Mill Lane Wexcombe, London, WX4 7QD"],
    }
    assert not card.evidence["name"].doubtful  # the e-mail address has it


def test_both_languages_on_one_card() -> None:
    boxes = (*CHINESE[:4], ("Zhang San", 400, 120), ("Sales Manager", 400, 220), *CHINESE[4:])
    told = fields(found(SERVICE, page(*boxes)))
    assert told["name"] == ["张三", "Zhang San"]
    assert told["title"] == ["销售经理", "Sales Manager"]


@pytest.mark.parametrize(("together", "latin"), [("张三 Zhang San", "Zhang San"), ("张 三（Sam Zhang）", "Sam Zhang")])
def test_a_name_in_two_scripts_on_one_row(together: str, latin: str) -> None:
    told = fields(found(SERVICE, page(*swapped(CHINESE, "张 三", together))))
    assert told["name"] == ["张三", latin]


def test_a_word_that_begins_like_a_surname_is_no_name() -> None:
    boxes = (("高级 工程师", 100, 120), *(box for box in CHINESE if box[0] not in ("张 三", "销售经理")))
    told = fields(found(SERVICE, page(*boxes)))
    assert "name" not in told
    assert told["title"] == ["高级 工程师"]


def test_a_firm_over_two_rows_that_its_web_site_has_whole() -> None:
    boxes = (("Okande", 500, 40), ("FOODS CONSULTING", 500, 74), ("Otis Ferren", 100, 200), ("Founder & CEO", 100, 240))
    told = fields(found(SERVICE, page(*boxes, ("www.okandefoodsconsulting.example.com", 100, 400))))
    assert told["company"] == ["Okande FOODS CONSULTING"]
    assert told["name"] == ["Otis Ferren"]


def test_a_name_that_only_its_size_tells_is_doubtful() -> None:
    large = line("Otis Ferren", 100, 200, em=48.0)
    small = page(("www.halvorn.example.com", 100, 400), ("Tel: 0571-21234567", 100, 440), ("Quality", 100, 480))
    card = found(SERVICE, replace(small, lines=(large, *small.lines)))
    assert fields(card)["name"] == ["Otis Ferren"]
    assert card.evidence["name"].doubtful


def test_a_slogan_is_no_name() -> None:
    told = fields(found(SERVICE, page(*(box for box in ENGLISH if box[0] != "Selma Marlowe"))))
    assert "name" not in told


LETTER = (("关于召开会议的通知", 300, 40), ("请各部门负责人准时参加。", 100, 100), ("二〇二四年三月四日", 500, 160))


@pytest.mark.parametrize("boxes", [(), LETTER, CHINESE[:3]])
def test_other_pages_and_half_a_card(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes) if boxes else Reading(800, 500, "px", 1, 1, "ocr", (), today=TODAY))
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("case", saved(FOLDER))
def test_a_drawn_card(case: str) -> None:
    assert fields(found(SERVICE, kept_reading(FOLDER, case))) == drawn(FOLDER, case)["fields"]
