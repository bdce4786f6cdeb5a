"""The service `passport` on lines made for it: every format, misprinted digits, the printed zone, what is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ocrcli.checks import mrz
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Finding
from ocrcli.forms import doubt
from ocrcli.geometry import Affine, Quad, centre, length, quad_of_box
from ocrcli.page import Line, Reading
from ocrcli.services.cards.passport import SERVICE
from ocrcli.specimens.mrz import Holder, zone
from tests.days import TODAY
from tests.engine.lattices import lattice_with

CODES = {"TD1": "I", "TD2": "ID", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}
CHINESE = Holder("PO", "CHN", "E99999999", "LI", "SIMING", "CHN", date(1990, 1, 2), True, date(2030, 5, 6))
TD3_LINES = zone(mrz.TD3, CHINESE)


def holder(code: str) -> Holder:
    return Holder(code, "UTO", "L898902C3", "ERIKSSON", "ANNA MARIA", "UTO", date(1974, 8, 12), True, date(2032, 4, 15))


def box(text: str, x: float, y: float, em: float = 12) -> Line:
    wide = sum(2 if c > "\u2e80" else 1 for c in text)
    return Line(text, 1.0, quad_of_box(x, y, x + em * wide, y + 2 * em), source="text-layer")


def stacked(texts: Sequence[str]) -> list[Line]:
    return [box(text, 50, 600 + 60 * i, 20) for i, text in enumerate(texts)]


def found(lines: Sequence[Line], **options: Any) -> Finding:
    reading = Reading(1000, 800, "px", 1, 1, "text-layer", tuple(lines), today=TODAY)
    [finding] = SERVICE.read(reading, {**SERVICE.defaults(), **options})
    return finding


def fields(finding: Finding) -> dict[str, Any]:
    assert isinstance(finding.fields, dict)
    return finding.fields


def passed(finding: Finding, rule: str) -> list[bool | None]:
    return [check.passed for check in finding.checks if check.rule == rule]


def page(**other: str) -> list[Line]:
    """The printed zone of a Chinese passport; `other` replaces values."""
    values = {
        "护照号码/Passport No.": ("E99999999", 600, 40),
        "姓名/Name": ("李思明", 350, 110),
        "性别/Sex": ("女/F", 350, 220),
        "国籍/Nationality": ("中国/CHINESE", 520, 220),
        "出生日期/Date of birth": ("02 1月/JAN 1990", 760, 220),
        "出生地点/Place of birth": ("浙江/ZHEJIANG", 350, 300),
        "签发日期/Date of issue": ("07 5月/MAY 2020", 760, 300),
        "签发地点/Place of issue": ("北京/BEIJING", 350, 380),
        "有效期至/Date of expiry": ("06 5月/MAY 2030", 760, 380),
        "签发机关/Authority": ("公安部出入境管理局", 350, 460),
    }
    lines = []
    for label, (value, x, y) in values.items():
        lines += [box(label, x, y, 6), box(other.get(label, value), x + 6, y + 18, 9)]
    return [*lines, box("LI, SIMING", 356, 156, 9), box("MPS Exit & Entry Administration", 356, 506, 7)]


@pytest.mark.parametrize("layout", mrz.FORMATS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("turned", [0, 90, 180, 30])
def test_every_format_at_any_angle(layout: mrz.Format, turned: float) -> None:
    lines = zone(layout, holder(CODES[layout.name]))
    turn, _, _ = Affine.turning(turned, 1000, 800)
    finding = found([Line(x.text, 1.0, turn.quad(x.quad), source="text-layer") for x in stacked(lines)])
    told = fields(finding)
    assert told["mrz"] == lines
    assert (told["passport_number"], told["surname"], told["given_name"]) == ("L898902C3", "ERIKSSON", "ANNA MARIA")
    assert (told["country_code"], told["nationality"], told["sex"]) == ("UTO", "UTO", "F")
    assert (told["date_of_birth"], told["date_of_expiry"]) == ("1974-08-12", "2032-04-15")
    assert passed(finding, layout.rule.id) == [True] * len(layout.check_digits)
    assert not finding.notices
    number = finding.evidence["passport_number"]
    assert number.source == "mrz" and number.quad is not None


def test_the_page_and_its_portrait_can_be_cut_out() -> None:
    page, card = found(stacked(TD3_LINES)), found(stacked(zone(mrz.TD1, holder("I"))))
    assert set(page.crops) == {"page", "portrait"} and set(card.crops) == {"page"}
    assert page.crops["page"].ratio == pytest.approx(125 / 88) and page.document.quad is not None


def test_a_misprinted_number_stays_and_its_check_fails() -> None:
    wrong = [TD3_LINES[0], TD3_LINES[1].replace("E99999999", "E99999998")]
    finding = found(stacked(wrong))
    assert fields(finding)["mrz"] == wrong and fields(finding)["passport_number"] == "E99999998"
    failed = {check.fields for check in finding.checks if check.passed is False}
    assert failed == {("passport_number", "mrz"), ("mrz",)}


def test_a_chinese_passport_has_both_zones() -> None:
    finding = found([*page(), *stacked(TD3_LINES)])
    told = fields(finding)
    assert told["place_of_birth"] == "ZHEJIANG" and told["place_of_issue"] == "BEIJING"
    assert told["date_of_issue"] == "2020-05-07"
    assert told["issuing_authority"] == "MPS Exit & Entry Administration"
    assert told["extra_info"]["name"] == "李思明" and told["extra_info"]["place_of_birth"] == "浙江"
    assert passed(finding, "mrz-vs-print") == [True] and passed(finding, "date-order") == [True]
    assert passed(finding, "iso3166") == [True]
    assert told["passport_type"] == "P" and finding.evidence["date_of_issue"].source == "text-layer"


def test_what_tells_itself_needs_no_label() -> None:
    lines = [line for line in page() if "/" not in line.text or not line.text[-1].islower()]
    told = fields(found([*lines, *stacked(TD3_LINES)]))
    assert told["date_of_issue"] == "2020-05-07"
    assert (told["place_of_birth"], told["place_of_issue"]) == ("ZHEJIANG", "BEIJING")
    assert told["issuing_authority"] == "MPS Exit & Entry Administration"


def test_what_is_left_of_a_label_is_no_authority() -> None:
    lines = [line for line in page() if not line.text.startswith("MPS")]
    told = fields(found([*lines, box("Asthorty", 356, 506, 7), *stacked(TD3_LINES)]))
    assert told["issuing_authority"] is None and told["extra_info"]["issuing_authority"] == "公安部出入境管理局"


def test_print_that_says_something_else_is_told() -> None:
    finding = found([*page(**{"护照号码/Passport No.": "E99999990"}), *stacked(TD3_LINES)])
    [check] = [check for check in finding.checks if check.rule == "mrz-vs-print"]
    assert check.passed is False and check.fields == ("passport_number",)
    assert "E99999990" in str(check.message) and fields(finding)["passport_number"] == "E99999999"


@pytest.mark.parametrize("zone_lines", [[], TD3_LINES[:1]], ids=["covered", "one line only"])
def test_without_a_zone_the_print_alone(zone_lines: list[str]) -> None:
    finding = found([*page(), *stacked(zone_lines)])
    told = fields(finding)
    assert told["mrz"] == [] and told["passport_number"] == "E99999999" and told["date_of_expiry"] == "2030-05-06"
    assert (told["surname"], told["given_name"]) == ("LI", "SIMING")
    assert [notice.code for notice in finding.notices] == ["mrz_unreadable"]
    assert passed(finding, "mrz-vs-print") == [None]


def test_the_zone_alone_where_that_is_asked_for() -> None:
    finding = found([*page(), *stacked(TD3_LINES)], country_code="GENERAL")
    assert fields(finding)["place_of_birth"] is None and passed(finding, "mrz-vs-print") == [None]


def test_a_country_that_does_not_exist_and_dates_in_the_wrong_order() -> None:
    odd = Holder("P", "XYZ", "L898902C3", "A", "B", "UTO", date(1974, 8, 12), False, date(2032, 4, 15))
    finding = found(stacked(zone(mrz.TD3, odd)))
    assert passed(finding, "iso3166") == [False]
    late = found([*page(**{"签发日期/Date of issue": "07 5月/MAY 2031"}), *stacked(TD3_LINES)])
    assert passed(late, "date-order") == [False]


@pytest.mark.parametrize("pieces", [(44, 20), (20, 44), (25, 18), (30, 0), (0, 44)])
def test_lines_that_were_found_in_part_are_looked_at_whole(pieces: tuple[int, int]) -> None:
    lines = [
        box(text[:end], 50, 600 + 50 * row, 20) for row, (text, end) in enumerate(zip(TD3_LINES, pieces, strict=True))
    ]

    def again(quad: Quad, prepare: Any = None) -> Line:
        """What stands at a quad that has room for a whole line."""
        whole = abs(length(quad) - 880) < 60
        row = round((centre(quad)[1] - 620) / 50)
        return Line(TD3_LINES[row] if whole and 0 <= row < 2 else "", 1.0, quad, source="text-layer")

    reading = Reading(
        1000, 800, "px", 1, 1, "ocr", tuple(line for line in lines if line.text), again=again, today=TODAY
    )
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    assert fields(finding)["mrz"] == TD3_LINES and not finding.notices


def test_every_zone_of_a_page_is_a_document() -> None:
    card = zone(mrz.TD1, holder("I"))
    lines = [box(text, 50, 100 + 60 * row, 20) for row, text in enumerate(card)]
    reading = Reading(1000, 800, "px", 1, 1, "text-layer", (*stacked(TD3_LINES), *lines), today=TODAY)
    findings = SERVICE.read(reading, SERVICE.defaults())
    assert [fields(finding)["mrz"] for finding in findings] == [card, TD3_LINES]
    assert [(f.document.index, f.document.count) for f in findings] == [(1, 2), (2, 2)]


def test_print_of_another_document_is_not_this_ones() -> None:
    finding = found([*page(), *stacked(zone(mrz.TD1, holder("I")))], country_code="CHN")
    away = [Line(x.text, 1.0, Affine.shift(0, -900).quad(x.quad), source="text-layer") for x in page()]
    other = found([*away, *stacked(zone(mrz.TD1, holder("I")))], country_code="CHN")
    assert fields(finding)["place_of_birth"] == "ZHEJIANG" and fields(other)["place_of_birth"] is None


def test_a_number_that_was_made_unreadable_leaves_the_rest() -> None:
    lines = [box("护照/PASSPORT", 50, 40), *(line for line in page() if line.text != "E99999999")]
    told = fields(found(lines))
    assert told["passport_number"] is None and told["date_of_expiry"] == "2030-05-06"


def test_a_line_that_lacks_a_character_is_doubtful_as_a_whole() -> None:
    """What is behind the gap may have moved on into another's place."""
    first, second = TD3_LINES
    finding = found(stacked((first, second[:20] + second[21:])))
    assert finding.evidence["passport_number"].doubtful and finding.evidence["date_of_expiry"].doubtful
    assert not finding.evidence["surname"].doubtful


