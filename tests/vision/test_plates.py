"""Plates by colour and shape, on plates as the press draws them."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from ocrcli.geometry import bounds, quad_of_box
from ocrcli.page import Pixels
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.plates import PLATES, draw_plate
from ocrcli.vision.plates import find_plates, find_rows, is_grey, plate_colour, red_sign


def drawn(name: str, seed: int = 3) -> Pixels:
    """A plate of this kind, straight from the front."""
    rng = Random(seed)
    look = PLATES[name]
    return draw_plate(look, look.number(rng), Typecase.carried(), rng).picture()


def in_a_street(plate: Pixels, width: int = 320) -> tuple[Pixels, tuple[int, int, int, int]]:
    """The plate, `width` px wide, on a grey wall, and its box."""
    small = cv2.resize(plate, (width, round(width * plate.shape[0] / plate.shape[1])), interpolation=cv2.INTER_AREA)
    wall = np.full((600, 800, 3), (120, 124, 126), np.uint8)
    wall[200 : 200 + small.shape[0], 250 : 250 + width] = small
    return wall, (250, 200, 250 + width, 200 + small.shape[0])


@pytest.mark.parametrize("name", PLATES)
@pytest.mark.parametrize("light", [0.35, 0.7, 1.0])
def test_the_colour_in_good_and_bad_light(name: str, light: float) -> None:
    plate = (drawn(name) * light).astype(np.uint8)
    assert plate_colour(plate) == PLATES[name].colour


@pytest.mark.parametrize("name", ["small", "large", "large-two-lines", "new-energy-small", "new-energy-large"])
@pytest.mark.parametrize("width", [60, 120, 320])
def test_a_coloured_plate_is_found_by_its_shape(name: str, width: int) -> None:
    picture, box = in_a_street(drawn(name), width)
    best = min((np.abs(np.subtract(bounds(quad), box)).max() for quad in find_plates(picture)), default=np.inf)
    assert best < 0.06 * width + 2


def test_a_box_without_print_and_a_wall_are_no_plates() -> None:
    wall = np.full((600, 800, 3), (120, 124, 126), np.uint8)
    assert find_plates(wall) == []
    x0, y0, x1, y1 = (int(v) for v in bounds(quad_of_box(250, 200, 570, 300)))
    wall[y0:y1, x0:x1] = (168, 70, 22)
    assert find_plates(wall) == []


def test_a_picture_without_colours_is_grey() -> None:
    plate = drawn("small")
    assert not is_grey(plate)
    assert is_grey(cv2.cvtColor(cv2.cvtColor(plate, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR))


RED_SIGNS = [("embassy", "使217808", "first"), ("embassy", "217808使", "last"), ("police", "浙B6660警", "last"),
             ("consulate", "沪J2412领", "last")]  # fmt: skip


@pytest.mark.parametrize(("kind", "number", "end"), RED_SIGNS)
@pytest.mark.parametrize("height", [16, 60])
def test_a_red_sign_is_seen_at_its_end(kind: str, number: str, end: str, height: int) -> None:
    plate = draw_plate(PLATES[kind], number, Typecase.carried(), Random(2)).picture()
    scale = height / plate.shape[0]
    assert red_sign(np.asarray(cv2.resize(plate, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))) == end


@pytest.mark.parametrize("kind", sorted(PLATES.keys() - {kind for kind, _, _ in RED_SIGNS}))
def test_other_plates_have_no_red_sign(kind: str) -> None:
    plate = drawn(kind)
    assert red_sign(np.asarray(cv2.resize(plate, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA))) is None


def test_red_paint_beside_a_plate_is_no_sign() -> None:
    look = PLATES["foreign"]
    plate = draw_plate(look, "京A12345", Typecase.carried(), Random(4)).picture()
    car = cv2.copyMakeBorder(plate, 0, 0, 80, 80, cv2.BORDER_CONSTANT, value=(30, 24, 190))
    assert red_sign(np.asarray(car)) is None


@pytest.mark.parametrize("name", ["foreign", "police", "small", "trailer"])
@pytest.mark.parametrize("width", [90, 240])
def test_a_row_of_print_is_found_whatever_its_colour(name: str, width: int) -> None:
    picture, (left, top, right, bottom) = in_a_street(drawn(name), width)
    rows = [bounds(quad) for quad in find_rows(picture)]
    assert any(abs(x0 - left) + abs(x1 - right) < 0.3 * width and y0 < bottom and y1 > top for x0, y0, x1, y1 in rows)


def test_a_wall_has_no_rows() -> None:
    assert find_rows(np.full((600, 800, 3), (120, 124, 126), np.uint8)) == []


@pytest.mark.parametrize(("name", "colour"), [("police", "white"), ("foreign", "black"), ("consulate", "black")])
def test_the_ground_is_told_from_print_that_covers_as_much(name: str, colour: str) -> None:
    plate = cv2.resize(drawn(name), (110, 35), interpolation=cv2.INTER_AREA)
    assert plate_colour(np.asarray(cv2.GaussianBlur(plate, (0, 0), 1.5))) == colour
