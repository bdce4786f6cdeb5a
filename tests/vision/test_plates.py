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
from ocrcli.vision.plates import find_plates, is_grey, plate_colour


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