def test_print_at_the_edge_of_the_picture_may_be_cut_off() -> None:
    reading = Reading(915, 800, "px", 1, 1, "text-layer", tuple(page()), today=TODAY)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    doubtful = {key for key, value in finding.evidence.items() if value.doubtful}
    assert doubtful == {"date_of_birth", "date_of_issue", "date_of_expiry"}


def test_two_printed_pages_are_not_mixed() -> None:
    below = [Line(x.text, 1.0, Affine.shift(0, 600).quad(x.quad), source="text-layer") for x in page()]
    with pytest.raises(OcrError) as caught:
        found([*page(), *below])
    assert caught.value.code == "same_side_twice"


def test_another_documents_names_and_dates_are_no_passport() -> None:
    lines = [line for line in page() if "护照" not in line.text and line.text != "E99999999"]
    with pytest.raises(OcrError) as caught:
        found(lines)
    assert caught.value.code == "not_this_document"


@pytest.mark.parametrize(
    "texts",
    [
        (),
        TD3_LINES[:1],
        ("AUTHORIZED SIGNATURE", "0000 123", "95500 0000"),
        ("发票代码 011002300111", "增值税普通发票"),
        ("KOD PANSTWA CODE OF ISSUING STATE", "A" * 40),
    ],
)
def test_what_is_no_passport(texts: Sequence[str]) -> None:
    with pytest.raises(OcrError) as caught:
        found(stacked(texts))
    assert caught.value.code == "not_this_document"


