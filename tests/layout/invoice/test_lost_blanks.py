"""Blanks that a reader left out before long numbers: put back where the lattice shows one."""

from __future__ import annotations

import numpy as np
import pytest

from ocrcli.engine.lattice import make_lattice
from ocrcli.geometry import quad_of_box
from ocrcli.layout.invoice.lost_blanks import with_blanks
from ocrcli.page import Alphabet, Char, Line

ALPHABET = Alphabet.of(["", *"样本路号室0123456789- "])


def line(text: str, place: int, blank: float) -> Line:
    """A clear line whose lattice has a blank of this probability before character `place`."""
    dense = np.full((2 * len(text) + 1, len(ALPHABET.characters)), 1e-9, np.float32)
    dense[:, 0] = 0.999
    for i, char in enumerate(text):
        dense[2 * i + 1, [0, ALPHABET.index[char]]] = (1e-6, 0.999)
    dense[2 * place, ALPHABET.index[" "]] = blank
    steps = len(dense)
    chars = tuple(Char(c, 0.9, 2 * i / steps, (2 * i + 2) / steps) for i, c in enumerate(text))
    return Line(text, 0.9, quad_of_box(0, 0, 100, 10), chars=chars, lattice=make_lattice(dense, ALPHABET))


@pytest.mark.parametrize(
    ("text", "place", "blank", "expected"),
    [
        ("样本路1号010-00000000", 5, 0.05, "样本路1号 010-00000000"),
        ("样本路1号010-00000000", 5, 1e-5, "样本路1号010-00000000"),
        ("样本1234567890123", 2, 0.05, "样本 1234567890123"),
        ("样本路12号", 3, 0.05, "样本路12号"),
    ],
)
def test_a_blank_before_a_long_number(text: str, place: int, blank: float, expected: str) -> None:
    given = line(text, place, blank)
    found = with_blanks(given)
    assert found.text == expected == "".join(c.text for c in found.chars)


def test_digital_text_stays() -> None:
    given = Line("样本1234567890123", 1.0, quad_of_box(0, 0, 100, 10), source="text-layer")
    assert with_blanks(given) is given
