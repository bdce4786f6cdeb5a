"""Clean print that reads badly is in a script nobody taught the model."""

import numpy as np
import pytest

from ocrcli.engine.crops import cut
from ocrcli.geometry import quad_of_box
from ocrcli.page import Line, Pixels
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.spoil import blurred
from ocrcli.vision.scripts import is_clean_print, uncovered, uncovered_notice


def print_of(text: str, size: int = 30) -> Pixels:
    style = Style(Typecase.carried().face("hei"), size)
    canvas = Canvas(round(style.width(text)) + 12, size + 10)
    canvas.text(6, 5, text, style)
    return canvas.picture()


def line_in(pixels: Pixels, confidence: float, text: str = "x") -> Line:
    return Line(text, confidence, quad_of_box(0, 0, pixels.shape[1], pixels.shape[0]))


@pytest.mark.parametrize("text", ["поезд дорога книга", "도서관 다리 학교", "雨停之后灯塔看守", "The ferry leaves"])
def test_print_is_clean_print(text: str) -> None:
    assert is_clean_print(print_of(text))
    assert is_clean_print(255 - print_of(text))


def test_what_is_no_clean_print() -> None:
    sharp = print_of("поезд дорога книга")
    assert not is_clean_print(blurred(sharp, 3.0))
    assert not is_clean_print(200 + sharp // 8)  # hardly darker than its paper
    assert not is_clean_print(np.full((30, 300, 3), 255, np.uint8))
    ramp = np.repeat(np.linspace(0, 255, 300, dtype=np.uint8)[None, :, None], 30, axis=0).repeat(3, axis=2)
    assert not is_clean_print(ramp)
    frame = np.full((30, 300, 3), 255, np.uint8)
    frame[:, 5:8] = frame[:, 290:293] = 0
    assert not is_clean_print(frame)


@pytest.mark.parametrize(
    ("confidence", "size", "text", "left_out"),
    [
        (0.0, 30, "поезд дорога", True),
        (0.69, 30, "поезд дорога", True),
        (0.0, 3, "поезд дорога", False),  # too small to say
        (0.0, 30, "по", False),  # too short to say
    ],
)
def test_clean_lines_that_read_badly_are_left_out(confidence: float, size: int, text: str, left_out: bool) -> None:
    pixels = print_of(text, size)
    line = line_in(pixels, confidence)
    assert (uncovered([line], lambda x: cut(pixels, x.quad)) == [line]) is left_out


@pytest.mark.parametrize(
    ("confidence", "read", "left_out"),
    [(0.85, "aTT", True), (0.85, "咖", True), (0.92, "aTT", False), (0.85, "no3A Aopora KH", False)],
)
def test_clean_lines_of_which_hardly_anything_is_read_are_left_out(
    confidence: float, read: str, left_out: bool
) -> None:
    pixels = print_of("поезд дорога книга")
    line = line_in(pixels, confidence, read)
    assert (uncovered([line], lambda x: cut(pixels, x.quad)) == [line]) is left_out


def test_blanks_and_underlines_are_no_print_that_was_not_read() -> None:
    pixels = print_of("一                    二")
    pixels[-6:-4] = 0
    assert uncovered([line_in(pixels, 0.85, "一二")], lambda x: cut(pixels, x.quad)) == []


def test_a_word_that_is_all_there_is_is_told() -> None:
    word = Line("", 0.0, quad_of_box(0, 0, 120, 30))
    assert uncovered_notice([word]) is None
    assert uncovered_notice([word], alone=True) is not None
    assert uncovered_notice([], alone=True) is None


def test_the_warning_names_the_place_and_what_to_do() -> None:
    lines = [Line("", 0.0, quad_of_box(10, 10 + 40 * i, 200, 40 + 40 * i)) for i in range(3)]
    notice = uncovered_notice(lines)
    assert notice is not None
    assert notice.code == "script_not_covered"
    assert notice.quad == quad_of_box(10, 10, 200, 120)
    assert "3 lines" in notice.message
    assert "--language" in notice.message
    assert uncovered_notice([Line("", 0.0, quad_of_box(0, 0, 90, 30))]) is None
    assert uncovered_notice([]) is None
