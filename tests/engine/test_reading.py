"""Crops → lines, with a recogniser that reads painted columns."""

import numpy as np

from ocrcli.context import Context
from ocrcli.engine.columns import lay_out
from ocrcli.engine.reading import LONGEST, LineReader
from ocrcli.geometry import quad_of_box
from ocrcli.page import Alphabet


class Painted:
    """Reads the red channel: a step per 8 px at 48 px height, class = value / 20; white is blank."""

    alphabet = Alphabet.of(["", *"abcdefghijk ", "L"])

    def __init__(self) -> None:
        self.widths: list[int] = []

    def probabilities(self, crop: np.ndarray) -> tuple[np.ndarray, float]:
        width = round(48 * crop.shape[1] / crop.shape[0])
        self.widths.append(width)
        steps = width // 8 + 2  # two steps of padding
        dense = np.full((steps, 14), 1e-6, np.float32)
        for step in range(steps):
            x = int((step + 0.5) * 8 * crop.shape[0] / 48)
            value = int(crop[crop.shape[0] // 2, x, 2]) if x < crop.shape[1] else 255
            dense[step, 0 if value == 255 else value // 20] = 0.99
        return dense, width / 8


def paint(classes: list[int], pitch: int = 24) -> np.ndarray:
    """A line of 48 px height with a coloured bar of 8 px for each class."""
    pixels = np.full((48, pitch * len(classes), 3), 255, np.uint8)
    for i, c in enumerate(classes):
        pixels[:, i * pitch + 8 : i * pitch + 16] = c * 20
    return pixels


def test_lines_come_back_in_the_order_of_their_quads() -> None:
    page = np.full((300, 600, 3), 255, np.uint8)
    quads = []
    for row, classes in enumerate([[1, 2], [3, 4, 5, 6, 7], [8], [9, 9, 1]]):
        strip = paint(classes)
        page[row * 60 : row * 60 + 48, : strip.shape[1]] = strip
        quads.append(quad_of_box(0, row * 60, strip.shape[1], row * 60 + 48))
    for threads in (1, 3):
        lines = LineReader(Painted(), Context(threads).executor).read(page, quads)
        assert [line.text for line in lines] == ["ab", "cdefg", "h", "iia"]
        assert [line.quad for line in lines] == quads


def test_blanks_at_the_ends_are_no_text() -> None:
    line = LineReader(Painted()).crop(paint([12, 1, 12, 2, 12]), quad_of_box(0, 0, 1, 1))
    assert line.text == "a b"
    assert [c.text for c in line.chars] == ["a", " ", "b"]
    assert line.lattice is not None
    assert line.lattice.steps >= 15


def test_a_very_long_line_is_read_in_pieces_and_joined() -> None:
    classes = [1 + i % 11 for i in range(200)]
    strip = paint(classes)
    assert strip.shape[1] > LONGEST * 48
    recognizer = Painted()
    line = LineReader(recognizer).crop(strip, quad_of_box(0, 0, strip.shape[1], 48))
    assert len(recognizer.widths) == 3
    assert line.text == "".join("abcdefghijk"[i % 11] for i in range(200))
    centres = [(c.start + c.end) / 2 * strip.shape[1] for c in line.chars]
    assert max(abs(c - (24 * i + 12)) for i, c in enumerate(centres)) < 10
    assert line.lattice is not None
    assert line.lattice.steps == len(line.lattice.offsets) - 1
    assert line.lattice.offsets[-1] == len(line.lattice.ids)


def test_a_column_is_laid_out_as_a_row() -> None:
    column = np.full((400, 50, 3), 255, np.uint8)
    tops = [10, 110, 210, 310]
    for i, top in enumerate(tops):
        column[top : top + 45, 20:30] = 40 * (i + 1)  # a cross
        column[top + 20 : top + 25, 5:45] = 40 * (i + 1)
    laid = lay_out(column)
    assert len(laid.edges) == 4
    assert laid.pixels.shape == (50, 200, 3)
    side = laid.pixels.shape[0]
    assert [int(laid.pixels[side // 2, side * i + side // 2, 0]) for i in range(4)] == [40, 80, 120, 160]
    for (above, below), y in zip(laid.edges, tops, strict=True):
        assert abs(above * 400 - y) <= 1
        assert abs(below * 400 - (y + 45)) <= 1


def test_touching_characters_of_a_column_are_taken_apart() -> None:
    column = np.full((300, 50, 3), 255, np.uint8)
    column[:, 20:30] = 0
    column[20::50, 12:40] = 0
    assert len(lay_out(column).edges) == 6


def test_a_blank_column_is_one_cell() -> None:
    assert len(lay_out(np.full((300, 50, 3), 255, np.uint8)).edges) == 1
