"""Identity cards from saved readings of drawn specimens and from boxes; all people are invented."""

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
from ocrcli.geometry import Affine, quad_of_box
from ocrcli.layout.upright import units
from ocrcli.page import Line, Notice, Reading
from ocrcli.services.cards.idcard import SERVICE
from tests.days import TODAY

SAVED = Path(__file__).parent / "idcard"
EM = 24.0
NUMBER = "11990019900102002" + check_character("11990019900102002")
ADDRESS = "样本省标本市示例街道一百二十三号民族路小区四单元五零六室"
FRONT = (
    ("姓名", 100, 80),
    ("样张三", 180, 80),
    ("性别", 100, 120),
    ("女", 180, 120),
    ("民族", 250, 120),
    ("汉", 330, 120),
    ("出生", 100, 160),
    ("1990年1月2日", 180, 160),
    ("住址", 100, 240),
    (ADDRESS[:11], 180, 240),
    (ADDRESS[11:22], 180, 280),
    (ADDRESS[22:], 180, 320),
    ("公民身份号码", 100, 400),
    (NUMBER, 280, 400),
)
BACK = (
    ("中华人民共和国", 300, 80),
    ("居民身份证", 310, 130),
    ("签发机关", 200, 340),
    ("样本市公安局", 330, 340),
    ("有效期限", 200, 400),
    ("2016.03.01-2036.03.01", 330, 400),
)
Boxes = tuple[tuple[str, int, int], ...]


def reading(*boxes: tuple[str, int, int], notices: tuple[Notice, ...] = ()) -> Reading:
    lines = tuple(Line(t, 0.9, quad_of_box(x, y, x + units(t) * EM, y + 1.2 * EM)) for t, x, y in boxes)
    return Reading(2000.0, 1500.0, "px", 1, 1, "ocr", lines, notices=notices, today=TODAY)


def moved(boxes: Boxes, dx: int, dy: int) -> Boxes:
    return tuple((text, x + dx, y + dy) for text, x, y in boxes)


def swapped(boxes: Boxes, old: str, new: str) -> Boxes:
    assert any(text == old for text, _, _ in boxes)
    return tuple((new if text == old else text, x, y) for text, x, y in boxes)


def found(page: Reading, **options: Any) -> Finding:
    own = {**SERVICE.defaults(), **options}
    [finding] = SERVICE.read(page, own)
    return completed(finding, SERVICE.fields, own, page)


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def check(finding: Finding, rule: str, *keys: str) -> Check:
    [one] = [c for c in finding.checks if c.rule == rule and c.fields == keys]
    return one


def failed(finding: Finding) -> set[tuple[str, tuple[str, ...]]]:
    return {(c.rule, c.fields) for c in finding.checks if c.passed is not True}


PERSON = {
    "name": "样张三",
    "sex": "女",
    "birth": "1990-01-02",
    "ethnicity": "汉",
    "address": ADDRESS,
    "number": NUMBER,
}
CARD = {"issue": "样本市公安局", "valid_from": "2016-03-01", "valid_to": "2036-03-01"}


def test_the_portrait_side() -> None:
    card = found(reading(*FRONT))
    assert fields(card) == {**PERSON, **dict.fromkeys(CARD)}
    assert card.document.side == "front"
    assert failed(card) == set()
    assert set(card.evidence) == set(PERSON)
    assert list(card.notices) == []


def test_the_emblem_side() -> None:
    card = found(reading(*BACK))
    assert fields(card) == {**dict.fromkeys(PERSON), **CARD}
    assert card.document.side == "back"
    assert failed(card) == set()


@pytest.mark.parametrize("place", [(0, 500), (800, 0)])
def test_both_sides_in_one_picture_are_flat(place: tuple[int, int]) -> None:
    card = found(reading(*FRONT, *moved(BACK, *place)))
    assert fields(card) == {**PERSON, **CARD}
    assert card.document.side == "double_side"
    assert failed(card) == set()


@pytest.mark.parametrize("degrees", [30, 90, 180, 250])
@pytest.mark.parametrize("turned_side", [FRONT, BACK])
def test_sides_that_are_turned_against_each_other(turned_side: Boxes, degrees: int) -> None:
    page = reading(*(BACK if turned_side is FRONT else FRONT))
    way, _, _ = Affine.turning(degrees, page.width, page.height)
    way = way.then(Affine.shift(2500, 500))
    turned = tuple(replace(line, quad=way.quad(line.quad)) for line in reading(*turned_side).lines)
    card = found(replace(page, width=6000, height=4000, lines=page.lines + turned))
    assert fields(card) == {**PERSON, **CARD}
    assert card.document.side == "double_side"


