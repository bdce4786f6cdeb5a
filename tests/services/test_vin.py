"""The service `vin` on lines made for it: what proves itself, what only warns, what is no number."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.checks import vin
from ocrcli.engine.lattice import make_lattice
from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Check, Finding
from ocrcli.geometry import Quad, quad_of_box
from ocrcli.page import Alphabet, Lattice, Line, Reading
from ocrcli.services.cards.vin import SERVICE
from tests.days import TODAY

GOOD = "1M8GDM9AXKP042788"  # the example of 49 CFR 565
OTHER = "11111111111111111"
WRONG = "1M8GDM9AXKP042789"
EUROPEAN = "WVWZZZ1JZ3W386752"  # position 9 shows no check character


def line(text: str, x: float = 40, y: float = 40) -> Line:
    return Line(text, 1.0, quad_of_box(x, y, x + 20 * len(text), y + 30), source="text-layer")


def found(*lines: Line) -> Finding:
    reading = Reading(1000, 600, "px", 1, 1, "text-layer", lines, today=TODAY)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    return finding


def number(finding: Finding) -> str:
    assert isinstance(finding.fields, dict)
    value = finding.fields["vin"]
    assert isinstance(value, str)
    return value


def check(finding: Finding, rule: str) -> Check:
    [one] = [check for check in finding.checks if check.rule == rule]
    return one


def codes(finding: Finding) -> set[str]:
    return {notice.code for notice in finding.notices}


@pytest.mark.parametrize("printed", [GOOD, f"*{GOOD}*", f"VIN: {GOOD}", f"车辆识别代号 {GOOD}", "1M8 GDM9AX KP042788"])
def test_a_number_that_proves_itself(printed: str) -> None:
    finding = found(line(printed))
    assert number(finding) == GOOD and check(finding, "vin").passed and not codes(finding)
    assert finding.evidence["vin"].quad is not None


def test_a_misprinted_number_stays_and_its_check_fails() -> None:
    finding = found(line(WRONG))
    assert number(finding) == WRONG
    assert check(finding, "vin").passed is False and "should be" in str(check(finding, "vin").message)


def test_where_no_check_character_is_required_the_number_only_warns() -> None:
    finding = found(line(EUROPEAN))
    assert number(finding) == EUROPEAN
    assert check(finding, "vin").passed is None and "need not" in str(check(finding, "vin").message)
    assert codes(finding) == {"unproven"} and check(finding, "vin-year").passed is None


def test_position_ten_that_names_no_year_fails_where_it_must() -> None:
    free = "1M8GDM9A0UP042788"
    finding = found(line(free[:8] + vin.check_character(free) + free[9:]))
    assert check(finding, "vin").passed and check(finding, "vin-year").passed is False


@pytest.mark.parametrize("order", [(GOOD, WRONG), (WRONG, GOOD)])
def test_of_several_the_one_that_proves_itself(order: tuple[str, str]) -> None:
    finding = found(line(order[0]), line(order[1], y=200))
    assert number(finding) == GOOD
    [warning] = finding.notices
    assert warning.code == "other_numbers" and WRONG in warning.message and GOOD not in warning.message


def test_the_same_number_twice_is_one() -> None:
    assert not codes(found(line(GOOD), line(f"*{GOOD}*", y=200)))


@pytest.mark.parametrize("place", [(40, 80), (230, 40)])
@pytest.mark.parametrize("cut", [8, 9])
def test_a_number_in_two_boxes(place: tuple[float, float], cut: int) -> None:
    finding = found(line(GOOD[cut:], *place), line(GOOD[:cut]))
    assert number(finding) == GOOD and check(finding, "vin").passed


def test_the_mark_of_imported_vehicles_is_no_part_of_the_number() -> None:
    finding = found(line("I" + GOOD))
    assert number(finding) == GOOD and check(finding, "vin").passed
    with pytest.raises(OcrError):
        found(line("I" + WRONG))


def test_boxes_far_apart_are_no_number() -> None:
    with pytest.raises(OcrError):
        found(line(GOOD[:8]), line(GOOD[8:], y=500))


@pytest.mark.parametrize(("letter", "digit"), [("I", "1"), ("O", "0")])
def test_letters_that_no_number_has_are_read_as_digits_and_doubtful(letter: str, digit: str) -> None:
    right = GOOD if digit == "0" else OTHER
    printed = right.replace(digit, letter, 1)
    finding = found(line(printed))
    assert number(finding) == right and "doubtful" in codes(finding)
    assert finding.evidence["vin"].plain == printed and finding.evidence["vin"].doubtful


@pytest.mark.parametrize("before", ["", "VIN: ", "*"])
def test_letters_that_stand_for_no_digit_are_told_as_printed(before: str) -> None:
    printed = GOOD[:4] + "Q" + GOOD[5:]
    finding = found(line(before + printed))
    assert number(finding) == printed
    assert check(finding, "vin").passed is False
    assert codes(finding) == {"doubtful"}


@pytest.mark.parametrize("piece", [GOOD[:6], GOOD[3:12], GOOD[5:]])
def test_a_piece_is_looked_at_where_the_whole_must_stand(piece: str) -> None:
    start = 40 + 20 * GOOD.index(piece)

    def again(quad: Quad, prepare: object = None) -> Line:
        """The whole number, wherever the quad has room for it."""
        seen = quad[0][0] <= 40 and quad[1][0] >= 40 + 20 * len(GOOD)
        return Line(GOOD if seen else "", 1.0, quad, source="text-layer")

    reading = Reading(1000, 600, "px", 1, 1, "ocr", (line(piece, x=start),), again=again, today=TODAY)
    [finding] = SERVICE.read(reading, SERVICE.defaults())
    assert number(finding) == GOOD and check(finding, "vin").passed


@pytest.mark.parametrize("region", ["L", "J"])
def test_a_check_that_chose_is_no_proof(region: str) -> None:
    """Position 14 is half a 2: with a 1 there, the likelier, the check character is wrong."""
    right = region + "MBXN0J07G0112233"
    right = right[:8] + vin.check_character(right) + right[9:]
    printed = replace(line(right), lattice=half_read(right, 13, "1"))
    finding = found(printed)
    assert number(finding) == right and check(finding, "vin").chose
    assert "doubtful" in codes(finding)


def half_read(text: str, place: int, other: str) -> Lattice:
    """A clean line, in which one character is a little less likely than another."""
    alphabet = Alphabet.of(["", *vin.ALPHABET])
    dense = np.full((2 * len(text) + 1, len(alphabet.characters)), 1e-9, np.float32)
    dense[::2, 0] = 1
    for i, character in enumerate(text):
        dense[2 * i + 1, alphabet.index[character]] = 1
    dense[2 * place + 1, alphabet.index[text[place]]] = 0.4
    dense[2 * place + 1, alphabet.index[other]] = 0.6
    return make_lattice(dense, alphabet)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("发票代码 011002300111",),
        ("6222021234567890123",),
        ("AUTHORIZED SIGNATURE", "0000 123", "95500 0000"),  # the back of a bank card
        ("GAWR FRONT 1135/4583 KG/LB",),
        (GOOD[:-1],),
        (GOOD + "7",),
        ("样本银行槐安支行 22239643511329861",),
        ("账号 " + OTHER,),
        (OTHER[:-1] + "2",),
        ("Document No.", "455158527"),
        ("E611070403CHN8305055F3005084<<<<<<<<<<<<<<02",),
    ],
)
def test_what_is_no_number(lines: tuple[str, ...]) -> None:
    with pytest.raises(OcrError) as caught:
        found(*(line(text, y=60 * i) for i, text in enumerate(lines)))
    assert caught.value.code == "not_this_document"


@settings(deadline=None, max_examples=20)
@given(text=st.text(vin.ALPHABET, min_size=13, max_size=13), end=st.integers(0, 9999))
def test_every_number_comes_back_as_printed(text: str, end: int) -> None:
    printed = f"L{text[1:]}{end:04d}"
    finding = found(line(printed))
    assert number(finding) == printed and check(finding, "vin").passed == vin.passes(printed)


SAVED = sorted((Path(__file__).parent / "vin").glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_drawn_pictures_as_they_were_read(saved: Path) -> None:
    truth = json.loads(saved.with_name(saved.name.replace(SUFFIX, ".expected.json")).read_text(encoding="utf-8"))
    [finding] = SERVICE.read(load_reading(saved, TODAY), SERVICE.defaults())
    assert finding.fields == truth["fields"]
    required = vin.must_pass(number(finding))
    assert check(finding, "vin").passed is (truth["check_digits_ok"] or (False if required else None))
