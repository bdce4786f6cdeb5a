"""Looks at a plate that decide together: they must agree, and the network has a word in the province's sign."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from ocrcli.engine.lattice import make_lattice
from ocrcli.geometry import Quad, quad_of_box
from ocrcli.layout.plates import Place, agreed, look_at
from ocrcli.page import Alphabet, Line, Page, Pixels, Reading
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.plates import PLATES, draw_plate
from tests.days import TODAY

ALPHABET = Alphabet.of(["", *"皖鄂甘粤使港0Q123458ADZ"])
PICTURE = draw_plate(PLATES["small"], "皖A12345", Typecase.carried(), Random(1)).picture()
OUTLINE = quad_of_box(0, 0, PICTURE.shape[1], PICTURE.shape[0])


def line(text: str, signs: dict[str, float] | None = None) -> Line:
    """A line that fills the plate, each character in the middle of its place; `signs`: what may stand first."""
    told = [signs or {text[0]: 0.97}, *({character: 0.97} for character in text[1:])]
    dense = np.full((6 * len(told), len(ALPHABET.characters)), 1e-6, np.float32)
    dense[:, 0] = 1
    for place, chances in enumerate(told):
        for character, chance in chances.items():
            dense[6 * place + 3, ALPHABET.index[character]] = chance
        dense[6 * place + 3, 0] = 1 - sum(chances.values())
    return Line(text, 0.97, OUTLINE, lattice=make_lattice(dense / dense.sum(axis=1, keepdims=True), ALPHABET))


def reading(answer: Line, picture: Pixels | None = None) -> Reading:
    """A reader that gives this line on every look."""
    height, width = PICTURE.shape[:2]
    page = None if picture is None else Page(width, height, "px", 1, 1, render=lambda: picture)

    def again(quad: Quad, prepare: object = None) -> Line:
        return answer

    return Reading(width, height, "px", 1, 1, "ocr", again=again, page=page, today=TODAY)


PLACE = Place(((OUTLINE,),), OUTLINE)


def test_looks_that_agree_are_sure() -> None:
    found = agreed(reading(line("皖A12345")), PLACE, look_at([line("皖A12345")]))
    assert found is not None and found.number.text == "皖A12345" and found.share > 0.99 and not found.models


def test_the_first_look_is_one_of_them() -> None:
    found = agreed(reading(line("皖A10345")), PLACE, look_at([line("皖A1Q345")]))
    assert found is not None and found.number.text == "皖A10345"
    assert 0.75 < found.share < 0.85


@pytest.mark.parametrize(("kind", "number"), [("new-energy-small", "皖AD12345"), ("small", "皖A12345")])
def test_on_green_a_number_has_eight_characters(kind: str, number: str) -> None:
    """The first look lost a character, looks that reach farther see it."""
    picture = draw_plate(PLATES[kind], number, Typecase.carried(), Random(1)).picture()
    outline = quad_of_box(0, 0, picture.shape[1], picture.shape[0])
    place, page = Place(((outline,),), outline), Page(picture.shape[1], picture.shape[0], "px", 1, 1, lambda: picture)

    def again(quad: Quad, prepare: object = None) -> Line:
        return line("皖AD12345" if quad[0][0] < 0 else "皖A12345")

    seen = replace(reading(line("皖A12345"), picture), again=again, page=page)
    found = agreed(seen, place, look_at([line("皖A12345")]))
    assert found is not None and found.number.text == number


def test_no_number_is_none() -> None:
    assert agreed(reading(line("12345")), PLACE, None) is None


def test_the_network_decides_between_signs_that_the_reader_finds_alike() -> None:
    torn = line("鄂A12345", {"鄂": 0.5, "皖": 0.45})
    without, beside = (agreed(reading(torn, picture), PLACE, None) for picture in (None, PICTURE))
    assert without is not None and without.number.text == "鄂A12345" and without.share < 0.6
    assert beside is not None and beside.number.text == "皖A12345" and beside.share > 0.9
    assert set(beside.models) == {"province_sign", "end_sign"}


def test_the_network_does_not_overrule_a_sure_reader() -> None:
    found = agreed(reading(line("甘A12345", {"甘": 0.999}), PICTURE), PLACE, None)
    assert found is not None and found.number.text == "甘A12345"


def test_a_number_without_a_province_is_left_alone() -> None:
    plain, beside = (agreed(reading(line("使123450"), picture), PLACE, None) for picture in (None, PICTURE))
    assert plain is not None and beside is not None
    assert plain.number.text == beside.number.text == "使123450"
    assert abs(plain.number.misfit - beside.number.misfit) < 1e-6


@pytest.mark.parametrize(("kind", "printed"), [("hong-kong", "粤Z1234港"), ("foreign", "粤Z12348")])
def test_a_sign_at_the_end_is_seen_where_the_reader_is_sure_of_a_digit(kind: str, printed: str) -> None:
    picture = draw_plate(PLATES[kind], printed, Typecase.carried(), Random(1)).picture()
    found = agreed(reading(line("粤Z12348"), picture), PLACE, None)
    assert found is not None and found.number.text == printed


@pytest.mark.parametrize(("number", "ground"), [("使123450", "embassy"), (None, "foreign")])
def test_a_red_sign_that_the_reader_does_not_know_is_seen(number: str | None, ground: str) -> None:
    picture = draw_plate(PLATES[ground], number or "皖A12345", Typecase.carried(), Random(1)).picture()
    digits = line("·123450", {"": 0.9})
    found = agreed(reading(digits, picture), PLACE, None)
    assert (found.number.text if found else None) == number
