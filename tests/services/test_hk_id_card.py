"""Hong Kong identity cards from saved readings of drawn specimens and from boxes; all people are invented."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.cards.hk_id_card import SERVICE
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, drawn, failed, fields, found, kept_reading, saved

FOLDER = "hk_id_card"
CARD = (
    ("香港永久性居民身份證", 300, 40),
    ("HONG KONG PERMANENT IDENTITY CARD", 300, 80),
    ("樣永晴", 400, 150),
    ("YEUNG, Wing Ching", 400, 195),
    ("3128 6851 4072", 400, 240),
    ("出生日期 Date of Birth", 400, 300),
    ("30-11-1985", 400, 340),
    ("女 F", 650, 340),
    ("***AZ", 400, 390),
    ("簽發日期 Date of Issue", 400, 440),
    ("(01-99)", 400, 480),
    ("15-09-18", 400, 520),
    ("X123456(6)", 700, 520),
)
FIELDS = {
    "name": "樣永晴",
    "name_en": "YEUNG, Wing Ching",
    "sex": "女",
    "birth_date": "1985-11-30",
    "number": "X123456(6)",
    "symbols": "***AZ",
    "name_telegraph_code": "3128 6851 4072",
    "permanent": True,
    "initial_issue_date": "1999-01",
    "issue_date": "2018-09-15",
}


def test_a_card() -> None:
    card = found(SERVICE, page(*CARD))
    assert fields(card) == FIELDS
    assert failed(card) == set()
    assert not any(seen.doubtful for seen in card.evidence.values())


def test_a_card_of_somebody_who_is_no_permanent_resident_and_has_no_chinese_name() -> None:
    boxes = swapped(swapped(CARD, CARD[0][0], "香港身份證"), CARD[1][0], "HONG KONG IDENTITY CARD")
    told = fields(found(SERVICE, page(*(box for box in boxes if box[0] not in ("樣永晴", "3128 6851 4072")))))
    assert told["permanent"] is False
    assert not {"name", "name_telegraph_code"} & set(told)


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        ("X123456(6)", "X123457(6)", "hkid", ("number",)),
        ("30-11-1985", "31-11-1985", "date-real", ("birth_date",)),
        ("15-09-18", "15-09-88", "date-order", ()),
        ("(01-99)", "(13-99)", "date-real", ("initial_issue_date",)),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    card = found(SERVICE, page(*swapped(CARD, old, new)))
    if keys:
        assert (rule, keys) in failed(card)
    else:  # a card of 1988 is no younger than its holder
        assert fields(card)["issue_date"] == "1988-09-15"


def test_two_stars_are_no_symbol() -> None:
    assert found(SERVICE, page(*swapped(CARD, "***AZ", "**AZ"))).evidence["symbols"].doubtful


def test_two_cards_in_a_picture_are_two_documents() -> None:
    other = swapped(CARD, "X123456(6)", "X234567(1)")
    cards = all_found(SERVICE, page(*CARD, *moved(other, 0, 800)))
    assert [fields(card)["number"] for card in cards] == ["X123456(6)", "X234567(1)"]


MAINLAND = (
    ("姓名", 100, 100),
    ("样张三", 200, 100),
    ("性别", 100, 160),
    ("女", 200, 160),
    ("民族", 300, 160),
    ("汉", 400, 160),
    ("公民身份号码", 100, 400),
)
PERMIT = (("港澳居民来往内地通行证", 300, 40), ("X123456(6)", 400, 100), ("出生日期", 100, 160))


@pytest.mark.parametrize(
    ("boxes", "looks_like"), [((), None), (MAINLAND, None), (CARD[:9], None), (PERMIT, "id-document")]
)
def test_other_documents_and_half_a_card(boxes: Boxes, looks_like: str | None) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("case", saved(FOLDER))
def test_a_drawn_card(case: str) -> None:
    truth = drawn(FOLDER, case)
    card = found(SERVICE, kept_reading(FOLDER, case))
    assert fields(card) == truth["fields"]
    assert (("hkid", ("number",)) in failed(card)) is not truth["check_digits_ok"]