def read_as_picture(lines: Sequence[Line]) -> Finding:
    reading = Reading(1000, 800, "px", 1, 1, "ocr", tuple(lines), today=TODAY)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    return finding


def unsure(line: Line, rivals: dict[int, tuple[str, float]]) -> Line:
    """The line with a lattice in which other characters have a part of the probability at some positions."""
    return replace(line, source="ocr", lattice=lattice_with(line.text, rivals))


def test_fillers_read_as_letters_make_no_unmarked_names() -> None:
    """Whatever is read of them: the name is the printed one, or it says that it may be misread."""
    first, second = stacked(
        zone(
            mrz.TD3, Holder("P", "CZE", "39010285", "VZOR", "CTIBOR", "CZE", date(1974, 8, 12), True, date(2032, 4, 15))
        )
    )
    for share in (0.3, 0.6, 0.9, 0.9999):
        # A letter right behind the name that was read for certain is one: nothing tells it from the name's own.
        for places in ((17,) if share < 0.99 else (20,), (19,), (17, 18, 22, 25), (16, 23, 27)):
            misread = unsure(first, {place: ("C" if first.text[place] == "<" else "0", share) for place in places})
            finding = read_as_picture([misread, second])
            names = fields(finding)["surname"], fields(finding)["given_name"]
            assert names == ("VZOR", "CTIBOR") or finding.evidence["given_name"].doubtful


