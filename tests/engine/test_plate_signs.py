"""The networks that tell the signs of plates apart: whatever the colours, and no province before the others."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
import pytest

from ocrcli.checks.plate import PROVINCES
from ocrcli.context import Context
from ocrcli.engine.plate_signs import SIDE, open_sign_model, prepared
from ocrcli.page import Pixels
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.plates import PLATES, SCALE, draw_plate

CONTEXT = Context()


def sign(kind: str, province: str, height: int) -> Pixels:
    """What is seen of a drawn plate around its sign, that itself `height` px high."""
    plate = draw_plate(PLATES[kind], f"{province}A12345", Typecase.carried(), Random(1)).picture()
    part = plate[20 * SCALE : 120 * SCALE, 10 * SCALE : 66 * SCALE]
    scale = height / (90 * SCALE)
    return np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def said(*crops: Pixels) -> str:
    logs = CONTEXT.opened(open_sign_model, "province").log_probabilities(crops)
    return max(logs, key=logs.__getitem__)


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("learner", "皖A1234学", "学"),
        ("trailer", "皖A1234挂", "挂"),
        ("police", "皖A1234警", "警"),
        ("hong-kong", "粤Z1234港", "港"),
        ("macao", "粤Z1234澳", "澳"),
        *[("small", f"皖A1234{c}", "-") for c in "01478AEHZ"],
    ],
)
@pytest.mark.parametrize("height", [16, 40])
def test_the_signs_at_the_end_are_told_from_digits_and_letters(kind: str, number: str, told: str, height: int) -> None:
    plate = draw_plate(PLATES[kind], number, Typecase.carried(), Random(1)).picture()
    wide = plate.shape[1]
    part = plate[85 * SCALE : 205 * SCALE, wide - 105 * SCALE :] if kind == "trailer" else plate[:, wide - 74 * SCALE :]
    scale = height / (90 * SCALE)
    crop = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    logs = CONTEXT.opened(open_sign_model, "end").log_probabilities([crop])
    assert max(logs, key=logs.__getitem__) == told


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
    model = CONTEXT.opened(open_sign_model, "province")
    both, one, other = (model.log_probabilities(crops) for crops in ([near, far], [near], [far]))
    assert all(math.isclose(both[p], (one[p] + other[p]) / 2, abs_tol=1e-4) for p in PROVINCES)
    assert math.isclose(sum(math.exp(log) for log in one.values()), 1, abs_tol=1e-4)


def test_a_crop_is_made_grey_and_even() -> None:
    seen = prepared(sign("small", "京", 50))
    assert seen.shape == (1, SIDE, SIDE) and seen.dtype == np.float32
    assert abs(float(seen.mean())) < 1e-3 and 0.5 < float(seen.std()) <= 1
    assert not prepared(np.full((10, 8, 3), 90, np.uint8)).any()
