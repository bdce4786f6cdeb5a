"""Business licences from boxes and from saved readings of drawn ones; everybody and everything is invented."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ocrcli.checks import org_code, registration_number, uscc
from ocrcli.engine.replay import load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding
from ocrcli.forms.results import completed
from ocrcli.geometry import quad_of_box
from ocrcli.layout.upright import units
from ocrcli.page import Char, Line, Reading
from ocrcli.services.cards.business_license import SERVICE
from tests.days import TODAY

SAVED = Path(__file__).parent / "business_license"
EM = 24.0
ORGANISATION = "12345678" + org_code.check_character("12345678")
CODE = "91990000" + ORGANISATION + uscc.check_character("91990000" + ORGANISATION)
OLD = "99000000000001" + registration_number.check_digit("99000000000001")
Boxes = tuple[tuple[str, int, int], ...]

HEAD: Boxes = (("营业执照", 700, 60), ("统一社会信用代码", 100, 160), (CODE, 100, 200))
LEFT: Boxes = (
    ("称", 200, 300), ("样本市示例茶叶有限公司", 300, 300),
    ("型", 200, 360), ("有限责任公司", 300, 360),
    ("法定代表人", 100, 420), ("样张三", 300, 420),
    ("经营范围", 100, 480), ("一般项目：茶叶零售；软件开发；", 300, 480),
    ("家具制造；会议及展览服务。", 300, 515),
)  # fmt: skip
FIRST_LETTERS: Boxes = (("名", 100, 300), ("类", 100, 360))
RIGHT: Boxes = (
    ("注册资本", 900, 300), ("壹佰万元整", 1100, 300),
    ("成立日期", 900, 360), ("2016年05月09日", 1100, 360),
    ("营业期限", 900, 420), ("2016年05月09日至2036年05月08日", 1100, 420),
    ("住所", 900, 480), ("样本省样本市示例街道12号", 1100, 480),
    ("登记机关", 1000, 640), ("2019年10月18日", 1000, 690),
)  # fmt: skip
LICENCE = (*HEAD, *FIRST_LETTERS, *LEFT, *RIGHT)


def reading(*boxes: tuple[str, int, int], more: tuple[Line, ...] = ()) -> Reading:
    lines = tuple(Line(t, 0.9, quad_of_box(x, y, x + units(t) * EM, y + 1.2 * EM)) for t, x, y in boxes)
    return Reading(2000.0, 1000.0, "px", 1, 1, "ocr", (*lines, *more), today=TODAY)


def without(*texts: str) -> Boxes:
    assert set(texts) <= {text for text, _, _ in LICENCE}
    return tuple(box for box in LICENCE if box[0] not in texts)


def swapped(old: str, new: str) -> Boxes:
    assert any(text == old for text, _, _ in LICENCE)
    return tuple((new if text == old else text, x, y) for text, x, y in LICENCE)


def found(page: Reading) -> Finding:
    own = SERVICE.defaults()
    [finding] = SERVICE.read(page, own)
    return completed(finding, SERVICE.fields, own, page)


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return {key: value for key, value in finding.fields.items() if key != "confidence"}


def checks(finding: Finding, rule: str) -> list[Check]:
    return [check for check in finding.checks if check.rule == rule]


def doubtful(finding: Finding) -> set[str | None]:
    return {notice.field for notice in finding.notices if notice.code == "doubtful"}


SAID = {
    "registration_number": CODE,
    "name": "样本市示例茶叶有限公司",
    "type": "有限责任公司",
    "address": "样本省样本市示例街道12号",
    "legal_representative": "样张三",
    "registered_capital": "壹佰万元整",
    "organization_form": None,
    "found_date": "2016-05-09",
    "business_term": "2016年05月09日至2036年05月08日",
    "business_scope": "一般项目：茶叶零售；软件开发；家具制造；会议及展览服务。",
    "issue_date": "2019-10-18",
}


def test_a_company() -> None:
    licence = found(reading(*LICENCE))
    assert fields(licence) == SAID
    assert all(check.passed for check in licence.checks)
    assert not checks(licence, "gs15")
    assert doubtful(licence) == set()


def test_first_letters_of_labels_that_read_as_a_column() -> None:
    chars = (Char("名", 0.9, 0.0, 0.4), Char("类", 0.9, 0.6, 1.0))
    column = Line("名类", 0.9, quad_of_box(100, 300, 100 + EM, 360 + 1.2 * EM), chars=chars)
    assert fields(found(reading(*without("名", "类"), more=(column,)))) == SAID


def test_first_letters_of_labels_that_were_lost() -> None:
    assert fields(found(reading(*without("名", "类")))) == SAID


def test_a_letter_of_a_text_is_no_label() -> None:
    licence = found(reading(*swapped("家具制造；会议及展览服务。", "型材销售；称重设备销售。")))
    assert fields(licence)["business_scope"] == "一般项目：茶叶零售；软件开发；型材销售；称重设备销售。"
    assert fields(licence)["type"] == "有限责任公司"


def test_a_registration_number() -> None:
    licence = found(reading(*(("注册号：" + OLD, x, y) if text == CODE else (text, x, y) for text, x, y in LICENCE)))
    assert fields(licence)["registration_number"] == OLD
    [check] = checks(licence, "gs15")
    assert check.passed
    assert not checks(licence, "gb32100")
    assert not checks(licence, "gb11714")


def test_a_wrong_check_character_stands_as_it_is_printed() -> None:
    wrong = CODE[:-1] + ("1" if CODE[-1] != "1" else "2")
    licence = found(reading(*swapped(CODE, wrong)))
    assert fields(licence)["registration_number"] == wrong
    [check] = checks(licence, "gb32100")
    assert check.passed is False


def test_a_wrong_organisation_code_inside() -> None:
    first = "91990000" + ORGANISATION[:-1] + ("1" if ORGANISATION[-1] != "1" else "2")
    licence = found(reading(*swapped(CODE, first + uscc.check_character(first))))
    assert [check.passed for check in checks(licence, "gb32100")] == [True]
    assert [check.passed for check in checks(licence, "gb11714")] == [False]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2019年10月18日", "2015年10月18日", "date-order"),
        ("2016年05月09日至2036年05月08日", "2016年05月09日至2036年02月31日", "date-real"),
        ("壹佰万元整", "壹佰壹佰万元整", "amount-words"),
    ],
)
def test_what_cannot_be(old: str, new: str, rule: str) -> None:
    licence = found(reading(*swapped(old, new)))
    assert any(check.passed is False for check in checks(licence, rule))


@pytest.mark.parametrize(
    ("label", "key"),
    [("经营场所", "address"), ("主要经营场所", "address"), ("营业场所", "address")],
)
def test_places(label: str, key: str) -> None:
    assert fields(found(reading(*swapped("住所", label))))[key] == SAID[key]


@pytest.mark.parametrize("label", ["负责人", "经营者", "投资人", "执行事务合伙人", "法定代表人姓名"])
def test_heads(label: str) -> None:
    assert fields(found(reading(*swapped("法定代表人", label))))["legal_representative"] == "样张三"


def test_a_notice_about_the_scope_is_no_scope() -> None:
    lines = ("经营范围", "一般项目：茶叶零售；软件开发；", "家具制造；会议及展览服务。")
    notice = ("1.经营范围由章程确定。经营范围中属于须经批准的项目，取得许可后方可经营。", 150, 600)
    assert fields(found(reading(*without(*lines), notice)))["business_scope"] is None


def test_the_only_date_is_not_surely_that_of_issue() -> None:
    licence = found(reading(*without("成立日期", "登记机关", "2019年10月18日", "2016年05月09日至2036年05月08日")))
    assert fields(licence)["issue_date"] is None or "issue_date" in doubtful(licence)


def test_nothing_is_made_of_a_blank_specimen() -> None:
    values = {text for text, _, _ in LICENCE if len(text) > 3} - {"营业执照", "统一社会信用代码"}
    labels = {"法定代表人", "经营范围", "注册资本", "成立日期", "营业期限", "登记机关"}
    boxes = (("XXXXXX" if text in values - labels or text == "样张三" else text, x, y) for text, x, y in LICENCE)
    with pytest.raises(OcrError) as refused:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (("今天天气很好", 100, 100),),
        (("居民身份证", 100, 100), ("姓名", 100, 200), ("样张三", 200, 200), ("住址", 100, 300)),
        HEAD,
    ],
    ids=["empty", "text", "identity card", "its head alone"],
)
def test_other_papers_are_refused(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert refused.value.code == "not_this_document"


DRAWN = {
    "portrait": {
        "registration_number": "919982955LU1WL2Q62",
        "name": "霜桥市桂树家具有限公司",
        "type": "有限责任公司",
        "address": "江西省霜桥市望舒县纸伞巷993号渔火公寓8幢2单元2601室",
        "legal_representative": "陶玲",
        "registered_capital": "人民币1000万元整",
        "found_date": "2010-06-28",
        "business_term": "自2010年06月28日至2020年06月27日止",
    },
    "old": {
        "registration_number": "239915898229851",
        "name": "霜桥市老秤纸品有限公司",
        "type": "有限责任公司（自然人投资或控股）",
        "legal_representative": "章一",
        "registered_capital": "1280万元人民币",
        "found_date": "2013-08-07",
        "business_term": "2013年08月07日至2063年08月06日",
    },
}


@pytest.mark.parametrize("name", DRAWN)
def test_saved_readings(name: str) -> None:
    licence = found(load_reading(SAVED / f"{name}.reading.json", TODAY))
    assert {key: fields(licence)[key] for key in DRAWN[name]} == DRAWN[name]
    assert all(check.passed is not False for check in licence.checks)
