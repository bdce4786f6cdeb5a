"""A card laid on grounds of all kinds: its outline is found to within a hundredth of its length."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from ocrcli.geometry import Affine, Point, Quad, length, quad_of_box
from ocrcli.page import Pixels
from ocrcli.specimens.backdrop import desk
from ocrcli.specimens.spoil import over
from ocrcli.vision.corners import around_print, outline, part, placed, straightened

WIDE, HIGH = 428.0, 270.0
SIZE = (900, 700)


def card() -> Pixels:
    """A pale card with a red corner at its own top left and a dark line of print."""
    sheet = np.full((int(HIGH), int(WIDE), 3), (225, 235, 228), np.uint8)
    sheet[:40, :40] = (0, 0, 220)
    sheet[200:220, 60:330] = (60, 60, 60)
    return sheet


def laid(turn: float, seed: int = 3) -> tuple[Pixels, Quad]:
    """The card on a drawn desk, turned clockwise, and where it lies."""
    to_canvas, wide, high = Affine.turning(turn, WIDE, HIGH)
    way = to_canvas.then(Affine.shift((SIZE[0] - wide) / 2, (SIZE[1] - high) / 2))
    a, b, c, d, e, f = way.m
    matrix = np.array([[a, b, c], [d, e, f], [0, 0, 1.0]])
    picture = over(desk(seed, *SIZE, 2), card(), matrix, corner=16, shadow=0.4)
    return picture, way.quad(quad_of_box(0, 0, WIDE, HIGH))


def moved(quad: Quad, by: float, seed: int) -> Quad:
    """The quad with each corner up to `by` of its length away."""
    rng, far = Random(seed), by * length(quad) / math.sqrt(2)
    a, b, c, d = ((x + rng.uniform(-far, far), y + rng.uniform(-far, far)) for x, y in quad)
    return a, b, c, d


def worst(found: Quad, true: Quad) -> float:
    """The farthest corner, share of the length."""
    return max(math.dist(p, q) for p, q in zip(found, true, strict=True)) / length(true)


@pytest.mark.parametrize("turn", [0, 27, 90, 133, 180, 301])
def test_an_outline_is_drawn_to_the_edges(turn: float) -> None:
    picture, true = laid(turn)
    expected = moved(true, 0.05, seed=round(turn))
    found = outline(picture, expected, 0.1)
    assert worst(expected, true) > 0.02 > 0.012 > worst(found.quad, true)
    assert found.seen == (True, True, True, True)


def test_without_an_edge_a_side_stays_where_it_is_expected() -> None:
    plain = np.full((700, 900, 3), 200, np.uint8)
    expected = quad_of_box(200, 150, 628, 420)
    found = outline(plain, expected, 0.1)
    assert found.seen == (False, False, False, False)
    assert worst(found.quad, expected) < 1e-6


def test_a_line_of_print_is_no_edge_where_the_picture_ends_at_the_card() -> None:
    picture = np.full((270, 428, 3), 225, np.uint8)
    number = quad_of_box(60, 228, 400, 246)
    picture[228:246, 60:400:6] = 30
    expected = quad_of_box(2, 2, 426, 262)
    cut = outline(picture, expected, 0.1)
    whole = outline(picture, expected, 0.1, [number])
    assert cut.seen[2]
    assert cut.quad[2][1] < 246  # it would run through the number
    assert not whole.seen[2]
    assert whole.quad[2][1] == pytest.approx(262, abs=1)


def test_a_side_off_the_picture_is_not_seen() -> None:
    picture, true = laid(0)
    left = math.floor(true[0][0]) + 100
    shifted = [(x - left, y) for x, y in true]
    found = outline(picture[:, left:], (shifted[0], shifted[1], shifted[2], shifted[3]), 0.1)
    assert found.seen == (True, True, True, False)
    assert found.quad[0][0] == pytest.approx(-100, abs=8)


def test_a_card_is_placed_by_points_of_its_print() -> None:
    turn, wide, high = Affine.turning(40, WIDE, HIGH)
    own: list[Point] = [(20, 30), (90, 30), (20, 120), (300, 240)]
    found = placed([(p, turn(p)) for p in own], WIDE, HIGH)
    assert found is not None and worst(found, turn.quad(quad_of_box(0, 0, WIDE, HIGH))) < 1e-3
    assert wide and high


@pytest.mark.parametrize(
    "seen",
    [
        [(20, 30), (90, 30)],  # too few
        [(20, 30), (90, 30), (160, 30), (300, 30)],  # on one line
        [(20, 30), (-50, 30), (20, 120), (-260, 240)],  # mirrored
        [(20, 30), (90, 30), (20, 350), (300, 700)],  # three times too high
    ],
)
def test_points_that_no_card_has(seen: list[Point]) -> None:
    own: list[Point] = [(20, 30), (90, 30), (20, 120), (300, 240)]
    assert placed(list(zip(own, seen, strict=False)), WIDE, HIGH) is None


def test_a_box_around_print_leans_as_the_print_does() -> None:
    turn, _, _ = Affine.turning(30, 400, 300)
    lines = [turn.quad(quad_of_box(50, y, 350, y + 20)) for y in (50, 120, 230)]
    found = around_print(lines, 0.1)
    assert found is not None and worst(found, turn.quad(quad_of_box(30, 30, 370, 270))) < 1e-3
    assert around_print([], 0.1) is None


@pytest.mark.parametrize("turn", [0, 75, 180])
def test_straightened_from_its_own_top_left(turn: float) -> None:
    picture, true = laid(turn)
    seen = straightened(picture, true, WIDE / HIGH)
    assert seen.shape == (HIGH, WIDE, 3)
    assert seen[20, 20, 2] > 150 > 100 > seen[20, 20, 0]
    corner = straightened(picture, part(true, (0, 0, 0.1, 0.15)))
    assert corner.shape[:2] == pytest.approx((40, 43), abs=1)


def test_what_lies_off_the_picture_is_white() -> None:
    seen = straightened(np.zeros((50, 50, 3), np.uint8), quad_of_box(25, 0, 75, 50))
    assert seen[25, 10].tolist() == [0, 0, 0] and seen[25, 40].tolist() == [255, 255, 255]
