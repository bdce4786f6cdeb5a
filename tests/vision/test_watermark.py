"""Watermarks: found by their light, turned ink; taken out so that the page is as if they had never been there."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.geometry import Quad, quad_of_box
from ocrcli.page import Pixels
from ocrcli.specimens.canvas import Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.vision.watermark import clear_watermark, find_watermark
from tests.vision.printed_pages import article, greyed, lines_of

FACE = Typecase.carried().face("hei")


def across(picture: Pixels, text: str, size: int, degrees: float, colour: Colour) -> tuple[Pixels, Quad]:
    """The picture with a word turned across its middle, print below showing through, and the word's place."""
    height, width = picture.shape[:2]
    canvas = Canvas(width, height)
    canvas.show(picture)
    line = canvas.turned((width / 2, height / 2), text, Style(FACE, size, colour), degrees)
    return canvas.picture(), line.quad


def no_detector(_: Pixels) -> Sequence[Quad]:
    raise AssertionError("an ordinary page needs no second look")


def differing(one: Pixels, other: Pixels, levels: int) -> float:
    """Share of the pixels that differ by more than this."""
    return float((np.abs(one.astype(int) - other).max(axis=2) > levels).mean())


@settings(deadline=None, max_examples=25)
@given(
    grey=st.integers(179, 235),
    degrees=st.floats(20, 60),
    clockwise=st.booleans(),
    size=st.integers(60, 160),
    paper=st.sampled_from([255, 235]),
)
def test_the_cleared_page_is_the_page_without_its_watermark(
    grey: int, degrees: float, clockwise: bool, size: int, paper: int
) -> None:
    clean = greyed(article().picture, paper)
    turn = degrees if clockwise else -degrees
    page, quad = across(clean, "内部资料", size, turn, (grey, grey, grey))
    found = find_watermark(page, [quad] if size < 80 else [], 0.0, lambda _: [quad])
    assert found is not None
    assert found.quads == (quad,)
    cleared = clear_watermark(page, found)
    assert differing(cleared, clean, 24) < 0.25 * differing(page, clean, 6)
    printed = clean.max(axis=2) < 100
    assert int(cleared[printed].max()) < 150


@pytest.mark.parametrize("colour", [(255, 190, 190), (190, 215, 255), (200, 235, 200)])
def test_light_colours_are_cleared_too(colour: Colour) -> None:
    clean = article().picture
    page, quad = across(clean, "CONFIDENTIAL", 90, -35, colour)
    found = find_watermark(page, [], 0.0, lambda _: [quad])
    assert found is not None
    assert differing(clear_watermark(page, found), clean, 24) < 0.25 * differing(page, clean, 6)


def test_the_layer_shows_the_watermark_without_the_print() -> None:
    clean = article().picture
    page, quad = across(clean, "CONFIDENTIAL", 90, 40, (200, 200, 200))
    found = find_watermark(page, [], 0.0, lambda _: [quad])
    assert found is not None
    alone, _ = across(np.full_like(clean, 255), "CONFIDENTIAL", 90, 40, (0, 0, 0))
    assert (found.layer[clean.min(axis=2) < 90] == 255).all()
    assert (found.layer[alone.min(axis=2) == 255] > 190).mean() > 0.999


@pytest.mark.parametrize("seed", range(3))
def test_an_ordinary_page_gets_no_second_look(seed: int) -> None:
    page = article(seed)
    assert find_watermark(page.picture, [line.quad for line in lines_of(page)], 0.0, no_detector) is None


def test_a_photograph_gets_no_second_look() -> None:
    rows, columns = np.mgrid[0:600, 0:800]
    scene = 128 + 60 * np.sin(rows / 40) + 60 * np.cos(columns / 55)
    assert find_watermark(np.dstack([scene] * 3).astype(np.uint8), [], 0.0, no_detector) is None


def test_light_print_that_stands_upright_is_no_watermark() -> None:
    page = greyed(article().picture, 255)
    quad = lines_of(article())[0].quad
    (x0, y0), (x1, y1) = quad[0], quad[2]
    box = np.s_[int(y0) : int(y1), int(x0) : int(x1)]
    page[box] = 255 - (255 - page[box]) // 4
    page[900:1100, 100:700] = 205
    assert find_watermark(page, [], 0.0, lambda _: [quad, quad_of_box(100, 900, 700, 1100)]) is None


def test_light_print_beside_a_watermark_stays() -> None:
    clean = article().picture.copy()
    canvas = Canvas(clean.shape[1], clean.shape[0])
    canvas.show(clean)
    heading = canvas.text(120, 1150, "附注说明文字", Style(FACE, 40, (200, 200, 200))).quad
    clean = canvas.picture()
    page, quad = across(clean, "内部资料", 90, 30, (200, 200, 200))
    found = find_watermark(page, [], 0.0, lambda _: [quad, heading])
    assert found is not None
    assert (clear_watermark(page, found)[1140:1210] == page[1140:1210]).all()


def test_dark_print_across_a_page_is_no_watermark() -> None:
    page, quad = across(article().picture, "作废", 120, 35, (90, 90, 90))
    assert find_watermark(page, [quad], 0.0, lambda _: [quad]) is None


def test_a_stamps_words_stand_in_all_directions() -> None:
    page, _ = across(article().picture, "样本", 150, 30, (205, 205, 205))
    assert find_watermark(page, [], 0.0, lambda _: [lying(degrees) for degrees in (-60, -25, 20, 50)]) is None


def test_a_stamps_colour_is_strong() -> None:
    page, quad = across(article().picture, "已付款", 120, 35, (255, 165, 160))
    assert find_watermark(page, [quad], 0.0, lambda _: [quad]) is None


def test_directions_are_told_against_the_pages_text() -> None:
    page, quad = across(article().picture, "内部资料", 90, 30, (200, 200, 200))
    assert find_watermark(page, [], 30.0, lambda _: [quad]) is None
    assert find_watermark(page, [], 90.0, lambda _: [quad]) is not None


def lying(degrees: float) -> Quad:
    """A box of 200 × 40 px in this direction."""
    x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = ((-100, -20), (100, -20), (100, 20), (-100, 20))
    a, b, c, d = ((400 + u * x - v * y, 400 + u * y + v * x) for u, v in corners)
    return a, b, c, d
