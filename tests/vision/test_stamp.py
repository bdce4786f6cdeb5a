"""Red stamps on pictures: found by their ring, taken out of the print under them, their rim unrolled."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import quad_of_box
from ocrcli.page import Pixels
from ocrcli.vision.stamp import bared, find_stamps, vividness
from ocrcli.vision.stamp_words import red_alone, rim_words

RED, BROWN, BLACK = (40, 40, 214), (44, 84, 146), (0, 0, 0)  # BGR


def sheet(colour: tuple[int, int, int] = RED, turn: float = 0.0, marks: range = range(200, 341, 20)) -> Pixels:
    """A form with rules of its own colour and black print, one oval stamp across both, with marks at these degrees."""
    page = np.full((700, 1000, 3), 250, np.uint8)
    for y in (100, 300, 500, 600):
        cv2.line(page, (50, y), (950, y), BROWN, 2)
    cv2.line(page, (600, 100), (600, 600), BROWN, 2)
    cv2.putText(page, "TOTAL 123.45", (560, 480), cv2.FONT_HERSHEY_SIMPLEX, 1.2, BLACK, 2)
    cv2.ellipse(page, (750, 480), (140, 95), turn, 0, 360, colour, 4)
    for degrees in marks:
        x, y = 750 + 115 * np.cos(np.radians(degrees)), 480 + 70 * np.sin(np.radians(degrees))
        cv2.circle(page, (round(x), round(y)), 9, colour, -1)
    return page


@pytest.mark.parametrize("turn", [0, 12, -20])
def test_an_oval_of_red_ink_is_a_stamp(turn: float) -> None:
    [stamp] = find_stamps(sheet(turn=turn))
    assert np.hypot(stamp.middle[0] - 750, stamp.middle[1] - 480) < 5
    assert stamp.half == pytest.approx((140, 95), abs=6) and stamp.turn == pytest.approx(turn, abs=4)


def test_a_shaded_picture_twice_as_large() -> None:
    shade = np.linspace(1.0, 0.5, 2000)[None, :, None]
    large = (cv2.resize(sheet(), (2000, 1400), interpolation=cv2.INTER_CUBIC) * shade).astype(np.uint8)
    [stamp] = find_stamps(large)
    assert stamp.half == pytest.approx((280, 190), abs=12)


@pytest.mark.parametrize("page", [sheet(BLACK), np.full((400, 600, 3), 255, np.uint8), np.zeros((50, 50, 3), np.uint8)])
def test_without_red_ink_there_is_none(page: Pixels) -> None:
    assert find_stamps(page) == []


def test_without_the_red_print_stays_and_ink_goes() -> None:
    page = sheet()
    clear = bared(page)
    red = (page == RED).all(axis=2)
    black = (page == BLACK).all(axis=2)
    assert clear[red].mean() > 235 and clear[black].max() < 60


def test_print_of_a_form_is_less_vivid_than_a_stamp() -> None:
    page = sheet()
    assert vividness(page, quad_of_box(740, 380, 760, 400)) > 1.0  # the ring's top
    assert vividness(page, quad_of_box(60, 90, 200, 110)) < 0.7  # a rule


def test_the_words_of_the_rim_become_a_level_strip() -> None:
    page = sheet()
    [stamp] = find_stamps(page)
    [(over, under)] = rim_words(stamp, page)
    crop = page[480 - 95 : 480 + 95, 750 - 140 : 750 + 140]
    strip = over(crop)
    marks = cv2.connectedComponents((strip[:, :, 0] < 128).astype(np.uint8))[0] - 1
    assert marks == 8 and strip.shape[0] == 48
    assert np.array_equal(under(crop), strip[::-1, ::-1])


def test_words_all_around_the_rim_are_two_texts() -> None:
    page = sheet(marks=range(10, 360, 20))
    [stamp] = find_stamps(page)
    (over, _), (under, _) = rim_words(stamp, page)
    for way in (over, under):
        assert way.end - way.start == pytest.approx(np.pi, abs=0.5)
    assert np.sin((over.start + over.end) / 2) < -0.9 and np.sin((under.start + under.end) / 2) > 0.9


def test_colours_blurred_more_than_brightness_leave_sharp_words() -> None:
    page = sheet()
    blurred = cv2.cvtColor(page, cv2.COLOR_BGR2YCrCb)
    blurred[:, :, 1:] = cv2.GaussianBlur(blurred[:, :, 1:], (0, 0), 3)
    seen = np.asarray(cv2.cvtColor(blurred, cv2.COLOR_YCrCb2BGR), np.uint8)
    box = np.s_[480 - 95 : 480 + 95, 750 - 140 : 750 + 140]
    sharp, drawn = red_alone(page[box])[:, :, 0] < 128, red_alone(seen[box])[:, :, 0] < 128
    assert (sharp & drawn).sum() > 0.9 * sharp.sum() and (drawn & ~sharp).sum() < 0.2 * sharp.sum()
