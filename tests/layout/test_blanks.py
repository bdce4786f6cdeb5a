from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest

from ocrcli.geometry import quad_of_box
from ocrcli.layout.blanks import with_blanks
from ocrcli.page import Char, Line, Reading
from tests.days import TODAY


def line(text: str, gap_em: float) -> Line:
    """Digits half an em wide, with a gap at each bar; cells reach half-way across gaps, as a recogniser's do."""
    words = text.split("|")
    widths = []
    for i, word in enumerate(words):
        own = [0.5 if c.isdigit() else 0.4 for c in word]
        own[0] += gap_em / 2 if i else 0.0
        own[-1] += gap_em / 2 if i < len(words) - 1 else 0.0
        widths += own
    ends = list(accumulate(widths))
    chars = tuple(
        Char(c, 0.99, (end - wide) / ends[-1], end / ends[-1])
        for c, wide, end in zip("".join(words), widths, ends, strict=True)
    )
    return Line("".join(words), 0.99, quad_of_box(0, 0, 30 * ends[-1], 30), chars=chars)


def text_of(one: Line) -> str:
    reading = Reading(800, 100, "px", 1, 1, "ocr", (one,), today=TODAY).arranged([((one,),)])
    return with_blanks(reading).lines[0].text


@pytest.mark.parametrize("gap", [0.5, 0.7, 1.2, 1.8])
def test_numbers_that_stand_apart_are_parted(gap: float) -> None:
    assert text_of(line("1,234.56|78.90|0.05", gap)) == "1,234.56 78.90 0.05"


@pytest.mark.parametrize("gap", [0.0, 0.1])
def test_digits_of_one_number_stay_together(gap: float) -> None:
    assert text_of(line("1,234.56|78.90|0.05", gap)) == "1,234.5678.900.05"
    assert text_of(line("|".join("440106199001011234"), 1.0)) == "440106199001011234"


def test_what_a_file_says_itself_is_left_alone() -> None:
    one = replace(line("12345|678", 1.0), source="text-layer")
    reading = Reading(800, 100, "px", 1, 1, "text-layer", (one,), today=TODAY).arranged([((one,),)])
    assert with_blanks(reading) is reading
