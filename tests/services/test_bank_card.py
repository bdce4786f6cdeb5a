"""Bank cards from boxes and from saved readings of drawn ones; their numbers are of no issuer, or for testing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ocrcli.checks import luhn
from ocrcli.engine.replay import load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding
from ocrcli.forms.results import completed
from ocrcli.geometry import quad_of_box
from ocrcli.layout.upright import units
from ocrcli.page import Line, Reading
from ocrcli.services.cards.bank_card import SERVICE
from tests.days import TODAY

SAVED = Path(__file__).parent / "bank_card"
EM = 24.0
NUMBER = "629900000000001" + luhn.check_digit("629900000000001")
LONG = "629900000000000012" + luhn.check_digit("629900000000000012")
PING_AN = "6216261000000000018"  # UnionPay's test card (open.unionpay.com, sandbox)
Boxes = tuple[tuple[str, int, int], ...]


def grouped(number: str) -> str:
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


CREDIT: Boxes = (
    ("禾泽银行", 100, 100),
    ("HEZE BANK", 100, 140),
    ("信用卡", 700, 100),
    (grouped(NUMBER), 100, 360),
    ("MONTH/YEAR", 440, 420),
    ("VALID", 320, 440),
    ("THRU", 320, 470),
    ("04/29", 440, 455),
    ("ZHANG SAN", 100, 540),
    ("UnionPay", 700, 540),
)


def reading(*boxes: tuple[str, int, int]) -> Reading:
    lines = tuple(Line(t, 0.9, quad_of_box(x, y, x + units(t) * EM, y + 1.2 * EM)) for t, x, y in boxes)
    return Reading(1100.0, 700.0, "px", 1, 1, "ocr", lines, today=TODAY)


def swapped(boxes: Boxes, **new: str) -> Boxes:
    """The boxes with others of the same place: number=, bank=, kind=, expiry=, holder=."""
    names = {0: "bank", 2: "kind", 3: "number", 7: "expiry", 8: "holder"}
    return tuple((new.get(names.get(i, ""), text), x, y) for i, (text, x, y) in enumerate(boxes))


def found(page: Reading) -> Finding:
    own = SERVICE.defaults()
    [finding] = SERVICE.read(page, own)
    return completed(finding, SERVICE.fields, own, page)


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return {key: value for key, value in finding.fields.items() if key != "confidence"}


def check(finding: Finding, rule: str) -> Check:
    [one] = [c for c in finding.checks if c.rule == rule]
    return one


def doubtful(finding: Finding) -> set[str | None]:
    return {notice.field for notice in finding.notices if notice.code == "doubtful"}


CARD = {
    "bank_name": "禾泽银行",
    "card_number": NUMBER,
    "issue_date": None,
    "expiry_date": "04/29",
    "type": "credit",
    "holder_name": "ZHANG SAN",
}


def test_a_credit_card() -> None:
    card = found(reading(*CREDIT))
    assert fields(card) == CARD
    assert check(card, "luhn").passed
    assert check(card, "iin-unionpay").passed
    assert doubtful(card) == set()


@pytest.mark.parametrize("cut", [(4, 4, 4, 4, 3), (6, 13), (19,)])
def test_groups_that_are_boxes_of_their_own(cut: tuple[int, ...]) -> None:
    boxes, x, start = [], 100, 0
    for length in cut:
        boxes.append((LONG[start : start + length], x, 360))
        x, start = x + int((length / 2 + 0.5) * EM), start + length
    card = found(reading(*CREDIT[:3], *boxes, *CREDIT[4:]))
    assert fields(card)["card_number"] == LONG
    assert check(card, "luhn").passed


def test_a_group_a_row() -> None:
    rows = tuple((LONG[i : i + 4], 100, 300 + 10 * i) for i in range(0, 19, 4))
    card = found(reading(*CREDIT[:3], *rows))
    assert fields(card)["card_number"] == LONG
    assert doubtful(card) == set()


def test_a_wrong_check_digit_stands_as_it_is_printed() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 5) % 10)
    card = found(reading(*swapped(CREDIT, number=grouped(wrong))))
    assert fields(card)["card_number"] == wrong
    assert check(card, "luhn").passed is False
    assert check(card, "luhn").message == f"the check digit should be {NUMBER[-1]}, not {wrong[-1]}"


def test_the_number_says_who_issued_it_where_the_print_does_not() -> None:
    card = found(reading((grouped(PING_AN), 100, 360), ("UnionPay", 700, 540)))
    assert fields(card)["bank_name"] == "平安银行"
    assert fields(card)["type"] == "debit"
    assert card.evidence["bank_name"].source == "derived"


def test_a_number_of_another_bank() -> None:
    card = found(reading(*swapped(CREDIT, number=grouped(PING_AN), bank="中国工商银行")))
    assert fields(card)["bank_name"] == "中国工商银行"
    assert check(card, "iin-unionpay").passed is False


@pytest.mark.parametrize(
    ("word", "kind"),
    [("借记卡 DEBIT CARD", "debit"), ("储蓄卡", "debit"), ("准贷记卡", "semi-credit"), ("Credit Card", "credit")],
)
def test_kinds(word: str, kind: str) -> None:
    assert fields(found(reading(*swapped(CREDIT, kind=word))))["type"] == kind


def test_first_and_last_month() -> None:
    since = (("VALID", 100, 440), ("FROM", 100, 470), ("05/24", 190, 455))
    card = found(reading(*CREDIT[:5], *since, *CREDIT[5:]))
    assert (fields(card)["issue_date"], fields(card)["expiry_date"]) == ("05/24", "04/29")


def test_a_month_that_none_has_is_doubtful() -> None:
    card = found(reading(*swapped(CREDIT, expiry="14/29")))
    assert fields(card)["expiry_date"] in (None, "14/29")
    assert fields(card)["expiry_date"] is None or "expiry_date" in doubtful(card)


def test_a_word_below_the_number_is_no_holder() -> None:
    card = found(reading(*swapped(CREDIT, holder="PLATINUM CARD")))
    assert fields(card)["holder_name"] is None


def test_a_masked_number_is_not_made_up() -> None:
    card = found(reading(*swapped(CREDIT, number="6299 **** **** 0010")))
    assert fields(card)["card_number"] is None
    assert check(card, "luhn").passed is None


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (("今天天气很好", 100, 100), ("我们去公园散步", 100, 140)),
        (("中国工商银行", 100, 100), ("客户服务热线 95588", 100, 140)),
        (("中国工商银行电子回单", 100, 100), ("账号 6299000000000010", 100, 140), ("信用卡还款", 100, 180)),
        (("广东增值税专用发票", 100, 100), ("中国银行 " + LONG, 100, 140)),
        ((grouped(NUMBER), 100, 100),),
    ],
    ids=["empty", "text", "a bank's letter", "receipt", "invoice", "a number alone"],
)
def test_other_papers_are_refused(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert refused.value.code == "not_this_document"


DRAWN = {
    "flat": {"bank_name": "榆川农村商业银行", "card_number": "6299064465920353349", "type": "debit"},
    "embossed": {
        "bank_name": "华夏银行",
        "card_number": "6299967940455402",
        "expiry_date": "11/35",
        "type": "credit",
        "holder_name": "MINTAO FENG",
    },
    "portrait-rows": {"bank_name": "兴业银行", "card_number": "6299564920332418804", "expiry_date": "08/21"},
    "level-3": {"bank_name": "榆川农村商业银行", "card_number": "6299064465920353349", "type": "debit"},
}


@pytest.mark.parametrize("name", DRAWN)
def test_saved_readings(name: str) -> None:
    card = found(load_reading(SAVED / f"{name}.reading.json", TODAY))
    assert {key: value for key, value in fields(card).items() if value is not None} == DRAWN[name]
    assert check(card, "luhn").passed
