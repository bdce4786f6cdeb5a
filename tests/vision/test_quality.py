"""Warnings about the picture: each fault is told, alone, with its place; clean pages are left in peace."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocrcli.geometry import Quad, bounds, quad_of_box
from ocrcli.page import Line, Notice, Pixels
from ocrcli.vision.quality import quality_notices
from tests.vision.printed_pages import article, greyed, lines_of

PRINT = 17  # px, the type's size on these pages


def notices(picture: Pixels, scale: float = 1.0) -> dict[str, Notice]:
    return {notice.code: notice for notice in quality_notices(picture, lines_of(article()), scale)}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("paper", [255, 225, 190])
def test_a_clean_page_gives_no_warning(seed: int, paper: int) -> None:
    assert quality_notices(greyed(article(seed).picture, paper), lines_of(article(seed))) == ()


@pytest.mark.parametrize(("sigma", "told"), [(0.04, False), (0.06, False), (0.11, True), (0.14, True)])
def test_blur_is_told_once_it_costs_characters(sigma: float, told: bool) -> None:
    assert ("blur" in notices(cv2.GaussianBlur(article().picture, (0, 0), sigma * PRINT))) is told


@pytest.mark.parametrize("factor", [2.0, 3.0])
def test_the_same_blur_of_larger_print_is_no_fault(factor: float) -> None:
    enlarged = cv2.resize(article().picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_LANCZOS4)
    lines = [Line(line.text, 1.0, scaled(line.quad, factor)) for line in lines_of(article())]
    sigma = 0.11 * PRINT
    assert quality_notices(cv2.GaussianBlur(enlarged, (0, 0), sigma), lines) == ()
    assert [n.code for n in quality_notices(cv2.GaussianBlur(enlarged, (0, 0), factor * sigma), lines)] == ["blur"]


@pytest.mark.parametrize("degrees", [0, 45, 90])
def test_a_camera_that_moved_in_any_direction_is_told(degrees: int) -> None:
    smear = cv2.warpAffine(
        np.pad(np.ones((1, 7), np.float32), ((6, 6), (3, 3))), cv2.getRotationMatrix2D((6, 6), degrees, 1), (13, 13)
    )
    assert "blur" in notices(cv2.filter2D(article().picture, -1, smear / smear.sum()))


def test_a_blurred_part_is_told_with_its_place() -> None:
    picture = article().picture.copy()
    upper = slice(picture.shape[0] // 4)
    picture[upper] = cv2.GaussianBlur(picture[upper], (0, 0), 0.13 * PRINT)
    notice = notices(picture)["blur"]
    assert "at the top" in notice.message
    assert notice.quad is not None
    assert bounds(notice.quad)[3] < upper.stop + PRINT


@pytest.mark.parametrize(("light", "told"), [(0.5, False), (0.2, True)])
def test_too_little_light(light: float, told: bool) -> None:
    dark = (article().picture * light).astype(np.uint8)
    assert list(notices(dark)) == (["dark"] if told else [])


def test_light_text_on_a_dark_ground_is_not_dark() -> None:
    assert notices(255 - article().picture) == {}


@pytest.mark.parametrize(("contrast", "told"), [(0.3, False), (0.06, True)])
def test_faint_text(contrast: float, told: bool) -> None:
    faint = (160 + (article().picture.astype(np.float32) - 160) * contrast).astype(np.uint8)
    assert list(notices(faint)) == (["low_contrast"] if told else [])


@pytest.mark.parametrize(("factor", "told"), [(0.8, False), (0.5, True)])
def test_chinese_text_under_twelve_pixels_is_too_small(factor: float, told: bool) -> None:
    small = cv2.resize(article().picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    lines = [Line(line.text, 1.0, scaled(line.quad, factor)) for line in lines_of(article())]
    found = quality_notices(small, lines)
    assert [notice.code for notice in found] == (["text_too_small"] if told else [])
    assert all("300 dpi" in notice.message for notice in found)


def test_latin_text_may_be_smaller() -> None:
    small = cv2.resize(article().picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    lines = [Line("abc", 1.0, scaled(line.quad, 0.6)) for line in lines_of(article())]
    assert quality_notices(small, lines) == ()


@pytest.mark.parametrize("soft", [False, True])
def test_glare_over_text_is_told_where_it_is(soft: bool) -> None:
    picture = greyed(article().picture, 215)
    x0, y0, x1, y1 = bounds(lines_of(article())[-3].quad)
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    notice = notices(shone_on(picture, middle, soft))["glare"]
    assert notice.quad is not None
    left, top, right, bottom = bounds(notice.quad)
    assert left < middle[0] < right
    assert top < middle[1] < bottom


def test_white_paper_is_not_glare() -> None:
    middle = (450.0, 400.0)
    assert notices(shone_on(article().picture, middle, False)) == {}


def test_a_white_field_on_a_form_is_not_glare() -> None:
    picture = greyed(article().picture, 215)
    x0, y0, x1, y1 = (int(v) for v in bounds(lines_of(article())[5].quad))
    picture[y0 - 4 : y1 + 4, (x0 + x1) // 2 : x1] = 255
    assert notices(picture) == {}


def test_quads_come_back_in_the_pages_unit() -> None:
    dark = (article().picture * 0.2).astype(np.uint8)
    lines = [Line(line.text, 1.0, scaled(line.quad, 0.5)) for line in lines_of(article())]
    whole, halved = notices(dark)["dark"].quad, quality_notices(dark, lines, 2.0)[0].quad
    assert whole is not None
    assert halved is not None
    assert bounds(scaled(whole, 0.5)) == pytest.approx(bounds(halved))


def test_a_page_without_text_gives_no_warning() -> None:
    assert quality_notices(np.zeros((50, 80, 3), np.uint8), []) == ()
    outside = Line("text", 1.0, quad_of_box(200, 200, 260, 220))
    assert quality_notices(np.zeros((50, 80, 3), np.uint8), [outside]) == ()


def scaled(quad: Quad, factor: float) -> Quad:
    a, b, c, d = ((x * factor, y * factor) for x, y in quad)
    return a, b, c, d


def shone_on(picture: Pixels, middle: tuple[float, float], soft: bool) -> Pixels:
    """The picture with a reflection of 140 × 80 px about this point."""
    light = np.zeros(picture.shape[:2], np.float32)
    cv2.ellipse(light, (round(middle[0]), round(middle[1])), (70, 40), 15, 0, 360, 1.0, -1)
    if soft:
        light = np.clip(1.4 * cv2.GaussianBlur(light, (0, 0), 10), 0, 1)
    lit = picture * (1 - light[:, :, None]) + 255 * light[:, :, None]
    return np.round(lit).astype(np.uint8)
