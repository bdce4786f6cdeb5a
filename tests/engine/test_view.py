"""A picture that is turned level, and what is found in it then."""

from __future__ import annotations

import numpy as np
import pytest

from ocrcli.engine.reading import LineReader
from ocrcli.engine.view import View, are_clear, is_zone, readable
from ocrcli.geometry import Affine, Quad, angle, length, quad_of_box
from ocrcli.page import Alphabet, Line, Pixels


class Blind:
    """A recogniser that reads nothing."""

    alphabet = Alphabet.of(["", "a"])

    def probabilities(self, crop: Pixels) -> tuple[np.ndarray, float]:
        return np.array([[1.0, 0.0]], np.float32), 1.0


class Sees:
    """A detector that sees these boxes in any picture."""

    def __init__(self, *quads: Quad) -> None:
        self.quads = quads

    def boxes(self, pixels: Pixels, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        return [(quad, 0.9) for quad in self.quads]


LEVEL = tuple(quad_of_box(200, 100 + 60 * i, 500, 130 + 60 * i) for i in range(5))


def slanted(degrees: float) -> View:
    """A page of 800 × 600 with five lines that fall by so many degrees."""
    turn, _, _ = Affine.turning(degrees, 800, 600)
    return View(np.zeros((600, 800, 3), np.uint8), [turn.quad(q) for q in LEVEL], Affine(), LineReader(Blind()))


def test_a_turned_page_is_looked_at_anew() -> None:
    assert slanted(15).turned(Sees(*LEVEL), -15).quads == list(LEVEL)


@pytest.mark.parametrize("degrees", [-20, 15])
def test_lines_that_a_turn_makes_hard_to_see_stay(degrees: float) -> None:
    turned = slanted(degrees).turned(Sees(LEVEL[0]), -degrees)
    assert len(turned.quads) == len(LEVEL)
    for quad in turned.quads:
        assert angle(quad) == pytest.approx(0, abs=0.1) and length(quad) == pytest.approx(300, abs=1)


def test_after_a_quarter_turn_only_what_is_seen_counts() -> None:
    assert slanted(90).turned(Sees(LEVEL[0]), -90).quads == [LEVEL[0]]


def line(text: str, confidence: float) -> Line:
    return Line(text, confidence, quad_of_box(0, 0, 100, 10))


def test_a_zone_read_upside_down_is_no_sign_of_an_upright_page_however_sure() -> None:
    upright, down = "P<UTODOE<<JANE<<<<<<<<<<", ">>>>>>>>>>3NV7>>300OLN>d"
    assert are_clear([line(upright, 0.95), line("Passport", 0.95)])
    assert not are_clear([line(down, 0.97), line("Passport", 0.99)])
    # Fillers read alike from both ends: they don't outvote the words.
    assert readable([line(down, 0.97), line("ON", 0.99)]) < readable([line(upright, 0.95), line("Passport", 0.95)])


def test_rows_of_fillers_are_a_zone_however_they_are_read() -> None:
    quad = quad_of_box(0, 0, 900, 20)
    for text in (
        "POCHNZHANG<<SAN<<<<<<<<<<<<<<<<",
        "IDFRABERTHIER<くくくくく<くくくくく",
        "P<UTOくくくくくくくくくくくくくくくくくくくく",
    ):
        assert is_zone(Line(text, 0.4, quad))
    assert not is_zone(Line("<<<<<<", 0.4, quad)) and not is_zone(
        Line("a line of ordinary text, with words", 0.4, quad)
    )
