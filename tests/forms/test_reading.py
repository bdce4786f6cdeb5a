"""Declared documents read from boxes: sides, places, forms, checks, doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding
from ocrcli.forms import doubt
from ocrcli.forms.reading import read
from ocrcli.page import Reading
from tests.forms.cards import BACK, CARD, FRONT, Boxes, moved, page, swapped


def found(reading: Reading, **options: Any) -> Finding:
    [finding] = read(CARD, reading, options)
    return finding


def fields(finding: Finding) -> dict[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def check(finding: Finding, rule: str, *keys: str) -> Check:
    [one] = [c for c in finding.checks if c.rule == rule and (not keys or c.fields == keys)]
    return one


def doubted(finding: Finding) -> dict[str, str]:
    return {key: evidence.why for key, evidence in finding.evidence.items() if evidence.doubtful}


def test_one_side() -> None:
    card = found(page(*FRONT))
    assert card.document.side == "front"
    assert fields(card) == {
        "title": "借书证",
        "number": "12345670",
        "name": "样张三",
        "shelf": "少儿馆",
        "initial": "样",
        "valid_from": "2024-01-02",
        "valid_to": "2026-01-02",
        "opens": None,
        "deposit": None,
        "issued": None,
    }
    assert check(card, "sample-number").passed is False  # 12345670 adds up to 28
    assert check(card, "sample-order").passed is True
    assert doubted(card) == {}


def test_the_other_side_in_normal_form() -> None:
    card = found(page(*BACK))
    assert card.document.side == "back"
    values = fields(card)
    assert (values["number"], values["opens"], values["deposit"]) == ("12345678", "09:00", "50.00")
    assert values["issued"] == "2024-01-02"


def test_both_sides_are_one_document_whose_sides_must_agree() -> None:
    card = found(page(*FRONT, *moved(BACK, 0, 700)))
    assert card.document.side == "double_side"
    assert fields(card)["number"] == "12345670"
    agree = check(card, "sides-agree")
    assert agree.passed is False and agree.fields == ("number",)
    assert agree.message == "front 12345670, back 12345678"
    same = found(page(*FRONT, *moved(swapped(BACK, "12345678", "12345670"), 0, 700)))
    assert check(same, "sides-agree").passed is True


@pytest.mark.parametrize(("side", "number"), [("front", "12345670"), ("back", "12345678")])
def test_the_side_that_was_asked_for(side: str, number: str) -> None:
    card = found(page(*FRONT, *moved(BACK, 0, 700)), side=side)
    assert (card.document.side, fields(card)["number"]) == (side, number)


def test_a_side_that_is_not_there() -> None:
    with pytest.raises(OcrError, match=r"the picture shows the front .*, not the back; use --side auto") as error:
        found(page(*FRONT), side="back")
    assert error.value.code == "not_this_document"


def test_a_check_stands_beside_its_value() -> None:
    card = found(page(*swapped(FRONT, "2024.01.02-2026.01.02", "2027.01.02-2026.01.02")))
    order = check(card, "sample-order")
    assert order.passed is False and order.message == "2026-01-02 comes before 2027-01-02"


def test_a_check_without_its_values_is_undecided() -> None:
    card = found(page(*(box for box in FRONT if "2024" not in box[0])))
    assert check(card, "sample-order").passed is None
    assert check(card, "date-real", "valid_from").passed is None


def test_a_value_without_its_form_stands_as_printed_and_is_doubtful() -> None:
    card = found(page(*swapped(BACK, "2024年1月2日", "见背面")))
    assert fields(card)["issued"] == "见背面"
    assert doubted(card) == {"issued": doubt.NOT_OF_FORM}


def test_an_hour_is_no_amount() -> None:
    card = found(page(*swapped(BACK, "￥50.00元", "12:30")))
    assert fields(card)["deposit"] is None


@pytest.mark.parametrize("text", ["样张三", "少儿馆"])
def test_free_text_with_an_unclear_character_is_doubtful(text: str) -> None:
    card = found(page(*FRONT, unsure=text))
    why = doubted(card)
    assert set(why) == ({"name", "initial"} if text == "样张三" else {"shelf"})
    assert all("is unclear" in reason for reason in why.values())
    assert {notice.field for notice in card.notices if notice.code == "doubtful"} == set(why)


def test_a_value_found_by_its_form_needs_a_check_digit() -> None:
    unlabelled = tuple(box for box in FRONT if box[0] != "证号")
    assert doubted(found(page(*unlabelled)))["number"] == doubt.ALONE
    proven = swapped(unlabelled, "12345670", "12345672")  # 30
    card = found(page(*proven))
    assert fields(card)["number"] == "12345672" and "number" not in doubted(card)


def test_what_lies_at_the_edge_may_be_cut_off() -> None:
    assert doubted(found(page(*moved(FRONT, 0, -187))))["name"] == doubt.AT_EDGE


def test_a_place_serves_one_value() -> None:
    """The number's own print is not taken for what stands near it, nor the shelf for the number."""
    card = found(page(*(box for box in FRONT if box[0] != "少儿馆")))
    assert fields(card)["shelf"] is None


@pytest.mark.parametrize("title", ["样本市阅览证"])
def test_another_title_is_another_document(title: str) -> None:
    with pytest.raises(OcrError) as error:
        found(page((title, 300, 10), *FRONT[1:]))
    assert (error.value.code, error.value.looks_like) == ("not_this_document", "reading-card")


def test_what_shows_no_side_names_the_labels_that_were_seen() -> None:
    with pytest.raises(OcrError, match="no whole side") as error:
        found(page(("样本", 100, 100), ("12345670", 300, 300)))
    assert error.value.code == "not_this_document"


def test_nothing_required_is_another_document() -> None:
    bare: Boxes = (("姓名", 100, 190), ("样张三", 180, 190), ("有效期", 100, 250), ("2024.01.02-2026.01.02", 200, 250))
    with pytest.raises(OcrError, match="nothing that this document must have") as error:
        found(page(*bare))
    assert error.value.code == "not_this_document"


def test_two_of_one_side_that_lie_apart_are_two_documents() -> None:
    other = swapped(swapped(FRONT, "12345670", "87654320"), "样张三", "样李四")
    first, second = read(CARD, page(*FRONT, *moved(other, 0, 900)), {})
    assert [fields(card)["name"] for card in (first, second)] == ["样张三", "样李四"]
    assert [fields(card)["number"] for card in (first, second)] == ["12345670", "87654320"]
    assert [(card.document.index, card.document.count) for card in (first, second)] == [(1, 2), (2, 2)]
    top, bottom = (card.evidence["name"].quad for card in (first, second))
    assert top is not None and bottom is not None and bottom[0][1] - top[0][1] == pytest.approx(900, abs=2)


def test_a_service_of_one_document_refuses_two() -> None:
    with pytest.raises(OcrError) as error:
        read(replace(CARD, several=False), page(*FRONT, *moved(FRONT, 0, 900)), {})
    assert error.value.code == "same_side_twice"