def test_a_value_at_the_edge_of_the_picture_may_be_cut_off() -> None:
    card = found(replace(reading(*FRONT), width=max(line.quad[1][0] for line in reading(*FRONT[:12]).lines) + 5))
    assert {notice.field for notice in card.notices if notice.code == "doubtful"} == {"address", "number"}
    assert not card.evidence["birth"].doubtful


def test_an_authority_with_the_period_in_it_is_doubtful() -> None:
    joined = tuple(box for box in BACK if box[0] != "有效期限")
    joined = swapped(joined, "样本市公安局", "样本市公安局2016.03.01-2036.03.01")
    assert found(reading(*joined)).evidence["issue"].doubtful


@pytest.mark.parametrize(
    ("boxes", "seen"), [(FRONT[:8], "姓名, 性别, 民族, 出生"), (FRONT[8:], "住址, 公民身份号码")], ids=["top", "bottom"]
)
def test_half_a_card_is_refused_as_such(boxes: Boxes, seen: str) -> None:
    with pytest.raises(OcrError, match=f"only its labels {seen}: it may be cut off"):
        found(reading(*boxes))


def test_long_term_needs_the_age_for_it() -> None:
    endless = swapped(BACK, "2016.03.01-2036.03.01", "2016.03.01-长期")
    alone, both = found(reading(*endless)), found(reading(*FRONT, *moved(endless, 0, 500)))
    assert fields(alone)["valid_to"] == "长期"
    assert check(alone, "validity-id", "valid_from", "valid_to").passed is True
    assert check(both, "validity-id", "valid_from", "valid_to").passed is False


def test_a_period_that_no_card_has() -> None:
    card = found(reading(*swapped(BACK, "2016.03.01-2036.03.01", "2016.03.01-2023.03.01")))
    assert fields(card)["valid_to"] == "2023-03-01"
    assert failed(card) == {("validity-id", ("valid_from", "valid_to"))}


def test_a_day_that_does_not_exist_is_told_as_printed() -> None:
    card = found(reading(*swapped(BACK, "2016.03.01-2036.03.01", "2016.02.30-2026.02.28")))
    assert fields(card)["valid_from"] == "2016-02-30"
    assert ("date-real", ("valid_from",)) in failed(card)


@pytest.mark.parametrize("place", range(6, 18))
def test_a_misprinted_number_stays_as_it_is_printed(place: int) -> None:
    misprinted = NUMBER[:place] + ("7" if NUMBER[place] != "7" else "3") + NUMBER[place + 1 :]
    card = found(reading(*swapped(FRONT, NUMBER, misprinted)))
    assert fields(card)["number"] == misprinted
    number = check(card, "gb11643", "number")
    assert (number.passed, number.chose) == (False, False)


def test_birth_and_sex_that_contradict_the_number() -> None:
    card = found(reading(*swapped(swapped(FRONT, "女", "男"), "1990年1月2日", "1991年1月2日")))
    assert (fields(card)["sex"], fields(card)["birth"]) == ("男", "1991-01-02")
    consistency = "gb11643-consistency"
    assert failed(card) == {(consistency, ("number", "birth")), (consistency, ("number", "sex"))}


def test_an_ethnic_group_outside_the_list_is_told_as_printed_and_doubtful() -> None:
    card = found(reading(*swapped(FRONT, "汉", "穿青人")))
    assert fields(card)["ethnicity"] == "穿青人"
    assert check(card, "gb3304", "ethnicity").passed is False
    assert [(n.code, n.field) for n in card.notices] == [("doubtful", "ethnicity")]


def test_a_number_whose_label_is_unreadable_is_found_by_its_form() -> None:
    card = found(reading(*(box for box in FRONT if box[0] != "公民身份号码")))
    assert fields(card)["number"] == NUMBER


def test_missing_values_are_null_and_their_checks_undecided() -> None:
    card = found(reading(*(box for box in FRONT if box[0] != NUMBER)), return_verification=True)
    assert fields(card)["number"] is None
    assert check(card, "gb11643", "number").passed is None
    assert fields(card)["verification_result"] == {"valid_number": None, "valid_birth": None, "valid_sex": None}


def test_verification_is_told_when_asked_for() -> None:
    endless = swapped(BACK, "2016.03.01-2036.03.01", "2016.03.01-2021.03.01")
    told = fields(found(reading(*FRONT, *moved(endless, 0, 500)), return_verification=True))["verification_result"]
    assert told == {
        "valid_number": True,
        "valid_birth": True,
        "valid_sex": True,
        "valid_date": False,
        "valid_validity_period": False,  # twenty years at the age of 26
    }


