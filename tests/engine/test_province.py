"""The network that tells the provinces' signs apart: whatever the plate's colours, and none before the others."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
import pytest

from ocrcli.checks.plate import PROVINCES
from ocrcli.engine.province import SIDE, open_province_model, prepared
from ocrcli.page import Pixels
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.plates import PLATES, SCALE, draw_plate


def sign(kind: str, province: str, height: int) -> Pixels:
    """What is seen of a drawn plate around its sign, that itself `height` px high."""
    plate = draw_plate(PLATES[kind], f"{province}A12345", Typecase.carried(), Random(1)).picture()
    part = plate[20 * SCALE : 120 * SCALE, 10 * SCALE : 66 * SCALE]
    scale = height / (90 * SCALE)
    return np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def said(*crops: Pixels) -> str:
    logs = open_province_model().log_probabilities(crops)
    return max(logs, key=logs.__getitem__)


@pytest.mark.parametrize("kind", ["small", "large", "foreign"])
def test_all_provinces_but_one_are_told(kind: str) -> None:
    wrong = [province for province in PROVINCES if said(sign(kind, province, 36)) != province]
    assert len(wrong) <= 1


def test_most_are_told_from_afar() -> None:
    right = [said(sign("small", province, 16)) for province in PROVINCES]
    assert sum(a == b for a, b in zip(right, PROVINCES, strict=True)) >= 25
    assert max(right.count(province) for province in right) <= 3  # none draws the others to itself


def test_several_crops_of_one_sign_give_the_mean() -> None:
    near, far = sign("small", "皖", 40), sign("small", "皖", 14)
    model = open_province_model()
    both, one, other = (model.log_probabilities(crops) for crops in ([near, far], [near], [far]))
    assert all(math.isclose(both[p], (one[p] + other[p]) / 2, abs_tol=1e-4) for p in PROVINCES)
    assert math.isclose(sum(math.exp(log) for log in one.values()), 1, abs_tol=1e-4)


def test_a_crop_is_made_grey_and_even() -> None:
    seen = prepared(sign("small", "京", 50))
    assert seen.shape == (1, SIDE, SIDE) and seen.dtype == np.float32
    assert abs(float(seen.mean())) < 1e-3 and 0.5 < float(seen.std()) <= 1
    assert not prepared(np.full((10, 8, 3), 90, np.uint8)).any()