def test_a_digit_where_a_state_must_stand_is_told_and_nothing_made_up() -> None:
    printed = TD3_LINES[1].replace("CHN", "777")
    assert fields(found(stacked((TD3_LINES[0], TD3_LINES[1].replace("CHN", "U70")))))["nationality"] == "U7O"
    finding = found(stacked((TD3_LINES[0], printed)))
    assert fields(finding)["mrz"][1] == printed and fields(finding)["nationality"] == "777"
    assert finding.evidence["nationality"].doubtful and not finding.evidence["passport_number"].doubtful
    assert passed(finding, "iso3166") == [False]


def test_an_o_that_check_digits_settle_is_nought_and_says_so() -> None:
    first, second = stacked(zone(mrz.TD3, replace(CHINESE, number="E90909099")))
    place = second.text.index("0")
    finding = read_as_picture([first, unsure(second, {place: ("O", 0.97)})])
    assert fields(finding)["passport_number"] == "E90909099"
    assert all(check.passed and check.chose for check in finding.checks if check.rule == "mrz-td3")
    assert finding.evidence["passport_number"].why == doubt.CHOSEN


def test_a_state_that_is_none_becomes_the_one_that_the_print_allows() -> None:
    first, second = stacked(TD3_LINES)
    finding = read_as_picture([unsure(first, {2: ("G", 0.8)}), second])
    assert fields(finding)["country_code"] == "CHN"


def test_the_french_card() -> None:
    lines = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"]
    told = fields(found(stacked(lines)))
    assert told["mrz"] == lines and (told["surname"], told["given_name"]) == ("BERTHIER", "CORINNE")
    assert (told["passport_number"], told["date_of_birth"], told["sex"]) == ("880692310285", "1965-12-06", "F")
    assert told["date_of_expiry"] is None and told["nationality"] is None
    assert passed(found(stacked(lines)), "mrz-idfra") == [True] * 3


def test_a_french_card_of_the_standards_layout_is_one() -> None:
    lines = zone(mrz.TD2, replace(CHINESE, code="ID", state="FRA"))
    assert passed(found(stacked(lines)), "mrz-td2") == [True] * 4


def test_alternatives_are_values_of_their_own() -> None:
    first, second = stacked(TD3_LINES)
    finding = read_as_picture([unsure(first, {11: ("N", 0.3)}), second])
    [other] = finding.evidence["given_name"].alternatives
    assert fields(finding)["given_name"] == "SIMING" and other.text == "SINING"
    assert other.share == pytest.approx(0.3, abs=0.02)
    assert not finding.evidence["surname"].alternatives


SAVED = sorted((Path(__file__).parent / "passport").glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_drawn_pictures_as_they_were_read(saved: Path) -> None:
    truth = json.loads(saved.with_name(saved.name.replace(SUFFIX, ".expected.json")).read_text(encoding="utf-8"))
    [finding] = SERVICE.read(load_reading(saved, TODAY), SERVICE.defaults())
    assert {key: fields(finding)[key] for key in truth["fields"]} == truth["fields"]
    assert (
        all(check.passed for check in finding.checks if check.rule.startswith(("mrz-t", "mrz-mrv")))
        is truth["check_digits_ok"]
    )