def test_places_and_picture_faults_are_told_when_asked_for() -> None:
    page = reading(*BACK, notices=(Notice("blur", "the picture is blurred"),))
    told = fields(found(page, return_text_location=True, detect_blur=True, detect_glare=True))
    assert set(told["text_location"]) == set(CARD)
    assert told["text_location"]["issue"][0] == [330, 340]
    assert (told["detect_blur_result"], told["detect_glare_result"]) == (True, False)


def test_an_unsure_character_makes_a_name_doubtful() -> None:
    page = reading(*FRONT)
    lines = tuple(_unsure(line) if line.text == "样张三" else line for line in page.lines)
    card = found(replace(page, lines=lines))
    assert [n.field for n in card.notices] == ["name"]
    assert card.evidence["name"].doubtful


def _unsure(line: Line) -> Line:
    from ocrcli.page import Char

    sure = (0.99, 0.4, 0.99)
    chars = tuple(Char(c, p, i / 3, (i + 1) / 3) for i, (c, p) in enumerate(zip(line.text, sure, strict=True)))
    return replace(line, chars=chars)


@pytest.mark.parametrize("side", ["front", "back", "double_side"])
def test_the_side_that_was_asked_for(side: str) -> None:
    card = found(reading(*FRONT, *moved(BACK, 0, 500)), side=side)
    assert card.document.side == side
    assert (fields(card)["name"] is None) == (side == "back")
    assert (fields(card)["issue"] is None) == (side == "front")


@pytest.mark.parametrize(("boxes", "side"), [(FRONT, "back"), (BACK, "front"), (FRONT, "double_side")])
def test_a_side_that_is_not_there(boxes: Boxes, side: str) -> None:
    with pytest.raises(OcrError) as refused:
        found(reading(*boxes), side=side)
    # It is an identity card all the same: no other service is to be tried.
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", "idcard")


@pytest.mark.parametrize("boxes", [FRONT, BACK])
@pytest.mark.parametrize("place", [(0, 600), (900, 0)])
def test_two_cards_of_the_same_side(boxes: Boxes, place: tuple[int, int]) -> None:
    with pytest.raises(OcrError) as refused:
        found(reading(*boxes, *moved(boxes, *place)))
    assert refused.value.code == "same_side_twice"


INVOICE = (("电子发票", 300, 40), ("名称：样本公司", 100, 120), ("备注：姓名样张三", 100, 600), ("税额", 500, 300))
BANK_CARD = (("样本银行", 100, 60), ("6299 0000 0000 0000", 150, 300), ("VALID THRU 12/30", 300, 380))
BANK_CARD_BACK = (
    ("AUTHORIZED SIGNATURE 持卡人签名", 100, 200),
    ("0000 123", 600, 200),
    ("客服热线 95500 0000", 100, 400),
)
LICENCE = (("中华人民共和国机动车驾驶证", 100, 20), *FRONT)
VITAE = (
    ("姓名", 100, 80),
    ("样张三", 180, 80),
    ("性别 女", 300, 80),
    ("民族 汉", 450, 80),
    ("出生日期 1990.5", 100, 120),
)
REGISTER = (("常住人口登记卡", 300, 20), *FRONT)


@pytest.mark.parametrize(
    ("boxes", "looks_like"),
    [
        ((), None),
        (INVOICE, None),
        (VITAE, None),
        (BANK_CARD, None),
        (BANK_CARD_BACK, None),
        (LICENCE, "driver-license"),
        (REGISTER, "household-register"),
    ],
)
def test_other_documents(boxes: Boxes, looks_like: str | None) -> None:
    with pytest.raises(OcrError) as refused:
        found(reading(*boxes))
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", looks_like)


def test_a_note_on_a_copy_is_no_title() -> None:
    assert fields(found(reading(*FRONT, ("仅供办理居住证使用", 600, 600))))["name"] == "样张三"


@pytest.mark.parametrize("case", sorted(path.name.removesuffix(SUFFIX) for path in SAVED.glob(f"*{SUFFIX}")))
def test_a_drawn_card(case: str) -> None:
    """Readings of drawn specimens; what is expected is what was drawn, not what was read."""
    drawn = json.loads((SAVED / f"{case}.expected.json").read_text(encoding="utf-8"))
    card = found(load_reading(SAVED / f"{case}{SUFFIX}", TODAY))
    assert {key: value for key, value in fields(card).items() if value is not None} == drawn["fields"]
    assert card.document.side == drawn["side"]
    numbers = [c.passed for c in card.checks if c.rule == "gb11643"]
    assert numbers == ([drawn["check_digits_ok"]] if "check_digits_ok" in drawn else [])
