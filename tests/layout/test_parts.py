import numpy as np
import pytest

from ocrcli.engine.lattice import make_lattice
from ocrcli.geometry import bounds, quad_of_box
from ocrcli.layout.parts import Part
from ocrcli.page import Alphabet, Char, Line

ALPHABET = Alphabet.of(["", "姓", "名", "甲", "乙"])
SPOKEN = "姓名甲乙"


def line_with_lattice() -> Line:
    """Four characters, two steps each, the second one blank."""
    dense = np.full((8, 5), 0.01, np.float32)
    for place, char in enumerate(SPOKEN):
        dense[2 * place, ALPHABET.index[char]] = 0.96
        dense[2 * place + 1, 0] = 0.96
    chars = tuple(Char(c, 0.9 - 0.1 * i, i / 4, (i + 1) / 4) for i, c in enumerate(SPOKEN))
    return Line(SPOKEN, 0.75, quad_of_box(0, 0, 80, 20), chars=chars, lattice=make_lattice(dense, ALPHABET))


def test_a_part_as_a_line_of_its_own() -> None:
    part = Part(line_with_lattice(), 2, 4)
    line = part.as_line()
    assert (line.text, part.text, bounds(line.quad)) == ("甲乙", "甲乙", (40, 0, 80, 20))
    assert line.confidence == pytest.approx(0.65)
    assert [(c.text, c.start, c.end) for c in line.chars] == [("甲", 0.0, 0.5), ("乙", 0.5, 1.0)]


def test_a_part_has_its_own_steps_of_the_lattice() -> None:
    lattice = Part(line_with_lattice(), 2, 4).as_line().lattice
    assert lattice is not None and lattice.steps == 4
    best = [lattice.alphabet.characters[lattice.ids[offset]] for offset in lattice.offsets[:-1]]
    assert best == ["甲", "", "乙", ""]


def test_the_whole_is_the_line_itself() -> None:
    line = line_with_lattice()
    assert Part(line, 0, 4).as_line() is line


def test_without_known_places_characters_take_room_by_their_width() -> None:
    line = Line("No12号码", 1.0, quad_of_box(0, 0, 80, 20))
    assert bounds(Part(line, 4, 6).quad) == (40, 0, 80, 20)


def test_parts_of_vertical_lines_lie_below_each_other() -> None:
    line = Line("姓名甲乙", 1.0, quad_of_box(0, 0, 20, 80), vertical=True)
    assert bounds(Part(line, 2, 4).quad) == (0, 40, 20, 80)
