"""Driver's licences from saved readings of drawn specimens and from boxes; all people are invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocrcli.checks.citizen_id import check_character
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding
from ocrcli.forms.results import completed
from ocrcli.geometry import Affine
from ocrcli.page import Reading
from ocrcli.services.cards.driver_license import SERVICE
from tests.days import TODAY
from tests.forms.cards import Boxes, moved, page, swapped

SAVED = Path(__file__).parent / "driver_license"
NUMBER = "11990019900102002" + check_character("11990019900102002")
MAIN = (
    ("中华人民共和国机动车驾驶证", 300, 40),
    ("证号", 260, 100),
    (NUMBER, 340, 100),
    ("姓名", 100, 160),
    ("样张三", 180, 156),
    ("性别", 400, 160),
    ("女", 470, 156),
    ("国籍", 560, 160),
    ("中国", 630, 156),
    ("Name", 100, 184),
    ("住址", 100, 230),
    ("样本省标本市示例街道一百二十三号", 180, 226),
    ("Address", 100, 254),
    ("四单元五零六室", 180, 256),
    ("出生日期", 300, 320),
    ("1990-01-02", 420, 316),
    ("初次领证日期", 300, 390),
    ("2010-03-04", 470, 386),
    ("准驾车型", 300, 460),
    ("C1D", 480, 456),
    ("有效期限", 100, 530),
    ("2016-03-04 至 2026-03-04", 220, 526),
)
DUPLICATE = (
    ("中华人民共和国机动车驾驶证副页", 300, 40),
    ("证号", 260, 100),
    (NUMBER, 340, 100),
    ("姓名", 100, 160),
    ("样张三", 180, 160),
    ("档案编号", 450, 160),
    ("119900001234", 570, 160),
    ("记录", 100, 230),
    ("请于2026年03月04日前九十日内换领新证。实习期至", 180, 230),
    ("2011年03月04日。", 180, 290),
)
FRONT = {
    "type": "normal",
    "number": NUMBER,
    "name": "样张三",
    "sex": "女",
    "nationality": "中国",
    "address": "样本省标本市示例街道一百二十三号四单元五零六室",
    "birth": "1990-01-02",
    "issue_date": "2010-03-04",
    "class": "C1D",
    "valid_from": "2016-03-04",
    "valid_to": "2026-03-04",
}
BACK = {
    "type": "normal",
    "number": NUMBER,
    "name": "样张三",
    "file_number": "119900001234",
    "record": "请于2026年03月04日前九十日内换领新证。实习期至2011年03月04日。",
}


def found(reading: Reading, **options: Any) -> Finding:
    own = {**SERVICE.defaults(), **options}
    [finding] = SERVICE.read(reading, own)
    return completed(finding, SERVICE.fields, own, reading)


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return {key: value for key, value in finding.fields.items() if value not in (None, [])}


def check(finding: Finding, rule: str, *keys: str) -> Check:
    [one] = [c for c in finding.checks if c.rule == rule and c.fields == keys]
    return one


def failed(finding: Finding) -> set[tuple[str, tuple[str, ...]]]:
    return {(c.rule, c.fields) for c in finding.checks if c.passed is False}


def test_the_main_page() -> None:
    licence = found(page(*MAIN))
    assert fields(licence) == FRONT
    assert licence.document.side == "front"
    assert failed(licence) == set()
    assert list(licence.notices) == []


def test_the_duplicate_page() -> None:
    licence = found(page(*DUPLICATE))
    assert fields(licence) == BACK
    assert licence.document.side == "back"
    assert failed(licence) == set()


@pytest.mark.parametrize("place", [(0, 700), (1100, 0)])
def test_both_pages_in_one_picture_are_one_licence(place: tuple[int, int]) -> None:
    licence = found(page(*MAIN, *moved(DUPLICATE, *place)))
    assert fields(licence) == {**FRONT, **BACK}
    assert licence.document.side == "double_side"
    assert check(licence, "sides-agree", "number").passed


def test_pages_that_contradict_each_other() -> None:
    licence = found(page(*MAIN, *moved(swapped(DUPLICATE, "样张三", "样李四"), 1100, 0)))
    assert fields(licence)["name"] == "样张三"
    assert failed(licence) == {("sides-agree", ("name",))}


LABELS = {"证号", "姓名", "性别", "国籍", "住址", "出生日期", "初次领证日期", "准驾车型", "有效期限", "Name", "Address"}


@pytest.mark.parametrize("down", [-14, 12])
def test_print_out_of_register_goes_to_its_labels(down: int) -> None:
    lying = tuple((text, x, y if text in LABELS else y + down) for text, x, y in MAIN)
    assert fields(found(page(*lying))) == FRONT


def test_a_page_of_before_2009_prints_the_years() -> None:
    old = (*MAIN[:-2], ("有效起始日期", 100, 530), ("2010-03-04", 270, 526), ("有效期限", 480, 530), ("6年", 600, 526))
    licence = found(page(*old))
    assert (fields(licence)["valid_from"], fields(licence)["valid_to"]) == ("2010-03-04", "2016-03-04")
    assert set(licence.evidence) == set(FRONT)
    assert failed(licence) == set()


def test_a_number_that_contradicts_birth_and_sex_is_told() -> None:
    licence = found(page(*swapped(swapped(MAIN, "女", "男"), "1990-01-02", "1991-01-02")))
    consistency = "gb11643-consistency"
    assert failed(licence) == {(consistency, ("number", "birth")), (consistency, ("number", "sex"))}


def test_a_misprinted_number_stays_as_it_is_printed() -> None:
    misprinted = NUMBER[:16] + str((int(NUMBER[16]) + 2) % 10) + NUMBER[17]
    licence = found(page(*swapped(MAIN, NUMBER, misprinted)))
    assert fields(licence)["number"] == misprinted
    assert (check(licence, "gb11643", "number").passed, check(licence, "gb11643", "number").chose) == (False, False)


def test_the_number_of_a_foreigner_proves_nothing() -> None:
    licence = found(page(*swapped(MAIN, NUMBER, "E12345678")))
    assert fields(licence)["number"] == "E12345678"
    assert licence.evidence["number"].doubtful
    assert not [c for c in licence.checks if c.rule.startswith("gb11643")]


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        ("C1D", "C7", "driving-class", ("class",)),
        ("2016-03-04 至 2026-03-04", "2016-03-04 至 2023-03-04", "validity-dl", ("valid_from", "valid_to")),
        ("2010-03-04", "2005-03-04", "driving-age", ("birth", "issue_date")),
        ("2010-03-04", "2017-03-04", "date-order", ("birth", "issue_date", "valid_from", "valid_to")),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    licence = found(page(*swapped(MAIN, old, new)))
    assert (rule, keys) in failed(licence)
    assert any(str(value) in new for value in fields(licence).values())


def test_a_name_of_one_character_is_doubtful() -> None:
    assert found(page(*swapped(MAIN, "样张三", "样"))).evidence["name"].doubtful


@pytest.mark.parametrize(("boxes", "side"), [(MAIN, "back"), (DUPLICATE, "front"), (MAIN, "double_side")])
def test_a_page_that_is_not_there(boxes: Boxes, side: str) -> None:
    with pytest.raises(OcrError) as refused:
        found(page(*boxes), side=side)
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", "driver-license")


def test_upper_half_of_a_page_is_refused_or_says_what_it_has() -> None:
    with pytest.raises(OcrError, match="no whole side"):
        found(page(*MAIN[1:5]))


VEHICLE = (("中华人民共和国机动车行驶证", 300, 40), *MAIN[3:])
TAIWAN = (
    ("駕駛執照", 300, 40),
    ("姓名", 100, 160),
    ("样张三", 180, 160),
    ("出生日期", 100, 230),
    ("79-01-02", 230, 230),
)
ABROAD = (("DRIVING LICENCE", 300, 40), ("Name", 100, 160), ("SAMPLE", 180, 160), ("Class", 100, 230), ("B", 180, 230))


@pytest.mark.parametrize(
    ("boxes", "looks_like"), [((), None), (VEHICLE, "vehicle-license"), (TAIWAN, None), (ABROAD, None)]
)
def test_other_documents(boxes: Boxes, looks_like: str | None) -> None:
    with pytest.raises(OcrError) as refused:
        found(page(*boxes))
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", looks_like)


@pytest.mark.parametrize("case", sorted(path.name.removesuffix(SUFFIX) for path in SAVED.glob(f"*{SUFFIX}")))
def test_a_drawn_licence(case: str) -> None:
    """Readings of drawn specimens; what is expected is what was drawn, not what was read."""
    drawn = json.loads((SAVED / f"{case}.expected.json").read_text(encoding="utf-8"))
    licence = found(load_reading(SAVED / f"{case}{SUFFIX}", TODAY))
    assert fields(licence) == drawn["fields"]
    assert licence.document.side == drawn["side"]
    numbers = [c.passed for c in licence.checks if c.rule == "gb11643"]
    assert numbers == [drawn["check_digits_ok"]]


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_turned_page(degrees: float) -> None:
    reading = load_reading(SAVED / f"main{SUFFIX}", TODAY)
    way, wide, high = Affine.turning(degrees, reading.width, reading.height)
    lines = tuple(replace(line, quad=way.quad(line.quad)) for line in reading.lines)
    turned = replace(reading, lines=lines, width=wide, height=high, rotation=(360 - int(degrees)) % 360)
    assert fields(found(turned)) == fields(found(reading))
